"""Whether a clause after a comma is the outlet's own, by its tense and agreement beside those of the content.

What somebody says is or will be («ستنطلق المحادثات») is not continued by what then happened with a subject of its own
(«، وغادر الوفد العاصمة»); what he tells in the perfect is («إن السقف انهار، وسقطت الجدران»). A verb that agrees with the
speaker and not with the subject of the content is what the speaker does.
"""

from helpers.extraction.drafts import Draft
from helpers.extraction.texts import FINITE, Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role

SHORT = 5  # most words of a content without a verb
NEAR = 6  # most words from كان to its verb
NO_VERB = THAT | Role.what | Role.preposition | Role.adjunct | Role.pronoun | Role.relative | Role.then_that
NO_SUBJECT = NO_VERB | Role.time | Role.adverb | Role.begins_clause | Role.negation | Role.auxiliary | Role.alongside
SPEAKERS = ("person", "organisation", "group")
LONGEST = 5  # most letters of a perfect that begins like an imperfect
SHORT_FORM = 3  # letters of an agreement such as 3ms
SHORTEST = 4  # fewest letters of a verb with an ending or a prefix


def perfect(text: Text, at: int, sure: bool = False) -> bool:
    """Whether a word is a verb in the perfect: of a cue, or with the ending of a woman or a thing.

    sure   whether a verb is expected here, so that a verbal noun of the same letters is none
    """
    word, known, ends = text.words[at], text.kinds[at], letters()
    if known.kind or word.startswith(ends.article):
        return False
    if any(hit.part == "perfect" and hit.lead in ("", *ends.conjunction) for hit in known.hits):
        return sure or not any(hit.part == "masdar" for hit in known.hits) or text.role(at - 1, Role.perfective)
    if known.roles & NO_SUBJECT or len(word) < SHORTEST:
        return False
    return word.endswith(ends.she) and not word.endswith(ends.feminine_plural)


def imperfect(text: Text, at: int) -> bool:
    """Whether a word looks like a verb in the imperfect or the future."""
    word, known, ends = text.words[at], text.kinds[at], letters()
    if known.kind or text.written(at).endswith(ends.feminine) or len(word) < SHORTEST:
        return False
    if word.startswith(ends.future):
        return not word.endswith(ends.no_imperfect)
    return word.startswith(ends.third_imperfect) and not known.roles & NO_SUBJECT


def told(text: Text, first: int, end: int, verbs: frozenset[str]) -> bool:
    """Whether a content tells in the perfect what happened.

    verbs   further verbs in the perfect, folded
    """
    for at in range(first, end):
        if text.words[at] in verbs or perfect(text, at) or (at == first + 1 and _either(text, at)):
            return True
        if text.role(at, Role.negation) and text.role(at, Role.unless):  # لم
            return True
    return False


def _either(text: Text, at: int) -> bool:
    """Whether a verb with ت after a masculine noun may be a perfect: المصنع توسع."""
    word, she = text.words[at], letters().she
    short = len(word) <= LONGEST and word.startswith(she) and not word.startswith(she[0] * 2)
    plain = not text.words[at - 1].endswith(letters().feminine_plural) and not text.role(at - 1, Role.that_pronoun)
    return short and plain and not text.written(at - 1).endswith(letters().feminine) and imperfect(text, at)


def open_ended(text: Text, first: int, end: int, verbs: frozenset[str]) -> bool:
    """Whether a content says what is or will be, and tells nothing that happened."""
    if told(text, first, end, verbs):
        return False
    return end - first <= SHORT or any(imperfect(text, at) for at in range(first, end))


def _feminine(text: Text, first: int, end: int) -> bool | None:
    """Whether the subject of a content is feminine, as its verb or an ending shows; None if it is a plural or unknown."""
    ends = letters()
    if text.role(first, Role.that_pronoun):
        return _of_pronoun(text.words[first])
    for at in range(first, min(end, first + NEAR)):
        if at > first and imperfect(text, at):
            word = text.words[at].removeprefix(ends.will[0])
            return not word.startswith(ends.he)
    shown = ends.feminine + ends.feminine_plural
    return any(text.written(at).endswith(shown) for at in range(first, min(end, first + 2)))


def _of_pronoun(word: str) -> bool | None:
    he, she, *several = letters().third
    return None if word.endswith(tuple(several)) else word.endswith(she) if word.endswith((he, she)) else None


def _ends(word: str) -> tuple[bool, bool]:
    """Whether a verb in the perfect is feminine, and whether it is plural, by its ending."""
    several = word.endswith(letters().several)
    return word.endswith(letters().she) and not several, several


def subject(text: Text, at: int, end: int, definite: bool = False) -> bool:
    """Whether a noun follows a verb directly that can be its subject.

    definite   whether it must have the article or be a noun of the lexicon; else it may be the head of a phrase
    """
    if at >= end or text.gaps[at]:
        return False
    word, ends = text.words[at], letters()
    if text.role(at, NO_SUBJECT) and not (text.role(at, Role.degree) and not word.startswith(ends.article)):
        return False
    if word.startswith(ends.article) or text.kinds[at].kind:
        return True
    return not definite and not word.endswith(ends.folded_accusative)


def anew(text: Text, draft: Draft, at: int, end: int, verbs: frozenset[str]) -> bool:
    """Whether a verb without an object, with its own subject after it, tells what then happened: «، ووصلت القافلة»."""
    if not open_ended(text, draft.content[0], at, verbs):
        return False
    return subject(text, at + 1, end) or _of_another(text, draft, at)


def acts(text: Text, draft: Draft, at: int, end: int, verbs: frozenset[str]) -> bool:
    """Whether a verb tells what another than the subject of the content then did: «إن الأولوية هي الأمن، وزار …»."""
    return open_ended(text, draft.content[0], at, verbs) and _of_another(text, draft, at)


def _of_another(text: Text, draft: Draft, at: int) -> bool:
    """Whether a verb in the perfect does not agree with the subject of the content."""
    first = draft.content[0]
    theirs = _feminine(text, first, at)
    if theirs is None:
        return False
    she, several = _ends(text.words[at])
    if several:
        return not text.words[first].endswith(letters().plural) and not theirs
    return she != theirs


def had(text: Text, draft: Draft, at: int, end: int, verbs: frozenset[str]) -> bool:
    """Whether كان with a noun and a verb tells what had happened before: «، وكان القاضي أمر بحبسه»."""
    if not subject(text, at + 1, end) or not open_ended(text, draft.content[0], at, verbs):
        return False
    stop = next(iter(text.commas_in(at + 1, end)), end)
    for k in range(at + 2, min(stop, at + NEAR)):
        if text.role(k, Role.preposition | Role.relative | THAT):
            return False
        if text.words[k] in verbs or perfect(text, k, sure=True):
            return True
    return False


def untold(text: Text, draft: Draft, at: int, end: int, verbs: frozenset[str]) -> bool:
    """Whether the content before these words says what is or will be: «…، قبل أن يغادر» is then what the speaker did."""
    return open_ended(text, draft.content[0], at, verbs)


def reacts(text: Text, at: int, end: int) -> bool:
    """Whether a verb after «which» is what somebody else says of it: «نفته الحكومة»; not what it shows: «يؤكد أن»."""
    while at < end and text.role(at, Role.auxiliary | Role.negation):
        at += 1
    if at >= end or not any(hit.part in FINITE and not hit.lead for hit in text.kinds[at].hits):
        return False
    return any(hit.pronoun for hit in text.kinds[at].hits) or (
        subject(text, at + 1, end) and (text.kinds[at + 1].kind in SPEAKERS or not _definite(text, at + 1))
    )


def _definite(text: Text, at: int) -> bool:
    return text.words[at].startswith(letters().article) or bool(text.kinds[at].roles)


def leaves(text: Text, draft: Draft, at: int, end: int, verbs: frozenset[str]) -> bool:
    """Whether قبل أن begins what the speaker did then: its verb agrees with him, and not with the subject of the content."""
    verb, agreement = at + 2, draft.hit.agreement
    if verb >= end or len(agreement) < SHORT_FORM or not imperfect(text, verb) or subject(text, verb + 1, end, True):
        return False
    theirs = _feminine(text, draft.content[0], at)
    she = not text.words[verb].startswith(letters().he)
    agrees = agreement[1:] == ("fs" if she else "ms") and theirs is (not she)
    return agrees and open_ended(text, draft.content[0], at, verbs)


def describes(text: Text, draft: Draft, at: int, end: int, verbs: frozenset[str]) -> bool:
    """Whether a verb of what a thing is, with a definite subject after it, describes it: «، ويعد المصنع أكبر …»."""
    return subject(text, at + 1, end, True) and open_ended(text, draft.content[0], at, verbs)


def accuses(text: Text, at: int, end: int) -> bool:
    """Whether a definite noun follows that is the object of a participle: «، متهما المعارضة ب…»."""
    return subject(text, at, end, True)


def named_again(text: Text, draft: Draft, end: int, verbs: frozenset[str]) -> int:
    """The verb with و after a comma whose subject is the speaker, named again: «قال عادل إنه …، ويعيل عادل أسرة»."""
    if draft.source is None:
        return end
    head = draft.source[0]
    speaker = {
        text.words[at] for at in range(*draft.source) if not text.roles[at] & NO_SUBJECT and _names(text, at, head)
    }
    for at in text.commas_in(draft.content[0] + 1, end):
        if at + 1 < end and text.words[at + 1] in speaker and not text.gaps[at + 1] and _verb(text, at, verbs):
            return at
    return end


def _names(text: Text, at: int, head: int) -> bool:
    if at == head:
        return text.words[at].startswith(letters().article) or text.kinds[at].kind is None
    return text.role(at, Role.given)


def _verb(text: Text, at: int, verbs: frozenset[str]) -> bool:
    word, known, ends = text.words[at], text.kinds[at], letters()
    if not word.startswith(ends.joining) or known.kind:
        return False
    if word[1:] in verbs or any(hit.part in FINITE for hit in known.hits):
        return True
    return word.startswith(ends.joined_imperfect) and not text.written(at).endswith(ends.feminine)
