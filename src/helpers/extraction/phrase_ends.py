"""Finds the end of a noun phrase that begins at a word."""

from functools import cache

from helpers.extraction import phrase_parts
from helpers.extraction.phrase_parts import OPENERS, STOPPERS
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.lexicon.letters import has_article, letters
from helpers.lexicon.roles import THAT, Role

TURNS = (
    STOPPERS | Role.circumstance | Role.describes | Role.relative | Role.pronoun | Role.preposition | Role.object_head
)
SHOWN = Role.standard | Role.object_head  # هذا
LONGEST = 40  # most words of a phrase
KEPT = 200_000  # most words in the cache
NAME = 6  # most words in quotation marks that are the name of an organisation or a document
CALLED = ("organisation", "document")


class _Notable(dict[str, bool]):
    """By word, whether a phrase can end before it because of its spelling alone; cached."""

    def __missing__(self, word: str) -> bool:
        found = (
            word.endswith(letters().folded_accusative)
            or word.startswith(letters().to)
            or _object_like(word)
            or future(word)
        )
        if len(self) < KEPT:
            self[word] = found
        return found


@cache
def _notable() -> _Notable:
    return _Notable()


def find(text: Text, first: int, end: int, open_end: bool) -> int:
    """The end of the phrase that begins at a word, at most LONGEST words later."""
    at, relative, bracket, closes = first + 1, False, False, text.opens.get(first, 0)
    made = phrase_parts.made_by(text, first, end)
    stop = min(end, first + LONGEST)
    words, gaps, roles, kinds, notable = text.words, text.gaps, text.roles, text.kinds, _notable()
    clause, to = Role.then_that | THAT if open_end else Role.then_that, letters().to
    while at < stop:
        gap, role = gaps[at], roles[at]
        relative = relative or at == made
        turns = gap or role & TURNS
        if not turns and not notable[words[at]]:
            at += 1
            continue
        if open_end and not kinds[at].kind and future(words[at]):
            break  # بحسب الوزير ستستقيل: the verb continues the clause
        within = relative or bracket or at < closes
        if not within and text.adverbial(at):
            break
        if not turns:
            if not within and (_plural_object(text, at) or _told(text, at) or _bodies_told(text, first, at)):
                break
            at += 1
            continue
        if gap & (Gap.bracket | Gap.closing):
            bracket = bool(gap & Gap.bracket)
        quoted = bracket or at < closes
        if role & clause and not quoted:
            break
        if gap:
            if _parts(text, first, at, end, relative, quoted, open_end):
                break
            if gap & Gap.quote:
                closes = text.opens.get(at, closes)
                quoted = bracket or at < closes
        if role & Role.circumstance and not relative and not quoted:
            break
        if at == first + 1 and phrase_parts.called(text, at):
            at += 1
            continue
        if role & Role.relative or (not relative and not quoted and phrase_parts.describes(text, first, at, end)):
            relative = True
        elif role & Role.pronoun and at + 1 < end and phrase_parts.tells_who(text, at, open_end):
            relative = True  # ، وهو محام …
        elif not relative and not quoted:
            if points(text, at, end) and not roles[at - 1] & (Role.preposition | Role.quantifier):
                break  # فلان هذه الرسوم: the object
            if role & Role.alongside and _joins(text, at, end):
                at += 2
                continue
            if role & (STOPPERS | Role.pronoun):
                year = role & Role.general and kinds[at - 1].kind == "person"  # أمين عام, not a year
                if not year and not phrase_parts.belongs(text, first, at, end):
                    break
            if words[at] in to:
                if not phrase_parts.of_name(text, at, end):
                    break
            elif role & Role.preposition and not phrase_parts.keeps(text, first, at, end):
                break
        at += 1
    return at


def _parts(text: Text, first: int, at: int, end: int, relative: bool, quoted: bool, open_end: bool) -> bool:
    """Whether the punctuation mark before a word ends a phrase."""
    gap = text.gaps[at]
    if gap & BREAK or (gap & Gap.colon and not text.words[at][0].isdigit()):
        return True
    if quoted:
        return False
    if gap & Gap.dash and open_end:
        return True  # - وفق البيان - للولايات المتحدة
    if gap & (Gap.comma | Gap.dash):
        hides = relative and any(text.role(k, Role.withheld) for k in range(at, min(end, at + 4)))
        aside = gap == Gap.comma and phrase_parts.told_of(text, first, at)
        aside = aside and (not open_end or bool(text.commas_in(at + 1, min(end, at + phrase_parts.ASIDE))))
        if open_end and gap == Gap.comma and text.kinds[at].kind and not phrase_parts.apposes(text, first, at):
            return True  # بحسب الخبير، الحكومة تأخرت
        if not hides and not aside and not phrase_parts.goes_on(text, at, open_end):  # واشترط عدم ذكر اسمه
            return True
    said = gap & Gap.quote and text.opens.get(at, 0) - at > NAME
    return bool(said) and text.kinds[first].kind not in CALLED  # وفق فلان «…»: the content


def _joins(text: Text, at: int, end: int) -> bool:
    """Whether a word is a separate و, followed by a noun of the lexicon."""
    return len(text.words[at]) == 1 and at + 1 < end and bool(text.kinds[at + 1].kind) and begins(text, at + 1)


def points(text: Text, at: int, end: int) -> bool:
    """Whether a demonstrative precedes its noun (هذا المسؤول)."""
    shown = text.roles[at] & SHOWN == SHOWN
    return shown and at + 1 < end and has_article(text.words[at + 1])


def _told(text: Text, at: int) -> bool:
    """Whether a word is an audience related to the speaker, or a people: المعلمة لتلاميذها، الطبيبة لأهالي الجرحى."""
    word, kind = text.words[at], text.kinds[at].kind
    if (
        text.kinds[at - 1].kind != "person"
        or not word.startswith(letters().to)
        or word.startswith(letters().article_to)
    ):
        return False
    if kind or text.role(at, Role.given):
        return kind == "group" and text.words[at - 1].startswith(letters().article)
    return len(word) > 4 and word.endswith(letters().third) and not text.written(at).endswith(letters().feminine)


def _bodies_told(text: Text, first: int, at: int) -> bool:
    """Whether an organisation or people after a name alone is the audience: حمدان للشرطة; but not الأمين العام للاتحاد."""
    told = text.words[at].startswith(letters().to_article) and text.kinds[at].kind in ("group", "organisation")
    lone = at == first + 1 and not text.kinds[first].kind and not text.roles[first]  # الهند للسلطات
    return told and (lone or phrase_parts.name_alone(text, first, at))


def _plural_object(text: Text, at: int) -> bool:
    """Whether a word is the verb's object after the subject: an indefinite plural after a noun with the article, or a
    dual."""
    word, before = text.words[at], text.words[at - 1]
    if not _object_like(word):
        return False
    if word.startswith(letters().by) and word.endswith(letters().theirs) and not text.kinds[at].roles:
        return True  # ردت الشركة بفرضها رسوما
    if (
        has_article(word)
        and word.endswith(letters().feminine_dual)
        and not has_article(before)
        and not text.kinds[at - 1].kind
        and not text.role(at - 1, Role.in_the_name)
    ):
        return True  # سمير قنواتي الصورتين
    plural = word.endswith(letters().feminine_plural) and not text.kinds[at].kind and not has_article(word)
    plural = plural and not word.startswith(letters().prefixed)
    return plural and has_article(before) and text.kinds[at - 1].kind != "person"


def _object_like(word: str) -> bool:
    """Whether a word has an ending of such an object."""
    if word.endswith(letters().theirs):
        return word.startswith(letters().by)
    return word.endswith((*letters().feminine_dual, *letters().feminine_plural))


def future(word: str) -> bool:
    """Whether an unlisted word looks like a verb in the future: ستستقيل, سيعود; but not سياسية, سيناء."""
    return word.startswith(letters().future) and len(word) > 5 and not word.endswith(letters().no_imperfect)


def begins(text: Text, at: int) -> bool:
    """Whether a noun phrase can begin at a word."""
    roles = text.roles[at]
    if roles & (Role.audience | Role.verb | Role.circumstance | Role.own_clause) or text.words[at] in letters().to:
        return False
    return not roles & OPENERS or bool(text.kinds[at].kind)
