"""Where a content ends: at the end of its sentence, or where a later claim leaves it; and which claims stand in it."""

from msgspec import structs

from helpers.extraction.constructions import Opens, Stands
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.letters import letters
from helpers.lexicon.vocabulary import THAT, Role
from helpers.records.modality import Modality

FAR = 100  # words of a content to look through for a comment on it
SUBORDINATE = 3  # words before a claim in which its clause is made subordinate
MANY = 50  # claims of one sentence to look through for where a content ends


def cut(text: Text, drafts: list[Draft]) -> list[Draft]:
    """End each content of a sentence's drafts where another claim leaves it; one that nothing is left of is dropped."""
    ended = [_ended(text, draft, drafts[number + 1 : number + 1 + MANY]) for number, draft in enumerate(drafts)]
    return [draft for draft in ended if draft.content[0] < draft.content[1]]


def _ended(text: Text, draft: Draft, later: list[Draft]) -> Draft:
    if draft.quotation or draft.construction.trails:
        return draft
    first, end = draft.content
    for other in later:
        if other.at >= end:
            break
        if first < other.at and _leaves(text, draft, other):
            end = min(end, _edge(text, first, other))
            break
    if draft.modality != Modality.ASSERTED or _conceded(text, draft):
        end = _then(text, first, end, draft.modality == Modality.ASSERTED)
    end = max(first, _comment(text, first, end))
    return draft if end == draft.content[1] else structs.replace(draft, content=(first, end))


def _conceded(text: Text, draft: Draft) -> bool:
    """Whether a claim stands in a clause with a main clause of its own behind it: «ورغم أن الوزير قال إن …، فإن …»."""
    first = min(draft.begins, draft.at)
    return any(text.role(at, Role.condition | Role.concession) for at in range(max(0, first - SUBORDINATE), first))


def _then(text: Text, first: int, end: int, main: bool) -> int:
    """The end of a content before what follows from it: «إذا أعلنت أن الاقتراع باطل، فسيعاد».

    main   only a main clause does, with فإن or فقد
    """
    for at in range(first + 1, min(end, first + FAR)):
        so = text.gaps[at] & Gap.comma and text.words[at].startswith(letters().so) and not text.kinds[at].kind
        if so and (not main or text.role(at, Role.then_that | Role.perfective)):
            return at
    return end


def nesting(drafts: list[Draft]) -> list[int | None]:
    """For each draft of a sentence the number of the innermost other one in whose content it stands."""
    found: list[int | None] = []
    for number, draft in enumerate(drafts):
        near = range(max(0, number - MANY), min(len(drafts), number + 3))
        outer = [n for n in near if n != number and _holds(drafts[n], draft)]
        found.append(min(outer, key=lambda n: drafts[n].content[1] - drafts[n].content[0], default=None))
    return found


def _holds(outer: Draft, draft: Draft) -> bool:
    if not outer.content[0] <= draft.at < outer.content[1] or _place(outer) >= _place(draft):
        return False
    return not (draft.construction.beside and draft.content[0] <= outer.at < draft.content[1])


def _place(draft: Draft) -> Range:
    """Where a claim begins, and its end as a negative number: what begins later, or ends earlier, is the inner one."""
    return min(draft.at, draft.begins, draft.content[0]), -draft.content[1]


def _comment(text: Text, first: int, end: int) -> int:
    """The end of a content before the outlet's own comment on it: «…، وهو ما …»."""
    for at in range(first + 1, min(end, first + FAR)):
        pronoun = text.gaps[at] & Gap.comma and text.role(at, Role.pronoun) and text.role(at, Role.joined)
        if pronoun and at + 1 < end and text.role(at + 1, Role.what):
            return at
        if (
            text.gaps[at] & Gap.comma
            and not text.kinds[at].kind
            and any(h.part == "participle" for h in text.kinds[at].hits)
        ):
            return at  # ، مبديا استعداده
    return end


def _edge(text: Text, first: int, other: Draft) -> int:
    """The end of a content before another claim: conjunctions that lead to it are no part of either."""
    at = other.begins
    leads = (
        Role.auxiliary | Role.begins_clause | Role.clause_that | Role.pronoun | Role.adverb | Role.alongside | Role.that
    )
    while at > first and text.role(at - 1, leads):
        at -= 1
    if at > first and text.role(at, Role.that) and text.role(at - 1, Role.keeps_that):
        at -= 1  # قبل أن
    if at > first and text.role(at, Role.alongside) and text.role(at - 1, Role.preposition):
        at -= 1  # في حين
    return at


def _leaves(text: Text, draft: Draft, other: Draft) -> bool:
    """Whether a later cue begins a claim of its own, out of the content of the earlier one, and is not told in it."""
    if other.construction.beside and other.construction.cue is Stands.AMID and other.content[0] >= draft.content[0]:
        return False  # إن المصنع، بحسب مالكه، لم يتلق أي إنذار
    if other.construction.trails or other.hit.part == "participle":
        return True
    if other.modality in (Modality.NEGATED, Modality.QUESTIONED, Modality.CONDITIONAL):
        return False
    if other.hit.joined:
        return (
            other.construction.opens is not Opens.OBJECT
            or other.hit.part == draft.hit.part
            or draft.hit.part == "participle"
        )
    before = other.begins - 1
    while before > draft.at and text.role(before, Role.auxiliary | Role.adverb):
        before -= 1
    if text.role(before, Role.that) and text.role(before - 1, Role.adjunct):
        return True  # قبل أن يضيف
    if text.role(before, Role.alongside) or (text.role(before, Role.pronoun) and not text.role(before, THAT)):
        return True
    if other.construction.subject_first:
        if text.role(before, THAT) and before - 1 > draft.at:
            return text.role(before - 1, Role.begins_clause | Role.clause_that)
        return text.role(before, Role.begins_clause) or text.role(other.begins, Role.joined)
    return False
