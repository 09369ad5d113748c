"""Where a noun phrase ends that begins at a word: what goes on in it, what is of it, what begins a clause of its own."""

from functools import cache

from helpers.extraction.texts import BREAK, Gap, Text
from helpers.lexicon.letters import has_article, letters
from helpers.lexicon.vocabulary import THAT, Role

STOPS = Role.adjunct | Role.time | Role.adverb | Role.auxiliary | Role.negation | Role.resumptive | Role.alongside
OPENERS = THAT | Role.then_that | STOPS | Role.preposition | Role.relative | Role.begins_clause | Role.pronoun
STOPPERS = THAT | STOPS | Role.then_that | Role.begins_clause | Role.audience
TURNS = (
    STOPPERS | Role.circumstance | Role.describes | Role.relative | Role.pronoun | Role.preposition | Role.object_head
)
SHOWN = Role.standard | Role.object_head  # هذا
LONGEST = 40  # words
KEPT = 200_000  # words of which it is remembered what their letters tell
NAME = 6  # words in quotation marks: more are no name of a body or a document
CALLED = ("organisation", "document")


class _Notable(dict[str, bool]):
    """Whether a word's letters alone can tell that a phrase ends before it."""

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
    """Where the phrase ends that begins at a word; it is read left to right, LONGEST words at most."""
    at, relative, bracket, closes = first + 1, False, False, text.opens.get(first, 0)
    stop = min(end, first + LONGEST)
    words, gaps, roles, kinds, notable = text.words, text.gaps, text.roles, text.kinds, _notable()
    clause, to = Role.then_that | THAT if open_end else Role.then_that, letters().to
    while at < stop:
        gap, role = gaps[at], roles[at]
        turns = gap or role & TURNS or words[at] in to
        if not turns and not notable[words[at]]:
            at += 1
            continue
        if open_end and not kinds[at].kind and future(words[at]):
            break  # بحسب الوزير ستستقيل: the clause goes on
        within = relative or bracket or at < closes
        if not within and text.adverbial(at) and not text.adverbial(at - 1):
            break
        if not turns:
            if not within and (_plural_object(text, at) or _told(text, at)):
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
        if at == first + 1 and _called(text, at):
            at += 1
            continue
        if role & Role.relative or (not relative and not quoted and _describes(text, first, at, end)):
            relative = True
        elif role & Role.pronoun and at + 1 < end and (kinds[at + 1].kind or not open_end) and _tells_who(text, at):
            relative = True  # ، وهو محام …
        elif not relative and not quoted:
            if points(text, at, end) and not roles[at - 1] & (Role.preposition | Role.quantifier):
                break  # فلان هذه الرسوم: the object
            if role & Role.alongside and _joins(text, at, end):
                at += 2
                continue
            if role & (STOPPERS | Role.pronoun):
                year = role & Role.general and kinds[at - 1].kind == "person"  # أمين عام, not a year
                if not year and not _belongs(text, first, at, end):
                    break
            if words[at] in to:
                if not _of_name(text, at, end):
                    break
            elif role & Role.preposition and not _keeps(text, first, at, end):
                break
        at += 1
    return at


def _parts(text: Text, first: int, at: int, end: int, relative: bool, quoted: bool, open_end: bool) -> bool:
    """Whether the mark before a word ends a phrase."""
    gap = text.gaps[at]
    if gap & BREAK or (gap & Gap.colon and not text.words[at][0].isdigit()):
        return True
    if quoted:
        return False
    if gap & (Gap.comma | Gap.dash):
        hides = relative and any(text.role(k, Role.withheld) for k in range(at, min(end, at + 4)))
        if not hides and not _goes_on(text, at, open_end):  # واشترط عدم ذكر اسمه
            return True
    said = gap & Gap.quote and text.opens.get(at, 0) - at > NAME
    return bool(said) and text.kinds[first].kind not in CALLED  # وفق فلان «…»: what is said


def _joins(text: Text, at: int, end: int) -> bool:
    """Whether a word is و, written apart, and a noun of the lexicon follows it."""
    return len(text.words[at]) == 1 and at + 1 < end and bool(text.kinds[at + 1].kind) and begins(text, at + 1)


def points(text: Text, at: int, end: int) -> bool:
    """Whether a demonstrative stands before its noun (هذا المسؤول)."""
    shown = text.roles[at] & SHOWN == SHOWN
    return shown and at + 1 < end and has_article(text.words[at + 1])


def _told(text: Text, at: int) -> bool:
    """Whether somebody is told, who belongs to the speaker or is a people: المعلمة لتلاميذها، الطبيبة لأهالي الجرحى."""
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


def _plural_object(text: Text, at: int) -> bool:
    """Whether the verb's object stands after its subject: an indefinite plural after a noun with the article, a dual."""
    word, before = text.words[at], text.words[at - 1]
    if not _object_like(word):
        return False
    if (
        word.startswith(letters().by)
        and word.endswith(letters().theirs)
        and not text.kinds[at].kind
        and not text.kinds[at].roles
    ):
        return True  # ردت الشركة بفرضها رسوما
    if (
        has_article(word)
        and word.endswith(letters().feminine_dual)
        and not has_article(before)
        and not text.kinds[at - 1].kind
    ):
        return True  # سمير قنواتي الصورتين
    plural = word.endswith(letters().feminine_plural) and not text.kinds[at].kind and not has_article(word)
    plural = plural and not word.startswith(letters().prefixed)
    return plural and has_article(before) and text.kinds[at - 1].kind != "person"


def _object_like(word: str) -> bool:
    """Whether a word has the letters of such an object."""
    if word.endswith(letters().theirs):
        return word.startswith(letters().by)
    return word.endswith((*letters().feminine_dual, *letters().feminine_plural))


def _describes(text: Text, first: int, at: int, end: int) -> bool:
    """Whether a clause that tells of the noun begins at a word: a verb after an indefinite noun, or one that is denied.

    After a noun with the article a verb has its own clause (البيان فقد أصدرت), unless it withholds a name.
    """
    if not text.role(at, Role.negation | Role.describes):
        return False
    withheld = any(text.role(k, Role.withheld) for k in range(at, min(end, at + 5)))
    if text.role(at, Role.negation):
        definite = has_article(text.words[first]) or has_article(text.words[at - 1])  # لجنة السكان لم تصله
        return withheld or (not definite and _imperfect(text, at + 1) and at - first <= 2)
    return withheld or not (has_article(text.words[first]) and text.role(at, Role.auxiliary))


def _imperfect(text: Text, at: int) -> bool:
    """Whether a word has the letters of a verb after لم or لا: يذكر, تشأ."""
    return (
        at < len(text.words)
        and text.words[at].startswith(letters().third_imperfect)
        and not text.kinds[at].kind
        and len(text.words[at]) > 2
    )


def _belongs(text: Text, first: int, at: int, end: int) -> bool:
    """Whether a word that elsewhere ends a phrase is of it: who a document is by (تقرير لصحيفة …), what a title is of
    (المدير العام للوكالة، فلان), when a document is dated (التقرير الصادر أمس)."""
    head = text.kinds[first].kind
    if text.role(at, Role.time) and text.role(at, Role.governs) and text.kinds[at - 1].kind and not text.gaps[at]:
        return True  # مصدر مطلع, not مطلع العام
    if text.role(at, Role.audience) and not text.gaps[at]:
        if head == "document" and at == first + 1 and not has_article(text.words[first]):
            return True
        titled = head == "person" and at - first == 2 and has_article(text.words[first])
        following = next((k for k in range(at + 1, min(end, at + 4)) if text.gaps[k] or not _of_body(text, k)), end)
        names = following < end and not text.role(following, OPENERS) and not text.gaps[following] & (BREAK | Gap.colon)
        return bool(
            titled and text.words[at].startswith(letters().to_article) and has_article(text.words[at - 1]) and names
        )
    return bool(
        text.role(at, Role.time) and head == "document" and text.role(at - 1, Role.governs) and not text.gaps[at]
    )


def _of_body(text: Text, at: int) -> bool:
    """Whether a word goes on in what a body is called after its noun: an adjective with the article."""
    return has_article(text.words[at]) and not text.kinds[at].kind


def _tells_who(text: Text, at: int) -> bool:
    """Whether a pronoun begins a clause that tells who somebody is (وهو تاجر حبوب), not what they do (وهو يلوح)."""
    if text.gaps[at] & Gap.comma and text.kinds[at + 1].kind:
        return True
    stem = text.words[at + 1]
    imperfect = letters().third_imperfect if text.words[at] in letters().and_she else letters().he
    verb = text.role(at + 1, Role.verb | Role.describes) or stem.startswith(imperfect)
    small = THAT | Role.preposition | Role.negation | Role.auxiliary
    nominal = not verb and not has_article(stem) and not text.role(at + 1, small)
    marked = text.gaps[at] & (Gap.comma | Gap.closing) or text.kinds[at + 1].kind in ("person", "organisation")
    return bool(marked and text.words[at].startswith(letters().joining) and nominal)


def _called(text: Text, at: int) -> bool:
    """A name after a title that is spelled like a preposition when folded: المهندس إمام."""
    if text.kinds[at - 1].kind != "person" or text.gaps[at]:
        return False
    return text.written(at).startswith(letters().hamza_below) and text.role(at, Role.adjunct)


def _of_name(text: Text, at: int, end: int) -> bool:
    """ل before a quotation inside a title (الأمين العام لـ«منتدى الجوار» يوسف …), not before the people told."""
    if at + 1 not in text.opens:
        return False
    following = text.opens[at + 1]
    return (
        following < end
        and not text.role(following, STOPPERS | Role.preposition)
        and not text.gaps[following] & ~Gap.quote
    )


def future(word: str) -> bool:
    """Whether a word that no lexicon knows looks like a verb in the future: ستستقيل, سيعود; not سياسية, سيناء."""
    return word.startswith(letters().future) and len(word) > 5 and not word.endswith(letters().no_imperfect)


def begins(text: Text, at: int) -> bool:
    """Whether a noun phrase can begin at a word."""
    roles = text.roles[at]
    if roles & (Role.audience | Role.verb | Role.circumstance) or text.words[at] in letters().to:
        return False
    return not roles & OPENERS or bool(text.kinds[at].kind)


def _goes_on(text: Text, at: int, open_end: bool) -> bool:
    """After a comma or a dash the phrase goes on when a noun or a relative clause follows, not a clause of its own."""
    word = text.kinds[at]
    if word.roles & Role.relative:
        return True
    if word.roles & Role.describes and any(text.role(k, Role.withheld) for k in range(at, at + 6)):
        return True  # مسؤول، طلب عدم الكشف عن اسمه
    if open_end and at in text.opens:
        return False
    if word.roles & Role.pronoun and word.roles & Role.joined:
        return at + 1 < len(text.words) and (
            text.kinds[at + 1].kind is not None or (not open_end and _tells_who(text, at))
        )
    if (word.roles & (OPENERS | Role.joined) and not word.kind) or text.words[at] in letters().to:
        return False
    if word.roles & Role.joined and word.kind and _imperfect(text, at + 1):
        return False  # ، والفريق يتدرب
    if word.kind is None and text.words[at].startswith(letters().joined_imperfect) and not word.roles & Role.given:
        return False  # ، ويلقب بـ…
    return word.kind is not None or (not word.hits and not open_end)


def _keeps(text: Text, first: int, at: int, end: int) -> bool:
    """Whether a preposition stays inside the phrase: باسم، عدد من، مسؤول في وزارة, but not في بيان، في القاهرة."""
    if at + 1 >= end:
        return False
    following = text.kinds[at + 1].roles
    if text.role(at, Role.in_the_name):
        return True
    online = text.kinds[first].kind == "document" and at in text.closes  # حساب «…» على إكس
    if online and text.kinds[at + 2 if at + 2 < end else first].roles & (Role.then_that | THAT):
        return True
    occasion = following & Role.occasion and not has_article(text.words[at + 1])  # على هامش اللقاء
    if text.role(at, Role.upon) and text.role(at - 1, Role.governs) and not (following & Role.time or occasion):
        return True  # مطلع على المحادثات
    if following & (Role.occasion | Role.time) or text.words[at + 1][0].isdigit() or text.gaps[at] & Gap.comma:
        return False
    if text.role(at - 1, Role.governs) or (text.role(at, Role.within) and text.kinds[at + 1].kind == "organisation"):
        return True
    place = text.role(at, Role.within) and text.kinds[first].kind == "organisation" and _words_left(text, at, end) == 1
    if place and not text.words[at + 1].endswith(letters().owned):
        return True  # وزارة الصحة في غزة
    indefinite = not has_article(text.words[first]) and at - first <= 2 and text.kinds[first].kind != "organisation"
    if text.role(at, Role.who):
        return indefinite or text.role(at - 1, Role.quantifier)
    return text.role(at, Role.within) and (indefinite or _words_left(text, at, end) >= 3)


def _words_left(text: Text, at: int, end: int) -> int:
    """How many words stand after a preposition before the next stop, up to three: a place alone, or a place and a name."""
    count = 0
    for after_it in range(at + 1, min(end, at + 4)):
        roles = text.kinds[after_it].roles
        if roles & (STOPS | THAT | Role.preposition | Role.audience) or text.gaps[after_it] & ~Gap.quote:
            break
        count += 1
    return count
