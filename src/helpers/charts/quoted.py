"""Charts of who is quoted in many articles: how often, and when; each text counts once."""

from typing import Unpack

import pandas as pd
from matplotlib.figure import Figure

from helpers.charts.canvas import beside, canvas, empty_figure, key, numbered, stacked
from helpers.charts.grids import MONTHS, SPEAKERS, headed, headings_height, part
from helpers.charts.names import name_rows, rows_height
from helpers.charts.options import Options, look, styled
from helpers.charts.style import DARK, LIGHT, ink_on
from helpers.records.messages import Name, message

QUOTED = 16  # names of one chart


@styled
def most_quoted(quoted: pd.DataFrame, **options: Unpack[Options]) -> Figure:
    """Bars: the statements of each person, organisation or group, those that are direct quotations at the right. What several
    articles have in the same sentence counts once.

    quoted     as `quoted_frames.named` gives it
    rows, order, colours    of names, by any column of `quoted`; of `direct`, `other_words`
    """
    titles = (
        "مَن يُنقل كلامه أكثر من غيره؟ كل نص مرة واحدة",
        "Who is quoted most: statements, each text once, and those that are direct quotations",
    )
    chosen = look(options, titles, QUOTED, {"direct": DARK, "other_words": LIGHT})
    heard = quoted[quoted["distinct_statements"] > 0]
    if heard.empty:
        return empty_figure(chosen, ("لا تصريح لمصدر مسمّى", "no statement of a named source is reported"))
    shown, cut = chosen.first(heard)
    shown = shown.assign(other_words=shown["distinct_statements"] - shown["direct"], name_ar=shown["name"])
    each = tuple(
        message("alt.quoted", name=Name(r.name_en, r.name), n=int(r.distinct_statements), direct=int(r.direct))
        for r in shown.itertuples()
    )
    figure, ax = canvas(0.4 + rows_height(shown), chosen, message("alt.most_quoted", names=each), keyed=1, cut=cut)
    parts = {"direct": "بلفظه  direct", "other_words": "بغير لفظه أو ببعضه  in other words, wholly or in part"}
    stacked(ax, shown, {column: (chosen.colours[column], said) for column, said in parts.items()}, 0.66)
    for y, row in enumerate(shown.itertuples()):
        n = row.distinct_statements
        beside(ax, f"{n:,}", (n, y), (-5, 0), ha="right", va="center", fontsize=8)
    name_rows(ax, shown)
    ax.set_xlim(shown["distinct_statements"].max() * 1.1, 0)
    numbered(ax)
    key(figure, ax)
    return figure


@styled
def quoted_by_month(months: pd.DataFrame, **options: Unpack[Options]) -> Figure:
    """Names in rows, months in columns, the earliest at the right: how many statements of each are reported, each
    text once, in the month of the first article that has it.

    months     as `quoted_frames.by_month` gives it
    rows, order, colours    of names, by `name`, `name_en` or `distinct_statements` (over all months); of `distinct_statements`
    """
    titles = ("مَن يُنقل كلامه، ومتى؟ كل نص مرة واحدة", "Who is quoted when: statements by month, each text once")
    chosen = look(options, titles, SPEAKERS, {"distinct_statements": DARK})
    if months.empty:
        return empty_figure(chosen, ("لا تصريح مؤرَّخ لمصدر مسمّى", "no statement of a named source has a date"))
    every = months.groupby("name", sort=False).agg(
        name_en=("name_en", "first"), distinct_statements=("distinct_statements", "sum")
    )
    every = every.reset_index().sort_values("distinct_statements", ascending=False, kind="stable")
    named, _ = chosen.first(every)
    columns = sorted(months["month"].unique())
    kept, rows = columns[-MONTHS:], named["name"].tolist()
    counts = {"names": (len(rows), len(every)), "months": (len(kept), len(columns))}
    cut = part(**{what: both for what, both in counts.items() if both[0] < both[1]})
    cells = months[months["month"].isin(kept) & months["name"].isin(rows)]
    each = tuple(
        message(
            "alt.quoted_months",
            name=Name(r.name_en, r.name),
            months=tuple(
                message("alt.count", what=cell.month, n=int(cell.distinct_statements))
                for cell in cells[cells["name"] == r.name].itertuples()
            ),
        )
        for r in named.itertuples()
        if (cells["name"] == r.name).any()
    )
    shown = named.assign(name_ar=named["name"])
    above = headings_height(["2024-01"])
    alt = message("alt.quoted_by_month", names=each)
    figure, ax = canvas(0.2 + rows_height(shown), chosen, alt, cut=cut, above=above)
    x, y = [kept.index(month) for month in cells["month"]], [rows.index(name) for name in cells["name"]]
    colour = chosen.colours["distinct_statements"]
    ax.scatter(
        x,
        y,
        s=90 + 260 * cells["distinct_statements"] / max(cells["distinct_statements"].max(), 1),
        color=colour,
        zorder=3,
    )
    for at, row, n in zip(x, y, cells["distinct_statements"], strict=True):
        ax.text(at, row, str(n), ha="center", va="center", fontsize=7.5, color=ink_on(colour), zorder=4)
    name_rows(ax, shown)
    ax.set_xlim(len(kept) - 0.5, -0.5)
    headed(ax, range(len(kept)), kept)
    ax.hlines(range(len(rows)), -0.5, len(kept) - 0.5, color="#e6e8ea", linewidth=0.8, zorder=0)
    return figure
