"""How often a claim of a rule is right: counted on articles that the rules were not written on, kept in `confidence.csv`."""

from dataclasses import dataclass
from pathlib import Path

from helpers.extraction.drafts import Draft
from helpers.files import csv_rows, paths

COLUMNS = ("rule", "source", "right", "of")
PRIOR = 6  # claims of the wider kind that a rule of few claims is mixed with


@dataclass(frozen=True)
class Confidence:
    """The share of right claims: by rule and how its source is known, by what opens the content, over all."""

    by_rule: dict[tuple[str, str], float]
    by_opening: dict[str, float]
    overall: float

    def of(self, draft: Draft) -> float:
        """The confidence of a claim: the share of claims of its rule that were right where they were counted."""
        known = "stated" if draft.source else "inherited" if draft.antecedent else "unresolved"
        found = self.by_rule.get((draft.rule, known))
        return self.by_opening.get(_opening(draft.rule), self.overall) if found is None else found


def load(path: Path | None = None) -> Confidence:
    """Read `confidence.csv`. A rule of few claims is drawn to what opens its content, that to the share of all.

    The drawing is additive smoothing with PRIOR claims of the wider kind (Laplace's rule of succession, generalised).
    Raises    InputError for counts that cannot be.
    """
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    openings: dict[str, tuple[int, int]] = {}
    for row in csv_rows.read(path or paths.lexicon("confidence.csv"), COLUMNS):
        right, of = row.whole("right"), row.whole("of")
        if not right <= of or of == 0:
            raise row.error(f"{right} right of {of}; write how many of how many")
        counts[row["rule"], row["source"]] = right, of
        before = openings.get(_opening(row["rule"]), (0, 0))
        openings[_opening(row["rule"])] = before[0] + right, before[1] + of
    overall = sum(right for right, _ in counts.values()) / sum(of for _, of in counts.values())
    by_opening = {opening: _drawn(right, of, overall) for opening, (right, of) in openings.items()}
    by_rule = {key: _drawn(right, of, by_opening[_opening(key[0])]) for key, (right, of) in counts.items()}
    return Confidence(by_rule, by_opening, round(overall, 2))


def _opening(rule: str) -> str:
    """What opens the content, which a rule's name ends with: that, quotation, colon, object, after …"""
    return rule.rpartition("-")[2]


def _drawn(right: int, of: int, wider: float) -> float:
    return round((right + PRIOR * wider) / (of + PRIOR), 2)
