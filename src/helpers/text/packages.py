"""Office files are zip packages of XML parts: opened within bounds, without entities; nothing that they name is fetched."""

import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from helpers.files.errors import InputError

PARTS = 10_000  # most files in a package
PART_BYTES = 100_000_000  # most bytes to which a part that is read may unpack
UNPACKED = 10_000_000  # bytes of a part from which how far it was packed counts
UNPACKED_TIMES = 200  # XML packs to a tenth or so; what packs further than this is made to fill memory
DECLARED = (b"<!DOCTYPE", b"<!ENTITY")  # no Office program writes these
BEGINNING = 65_536  # bytes of a part that is not held whole in which declarations are looked for
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)


def opened(stored: BinaryIO, path: Path, what: str) -> zipfile.ZipFile:
    """The package in a file. `what` names its format in errors. Raises InputError, one line, where it is none."""
    try:
        package = zipfile.ZipFile(stored)
    except BROKEN as e:
        raise InputError(f"{path}: {what} that cannot be read ({_said(e)}); save it again") from None
    if len(package.namelist()) > PARTS:
        raise InputError(f"{path}: {what} of over {PARTS:,} parts; save its text (.txt)")
    return package


def bounded(package: zipfile.ZipFile, name: str, path: Path, what: str, most: int = PART_BYTES) -> zipfile.ZipInfo:
    """What is known of a part. Raises InputError for one that is missing, or unpacks to more than can be held."""
    try:
        part = package.getinfo(name)
    except KeyError:
        raise InputError(f"{path}: {what} that cannot be read (it has no {name}); save it again") from None
    far = part.file_size > UNPACKED and part.file_size > UNPACKED_TIMES * max(part.compress_size, 1)
    if far or part.file_size > most:
        raise InputError(f"{path}: {what} that unpacks to {part.file_size:,} bytes; save its text (.txt)")
    return part


def part(package: zipfile.ZipFile, name: str, path: Path, what: str) -> bytes:
    """The bytes of a part of XML. Raises InputError for one that is missing, too large, damaged, or declares entities."""
    info = bounded(package, name, path, what)
    try:
        raw = package.read(info)  # never more than its stated size
    except BROKEN as e:
        raise InputError(f"{path}: {what} that cannot be read ({_said(e)}); save it again") from None
    _undeclared(raw, path, what)
    return raw


def undeclared(package: zipfile.ZipFile, name: str, path: Path, what: str) -> None:
    """Raises InputError for a part that begins by declaring entities, or cannot be unpacked."""
    try:
        with package.open(name) as stored:
            _undeclared(stored.read(BEGINNING), path, what)
    except BROKEN as e:
        raise InputError(f"{path}: {what} that cannot be read ({_said(e)}); save it again") from None


def _undeclared(raw: bytes, path: Path, what: str) -> None:
    if any(
        sign in raw or sign.decode().encode("utf-16-le") in raw or sign.decode().encode("utf-16-be") in raw
        for sign in DECLARED
    ):
        raise InputError(f"{path}: {what} that declares entities, which no Office program writes; save it again")


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
