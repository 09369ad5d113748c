"""Charts of claims: who speaks and is spoken about, claims by source, the basis of words, the chain of attribution."""

from typing import Any, Unpack

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from helpers.charts import rtl
from helpers.charts.canvas import beside, canvas, empty_figure, key, numbered, stacked
from helpers.charts.names import key_lines, mark, most_named, name_rows, rows_height, sign_key, who
from helpers.charts.options import Options, look, styled
from helpers.charts.style import (
    ACCENT,
    BASES,
    BASES_BY_MACHINE,
    CHART_ACTORS,
    CHART_ROWS,
    DARK,
    INK,
    KIND_COLOURS,
    KIND_NAMES,
    LIGHT,
    MIDDLE,
    QUIET,
    SIGNS,
    STANCE_NAMES,
    ink_on,
)
from helpers.records.basis import UNCLAIMED, Basis
from helpers.records.messages import Message, Name, Share, message

CHAIN_CLAIMS = 30  # most claims in one chain
CHAINED = ("sources", "claims", "actors")  # columns, from the right
NARROW = 0.14  # a part with a smaller share of the words is too narrow for its name


@styled
def speaks_and_spoken_about(voices: pd.DataFrame, **options: Unpack[Options]) -> Figure:
    """Bars to both sides: the claims that each actor makes, and those of others that are about it.

    voices     as returned by `frames.voices`
    rows, order, colours    of actors, by any column of `voices`; of `speaks`, `ascribed`, `spoken_for`, `spoken_about`
    """
    titles = ("مَن يتحدث، ومَن يُتحدَّث عنه؟", "Who speaks, and who is only spoken about: attributed claims")
    colours = {"speaks": DARK, "ascribed": MIDDLE, "spoken_for": LIGHT, "spoken_about": ACCENT}
    chosen = look(options, titles, CHART_ACTORS, colours)
    shown = voices[voices[list(colours)].sum(axis=1) > 0].reset_index(drop=True)
    shown = shown.assign(heard=shown["speaks"] + shown["ascribed"] + shown["spoken_for"])
    if shown.empty:
        return empty_figure(chosen, ("لا ادعاء لطرف مسمّى ولا عنه", "no claim is by or about a named actor"))
    shown = most_named(shown, chosen, shown["heard"] + shown["spoken_about"], said="claims")
    each = [
        message("alt.voice", name=who(row), made=int(row.heard), about=int(row.spoken_about))
        if row.actor_id
        else who(row)
        for row in shown.itertuples()
    ]
    alt = message("alt.voices", actors=tuple(each))
    figure, ax = canvas(0.4 + rows_height(shown), chosen, alt, key_lines(shown))
    at = range(len(shown))
    # x increases to the left: claims of the actor are at the right, next to the name; claims about it at the left.
    reach = -shown["heard"]
    for column, text in (
        ("speaks", "يتحدث  speaks"),
        ("ascribed", "يُنسَب إليه  ascribed"),
        ("spoken_for", "يتحدث منتمٍ إليه  its people speak"),
    ):
        ax.barh(at, shown[column], left=reach, color=chosen.colours[column], height=0.7, label=rtl.label(text))
        reach = reach + shown[column]
    about = rtl.label("يُتحدَّث عنه  spoken about")
    ax.barh(at, shown["spoken_about"], color=chosen.colours["spoken_about"], height=0.7, label=about)
    for y, row in zip(at, shown.itertuples(), strict=True):
        for value, side, align in ((row.heard, -1, "left"), (row.spoken_about, 1, "right")):
            if value:
                beside(ax, f"{value:,}", (side * value, y), (-5 * side, 0), ha=align, va="center")
    ax.axvline(0, color=INK, linewidth=1)
    sign_key(ax, shown)
    name_rows(ax, shown)
    key(figure, ax)
    margin = max(shown["heard"].max(), shown["spoken_about"].max()) * 0.1
    ax.set_xlim(shown["spoken_about"].max() + margin, -shown["heard"].max() - margin)
    numbered(ax)
    return figure


@styled
def claims_by_source(table: pd.DataFrame, **options: Unpack[Options]) -> Figure:
    """Bars: the claims of each source by kind, with the stance of their cues.

    table      as returned by `audit.by_source`
    rows, order, colours    of sources, by any column of `table`; of `direct`, `mixed`, `indirect`
    """
    titles = ("ادعاءات كل مصدر", "Claims by source: form of reporting, and stance of the cue")
    chosen = look(options, titles, CHART_ROWS, KIND_COLOURS)
    if table.empty:
        return empty_figure(chosen, ("ليس فيه ادعاء مُسنَد", "no claim is attributed"))
    table, cut = chosen.first(table)
    each = tuple(
        message("alt.source", name=Name(row.name_en, row.name), n=int(row.claims), stances=_counted(row.stances))
        for row in table.itertuples()
    )
    names = table.assign(
        name_ar=[row.name if row.named else f"{row.name} · غير مسمّى" for row in table.itertuples()],
        name_en=[row.name_en if row.named else f"{row.name_en} · unnamed".strip(" ·") for row in table.itertuples()],
    )
    figure, ax = canvas(0.4 + rows_height(names), chosen, message("alt.sources", sources=each), keyed=1, cut=cut)
    stacked(ax, table, {kind: (chosen.colours[kind], text) for kind, text in KIND_NAMES.items()}, 0.7)
    name_rows(ax, names)
    key(figure, ax)
    for y, row in enumerate(table.itertuples()):
        for text, rise in zip(_stances(row), (2, -9), strict=True):
            beside(ax, rtl.label(text), (row.claims, y), (-6, rise), ha="right", fontsize=8, color=QUIET)
    ax.set_xlim(table["claims"].max() * 1.5, 0)
    numbered(ax)
    return figure


def _counted(stances: str) -> tuple[Message, ...]:
    """«neutral 2, negative 1» for an alt text."""
    counts = [part.rsplit(" ", 1) for part in stances.split(", ")]
    return tuple(message("alt.count", what=message(f"alt.stance.{stance}"), n=int(n)) for stance, n in counts)


def _stances(row: Any) -> tuple[str, str]:
    """The stances in which a source is reported, in Arabic and in English."""
    counts = [part.rsplit(" ", 1) for part in row.stances.split(", ")]
    arabic = "، ".join(f"{STANCE_NAMES[stance]} {n}" for stance, n in counts)
    return (arabic, row.stances) if row.reported else (f"{arabic}؛ يُنسب إليه", f"{row.stances}; ascribed")


@styled
def words_rest_on(shares: pd.DataFrame, **options: Unpack[Options]) -> Figure:
    """One bar of all the article's words by basis, from the right.

    shares     as returned by `shares.by_basis`
    rows, order, colours    of parts that are named under the bar (the others are named above it), by any column of
                            `shares`; of each basis: `named`, `unnamed`, `not_identified`, `outlet`, `unclaimed`
    """
    titles = ("إلى مَن يستند المقال؟", "On whose authority the article rests: shares of its words")
    chosen = look(options, titles, colours={str(basis): each.colour for basis, each in BASES.items()})
    bases = BASES_BY_MACHINE if shares.attrs.get("machine") else BASES
    shown = chosen.ordered(shares[shares["words"] > 0])
    parts = tuple(
        message("alt.share", what=_basis(row.basis), share=Share(float(row.share))) for row in shown.itertuples()
    )
    figure, ax = canvas(1.4, chosen, message("alt.words", parts=parts or message("alt.none")))
    left = 0.0
    small = []
    for n, row in enumerate(shown.itertuples()):
        colour, basis = chosen.colours[str(row.basis)], bases[row.basis]
        ax.barh(0, row.share, left=left, color=colour, height=0.55, edgecolor="white")
        middle = left + row.share / 2
        left += row.share
        if row.share < NARROW or (chosen.rows is not None and n >= chosen.rows):
            small.append(row)
            continue
        strong: dict[str, Any] = {"color": ink_on(colour), "fontweight": "bold", "fontsize": 12}
        ax.text(middle, 0, f"{row.share:.0%}", ha="center", va="center", **strong)
        ax.text(middle, 0.36, rtl.label(basis.arabic), ha="center", va="top")
        ax.text(middle, 0.64, basis.english, ha="center", va="top", color=QUIET, fontsize=8)
    if small:
        said = "، ".join(f"{bases[row.basis].arabic} {row.share:.0%}" for row in small)
        ax.text(1, -0.6, rtl.label(f"و{said}"), ha="left", va="bottom", color=QUIET, fontsize=8)
        said = ", ".join(f"{bases[row.basis].english} {row.share:.0%}" for row in small)
        ax.text(1, -0.36, f"and {said}", ha="left", va="bottom", color=QUIET, fontsize=8)
    ax.set_xlim(1, 0)
    ax.set_ylim(1.0, -0.78)
    ax.set_axis_off()
    return figure


def _basis(basis: str) -> Message:
    return message("alt.unclaimed" if basis == UNCLAIMED else f"basis.{basis}")


@styled
def chain(
    edges: pd.DataFrame,
    sources: pd.DataFrame,
    actors: pd.DataFrame,
    claims: pd.DataFrame,
    **options: Unpack[Options],
) -> Figure:
    """The chain of attribution, from the right: source, its claims, the actors that each is about.

    edges      as returned by `audit.chain`
    sources, actors, claims    tables with the names, and the kind of each claim
    rows, order, colours    of claims, by a column of `claims`; of `direct`, `mixed`, `indirect`, `relays` (a claim within
                            another), `about`
    """
    titles = (
        "سلسلة الإسناد",
        "The chain of attribution: from the source, at the right, through its claim to the actors it is about",
    )
    chosen = look(options, titles, CHAIN_CLAIMS, KIND_COLOURS | {"relays": ACCENT, "about": "#b9c0c6"})
    if edges.empty:
        return empty_figure(chosen, ("ليس فيه ادعاء مُسنَد", "no claim is attributed"))
    says = edges[edges["relation"] == "says"]
    made = claims.assign(to="claim:" + claims["claim_id"].astype(str)).set_index("to").reindex(says["to"])
    kept, cut = chosen.first(made.reset_index())
    says = says.set_index("to", drop=False).loc[kept["to"]].reset_index(drop=True)
    here = edges["from"].isin(says["to"]) & ((edges["relation"] == "about") | edges["to"].isin(says["from"]))
    edges = pd.concat([says, edges[here]], ignore_index=True)
    about = edges.loc[edges["relation"] == "about", "to"].value_counts(sort=False)
    most = about.sort_values(ascending=False, kind="stable").index[:CHART_ACTORS]
    edges = edges[(edges["relation"] != "about") | edges["to"].isin(most)]
    kinds = claims.set_index("claim_id")["kind"]
    inner = edges[edges["relation"] == "relays"]
    nodes = [list(dict.fromkeys(says["from"])), list(dict.fromkeys(says["to"]))]
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
    alt = message(
        "alt.chain",
        counts=tuple(message(f"alt.n.{what}", n=len(col)) for what, col in zip(CHAINED, nodes, strict=True)),
        sources=tuple(
            message("alt.says", name=_called(names.get(source)), claims=tuple(to.removeprefix("claim:") for to in said))
            for source, said in says.groupby("from", sort=False)["to"]
        ),
    )
    known_by = dict(zip(actors["actor_id"], actors["found_by"], strict=True))
    found_by = pd.DataFrame({"found_by": [known_by.get(node.removeprefix("actor:"), "") for node in nodes[2]]})
    figure, ax = canvas(0.2 + 0.42 * tallest, chosen, alt, key_lines(found_by), cut)
    of_kind = {node: chosen.colours.get(kinds[node.removeprefix("claim:")], LIGHT) for node in nodes[1]}
    for here, there, relation in edges[["from", "to", "relation"]].itertuples(index=False):
        (x0, y0), (x1, y1) = at[here], at[there]
        colour = of_kind[there] if relation == "says" else chosen.colours[relation]
        curve = Path([(x0, y0), ((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1), (x1, y1)], [Path.MOVETO, *[Path.CURVE4] * 3])
        style = (0, (3, 2)) if relation == "relays" else "-"
        ax.add_patch(PathPatch(curve, fill=False, edgecolor=colour, linestyle=style, linewidth=1.4))
    nobody = BASES[Basis.NOT_IDENTIFIED]
    for node, (x, y) in at.items():
        if x == 1:
            box = {"boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": of_kind[node], "linewidth": 1.6}
            ax.text(x, y, node.removeprefix("claim:"), ha="center", va="center", fontsize=8, bbox=box)
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
        said = rtl.label("خط متقطع: ادعاء يرد ضمن آخر") + "\ndashed: a claim reported within another"
        ax.text(1, tallest, said, ha="center", va="top", fontsize=8, color=chosen.colours["relays"])
    for kind, text in KIND_NAMES.items():
        if kind in set(kinds[[node.removeprefix("claim:") for node in nodes[1]]]):
            ax.plot([], [], color=chosen.colours[kind], linewidth=3, label=rtl.label(text))
    ax.set_xlim(2.75, -1.25)
    ax.set_ylim(tallest + (0.8 if "actor:" in at else 0.3), 0)
    ax.set_axis_off()
    sign_key(ax, found_by)
    key(figure, ax)
    return figure


def _called(names: tuple[str, str] | None) -> Name | Message:
    """The name of a source for an alt text."""
    return Name(names[1], names[0]) if names else message("basis.not_identified")
