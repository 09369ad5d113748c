"""Parts of a noun phrase that elsewhere would end it: relative clauses, complements of titles, places."""

from helpers.extraction.texts import BREAK, Gap, Text
from helpers.lexicon.letters import has_article, letters
from helpers.lexicon.roles import THAT, Role

STOPS = Role.adjunct | Role.time | Role.adverb | Role.auxiliary | Role.negation | Role.resumptive | Role.alongside
OPENERS = THAT | Role.then_that | STOPS | Role.preposition | Role.relative | Role.begins_clause | Role.pronoun
STOPPERS = THAT | STOPS | Role.then_that | Role.begins_clause | Role.audience
PUBLISHED = Role.describes | Role.issued | Role.published  # أصدره
ASIDE = 15  # most words of a clause between two commas


def made_by(text: Text, first: int, end: int) -> int | None:
    """Where a clause begins that says who made an indefinite document: «ورقة بحثية أعدها معهد», «بيانات جمعها باحثون»."""
    if text.kinds[first].kind != "document" or has_article(text.words[first]):
        return None
    return next((at for at in range(first + 1, min(end, first + 3)) if with_object(text, at)), None)


def with_object(text: Text, at: int) -> bool:
    """Whether an unlisted word can be a verb with an object pronoun: نشرتها, أعده."""
    word = text.words[at]
    if not word.endswith(letters().owned) or text.written(at).endswith(letters().feminine) or text.gaps[at]:
        return False
    return not (text.kinds[at].kind or text.roles[at] & ~PUBLISHED or has_article(word))


def told_of(text: Text, first: int, at: int) -> bool:
    """Whether a clause about an indefinite document begins after a comma: «وثائق مسربة، اطلعت عليها الصحيفة، أظهرت»."""
    if text.kinds[first].kind != "document" or has_article(text.words[first]) or at + 1 >= len(text.words):
        return False
    resumed = text.role(at + 1, Role.resumptive) and not text.gaps[at + 1]  # حصلت عليها
    return resumed or (text.words[at].endswith(letters().owned) and not text.kinds[at].kind)  # نشرتها


def describes(text: Text, first: int, at: int, end: int) -> bool:
    """Whether a relative clause without pronoun begins at a word: a verb, or a negated verb, after an indefinite noun.

    After a noun with the article a verb begins its own clause (البيان فقد أصدرت), unless it withholds a name.
    """
    if not text.role(at, Role.negation | Role.describes):
        return False
    withheld = any(text.role(k, Role.withheld) for k in range(at, min(end, at + 5)))
    if text.role(at, Role.negation):
        definite = has_article(text.words[first]) or has_article(text.words[at - 1])  # لجنة السكان لم تصله
        return withheld or (not definite and _imperfect(text, at + 1) and at - first <= 2)
    return withheld or not (has_article(text.words[first]) and text.role(at, Role.auxiliary))


def _imperfect(text: Text, at: int) -> bool:
    """Whether a word is spelled like a verb after لم or لا: يذكر, تشأ."""
    return (
        at < len(text.words)
        and text.words[at].startswith(letters().third_imperfect)
        and not text.kinds[at].kind
        and len(text.words[at]) > 2
    )


def belongs(text: Text, first: int, at: int, end: int) -> bool:
    """Whether a word that elsewhere ends a phrase is part of it: the author of a document (تقرير لصحيفة …), the
    complement of a title (المدير العام للوكالة، فلان), the date of a document (التقرير الصادر أمس)."""
    head = text.kinds[first].kind
    if _accredited(text, first, at):
        return True
    if text.role(at - 1, Role.upon) and text.role(at - 2, Role.governs):
        return True  # مطلعون على الأمر
    known = text.kinds[at - 1].kind or (head == "person" and at - first <= 2)
    if text.role(at, Role.time) and text.role(at, Role.governs) and known and not text.gaps[at]:
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


def _accredited(text: Text, first: int, at: int) -> bool:
    """Whether the body to which somebody is sent follows: المندوب الأميركي لدى المنظمة; but not الوزير لدى وصوله."""
    follows = at + 1 < len(text.words) and text.kinds[at + 1].kind == "organisation" and not text.gaps[at + 1]
    return text.role(at, Role.accredited) and text.kinds[first].kind == "person" and follows


def _of_body(text: Text, at: int) -> bool:
    """Whether a word continues the name of an organisation after its noun: an adjective with the article."""
    return has_article(text.words[at]) and not text.kinds[at].kind


def tells_who(text: Text, at: int, open_end: bool) -> bool:
    """Whether a pronoun begins a clause that says who somebody is (وهو تاجر حبوب), and not what they do (وهو يلوح)."""
    noun = text.kinds[at + 1].kind
    if text.gaps[at] & Gap.comma and noun:
        return True
    if text.role(at + 1, Role.who):  # وهو من سكان الحي
        return not open_end or _between_commas(text, at)
    if open_end:
        return False
    stem = text.words[at + 1]
    imperfect = letters().third_imperfect if text.words[at] in letters().and_she else letters().he
    verb = text.role(at + 1, Role.verb | Role.describes) or stem.startswith(imperfect)
    small = THAT | Role.preposition | Role.negation | Role.auxiliary
    nominal = not verb and not has_article(stem) and not text.role(at + 1, small)
    marked = text.gaps[at] & (Gap.comma | Gap.closing) or noun in ("person", "organisation")
    return bool(marked and text.words[at].startswith(letters().joining) and nominal)


def _between_commas(text: Text, at: int) -> bool:
    """Whether a clause is between two commas."""
    ends = (k for k in range(at + 1, min(len(text.words), at + ASIDE)) if text.gaps[k] & (Gap.comma | BREAK))
    return bool(text.gaps[at] & Gap.comma and text.gaps[next(ends, 0)] & Gap.comma)


def called(text: Text, at: int) -> bool:
    """Whether a word is a name after a title, although it is a preposition when folded: المهندس إمام."""
    if text.kinds[at - 1].kind != "person" or text.gaps[at]:
        return False
    return text.written(at).startswith(letters().hamza_below) and text.role(at, Role.adjunct)


def of_name(text: Text, at: int, end: int) -> bool:
    """Whether ل before a quotation is part of a title (الأمين العام لـ«منتدى الجوار» يوسف …), and not of the audience."""
    if at + 1 not in text.opens:
        return False
    following = text.opens[at + 1]
    return (
        following < end
        and not text.role(following, STOPPERS | Role.preposition | Role.pronoun | Role.circumstance)
        and not text.gaps[following] & ~Gap.quote
    )


def goes_on(text: Text, at: int, open_end: bool) -> bool:
    """Whether the phrase continues after a comma or a dash: a noun or a relative clause follows, not a main clause."""
    word = text.kinds[at]
    if word.roles & Role.relative:
        return True
    if word.roles & (Role.describes | Role.negation) and any(text.role(k, Role.withheld) for k in range(at, at + 6)):
        return True  # مسؤول، طلب عدم الكشف عن اسمه
    if word.roles & Role.describes and word.kind is None and not text.words[at].startswith(letters().third_imperfect):
        return False  # الباحثة في علم التربة، نشرت …; but not شاهدة، تعمل كاتبة
    if open_end and at in text.opens:
        return False
    if text.words[at].startswith(letters().to) and text.words[at][1:2].isascii() and len(text.words[at]) > 1:
        return False  # ، لـCNN
    if open_end and _aside(text, at):
        return True
    if word.roles & Role.pronoun and word.roles & Role.joined:
        return at + 1 < len(text.words) and (text.kinds[at + 1].kind is not None or tells_who(text, at, open_end))
    if word.roles & (OPENERS | Role.joined) and not word.kind:
        return False
    if word.roles & Role.joined and _imperfect(text, at + 1):
        return False  # ، والفريق يتدرب
    if word.roles & (Role.dative | Role.audience):
        return False  # ، لإذاعة الجبل: the audience; ، بنسبة 4 في المئة
    if word.kind is None and text.words[at].startswith(letters().joined_imperfect) and not word.roles & Role.given:
        return False  # ، ويلقب بـ…
    return word.kind is not None or (not word.hits and not open_end)


def apposes(text: Text, first: int, at: int) -> bool:
    """Whether a known noun after a comma says who the source is, where a clause may follow it instead.

    «بحسب سامر وليد، مدير المركز، …», «وفق سامر وليد، الخبير في الطاقة، …»; but not «بحسب الوزارة، المدارس مغلقة».
    """
    kind, head = text.kinds[at].kind, text.kinds[first].kind or text.kinds[first].owned
    if not has_article(text.words[at]):
        return kind == head or (kind == "person" and head is None)
    named = kind == "person" and (head is None or (head == "person" and at - first > 1))
    stop = min(len(text.words), at + ASIDE)
    return named and any(
        text.gaps[k] & (Gap.comma | BREAK) or text.role(k, Role.then_that) for k in range(at + 1, stop)
    )


def _aside(text: Text, at: int) -> bool:
    """Whether an adjective with the article stands between commas before a verb that reports: ، المملوكة للدولة، قال."""
    if not has_article(text.words[at]) or text.kinds[at].kind or text.role(at, Role.time):
        return False
    if at + 1 >= len(text.words) or text.gaps[at + 1] or not _governed(text, at + 1):
        return False  # حسب الوزير، الطريق مغلق، أكد السائق
    commas = text.commas_in(at + 1, min(at + 7, len(text.words)))
    return bool(commas) and text.kinds[commas[0]].finite and not text.kinds[commas[0]].kind


def _governed(text: Text, at: int) -> bool:
    """Whether a word is a preposition, or begins with one: للدولة, لوزارة, من."""
    clitic = text.words[at].startswith((*letters().to_article, *letters().by_article))
    return clitic or text.role(at, Role.preposition | Role.adjunct | Role.dative)


def keeps(text: Text, first: int, at: int, end: int) -> bool:
    """Whether a preposition is part of the phrase: باسم، عدد من، مسؤول في وزارة, but not في بيان، في القاهرة."""
    if at + 1 >= end:
        return False
    following = text.kinds[at + 1].roles
    if text.role(at, Role.in_the_name):
        return True
    online = text.kinds[first].kind == "document" and at in text.closes  # حساب «…» على إكس
    if online and text.kinds[at + 2 if at + 2 < end else first].roles & (Role.then_that | THAT):
        return True
    if text.role(at, Role.upon) and _posted(text, first, at):
        return True
    if text.role(at, Role.upon) and _own(text, at + 1):
        return False  # النائب على صفحته
    occasion = following & Role.occasion and not has_article(text.words[at + 1])  # على هامش اللقاء
    if text.role(at, Role.upon) and text.role(at - 1, Role.governs) and not occasion:
        return True  # مطلع على المحادثات
    if following & (Role.occasion | Role.time) or text.words[at + 1][0].isdigit():
        return False
    if text.role(at, Role.within) and (_own(text, at + 1) or name_alone(text, first, at)):
        return False  # في روايته الأخيرة, في مكتبه; حمدان في البرلمان
    if text.role(at - 1, Role.governs) or (text.role(at, Role.within) and text.kinds[at + 1].kind == "organisation"):
        return True
    if text.kinds[first].kind == "person" and text.role(at, Role.within) and _field(text, at + 1, end):
        return True  # الأخصائي في علم الأمراض
    if text.role(at - 1, Role.practises) and text.role(at, Role.within | Role.who) and _workplace(text, at + 1):
        return True  # المحلل في مصرف
    if _accredited(text, first, at):
        return True
    place = text.role(at, Role.within) and text.kinds[first].kind == "organisation" and _words_left(text, at, end) == 1
    if place and not text.words[at + 1].endswith(letters().owned):
        return True  # وزارة الصحة في غزة
    indefinite = not has_article(text.words[first]) and at - first <= 2 and text.kinds[first].kind != "organisation"
    if text.role(at, Role.who):
        members = (
            text.kinds[at + 1].kind in ("person", "group") and at == first + 1 and not has_article(text.words[first])
        )
        return indefinite or text.role(at - 1, Role.quantifier) or members or _numbered(text, first, at)
    return text.role(at, Role.within) and (indefinite or _words_left(text, at, end) >= 3)


def _field(text: Text, at: int, end: int) -> bool:
    """Whether a field of study or work begins at a word, and is definite: علم الأمراض, الطب; but not تاريخ لاحق."""
    definite = has_article(text.words[at]) or (
        at + 1 < end and not text.gaps[at + 1] and has_article(text.words[at + 1])
    )
    return text.role(at, Role.field) and definite


def _workplace(text: Text, at: int) -> bool:
    """Whether the place where somebody works begins at a word: مصرف, or an unlisted name; but not المساء, منزله."""
    named = not has_article(text.words[at]) and not text.words[at].endswith(letters().owned)
    return at in text.opens or text.kinds[at].kind == "organisation" or (named and not text.roles[at])


def _posted(text: Text, first: int, at: int) -> bool:
    """Whether a platform follows an indefinite document: حسابات على منصة إكس, صفحة على فيسبوك."""
    plain = text.kinds[first].kind == "document" and not has_article(text.words[first]) and at - first <= 2
    return plain and text.kinds[at + 1].kind == "organisation"


def _numbered(text: Text, first: int, end: int) -> bool:
    """Whether words are a numbered part of a text: المادة 12, الفقرة الثالثة."""
    number = text.words[end - 1].isdigit() or has_article(text.words[end - 1])
    return end - first == 2 and number and text.kinds[first].kind == "standard"


def name_alone(text: Text, first: int, end: int) -> bool:
    """Whether words are only a name: سالم حمدان, الحريري; not a title, an organisation or a noun with the article."""
    article = has_article(text.words[first])
    if article and not (end - first == 1 and text.words[first].endswith(letters().nisba[0])):
        return False
    names = Role.given | Role.feminine | Role.name_part | Role.whole
    return not any(
        text.kinds[at].kind or text.kinds[at].hits or text.gaps[at] & ~Gap.quote or text.roles[at] & ~names
        for at in range(first, end)
        if at > first or not text.gaps[at]
    )


def _own(text: Text, at: int) -> bool:
    """Whether a word is a noun with a pronoun for the speaker, and not an organisation: روايته, مكتبها."""
    owned = text.words[at].endswith(letters().owned) and not text.written(at).endswith(letters().feminine)
    return text.kinds[at].owned == "document" or (owned and not text.kinds[at].kind and not has_article(text.words[at]))


def _words_left(text: Text, at: int, end: int) -> int:
    """The number of words after a preposition before the next stop, at most three: a place alone, or a place and a name."""
    count = 0
    for after_it in range(at + 1, min(end, at + 4)):
        roles = text.kinds[after_it].roles
        if roles & (STOPS | THAT | Role.preposition | Role.audience) or text.gaps[after_it] & ~Gap.quote:
            break
        count += 1
    return count
