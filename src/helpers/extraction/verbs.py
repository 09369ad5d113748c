"""Cues that govern their content: verbs, participles, verbal nouns, and what one source relays of another."""

from msgspec import structs

from helpers.extraction import openings, source_phrases, vetoes
from helpers.extraction.constructions import Anchor, Construction, Opens, Stands
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.openings import Opening
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.extraction.vetoes import Candidate, Stage, stopped
from helpers.lexicon.letters import letters
from helpers.lexicon.vocabulary import THAT, Hit, Role

TELLING = {"addressee", "predicate"}  # somebody or something is the verb's object, beside its content
TOLD_AFTER = Construction(Anchor.VERB, Opens.BESIDE, Stands.AFTER, Stands.AFTER)  # …، يقول فلان
MOST = 400  # words of a content: no sentence of news is longer; a text without stops shall not cost its square
WHOLE = 5  # a quotation of so many words at the head of a content is the content
OF_PARTICIPLE, OF_MASDAR = 10, 6  # words between one and what opens its content
RELAYED = 20  # words between «نقلت» and «عن»

Speaking = tuple[Range | None, Stands | None]  # who speaks, and where to the verb


def verb(cue: Candidate) -> Draft | None:
    """The claim of a finite verb at a word of a sentence; None where it reports nothing."""
    text, at, hit = cue.text, cue.at, cue.hit
    opening = openings.find(text, at, cue.end)
    aside = "parenthesis" in hit.cue.takes and at > cue.start and not hit.lead
    if aside and (opening is None or opening.how is not Opens.THAT) and (said := _after_content(cue)):
        return said
    if opening is None or stopped(Stage.OPENING, structs.replace(cue, opening=opening)):
        return None
    source, stands = _speaker(cue, opening)
    if stopped(Stage.SOURCE, structs.replace(cue, opening=opening, source=source, stands=stands)):
        return None
    begins = source[0] if source and stands is Stands.BEFORE else at
    construction = Construction(Anchor.VERB, opening.how, source=stands)
    told = content(text, opening, cue.end)
    return Draft(at, hit, construction, told, source, second=opening.second, begins=begins)


def _speaker(cue: Candidate, opening: Opening) -> Speaking:
    """Who speaks of a finite verb: after it, else before it; of a passive nobody does, who stands beside it is told."""
    text, start, at, hit = cue.text, cue.start, cue.at, cue.hit
    if hit.part != "passive" and (source := _after(cue, opening)):
        if "addressee" in hit.cue.takes and not hit.lead and at > start:
            subject = source_phrases.before(text, start, at, hit)
            if subject and text.kinds[subject[0]].kind:
                return subject, Stands.BEFORE  # الطبيبة أخبرت المحكمة أن
        return source, Stands.AFTER
    if at > start and text.role(at - 1, Role.who):
        return (at - 1, at), Stands.BEFORE
    if hit.lead in letters().so and (topic := source_phrases.topic(text, start, at)):
        return topic, Stands.BEFORE
    resumed = at + 1 < opening.at and text.role(at + 1, Role.resumptive)
    resumed = resumed and not text.words[at + 1].startswith(letters().to)  # قال له
    if at > start and hit.part != "passive" and not resumed and not vetoes.joined(cue):
        source = source_phrases.before(text, start, at, hit)
        return source, Stands.BEFORE if source else None
    return None, None


def _after(cue: Candidate, opening: Opening) -> Range | None:
    """The subject after a finite verb, before what opens its content."""
    text, at, takes = cue.text, cue.at, cue.hit.cue.takes
    limit = opening.second if opening.second is not None else opening.at
    if opening.second is not None:  # نفى الوزير وجود … قائلا: the object is no part of the source
        limit = next((k for k in range(at + 2, limit) if text.role(k, Role.object_head)), limit)
    while limit > at + 1 and text.role(limit - 1, Role.preposition):
        limit -= 1
    source = source_phrases.after(text, at + 1, limit, told="addressee" in takes)
    if source and takes & TELLING and text.words[opening.at].startswith(letters().by):
        return source_phrases.before_object(text, source)
    return source


def _after_content(cue: Candidate) -> Draft | None:
    """«…»، يقول فلان: the verb after what was said, and perhaps amid it («…»، تضيف فلانة، «…»)."""
    text, end, at, hit = cue.text, cue.end, cue.at, cue.hit
    first = text.closes.get(at)
    if first is not None and at - first <= openings.NAME and not text.gaps[at] & Gap.comma:
        return None  # رئيس تحرير «الأهالي» يقول
    if first is None and (not text.gaps[at] & Gap.comma or at - cue.start < WHOLE):
        return None
    source = source_phrases.after(text, at + 1, end, True)
    last = source[1] if source else at + 1
    while last < end and (
        text.role(last, Role.adverb | Role.time) or text.adverbial(last) or (not source and last == at + 1)
    ):
        if last in text.opens:
            break
        last += 1
    if first is None:
        its = source and text.words[source[0]].endswith(letters().owned)  # نفى علمه: no name
        named = source and (text.kinds[source[0]].kind or (source[1] - source[0] > 1 and not its))
        if not named or last < end:
            return None
        return Draft(at, hit, TOLD_AFTER, (cue.start, at), source, begins=at)
    stands = Stands.AFTER if source else None
    if last in text.opens and text.gaps[last] & Gap.comma:
        construction = Construction(Anchor.VERB, Opens.QUOTATION, Stands.AMID, stands)
        return Draft(at, hit, construction, (first, text.opens[last]), source, cue=(at, at + 1), begins=at)
    if source is None and last < end and not text.gaps[last] & (Gap.comma | BREAK | Gap.colon):
        return None
    construction = Construction(Anchor.VERB, Opens.QUOTATION, Stands.AFTER, stands)
    return Draft(at, hit, construction, (first, at), source, begins=at)


def content(text: Text, opening: Opening, end: int) -> Range:
    """The words of a content from its opening: a quotation whole, else to the end of the sentence."""
    first = opening.first
    if first in text.opens and (opening.how is Opens.QUOTATION or text.opens[first] - first >= WHOLE):
        after = text.opens[first]
        if opening.how is Opens.QUOTATION or after >= end or text.gaps[after] & (Gap.comma | BREAK):
            return first, min(after, first + MOST)
    told = text.quoted(opening.at - 1)  # in somebody's own words: what they tell ends with them
    return first, min(end, first + MOST, told[1] if told and told[1] > first else end)


def participle(cue: Candidate) -> Draft | None:
    """The claim that a participle opens (مشيرا إلى أن): its speaker is the subject of the clause before it."""
    return _clause(cue, Anchor.PARTICIPLE, OF_PARTICIPLE)


def masdar(cue: Candidate) -> Draft | None:
    """The claim of a verbal noun with its speaker as a pronoun (قوله إن)."""
    return _clause(cue, Anchor.MASDAR, OF_MASDAR) if is_masdar(cue.text, cue.at, cue.hit) else None


def _clause(cue: Candidate, anchor: Anchor, reach: int) -> Draft | None:
    """The claim of a word that has its speaker elsewhere."""
    opening = openings.find(cue.text, cue.at, cue.end, reach)
    if opening is None or stopped(Stage.OPENING, structs.replace(cue, opening=opening)):
        return None
    told = content(cue.text, opening, cue.end)
    return Draft(cue.at, cue.hit, Construction(anchor, opening.how), told, begins=cue.at)


def is_masdar(text: Text, at: int, hit: Hit) -> bool:
    """A verbal noun with a pronoun of the third person: قوله، تأكيدها."""
    if hit.lead in letters().by_article:
        return "quotation" in hit.cue.takes
    ends = letters()
    return hit.part == "masdar" and not text.written(at).endswith(ends.feminine) and text.words[at].endswith(ends.third)


def relayed(cue: Candidate) -> Draft | None:
    """What one source relays of another: «نقلت الوكالة عن الوزير قوله إن …»."""
    text, end, at, hit = cue.text, cue.end, cue.at, cue.hit
    near = range(at + 1, min(end, at + RELAYED))
    about = next((k for k in near if text.role(k, THAT | Role.about)), None)
    if about is None or not text.role(about, Role.about):
        return None
    opening = openings.find(text, about, end)
    if opening is None:
        return None
    said = next(
        ((k, h) for k in range(about + 1, opening.at) for h in text.kinds[k].hits if is_masdar(text, k, h)), None
    )
    source = source_phrases.after(text, about + 1, said[0] if said else opening.at)
    if source is None:
        return None
    return Draft(
        said[0] if said else at,
        said[1] if said else hit,
        Construction(Anchor.RELAYED, opening.how),
        content(text, opening, end),
        source,
        begins=at,
        carrier=source_phrases.after(text, at + 1, about),
        relays=hit,
    )
