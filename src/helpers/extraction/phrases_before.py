"""Finds the words before a verb that name its speaker («فلان قال»), or the document in which something is said."""

from helpers.extraction import person_names, phrase_parts
from helpers.extraction.chunks import phrase
from helpers.extraction.drafts import Range
from helpers.extraction.phrase_ends import LONGEST, begins, future
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.lexicon.letters import has_article, letters
from helpers.lexicon.roles import THAT, Role
from helpers.lexicon.word_kinds import Hit

TOLD_IN = 15  # most words of a document and its description, before its clause
BEFORE_CLAUSE = (
    THAT
    | Role.then_that
    | Role.begins_clause
    | Role.auxiliary
    | Role.negation
    | Role.alongside
    | Role.pronoun
    | Role.own_clause
)
SPEAK = ("person", "group", "organisation", "document")
TOPIC = 30  # most words from a topic to its verb


def before(text: Text, start: int, verb: int, hit: Hit) -> Range | None:
    """The noun phrase directly before a verb, from the beginning of its clause: the subject of «فلان قال».

    start   the first word of the sentence
    Returns its words as a range; None if the words before the verb are not a noun phrase.
    """
    end = verb
    while end > start and _beside_verb(text, end - 1):
        end -= 1
    related = end > start and text.role(end - 1, Role.relative)
    if related:
        end -= 1
    first, comma = _aside_before(text, start, end), None
    while first > start and end - first <= LONGEST:
        at, word = first - 1, text.kinds[first - 1]
        if first < end and (text.gaps[first] & (BREAK | Gap.colon) or _clause(text, first)):
            break
        if word.roles & BEFORE_CLAUSE:
            break
        if word.roles & Role.joined and not word.kind and word.hits:
            break
        if related and word.hits and word.hits[0].part == "particle":
            break  # بحسب الصحيفة، والتي أشارت إلى أن
        told = word.hits and word.hits[0].part in ("perfect", "imperfect", "participle")
        if not word.kind and (told or word.roles & Role.describes or future(text.words[at])):
            if any(text.role(k, Role.relative) for k in range(max(start, at - 4), at)):
                pass
            elif related or comma is not None:
                break
            elif not _describing(text, start, at):
                return None
        if text.gaps[first] & Gap.comma and comma is None and first < end:
            comma = first
        if related and text.role(at, Role.dative):
            return None  # انتقادات للمؤسسات التي قال إنها …: the topic
        if (
            related
            and word.roles & Role.preposition
            and not text.role(at, Role.in_the_name)
            and not text.role(at - 1, Role.governs)
        ):
            break
        first = at
        if text.role(at, Role.what) and text.gaps[at] & Gap.comma:
            break  # ، ما يشير إلى
    while first < end - 1 and text.role(first, Role.adverb):
        first += 1  # هناك معلومات تفيد
    if first >= end:
        return None
    if not begins(text, first):
        if comma is None or not begins(text, comma):
            return None
        first = comma
    if first > start and text.role(first - 1, Role.negation):
        return None  # لم يشارك: a verb
    if related and _of_others(text, end, hit):
        return None  # الجهاز الذي قالت إنه آمن: the topic
    if related and not (_somebody(text, first) and _agrees(text, first, hit) and _relates(text, first, end)):
        found = _described(text, first, end, hit)
        told = found is not None and text.kinds[found].kind == "document" and text.role(verb + 1, Role.that_pronoun)
        first = first if found is None or told else found
    if related and has_article(text.words[first]) and not text.kinds[first].kind:
        return None  # المكان الذي قال إنه …
    somebody = text.kinds[first].kind in ("person", "group") or text.role(first, Role.given)
    if hit.pronoun and end - first == 1 and not somebody and not has_article(text.words[first]):
        return None  # نشر شريطا وصفه بأنه: the verb describes the noun
    if comma is None and _timed(text, first, end):
        return None  # نفذ الجيش يوم الجمعة عملية ضد أهداف قال إنها …
    marked = any(text.gaps[at] & Gap.comma for at in range(end, verb + 1))
    called = end - first > 1 and person_names.words(text, first, end) == list(range(first, end))
    if comma is None and marked and not called and not text.kinds[first].kind and first not in text.opens:
        return None  # الطريق مغلق، أضاف: a clause before the comma
    if end - first == 2 and _object_of(text, end - 1) and has_article(text.words[first]):
        return None  # اتهم الجيش مسلحين قال إنهم …
    if not _agrees(text, first, hit) or _verbal(text, first, end):
        return None
    aside = _aside_before(text, start, end)
    kept = aside == end or text.role(aside, Role.pronoun) or not text.role(aside, Role.joined)
    return first, (end if kept else max(aside, first + 1))


def document(text: Text, start: int, end: int) -> Range | None:
    """The indefinite document with a relative clause that begins at a word: رسالة ورد فيها أن."""
    found = None
    if text.gaps[end]:
        return None
    for first in range(end - 1, max(start, end - TOLD_IN) - 1, -1):
        if text.kinds[first].kind == "document" and not has_article(text.words[first]):
            described = end - first == 2 and text.role(end - 1, Role.circumstance)  # معلومات مؤكدة
            found = (first, end) if described or phrase(text, first, end)[1] == end else found
    return found


def _describing(text: Text, start: int, at: int) -> bool:
    """Whether a verb begins a relative clause of the indefinite noun before it: «دبلوماسي غربي يتابع الملف قال»."""
    for noun in range(at - 1, max(start, at - 4) - 1, -1):
        if text.gaps[noun + 1] or has_article(text.words[noun]):
            return False
        if text.kinds[noun].kind:
            return True
    return False


def _aside_before(text: Text, start: int, end: int) -> int:
    """The beginning of a clause between commas directly before a verb that describes its subject; else the verb.

    «فلان، وهو عالم لم يشارك في الدراسة، يرى»; «فلان، وفي مرافعته، قال»
    """
    if text.gaps[end] & Gap.comma:
        for at in range(end - 1, max(start, end - LONGEST), -1):
            if text.gaps[at] & Gap.comma:
                told = text.role(at, Role.joined) and text.role(at, Role.pronoun | Role.preposition | Role.adjunct)
                return at if told or _describing_aside(text, start, at) else end
    return end


def _describing_aside(text: Text, start: int, at: int) -> bool:
    """Whether a clause about an indefinite document begins after a comma: «وثائق مسربة، اطلعت عليها الصحيفة، أظهرت»."""
    first = next((k for k in range(at - 1, max(start, at - 4) - 1, -1) if text.kinds[k].kind == "document"), None)
    if first is None or any(has_article(text.words[k]) for k in range(first, at)):
        return False
    return phrase_parts.told_of(text, first, at)


def _clause(text: Text, at: int) -> bool:
    """Whether a clause with its subject first begins at a word: …، والوزارة تقول."""
    return bool(text.gaps[at] & Gap.comma and text.role(at, Role.joined) and text.kinds[at].kind)


def _aside(text: Text, at: int, end: int) -> bool:
    """Whether a clause between commas that describes the subject begins at a word: المصرف، وهو أكبر الموقعين، نفى."""
    told = text.role(at, Role.pronoun) and text.role(at, Role.joined) and text.gaps[at] & Gap.comma
    return bool(told and text.gaps[end] & Gap.comma)


def _verbal(text: Text, first: int, end: int) -> bool:
    """Whether words are more likely a verb and its subject («نشرت الحركة …») than an unlisted noun."""
    if has_article(text.words[first]) or first in text.opens or first + 1 >= end:
        return False
    following = text.kinds[first + 1].kind
    subject = following in ("person", "group", "organisation") and not text.gaps[first + 1]
    definite = has_article(text.words[first + 1]) or text.words[first + 1].endswith(letters().several)
    if not text.kinds[first].kind and subject and definite and end - first == 3:
        return True  # عرض التلفزيون لقطات قال إنها …
    if text.kinds[first].kind:
        return False
    return has_article(text.words[first + 1]) and text.words[first].endswith(letters().perfect)


def _described(text: Text, first: int, end: int, hit: Hit) -> int | None:
    """The beginning of the noun that a relative clause describes, inside a main clause; None if none can be the speaker.

    «قوبل القرار بانتقاد النقابة التي …», «يدعم هذا الرأي سالم حمدان، أستاذ الاقتصاد، الذي …»
    """
    found = None
    for at in range(end - 1, first - 1, -1):
        word = text.kinds[at]
        if not word.kind and (word.hits or word.roles & (Role.preposition | Role.relative | THAT)):
            break
        if _somebody(text, at):
            new = at + 1 < end and has_article(text.words[at]) and _bare(text, at + 1)
            if new:
                break
            if _agrees(text, at, hit) and _relates(text, at, end):
                found = at
    return found


def _of_others(text: Text, relative: int, hit: Hit) -> bool:
    """Whether a verb after a relative pronoun has another subject than its noun, by gender and number."""
    if text.role(relative, Role.feminine):
        return hit.agreement in ("3ms", "3mp")
    if text.words[relative].endswith(letters().nisba[0]):  # الذي
        return hit.agreement in ("3fs", "3mp")
    return hit.agreement in ("3ms", "3fs") and text.words[relative].endswith(letters().oblique)  # الذين


def _somebody(text: Text, at: int) -> bool:
    return text.kinds[at].kind in SPEAK or text.role(at, Role.given)


def _bare(text: Text, at: int) -> bool:
    """Whether a noun without the article is followed by its genitive: رأي الخبير."""
    plain = not has_article(text.words[at]) and not text.role(at, Role.given | Role.preposition)
    return plain and at + 1 < len(text.words) and has_article(text.words[at + 1])


def _relates(text: Text, at: int, relative: int) -> bool:
    """Whether a relative pronoun can refer to a noun, by gender: not النقابة الذي, not الحارس التي."""
    feminine = text.written(at).endswith(letters().feminine)
    if text.role(relative, Role.feminine):
        return feminine or text.kinds[at].kind in ("group", "organisation", "document")
    several = text.kinds[at].kind == "group" and text.words[at].endswith(letters().plural)
    return not (feminine or several) or not text.words[relative].endswith(letters().nisba[0])  # الذي, not الذين


def _timed(text: Text, first: int, end: int) -> bool:
    """Whether a time is inside words without a relative clause, which are then a clause and not a phrase."""
    amid = [at for at in range(first + 1, end - 1) if text.role(at, Role.time) and not text.role(at, Role.governs)]
    told = any(text.role(at, Role.describes | Role.relative) for at in range(first + 1, end))
    return bool(amid) and not told


def _beside_verb(text: Text, at: int) -> bool:
    """Whether a word before a verb belongs to it: an auxiliary or a time, but not مطلع in «مصدر مطلع قال»."""
    return text.role(at, Role.auxiliary | Role.adverb | Role.time) and not text.role(at, Role.governs)


def _object_of(text: Text, at: int) -> bool:
    """Whether an indefinite noun after one with the article is the object of a verb: مسلحين, بيانا."""
    word = text.words[at]
    known = text.kinds[at].kind or (text.kinds[at - 1].kind == "organisation")
    return bool(known) and not text.gaps[at] and not has_article(word) and word.endswith(letters().indefinite_object)


def topic(text: Text, start: int, verb: int) -> Range | None:
    """The topic before a verb with ف: «أما فلان فقال …»."""
    for first in range(verb - 2, max(start, verb - TOPIC) - 1, -1):
        if text.role(first, Role.topic) and (first - start <= 2 or text.gaps[first] & (Gap.comma | BREAK)):
            return (first + 1, verb) if begins(text, first + 1) else None
    return None


def _agrees(text: Text, first: int, hit: Hit) -> bool:
    """Whether a verb can agree with the subject before it: a masculine one never follows a title or organisation in ة."""
    if hit.agreement == "3ms":
        return not (text.kinds[first].kind and text.written(first).endswith(letters().feminine))
    return True
