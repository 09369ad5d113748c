"""Homographs of cues, which are mostly another word (مقرا, شعر, ذهب) and are cues only with أن or a quotation near."""

from collections.abc import Sequence

from helpers.lexicon.roles import THAT, Role
from helpers.lexicon.word_kinds import Hit, Word

SUBJECT = 6  # most words from such a verb to its content, including the speaker
SOMEBODY = ("person", "group", "organisation", "document")
NO_SUBJECT = Role.preposition | Role.relative | Role.begins_clause | Role.keeps_that | Role.clause_that | Role.stands_in
OF_NAMES = Role.given | Role.feminine | Role.name_part | Role.whole
JUDGING = ("assertive", "negative")  # stances of verbs of praise or blame: «ودان المجلس «…»»; not «ونشرت صحيفة «…»»
DOCUMENT = 25  # the same, if a document is the subject
COMMA, QUOTE = 1 << 0, 1 << 5
FINITE = ("perfect", "imperfect")


def cues(words: Sequence[str], gaps: Sequence[int], kinds: Sequence[Word], at: int) -> list[Hit]:
    """The cues that a word can be, given that أن follows it directly («مقرا بأن»), after the speaker if it is a finite
    verb («ذهب الخبراء إلى أن»), or after ذلك if it is not («مبررا ذلك بأن»); or a quotation follows the speaker of a
    verb that begins its clause («وثمن الوزير «الدور …»»).
    """
    if at and kinds[at - 1].roles & Role.negation:
        return []  # لم يعد: no longer
    return [hit for hit in kinds[at].near if _brings(words, gaps, kinds, at, hit)]


def _brings(words: Sequence[str], gaps: Sequence[int], kinds: Sequence[Word], at: int, hit: Hit) -> bool:
    first, finite = at + 1, hit.part in FINITE
    if finite and hit.joined and hit.cue.prepositions and _brings_far(words, gaps, kinds, at, hit):
        return True
    if finite and hit.cue.stance == "distancing" and _says_what(gaps, kinds, at):
        return True
    quoted = finite and hit.joined and "quoted" in hit.cue.takes and hit.cue.stance in JUDGING
    barred = NO_SUBJECT & ~Role.preposition if quoted else NO_SUBJECT
    for place in range(first, min(len(kinds), first + SUBJECT)):
        if gaps[place] & ~QUOTE:
            return False
        if gaps[place] and quoted and place > first:
            return True
        if _that(words, gaps, kinds, place, hit):
            return True
        word = kinds[place]
        named = hit.cue.prepositions and not (word.kind or word.hits or word.roles & ~OF_NAMES)  # ذهب حمدان إلى أن
        if finite and place == first and word.kind not in SOMEBODY and not named:
            return False
        if finite and (word.finite or word.roles & barred):
            return False  # نشرت الصحيفة تقريرا قالت فيه إن
        if not finite and not (word.roles & Role.standard and word.roles & Role.object_head):
            return False
    return False


def _brings_far(words: Sequence[str], gaps: Sequence[int], kinds: Sequence[Word], at: int, hit: Hit) -> bool:
    """Whether the verb's own preposition and أن follow a document: «وانتهت الدراسة، التي أجريت أمس، إلى أن»."""
    if at + 1 >= len(kinds) or kinds[at + 1].kind != "document":
        return False
    for place in range(at + 2, min(len(kinds) - 1, at + DOCUMENT)):
        if words[place] in hit.cue.prepositions and kinds[place + 1].roles & THAT:
            return not gaps[place + 1]
    return False


def _says_what(gaps: Sequence[int], kinds: Sequence[Word], at: int) -> bool:
    """Whether what is passed around says that …: «تداولت صفحات، أمس، خبرا مفاده أن»."""
    for place in range(at + 1, min(len(kinds) - 1, at + DOCUMENT)):
        if gaps[place] & ~(QUOTE | COMMA) or kinds[place].finite:
            return False
        if kinds[place].roles & Role.purport and kinds[place + 1].roles & THAT:
            return True
    return False


def _that(words: Sequence[str], gaps: Sequence[int], kinds: Sequence[Word], at: int, hit: Hit) -> bool:
    """Whether the content of a cue begins at a word, with أن or with the cue's own preposition and أن."""
    if words[at] in hit.cue.prepositions:
        return at + 1 < len(kinds) and not gaps[at + 1] and bool(kinds[at + 1].roles & THAT)
    return bool(kinds[at].roles & THAT)
