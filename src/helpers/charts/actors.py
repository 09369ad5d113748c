"""Charts of who is named: how often, in which words, where, and with whom."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator

from helpers.charts import rtl
from helpers.charts.style import (
    ACCENT,
    CHART_ACTORS,
    CHART_ROWS,
    DARK,
    LIGHT,
    QUIET,
    SIGNS,
    Titles,
    canvas,
    first,
    key,
    key_lines,
    most_named,
    name_rows,
    nothing,
    rows_height,
    sentence,
    sign,
    sign_key,
    styled,
)

STRONG = 0.34  # of the strongest pair: a stronger one is drawn dark, with its number
STRIPED_PARAGRAPHS = 60  # paragraphs that can be distinguished


@styled
def mentions_per_actor(counts: pd.DataFrame) -> Figure:
    """Bars: mentions of each actor, by name and by description. `counts` as `frames.counts` gives it."""
    titles: Titles = ("مَن يُذكَر في المقال؟", "Who is named: mentions per actor")
    if counts.empty:
        return nothing(titles, "no actor is named in this article")
    counts = most_named(counts, counts["mentions"])
    said = sentence([f"{row.name_en} {row.mentions or ''}".strip() for row in counts.itertuples()])
    figure, ax = canvas(
        0.4 + rows_height(counts), titles, f"Bar chart of mentions per actor: {said}.", key_lines(counts)
    )
    at = range(len(counts))
    ax.barh(at, counts["names"], color=DARK, height=0.7, label=rtl.label("بالاسم  by name"))
    if counts["descriptions"].any():
        text = rtl.label("بالوصف  by description, resolved by annotators")
        ax.barh(at, counts["descriptions"], left=counts["names"], color=LIGHT, height=0.7, label=text)
    sign_key(ax, counts)
    for y, total in enumerate(counts.loc[counts["actor_id"] != "", "mentions"]):
        ax.annotate(str(total), (total, y), (-5, 0), textcoords="offset points", ha="right", va="center")
    name_rows(ax, counts)
    key(figure, ax)
    ax.set_xlim(right=0, left=counts["mentions"].max() * 1.08)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


@styled
def dispersion(mentions: pd.DataFrame, paragraphs: int) -> Figure:
    """Where each actor is named: a mark a mention, the article's first paragraph at the right.

    mentions    as `frames.mentions` gives it; paragraphs   how many the article has.
    """
    titles: Titles = (
        "أين يُذكَر كلّ طرف؟",
        "Where in the article each actor is named, from the first paragraph to the last",
    )
    if mentions.empty:
        return nothing(titles, "no actor is named in this article")
    who = ["actor_id", "name_ar", "name_en", "found_by"]
    counted = mentions.groupby(who)["start"].agg(["size", "min"]).reset_index()
    counted = counted.sort_values(["size", "min"], ascending=[False, True], ignore_index=True)
    order = most_named(counted, counted["size"])
    order = order.assign(rest=order["actor_id"] == "").sort_values(["rest", "min", "actor_id"], ignore_index=True)
    mentions = mentions[mentions["actor_id"].isin(order["actor_id"])]
    begins = mentions.groupby("name_en", sort=False)["paragraph"].agg(["min", "max"])
    said = sentence(
        [
            f"{name} in paragraphs {a} to {b}" if a != b else f"{name} in paragraph {a}"
            for name, a, b in begins.itertuples()
        ]
        + list(order.loc[order["rest"], "name_en"])
    )
    figure, ax = canvas(
        0.7 + rows_height(order), titles, f"Dispersion of mentions over the article: {said}.", key_lines(order)
    )
    # Inside its paragraph a mention stands where its offset puts it, so that several stay apart.
    spread = mentions.groupby("paragraph")["start"].transform(lambda at: (at.rank() - 0.5) / len(at))
    x = mentions["paragraph"] - 0.5 + spread
    y = mentions["actor_id"].map({actor: n for n, actor in enumerate(order["actor_id"])})
    described = mentions["via"] == "description"
    for paragraph in range(1, paragraphs + 1, 2) if paragraphs <= STRIPED_PARAGRAPHS else ():
        ax.axvspan(paragraph - 0.5, paragraph + 0.5, color="#f4f6f8", zorder=0)
    ax.plot(x[~described], y[~described], "|", color=DARK, ms=12, mew=2.2, label=rtl.label("بالاسم  by name"))
    if described.any():
        text = rtl.label("بالوصف  by description, resolved by annotators")
        ax.plot(x[described], y[described], "o", mfc="none", mec=ACCENT, ms=6.5, mew=1.4, label=text)
    sign_key(ax, order)
    name_rows(ax, order)
    key(figure, ax)
    ax.set_xticks(range(1, paragraphs + 1, max(1, paragraphs // 20)))
    ax.set_xlabel(rtl.label("الفقرة  paragraph"))
    ax.set_xlim(paragraphs + 0.5, 0.5)
    ax.grid(axis="x", visible=False)
    ax.grid(axis="y", visible=True)
    return figure


@styled
def named_together(matrix: pd.DataFrame, names: pd.DataFrame) -> Figure:
    """A matrix: in how many sentences two actors are named together, most named at the right and the top.

    matrix    as `frames.together` gives it; names    a table with actor_id, name_ar, name_en.
    """
    titles: Titles = ("مَن يُذكَر مع مَن؟", "Who is named together: sentences that name both")
    if len(matrix) < 2:
        return nothing(titles, "no two actors are named in two sentences or more")
    titles, matrix = _few(titles, matrix)
    named = names.drop_duplicates("actor_id").set_index("actor_id").loc[matrix.index]
    ids = list(matrix.index)
    pairs = sorted((-int(matrix.loc[a, b]), i, a, b) for i, a in enumerate(ids) for b in ids[i + 1 :])
    named_en = named["name_en"]
    said = sentence([f"{named_en[a]} and {named_en[b]} in {-n} sentences" for n, _, a, b in pairs[:3] if n])
    alt = f"Matrix of {len(matrix)} actors named in the same sentence; most often {said}."
    below = [(rtl.label(row.name_ar, 9), rtl.label(row.name_en, 9)) for row in named.itertuples()]
    arabic, english = (max(label.count("\n") + 1 for label in labels) for labels in zip(*below, strict=True))
    height = 0.35 + 0.17 * arabic + 0.15 * english + rows_height(named)
    figure, ax = canvas(height, titles, alt, keyed=key_lines(named, False))
    shown = matrix.to_numpy(dtype=float, copy=True)
    for i in range(len(matrix)):
        shown[i, i] = float("nan")
    most = max(-pairs[0][0], 1)
    ax.pcolormesh(shown, cmap="Blues", vmin=0, vmax=most * 1.25, edgecolors="white", linewidth=2)
    for i in range(len(matrix)):
        for j in range(len(matrix)):
            value = int(matrix.iloc[i, j])
            if i != j and value:
                colour = "white" if value > most * 0.8 else "#1f2428"
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
        ax.annotate(name_ar, (at, 0), (0, -4), fontsize=8, **style)
        if name_en != name_ar:
            ax.annotate(name_en, (at, 0), (0, -4 - 12 * arabic), fontsize=7, color=QUIET, **style)
    ax.spines["bottom"].set_visible(False)
    ax.grid(visible=False)
    return figure


def _few(titles: Titles, matrix: pd.DataFrame) -> tuple[Titles, pd.DataFrame]:
    """The actors that are named most, of a matrix."""
    few, rows = first(titles, matrix.index.to_frame(index=False), CHART_ACTORS)
    return few, matrix.loc[rows["actor_id"], rows["actor_id"]]


@styled
def spellings(table: pd.DataFrame, names: pd.DataFrame) -> Figure:
    """Bars: in which words each actor is named, for actors with two spellings or more.

    table    as `frames.spellings` gives it; names    a table with actor_id, name_ar, name_en.
    """
    titles: Titles = ("بأيّ صيغة يُذكَر كلّ طرف؟", "How actors are named: the spellings and descriptions of each")
    several = table[table.groupby("actor_id")["exact"].transform("size") > 1].reset_index(drop=True)
    if several.empty:
        return nothing(titles, "no actor is named in two spellings")
    titles, kept = first(titles, several.drop_duplicates("actor_id"), CHART_ACTORS)
    several = several[several["actor_id"].isin(kept["actor_id"])].head(2 * CHART_ROWS).reset_index(drop=True)
    called = names.drop_duplicates("actor_id").set_index("actor_id")
    said = sentence(
        [f"{called['name_en'][row.actor_id]} as {row.exact} {row.mentions}" for row in several.itertuples()]
    )
    shown = called.loc[several["actor_id"].unique()]
    figure, ax = canvas(0.4 + 0.24 * len(several), titles, f"Bar chart of spellings: {said}.", key_lines(shown))
    described = several["via"] == "description"
    for here, colour, text in ((~described, DARK, "بالاسم  by name"), (described, LIGHT, "بالوصف  by description")):
        if here.any():
            widths = several["mentions"].where(here, 0)
            ax.barh(several.index, widths, color=colour, height=0.72, label=rtl.label(text))
    ax.set_yticks(several.index, [rtl.label(exact, 40) for exact in several["exact"]], fontsize=8.5)
    sign_key(ax, shown)
    key(figure, ax)
    for y, row in several.iterrows():
        ax.annotate(
            str(row["mentions"]),
            (row["mentions"], y),
            (-5, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            fontsize=8,
        )
        if y == 0 or several["actor_id"][y - 1] != row["actor_id"]:
            if (by := called["found_by"][row["actor_id"]]) in SIGNS:
                sign(ax, by, [y], 0)
            place = (0, y), (13 if by in SIGNS else 2, 0), ("axes fraction", "data"), "offset points"
            both = rtl.label(f"{called['name_ar'][row['actor_id']]} · {called['name_en'][row['actor_id']]}")
            ax.annotate(both, *place, va="center", color=QUIET, fontsize=8)
            ax.axhline(y - 0.5, color="#c8ccd0", linewidth=0.8)
    ax.set_xlim(several["mentions"].max() * 1.35, 0)
    ax.set_ylim(len(several) - 0.5, -0.5)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


@styled
def network(matrix: pd.DataFrame, names: pd.DataFrame) -> Figure:
    """Arcs: the same counts as the matrix, as a network; the stronger the arc, the more sentences name both.

    matrix    as `frames.together` gives it; names    a table with actor_id, name_ar, name_en.
    """
    titles: Titles = (
        "شبكة الذِّكر المشترك",
        "Who is named together, as a network: the wider an arc, the more sentences",
    )
    titles, matrix = _few(titles, matrix)
    ids = list(matrix.index)
    pairs = [(int(matrix.iloc[i, j]), i, j) for i in range(len(ids)) for j in range(i + 1, len(ids))]
    pairs = sorted(pair for pair in pairs if pair[0])
    if not pairs:
        return nothing(titles, "no two actors are named in one sentence")
    named = names.drop_duplicates("actor_id").set_index("actor_id").loc[ids]
    degree = {i: sum(1 for _, a, b in pairs if i in (a, b)) for i in range(len(ids))}
    said = sentence([f"{named['name_en'].iloc[i]} with {n} others" for i, n in degree.items()])
    alt = f"Network of {len(ids)} actors and {len(pairs)} pairs: {said}."
    figure, ax = canvas(0.3 + rows_height(named), titles, alt, keyed=key_lines(named, False))
    name_rows(ax, named)
    sign_key(ax, named)
    key(figure, ax)
    most = pairs[-1][0]
    for count, i, j in pairs:
        reach = (j - i) * 1.0
        curve = Path([(0, i), (reach * 0.9, i), (reach * 0.9, j), (0, j)], [Path.MOVETO, *[Path.CURVE4] * 3])
        strength = count / most
        colour = DARK if strength > STRONG else LIGHT
        ax.add_patch(PathPatch(curve, fill=False, edgecolor=colour, linewidth=0.8 + 6 * strength, alpha=0.85))
        if strength > STRONG:
            box = {"boxstyle": "round,pad=0.12", "facecolor": "white", "edgecolor": "none"}
            ax.text(reach * 0.675, (i + j) / 2, str(count), ha="center", va="center", fontsize=8, bbox=box)
    ax.plot([0] * len(ids), range(len(ids)), "o", color=DARK, ms=6, clip_on=False)
    ax.set_xlim(len(ids) * 0.72, 0)
    ax.set_xticks([])
    ax.grid(visible=False)
    ax.spines["bottom"].set_visible(False)
    return figure
