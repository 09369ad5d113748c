"""The journal of an article's operations, one line each, which is on the disk before an operation is acknowledged.

A line is the operation with its effect, `set` and `was` (see `state.Change`). `{"compacted": N}` means that the tables
include the first N operations. A line that was cut off, for example by a power failure, was never acknowledged.
"""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct, ValidationError, convert

from helpers.curation.state import TABLES, Change, Values
from helpers.files import regular_files
from helpers.files.errors import InputError

NAME = "journal.jsonl"
BINARY = getattr(os, "O_BINARY", 0)  # else Windows would change line ends
JOURNAL_BYTES = 500_000_000  # largest journal that is read


class Entry(Struct, frozen=True):
    """An operation that was done, and its change."""

    operation: dict[str, Any]
    change: Change


class Journal:
    """A journal on the disk, open for writing; its owner holds the lock of the folder.

    entries      the operations that were done, in order
    compacted    the number of operations included in the tables
    cut          the number of bytes of an incomplete last line that was removed on opening
    kept         the file to which that line was copied, if it ends like a complete one and may be of use
    """

    def __init__(self, path: Path) -> None:
        """Open or begin a journal. Raises InputError for an invalid line that is not the last; OSError."""
        self.path = path
        self.entries: list[Entry] = []
        self.compacted = 0
        new = not path.exists()
        whole = b"" if new else regular_files.read(path, JOURNAL_BYTES)
        self._length = self._read(whole)
        self.cut = len(whole) - self._length
        self.kept: Path | None = None
        if self.cut and whole.endswith(b"\n"):
            self.kept = free(path.with_suffix(".cut"))
            self.kept.write_bytes(whole[self._length :])
        self._failed = False  # whether a write failed and its remains could not be removed
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
        """Read the lines. Returns the length in bytes of the complete ones."""
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
        """Write entries and flush them to the disk.

        Raises    OSError if that fails, and none of them is written; InputError if the file was replaced.
        """
        self._write(b"".join(_line({**e.operation, "set": e.change.set, "was": e.change.was}) for e in entries))
        self.entries += entries

    def mark(self, compacted: int) -> None:
        """Record that the tables include the first `compacted` operations. Raises OSError like `append`."""
        self._write(_line({"compacted": compacted}))
        self.compacted = compacted

    def _write(self, lines: bytes) -> None:
        self._check()
        try:
            at = 0
            while at < len(lines):
                at += os.write(self._file, lines[at:])
            os.fsync(self._file)
        except BaseException as e:  # a full disk, or Ctrl-C
            self._failed = True
            with suppress(OSError):
                os.ftruncate(self._file, self._length)
                os.fsync(self._file)
                self._failed = False
            if isinstance(e, OSError):
                raise type(e)(e.errno, e.strerror, str(self.path)) from e
            raise
        self._length += len(lines)

    def _check(self) -> None:
        """Raises InputError if another program moved, replaced or changed the journal since it was opened."""
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
        """Close the file."""
        os.close(self._file)


def pending(path: Path) -> int:
    """The number of operations in a journal that the tables do not include yet. Raises InputError or OSError."""
    if not path.exists():
        return 0
    done = held = 0
    for line in regular_files.read(path, JOURNAL_BYTES).splitlines():
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
    """A similar path at which there is no file."""
    names = (path.with_name(f"{path.stem}-{n}{path.suffix}") for n in range(2, 1_000_000))
    return path if not path.exists() else next(name for name in names if not name.exists())


def synced(folder: Path) -> None:
    """Flush the entries of a folder to the disk, if the system supports it."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
