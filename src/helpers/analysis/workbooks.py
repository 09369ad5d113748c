"""Tables as one spreadsheet file (.xlsx, Office Open XML, ECMA-376), set as a reader of Arabic expects it.

A sheet opens at its right edge, its heading stands still above the rows and filters them, Arabic columns are aligned to
the right and read from right to left, English ones to the left; it prints with its heading on every page. A text is
always a text, whatever it begins with. What a spreadsheet cannot hold of one is replaced or cut, and counted. The same
tables give the same bytes.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from pathlib import Path

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from helpers.analysis import workbook_layout
from helpers.analysis.workbook_cells import INSTEAD, NOT_IN_XML, Texts, shortened
from helpers.analysis.workbook_layout import Grid, Look
from helpers.files import atomic
from helpers.files.errors import InputError

# What Excel holds: its specifications and limits.
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of a sheet, its heading among them
LONGEST_NAME = 31  # of a sheet, in units of UTF-16
RESERVED = "history"  # a name that Excel keeps for itself
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
PAGE = 200  # digits of a sheet that are still read on the width of a page
PAPER = 9  # A4
FOOTER = "&C&A · &P / &N"  # the name of the sheet, the page, of how many
MADE = datetime(1980, 1, 1)  # when every file of ours says that it was made: the first day of a zip archive


@dataclass(frozen=True, slots=True)
class Changed:
    """What a workbook could not hold of its texts: characters replaced by U+FFFD, cells cut (they end in …)."""

    replaced: int = 0
    cut: int = 0


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
    formats: dict[Look, Format] = {}
    with atomic.written_whole(path) as beside, _workbook(beside) as book:
        book.set_properties({"author": "Isnad", "created": MADE})

        def format_of(look: Look) -> Format:
            if look not in formats:
                formats[look] = book.add_format(workbook_layout.properties(look))
            return formats[look]

        for title, grid in zip(names(list(tables)), grids, strict=True):
            _write_sheet(book.add_worksheet(title), grid, right_to_left, format_of)
    return Changed(texts.replaced, texts.cut)


@contextmanager
def _workbook(path: Path) -> Iterator[Workbook]:
    """A workbook that is written when the block ends without an error. Raises OSError."""
    book = Workbook(str(path), {"in_memory": True})
    yield book
    try:
        book.close()
    except FileCreateError as e:
        raise e.args[0] from None


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


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    """A table with its index as columns, where it has a name."""
    if all(name is None for name in table.index.names):
        return table
    return table.rename_axis(columns=None).reset_index()


def _write_sheet(sheet: Worksheet, grid: Grid, right_to_left: bool, format_of: Callable[[Look], Format]) -> None:
    if right_to_left:
        sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(PAPER)
    pages = _pages(grid.widths)
    sheet.fit_to_pages(pages, 0)
    sheet.repeat_rows(0)
    sheet.hide_gridlines(0)
    sheet.set_footer(FOOTER)
    if pages > 1:
        sheet.repeat_columns(0)  # on a second page a row would not say what it is of
    if grid.heads and grid.columns[0]:
        sheet.autofilter(0, 0, len(grid.columns[0]), len(grid.heads) - 1)
    for row, texts in enumerate([grid.heads, *zip(*grid.columns, strict=True)]):
        if (height := workbook_layout.height(texts, grid.room)) > workbook_layout.LINE_HEIGHT:
            sheet.set_row(row, height)
    for at, (head, cells, width) in enumerate(zip(grid.heads, grid.columns, grid.widths, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, head, format_of(workbook_layout.heading(head, cells)))
        shown = grid.aligned[at], grid.numbers[at], grid.days[at]
        for row, value in enumerate(cells, 1):
            if value is None:
                continue
            look = format_of(workbook_layout.look(value, *shown))
            if isinstance(value.held, str):
                sheet.write_string(row, at, value.held, look)
            elif value.type == "flag":
                sheet.write_boolean(row, at, bool(value.held), look)
            else:
                sheet.write_number(row, at, value.held, look)


def _pages(widths: Sequence[int]) -> int:
    """On how many pages, side by side, a sheet is printed; each has the first column."""
    if sum(widths) <= PAGE:
        return 1
    return ceil(sum(widths[1:]) / (PAGE - widths[0]))
