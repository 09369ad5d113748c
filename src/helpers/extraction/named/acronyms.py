"""Acronyms in brackets directly after the name of an organisation: شركة الري الوطنية (أو.إن.جي), حزب الفجر (FJR).

Arabic news introduces acronyms so; both the name before the brackets and the acronym in them are the organisation's.
"""

from collections.abc import Container, Iterator, Sequence
from itertools import compress, count

from helpers.extraction.named.decoder import Found
from helpers.extraction.named.joining import GROUPS
from helpers.extraction.named.quoted_names import HEADS
from helpers.extraction.named.words import Seen
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import CLAUSE, Role
from helpers.text import orthography

CAPITALS = "capitals"  # the shape of a word in Latin capitals
OPENS = Gap.bracket | Gap.dash
LETTERS = 8  # most letters of an acronym
FAR = 6  # most words of the name before it
BREAKS = CLAUSE | Role.verb | Role.negation | Role.pronoun | Role.time
STOP = "."  # between the names of letters
SHORT = 3  # fewest letters of an acronym that is spelled by the names of its letters


def find(text: Text, seen: Sequence[Seen], taken: Container[int]) -> Iterator[tuple[Found, Found]]:
    """Each name and its acronym, in order; no acronym with a word that is in `taken`."""
    for first in compress(count(), text.gaps[:-1]):
        gap = text.gaps[first]
        if gap & OPENS and first and not gap & ~(OPENS | Gap.quote):
            end = _acronym(text, seen, first)
            begins = _name(text, seen, first) if end else None
            if end and begins is not None and not any(at in taken for at in range(first, end)):
                kind = "G" if seen[begins].head in GROUPS else "O"
                yield Found(begins, first, kind, 0.0), Found(first, end, kind, 0.0)


def _acronym(text: Text, seen: Sequence[Seen], first: int) -> int | None:
    """The end of an acronym that is alone before a closing bracket."""
    if seen[first].shape == CAPITALS and len(text.words[first]) <= LETTERS:
        end = first + 1
    else:
        end = first + 1
        while end < len(text.words) and text.received[text.ends[end - 1] : text.starts[end]] == STOP:
            end += 1
        if not SHORT <= end - first <= LETTERS or not orthography.spelled(text.words[first:end]):
            return None
    return end if text.gaps[end] & Gap.closing else None


def _name(text: Text, seen: Sequence[Seen], end: int) -> int | None:
    """The noun of an organisation with which the words before a bracket begin, if they are definite."""
    if not (seen[end - 1].definite or end in text.closes or text.words[end - 1].isascii()):
        return None  # شركة تنتج شرائح (CPU)
    for at in range(end - 1, max(-1, end - 1 - FAR), -1):
        if text.roles[at] & BREAKS or text.kinds[at].finite:
            return None
        if seen[at].head in HEADS and end - at > 1:
            return at
        attached = seen[at].lead and not text.words[at].startswith((*letters().to_article, *letters().joining))
        if text.gaps[at] & ~Gap.quote or attached:
            return None
    return None
