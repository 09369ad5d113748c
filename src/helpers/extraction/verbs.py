"""Cues that govern their content: verbs, participles, verbal nouns, and what one source relays of another."""

from helpers.extraction import openings
from helpers.extraction import source_phrases as speakers
from helpers.extraction import source_phrases as subjects
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.openings import Opening
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.lexicon.vocabulary import THAT, Hit, Role

TELLING = {"addressee", "predicate"}  # somebody or something is the verb's object, beside its content
MOST = 400  # words of a content: no sentence of news is longer; a text without stops shall not cost its square
SHORT = 10  # words of a line that is no sentence
WHOLE = 5  # a quotation of so many words at the head of a content is the content


def verb(text: Text, start: int, end: int, at: int, hit: Hit) -> Draft | None:
    """The claim of a finite verb at a word of the sentence start:end; None where it reports nothing."""
    if _leads(text, start, end, at):
        return None
    opening = openings.find(text, at, end)
    aside = "parenthesis" in hit.cue.takes and at > start and not hit.lead
    if aside and (opening is None or opening.how != "that") and (said := _after_content(text, start, end, at, hit)):
        return said
    if opening is None or not _takes(text, at, hit, opening) or _byline(text, start, end, at, opening):
        return None
    limit = opening.second if opening.second is not None else opening.at
    if opening.second is not None:  # نفى الوزير وجود … قائلا: the object is no part of the source
        limit = next((k for k in range(at + 2, limit) if text.role(k, Role.object_head)), limit)
    while limit > at + 1 and text.role(limit - 1, Role.preposition):
        limit -= 1
    source, rule = speakers.after(text, at + 1, limit, told="addressee" in hit.cue.takes), "verb-source"
    if source and hit.cue.takes & TELLING and text.words[opening.at].startswith("ب"):
        source = speakers.before_object(text, source)
    if source and "addressee" in hit.cue.takes and not hit.lead and at > start:
        subject = subjects.before(text, start, at, hit)
        if subject and text.kinds[subject[0]].kind:
            source, rule = subject, "source-verb"  # الطبيبة أخبرت المحكمة أن
    if opening.how == "quotation" and not _says(text, at, hit, opening, source):
        return None
    if hit.part == "passive":
        source = None  # nobody is said to speak; who stands beside the verb is told
    if source is None:
        rule = "verb"
        joined = hit.lead[:1] in ("و", "ف") or (at > start and _leads(text, start, end, at - 1))
        who = at > start and text.words[at - 1] == "من"
        resumed = at + 1 < limit and text.role(at + 1, Role.resumptive) and text.words[at + 1][0] != "ل"  # قال له
        if who:
            source, rule = (at - 1, at), "source-verb"
        elif hit.lead == "ف" and (topic := subjects.topic(text, start, at)):
            source, rule = topic, "source-verb"
        elif not joined and not resumed and at > start and hit.part != "passive":
            source = subjects.before(text, start, at, hit)
            rule = "source-verb" if source else rule
        elif resumed and not joined and opening.how == "quotation":
            return None  # لافتات كتب عليها
        denied = source and rule == "source-verb" and text.role(source[0] - 1, Role.auxiliary) and source[0] - 1 > start
        if denied and text.role(source[0] - 2, Role.negation):
            return None  # لم يكن أحد يتوقع أن
        if source is None and (
            "ل" in hit.lead or (text.words[at] == hit.cue.masdar and not _after_subject(text, start, at))
        ):
            return None
    begins = source[0] if source and rule == "source-verb" else at
    return Draft(
        at,
        hit,
        f"{rule}-{opening.how}",
        content(text, opening, end),
        source,
        second=opening.second,
        begins=begins,
        quotation=opening.how == "quotation",
    )


def _byline(text: Text, start: int, end: int, at: int, opening: Opening) -> bool:
    """Whether a line tells who wrote what follows: «كتبت: ريا الحبسية», without a stop."""
    bare = opening.how == "colon" and at == start and opening.at == at + 1
    return bare and end - start <= SHORT and not text.gaps[min(end, len(text.gaps) - 1)] & Gap.stop


def _leads(text: Text, start: int, end: int, at: int) -> bool:
    """Whether a verb of going on leads to the one that says: ومضت تقول."""
    if at + 1 >= end or text.gaps[at + 1] or text.kinds[at].kind:
        return False
    finite = any(hit.part in openings.FINITE for hit in text.kinds[at].hits)
    return finite and any(
        h.part == "imperfect" and not h.lead and "quotation" in h.cue.takes for h in text.kinds[at + 1].hits
    )


def _after_content(text: Text, start: int, end: int, at: int, hit: Hit) -> Draft | None:
    """«…»، يقول فلان: the verb after what was said, and perhaps amid it («…»، تضيف فلانة، «…»)."""
    first = text.closes.get(at)
    if first is not None and at - first <= openings.NAME and not text.gaps[at] & Gap.comma:
        return None  # رئيس تحرير «الأهالي» يقول
    if first is None and (not text.gaps[at] & Gap.comma or at - start < WHOLE):
        return None
    source = speakers.after(text, at + 1, end, True)
    last = source[1] if source else at + 1
    while last < end and (
        text.role(last, Role.adverb | Role.time) or text.adverbial(last) or (not source and last == at + 1)
    ):
        if last in text.opens:
            break
        last += 1
    if first is None:
        its = source and text.words[source[0]].endswith(("ه", "ها", "هم"))  # نفى علمه: no name
        named = source and (text.kinds[source[0]].kind or (source[1] - source[0] > 1 and not its))
        if not named or last < end:
            return None
        return Draft(at, hit, "verb-source-after", (start, at), source, begins=at)
    rule = "quotation-verb-source" if source else "quotation-verb"
    if last in text.opens and text.gaps[last] & Gap.comma:
        return Draft(at, hit, rule + "-amid", (first, text.opens[last]), source, cue=(at, at + 1), begins=at)
    if source is None and last < end and not text.gaps[last] & (Gap.comma | BREAK | Gap.colon):
        return None
    return Draft(at, hit, rule, (first, at), source, begins=at, quotation=True)


def _says(text: Text, at: int, hit: Hit, opening: Opening, source: Range | None) -> bool:
    """Whether a short quotation after a verb is what was said, and not a name or a title in quotation marks."""
    first = opening.first
    if text.opens[first] - first > openings.NAME or text.gaps[first] & Gap.colon or opening.second is not None:
        return True
    if first == at + 1:
        return True
    adjacent = source is not None and source[1] == first and text.kinds[source[0]].kind in ("person", "group", None)
    last = text.opens[first]
    ends = last >= len(text.words) or bool(text.gaps[last] & (Gap.comma | BREAK))
    known = adjacent and (text.kinds[source[0]].kind or hit.cue.lemma == "قال" or ends)
    return bool(known) and text.kinds[first - 1].kind not in ("organisation", "document")


def _after_subject(text: Text, start: int, at: int) -> bool:
    return at == start or text.role(at - 1, Role.what | Role.pronoun | Role.auxiliary | Role.alongside)


def _takes(text: Text, at: int, hit: Hit, opening: Opening) -> bool:
    if opening.second is not None:
        return True
    if opening.how == "that":
        with_b = "ب" in hit.cue.takes and text.words[opening.at].startswith("ب")
        return ("أن" in hit.cue.takes or with_b) and (
            not hit.pronoun or "addressee" in hit.cue.takes or text.role(at - 1, Role.what)
        )
    return "quotation" in hit.cue.takes


def otherwise(text: Text, start: int, end: int, at: int, hit: Hit) -> bool:
    """Whether the word reports nothing here: a formula, a negated saying, a noun of the same letters."""
    if at > start:
        if text.role(at, Role.stands_in) and text.role(at - 1, Role.what):
            return True  # ما ورد في
        if text.role(at - 1, Role.negation):
            return True  # what somebody does not say or think is no claim of theirs
        before = text.role(at - 1, Role.preposition) and text.words[at - 1] != "من"
        if not hit.lead and hit.part == "perfect" and before and not text.gaps[at] & ~Gap.quote:
            return True
        noun = text.words[at] == hit.cue.masdar and text.role(at - 1, Role.auxiliary)
        if noun and not text.role(at - 1, Role.perfective):
            return True  # كان ظن الحكومة أن
    quoted = text.quoted(at) if text.opens else None
    if quoted:
        if quoted[1] - quoted[0] <= openings.NAME:
            return True  # inside a name or a title in quotation marks
        if hit.cue.lemma[0] == "ا" and hit.part == "perfect" and not hit.lead and text.written(at)[0] == "ا":
            return True  # اعتقد for أعتقد: I believe, in somebody's own words
    if hit.pronoun in ("نا", "ني", "ك", "كم"):
        return True  # told to the one who speaks: inside somebody's own words
    if text.role(at + 1, Role.withheld):
        return True  # عدم ذكر اسمه
    if hit.agreement == "3md" and not hit.lead:
        near = range(max(start, at - 6), at)
        if any(other.cue.lemma == hit.cue.lemma for k in near for other in text.kinds[k].hits):
            return True  # نفت ذلك نفيا: a denial, not two who deny
    if text.role(at, Role.impersonal) and at + 1 < end and text.role(at + 1, THAT):
        return True  # يحتمل أن: it may be
    if text.role(at, Role.formula):
        nobody = at + 1 < end and text.role(at + 1, THAT | Role.preposition | Role.adverb | Role.resumptive)
        return nobody and any(text.role(after, THAT) for after in range(at + 1, min(end, at + 8)))
    return text.written(at)[0] == "أ" and hit.part == "perfect" and hit.cue.lemma[0] == "ا"  # أعتقد: I believe


def content(text: Text, opening: Opening, end: int) -> Range:
    """The words of a content from its opening: a quotation whole, else to the end of the sentence."""
    first = opening.first
    if first in text.opens and (opening.how == "quotation" or text.opens[first] - first >= WHOLE):
        return first, min(text.opens[first], first + MOST)
    told = text.quoted(opening.at - 1)  # in somebody's own words: what they tell ends with them
    return first, min(end, first + MOST, told[1] if told and told[1] > first else end)


def participle(text: Text, end: int, at: int, hit: Hit) -> Draft | None:
    """The claim that a participle opens (مشيرا إلى أن): its speaker is the subject of the clause before it."""
    opening = openings.find(text, at, end, 10)
    if opening is None or not _takes(text, at, hit, opening):
        return None
    draft = Draft(at, hit, f"participle-{opening.how}", content(text, opening, end), begins=at)
    draft.quotation = opening.how == "quotation"
    return draft


def masdar(text: Text, end: int, at: int, hit: Hit) -> Draft | None:
    """The claim of a verbal noun with its speaker as a pronoun (قوله إن)."""
    if not is_masdar(text, at, hit):
        return None
    opening = openings.find(text, at, end, 6)
    if opening is None or not _takes(text, at, hit, opening):
        return None
    if any(text.gaps[k] & Gap.comma or text.role(k, Role.circumstance) for k in range(at + 1, opening.at)):
        return None
    draft = Draft(at, hit, f"masdar-{opening.how}", content(text, opening, end), begins=at)
    draft.quotation = opening.how == "quotation"
    return draft


def is_masdar(text: Text, at: int, hit: Hit) -> bool:
    """A verbal noun with a pronoun of the third person: قوله، تأكيدها."""
    if hit.lead == "بال":
        return "quotation" in hit.cue.takes
    return hit.part == "masdar" and text.written(at)[-1] != "ة" and text.words[at].endswith(("ه", "ها", "هم", "هما"))


def relayed(text: Text, end: int, at: int, hit: Hit) -> Draft | None:
    """What one source relays of another: «نقلت الوكالة عن الوزير قوله إن …»."""
    about = next((k for k in range(at + 1, min(end, at + 20)) if text.role(k, THAT) or text.words[k] == "عن"), None)
    if about is None or text.words[about] != "عن":
        return None
    opening = openings.find(text, about, end)
    if opening is None:
        return None
    said = next(
        ((k, h) for k in range(about + 1, opening.at) for h in text.kinds[k].hits if is_masdar(text, k, h)), None
    )
    source = speakers.after(text, about + 1, said[0] if said else opening.at)
    if source is None:
        return None
    cue, how = said or (at, hit)
    draft = Draft(cue, how, "relayed", content(text, opening, end), source, begins=at, relays=hit)
    draft.carrier = speakers.after(text, at + 1, about)
    draft.quotation = opening.how == "quotation"
    return draft
