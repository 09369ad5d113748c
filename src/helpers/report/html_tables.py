"""Cells as an HTML table whose columns are set by what they hold."""

import re
import unicodedata
from collections.abc import Sequence

import pandas as pd

from helpers.text.invisible import escape, in_attribute

MOST_ROWS = 500  # rows of one table
# Columns that hold the article's own words, or names as printed: no translation is to touch them.
PRINTED = {"text", "exact", "name", "name ar", "label ar", "source", "cue", "content"}
PRINTED |= {"A words", "B words"}
PRINTED |= {f"{who} {what}" for who in ("people", "machine") for what in ("source", "cue", "content")}


def grid(columns: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    """An HTML table with its caption; without rows a sentence that says so.

    rows    cells that are HTML already. A column of numbers is set as such, one of Arabic from right to left.
    """
    if not rows:
        return f'<p class="isnad-note">{escape(caption)}{"." if caption.startswith("0 ") else ": none."}</p>'
    kinds = [_kind([row[at] for row in rows]) for at in range(len(columns))]
    head = "".join(f'<th scope="col"{kind}>{escape(column)}</th>' for kind, column in zip(kinds, columns, strict=True))
    kinds = [
        f'{kind} translate="no"' if column in PRINTED else kind for column, kind in zip(columns, kinds, strict=True)
    ]
    body = "".join(
        "<tr>" + "".join(f"<td{kind}>{cell}</td>" for kind, cell in zip(kinds, row, strict=True)) + "</tr>"
        for row in rows
    )
    return (
        f'<div class="isnad-scroll" tabindex="0" role="group" aria-label="{in_attribute(caption)}"><table class="isnad-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def table(frame: pd.DataFrame, caption: str) -> str:
    """A DataFrame as a table for readers: its index only when it has a name, Arabic columns from right to left.

    Of a long one the first 500 rows; the caption says how many there are.
    """
    if len(frame) > MOST_ROWS:
        caption = (
            f"{caption}: the first {MOST_ROWS} are shown; all {len(frame):,} are in the CSV among the report's tables"
        )
        frame = frame.iloc[:MOST_ROWS]
    if frame.index.name is not None:
        frame = frame.reset_index()
    columns = [str(column).replace("_", " ") for column in frame.columns]
    return grid(columns, [[_cell(value) for value in row] for row in frame.itertuples(index=False)], caption)


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else escape(str(value))


def _kind(cells: Sequence[str]) -> str:
    """The attributes of a column, by what most of its cells begin with."""
    numbers = sum(cell.replace(".", "", 1).isdigit() for cell in cells)
    if cells and numbers == len(cells):
        return ' class="isnad-number"'
    if cells and all(re.fullmatch(r"(\d{4}-\d\d-\d\d)?", cell) for cell in cells):
        return ' class="isnad-day"'
    first = [next(filter(None, map(_direction, re.sub("<[^>]*>", "", cell))), "") for cell in cells]
    return ' dir="rtl"' if first.count("rtl") > first.count("ltr") else ' dir="ltr"'


def _direction(char: str) -> str:
    """From where a letter, or a digit of Arabic's, is written; nothing of any other character."""
    if unicodedata.bidirectional(char) in ("R", "AL", "AN"):
        return "rtl"
    return "ltr" if char.isalpha() else ""
