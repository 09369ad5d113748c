"""The running text of the pages of a PDF: lines of columns as paragraphs, without page numbers and running heads.

A line goes on in the next one where the next line's first
word would not have fitted behind it: that is how lines are broken when a text is set.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct, structs

from helpers.text import pdf_columns, pdf_lines, pdf_raised
from helpers.text.pdf_lines import Glyph, Printed

APART = 1.3  # times the usual distance of lines: more is between paragraphs
PITCHES = 4  # fewer distances of lines say nothing of the usual one
LARGER = 1.25  # times the height of a line: a larger or smaller line is another paragraph
SPACE = 0.25  # of the height of a line: a usual space, which the next word needs, too
INDENTED = 0.8  # of the height of lines: a line that begins so far inside begins a paragraph
SHORT = 0.9  # of the width of a column: shorter lines show whether lines begin below each other
NARROW = 8  # times the height of a line: what is narrower is a column of a table, and no text goes on beside it
MARGIN = 0.12  # of the height of a page: where page numbers and running heads stand
EDGE_LINES = 2  # most lines at an edge of a page that can be a running head
REPEATED = 0.5  # of the pages: what stands at the edge of so many is no text
DIGITS = re.compile(r"\d+")
NUMBER = re.compile(r"[\W_]*\d{1,4}(?:\s*[/|-]\s*\d{1,4})?[\W_]*")
LABEL = re.compile(r"\W?\d{1,3}[.)-]|[•▪◦‣●○■–—-]\s?(?=\w)")  # of an item of a list: its other lines begin inside
HYPHENATED = re.compile(r"(?<=[a-z])[-\u2010\xad\x02]$")
ENDING = frozenset('.!?؟…»”")')


class Page(Struct, frozen=True):
    """The glyphs of a page, and where it begins and ends, from below, in points."""

    bottom: float
    top: float
    glyphs: tuple[Glyph, ...]

    @property
    def height(self) -> float:
        return self.top - self.bottom


class Line(Struct, frozen=True):
    """A line of a column: its text, its bounds, those of its column, the width of its first word, and its page.

    loose        the lines of its column do not begin below each other
    type_size    of most of its glyphs; 0 if it is not known
    """

    printed: Printed
    x0: float
    x1: float
    base: float
    size: float
    left: float
    right: float
    first_word: float
    page: int
    rtl: bool
    loose: bool
    type_size: float


class Running(Struct, frozen=True):
    """The running text, a line per paragraph.

    left_out    how many lines of page numbers and running heads it does not have
    notes       how many footnotes it does not have
    """

    text: str
    left_out: int
    notes: int = 0


def running(pages: Sequence[Page]) -> Running:
    """The running text of pages."""
    rtl = pdf_lines.is_rtl(glyph.text for page in pages for glyph in page.glyphs)
    lowered = [pdf_raised.lowered(page.glyphs) for page in pages]
    pages = [structs.replace(page, glyphs=glyphs) for page, (glyphs, _) in zip(pages, lowered, strict=True)]
    edges = [list(_edges(page, rtl)) for page in pages]
    left_out = _repeated(edges)
    inner = [
        _without(page, [line for line, text in own if text in left_out]) for page, own in zip(pages, edges, strict=True)
    ]
    bodies = [
        pdf_raised.without(page.glyphs, raised, pdf_columns.lines_of, rtl)
        for page, (_, raised) in zip(_uncut(inner), lowered, strict=True)
    ]
    pages = [structs.replace(page, glyphs=glyphs) for page, (glyphs, _) in zip(inner, bodies, strict=True)]
    by_page = [list(_lines_of(page, number, rtl)) for number, page in enumerate(pages)]
    lines = [line for own in by_page for line in own]
    mirrored = rtl and sum(line.printed.looks for line in lines) < 0
    number = sum(text in left_out for own in edges for _, text in own)
    notes = sum(left for _, left in bodies)
    return Running("".join(f"{each}\n" for each in _paragraphs(lines, mirrored)), number, notes)


def _edges(page: Page, rtl: bool) -> Iterator[tuple[list[Glyph], str]]:
    """The first and the last lines of a page, across its columns, with their texts, in which a number is `#`."""
    near = page.height * MARGIN
    for zone, at in (
        ([glyph for glyph in page.glyphs if page.top - glyph.base < near], slice(EDGE_LINES)),
        ([glyph for glyph in page.glyphs if glyph.base - page.bottom < near], slice(-EDGE_LINES, None)),
    ):
        for line in pdf_columns.lines_of(zone)[at]:
            text = pdf_lines.printed(line, rtl).text(False)
            yield line, "#" if NUMBER.fullmatch(text) else DIGITS.sub("#", text)


def _repeated(edges: list[list[tuple[list[Glyph], str]]]) -> set[str]:
    """The texts at the edges of pages that are page numbers, or are on many pages."""
    on_pages = Counter(text for own in edges for text in {text for _, text in own})
    often = max(2, REPEATED * len(edges))
    return {text for text, number in on_pages.items() if text == "#" or number >= often}


def _uncut(pages: list[Page]) -> list[Page]:
    """Pages without what stands on two of them: browsers leave the tops of the next page's first letters on a page."""
    found = list(pages)
    for at, (one, other) in enumerate(pairwise(pages)):
        last, first = pdf_columns.lines_of(one.glyphs)[-1:], pdf_columns.lines_of(other.glyphs)[:1]
        if last and first:
            ends, begins = (Counter((g.text, round(g.x0)) for g in line if g.text != " ") for line in (*last, *first))
            if ends < begins:
                found[at] = _without(found[at], last)
            elif begins < ends:
                found[at + 1] = _without(found[at + 1], first)
    return found


def _without(page: Page, lines: list[list[Glyph]]) -> Page:
    out = {glyph.at for line in lines for glyph in line}
    return Page(page.bottom, page.top, tuple(glyph for glyph in page.glyphs if glyph.at not in out))


def _lines_of(page: Page, number: int, rtl: bool) -> Iterator[Line]:
    for column in pdf_columns.columns(list(page.glyphs), rtl):
        lines = pdf_columns.lines_of(column)
        bounds = [_bounds(line) for line in lines]
        left, right = sorted(x0 for x0, _ in bounds), sorted(x1 for _, x1 in bounds)
        begin, end = len(lines) // 4, len(lines) // 10  # how many lines may stand out of the column
        edges = (left[end], right[-1 - begin]) if rtl else (left[begin], right[-1 - end])
        if loose := _is_loose(bounds, pdf_columns.height(column), rtl):
            edges = left[0], right[-1]
        for line in lines:
            yield _line(line, edges, number, rtl, loose)


def _is_loose(bounds: list[tuple[float, float]], height: float, rtl: bool) -> bool:
    """Whether short lines do not begin below each other, since they are centred, or flush at the side where they end."""
    left, right = min(x0 for x0, _ in bounds), max(x1 for _, x1 in bounds)
    short = [(x0, x1) for x0, x1 in bounds if x1 - x0 < SHORT * (right - left)]
    inside = [right - x1 if rtl else x0 - left for x0, x1 in short]
    far = [each for each in inside if each > INDENTED * height]
    return 2 * len(far) > len(inside) > 1 and max(far) - min(far) > INDENTED * height


def _bounds(line: list[Glyph]) -> tuple[float, float]:
    seen = [glyph for glyph in line if not glyph.text.isspace()]
    return min(glyph.x0 for glyph in seen), max(glyph.x1 for glyph in seen)


def _line(line: list[Glyph], column: tuple[float, float], page: int, rtl: bool, loose: bool) -> Line:
    seen = [glyph for glyph in line if not glyph.text.isspace()]
    own, (x0, x1) = pdf_lines.printed(line, rtl), _bounds(line)
    size, type_size = pdf_columns.height(seen, 0.9), median(glyph.type_size for glyph in seen)
    return Line(
        own,
        x0,
        x1,
        median(g.base for g in seen),
        size,
        *column,
        _first_word(line, size, rtl),
        page,
        rtl,
        loose,
        type_size,
    )


def _first_word(line: list[Glyph], size: float, rtl: bool) -> float:
    """The width of the word at the side where a line begins."""
    ordered = sorted(line, key=lambda glyph: glyph.middle, reverse=rtl)
    word: list[Glyph] = []
    for glyph in ordered:
        gap = 0.0 if not word else (word[-1].x0 - glyph.x1 if rtl else glyph.x0 - word[-1].x1)
        if word and (glyph.text.isspace() or gap > pdf_lines.GAP * size):
            break
        if not glyph.text.isspace():
            word.append(glyph)
    return max(g.x1 for g in word) - min(g.x0 for g in word) if word else 0.0


def _paragraphs(lines: list[Line], mirrored: bool) -> Iterator[str]:
    pitches = sorted((one.base - other.base) / one.size for one, other in pairwise(lines) if _below(one, other))
    pitch = pitches[len(pitches) // 4] if len(pitches) >= PITCHES else 1.0
    held, before = "", None
    for line in lines:
        text = line.printed.text(mirrored)
        if before is not None and _goes_on(before, line, held, pitch):
            hyphen = HYPHENATED.search(held) if text[:1].islower() and text[:1].isascii() else None
            held = held[: hyphen.start()] + text if hyphen else f"{held} {text}"
        else:
            if held:
                yield pdf_lines.paired(held)
            held = text
        before = line
    if held:
        yield pdf_lines.paired(held)


def _below(one: Line, other: Line) -> bool:
    """Whether a line is below another one in the same column."""
    same = one.page == other.page and (one.left, one.right) == (other.left, other.right)
    return same and 0 < one.base - other.base < 3 * one.size


def _goes_on(before: Line, line: Line, held: str, pitch: float) -> bool:
    """Whether a paragraph goes on in the next line."""
    sizes = before.type_size, line.type_size
    small, large = sorted(sizes if all(sizes) else (before.size, line.size))
    if large > LARGER * small:
        return False
    inside = line.right - line.x1 if line.rtl else line.x0 - line.left
    indented = inside > INDENTED * line.size and line.first_word < (line.right - line.left) / 2
    if indented and not line.loose and not LABEL.match(held):
        return False
    room = before.x0 - before.left if before.rtl else before.right - before.x1
    if before.loose:
        room = before.right - before.left - (before.x1 - before.x0)
    if room > line.first_word + SPACE * line.size:
        return False
    if _below(before, line):
        return before.base - line.base <= APART * pitch * before.size
    beside = before.right - before.left > NARROW * before.size or before.page != line.page
    return beside and held[-1:] not in ENDING
