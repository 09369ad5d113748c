"""Reads only regular files of limited size: a pipe, a socket or a device may never end."""

import stat
from pathlib import Path

from helpers.files.errors import InputError

IRREGULAR = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
INSTEAD = "not a file; save its output to a file, and name that"


def check(path: Path) -> None:
    """Check that a path is not a pipe, a socket or a device. Raises InputError if it is; OSError if nothing is there."""
    if what := IRREGULAR.get(stat.S_IFMT(path.stat().st_mode)):
        raise InputError(f"{path}: {what}, {INSTEAD}")


def read(path: Path, most: int) -> bytes:
    """The bytes of a regular file of at most `most` bytes. Raises InputError for any other; OSError if nothing is there."""
    check(path)
    if path.stat().st_size > most:
        raise InputError(f"{path}: over {most // 1_000_000} MB; remove what does not belong there")
    return path.read_bytes()
