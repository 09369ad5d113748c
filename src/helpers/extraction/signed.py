"""Quotations with no word that reports: signed with a dash («…» - فلان), or from somebody (ومن فلان: «…»)."""

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
LABEL = 12  # words between من and the colon


def find(text: Text, sign: Hit) -> dict[int, Draft]:
    """The claims of signed quotations, by the first word of the quotation, and of those from somebody, by من.

    sign   what a mark is read as that stands for a word of saying
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
    if not known and text.gaps[first] & Gap.line:  # alone in the next line, with a comma after a name of some words
        comma = next((at for at in range(first + 2, found[1]) if text.gaps[at] & Gap.comma), first)
        known = comma > first and text.kinds[comma].kind in SPEAKERS
    return found if known else None
