"""Writes files and folders completely or not at all, keeps the user's permissions, and locks files between processes."""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from helpers.files.errors import InputError

WAIT = 30  # seconds to wait for another process to release a lock
LONGEST = 100  # characters of the file's name that are kept in a temporary name
NEW = 0o666  # permissions of a new file, before the umask is applied
UNFINISHED = re.compile(r"\..+\.[0-9a-f]{8}", re.DOTALL)  # the name of a file that is being written


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A temporary path beside `path` to write to; it is renamed to `path` when the block ends without an error.

    A reader never sees a half-written file, and a failed write leaves the old file as it was. A file that is replaced
    keeps its permissions; a new file gets those that the umask allows. If `path` is a symbolic link, its target is
    written.
    Raises    OSError that names `path`, also when the error was in the temporary file.
    """
    path = Path(os.path.realpath(path))
    beside = path.with_name(f".{path.name[:LONGEST]}.{secrets.token_hex(4)}")
    with naming(path), _taken_away(beside):
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, NEW))
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o7777)
        yield beside
        beside.replace(path)


def unfinished(path: Path) -> bool:
    """Whether this is what `written_whole` leaves beside a file if its process is killed."""
    return UNFINISHED.fullmatch(path.name) is not None


def folder_beside(path: Path, prefix: str) -> Path:
    """A new folder beside `path` whose name begins with `prefix`, with the permissions that the umask allows."""
    made = path.with_name(f"{prefix}{secrets.token_hex(4)}")
    with naming(path):
        made.mkdir()
    return made


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Lock a file, so that only this process reads it, changes it and writes it again.

    The lock is a file beside it, `.NAME.lock`, which is not removed.
    Raises    InputError when another process still holds the lock after half a minute.
    """
    path = Path(os.path.realpath(path))
    with naming(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    busy = f"{path}: another isnad process is writing it; try again when it has ended"
    with held(path.with_name(f".{path.name[:LONGEST]}.lock"), path, WAIT, busy):
        yield


@contextmanager
def held(lock: Path, path: Path, wait: float, busy: str) -> Iterator[None]:
    """Hold the lock file `lock` of `path`. The system releases it when the process ends, however it ends.

    wait      seconds
    busy      the message of the error
    Raises    InputError(`busy`) when another process still holds the lock after `wait`; OSError that names `path`.
    """
    from filelock import FileLock, Timeout  # imports asyncio and sockets, which takes long

    holder = FileLock(lock, timeout=wait)
    try:
        with naming(path):
            holder.acquire()
    except Timeout:
        raise InputError(busy) from None
    try:
        yield
    finally:
        holder.release()


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Make errors of the system name `path`, which the user knows, and not the temporary or lock file beside it."""
    try:
        yield
    except OSError as e:
        if e.errno is None:  # not an error of the system: the lock could not be acquired
            raise
        raise type(e)(e.errno, e.strerror, str(path)) from e


@contextmanager
def _taken_away(path: Path) -> Iterator[None]:
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)
