"""Finds the claims of a text: each cue that reports, with its source, its content, and who speaks where none is named."""

from helpers.extraction import antecedents, contents, nominals, particles, turns, verbs
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.texts import Gap, Text
from helpers.extraction.weights import Weights
from helpers.lexicon.vocabulary import Hit

BESIDE = ("-after", "-amid", "-before")  # rules of claims whose content stands beside the cue, and may hold others


def drafts(text: Text, colon: Hit | None, weights: Weights) -> list[Draft]:
    """The attributed claims of a text in the order of their cues.

    colon     what a colon after the name of a speaker at the head of a line is read as; None: as nothing
    weights   of what tells who speaks where the clause names nobody
    """
    found: list[Draft] = []
    spoken = turns.find(text, colon) if colon else {}
    turn: Draft | None = None
    places, at = text.sentences, 0
    for number, (begins, end) in enumerate(places):
        start = begins
        if begins < end and begins in spoken:
            turn = spoken[begins]
            turn.sentence, start = number, turn.content[0]
            found.append(turn)
        while at < len(text.cues) and text.cues[at] < start:
            at += 1
        first = at
        while at < len(text.cues) and text.cues[at] < end:
            at += 1
        if at > first:
            cues = text.cues[first:at]
            goes_on = end in text.opens and text.gaps[end] & Gap.colon  # the quotation stands on the next line
            made = _sentence(text, particles.clause_start(text, start), text.opens[end] if goes_on else end, cues)
            _nest(made)
            here = turn if turn and start < turn.content[1] else None
            for draft in made:
                draft.sentence, draft.turn = number, here
                draft.within = draft.within or here
            found += made
    antecedents.resolve(text, found, places, [place.paragraph for place in text.article.sentences], weights)
    return found


def _nest(made: list[Draft]) -> None:
    """Tell each claim the innermost other one whose content it stands in."""
    for number, draft in enumerate(made):
        near = made[max(0, number - contents.MANY) : number + 3]
        beside = draft.rule.endswith(BESIDE)
        outer = [
            d
            for d in near
            if d is not draft and d.content[0] <= draft.at < d.content[1]
            if _place(d) < _place(draft) and not (beside and draft.content[0] <= d.at < draft.content[1])
        ]
        draft.within = min(outer, key=lambda d: d.content[1] - d.content[0], default=None)


def _place(draft: Draft) -> Range:
    """Where a claim begins, and its end as a negative number: what begins later, or ends earlier, is the inner one."""
    return min(draft.at, draft.begins, draft.content[0]), -draft.content[1]


def _sentence(text: Text, start: int, end: int, cues: list[int]) -> list[Draft]:
    made: list[Draft] = []
    owned: set[int] = set()
    for at in cues:
        if at in owned:
            continue
        for hit in text.kinds[at].hits:
            draft = _draft(text, start, end, at, hit)
            if draft and hit.part == "particle" and made and made[-1].at < at < made[-1].content[0]:
                told = made[-1].content
                if draft.source is None or draft.source[1] <= told[0]:
                    draft.content = told  # ذكر التلفزيون نقلا عن مصدر أن …
            if draft and _closes(draft, made):
                made[-1].content = (made[-1].content[0], min(made[-1].content[1], draft.begins))
                owned |= set(range(draft.begins, draft.cue[1] if draft.cue else at + 2))
                break
            if draft and not (draft.content[0] in owned and not draft.rule.endswith(("-after", "-amid"))):
                made.append(draft)
                owned |= {draft.at, draft.second or draft.at}
                if not draft.rule.endswith("-before"):  # وفق الوكالة، قال الوزير إن …
                    owned.add(draft.content[0])
                if draft.rule.startswith("as-said") or draft.rule == "relayed":
                    owned |= set(range(draft.begins, draft.source[0] if draft.source else draft.at + 1))
                break
    contents.cut(text, made)
    return [draft for draft in made if draft.content[0] < draft.content[1]]


def _closes(draft: Draft, made: list[Draft]) -> bool:
    """Whether a particle or phrase with a pronoun only closes the claim before it: «قال الناطق إن …، بحسب قوله»."""
    alone = draft.source is None and draft.rule in ("phrase-after", "particle-after")
    return alone and bool(made) and made[-1].content[0] < draft.begins <= made[-1].content[1]


def _draft(text: Text, start: int, end: int, at: int, hit: Hit) -> Draft | None:
    if hit.agreement.startswith("1"):
        return None
    if hit.part == "particle":
        return particles.particle(text, start, end, at, hit)
    if hit.part == "phrase":
        return particles.phrase(text, start, end, at, hit)
    if hit.part == "participle":
        return verbs.participle(text, end, at, hit) or nominals.participle(text, end, at, hit)
    if hit.part == "masdar":
        return verbs.masdar(text, end, at, hit) or nominals.masdar(text, start, end, at, hit)
    if hit.cue.lemma == "نقل" and (draft := verbs.relayed(text, end, at, hit)):
        return draft
    if verbs.otherwise(text, start, end, at, hit):
        return None
    return verbs.verb(text, start, end, at, hit) or nominals.verb(text, start, end, at, hit)
