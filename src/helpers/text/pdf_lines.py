"""A printed line of a PDF as text: glyphs as they stand, from left to right, in the order in which they are read.

A PDF has no order of reading, only places. In a line of Arabic the glyphs are read from right to left, but runs of Latin
letters and numbers from left to right; this undoes the Unicode Bidirectional Algorithm (UAX #9) for what news print.
"""

import unicodedata
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

GAP = 0.17  # of the height of a line: a wider gap between glyphs is a space
BESIDE = 3  # letters at either side of a mark, of which one is its own
DOUBLE = 0.08  # of the height of a line: a glyph printed twice within it, to look bold, is one
SEPARATORS = frozenset(".,:/،٫٬\xa0")  # between two digits they are part of the number
TERMINATORS = frozenset("%٪‰$€£°")  # to the right of a number they are part of it
MIRRORED = {pair[at]: pair[1 - at] for pair in ("()", "[]", "{}", "«»", "‹›", "<>") for at in (0, 1)}
OPENING = frozenset("([{«‹<")
BEHIND = frozenset(".,:;!?،؛؟…%٪")  # what ends a sentence or a number, and never begins one
DRAWN = "\ufdd0"  # stands for what is printed in a word and is none of its text, such as a stroke between letters
FORMS = range(0xFB50, 0xFF00)  # Arabic Presentation Forms-A and -B, and what lies between


class Glyph(Struct, frozen=True):
    """A character as it is printed.

    x0, x1, y0, y1   its bounds on the page in points, from left and from below
    base             the height of its line of writing
    at               its place among the characters of the page, as the PDF has them
    type_size        of its font, as printed; 0 if it is not known. Of some fonts the bounds are no higher than a letter.
    """

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    base: float
    at: int
    type_size: float = 0.0

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


def letters_of(form: str) -> str:
    """The letters that a presentation form stands for; any other character, and a whole word in one, unchanged.

    >>> letters_of("\\ufed7"), letters_of("\\ufefb"), letters_of("\\ufdf2") == "\\ufdf2"
    ('ق', 'لا', True)
    """
    if ord(form) not in FORMS or not unicodedata.decomposition(form):
        return form
    found = unicodedata.normalize("NFKC", form).strip()
    return found if 0 < len(found) <= 3 and " " not in found else form


def paired(text: str) -> str:
    """A text whose brackets and quotation marks open before a word and close behind one.

    Between Arabic and Latin letters some PDFs have them as they look, and elsewhere as they are meant.

    >>> paired("القرار «متسرع«. The (end( of"), paired("قالت »نعم» (و) «هو «لا»»")
    ('القرار «متسرع». The (end) of', 'قالت «نعم» (و) «هو «لا»»')
    """
    found, depth = list(text), Counter[str]()
    for at, mark in enumerate(text):
        if mark not in MIRRORED:
            continue
        opens = mark in OPENING
        kind = mark if opens else MIRRORED[mark]
        inside = text[at - 1 : at].isalnum() if at else False
        onward = text[at + 1 : at + 2].isalnum()
        if inside != onward and (opens == inside) and bool(depth[kind]) == opens:
            opens = not opens
            found[at] = MIRRORED[mark]
        depth[kind] = depth[kind] + 1 if opens else max(0, depth[kind] - 1)
    return "".join(found)


def is_rtl(text: Iterable[str]) -> bool:
    """Whether more letters are written from right to left than from left to right."""
    kinds = [_kind(c) for c in text]
    return kinds.count("R") >= max(1, kinds.count("L"))


def size(line: Sequence[Glyph]) -> float:
    """The height of a line in points."""
    return max((glyph.y1 - glyph.y0 for glyph in line), default=1.0) or 1.0


class Printed(Struct, frozen=True):
    """The text of a line in the order of reading, each character with whether it stands in a run from left to right."""

    characters: tuple[tuple[str, bool], ...]

    def text(self, mirrored: bool) -> str:
        """The text. `mirrored`: brackets are stored as they look, so that those of Arabic are turned round."""
        turned = (MIRRORED.get(c, c) if mirrored and not ltr else c for c, ltr in self.characters)
        return " ".join("".join(map(letters_of, turned)).replace(DRAWN, "").split(" ")).strip()

    @property
    def looks(self) -> int:
        """Pairs of brackets that open before they close, less those that close before they open."""
        marks = [c for c, ltr in self.characters if not ltr and c in MIRRORED]
        pairs = pairwise(marks)
        return sum(1 if one in OPENING else -1 for one, other in pairs if MIRRORED[one] == other)


def printed(line: Sequence[Glyph], rtl: bool) -> Printed:
    """A line in the order of reading.

    line    its glyphs, in any order
    rtl     whether the page is written from right to left; a line without such letters is not, unless what ends it
            is printed at its left
    """
    spaced = list(_spaced(line))
    kinds = ["M" if mark else _kind(c) for c, mark in spaced]
    characters = [c for c, _ in spaced]
    visible = next((c for c in characters if c != " "), "")
    if rtl and ("R" in kinds or visible in BEHIND):
        return Printed(tuple(_from_right(characters, kinds)))
    return Printed(tuple(_from_left(characters, kinds)))


def _spaced(line: Sequence[Glyph]) -> Iterator[tuple[str, bool]]:
    """(character, whether it is a mark) from left to right, with a space where there is a gap.

    A mark stands at the left of its letter, behind which it is read, or at its right in a run from left to right.
    """
    height = size(line)
    marks = [glyph for glyph in line if unicodedata.combining(glyph.text)]
    letters = (g for g in line if not unicodedata.combining(g.text) and not _is_bare_space(g))
    bases = sorted(letters, key=lambda g: (g.middle, g.at))
    of: dict[int, list[Glyph]] = {}
    seen = [glyph for glyph in bases if glyph.text != " "]
    middles = [glyph.middle for glyph in seen]
    for mark in marks if seen else ():
        at = bisect(middles, mark.middle)
        owner = min(seen[max(0, at - BESIDE) : at + BESIDE], key=lambda base: _distance(base, mark))
        of.setdefault(owner.at, []).append(mark)
    before: Glyph | None = None
    edge = 0.0
    for glyph in bases:
        if before is not None:
            if glyph.text == before.text and abs(glyph.middle - before.middle) < DOUBLE * height:
                continue
            if glyph.x0 - edge > GAP * height and " " not in (glyph.text, before.text):
                yield " ", False
        if not (glyph.text == " " and before is not None and before.text == " "):
            own = sorted(of.get(glyph.at, ()), key=lambda mark: mark.at)
            if _kind(glyph.text) == "R":
                yield from ((mark.text, True) for mark in reversed(own))
                yield glyph.text, False
            else:
                yield glyph.text, False
                yield from ((mark.text, True) for mark in own)
        before, edge = glyph, max(edge, glyph.x1)


def _is_bare_space(glyph: Glyph) -> bool:
    """Whether a glyph is a space without a width, whose place says little."""
    return glyph.text == " " and glyph.x1 - glyph.x0 < 0.01


def _distance(base: Glyph, mark: Glyph) -> float:
    if base.x0 <= mark.middle <= base.x1:
        return 0.0
    return abs(base.middle - mark.middle)


def _kind(character: str) -> str:
    """R, L, D (a digit) or N (neutral)."""
    if character == DRAWN:
        return "R"
    found = unicodedata.bidirectional(character)
    if found in ("R", "AL"):
        return "R"
    return found if found == "L" else "D" if found in ("EN", "AN") and character.isdigit() else "N"


def _from_right(characters: list[str], kinds: list[str]) -> Iterator[tuple[str, bool]]:
    """The characters of a line, or of a part of one, that is read from right to left."""
    runs = {end: start for start, end in _runs(characters, kinds)}
    at = len(characters) - 1
    while at >= 0:
        start = runs.get(at)
        if start is None:
            yield characters[at], False
            at -= 1
        else:
            yield from ((c, True) for c in characters[start : at + 1])
            at = start - 1


def _from_left(characters: list[str], kinds: list[str]) -> Iterator[tuple[str, bool]]:
    """The characters of a line that is read from left to right, but for runs from right to left in it."""
    at = 0
    while at < len(characters):
        if kinds[at] != "R" and not (kinds[at] == "M" and kinds[at + 1 : at + 2] == ["R"]):
            yield characters[at], True
            at += 1
            continue
        last = next((n for n in range(at, len(kinds)) if kinds[n] == "L"), len(kinds))
        last = max(n for n in range(at, last) if kinds[n] in ("R", "M"))
        yield from _from_right(characters[at : last + 1], kinds[at : last + 1])
        at = last + 1


def _runs(characters: list[str], kinds: list[str]) -> Iterator[tuple[int, int]]:
    """(first, last) of the runs that are read from left to right in a line that is read from right to left."""
    at = 0
    while at < len(kinds):
        if kinds[at] not in "LD":
            at += 1
            continue
        end = _number_end(characters, kinds, at)
        if kinds[at] == "L" or (end + 1 < len(kinds) and kinds[end + 1] == "L"):
            end = _latin_end(kinds, at)
        yield at, end
        at = end + 1


def _number_end(characters: list[str], kinds: list[str], at: int) -> int:
    end = at
    while end + 1 < len(kinds):
        if kinds[end + 1] == "D":
            end += 1
        elif characters[end + 1] in SEPARATORS and kinds[end + 2 : end + 3] == ["D"] and kinds[end] == "D":
            end += 2
        else:
            break
    return end + 1 if end + 1 < len(kinds) and characters[end + 1] in TERMINATORS else end


def _latin_end(kinds: list[str], at: int) -> int:
    """The last letter or digit before the next letter that is read from right to left."""
    end = at
    for following in range(at, len(kinds)):
        if kinds[following] == "R" or (kinds[following] == "M" and kinds[following + 1 : following + 2] == ["R"]):
            break
        if kinds[following] in "LDM":
            end = following
    return end
