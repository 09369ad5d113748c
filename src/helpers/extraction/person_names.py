"""Which words of a noun phrase are a person's name: those that are left without titles and their complements."""

from helpers.extraction.texts import Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role

SMALL = (
    Role.preposition
    | Role.relative
    | Role.governs
    | Role.pronoun
    | Role.adjunct
    | Role.auxiliary
    | Role.negation
    | Role.resumptive
)
TELLS = Role.describes | Role.verb | Role.withheld | Role.occasion
NO_NAME = SMALL | TELLS | Role.time | Role.adverb | Role.object_head | Role.quantifier | Role.place | Role.precedes
SMALLEST = Role.preposition | Role.relative
WITH_TO = 4  # letters of the shortest noun with an attached ل that is distinguished from a name
CIRCUMSTANCE = (
    5  # most letters of a noun in ـة with an attached ب that is distinguished from a name: بخفة, not بوتفليقة
)
BODY = 3  # of so many unlisted words after a noun of an organisation, the first is its name, the others a person's


def bare(word: str) -> str:
    """A folded word without the article."""
    if len(word) <= 4:
        return word
    return word.removeprefix(letters().to_article[0]).removeprefix(letters().article[0])


def definite(word: str, written: str | None = None) -> bool:
    """Whether a word has the article: الحق, المدير; but not إلهام, which looks as if it had one when folded."""
    articles = letters().article_to
    return word.startswith(articles) and len(word) > 3 and (written is None or written.startswith(articles))


def words(text: Text, first: int, end: int) -> list[int]:
    """The indices of words that can be a name: neither nouns of the lexicon nor adjectives of the word before them.

    The word after a preposition, or after a noun of an organisation (حركة حماس), is the name of a place or of the
    organisation; a source headed by مصدر or شاهد has no name.
    """
    found: list[int] = []
    if text.role(first, Role.anonymous) and not any(text.role(at, Role.given) for at in range(first + 1, end)):
        return found
    at, kinds = _past_title_letters(text, first, end), text.kinds
    while at < end:
        after_name = bool(found) and found[-1] == at - 1 and (not text.gaps[at] or at in text.opens)
        if not after_name and at > first and kinds[at - 1].kind == "organisation" and _is_body(text, at - 1):
            at = _past_body(text, at, end)
            continue
        if _can_be(text, first, at, end, after_name, found):
            found.append(at)
        at += 1
    return found


def _past_title_letters(text: Text, first: int, end: int) -> int:
    """The first word after letters that abbreviate a title (د. فلان); other letters are part of the name (أ. ب. فلان)."""
    at = first
    while at < end and len(text.words[at]) == 1:
        if text.words[at] not in letters().titles:
            return first
        at += 1
    return at if at < end else first


def _is_body(text: Text, at: int) -> bool:
    """Whether a noun of an organisation is followed by its name: the noun has no article."""
    word = text.words[at]
    return not definite(word) and not word.startswith(letters().preposed) and not text.role(at, Role.proper)  # بالمحكمة


def _past_body(text: Text, at: int, end: int) -> int:
    """The end of an organisation's name: حركة حماس, وكالة فرانس برس; of many unlisted words only the first (see BODY)."""
    last = at
    while last < end and _unknown(text, last) and not text.role(last, Role.given):
        last += 1
    if last - at >= BODY or (last - at == 2 and last < end and text.role(last, Role.name_part)):
        return at + 1
    return max(last, at + 1) if not text.role(at, Role.given) else at + 1


def _unknown(text: Text, at: int) -> bool:
    word = text.kinds[at]
    if definite(text.words[at], text.written(at)) or word.roles & (NO_NAME & ~Role.object_head):
        return False
    return word.kind is None and not text.words[at].startswith(letters().joining)


def _can_be(text: Text, first: int, at: int, end: int, after_name: bool, found: list[int]) -> bool:
    kind, roles = text.kinds[at], text.roles[at]
    if roles & Role.name_part and (after_name or (at + 1 < end and not text.gaps[at + 1])):
        return not (at > first and not after_name and text.role(at - 1, Role.preposition))
    if not after_name and (kind.kind or _no_first_name(text, first, at)):
        return False
    after_part = after_name and text.role(at - 1, Role.name_part) and not definite(text.words[at - 1])
    if after_part and (len(found) > 1 or not kind.kind):
        return True  # عبد الرحمن, آل الشيخ; not ابن مدينة …
    word, written = text.words[at], text.written(at)
    has_article = definite(word, written)
    if has_article and not (_surname(text, first, at, found) if after_name else _goes_before(text, first, at, end)):
        return False
    if (
        after_name
        and found == [first]
        and written.endswith(letters().feminine)
        and text.written(first).endswith(letters().feminine)
    ):
        return False  # خبرة تقنية
    titled = at + 1 < end and not text.gaps[at + 1]  # … سفير السودان: a title after the name
    if (word.startswith(letters().by_or_to) and word[-1].isascii()) or (
        word.startswith(letters().preposed) and len(word) > 5
    ):
        return False  # لـCNN, بالخارج
    circumstance = word.startswith(letters().by) and len(word) <= CIRCUMSTANCE and written.endswith(letters().feminine)
    if circumstance and at > first and not after_name and not roles & Role.given and definite(text.words[at - 1]):
        return False  # الممثلة بخفة ظل
    led = word.startswith(letters().to) and len(word) > WITH_TO and not kind.roles & Role.given
    if led and at > first and definite(text.words[at - 1]) and titled and definite(text.words[at + 1]):
        return False  # المفوض السامي لحقوق الإنسان
    surname = after_name and kind.kind == "person" and (_lone_given(text, found) if has_article else not titled)
    surname = surname or (after_name and kind.kind == "standard" and not titled and _lone_given(text, found))
    if (kind.kind and not surname) or word[0].isdigit() or word.startswith(letters().joined_article):
        return False
    given = roles & Role.given
    if at == first and word.endswith(letters().pronouns) and at + 1 < end and text.role(at + 1, Role.given):
        return False  # مراسلنا حازم
    owned = word.endswith(letters().owned) and not given and not written.endswith(letters().feminine)
    if owned and at + 1 < end and definite(text.words[at + 1]):
        return False  # مندوب بلاده الدائم
    if owned and not after_name and at > first and not word.endswith(letters().adjective) and not titled:
        return False  # كتب السيناتور ما نصه
    if roles & SMALLEST or (roles & NO_NAME and not (given or surname)):
        return False
    if after_name and word.startswith(letters().joining) and roles & Role.joined:
        return False  # سمير حداد ومنى فارس: two names
    if at > first and not after_name and not given and _adjective(text, at):
        return False
    return not text.adverbial(at)


def _no_first_name(text: Text, first: int, at: int) -> bool:
    """Whether a word cannot begin a name, because of its role or the word before it."""
    roles = text.roles[at]
    if roles & SMALLEST or (roles & NO_NAME and not roles & Role.given):
        return True
    return at > first and text.roles[at - 1] & (Role.preposition | Role.place) != 0


def _lone_given(text: Text, found: list[int]) -> bool:
    """Whether the name so far is one given name, so that a title with the article after it can be the surname."""
    return text.role(found[-1], Role.given) and (len(found) == 1 or found[-2] != found[-1] - 1)


def _goes_before(text: Text, first: int, at: int, end: int) -> bool:
    """Whether a word with the article begins a name: an unlisted word without the article follows it (الحسين أوعدي)."""
    following = at + 1
    if at > first or following >= end or text.gaps[following] or text.kinds[at].kind or text.kinds[at].roles:
        return False
    kind, word = text.kinds[following], text.words[following]
    unknown = not kind.kind and not kind.roles & ~Role.given and not kind.hits and not definite(word)
    return (
        unknown
        and not text.adverbial(following)
        and not word.startswith(letters().prefixed)
        and not word.endswith(letters().alef_or_he)
    )


def _surname(text: Text, first: int, at: int, found: list[int]) -> bool:
    """Whether a word with the article can be the last word of a name: not a feminine or plural, and not followed by its
    complement.

    After a single word that is not a given name and has no title, it must end in ـي: «عالم النفس» is not a name.
    """
    if (
        found == [first]
        and not text.role(first, Role.given | Role.name_part)
        and not text.words[at].endswith(letters().nisba)
    ):
        return False
    if text.kinds[at].roles & (Role.governs | Role.describes | Role.time | Role.relative | Role.qualifies):
        return False
    if text.kinds[at].kind and not _lone_given(text, found):
        return False
    return not text.written(at).endswith((*letters().feminine, *letters().feminine_plural)) and not text.words[
        at
    ].startswith(letters().to_article)


def _adjective(text: Text, at: int) -> bool:
    """Whether a word is an adjective in ـي of the word before it: both have the article, or neither has it."""
    word, before = text.words[at], text.words[at - 1]
    if before.endswith(letters().pronouns) and not text.written(at - 1).endswith(letters().feminine):
        return False  # زميلتها ليان
    return word.endswith(letters().adjective) and definite(word) == definite(before)


def last_run(named: list[int], text: Text) -> list[int]:
    """The last run of adjacent words, since a name follows its title; the last one with a given name, if there is one."""
    runs: list[list[int]] = []
    for at in named:
        if runs and runs[-1][-1] == at - 1 and not text.gaps[at]:
            runs[-1].append(at)
        else:
            runs.append([at])
    given = (run for run in reversed(runs) if len(run) > 1 and text.role(run[0], Role.given | Role.name_part))
    return next(given, runs[-1] if runs else [])
