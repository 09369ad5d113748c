"""Charts of who says what: speakers and spoken about, claims by source, what words rest on, the chain of attribution."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator

from helpers.charts import rtl
from helpers.charts.style import (
    ACCENT,
    BASES,
    CHART_ACTORS,
    DARK,
    INK,
    KIND_COLOURS,
    LIGHT,
    MIDDLE,
    QUIET,
    SIGNS,
    STANCE_NAMES,
    Titles,
    beside,
    canvas,
    first,
    key,
    key_lines,
    mark,
    most_named,
    name_rows,
    nothing,
    rows_height,
    sentence,
    sign_key,
    stacked,
    styled,
)
from helpers.records.basis import Basis
from helpers.text import invisible

CHAIN_CLAIMS = 30  # claims in one chain


@styled
def speaks_and_spoken_about(voices: pd.DataFrame) -> Figure:
    """Bars to both sides: the claims that each actor makes, and those of others that are about it.

    voices    as `frames.voices` gives it.
    """
    titles: Titles = ("مَن يتحدّث، ومَن يُتحدَّث عنه؟", "Who speaks, and who is only spoken about: attributed claims")
    shown = voices[voices[["speaks", "ascribed", "spoken_for", "spoken_about"]].sum(axis=1) > 0].reset_index(drop=True)
    shown = shown.assign(heard=shown["speaks"] + shown["ascribed"] + shown["spoken_for"])
    if shown.empty:
        return nothing(titles, "no claim is by or about a named actor")
    shown = most_named(shown, shown["heard"] + shown["spoken_about"], said="claims")
    said = sentence(
        [f"{r.name_en} {r.heard} and {r.spoken_about}" if r.actor_id else r.name_en for r in shown.itertuples()]
    )
    alt = f"Bar chart of claims made by each actor or by those who speak for it, and claims of others about it: {said}."
    figure, ax = canvas(0.4 + rows_height(shown), titles, alt, key_lines(shown))
    at = range(len(shown))
    # x grows to the left: what they say is at the right, next to the name; what is said of them at the left.
    left = pd.Series(0, index=shown.index)
    for column, colour, text in (
        ("spoken_for", LIGHT, "يتحدّث منتمٍ إليه  its people speak"),
        ("ascribed", MIDDLE, "يُنسَب إليه  ascribed"),
        ("speaks", DARK, "يتحدّث  speaks"),
    ):
        ax.barh(at, -shown[column], left=left, color=colour, height=0.7, label=rtl.label(text))
        left = left - shown[column]
    about = rtl.label("يُتحدَّث عنه  spoken about")
    ax.barh(at, shown["spoken_about"], color=ACCENT, height=0.7, label=about)
    for y, row in zip(at, shown.itertuples(), strict=True):
        for value, side, align in ((row.heard, -1, "left"), (row.spoken_about, 1, "right")):
            if value:
                beside(ax, str(value), (side * value, y), (-5 * side, 0), ha=align, va="center")
    ax.axvline(0, color="#1f2428", linewidth=1)
    sign_key(ax, shown)
    name_rows(ax, shown)
    key(figure, ax)
    margin = max(shown["heard"].max(), shown["spoken_about"].max()) * 0.1
    ax.set_xlim(shown["spoken_about"].max() + margin, -shown["heard"].max() - margin)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    return figure


@styled
def claims_by_source(table: pd.DataFrame) -> Figure:
    """Bars: the claims of each source by kind, with the stance of their cues. `table` as `audit.by_source` gives it."""
    titles: Titles = ("ادّعاءات كلّ مصدر", "Claims by source: form of reporting, and stance of the cue")
    if table.empty:
        return nothing(titles, "no claim is attributed")
    titles, table = first(titles, table)
    said = sentence([f"{_in_words(row.name, row.name_en)} {row.claims} ({row.stances})" for row in table.itertuples()])
    names = table.assign(
        name_ar=[row.name if row.named else f"{row.name} · غير مسمّى" for row in table.itertuples()],
        name_en=[row.name_en if row.named else f"{row.name_en} · unnamed".strip(" ·") for row in table.itertuples()],
    )
    alt = f"Bar chart of claims by source, with the stance of their cues: {said}."
    figure, ax = canvas(0.4 + rows_height(names), titles, alt, keyed=1)
    arabic = {"direct": "مباشر  direct", "mixed": "مختلط  mixed", "indirect": "غير مباشر  indirect"}
    stacked(ax, table, {kind: (colour, arabic[kind]) for kind, colour in KIND_COLOURS.items()}, 0.7)
    name_rows(ax, names)
    key(figure, ax)
    for y, row in enumerate(table.itertuples()):
        for text, rise in zip(_stances(row), (2, -9), strict=True):
            beside(ax, rtl.label(text), (row.claims, y), (-6, rise), ha="right", fontsize=8, color=QUIET)
    ax.set_xlim(table["claims"].max() * 1.5, 0)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


def _stances(row: Any) -> tuple[str, str]:
    """With what stance a source is reported, in Arabic and in English."""
    counts = [part.rsplit(" ", 1) for part in row.stances.split(", ")]
    arabic = "، ".join(f"{STANCE_NAMES[stance]} {n}" for stance, n in counts)
    return (arabic, row.stances) if row.reported else (f"{arabic}؛ يُنسب إليه", f"{row.stances}; ascribed")


@styled
def words_rest_on(shares: pd.DataFrame) -> Figure:
    """One bar of all the article's words, from the right: on what they rest. `shares` as `shares.by_basis` gives it."""
    titles: Titles = ("إلى مَن يستند المقال؟", "On whose authority the article rests: shares of its words")
    shown = shares[shares["words"] > 0]
    said = sentence([f"{BASES[row.basis].english} {row.share:.0%}" for row in shown.itertuples()])
    figure, ax = canvas(1.5, titles, f"One bar of the article's words: {said}.")
    left = 0.0
    for row in shown.itertuples():
        ax.barh(0, row.share, left=left, color=BASES[row.basis].colour, height=0.55, edgecolor="white")
        if row.share >= 0.08:
            middle = left + row.share / 2
            dark = row.basis in (Basis.NAMED, Basis.OUTLET)
            ax.text(
                middle,
                0,
                f"{row.share:.0%}",
                ha="center",
                va="center",
                color="white" if dark else INK,
                fontweight="bold",
                fontsize=12,
            )
            ax.text(middle, 0.36, rtl.label(BASES[row.basis].arabic), ha="center", va="top")
            ax.text(middle, 0.62, BASES[row.basis].english, ha="center", va="top", color=QUIET, fontsize=8)
        left += row.share
    small = [row for row in shown.itertuples() if row.share < 0.08]
    if small:
        said = "، ".join(f"{BASES[row.basis].arabic} {row.share:.0%}" for row in small)
        ax.text(1, -0.6, rtl.label(f"و{said}"), ha="left", va="bottom", color=QUIET, fontsize=8)
        said = ", ".join(f"{BASES[row.basis].english} {row.share:.0%}" for row in small)
        ax.text(1, -0.38, f"and {said}", ha="left", va="bottom", color=QUIET, fontsize=8)
    ax.set_xlim(1, 0)
    ax.set_ylim(0.85, -0.78)
    ax.set_axis_off()
    return figure


@styled
def chain(edges: pd.DataFrame, sources: pd.DataFrame, actors: pd.DataFrame, claims: pd.DataFrame) -> Figure:
    """The chain of attribution, from the right: source, its claims, the actors that each is about.

    edges      as `audit.chain` gives it; sources, actors, claims    tables with the names, and the kind of each claim.
    """
    titles: Titles = (
        "سلسلة الإسناد",
        "The chain of attribution: from the source, at the right, through its claim to the actors it is about",
    )
    if edges.empty:
        return nothing(titles, "no claim is attributed")
    titles, says = first(titles, edges[edges["relation"] == "says"], CHAIN_CLAIMS)
    here = edges["from"].isin(says["to"]) & ((edges["relation"] == "about") | edges["to"].isin(says["from"]))
    edges = edges[here | edges["to"].isin(says["to"])]
    about = edges.loc[edges["relation"] == "about", "to"].value_counts(sort=False)
    most = about.sort_values(ascending=False, kind="stable").index[:CHART_ACTORS]
    edges = edges[(edges["relation"] != "about") | edges["to"].isin(most)]
    kinds = claims.set_index("claim_id")["kind"]
    said, inner = edges[edges["relation"] == "says"], edges[edges["relation"] == "relays"]
    nodes = [list(dict.fromkeys(said["from"])), list(dict.fromkeys(said["to"]))]
    nodes.append(list(dict.fromkeys(edges[edges["relation"] == "about"]["to"])))
    tallest = max(len(column) for column in nodes)
    at = {
        n: (x, (i + 0.5) * tallest / len(column))
        for x, column in zip((0, 1, 2), nodes, strict=True)
        for i, n in enumerate(column)
    }
    names = {f"source:{r.source_id}": (r.name, r.name_en) for r in sources.itertuples()}
    names |= {f"actor:{r.actor_id}": (r.name_ar, r.name_en) for r in actors.itertuples()}
    if (left := len(about) - len(most)) > 0:
        names["actor:"] = f"أطراف أخرى: {left:,}", f"more actors: {left:,}"
        at["actor:"] = 2, tallest + 0.5
    alt = f"Graph of {len(nodes[0])} sources, {len(nodes[1])} claims and {len(nodes[2])} actors. " + sentence(
        [
            f"{_in_words(*names.get(r[0], ('', 'a speaker who is not identified')))} says {r[1].removeprefix('claim:')}"
            for r in said.itertuples(index=False)
        ]
    )
    known_by = dict(zip(actors["actor_id"], actors["found_by"], strict=True))
    who = pd.DataFrame({"found_by": [known_by.get(node.removeprefix("actor:"), "") for node in nodes[2]]})
    figure, ax = canvas(0.2 + 0.42 * tallest, titles, f"{alt}.", key_lines(who, False))
    for row in edges.itertuples(index=False):
        (x0, y0), (x1, y1) = at[row[0]], at[row[1]]
        colour, style = (
            (ACCENT, (0, (3, 2)))
            if row[2] == "relays"
            else (KIND_COLOURS.get(kinds.get(row[1].removeprefix("claim:")), LIGHT), "-")
        )
        curve = Path([(x0, y0), ((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1), (x1, y1)], [Path.MOVETO, *[Path.CURVE4] * 3])
        ax.add_patch(
            PathPatch(
                curve, fill=False, edgecolor=colour if row[2] != "about" else "#b9c0c6", linestyle=style, linewidth=1.4
            )
        )
    nobody = BASES[Basis.NOT_IDENTIFIED]
    for node, (x, y) in at.items():
        if x == 1:
            claim = node.removeprefix("claim:")
            box = {
                "boxstyle": "round,pad=0.35",
                "facecolor": "white",
                "edgecolor": KIND_COLOURS[kinds[claim]],
                "linewidth": 1.6,
            }
            ax.text(x, y, claim, ha="center", va="center", fontsize=8, bbox=box)
            continue
        arabic, english = names.get(node, (nobody.arabic, nobody.english))
        side, shift = ("left", -0.04) if x == 0 else ("right", 0.04)
        ax.text(x + shift, y - 0.03, rtl.label(arabic, 48), ha=side, va="bottom", linespacing=1)
        ax.text(x + shift, y + 0.06, rtl.label(english, 60), ha=side, va="top", fontsize=8, color=QUIET, linespacing=1)
        by = known_by.get(node.removeprefix("actor:"), "")
        if by in SIGNS:
            mark(ax, by, [x], [y])
        elif node != "actor:":
            ax.plot(x, y, "o", color=INK, ms=4)
    if len(inner):
        said = rtl.label("خط متقطع: ادّعاء يرد ضمن آخر") + "\ndashed: a claim reported within another"
        ax.text(1, tallest, said, ha="center", va="top", fontsize=8, color=ACCENT)
    ax.set_xlim(2.75, -1.25)
    ax.set_ylim(tallest + (0.8 if "actor:" in at else 0.3), 0)
    ax.set_axis_off()
    sign_key(ax, who)
    key(figure, ax)
    return figure


def _in_words(name_ar: str, name_en: str) -> str:
    """A name for who hears a chart: in English, where it has one."""
    return name_en or invisible.shown(name_ar)
