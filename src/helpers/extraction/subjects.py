"""Who speaks when the subject stands before its verb: «فلان قال», «أما فلان فقال»."""

from helpers.extraction.drafts import Range
from helpers.extraction.speakers import LONGEST, begins, future
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.lexicon.vocabulary import THAT, Hit, Role


def before(text: Text, start: int, verb: int, hit: Hit) -> Range | None:
    """The noun phrase that ends before a verb, back to where its clause begins: the subject of «فلان قال».

    start   the first word of the sentence
    Returns its words as a range; None when what stands before the verb is no noun phrase.
    """
    end = verb
    while end > start and text.role(end - 1, Role.auxiliary | Role.adverb | Role.time) and not text.gaps[end] & BREAK:
        end -= 1
    related = end > start and text.role(end - 1, Role.relative)
    if related:
        end -= 1
    first, comma = _aside_before(text, start, end), None
    while first > start and end - first <= LONGEST:
        at, word = first - 1, text.kinds[first - 1]
        if first < end and (text.gaps[first] & (BREAK | Gap.colon) or _clause(text, first)):
            break
        if word.roles & (
            THAT | Role.then_that | Role.begins_clause | Role.auxiliary | Role.negation | Role.alongside | Role.pronoun
        ) and not (first < end and _aside(text, at, end)):
            if comma is None and text.gaps[end] & Gap.comma and text.role(at, Role.subordinate):
                return None  # عندما واجهه القاضي، قال: the clause before the comma is not who speaks
            break
        if word.roles & Role.joined and not word.kind and word.hits:
            break
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
        if (
            related
            and word.roles & Role.preposition
            and text.words[at] != "باسم"
            and not text.role(at - 1, Role.governs)
        ):
            break
        first = at
    if first >= end:
        return None
    if not begins(text, first):
        if comma is None or not begins(text, comma):
            return None
        first = comma
    if first > start and text.role(first - 1, Role.negation):
        return None  # لم يشارك: a verb
    if end - first > LONGEST or not _agrees(text, first, hit) or _verbal(text, first, end):
        return None
    aside = _aside_before(text, start, end)
    return first, (end if aside == end or text.role(aside, Role.pronoun) else max(aside, first + 1))


def _describing(text: Text, start: int, at: int) -> bool:
    """Whether a verb tells of an indefinite noun before it: «دبلوماسي غربي يتابع الملف قال»."""
    for noun in range(at - 1, max(start, at - 4) - 1, -1):
        if text.gaps[noun + 1] or text.words[noun].startswith("ال"):
            return False
        if text.kinds[noun].kind:
            return True
    return False


def _aside_before(text: Text, start: int, end: int) -> int:
    """Where a clause between commas begins that ends before a verb and tells of its subject; the verb where there is none.

    «فلان، وهو عالم لم يشارك في الدراسة، يرى»; «فلان، وفي مرافعته، قال»
    """
    if text.gaps[end] & Gap.comma:
        for at in range(end - 1, max(start, end - LONGEST), -1):
            if text.gaps[at] & BREAK:
                break
            if text.gaps[at] & Gap.comma:
                told = text.role(at, Role.joined) and text.role(at, Role.pronoun | Role.preposition | Role.adjunct)
                return at if told else end
    return end


def _clause(text: Text, at: int) -> bool:
    """Whether a clause with its subject first begins at a word: …، والوزارة تقول."""
    return bool(text.gaps[at] & Gap.comma and text.role(at, Role.joined) and text.kinds[at].kind)


def _aside(text: Text, at: int, end: int) -> bool:
    """Whether a clause between commas begins here that tells of the subject: المصرف، وهو أكبر الموقعين، نفى."""
    told = text.role(at, Role.pronoun) and text.role(at, Role.joined) and text.gaps[at] & Gap.comma
    return bool(told and text.gaps[end] & Gap.comma)


def _verbal(text: Text, first: int, end: int) -> bool:
    """Whether what begins here is more likely a verb and its subject («نشرت الحركة …») than a noun that we do not know."""
    if text.kinds[first].kind or text.words[first].startswith("ال") or first in text.opens or first + 1 >= end:
        return False
    return text.words[first + 1].startswith("ال") and text.words[first].endswith(("ت", "ا", "وا")) and end - first > 2


def topic(text: Text, start: int, verb: int) -> Range | None:
    """The topic that a verb with ف takes up: «أما فلان فقال …»."""
    first = start
    while first < verb and not text.role(first, Role.topic):
        first += 1
        if first - start > 2:
            return None
    return (first + 1, verb) if first + 1 < verb and begins(text, first + 1) else None


def _agrees(text: Text, first: int, hit: Hit) -> bool:
    """Whether a verb can follow its subject: one of masculine form never follows a title or a body in ة."""
    if hit.agreement == "3ms":
        return not (text.kinds[first].kind and text.written(first).endswith("ة"))
    return True
