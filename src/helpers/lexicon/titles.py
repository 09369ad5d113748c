"""Titles of several words in English, which word by word would mean something else: رئيس الوزراء, prime minister."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from helpers.files import csv_rows, paths
from helpers.text import orthography

COLUMNS = ("title", "gloss_en")


def english(words: Sequence[str]) -> str:
    """The English of the first title that stands among folded words, the longest that begins there; empty for none."""
    known = _titles(paths.lexicon("titles.csv"))
    longest = max(map(len, known))
    for at in range(len(words)):
        for size in range(longest, 1, -1):
            if gloss := known.get(tuple(words[at : at + size])):
                return gloss
    return ""


@cache
def _titles(path: Path) -> dict[tuple[str, ...], str]:
    """The titles by their folded words. Raises InputError for one that is no two words, has no English, or stands twice."""
    found: dict[tuple[str, ...], str] = {}
    for row in csv_rows.read(path, COLUMNS):
        words = tuple(orthography.WORD.findall(orthography.fold(row["title"]).text))
        if len(words) < 2 or not row["gloss_en"] or words in found:
            raise row.error(f"{row['title']!r} is one word, lacks its English or appears twice; write each title once")
        found[words] = row["gloss_en"]
    return found
