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
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import fromstring

from helpers.analysis import workbook_layout
from helpers.analysis.workbook_cells import INSTEAD, NOT_IN_XML, Texts, Value, shortened
from helpers.files import atomic
from helpers.files.errors import InputError

# What Excel holds: its specifications and limits.
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of a sheet, its heading among them
LONGEST_NAME = 31  # of a sheet, in units of UTF-16
RESERVED = "history"  # a name that Excel keeps for itself
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # what a spreadsheet would take for a character (ST_Xstring)
CARRIAGE_RETURN = {"\r": "&#13;"}
PAGE = 200  # digits of a sheet that are still read on the width of a page
PAPER = 9  # A4
FOOTER = "&A · &P / &N"  # the name of the sheet, the page, of how many
MADE = datetime(1980, 1, 1)  # when every file of ours says that it was made: the first day of a zip archive


@dataclass(frozen=True, slots=True)
class Changed:
    """What a workbook could not hold of its texts: characters replaced by U+FFFD, cells cut (they end in …)."""

    replaced: int = 0
    cut: int = 0


class _Writer(WorksheetWriter):  # type: ignore[misc]
    """Writes a sheet whose rows are XML already, where openpyxl would make an object of each cell."""

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
    grids = [workbook_layout.grid(table, texts) for table in tables.values()]
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.created, book.properties.modified = "Isnad", MADE, MADE
    styles: dict[workbook_layout.Look, int] = {}
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


def _write_sheet(
    sheet: Any, grid: workbook_layout.Grid, right_to_left: bool, styles: dict[workbook_layout.Look, int]
) -> None:
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
    sheet._writer = _Writer(sheet, _rows(grid, workbook_layout.Styles(sheet, styles)))
    sheet._writer.write_top()


def _pages(widths: Sequence[int]) -> int:
    """On how many pages, side by side, a sheet is printed; each has the first column."""
    if sum(widths) <= PAGE:
        return 1
    return ceil(sum(widths[1:]) / (PAGE - widths[0]))


def _rows(grid: workbook_layout.Grid, styles: workbook_layout.Styles) -> Iterator[str]:
    """The rows of a sheet as XML."""
    letters = [get_column_letter(at) for at in range(1, len(grid.heads) + 1)]
    looks = [workbook_layout.heading(*each) for each in zip(grid.heads, grid.columns, strict=True)]
    heads = [Value(head, "text") for head in grid.heads]
    cells = (_cell(f"{at}1", head, styles.number(look)) for at, head, look in zip(letters, heads, looks, strict=True))
    yield f'<row r="1"{workbook_layout.height(heads, grid.room)}>{"".join(cells)}</row>'
    shown = list(zip(letters, grid.aligned, grid.numbers, grid.days, strict=True))
    for n, values in enumerate(zip(*grid.columns, strict=True), 2):
        row = "".join(
            _cell(f"{at}{n}", value, styles.number(workbook_layout.look(value, align, number, days)))
            for value, (at, align, number, days) in zip(values, shown, strict=True)
            if value is not None
        )
        yield f'<row r="{n}"{workbook_layout.height(values, grid.room)}>{row}</row>'


def _cell(at: str, value: Value, style: int) -> str:
    """A cell as XML. In a text nothing is taken for an escaped character: `_x0041_` would be shown as A."""
    if value.type != "text":
        return f'<c r="{at}" s="{style}" t="{"b" if value.type == "flag" else "n"}"><v>{value.text}</v></c>'
    text = ESCAPED.sub("_x005F_", value.text) if "_x" in value.text else value.text
    kept = escape(text, CARRIAGE_RETURN)
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t{space}>{kept}</t></is></c>'
