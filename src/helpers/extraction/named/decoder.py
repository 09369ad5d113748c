"""The likeliest labels of a sentence's words: a linear-chain model whose weights are rows of `name_weights.csv`.

Labels say where a name begins (B) and goes on (I), and what it names: P a person, O an institution, G a group; - is none.
The weights are those of a conditional random field (Lafferty, McCallum and Pereira 2001), fitted by `make fit-names`; here the
best path is found (Viterbi 1967). Weights are told against the label -, which weighs nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from helpers.files import csv_rows

LABELS = ("BP", "IP", "BO", "IO", "BG", "IG")
NONE = "-"
COLUMNS = ("feature", *LABELS)
TRANSITION = "label before: "
START = "none"
Vector = tuple[float, float, float, float, float, float]
ZERO: Vector = (0.0,) * 6
MOST = 40.0


class Indexed(Protocol):
    """Scores by the number of a word."""

    def __getitem__(self, at: int) -> Vector: ...


@dataclass(frozen=True)
class Model:
    """Weights by feature, a number a label; `before` by the label before. Sums that come again are kept in `kept`."""

    weights: dict[str, Vector]
    before: dict[str, Vector]
    kept: dict[object, Vector] = field(default_factory=dict)

    def sum(self, features: Iterable[str]) -> Vector:
        """The weights of several features together."""
        get = self.weights.get
        rows = [row for feature in features if (row := get(feature)) is not None]
        if len(rows) < 2:
            return rows[0] if rows else ZERO
        a, b, c, d, e, f = map(sum, zip(*rows, strict=True))
        return a, b, c, d, e, f


def read(path: Path) -> Model:
    """Read the table of weights. Raises InputError for a feature that stands twice, a weight that is no number."""
    weights: dict[str, Vector] = {}
    for row in csv_rows.read(path, COLUMNS):
        if row["feature"] in weights:
            raise row.error(f"feature {row['feature']!r} stands above already; keep one of the two")
        try:
            values = [float(row[label] or 0) for label in LABELS]
        except ValueError:
            raise row.error("a weight is no number; fit anew with `make fit-names`") from None
        if not all(-MOST <= value <= MOST for value in values):
            raise row.error(f"weights are between -{MOST:.0f} and {MOST:.0f}; fit anew with `make fit-names`")
        a, b, c, d, e, f = values
        weights[row["feature"]] = (a, b, c, d, e, f)
    before = {name: weights.pop(TRANSITION + name, ZERO) for name in (NONE, *LABELS)}
    return Model(weights, before)


@dataclass(frozen=True, slots=True)
class Found:
    """Words that the model takes for a name, as a range; `gain` is by how much that is likelier than none, in logits."""

    first: int
    end: int
    kind: str
    gain: float


def gain(scores: Sequence[Vector] | Indexed, first: int, end: int, kind: str, model: Model) -> float:
    """By how much it is likelier that words are a name of a kind than that they are none, in logits."""
    begins, goes_on = LABELS.index(f"B{kind}"), LABELS.index(f"I{kind}")
    found = model.before[NONE][begins] + scores[first][begins]
    label = LABELS[begins]
    for at in range(first + 1, end):
        found += model.before[label][goes_on] + scores[at][goes_on]
        label = LABELS[goes_on]
    return found


def decode(scores: Sequence[Vector], model: Model, bonus: float = 0.0) -> list[Found]:
    """The names among words, by the scores of each label there.

    bonus   what is added where a name begins: the greater, the more are found, the fewer of them right
    """
    if not scores:
        return []
    none, bp, ip, bo, io, bg, ig = (model.before[name] for name in (NONE, *LABELS))
    minus = -1e9
    back: list[tuple[int, int, int, int, int, int, int]] = []
    n0, p0, p1, o0, o1, g0, g1 = 0.0, minus, minus, minus, minus, minus, minus
    starts = [(0, none), (1, bp), (2, ip), (3, bo), (4, io), (5, bg), (6, ig)]
    for s in scores:
        values = (n0, p0, p1, o0, o1, g0, g1)
        to_none = max(range(7), key=values.__getitem__)
        chosen = []
        for label in (0, 2, 4):
            at, top = 0, minus
            for number, row in starts:
                if (value := values[number] + row[label]) > top:
                    at, top = number, value
            chosen.append((at, top + s[label] + bonus))
        a = p0 + bp[1], p1 + ip[1]
        b = o0 + bo[3], o1 + io[3]
        c = g0 + bg[5], g1 + ig[5]
        back.append(
            (
                to_none,
                chosen[0][0],
                1 if a[0] >= a[1] else 2,
                chosen[1][0],
                3 if b[0] >= b[1] else 4,
                chosen[2][0],
                5 if c[0] >= c[1] else 6,
            )
        )
        n0, p0, p1 = values[to_none], chosen[0][1], max(a) + s[1]
        o0, o1, g0, g1 = chosen[1][1], max(b) + s[3], chosen[2][1], max(c) + s[5]
    values = (n0, p0, p1, o0, o1, g0, g1)
    label = max(range(7), key=values.__getitem__)
    labels = [label]
    for row in reversed(back[1:]):
        label = row[label]
        labels.append(label)
    labels.reverse()
    return _names(labels, scores, model)


def _names(labels: Sequence[int], scores: Sequence[Vector], model: Model) -> list[Found]:
    found, at = [], 0
    names = (NONE, *LABELS)
    while at < len(labels):
        if not labels[at]:
            at += 1
            continue
        end = at + 1
        while end < len(labels) and labels[end] and labels[end] % 2 == 0:
            end += 1
        kind = names[labels[at]][1]
        found.append(Found(at, end, kind, gain(scores, at, end, kind, model)))
        at = end
    return found
