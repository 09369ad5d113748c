"""Hard-wrapped lines, as in mail and in text extracted from PDFs: a sentence continues over several lines."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

from helpers.files import paths
from helpers.text import orthography, punctuation

NEXT = re.compile(r"[^\S\r\n]*(?:\r\n?|\n)[^\S\r\n]*")  # one line break, with no empty line
WIDEST = 120  # longest hard-wrapped line, in characters: longer ones are paragraphs
LIKE = 0.7  # a full line is at least this share of the longest line of its block
TAIL = 12  # characters at the end of a line that are searched for a stop, with quotation marks after it
FEW = 3  # fewest lines of a block whose lengths are compared
UNSTOPPED = 2 / 3  # at least this share of a block's lines, without the last, must end inside a sentence

Line = tuple[int, int]


def wraps(text: str, lines: list[Line]) -> frozenset[int]:
    """The end offsets of the lines whose sentence continues in the next line.

    A sentence continues after a word that cannot end one (في، أن), before a word that cannot begin one (إن), before a
    short last line that begins with a preposition, and throughout a block of lines of similar length if most of them
    end inside a sentence and the last at the end of one. A headline and the items of a list do not continue.

    lines   (start, end) of each line, without outer white space
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


def warning(wrapped: int) -> str:
    """What is said to a reader of so many hard-wrapped lines."""
    return f"lines that end inside a sentence ({wrapped}) were read together with the next line; compare the paragraphs"


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
    """Whether a line ends with a full stop or the like, a colon or a semicolon."""
    ends, closers = _marks(paths.lexicon("punctuation.csv"))
    tail = orthography.fold(text[max(line[0], line[1] - TAIL) : line[1]]).text
    return tail.rstrip(closers)[-1:] in ends


def _full(text: str, block: list[Line]) -> bool:
    """Whether the lines of a block are of similar length, as hard-wrapped lines are."""
    widest = max(end - start for start, end in block)
    before = block[:-1]
    amid = sum(not _stopped(text, line) for line in before)
    like = all(end - start >= LIKE * widest for start, end in before)
    return len(block) >= FEW and like and amid >= UNSTOPPED * len(before) and _stopped(text, block[-1])


def _leads_on(text: str, line: Line, following: Line) -> bool:
    """Whether the word before the break cannot end a sentence, or the word after it cannot begin one."""
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
    """The marks that end a sentence or introduce what follows, and those that may come after them."""
    marks = punctuation.marks()
    leading = "".join(mark for mark, role in marks.parting.items() if role in ("colon", "semicolon"))
    return marks.sentence_ends + leading, f"{marks.closers}{''.join(marks.families)} "
