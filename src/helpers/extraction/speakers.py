"""The words that name a speaker: the subject after its verb, or who stands after a particle."""

from helpers.extraction.drafts import Range
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.lexicon.vocabulary import THAT, Role

STOPS = Role.adjunct | Role.time | Role.adverb | Role.auxiliary | Role.negation | Role.resumptive | Role.alongside
OPENERS = THAT | Role.then_that | STOPS | Role.preposition | Role.relative | Role.begins_clause | Role.pronoun
STOPPERS = THAT | STOPS | Role.then_that | Role.begins_clause | Role.audience
TURNS = STOPPERS | Role.circumstance | Role.describes | Role.relative | Role.pronoun | Role.preposition
LONGEST = 40  # words


def after(text: Text, first: int, end: int, open_end: bool = False, told: bool = False) -> Range | None:
    """The noun phrase that begins at a word, or after adverbs and times there: the subject of the verb before it.

    told      the verb tells somebody, who follows without a preposition
    Returns   its words as a range; None when a preposition or nothing stands there: the subject is dropped.
    """
    skipped, stop = Role.time | Role.adverb | Role.resumptive, min(end, first + LONGEST)
    while first < stop and (text.role(first, skipped) or text.words[first].isdigit() or text.adverbial(first)):
        first += 1
    if first >= end or text.gaps[first] & Gap.comma or text.role(first, Role.dative) or not begins(text, first):
        return None
    if points(text, first, end) or text.written(first).startswith(("لل", "لأ", "لإ")):
        return None  # نفى ذلك: what is denied; قال للمدى نت: who is told
    found = phrase(text, first, end, open_end)
    if told:  # أبلغت الإدارة السكان أن: the next noun that can speak is who is told
        others = (
            at
            for at in range(first + 1, found[1])
            if text.kinds[at].kind == "group" or (text.kinds[at].kind and at > first + 1)
            if not text.role(at - 1, Role.preposition)
        )
        return first, next((at for at in others if not text.role(at, Role.joined)), found[1])
    return found


def points(text: Text, at: int, end: int) -> bool:
    """Whether a demonstrative stands alone (نفى ذلك), not before its noun (هذا المسؤول)."""
    pointed = text.role(at, Role.standard) and text.role(at, Role.object_head)
    return bool(pointed) and (at + 1 >= end or not text.words[at + 1].startswith("ال"))


def before_object(text: Text, source: Range) -> Range:
    """A name without the definite object that follows it: «وصف نتنياهو الاتفاق بأنه»."""
    first, end = source
    last = text.words[end - 1]
    named = end - first > 1 and not text.words[end - 2].startswith("ال") and not text.kinds[end - 2].kind
    return (first, end - 1) if named and last.startswith("ال") and not last.endswith(("ي", "يه")) else source


def phrase(text: Text, first: int, end: int, open_end: bool = False) -> Range:
    """The noun phrase that begins at a word, whatever the word is: title, name, apposition, describing clauses.

    open_end   nothing marks where it ends (it is followed by a clause of its own): only a known noun goes on after a comma
    """
    at, relative, bracket, closes = first + 1, False, False, text.opens.get(first, 0)
    stop = min(end, first + LONGEST)
    while at < stop:
        gap, word = text.gaps[at], text.kinds[at]
        if open_end and not word.kind and future(text.words[at]):
            break  # بحسب الوزير ستستقيل: the clause goes on
        if text.adverbial(at) and not relative and not bracket and at >= closes and not text.adverbial(at - 1):
            break
        if not gap and not word.roles & TURNS and text.words[at] != "ل":
            at += 1
            continue
        bracket = bool(gap & Gap.bracket) or (bracket and not gap & Gap.closing)
        quoted = bracket or at < closes
        hides = relative and any(
            text.role(k, Role.withheld) for k in range(at, min(end, at + 4))
        )  # واشترط عدم ذكر اسمه
        if gap & BREAK or (
            gap & (Gap.comma | Gap.dash) and not quoted and not hides and not _goes_on(text, at, open_end)
        ):
            break
        closes = text.opens.get(at, closes) if gap & Gap.quote else closes
        quoted = bracket or at < closes
        if word.roles & Role.circumstance and not relative and not quoted:
            break
        if at == first + 1 and _called(text, at):
            at += 1
            continue
        if word.roles & Role.relative or (word.roles & Role.describes and not relative and not quoted):
            relative = True
        elif (
            word.roles & Role.pronoun
            and at + 1 < end
            and (text.kinds[at + 1].kind or not open_end)
            and _tells_who(text, at)
        ):
            relative = True  # ، وهو محام …
        elif not relative and not quoted:
            year = word.roles & Role.general and text.kinds[at - 1].kind == "person"  # أمين عام, not a year
            knows = (
                word.roles & Role.governs and text.kinds[first].kind == "person" and at == first + 1
            )  # مصدر مطلع على
            if word.roles & (STOPPERS | Role.pronoun) and not year and not knows:
                break
            if text.words[at] == "ل":
                if not _of_name(text, at, end):
                    break
            elif word.roles & Role.preposition and not _keeps(text, first, at, end):
                break
        at += 1
    while at > first + 1 and text.role(at - 1, Role.preposition | Role.relative | Role.adjunct):
        at -= 1
    return first, at


def _tells_who(text: Text, at: int) -> bool:
    """Whether a pronoun begins a clause that tells who somebody is (وهو تاجر حبوب), not what they do (وهو يلوح)."""
    if text.gaps[at] & Gap.comma and text.kinds[at + 1].kind:
        return True
    stem = text.words[at + 1]
    verb = (
        text.role(at + 1, Role.verb | Role.describes) or stem[0] == "ي" or (stem[0] == "ت" and text.words[at] == "وهي")
    )
    small = THAT | Role.preposition | Role.negation | Role.auxiliary
    nominal = not verb and not stem.startswith("ال") and not text.role(at + 1, small)
    return bool(text.gaps[at] & (Gap.comma | Gap.closing) and text.words[at][0] == "و" and nominal)


def _called(text: Text, at: int) -> bool:
    """A name after a title that is spelled like a preposition when folded: الدكتور علي, المهندس إمام."""
    if text.kinds[at - 1].kind != "person" or text.gaps[at]:
        return False
    return text.written(at) == "علي" or (text.written(at).startswith("إ") and text.role(at, Role.adjunct))


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
    return word.startswith(("ست", "سي")) and len(word) > 5 and not word.endswith(("ه", "ي", "ين", "ون", "ات", "اء"))


def begins(text: Text, at: int) -> bool:
    """Whether a noun phrase can begin at a word."""
    word = text.kinds[at]
    if word.roles & Role.audience or text.words[at] == "ل" or (word.roles & OPENERS and not word.kind):
        return False
    return not word.roles & (Role.verb | Role.circumstance)


def _goes_on(text: Text, at: int, open_end: bool) -> bool:
    """After a comma or a dash the phrase goes on when a noun or a relative clause follows, not a clause of its own."""
    word = text.kinds[at]
    if word.roles & Role.relative:
        return True
    if open_end and at in text.opens:
        return False
    if word.roles & Role.pronoun and word.roles & Role.joined:
        return at + 1 < len(text.words) and (
            text.kinds[at + 1].kind is not None or (not open_end and _tells_who(text, at))
        )
    if (word.roles & (OPENERS | Role.joined) and not word.kind) or text.words[at] == "ل":
        return False
    return word.kind is not None or (not word.hits and not open_end)


def _keeps(text: Text, first: int, at: int, end: int) -> bool:
    """Whether a preposition stays inside the phrase: باسم، عدد من، مسؤول في وزارة, but not في بيان، في القاهرة."""
    if at + 1 >= end:
        return False
    following = text.kinds[at + 1].roles
    if text.words[at] == "باسم":
        return True
    if following & (Role.occasion | Role.time) or text.words[at + 1][0].isdigit() or text.gaps[at] & Gap.comma:
        return False
    if text.role(at - 1, Role.governs) or (text.words[at] == "في" and text.kinds[at + 1].kind == "organisation"):
        return True
    place = text.words[at] == "في" and text.kinds[first].kind == "organisation" and _words_left(text, at, end) == 1
    if place and not text.words[at + 1].endswith(("ه", "ها", "هم")):
        return True  # وزارة الصحة في غزة
    indefinite = not text.words[first].startswith("ال") and at - first <= 2 and text.kinds[first].kind != "organisation"
    if text.words[at] == "من":
        return indefinite
    return text.words[at] == "في" and (indefinite or _words_left(text, at, end) >= 3)


def _words_left(text: Text, at: int, end: int) -> int:
    """How many words stand after a preposition before the next stop, up to three: a place alone, or a place and a name."""
    count = 0
    for after_it in range(at + 1, min(end, at + 4)):
        roles = text.kinds[after_it].roles
        if roles & (STOPS | THAT | Role.preposition | Role.audience) or text.gaps[after_it] & ~Gap.quote:
            break
        count += 1
    return count
