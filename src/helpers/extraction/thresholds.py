"""The thresholds of confidence, each a row of `thresholds.csv` with its reason."""

from pathlib import Path

from msgspec import Struct

from helpers.files import csv_rows

COLUMNS = ("threshold", "value", "reason")


class Thresholds(Struct, frozen=True, gc=False):
    """Thresholds between 0 and 1.

    attributed    a claim with a confidence below this is only a possible claim
    """

    attributed: float = 0.0


def load(path: Path) -> Thresholds:
    """Read a table of thresholds.

    Raises    InputError, naming file and row, for an unknown or repeated threshold, a value that is not a number from 0
              to 1, or a row without a reason.
    """
    found: dict[str, float] = {}
    for row in csv_rows.read(path, COLUMNS):
        name = row["threshold"]
        if name not in Thresholds.__struct_fields__:
            raise row.error(f"there is no threshold {name!r}; remove the row")
        if name in found:
            raise row.error(f"threshold {name!r} is listed above already; keep one of the two")
        if not row["reason"].strip():
            raise row.error(f"threshold {name!r} has no reason; write what was measured")
        found[name] = _share(row)
    return Thresholds(**found)


def _share(row: csv_rows.Row) -> float:
    try:
        value = float(row["value"])
    except ValueError:
        value = float("nan")
    if not 0 <= value <= 1:
        raise row.error(f"value is {row['value']!r}; write a number from 0 to 1")
    return value
