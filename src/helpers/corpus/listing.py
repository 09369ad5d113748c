"""The files that the arguments of `isnad corpus` name, on any file system that fsspec knows, in a fixed order."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from helpers import controls, pages
from helpers.errors import InputError

PACKED = (".gz", ".zst", ".zstd")
LINES = (".jsonl", ".ndjson")
KINDS = {
    ".txt": "text",
    **dict.fromkeys(pages.SUFFIXES, "text"),
    **dict.fromkeys(LINES, "lines"),
    ".parquet": "parquet",
}
GLOB = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class File:
    """One input file. `name` is as the user named it; it is the id of an article that is a file of its own."""

    name: str
    path: str
    kind: str
    size: int
    stamp: str
    system: AbstractFileSystem = field(repr=False, compare=False)

    def open(self) -> BinaryIO:
        """The file, open for its bytes as they are stored. Raises OSError."""
        return self.system.open(self.path, "rb")


@dataclass(frozen=True)
class Listing:
    """All input files in their order, and the sum of their names, sizes and times of change."""

    files: tuple[File, ...]

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)

    @property
    def sha256(self) -> str:
        told = hashlib.sha256()
        for file in self.files:
            told.update(f"{file.name}\0{file.size}\0{file.stamp}\n".encode("utf-8", "surrogateescape"))
        return told.hexdigest()


def files(named: Iterable[str], out: Path) -> Listing:
    """The files that are named: files, folders (all that is below them, but nothing hidden), globs, fsspec addresses.

    out       where results go; nothing below it is input
    Returns   arguments in their order, what each names in the order of paths; a file that is named twice comes once
    Raises    InputError, one line, for what names nothing, or a file system that fsspec cannot reach.
    """
    found: dict[str, File] = {}
    for name in named:
        for file in _of(str(name)):
            if not (isinstance(file.system, LocalFileSystem) and Path(file.path).is_relative_to(out.resolve())):
                found.setdefault(f"{file.system.protocol}{file.path}", file)
    if not found:
        raise InputError("no article is named; give files, folders, globs, JSON Lines or Parquet")
    return Listing(tuple(found.values()))


def kind(path: str) -> str | None:
    """How a file is read, by its ending: `text` (web pages too), `lines`, `parquet`; None for another ending."""
    name = PurePosixPath(path.lower())
    if name.suffix in PACKED:
        return "lines" if name.with_suffix("").suffix in LINES else None
    return KINDS.get(name.suffix)


def _of(name: str) -> list[File]:
    try:
        system, root = url_to_fs(name)
        if GLOB & set(root) and not system.exists(root):
            paths = [path for path in sorted(system.glob(root)) if not system.isdir(path)]
            if not paths:
                raise InputError(f"{name}: nothing fits; check the pattern, and put it in quotation marks")
        elif system.isdir(root):
            below = len(root.rstrip("/"))
            paths = [path for path in sorted(system.find(root)) if kind(path) and not _hidden(path[below:])]
            if not paths:
                raise InputError(
                    f"{name}: no text, web page, JSON Lines or Parquet is in this folder; name another one"
                )
        elif system.exists(root):
            paths = [root]
        else:
            raise InputError(f"{name}: there is no such file; check the name")
        return [_file(system, path, name if path == root else None, name) for path in paths]
    except InputError:
        raise
    except Exception as e:  # each file system has errors of its own
        said = controls.shown(" ".join(str(e).split()))
        raise InputError(f"{name}: cannot be reached ({type(e).__name__}: {said}); check the address") from None


def _file(system: AbstractFileSystem, path: str, shown: str | None, named: str) -> File:
    about = system.info(path)
    stamps = ("mtime", "ETag", "LastModified", "last_modified", "created")
    stamp = next((str(about[key]) for key in stamps if about.get(key)), "")
    if shown is None and isinstance(system, LocalFileSystem):
        shown = path if Path(named).is_absolute() or "://" in named else os.path.relpath(path)
    shown = shown or system.unstrip_protocol(path)
    return File(controls.writable(shown), path, kind(path) or "text", int(about.get("size") or 0), stamp, system)


def _hidden(path: str) -> bool:
    return fnmatch(path, "*/.*")
