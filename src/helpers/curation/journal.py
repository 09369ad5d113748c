"""The journal of an article's operations: a line each, on the disk before it is acknowledged.

A line is the operation with what it did, `set` and `was` (see `state.Change`). `{"compacted": N}` says that the tables
hold what the first N operations did. A line that was cut off, as by a power cut, was never acknowledged.
"""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from helpers.curation.state import Change
from helpers.files import regular
from helpers.files.errors import InputError

NAME = "journal.jsonl"
BINARY = getattr(os, "O_BINARY", 0)  # Windows would write line ends of its own
JOURNAL_BYTES = 500_000_000  # bytes of a journal that is read


class Entry(Struct, frozen=True):
    """An operation that was done, and what it changed."""

    operation: dict[str, Any]
    change: Change


class Journal:
    """A journal on the disk, open for writing; whoever has it holds the lock of its folder.

    entries      the operations that were done, in their order
    compacted    how many of them the tables hold
    cut          bytes of a last line that was cut off, and so taken away on opening
    """

    def __init__(self, path: Path) -> None:
        """Open or begin a journal. Raises InputError for a line amid it that is none, OSError for a file that cannot be had."""
        self.path = path
        self.entries: list[Entry] = []
        self.compacted = 0
        new = not path.exists()
        whole = b"" if new else regular.read(path, JOURNAL_BYTES)
        self._length = self._read(whole)
        self.cut = len(whole) - self._length
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | BINARY, 0o666)
        try:
            if self.cut:
                os.ftruncate(self._file, self._length)
                os.fsync(self._file)
            if new:
                synced(path.parent)
        except OSError:
            os.close(self._file)
            raise

    def _read(self, whole: bytes) -> int:
        """Read the lines. Returns the length of those that are whole, in bytes."""
        at = number = 0
        while (end := whole.find(b"\n", at)) >= 0:
            number += 1
            if not self._take(whole[at:end]):
                if whole.find(b"\n", end + 1) >= 0:
                    raise InputError(
                        f"{self.path}: line {number}: no operation; restore the journal from a copy, or give it another "
                        "name: the tables hold what was decided before it was last compacted"
                    )
                break
            at = end + 1
        return at

    def _take(self, line: bytes) -> bool:
        try:
            found = json.loads(line)
            if "compacted" in found:
                self.compacted = min(int(found["compacted"]), len(self.entries))
                return True
            change = Change(found.pop("set"), found.pop("was"))
            if not isinstance(found["id"], str) or not isinstance(found["op"], str) or not isinstance(found["by"], str):
                return False
            self.entries.append(Entry(found, change))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return False
        return True

    def append(self, entries: Sequence[Entry]) -> None:
        """Write entries and see them to the disk. Raises OSError, and none of them is written, where that fails."""
        self._write(b"".join(_line({**e.operation, "set": e.change.set, "was": e.change.was}) for e in entries))
        self.entries += entries

    def mark(self, compacted: int) -> None:
        """Note that the tables hold what the first so many operations did. Raises OSError as `append` does."""
        self._write(_line({"compacted": compacted}))
        self.compacted = compacted

    def _write(self, lines: bytes) -> None:
        if os.fstat(self._file).st_size != self._length:  # what an earlier failure left, and could not take away
            os.ftruncate(self._file, self._length)
        try:
            at = 0
            while at < len(lines):
                at += os.write(self._file, lines[at:])
            os.fsync(self._file)
        except OSError as e:
            with suppress(OSError):
                os.ftruncate(self._file, self._length)
                os.fsync(self._file)
            raise type(e)(e.errno, e.strerror, str(self.path)) from e
        self._length += len(lines)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)


def pending(path: Path) -> int:
    """How many operations of a journal the tables do not hold yet. Raises InputError or OSError where it cannot be read."""
    if not path.exists():
        return 0
    done = held = 0
    for line in regular.read(path, JOURNAL_BYTES).splitlines():
        with suppress(ValueError):
            found = json.loads(line)
            if isinstance(found, dict) and isinstance(found.get("compacted"), int):
                held = found["compacted"]
            else:
                done += 1
    return max(done - held, 0)


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def synced(folder: Path) -> None:
    """See the names in a folder to the disk, where the system can."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
