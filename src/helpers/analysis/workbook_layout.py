"""How a sheet of a spreadsheet is set: alignment and direction of its cells, widths of columns, heights of rows."""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import NamedTuple

import pandas as pd

from helpers.analysis.workbook_cells import Texts, Value, value
from helpers.text import directions
from helpers.text.directions import Direction

SIGNS = tuple("=+-@\t\r\n")  # a text that begins so becomes a formula where a person edits it, unless its cell says not
GENERAL, ISO_DAY, ISO_TIME = "General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"

SAMPLE = 500  # rows by which the width of a column is set
NARROWEST, WIDEST = 6, 60  # of a column, in digits
BUTTON = 4  # digits that a filter's button takes of a heading
DAY_WIDTH = 11  # digits
LINE_HEIGHT, TALLEST = 15, 409  # points
INDENT = 2  # digits that a text is away from the edges of its cell
HALF_WORD = 3  # characters
DENSE = 1.25  # letters of Arabic on the width of a digit: five to four, where a program's own fonts set most
WASH, EDGE = "#EEF2F6", "#8A97A6"  # colours of a heading
MEDIUM = 2  # the number of a line's kind


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


def properties(look: Look) -> dict[str, object]:
    """How a cell is set, in the properties of a format of XlsxWriter."""
    found: dict[str, object] = {
        "align": {"rtl": "right", "ltr": "left"}.get(look.align, ""),
        "valign": "vcenter" if look.heading else "top",
        "indent": 1 if look.align else 0,  # an English column and an Arabic one beside it would touch
        "reading_order": {"ltr": 1, "rtl": 2}.get(look.reads, 0),
        "text_wrap": look.wrap,
        "num_format": look.format,
        "quote_prefix": look.guarded,
    }
    if look.heading:
        found |= {"bold": True, "bg_color": WASH, "bottom": MEDIUM, "bottom_color": EDGE}
    return found


def look(value: Value, align: Direction, number: str, days: str) -> Look:
    """How a cell is set in a column that is aligned so, and shows numbers and days so."""
    if isinstance(text := value.held, str):
        return Look(align, directions.first(text) or align, True, GENERAL, text.startswith(SIGNS))
    return Look(format={"number": number, "flag": GENERAL}.get(value.type, days))


def _direction(cells: Sequence[Value | None]) -> Direction:
    """From where the texts of a column are read, most of them; nothing where it has none."""
    found = [directions.first(cell.held) for cell in cells if cell is not None and isinstance(cell.held, str)]
    rtl, ltr = found.count("rtl"), found.count("ltr")
    return "rtl" if rtl > ltr else "ltr" if ltr else ""


def heading(head: str, cells: Sequence[Value | None]) -> Look:
    """How a heading is set: as the texts below it; over numbers and days at the right, where they end."""
    numbers = any(cell is not None for cell in cells)
    return Look(_direction(cells) or ("rtl" if numbers else directions.first(head)), wrap=True, heading=True)


def _day_format(cells: Sequence[Value | None]) -> str:
    """How a column shows its days: with the time of day where any has one."""
    return ISO_TIME if any(cell is not None and cell.type == "time" for cell in cells) else ISO_DAY


def height(texts: Iterable[Value | str | None], room: Sequence[int]) -> int:
    """The height in points of a row in which every text is seen in full, or as much of it as the tallest row shows.

    It is written because LibreOffice finds the height of a row itself only where the text is edited.
    """
    held = (each.held if isinstance(each, Value) else each for each in texts)
    lines = (_lines(text, most) for text, most in zip(held, room, strict=True) if isinstance(text, str))
    return min(TALLEST, LINE_HEIGHT * max(lines, default=1))


def _lines(text: str, room: int) -> int:
    """How many lines a text takes in a column. A line ends before the word that no longer fits: it is shorter by half a word."""
    if len(text) < room and "\n" not in text:
        return 1
    return sum(max(1, ceil(len(line) / (room - HALF_WORD))) for line in text.splitlines()) if text else 1


def _width(head: str, cells: Sequence[Value | None], align: Direction) -> int:
    """The width of a column: nine in ten of its cells fit into a line, as does its heading, as far as it may be wide."""
    lengths = sorted(
        _line(str(cell.held)) if cell.type in ("text", "number") else DAY_WIDTH
        for cell in cells[:SAMPLE]
        if cell is not None
    )
    dense = DENSE if align == "rtl" else 1
    longest = lengths[len(lengths) * 9 // 10] if lengths else 0
    return max(NARROWEST, min(WIDEST, max(ceil(longest / dense) + INDENT, _line(head) + BUTTON)))


def _line(text: str) -> int:
    return max(map(len, text.splitlines()), default=0)
