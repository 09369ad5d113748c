"""The noun phrases of a text: where each ends, and its parts.

A phrase is read from its first word to its last; its end is cached on the text. Speakers, topics and names are all
taken from the same phrase.
"""

from msgspec import Struct

from helpers.extraction import person_names, phrase_ends
from helpers.extraction.drafts import Range
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role

CLAUSE = Role.relative | Role.describes | Role.verb | Role.negation
POINTS = Role.quantifier | Role.precedes | Role.preposition | Role.standard
LEADS = Role.preposition | Role.relative | Role.adjunct
ASIDE = Gap.comma | Gap.bracket


class NounPhrase(Struct, frozen=True, gc=False):
    """A noun phrase as indices of words of its text; ranges end exclusive.

    first, end    all of its words, including apposition, brackets and relative clauses
    core          the end of the head with title and name, where an apposition, bracket or relative clause can begin
    head          its head noun, not a quantity (عدد من) or a demonstrative
    kind          the head noun's kind in the lexicon: person, group, organisation, document, standard; else None
    joined        where a second noun or name begins that is joined by و: سمير حداد ومنى فارس; None if there is none
    name, title   the words that name a person, and the words before them
    apposition, bracket, relative   each from where it first begins after the core to the end of the phrase
    """

    first: int
    end: int
    core: int
    head: int
    kind: str | None
    joined: int | None
    title: Range | None
    name: Range | None
    apposition: Range | None
    bracket: Range | None
    relative: Range | None
    definite: bool


def noun_phrase(text: Text, words: Range, lead: int = 0) -> NounPhrase:
    """The parts of a phrase whose words are known (see `phrase`).

    lead   the number of letters of proclitics in its first word, which are not part of it
    """
    first, end = words
    core, bracket, relative = end, None, None
    gaps, roles = text.gaps, text.roles
    for at in range(first + 1, end):
        gap, clause = gaps[at], roles[at] & CLAUSE
        if not (gap or clause):
            continue
        if clause and relative is None:
            relative = at
        if gap & Gap.bracket and bracket is None:
            bracket = at
        if core == end and (clause or gap & ASIDE):
            core = at
    apposition = core if core < end and text.gaps[core] & Gap.comma else None
    named = person_names.last_run(person_names.words(text, first, core), text)
    if apposition is not None and not _sure(text, named) and _may_name(text, first, core):
        aside = person_names.last_run(person_names.words(text, core, _core_end(text, core, end)), text)
        if not named or _is_name(text, core, aside):  # رئيس الدائرة، السيد كمال بن ناصر; أمين سر اللجنة، كمال بن ناصر
            named = aside
    if not named and first + 1 < end:
        named = _called(text, first + 1, end)
    if not named and core == bracket and not text.role(first, Role.anonymous):  # مدير شركة «…» (خاصة) فلان
        closed = next((at for at in range(core + 1, end) if text.gaps[at] & Gap.closing), end)
        named = person_names.last_run(person_names.words(text, closed, _core_end(text, closed, end)), text)
    name = (named[0], named[-1] + 1) if named else None
    head = next((at for at in range(first, core) if not _points_to(text, at, core)), first)
    joined = next((at for at in range(first + 1, core) if roles[at] & Role.joined and _joins(text, first, at)), None)
    return NounPhrase(
        first=first,
        end=end,
        core=core,
        head=head,
        kind=text.kinds[head].kind,
        joined=joined,
        title=(first, name[0]) if name and name[0] > first else None,
        name=name,
        apposition=None if apposition is None else (apposition, end),
        bracket=None if bracket is None else (bracket, end),
        relative=None if relative is None else (relative, end),
        definite=person_names.definite(text.words[first][lead:], text.written(first)[lead:]),
    )


def _sure(text: Text, named: list[int]) -> bool:
    """Whether words among those of a title are certainly a name, since they include a given name."""
    return any(text.role(at, Role.given | Role.name_part) for at in named)


def _is_name(text: Text, core: int, aside: list[int]) -> bool:
    """Whether an apposition is a name of two words or with a given name, alone or after a title."""
    if not aside or not (len(aside) > 1 or _sure(text, aside)):
        return False
    return aside[0] == core or text.kinds[aside[0] - 1].kind == "person"


def _called(text: Text, first: int, end: int) -> list[int]:
    """The words of a name after «called» or «whose name is»: رجل يدعى كمال, المعلمة، واسمها سعاد."""
    for at in range(first, end - 1):
        if text.roles[at] & Role.called and text.role(at + 1, Role.given | Role.name_part):
            last = next((k for k in range(at + 2, end) if text.gaps[k] or text.role(k, Role.preposition)), end)
            return person_names.last_run(person_names.words(text, at + 1, last), text)
    return []


def _points_to(text: Text, at: int, end: int) -> bool:
    """Whether a word only quantifies or points to the noun after it: عدد من, بعض, هذا."""
    if not text.roles[at] & POINTS:
        return False
    if at + 1 < end and text.role(at, Role.quantifier):
        return text.kinds[at].kind != "organisation" or text.role(at + 1, Role.preposition)  # مجموعة من النواب
    if text.role(at, Role.precedes | Role.preposition):
        return at + 1 < end
    return phrase_ends.points(text, at, end)


def _joins(text: Text, first: int, at: int) -> bool:
    """Whether the و before a word joins another person, and not a second title: a name after a name, or a noun after an
    indefinite noun."""
    if text.role(first, Role.quantifier):
        return False
    if text.role(at, Role.given):
        return any(text.role(k, Role.given) for k in range(first, at))
    person = text.kinds[at].kind in ("person", "group") and text.kinds[first].kind in ("person", "group")
    indefinite = not text.words[first].startswith(letters().article) and not text.words[first + 1].startswith(
        letters().article
    )
    return person and indefinite and not text.words[at].startswith(letters().joined_article)


def _core_end(text: Text, first: int, end: int) -> int:
    return next((at for at in range(first + 1, end) if _leaves_core(text, at)), end)


def _leaves_core(text: Text, at: int) -> bool:
    """Whether an apposition, a bracket or a relative clause, with or without pronoun, begins at a word."""
    return text.role(at, CLAUSE) or bool(text.gaps[at] & ASIDE)


def _may_name(text: Text, first: int, core: int) -> bool:
    """Whether an apposition can be a name: the phrase can be a person, and the apposition is not a clause."""
    who = text.kinds[first].kind == "person" or (
        text.kinds[first].kind is None and text.words[first].startswith(letters().article)
    )
    return who and not text.role(core, person_names.SMALL | person_names.TELLS) and not text.words[core].isdigit()


def phrase(text: Text, first: int, end: int, open_end: bool = False) -> Range:
    """The noun phrase that begins at a word, whatever the word is: title, name, apposition, relative clauses.

    The result is cached. Incomplete parts at the end, such as a preposition without its noun, are left out.

    end        the limit: no word from there on is included
    open_end   no mark shows the end, since a clause follows: after a comma only a known noun continues the phrase
    """
    known = text.phrase_ends.get((first, open_end))
    if known is None:
        known = text.phrase_ends[first, open_end] = phrase_ends.find(text, first, len(text.words), open_end)
    at = min(known, end)
    while at > first + 1 and text.roles[at - 1] & LEADS:
        at -= 1
    return first, at
