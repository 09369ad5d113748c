"""Quotations without a cue word: signed with a dash («…» - فلان), or introduced by «from» (ومن فلان: «…»)."""

from helpers.extraction import source_phrases
from helpers.extraction.constructions import Anchor, Construction, Opens, Stands
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.openings import NAME
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role
from helpers.lexicon.word_kinds import Hit

SIGNED = Construction(Anchor.SIGNED, Opens.QUOTATION, Stands.AFTER)
FROM = Construction(Anchor.SIGNED, Opens.QUOTATION)
SPEAKERS = ("person", "group", "organisation", "document")
LABEL = 12  # most words between من and the colon


def find(text: Text, sign: Hit) -> dict[int, Draft]:
    """The claims of such quotations, by the index of the first word of a signed one, or of من.

    sign   the cue as which a punctuation mark is read
    """
    found: dict[int, Draft] = {}
    for first in text.firsts:
        end = text.opens[first]
        begins = first == 0 or text.gaps[first] & (BREAK | Gap.colon)
        if not begins or end - first < NAME:
            continue
        if draft := _signed(text, first, end, sign) or _from(text, first, end, sign):
            found[draft.begins] = draft
    return found


def _signed(text: Text, first: int, end: int, sign: Hit) -> Draft | None:
    if end - first <= NAME or end >= len(text.words) or not text.gaps[end] & Gap.dash:
        return None
    source = _somebody(text, end, len(text.words))
    if source is None or (not text.gaps[source[1]] & BREAK and source[1] < len(text.words)):
        return None
    return Draft(end - 1, sign, SIGNED, (first, end), source, cue=(end - 1, end), begins=first)


def _from(text: Text, first: int, end: int, sign: Hit) -> Draft | None:
    if not text.gaps[first] & Gap.colon or (end < len(text.words) and not text.gaps[end] & BREAK):
        return None
    for at in range(first - 1, max(-1, first - LABEL), -1):
        bare = text.words[at][text.words[at].startswith(letters().conjunction) :]
        if bare in letters().out_of:
            source = _somebody(text, at + 1, first) if not at or text.gaps[at] & BREAK else None
            return source and Draft(first - 1, sign, FROM, (first, end), source, cue=(first - 1, first), begins=at)
        if text.gaps[at] & (BREAK | Gap.colon):
            break
    return None


def _somebody(text: Text, first: int, end: int) -> Range | None:
    known = text.kinds[first].kind in SPEAKERS or text.role(first, Role.given)
    found = source_phrases.phrase(text, first, end)
    if not known and text.gaps[first] & Gap.line:  # alone on the next line, with a comma after a name of several words
        comma = next((at for at in range(first + 2, found[1]) if text.gaps[at] & Gap.comma), first)
        known = comma > first and text.kinds[comma].kind in SPEAKERS
    return found if known else None
