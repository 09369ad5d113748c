"""The files that the arguments of `isnad corpus` name, on any file system that fsspec knows, in a fixed order."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from helpers.files.errors import InputError
from helpers.text import invisible, web_pages

PACKED = (".gz", ".zst", ".zstd")
LINES = (".jsonl", ".ndjson")
KINDS = {
    ".txt": "text",
    **dict.fromkeys(web_pages.SUFFIXES, "text"),
    **dict.fromkeys(LINES, "lines"),
    ".parquet": "parquet",
}
GLOB = frozenset("*?[")
IRREGULAR = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
}


@dataclass(frozen=True, slots=True)
class File:
    """One input file. `name` is as the user named it; it is the id of an article that is a file of its own.

    A byte of the name that is no UTF-8 stands in it as ⟨U+DCFF⟩: two names are never one.
    """

    name: str
    path: str
    kind: str
    size: int
    stamp: str
    system: AbstractFileSystem = field(repr=False, compare=False)

    def open(self) -> BinaryIO:
        """The file, open for its bytes as they are stored. Raises OSError, also for what is no regular file any more."""
        return opened(self.system, self.path)


@dataclass(frozen=True)
class Listing:
    """All input files in their order, and the sum of their names, sizes and times of change.

    skipped    a line for each thing that was found, would be read by its name, and is none that can be read
    """

    files: tuple[File, ...]
    skipped: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)

    @property
    def sha256(self) -> str:
        told = hashlib.sha256()
        for file in self.files:
            told.update(f"{file.name}\0{file.size}\0{file.stamp}\n".encode())
        return told.hexdigest()


def files(named: Iterable[str], out: Path) -> Listing:
    """The files that are named: files, folders (all that is below them, but nothing hidden), globs, fsspec addresses.

    out       where results go; nothing below it is input
    Returns   arguments in their order, what each names in the order of paths; a file that is named twice comes once
    Raises    InputError, one line, for what names nothing, or a file system that fsspec cannot reach.
    """
    found: dict[str, File] = {}
    inside = 0
    skipped: list[str] = []
    for name in named:
        for file in _of(str(name), skipped):
            if isinstance(file.system, LocalFileSystem) and Path(file.path).is_relative_to(out.resolve()):
                inside += 1
            else:
                found.setdefault(f"{file.system.protocol}{file.path}", file)
    if inside and not found:
        raise InputError(f"all input is in {out}, where the tables go; name another folder with --out")
    if not found:
        also = f" ({skipped[0]})" if skipped else ""
        raise InputError(f"no article is named; give files, folders, globs, JSON Lines or Parquet{also}")
    return Listing(tuple(found.values()), tuple(skipped))


def opened(system: AbstractFileSystem, path: str) -> BinaryIO:
    """A file, open for its bytes; on this machine only a regular one, and without waiting for one that is a pipe.

    Raises    OSError.
    """
    if not isinstance(system, LocalFileSystem):
        return system.open(path, "rb")
    held = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(held).st_mode):
        os.close(held)
        raise OSError(errno.EINVAL, "no regular file")
    return os.fdopen(held, "rb")


def kind(path: str) -> str | None:
    """How a file is read, by its ending: `text` (web pages too), `lines`, `parquet`; None for another ending."""
    name = PurePosixPath(path.lower())
    if name.suffix in PACKED:
        return "lines" if name.with_suffix("").suffix in LINES else None
    return KINDS.get(name.suffix)


def _of(name: str, skipped: list[str]) -> list[File]:
    try:
        system, root = url_to_fs(name)
        local = isinstance(system, LocalFileSystem)
        if GLOB & set(root) and not system.exists(root):
            paths = [path for path in sorted(system.glob(root)) if not system.isdir(path)]
            if not paths:
                raise InputError(f"{name}: nothing fits; check the pattern, and put it in quotation marks")
        elif system.isdir(root):
            below, before = len(root.rstrip("/")), len(skipped)
            every = _below(root, skipped) if local else system.find(root)
            paths = [path for path in sorted(every) if kind(path) and not _hidden(path[below:])]
            if not paths:
                also = f" ({skipped[before]})" if len(skipped) > before else ""
                wrong = f"{name}: no text, web page, JSON Lines or Parquet is in this folder{also}; name another one"
                raise InputError(wrong)
        elif local and (wrong := _irregular(root)):
            raise InputError(f"{name}: {wrong}")
        elif system.exists(root):
            paths = [root]
        else:
            raise InputError(f"{name}: there is no such file; check the name")
        found = []
        for path in paths:
            if local and (wrong := _irregular(path)):
                skipped.append(f"{_line(path)}: {wrong}")
            else:
                found.append(_file(system, path, name if path == root else None, name))
        return found
    except InputError:
        raise
    except Exception as e:  # each file system has errors of its own
        said = invisible.shown(" ".join(str(e).split()))
        raise InputError(f"{name}: cannot be reached ({type(e).__name__}: {said}); check the address") from None


def _below(root: str, skipped: list[str]) -> Iterator[str]:
    """The paths of all that is below a folder and is none. A folder that cannot be read, or is a link, is skipped."""

    def unread(error: OSError) -> None:
        skipped.append(
            f"{_line(error.filename)}: a folder that cannot be read ({error.strerror}); check its permissions"
        )

    for folder, folders, names in os.walk(root, onerror=unread):
        folders[:] = (each for each in folders if not each.startswith("."))
        for each in sorted(folders):
            if Path(path := f"{folder.rstrip('/')}/{each}").is_symlink():
                skipped.append(f"{_line(path)}: a link to a folder; name that folder itself, if it is to be read")
        yield from (f"{folder.rstrip('/')}/{each}" for each in names)


def _irregular(path: str) -> str | None:
    """What is wrong with a path of this machine that is to be read: it is no regular file; None for one that is."""
    try:
        mode = Path(path).stat().st_mode
    except FileNotFoundError:
        link = Path(path).is_symlink()
        return "a link to a file that is not there; fix the link" if link else "there is no such file; check the name"
    except OSError as e:
        return f"cannot be read ({e.strerror}); check links and permissions"
    if stat.S_ISREG(mode):
        return None
    what = IRREGULAR.get(stat.S_IFMT(mode), "something else")
    return f"{what}; only regular files are read: copy what it gives into one"


def _line(path: str) -> str:
    """A path as part of a line: an invisible character, and one that would end the line, as its number."""
    return invisible.shown(invisible.writable(path).translate({ord(c): f"\\x{ord(c):02x}" for c in "\n\r\t"}))


def _file(system: AbstractFileSystem, path: str, shown: str | None, named: str) -> File:
    about = system.info(path)
    stamps = ("mtime", "ETag", "LastModified", "last_modified", "created")
    stamp = next((str(about[key]) for key in stamps if about.get(key)), "")
    if shown is None and isinstance(system, LocalFileSystem):
        shown = path if Path(named).is_absolute() or "://" in named else os.path.relpath(path)
    shown = shown or system.unstrip_protocol(path)
    if isinstance(system, LocalFileSystem) and kind(path) in (None, "text"):
        with suppress(OSError):  # what its sidecar says is in the tables, too
            beside = Path(path).with_suffix(".toml").stat()
            stamp += f" {beside.st_mtime_ns} {beside.st_size}"
    return File(invisible.writable(shown), path, kind(path) or "text", int(about.get("size") or 0), stamp, system)


def _hidden(path: str) -> bool:
    return fnmatch(path, "*/.*")
