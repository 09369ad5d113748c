"""The agreement of two passes over the same texts: spans, words, columns of matched claims, and all disagreements.

Neither pass is gold. F1 is symmetric: twice what both have, divided by the sum of what each has. `metrics` has the same
measures for a machine against people.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from helpers.evaluation import matched, metrics, reliability
from helpers.evaluation.alignment import HALF, jaccard
from helpers.evaluation.matched import COLUMNS, CREDIBILITY, LABELS, OF_SOURCE, ROLES, STATUS, Matched, Values, words
from helpers.evaluation.metrics import Counts
from helpers.evaluation.passes import Pass
from helpers.records.claims import REJECTED, Claim
from helpers.text.articles import Span

CLAIM = "claim"
MEASURES = {
    CLAIM: "both have a claim there: the cues share a word, or the contents overlap by half (Dice of 0.5 or more)",
    **{f"{role}_exact": f"the {role}s of two matched claims are the same words" for role in ROLES},
    **{f"{role}_overlap": f"they overlap by half (Jaccard of 0.5 or more): {role}" for role in ROLES},
    "cue_overlap": "the cues share a word",
}
KAPPA = (*LABELS, CREDIBILITY, "source_kind", "reliability", STATUS)  # columns for which kappa is computed
ALL = (*COLUMNS, STATUS, *OF_SOURCE)
KEPT = "claim"  # value in the column `status`: a claim, accepted, changed or added
Labels = tuple[str, str, bool]  # the values of both passes, and whether they are the same


@dataclass(frozen=True)
class Difference:
    """One disagreement of two passes on a claim.

    what      a role, a column, or CLAIM: only one pass has the claim
    values    for a column, the value of each pass; for CLAIM, `claim`, `rejected`, or empty
    spans     for a role, the spans of each pass; else those of the claim's cue and content
    """

    what: str
    claims: tuple[str | None, str | None]
    values: tuple[str, str]
    spans: tuple[tuple[Span, ...], tuple[Span, ...]]


@dataclass(frozen=True)
class Column:
    """Agreement on a column of the matched claims or sources. `kappa` is None if it is not defined."""

    agreed: int
    of: int
    kappa: float | None

    @property
    def share(self) -> float | None:
        """The share on which they agree, 0..1."""
        return self.agreed / self.of if self.of else None


@dataclass(frozen=True)
class Alpha:
    """Krippendorff's alpha over all words of the text, each in a role or not; and the number of words of each pass in it."""

    value: float | None
    interval: tuple[float, float] | None
    words: tuple[int, int]


@dataclass(frozen=True)
class Agreement:
    """The agreement of two passes over one article."""

    matched: Matched

    @property
    def article_id(self) -> str:
        return self.matched.one.article.article_id

    @property
    def passes(self) -> tuple[Pass, Pass]:
        return self.matched.one, self.matched.other

    @cached_property
    def counts(self) -> dict[str, Counts]:
        """Counts by measure: what both passes have (`right`), what the second (`predicted`) and the first have (`gold`)."""
        return _counts(self.matched)

    @cached_property
    def units(self) -> dict[str, list[list[tuple[bool, bool]]]]:
        """For each role, by sentence, per word: (whether it is in the role in the first pass, in the second)."""
        return {role: _units(self.matched, role) for role in ROLES}

    @cached_property
    def values(self) -> dict[str, list[Labels]]:
        """The values of both passes in each column, per claim or source.

        `status` is only for claims on which both decided, rejected or not.
        """
        found: dict[str, list[Labels]] = {column: [] for column in ALL}
        rows = [self.matched.values(a, b) for a, b in self.matched.both]
        for row in (*rows, *self.matched.source_values.values()):
            for column, values in row.items():
                found[column].append(values)
        for a, b in (*self.matched.both, *(pair.both for pair in self.matched.decided if pair.both)):
            found[STATUS].append((_status(a), _status(b), _status(a) == _status(b)))
        return found

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """All differences, in the order of the text."""
        return tuple(_differences(self.matched))


def of(one: Pass, other: Pass) -> Agreement:
    """Compare two passes over one article."""
    return Agreement(matched.match(one, other))


def counts(found: Iterable[Agreement]) -> dict[str, Counts]:
    """The counts of several articles together, by measure (micro average)."""
    sums = dict.fromkeys(MEASURES, Counts())
    for each in found:
        for measure, count in each.counts.items():
            sums[measure] += count
    return sums


def alphas(found: Sequence[Agreement]) -> dict[str, Alpha]:
    """Alpha by role over the words of all articles; its interval is a bootstrap over sentences."""
    made = {}
    for role in ROLES:
        sentences = [sentence for each in found for sentence in each.units[role]]
        flat = [unit for sentence in sentences for unit in sentence]
        held = sum(one for one, _ in flat), sum(other for _, other in flat)
        made[role] = Alpha(reliability.alpha(flat), reliability.interval(sentences), held)
    return made


def columns(found: Sequence[Agreement]) -> dict[str, Column]:
    """The agreement on each column, over the matched claims of all articles."""
    made = {}
    for column in ALL:
        values = [each for one in found for each in one.values[column]]
        labels = sorted({label for a, b, _ in values for label in (a, b)})
        seen = Counter((a, b) for a, b, _ in values)
        kappa = metrics.kappa([[seen[a, b] for b in labels] for a in labels]) if column in KAPPA else None
        made[column] = Column(sum(same for *_, same in values), len(values), kappa)
    return made


def _status(claim: Claim) -> str:
    return REJECTED if claim.rejected else KEPT


def _counts(of: Matched) -> dict[str, Counts]:
    found = dict.fromkeys(MEASURES, Counts())
    for pair in of.pairs:
        found[CLAIM] += Counts(pair.both is not None, pair.other is not None, pair.one is not None)
        for role in ROLES:
            ours, theirs = (words(of.reader, c, role) if c else frozenset() for c in (pair.one, pair.other))
            meet = bool(ours & theirs) if role == "cue" else jaccard(ours, theirs) >= HALF
            for measure, right in ((f"{role}_exact", bool(ours) and ours == theirs), (f"{role}_overlap", meet)):
                found[measure] += Counts(right, bool(theirs), bool(ours))
    return found


def _units(of: Matched, role: str) -> list[list[tuple[bool, bool]]]:
    ours, theirs = (matched.of_claims(of.reader, each.claims, role) for each in (of.one, of.other))
    starts = [sentence.start for sentence in of.one.article.sentences]
    found: list[list[tuple[bool, bool]]] = [[] for _ in range(len(starts) + 1)]
    for at, start in enumerate(of.reader.starts):
        found[bisect_right(starts, start)].append((at in ours, at in theirs))
    return [sentence for sentence in found if sentence]


def _differences(of: Matched) -> Iterable[Difference]:
    rejected = {id(pair.one): pair for pair in of.decided} | {id(pair.other): pair for pair in of.decided}
    for pair in of.pairs:
        a, b = pair.one, pair.other
        if a is None or b is None:
            settled = rejected.get(id(a or b), pair)
            there = settled.one, settled.other
            said = tuple(_status(claim) if claim else "" for claim in there)
            ids = tuple(claim.claim_id if claim else None for claim in there)
            held = tuple((*claim.cue, *claim.content) if claim else () for claim in (a, b))
            yield Difference(CLAIM, (ids[0], ids[1]), (said[0], said[1]), (held[0], held[1]))
            continue
        here = a.claim_id, b.claim_id
        for role in of.roles(a, b):
            yield Difference(role, here, ("", ""), (matched.spans(a, role), matched.spans(b, role)))
        of_source: Values = of.source_values.get(here, {})
        for column, (ours, theirs, same) in (of.values(a, b) | of_source).items():
            if not same:
                yield Difference(column, here, (ours, theirs), ((*a.cue, *a.content), (*b.cue, *b.content)))
