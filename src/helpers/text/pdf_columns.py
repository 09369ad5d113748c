"""The columns and lines of a page of a PDF, by the white space between its glyphs.

Columns are read from right to left where the page is Arabic; what spans columns stands for itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from helpers.text.pdf_lines import Glyph

SAME_LINE = 0.3  # of the height of glyphs: how far their bases in one line may differ
GUTTER = 0.8  # of the height of lines: the least white space between columns
MOST_BANDS = 500  # lines of a page; in a page of more, columns are not looked for
MOST_GUTTERS = 12  # strips of white space; more are not between columns
COLUMN_LINES = 3  # fewer lines beside each other are no columns


def lines_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Lines from above: glyphs with the same base, or nearly so."""
    lines: list[list[Glyph]] = []
    near = SAME_LINE * height(glyphs)
    base = 0.0
    for glyph in sorted(glyphs, key=lambda each: -each.base):
        if lines and base - glyph.base <= near:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
            base = glyph.base
    return [line for line in lines if any(not glyph.text.isspace() for glyph in line)]


def columns(glyphs: list[Glyph], rtl: bool) -> Iterator[list[Glyph]]:
    """The glyphs of a page by column, in the order of reading; what spans columns stands for itself."""
    if usual := height(glyphs):
        least = GUTTER * usual
        bands = _bands(glyphs)
        if len(bands) > MOST_BANDS:
            yield glyphs
            return
        # In a headline words are further apart than in the columns under it.
        yield from _read([(band, _covered(band, max(least, GUTTER * height(band)))) for band in bands], least, rtl)


Spans = list[tuple[float, float]]
Bands = list[tuple[list[Glyph], Spans]]  # glyphs beside each other, and what they cover from left to right


def _read(bands: Bands, least: float, rtl: bool) -> Iterator[list[Glyph]]:
    """Columns among bands: of those that have the most bands, with what is above and below them."""
    runs = ((start, *found) for start in range(len(bands)) if (found := _run(bands, start, least)))
    for start, end, gutters in sorted(runs, key=lambda run: run[0] - run[1]):
        parts = _parted([glyph for band, _ in bands[start:end] for glyph in band], gutters)
        if len(parts) > 1:
            yield from _read(bands[:start], least, rtl)
            yield from (reversed(parts) if rtl else parts)
            yield from _read(bands[end:], least, rtl)
            return
    if bands:
        yield [glyph for band, _ in bands for glyph in band]


def _run(bands: Bands, start: int, least: float) -> tuple[int, Spans] | None:
    """(the end, the white space) of the bands from one on that leave the same white space free between columns."""
    union: Spans = []
    end, free = start, list[tuple[float, float]]()
    for at in range(start, len(bands)):
        union = _merged([*union, *bands[at][1]], least)
        gaps = [(one[1], other[0]) for one, other in pairwise(union)]
        if not gaps and (free or at - start >= COLUMN_LINES):
            break
        end, free = (at + 1, gaps) if gaps else (end, free)
    return (end, free) if free else None


def _covered(band: list[Glyph], least: float) -> Spans:
    return _merged(((glyph.x0, glyph.x1) for glyph in band if not glyph.text.isspace()), least)


def _merged(spans: Iterable[tuple[float, float]], least: float) -> Spans:
    """What spans cover together; what is nearer than `least` is one."""
    found: Spans = []
    for x0, x1 in sorted(spans):
        if found and x0 - found[-1][1] < least:
            found[-1] = found[-1][0], max(found[-1][1], x1)
        else:
            found.append((x0, x1))
    return found


def _bands(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Parts of a page, from above, that a horizontal line of white space parts."""
    bands: list[list[Glyph]] = []
    low = 0.0
    near = SAME_LINE * height(glyphs)
    for glyph in sorted(glyphs, key=lambda each: -each.base):
        if bands and low - glyph.base <= near:
            bands[-1].append(glyph)
        else:
            bands.append([glyph])
        low = glyph.base
    return bands


def _parted(glyphs: list[Glyph], gutters: Spans) -> list[list[Glyph]]:
    """Glyphs by column, from left to right. White space beside what has too few lines for a column parts nothing."""
    left = list(gutters) if len(gutters) <= MOST_GUTTERS else []
    while True:
        middles = [(x0 + x1) / 2 for x0, x1 in left]
        parts: list[list[Glyph]] = [[] for _ in range(len(left) + 1)]
        for glyph in glyphs:
            parts[sum(glyph.middle > middle for middle in middles)].append(glyph)
        small = next((at for at, part in enumerate(parts) if len(lines_of(part)) < COLUMN_LINES), None)
        if small is None or not left:
            return parts
        beside = [at for at in (small - 1, small) if 0 <= at < len(left)]
        del left[min(beside, key=lambda at: left[at][1] - left[at][0])]


def height(glyphs: Iterable[Glyph], share: float = 0.75) -> float:
    """The height of most glyphs, in points: of letters in the middle of words a PDF often has less than that of the line."""
    found = sorted(glyph.y1 - glyph.y0 for glyph in glyphs if not glyph.text.isspace())
    return found[int(len(found) * share)] if found else 0.0
