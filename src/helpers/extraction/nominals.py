"""Contents that are no clause: what is called for, warned of, denied, expected («حذر من …», «نفى وجود …»)."""

from helpers.extraction import source_phrases as speakers
from helpers.extraction import source_phrases as subjects
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.lexicon.vocabulary import THAT, Hit, Role

FAR = 400  # words: no noun phrase is longer
BEFORE_VERB = (
    THAT | Role.begins_clause | Role.alongside | Role.auxiliary | Role.pronoun | Role.relative | Role.adverb | Role.time
)
REACH = 20  # words between the verb and the preposition of its content
PREPOSITIONS = {"عن": "عن", "من": "من", "إلى": "الي", "على": "علي", "في": "في"}


def verb(text: Text, start: int, end: int, at: int, hit: Hit) -> Draft | None:
    """The claim of a finite verb whose content is a noun phrase; None where its bounds cannot be told."""
    if "nominal" not in hit.cue.takes:
        return None
    if hit.pronoun:
        return _of_pronoun(text, start, end, at, hit)
    joined = hit.lead[:1] in ("و", "ف")
    noun = text.words[at] == hit.cue.masdar and not text.written(at).endswith("ى")
    if noun and at > start and not _after_pronoun(text, start, at):
        return None  # نفي، رفض: the noun
    place = _preposition(text, at, end, hit.cue.takes)
    source = None
    opens_clause = joined or at == start or text.gaps[at] & ~Gap.quote or text.role(at - 1, BEFORE_VERB)
    if place is not None:
        told = "addressee" in hit.cue.takes
        source = speakers.after(text, at + 1, place, told=told) if opens_clause else None
        first = place if text.words[place][0] == "ب" else place + 1
    else:
        first = _object(text, at, end, hit.cue.takes)
        if first is None:
            return None
        source = speakers.after(text, at + 1, first) if first > at + 1 and opens_clause else None
        if source and source[1] != first:
            return None
    rule = "verb-source-object"
    if source is None:
        rule = "verb-object"
        if not joined and at > start and not text.role(at + 1, Role.resumptive):
            source = subjects.before(text, start, at, hit)
            if source and not (
                text.kinds[source[0]].kind or text.words[source[0]].startswith("ال") or source[0] == start
            ):
                return None
            rule = "source-verb-object" if source else rule
    if "predicate" in hit.cue.takes and hit.part == "imperfect" and not _holds_it(text, hit, source, rule):
        return None  # يعتبر أكبر: is considered
    if (
        first >= end
        or speakers.points(text, first, end)
        or (source is None and not joined and not _after_pronoun(text, start, at))
    ):
        return None
    content = first, _end(text, first, end)
    if "ك" in hit.cue.takes and not any(text.words[k][0] == "ك" for k in range(*content)):
        return None
    begins = source[0] if source and rule.startswith("source-verb") else at
    return Draft(at, hit, rule, content, source, begins=begins)


def participle(text: Text, end: int, at: int, hit: Hit) -> Draft | None:
    """The claim of a participle with a noun phrase: داعيا إلى …، مؤكدا ضرورة …"""
    if text.words[at][-1] != "ا" and not text.written(at).endswith(("ة", "ين")):
        return None
    if "nominal" not in hit.cue.takes:
        return None
    place = _preposition(text, at, min(end, at + 6), hit.cue.takes)
    if place is not None:
        first = place if text.words[place][0] == "ب" else place + 1
    elif "object" in hit.cue.takes and at + 1 < end and text.role(at + 1, Role.object_head):
        first = at + 1
    else:
        return None
    return Draft(at, hit, "participle-object", (first, _end(text, first, end)), begins=at) if first < end else None


def masdar(text: Text, start: int, end: int, at: int, hit: Hit) -> Draft | None:
    """The claim of a verbal noun with ب: «مقابل تعهد بمنع …»; only of cues that pledge, threaten or admit."""
    if (
        hit.lead
        or text.words[at] != hit.cue.masdar
        or not {"أن", "ب"} <= hit.cue.takes
        or "nominal" not in hit.cue.takes
        or at == start
        or not text.role(at - 1, Role.preposition | Role.adjunct)
    ):
        return None
    first = at + 1
    if first >= end or text.words[first][0] != "ب" or text.gaps[first] or text.kinds[first].roles:
        return None
    return Draft(at, hit, "masdar-object", (first, _end(text, first, end)), begins=at)


def _preposition(text: Text, at: int, end: int, takes: frozenset[str]) -> int | None:
    """Where the preposition stands that brings the content: a word of its own, or ب written with the next."""
    wanted = {PREPOSITIONS[t] for t in takes if t in PREPOSITIONS}
    for place in range(at + 1, min(end, at + REACH)):
        if text.gaps[place] & (BREAK | Gap.colon) or text.role(place, THAT | Role.begins_clause):
            return None
        word = text.words[place]
        if text.role(place, Role.relative) or (text.gaps[place] & Gap.comma):
            return None
        following = place + 1 < end and text.kinds[place + 1].roles
        if word in wanted and not following & (Role.occasion | Role.time):
            return place
        if "ب" in takes and word[0] == "ب" and len(word) > 3 and not text.kinds[place].roles and _is_b(text, place):
            return place
    return None


def _is_b(text: Text, at: int) -> bool:
    """Whether the ب at the head of a word is the preposition: the word has the article, or is known without it."""
    word = text.words[at]
    return word.startswith("بال") or text.words[at][1:] in ("ان", "انه") or len(word) > 4


def _object(text: Text, at: int, end: int, takes: frozenset[str]) -> int | None:
    if "object" not in takes:
        return None
    first = at + 1
    if first < end and not text.role(first, Role.preposition | Role.adjunct | Role.time | THAT | Role.relative):
        joined = text.kinds[at].hits[0].lead[:1] in ("و", "ف")
        if text.role(first, Role.object_head):
            return first
        for place in range(first + 1, min(end, first + REACH)):
            if text.gaps[place] & (BREAK | Gap.comma | Gap.colon) or text.role(
                place, Role.preposition | Role.relative | THAT
            ):
                break
            if text.role(place, Role.object_head):
                return place
        if not text.kinds[first].kind and not text.words[first].startswith("ال") and joined:
            return first
        if not joined and not text.gaps[first]:
            return first
    return None


def _of_pronoun(text: Text, start: int, end: int, at: int, hit: Hit) -> Draft | None:
    """«تراه طالبان وريثا»: the object is a pronoun, the predicate an indefinite accusative after the subject."""
    if "predicate" not in hit.cue.takes:
        return None
    for first in range(at + 2, min(end, at + 8)):
        if text.gaps[first] & (BREAK | Gap.comma) or text.role(first, Role.preposition | THAT | Role.relative):
            return None
        if (
            text.words[first].endswith("ا")
            and text.written(first).endswith(("ا", "اً", "ًا"))
            and not text.kinds[first].roles
        ):
            source = speakers.after(text, at + 1, first)
            if source and source[1] == first:
                return Draft(at, hit, "verb-source-object", (first, _end(text, first, end)), source, begins=at)
            return None
    return None


def _holds_it(text: Text, hit: Hit, source: Range | None, rule: str) -> bool:
    """Whether somebody considers: a plural verb, or people or a body before it; not «يعتبر السد أكبر …»."""
    if hit.agreement.endswith("p") or hit.pronoun or "ك" in hit.cue.takes:
        return True
    return (
        bool(source)
        and rule.startswith("source-verb")
        and bool(text.kinds[source[0]].kind)
        and text.kinds[source[0]].kind != "standard"
    )


def _after_pronoun(text: Text, start: int, at: int) -> bool:
    return at > start and text.role(at - 1, Role.pronoun | Role.alongside | Role.auxiliary)


def _end(text: Text, first: int, end: int) -> int:
    """The end of a noun phrase as content: where its sentence ends, or a clause begins beside it."""
    for at in range(first + 2, min(end, first + FAR)):
        if text.gaps[at] & Gap.comma and text.role(
            at, Role.begins_clause | Role.adjunct | Role.alongside | Role.pronoun
        ):
            return at
    return min(end, max(first + 2, first + FAR))
