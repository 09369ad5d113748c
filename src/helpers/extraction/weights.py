"""Weights of features, in readable tables: each row has a plain phrase and a number, fitted by `make fit`."""

from collections.abc import Collection, Iterable
from itertools import repeat
from pathlib import Path

from msgspec import Struct

from helpers.files import csv_rows

COLUMNS = ("feature", "weight")
HEAVIEST = 20  # largest weight allowed, more than any fitted one


class Weights(Struct, frozen=True, gc=False):
    """Weights by the name of the feature; the weight of a feature without a row is 0."""

    by_feature: dict[str, float]

    def sum(self, features: Iterable[str]) -> float:
        """The sum of the weights of features, in logits."""
        return sum(map(self.by_feature.get, features, repeat(0.0)))


def load(path: Path, known: Collection[str]) -> Weights:
    """Read a table of weights.

    known     the names of all features
    Raises    InputError, naming file and row, for an unknown or repeated feature, or a weight that is not a number.
    """
    found: dict[str, float] = {}
    names = {feature: feature for feature in known}  # the same string objects as in later look-ups, which is faster
    for row in csv_rows.read(path, COLUMNS):
        feature = names.get(row["feature"])
        if feature is None:
            raise row.error(f"there is no feature {row['feature']!r}; remove the row, or fit anew with `make fit`")
        if feature in found:
            raise row.error(f"feature {feature!r} is listed above already; keep one of the two")
        found[feature] = _number(row)
    return Weights(found)


def write(path: Path, weights: Weights) -> None:
    """Write a table of weights, grouped by kind of feature, with two decimals; weights that round to 0 are left out."""
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
