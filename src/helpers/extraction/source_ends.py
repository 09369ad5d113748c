"""The end of a source after a particle, where no punctuation mark shows it."""

from helpers.extraction import openings, source_phrases
from helpers.extraction.cue_candidates import NAMING
from helpers.extraction.drafts import Range
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role

FEW = 4  # most words between a document and its author or date
VERBS = Role.describes | Role.verb | Role.impersonal | Role.keeps_that | Role.awaited | Role.auxiliary
SHORT = 3  # most letters of a word that is too short for an imperfect: تم


def find(text: Text, source: Range, end: int) -> int:
    """The end of a source: a document includes its publisher and date, an organisation its place."""
    first, last = source[0], _left(text, source)
    if last == source[1] and "document" in (text.kinds[first].kind, text.kinds[first].owned):
        last = _of_document(text, first, last, end)
    return _place(text, _of_owner(text, first, last, end), end)


def _of_owner(text: Text, first: int, last: int, end: int) -> int:
    """The end of the organisation to which a source belongs, up to a comma: «بحسب الموقع الرسمي للوكالة، …»."""
    definite = text.words[first].startswith(letters().article)
    owner = definite and last < end and text.words[last].startswith(letters().to_article) and not text.gaps[last]
    if not owner or text.kinds[last].kind != "organisation":
        return last
    after = source_phrases.phrase(text, last, end, True)[1]
    return after if after >= end or text.gaps[after] & (Gap.comma | BREAK) else last


def _left(text: Text, source: Range) -> int:
    """The index among the words of a source at which a clause or quotation begins that is not part of it; else its end."""
    first, last = source
    verb = _verb(text, source)
    if verb is not None:
        last = verb
    for at in range(first + 1, last):
        if text.role(at, Role.perfective) and text.role(at, Role.joined) and not text.role(at - 1, Role.relative):
            return at  # بحسب البيان فقد أصدرت
        if text.gaps[at] & Gap.comma and text.role(at, Role.relative) and at + 1 < last and text.kinds[at + 1].finite:
            return at  # بحسب الحزب، الذي قال
        if at in text.closes and text.words[at].startswith(letters().future):
            return at  # وكالة «الساحل» ستبيع
        if at in text.opens and text.opens[at] - at > openings.NAME and text.kinds[at - 1].kind not in NAMING:
            return at  # وفق أبازيد «تسليم السلاح على مراحل …»
    return last


def _verb(text: Text, source: Range) -> int | None:
    """The first of a source's words that looks like an imperfect, which begins the clause: «بحسب التقرير تعود ملكيتها».

    It follows a noun with the article or a name in quotation marks. After a title it may be a name, if a mark follows.
    """
    first, last = source
    if last <= first + 1 or not _settled(text, first):
        return None
    marked = last >= len(text.words) or text.gaps[last] & (Gap.comma | Gap.colon | BREAK)
    if marked and text.kinds[first].kind not in NAMING:
        return None
    for at in range(first + 1, last):
        if text.role(at, Role.relative):
            return None
        after = text.words[at - 1].startswith(letters().article_to)
        if after and _imperfect(text, at):
            return at
    return None


def _settled(text: Text, first: int) -> bool:
    """Whether a noun is definite by its article, its genitive or its name, so that no clause without pronoun describes it."""
    article = text.words[first].startswith(letters().article_to)
    return article or text.words[first + 1].startswith(letters().article[0])


def _imperfect(text: Text, at: int) -> bool:
    """Whether an unlisted word looks like an imperfect."""
    word = text.kinds[at]
    plain = not word.roles & ~VERBS
    return plain and len(text.words[at]) > SHORT and text.words[at].startswith(letters().third_imperfect)


def _of_document(text: Text, first: int, last: int, end: int) -> int:
    """The end of the words that say who published a document, when and where."""
    for _ in range(FEW):
        if last >= end or text.gaps[last] & (Gap.comma | BREAK | Gap.colon):
            break
        before = last
        if text.role(last, Role.dative) and text.kinds[last].kind and last - first <= FEW:
            last = source_phrases.phrase(text, last, end, True)[1]  # تقرير لصحيفة «…»
        elif any(text.role(at, Role.issued) for at in range(max(first + 1, last - FEW + 1), last)):
            last = _issued(text, last, end)
        if last == before:
            break
    return last


def _issued(text: Text, at: int, end: int) -> int:
    """The end of the time or place of publication after a word: نشر مساء أمس على موقع الوزارة."""
    ends = at
    while ends < end and (text.role(ends, Role.time | Role.general) or text.words[ends].isdigit()):
        ends += 1
    if ends > at or ends + 1 >= end:
        return ends
    if text.role(at, Role.preposition) and not text.role(at + 1, THAT | Role.preposition | Role.what):
        after = at + 1
        while after < end and (text.role(after, Role.time | Role.general) or text.words[after].isdigit()):
            after += 1
        if after > at + 1:
            return after  # الصادر في 2016
        return source_phrases.phrase(text, at + 1, end, True)[1]
    return at


def _place(text: Text, last: int, end: int) -> int:
    """The end of a source that is followed by a place, up to a comma or the sentence's end: وزارة الصحة في غزة."""
    after = tail(text, last, end)
    if after > last + 1 and text.role(last, Role.within):
        inside = range(last + 1, after)
        if not any(text.role(at, Role.time | Role.verb | Role.occasion) or text.kinds[at].kind for at in inside):
            return after
    return last


def tail(text: Text, last: int, end: int) -> int:
    """The end of a preposition and a few words after it, if a comma or the sentence's end follows."""
    if last < end and text.role(last, Role.preposition):
        return next((at for at in range(last + 1, min(end, last + 4) + 1) if text.gaps[at] & (Gap.comma | BREAK)), last)
    return last


def of_body(text: Text, source: Range) -> int:
    """The end of an organisation's name that was read to the end of the sentence: after a noun with the article, one
    without it is not part of the name.

    «بحسب وزارة الصحة أصيب عشرون عاملا»
    """
    first, last = source
    article = letters().article
    document = last > first + 1 and text.kinds[first].kind == "document" and _settled(text, first)
    if text.kinds[first].kind != "organisation" and not document:
        return last
    for at in range(first + 1, last - 1):
        bare = not text.words[at].startswith(article) and not text.kinds[at].roles & ~(Role.describes | Role.verb)
        plain = bare and at not in text.opens
        if plain:
            return at
    return last
