"""English translations of titles of several words, which are not translated word by word: رئيس الوزراء, prime minister."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from helpers.files import csv_rows, paths
from helpers.text import orthography

COLUMNS = ("title", "gloss_en")


def english(words: Sequence[str]) -> str:
    """The English for the first title among folded words, the longest that begins at its word; empty if there is none."""
    known = _titles(paths.lexicon("titles.csv"))
    longest = max(map(len, known))
    for at in range(len(words)):
        for size in range(longest, 1, -1):
            if gloss := known.get(tuple(words[at : at + size])):
                return gloss
    return ""


@cache
def _titles(path: Path) -> dict[tuple[str, ...], str]:
    """The titles by their folded words. Raises InputError for one of fewer than two words, without English, or repeated."""
    found: dict[tuple[str, ...], str] = {}
    for row in csv_rows.read(path, COLUMNS):
        words = tuple(orthography.WORD.findall(orthography.fold(row["title"]).text))
        if len(words) < 2 or not row["gloss_en"] or words in found:
            raise row.error(f"{row['title']!r} is one word, lacks its English or appears twice; write each title once")
        found[words] = row["gloss_en"]
    return found
