"""Lists the files named by the arguments of `isnad corpus`, on any file system of fsspec, in a fixed order."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from helpers.files.errors import InputError
from helpers.files.paths import ANNOTATIONS
from helpers.files.regular_files import INSTEAD, IRREGULAR
from helpers.inputs import folders, telegram_exports
from helpers.text import input_formats, invisible
from helpers.text.input_formats import InputFormat

PACKED = (".gz", ".zst", ".zstd")
GLOB = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class File:
    """One input file. `name` is as the user gave it; it is the id of the article if the file holds only one.

    A byte of the name that is not UTF-8 is written as ⟨U+DCFF⟩, so that names remain distinct.
    """

    name: str
    path: str
    format: InputFormat
    size: int
    stamp: str
    system: AbstractFileSystem = field(repr=False, compare=False)

    def open(self) -> BinaryIO:
        """The file, opened for reading its stored bytes. Raises OSError, also if it is no longer a regular file."""
        return opened(self.system, self.path)


@dataclass(frozen=True)
class Listing:
    """All input files in order, and a checksum of their names, sizes and modification times.

    skipped    a line for each path whose name is that of an input file but which cannot be read as one
    """

    files: tuple[File, ...]
    skipped: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)

    @property
    def sha256(self) -> str:
        digest = hashlib.sha256()
        for file in self.files:
            digest.update(f"{file.name}\0{file.size}\0{file.stamp}\n".encode())
        return digest.hexdigest()


def files(named: Iterable[str], out: Path) -> Listing:
    """List the files named by arguments: files, folders (with subfolders, without hidden files), globs, fsspec URLs.

    out       the folder for results; nothing in it is input
    Returns   files in the order of the arguments, those of one argument sorted by path; each file only once
    Raises    InputError, one line, for an argument that names no file, or a file system that fsspec cannot reach.
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
        raise InputError(f"no article is named; give files, folders or globs{also}")
    return Listing(tuple(found.values()), tuple(skipped))


def opened(system: AbstractFileSystem, path: str) -> BinaryIO:
    """A file, opened for reading; a local one must be a regular file, and a pipe is refused without waiting.

    Raises    OSError.
    """
    if not isinstance(system, LocalFileSystem):
        return cast(BinaryIO, system.open(path, "rb"))
    held = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(held).st_mode):
        os.close(held)
        raise OSError(errno.EINVAL, "no regular file")
    return os.fdopen(held, "rb")


def format_of(path: str) -> InputFormat | None:
    """The format by the extension of a path, compressed or not; None for an unknown extension."""
    name = PurePosixPath(path)
    if name.suffix.lower() not in PACKED:
        return input_formats.of(name)
    inside = input_formats.of(name.with_suffix(""))
    return inside if inside and inside.packed else None


def _of(name: str, skipped: list[str]) -> list[File]:
    try:
        system, root = url_to_fs(name)
        local = isinstance(system, LocalFileSystem)
        if GLOB & set(root) and not system.exists(root):
            paths = [path for path in sorted(system.glob(root)) if not system.isdir(path) and not _annotates(path)]
            if not paths:
                raise InputError(f"{name}: nothing matches; check the pattern, and put it in quotation marks")
        elif system.isdir(root):
            folders.no_annotations(PurePosixPath(root), is_folder=True)
            before = len(skipped)
            paths = folders.wanted_in(root, _files(root, skipped) if local else system.find(root), _in_folders)
            exported = f"{root.rstrip('/')}/{telegram_exports.NAME}"
            paths = paths or ([exported] if local and telegram_exports.is_export(Path(exported)) else [])
            if not paths:
                also = f" ({skipped[before]})" if len(skipped) > before else ""
                wanted = input_formats.names(input_formats.IN_FOLDERS)
                raise InputError(f"{name}: no {wanted} is in this folder{also}; name another one")
        elif local and (odd := _irregular(root)):
            raise InputError(f"{name}: {odd}")
        elif system.exists(root):
            folders.no_annotations(PurePosixPath(root), is_folder=False)
            paths = [root]
        else:
            raise InputError(f"{name}: there is no such file; check the name")
        found = []
        for path in paths:
            if local and (odd := _irregular(path)):
                skipped.append(f"{_line(path)}: {odd}")
            else:
                found.append(_file(system, path, name if path == root else None, name))
        return found
    except InputError:
        raise
    except Exception as e:  # each file system raises its own errors
        said = invisible.shown(" ".join(str(e).split()))
        if isinstance(e, ImportError):
            do = "install these to read files there; one page is read by `isnad annotate`, `report`, `quoted`"
            raise InputError(f"{name}: packages that fsspec needs for it are not installed ({said}); {do}") from None
        raise InputError(f"{name}: cannot be reached ({type(e).__name__}: {said}); check the address") from None


def _in_folders(path: str) -> bool:
    """Whether a file is read where its folder is named, by its extension."""
    return format_of(path) in input_formats.IN_FOLDERS


def _annotates(path: str) -> bool:
    """Whether a file that matches a glob is in a folder of annotations."""
    return any(part.endswith(ANNOTATIONS) for part in PurePosixPath(path).parts[:-1])


def _files(root: str, skipped: list[str]) -> Iterator[str]:
    """All files in a folder and its subfolders. A folder that cannot be read, or is a link, is added to `skipped`."""

    def unread(e: OSError) -> None:
        skipped.append(f"{_line(e.filename)}: a folder that cannot be read ({e.strerror}); check its permissions")

    def linked(path: str) -> None:
        skipped.append(f"{_line(path)}: a link to a folder; name that folder itself, if it is to be read")

    return folders.files(root, unread, linked)


def _irregular(path: str) -> str | None:
    """The reason why a local path cannot be read, since it is not a regular file; None if it is one."""
    try:
        mode = Path(path).stat().st_mode
    except FileNotFoundError:
        link = Path(path).is_symlink()
        return "a link to a file that does not exist; fix the link" if link else "there is no such file; check the name"
    except OSError as e:
        return f"cannot be read ({e.strerror}); check links and permissions"
    if stat.S_ISREG(mode):
        return None
    return f"{IRREGULAR.get(stat.S_IFMT(mode), 'something else')}, {INSTEAD}"


def _line(path: str) -> str:
    """A path within a line: invisible characters and line breaks are shown as their code points."""
    return invisible.shown(invisible.writable(path).translate({ord(c): f"\\x{ord(c):02x}" for c in "\n\r\t"}))


def _file(system: AbstractFileSystem, path: str, shown: str | None, named: str) -> File:
    about = system.info(path)
    stamps = ("mtime", "ETag", "LastModified", "last_modified", "created")
    stamp = next((str(about[key]) for key in stamps if about.get(key)), "")
    if shown is None and isinstance(system, LocalFileSystem):
        shown = path if Path(named).is_absolute() or "://" in named else os.path.relpath(path)
    shown = shown or system.unstrip_protocol(path)
    format_ = format_of(path) or input_formats.TEXT
    if isinstance(system, LocalFileSystem) and format_ in input_formats.SINGLE:
        with suppress(OSError):  # metadata from the sidecar is in the tables, too
            beside = Path(path).with_suffix(".toml").stat()
            stamp += f" {beside.st_mtime_ns} {beside.st_size}"
    return File(invisible.writable(shown), path, format_, int(about.get("size") or 0), stamp, system)
