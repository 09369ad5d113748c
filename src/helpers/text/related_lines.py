"""Lines inside an article that lead to other articles (اقرأ أيضا: …), as sites put them between its paragraphs.

The words that begin them are rows of `related_lines.csv`.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from helpers.files import csv_rows, paths
from helpers.text import orthography

FOLLOWED_BY = {"anything": r"(?!\w)", "mark": r"\s*+(?:[^\w\s]|$)"}  # what may come after the words, in a pattern
HEAD = 80  # characters at the beginning of a line that are compared
HEADLINE = 200  # longest headline below such words, in characters

Line = tuple[int, int]


def found(text: str, lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that lead to other articles: those that begin with such words, and the headlines below words that stand alone.

    A headline is a line of at most HEADLINE characters that ends with a letter or number.

    lines   (start, end) of each line, without outer white space
    """
    begins = _begins(paths.lexicon("related_lines.csv"))
    leading, below = list[Line](), False
    for start, end in lines:
        head = orthography.fold(text[start : min(end, start + HEAD)]).text
        if words := begins.match(head):
            leading.append((start, end))
            below = end - start < HEAD and not any(map(str.isalnum, head[words.end() :]))
        elif below and end - start <= HEADLINE and text[end - 1].isalnum():
            leading.append((start, end))
        else:
            below = False
    return tuple(leading)


def warning(text: str, leading: tuple[Line, ...]) -> str:
    """What is said of such lines to a reader."""
    first = " ".join(re.split(r"[^\w\s]", text[slice(*leading[0])].lstrip("[]()«»*-–—•▪>| ")[:HEAD])[0].split()[:2])
    said = f"lines that lead to other articles ({len(leading)}), the first with «{first}»"
    return f"{said}; they are not counted as the outlet's claims"


@cache
def _begins(path: Path) -> re.Pattern[str]:
    """The words at the beginning of such a line, folded, after any marks."""
    ways = []
    for row in csv_rows.read(path, ("form", "followed_by", "note")):
        after = FOLLOWED_BY[row.one_of("followed_by", FOLLOWED_BY)]
        ways.append(rf"{re.escape(orthography.fold(row['form']).text)}{after}")
    return re.compile(rf"[\W_]*+(?:{'|'.join(sorted(ways, key=len, reverse=True))})")
