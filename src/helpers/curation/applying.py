"""Applies the operations in a file (JSON Lines, one operation per line), without a browser."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from helpers.curation.session import TOGETHER, Session
from helpers.files import regular_files
from helpers.files.errors import InputError

FILE_BYTES = 100_000_000


class Applied(Struct, frozen=True):
    """The result of applying a file of operations.

    done       the number of operations done now
    before     the number of operations that were done before, and are not repeated
    refused    (line number, reason) of each operation that could not be done
    decided, of    the numbers of claims decided on now, and of all claims
    """

    done: int
    before: int
    refused: tuple[tuple[int, str], ...]
    decided: int
    of: int


def apply_file(session: Session, path: Path) -> Applied:
    """Apply the operations of a file, in order. A line without an id gets one made from its content.

    Raises    InputError, and nothing is done, for a file that cannot be read or a line that is not a JSON object.
    """
    given = _read(path)
    start, acknowledged = session.version, 0
    refused: list[tuple[int, str]] = []
    operations = [operation for _, operation in given]
    for at in range(0, len(operations), TOGETHER):
        reply = session.do(operations[at : at + TOGETHER])
        acknowledged += len(reply["acks"])
        refused += [(given[at + each["at"]][0], each["why"]) for each in reply["refused"]]
    done = session.version - start
    progress = session.progress()
    return Applied(done, acknowledged - done, tuple(refused), progress["decided"], progress["of"])


def _read(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """(line number, operation) of each operation in a file."""
    try:
        lines = regular_files.read(path, FILE_BYTES).decode("utf-8-sig").split("\n")
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; give operations as JSON Lines") from None
    except UnicodeDecodeError as e:
        raise InputError(f"{path}: not UTF-8 text (byte {e.start}); save it again as UTF-8") from None
    found: list[tuple[int, dict[str, Any]]] = []
    same: Counter[str] = Counter()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            operation = json.loads(line)
        except (ValueError, RecursionError) as e:
            raise InputError(f"{path}: line {number}: not JSON ({e}); write one operation per line") from None
        if not isinstance(operation, Mapping):
            raise InputError(f"{path}: line {number}: not a JSON object; write one operation per line")
        said = line.strip()
        same[said] += 1
        made = hashlib.sha256(f"{same[said]} {said}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
        found.append((number, {"id": made, **operation}))
    return found
