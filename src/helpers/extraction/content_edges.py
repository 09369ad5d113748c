"""Whether a later claim ends the content of an earlier one, and before which word."""

from helpers.extraction.constructions import Opens, Stands
from helpers.extraction.drafts import Draft
from helpers.extraction.texts import FINITE, Gap, Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import THAT, Role
from helpers.records.modality import Modality

FAR = 100  # words of a content that are searched for a comment on it
ASIDES = 3  # most commas between an adjunct and its verb
ADJUNCT = Role.preposition | Role.adjunct | Role.time


def _anew(text: Text, before: int, other: Draft) -> bool:
    """Whether a verb and a name begin a sentence without a full stop before it: «… صدر أمس في المدينة قال سمير إن».

    After a noun with the article, the verb cannot begin a relative clause, so that nothing joins the two sentences.
    """
    source = other.source
    if other.construction.source is not Stands.AFTER or source is None or other.hit.lead:
        return False
    head = text.kinds[source[0]]
    name = (
        not head.kind
        and not head.roles
        and source[1] - source[0] > 1
        and not text.words[source[0]].startswith(letters().article)
    )
    named = name or head.kind == "person" or text.role(source[0], Role.given)
    definite = text.words[before].startswith(letters().article) and not text.roles[before] & ~Role.noun
    definite = definite and not text.role(before - 1, THAT)  # إن الرئيس أكد
    return other.hit.part == "perfect" and bool(named and definite)


def _in_words(text: Text, other: Draft) -> bool:
    """Whether a claim after a comma quotes the words that were reported before it: «…، وذلك بقوله: «…»»."""
    if other.hit.part != "masdar" or other.hit.lead not in letters().by:
        return False
    begins = other.begins - text.role(other.begins - 1, Role.thereby)
    return bool(text.gaps[begins] & Gap.comma)


def edge(text: Text, first: int, other: Draft) -> int:
    """The end of a content before another claim: conjunctions before that claim belong to neither."""
    if (adjunct := _fronted(text, first, other)) is not None:
        return adjunct
    at = other.begins
    leads = (
        Role.auxiliary | Role.begins_clause | Role.clause_that | Role.pronoun | Role.adverb | Role.alongside | Role.that
    ) | (Role.thereby if other.hit.part == "masdar" else 0)
    while at > first and text.role(at - 1, leads):
        if text.role(at - 1, Role.adverb):
            break  # «النظام سينهار قريبا»، مضيفا أن
        at -= 1
    if at > first + 1 and text.role(at - 1, Role.that_pronoun) and text.role(at - 2, Role.clause_that):
        at -= 2  # غير أنه عاد وأنكر
    if at > first and text.role(at, Role.that):
        at -= 1  # قبل أن
    if at > first and text.role(at, Role.alongside) and text.role(at - 1, Role.preposition):
        at -= 1  # في حين
    return at


def _fronted(text: Text, first: int, other: Draft) -> int | None:
    """Where an adjunct with و before the verb of a claim begins: «…، ومع صدور القرار، يرى خبراء أن»; else None."""
    at = other.begins
    if other.hit.joined or other.hit.part not in FINITE or at != other.at or not text.gaps[at] & Gap.comma:
        return None
    for number, begun in enumerate(reversed(text.commas_in(max(first + 1, at - FAR), at))):
        adjunct = text.role(begun, Role.joined) and text.role(begun, ADJUNCT if not number else Role.adjunct)
        if adjunct and not text.role(begun, Role.whole) and not text.role(begun + 1, THAT):
            return begun
        if number + 1 == ASIDES:
            break
    return None


def leaves(text: Text, draft: Draft, other: Draft) -> bool:
    """Whether a later cue begins a claim outside the content of the earlier one."""
    told = text.quoted(other.begins)
    if told and draft.at < told[0] and draft.content[0] <= told[0] < other.begins:
        return False  # إن روسيا «تخالف القرار وتصر على …»
    if other.construction.beside and other.construction.cue is Stands.AMID and other.content[0] >= draft.content[0]:
        return False  # إن المصنع، بحسب مالكه، لم يتلق أي إنذار
    if other.construction.trails or other.hit.part == "participle":
        return True
    if (
        other.construction.beside
        and text.gaps[other.begins - 1] & Gap.comma
        and text.role(other.begins - 1, Role.begins_clause)
    ):
        return True  # …، لكن بحسب المنظمة فإن
    if _fronted(text, draft.content[0], other) is not None:
        return True
    if _in_words(text, other):
        return True  # …، بقوله: «…»
    if other.modality in (Modality.NEGATED, Modality.QUESTIONED, Modality.CONDITIONAL):
        return False
    if text.role(other.at - 1, Role.relative) and other.at - 1 > draft.at:
        return False  # العقلية التي تعتقد أن
    if other.hit.joined:
        return (
            other.construction.opens is not Opens.OBJECT
            or other.hit.part == draft.hit.part
            or draft.hit.part == "participle"
        )
    before = other.begins - 1
    if _anew(text, before, other):
        return True
    while text.role(before, Role.auxiliary | Role.adverb):
        if text.gaps[before] & Gap.comma and text.role(before, Role.perfective) and text.role(before, Role.joined):
            return True  # …، فقد أوضح الوزير أن
        before -= 1
    if text.role(before, Role.that) and text.role(before - 1, Role.adjunct):
        return bool(text.gaps[before - 1] & Gap.comma) or other.hit.part == "imperfect"
    subject = text.role(before, Role.pronoun) and text.role(before, Role.joined | Role.begins_clause)
    if text.role(before, Role.alongside) or subject:
        return True  # وهو يقول، لكنه أكد; not: السبب هو رفض …
    if other.construction.subject_first:
        if text.role(before, THAT):
            return text.role(before - 1, Role.begins_clause | Role.clause_that)  # إلا أن الشركة قالت
        return text.role(before, Role.begins_clause) or text.role(other.begins, Role.joined)
    return False
