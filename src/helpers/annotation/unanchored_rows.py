"""Reads and writes `unanchored.csv`: spans no longer found in a corrected text, kept until a person places them."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from helpers.annotation import anchoring
from helpers.annotation.remark_rows import MENTION_COLUMNS, MENTION_VIA
from helpers.files import csv_rows
from helpers.records.claims import STATUSES

COLUMNS = ("unanchored_id", "table", "record_id", "role", "part", "exact", "prefix", "suffix", "row")
TABLES = ("claims", "sources", "mentions", "oddities", "events")


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a file: texts, the number `part`, and `row`, the rest of the record. Empty if there is no file."""
    found = []
    for row in csv_rows.read(path, COLUMNS) if path.is_file() else ():
        row.one_of("table", TABLES)
        if row["table"] == "claims":
            row.one_of("role", anchoring.ROLES[:-1])
        try:
            rest = json.loads(row["row"])
        except (ValueError, RecursionError) as e:
            raise row.error(f"{e}; restore the file as Isnad wrote it") from None
        if row["table"] == "mentions" and not _of_mention(rest):
            raise row.error(f"row is {row['row']!r}, which is not a mention; restore the file as Isnad wrote it")
        found.append({**row.values, "part": row.whole("part"), "row": rest})
    return found


def _of_mention(rest: Any) -> bool:
    """Whether this is the rest of a mention: its fields other than its span."""
    if not isinstance(rest, dict) or not all(isinstance(each, str) for each in rest.values()):
        return False
    statuses = ("", *STATUSES)
    return set(rest) <= set(MENTION_COLUMNS) and rest.get("via") in MENTION_VIA and rest.get("status") in statuses


def claims(path: Path) -> frozenset[str]:
    """The ids of claims with spans in a file."""
    return frozenset(row["record_id"] for row in read(path) if row["table"] == "claims")


def write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows in the order of their records."""
    ordered = sorted(rows, key=lambda one: (one["table"], one["record_id"], one["role"], one["part"]))
    csv_rows.write(path, COLUMNS, [[_cell(name, one[name]) for name in COLUMNS] for one in ordered])


def _cell(name: str, value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if name == "row" else str(value)
