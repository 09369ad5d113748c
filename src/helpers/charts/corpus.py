"""Charts of a corpus: voices by outlet, the basis of words by outlet and month, stances, and the spread of a claim."""

from datetime import date
from typing import Unpack

import pandas as pd
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from helpers.charts import rtl
from helpers.charts.canvas import beside, canvas, dated, empty_figure, key, numbered, stacked
from helpers.charts.grids import MONTHS, SPEAKERS, headed, headings_height, part
from helpers.charts.names import name_rows, rows_height
from helpers.charts.options import Options, look, styled
from helpers.charts.style import (
    ACCENT,
    BASES,
    BASES_BY_MACHINE,
    CHART_ROWS,
    DARK,
    INK,
    LIGHT,
    QUIET,
    ROW_INCHES,
    STANCE_NAMES,
    ink_on,
)
from helpers.records.basis import UNCLAIMED, Basis
from helpers.records.messages import Message, Name, Share, message

OUTLETS, GROUPS = 8, 8  # that one chart can show
SILENT = 8  # rows of those who are only spoken about
STANCES = 16  # speakers of one chart
GREY = "#c8ccd0"
SHARES = {f"{basis}_share": BASES_BY_MACHINE[basis] for basis in Basis}
STANCE_COLOURS = {"neutral": GREY, "factive": LIGHT, "assertive": DARK, "distancing": ACCENT, "negative": "#E69F00"}


@styled
def voices_by_outlet(voices: pd.DataFrame, **options: Unpack[Options]) -> Figure:
    """Names in rows, outlets in columns: how often each speaks there, and how often others speak about it.

    voices     as returned by `questions.voices`
    rows, order, colours    of names, by `speaker`, `name_en`, `speaks` or `spoken_about` (over all outlets), those who
                            only are spoken about below the others; of `speaks` and `spoken_about`
    """
    titles = (
        "مَن يتحدث في كل وسيلة، ومَن يُتحدَّث عنه؟",
        "Who speaks in each outlet, and who is only spoken about: attributed claims",
    )
    chosen = look(options, titles, colours={"speaks": DARK, "spoken_about": ACCENT})
    if voices.empty:
        return empty_figure(chosen, ("لا ادعاء لمتحدث مسمّى ولا عنه", "no claim is by or about a named speaker"))
    both = voices.groupby("speaker", sort=False).agg(
        name_en=("name_en", "first"), speaks=("speaks", "sum"), spoken_about=("spoken_about", "sum")
    )
    both = both.reset_index()
    speak, silent = both[both["speaks"] > 0], both[both["speaks"] == 0]
    most = SPEAKERS + SILENT if chosen.rows is None else chosen.rows
    speak = speak.head(SPEAKERS if chosen.rows is None else most)
    silent = silent.head(SILENT if chosen.rows is None else most - len(speak))
    named = pd.concat([chosen.ordered(speak), chosen.ordered(silent)], ignore_index=True)
    by_outlet = voices.groupby("outlet")[["speaks", "spoken_about"]].sum().sum(axis=1)
    outlets = by_outlet.sort_values(ascending=False, kind="stable")
    columns, names = outlets.index[:OUTLETS].tolist(), named["speaker"].tolist()
    cut = part(names=(len(names), len(both)), outlets=(len(columns), len(outlets)))
    each = tuple(
        message("alt.voice", name=Name(r.name_en, r.speaker), made=int(r.speaks), about=int(r.spoken_about))
        for r in named.itertuples()
    )
    shown = named.rename(columns={"speaker": "name_ar"})
    headings = [rtl.label(outlet, 12) for outlet in columns]
    above = headings_height(headings)
    alt = message("alt.voices_by_outlet", names=each)
    figure, ax = canvas(0.2 + rows_height(shown), chosen, alt, keyed=1, cut=cut, above=above)
    cells = voices[voices["speaker"].isin(names) & voices["outlet"].isin(columns)]
    most = max(cells["speaks"].max(), cells["spoken_about"].max(), 1)
    full, ring = {"color": chosen.colours["speaks"]}, {"edgecolor": chosen.colours["spoken_about"]}
    for side, column, text, style in (
        (-0.2, "speaks", "يتحدث  speaks", full),
        (0.2, "spoken_about", "يُتحدَّث عنه  spoken about", ring | {"facecolor": "white", "linewidth": 1.8}),
    ):
        here = cells[cells[column] > 0]
        x = [columns.index(outlet) + side for outlet in here["outlet"]]
        y = [names.index(name) for name in here["speaker"]]
        ax.scatter(x, y, s=90 + 260 * here[column] / most, label=rtl.label(text), zorder=3, **style)
        for at, row, count in zip(x, y, here[column], strict=True):
            ink = ink_on(chosen.colours[column]) if column == "speaks" else INK
            ax.text(at, row, str(count), ha="center", va="center", fontsize=7.5, color=ink, zorder=4)
    if len(speak) and len(silent):
        ax.axhline(len(speak) - 0.5, color=INK, linewidth=0.8)
    name_rows(ax, shown)
    ax.set_xlim(len(columns) - 0.5, -0.5)
    headed(ax, range(len(columns)), headings)
    ax.hlines(range(len(names)), -0.5, len(columns) - 0.5, color="#e6e8ea", linewidth=0.8, zorder=0)
    key(figure, ax, above)
    return figure


@styled
def rests_by_outlet_and_month(rests: pd.DataFrame, **options: Unpack[Options]) -> Figure:
    """A bar for each outlet and month: its words by basis.

    rests      as returned by `questions.rests`
    rows, order, colours    of outlets, by `outlet`, `articles` or `words`; of each basis: `named`, `unnamed`,
                            `not_identified`, `outlet`, `unclaimed`
    """
    titles = (
        "إلى مَن تستند النصوص، بحسب الوسيلة والشهر",
        "On whose authority the texts rest, by outlet and month: shares of all words",
    )
    colours = {str(basis): BASES[basis].colour for basis in Basis} | {UNCLAIMED: "#e9ebed"}
    chosen = look(options, titles, CHART_ROWS, colours)
    if rests.empty:
        return empty_figure(chosen, ("لا مقالات", "there are no articles"))
    months = sorted(rests["month"].unique())
    outlets = rests.groupby("outlet", sort=False)[["articles", "words"]].sum().reset_index()
    named, _ = chosen.first(outlets)
    kept, rows = months[-MONTHS:], named["outlet"].tolist()
    cut = part(outlets=(len(rows), len(outlets)), months=(len(kept), len(months)))
    shown = rests[rests["month"].isin(kept) & rests["outlet"].isin(rows)]
    each = tuple(
        message(
            "alt.rest",
            outlet=_printed(r.outlet),
            month=r.month,
            parts=tuple(
                message("alt.share", what=message(f"basis.{basis}"), share=Share(float(getattr(r, f"{basis}_share"))))
                for basis in Basis
                if getattr(r, f"{basis}_share")
            ),
        )
        for r in shown.itertuples()
    )
    counted = [f"{n:,} {'article' if n == 1 else 'articles'}" for n in named["articles"]]
    names = pd.DataFrame({"name_ar": rows, "name_en": counted})
    above = headings_height(["2024-01"])
    alt = message("alt.rests", bars=each)
    figure, ax = canvas(0.2 + rows_height(names), chosen, alt, keyed=1, cut=cut, above=above)
    step = 1.14
    for share, basis in SHARES.items():
        before = shown[list(SHARES)[: list(SHARES).index(share)]].sum(axis=1)
        left = [kept.index(month) * step for month in shown["month"]] + before
        at = [rows.index(outlet) for outlet in shown["outlet"]]
        ax.barh(
            at,
            shown[share],
            left=left,
            height=0.62,
            color=chosen.colours[share.removesuffix("_share")],
            label=rtl.label(basis.short),
        )
    ends = [kept.index(month) * step for month in shown["month"]] + shown[list(SHARES)].sum(axis=1)
    at = [rows.index(outlet) for outlet in shown["outlet"]]
    ax.barh(at, shown["unclaimed_share"], left=ends, height=0.62, color=chosen.colours[UNCLAIMED])
    name_rows(ax, names)
    headed(ax, [n * step + 0.5 for n in range(len(kept))], kept)
    ax.set_xlim(len(kept) * step - 0.14, 0)
    key(figure, ax, above)
    return figure


@styled
def stances_by_speaker(stances: pd.DataFrame, **options: Unpack[Options]) -> Figure:
    """Bars: the claims of each speaker by the stance of the cue.

    stances    as returned by `questions.stances`
    rows, order, colours    of speakers, by any column of `stances`; of `neutral`, `factive`, `assertive`, `distancing`,
                            `negative`
    """
    titles = ("بأي لفظ يُنقَل كلام كل متحدث؟", "How each speaker is reported: claims by the stance of their cue")
    chosen = look(options, titles, STANCES, STANCE_COLOURS)
    if stances.empty:
        return empty_figure(chosen, ("لا متحدث مسمّى له ادعاءان", "no named speaker makes two claims"))
    stances, cut = chosen.first(stances)
    each = tuple(
        message("alt.stances.of", name=_printed(row.speaker), stances=_counted(row)) for row in stances.itertuples()
    )
    heard = [f"in {n} {'outlet' if n == 1 else 'outlets'}" for n in stances["outlets"]]
    names = pd.DataFrame({"name_ar": stances["speaker"], "name_en": heard})
    figure, ax = canvas(0.4 + rows_height(names), chosen, message("alt.stances", speakers=each), keyed=1, cut=cut)
    stacked(ax, stances, {s: (chosen.colours[s], f"{STANCE_NAMES[s]}  {s}") for s in STANCE_NAMES}, 0.66)
    name_rows(ax, names)
    ax.set_xlim(stances["claims"].max() * 1.05, 0)
    numbered(ax)
    key(figure, ax)
    return figure


def _counted(row: object) -> tuple[Message, ...]:
    """The stances in which a speaker is reported, for an alt text."""
    counts = {stance: int(getattr(row, stance)) for stance in STANCE_NAMES}
    return tuple(message("alt.count", what=message(f"alt.stance.{s}"), n=n) for s, n in counts.items() if n)


@styled
def way_of_claims(groups: pd.DataFrame, **options: Unpack[Options]) -> Figure:
    """A line for each claim that several outlets have: from the first, at the right, each article by its attribution.

    groups     as returned by `repeated_claims.groups`; rows without a date are not drawn
    rows, order, colours    of claims, by `group`, `content`, `date` (the first) or `outlets` (how many); of each basis:
                            `named`, `unnamed`, `not_identified`, `outlet`
    """
    titles = (
        "انتقال الادعاء من وسيلة إلى أخرى",
        "The path of a claim: which outlet carried it when, and on whose authority",
    )
    chosen = look(options, titles, GROUPS, {str(basis): BASES[basis].colour for basis in Basis})
    known = groups[groups["date"] != ""]
    if known.empty:
        return empty_figure(chosen, ("لا ادعاء مؤرَّخ في أكثر من وسيلة", "no dated claim appears in several outlets"))
    every = known.groupby("group", sort=False).agg(
        content=("content", "first"), date=("date", "min"), outlets=("outlet", "nunique")
    )
    shown, cut = chosen.first(every.reset_index())
    kept = shown["group"].tolist()
    known = known[known["group"].isin(kept)]
    each = tuple(_path(known[known["group"] == group]) for group in kept)
    deep = 1.5  # rows that one claim takes, for its words, its line and the outlets
    height = 0.3 + deep * 2.2 * ROW_INCHES * len(kept)
    figure, ax = canvas(height, chosen, message("alt.ways", claims=each), keyed=1, cut=cut)
    days = known["date"].map(lambda day: date2num(date.fromisoformat(day)))
    low, high = days.min(), days.max()
    room = max(high - low, 7) * 0.1
    for basis in Basis:
        short, here = BASES_BY_MACHINE[basis].short, known["basis"] == basis
        if here.any():
            rows = [kept.index(group) * deep for group in known.loc[here, "group"]]
            ax.scatter(
                days[here],
                rows,
                s=110,
                color=chosen.colours[basis],
                edgecolor="white",
                zorder=3,
                label=rtl.label(short),
            )
    for at, group in enumerate(kept):
        y, here = at * deep, known["group"] == group
        ax.plot([days[here].min(), days[here].max()], [y, y], color=GREY, linewidth=2, zorder=1)
        content = rtl.label(_short(known.loc[here, "content"].iloc[0]))
        ax.text(low - room * 0.6, y - 0.34, content, ha="right", va="bottom", fontsize=10)
        free: list[float] = []  # for each line under the claim, the day up to which it is occupied
        for day, row in sorted(zip(days[here], known[here].itertuples(), strict=True), key=lambda pair: pair[0]):
            wide = (high - low + 2 * room) * (0.0072 * len(row.outlet) + 0.012)
            line = next((n for n, until in enumerate(free) if day - wide / 2 > until), len(free))
            free[line : line + 1] = [day + wide / 2]
            lines = {"ha": "center", "va": "top", "fontsize": 8, "color": QUIET}
            beside(ax, rtl.label(row.outlet), (day, y), (0, -9 - 11 * line), **lines)
    ax.set_yticks([])
    ax.set_ylim(len(kept) * deep - 0.45, -0.95)
    ax.set_xlim(high + room, low - room)
    dated(ax)
    ax.grid(axis="y", visible=False)
    ax.spines[["left", "right", "top"]].set_visible(False)
    key(figure, ax)
    return figure


def _path(rows: pd.DataFrame) -> Message:
    """The articles that have one claim, for an alt text."""
    stops = tuple(
        message("alt.stop", outlet=_printed(row.outlet), day=row.date, basis=message(f"basis.{row.basis}"))
        for row in rows.itertuples()
    )
    return message("alt.way", content=_printed(_short(rows["content"].iloc[0])), stops=stops)


def _printed(text: str) -> Name | str:
    """A text of an article for an alt text: isolated, if the alt text has the other direction."""
    return Name("", text) if rtl.is_rtl(text) else text


def _short(text: str) -> str:
    """The beginning of a content, cut between words to fit on one line."""
    kept = text[:88]
    return text if kept == text else f"{kept[: kept.rfind(' ')]} …"
