"""Arabic in Matplotlib, set right on every version. No other module knows how.

Matplotlib 3.11 and later shape and order text themselves (libraqm); earlier ones draw each character as it comes. So
the running Matplotlib is asked, not its version: raw text with a right-to-left mark where it shapes; reshaped and
reordered text (arabic-reshaper, python-bidi) where it does not. Doing both reverses the words in silence.
"""

import re
import textwrap
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, fontManager
from matplotlib.ft2font import FT2Font
from matplotlib.legend import Legend

from helpers.text import invisible

if TYPE_CHECKING:
    from arabic_reshaper import ArabicReshaper

RIGHT_TO_LEFT_MARK = "\u200f"
JOINER = "\u034f"


@cache
def shapes() -> bool:
    """Whether the running Matplotlib shapes Arabic: lam and alef become one glyph."""
    font = FT2Font(findfont("DejaVu Sans"))
    font.set_text("\u0644\u0627")
    return font.get_num_glyphs() == 1


@cache
def add_faces(folder: Path) -> None:
    """Let Matplotlib find the faces (.ttf) in a folder by their family names."""
    for face in sorted(folder.glob("*.ttf")):
        fontManager.addfont(face)


def is_rtl(text: str) -> bool:
    """Whether a text is set from right to left: it has a letter of a script that is, or a digit or sign of Arabic's.

    So the sign stands to the left of its number in «١٢٫٥٪», and the first number of «٥٪ – ٧٪» at the right, as CLDR has
    it for Arabic in these digits. «12.5%» and «5% – 7%» alone stay from left to right: nothing in them is Arabic, and
    CLDR keeps the sign of such digits at their right in Arabic too (it puts left-to-right marks around it).
    """
    return any(unicodedata.bidirectional(char) in ("R", "AL", "AN") or "\u0600" <= char <= "\u06ff" for char in text)


def label(text: str, width: int | None = None) -> str:
    """The string that draws `text` right on the Matplotlib that is running: label, tick, legend or annotation.

    A paragraph (a line of `text`) with any Arabic, be it a digit, is set from right to left as a whole, whatever it
    begins with; one without is left as it is. An invisible character (see `invisible`) is written as its number, so that none turns
    what is around it. `$` never starts mathematics. Give Matplotlib the result as it is, once.

    width    wrap each paragraph to this many characters, before anything is ordered.
    """
    lines = []
    for paragraph in invisible.shown(text).split("\n"):
        wrapped = textwrap.wrap(paragraph, width, break_long_words=False) if width else [paragraph]
        lines += [_rtl_line(line) for line in wrapped] if is_rtl(paragraph) else wrapped or [""]
    return "\n".join(lines).replace("$", r"\$")


def _rtl_line(line: str) -> str:
    return RIGHT_TO_LEFT_MARK + line if shapes() else _reordered(_reshaper().reshape(line))


def _reordered(line: str) -> str:
    """The characters of a right-to-left line from left to right, brackets mirrored, for a Matplotlib that only draws.

    python-bidi's `get_display` orders by Unicode's algorithm, paired brackets included, but mirrors nothing. So each
    character that has a mirror image takes a joiner (of no width and no direction) along: behind it where the line runs
    to the right, before it where it was turned.
    """
    from bidi import get_display  # only an older Matplotlib needs these two
    from bidi.mirror import MIRRORED

    either = f"[{re.escape(''.join(MIRRORED))}]"
    carried = re.sub(either, lambda found: found.group() + JOINER, line.replace(JOINER, ""))
    turned = get_display(carried, base_dir="R")
    kept_or_turned = re.compile(f"({either}){JOINER}|{JOINER}({either})")
    return kept_or_turned.sub(lambda found: found[1] or MIRRORED[found[2]], turned)


@cache
def _reshaper() -> "ArabicReshaper":
    from arabic_reshaper import ArabicReshaper

    # Ligatures of whole words (الله) are not in every face; lam-alef is.
    return ArabicReshaper({"delete_harakat": False, "support_zwj": False, "ARABIC LIGATURE ALLAH": False})


def turn(ax: Axes) -> Axes:
    """Turn axes for reading from right to left: x grows to the left, the y ticks and the title stand at the right."""
    ax.invert_xaxis()
    ax.yaxis.tick_right()
    ax.yaxis.set_label_position("right")
    return ax


def legend(figure: Figure, handles: Sequence[Artist], texts: Sequence[str], **keywords: Any) -> Legend:
    """A legend in one line that reads from right to left: the first entry at the right, markers at its right.

    keywords    go to Figure.legend. The texts must have gone through `label`.
    """
    return figure.legend(handles[::-1], texts[::-1], ncols=max(len(handles), 1), markerfirst=False, **keywords)
