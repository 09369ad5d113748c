"""Cues that stand beside their content: according to, as he said, in his words."""

from bisect import bisect_right
from dataclasses import replace
from functools import cache

from msgspec import structs

from helpers.extraction import openings, speakers
from helpers.extraction.constructions import Anchor, Construction, Opens, Stands
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.extraction.verbs import MOST, content
from helpers.extraction.vetoes import NAMING, Candidate, Stage, stopped
from helpers.lexicon import vocabulary
from helpers.lexicon.letters import letters
from helpers.lexicon.vocabulary import THAT, Role
from helpers.text import orthography

FRONTED = Construction(Anchor.AS_SAID, Opens.QUOTATION, Stands.AFTER)  # «…»، كما قال فلان
AWAY = 6  # words between a source and ف
FEW = 4  # words before a particle that are no clause (وفي الطقس، وبحسب …)
WRITTEN = ("document", "organisation", "person")  # kinds of nouns in which words stand
POINTS = {3: "", 2: "3mp", 1: "3fs", 0: "3ms"}  # by the pronouns of a third person in `letters.csv`
CLAUSE = 60  # words back to look for the beginning of a clause


def particle(cue: Candidate) -> Draft | None:
    """The claim of «وفقا لفلان», «بحسب فلان», or of «كما قال فلان», at a word of the sentence."""
    text, at, end, hit = cue.text, cue.at, cue.end, cue.hit
    first = at + 1
    if first >= end:
        return None
    if "clause" in hit.cue.takes:
        return as_said(cue, at, at + 1)
    if text.role(first, Role.preposition) or text.words[first] in letters().to:
        first += 1
    if first >= end:
        return None
    if text.role(first, Role.what):
        if text.role(first + 1, Role.stands_in) and first + 3 < end and text.role(first + 2, Role.within):
            return beside(cue, (at, first), speakers.phrase(text, first + 3, end, True), Anchor.PARTICLE)
        said = as_said(cue, at, first + 1, governing=True)
        if said or not any(text.kinds[k].kind == "document" for k in range(first + 1, min(end, first + 5))):
            return said
        return beside(cue, (at, first), speakers.phrase(text, first, end, True), Anchor.PARTICLE)
    if text.role(first, Role.own_words) or (text.role(first, Role.resumptive) and not _of_standard(text, first)):
        return _its(beside(cue, (at, first + 1), None, Anchor.PARTICLE), text, (at, first + 1))
    if _saying(text, first, end) and not stopped(
        Stage.PARTICLE, structs.replace(cue, first=first + 1)
    ):  # بحسب زعم الشركة
        draft = beside(cue, (at, first + 1), speakers.phrase(text, first + 1, end, True), Anchor.PARTICLE)
        return draft and structs.replace(draft, cue=(at, first + 1))
    if stopped(Stage.PARTICLE, structs.replace(cue, first=first)):
        return None
    return beside(cue, (at, first), speakers.phrase(text, first, end, True), Anchor.PARTICLE)


def _its(draft: Draft | None, text: Text, words: Range) -> Draft | None:
    """A claim of whom a pronoun at the end of its cue points at: «بحسب قوله», «وفقا لها»; it agrees with the pronoun."""
    if draft is None:
        return None
    word = text.words[words[1] - 1]
    agreement = next((told for end, told in POINTS.items() if word.endswith(letters().third[end])), "")
    return structs.replace(draft, cue=words, hit=replace(draft.hit, agreement=agreement))


def _of_standard(text: Text, at: int) -> bool:
    """Whether a pronoun points at what one acts in accordance with: «صدر القرار. ووفقا له …»."""
    feminine = text.words[at].endswith(letters().third[1])
    for before in range(at - 1, max(0, at - CLAUSE), -1):
        word = text.kinds[before]
        agrees = text.written(before).endswith(letters().feminine) == feminine
        if agrees and (word.roles & Role.standard or word.kind):
            return bool(word.roles & Role.standard)
    return False


def _saying(text: Text, at: int, end: int) -> bool:
    """Whether a verbal noun of saying stands between a particle and who speaks, and is no document: زعم, قول, تعبير."""
    next_to = at + 1 < end and not text.gaps[at + 1] & ~Gap.quote
    return next_to and text.role(at, Role.own_saying) and text.kinds[at].kind is None


def as_said(cue: Candidate, at: int, verb: int, governing: bool = False) -> Draft | None:
    """The claim of «…، كما قال فلان», «وفقا لما أعلنه فلان»: the verb's clause tells who says the clause beside it.

    governing   a particle governs the clause and is the cue (وفقا لما)
    """
    text, start, end = cue.text, cue.start, cue.end
    while verb < end and text.role(verb, Role.auxiliary):
        verb += 1
    if verb >= end:
        return None
    if text.role(verb, Role.stands_in) and text.role(verb + 1, Role.within) and verb + 2 < end:
        written = text.kinds[verb + 2].kind in WRITTEN  # حسبما جاء في بيان
        return (
            beside(cue, (at, verb), speakers.phrase(text, verb + 2, end, True), Anchor.AS_SAID, at) if written else None
        )
    parts = ("perfect", "imperfect", "masdar")[
        : 2 + bool(text.role(verb - 1, Role.what))
    ]  # ما ذكره, as a masdar is spelled
    hits = (h for h in text.kinds[verb].hits if h.part in parts and not h.lead)
    found = next((h for h in hits if "parenthesis" in h.cue.takes), None)
    if found is None and governing and text.role(verb, Role.published):
        found = cue.hit
    if found is None:
        return None
    source = speakers.after(text, verb + 1, end, True)
    if not governing and _governs(text, verb, end) and not (source and _taken_up(text, source[1], end)):
        return None
    if source and "relays" in found.cue.takes and text.role(source[1], Role.about):
        source = speakers.after(text, source[1] + 1, end, True) or source  # حسبما نقلت الوكالة عن مسؤول
    if source is None and not (_closed(text, verb, end) if governing else _alone(text, start, at, verb, end)):
        return None
    if not governing and at in text.closes and text.closes[at] >= start:
        return Draft(verb, found, FRONTED, (text.closes[at], at), source, begins=at)
    words = (at, verb if source else verb + 1) if governing else (verb, verb + 1)
    return beside(cue if governing else structs.replace(cue, hit=found), words, source, Anchor.AS_SAID, at)


def _taken_up(text: Text, at: int, end: int) -> bool:
    """Whether ف takes up the clause that follows a comma: «كما علق الوزير، فقد …»."""
    return at < end and bool(text.gaps[at] & Gap.comma and text.role(at, Role.then_that | Role.perfective))


def _closed(text: Text, verb: int, end: int) -> bool:
    """Whether nobody stands behind a verb, but a mark or a time: «بحسب ما أعلنته أمس»."""
    after = verb + 1
    return after >= end or bool(text.gaps[after] & (Gap.comma | BREAK)) or text.role(after, Role.time | Role.adverb)


def _alone(text: Text, start: int, at: int, verb: int, end: int) -> bool:
    """Whether a verb after كما stands alone between marks, its subject dropped: «الشتاء، كما يوضح، كان سخيا»."""
    marked = text.gaps[at] & (Gap.comma | Gap.quote) or at in text.closes
    return bool(at > start and marked and (verb + 1 >= end or text.gaps[verb + 1] & (Gap.comma | BREAK)))


def _governs(text: Text, verb: int, end: int) -> bool:
    """Whether a verb has a content after it: «كما أعلن أن …» is a claim like any other."""
    opening = openings.find(text, verb, end)
    if opening is None:
        return False
    return opening.how is not Opens.QUOTATION or text.opens[opening.first] - opening.first > openings.NAME


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
        source = opening and (None if opening.at == last else speakers.phrase(text, last, opening.at))
        short = (
            opening and opening.how is Opens.QUOTATION and text.opens[opening.first] - opening.first <= openings.NAME
        )
        if opening and not short and (source is None or _heads(text, source[0])):
            construction = Construction(Anchor.PHRASE, opening.how)
            draft = Draft(at, hit, construction, content(text, opening, end), source, begins=first)
    elif pronoun or (last < end and ("whose" in hit.cue.takes or _heads(text, last) or last in text.opens)):
        source = None if pronoun else speakers.phrase(text, last, end, True)
        here = structs.replace(cue, start=clause(text, start, first))
        draft = beside(here, (at, last), source, Anchor.PHRASE, first)
    return _its(draft, text, (first, last)) if pronoun else draft and structs.replace(draft, cue=(first, last))


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
    if at > start and text.role(at - 1, Role.thereby):
        at -= 1  # وذلك بحسب
    source = source and (source[0], _place(text, _whole(text, source, end), end))
    first, last = max(start, at - MOST), source[1] if source else words[1]
    end = min(end, last + MOST)

    def draft(stands: Stands, content: Range) -> Draft:
        return Draft(words[0], hit, Construction(anchor, Opens.BESIDE, stands), content, source, begins=at)

    lead = at - first
    aside = lead <= FEW and text.role(first, (OUTSIDE & ~THAT) | Role.preposition)
    after_comma = last < end and text.gaps[last] & Gap.comma and (end - last > 1 or not text.role(last, Role.time))
    between = text.gaps[at] & Gap.comma and after_comma
    topic = lead == 1 and (between or not text.gaps[at] & ~Gap.quote) and _noun(text, first)
    taken_up = _taken_up_at(text, last, end)
    if taken_up is not None:
        if source and text.role(last, Role.preposition) and not text.gaps[last] & Gap.comma:
            source = (
                source[0],
                next(k for k in range(last, taken_up + 1) if k == taken_up or text.gaps[k] & Gap.comma),
            )
        last = taken_up
    anew = between and hit.joined and words[0] == at and not _turns(text, last)  # …، وبحسب التقرير، سيعود
    if (
        (lead <= 1 and not topic)
        or (aside and between)
        or taken_up is not None
        or anew
        or _heads_clause(text, first, at)
    ):
        while last < end and text.role(last, Role.that | Role.then_that | Role.perfective):
            last += 1
        return draft(Stands.BEFORE, (last, end)) if last < end else None
    rest = end - max(last, _tail(text, last, end))
    if between and not _turns(text, last):
        begun = first if lead <= 2 * FEW else clause(text, first, at)
        inner = _clause(text, first, at)
        if inner > first and inner >= begun and (at - inner <= 2 * FEW or _described(text, inner, at)):
            return draft(Stands.AMID, (inner, end))  # إن المصنع، بحسب مالكه، لم يتلق
        if at - begun <= FEW or (begun == first and lead <= 2 * FEW):
            return draft(Stands.AMID, (begun, end))  # الحكومة، بحسب الوزير، ستستقيل
    told = text.gaps[at] & Gap.comma and text.role(last, Role.preposition)  # …، حسبما أفادت المديرة في اتصال مع …
    if rest > 1 and not told and not text.gaps[last] & (Gap.comma | BREAK) and not text.role(last, OUTSIDE):
        return draft(Stands.AMID, (first, end))
    return draft(Stands.AFTER, (_coordinate(text, first, at), at))


def _taken_up_at(text: Text, last: int, end: int) -> int | None:
    """Where ف takes up the clause behind a source, a few words of place or time between: «حساب فلان على إكس فإن»."""
    for at in range(last, min(end, last + AWAY)):
        if text.gaps[at] & (BREAK | Gap.colon) or (at > last and text.kinds[at].hits):
            return None
        if text.role(at, Role.then_that) or (
            at > last and text.role(at, Role.perfective) and text.role(at, Role.joined)
        ):
            return at if at == last or text.role(last, Role.preposition | Role.time) else None
        if text.role(at, THAT | Role.begins_clause):
            return None
    return None


def _heads_clause(text: Text, first: int, at: int) -> bool:
    """Whether a particle begins its clause: after أنه, لكن, التي, a colon."""
    if at <= first or text.gaps[at] & (BREAK | Gap.colon):
        return at > first
    before = text.kinds[at - 1].roles
    return bool(before & (THAT | Role.then_that | Role.begins_clause | Role.relative)) and not before & Role.preposition


def _noun(text: Text, at: int) -> bool:
    return bool(text.kinds[at].kind or text.words[at].startswith(letters().article)) and not text.role(at, Role.time)


def _turns(text: Text, at: int) -> bool:
    """Whether what follows the comma behind a source is no longer the clause that the particle stands in."""
    if text.kinds[at].kind and not text.role(at, Role.joined | Role.dative):
        return False
    away = (
        Role.begins_clause
        | Role.relative
        | Role.clause_that
        | Role.alongside
        | Role.circumstance
        | Role.joined
        | Role.thereby
    )
    if text.role(at, Role.preposition) and text.role(at + 1, Role.alongside):
        return True  # في حين
    return text.role(at, away) or text.words[at].startswith(letters().conjunction[:1])


def _clause(text: Text, first: int, at: int) -> int:
    """Where the clause begins that a particle between commas stands in: behind أن, with أنه, behind لكن or a colon."""
    for place in range(at - 1, max(first, at - CLAUSE), -1):
        if text.gaps[place] & (BREAK | Gap.colon) or text.role(place, Role.that_pronoun):
            return place
        if text.role(place - 1, Role.that | Role.then_that | Role.begins_clause):
            return place
        if text.gaps[place] & Gap.comma and text.words[place].startswith(letters().so) and _joined(text, place):
            return place
    return first


def _joined(text: Text, at: int) -> bool:
    return text.role(at, Role.joined) or text.words[at][1:].startswith(letters().article)


def _described(text: Text, first: int, at: int) -> bool:
    """Whether a noun and a clause that describes it fill these words: الشحنة التي أعيدت من المرفأ."""
    near = range(first + 1, min(at, first + 2 * FEW))
    return (
        at - first <= 4 * FEW and any(text.role(k, Role.relative) for k in near) and not text.gaps[at - 1] & Gap.comma
    )


def _coordinate(text: Text, first: int, at: int) -> int:
    """Where the last of several clauses before a particle begins: «…، وقد تفاوضت الشركة …، حسبما أظهرت الوثيقة»."""
    tight = not text.gaps[at] & Gap.comma  # «وأنه … بحسب فلان»; of «إن … وإنهم …، بحسب فلان» all is told
    for place in range(at - 1, first + 2, -1):
        if text.gaps[place] & Gap.comma and text.role(place, Role.joined):
            if text.role(place, THAT if tight else Role.perfective):
                return place if text.role(place, Role.that_pronoun) else place + 1
            if text.role(place + 1, THAT) and not (text.kinds[place].kind or text.kinds[place].finite):
                return place  # واتضح أن
    return first


def _whole(text: Text, source: Range, end: int) -> int:
    """Where a source ends that is a document: with whose it is, and when and where it came out."""
    first, last = source
    for at in range(first + 1, last):
        if text.role(at, Role.perfective) and text.role(at, Role.joined) and not text.role(at - 1, Role.relative):
            return at  # بحسب البيان فقد أصدرت
        if text.gaps[at] & Gap.comma and text.role(at, Role.relative) and text.kinds[at + 1].finite:
            return at  # بحسب الحزب، الذي قال
        if at in text.closes and text.kinds[first].kind in NAMING and not _goes_with(text, at):
            return at  # وكالة «الساحل» ستبيع
        if at in text.opens and text.opens[at] - at > openings.NAME and text.kinds[at - 1].kind not in NAMING:
            return at  # وفق أبازيد «تسليم السلاح على مراحل …»
    if "document" not in (text.kinds[first].kind, text.kinds[first].owned):
        return last
    for _ in range(FEW):
        if last >= end or text.gaps[last] & (Gap.comma | BREAK | Gap.colon):
            break
        if text.words[last] in letters().to and last + 1 in text.opens:
            last = text.opens[last + 1]  # معلومات خاصة لـ«…»
        elif text.role(last, Role.dative) and text.kinds[last].kind and last - first <= FEW:
            last = speakers.phrase(text, last, end, True)[1]  # تقرير لصحيفة «…»
        elif last - 1 > first and any(text.role(k, Role.issued) for k in range(last - 1, max(first, last - FEW), -1)):
            ends = _issued(text, last, end)
            if ends == last:
                break
            last = ends
        else:
            break
    return last


def _goes_with(text: Text, at: int) -> bool:
    """Whether a word behind a name in quotation marks still belongs to it: an adjective, a title, a clause that describes."""
    roles = Role.preposition | Role.relative | Role.describes | Role.joined | Role.dative | Role.pronoun | Role.issued
    word = text.words[at]
    return text.kinds[at].kind is not None or word.startswith(letters().article) or text.role(at, roles)


def _issued(text: Text, at: int, end: int) -> int:
    """The end of the time or the place that is told next of a document that came out: نشر مساء أمس على موقع الوزارة."""
    ends = at
    while ends < end and (text.role(ends, Role.time | Role.general) or text.words[ends].isdigit()):
        if ends > at and text.gaps[ends] & (Gap.comma | BREAK):
            return ends
        ends += 1
    if ends > at or ends + 1 >= end:
        return ends
    if text.role(at, Role.preposition) and not text.role(at + 1, THAT | Role.preposition | Role.what):
        after = at + 1
        while after < end and (text.role(after, Role.time | Role.general) or text.words[after].isdigit()):
            after += 1
        if after > at + 1:
            return after  # الصادر في 2016
        return speakers.phrase(text, at + 1, end, True)[1]
    return at


def _place(text: Text, last: int, end: int) -> int:
    """Where a source ends that the words after it, up to a comma or the sentence's end, place: وزارة الصحة في غزة."""
    after = _tail(text, last, end)
    if after > last + 1 and text.role(last, Role.within):
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
