"""Tables as one spreadsheet file (.xlsx, Office Open XML, ECMA-376), set as a reader of Arabic expects it.

A sheet opens at its right edge, its heading stands still above the rows and filters them, Arabic columns are aligned to
the right and read from right to left, English ones to the left; it prints with its heading on every page. A text is
always a text, whatever it begins with. What a spreadsheet cannot hold of one is replaced or cut, and counted. The same
tables give the same bytes.
"""

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from numbers import Integral, Real
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from helpers.files import atomic
from helpers.files.errors import InputError
from helpers.text import directions
from helpers.text.directions import Direction

# What Excel holds: its specifications and limits.
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of a sheet, its heading among them
LONGEST_CELL = 32_767  # units of UTF-16
LONGEST_NAME = 31  # of a sheet, in units of UTF-16
RESERVED = "history"  # a name that Excel keeps for itself
FIRST_DAY = date(1900, 3, 1)  # before it the days of a spreadsheet are not those of the calendar
DIGITS = 15  # of a whole number that stay as they are

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # Char of XML 1.0
INSTEAD = "\ufffd"
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # what a spreadsheet would take for a character (ST_Xstring)
SIGNS = tuple("=+-@\t\r\n")  # a text that begins so becomes a formula where a person edits it, unless its cell says not
GENERAL, ISO_DAY, ISO_TIME = "General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"

SAMPLE = 500  # rows by which the width of a column is set
NARROWEST, WIDEST = 6, 60  # of a column, in digits
BUTTON = 4  # digits that a filter's button takes of a heading
LINE_HEIGHT, TALLEST = 15, 409  # points
INDENT = 2  # digits that a text is away from the edges of its cell
HALF_WORD = 3  # characters
PAGE = 200  # digits of a sheet that are still read on the width of a page
WASH, EDGE = "FFEEF2F6", "FF8A97A6"  # colours of a heading
PAPER = 9  # A4
FOOTER = "&A · &P / &N"  # the name of the sheet, the page, of how many
MADE = datetime(1980, 1, 1)  # when every file of ours says that it was made: the first day of a zip archive


@dataclass(frozen=True, slots=True)
class Changed:
    """What a workbook could not hold of its texts: characters replaced by U+FFFD, cells cut (they end in …)."""

    replaced: int = 0
    cut: int = 0


class _Look(NamedTuple):
    """How a cell is set."""

    align: Direction = ""
    reads: Direction = ""
    wrap: bool = False
    format: str = GENERAL
    guarded: bool = False
    heading: bool = False


class _Value(NamedTuple):
    """What a cell holds: its value as it is written, and its type in openpyxl (s, n, b, d)."""

    value: Any
    type: str


class _Grid(NamedTuple):
    """A table column by column: what heads each, its cells, its width, from where it is read, how it shows numbers, days."""

    heads: list[str]
    columns: list[list[_Value | None]]
    widths: list[int]
    aligned: list[Direction]
    numbers: list[str]
    days: list[str]


class _Cell(Cell):  # type: ignore[misc]
    """A cell that knows its style by number: to look it up for each takes longer than to write it."""

    __slots__ = ("number",)

    @property
    def style_id(self) -> int:
        return int(self.number)

    @property
    def has_style(self) -> bool:
        return True

    def __repr__(self) -> str:
        return "a cell"  # openpyxl names each that it is handed, in an error that it then catches


class _Archive(ZipFile):
    """A zip archive in which every file was made on the same day."""

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        super().writestr(_entry(str(zinfo_or_arcname)), data)

    def write(
        self, filename: Any, arcname: Any = None, compress_type: int | None = None, compresslevel: int | None = None
    ) -> None:
        entry = _entry(arcname)
        entry.file_size = Path(filename).stat().st_size
        with Path(filename).open("rb") as of, self.open(entry, "w") as to:
            shutil.copyfileobj(of, to)


@dataclass(slots=True)
class _Texts:
    """Texts as cells can hold them, and what that changed so far."""

    replaced: int = 0
    cut: int = 0

    def fitted(self, text: str) -> str:
        """A text as a cell can hold it; written so that nothing in it is taken for an escaped character (`_x0041_`: A)."""
        if NOT_IN_XML.search(text):
            text, replaced = NOT_IN_XML.subn(INSTEAD, text)
            self.replaced += replaced
        kept = _cut(text, LONGEST_CELL)
        self.cut += kept is not text
        return ESCAPED.sub("_x005F_", kept) if "_x" in kept else kept


def write(path: Path, sheets: Mapping[str, pd.DataFrame], right_to_left: bool = True) -> Changed:
    """Write tables as an .xlsx file, whole or not at all, a sheet each, in their order.

    sheets         by name; what a name of a sheet cannot have is replaced, and a second one of a name gets a number.
                   The index of a table is a column only where it has a name, as in our CSV files. Of its cells numbers,
                   truth values, and days and times from March 1900 on are such; items of a list are joined by spaces;
                   nothing at all is an empty cell; all else is text. `attrs["formats"]` of a table says how numbers of
                   a column are shown, in the codes of a spreadsheet ("0.0%").
    right_to_left  whether the first column stands at the right
    Returns        how many characters XML has not, and were replaced, and how many cells were too long, and were cut.
    Raises         InputError, one line, for a table too large for a sheet; ValueError for no tables; OSError.
    """
    if not sheets:
        raise ValueError("a workbook has a sheet at least: give a table")
    tables = {name: _flat(table) for name, table in sheets.items()}
    for name, table in tables.items():
        rows, columns = len(table) + 1, len(table.columns)
        if rows > MOST_ROWS or columns > MOST_COLUMNS:
            size = (
                f"{rows:,} rows and {columns:,} columns are too many for a sheet of {MOST_ROWS:,} and {MOST_COLUMNS:,}"
            )
            raise InputError(f"{path}: table {name!r}: {size}; write it as CSV, or in parts")
    texts = _Texts()
    grids = [_grid(table, texts) for table in tables.values()]
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.created, book.properties.modified = "Isnad", MADE, MADE
    looks: dict[_Look, _Cell] = {}
    for title, grid in zip(names(list(tables)), grids, strict=True):
        _write_sheet(book.create_sheet(title), grid, right_to_left, looks)
    with atomic.written_whole(path) as beside, _Archive(beside, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).write_data()
    return Changed(texts.replaced, texts.cut)


def names(wanted: Sequence[str]) -> list[str]:
    """Names as a workbook can have them for its sheets: each once, whether in capitals or not.

    >>> names(["corpus/voices", "Voices", "voices", "", "a" * 40])
    ['corpus voices', 'Voices', 'voices 2', 'table', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…']
    """
    taken, found = {RESERVED}, []
    for each in wanted:
        bare = " ".join(NOT_IN_XML.sub(INSTEAD, NOT_IN_NAMES.sub(" ", each)).split()).strip("'") or "table"
        name, number = _cut(bare, LONGEST_NAME).strip("' "), 1
        while name.casefold() in taken:
            number += 1
            end = f" {number}"
            name = _cut(bare, LONGEST_NAME - len(end)).rstrip() + end
        taken.add(name.casefold())
        found.append(name)
    return found


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, MADE.timetuple()[:6])
    entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
    return entry


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    """A table with its index as columns, where it has a name."""
    if all(name is None for name in table.index.names):
        return table
    return table.rename_axis(columns=None).reset_index()


def _grid(table: pd.DataFrame, texts: _Texts) -> _Grid:
    heads = [texts.fitted(str(name)) for name in table.columns]
    columns = [[_value(cell, texts) for cell in column.tolist()] for _, column in table.items()]
    shown: Mapping[str, str] = table.attrs.get("formats", {})
    numbers = [shown.get(str(name), GENERAL) for name in table.columns]
    widths = list(map(_width, heads, columns))
    return _Grid(heads, columns, widths, list(map(_direction, columns)), numbers, list(map(_day_format, columns)))


def _write_sheet(sheet: Any, grid: _Grid, right_to_left: bool, looks: dict[_Look, _Cell]) -> None:
    sheet.sheet_view.rightToLeft = right_to_left
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", PAPER
    pages = _pages(grid.widths)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows, sheet.print_options.gridLines = "1:1", True
    if pages > 1:
        sheet.print_title_cols = "A:A"  # on a second page a row would not say what it is of
    sheet.oddFooter.center.text = FOOTER
    for at, width in enumerate(grid.widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    if grid.heads:
        rows = len(grid.columns[0]) + 1
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(grid.heads))}{rows}"

    def cell(value: _Value, look: _Look) -> _Cell:
        made = looks.get(look) or looks.setdefault(look, _styled(sheet, look))
        made.parent, made._value, made.data_type = sheet, value.value, value.type
        return made

    def row(values: Sequence[_Value | None]) -> Iterator[_Cell | None]:
        for value, align, number, days in zip(values, grid.aligned, grid.numbers, grid.days, strict=True):
            yield None if value is None else cell(value, _look(value, align, number, days))

    heights: dict[int, dict[str, str]] = {}
    # As spreadsheets write the height that they found for a row: without `customHeight`, which openpyxl's own rows have.
    sheet.row_dimensions = heights
    heights[1] = _height(grid.heads, grid.widths)
    sheet.append(
        cell(_Value(head, "s"), _Look(_head_direction(head, cells), wrap=True, heading=True))
        for head, cells in zip(grid.heads, grid.columns, strict=True)
    )
    for n, values in enumerate(zip(*grid.columns, strict=True), 2):
        heights[n] = _height([value.value if value and value.type == "s" else "" for value in values], grid.widths)
        sheet.append(row(values))
        del heights[n]


def _pages(widths: Sequence[int]) -> int:
    """On how many pages, side by side, a sheet is printed; each has the first column."""
    if sum(widths) <= PAGE:
        return 1
    return ceil(sum(widths[1:]) / (PAGE - widths[0]))


def _styled(sheet: Any, look: _Look) -> _Cell:
    """A cell with a look; its style is entered in the workbook."""
    cell = Cell(sheet)
    cell.alignment = Alignment(
        horizontal={"rtl": "right", "ltr": "left"}.get(look.align),
        vertical="center" if look.heading else "top",
        wrap_text=look.wrap or None,
        indent=1 if look.align else 0,  # an English column and an Arabic one beside it would touch
        readingOrder={"ltr": 1, "rtl": 2}.get(look.reads, 0),
    )
    cell.number_format, cell.quotePrefix = look.format, look.guarded
    if look.heading:
        cell.font, cell.fill = (
            Font(name="Calibri", size=11, family=2, scheme="minor", bold=True),
            PatternFill("solid", fgColor=WASH),
        )
        cell.border = Border(bottom=Side("medium", color=EDGE))
    made = _Cell(sheet)
    made.number = cell.style_id
    return made


def _look(value: _Value, align: Direction, number: str, days: str) -> _Look:
    if value.type != "s":
        return _Look(format={"n": number, "d": days}.get(value.type, GENERAL))
    return _Look(align, directions.first(value.value) or align, wrap=True, guarded=value.value.startswith(SIGNS))


def _value(cell: object, texts: _Texts) -> _Value | None:
    """A cell's value and type; None for nothing at all."""
    if isinstance(cell, str):
        return _Value(texts.fitted(cell), "s") if cell else None
    if pd.api.types.is_bool(cell):
        return _Value(bool(cell), "b")
    if isinstance(cell, Integral) and abs(int(cell)) < 10**DIGITS:
        return _Value(str(int(cell)), "n")
    if cell is None or cell is pd.NaT or cell is pd.NA:
        return None
    if isinstance(cell, Real | Decimal) and not isinstance(cell, Integral):
        number = float(cell)
        return None if number != number else _Value(repr(number), "n" if abs(number) != float("inf") else "s")
    if isinstance(cell, date):
        return _day(cell)
    return _value(_said(cell), texts)


def _day(cell: date) -> _Value:
    """A day or a time; one that a spreadsheet does not know is a text."""
    day, zone = (cell.date(), cell.tzinfo) if isinstance(cell, datetime) else (cell, None)
    if day < FIRST_DAY or zone is not None:
        return _Value(cell.isoformat(), "s")
    return _Value(cell.to_pydatetime(warn=False) if isinstance(cell, pd.Timestamp) else cell, "d")


def _said(cell: object) -> str:
    """What is neither text nor number nor day, as text: the items of a list joined by spaces."""
    if isinstance(cell, set | frozenset):
        return " ".join(sorted(map(_said, cell)))
    if pd.api.types.is_list_like(cell) and not isinstance(cell, Mapping):
        return " ".join(map(_said, cell))  # type: ignore[call-overload]
    return "" if cell is None else str(cell)


def _cut(text: str, most: int) -> str:
    """A text as it is, or its beginning and … where it is longer than so many units of UTF-16."""
    if 2 * len(text) <= most or len(text.encode("utf-16-le")) <= 2 * most:
        return text
    return text.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", "ignore") + "…"


def _direction(cells: Sequence[_Value | None]) -> Direction:
    """From where the texts of a column are read, most of them; nothing where it has none."""
    found = [directions.first(cell.value) for cell in cells if cell is not None and cell.type == "s"]
    rtl, ltr = found.count("rtl"), found.count("ltr")
    return "rtl" if rtl > ltr else "ltr" if ltr else ""


def _head_direction(head: str, cells: Sequence[_Value | None]) -> Direction:
    """From where a heading is read: as the texts below it; over numbers and days from the right, where they end."""
    numbers = any(cell is not None for cell in cells)
    return _direction(cells) or ("rtl" if numbers else directions.first(head))


def _day_format(cells: Sequence[_Value | None]) -> str:
    """How a column shows its days: with the time of day where any has one."""
    timed = (cell.value for cell in cells if cell is not None and cell.type == "d")
    return ISO_TIME if any(isinstance(day, datetime) and day.time() != day.min.time() for day in timed) else ISO_DAY


def _height(texts: Sequence[str], widths: Sequence[int]) -> dict[str, str]:
    """The height of a row in which every text is seen in full, as its element has it; none for a row of one line."""
    lines = max(map(_lines, texts, widths), default=1)
    return {"ht": str(min(TALLEST, LINE_HEIGHT * lines))} if lines > 1 else {}


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column. A line ends before the word that no longer fits: it is shorter by half a word."""
    if len(text) < width and "\n" not in text:
        return 1
    return sum(max(1, ceil(len(line) / (width - HALF_WORD))) for line in text.splitlines()) if text else 1


def _width(head: str, cells: Sequence[_Value | None]) -> int:
    """The width of a column: nine in ten of its cells fit into a line, as does its heading, as far as it may be wide."""
    lengths = sorted(_line(str(cell.value)) for cell in cells[:SAMPLE] if cell is not None)
    longest = lengths[len(lengths) * 9 // 10] if lengths else 0
    return max(NARROWEST, min(WIDEST, max(longest + INDENT, _line(head) + BUTTON)))


def _line(text: str) -> int:
    return max(map(len, text.splitlines()), default=0)
