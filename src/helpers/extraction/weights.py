"""What features weigh: tables that a person can read, a plain phrase and a number a row, fitted by `make fit`."""

from collections.abc import Collection, Iterable
from itertools import repeat
from pathlib import Path

from msgspec import Struct

from helpers.files import csv_rows

COLUMNS = ("feature", "weight")
HEAVIEST = 20  # more than any weight that a fit gives


class Weights(Struct, frozen=True, gc=False):
    """Weights by the name of their feature; a feature without a row weighs nothing."""

    by_feature: dict[str, float]

    def sum(self, features: Iterable[str]) -> float:
        """The weight of several features together, in logits."""
        return sum(map(self.by_feature.get, features, repeat(0.0)))


def load(path: Path, known: Collection[str]) -> Weights:
    """Read a table of weights.

    known     the features that there are
    Raises    InputError, naming file and row, for a feature that there is not, one that stands twice, a weight that is no number.
    """
    found: dict[str, float] = {}
    names = {feature: feature for feature in known}  # the very strings that are looked up, which is faster
    for row in csv_rows.read(path, COLUMNS):
        feature = names.get(row["feature"])
        if feature is None:
            raise row.error(f"there is no feature {row['feature']!r}; remove the row, or fit anew with `make fit`")
        if feature in found:
            raise row.error(f"feature {feature!r} is listed above already; keep one of the two")
        found[feature] = _number(row)
    return Weights(found)


def write(path: Path, weights: Weights) -> None:
    """Write a table of weights, those of one feature's kind together, with two decimals; what rounds to nothing is left out."""
    kept = sorted((name, weight) for name, weight in weights.by_feature.items() if abs(weight) >= 0.005)
    csv_rows.write(path, COLUMNS, [(name, f"{weight:.2f}") for name, weight in kept])


def _number(row: csv_rows.Row) -> float:
    try:
        weight = float(row["weight"])
    except ValueError:
        weight = float("nan")
    if not -HEAVIEST <= weight <= HEAVIEST:
        raise row.error(f"weight is {row['weight']!r}; write a number between -{HEAVIEST} and {HEAVIEST}")
    return weight
