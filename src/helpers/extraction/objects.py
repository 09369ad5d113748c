"""Finds where the object after a speaker begins: «وصفت الحكومة المغربية الاتفاق بأنه», «واصل المدرب حديثه»."""

from helpers.extraction.drafts import Range
from helpers.extraction.person_names import definite
from helpers.extraction.texts import Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role

BODIES = ("organisation",)
SOMEBODY = ("person", "group", "organisation")
OF_NAMES = Role.given | Role.name_part | Role.governs | Role.preposition | Role.resumptive | Role.describes
OF_BODIES = OF_NAMES | Role.relative | Role.qualifies | Role.time | Role.adverb | Role.occasion


def owned(text: Text, at: int) -> bool:
    """Whether a word is a noun with a pronoun that is not a person (حديثه, مرافعتها), but what its owner does or says."""
    word = text.words[at]
    if not word.endswith(letters().owned) or text.written(at).endswith(letters().feminine) or definite(word):
        return False
    shown = text.role(at, Role.standard) and text.role(at, Role.object_head)  # هذه
    return text.kinds[at].kind not in SOMEBODY and not shown and not text.role(at, OF_NAMES)


def own(text: Text, source: Range, sure: bool = False) -> int | None:
    """The index of a noun with a pronoun that refers to the speaker: «اختتم المدرب حديثه»; None if there is none.

    sure    whether the verb certainly has an object, so that a word in ـه is not part of a name
    """
    first, end = source
    for at in range(first + 1, end):
        if text.gaps[at] or text.role(at, Role.relative):
            return None
        apart = sure or definite(text.words[at - 1]) or at - 1 == first  # not شيفرنادزه
        if owned(text, at) and (apart or says(text, at)) and not text.role(at - 1, Role.preposition | Role.governs):
            return at
    return None


def of_own(text: Text, source: Range) -> int | None:
    """Like `own`, also for a noun followed by such a noun: «لخص الباحثون نتائج أبحاثهم»."""
    first, end = source
    for at in range(first + 2, end):
        bare = definite(text.words[at - 2], text.written(at - 2)) and not definite(text.words[at - 1])
        if owned(text, at) and bare and not text.role(at - 1, OF_NAMES):
            return at - 1
    return own(text, source, True)


def says(text: Text, at: int) -> bool:
    """Whether a noun with a pronoun is what somebody says, or the occasion: حديثه, مداخلتها."""
    if not owned(text, at):
        return False
    masdar = any(hit.part == "masdar" for hit in text.kinds[at].hits)
    return masdar or text.role(at, Role.occasion | Role.own_words)


def words(text: Text, source: Range) -> int | None:
    """The index of a noun for what the speaker says or draws attention with: «اختتم المدرب حديثه», «سلط التقرير الضوء»."""
    for at in range(source[0] + 1, source[1]):
        if text.role(at, Role.relative) or text.role(at - 1, Role.preposition):
            return None
        construct = text.kinds[at - 1].kind is not None and not definite(text.words[at - 1])
        if says(text, at):
            return at
        if text.role(at, Role.object_head) and definite(text.words[at]) and not construct:
            return at
    return None


def of_body(text: Text, source: Range) -> int | None:
    """The index of the noun after an organisation and its adjectives; None if there is none.

    «المنظمة الوضع», «الحكومة المغربية رئيس الوزراء», «صحيفة «الضحى» المغربية رئيس الحكومة», «الاتحاد الوزير»
    """
    first, end = source
    if text.kinds[first].kind not in BODIES:
        return None
    feminine = text.written(first).endswith(letters().feminine)
    for at in range(first + 1, end):
        if not definite(text.words[at - 1]) or text.role(at, OF_BODIES):
            continue
        if text.kinds[at].kind == "document":
            return at  # نشرت الصحيفة تقريرا
        noun = text.kinds[at].kind in ("person", "group") and text.kinds[at - 1].kind not in ("person", "group")
        if noun:
            return at
        known = feminine and definite(text.words[first]) and definite(text.words[at])
        if known and at - first <= 2 and not _agrees(text, at):
            return at
    return None


def told_again(text: Text, source: Range) -> int | None:
    """The index of a verbal noun with the article after the speaker: «كرر الوزير التأكيد على أن»."""
    first, end = source
    for at in range(first + 1, end):
        masdar = any(hit.lead == letters().article[0] for hit in text.kinds[at].hits)
        if masdar and at == end - 1 and definite(text.words[at - 1]):
            return at
    return None


def cut(text: Text, source: Range) -> Range:
    """The words of an organisation, as a speaker or a topic, without the object after it."""
    ends = of_body(text, source)
    return source if ends is None else (source[0], ends)


def behind(text: Text, source: Range) -> Range:
    """The subject of a verb that does not report, without the object: «استعرض الوزير خطط الوزارة», «أبدى المدرب سعادته»."""
    first, end = source
    for at in range(first + 1, end):
        if text.gaps[at] or text.role(at, Role.relative):
            break
        if text.role(at - 1, Role.preposition):
            continue
        word, kind, before = text.words[at], text.kinds[at].kind, text.kinds[at - 1].kind
        if word.startswith(letters().by_article) and not kind:
            return first, at  # أشاد المدرب بالفريق
        closed = definite(text.words[at - 1]) or (not before and at - 1 > first)
        if not closed or definite(word):
            continue
        if kind == "document" or owned(text, at):
            return first, at
        owner = at + 1 < end and definite(text.words[at + 1]) and not text.gaps[at + 1]
        if owner and (kind == "standard" or (kind is None and _thing(text, at))):
            return first, at
    return source


def _thing(text: Text, at: int) -> bool:
    """Whether a noun in ة follows one without the article, so that it cannot be part of its name: أزمة."""
    return not definite(text.words[at - 1]) and text.written(at).endswith(letters().feminine)


def met(text: Text, source: Range) -> Range:
    """The subject of a verb of meeting, without its object: «استقبل الوزير السفير الفرنسي», «التقى الوزير نظيره»."""
    first, end = source
    for at in range(first + 1, end):
        if text.kinds[at].kind not in SOMEBODY:
            continue
        construct = text.kinds[at - 1].kind is not None and not definite(text.words[at - 1])
        styled = text.role(at, Role.styled) and (text.kinds[at - 1].kind or definite(text.words[at - 1]))
        if not (construct or styled):
            return first, at
    return source


def last(text: Text, at: int, end: int) -> bool:
    """Whether at:end has no noun with the article, except after a preposition."""
    articles = (k for k in range(at, end) if definite(text.words[k]))
    return all(text.role(k - 1, Role.preposition) for k in articles if k > at) and (
        at >= end or not definite(text.words[at])
    )


def _agrees(text: Text, at: int) -> bool:
    """Whether a word with the article can be an adjective of an organisation in ة: it ends in ة or in ى."""
    return text.written(at).endswith((*letters().feminine, letters().maqsura[0], *letters().accusative))
