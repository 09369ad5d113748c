"""Draws Arabic correctly in every version of Matplotlib. No other module deals with this.

Matplotlib 3.11 and later shape and reorder text themselves (libraqm); earlier versions draw characters one by one. The
running Matplotlib is tested, not its version number. If it shapes, it gets the raw text with a right-to-left mark; if
it does not, it gets reshaped and reordered text (arabic-reshaper, python-bidi). Doing both would silently reverse the
words.
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
    """Whether the running Matplotlib shapes Arabic: whether lam and alef become one glyph."""
    font = FT2Font(findfont("DejaVu Sans"))
    font.set_text("\u0644\u0627")
    return font.get_num_glyphs() == 1


@cache
def add_faces(folder: Path) -> None:
    """Register the fonts (.ttf) in a folder, so that Matplotlib finds them by their family names."""
    for face in sorted(folder.glob("*.ttf")):
        fontManager.addfont(face)


def is_rtl(text: str) -> bool:
    """Whether a text is set from right to left: it has a letter of a right-to-left script, or an Arabic digit or sign.

    The sign is then to the left of its number in «١٢٫٥٪», and the first number of «٥٪ – ٧٪» is at the right, as in CLDR
    for Arabic with these digits. «12.5%» and «5% – 7%» alone are set from left to right: nothing in them is Arabic, and
    CLDR has the sign to the right of such digits even in Arabic (with left-to-right marks around it).
    """
    return any(unicodedata.bidirectional(char) in ("R", "AL", "AN") or "\u0600" <= char <= "\u06ff" for char in text)


def label(text: str, width: int | None = None) -> str:
    """The string with which the running Matplotlib draws `text` correctly, as a label, tick, legend or annotation.

    A paragraph (a line of `text`) with any Arabic, even one digit, is set from right to left as a whole, whatever it
    begins with; others are unchanged. Invisible characters (see `invisible`) are written as their code points, so that
    they cannot change the order of the text. `$` never starts mathematics. Do not apply this to the result again.

    width    wrap each paragraph to this many characters before reordering
    """
    lines = []
    for paragraph in invisible.shown(text).split("\n"):
        wrapped = textwrap.wrap(paragraph, width, break_long_words=False) if width else [paragraph]
        lines += [_rtl_line(line) for line in wrapped] if is_rtl(paragraph) else wrapped or [""]
    return "\n".join(lines).replace("$", r"\$")


def _rtl_line(line: str) -> str:
    return RIGHT_TO_LEFT_MARK + line if shapes() else _reordered(_reshaper().reshape(line))


def _reordered(line: str) -> str:
    """The characters of a right-to-left line in order from left to right, brackets mirrored, for an old Matplotlib.

    python-bidi's `get_display` reorders by Unicode's algorithm, including paired brackets, but mirrors nothing. So each
    character that has a mirror image gets a joiner (without width or direction): it ends up after the character in
    left-to-right runs, and before it in reversed ones, which shows which characters to mirror.
    """
    from bidi import get_display  # needed only for an older Matplotlib
    from bidi.mirror import MIRRORED

    either = f"[{re.escape(''.join(MIRRORED))}]"
    carried = re.sub(either, lambda found: found.group() + JOINER, line.replace(JOINER, ""))
    turned = get_display(carried, base_dir="R")
    kept_or_turned = re.compile(f"({either}){JOINER}|{JOINER}({either})")
    return kept_or_turned.sub(lambda found: found[1] or MIRRORED[found[2]], turned)


@cache
def _reshaper() -> "ArabicReshaper":
    from arabic_reshaper import ArabicReshaper

    # Ligatures of whole words (الله) are not in every font; lam-alef is.
    return ArabicReshaper({"delete_harakat": False, "support_zwj": False, "ARABIC LIGATURE ALLAH": False})


def turn(ax: Axes) -> Axes:
    """Set up axes for reading from right to left: x increases to the left, the y ticks and the title are at the right."""
    ax.invert_xaxis()
    ax.yaxis.tick_right()
    ax.yaxis.set_label_position("right")
    return ax


def legend(figure: Figure, handles: Sequence[Artist], texts: Sequence[str], **keywords: Any) -> Legend:
    """A legend in one line, read from right to left: the first entry is at the right, and each marker right of its text.

    texts       as returned by `label`
    keywords    passed to Figure.legend
    """
    return figure.legend(handles[::-1], texts[::-1], ncols=max(len(handles), 1), markerfirst=False, **keywords)
