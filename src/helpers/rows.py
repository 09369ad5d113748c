"""CSV files as rows that know where they stand, so that every complaint can name file and row.

A row number is the line that a spreadsheet shows: the header is row 1, the first record is row 2.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.atomic import written_whole
from helpers.errors import InputError

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a CSV file: its values by column, and where it stands."""

    path: Path
    number: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def error(self, wrong: str) -> InputError:
        """An InputError that begins with this row's file and number."""
        return InputError(f"{self.path}: row {self.number}: {wrong}")

    def whole(self, column: str) -> int:
        """The column as a whole number of 0 or more. Raises InputError when it is none."""
        value = self.values[column]
        if not (value.isascii() and value.isdigit() and len(value) < 13):
            raise self.error(f"{column} is {value!r}; write a whole number")
        return int(value)

    def one_of(self, column: str, allowed: Iterable[str]) -> str:
        """The column's value when it is an allowed one. Raises InputError otherwise."""
        value, allowed = self.values[column], list(allowed)
        if value not in allowed:
            raise self.error(f"{column} is {value!r}; write one of: {', '.join(a or '(empty)' for a in allowed)}")
        return value


def read(path: Path, columns: Iterable[str]) -> list[Row]:
    """Read a CSV file (UTF-8, with or without BOM) that must have exactly these columns, in any order.

    Returns   one Row a record; empty lines are passed over; values are stripped of outer white space and NFC.
    Raises    InputError, naming file and row, for a missing file, another set of columns, a row of another length,
              text that is not UTF-8.
    """
    wanted = list(columns)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; restore it or name another folder with ISNAD_HOME") from None
    except UnicodeDecodeError as e:
        raise InputError(f"{path}: not UTF-8 text (byte {e.start}); save it again as UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[Row] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        if sorted(header) != sorted(wanted):
            raise InputError(f"{path}: row 1: the columns are {header}; they must be {wanted}")
        for values in reader:
            if not any(value.strip() for value in values):
                continue
            number = reader.line_num
            if len(values) != len(header):
                raise InputError(f"{path}: row {number}: {len(values)} values for {len(header)} columns; quote commas")
            cells = (unicodedata.normalize("NFC", value.strip()) for value in values)
            found.append(Row(path, number, dict(zip(header, cells, strict=True))))
    except csv.Error as e:
        raise InputError(f"{path}: row {reader.line_num}: {e}; mend the quoting") from None
    return found


def write(path: Path, columns: Sequence[str], records: Iterable[Sequence[str]]) -> None:
    """Write a CSV file (UTF-8, a line a record), whole or not at all."""
    with written_whole(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(records)


def guarded(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula: a text that begins like one has an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
