"""The timeline: the events of the article, with the dates that it gives, and those that it does not date."""

from typing import Any, Unpack

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from helpers.charts import rtl
from helpers.charts.canvas import canvas, dated, empty_figure
from helpers.charts.names import name_rows
from helpers.charts.options import Look, Options, look, styled
from helpers.charts.style import ACCENT, DARK, INK, LIGHT, QUIET
from helpers.records.messages import Message, Name, message

DAYS = 20.0  # fewest days in a timeline


@styled
def timeline(events: pd.DataFrame, **options: Unpack[Options]) -> Figure:
    """Bars from the earliest to the latest day, from right to left; undated events are listed below.

    events     as returned by `frames.events`; a bar without an earliest day fades out
    rows, order, colours    of events, by any column of `events`; of `dated`, `open` (no earliest day), `undated`
    """
    titles = ("متى؟ بحسب المقال", "When: the events of the article, and the days between which it places them")
    chosen = look(options, titles, colours={"dated": DARK, "open": LIGHT, "undated": ACCENT})
    if events.empty:
        return empty_figure(chosen, ("لا أحداث موسومة", "no event was annotated"))
    shown, cut = chosen.first(events)
    placed, undated = shown[shown["latest"] != ""], shown[shown["latest"] == ""]
    both = pd.concat([placed, undated])
    alt = message("alt.timeline", n=len(both), events=tuple(_told(row) for row in both.itertuples()))
    figure, ax = canvas(0.6 + 0.46 * len(both), chosen, alt, cut=cut)
    days = [_day(day) for day in (*placed["earliest"], *placed["latest"]) if day]
    first, last = (min(days), max(days)) if days else (_day("2000-01-01"), _day("2001-01-01"))
    span = max(last - first, DAYS)
    begins, ends = first - span * 0.04, last + span * 0.04
    for y, row in enumerate(both.itertuples()):
        if row.latest:
            _bar(ax, y, row, first, span, chosen)
        else:
            text = rtl.label("بلا تاريخ  undated ")
            ax.text(begins, y, text, va="center", ha="right", fontsize=8.5, color=chosen.colours["undated"])
    name_rows(ax, both.rename(columns={"label_ar": "name_ar", "label_en": "name_en"}))
    ax.set_xlim(ends, begins)
    if len(placed) and len(undated):
        ax.axhline(len(placed) - 0.5, color="#c8ccd0", linewidth=1)
    dated(ax)
    if placed.empty:
        ax.set_xticks([])
    return figure


def _told(row: Any) -> Message:
    """An event for an alt text."""
    event = Name(row.label_en, row.label_ar)
    if not row.latest:
        return message("alt.event.undated", event=event)
    if not row.earliest:
        return message("alt.event.open", event=event, last=row.latest)
    return message("alt.event", event=event, first=row.earliest, last=row.latest)


def _bar(ax: Axes, y: int, row: Any, first: float, span: float, chosen: Look) -> None:
    """Draw the days of one event, with its time expression on the side where there is room."""
    end = _day(row.latest)
    start = _day(row.earliest) if row.earliest else end - span * 0.12
    colour = chosen.colours["dated" if row.earliest else "open"]
    ax.barh(y, max(end - start, span * 0.012), left=start, height=0.4, color=colour)
    if not row.earliest:
        ax.annotate("?", (start, y), (3, 0), textcoords="offset points", va="center", color=QUIET)
    early = (end - first) / span < 0.5
    side, shift, align = (end, -6, "right") if early else (start, 6 if row.earliest else 14, "left")
    place = (side, y), (shift, 0), "data", "offset points"
    ax.annotate(rtl.label(row.exact), *place, ha=align, va="center", fontsize=8.5, color=INK)


def _day(day: str) -> float:
    """An ISO day as a number of days."""
    return float(date2num(pd.Timestamp(day)))
