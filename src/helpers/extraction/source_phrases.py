"""The words that name a speaker: the subject after its verb («قال فلان»), before it («فلان قال»), or beside a particle."""

from helpers.extraction import objects, person_names
from helpers.extraction.chunks import phrase
from helpers.extraction.drafts import Range
from helpers.extraction.phrase_ends import LONGEST, SHOWN, begins, future
from helpers.extraction.texts import BREAK, Gap, Text
from helpers.lexicon.letters import has_article, letters
from helpers.lexicon.vocabulary import THAT, Hit, Role

__all__ = ["after", "before", "before_object", "begins", "document", "phrase", "points", "topic"]

TOLD_IN = 15  # words of a document and what tells of it, before its clause
PASSED = Role.time | Role.adverb | Role.resumptive  # between a verb and its subject
BEFORE_CLAUSE = (
    THAT | Role.then_that | Role.begins_clause | Role.auxiliary | Role.negation | Role.alongside | Role.pronoun
)
TOPIC = 30  # words from a topic to the verb that takes it up


def after(text: Text, first: int, end: int, open_end: bool = False, told: bool = False) -> Range | None:
    """The noun phrase that begins at a word, or after adverbs and times there: the subject of the verb before it.

    told      the verb tells somebody, who follows without a preposition
    Returns   its words as a range; None when a preposition or nothing stands there: the subject is dropped.
    """
    roles, words, stop = text.roles, text.words, min(end, first + LONGEST)
    aside = _past_aside(text, first, stop) if first < end and text.gaps[first] == Gap.comma else first
    past, first = aside > first, aside
    while first < stop and (roles[first] & PASSED or _dated(text, first, end) or _manner(text, first)):
        first += 1
    if roles[first] & Role.preposition:
        first = _past_occasion(text, first, stop)
    apart = first < end and text.gaps[first] & Gap.comma and not (past and first == aside)
    if first >= end or apart or roles[first] & Role.dative or not begins(text, first):
        return None
    if roles[first] & Role.what:
        return None  # وصفت ما ورد في البيان بأنه: what is described
    if words[first].startswith(letters().by) and words[first].endswith(letters().owned) and _of_nobody(text, first):
        return None  # يذكره بوطنه
    if points(text, first, end) or text.written(first).startswith(letters().to_name):
        return None  # نفى ذلك: what is denied; قال للمدى نت: who is told
    found = phrase(text, first, end, open_end)
    if told:  # أبلغت الإدارة السكان أن: the next noun that can speak is who is told
        others = (
            at
            for at in range(first + 1, found[1])
            if text.kinds[at].kind == "group" or (text.kinds[at].kind and at > first + 1)
            if not text.role(at, Role.dative)
            if not text.role(at - 1, Role.preposition)
            if not _construct(text, at - 1)
            if not _titled(text, first, at)
        )
        return first, next((at for at in others if not text.role(at, Role.joined)), found[1])
    return found


def _past_aside(text: Text, at: int, end: int) -> int:
    """The word behind a time or an occasion between commas, where who speaks stands there: «أكد، أمس الثلاثاء، الوزير أن»."""
    if not text.role(at, Role.time | Role.adverb | Role.preposition | Role.adjunct):
        return at
    for after in range(at + 1, end):
        if text.gaps[after] & BREAK or text.role(after, THAT) or text.kinds[after].finite:
            return at
        if text.gaps[after] & Gap.comma:
            return after if text.kinds[after].kind in ("person", "group", "organisation") else at
    return at


def _manner(text: Text, at: int) -> bool:
    """Whether a word tells how something is said: ضاحكًا, بثقة."""
    word, kind = text.words[at], text.kinds[at]
    by = word.startswith(letters().by) and not word.startswith(letters().short_kunya)
    by = by and text.written(at).endswith(letters().feminine)
    return text.adverbial(at) or (by and not kind.kind and not kind.hits and not text.role(at, Role.given))


def _construct(text: Text, at: int) -> bool:
    """Whether a known noun without the article has the next one as its owner: نقابة المعلمين."""
    return bool(text.kinds[at].kind) and not has_article(text.words[at])


def _titled(text: Text, first: int, at: int) -> bool:
    """Whether a title and a name at a word tell who somebody is: «نائب رئيس المجلس الدكتور أحميد حومه»."""
    person = text.kinds[first].kind == "person" or text.role(first, Role.precedes)
    if not person or text.kinds[at].kind != "person" or at + 1 >= len(text.words) or text.gaps[at + 1]:
        return False
    name = text.kinds[at + 1]
    unknown = not name.kind and not name.hits and not name.roles and not has_article(text.words[at + 1])
    return text.role(at + 1, Role.given) or unknown


def _of_nobody(text: Text, at: int) -> bool:
    """Whether a word is no noun of the lexicon and no given name, and has a pronoun at its end, not ة."""
    return (
        not text.kinds[at].kind and not text.role(at, Role.given) and not text.written(at).endswith(letters().feminine)
    )


def _dated(text: Text, at: int, end: int) -> bool:
    """Whether a number stands alone, of a day or a year; not 60% من المشاركين, 3 مسؤولين."""
    if not text.words[at].isdigit():
        return False
    return not (at + 1 < end and (text.role(at + 1, Role.who) or text.kinds[at + 1].kind == "group"))


def _past_occasion(text: Text, at: int, end: int) -> int:
    """The word after a preposition («في هذا السياق», «عن ذلك»), where the subject stands there: a title, a noun with the article."""
    if not points_to(text, at + 1, end):
        return at
    after_it = at + 2
    if after_it < end and has_article(text.words[after_it]) and text.kinds[after_it].kind is None:
        after_it += 1
    if after_it < end and text.kinds[after_it].kind in ("person", "organisation") and not text.gaps[after_it]:
        return after_it
    return at


def points_to(text: Text, at: int, end: int) -> bool:
    """Whether a word is a demonstrative: هذا, ذلك."""
    return at < end and text.roles[at] & SHOWN == SHOWN


def points(text: Text, at: int, end: int) -> bool:
    """Whether a demonstrative stands alone (نفى ذلك), not before its noun (هذا المسؤول)."""
    return points_to(text, at, end) and (at + 1 >= end or not has_article(text.words[at + 1]))


def before_object(text: Text, source: Range) -> Range:
    """A name without the definite object that follows it: «وصف نتنياهو الاتفاق بأنه»."""
    first, end = source
    if (cut := objects.own(text, source, True) or objects.of_body(text, source)) is not None:
        return first, cut  # وصف الفنان دوره بأنه
    if _titled_object(text, first, end):
        return first, first + 1
    last = text.words[end - 1]
    titled = end - first == 2 and text.kinds[first].kind == "person" and has_article(text.words[first])
    own = first > 0 and text.words[first - 1].endswith(letters().owned)  # وصفه الوزير: the verb has its object
    if (
        titled
        and not own
        and has_article(last)
        and not text.kinds[end - 1].roles
        and not last.endswith(letters().nisba_singular)
    ):
        return first, first + 1  # وصف الوزير الاتفاق بأنه
    shown = next((at for at in range(first + 1, end) if text.role(at, Role.object_head)), end)
    if shown < end and has_article(text.words[shown]):
        return first, shown  # وصف المتحدث باسم الرئاسة الأنباء بأنها
    bare = end - first > 2 and not has_article(text.words[end - 3]) and not text.kinds[end - 3].kind
    doubled = bare and has_article(text.words[end - 2]) and not text.role(end - 3, Role.preposition)
    if doubled and has_article(last) and not last.endswith(letters().nisba_singular):
        return first, end - 1  # وصف نديم الخولاني الاتفاق بأنه
    named = end - first > 1 and not has_article(text.words[end - 2]) and not text.kinds[end - 2].kind
    return (first, end - 1) if named and has_article(last) and not last.endswith(letters().nisba_singular) else source


def _titled_object(text: Text, first: int, end: int) -> bool:
    """Whether a noun with the article and no adjective follows a title: «وصف الوزير الاتفاق بأنه»; not «وصفه الوزير السابق»."""
    last = text.words[end - 1]
    titled = end - first == 2 and text.kinds[first].kind == "person" and has_article(text.words[first])
    own = first > 0 and text.words[first - 1].endswith(letters().owned)
    adjective = text.role(end - 1, Role.qualifies | Role.governs) or last.endswith(letters().nisba_singular)
    return titled and not own and has_article(last) and not adjective


def before(text: Text, start: int, verb: int, hit: Hit) -> Range | None:
    """The noun phrase that ends before a verb, back to where its clause begins: the subject of «فلان قال».

    start   the first word of the sentence
    Returns its words as a range; None when what stands before the verb is no noun phrase.
    """
    end = verb
    while end > start and _beside_verb(text, end - 1) and not text.gaps[end] & BREAK:
        end -= 1
    related = end > start and text.role(end - 1, Role.relative)
    if related:
        end -= 1
    first, comma = _aside_before(text, start, end), None
    while first > start and end - first <= LONGEST:
        at, word = first - 1, text.kinds[first - 1]
        if first < end and (text.gaps[first] & (BREAK | Gap.colon) or _clause(text, first)):
            break
        if word.roles & BEFORE_CLAUSE and not (first < end and _aside(text, at, end)):
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
        if related and text.role(at, Role.dative):
            return None  # انتقادات للمؤسسات التي قال إنها …: of whom it is said
        if (
            related
            and word.roles & Role.preposition
            and not text.role(at, Role.in_the_name)
            and not text.role(at - 1, Role.governs)
        ):
            break
        first = at
    while first < end - 1 and text.role(first, Role.adverb) and not text.gaps[first + 1]:
        first += 1  # هناك معلومات تفيد
    if first >= end:
        return None
    if not begins(text, first):
        if comma is None or not begins(text, comma):
            return None
        first = comma
    if first > start and text.role(first - 1, Role.negation):
        return None  # لم يشارك: a verb
    if related and _begins_clause(text, first, end):
        first += 1  # وصل المدير الذي قال إن …
    if related and has_article(text.words[first]) and not text.kinds[first].kind and not _known(text, first):
        return None  # المكان الذي قال إنه …
    somebody = text.kinds[first].kind in ("person", "group") or text.role(first, Role.given)
    if hit.pronoun and end - first == 1 and not somebody and not has_article(text.words[first]):
        return None  # نشر شريطا وصفه بأنه: the verb tells of the noun
    if comma is None and not related and _timed(text, first, end):
        return None  # نفذ الجيش يوم الجمعة عملية ضد أهداف قال إنها …
    marked = any(text.gaps[at] & Gap.comma for at in range(end, verb + 1))
    called = end - first > 1 and person_names.words(text, first, end) == list(range(first, end))
    if comma is None and marked and not called and not text.kinds[first].kind and first not in text.opens:
        return None  # الطريق مغلق، أضاف: a clause before the comma
    if end - first == 2 and _object_of(text, end - 1) and has_article(text.words[first]):
        return None  # اتهم الجيش مسلحين قال إنهم …
    if end - first > LONGEST or not _agrees(text, first, hit) or _verbal(text, first, end):
        return None
    aside = _aside_before(text, start, end)
    return first, (end if aside == end or text.role(aside, Role.pronoun) else max(aside, first + 1))


def document(text: Text, start: int, end: int) -> Range | None:
    """The indefinite document that a clause tells of which begins at a word: رسالة ورد فيها أن."""
    found = None
    if text.gaps[end]:
        return None
    for first in range(end - 1, max(start, end - TOLD_IN) - 1, -1):
        if text.kinds[first].kind == "document" and not has_article(text.words[first]):
            described = end - first == 2 and text.role(end - 1, Role.circumstance)  # معلومات مؤكدة
            found = (first, end) if described or phrase(text, first, end)[1] == end else found
        if text.gaps[first] & (Gap.comma | BREAK):
            break
    return found


def _describing(text: Text, start: int, at: int) -> bool:
    """Whether a verb tells of an indefinite noun before it: «دبلوماسي غربي يتابع الملف قال»."""
    for noun in range(at - 1, max(start, at - 4) - 1, -1):
        if text.gaps[noun + 1] or has_article(text.words[noun]):
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
    if has_article(text.words[first]) or first in text.opens or first + 1 >= end:
        return False
    following, last = text.kinds[first + 1].kind, text.words[end - 1]
    subject = following in ("person", "group", "organisation") and not text.gaps[first + 1]
    definite = has_article(text.words[first + 1]) or text.words[first + 1].endswith(letters().several)
    if not text.kinds[first].kind and subject and definite and end - first == 3 and not has_article(last):
        return True  # عرض التلفزيون لقطات قال إنها …
    if text.kinds[first].kind:
        return False
    return has_article(text.words[first + 1]) and text.words[first].endswith(letters().perfect) and end - first > 2


def _begins_clause(text: Text, first: int, end: int) -> bool:
    """Whether a word that no list has stands before a title with the article: a verb and its subject."""
    word, following = text.kinds[first], text.kinds[first + 1] if first + 1 < end else None
    unknown = not word.kind and not word.roles & Role.given and not has_article(text.words[first])
    return bool(unknown and following and following.kind == "person" and has_article(text.words[first + 1]))


def _timed(text: Text, first: int, end: int) -> bool:
    """Whether a time stands amid the words of a phrase that has no clause in it: they are a clause themselves."""
    amid = [at for at in range(first + 1, end - 1) if text.role(at, Role.time) and not text.role(at, Role.governs)]
    told = any(text.role(at, Role.describes | Role.relative) for at in range(first + 1, end))
    return bool(amid) and not told


def _known(text: Text, at: int) -> bool:
    """Whether a noun with the article that no list has can be somebody: it stands after a cue elsewhere, or a name follows."""
    return text.words[at] in text.after_verbs or text.role(at + 1, Role.given)


def _beside_verb(text: Text, at: int) -> bool:
    """Whether a word before a verb belongs to it: an auxiliary, a time; not مطلع of «مصدر مطلع قال», which is a time too."""
    return text.role(at, Role.auxiliary | Role.adverb | Role.time) and not text.role(at, Role.governs)


def _object_of(text: Text, at: int) -> bool:
    """Whether an indefinite noun after one with the article is a verb's object: مسلحين, بيانا."""
    word = text.words[at]
    known = text.kinds[at].kind or (text.kinds[at - 1].kind == "organisation" and not text.role(at, Role.given))
    return bool(known) and not text.gaps[at] and not has_article(word) and word.endswith(letters().indefinite_object)


def topic(text: Text, start: int, verb: int) -> Range | None:
    """The topic that a verb with ف takes up: «أما فلان فقال …»."""
    for first in range(verb - 2, max(start, verb - TOPIC) - 1, -1):
        if text.role(first, Role.topic) and (first - start <= 2 or text.gaps[first] & (Gap.comma | BREAK)):
            return (first + 1, verb) if begins(text, first + 1) else None
    return None


def _agrees(text: Text, first: int, hit: Hit) -> bool:
    """Whether a verb can follow its subject: one of masculine form never follows a title or a body in ة."""
    if text.role(first, Role.who) and hit.agreement == "3fs":
        return False  # القوات اعتقلت من تزعم أنهم …: who is spoken of
    if hit.agreement == "3ms":
        return not (text.kinds[first].kind and text.written(first).endswith(letters().feminine))
    return True
