"""Cues that stand beside their content: according to, as he said, in his words."""

from bisect import bisect_right
from functools import cache

from msgspec import structs

from helpers.extraction import openings, source_phrases
from helpers.extraction.constructions import Anchor, Construction, Opens, Stands
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.extraction.verbs import MOST, content
from helpers.extraction.vetoes import Candidate, Stage, stopped
from helpers.lexicon import vocabulary
from helpers.lexicon.letters import letters
from helpers.lexicon.vocabulary import THAT, Role
from helpers.text import orthography

FRONTED = Construction(Anchor.AS_SAID, Opens.QUOTATION, Stands.AFTER)  # «…»، كما قال فلان
FEW = 4  # words before a particle that are no clause (وفي الطقس، وبحسب …)
CLAUSE = 60  # words back to look for the beginning of a clause


def particle(cue: Candidate) -> Draft | None:
    """The claim of «وفقا لفلان», «بحسب فلان», or of «كما قال فلان», at a word of the sentence."""
    text, at, end, hit = cue.text, cue.at, cue.end, cue.hit
    first = at + 1
    if first >= end:
        return None
    if "clause" in hit.cue.takes:
        return as_said(cue, at, at + 1)
    if text.role(first, Role.preposition):
        first += 1
    if first >= end:
        return None
    if text.role(first, Role.what):
        if text.role(first + 1, Role.stands_in) and first + 3 < end:
            return beside(cue, (at, first), source_phrases.phrase(text, first + 3, end, True), Anchor.PARTICLE)
        said = as_said(cue, at, first + 1, governing=True)
        if said or not any(text.kinds[k].kind == "document" for k in range(first + 1, min(end, first + 5))):
            return said
        return beside(cue, (at, first), source_phrases.phrase(text, first, end, True), Anchor.PARTICLE)
    if text.role(first, Role.own_words):
        draft = beside(cue, (at, first + 1), None, Anchor.PARTICLE)
        return draft and structs.replace(draft, cue=(at, first + 1))
    if stopped(Stage.PARTICLE, structs.replace(cue, first=first)):
        return None
    return beside(cue, (at, first), source_phrases.phrase(text, first, end, True), Anchor.PARTICLE)


def as_said(cue: Candidate, at: int, verb: int, governing: bool = False) -> Draft | None:
    """The claim of «…، كما قال فلان», «وفقا لما أعلنه فلان»: the verb's clause tells who says the clause beside it.

    governing   a particle governs the clause and is the cue (وفقا لما)
    """
    text, start, end = cue.text, cue.start, cue.end
    while verb < end and text.role(verb, Role.auxiliary):
        verb += 1
    if verb >= end:
        return None
    hits = (h for h in text.kinds[verb].hits if h.part in ("perfect", "imperfect"))
    found = next((h for h in hits if "parenthesis" in h.cue.takes), None)
    if found is None or (not governing and _governs(text, verb, end)):
        return None
    source = source_phrases.after(text, verb + 1, end, True)
    if source is None and not _alone(text, start, at):
        return None
    if not governing and at - start <= 1 and source and not _marked(text, source[1], end):
        return None  # كما علق الحزب الحوار: he also …
    if not governing and at in text.closes and text.closes[at] >= start and _whole(text, text.closes[at], at, start):
        return Draft(verb, found, FRONTED, (text.closes[at], at), source, begins=at)
    words = (at, verb) if governing else (verb, verb + 1)
    return beside(cue if governing else structs.replace(cue, hit=found), words, source, Anchor.AS_SAID, at)


def _whole(text: Text, first: int, end: int, start: int) -> bool:
    """Whether a quotation is what was said, not a name at the end of a clause: ما يعرف بـ«بوابة الريح»، كما قال."""
    return end - first > openings.NAME or first - start <= 1 or not text.role(first - 1, Role.preposition)


def _marked(text: Text, at: int, end: int) -> bool:
    """Whether a comma, or what begins a clause, stands behind who speaks."""
    return at >= end or bool(
        text.gaps[at] & (Gap.comma | BREAK) or text.role(at, THAT | Role.then_that | Role.perfective)
    )


def _alone(text: Text, start: int, at: int) -> bool:
    """Whether a verb after كما stands after a mark, its subject dropped: «الشتاء، كما يوضح، كان سخيا»."""
    return bool(at > start and text.gaps[at] & (Gap.comma | Gap.quote))


def _governs(text: Text, verb: int, end: int) -> bool:
    """Whether a verb has a content after it: «كما أعلن أن …» is a claim like any other."""
    opening = openings.find(text, verb, end)
    if opening is None:
        return False
    return opening.how is not Opens.QUOTATION


def phrase(cue: Candidate) -> Draft | None:
    """The claim of a phrase: «على حد قوله», «في رأي الوزير», «جاء في بيان الوزارة أن»."""
    text, start, end, at, hit = cue.text, cue.start, cue.end, cue.at, cue.hit
    found = _written(text, start, end, at, hit.cue.lemma)
    if found is None:
        return None
    (first, last), pronoun = found
    if "clause" in hit.cue.takes:
        return as_said(cue, first, last)
    draft = None
    if "that" in hit.cue.takes:
        opening = openings.find(text, last - 1, end)
        source = opening and (None if opening.at == last else source_phrases.phrase(text, last, opening.at))
        resumed = _document(text, start, first) if pronoun and opening and opening.at == last else None
        short = (
            opening and opening.how is Opens.QUOTATION and text.opens[opening.first] - opening.first <= openings.NAME
        )
        if opening and not short and (source is None or _heads(text, source[0])):
            if source is None and pronoun:
                source = source_phrases.document(text, start, first)
            construction = Construction(Anchor.PHRASE, opening.how)
            draft = Draft(at, hit, construction, content(text, opening, end), source or resumed, begins=first)
    elif pronoun or (last < end and ("whose" in hit.cue.takes or _heads(text, last))):
        source = None if pronoun else source_phrases.phrase(text, last, end, True)
        here = structs.replace(cue, start=clause(text, start, first))
        draft = beside(here, (at, last), source, Anchor.PHRASE, first)
    return draft and structs.replace(draft, cue=(first, last))


def _document(text: Text, start: int, end: int) -> Range | None:
    """The indefinite document that a clause tells of which begins at a word: رسالة ورد فيها أن."""
    found = None
    for first in range(end - 1, max(start, end - CLAUSE // 4) - 1, -1):
        if text.kinds[first].kind == "document" and not text.words[first].startswith(letters().article):
            found = (first, end) if source_phrases.phrase(text, first, end)[1] == end else found
        if text.gaps[first] & (Gap.comma | BREAK):
            break
    return found


def _heads(text: Text, at: int) -> bool:
    return not text.role(at, Role.standard | Role.time) and bool(
        text.kinds[at].kind or text.words[at].startswith(letters().article)
    )


@cache
def _words(lemma: str) -> list[str]:
    return orthography.fold(lemma).text.split()


def _written(text: Text, start: int, end: int, at: int, lemma: str) -> tuple[Range, bool] | None:
    """Where the words of a phrase stand around the one at `at`, and whether a pronoun is written at its end."""
    words = _words(lemma)
    for place in range(len(words)):
        first, last = at - place, at - place + len(words)
        if first < start or last > end:
            continue
        here = text.words[first:last]
        lead = here[0][1:] if here[0] not in words[0] and here[0].startswith(letters().conjunction) else here[0]
        if [lead, *here[1:]] == words:
            return (first, last), False
        pronoun = here[-1].removeprefix(words[-1])
        if [lead, *here[1:-1]] == words[:-1] and pronoun in vocabulary.PRONOUNS:
            return (first, last), True
    return None


def clause(text: Text, start: int, at: int) -> int:
    """Where the clause begins that a phrase in mid-sentence stands in."""
    first = at
    while first > start and at - first < CLAUSE:
        if at - first > 2 and text.gaps[first] & (Gap.comma | BREAK):
            break
        if text.role(first - 1, THAT | Role.begins_clause) and not text.role(first - 1, Role.that_pronoun):
            break
        first -= 1
    return first


def beside(cue: Candidate, words: Range, source: Range | None, anchor: Anchor, at: int | None = None) -> Draft | None:
    """The claim whose content stands beside its cue: the clause after it, before it, or around it.

    words   those of the cue; at: where it leaves the clause, its first word when not given
    """
    text, start, end, hit = cue.text, cue.start, cue.end, cue.hit
    at = words[0] if at is None else at
    source = source and (source[0], _place(text, source[1], end))
    first, last = max(start, at - MOST), source[1] if source else words[1]
    end = min(end, last + MOST)
    lead = at - first
    aside = lead <= FEW and text.role(first, (OUTSIDE & ~THAT) | Role.preposition)
    after_comma = last < end and text.gaps[last] & Gap.comma and end - last > 1
    if lead <= 1 or (aside and text.gaps[at] & Gap.comma and after_comma):
        while last < end and text.role(last, Role.that | Role.then_that | Role.perfective):
            last += 1
        if last >= end:
            return None
        return Draft(words[0], hit, Construction(anchor, Opens.BESIDE, Stands.BEFORE), (last, end), source, begins=at)
    rest = end - max(last, _tail(text, last, end))
    if text.gaps[at] & Gap.comma and after_comma:
        begun = clause(text, first, at)
        if at - begun <= FEW:
            return Draft(
                words[0], hit, Construction(anchor, Opens.BESIDE, Stands.AMID), (begun, end), source, begins=at
            )  # الحكومة، بحسب الوزير، ستستقيل
    if rest > 1 and not text.gaps[last] & (Gap.comma | BREAK) and not text.role(last, THAT):
        return Draft(words[0], hit, Construction(anchor, Opens.BESIDE, Stands.AMID), (first, end), source, begins=at)
    return Draft(words[0], hit, Construction(anchor, Opens.BESIDE, Stands.AFTER), (first, at), source, begins=at)


def _place(text: Text, last: int, end: int) -> int:
    """Where a source ends that the words after it, up to a comma or the sentence's end, place: وزارة الصحة في غزة."""
    after = _tail(text, last, end)
    if text.role(last, Role.within):
        inside = range(last + 1, after)
        if not any(text.role(at, Role.time | Role.verb | Role.occasion) or text.kinds[at].kind for at in inside):
            return after
    return last


def _tail(text: Text, last: int, end: int) -> int:
    """Where a preposition and the few words after it end, if a comma or the sentence's end follows them."""
    if last < end and text.role(last, Role.preposition) and not text.gaps[last]:
        return next((at for at in range(last + 1, min(end, last + 4) + 1) if text.gaps[at] & (Gap.comma | BREAK)), last)
    return last


OUTSIDE = THAT | Role.adjunct | Role.time | Role.begins_clause | Role.relative | Role.audience | Role.alongside


def clause_start(text: Text, start: int) -> int:
    """Where a sentence's own words begin: after a dateline (بيروت 15-8 (أ ف ب) -)."""
    place = bisect_right(text.datelines, start)
    at = text.datelines[place] if place < len(text.datelines) else None
    if at is None or at >= start + 9 or any(text.gaps[k] & BREAK for k in range(start + 1, at)):
        return start
    return at
