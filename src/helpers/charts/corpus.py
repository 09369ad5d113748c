"""Charts of a corpus: voices by outlet, on what words rest by outlet and month, stances, and the way of a claim."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from helpers.charts import rtl
from helpers.charts.style import (
    ACCENT,
    BASES,
    DARK,
    INK,
    LIGHT,
    QUIET,
    ROW_INCHES,
    STANCE_NAMES,
    Titles,
    beside,
    canvas,
    first,
    key,
    name_rows,
    nothing,
    rows_height,
    sentence,
    stacked,
    styled,
)
from helpers.records.basis import Basis

OUTLETS, MONTHS, GROUPS = 8, 8, 8  # that one chart can show
SPEAKERS, SILENT = 12, 8  # rows of those who speak, and of those who are only spoken about
GREY = "#c8ccd0"
SHARES = {f"{basis}_share": BASES[basis] for basis in Basis}
STANCE_COLOURS = {"neutral": GREY, "factive": LIGHT, "assertive": DARK, "distancing": ACCENT, "negative": "#E69F00"}


@styled
def voices_by_outlet(voices: pd.DataFrame) -> Figure:
    """Names in rows, outlets in columns: how often each speaks there, and how often others speak of it.

    voices    as `questions.voices` gives it.
    """
    titles: Titles = (
        "مَن يتحدّث في كلّ وسيلة، ومَن يُتحدَّث عنه؟",
        "Who speaks in each outlet, and who is only spoken about: attributed claims",
    )
    if voices.empty:
        return nothing(titles, "no claim is by or about a named speaker")
    both = voices.groupby("speaker", sort=False)[["speaks", "spoken_about"]].sum()
    speak = both[both["speaks"] > 0].index[:SPEAKERS].tolist()
    silent = both[both["speaks"] == 0].index[:SILENT].tolist()
    names = [*speak, *silent]
    outlets = (
        voices.groupby("outlet")[["speaks", "spoken_about"]]
        .sum()
        .sum(axis=1)
        .sort_values(ascending=False, kind="stable")
    )
    columns = outlets.index[:OUTLETS].tolist()
    if len(names) < len(both) or len(columns) < len(outlets):
        titles = (*titles, f"{len(names)} of {len(both):,} names, {len(columns)} of {len(outlets):,} outlets")
    said = sentence([f"{n} {both.loc[n, 'speaks']} and {both.loc[n, 'spoken_about']}" for n in names])
    english = voices.drop_duplicates("speaker").set_index("speaker")["name_en"]
    shown = pd.DataFrame({"name_ar": names, "name_en": [english[name] for name in names]})
    alt = f"Names by outlets, claims made and claims of others about them; over all outlets: {said}."
    figure, ax = canvas(0.9 + rows_height(shown), titles, alt, keyed=1)
    cells = voices[voices["speaker"].isin(names) & voices["outlet"].isin(columns)]
    most = max(cells["speaks"].max(), cells["spoken_about"].max(), 1)
    for side, column, text, style in (
        (-0.2, "speaks", "يتحدّث  speaks", {"color": DARK}),
        (0.2, "spoken_about", "يُتحدَّث عنه  spoken about", {"facecolor": "white", "edgecolor": ACCENT, "linewidth": 1.8}),
    ):
        here = cells[cells[column] > 0]
        x = [columns.index(outlet) + side for outlet in here["outlet"]]
        y = [names.index(name) for name in here["speaker"]]
        ax.scatter(x, y, s=90 + 260 * here[column] / most, label=rtl.label(text), zorder=3, **style)
        for at, row, count in zip(x, y, here[column], strict=True):
            ink = "white" if column == "speaks" else INK
            ax.text(at, row, str(count), ha="center", va="center_baseline", fontsize=7.5, color=ink, zorder=4)
    if speak and silent:
        ax.axhline(len(speak) - 0.5, color=INK, linewidth=0.8)
    name_rows(ax, shown)
    ax.set_xlim(len(columns) - 0.5, -0.5)
    _headed(ax, range(len(columns)), [rtl.label(outlet, 12) for outlet in columns])
    ax.hlines(range(len(names)), -0.5, len(columns) - 0.5, color="#e6e8ea", linewidth=0.8, zorder=0)
    key(figure, ax)
    return figure


@styled
def rests_by_outlet_and_month(rests: pd.DataFrame) -> Figure:
    """A bar for each outlet and month: on what its words rest. `rests` as `questions.rests` gives it."""
    titles: Titles = (
        "إلى مَن تستند النصوص، بحسب الوسيلة والشهر",
        "On whose authority the texts rest, by outlet and month: shares of all words",
    )
    if rests.empty:
        return nothing(titles, "there are no articles")
    months = sorted(rests["month"].unique())
    outlets = list(dict.fromkeys(rests["outlet"]))
    kept, rows = months[-MONTHS:], outlets[:24]
    if len(kept) < len(months) or len(rows) < len(outlets):
        titles = (*titles, f"{len(rows)} of {len(outlets):,} outlets, the last {len(kept)} of {len(months):,} months")
    shown = rests[rests["month"].isin(kept) & rests["outlet"].isin(rows)]
    said = sentence(
        [
            f"{r.outlet} {r.month} named {r.named_share:.0%}, unnamed {r.unnamed_share:.0%}, own voice {r.outlet_share:.0%}"
            for r in shown.itertuples()
        ]
    )
    articles = rests.groupby("outlet")["articles"].sum()
    counted = [f"{articles[o]:,} {'article' if articles[o] == 1 else 'articles'}" for o in rows]
    names = pd.DataFrame({"name_ar": rows, "name_en": counted})
    figure, ax = canvas(0.5 + rows_height(names), titles, f"Shares of words by outlet and month: {said}.", keyed=1)
    step = 1.14
    for share, basis in SHARES.items():
        before = shown[list(SHARES)[: list(SHARES).index(share)]].sum(axis=1)
        left = [kept.index(month) * step for month in shown["month"]] + before
        at = [rows.index(outlet) for outlet in shown["outlet"]]
        ax.barh(at, shown[share], left=left, height=0.62, color=basis.colour, label=rtl.label(basis.short))
    ends = [kept.index(month) * step for month in shown["month"]] + shown[list(SHARES)].sum(axis=1)
    at = [rows.index(outlet) for outlet in shown["outlet"]]
    ax.barh(at, shown["unclaimed_share"], left=ends, height=0.62, color="#e9ebed")
    name_rows(ax, names)
    _headed(ax, [n * step + 0.5 for n in range(len(kept))], kept)
    ax.set_xlim(len(kept) * step - 0.14, 0)
    key(figure, ax)
    return figure


def _headed(ax: Axes, at: Sequence[float], labels: list[str]) -> None:
    """Columns with their names above them, and no lines around."""
    ax.xaxis.tick_top()
    ax.set_xticks(at, labels, fontsize=9)
    ax.tick_params(axis="x", length=0)
    ax.grid(False)
    ax.spines[:].set_visible(False)


@styled
def stances_by_speaker(stances: pd.DataFrame) -> Figure:
    """Bars: the claims of each speaker by what the cue lets the reader think. `stances` as `questions.stances` gives it."""
    titles: Titles = ("بأيّ لفظ يُنقَل كلام كلّ متحدّث؟", "How each speaker is reported: claims by the stance of their cue")
    if stances.empty:
        return nothing(titles, "no named speaker makes two claims")
    titles, stances = first(titles, stances, 16)
    said = sentence(
        [
            f"{r.speaker} " + ", ".join(f"{s} {getattr(r, s)}" for s in STANCE_NAMES if getattr(r, s))
            for r in stances.itertuples()
        ]
    )
    heard = [f"in {n} {'outlet' if n == 1 else 'outlets'}" for n in stances["outlets"]]
    names = pd.DataFrame({"name_ar": stances["speaker"], "name_en": heard})
    figure, ax = canvas(
        0.4 + rows_height(names), titles, f"Bar chart of claims by speaker and stance: {said}.", keyed=1
    )
    stacked(ax, stances, {s: (STANCE_COLOURS[s], f"{STANCE_NAMES[s]}  {s}") for s in STANCE_NAMES}, 0.66)
    name_rows(ax, names)
    ax.set_xlim(stances["claims"].max() * 1.05, 0)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    key(figure, ax)
    return figure


@styled
def way_of_claims(groups: pd.DataFrame) -> Figure:
    """A line for each claim that several outlets have: from the first, at the right, each article by its attribution.

    groups    as `repeated_claims.groups` gives it; what has no date is not drawn.
    """
    titles: Titles = (
        "انتقال الادّعاء من وسيلة إلى أخرى",
        "The path of a claim: which outlet carried it when, and on whose authority",
    )
    dated = groups[groups["date"] != ""]
    if dated.empty:
        return nothing(titles, "no dated claim appears in several outlets")
    every = dated["group"].unique()
    kept = list(every[:GROUPS])
    if len(kept) < len(every):
        titles = (*titles, f"first {len(kept)} of {len(every):,}")
    dated = dated[dated["group"].isin(kept)]
    said = "; ".join(
        f"claim {group}: " + ", ".join(f"{r.outlet} {r.date} {BASES[r.basis].english}" for r in rows.itertuples())
        for group, rows in dated.groupby("group")
    )
    deep = 1.5  # rows that one claim takes: its words, its line, the outlets
    figure, ax = canvas(
        0.3 + deep * 2.2 * ROW_INCHES * len(kept), titles, f"Timeline of claims in several outlets: {said}.", keyed=1
    )
    days = dated["date"].map(lambda day: date2num(date.fromisoformat(day)))
    low, high = days.min(), days.max()
    room = max(high - low, 7) * 0.1
    for basis in Basis:
        look, here = BASES[basis], dated["basis"] == basis
        if here.any():
            rows = [kept.index(group) * deep for group in dated.loc[here, "group"]]
            ax.scatter(
                days[here], rows, s=110, color=look.colour, edgecolor="white", zorder=3, label=rtl.label(look.short)
            )
    for at, group in enumerate(kept):
        y, here = at * deep, dated["group"] == group
        ax.plot([days[here].min(), days[here].max()], [y, y], color=GREY, linewidth=2, zorder=1)
        content = rtl.label(_short(dated.loc[here, "content"].iloc[0]))
        ax.text(low - room * 0.6, y - 0.34, content, ha="right", va="bottom", fontsize=10)
        free: list[float] = []  # for each line under the claim, the day up to which it is taken
        for day, row in sorted(zip(days[here], dated[here].itertuples(), strict=True), key=lambda pair: pair[0]):
            wide = (high - low + 2 * room) * (0.0072 * len(row.outlet) + 0.012)
            line = next((n for n, until in enumerate(free) if day - wide / 2 > until), len(free))
            free[line : line + 1] = [day + wide / 2]
            lines = {"ha": "center", "va": "top", "fontsize": 8, "color": QUIET}
            beside(ax, rtl.label(row.outlet), (day, y), (0, -9 - 11 * line), **lines)
    ax.set_yticks([])
    ax.set_ylim(len(kept) * deep - 0.45, -0.95)
    ax.set_xlim(high + room, low - room)
    locator = AutoDateLocator(maxticks=7)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(
        ConciseDateFormatter(
            locator,
            show_offset=False,
            formats=["%Y", "%Y-%m", "%Y-%m-%d"] + ["%H:%M"] * 3,
            zero_formats=["", "%Y", "%Y-%m", "%Y-%m-%d", "", ""],
        )
    )
    ax.grid(axis="y", visible=False)
    ax.spines[["left", "right", "top"]].set_visible(False)
    key(figure, ax)
    return figure


def _short(text: str) -> str:
    """The beginning of a content, whole words, so that it fits on one line."""
    kept = text[:88]
    return text if kept == text else f"{kept[: kept.rfind(' ')]} …"
