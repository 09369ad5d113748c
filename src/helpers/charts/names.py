"""Rows of actors in charts: the most named ones, their names in Arabic and English, the sign of who found each."""

import textwrap
from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import offset_copy

from helpers.charts import rtl
from helpers.charts.options import Look
from helpers.charts.style import INK, QUIET, ROW_INCHES, SIGNS
from helpers.records.messages import Name

COUNTED = {"mentions": "مرات الذكر", "claims": "الادعاءات"}
NAME_CHARACTERS = 52  # characters of a name on one line
MARKER = 6.0  # size in points of the sign next to a name


def most_named(names: pd.DataFrame, look: Look, numbers: Sequence[int], said: str = "mentions") -> pd.DataFrame:
    """The first actors of a table, at most as many as the look has rows; then a row that says how many more there are.

    numbers    one number per actor of the table, in order
    said       what they count, a key of COUNTED
    Returns    the rows to show; if actors are left out, the last row has no actor_id and nothing to draw, but their
               number.
    """
    most = len(names) if look.rows is None else look.rows
    shown, left = look.ordered(names.iloc[:most]), len(names) - most
    if left <= 0:
        return shown
    n = int(sum(list(numbers)[most:]))
    line = {
        "name_ar": f"أطراف أخرى: {left:,} ({COUNTED[said]}: {n:,})",
        "name_en": f"more actors: {left:,} ({said}: {n:,})",
    }
    numeric = names.select_dtypes("number").columns
    last = {column: 0 if column in numeric else "" for column in names.columns} | line
    return pd.concat([shown, pd.DataFrame([last]).astype(shown.dtypes.to_dict())], ignore_index=True)


def who(row: Any) -> Name:
    """The name of the actor, or of those left out, in a row of `most_named`, for an alt text."""
    return Name(row.name_en, row.name_ar)


def signed(names: pd.DataFrame) -> list[str]:
    """The values of `found_by` in a table that have a sign (see SIGNS)."""
    found = set(names["found_by"]) if "found_by" in names else set()
    return [by for by in SIGNS if by in found]


def key_lines(names: pd.DataFrame, others: bool = True) -> int:
    """The number of lines of a chart's key: one for its marks, if it has any, and one for the signs next to names."""
    return int(others) + bool(signed(names))


def sign_key(ax: Axes, names: pd.DataFrame) -> None:
    """Add the signs next to the names of a table to the legend, if there are any."""
    for by in signed(names):
        mark(ax, by, [], [], label=rtl.label(SIGNS[by].text), in_layout=False)


def sign(ax: Axes, by: str, rows: list[float], edge: int) -> None:
    """Draw the sign for `by` in some rows, to the right of the axes' right edge (1) or of its left edge (0)."""
    place = offset_copy(ax.get_yaxis_transform(), ax.get_figure(root=True), x=11 if edge else 5, units="points")
    mark(ax, by, [float(edge)] * len(rows), rows, transform=place)


def mark(ax: Axes, by: str, x: list[float], y: list[float], **keywords: Any) -> None:
    """Draw the sign for `by`, a value of `found_by`, at some places; `keywords` are passed to `Axes.plot`."""
    sign = SIGNS[by]
    face = INK if sign.filled else "white"
    size = MARKER * (0.8 if sign.filled else 1)
    ax.plot(x, y, sign.marker, ms=size, mfc=face, mec=INK, mew=1.1, linestyle="none", clip_on=False, **keywords)


def rows_height(names: pd.DataFrame) -> float:
    """The height in inches that `name_rows` needs: every row has room for the name with the most lines."""
    labels = (_name(name) for column in ("name_ar", "name_en") for name in names[column])
    return len(names) * ROW_INCHES * max((label.count("\n") + 1 for label in labels), default=1)


def _name(text: str) -> str:
    """A name as a label of at most two lines."""
    return rtl.label(textwrap.shorten(text, 2 * NAME_CHARACTERS - 8, placeholder=" …"), NAME_CHARACTERS)


def name_rows(ax: Axes, names: pd.DataFrame, centre: float = 0) -> None:
    """One row per actor, the first at the top: the Arabic name at the right of the axes, the English one under it, and
    the sign of who found it before both (see `sign_key`).
    """
    at = [n + centre for n in range(len(names))]
    ax.set_yticks(at, [])
    signs = signed(names)
    beside = 19 if signs else 8  # points from the axes to the names
    for by in signs:
        sign(ax, by, [y for y, who in zip(at, names["found_by"], strict=True) if who == by], 1)
    for y, row in zip(at, names.itertuples(), strict=True):
        styles: tuple[tuple[str, int, int, dict[str, Any]], ...] = (
            (row.name_ar, 3, 0, {}),
            (row.name_en, -10, -11, {"color": QUIET, "fontsize": 8}),
        )
        if row.name_ar == row.name_en:  # the article itself has it in Latin letters
            styles = ((row.name_ar, -4, 0, {}),)
        for text, rise, line, style in styles:
            label = _name(text)
            # The anchor is the baseline of the last line: Arabic extends upwards from it, English is moved down.
            place = (1, y), (beside, rise + line * label.count("\n")), ("axes fraction", "data"), "offset points"
            ax.annotate(label, *place, va="baseline", linespacing=1, **style)
    ax.set_ylim(len(names) - 0.5 + centre, -0.5 + centre)
