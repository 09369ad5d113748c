"""The canvas of every chart: a fixed width, titles and key at the right edge, round numbers from a baseline of zero."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import YEARLY, AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation, blended_transform_factory

from helpers.charts import rtl
from helpers.charts.options import Cut, Look, named
from helpers.charts.style import ACCENT, NOTHING, QUIET, SIGNS, WIDTH_INCHES, Chart
from helpers.records.messages import Message, Name, message
from helpers.text import invisible

EDGE = 0.985  # share of the figure's width at which titles and key begin, at the right
HEAD_POINTS, SECOND_POINTS, KEY_POINTS = 26, 20, 18  # heights of the title, the second title, a line of the key
ROOM_POINTS, KEY_ROOM = 12, 9  # points between axes and titles, and between the key and the title above it


def canvas(
    height: float, look: Look, alt: Message, keyed: int = 0, cut: Cut | None = None, above: int = 0
) -> tuple[Figure, Axes]:
    """A figure of fixed width with one axes, read from right to left, and above it two titles and room for a key.

    height    of the axes with the ticks below it, in inches
    alt       the alt text
    keyed     the number of lines of the key
    cut       what is left out, for both titles and the alt text
    above     points between the axes and its key, for ticks at the top
    """
    first, second = _titles(look, cut)
    room = ROOM_POINTS + above + KEY_POINTS * keyed + KEY_ROOM * bool(keyed)
    under = SECOND_POINTS * _lines(second)
    head = HEAD_POINTS * _lines(first) + under + room
    layout = ConstrainedLayoutEngine(w_pad=0.1, h_pad=0.08)
    figure = Chart(figsize=(WIDTH_INCHES, height + head / 72), layout=layout)
    figure.alt = message("alt.cut", alt=alt, shown=cut.alt) if cut else alt
    figure.set_label(invisible.shown(look.titles[1] or look.titles[0]))
    ax = rtl.turn(figure.add_subplot())
    main = ax.set_title(first, fontsize=14, y=1)
    other = ax.set_title(second, loc="right", y=1, fontsize=10, fontweight="normal", color=QUIET)
    for title, rise in ((main, room + under), (other, room)):
        title.set(x=EDGE, ha="right", transform=_from_edge(figure, ax, rise))
    return figure, ax


def _titles(look: Look, cut: Cut | None) -> tuple[str, str]:
    """Both titles as labels, including what is left out."""
    arabic, english = look.titles
    if cut and (english or not rtl.is_rtl(arabic)):
        english = f"{english} ({cut.english})".strip()
    if cut and rtl.is_rtl(arabic):
        arabic = f"{arabic} ({cut.arabic})"
    return rtl.label(arabic, 90 if rtl.is_rtl(arabic) else 72), rtl.label(english, 120)


def _lines(text: str) -> int:
    return len(text.split("\n")) if text else 0


def _from_edge(figure: Figure, ax: Axes, rise: float) -> Any:
    """A transform: x as a share of the figure's width, y as a share of the height of the axes plus `rise` points."""
    return blended_transform_factory(figure.transFigure, ax.transAxes) + ScaledTranslation(
        0, rise / 72, figure.dpi_scale_trans
    )


def key(figure: Figure, ax: Axes, above: int = 0) -> None:
    """Draw the key between titles and axes, at the right edge; the signs next to names are on a separate line below."""
    signs = {rtl.label(sign.text) for sign in SIGNS.values()}
    handles, texts = ax.get_legend_handles_labels()
    lines = [[at for at, text in enumerate(texts) if (text in signs) is of_signs] for of_signs in (True, False)]
    for n, line in enumerate(filter(None, lines)):
        chosen = [handles[at] for at in line], [texts[at] for at in line]
        made = rtl.legend(figure, *chosen, loc="lower right", borderpad=0, borderaxespad=0)
        made.set_bbox_to_anchor((EDGE, 1.0), _from_edge(figure, ax, ROOM_POINTS + above + KEY_POINTS * n))
        made.set_in_layout(False)


def empty_figure(look: Look, why: tuple[str, str]) -> Figure:
    """A figure with a text in Arabic and in English that says that there is nothing to draw."""
    arabic, english = why
    figure, ax = canvas(0.6, look, message("alt.nothing", title=named(look.titles), why=Name(english, arabic)))
    figure.set_label(f"{figure.get_label()}: {english}")
    ax.set_axis_off()
    for text, at, colour in ((rtl.label(arabic), 1, ACCENT), (english, 0.6, QUIET)):
        figure.text(EDGE, at, text, ha="right", va="top", color=colour, transform=_from_edge(figure, ax, 0))
    figure.set_gid(NOTHING)
    return figure


def numbered(ax: Axes) -> None:
    """Ticks of the x axis at round whole numbers, including zero; without a minus sign on either side of it."""
    ax.xaxis.set_major_locator(MaxNLocator(nbins=7, steps=[1, 2, 5, 10], integer=True))
    ax.xaxis.set_major_formatter(lambda value, _: f"{abs(value):,.0f}")


def dated(ax: Axes, most: int = 7) -> None:
    """Ticks of an x axis of days at round years, months or days, written in full; at most `most`."""
    locator = AutoDateLocator(maxticks=most)
    locator.intervald[YEARLY] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
    formats = ["%Y", "%Y-%m", "%Y-%m-%d"] + ["%H:%M"] * 3
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(
        ConciseDateFormatter(
            locator, show_offset=False, formats=formats, zero_formats=["", "%Y", "%Y-%m", "%Y-%m-%d", "", ""]
        )
    )


def stacked(ax: Axes, table: pd.DataFrame, parts: Mapping[str, tuple[str, str]], height: float) -> None:
    """Stacked bars, one per row of the table. `parts` has, by column, its colour and its label."""
    left = pd.Series(0, index=table.index)
    for column, (colour, text) in parts.items():
        ax.barh(table.index, table[column], left=left, height=height, color=colour, label=rtl.label(text))
        left = left + table[column]


def beside(ax: Axes, text: str, at: tuple[float, float], shift: tuple[float, float], **look: Any) -> None:
    """A text at a distance of `shift` points from a place in the data; `look` are arguments of `Axes.annotate`."""
    ax.annotate(text, at, shift, textcoords="offset points", **look)
