"""Arabic orthography: folds spelling variants together, with a map back to the text as received.

Fold before comparing, map back before reporting. The facts (which letters are equivalent, which proclitics attach) are
rows of `folding.csv` and `proclitics.csv` in `data/lexicon`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path

from msgspec import Struct

from helpers.files import csv_rows, paths

# The first alternative is contained in the second: it matches nearly all words, and makes the search a fifth faster.
WORD = re.compile(r"[ء-ي]++(?!\w)|[^\W\d_]+|\d+(?:[.,٫٬]\d+)*|\w+")

LETTER_NAME = 4  # most letters of the name of a letter: إتش
ABBREVIATION = 40  # most characters of an abbreviation with full stops

# Arabic, its supplements and extensions (Persian, Urdu and others among them), and the presentation forms of PDFs.
BLOCKS = ((0x600, 0x6FF), (0x750, 0x77F), (0x870, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC), (0x10EC0, 0x10EFF))


PROCLITIC_COLUMNS = ("before", "form", "writes", "latin", "example", "note")


def _ranges(points: Iterable[int]) -> str:
    """Code points in ascending order as ranges for a character set of a pattern, which compiles much faster."""
    ranges: list[list[int]] = []
    for point in points:
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


LETTERS = re.compile(f"[{_ranges(each for a, b in BLOCKS for each in range(a, b + 1) if chr(each).isalpha())}]+")


class Folded(Struct, frozen=True, gc=False):
    """A folded text and the offset of each of its characters in the original.

    `origin` is None when all offsets are the same in both, else the original offset of each folded character, with one
    more entry for the end.
    """

    text: str
    origin: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original offsets of folded text[start:end]; vowel marks after its last letter are included.

        >>> fold("حُلمَها").span(0, 5)
        (0, 7)
        """
        if self.origin is None or start >= end:
            at = start if self.origin is None else self.origin[start]
            return at, at + (end - start)
        return self.origin[start], max(self.origin[end], self.origin[start] + 1)


@cache
def _folding(path: Path) -> tuple[dict[str, str], re.Pattern[str]]:
    """The letters that fold to one other letter, and a pattern of what changes the length of the text when folded."""
    same, gone = {}, []
    for row in csv_rows.read(path, ("code", "folded", "name", "reason")):
        char = character(row)
        if row["folded"]:
            same[char] = row["folded"]
        else:
            gone.append(char)
    # Presentation forms (U+FB50-FDFF, U+FE70-FEFC) are shaped letters: NFKC turns them into plain letters.
    return same, re.compile(f"[{''.join(map(re.escape, gone))}]|[\ufb50-\ufdff\ufe70-\ufefc]")


def character(row: csv_rows.Row) -> str:
    """The character of a row, or the characters of a mark that is written with several."""
    try:
        return "".join(chr(int(code.removeprefix("U+"), 16)) for code in row["code"].split(" "))
    except (ValueError, OverflowError):
        raise row.error(f"code is {row['code']!r}; write it as U+0622") from None


def fold(text: str) -> Folded:
    """Fold spelling variants: alef and hamza forms, ة to ه, ى to ي; vowel marks, tatweel and invisible characters go.

    Digits become 0-9. Latin letters keep their case. The time is linear in the length of the text.

    >>> fold("أفغانستان الإسلاميّة").text
    'افغانستان الاسلاميه'
    """
    same, moving = _folding(paths.lexicon("folding.csv"))
    if not moving.search(text):
        return Folded(_replaced(text, same))
    parts: list[str] = []
    origin: list[int] = []
    at = 0
    for found in moving.finditer(text):
        parts.append(text[at : found.start()])
        origin.extend(range(at, found.start()))
        # Some presentation forms include vowel marks or spaces (ﷺ): without them, their letters are one word.
        letters = moving.sub("", unicodedata.normalize("NFKC", found.group())) if found.group() > "\ufaff" else ""
        letters = letters.replace(" ", "")
        parts.append(letters)
        origin.extend([found.start()] * len(letters))
        at = found.end()
    parts.append(text[at:])
    origin.extend(range(at, len(text) + 1))
    return Folded(_replaced("".join(parts), same), origin)


def _replaced(text: str, same: dict[str, str]) -> str:
    """The text with each letter of the table replaced: twice as fast as `str.translate` for a long text."""
    for char, folded in same.items():
        text = text.replace(char, folded)
    return text


_PIECES = re.compile(f"({WORD.pattern})")


class Tokens(Struct, frozen=True, gc=False):
    """The words of a text and what is between them.

    words    each word, folded
    between  what is before each word, folded, and one more item: what follows the last word
    starts, ends   offsets of each word in the original text
    folds    offset of each word in the folded text
    """

    words: list[str]
    between: list[str]
    starts: list[int]
    ends: list[int]
    folds: list[int]


def tokens(folded: Folded) -> Tokens:
    """Split a folded text into words and gaps. Linear in its length."""
    pieces = _PIECES.split(folded.text)
    edges = list(accumulate(map(len, pieces)))
    folds, ends = edges[0:-1:2], edges[1::2]
    starts = folds
    if folded.origin is not None:
        of = folded.origin.__getitem__
        starts, ends = list(map(of, folds)), list(map(of, ends))  # a ligature of several words folds to one word
    return Tokens(pieces[1::2], pieces[0::2], starts, ends, folds)


def by_role() -> dict[str, set[str]]:
    """The function words of `words.csv`, folded, by role."""
    return _by_role(paths.lexicon("words.csv"))


@cache
def _by_role(path: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in csv_rows.read(path, ("word", "role", "note")):
        found.setdefault(row["role"], set()).add(fold(row["word"]).text)
    return found


def spelled(words: list[str]) -> bool:
    """Whether words with nothing but full stops between them are one abbreviation: أو.إن.جي.سي، إن.كيه.

    Three or more are if they are short, two only if both are names of letters.
    """
    if max(map(len, words)) > LETTER_NAME:
        return False
    letters_or_that = by_role()["letter"] | by_role()["that"]  # no sentence ends with أن, so it is the letter N here
    return len(words) > 2 or (len(words) == 2 and letters_or_that.issuperset(words))


def letters(text: str) -> int:
    """The number of letters of the Arabic script in a text, including presentation forms.

    >>> letters("قال X"), letters("ﻗﺎﻝ"), letters("پژ، ٣")
    (3, 3, 2)
    """
    return sum(map(len, LETTERS.findall(text)))


def words(text: str) -> list[tuple[int, int]]:
    """The words of a text as (start, end), offsets in the original. A number such as 5,000 is one word."""
    return spans(tokens(fold(text)))


def spans(split: Tokens) -> list[tuple[int, int]]:
    """The words of a text that was split before, like `words`."""
    found: list[tuple[int, int]] = []
    past = 0
    for place in zip(split.starts, split.ends, strict=True):
        if place[0] >= past:  # a ligature of several words (ﷺ) is one character: one word
            found.append(place)
            past = place[1]
    return found


@cache
def _proclitics(path: Path) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {"word": [], "article": [], "adjective": []}
    for row in csv_rows.read(path, PROCLITIC_COLUMNS):
        found[row.one_of("before", found)].append((row["form"], row["writes"]))
    return found


def proclitics() -> tuple[str, ...]:
    """The proclitics, alone and combined, that are left out of a span: و, ب, ول …"""
    return tuple(form for form, _ in _proclitics(paths.lexicon("proclitics.csv"))["word"] if form)


def with_proclitics(word: str, adjective: bool = False) -> Iterator[tuple[str, int]]:
    """Every folded spelling of a word with the proclitics that it can take, and the number of characters they have.

    Before the article, proclitics combine with it (بال، لل: the lam of the article counts as the word's); a word
    without the article takes them unchanged; an adjective without it takes only و, or the article. Whether a word has
    the article is decided by its spelling before folding, since ألمانيا looks as if it had one when folded.

    >>> dict(with_proclitics("المخابرات"))["وللمخابرات"]
    2
    """
    proclitics = _proclitics(paths.lexicon("proclitics.csv"))
    for before, stem in next(stems([(word, adjective)])):
        for form, writes in proclitics[before]:
            # ل before ال before a word that begins with ل is written with two lams, not three: لليبي
            article = "" if before == "article" and writes == stem[:1] else writes
            yield form + article + stem, len(form)


def stems(words: list[tuple[str, bool]]) -> Iterator[list[tuple[str, str]]]:
    """The stems of many words, which are folded in one go, as proclitics may precede them.

    words     (word, whether it is an adjective)
    Returns   per word, pairs of a value of `before` in `proclitics.csv` and the folded letters after the proclitics
    """
    article = next(writes for form, writes in _proclitics(paths.lexicon("proclitics.csv"))["article"] if not form)
    folded = fold("\n".join(word for word, _ in words)).text.split("\n")
    for (word, adjective), stem in zip(words, folded, strict=True):
        if word.startswith(article) and len(word) > len(article) + 2:
            yield [("article", stem[len(article) :])]
        else:
            yield [("adjective", stem), ("article", stem)] if adjective else [("word", stem)]


def without_proclitics(word: str) -> Iterator[tuple[int, tuple[str, str]]]:
    """The inverse of `with_proclitics`: each possible number of characters of proclitics, with the stem (see `stems`).

    >>> (2, ("article", "مخابرات")) in without_proclitics("وللمخابرات")
    True
    """
    attached = _attached(paths.lexicon("proclitics.csv"))
    for prefix, length, before, writes, twice in (*attached.get("", ()), *attached.get(word[:1], ())):
        if word.startswith(prefix):
            stem = word[len(prefix) :]
            if before != "article" or (stem[:1] == writes) is twice:
                yield length, (before, stem)


@cache
def _attached(path: Path) -> dict[str, list[tuple[str, int, str, str, bool]]]:
    """Proclitics by the first letter that is written: (letters, length of the proclitic, `before`, `writes`, twice).

    `writes` are the letters of the article after the proclitic. With `twice` they are not written, since the stem
    begins with the same letter.
    """
    found: dict[str, list[tuple[str, int, str, str, bool]]] = {}
    for before, forms in _proclitics(path).items():
        for form, writes in forms:
            found.setdefault((form + writes)[:1], []).append((form + writes, len(form), before, writes, False))
            if before == "article" and len(writes) == 1:
                found.setdefault(form[:1], []).append((form, len(form), before, writes, True))
    return found
