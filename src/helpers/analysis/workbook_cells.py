"""What a cell of a spreadsheet holds: a number, a truth value, a day, or a text; what it cannot hold is replaced or cut."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from numbers import Integral, Real
from typing import Literal, NamedTuple

import pandas as pd

LONGEST = 32_767  # units of UTF-16 in a cell: Excel's specifications and limits
DAY_0 = datetime(1899, 12, 30)  # its days are counted from here
FIRST_DAY = date(1900, 3, 1)  # before it the days of a spreadsheet are not those of the calendar
DIGITS = 15  # of a whole number that stay as they are
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # Char of XML 1.0
INSTEAD = "\ufffd"


class Value(NamedTuple):
    """What a cell holds, a day as its number, and which of these it is."""

    held: str | float
    type: Literal["text", "number", "flag", "day", "time"]


@dataclass(slots=True)
class Texts:
    """Texts as cells can hold them, and what that changed so far."""

    replaced: int = 0
    cut: int = 0

    def fitted(self, text: str) -> str:
        """A text as a cell can hold it."""
        if not text.isprintable() and NOT_IN_XML.search(text):  # none of them is printable, and that is fast to ask
            text, replaced = NOT_IN_XML.subn(INSTEAD, text)
            self.replaced += replaced
        kept = shortened(text, LONGEST)
        self.cut += kept is not text
        return kept


def value(cell: object, texts: Texts) -> Value | None:
    """What a cell holds; None for nothing at all."""
    if isinstance(cell, str):
        return Value(texts.fitted(cell), "text") if cell else None
    if cell is None or cell is pd.NaT or cell is pd.NA:
        return None
    if pd.api.types.is_bool(cell):
        return Value(bool(cell), "flag")
    if isinstance(cell, Integral) and abs(int(cell)) < 10**DIGITS:
        return Value(int(cell), "number")
    if isinstance(cell, Real | Decimal) and not isinstance(cell, Integral):
        number = float(cell)
        if number != number:
            return None
        return Value(number, "number") if abs(number) != float("inf") else Value(repr(number), "text")
    if isinstance(cell, date):
        return _day(cell)
    return value(_said(cell), texts)


def _day(cell: date) -> Value:
    """A day, or a time that is not the beginning of one; one that a spreadsheet does not know is a text."""
    day, time, zone = (cell.date(), cell.time(), cell.tzinfo) if isinstance(cell, datetime) else (cell, None, None)
    if day < FIRST_DAY or zone is not None:
        return Value(cell.isoformat(), "text")
    passed = datetime.combine(day, time or datetime.min.time()) - DAY_0
    return Value(passed / timedelta(days=1), "time" if time and time != time.min else "day")


def _said(cell: object) -> str:
    """What is neither text nor number nor day, as text: the items of a list joined by spaces."""
    if isinstance(cell, set | frozenset):
        return " ".join(sorted(map(_said, cell)))
    if pd.api.types.is_list_like(cell) and not isinstance(cell, Mapping):
        return " ".join(map(_said, cell))  # type: ignore[call-overload]
    return "" if cell is None else str(cell)


def shortened(text: str, most: int) -> str:
    """A text as it is, or its beginning and … where it is longer than so many units of UTF-16."""
    if 2 * len(text) <= most or len(text.encode("utf-16-le")) <= 2 * most:
        return text
    return text.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", "ignore") + "…"
