"""How likely a claim found by machine has the right source and content: a logistic regression on what can be seen of it.

Features have plain names and stand for shapes, lengths and places, not for rules of the finder; their weights are rows of
`confidence.csv`, fitted by `make fit` on articles that were annotated by hand.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from math import exp

from helpers.extraction.drafts import Draft
from helpers.extraction.texts import Gap, Text
from helpers.extraction.weights import Weights
from helpers.lexicon.vocabulary import THAT, Role

BOUNDS = {  # a number is told by the first of these that it does not exceed
    "content, words": (2, 4, 8, 15, 25, 40),
    "content, commas": (0, 1, 2),
    "content, cues": (0, 1, 2),
    "source, words": (1, 3, 6, 10),
    "source, prepositions": (0, 1),
    "source, commas": (0, 1),
    "between cue and content, words": (0, 2, 5, 10),
    "sentence, words": (12, 25, 40, 60),
    "sentence, claims": (1, 2, 3),
}
LOOKED = 400  # words of a content in which commas are counted
PARTS = ("perfect", "imperfect", "passive", "participle", "masdar", "particle", "phrase", "punctuation")
KINDS = ("person", "group", "organisation", "document", "standard", "unknown")
OPENINGS = ("that", "that with a pronoun", "quotation", "colon", "preposition", "other")
ENDS = ("with its sentence", "before a comma", "before a cue", "with a quotation", "elsewhere")
ACTS = ("speech", "cognition", "evidence", "hearsay")
KNOWN = ("stated after the cue", "stated before the cue", "inherited", "unresolved")
ORDERS = ("content after the cue", "content before the cue", "content around the cue")


def _steps(name: str) -> list[str]:
    return [f"{name}: {_step(name, bound)}" for bound in (*BOUNDS[name], BOUNDS[name][-1] + 1)]


def _step(name: str, value: int) -> str:
    bounds = BOUNDS[name]
    at = bisect_left(bounds, value)
    if at == len(bounds):
        return f"over {bounds[-1]}"
    least = bounds[at - 1] + 1 if at else 0
    return str(bounds[at]) if least == bounds[at] or at == 0 else f"{least} to {bounds[at]}"


STEPS = {name: {bound: f"{name}: {_step(name, bound)}" for bound in range(BOUNDS[name][-1] + 2)} for name in BOUNDS}
FEATURES = frozenset(
    [
        "any claim",
        *(f"cue: {part}" for part in PARTS),
        *(f"cue, act: {act}" for act in ACTS),
        "cue: joined with و or ف",
        "cue: a second one",
        *(f"source: {known}" for known in KNOWN),
        *(f"source, head: {kind}" for kind in KINDS),
        "source: relayed by another",
        "source: holds a relative",
        "source: holds a verb that reports",
        *ORDERS,
        *(f"content opens with: {opening}" for opening in OPENINGS),
        *(f"{part}, content opens with: {opening}" for part in PARTS for opening in OPENINGS),
        *(f"content ends: {end}" for end in ENDS),
        "content: all in quotation marks",
        "content: a quotation in it",
        "claim: in a content",
        "claim: in a quotation",
        *(feature for steps in STEPS.values() for feature in steps.values()),
    ]
)


def of(text: Text, drafts: list[Draft], weights: Weights) -> list[float]:
    """The confidence of each claim of an article, above 0 and below 1."""
    return [_likely(weights.sum(seen)) for seen in features(text, drafts)]


def _likely(logit: float) -> float:
    return min(0.99, max(0.01, round(1 / (1 + exp(-max(-30.0, min(30.0, logit)))), 2)))


def features(text: Text, drafts: list[Draft]) -> list[list[str]]:
    """What can be seen of each claim of an article, as names of features."""
    several = Counter(draft.sentence for draft in drafts)
    around = (None if d.within is None or d.within == d.turn else drafts[d.within] for d in drafts)
    return [_seen(text, d, outer, several[d.sentence]) for d, outer in zip(drafts, around, strict=True)]


def _seen(text: Text, draft: Draft, around: Draft | None, claims: int) -> list[str]:
    start, end = (
        text.sentences[draft.sentence] if draft.sentence < len(text.sentences) else (draft.at, draft.content[1])
    )
    return [
        "any claim",
        *_cue(draft, around),
        *_source(text, draft),
        *_content(text, draft, end),
        _counted("sentence, words", end - start),
        _counted("sentence, claims", claims),
    ]


def _counted(name: str, value: int) -> str:
    return STEPS[name][min(value, BOUNDS[name][-1] + 1)]


def _cue(draft: Draft, around: Draft | None) -> Iterator[str]:
    yield f"cue: {draft.hit.part}"
    yield f"cue, act: {draft.hit.cue.act}"
    if draft.hit.lead[:1] in ("و", "ف"):
        yield "cue: joined with و or ف"
    if draft.second is not None:
        yield "cue: a second one"
    if around is not None:
        yield "claim: in a quotation" if around.quotation else "claim: in a content"


def _source(text: Text, draft: Draft) -> Iterator[str]:
    if draft.source is None:
        yield "source: inherited" if draft.antecedent else "source: unresolved"
        return
    first, end = draft.source
    yield "source: stated before the cue" if first < draft.at else "source: stated after the cue"
    yield f"source, head: {text.kinds[first].kind or 'unknown'}"
    words = text.kinds[first:end]
    yield _counted("source, words", end - first)
    yield _counted("source, prepositions", len([word for word in words if word.roles & Role.preposition]))
    yield _counted("source, commas", _commas(text, first, end))
    if draft.carrier:
        yield "source: relayed by another"
    if any(word.roles & Role.relative for word in words):
        yield "source: holds a relative"
    if any(word.finite and not word.kind for word in words):
        yield "source: holds a verb that reports"


def _content(text: Text, draft: Draft, sentence_end: int) -> Iterator[str]:
    first, end = draft.content
    after = first > draft.at
    yield ORDERS[0] if after else ORDERS[2] if end > draft.at + 1 else ORDERS[1]
    opening = _opening(text, first, after)
    yield f"content opens with: {opening}"
    yield f"{draft.hit.part}, content opens with: {opening}"
    yield f"content ends: {_end(text, first, end, sentence_end)}"
    if first in text.opens and text.opens[first] >= end:
        yield "content: all in quotation marks"
    elif text.quotations(first, min(end, first + LOOKED)):
        yield "content: a quotation in it"
    yield _counted("content, words", end - first)
    yield _counted("content, commas", _commas(text, first, min(end, first + LOOKED)))
    yield _counted("content, cues", bisect_left(text.cues, end) - bisect_left(text.cues, first))
    if after:
        yield _counted("between cue and content, words", first - draft.at - 1)


def _opening(text: Text, first: int, after: bool) -> str:
    if text.role(first, Role.that_pronoun):
        return "that with a pronoun"
    if after and first and text.role(first - 1, THAT):
        return "that"
    if text.gaps[first] & Gap.colon:
        return "colon"
    if first in text.opens:
        return "quotation"
    return "preposition" if after and first and text.role(first - 1, Role.preposition) else "other"


def _end(text: Text, first: int, end: int, sentence_end: int) -> str:
    if first in text.opens and text.opens[first] == end:
        return "with a quotation"
    if end >= sentence_end:
        return "with its sentence"
    if text.gaps[end] & Gap.comma:
        return "before a comma"
    return "before a cue" if text.kinds[end].hits else "elsewhere"


def _commas(text: Text, first: int, end: int) -> int:
    return bisect_left(text.commas, end) - bisect_left(text.commas, first + 1) if end > first else 0
