"""The words that name a speaker: the subject after its verb («قال فلان»), before it («فلان قال»), or after a particle."""

from helpers.extraction import objects, phrase_parts
from helpers.extraction.chunks import phrase
from helpers.extraction.drafts import Range
from helpers.extraction.phrase_ends import LONGEST, SHOWN, begins
from helpers.extraction.phrases_before import before, document, topic
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.letters import has_article, letters
from helpers.lexicon.roles import THAT, Role

__all__ = ["after", "before", "before_object", "begins", "document", "phrase", "points", "topic"]

TOLD = {("person", "organisation"), ("organisation", "person"), ("organisation", "organisation"), ("person", "group")}
SPEAK = ("person", "group", "organisation", "document")
PASSED = Role.time | Role.adverb | Role.resumptive  # skipped between a verb and its subject


def after(text: Text, first: int, end: int, open_end: bool = False, told: bool = False) -> Range | None:
    """The noun phrase that begins at a word, or after adverbs and times: the subject of the verb before it.

    told      whether the verb has the audience as its object, without a preposition
    Returns   its words as a range; None if a preposition or nothing is there, since the subject is not stated.
    """
    roles, words, stop = text.roles, text.words, min(end, first + LONGEST)
    aside = _past_aside(text, first, stop) if first < end and text.gaps[first] == Gap.comma else first
    past, first = aside > first, aside
    while first < stop and (roles[first] & PASSED or _dated(text, first, end) or _manner(text, first)):
        first += 1
    if first < stop and (roles[first] & Role.audience or words[first] in letters().to):
        first = _past_told(text, first, stop)
    elif roles[first] & Role.preposition:
        first = _past_occasion(text, first, stop)
    apart = first < end and text.gaps[first] & Gap.comma and not (past and first == aside)
    if first >= end or apart or roles[first] & Role.dative or not begins(text, first):
        return None
    if roles[first] & Role.what:
        return None  # وصفت ما ورد في البيان بأنه: the object
    if words[first].startswith(letters().by) and words[first].endswith(letters().owned) and _of_nobody(text, first):
        return None  # يذكره بوطنه
    if points(text, first, end) or text.written(first).startswith(letters().to_name):
        return None  # نفى ذلك: the object; قال للمدى نت: the audience
    found = phrase(text, first, end, open_end)
    if told:  # أبلغت الإدارة السكان أن: the next noun that can be a speaker is the audience
        others = (at for at in range(first + 1, found[1]) if _is_told(text, first, at))
        return first, next((at for at in others if not text.role(at, Role.joined)), found[1])
    return found


def _is_told(text: Text, first: int, at: int) -> bool:
    """Whether the audience of a verb of telling begins at a word of the phrase after the verb."""
    if text.gaps[at] & Gap.comma:
        return _another(text, first, at)
    if _body_told(text, first, at):
        return True
    known = text.kinds[at].kind
    if not (known == "group" or (known and at > first + 1)) or text.role(at, Role.dative):
        return False
    if text.role(at - 1, Role.preposition | Role.quantifier) or _construct(text, at - 1) or _titled(text, first, at):
        return False
    adjective = has_article(text.words[at - 1]) and text.words[at].endswith(letters().nisba_singular)
    return not adjective and phrase_parts.made_by(text, first, at) is None


def _another(text: Text, first: int, at: int) -> bool:
    """Whether a title with a name after a comma is somebody else: «أبلغ الوزير سالم حداد، الرئيس نبيل شاهين بأن»."""
    if not has_article(text.words[at]) or text.kinds[at].kind != "person" or at + 1 >= len(text.words):
        return False
    named = any(text.role(k, Role.given) for k in range(first, at))
    return named and not text.gaps[at + 1] and text.role(at + 1, Role.given)


def _body_told(text: Text, first: int, at: int) -> bool:
    """Whether the audience is directly after the speaker, with the article, and is no adjective or genitive of it:
    دعا المندوب الهيئة إلى, اتهمت النيابة المدير بـ, يتهم ناشطون الشرطة بـ.
    """
    if at != first + 1 or text.gaps[at]:
        return False
    kinds = text.kinds[first].kind, text.kinds[at].kind
    lone = not has_article(text.words[first]) and (kinds[0] is None or text.role(first, Role.proper))
    if lone and text.role(at, Role.proper) and not text.role(at, Role.joined):
        return True  # اتهمت إسرائيل أنقرة
    if not has_article(text.words[at]):
        return False
    if lone and not text.role(first, Role.governs | Role.quantifier | Role.precedes | Role.styled):
        return kinds[1] in ("person", "organisation", "group")  # طالبت بريطانيا الرئيس, أبلغ حمدان الشرطة
    if text.words[first].endswith(letters().plural[0]) and not has_article(text.words[first]):
        return kinds[1] in ("person", "group", "organisation")  # the ن shows that it has no genitive
    return has_article(text.words[first]) and kinds in TOLD


def _past_aside(text: Text, at: int, end: int) -> int:
    """The word after a time or occasion between commas, if the speaker is there: «أكد، أمس الثلاثاء، الوزير أن»."""
    if not text.role(at, Role.time | Role.adverb | Role.preposition | Role.adjunct):
        return at
    for after in range(at + 1, end):
        if text.role(after, THAT):
            return at
        if text.gaps[after] & Gap.comma:
            return after if text.kinds[after].kind in ("person", "group", "organisation") else at
    return at


def _manner(text: Text, at: int) -> bool:
    """Whether a word says in what manner something is said: ضاحكًا, بثقة."""
    word, kind = text.words[at], text.kinds[at]
    by = word.startswith(letters().by) and not word.startswith(letters().short_kunya)
    by = by and text.written(at).endswith(letters().feminine)
    manner = by and not kind.kind and not text.role(at, Role.given)
    return text.adverbial(at) or manner


def _surname(text: Text, at: int) -> bool:
    """Whether a word follows a given name somewhere in the text: قال بنسلامة, given محسن بنسلامة."""
    word = text.words[at]
    return any(k and text.role(k - 1, Role.given) and not text.gaps[k] for k in text.places(word, {word}))


def _construct(text: Text, at: int) -> bool:
    """Whether a listed noun without the article is followed by its genitive: نقابة المعلمين."""
    word = text.words[at]
    return bool(text.kinds[at].kind) and not has_article(word) and not word.endswith(letters().plural[0])


def _titled(text: Text, first: int, at: int) -> bool:
    """Whether a title and a name begin at a word and identify the person before: «نائب رئيس المجلس الدكتور أحميد حومه»."""
    person = text.kinds[first].kind == "person" or text.role(first, Role.precedes)
    if not person or text.kinds[at].kind != "person" or at + 1 >= len(text.words) or text.gaps[at + 1]:
        return False
    if not text.role(at, Role.styled | Role.precedes):
        return False  # اتهم مسؤول في الفاتيكان البابا فرانسيس
    name = text.kinds[at + 1]
    unknown = not name.kind and not name.hits and not name.roles and not has_article(text.words[at + 1])
    return text.role(at + 1, Role.given) or unknown


def _of_nobody(text: Text, at: int) -> bool:
    """Whether a word ends in a pronoun, not ة, and is neither a noun of the lexicon nor a given name."""
    return (
        not text.kinds[at].kind and not text.role(at, Role.given) and not text.written(at).endswith(letters().feminine)
    )


def _dated(text: Text, at: int, end: int) -> bool:
    """Whether a number is that of a day or a year; not in 60% من المشاركين, 3 مسؤولين."""
    if not text.words[at].isdigit():
        return False
    if at + 1 < end and (text.role(at + 1, Role.who | Role.quantifier) or text.kinds[at + 1].kind == "group"):
        return False
    return not (text.role(at + 1, Role.within) and text.role(at + 2, Role.quantifier))  # 60 في المئة من السكان


def _past_occasion(text: Text, at: int, end: int) -> int:
    """The word after an adverbial («في هذا السياق», «عن ذلك»), if the subject is there: a title, a noun with the article."""
    if not points_to(text, at + 1, end):
        return at
    after_it = at + 2
    if after_it < end and has_article(text.words[after_it]) and text.kinds[after_it].kind is None:
        after_it += 1
    if after_it < end and text.kinds[after_it].kind in ("person", "organisation") and not text.gaps[after_it]:
        return after_it
    return at


def _past_told(text: Text, at: int, end: int) -> int:
    """The word after the audience, if the speaker is there: «أكدت لـ«الضحى» مصادر», «قال للصحفيين الوزير»."""
    after_it = text.opens.get(at + 1, at + 1) if text.words[at] in letters().to else at + 1
    named = text.kinds[after_it].kind if after_it < end else None
    body = named == "organisation" and text.kinds[at].kind == "organisation"  # لوكالة فرانس برس: its name
    return (
        after_it
        if named in SPEAK and not body and not text.gaps[after_it] & ~Gap.quote and begins(text, after_it)
        else at
    )


def points_to(text: Text, at: int, end: int) -> bool:
    """Whether a word is a demonstrative: هذا, ذلك."""
    return at < end and text.roles[at] & SHOWN == SHOWN


def points(text: Text, at: int, end: int) -> bool:
    """Whether a demonstrative is alone (نفى ذلك), and not before its noun (هذا المسؤول)."""
    return points_to(text, at, end) and (at + 1 >= end or not has_article(text.words[at + 1]))


def before_object(text: Text, source: Range, held: bool = False) -> Range:
    """A name without the definite object that follows it: «وصف نتنياهو الاتفاق بأنه».

    An aside about the object is removed with it («وصف نتنياهو الاتفاق، وهو ثمرة أشهر، بأنه»); an aside about the name
    is kept («وصف الملحن، وهو من الرواد، الفرقة بأنها»).

    held    whether the verb has its object as a pronoun: وصفه الوزير
    """
    first, end = source
    aside = next((at for at in range(first + 1, end) if text.gaps[at] & Gap.comma and _tells(text, at)), end)
    found = _before_object(text, first, aside, held)
    if found[1] < aside or aside == end:
        return found
    return first, next((at for at in range(aside + 1, end) if text.gaps[at] & Gap.comma), end)


def _tells(text: Text, at: int) -> bool:
    """Whether a clause about the noun before it begins at a word: وهو …"""
    return text.role(at, Role.pronoun) and text.role(at, Role.joined)


def _before_object(text: Text, first: int, end: int, held: bool) -> Range:
    what = next((at for at in range(first + 1, end) if text.role(at, Role.what)), end)
    if what < end and not text.role(what - 1, Role.preposition):
        return first, what  # وصفت المنظمة ما جرى بأنه
    if (cut := objects.own(text, (first, end), True) or objects.of_body(text, (first, end))) is not None:
        return first, cut  # وصف الفنان دوره بأنه
    if not held and _titled_object(text, first, end):
        return first, first + 1
    last = text.words[end - 1]
    shown = next((at for at in range(first + 1, end) if text.role(at, Role.object_head) or _document(text, at)), end)
    if shown < end and has_article(text.words[shown]):
        return first, shown  # وصف المتحدث باسم الرئاسة الأنباء بأنها
    bare = end - first > 2 and not has_article(text.words[end - 3]) and not text.kinds[end - 3].kind
    doubled = bare and has_article(text.words[end - 2]) and not text.role(end - 3, Role.preposition)
    if doubled and has_article(last) and not last.endswith(letters().nisba_singular):
        return first, end - 1  # وصف نديم الخولاني الاتفاق بأنه
    named = end - first > 1 and not has_article(text.words[end - 2]) and not text.kinds[end - 2].kind
    return (
        (first, end - 1)
        if named and has_article(last) and not last.endswith(letters().nisba_singular)
        else (first, end)
    )


def _document(text: Text, at: int) -> bool:
    """Whether a document with the article is the object, and not what the noun before it belongs to: سالم التحقيق."""
    before = text.kinds[at - 1].kind is not None and not has_article(text.words[at - 1])
    return text.kinds[at].kind == "document" and has_article(text.words[at]) and not before


def _titled_object(text: Text, first: int, end: int) -> bool:
    """Whether a noun with the article, not an adjective, follows a title: «وصف الوزير الاتفاق بأنه»; but not
    «وصفه الوزير السابق»."""
    last = text.words[end - 1]
    titled = end - first == 2 and has_article(text.words[first]) and _can_have(text, first, end)
    nisba = last.endswith(letters().nisba_singular) and not text.kinds[end - 1].kind
    adjective = nisba or text.role(end - 1, Role.qualifies | Role.governs)
    return titled and has_article(last) and not adjective


def _can_have(text: Text, first: int, end: int) -> bool:
    """Whether the word after a title or a noun with the article can be an object: any after a person, one of the lexicon
    after an organisation, and after people only if the content refers to one thing («وصف الباحثون المادة بأنها»)."""
    kind, that = text.kinds[first].kind, text.words[end] if end < len(text.words) else ""
    if kind == "organisation":
        return text.kinds[end - 1].kind is not None
    return kind in ("person", "document") or (kind == "group" and that.endswith(letters().third[:2]))
