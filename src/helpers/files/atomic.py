"""Files and folders written whole or not at all, with the permissions that the user set, by one process at a time."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from helpers.files.errors import InputError

WAIT = 30  # seconds for another call to let go of a file
LONGEST = 100  # characters of a name that a temporary name begins with
NEW = 0o666  # permissions of a new file, less those that the umask takes away


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write to; it takes the name only when the block ends well.

    A reader never sees a half-written file, and a failed write leaves the old file as it was. The permissions are those
    of the file that is replaced, and for a new one those that the umask leaves. Of a symbolic link the file that it
    leads to is written.
    Raises    OSError that names `path`, whichever file of ours the system complains of.
    """
    path = Path(os.path.realpath(path))
    beside = path.with_name(f".{path.name[:LONGEST]}.{secrets.token_hex(4)}")
    with _naming(path), _taken_away(beside):
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, NEW))
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o7777)
        yield beside
        beside.replace(path)


def folder_beside(path: Path, prefix: str) -> Path:
    """A new folder beside `path`, named by the prefix, with the permissions that the umask leaves."""
    made = path.with_name(f"{prefix}{secrets.token_hex(4)}")
    with _naming(path):
        made.mkdir()
    return made


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a file for one process: to read it, change it and write it again, with nobody in between.

    The lock is a file beside it, `.NAME.lock`, which stays.
    Raises    InputError when another process has held it for half a minute.
    """
    path = Path(os.path.realpath(path))
    with _naming(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    busy = f"{path}: another isnad process is writing it; try again when it has ended"
    with held(path.with_name(f".{path.name[:LONGEST]}.lock"), path, WAIT, busy):
        yield


@contextmanager
def held(lock: Path, path: Path, wait: float, busy: str) -> Iterator[None]:
    """Hold what the file `lock` is the lock of. The system lets go of it when the process ends, however it ends.

    wait      seconds
    Raises    InputError, `busy`, when another process has held it for so long; OSError that names `path`.
    """
    from filelock import FileLock, Timeout  # with asyncio and sockets, an eighth of the import of all that reads

    holder = FileLock(lock, timeout=wait)
    try:
        with _naming(path):
            holder.acquire()
    except Timeout:
        raise InputError(busy) from None
    try:
        yield
    finally:
        holder.release()


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Errors of the system name the file that a user knows, not the one of ours beside it."""
    try:
        yield
    except OSError as e:
        if e.errno is None:  # not the system's: a lock that was not to be had
            raise
        raise type(e)(e.errno, e.strerror, str(path)) from e


@contextmanager
def _taken_away(path: Path) -> Iterator[None]:
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)
