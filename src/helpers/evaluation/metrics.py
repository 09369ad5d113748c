"""Predicted attributions against gold: precision, recall, F1, and the errors behind them.

The measures are those usual for attribution relations since PARC (Pareti 2016, "PARC 3.0: A Corpus of Attribution
Relations") and Citron (Newell, Cowlishaw and Man 2018, "Quote Extraction and Analysis for News"): source, cue and
content separately and as a triple, exact and by overlap. `alignment` decides which attributions correspond.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from helpers.evaluation import alignment
from helpers.evaluation.alignment import HALF, Reader, Words, dice, jaccard
from helpers.evaluation.gold_texts import Attribution

MEASURES = {
    "triple": "the source is right and the contents overlap by half (Jaccard of 0.5 or more)",
    "cue_exact": "the cues are the same words",
    "cue_overlap": "the cues share a word",
    "source_exact": "the sources are the same words",
    "source_j50": "the sources overlap by half",
    "content_exact": "the contents are the same words",
    "content_j50": "the contents overlap by half",
    "content_dice": "the contents by their Dice overlap, 0..1, instead of right or wrong",
    "antecedent": "the earlier words that name a source left out of the clause share a name word",
}
ERRORS = ("spurious", "missed", "wrong source", "wrong content")
RESAMPLES = 1000
SEED = 7


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of right, predicted and gold items. For `content_dice`, `right` is a sum of overlaps."""

    right: float = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """The share of predicted items that are right, 0..1; 0 if nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of gold items that were found, 0..1; 0 if there are none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0..1."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome for an attribution. `what` is one of ERRORS, `right`, or `left out` of the counts.

    Predictions that match an optional attribution, and the carrier of a relayed claim, are left out.
    """

    what: str
    gold: Attribution | None
    predicted: Attribution | None
    counts: dict[str, Counts]


@dataclass(frozen=True)
class Comparison:
    """The comparison of one article. `words` is its number of words; `silent`, whether gold has no attribution in it."""

    outcomes: tuple[Outcome, ...]
    words: int
    silent: bool

    @cached_property
    def counts(self) -> dict[str, Counts]:
        """The counts of the article by measure."""
        return _sum(outcome.counts for outcome in self.outcomes)

    @property
    def errors(self) -> tuple[Outcome, ...]:
        """The outcomes that are errors, in the order of the text."""
        return tuple(sorted((o for o in self.outcomes if o.what in ERRORS), key=_begins))

    @property
    def pairs(self) -> tuple[tuple[Attribution, Attribution], ...]:
        """The attributions that were aligned, as (gold, predicted)."""
        return tuple((o.gold, o.predicted) for o in self.outcomes if o.gold and o.predicted)


@dataclass(frozen=True, slots=True)
class Score:
    """The score of all articles. `silent` of them have no gold attributions; `false_alarms` of these have predictions."""

    measures: dict[str, Counts]
    articles: int
    words: int
    spurious: int
    silent: int
    false_alarms: int

    @property
    def spurious_per_1000_words(self) -> float | None:
        """Spurious claims per 1,000 words of text; None if there are no words."""
        return 1000 * self.spurious / self.words if self.words else None

    @property
    def false_alarm_rate(self) -> float | None:
        """The share of silent articles with a false alarm, 0..1; None if no article is silent."""
        return self.false_alarms / self.silent if self.silent else None


def kappa(counts: Sequence[Sequence[int]]) -> float | None:
    """Cohen's kappa (Cohen 1960), the agreement beyond chance of two annotators who gave each item one label; at most 1.

    counts    numbers of items by the first annotator's label (rows) and the second's (columns), in the same order
    Returns   None if it is not defined (only one label was used, or there are no items).
    """
    everything = sum(map(sum, counts))
    if not everything:
        return None
    rows, columns = [sum(row) for row in counts], [sum(column) for column in zip(*counts, strict=True)]
    agreed = sum(counts[at][at] for at in range(len(counts))) / everything
    chance = sum(a * b for a, b in zip(rows, columns, strict=True)) / everything**2
    return None if chance == 1 else (agreed - chance) / (1 - chance)


def compare(text: str, gold: Iterable[Attribution], predicted: Iterable[Attribution]) -> Comparison:
    """Compare the attributions predicted in a text with gold, aligned one to one.

    If gold has no source, a triple is right if none is predicted, or one that matches `source_alt`; such items are not
    counted for sources. Predictions with neither source nor cue are ignored.
    """
    reader = Reader(text)
    wanted = [(attribution, reader.words(attribution)) for attribution in gold]
    found = [(a, words) for a in predicted if (words := reader.words(a)).cues or words.source]
    aligned = alignment.pairs([words for _, words in wanted], [words for _, words in found])
    alone = set(range(len(found))) - set(aligned.values())
    places = alignment.by_word([words for _, words in wanted])
    outcomes = [
        _unaligned(*found[j], [wanted[i][1] for i in alignment.near(found[j][1], places)]) for j in sorted(alone)
    ]
    for i, (attribution, words) in enumerate(wanted):
        prediction, met = found[aligned[i]] if i in aligned else (None, None)
        if not attribution.optional:
            outcomes.append(Outcome(_what(words, met), attribution, prediction, _counts(words, met)))
        elif prediction:
            outcomes.append(Outcome("left out", attribution, prediction, {}))
    return Comparison(tuple(outcomes), len(reader.starts), not wanted)


def total(comparisons: Iterable[Comparison]) -> Score:
    """The score of several articles, with the same weight for every attribution (micro average)."""
    found = list(comparisons)
    silent = [each for each in found if each.silent]
    return Score(
        measures=_sum(each.counts for each in found),
        articles=len(found),
        words=sum(each.words for each in found),
        spurious=sum(outcome.what == "spurious" for each in found for outcome in each.outcomes),
        silent=len(silent),
        false_alarms=sum(each.counts["cue_overlap"].predicted > 0 for each in silent),
    )


def intervals(comparisons: Iterable[Comparison]) -> dict[str, tuple[float, float]]:
    """The 95 % interval of F1 by measure: 1,000 bootstrap resamples of whole articles, with a fixed seed.

    Raises    ValueError if there are no articles.
    """
    found = [[n for c in each.counts.values() for n in (c.right, c.predicted, c.gold)] for each in comparisons]
    if not found:
        raise ValueError("no article to resample; compare at least one")
    draw = random.Random(SEED)
    f1s: dict[str, list[float]] = {measure: [] for measure in MEASURES}
    for _ in range(RESAMPLES):
        sums = [sum(column) for column in zip(*(draw.choice(found) for _ in found), strict=True)]
        for at, measure in enumerate(MEASURES):
            f1s[measure].append(Counts(*sums[3 * at : 3 * at + 3]).f1)
    low, high = int(0.025 * RESAMPLES), int(0.975 * RESAMPLES) - 1
    return {measure: (ranked[low], ranked[high]) for measure, ranked in ((m, sorted(f)) for m, f in f1s.items())}


def recalls(comparisons: Iterable[Comparison], by: str) -> dict[str, dict[str, Counts]]:
    """Counts by measure for each `kind` or `act` of the required gold attributions, in order of name.

    Only recall is meaningful, since a spurious prediction has no gold kind. Attributions without one are under «none».
    """
    required = [o for each in comparisons for o in each.outcomes if o.gold and not o.gold.optional]
    groups: dict[str, list[dict[str, Counts]]] = {}
    for outcome in required:
        groups.setdefault(getattr(outcome.gold, by) or "none", []).append(outcome.counts)
    return {value: _sum(groups[value]) for value in sorted(groups)}


def _sum(counts: Iterable[dict[str, Counts]]) -> dict[str, Counts]:
    sums = dict.fromkeys(MEASURES, Counts())
    for each in counts:
        for measure, count in each.items():
            sums[measure] += count
    return sums


def _begins(outcome: Outcome) -> int:
    shown = outcome.gold or outcome.predicted
    spans = (shown.source, shown.cue, shown.content) if shown else ()
    return min((span[0] for span in spans if span), default=0)


def _unaligned(prediction: Attribution, words: Words, wanted: list[Words]) -> Outcome:
    if any(gold.meets(words) if gold.optional else gold.carried_by(words) for gold in wanted):
        return Outcome("left out", None, prediction, {})
    return Outcome("spurious", None, prediction, _counts(None, words))


def _what(gold: Words, predicted: Words | None) -> str:
    if predicted is None:
        return "missed"
    if jaccard(gold.content, predicted.content) < HALF:
        return "wrong content"
    return "right" if gold.accepts_source(predicted) else "wrong source"


def _counts(gold: Words | None, predicted: Words | None) -> dict[str, Counts]:
    """The counts that a required gold attribution, a spurious prediction, or a pair of both adds to each measure."""
    right = _right(gold, predicted) if gold and predicted else {}
    found = {}
    for measure in MEASURES:
        expected, counted = gold is not None, predicted is not None
        if measure.startswith("source"):
            expected = bool(gold and gold.source)
            counted = bool(predicted and predicted.source) and (gold is None or expected)
        elif measure == "antecedent":
            expected = bool(gold and not gold.source and gold.other)
            counted = expected and bool(predicted and predicted.names)
        found[measure] = Counts(float(right.get(measure, 0)), int(counted), int(expected))
    return found


def _right(gold: Words, predicted: Words) -> dict[str, float]:
    meets, half = gold.meets(predicted), jaccard(gold.content, predicted.content) >= HALF
    return {
        "triple": half and gold.accepts_source(predicted),
        "cue_exact": meets and gold.same_cue(predicted),
        "cue_overlap": meets,
        "source_exact": bool(gold.source and predicted.source) and predicted.source in (gold.source, gold.other),
        "source_j50": bool(gold.source) and gold.source_overlap(predicted) >= HALF,
        "content_exact": gold.content == predicted.content,
        "content_j50": half,
        "content_dice": dice(gold.content, predicted.content),
        "antecedent": not gold.source and bool(gold.other) and not gold.names.isdisjoint(predicted.names),
    }
