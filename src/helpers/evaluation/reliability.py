"""Krippendorff's alpha for nominal labels: the agreement of annotators beyond chance.

After Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": any number of annotators; labels can be
missing.
"""

import random
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

Unit = Sequence[Hashable]  # the labels of one unit, one per annotator; None if an annotator gave none
RESAMPLES = 1000
SEED = 7


def alpha(units: Iterable[Unit]) -> float | None:
    """Alpha of units: 1 for full agreement, 0 for agreement by chance, below 0 if worse than chance.

    Returns   None if it is not defined: fewer than two different labels, or no unit with two labels.
    """
    return _alpha(*_counted(units))


def interval(groups: Iterable[Iterable[Unit]]) -> tuple[float, float] | None:
    """The 95 % interval of alpha: 1,000 bootstrap resamples of whole groups of units, with a fixed seed.

    groups    units that belong together, such as the words of a sentence
    Returns   None if alpha is defined in no resample; resamples in which it is not are skipped.
    """
    counted = [each for each in map(_counted, groups) if each[1]]
    labels = list(dict.fromkeys(label for _, labels in counted for label in labels))
    rows = [(apart, *(per_label[label] for label in labels)) for apart, per_label in counted]
    draw, found = random.Random(SEED), []
    for _ in range(RESAMPLES if rows else 0):
        apart, *per_label = (sum(column) for column in zip(*draw.choices(rows, k=len(rows)), strict=True))
        value = _alpha(apart, dict(enumerate(per_label)))
        if value is not None:
            found.append(value)
    found.sort()
    return (found[int(0.025 * len(found))], found[max(int(0.975 * len(found)) - 1, 0)]) if found else None


def _counted(units: Iterable[Unit]) -> tuple[float, Counter[Hashable]]:
    """(observed disagreement of pairs of labels within units, number of uses of each label), in units with two or more."""
    apart, labels = 0.0, Counter[Hashable]()
    for unit in units:
        given = Counter(label for label in unit if label is not None)
        size = given.total()
        if size > 1:
            labels += given
            apart += sum(n * (size - n) for n in given.values()) / (size - 1)
    return apart, labels


def _alpha(apart: float, labels: "Counter[Hashable] | dict[int, int]") -> float | None:
    everything = sum(labels.values())
    expected = everything**2 - sum(n * n for n in labels.values())
    return 1 - (everything - 1) * apart / expected if expected else None
