"""What all charts share: one style, one width, titles and key from the right edge, rows of actors, images with alt text."""

import io
import textwrap
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import matplotlib as mpl
import pandas as pd
from IPython.display import HTML, Image
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.transforms import offset_copy
from PIL import Image as Picture

from helpers.charts import rtl
from helpers.files import atomic, paths
from helpers.records.basis import UNCLAIMED, Basis
from helpers.text import invisible

# Okabe and Ito (2008), "Color Universal Design"; distinguishable in grey too, by their lightness.
DARK, MIDDLE, LIGHT, ACCENT = "#0072B2", "#56B4E9", "#BFE0F5", "#D55E00"
QUIET, INK = "#5b636a", "#1f2428"
# Claims by kind, as the report marks them, darker for bars.
KIND_COLOURS = {"direct": "#E69F00", "mixed": "#D55E00", "indirect": "#56B4E9"}


@dataclass(frozen=True, slots=True)
class Look:
    """How charts show a basis: its colour, its name in Arabic and in English, and both in short for a key."""

    colour: str
    arabic: str
    english: str
    short: str


BASES = {
    Basis.NAMED: Look(DARK, "مصدر مسمّى", "named source", "مصدر مسمّى  named source"),
    Basis.UNNAMED: Look(MIDDLE, "مصدر غير مسمّى", "unnamed source", "غير مسمّى  unnamed"),
    Basis.NOT_IDENTIFIED: Look(LIGHT, "متحدث غير محدَّد", "speaker not identified", "متحدث غير محدَّد  not identified"),
    Basis.OUTLET: Look(ACCENT, "كلام الوسيلة نفسها", "the outlet's own voice", "كلام الوسيلة  own voice"),
    UNCLAIMED: Look("#c8ccd0", "خارج أيّ ادّعاء", "in no claim", "خارج أيّ ادّعاء  in no claim"),
}
STANCE_NAMES = {  # of a cue
    "neutral": "محايد",
    "factive": "تقريري",
    "assertive": "توكيدي",
    "distancing": "تحفّظي",
    "negative": "سلبي",
}


@dataclass(frozen=True, slots=True)
class Sign:
    """How charts show who knows an actor: a sign beside its name, and what the key says of it."""

    marker: str
    filled: bool
    text: str


SIGNS = {  # an actor of the project's lexicons has none
    "machine": Sign("s", False, "وجدته الآلة  found by machine"),
    "own": Sign("D", True, "من معجمك  your own lexicon"),
}
WIDTH_INCHES = 8.0
KEY_INCHES = 0.25  # inches, of a line of the key
ROW_INCHES = 0.4  # inches, of a row with a name in two languages
NAME_CHARACTERS = 52  # characters of a name on one line
CHART_ROWS = 24  # rows of a chart that can be taken in; the table beside it has all
CHART_ACTORS = 15  # actors of a chart that are named one by one; a line says how many more there are
COUNTED = {"mentions": "مرات الذكر", "claims": "الادّعاءات"}
MARKER = 6.0  # points, of the sign beside a name
DPI = 160
NOTHING = "nothing"
P = ParamSpec("P")
Titles = tuple[str, ...]  # in Arabic, in English; and what is left out, where something is


def _style() -> AbstractContextManager[None]:
    rtl.add_faces(paths.templates() / "fonts")
    return mpl.rc_context(fname=str(paths.templates() / "charts.mplstyle"))


def styled(draw: Callable[P, Figure]) -> Callable[P, Figure]:
    """Draw in the one style, and leave the reader's own as it was."""

    @wraps(draw)
    def inner(*args: P.args, **keywords: P.kwargs) -> Figure:
        with _style():
            return draw(*args, **keywords)

    return inner


def written(figure: Figure, kind: str) -> bytes:
    """The figure as a file of this kind (png, svg, pdf). The same figure gives the same bytes: no date, no version."""
    held = io.BytesIO()
    dates: dict[str, dict[str, None]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None, "Producer": None}}
    with _style():
        figure.savefig(held, format="rgba" if kind == "png" else kind, dpi=DPI, metadata=dates.get(kind))
    return _few_colours(held.getvalue(), int(figure.get_figwidth() * DPI)) if kind == "png" else held.getvalue()


def _few_colours(pixels: bytes, width: int) -> bytes:
    """A PNG with a palette: charts have few colours, and a report is sent by mail. A third of the size.

    pixels    rows of red, green, blue and alpha, a byte each; width   of a row, in pixels
    """
    drawn = Picture.frombuffer("RGBA", (width, len(pixels) // (4 * width)), pixels, "raw", "RGBA", 0, 1)
    palette = drawn.convert("RGB").quantize(128, dither=Picture.Dither.NONE)
    small = io.BytesIO()
    palette.save(small, format="png", optimize=True)
    return small.getvalue()


def image(figure: Figure) -> Image | HTML:
    """The figure as a PNG image for a notebook, with its alt text; what has nothing to draw, as a sentence."""
    if figure.get_gid() == NOTHING:
        return HTML(f'<p class="isnad-note">{invisible.escape(str(figure.get_label()))}.</p>')
    width = int(figure.get_figwidth() * 100)
    return Image(written(figure, "png"), format="png", width=width, alt=figure.get_label())


def save(figure: Figure, folder: Path, name: str) -> list[Path]:
    """Write the figure as PNG, SVG and PDF under `folder`, each whole or not at all. Returns their paths."""
    paths_ = [Path(folder) / f"{name}.{kind}" for kind in ("png", "svg", "pdf")]
    for path in paths_:
        with atomic.written_whole(path) as beside:
            beside.write_bytes(written(figure, path.suffix[1:]))
    return paths_


def canvas(height: float, titles: Titles, alt: str, keyed: int = 0) -> tuple[Figure, Axes]:
    """A figure of fixed width with one axes; above it, from the right edge, its two titles and room for a key.

    height    of the axes with its ticks, in inches; keyed   lines of the key (see `key_lines`).
    """
    left_out = "".join(f" ({note})" for note in titles[2:])
    head = 0.7 + KEY_INCHES * keyed
    below = ConstrainedLayoutEngine(rect=(0, 0, 1, height / (height + head)), w_pad=0.1, h_pad=0.08)
    figure = Figure(figsize=(WIDTH_INCHES, height + head), layout=below)
    figure.set_label(invisible.shown(alt + left_out))
    top = 1 - 0.1 / (height + head)
    figure.text(0.985, top, rtl.label(titles[0]), ha="right", va="top", fontsize=14, fontweight="bold")
    figure.text(0.985, top - 0.33 / (height + head), titles[1] + left_out, ha="right", va="top", color=QUIET)
    ax = rtl.turn(figure.add_subplot())
    return figure, ax


def key(figure: Figure, ax: Axes) -> None:
    """The legend under the titles, from the right edge; in a line of their own the signs beside names."""
    signs = {rtl.label(sign.text) for sign in SIGNS.values()}
    handles, texts = ax.get_legend_handles_labels()
    lines = [[at for at, text in enumerate(texts) if (text in signs) is of_signs] for of_signs in (False, True)]
    for n, line in enumerate(filter(None, lines)):
        place = (0.995, 1 - (0.62 + KEY_INCHES * n) / figure.get_figheight())
        chosen = [handles[at] for at in line], [texts[at] for at in line]
        rtl.legend(figure, *chosen, loc="upper right", bbox_to_anchor=place)


def key_lines(names: pd.DataFrame, others: bool = True) -> int:
    """How many lines the key of a chart takes: one for its marks, where it has any, one for the signs beside names."""
    return int(others) + bool(signed(names))


def nothing(titles: Titles, said: str) -> Figure:
    """A figure that says in words that there is nothing to draw."""
    figure, ax = canvas(0.6, titles, f"{titles[1]}: {said}")
    ax.set_axis_off()
    figure.text(0.985, 0.3, said, ha="right", va="center", color=ACCENT)
    figure.set_gid(NOTHING)
    return figure


def first(titles: Titles, table: pd.DataFrame, most: int = CHART_ROWS) -> tuple[Titles, pd.DataFrame]:
    """No more rows of a table than a chart can show, and titles that say so where some are left out."""
    if len(table) <= most:
        return titles, table
    titles = (f"{titles[0]} (أول {most} من {len(table):,})", titles[1], f"first {most} of {len(table):,}")
    return titles, table.iloc[:most].reset_index(drop=True)


def most_named(names: pd.DataFrame, numbers: Sequence[int], said: str = "mentions") -> pd.DataFrame:
    """No more actors than a chart can name, the first of a table; in a last row how many more there are.

    numbers    of each actor of the table, in its order; said   what they count, a key of COUNTED.
    Returns    the rows that are shown; the last, where actors are left, has no actor_id, nothing to draw, and says how many.
    """
    shown, left = names.iloc[:CHART_ACTORS].reset_index(drop=True), len(names) - CHART_ACTORS
    if left <= 0:
        return shown
    n = int(sum(list(numbers)[CHART_ACTORS:]))
    line = {
        "name_ar": f"أطراف أخرى: {left:,} ({COUNTED[said]}: {n:,})",
        "name_en": f"more actors: {left:,} ({said}: {n:,})",
    }
    numbers = names.select_dtypes("number").columns
    last = {column: 0 if column in numbers else "" for column in names.columns} | line
    return pd.concat([shown, pd.DataFrame([last]).astype(shown.dtypes.to_dict())], ignore_index=True)


def signed(names: pd.DataFrame) -> list[str]:
    """Who knows the actors of a table, of those that have a sign (see SIGNS)."""
    found = set(names["found_by"]) if "found_by" in names else set()
    return [by for by in SIGNS if by in found]


def sign_key(ax: Axes, names: pd.DataFrame) -> None:
    """The signs beside the names of a table as entries of the legend; none where no name has one."""
    for by in signed(names):
        mark(ax, by, [], [], label=rtl.label(SIGNS[by].text), in_layout=False)


def sign(ax: Axes, by: str, rows: list[float], edge: int) -> None:
    """The sign of who knows an actor in some rows, to the right of the right edge of the axes (1), or of the left one (0)."""
    place = offset_copy(ax.get_yaxis_transform(), ax.get_figure(root=True), x=11 if edge else 5, units="points")
    mark(ax, by, [float(edge)] * len(rows), rows, transform=place)


def mark(ax: Axes, by: str, x: list[float], y: list[float], **keywords: Any) -> None:
    """Draw the sign of who knows an actor at some places; `keywords` go to `Axes.plot`."""
    sign = SIGNS[by]
    face = INK if sign.filled else "white"
    size = MARKER * (0.8 if sign.filled else 1)
    ax.plot(x, y, sign.marker, ms=size, mfc=face, mec=INK, mew=1.1, linestyle="none", clip_on=False, **keywords)


def rows_height(names: pd.DataFrame) -> float:
    """The height in inches that `name_rows` needs: a row has room for the name that takes most lines."""
    labels = (_name(name) for column in ("name_ar", "name_en") for name in names[column])
    return len(names) * ROW_INCHES * max((label.count("\n") + 1 for label in labels), default=1)


def _name(text: str) -> str:
    """A name as a label of at most two lines."""
    return rtl.label(textwrap.shorten(text, 2 * NAME_CHARACTERS - 8, placeholder=" …"), NAME_CHARACTERS)


def stacked(ax: Axes, table: pd.DataFrame, parts: dict[str, tuple[str, str]], height: float) -> None:
    """Bars of parts on each other, a row of the table each. `parts` by column: its colour, and its label as it is read."""
    left = pd.Series(0, index=table.index)
    for column, (colour, text) in parts.items():
        ax.barh(table.index, table[column], left=left, height=height, color=colour, label=rtl.label(text))
        left = left + table[column]


def name_rows(ax: Axes, names: pd.DataFrame, centre: float = 0) -> None:
    """One row an actor, the first at the top: the Arabic name at the right of the axes, the English under it, the sign of who
    knows it before both (see `sign_key`).
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
        if row.name_ar == row.name_en:  # in Latin letters in the article itself
            styles = ((row.name_ar, -4, 0, {}),)
        for text, rise, line, style in styles:
            label = _name(text)
            # The baseline is that of the last line: Arabic grows upwards from it, English is let down by its lines.
            place = (1, y), (beside, rise + line * label.count("\n")), ("axes fraction", "data"), "offset points"
            ax.annotate(label, *place, va="baseline", linespacing=1, **style)
    ax.set_ylim(len(names) - 0.5 + centre, -0.5 + centre)


def beside(ax: Axes, text: str, at: tuple[float, float], shift: tuple[float, float], **look: Any) -> None:
    """A text so many points from a place of the data, aligned and coloured as `Axes.annotate` takes it."""
    ax.annotate(text, at, shift, textcoords="offset points", **look)


def sentence(items: list[str]) -> str:
    """A list as the part of a sentence."""
    return ", ".join(items) if items else "none"
