"""The most likely labels of a sentence's words, by a linear-chain model whose weights are rows of `name_weights.csv`.

Labels say where a name begins (B) and continues (I), and what it names: P a person, O an institution, G a group; - is
no name. The weights are those of a conditional random field (Lafferty, McCallum and Pereira 2001), fitted by `make
fit-names`; the best path is found here (Viterbi 1967). Weights are relative to the label -, whose weight is 0.

Weights of features are added for six labels at once: the six numbers are in one integer, each in hundredths of a logit
in a lane of 21 bits (`Packed`). The weights that a word contributes to itself and to the two words on each side are
also in one integer, five such groups of six (`Row`), so that scoring a text takes one addition per word.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from helpers.files import csv_rows
from helpers.files.errors import InputError

LABELS = ("BP", "IP", "BO", "IO", "BG", "IG")
NONE = "-"
NAME_KINDS = "POG"
COLUMNS = ("feature", *LABELS)
TRANSITION = "label before: "
Packed = int  # hundredths of logits, one lane per label
Row = int  # five of them: contributions of a word to the words at -2, -1, 0, +1 and +2 from it
Numbers = Sequence[int]
UNIT = 100
LANE = 21
MASK = (1 << LANE) - 1
HALF = 1 << (LANE - 1)
THREE = 3 * LANE
SIX = 6 * LANE
LANES = (1 << SIX) - 1
ZEROS = sum(HALF << (LANE * at) for at in range(len(LABELS)))  # added to make every lane positive before it is read
SIGNS = ZEROS
ONES = sum(1 << (LANE * at) for at in range(len(LABELS)))
FIT = "fit anew with `make fit-names`"
PLACES = {"2": 0, "1": SIX, "0": 2 * SIX, "-1": 3 * SIX, "-2": 4 * SIX}  # by distance to the word with the feature
HEAVIEST = 20.0  # larger than any fitted weight; at most 65 such weights are added for one word
LOW = sum(1 << (LANE * at + 17) for at in range(len(LABELS)))  # added to make every lane of a word positive
ROW = sum(LOW << place for place in PLACES.values())  # the same for each distance
IMPOSSIBLE = -(10**9)


def packed(numbers: Iterable[float]) -> Packed:
    """Six weights in logits as one integer."""
    return sum([round(number * UNIT) << (LANE * at) for at, number in enumerate(numbers) if number])


def unpacked(scores: Packed) -> list[int]:
    """The six numbers in a packed integer, in hundredths of a logit.

    >>> unpacked(packed((1, -2, 0, 0.5, 0, -40)) + packed((1, 1, 0, 0, 0, 0)))
    [200, -100, 0, 50, 0, -4000]
    """
    scores += ZEROS
    more = scores >> THREE
    return [
        (scores & MASK) - HALF,
        (scores >> LANE & MASK) - HALF,
        (scores >> 2 * LANE & MASK) - HALF,
        (more & MASK) - HALF,
        (more >> LANE & MASK) - HALF,
        (more >> 2 * LANE) - HALF,
    ]


def at_least(numbers: Iterable[float]) -> int:
    """A number that, added to scores, leaves a bit of `SIGNS` set for each label whose score is at least these logits."""
    return ZEROS - packed(numbers)


def signs(*labels: int) -> int:
    """The bits of `SIGNS` for labels, given by number."""
    return sum(HALF << (LANE * label) for label in labels)


@dataclass(frozen=True)
class Model:
    """Weights by feature, and transition weights of a label by the label before it (`before`), in hundredths of a logit.

    around   weights for neighbouring words, by feature
    """

    weights: dict[str, Packed]
    before: dict[str, list[int]]
    around: dict[str, Row] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for feature, weight in self.weights.items():
            where, _, what = feature.partition(" ")
            if where in PLACES:
                self.around[what] = self.around.get(what, 0) + (weight << PLACES[where])

    @cached_property
    def most(self) -> tuple[list[int], list[int]]:
        """The largest transition weights for beginning a name of each kind, and for continuing it."""
        rows = list(self.before.values())
        within = [(self.before[f"B{kind}"], self.before[f"I{kind}"]) for kind in "POG"]
        begin = [max(row[at] for row in rows) for at in (0, 2, 4)]
        return begin, [max(row[2 * at + 1] for row in pair) for at, pair in enumerate(within)]

    @cached_property
    def chain(self) -> tuple[list[tuple[int, int, int]], int, list[tuple[int, int]]]:
        """The transition weights in the form needed for decoding.

        Returns   for each kind, the weights of beginning a name after no name and after each label; the most by which
                  these are larger after a label than after no name; for each kind, the weights of continuing a name
                  after its first word, and after a later one
        """
        behind = [(row[0], row[2], row[4]) for row in (self.before[name] for name in (NONE, *LABELS))]
        most = max(weight - none for row in behind for weight, none in zip(row, behind[0], strict=True))
        within = [
            (self.before[f"B{kind}"][at], self.before[f"I{kind}"][at])
            for kind, at in zip("POG", (1, 3, 5), strict=True)
        ]
        return behind, most, within

    def alone(self, bonus: float) -> int:
        """A number that, added to scores, leaves a bit of `BEGIN_SIGNS` set if a single word is more likely a name than not."""
        return ZEROS + self._first + (round(bonus * UNIT) - 1) * ONES

    @cached_property
    def _first(self) -> Packed:
        """The weights of labels after no name."""
        return sum([weight << (LANE * at) for at, weight in enumerate(self.before[NONE])])

    def sum(self, features: Iterable[str]) -> Packed:
        """The sum of the weights of features."""
        get = self.weights.get
        return sum([get(feature, 0) for feature in features])

    def of_word(self, features: Iterable[str]) -> Row:
        """The weights that the features of one word contribute to it and its neighbours; ROW if they are all 0."""
        get = self.around.get
        return sum([get(feature, 0) for feature in features], ROW)


def load(path: Path) -> Model:
    """Read the table of weights. Raises InputError for a repeated feature, or a weight that is not a number."""
    weights: dict[str, Packed] = {}
    for number, (feature, *cells) in csv_rows.values(path, COLUMNS):
        if feature in weights:
            raise InputError(f"{path}: row {number}: feature {feature!r} is listed above already; keep one of the two")
        try:
            values = [float(cell) if cell else 0.0 for cell in cells]
        except ValueError:
            raise InputError(f"{path}: row {number}: a weight is not a number; {FIT}") from None
        if not (min(values) >= -HEAVIEST and max(values) <= HEAVIEST) or not isfinite(sum(values)):
            said = f"weights are between -{HEAVIEST:.0f} and {HEAVIEST:.0f}"
            raise InputError(f"{path}: row {number}: {said}; {FIT}")
        weights[feature] = packed(values)
    before = {name: unpacked(weights.pop(TRANSITION + name, 0)) for name in (NONE, *LABELS)}
    return Model(weights, before)


class Found(Struct, frozen=True, gc=False):
    """A name found by the model, as a range of words; `gain` is how much more likely it is than no name, in logits."""

    first: int
    end: int
    kind: str
    gain: float


class Indexed(Protocol):
    """Scores by the index of a word."""

    def __getitem__(self, at: int) -> Numbers: ...


def gain(scores: Sequence[Numbers] | Indexed, first: int, end: int, kind: str, model: Model) -> float:
    """How much more likely it is that words are a name of a kind than that they are not, in logits."""
    begins = NAME_KINDS.index(kind) * 2
    found = model.before[NONE][begins] + scores[first][begins]
    if end - first > 1:
        goes_on = begins + 1
        found += model.before[LABELS[begins]][goes_on] + model.before[LABELS[goes_on]][goes_on] * (end - first - 2)
        for at in range(first + 1, end):
            found += scores[at][goes_on]
    return found / UNIT


def decode(scores: Sequence[Numbers], model: Model, bonus: float = 0.0) -> list[Found]:
    """The names among words, given the scores of each label; there is no name before the first or after the last word.

    bonus   added to the score of beginning a name: the larger, the higher the recall and the lower the precision
    """
    more = round(bonus * UNIT)
    if len(scores) == 1:
        return _alone(scores[0], model, more)
    if not _possible(scores, model, more):
        return []
    behind, most, ((second_p, later_p), (second_o, later_o), (second_g, later_g)) = model.chain
    first_p, first_o, first_g = behind[0]
    none, others = 0, (IMPOSSIBLE,) * 6
    back: list[tuple[int, ...]] = []
    for begins_p, in_p, begins_o, in_o, begins_g, in_g in scores:
        top = max(others)
        best = others.index(top) + 1 if top > none else 0
        p, o, g = none + first_p, none + first_o, none + first_g
        from_p = from_o = from_g = 0
        if top + most > none:  # else no name begins directly after another
            for label, value in enumerate(others, 1):
                if value + most > none:
                    behind_p, behind_o, behind_g = behind[label]
                    if value + behind_p > p:
                        p, from_p = value + behind_p, label
                    if value + behind_o > o:
                        o, from_o = value + behind_o, label
                    if value + behind_g > g:
                        g, from_g = value + behind_g, label
        bp, ip, bo, io, bg, ig = others
        bp, ip, bo, io, bg, ig = bp + second_p, ip + later_p, bo + second_o, io + later_o, bg + second_g, ig + later_g
        back.append((best, from_p, 1 + (ip > bp), from_o, 3 + (io > bo), from_g, 5 + (ig > bg)))
        others = (
            p + more + begins_p,
            (ip if ip > bp else bp) + in_p,
            o + more + begins_o,
            (io if io > bo else bo) + in_o,
            g + more + begins_g,
            (ig if ig > bg else bg) + in_g,
        )
        none = top if best else none
    values = (none, *others)
    label = values.index(max(values))
    if not label and not values[0]:
        return []  # no name is more likely than no name
    labels = []
    for came in reversed(back):
        labels.append(label)
        label = came[label]
    labels.reverse()
    return _names(labels, scores, model)


def _possible(scores: Sequence[Numbers], model: Model, more: int) -> bool:
    """Whether any path with a name can be the most likely, by a bound that is quick to compute."""
    (bp, bo, bg), (ip, io, ig) = model.most
    reached = IMPOSSIBLE
    for p0, p1, o0, o1, g0, g1 in scores:
        begun = max(p0 + bp, o0 + bo, g0 + bg) + more
        reached += max(p1 + ip, o1 + io, g1 + ig)
        if begun > reached:
            reached = begun
        if reached > 0:
            return True
    return False


def _alone(score: Numbers, model: Model, more: int) -> list[Found]:
    """The name in a sequence of only one word."""
    begins = model.before[NONE]
    top, label = score[0] + begins[0], 0
    for other in (2, 4):
        if score[other] + begins[other] > top:
            top, label = score[other] + begins[other], other
    return [Found(0, 1, LABELS[label][1], top / UNIT)] if top + more > 0 else []


def _names(labels: Sequence[int], scores: Sequence[Numbers], model: Model) -> list[Found]:
    found, at = [], 0
    while at < len(labels):
        if not labels[at]:
            at += 1
            continue
        end = at + 1
        while end < len(labels) and labels[end] and labels[end] % 2 == 0:
            end += 1
        kind = LABELS[labels[at] - 1][1]
        found.append(Found(at, end, kind, gain(scores, at, end, kind, model)))
        at = end
    return found
