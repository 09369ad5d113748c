"""Cues that stand beside their content: according to, as he said, in his words."""

from bisect import bisect_right
from functools import cache

from helpers.extraction import openings
from helpers.extraction import source_phrases as speakers
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.extraction.verbs import MOST, content
from helpers.lexicon import vocabulary
from helpers.lexicon.vocabulary import THAT, Hit, Role
from helpers.text import orthography

FEW = 4  # words before a particle that are no clause (وفي الطقس، وبحسب …)
CLAUSE = 60  # words back to look for the beginning of a clause


def particle(text: Text, start: int, end: int, at: int, hit: Hit) -> Draft | None:
    """The claim of «وفقا لفلان», «بحسب فلان», or of «كما قال فلان», at a word of the sentence start:end."""
    first = at + 1
    if first >= end:
        return None
    if "clause" in hit.cue.takes:
        return as_said(text, start, end, at, at + 1)
    if text.role(first, Role.preposition) or text.words[first] == "ل":
        first += 1
    if first >= end:
        return None
    if text.role(first, Role.what):
        if text.role(first + 1, Role.stands_in) and first + 3 < end and text.words[first + 2] == "في":
            return beside(text, start, end, (at, first), hit, speakers.phrase(text, first + 3, end, True), "particle")
        said = as_said(text, start, end, at, first + 1, hit)
        if said or not any(text.kinds[k].kind == "document" for k in range(first + 1, min(end, first + 5))):
            return said
        return beside(text, start, end, (at, first), hit, speakers.phrase(text, first, end, True), "particle")
    if text.role(first, Role.own_words):
        draft = beside(text, start, end, (at, first + 1), hit, None, "particle")
        if draft:
            draft.cue = (at, first + 1)
        return draft
    if not _names(text, first):
        return None
    source = speakers.phrase(text, first, end, True)
    return beside(text, start, end, (at, first), hit, source, "particle")


def _names(text: Text, at: int) -> bool:
    """Whether a word can head a source: a noun that can speak, or a name; not a law, a plan, a measure."""
    word, written = text.kinds[at], text.words[at]
    if word.roles & Role.standard:
        return False
    if word.kind or at in text.opens or word.roles & Role.given:
        return True
    if written.startswith(("ال", "لل")) and not word.roles:
        return _body(text, at) or _spoke(text, at)
    if word.roles or written[0].isdigit() or written.endswith(("هم", "ها", "ته", "ات")):
        return False
    following = text.words[at + 1] if at + 1 < len(text.words) and not text.gaps[at + 1] else ""
    if following.endswith("ه") and text.written(at + 1).endswith("ة"):
        return False  # قيود صارمة: a noun and its adjective
    construct = at + 1 < len(text.words) and text.words[at + 1].startswith("ال") and not text.gaps[at + 1]
    return not construct  # مساحة المزرعة: a measure, not a name


def _body(text: Text, at: int) -> bool:
    """Whether a noun with the article that no list has stands with an adjective in ـي before a comma: الدفاع المدني."""
    after = at + 1
    named = after < len(text.words) and not text.gaps[after] and text.words[after].startswith("ال")
    return named and text.words[after].endswith("ي") and bool(text.gaps[after + 1] & (Gap.comma | BREAK))


def _spoke(text: Text, at: int) -> bool:
    """Whether a word that no list has is a name: it stands after a cue elsewhere («يشرح السملالي»), or ف takes it up."""
    if at + 1 < len(text.words) and text.gaps[at + 1] & Gap.comma and text.role(at + 1, Role.then_that):
        return True  # بحسب السملالي، فإن
    return text.words[at] in text.after_verbs


def as_said(text: Text, start: int, end: int, at: int, verb: int, particle: Hit | None = None) -> Draft | None:
    """The claim of «…، كما قال فلان», «وفقا لما أعلنه فلان»: the verb's clause tells who says the clause beside it."""
    while verb < end and text.role(verb, Role.auxiliary):
        verb += 1
    if verb >= end:
        return None
    hits = (h for h in text.kinds[verb].hits if h.part in ("perfect", "imperfect") and not h.lead)
    found = next((h for h in hits if "parenthesis" in h.cue.takes), None)
    if found is None or (particle is None and _governs(text, verb, end)):
        return None
    source = speakers.after(text, verb + 1, end, True)
    if source is None and not (particle is None and _alone(text, start, at, verb, end)):
        return None
    if particle is None and at in text.closes and text.closes[at] >= start:
        return Draft(verb, found, "as-said-quotation", (text.closes[at], at), source, begins=at, quotation=True)
    cue = (verb, verb + 1) if particle is None else (at, verb)
    return beside(text, start, end, cue, particle or found, source, "as-said", at)


def _alone(text: Text, start: int, at: int, verb: int, end: int) -> bool:
    """Whether a verb after كما stands alone between marks, its subject dropped: «الشتاء، كما يوضح، كان سخيا»."""
    marked = text.gaps[at] & (Gap.comma | Gap.quote) or at in text.closes
    return bool(at > start and marked and (verb + 1 >= end or text.gaps[verb + 1] & (Gap.comma | BREAK)))


def _governs(text: Text, verb: int, end: int) -> bool:
    """Whether a verb has a content after it: «كما أعلن أن …» is a claim like any other."""
    opening = openings.find(text, verb, end)
    if opening is None:
        return False
    return opening.how != "quotation" or text.opens[opening.first] - opening.first > openings.NAME


def phrase(text: Text, start: int, end: int, at: int, hit: Hit) -> Draft | None:
    """The claim of a phrase: «على حد قوله», «في رأي الوزير», «جاء في بيان الوزارة أن»."""
    found = _written(text, start, end, at, hit.cue.lemma)
    if found is None:
        return None
    (first, last), pronoun = found
    if "clause" in hit.cue.takes:
        return as_said(text, start, end, first, last)
    draft = None
    if "أن" in hit.cue.takes:
        opening = openings.find(text, last - 1, end)
        source = opening and (None if opening.at == last else speakers.phrase(text, last, opening.at))
        short = opening and opening.how == "quotation" and text.opens[opening.first] - opening.first <= openings.NAME
        if opening and not short and (source is None or _heads(text, source[0])):
            draft = Draft(at, hit, "phrase-" + opening.how, content(text, opening, end), source, begins=first)
            draft.quotation = opening.how == "quotation"
    elif pronoun or (last < end and ("حد" in hit.cue.lemma or _heads(text, last) or last in text.opens)):
        source = None if pronoun else speakers.phrase(text, last, end, True)
        draft = beside(text, clause(text, start, first), end, (at, last), hit, source, "phrase", first)
    if draft:
        draft.cue = (first, last)
    return draft


def _heads(text: Text, at: int) -> bool:
    return not text.role(at, Role.standard | Role.time) and bool(text.kinds[at].kind or text.words[at].startswith("ال"))


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
        lead = here[0][1:] if here[0] not in words[0] and here[0][:1] in "وف" else here[0]
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


def beside(
    text: Text, start: int, end: int, cue: Range, hit: Hit, source: Range | None, rule: str, at: int | None = None
) -> Draft | None:
    """The claim whose content stands beside its cue: the clause after it, before it, or around it."""
    at = cue[0] if at is None else at
    source = source and (source[0], _place(text, source[1], end))
    first, last = max(start, at - MOST), source[1] if source else cue[1]
    end = min(end, last + MOST)
    lead = at - first
    aside = lead <= FEW and text.role(first, (OUTSIDE & ~THAT) | Role.preposition)
    after_comma = last < end and text.gaps[last] & Gap.comma and end - last > 1
    if lead <= 1 or (aside and text.gaps[at] & Gap.comma and after_comma):
        while last < end and text.role(last, Role.that | Role.then_that | Role.perfective):
            last += 1
        if last >= end:
            return None
        return Draft(cue[0], hit, rule + "-before", (last, end), source, begins=at)
    rest = end - max(last, _tail(text, last, end))
    if text.gaps[at] & Gap.comma and after_comma:
        begun = first if lead <= 2 * FEW else clause(text, first, at)
        if at - begun <= FEW or (begun == first and lead <= 2 * FEW):
            return Draft(cue[0], hit, rule + "-amid", (begun, end), source, begins=at)  # الحكومة، بحسب الوزير، ستستقيل
    if rest > 1 and not text.gaps[last] & (Gap.comma | BREAK) and not text.role(last, OUTSIDE):
        return Draft(cue[0], hit, rule + "-amid", (first, end), source, begins=at)
    return Draft(cue[0], hit, rule + "-after", (first, at), source, begins=at)


def _place(text: Text, last: int, end: int) -> int:
    """Where a source ends that the words after it, up to a comma or the sentence's end, place: وزارة الصحة في غزة."""
    after = _tail(text, last, end)
    if after > last + 1 and text.words[last] == "في":
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
