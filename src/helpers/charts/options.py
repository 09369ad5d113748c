"""The options of every chart, given in one line: its title, the order and number of its rows, its colours.

charts.mentions_per_actor(counts, title="Who is named in May", rows=10, order="name_en", colours={"names": "black"})
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypedDict

import pandas as pd
from matplotlib.colors import is_color_like
from matplotlib.figure import Figure

from helpers.charts import rtl
from helpers.charts.style import styling
from helpers.records.messages import Message, Name, message

P = ParamSpec("P")
Titles = tuple[str, str]  # in Arabic, in English

EXPLAINED = """
    title      a title in place of the chart's own: one text, or a pair, in Arabic and in English
    order      the column by which the rows shown are sorted: numbers from the greatest, texts and days from the
               first; by default the order of the table
    rows       how many rows are shown, from the top of the table: sort the table to choose others
    colours    other colours, by the name of what they colour, in Matplotlib's notation: {"named": "#0072B2"}
    Raises     ValueError for an impossible column, number or colour; the message lists the possible ones
"""


class Options(TypedDict, total=False):
    """The keyword arguments of every chart (EXPLAINED says what each does)."""

    title: str | Titles
    order: str
    rows: int
    colours: Mapping[str, str]


def styled(draw: Callable[P, Figure]) -> Callable[P, Figure]:
    """Decorate a chart: draw it in the common style without changing the user's, and document its options in its help."""
    signature = inspect.signature(draw)
    own = [each for each in signature.parameters.values() if each.kind is not inspect.Parameter.VAR_KEYWORD]
    if len(own) < len(signature.parameters):
        own += [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind)
            for name, kind in Options.__annotations__.items()
        ]
    signature = signature.replace(parameters=own)

    @wraps(draw)
    def inner(*args: P.args, **keywords: P.kwargs) -> Figure:
        signature.bind(*args, **keywords)  # an unknown option is a TypeError, as in any function
        with styling():
            return draw(*args, **keywords)

    inner.__signature__ = signature  # type: ignore[attr-defined]
    inner.__doc__ = f"{inspect.getdoc(draw)}\n{inspect.cleandoc(EXPLAINED)}"
    return inner


@dataclass(frozen=True, slots=True)
class Look:
    """The appearance of one chart: its own settings, overridden by the options that were given.

    titles     in Arabic and in English; either can be empty
    rows       the number of rows shown; None for all
    order      the column by which rows are sorted, or empty
    colours    by what has the colour
    cut        what is left out, in Arabic and in English, if anything is
    """

    titles: Titles
    rows: int | None
    order: str
    colours: Mapping[str, str]

    def first(self, table: pd.DataFrame) -> tuple[pd.DataFrame, "Cut | None"]:
        """The rows of a table that are shown, in order; and the cut, if some are left out."""
        most = len(table) if self.rows is None else self.rows
        cut = Cut.first(most, len(table)) if len(table) > most else None
        return self.ordered(table.iloc[:most]), cut

    def ordered(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of a table in the order that was requested. Raises ValueError for an unknown column."""
        if self.order:
            if not isinstance(self.order, str) or self.order not in table.columns:
                raise ValueError(f"order={self.order!r} is not possible; write one of {', '.join(table.columns)}")
            numbers = pd.api.types.is_numeric_dtype(table[self.order])
            table = table.sort_values(self.order, ascending=not numbers, kind="stable")
        return table.reset_index(drop=True)


def look(options: Options, titles: Titles, rows: int | None = None, colours: Mapping[str, str] | None = None) -> Look:
    """The look of a chart: its own titles, number of rows and colours, overridden by the options.

    Raises    ValueError for an option with an invalid value.
    """
    own, given = dict(colours or {}), options.get("colours") or {}
    if not isinstance(given, Mapping):
        raise ValueError(f"colours={given!r} is not possible; write {{name: colour}} for {', '.join(own) or 'nothing'}")
    title, most = options.get("title"), options.get("rows")
    for name, colour in given.items():
        if name not in own:
            raise ValueError(
                f"colours: {name!r} is not in this chart; its colours are of {', '.join(own) or 'nothing'}"
            )
        if not is_color_like(colour):
            raise ValueError(
                f"colours: {colour!r}, of {name!r}, is not a colour; write one such as '#0072B2' or 'black'"
            )
    if most is not None and (not isinstance(most, int) or most < 1):
        raise ValueError(f"rows={most!r} is not possible; write a whole number from 1")
    return Look(
        titles=titles if title is None else _titles(title),
        rows=rows if most is None else most,
        order=options.get("order") or "",
        colours=own | dict(given),
    )


def _titles(title: object) -> Titles:
    """Both titles, from one title in either language or a pair of both."""
    if isinstance(title, str):
        return (title, "")
    if isinstance(title, Sequence) and len(title) == 2 and all(isinstance(each, str) for each in title):
        return (title[0], title[1])
    raise ValueError(f"title={title!r} is not possible; write one text, or a pair, in Arabic and in English")


@dataclass(frozen=True, slots=True)
class Cut:
    """How much of the data a chart shows: for its titles in Arabic and in English, and for its alt text."""

    arabic: str
    english: str
    alt: Message

    @classmethod
    def first(cls, n: int, of: int) -> "Cut":
        """The cut for the first `n` of `of` rows."""
        return cls(f"أول {n:,} من {of:,}", f"first {n:,} of {of:,}", message("alt.first", n=n, of=of))


def named(titles: Titles) -> Name:
    """Both titles as a name, for an alt text; a single title only in its own language."""
    arabic, english = titles
    if english:
        return Name(english, arabic)
    return Name("" if rtl.is_rtl(arabic) else arabic, arabic)
