"""How far two passes over the same texts agree: spans, words, the columns of matched claims, and every disagreement.

No pass is taken as right. F1 is twice what both have as a share of what the two have together, so it is the same
whichever pass is named first; `metrics` has the same measures of a machine against people.
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
KAPPA = (*LABELS, CREDIBILITY, "source_kind", "reliability", STATUS)  # columns whose values mean the same in both
ALL = (*COLUMNS, STATUS, *OF_SOURCE)
KEPT = "claim"  # of the column `status`: taken for a claim, as found, changed or added
Labels = tuple[str, str, bool]  # what the two have, and whether it is the same


@dataclass(frozen=True)
class Difference:
    """One thing on which two passes differ about a claim.

    what      a role, a column, or CLAIM: only one pass has it
    values    what each says, of a column; of CLAIM, `claim`, `rejected`, or nothing
    spans     the words of each, of a role; else those of the claim's cue and content
    """

    what: str
    claims: tuple[str | None, str | None]
    values: tuple[str, str]
    spans: tuple[tuple[Span, ...], tuple[Span, ...]]


@dataclass(frozen=True)
class Column:
    """How far two passes agree on a column of the claims, or the sources, that match. `kappa` is None where it is not defined."""

    agreed: int
    of: int
    kappa: float | None

    @property
    def share(self) -> float | None:
        """The share on which they agree, 0..1."""
        return self.agreed / self.of if self.of else None


@dataclass(frozen=True)
class Alpha:
    """Krippendorff's alpha over the words of the text, each in a role or not, and how many words each pass has in it."""

    value: float | None
    interval: tuple[float, float] | None
    words: tuple[int, int]


@dataclass(frozen=True)
class Agreement:
    """Two passes over one article."""

    matched: Matched

    @property
    def article_id(self) -> str:
        return self.matched.one.article.article_id

    @property
    def passes(self) -> tuple[Pass, Pass]:
        return self.matched.one, self.matched.other

    @cached_property
    def counts(self) -> dict[str, Counts]:
        """What both have (`right`), what the other has (`predicted`) and what the one has (`gold`), by measure."""
        return _counts(self.matched)

    @cached_property
    def units(self) -> dict[str, list[list[tuple[bool, bool]]]]:
        """For each role, sentence by sentence, whether each word is in it for the one and for the other."""
        return {role: _units(self.matched, role) for role in ROLES}

    @cached_property
    def values(self) -> dict[str, list[Labels]]:
        """What the two have in each column, claim by claim, or source by source.

        `status` is of what both decided on, rejected or not.
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
        """Every difference, in the order of the text."""
        return tuple(_differences(self.matched))


def of(one: Pass, other: Pass) -> Agreement:
    """How far two passes over one article agree."""
    return Agreement(matched.match(one, other))


def counts(found: Iterable[Agreement]) -> dict[str, Counts]:
    """The counts of several articles together, by measure: every claim weighs the same."""
    sums = dict.fromkeys(MEASURES, Counts())
    for each in found:
        for measure, count in each.counts.items():
            sums[measure] += count
    return sums


def alphas(found: Sequence[Agreement]) -> dict[str, Alpha]:
    """Alpha by role over the words of all articles; the interval is of resampled sentences."""
    made = {}
    for role in ROLES:
        sentences = [sentence for each in found for sentence in each.units[role]]
        flat = [unit for sentence in sentences for unit in sentence]
        held = sum(one for one, _ in flat), sum(other for _, other in flat)
        made[role] = Alpha(reliability.alpha(flat), reliability.interval(sentences), held)
    return made


def columns(found: Sequence[Agreement]) -> dict[str, Column]:
    """Agreement on each column, over the matched claims of all articles."""
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
