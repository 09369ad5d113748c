"""Matches the claims of two passes over one text, one to one, and finds the differences between matched claims.

Claims are matched like attributions in `alignment`. Spans are the same if they have the same words, so that proclitics,
quotation marks and a complementiser at the beginning of a content make no difference.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from helpers.evaluation import alignment
from helpers.evaluation.alignment import Reader
from helpers.evaluation.gold_texts import from_claim
from helpers.evaluation.passes import Pass
from helpers.records.claims import Claim
from helpers.records.sources import Source
from helpers.text.articles import Span

ROLES = ("source", "cue", "content", "antecedent")
LABELS = ("kind", "source_via", "modality", "act", "stance")  # columns of a claim with a small set of values
SOURCE, WITHIN, CREDIBILITY, STATUS = "source_id", "within", "credibility", "status"
COLUMNS = (*LABELS, SOURCE, WITHIN, CREDIBILITY)
OF_SOURCE = {  # columns of matched sources, by their names in tables with columns of claims
    "source_kind": "kind",
    "actor_ids": "actor_ids",
    "affiliation_ids": "affiliation_ids",
    "reliability": "reliability",
}
Values = dict[str, tuple[str, str, bool]]  # by column, both values as text, and whether they are the same


@dataclass(frozen=True)
class Pair:
    """Two matched claims, one of each pass; one of them is None if the other has no match."""

    one: Claim | None
    other: Claim | None

    @property
    def both(self) -> tuple[Claim, Claim] | None:
        """Both claims, or None if there is only one."""
        return (self.one, self.other) if self.one and self.other else None

    @property
    def start(self) -> int:
        """The offset of the first span of either claim."""
        return min((span.start for claim in (self.one, self.other) if claim for span in claim.spans), default=0)


def spans(claim: Claim, role: str) -> tuple[Span, ...]:
    """The spans of a role."""
    held: Span | tuple[Span, ...] | None = getattr(claim, role)
    return held if isinstance(held, tuple) else (held,) if held else ()


def words(reader: Reader, claim: Claim, role: str) -> frozenset[int]:
    """The indices of the words of a role."""
    touched = reader.touched((span.start, span.end) for span in spans(claim, role))
    return reader.without_that(touched) if role == "content" else touched


def pairs(reader: Reader, one: Sequence[Claim], other: Sequence[Claim]) -> list[Pair]:
    """Claims matched one to one, the best pairs first; returned in the order of the text, with unmatched claims."""
    found = alignment.pairs(*([reader.words(from_claim(claim)) for claim in claims] for claims in (one, other)))
    taken = set(found.values())
    made = [Pair(claim, other[found[at]] if at in found else None) for at, claim in enumerate(one)]
    made += [Pair(None, claim) for at, claim in enumerate(other) if at not in taken]
    return sorted(made, key=lambda pair: pair.start)


@dataclass(frozen=True)
class Matched:
    """The claims of two passes over one text, matched.

    pairs    pairs of claims that are not rejected
    """

    one: Pass
    other: Pass
    reader: Reader
    pairs: tuple[Pair, ...]

    @cached_property
    def both(self) -> tuple[tuple[Claim, Claim], ...]:
        """The pairs with two claims."""
        return tuple(both for pair in self.pairs if (both := pair.both))

    @cached_property
    def decided(self) -> tuple[Pair, ...]:
        """Pairs on which both passes decided, if at least one rejected the claim."""
        ones = [pair.one for pair in self.pairs if pair.one and not pair.other]
        others = [pair.other for pair in self.pairs if pair.other and not pair.one]
        apart = [*pairs(self.reader, ones, self.other.rejected), *pairs(self.reader, self.one.rejected, others)]
        settled = [pair for pair in apart if pair.both]
        left = [
            [claim for claim in each.rejected if not any(claim in (pair.one, pair.other) for pair in settled)]
            for each in (self.one, self.other)
        ]
        settled += [pair for pair in pairs(self.reader, *left) if pair.both]
        return tuple(sorted(settled, key=lambda pair: pair.start))

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """{source id in the first pass: in the second} of sources that share the most claims, each in one pair."""
        shared = Counter((a.source_id, b.source_id) for a, b in self.both if a.source_id and b.source_id)
        found: dict[str, str] = {}
        for (here, there), _ in shared.most_common():
            if here and there and here not in found and there not in found.values():
                found[here] = there
        return found

    @cached_property
    def outer(self) -> Mapping[str, str]:
        """{claim id in the first pass: in the second} of matched claims."""
        return {a.claim_id: b.claim_id for a, b in self.both}

    def roles(self, a: Claim, b: Claim) -> list[str]:
        """The roles in which two claims have different words."""
        return [role for role in ROLES if words(self.reader, a, role) != words(self.reader, b, role)]

    def values(self, a: Claim, b: Claim) -> Values:
        """The values of two claims in each of COLUMNS; a grade only if both have one."""
        found = {column: _texts(getattr(a, column), getattr(b, column)) for column in LABELS}
        found[SOURCE] = (a.source_id or "", b.source_id or "", self._same(self.sources, a.source_id, b.source_id))
        within = _outer(a, self.one), _outer(b, self.other)
        found[WITHIN] = (within[0] or "", within[1] or "", self._same(self.outer, *within))
        if a.credibility and b.credibility:
            found[CREDIBILITY] = _texts(a.credibility, b.credibility)
        return found

    @cached_property
    def source_values(self) -> dict[tuple[str, str], Values]:
        """The values of matched sources in each of OF_SOURCE, by the ids of the claims in which both first speak."""
        ours, theirs = ({s.source_id: s for s in each.annotations.sources} for each in (self.one, self.other))
        found: dict[tuple[str, str], Values] = {}
        seen = set()
        for a, b in self.both:
            here, there = ours.get(a.source_id or ""), theirs.get(b.source_id or "")
            if here and there and here.source_id not in seen and self.sources.get(here.source_id) == there.source_id:
                seen.add(here.source_id)
                found[a.claim_id, b.claim_id] = compared(here, there)
        return found

    @staticmethod
    def _same(which: Mapping[str, str], here: str | None, there: str | None) -> bool:
        return here is there is None or (here is not None and which.get(here) == there)


def compared(a: Source, b: Source) -> Values:
    """The values of two sources in each of OF_SOURCE; a grade only if both have one."""
    found = {}
    for column, field in OF_SOURCE.items():
        ours, theirs = getattr(a, field), getattr(b, field)
        if isinstance(ours, tuple):
            ours, theirs = " ".join(sorted(ours)), " ".join(sorted(theirs))
        if column != "reliability" or (ours and theirs):
            found[column] = _texts(ours, theirs)
    return found


def match(one: Pass, other: Pass) -> Matched:
    """Match the claims of two passes over one text."""
    reader = Reader(one.article.text)
    return Matched(one, other, reader, tuple(pairs(reader, one.claims, other.claims)))


def _texts(a: object, b: object) -> tuple[str, str, bool]:
    return "" if a is None else str(a), "" if b is None else str(b), a == b


def _outer(claim: Claim, of: Pass) -> str | None:
    """The id of the nearest claim around one that the pass did not reject, or None."""
    by_id = {each.claim_id: each for each in of.annotations.claims}
    kept = {each.claim_id for each in of.claims}
    outer = claim.within
    while outer and outer not in kept:
        outer = by_id[outer].within if outer in by_id else None
    return outer


def of_claims(reader: Reader, claims: Iterable[Claim], role: str) -> frozenset[int]:
    """The indices of words that have a role in any of the claims."""
    return frozenset().union(*(words(reader, claim, role) for claim in claims))
