"""Common to all charts: colours and their names, one style, and a figure with its alt text, saved as an image file."""

import io
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image as Picture
from PIL.PngImagePlugin import PngInfo

from helpers.charts import rtl
from helpers.files import atomic, paths
from helpers.records.basis import UNCLAIMED, Basis
from helpers.records.messages import Message, message
from helpers.text import invisible

# Okabe and Ito (2008), "Color Universal Design"; they can be distinguished in grey, too, by their lightness.
DARK, MIDDLE, LIGHT, ACCENT = "#0072B2", "#56B4E9", "#BFE0F5", "#D55E00"
QUIET, INK = "#5b636a", "#1f2428"
# Colours of claims by kind: those of the report's highlighting, but darker.
KIND_COLOURS = {"direct": "#E69F00", "mixed": "#D55E00", "indirect": "#56B4E9"}
KIND_NAMES = {"direct": "مباشر  direct", "mixed": "مختلط  mixed", "indirect": "غير مباشر  indirect"}


@dataclass(frozen=True, slots=True)
class BasisLook:
    """How charts show a basis: its colour, its name in Arabic and in English, and short forms of both for a key."""

    colour: str
    arabic: str
    english: str
    short: str


BASES = {
    Basis.NAMED: BasisLook(DARK, "مصدر مسمّى", "named source", "مصدر مسمّى  named source"),
    Basis.UNNAMED: BasisLook(MIDDLE, "مصدر غير مسمّى", "unnamed source", "غير مسمّى  unnamed"),
    Basis.NOT_IDENTIFIED: BasisLook(
        LIGHT, "متحدث غير محدَّد", "speaker not identified", "متحدث غير محدَّد  not identified"
    ),
    Basis.OUTLET: BasisLook(ACCENT, "كلام الوسيلة نفسها", "the outlet's own voice", "كلام الوسيلة  own voice"),
    UNCLAIMED: BasisLook("#c8ccd0", "خارج أي ادعاء", "in no claim", "خارج أي ادعاء  in no claim"),
}
BASES_BY_MACHINE = BASES | {  # in readings by machine, which does not know that nobody is named
    Basis.OUTLET: BasisLook(ACCENT, "غير مُسنَد آلياً", "no source found by machine", "غير مُسنَد آلياً  no source found"),
}
STANCE_NAMES = {  # by stance of the cue
    "neutral": "محايد",
    "factive": "مسلِّم بصحته",
    "assertive": "توكيدي",
    "distancing": "متحفّظ",
    "negative": "سلبي",
}


@dataclass(frozen=True, slots=True)
class Sign:
    """How charts show who found an actor: a sign next to its name, and the text for it in the key."""

    marker: str
    filled: bool
    text: str


SIGNS = {  # by `found_by`; actors of the project's lexicons have no sign
    "machine": Sign("s", False, "وجدته الآلة  found by machine"),
    "own": Sign("D", True, "من معجمك  your own lexicon"),
}
WIDTH_INCHES = 8.0
ROW_INCHES = 0.4  # height of a row with a name in two languages
CHART_ROWS = 24  # most rows of a readable chart; the table next to it has all
CHART_ACTORS = 15  # most actors named in a chart; a line says how many more there are
DPI = 160
NOTHING = "nothing"


class Chart(Figure):
    """A figure with its alt text, as a message that is put into words where the figure is shown."""

    alt: Message

    def _repr_png_(self) -> bytes:
        """The PNG that a notebook shows if the chart is the last value of a cell."""
        return written(self, "png")


def alt(figure: Figure) -> Message:
    """The alt text of a figure; for a figure that is not a `Chart`, its label or its title."""
    if isinstance(figure, Chart):
        return figure.alt
    titles = [figure.get_suptitle(), *(ax.get_title(loc) for ax in figure.axes for loc in ("center", "right", "left"))]
    said = next(filter(None, [str(figure.get_label() or ""), *titles]), "")
    return message("alt.own", title=said) if said else message("alt.untitled")


def empty(figure: Figure) -> bool:
    """Whether a chart has nothing to draw, so that its alt text is enough."""
    return bool(figure.get_gid() == NOTHING)


def ink_on(colour: str) -> str:
    """White or the colour of texts, whichever has more contrast with this background (relative luminance, WCAG 2)."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return "white" if 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] < 0.25 else INK


def styling() -> AbstractContextManager[None]:
    """A context in which charts are drawn or written in the common style."""
    rtl.add_faces(paths.templates() / "fonts")
    return mpl.rc_context(fname=str(paths.templates() / "charts.mplstyle"))


def written(figure: Figure, kind: str, alt: str = "") -> bytes:
    """The bytes of a figure as a file of this kind (png, svg, pdf). They are reproducible: no date, no version.

    alt    the alt text in words, stored in the file: the title of an SVG, the description of a PNG, the subject of a
           PDF
    """
    held, alt = io.BytesIO(), invisible.apart_not(alt)
    about: dict[str, dict[str, Any]] = {
        "svg": {"Date": None} | ({"Title": alt} if alt else {}),
        "pdf": {"CreationDate": None, "Producer": None} | ({"Subject": alt} if alt else {}),
    }
    with styling():
        if kind == "png":
            return _few_colours(_pixels(figure), int(figure.get_figwidth() * DPI), alt)
        figure.savefig(held, format=kind, dpi=DPI, metadata=about.get(kind))
    return held.getvalue()


def _pixels(figure: Figure) -> bytes:
    """A figure as rows of red, green, blue and alpha, one byte each. It is drawn once; `savefig` would draw it twice."""
    canvas, dpi = figure.canvas, figure.get_dpi()
    figure.set_dpi(DPI)
    try:
        drawn = FigureCanvasAgg(figure)
        drawn.draw()
        return bytes(drawn.buffer_rgba())
    finally:
        figure.set_dpi(dpi)
        figure.set_canvas(canvas)


def _few_colours(pixels: bytes, width: int, alt: str) -> bytes:
    """A PNG with a palette, a third of the size, since charts have few colours and reports are sent by mail.

    pixels    rows of red, green, blue and alpha, one byte each
    width     of a row, in pixels
    alt       the description stored in the file, if any
    """
    drawn = Picture.frombuffer("RGBA", (width, len(pixels) // (4 * width)), pixels, "raw", "RGBA", 0, 1)
    # Of Pillow's ways the one that is nearest to the colours at their worst; it takes half the time of its default.
    palette = drawn.convert("RGB").quantize(128, Picture.Quantize.MAXCOVERAGE, dither=Picture.Dither.NONE)
    small, about = io.BytesIO(), PngInfo()
    if alt:
        about.add_itxt("Description", alt)
    palette.save(small, format="png", optimize=True, pnginfo=about)
    return small.getvalue()


def save(figure: Figure, folder: Path, name: str, alt: str = "") -> list[Path]:
    """Write the figure as PNG, SVG and PDF to `folder`, each completely or not at all. Returns their paths.

    alt    the alt text in words, which is stored in each file (see `written`)
    """
    paths_ = [Path(folder) / f"{name}.{kind}" for kind in ("png", "svg", "pdf")]
    for path in paths_:
        with atomic.written_whole(path) as beside:
            beside.write_bytes(written(figure, path.suffix[1:], alt))
    return paths_
