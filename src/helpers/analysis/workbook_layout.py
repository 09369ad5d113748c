"""How a sheet of a spreadsheet is set: alignment and direction of its cells, widths of columns, heights of rows, styles."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any, NamedTuple

import pandas as pd
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from helpers.analysis.workbook_cells import Texts, Value, value
from helpers.text import directions
from helpers.text.directions import Direction

SIGNS = tuple("=+-@\t\r\n")  # a text that begins so becomes a formula where a person edits it, unless its cell says not
GENERAL, ISO_DAY, ISO_TIME = "General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"

SAMPLE = 500  # rows by which the width of a column is set
NARROWEST, WIDEST = 6, 60  # of a column, in digits
BUTTON = 4  # digits that a filter's button takes of a heading
LINE_HEIGHT, TALLEST = 15, 409  # points
DAY_WIDTH = 11  # digits
INDENT = 2  # digits that a text is away from the edges of its cell
HALF_WORD = 3  # characters
DENSE = 1.25  # letters of Arabic on the width of a digit: five to four, where a program's own fonts set most
WASH, EDGE = "FFEEF2F6", "FF8A97A6"  # colours of a heading


class Look(NamedTuple):
    """How a cell is set."""

    align: Direction = ""
    reads: Direction = ""
    wrap: bool = False
    format: str = GENERAL
    guarded: bool = False
    heading: bool = False


class Grid(NamedTuple):
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


class Styles:
    """Styles of a workbook by what they look like: to look one up in openpyxl's for each cell takes longer than to write it."""

    def __init__(self, sheet: Any, known: dict[Look, int]) -> None:
        self._sheet, self._known = sheet, known

    def number(self, look: Look) -> int:
        """The number of a style."""
        if look not in self._known:
            self._known[look] = _style(self._sheet, look)
        return self._known[look]


def grid(table: pd.DataFrame, texts: Texts) -> Grid:
    """A table column by column, its texts as cells can hold them."""
    heads = [texts.fitted(str(name)) for name in table.columns]
    columns = [[value(cell, texts) for cell in column.tolist()] for _, column in table.items()]
    shown: Mapping[str, str] = table.attrs.get("formats", {})
    numbers = [shown.get(str(name), GENERAL) for name in table.columns]
    aligned = list(map(_direction, columns))
    widths = list(map(_width, heads, columns, aligned))
    room = [int(width * (DENSE if align == "rtl" else 1)) for width, align in zip(widths, aligned, strict=True)]
    return Grid(heads, columns, widths, room, aligned, numbers, list(map(_day_format, columns)))


def _style(sheet: Any, look: Look) -> int:
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


def look(value: Value, align: Direction, number: str, days: str) -> Look:
    """How a cell is set in a column that is aligned so, and shows numbers and days so."""
    if value.type == "text":
        return Look(align, directions.first(value.text) or align, True, GENERAL, value.text.startswith(SIGNS))
    return Look(format={"number": number, "flag": GENERAL}.get(value.type, days))


def _direction(cells: Sequence[Value | None]) -> Direction:
    """From where the texts of a column are read, most of them; nothing where it has none."""
    found = [directions.first(cell.text) for cell in cells if cell is not None and cell.type == "text"]
    rtl, ltr = found.count("rtl"), found.count("ltr")
    return "rtl" if rtl > ltr else "ltr" if ltr else ""


def heading(head: str, cells: Sequence[Value | None]) -> Look:
    """How a heading is set: as the texts below it; over numbers and days at the right, where they end."""
    numbers = any(cell is not None for cell in cells)
    return Look(_direction(cells) or ("rtl" if numbers else directions.first(head)), wrap=True, heading=True)


def _day_format(cells: Sequence[Value | None]) -> str:
    """How a column shows its days: with the time of day where any has one."""
    return ISO_TIME if any(cell is not None and cell.type == "time" for cell in cells) else ISO_DAY


def height(values: Sequence[Value | None], room: Sequence[int]) -> str:
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
