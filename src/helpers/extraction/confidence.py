"""The probability that a claim found by machine has the right source and content, by logistic regression.

The features, which have plain names, are forms, lengths and positions, not rules of the finder. Their weights are rows
of `confidence.csv`, fitted by `make fit` on articles that were annotated by hand.
"""

from bisect import bisect_left
from collections import Counter
from math import exp

from helpers.extraction.constructions import Anchor
from helpers.extraction.drafts import Draft
from helpers.extraction.texts import Gap, Text
from helpers.extraction.weights import Weights
from helpers.lexicon.entries import STANCES
from helpers.lexicon.vocabulary import THAT, Role

BOUNDS = {  # the feature of a number is the first of these bounds that it does not exceed
    "content, words": (2, 4, 8, 15, 25, 40),
    "content, commas": (0, 1, 2),
    "content, cues": (0, 1, 2),
    "source, words": (1, 3, 6, 10),
    "source, prepositions": (0, 1),
    "source, commas": (0, 1),
    "between cue and content, words": (0, 2, 5, 10),
    "sentence, words": (12, 25, 40, 60),
    "sentence, claims": (1, 2, 3),
    "left of its sentence, words": (3, 8, 15, 25),
}
LOOKED = 400  # most words of a content in which commas are counted
PARTS = ("perfect", "imperfect", "passive", "participle", "masdar", "particle", "phrase", "punctuation")
HEAD_KINDS = ("person", "group", "organisation", "document", "standard", "unknown")
OPENINGS = ("that", "that with a pronoun", "quotation", "colon", "preposition", "other")
ENDS = ("with its sentence", "before a comma", "before a cue", "with a quotation", "elsewhere")
ACTS = ("speech", "cognition", "evidence", "hearsay")
KNOWN = ("stated after the cue", "stated before the cue", "inherited", "unresolved")
ORDERS = ("content after the cue", "content before the cue", "content around the cue")


def _step(name: str, value: int) -> str:
    bounds = BOUNDS[name]
    at = bisect_left(bounds, value)
    if at == len(bounds):
        return f"over {bounds[-1]}"
    least = bounds[at - 1] + 1 if at else 0
    return str(bounds[at]) if least == bounds[at] or at == 0 else f"{least} to {bounds[at]}"


class _Steps(dict[int, str]):
    """The feature of each value of a number; all values above the last bound have the same one."""

    def __init__(self, name: str) -> None:
        super().__init__({value: f"{name}: {_step(name, value)}" for value in range(BOUNDS[name][-1] + 2)})
        self._over = self[BOUNDS[name][-1] + 1]

    def __missing__(self, value: int) -> str:
        return self._over


CONTENT_WORDS, CONTENT_COMMAS, CONTENT_CUES = map(_Steps, ("content, words", "content, commas", "content, cues"))
SOURCE_WORDS, SOURCE_COMMAS = map(_Steps, ("source, words", "source, commas"))
SOURCE_PREPOSITIONS, BETWEEN_WORDS = map(_Steps, ("source, prepositions", "between cue and content, words"))
SENTENCE_WORDS, SENTENCE_CLAIMS = map(_Steps, ("sentence, words", "sentence, claims"))
LEFT_WORDS = _Steps("left of its sentence, words")
STEPS = (
    *(CONTENT_WORDS, CONTENT_COMMAS, CONTENT_CUES, SOURCE_WORDS, SOURCE_COMMAS),
    *(SOURCE_PREPOSITIONS, BETWEEN_WORDS, SENTENCE_WORDS, SENTENCE_CLAIMS, LEFT_WORDS),
)
CUE = {part: f"cue: {part}" for part in PARTS}
ACT = {act: f"cue, act: {act}" for act in ACTS}
STANCE = {stance: f"cue, stance: {stance}" for stance in STANCES}
HEAD = {kind: f"source, head: {kind}" for kind in HEAD_KINDS}
END = {end: f"content ends: {end}" for end in ENDS}
OPENS = {
    (part, opening): (f"content opens with: {opening}", f"{part}, content opens with: {opening}")
    for part in PARTS
    for opening in OPENINGS
}
TURN = ["any claim", "claim: a turn of an interview"]
FEATURES = frozenset(
    [
        *TURN,
        *CUE.values(),
        *ACT.values(),
        *STANCE.values(),
        "cue: joined to what stands before",
        "cue: a second one",
        *(f"source: {known}" for known in KNOWN),
        *HEAD.values(),
        "source: relayed by another",
        "source: holds a given name",
        "source: holds a relative",
        "source: holds a verb that reports",
        *ORDERS,
        *(feature for both in OPENS.values() for feature in both),
        *END.values(),
        "content: all in quotation marks",
        "content: a quotation in it",
        "content: ends with that of another claim",
        "content: another claim begins behind it",
        "claim: in a content",
        "claim: in a quotation",
        *(feature for steps in STEPS for feature in steps.values()),
    ]
)


def of(text: Text, drafts: list[Draft], weights: Weights) -> list[float]:
    """The confidence of each claim of an article, above 0 and below 1."""
    return [_likely(weights.sum(seen)) for seen in features(text, drafts)]


def _likely(logit: float) -> float:
    return min(0.99, max(0.01, round(1 / (1 + exp(-max(-30.0, min(30.0, logit)))), 2)))


def features(text: Text, drafts: list[Draft]) -> list[list[str]]:
    """The names of the features of each claim of an article."""
    several = Counter(draft.sentence for draft in drafts)
    ends = Counter(draft.content[1] for draft in drafts)
    begun = Counter(word for draft in drafts for word in {draft.at, draft.begins})
    around = (None if d.within is None or d.within == d.turn else drafts[d.within] for d in drafts)
    made: list[list[str]] = []
    for draft, outer in zip(drafts, around, strict=True):
        if draft.construction.anchor is Anchor.TURN:  # a turn is delimited by lines: length and content are no evidence
            made.append(TURN)
            continue
        seen, end = _seen(text, draft, outer, several[draft.sentence]), draft.content[1]
        if ends[end] > 1:
            seen.append("content: ends with that of another claim")
        if begun[end] > (end in (draft.at, draft.begins)):
            seen.append("content: another claim begins behind it")
        made.append(seen)
    return made


def _seen(text: Text, draft: Draft, around: Draft | None, claims: int) -> list[str]:
    start, end = (
        text.sentences[draft.sentence] if draft.sentence < len(text.sentences) else (draft.at, draft.content[1])
    )
    seen = ["any claim"]
    _cue(seen, draft, around)
    _source(seen, text, draft)
    _content(seen, text, draft, end)
    seen.append(SENTENCE_WORDS[end - start])
    seen.append(SENTENCE_CLAIMS[claims])
    return seen


def _cue(seen: list[str], draft: Draft, around: Draft | None) -> None:
    seen.append(CUE[draft.hit.part])
    seen.append(ACT[draft.hit.cue.act])
    seen.append(STANCE[draft.hit.cue.stance])
    if draft.hit.joined:
        seen.append("cue: joined to what stands before")
    if draft.second is not None:
        seen.append("cue: a second one")
    if around is not None:
        seen.append("claim: in a quotation" if around.quotation else "claim: in a content")


def _source(seen: list[str], text: Text, draft: Draft) -> None:
    if draft.source is None:
        seen.append("source: inherited" if draft.antecedent else "source: unresolved")
        return
    first, end = draft.source
    seen.append("source: stated before the cue" if first < draft.at else "source: stated after the cue")
    seen.append(HEAD[text.kinds[first].kind or "unknown"])
    words = text.kinds[first:end]
    roles = text.roles[first:end]
    seen.append(SOURCE_WORDS[end - first])
    seen.append(SOURCE_PREPOSITIONS[len([1 for role in roles if role & Role.preposition])])
    seen.append(SOURCE_COMMAS[_commas(text, first, end)])
    if draft.carrier:
        seen.append("source: relayed by another")
    if any(role & Role.given for role in roles):
        seen.append("source: holds a given name")
    if any(role & Role.relative for role in roles):
        seen.append("source: holds a relative")
    if any(word.finite and not word.kind for word in words):
        seen.append("source: holds a verb that reports")


def _content(seen: list[str], text: Text, draft: Draft, sentence_end: int) -> None:
    first, end = draft.content
    after = first > draft.at
    seen.append(ORDERS[0] if after else ORDERS[2] if end > draft.at + 1 else ORDERS[1])
    opening = _opening(text, first, after)
    seen += OPENS[draft.hit.part, opening]
    seen.append(_end(text, first, end, sentence_end))
    if end < sentence_end:
        seen.append(LEFT_WORDS[sentence_end - end])
    if first in text.opens and text.opens[first] >= end:
        seen.append("content: all in quotation marks")
    elif text.quotations(first, min(end, first + LOOKED)):
        seen.append("content: a quotation in it")
    seen.append(CONTENT_WORDS[end - first])
    seen.append(CONTENT_COMMAS[_commas(text, first, min(end, first + LOOKED))])
    seen.append(CONTENT_CUES[bisect_left(text.cues, end) - bisect_left(text.cues, first)])
    if after:
        seen.append(BETWEEN_WORDS[first - draft.at - 1])


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
        return END["with a quotation"]
    if end >= sentence_end:
        return END["with its sentence"]
    if text.gaps[end] & Gap.comma:
        return END["before a comma"]
    return END["before a cue" if text.kinds[end].hits else "elsewhere"]


def _commas(text: Text, first: int, end: int) -> int:
    """The number of commas inside the words first:end."""
    return max(0, bisect_left(text.commas, end) - bisect_left(text.commas, first + 1))
