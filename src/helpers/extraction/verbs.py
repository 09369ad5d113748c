"""Finite verbs that govern their content."""

from msgspec import structs

from helpers.extraction import openings, own_words, quoted, source_phrases
from helpers.extraction.constructions import Anchor, Construction, Opens, Stands
from helpers.extraction.cue_candidates import Candidate
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.opened_contents import content
from helpers.extraction.openings import Opening
from helpers.extraction.texts import Gap
from helpers.extraction.verb_sources import speaker
from helpers.extraction.verbs_behind import after_content
from helpers.extraction.vetoes import Stage, stopped
from helpers.lexicon.roles import Role


def verb(cue: Candidate) -> Draft | None:
    """The claim of a finite verb; None if it does not report."""
    text, at, hit = cue.text, cue.at, cue.hit
    opening = openings.find(text, at, cue.end)
    aside = at > cue.start and not hit.lead
    forward = opening is not None and (opening.how is Opens.THAT or text.gaps[opening.at] & Gap.colon)
    if aside and not forward and hit.part != "passive" and (said := after_content(cue, opening)):
        return said
    opening = own_words.opening(cue, opening) or opening
    if opening is None:
        opening = _with_participle(cue)
    if opening is None or stopped(Stage.OPENING, structs.replace(cue, opening=opening)):
        return None
    source, stands = speaker(cue, opening)
    if stopped(Stage.SOURCE, structs.replace(cue, opening=opening, source=source, stands=stands)):
        return None
    begins = source[0] if source and stands is Stands.BEFORE else at
    partly = _noun_phrase(cue, opening)
    construction = Construction(Anchor.VERB, Opens.OBJECT if partly else opening.how, source=stands)
    told = partly or content(text, opening, cue.end)
    return Draft(at, hit, construction, told, source, second=opening.second, begins=begins)


def _noun_phrase(cue: Candidate, opening: Opening) -> Range | None:
    """A noun phrase as content, of which only the beginning is quoted: «أعلن «انتهاء التوافق» مع الحركة»."""
    text, first = cue.text, opening.first
    after = text.opens.get(first, cue.end)
    if opening.how is not Opens.QUOTATION or "nominal" not in cue.hit.cue.takes or text.gaps[first] & Gap.colon:
        return None
    if after >= cue.end or after - first > openings.NAME or text.gaps[after] & ~Gap.quote:
        return None
    if text.role(after, Role.within):
        return None
    return quoted.phrase(text, first, cue.end)


def _with_participle(cue: Candidate) -> Opening | None:
    """The opening of the content shared by a verb and a participle directly after its speaker: «رد المخرج موضحا أن»."""
    text, at = cue.text, cue.at
    if not {"quotation", "that"} & cue.hit.cue.takes:
        return None
    for place in range(at + 1, min(cue.end, at + openings.OF_PARTICIPLE)):
        if text.gaps[place]:
            return None
        if text.kinds[place].hits and not text.kinds[place].kind:
            hit = text.kinds[place].hits[0]
            source = source_phrases.after(text, at + 1, place) if place > at + 1 else None
            if hit.part != "participle" or hit.lead or (source and source[1] != place):
                return None
            opening = openings.find(text, place, cue.end, openings.OF_PARTICIPLE)
            return opening and structs.replace(opening, second=place)
    return None
