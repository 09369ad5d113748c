"""Contents that are noun phrases: what is called for, warned of, denied, expected («حذر من …», «نفى وجود …»)."""

from msgspec import structs

from helpers.extraction import objects, source_phrases
from helpers.extraction.constructions import Anchor, Construction, Opens, Stands
from helpers.extraction.cue_candidates import Candidate
from helpers.extraction.drafts import Draft
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.extraction.verb_sources import own_thing, passive
from helpers.extraction.vetoes import Stage, stopped
from helpers.lexicon.entries import Cue
from helpers.lexicon.letters import has_article, letters
from helpers.lexicon.roles import THAT, Role

FAR = 400  # words of the longest noun phrase
BEFORE_VERB = (
    THAT | Role.begins_clause | Role.alongside | Role.auxiliary | Role.pronoun | Role.relative | Role.adverb | Role.time
)
REACH = 20  # most words between a verb and the preposition of its content
OF_PARTICIPLE = 6  # the same for a participle
WITH_BY = 4  # letters: in a longer unlisted word, an initial ب is the preposition
PREDICATE = 8  # most words from a verb with an object pronoun to its predicate


def verb(cue: Candidate) -> Draft | None:
    """The claim of a finite verb whose content is a noun phrase; None if its bounds cannot be determined."""
    text, start, end, at, hit = cue.text, cue.start, cue.end, cue.at, cue.hit
    if "nominal" not in hit.cue.takes:
        return None
    if hit.pronoun:
        return _of_pronoun(cue)
    noun = text.words[at] == hit.cue.masdar and not text.written(at).endswith(letters().maqsura)
    if noun and at > start and not _after_pronoun(text, at):
        return None  # نفي، رفض: the noun
    place = _preposition(text, at, end, hit.cue)
    if place is not None and "object" in hit.cue.takes and "predicate" not in hit.cue.takes:
        behind = _behind_body(text, at + 1, end)
        place = place if behind is None or behind > place else None  # أكدت النيابة حبس المتهم على ذمة التحقيق
    source = None
    opens_clause = hit.joined or at == start or text.gaps[at] & ~Gap.quote or text.role(at - 1, BEFORE_VERB)
    if place is not None:
        told = "addressee" in hit.cue.takes
        source = source_phrases.after(text, at + 1, place, told=told) if opens_clause and not passive(cue) else None
        first = _behind(text, place)
        own = objects.own(text, source, True) if source and "object" in hit.cue.takes else None
        if source and own is not None:
            source, first = (source[0], own), own  # أعلن التنظيم مسؤوليته عن الهجوم
    else:
        found = object_of(cue)
        if found is None:
            return None
        first = found
        source = source_phrases.after(text, at + 1, first) if first > at + 1 and opens_clause else None
        if source and source[1] != first:
            return None
    if source and own_thing(text, source[0]):
        return None  # أثبت صعوبته
    stands = Stands.AFTER if source else None
    if source is None and not hit.joined:
        source = source_phrases.before(text, start, at, hit)
        stands = Stands.BEFORE if source else None
    if first >= end or stopped(Stage.OBJECT, structs.replace(cue, first=first, source=source, stands=stands)):
        return None
    content = first, _end(text, first, end)
    if "like" in hit.cue.takes and not any(text.words[k].startswith(letters().like) for k in range(*content)):
        return None
    begins = source[0] if source and stands is Stands.BEFORE else at
    return Draft(at, hit, Construction(Anchor.VERB, Opens.OBJECT, source=stands), content, source, begins=begins)


def participle(cue: Candidate) -> Draft | None:
    """The claim of a participle with a noun phrase: داعيا إلى …، مؤكدا ضرورة …"""
    text, end, at, hit = cue.text, cue.end, cue.at, cue.hit
    if "nominal" not in hit.cue.takes:
        return None
    place = _preposition(text, at, min(end, at + OF_PARTICIPLE), hit.cue)
    if place is not None:
        first = _behind(text, place)
    elif text.role(at + 1, Role.object_head):
        first = at + 1
    else:
        return None
    if first >= end:
        return None
    return Draft(at, hit, Construction(Anchor.PARTICIPLE, Opens.OBJECT), (first, _end(text, first, end)), begins=at)


def masdar(cue: Candidate) -> Draft | None:
    """The claim of a verbal noun with ب: «مقابل تعهد بمنع …». Only for cues of pledging, threatening or admitting."""
    text, at, hit = cue.text, cue.at, cue.hit
    first = at + 1
    if text.words[at] != hit.cue.masdar or not {"that", "by", "nominal"} <= hit.cue.takes or first >= cue.end:
        return None
    if not text.role(at - 1, Role.preposition | Role.adjunct) or not text.words[first].startswith(letters().by):
        return None
    construction = Construction(Anchor.MASDAR, Opens.OBJECT)
    return Draft(at, hit, construction, (first, _end(text, first, cue.end)), begins=at)


def _behind(text: Text, preposition: int) -> int:
    """Where a content begins: at its first word, if ب is attached to it, else after the preposition."""
    return preposition if text.words[preposition].startswith(letters().by) else preposition + 1


def _preposition(text: Text, at: int, end: int, cue: Cue) -> int | None:
    """The index of the preposition that introduces the content: a separate word, or ب attached to the next one."""
    by, prepositions, comma = "by" in cue.takes, cue.prepositions, Gap.comma
    gaps, roles, words = text.gaps, text.roles, text.words
    for place in range(at + 1, min(end, at + REACH)):
        if gaps[place] & comma or roles[place] & Role.relative:
            return None
        if words[place] in prepositions and not (place + 1 < end and roles[place + 1] & (Role.occasion | Role.time)):
            if roles[place - 1] & Role.quantifier and roles[place] & Role.who:
                continue  # حذر عدد من الخبراء من
            return place
        if by and is_by(text, place):
            return place
    return None


def is_by(text: Text, at: int) -> bool:
    """Whether the ب at the beginning of a word is the preposition: the word is long, and has no role in the lexicon."""
    word = text.words[at]
    if text.role(at, Role.brought):
        return True
    return word.startswith(letters().by) and len(word) > WITH_BY and not text.kinds[at].roles


def object_of(cue: Candidate) -> int | None:
    text, at, end, hit = cue.text, cue.at, cue.end, cue.hit
    if "object" not in hit.cue.takes:
        return None
    first = at + 1
    if first >= end or text.role(first, Role.preposition | Role.adjunct | Role.time | THAT | Role.relative):
        return None
    for place in range(first, min(end, first + REACH)):
        if place > first and text.role(place, Role.preposition | Role.relative | THAT):
            break
        construct = (
            place > first
            and not text.gaps[place]
            and text.kinds[place - 1].kind
            and not has_article(text.words[place - 1])
        )
        if text.role(place, Role.object_head) and not construct:
            return place
    behind = None if "predicate" in hit.cue.takes else _behind_body(text, first, end)
    if behind is not None:
        return behind
    subject = text.kinds[first].kind or text.words[first].startswith(letters().article)
    return None if hit.joined and subject else first


def _behind_body(text: Text, first: int, end: int) -> int | None:
    """The object after an organisation that is definite, and so has no indefinite adjective: «أعلنت موسكو تسليم …»,
    «أعلنت وزارة الصحة السعودية فتح …»; None if there is none.
    """
    at = first + 1
    if text.kinds[first].kind != "organisation":
        return None
    while at < end and not text.gaps[at] and has_article(text.words[at]):
        at += 1
    definite = at > first + 1 or text.role(first, Role.proper) or has_article(text.words[first])
    if not definite or at + 1 >= end or text.gaps[at] or text.gaps[at + 1] or has_article(text.words[at]):
        return None
    word = text.kinds[at]
    plain = not (word.roles or word.finite or word.hits or text.adverbial(at)) and word.kind in (None, "document")
    return (
        at if plain and len(text.words[at]) > 2 and not text.words[at].startswith(letters().prefixed_or_like) else None
    )


def _of_pronoun(cue: Candidate) -> Draft | None:
    """The claim «تراه طالبان وريثا»: the object is a pronoun; the predicate, an accusative or «أكثر …», follows the
    subject."""
    text, end, at, hit = cue.text, cue.end, cue.at, cue.hit
    if "predicate" not in hit.cue.takes:
        return None
    for first in range(at + 2, min(end, at + PREDICATE)):
        if text.gaps[first] & (BREAK | Gap.comma) or text.role(first, Role.preposition | THAT | Role.relative):
            return None
        accusative = text.written(first).endswith(letters().accusative) and not text.kinds[first].roles
        if accusative or text.role(first, Role.degree):
            source = source_phrases.after(text, at + 1, first)
            if source and source[1] == first:
                construction = Construction(Anchor.VERB, Opens.OBJECT, source=Stands.AFTER)
                return Draft(at, hit, construction, (first, _end(text, first, end)), source, begins=at)
            return None
    return None


def _after_pronoun(text: Text, at: int) -> bool:
    return text.role(at - 1, Role.pronoun | Role.alongside | Role.auxiliary)


def _end(text: Text, first: int, end: int) -> int:
    """The end of a noun phrase as content: at the end of its sentence, or where another clause or a concession begins."""
    for at in range(first + 2, min(end, first + FAR)):
        if text.gaps[at] & Gap.comma and (
            text.role(at, Role.begins_clause | Role.alongside | Role.pronoun)
            or (text.role(at, Role.adjunct) and text.role(at, Role.clause_that))
        ):
            return at
    return min(end, max(first + 2, first + FAR))
