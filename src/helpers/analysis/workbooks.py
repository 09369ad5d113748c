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
from datetime import datetime
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import fromstring

from helpers.analysis.workbook_cells import INSTEAD, NOT_IN_XML, Texts, Value, shortened, value
from helpers.files import atomic
from helpers.files.errors import InputError
from helpers.text import directions
from helpers.text.directions import Direction

# What Excel holds: its specifications and limits.
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of a sheet, its heading among them
LONGEST_NAME = 31  # of a sheet, in units of UTF-16
RESERVED = "history"  # a name that Excel keeps for itself
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # what a spreadsheet would take for a character (ST_Xstring)
CARRIAGE_RETURN = {"\r": "&#13;"}
SIGNS = tuple("=+-@\t\r\n")  # a text that begins so becomes a formula where a person edits it, unless its cell says not
GENERAL, ISO_DAY, ISO_TIME = "General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"

SAMPLE = 500  # rows by which the width of a column is set
NARROWEST, WIDEST = 6, 60  # of a column, in digits
BUTTON = 4  # digits that a filter's button takes of a heading
LINE_HEIGHT, TALLEST = 15, 409  # points
DAY_WIDTH = 11
INDENT = 2  # digits that a text is away from the edges of its cell
HALF_WORD = 3  # characters
DENSE = 1.25  # letters of Arabic on the width of a digit: five to four, where a program's own fonts set most
PAGE = 200  # digits of a sheet that are still read on the width of a page
WASH, EDGE = "FFEEF2F6", "FF8A97A6"  # colours of a heading
PAPER = 9  # A4
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


class _Grid(NamedTuple):
    """A table column by column: what heads each, its cells, its width, the characters that a line of it has room for, from
    where it is read, how it shows numbers and days.
    """

    heads: list[str]
    columns: list[list[Value | None]]
    widths: list[int]
    room: list[int]
    aligned: list[Direction]
    numbers: list[str]
    days: list[str]


class _Styles:
    """Styles of a workbook by what they look like: to look one up in openpyxl's for each cell takes longer than to write it."""

    def __init__(self, sheet: Any, known: dict[_Look, int]) -> None:
        self._sheet, self._known = sheet, known

    def number(self, look: _Look) -> int:
        """The number of a style."""
        if look not in self._known:
            self._known[look] = _style(self._sheet, look)
        return self._known[look]


class _Writer(WorksheetWriter):  # type: ignore[misc]
    """Writes a sheet whose rows are XML already, where openpyxl would make an object of each cell: five times as slow."""

    def __init__(self, sheet: Any, rows: Iterator[str]) -> None:
        super().__init__(sheet)
        self._rows_as_xml = rows

    def write_rows(self) -> None:
        stream = self.xf.send(True)
        with stream.element("sheetData"):
            for row in self._rows_as_xml:
                stream.write(fromstring(row))
        self.xf.send(None)


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
    texts = Texts()
    grids = [_grid(table, texts) for table in tables.values()]
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.created, book.properties.modified = "Isnad", MADE, MADE
    styles: dict[_Look, int] = {}
    for title, grid in zip(names(list(tables)), grids, strict=True):
        _write_sheet(book.create_sheet(title), grid, right_to_left, styles)
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
        name, number = shortened(bare, LONGEST_NAME).strip("' "), 1
        while name.casefold() in taken:
            number += 1
            end = f" {number}"
            name = shortened(bare, LONGEST_NAME - len(end)).rstrip() + end
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


def _grid(table: pd.DataFrame, texts: Texts) -> _Grid:
    heads = [texts.fitted(str(name)) for name in table.columns]
    columns = [[value(cell, texts) for cell in column.tolist()] for _, column in table.items()]
    shown: Mapping[str, str] = table.attrs.get("formats", {})
    numbers = [shown.get(str(name), GENERAL) for name in table.columns]
    aligned = list(map(_direction, columns))
    widths = list(map(_width, heads, columns, aligned))
    room = [int(width * (DENSE if align == "rtl" else 1)) for width, align in zip(widths, aligned, strict=True)]
    return _Grid(heads, columns, widths, room, aligned, numbers, list(map(_day_format, columns)))


def _write_sheet(sheet: Any, grid: _Grid, right_to_left: bool, styles: dict[_Look, int]) -> None:
    sheet.sheet_view.rightToLeft = right_to_left
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", PAPER
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = max(1, ceil(sum(grid.widths) / PAGE)), 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows, sheet.print_options.gridLines = "1:1", True
    for at, width in enumerate(grid.widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    if grid.heads:
        rows = len(grid.columns[0]) + 1
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(grid.heads))}{rows}"
    sheet._writer = _Writer(sheet, _rows(grid, _Styles(sheet, styles)))
    sheet._writer.write_top()


def _rows(grid: _Grid, styles: _Styles) -> Iterator[str]:
    """The rows of a sheet as XML."""
    letters = [get_column_letter(at) for at in range(1, len(grid.heads) + 1)]
    looks = [
        _Look(_head_direction(*each), wrap=True, heading=True) for each in zip(grid.heads, grid.columns, strict=True)
    ]
    heads = [Value(head, "text") for head in grid.heads]
    cells = (_cell(f"{at}1", head, styles.number(look)) for at, head, look in zip(letters, heads, looks, strict=True))
    yield f'<row r="1"{_height(heads, grid.room)}>{"".join(cells)}</row>'
    shown = list(zip(letters, grid.aligned, grid.numbers, grid.days, strict=True))
    for n, values in enumerate(zip(*grid.columns, strict=True), 2):
        row = "".join(
            _cell(f"{at}{n}", value, styles.number(_look(value, align, number, days)))
            for value, (at, align, number, days) in zip(values, shown, strict=True)
            if value is not None
        )
        yield f'<row r="{n}"{_height(values, grid.room)}>{row}</row>'


def _cell(at: str, value: Value, style: int) -> str:
    """A cell as XML. In a text nothing is taken for an escaped character: `_x0041_` would be shown as A."""
    if value.type != "text":
        return f'<c r="{at}" s="{style}" t="{"b" if value.type == "flag" else "n"}"><v>{value.text}</v></c>'
    text = ESCAPED.sub("_x005F_", value.text) if "_x" in value.text else value.text
    kept = escape(text, CARRIAGE_RETURN)
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t{space}>{kept}</t></is></c>'


def _look(value: Value, align: Direction, number: str, days: str) -> _Look:
    if value.type == "text":
        return _Look(align, directions.first(value.text) or align, True, GENERAL, value.text.startswith(SIGNS))
    return _Look(format={"number": number, "flag": GENERAL}.get(value.type, days))


def _style(sheet: Any, look: _Look) -> int:
    """The number of a style, which is entered in the workbook."""
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
    return int(cell.style_id)


def _direction(cells: Sequence[Value | None]) -> Direction:
    """From where the texts of a column are read, most of them; nothing where it has none."""
    found = [directions.first(cell.text) for cell in cells if cell is not None and cell.type == "text"]
    rtl, ltr = found.count("rtl"), found.count("ltr")
    return "rtl" if rtl > ltr else "ltr" if ltr else ""


def _head_direction(head: str, cells: Sequence[Value | None]) -> Direction:
    """From where a heading is read: as the texts below it; over numbers and days from the right, where they end."""
    numbers = any(cell is not None for cell in cells)
    return _direction(cells) or ("rtl" if numbers else directions.first(head))


def _day_format(cells: Sequence[Value | None]) -> str:
    """How a column shows its days: with the time of day where any has one."""
    return ISO_TIME if any(cell is not None and cell.type == "time" for cell in cells) else ISO_DAY


def _height(values: Sequence[Value | None], room: Sequence[int]) -> str:
    """The height of a row in which every text is seen in full, as an attribute of it; none for a row of one line.

    It is written as spreadsheets write one that they found themselves, without `customHeight`: they find it anew where a
    text is edited.
    """
    texts = zip(values, room, strict=True)
    lines = max((_lines(value.text, most) for value, most in texts if value and value.type == "text"), default=1)
    return f' ht="{min(TALLEST, LINE_HEIGHT * lines)}"' if lines > 1 else ""


def _lines(text: str, room: int) -> int:
    """How many lines a text takes in a column. A line ends before the word that no longer fits: it is shorter by half a word."""
    if len(text) < room and "\n" not in text:
        return 1
    return sum(max(1, ceil(len(line) / (room - HALF_WORD))) for line in text.splitlines()) if text else 1


def _width(head: str, cells: Sequence[Value | None], align: Direction) -> int:
    """The width of a column: nine in ten of its cells fit into a line, as does its heading, as far as it may be wide."""
    lengths = sorted(
        _line(cell.text) if cell.type in ("text", "number") else DAY_WIDTH
        for cell in cells[:SAMPLE]
        if cell is not None
    )
    dense = DENSE if align == "rtl" else 1
    longest = lengths[len(lengths) * 9 // 10] if lengths else 0
    return max(NARROWEST, min(WIDEST, max(ceil(longest / dense) + INDENT, _line(head) + BUTTON)))


def _line(text: str) -> int:
    return max(map(len, text.splitlines()), default=0)
