"""CSV files as rows that know their file and number, so that every error can name both.

A row number is the line that a spreadsheet shows: the header is row 1, the first record is row 2.
"""

import codecs
import csv
import io
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from msgspec import Struct

from helpers.files import regular_files
from helpers.files.atomic import written_whole
from helpers.files.errors import InputError

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
CSV_BYTES = 50_000_000  # largest file of a lexicon or of annotations
HEADER_CHARACTERS = 4096  # a header is no longer than this
csv.field_size_limit(CSV_BYTES)  # a value may be a whole article; the size of the file is limited anyway


class Row(Struct, frozen=True, gc=False):
    """One record of a CSV file: its values by column, its file and its row number.

    cells   the values: first the requested columns in the order requested, then the others
    at      the index in `cells` of each column; shared by all rows of a file
    """

    path: Path
    number: int
    cells: list[str]
    at: dict[str, int]

    def __getitem__(self, column: str) -> str:
        return self.cells[self.at[column]]

    @property
    def values(self) -> dict[str, str]:
        """The values by column."""
        return dict(zip(self.at, self.cells, strict=True))

    def error(self, wrong: str) -> InputError:
        """An InputError that begins with this row's file and number."""
        return InputError(f"{self.path}: row {self.number}: {wrong}")

    def whole(self, column: str) -> int:
        """The column as an integer of 0 or more. Raises InputError for any other value."""
        value = self[column]
        if not (value.isascii() and value.isdigit() and len(value) < 13):
            raise self.error(f"{column} is {value!r}; write a whole number")
        return int(value)

    def one_of(self, column: str, allowed: Collection[str]) -> str:
        """The column's value, if it is in `allowed`. Raises InputError otherwise."""
        value = self[column]
        if value not in allowed:
            raise self.error(f"{column} is {value!r}; write one of: {', '.join(a or '(empty)' for a in allowed)}")
        return value


def read(
    path: Path,
    columns: Iterable[str],
    others: bool = False,
    optional: Iterable[str] = (),
    faults: list[InputError] | None = None,
) -> list[Row]:
    """Read a CSV file that must have exactly these columns, in any order, in any form that a spreadsheet saves.

    Values are separated by commas, semicolons or tabs, as in the header. The text is UTF-8, with or without a
    byte-order mark, or UTF-16 with one (Excel's "Unicode text").

    others    accept other columns as well
    optional  which of `columns` may be missing; their values are then empty
    faults    if given, errors of rows with too few or too many values are appended to it, and those rows are skipped
    Returns   one Row per record; empty lines are skipped; values are NFC, without outer white space.
    Raises    InputError, naming file and row, for a missing file, other columns, a row with too few or too many values,
              text in another encoding.
    """
    wanted, spared = list(columns), set(optional)
    header, records = _records(path, wanted, others, spared, faults)
    where = {name: place for place, name in enumerate(header)}
    order = [where[name] for name in dict.fromkeys((*wanted, *header)) if name in where]
    missing = [name for name in wanted if name not in where]
    at = {name: place for place, name in enumerate((*(header[place] for place in order), *missing))}
    if order == list(range(len(header))) and not missing:
        return [Row(path, number, cells, at) for number, cells in records]
    return [Row(path, number, [cells[place] for place in order] + [""] * len(missing), at) for number, cells in records]


def values(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Like `read`, for long tables: (row number, values in the order of `columns`) of each record, without making Rows."""
    header, records = _records(path, list(columns), False, set())
    if header == list(columns):
        return records
    order = [header.index(column) for column in columns]
    return ((number, [cells[at] for at in order]) for number, cells in records)


def _records(
    path: Path, wanted: list[str], others: bool, spared: set[str], faults: list[InputError] | None = None
) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The columns of a file, and the number and the values of each row."""
    text = _text(path)
    delimiter = delimiter_of(text, set(wanted))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
    except csv.Error as e:
        raise _unquoted(path, reader.line_num, e) from None
    needed = sorted(column for column in wanted if column in header or column not in spared)
    if not set(needed) <= set(header) if others else sorted(header) != needed:
        free = [column for column in wanted if column in spared]
        also = f", of which these may be omitted: {free}" if free else ""
        raise InputError(f"{path}: row 1: the columns are {header}; they must be {wanted}{also}")

    def rows() -> Iterator[tuple[int, list[str]]]:
        try:
            for values in reader:
                cells = list(map(str.strip, values))
                if len(cells) == len(header):
                    if any(cells):
                        yield reader.line_num, cells
                elif any(cells):
                    said = f"{len(values)} values for {len(header)} columns; quote {DELIMITERS[delimiter]}"
                    wrong = InputError(f"{path}: row {reader.line_num}: {said}")
                    if faults is None:
                        raise wrong
                    faults.append(wrong)
        except csv.Error as e:
            raise _unquoted(path, reader.line_num, e) from None

    return header, rows()


def _unquoted(path: Path, number: int, error: csv.Error) -> InputError:
    return InputError(f"{path}: row {number}: {error}; fix the quoting")


def _text(path: Path) -> str:
    try:
        raw = regular_files.read(path, CSV_BYTES)
        return raw.decode("utf-16" if raw.startswith(UTF_16) else "utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; restore it or name another folder with ISNAD_HOME") from None
    except UnicodeDecodeError as e:
        raise InputError(f"{path}: not {e.encoding.upper()} text (byte {e.start}); save it again as UTF-8") from None


def delimiter_of(text: str, wanted: set[str]) -> str:
    """The delimiter by which the header has most of the wanted columns; the comma in case of a tie."""
    found = {}
    for delimiter in DELIMITERS:
        try:
            header = next(csv.reader(io.StringIO(text[:HEADER_CHARACTERS], newline=""), delimiter=delimiter), [])
        except csv.Error:
            header = []
        found[delimiter] = len(wanted & {name.strip() for name in header})
    return max(found, key=found.__getitem__)


class _Lines:
    """Ends the rows of a writer with a line feed, while the writer quotes what has a carriage return in it, too."""

    END = "\r\n"

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, row: str) -> int:
        return self._file.write(f"{row.removesuffix(self.END)}\n")


def write(path: Path, columns: Sequence[str], records: Iterable[Sequence[str]], as_it_was: bool = False) -> None:
    """Write a CSV file (UTF-8, commas, one line per record), completely or not at all.

    as_it_was    keep the delimiter, the encoding and the byte-order mark of the file that is replaced, as the user's
                 spreadsheet saved it
    """
    delimiter, encoding = ",", "utf-8"
    if as_it_was and path.is_file():
        raw = regular_files.read(path, CSV_BYTES)
        delimiter = delimiter_of(_text(path), set(columns))
        encoding = "utf-16" if raw.startswith(UTF_16) else "utf-8-sig" if raw.startswith(codecs.BOM_UTF8) else encoding
    with written_whole(path) as beside, beside.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(_Lines(file), delimiter=delimiter, lineterminator=_Lines.END)
        writer.writerow(columns)
        writer.writerows(records)
