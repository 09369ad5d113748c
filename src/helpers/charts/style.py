"""What all charts share: one style, one width, titles and key from the right edge, rows of actors, images with alt text."""

import io
import textwrap
from collections.abc import Callable
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
WIDTH_INCHES = 8.0
ROW_INCHES = 0.4  # inches, of a row with a name in two languages
NAME_CHARACTERS = 52  # characters of a name on one line
CHART_ROWS = 24  # rows of a chart that can be taken in; the table beside it has all
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
    dates = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None, "Producer": None}}
    with _style():
        figure.savefig(held, format=kind, dpi=DPI, metadata=dates[kind])
    return _few_colours(held) if kind == "png" else held.getvalue()


def _few_colours(held: io.BytesIO) -> bytes:
    """A PNG with a palette: charts have few colours, and a report is sent by mail. A third of the size."""
    palette = Picture.open(held).convert("RGB").quantize(128, dither=Picture.Dither.NONE)
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


def canvas(height: float, titles: Titles, alt: str, keyed: bool = False) -> tuple[Figure, Axes]:
    """A figure of fixed width with one axes; above it, from the right edge, its two titles and room for a key.

    height    of the axes with its ticks, in inches.
    """
    left_out = "".join(f" ({note})" for note in titles[2:])
    head = 0.95 if keyed else 0.7
    below = ConstrainedLayoutEngine(rect=(0, 0, 1, height / (height + head)), w_pad=0.1, h_pad=0.08)
    figure = Figure(figsize=(WIDTH_INCHES, height + head), layout=below)
    figure.set_label(invisible.shown(alt + left_out))
    top = 1 - 0.1 / (height + head)
    figure.text(0.985, top, rtl.label(titles[0]), ha="right", va="top", fontsize=14, fontweight="bold")
    figure.text(0.985, top - 0.33 / (height + head), titles[1] + left_out, ha="right", va="top", color=QUIET)
    ax = rtl.turn(figure.add_subplot())
    return figure, ax


def key(figure: Figure, ax: Axes) -> None:
    """The legend under the titles, from the right edge."""
    rtl.legend(figure, ax, loc="upper right", bbox_to_anchor=(0.995, 1 - 0.62 / figure.get_figheight()))


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
    """One row an actor, the first at the top: the Arabic name at the right of the axes, the English under it."""
    at = [n + centre for n in range(len(names))]
    ax.set_yticks(at, [])
    for y, row in zip(at, names.itertuples(), strict=True):
        styles: tuple[tuple[str, int, int, dict[str, Any]], ...] = (
            (row.name_ar, 3, 0, {}),
            (row.name_en, -10, -11, {"color": QUIET, "fontsize": 8}),
        )
        for text, rise, line, style in styles:
            label = _name(text)
            # The baseline is that of the last line: Arabic grows upwards from it, English is let down by its lines.
            place = (1, y), (8, rise + line * label.count("\n")), ("axes fraction", "data"), "offset points"
            ax.annotate(label, *place, va="baseline", linespacing=1, **style)
    ax.set_ylim(len(names) - 0.5 + centre, -0.5 + centre)


def sentence(items: list[str]) -> str:
    """A list as the part of a sentence."""
    return ", ".join(items) if items else "none"
