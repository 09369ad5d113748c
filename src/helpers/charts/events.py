"""The timeline: the events of the article, when it says that they happened, and what it does not date."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from helpers.charts import rtl
from helpers.charts.style import ACCENT, DARK, INK, LIGHT, QUIET, canvas, name_rows, nothing, styled

YEAR = 365.25


@styled
def timeline(events: pd.DataFrame) -> Figure:
    """Bars from the earliest to the latest day, time running from right to left; what is undated says so below.

    events    as `frames.events` gives it. A bar that fades has no earliest day.
    """
    titles = ("متى؟ كما يقول المقال", "When: the events of the article, and the days between which it places them")
    if events.empty:
        return nothing(titles, "no event was annotated")
    dated, undated = events[events["latest"] != ""], events[events["latest"] == ""]
    described = [f"{r.label_en}: {r.earliest or 'no earliest day'} to {r.latest}" for r in dated.itertuples()]
    described += [f"{r.label_en}: undated" for r in undated.itertuples()]
    figure, ax = canvas(0.6 + 0.46 * len(events), titles, f"Timeline of {len(events)} events. {'; '.join(described)}.")
    days = [_year(day) for day in (*dated["earliest"], *dated["latest"]) if day]
    first, last = (min(days), max(days)) if days else (2000.0, 2001.0)
    span = max(last - first, 1.0)
    begins, ends = first - span * 0.04, last + span * 0.04
    for y, row in enumerate((*dated.itertuples(), *undated.itertuples())):
        if row.latest:
            _bar(ax, y, row, first, span)
        else:
            ax.text(begins, y, rtl.label("بلا تاريخ  undated "), va="center", ha="right", fontsize=8.5, color=ACCENT)
    name_rows(ax, pd.concat([dated, undated]).rename(columns={"label_ar": "name_ar", "label_en": "name_en"}))
    ax.set_xlim(ends, begins)
    if len(dated) and len(undated):
        ax.axhline(len(dated) - 0.5, color="#c8ccd0", linewidth=1)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}")
    ax.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True, steps=[1, 2, 2.5, 5, 10]))
    return figure


def _bar(ax: Axes, y: int, row: Any, first: float, span: float) -> None:
    """The days of one event, with its time expression on the side where there is room."""
    end = _year(row.latest)
    start = _year(row.earliest) if row.earliest else end - span * 0.12
    ax.barh(y, max(end - start, span * 0.012), left=start, height=0.4, color=DARK if row.earliest else LIGHT)
    if not row.earliest:
        ax.annotate("?", (start, y), (3, 0), textcoords="offset points", va="center", color=QUIET)
    early = (end - first) / span < 0.5
    side, shift, align = (end, -6, "right") if early else (start, 6 if row.earliest else 14, "left")
    place = (side, y), (shift, 0), "data", "offset points"
    ax.annotate(rtl.label(row.exact), *place, ha=align, va="center", fontsize=8.5, color=INK)


def _year(day: str) -> float:
    """An ISO day as a year with its fraction."""
    return float(date2num(pd.Timestamp(day))) / YEAR + 1970
