"""Checks operations and reads the values of their arguments.

An operation is a JSON object as a dict: `id` (its own, by which a repeated one is recognised), `op`, `by` (the
annotator), `at` (when, UTC), and arguments (`data/README.md`, «Operations»).
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from helpers.files.errors import InputError

Operation = Mapping[str, Any]
OF_ALL = ("id", "op", "by", "at", "seen", "window")
LONGEST_ID = 100  # characters of the id of an operation or a record
OPERATION_BYTES = 100_000  # largest operation, as JSON
LONGEST = 10_000  # characters of a text that a person writes
ID = re.compile("[A-Za-z0-9_-]+")

ARGUMENTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # required ones, optional ones
    "accept": (("claim",), ()),
    "reject": (("claim",), ()),
    "reopen": (("claim",), ()),
    "span": (("claim", "role", "start", "end"), ("part",)),
    "unspan": (("claim", "role"), ("part",)),
    "add": (("content",), ("claim", "kind", "source", "cue")),
    "nest": (("claim", "within"), ()),
    "within": (("claim", "value"), ()),
    "source": (("claim",), ("source_id", "new", "source_via")),
    "kind": (("claim", "value"), ()),
    "modality": (("claim", "value"), ()),
    "stance": (("claim", "value"), ()),
    "gloss": (("claim", "value"), ()),
    "cue": (("claim", "cue_form", "act"), ("cue_lemma", "stance")),
    "grade": (("claim", "credibility", "rationale"), ()),
    "grade_source": (("source", "reliability", "rationale"), ()),
    "edit_source": (
        ("source",),
        ("name", "name_en", "kind", "actor_ids", "affiliation_ids", "justification", "justification_en"),
    ),
    "mention": (("start", "end", "actor_id"), ("via",)),
    "accept_mention": (("mention",), ()),
    "reject_mention": (("mention",), ()),
    "place": (("unanchored", "start", "end"), ()),
    "import": ((), ("sources", "claims", "mentions", "unanchored")),
    "undo": ((), ()),
    "redo": ((), ()),
}


def check(operation: Any) -> None:
    """Check the form of an operation, independently of the state. Raises InputError, one line."""
    if not isinstance(operation, Mapping):
        raise InputError('an operation is an object such as {"id": …, "op": "accept", "claim": "c1"}')
    name = operation.get("op")
    if not isinstance(name, str) or name not in ARGUMENTS:
        raise InputError(f"op is {shown(name)}; write one of: {', '.join(ARGUMENTS)}")
    needed, others = ARGUMENTS[name]
    for missing in (each for each in ("id", "by", "at", *needed) if each not in operation):
        raise InputError(f"{name}: it has no {missing!r}, which it needs")
    for unknown in (each for each in operation if each not in (*OF_ALL, *needed, *others)):
        raise InputError(f"{name}: it has no argument {shown(unknown)}; those are: {', '.join((*needed, *others))}")
    if not _written(operation):
        raise InputError(
            f"{name}: it is over {OPERATION_BYTES:,} bytes of JSON, or contains what JSON cannot, such as half a character"
        )
    if not line(operation["id"]) or len(operation["id"]) > LONGEST_ID:
        raise InputError(f"{name}: id is {shown(operation['id'])}; write a text of at most {LONGEST_ID} characters")
    if not line(operation["by"]) or len(operation["by"]) > LONGEST_ID:
        raise InputError(f"{name}: by is {shown(operation['by'])}; write who decides, in one line")
    if not _utc(operation["at"]):
        raise InputError(f"{name}: at is {shown(operation['at'])}; write a time in UTC such as 2026-01-31T09:30:00Z")
    if not isinstance(operation.get("window", ""), str):
        raise InputError(f"{name}: window is {shown(operation['window'])}; write a text")
    if not isinstance(operation.get("seen", 0), int | None):
        raise InputError(f"{name}: seen is {shown(operation['seen'])}; write the version that was seen")


def _written(operation: Operation) -> bool:
    """Whether an operation can be written to a journal."""
    try:
        return len(json.dumps(dict(operation), ensure_ascii=False, allow_nan=False).encode()) <= OPERATION_BYTES
    except (ValueError, TypeError, RecursionError):
        return False


def line(value: Any) -> bool:
    """Whether a value is a text in one line with something visible."""
    return isinstance(value, str) and bool(value.strip()) and value == plain(value)


def plain(text: str) -> str:
    """A text as written in a table: NFC, white space as single spaces, without characters that a file cannot have."""
    kept = (c for c in " ".join(text.split()) if unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def _utc(value: Any) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).utcoffset() == timedelta(0)
    except ValueError:
        return False


def shown(value: Any) -> str:
    said = repr(value)
    return said if len(said) <= 60 else f"{said[:57]}…"


def one_of(operation: Operation, key: str, allowed: Any) -> Any:
    value = operation[key]
    if not isinstance(value, str | int) or isinstance(value, bool) or value not in allowed:
        raise InputError(f"{key} is {shown(value)}; write one of: {', '.join(map(str, allowed))}")
    return value


def text(operation: Operation, key: str, needed: bool = False) -> str | None:
    """A text that a person wrote; None if it is null, empty or missing."""
    value = operation.get(key)
    if value is not None and (not isinstance(value, str) or len(value) > LONGEST):
        raise InputError(f"{key} is {shown(value)}; write a text of at most {LONGEST:,} characters")
    found = plain(value) if value else ""
    if needed and not found:
        raise InputError(f"{key} is empty; write it")
    return found or None


def id_of(operation: Operation, key: str) -> str:
    value = operation[key]
    if not isinstance(value, str):
        raise InputError(f"{key} is {shown(value)}; write an id")
    return value
