"""Reporting nouns: a verbal noun followed by its speaker («تأكيد الوزير أن»), or without one («اعتقاد بأن»)."""

from msgspec import structs

from helpers.extraction import openings, source_phrases
from helpers.extraction.constructions import Anchor, Construction, Opens, Stands
from helpers.extraction.cue_candidates import Candidate
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.opened_contents import content
from helpers.extraction.openings import Opening
from helpers.extraction.texts import FINITE, Gap, Text
from helpers.extraction.vetoes import Stage, stopped
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role

OF_NOUN = 20  # most words between a noun with its speaker and the opening of its content
ADVERBIAL = 2  # most words of the sentence before a noun that heads its adverbial phrase


def noun(cue: Candidate) -> Draft | None:
    """The claim of a verbal noun without a pronoun; None if it does not report."""
    text, at, hit = cue.text, cue.at, cue.hit
    body = at > cue.start and text.kinds[at - 1].kind == "organisation" and not text.gaps[at]
    if body and text.kinds[at].kind and not text.words[at - 1].startswith(letters().article):
        return None  # وكالة أنباء
    if any(other.part in FINITE for other in text.kinds[at].hits):
        return None  # ظن: spelled like its verb
    opening = openings.find(text, at, cue.end, OF_NOUN)
    if opening is None or not _governs(cue, opening):
        return None
    if stopped(Stage.OPENING, structs.replace(cue, opening=opening)):
        return None
    source = _speaker(cue, opening)
    if source is None and opening.how is not Opens.QUOTATION and not _nobody(cue, opening):
        return None
    construction = Construction(Anchor.MASDAR, opening.how, source=Stands.AFTER if source else None)
    return Draft(at, hit, construction, _content(cue, opening), source, begins=at)


def _content(cue: Candidate, opening: Opening) -> Range:
    """The words of the content: only the quotation, if there is one; in an adverbial phrase, up to the next comma."""
    text, at, first = cue.text, cue.at, opening.first
    if first in text.opens:
        return first, text.opens[first]
    told = content(text, opening, cue.end)
    if at - cue.start <= ADVERBIAL and text.role(at - 1, Role.adjunct | Role.preposition):  # رغم نفي الشركة أن …، فتحت
        commas = (k for k in range(first + 1, told[1]) if text.gaps[k] & Gap.comma and not text.quoted(k - 1))
        return first, next((k for k in commas if not _goes_on(text, k)), told[1])
    return told


def _goes_on(text: Text, at: int) -> bool:
    joined = text.role(at, Role.joined) and text.words[at].startswith(letters().conjunction[0])
    return bool(joined or text.role(at, Role.relative))


def _governs(cue: Candidate, opening: Opening) -> bool:
    """Whether أن, with or without a quotation, is governed by the noun: no preposition but the noun's own precedes it."""
    text, before = cue.text, opening.at - 1
    if text.gaps[opening.at] & Gap.colon:
        heads = text.role(cue.start, Role.preposition) and cue.at - cue.start <= ADVERBIAL
        return bool(heads and text.kinds[cue.at].kind == "document")  # وفي تغريدة أخرى: «…»
    if opening.how is not Opens.THAT and not text.role(opening.at, Role.that):
        return False
    between = range(cue.at + 1, opening.at)
    if any(text.kinds[k].finite for k in between):
        return False  # تأكيد القاضي … وإشارته إلى أن; التزام يفيد بأن
    return not text.role(before, Role.preposition) or text.words[before] in cue.hit.cue.prepositions


def _speaker(cue: Candidate, opening: Opening) -> Range | None:
    """The speaker directly after the noun: in a lexicon, or known to be one from the article, or a single name."""
    text, first = cue.text, cue.at + 1
    if first >= opening.at or text.role(first, Role.object_head | Role.standard | Role.purport):
        return None
    article = letters().article
    adjective = text.words[first].startswith(article) and not text.written(first).endswith(letters().nisba)
    if cue.hit.lead.endswith(article) and adjective:
        return None  # الاعتقاد السائد أن; but الاتهام الروسي names the speaker
    source = source_phrases.after(text, first, opening.at)
    if source is None or source[0] != first:
        return None
    known = text.kinds[first].kind or text.role(first, Role.given) or text.words[first].startswith(letters().article)
    alone = (
        first + 1 == opening.at
        and opening.how is Opens.THAT
        and not text.words[first].endswith(letters().folded_feminine)
    )
    return source if known or alone else None


def _nobody(cue: Candidate, opening: Opening) -> bool:
    """Whether a belief or allegation has no stated speaker, and بأن follows soon after the noun."""
    text, at = cue.text, cue.at
    if opening.at == at + 2 and text.role(at + 1, Role.purport):
        return True  # شائعات مفادها أن
    if not text.words[opening.at].startswith(letters().by):
        return False
    return not any(text.gaps[k] for k in range(at + 1, opening.at))
