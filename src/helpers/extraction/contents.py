"""Where a content ends: at the end of its sentence, or where a later claim leaves it."""

from helpers.extraction.constructions import Opens
from helpers.extraction.drafts import Draft
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.vocabulary import THAT, Role

FAR = 100  # words of a content to look through for a comment on it
MANY = 50  # claims of one sentence to look through for where a content ends


def cut(text: Text, drafts: list[Draft]) -> None:
    """End each content where another claim of its sentence leaves it. The drafts are changed in place."""
    for number, draft in enumerate(drafts):
        first, end = draft.content
        if draft.quotation or draft.construction.trails:
            continue
        for other in drafts[number + 1 : number + 1 + MANY]:
            if other.at >= end:
                break
            if first < other.at and _leaves(text, draft, other):
                end = min(end, _edge(text, first, other))
                break
        draft.content = (first, max(first, _comment(text, first, end)))


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
    if other.construction.trails or other.hit.part == "participle":
        return True
    if other.hit.lead[:1] in ("و", "ف"):
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
