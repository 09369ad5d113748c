"""Cues next to the clause that is their content: according to, as he said, in his words."""

from bisect import bisect_right
from functools import cache

from msgspec import structs

from helpers.extraction import openings, source_phrases
from helpers.extraction.adjacent_contents import beside, clause
from helpers.extraction.constructions import Anchor, Construction, Opens, Stands
from helpers.extraction.cue_candidates import Candidate
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.opened_contents import content
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.extraction.vetoes import Stage, stopped
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role
from helpers.text import orthography

FRONTED = Construction(Anchor.AS_SAID, Opens.QUOTATION, Stands.AFTER)  # «…»، كما قال فلان
WRITTEN = ("document", "organisation", "person")  # kinds of nouns in which a statement can be written
POINTS = {3: "", 2: "3mp", 1: "3fs", 0: "3ms"}  # agreement of the third-person pronouns in `letters.csv`
AUDIENCE = 5  # most words of an audience
FAR = 60  # words back that are searched for a pronoun's antecedent


def particle(cue: Candidate) -> Draft | None:
    """The claim of «وفقا لفلان», «بحسب فلان» or «كما قال فلان»."""
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
        if text.role(first + 1, Role.stands_in) and first + 3 < end and text.role(first + 2, Role.within):
            return beside(cue, (at, first), source_phrases.phrase(text, first + 3, end, True), Anchor.PARTICLE)
        said = as_said(cue, at, first + 1, governing=True)
        if said or not any(text.kinds[k].kind == "document" for k in range(first + 1, min(end, first + 5))):
            return said
        return beside(cue, (at, first), source_phrases.phrase(text, first, end, True), Anchor.PARTICLE)
    if text.role(first, Role.own_words) or (text.role(first, Role.resumptive) and not _of_standard(text, first)):
        return _its(beside(cue, (at, first + 1), None, Anchor.PARTICLE), text, (at, first + 1))
    if _saying(text, first, end) and not stopped(
        Stage.PARTICLE, structs.replace(cue, first=first + 1)
    ):  # بحسب زعم الشركة
        draft = beside(cue, (at, first + 1), source_phrases.phrase(text, first + 1, end, True), Anchor.PARTICLE)
        return draft and structs.replace(draft, cue=(at, first + 1))
    head = first + 1 if text.role(first, Role.precedes) and first + 1 < end else first  # بحسب ذات المصدر
    if stopped(Stage.PARTICLE, structs.replace(cue, first=head)):
        return None
    return beside(cue, (at, first), source_phrases.phrase(text, first, end, True), Anchor.PARTICLE)


def _its(draft: Draft | None, text: Text, words: Range) -> Draft | None:
    """A claim whose source is the antecedent of the pronoun in its cue, with which it agrees: «بحسب قوله», «وفقا لها»."""
    if draft is None:
        return None
    word = text.words[words[1] - 1]
    agreement = next((told for end, told in POINTS.items() if word.endswith(letters().third[end])), "")
    return structs.replace(draft, cue=words, hit=structs.replace(draft.hit, agreement=agreement))


def _of_standard(text: Text, at: int) -> bool:
    """Whether a pronoun refers to a standard, such as a law, and not to a source: «صدر القرار. ووفقا له …»."""
    feminine = text.words[at].endswith(letters().third[1])
    for before in range(at - 1, max(0, at - FAR), -1):
        word = text.kinds[before]
        agrees = text.written(before).endswith(letters().feminine) == feminine
        if agrees and (word.roles & Role.standard or word.kind):
            return bool(word.roles & Role.standard)
    return False


def _saying(text: Text, at: int, end: int) -> bool:
    """Whether a verbal noun of saying, and not a document, is between a particle and the speaker: زعم, قول, تعبير."""
    next_to = at + 1 < end and not text.gaps[at + 1] & ~Gap.quote
    return next_to and text.role(at, Role.own_saying) and text.kinds[at].kind is None


def as_said(cue: Candidate, at: int, verb: int, governing: bool = False) -> Draft | None:
    """The claim of «…، كما قال فلان», «وفقا لما أعلنه فلان»: the verb's clause names the speaker of the clause next to it.

    governing   whether a particle governs the clause and is the cue (وفقا لما)
    """
    text, start, end = cue.text, cue.start, cue.end
    while verb < end and text.role(verb, Role.auxiliary):
        verb += 1
    if verb >= end:
        return None
    seen = structs.replace(cue, at=verb, first=at)
    if text.role(verb, Role.stands_in) and text.role(verb + 1, Role.within) and verb + 2 < end:
        if not governing and stopped(Stage.ASIDE, seen):
            return None
        written = text.kinds[verb + 2].kind in WRITTEN  # حسبما جاء في بيان
        return (
            beside(cue, (at, verb), source_phrases.phrase(text, verb + 2, end, True), Anchor.AS_SAID, at)
            if written
            else None
        )
    told = governing and text.kinds[verb].hits and text.role(verb - 1, Role.what)
    if told and text.kinds[verb].hits[0].part == "passive" and _closed(text, verb, end):
        by_nobody = structs.replace(cue, hit=text.kinds[verb].hits[0])  # بحسب ما قيل
        return beside(by_nobody, (at, verb + 1), None, Anchor.AS_SAID, at)
    parts = ("perfect", "imperfect", "masdar")[
        : 2 + (verb - 1 == at or bool(text.role(verb - 1, Role.what)))
    ]  # حسبما ذكره, ما ذكره, as a masdar is spelled
    hits = (h for h in text.kinds[verb].hits if h.part in parts and not h.lead)
    found = next((h for h in hits if "parenthesis" in h.cue.takes), None)
    if found is None and governing and text.role(verb, Role.published):
        found = cue.hit
    if found is None or (not governing and stopped(Stage.ASIDE, structs.replace(seen, hit=found))):
        return None
    source = source_phrases.after(text, verb + 1, end, True)
    if not governing and at - start <= 1 and source and not _marked(text, source[1], end):
        return None  # كما علق الحزب الحوار: he also …
    if not governing and _governs(text, verb, end) and not (source and _taken_up(text, source[1], end)):
        return None
    if source and found is cue.hit:
        source = source[0], _placed(text, source)
    if source and "relays" in found.cue.takes and text.role(source[1], Role.about):
        source = source_phrases.after(text, source[1] + 1, end, True) or source  # حسبما نقلت الوكالة عن مسؤول
    if source is None and not (_closed(text, verb, end) if governing else _alone(text, start, at)):
        return None
    if not governing and at in text.closes and text.closes[at] >= start and _whole(text, text.closes[at], at, start):
        return Draft(verb, found, FRONTED, (text.closes[at], at), source, begins=at)
    words = (at, verb if source else verb + 1) if governing else (verb, verb + 1)
    if governing and source is None:
        heard = _audience(text, verb + 1, end)
        draft = beside(cue, words, source, Anchor.AS_SAID, at)
        return draft and (structs.replace(draft, cue=(at, heard)) if heard > verb + 1 else draft)
    return beside(cue if governing else structs.replace(cue, hit=found), words, source, Anchor.AS_SAID, at)


def _placed(text: Text, source: Range) -> int:
    """The end of an outlet as a source, before words of place and manner: حسب ما وقفت عليه «الضحى» في المكان."""
    first, end = source
    if first in text.opens and text.opens[first] < end:
        return text.opens[first]
    return next((at for at in range(first + 1, end) if text.role(at, Role.preposition)), end)


def _taken_up(text: Text, at: int, end: int) -> bool:
    """Whether ف begins the clause after a comma: «كما علق الوزير، فقد …»."""
    return at < end and bool(text.gaps[at] & Gap.comma and text.role(at, Role.then_that | Role.perfective))


def _closed(text: Text, verb: int, end: int) -> bool:
    """Whether a verb is followed by a mark, a time or an audience, and not by a speaker: «بحسب ما أعلنته أمس»."""
    after = verb + 1
    if after < end and any(h.pronoun for h in text.kinds[verb].hits[:1]) and _audience(text, after, end) > after:
        return True  # بحسب ما ذكرته لـ CNN
    return after >= end or bool(text.gaps[after] & (Gap.comma | BREAK)) or text.role(after, Role.time | Role.adverb)


def _audience(text: Text, at: int, end: int) -> int:
    """The end of an audience that is followed by a mark: لـ CNN, للصحيفة, للصحفيين; `at` if there is none."""
    if at >= end or not (text.words[at] in letters().to or text.words[at].startswith(letters().to)):
        return at
    stop = min(end, at + AUDIENCE)
    after = next((k for k in range(at + 1, stop) if text.gaps[k] & (Gap.comma | BREAK)), stop)
    return after if after == end or after < stop else at


def _whole(text: Text, first: int, end: int, start: int) -> bool:
    """Whether a quotation is a statement, and not a name at the end of a clause: ما يعرف بـ«بوابة الريح»، كما قال."""
    return end - first > openings.NAME or first - start <= 1 or not text.role(first - 1, Role.preposition)


def _marked(text: Text, at: int, end: int) -> bool:
    """Whether a comma or the beginning of a clause follows the speaker."""
    return at >= end or bool(
        text.gaps[at] & (Gap.comma | Gap.dash | BREAK) or text.role(at, THAT | Role.then_that | Role.perfective)
    )


def _alone(text: Text, start: int, at: int) -> bool:
    """Whether a verb after كما has no stated subject, and كما follows a mark: «الشتاء، كما يوضح، كان سخيا»."""
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
        apart = opening is not None and opening.at != last
        source = source_phrases.phrase(text, last, opening.at) if opening and apart else None
        resumed = source_phrases.document(text, start, first) if pronoun and opening and opening.at == last else None
        short = (
            opening and opening.how is Opens.QUOTATION and text.opens[opening.first] - opening.first <= openings.NAME
        )
        if opening and not short and (source is None or _heads(text, source[0])):
            construction = Construction(Anchor.PHRASE, opening.how)
            draft = Draft(at, hit, construction, content(text, opening, end), source or resumed, begins=first)
    elif (pronoun or last < end) and (
        "whose" in hit.cue.takes or (_apart(text, start, first, last) if pronoun else _heads(text, last))
    ):
        source = None if pronoun else source_phrases.phrase(text, last, end, True)
        here = structs.replace(cue, start=clause(text, start, first))
        draft = beside(here, (at, last), source, Anchor.PHRASE, first)
    return _its(draft, text, (first, last)) if pronoun else draft and structs.replace(draft, cue=(first, last))


def _apart(text: Text, start: int, first: int, last: int) -> bool:
    """Whether a phrase begins its clause: «وفي رأيه أن …», «…، بحسبه، …»; but not «أخذت اللجنة برأيها»."""
    return first == start or bool(text.gaps[first] & ~Gap.quote) or text.role(last, THAT | Role.then_that)


def _heads(text: Text, at: int) -> bool:
    return not text.role(at, Role.standard | Role.time) and bool(
        text.kinds[at].kind or text.words[at].startswith(letters().article)
    )


@cache
def _words(lemma: str) -> list[str]:
    return orthography.fold(lemma).text.split()


def _written(text: Text, start: int, end: int, at: int, lemma: str) -> tuple[Range, bool] | None:
    """(the words of a phrase that includes word `at`, whether it ends with a pronoun); None if it is not there."""
    words = _words(lemma)
    for place in range(len(words)):
        first, last = at - place, at - place + len(words)
        if first < start or last > end:
            continue
        here = text.words[first:last]
        lead = here[0][1:] if here[0] not in words[0] and here[0].startswith(letters().conjunction) else here[0]
        here = [lead, *here[1:]]
        if here == words:
            return (first, last), False
        if here[:-1] == words[:-1] and here[-1].removeprefix(words[-1]) in letters().attached:
            return (first, last), True
    return None


def clause_start(text: Text, start: int) -> int:
    """Where a sentence begins after a dateline (بيروت 15-8 (أ ف ب) -)."""
    if not text.datelines:
        return start
    place = bisect_right(text.datelines, start)
    at = text.datelines[place] if place < len(text.datelines) else None
    if at is None or at >= start + 9 or any(text.gaps[k] & BREAK for k in range(start + 1, at)):
        return start
    return at
