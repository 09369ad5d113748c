"""The rows of `unanchored.csv`: spans that a corrected text does not have any more, kept for a person to place."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from helpers.files import csv_rows

COLUMNS = ("unanchored_id", "table", "record_id", "role", "part", "exact", "prefix", "suffix", "row")
TABLES = ("claims", "sources", "mentions", "oddities", "events")


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a file, none where there is no file: texts, the number `part`, and `row`, what else the record has."""
    found = []
    for row in csv_rows.read(path, COLUMNS) if path.is_file() else ():
        row.one_of("table", TABLES)
        try:
            found.append({**row.values, "part": row.whole("part"), "row": json.loads(row["row"])})
        except ValueError as e:
            raise row.error(f"{e}; restore the file as Isnad wrote it") from None
    return found


def claims(path: Path) -> frozenset[str]:
    """The claims of which a file has spans."""
    return frozenset(row["record_id"] for row in read(path) if row["table"] == "claims")


def write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows, in the order of their records."""
    ordered = sorted(rows, key=lambda one: (one["table"], one["record_id"], one["role"], one["part"]))
    csv_rows.write(path, COLUMNS, [[_cell(name, one[name]) for name in COLUMNS] for one in ordered])


def _cell(name: str, value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if name == "row" else str(value)
