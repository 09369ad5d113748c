"""Lines that were broken for their length, as in mail and in text taken out of PDFs: a sentence goes on over them."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

from helpers.files import paths
from helpers.text import orthography, punctuation

NEXT = re.compile(r"[^\S\r\n]*(?:\r\n?|\n)[^\S\r\n]*")  # one line break, with no empty line
WIDEST = 120  # characters of a line: longer ones are paragraphs
LIKE = 0.7  # of the longest line of its block, at least so long is a line that is full
TAIL = 12  # characters at the end of a line in which its stop stands, with what closes it
FEW = 3  # lines of a block whose lengths tell
UNSTOPPED = 2 / 3  # of the lines of a block but the last, at least so many end amid a sentence

Line = tuple[int, int]


def wraps(text: str, lines: list[Line]) -> frozenset[int]:
    """The ends of those lines whose sentence goes on in the next line.

    So it does after a word that ends no sentence (في، أن), before one that begins none (إن), before a short last line
    that begins with a preposition, and in a block of lines of like length, most of which end amid a sentence, the last
    with its end. A headline and the lines of a list are not such.

    lines   each without outer white space, as offsets
    """
    found: set[int] = set()
    for block in _blocks(text, lines):
        if len(block) < 2 or max(end - start for start, end in block) > WIDEST:
            continue
        broken = _full(text, block)
        for line, following in pairwise(block):
            if not _stopped(text, line) and (broken or _leads_on(text, line, following)):
                found.add(line[1])
    return frozenset(found)


def _blocks(text: str, lines: list[Line]) -> list[list[Line]]:
    """Lines with no empty line between them."""
    found: list[list[Line]] = []
    for line in lines:
        if found and NEXT.fullmatch(text, found[-1][-1][1], line[0]):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _stopped(text: str, line: Line) -> bool:
    """Whether a line ends with what ends a sentence or leads to what follows: a stop, a colon, a semicolon."""
    ends, closers = _marks(paths.lexicon("punctuation.csv"))
    tail = orthography.fold(text[max(line[0], line[1] - TAIL) : line[1]]).text
    return tail.rstrip(closers)[-1:] in ends


def _full(text: str, block: list[Line]) -> bool:
    """Whether the lines of a block are of like length, as lines are that are broken when they are full."""
    widest = max(end - start for start, end in block)
    before = block[:-1]
    amid = sum(not _stopped(text, line) for line in before)
    like = all(end - start >= LIKE * widest for start, end in before)
    return len(block) >= FEW and like and amid >= UNSTOPPED * len(before) and _stopped(text, block[-1])


def _leads_on(text: str, line: Line, following: Line) -> bool:
    """Whether a word at the break ends no sentence, or begins none."""
    words = orthography.by_role()
    before, after = text[line[0] : line[1]].split(), text[following[0] : following[1]].split()
    last, first = (orthography.fold(word).text for word in (before[-1], after[0]))
    if first in words["that"] or last in words["that"] | words["preposition"] | words["relative"]:
        return True
    shorter = following[1] - following[0] < line[1] - line[0]
    adjoins = first in words["preposition"] | words["adjunct"]  # it belongs to the words before it
    return adjoins and shorter and _stopped(text, following)


@cache
def _marks(_: Path) -> tuple[str, str]:
    """The marks that end a sentence or lead to what follows, and those that may stand behind them."""
    marks = punctuation.marks()
    leading = "".join(mark for mark, role in marks.parting.items() if role in ("colon", "semicolon"))
    return marks.sentence_ends + leading, f"{marks.closers}{''.join(marks.families)} "
