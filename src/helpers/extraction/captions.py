"""Words of another script that are the caption of an embedded post: the outlet claims nothing with them.

«A post shared by … (@handle)», «… pic.twitter.com/… — Name (@handle) March 4, 2022», or a sentence with hardly any
Arabic letters.
"""

from collections.abc import Iterable, Iterator

from helpers.extraction.drafts import Range
from helpers.extraction.texts import Gap, Text
from helpers.text import orthography

HARDLY = 5  # a sentence has hardly any Arabic letters if fewer than one in so many is one
STRETCH = 4  # fewest words of another script, one after the other, that are a caption if a handle is among them
SIGNED = 6  # most words from the dash before a name to its handle: — وزارة الري (@handle)
HANDLE = "@"
FIRST, LAST = orthography.BLOCKS[0]  # of Arabic letters, of which nearly all words are


def find(text: Text) -> list[Range]:
    """The ranges of words that are captions, in order."""
    foreign = [not _arabic(word) for word in text.words]
    if not any(foreign):
        return []
    found = []
    for start, end in text.sentences:
        if start < end and True in foreign[start:end]:
            found += [(start, end)] if _hardly_arabic(text, start, end) else list(_stretches(text, foreign, start, end))
    return found


def inside(text: Text, captions: Iterable[Range]) -> set[int]:
    """The words of another script in captions, without the names of accounts, directly before their handles."""
    found: set[int] = set()
    for first, end in captions:
        found.update(at for at in range(first, end) if not _arabic(text.words[at]))
        if (handle := _handle(text, first, end)) is not None:
            found.difference_update(range(max(first, handle - SIGNED), handle))
    return found


def _arabic(word: str) -> bool:
    """Whether a word begins with a letter of the Arabic script."""
    letter = ord(word[0])
    return FIRST <= letter <= LAST or (letter > LAST and orthography.LETTERS.match(word) is not None)


def _hardly_arabic(text: Text, start: int, end: int) -> bool:
    """Whether a sentence has letters, and hardly any of them are Arabic."""
    received = text.received[text.starts[start] : text.ends[end - 1]]
    return orthography.letters(received) * HARDLY < sum(map(str.isalpha, received))


def _stretches(text: Text, foreign: list[bool], start: int, end: int) -> Iterator[Range]:
    """The stretches of words of another script in a sentence that have a handle, with the name before it."""
    at = start
    while at < end:
        if not foreign[at]:
            at += 1
            continue
        first = at
        while at < end and foreign[at]:
            at += 1
        if at - first >= STRETCH and (handle := _handle(text, first, at)) is not None:
            dash = next(
                (k for k in range(first, max(start, handle - SIGNED) - 1, -1) if text.gaps[k] & Gap.dash), first
            )
            yield dash, at


def _handle(text: Text, first: int, end: int) -> int | None:
    """The first word in first:end that follows the sign of a handle."""
    for at in range(first, end):
        if text.received[text.ends[at - 1] if at else 0 : text.starts[at]].endswith(HANDLE):
            return at
    return None
