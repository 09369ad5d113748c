"""Charts of the actors that are named: how often, in which words, where, and with whom."""

import textwrap
from typing import Any, Unpack

import pandas as pd
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from helpers.charts import rtl
from helpers.charts.canvas import beside, canvas, empty_figure, key, numbered
from helpers.charts.names import key_lines, most_named, name_rows, rows_height, sign, sign_key, signed, who
from helpers.charts.options import Cut, Look, Options, look, styled
from helpers.charts.style import ACCENT, CHART_ACTORS, CHART_ROWS, DARK, LIGHT, QUIET, SIGNS, ink_on
from helpers.records.messages import Message, Name, message

STRONG = 0.34  # pairs above this share of the strongest pair are drawn dark, with their number
MANY_COLUMNS = 10  # with so many columns of a matrix, their names are smaller
STRIPED_PARAGRAPHS = 60  # most paragraphs that can be distinguished
NOBODY = ("لا يُسمّى في هذا المقال أي طرف", "no actor is named in this article")
DESCRIBED = "بالوصف  by description, resolved by annotators"


@styled
def mentions_per_actor(counts: pd.DataFrame, **options: Unpack[Options]) -> Figure:
    """Bars: mentions of each actor, by name and by description.

    counts     as returned by `frames.counts`
    rows, order, colours    of actors, by any column of `counts`; of `names` and `descriptions`
    """
    titles = ("مَن يُذكَر في المقال؟", "Who is named: mentions per actor")
    chosen = look(options, titles, CHART_ACTORS, {"names": DARK, "descriptions": LIGHT})
    if counts.empty:
        return empty_figure(chosen, NOBODY)
    shown = most_named(counts, chosen, counts["mentions"])
    each = [
        message("alt.times", name=who(row), n=int(row.mentions)) if row.actor_id else who(row)
        for row in shown.itertuples()
    ]
    figure, ax = canvas(0.4 + rows_height(shown), chosen, message("alt.mentions", actors=tuple(each)), key_lines(shown))
    at = range(len(shown))
    ax.barh(at, shown["names"], color=chosen.colours["names"], height=0.7, label=rtl.label("بالاسم  by name"))
    if shown["descriptions"].any():
        pale: dict[str, Any] = {"color": chosen.colours["descriptions"], "label": rtl.label(DESCRIBED)}
        ax.barh(at, shown["descriptions"], left=shown["names"], height=0.7, **pale)
    sign_key(ax, shown)
    for y, total in enumerate(shown.loc[shown["actor_id"] != "", "mentions"]):
        ax.annotate(f"{total:,}", (total, y), (-5, 0), textcoords="offset points", ha="right", va="center")
    name_rows(ax, shown)
    key(figure, ax)
    ax.set_xlim(right=0, left=shown["mentions"].max() * 1.08)
    numbered(ax)
    return figure


@styled
def dispersion(mentions: pd.DataFrame, paragraphs: int, **options: Unpack[Options]) -> Figure:
    """Where each actor is named: one mark per mention, the article's first paragraph at the right.

    mentions     as returned by `frames.mentions`
    paragraphs   the number of paragraphs of the article
    rows, order, colours    of actors, by `mentions` (how many), `start` (of the first), or a column of their names; of
                            `names` and `descriptions`
    """
    titles = (
        "أين يُذكَر كل طرف؟",
        "Where in the article each actor is named, from the first paragraph to the last",
    )
    chosen = look(options, titles, CHART_ACTORS, {"names": DARK, "descriptions": ACCENT})
    if mentions.empty:
        return empty_figure(chosen, NOBODY)
    actor = ["actor_id", "name_ar", "name_en", "found_by"]
    counted = mentions.groupby(actor)["start"].agg(mentions="size", start="min").reset_index()
    counted = counted.sort_values(["mentions", "start"], ascending=[False, True], ignore_index=True)
    shown = most_named(counted, chosen, counted["mentions"])
    if not chosen.order:
        shown = shown.assign(rest=shown["actor_id"] == "")
        shown = shown.sort_values(["rest", "start", "actor_id"], ignore_index=True)
    alt = message("alt.dispersion", actors=_where(shown, mentions))
    figure, ax = canvas(0.7 + rows_height(shown), chosen, alt, key_lines(shown))
    mentions = mentions[mentions["actor_id"].isin(shown["actor_id"])]
    # Mentions of one paragraph are spread in it in the order of their offsets, so that they do not overlap.
    spread = mentions.groupby("paragraph")["start"].transform(lambda at: (at.rank() - 0.5) / len(at))
    x = mentions["paragraph"] - 0.5 + spread
    y = mentions["actor_id"].map({each: n for n, each in enumerate(shown["actor_id"])})
    described = mentions["via"] == "description"
    for paragraph in range(1, paragraphs + 1, 2) if paragraphs <= STRIPED_PARAGRAPHS else ():
        ax.axvspan(paragraph - 0.5, paragraph + 0.5, color="#f4f6f8", zorder=0)
    bar: dict[str, Any] = {"color": chosen.colours["names"], "ms": 12, "mew": 2.2}
    ax.plot(x[~described], y[~described], "|", label=rtl.label("بالاسم  by name"), **bar)
    if described.any():
        ring: dict[str, Any] = {"mfc": "none", "mec": chosen.colours["descriptions"], "ms": 6.5, "mew": 1.4}
        ax.plot(x[described], y[described], "o", label=rtl.label(DESCRIBED), **ring)
    sign_key(ax, shown)
    name_rows(ax, shown)
    key(figure, ax)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, paragraphs) if paragraphs <= 20 * step)
    ax.set_xticks(sorted({1, *range(step, paragraphs + 1, step)}))
    ax.set_xlabel(rtl.label("الفقرة  paragraph"))
    ax.set_xlim(paragraphs + 0.5, 0.5)
    ax.grid(axis="x", visible=False)
    ax.grid(axis="y", visible=True)
    return figure


def _where(shown: pd.DataFrame, mentions: pd.DataFrame) -> tuple[Message | Name, ...]:
    """The first and the last paragraph that name each actor, for an alt text."""
    between = mentions.groupby("actor_id")["paragraph"].agg(["min", "max"]).astype(int)
    found: list[Message | Name] = []
    for row in shown.itertuples():
        if row.actor_id:
            first, last = map(int, between.loc[row.actor_id])
            said = "alt.paragraph" if first == last else "alt.paragraphs"
            found.append(message(said, name=who(row), first=first, last=last))
        else:
            found.append(who(row))
    return tuple(found)


@styled
def named_together(matrix: pd.DataFrame, names: pd.DataFrame, **options: Unpack[Options]) -> Figure:
    """A matrix: in how many sentences two actors are named together, most named at the right and the top.

    matrix     as returned by `frames.together`
    names      a table with actor_id, name_ar, name_en
    rows, order, colours    of actors, by a column of `names` or `sentences` (that name the actor); of `together`
    """
    titles = ("مَن يُذكَر مع مَن؟", "Who is named together: sentences that name both")
    chosen = look(options, titles, CHART_ACTORS, {"together": DARK})
    if len(matrix) < 2:
        return empty_figure(
            chosen,
            ("لا يُذكر طرفان معاً في جملتين أو أكثر", "no two actors are named in two sentences or more"),
        )
    named, matrix, cut = _few(chosen, matrix, names)
    ids = list(matrix.index)
    pairs = sorted((-int(matrix.loc[a, b]), i, a, b) for i, a in enumerate(ids) for b in ids[i + 1 :])
    called = {row.actor_id: who(row) for row in named.itertuples()}
    most_often = tuple(message("alt.pair", one=called[a], other=called[b], n=-n) for n, _, a, b in pairs[:3] if n)
    alt = message("alt.together", n=len(matrix), pairs=most_often or message("alt.none"))
    small = 0 if len(matrix) < MANY_COLUMNS else 1  # points by which the font is smaller
    below = [(_narrow(row.name_ar), _narrow(row.name_en)) for row in named.itertuples()]
    arabic, english = (max(label.count("\n") + 1 for label in labels) for labels in zip(*below, strict=True))
    height = 0.35 + 0.17 * arabic + 0.15 * english + rows_height(named)
    figure, ax = canvas(height, chosen, alt, key_lines(named, False), cut)
    shown = matrix.to_numpy(dtype=float, copy=True)
    for i in range(len(matrix)):
        shown[i, i] = float("nan")
    most = max(-pairs[0][0], 1)
    shades = LinearSegmentedColormap.from_list("together", ["#f4f6f8", chosen.colours["together"]])
    ax.pcolormesh(shown, cmap=shades, vmin=0, vmax=most, edgecolors="white", linewidth=2)
    for i in range(len(matrix)):
        for j in range(len(matrix)):
            value = int(matrix.iloc[i, j])
            if i != j and value:
                colour = ink_on(to_hex(shades(value / most)))
                ax.text(j + 0.5, i + 0.5, str(value), ha="center", va="center", color=colour)
    centres = [n + 0.5 for n in range(len(matrix))]
    name_rows(ax, named, centre=0.5)
    sign_key(ax, named)
    key(figure, ax)
    ax.set_xticks(centres, [])
    for at, (name_ar, name_en) in zip(centres, below, strict=True):
        style: dict[str, Any] = {
            "xycoords": ("data", "axes fraction"),
            "textcoords": "offset points",
            "ha": "center",
            "va": "top",
        }
        ax.annotate(name_ar, (at, 0), (0, -4), fontsize=8 - small, **style)
        if name_en != name_ar:
            ax.annotate(name_en, (at, 0), (0, -4 - 12 * arabic), fontsize=7 - small, color=QUIET, **style)
    ax.spines["bottom"].set_visible(False)
    ax.grid(visible=False)
    return figure


def _narrow(name: str) -> str:
    """A name for a column: few letters per line, and the mark of a romanised name on the line of its first word."""
    return rtl.label(name.replace("≈ ", "≈\u00a0"), 9)


def _few(chosen: Look, matrix: pd.DataFrame, names: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, Cut | None]:
    """The actors of a matrix that are shown, in order: their names, their matrix, and the cut, if some are left out."""
    named = names.drop_duplicates("actor_id").set_index("actor_id", drop=False).loc[list(matrix.index)]
    named = named.assign(sentences=[int(matrix.loc[each, each]) for each in matrix.index]).reset_index(drop=True)
    shown, cut = chosen.first(named)
    return shown, matrix.loc[shown["actor_id"], shown["actor_id"]], cut


@styled
def spellings(table: pd.DataFrame, names: pd.DataFrame, **options: Unpack[Options]) -> Figure:
    """Bars: in which words each actor is named, for actors with two spellings or more.

    table      as returned by `frames.spellings`
    names      a table with actor_id, name_ar, name_en
    rows, order, colours    of actors, by a column of `names` or `mentions`; of `names` and `descriptions`
    """
    titles = ("بأي صيغة يُذكَر كل طرف؟", "How actors are named: the spellings and descriptions of each")
    chosen = look(options, titles, CHART_ACTORS, {"names": DARK, "descriptions": LIGHT})
    several = table[table.groupby("actor_id")["exact"].transform("size") > 1]
    if several.empty:
        return empty_figure(chosen, ("لا طرف كُتب اسمه بصورتين", "no actor is named in two spellings"))
    totals = several.groupby("actor_id", sort=False)["mentions"].sum()
    called = names.drop_duplicates("actor_id").set_index("actor_id", drop=False).loc[totals.index]
    shown, cut = chosen.first(called.assign(mentions=totals))
    at = {actor: n for n, actor in enumerate(shown["actor_id"])}
    several = several[several["actor_id"].isin(at)].sort_values("actor_id", key=lambda ids: ids.map(at), kind="stable")
    several = several.head(2 * CHART_ROWS).reset_index(drop=True)
    shown = shown[shown["actor_id"].isin(several["actor_id"])]
    each = tuple(
        message("alt.spelling", name=who(called.loc[row.actor_id]), exact=Name("", row.exact), n=int(row.mentions))
        for row in several.itertuples()
    )
    alt = message("alt.spellings", spellings=each)
    firsts = several["actor_id"] != several["actor_id"].shift()
    at_rows = several.index + firsts.cumsum()  # the name of each actor is above its spellings
    figure, ax = canvas(0.4 + 0.24 * (len(several) + len(shown)), chosen, alt, key_lines(shown), cut)
    described = several["via"] == "description"
    for here, of, text in (
        (~described, "names", "بالاسم  by name"),
        (described, "descriptions", "بالوصف  by description"),
    ):
        if here.any():
            widths = several["mentions"].where(here, 0)
            ax.barh(at_rows, widths, color=chosen.colours[of], height=0.72, label=rtl.label(text))
    ax.set_yticks(at_rows, [rtl.label(exact, 40) for exact in several["exact"]], fontsize=8.5)
    sign_key(ax, shown)
    key(figure, ax)
    for y, n in zip(at_rows, several["mentions"], strict=True):
        beside(ax, f"{n:,}", (n, y), (-5, 0), ha="right", va="center", fontsize=8)
    for y, actor in zip(at_rows[firsts] - 1, shown.itertuples(), strict=True):
        if actor.found_by in SIGNS:
            sign(ax, actor.found_by, [y], 1)
        style: dict[str, Any] = {
            "xycoords": ("axes fraction", "data"),
            "textcoords": "offset points",
            "va": "center",
            "fontsize": 8.5,
        }
        name = rtl.label(textwrap.shorten(actor.name_ar, 44, placeholder=" …"))
        ax.annotate(name, (1, y), (19 if signed(shown) else 8, 0), fontweight="bold", **style)
        if actor.name_en != actor.name_ar:
            english = textwrap.shorten(actor.name_en, 80, placeholder=" …")
            ax.annotate(rtl.label(english), (1, y), (-4, 0), ha="right", color=QUIET, **style)
        ax.axhline(y - 0.5, color="#c8ccd0", linewidth=0.8)
    ax.set_xlim(several["mentions"].max() * 1.08, 0)
    ax.set_ylim(at_rows.max() + 0.5, -0.5)
    numbered(ax)
    return figure


@styled
def network(matrix: pd.DataFrame, names: pd.DataFrame, **options: Unpack[Options]) -> Figure:
    """Arcs: the same counts as the matrix, as a network; the stronger the arc, the more sentences name both.

    matrix     as returned by `frames.together`
    names      a table with actor_id, name_ar, name_en
    rows, order, colours    of actors, by a column of `names` or `sentences` (that name the actor); of `strong` pairs and
                            of `others`
    """
    titles = (
        "شبكة الذِّكر المشترك",
        "Who is named together, as a network: the wider an arc, the more sentences",
    )
    chosen = look(options, titles, CHART_ACTORS, {"strong": DARK, "others": LIGHT})
    named, matrix, cut = _few(chosen, matrix, names)
    ids = list(matrix.index)
    pairs = [(int(matrix.iloc[i, j]), i, j) for i in range(len(ids)) for j in range(i + 1, len(ids))]
    pairs = sorted(pair for pair in pairs if pair[0])
    if not pairs:
        return empty_figure(chosen, ("لا يُذكر طرفان في جملة واحدة", "no two actors are named in one sentence"))
    degrees = tuple(
        message("alt.degree", name=who(row), n=sum(1 for _, a, b in pairs if i in (a, b)))
        for i, row in enumerate(named.itertuples())
    )
    how_many = message("alt.n.actors", n=len(ids)), message("alt.n.pairs", n=len(pairs))
    alt = message("alt.network", counts=how_many, actors=degrees)
    figure, ax = canvas(0.3 + rows_height(named), chosen, alt, key_lines(named, False), cut)
    name_rows(ax, named)
    sign_key(ax, named)
    key(figure, ax)
    most = pairs[-1][0]
    for count, i, j in pairs:
        reach = (j - i) * 1.0
        curve = Path([(0, i), (reach * 0.9, i), (reach * 0.9, j), (0, j)], [Path.MOVETO, *[Path.CURVE4] * 3])
        strength = count / most
        colour = chosen.colours["strong" if strength > STRONG else "others"]
        ax.add_patch(PathPatch(curve, fill=False, edgecolor=colour, linewidth=0.8 + 6 * strength, alpha=0.85))
        if strength > STRONG:
            box = {"boxstyle": "round,pad=0.12", "facecolor": "white", "edgecolor": "none"}
            ax.text(reach * 0.675, (i + j) / 2, str(count), ha="center", va="center", fontsize=8, bbox=box)
    ax.plot([0] * len(ids), range(len(ids)), "o", color=chosen.colours["strong"], ms=6, clip_on=False)
    ax.set_xlim(len(ids) * 0.72, 0)
    ax.set_xticks([])
    ax.grid(visible=False)
    ax.spines["bottom"].set_visible(False)
    return figure
