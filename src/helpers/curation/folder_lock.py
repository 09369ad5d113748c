"""The lock by which one process has the annotations of an article, and who holds it."""

import getpass
import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from helpers.curation.arguments import plain
from helpers.files import atomic, regular_files
from helpers.files.errors import InputError

LOCK, HOLDER = ".lock", ".holder.json"
HOLDER_BYTES = 10_000
WAIT = 0.2  # seconds to wait for another session's lock: short, since that session stays open


def held(folder: Path) -> FileLock:
    """Lock a folder. Raises InputError, which says who has it, if another session does."""
    lock = FileLock(folder / LOCK, timeout=WAIT, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise InputError(f"{folder}: it is open in another window{_holder(folder)}; close that first") from None
    return lock


def write_holder(folder: Path, annotator: str) -> None:
    who = {
        "annotator": annotator,
        "user": user(),
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    with atomic.written_whole(folder / HOLDER) as beside:
        beside.write_text(json.dumps(who, ensure_ascii=False), encoding="utf-8")


def _holder(folder: Path) -> str:
    """Who has a folder open, as part of a sentence; empty if unknown."""
    try:
        who = json.loads(regular_files.read(folder / HOLDER, HOLDER_BYTES))
        return f": {who['annotator']} ({who['user']}, process {who['pid']}) on {who['host']} since {who['since']}"
    except (OSError, InputError, ValueError, KeyError, TypeError):
        return ""


def user() -> str:
    """The name of the current user, from the system."""
    try:
        return plain(getpass.getuser()) or "unknown"
    except (OSError, KeyError, ImportError):
        return "unknown"
