"""What all charts share: colours and their names, one style, and a figure that carries its alt text, as an image or a file."""

import io
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image as Picture
from PIL.PngImagePlugin import PngInfo

from helpers.charts import rtl
from helpers.files import atomic, paths
from helpers.records.basis import UNCLAIMED, Basis
from helpers.records.messages import Message, message
from helpers.text import invisible

# Okabe and Ito (2008), "Color Universal Design"; distinguishable in grey too, by their lightness.
DARK, MIDDLE, LIGHT, ACCENT = "#0072B2", "#56B4E9", "#BFE0F5", "#D55E00"
QUIET, INK = "#5b636a", "#1f2428"
# Claims by kind, as the report marks them, darker for bars.
KIND_COLOURS = {"direct": "#E69F00", "mixed": "#D55E00", "indirect": "#56B4E9"}
KIND_NAMES = {"direct": "مباشر  direct", "mixed": "مختلط  mixed", "indirect": "غير مباشر  indirect"}


@dataclass(frozen=True, slots=True)
class BasisLook:
    """How charts show a basis: its colour, its name in Arabic and in English, and both in short for a key."""

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
STANCE_NAMES = {  # of a cue
    "neutral": "محايد",
    "factive": "تقريري",
    "assertive": "توكيدي",
    "distancing": "متحفّظ",
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
ROW_INCHES = 0.4  # inches, of a row with a name in two languages
CHART_ROWS = 24  # rows of a chart that can be taken in; the table beside it has all
CHART_ACTORS = 15  # actors of a chart that are named one by one; a line says how many more there are
DPI = 160
NOTHING = "nothing"


class Chart(Figure):
    """A figure that carries its alt text, as a message that has yet to be put into words."""

    alt: Message

    def _repr_png_(self) -> bytes:
        """The chart as a notebook shows it that has it as the last value of a cell."""
        return written(self, "png")


def alt(figure: Figure) -> Message:
    """The alt text of a figure; of one that is none of these charts, its label or its title."""
    if isinstance(figure, Chart):
        return figure.alt
    titles = [figure.get_suptitle(), *(ax.get_title(loc) for ax in figure.axes for loc in ("center", "right", "left"))]
    said = next(filter(None, [str(figure.get_label() or ""), *titles]), "")
    return message("alt.own", title=said) if said else message("alt.untitled")


def empty(figure: Figure) -> bool:
    """Whether a chart has nothing to draw: then its alt text says all."""
    return bool(figure.get_gid() == NOTHING)


def ink_on(colour: str) -> str:
    """White or the ink of texts: whichever stands out from a ground of this colour (relative luminance, WCAG 2)."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return "white" if 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] < 0.25 else INK


def styling() -> AbstractContextManager[None]:
    """The one style, for as long as something is drawn or written."""
    rtl.add_faces(paths.templates() / "fonts")
    return mpl.rc_context(fname=str(paths.templates() / "charts.mplstyle"))


def written(figure: Figure, kind: str, alt: str = "") -> bytes:
    """The figure as a file of this kind (png, svg, pdf). The same figure gives the same bytes: no date, no version.

    alt    the alt text in words, kept in the file: the title of an SVG, the description of a PNG, the subject of a PDF
    """
    held, alt = io.BytesIO(), invisible.apart_not(alt)
    about: dict[str, dict[str, Any]] = {
        "svg": {"Date": None} | ({"Title": alt} if alt else {}),
        "pdf": {"CreationDate": None, "Producer": None} | ({"Subject": alt} if alt else {}),
    }
    with styling():
        figure.savefig(held, format="rgba" if kind == "png" else kind, dpi=DPI, metadata=about.get(kind))
    width = int(figure.get_figwidth() * DPI)
    return _few_colours(held.getvalue(), width, alt) if kind == "png" else held.getvalue()


def _few_colours(pixels: bytes, width: int, alt: str) -> bytes:
    """A PNG with a palette: charts have few colours, and a report is sent by mail. A third of the size.

    pixels    rows of red, green, blue and alpha, a byte each; width   of a row, in pixels
    alt       the description that the file keeps, where there is one
    """
    drawn = Picture.frombuffer("RGBA", (width, len(pixels) // (4 * width)), pixels, "raw", "RGBA", 0, 1)
    palette = drawn.convert("RGB").quantize(128, dither=Picture.Dither.NONE)
    small, about = io.BytesIO(), PngInfo()
    if alt:
        about.add_itxt("Description", alt)
    palette.save(small, format="png", optimize=True, pnginfo=about)
    return small.getvalue()


def save(figure: Figure, folder: Path, name: str, alt: str = "") -> list[Path]:
    """Write the figure as PNG, SVG and PDF under `folder`, each whole or not at all. Returns their paths.

    alt    its alt text in words, which each file keeps (see `written`)
    """
    paths_ = [Path(folder) / f"{name}.{kind}" for kind in ("png", "svg", "pdf")]
    for path in paths_:
        with atomic.written_whole(path) as beside:
            beside.write_bytes(written(figure, path.suffix[1:], alt))
    return paths_
