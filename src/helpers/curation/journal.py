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

from msgspec import Struct, ValidationError, convert

from helpers.curation.state import TABLES, Change, Values
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
    kept         the file that has them, where they end as a line does: somebody may want to read it
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
        self.kept: Path | None = None
        if self.cut and whole.endswith(b"\n"):
            self.kept = free(path.with_suffix(".cut"))
            self.kept.write_bytes(whole[self._length :])
        self._failed = False  # whether a write failed, and what it left could not be taken away
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
                        f"{self.path}: line {number}: not an operation; restore the journal from a copy, or rename "
                        "it: the tables hold what was decided before it was last compacted"
                    )
                break
            at = end + 1
        return at

    def _take(self, line: bytes) -> bool:
        try:
            found = json.loads(line)
            if "compacted" in found:
                self.compacted = max(min(int(found["compacted"]), len(self.entries)), 0)
                return True
            change = Change(convert(found.pop("set"), Values), convert(found.pop("was"), Values))
            texts = (found["id"], found["op"], found["by"], found.get("of", ""))
            same = {table: [*records] for table, records in change.set.items()}
            if same != {table: [*records] for table, records in change.was.items()} or not set(TABLES).issuperset(same):
                return False
            if not all(isinstance(text, str) for text in texts):
                return False
            self.entries.append(Entry(found, change))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError, ValidationError):
            return False
        return True

    def append(self, entries: Sequence[Entry]) -> None:
        """Write entries and see them to the disk.

        Raises    OSError, and none of them is written, where that fails; InputError where the file is another by now.
        """
        self._write(b"".join(_line({**e.operation, "set": e.change.set, "was": e.change.was}) for e in entries))
        self.entries += entries

    def mark(self, compacted: int) -> None:
        """Note that the tables hold what the first so many operations did. Raises OSError as `append` does."""
        self._write(_line({"compacted": compacted}))
        self.compacted = compacted

    def _write(self, lines: bytes) -> None:
        self._check()
        try:
            at = 0
            while at < len(lines):
                at += os.write(self._file, lines[at:])
            os.fsync(self._file)
        except OSError as e:
            self._failed = True
            with suppress(OSError):
                os.ftruncate(self._file, self._length)
                os.fsync(self._file)
                self._failed = False
            raise type(e)(e.errno, e.strerror, str(self.path)) from e
        self._length += len(lines)

    def _check(self) -> None:
        """Raises InputError where the journal was moved, replaced or changed by something else since it was opened."""
        here = os.fstat(self._file)
        if self._failed and here.st_size > self._length:
            os.ftruncate(self._file, self._length)
            here = os.fstat(self._file)
            self._failed = False
        try:
            same = os.path.samestat(here, self.path.stat())
        except FileNotFoundError:
            same = False
        if not same or here.st_size != self._length:
            raise InputError(
                f"{self.path}: another program moved or changed it while it was open; put it back as it was, or close "
                "this window and open the article again"
            )

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


def free(path: Path) -> Path:
    """A name like this that no file has."""
    names = (path.with_name(f"{path.stem}-{n}{path.suffix}") for n in range(2, 1_000_000))
    return path if not path.exists() else next(name for name in names if not name.exists())


def synced(folder: Path) -> None:
    """See the names in a folder to the disk, where the system can."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
