"""What stands above its line on a page of a PDF, and the footnotes that raised numbers lead to.

A number is raised when its type is small and it stands above the line of the letters beside it. It leads to a note if a
line in small type at the foot of the page begins with it; any other raised number, as in km², belongs to its line.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from statistics import median

from msgspec import structs

from helpers.text.pdf_lines import DRAWN, Glyph, printed

SMALL = 0.9  # of the size of most type on a page: that of a raised number is smaller
BRACKETS = "[]()"  # what may be raised with a number
NOTE = 0.95  # of it: that of a note is smaller
RAISED = 0.12, 0.6  # of the size of the type, by which a raised number stands above the line
MOST = (
    20_000_000  # small digits, times the glyphs beside which they may be; on a page of more, notes are not looked for
)
BESIDE = 1.0  # of it: how near the letters are
NEAR = 3  # glyphs before and behind a mark, in the order of the file, among which its letter is
BEGINS = re.compile(r"[\W_]*(\d{1,3})(?!\d)")
Lines = Callable[[Sequence[Glyph]], list[list[Glyph]]]


def lowered(glyphs: Sequence[Glyph]) -> tuple[tuple[Glyph, ...], frozenset[int]]:
    """(the glyphs, of which those of raised numbers and marks stand on their lines; the places of the former)."""
    usual = _usual(glyphs)
    glyphs = [_with_its_letter(glyphs, number) for number in range(len(glyphs))]
    small = [
        glyph
        for glyph in glyphs
        if (glyph.text.isdigit() or glyph.text in BRACKETS) and 0 < glyph.type_size < SMALL * usual
    ]
    if len(small) * len(glyphs) > MOST:
        return tuple(glyphs), frozenset()
    raised = {glyph.at: base for glyph in small if (base := _line_of(glyph, glyphs, usual)) is not None}
    return tuple(structs.replace(g, base=raised[g.at]) if g.at in raised else g for g in glyphs), frozenset(raised)


def without(
    glyphs: Sequence[Glyph], raised: frozenset[int], lines_of: Lines, rtl: bool
) -> tuple[tuple[Glyph, ...], int]:
    """(the glyphs without notes, how many notes there were); numbers that led to these have no text.

    glyphs, raised    as `lowered` gives them
    lines_of          puts glyphs into lines, from above
    """
    if not raised:
        return tuple(glyphs), 0
    usual, lines = _usual(glyphs), lines_of(glyphs)
    foot = len(lines)
    while foot and _is_small(lines[foot - 1], usual):
        foot -= 1
    leading: dict[str, set[int]] = {}
    for at, line in enumerate(lines):
        begun = BEGINS.match(printed(line, rtl).text(False))
        if begun and begun[1] in leading and at >= foot:
            notes = [BEGINS.match(printed(each, rtl).text(False)) for each in lines[at:]]
            named = {found[1] for found in notes if found and found[1] in leading}
            out = {glyph.at for each in lines[at:] for glyph in each}
            led = {place for number in named for place in leading[number]}
            left = (structs.replace(g, text=DRAWN) if g.at in led else g for g in glyphs if g.at not in out)
            return tuple(left), len(named)
        for number, places in _numbers(line, raised):
            leading.setdefault(number, set()).update(places)
    return tuple(glyphs), 0


def _with_its_letter(glyphs: Sequence[Glyph], number: int) -> Glyph:
    """A glyph; a vowel or another mark, which some programs raise, on the line of the letter that it is printed with."""
    glyph = glyphs[number]
    if not unicodedata.combining(glyph.text):
        return glyph
    beside = [
        other
        for other in glyphs[max(0, number - NEAR) : number + NEAR + 1]
        if not unicodedata.combining(other.text) and not other.text.isspace()
    ]
    letter = min(
        beside, key=lambda other: abs(other.middle - glyph.middle) + abs(other.base - glyph.base), default=None
    )
    if letter is None or abs(letter.base - glyph.base) > max(glyph.type_size, glyph.y1 - glyph.y0):
        return glyph
    return structs.replace(glyph, base=letter.base)


def _usual(glyphs: Sequence[Glyph]) -> float:
    return median(glyph.type_size for glyph in glyphs) if glyphs else 0.0


def _line_of(glyph: Glyph, glyphs: Sequence[Glyph], usual: float) -> float | None:
    """The base of the line that a small glyph is raised above; None if it is not."""
    near = (
        other.base
        for other in glyphs
        if SMALL * other.type_size > glyph.type_size
        and RAISED[0] * usual <= glyph.base - other.base <= RAISED[1] * usual
        and max(other.x0 - glyph.x1, glyph.x0 - other.x1) < BESIDE * usual
        and not other.text.isspace()
    )
    return next(near, None)


def _numbers(line: Sequence[Glyph], raised: frozenset[int]) -> list[tuple[str, set[int]]]:
    """The raised numbers of a line, each with the places of its glyphs: digits beside each other are one number."""
    found: list[tuple[str, set[int]]] = []
    before: Glyph | None = None
    for glyph in sorted((glyph for glyph in line if glyph.at in raised), key=lambda each: each.x0):
        if before is not None and glyph.x0 - before.x1 < BESIDE * glyph.type_size / 2:
            found[-1] = found[-1][0] + glyph.text.strip(BRACKETS), found[-1][1] | {glyph.at}
        else:
            found.append((glyph.text.strip(BRACKETS), {glyph.at}))
        before = glyph
    return found


def _is_small(line: Sequence[Glyph], usual: float) -> bool:
    return max(glyph.type_size for glyph in line if not glyph.text.isspace()) < NOTE * usual
