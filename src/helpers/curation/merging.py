"""Two passes over one article made one: what they agree on decided, what they differ on kept from both and left to decide.

An agreed claim is as the first pass has it, and of both annotators. Where two passes differ on a claim both rows stay,
`unreviewed`, with a note of who said what; somebody accepts the one and rejects the other. Where one grade differs from
another neither stays, and the note has both.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct, structs

from helpers.annotation import draft, folder, remark_rows
from helpers.annotation.load import Annotations
from helpers.evaluation import matched
from helpers.evaluation.matched import LABELS, SOURCE, WITHIN, Matched, Pair
from helpers.evaluation.passes import Pass
from helpers.files import csv_rows
from helpers.files.errors import InputError
from helpers.records.claims import ACCEPTED, CHANGED, REJECTED, UNREVIEWED, Claim
from helpers.records.curated import PROJECT
from helpers.records.mentions import Mention
from helpers.records.sources import Source

NONE = "does not have it"
IDENTITY = ("source_kind", "actor_ids", "affiliation_ids")  # of a source: who or what it is


class Merged(Struct, frozen=True):
    """Two passes in one, and the ids that the second's claims have in it.

    decide    how many claims are to be decided
    """

    annotations: Annotations
    ids: dict[str, str]

    @property
    def decide(self) -> int:
        return sum(claim.attributed and not claim.decided for claim in self.annotations.claims)


def merged(of: Matched) -> Merged:
    """Two passes in one.

    Raises    InputError where words of a pass are not in the text any more: they are to be placed first.
    """
    for each in (of.one, of.other):
        if each.annotations.lost:
            raise InputError(f"{each.where}: words of its claims are no longer in the text; place them, then merge")
    return _Merging(of).done()


def save(of: Matched, where: Path) -> Merged:
    """Write two passes as one new folder of annotations.

    Oddities and events are those of the first pass, where it has any, else of the second.
    Raises    InputError where there is something already, or a pass cannot be merged.
    """
    found = merged(of)
    both = [str(each.where) for each in (of.one, of.other)]
    draft.new(where, of.one.article, found.annotations, False, partial(_others, of, found), merged_from=both)
    return found


def _others(of: Matched, found: Merged, where: Path) -> None:
    """Write the oddities and events of the first pass that has any."""
    for name, columns in ((folder.ODDITIES, remark_rows.ODDITY_COLUMNS), (folder.EVENTS, remark_rows.EVENT_COLUMNS)):
        for number, each in enumerate((of.one, of.other)):
            path = folder.file(each.where, name)
            if path.is_file():
                ids = found.ids if number else {}
                optional = tuple(column for column in columns if column in ("start", "end", "exact", "note"))
                rows = [_renamed(row.values, ids) for row in csv_rows.read(path, columns, optional=optional)]
                csv_rows.write(where / name, columns, [[row[column] for column in columns] for row in rows])
                break


def _renamed(row: Mapping[str, str], ids: Mapping[str, str]) -> dict[str, str]:
    """A row of events with the claims as they are called in the merged folder."""
    claims = row.get("claim_ids", "").split()
    return {**row, "claim_ids": " ".join(ids.get(claim, claim) for claim in claims)}


class _Merging:
    """The rows that come of two passes, while they are collected."""

    def __init__(self, of: Matched) -> None:
        self.of = of
        self.names = _names(of.one, of.other)
        self.claims: dict[str, Claim] = {}
        self.ids: dict[str, str] = {}  # of the other's claims, as they are called here
        self.apart: dict[str, str] = {}  # of the one's claims on which they differ, what the other's is called
        self.second: set[str] = set()  # what is of the second pass, as it is called here
        self.taken = {claim.claim_id for claim in of.one.annotations.claims}
        self.same = _same_sources(of)
        self.source_ids = {theirs: ours for ours, theirs in self.same.items()}

    def done(self) -> Merged:
        for pair in self._pairs():
            self._add(pair)
        self._nest()
        sources = self._sources()
        return Merged(Annotations(tuple(self.claims.values()), sources, self._mentions()), self.ids)

    def _pairs(self) -> Iterable[Pair]:
        """All claims of the two, matched: what both decided on, then what one did not."""
        of, one, other = self.of, self.of.one.annotations.claims, self.of.other.annotations.claims
        settled = [pair for pair in (*of.pairs, *of.decided) if pair.both]
        yield from settled
        seen = {id(claim) for pair in settled for claim in (pair.one, pair.other)}
        for attributed in (True, False):
            left = [[c for c in claims if c.attributed == attributed and id(c) not in seen] for claims in (one, other)]
            yield from matched.pairs(of.reader, *left)

    def _add(self, pair: Pair) -> None:
        if not pair.both:
            number, claim = (0, pair.one) if pair.one else (1, pair.other)
            assert claim  # a pair has one
            self._alone(number, claim)
            return
        a, b = pair.both
        settled = [claim for claim in pair.both if claim.decided]
        kept = [claim for claim in settled if not claim.rejected]
        if len(kept) == 2 or not settled:
            differ = self._differ(a, b)
            if differ:
                self._both(a, b, differ)
            elif kept:
                self._put(0, _agreed(a, b, self.names), other=b)
            else:
                self._put(0, a, other=b)
        elif len(settled) == 2 and not kept:
            self._put(0, _agreed(a, b, self.names), other=b)
        else:
            said = "; ".join(f"{name}: {claim.status}" for name, claim in zip(self.names, (a, b), strict=True))
            better = (kept or settled)[0]
            self._put(int(better is b), self._open(better, said), a.claim_id, other=b)

    def _alone(self, number: int, claim: Claim) -> None:
        """A claim that only one pass has. One that is rejected, or that nobody decided on, stays as it is."""
        both_speak = all(
            any(not c.attributed for c in each.annotations.claims) for each in (self.of.one, self.of.other)
        )
        if claim.decided and not claim.rejected and (claim.attributed or both_speak):
            said = [f"{name}: {NONE}" for name in self.names]
            said[number] = f"{self.names[number]}: {claim.status}"
            claim = self._open(claim, "; ".join(said))
        self._put(number, claim, other=claim if number else None)

    def _both(self, a: Claim, b: Claim, differ: Sequence[str]) -> None:
        """Two claims that match and are not the same: both, each to be decided."""
        said = f"differs in {', '.join(differ)}"
        if not (a.decided or b.decided):  # as the machine has them
            self._put(0, a)
            self._put(1, b, other=b)
        else:
            ours, theirs = self.names
            here = self._put(0, a)
            there = self._put(1, b, other=b)
            self.claims[here] = self._open(a, f"{ours}: this; {theirs}: {there}, which {said}", here)
            self.claims[there] = self._open(self.claims[there], f"{theirs}: this; {ours}: {here}, which {said}", there)
        self.apart[a.claim_id] = self.ids[b.claim_id]

    def _differ(self, a: Claim, b: Claim) -> list[str]:
        """The roles and columns in which two claims are not the same."""
        columns = [name for name in LABELS if getattr(a, name) != getattr(b, name)]
        ours, theirs = a.source_id, b.source_id
        if (ours is None) != (theirs is None) or (theirs and self.source_ids.get(theirs) != ours):
            columns.append(SOURCE)
        values = self.of.values(a, b)
        return [*self.of.roles(a, b), *columns, *([WITHIN] if not values[WITHIN][2] else [])]

    def _open(self, claim: Claim, said: str, claim_id: str = "") -> Claim:
        """A claim to be decided: it is its annotator's proposal."""
        return structs.replace(
            claim, claim_id=claim_id or claim.claim_id, status=UNREVIEWED, note=_noted(claim.note, said)
        )

    def _put(self, number: int, claim: Claim, claim_id: str = "", other: Claim | None = None) -> str:
        """Take a claim of a pass, under a name that is free; `other` is what it stands for of the second pass."""
        named = claim_id or (claim.claim_id if not number else _free(claim.claim_id, self.taken))
        if number:
            source_id = claim.source_id and self._source_id(claim.source_id)
            claim = structs.replace(claim, source_id=source_id)
        # `within` of the second pass is named anew when all claims have their names.
        self.claims[named] = structs.replace(claim, claim_id=named)
        self.second |= {named} if number else set()
        if other:
            self.ids[other.claim_id] = named
        return named

    def _source_id(self, theirs: str) -> str:
        """A source of the second pass as it is called here."""
        if theirs not in self.source_ids:
            ours = {source.source_id for source in self.of.one.annotations.sources} | set(self.source_ids.values())
            self.source_ids[theirs] = _free(theirs, ours)
        return self.source_ids[theirs]

    def _nest(self) -> None:
        """Name outer claims anew; what both say, within claims on which they differ, is to be decided with those."""
        for claim_id in self.second:
            claim = self.claims[claim_id]
            self.claims[claim_id] = structs.replace(claim, within=self.ids.get(claim.within or ""))
        for claim_id, claim in list(self.claims.items()):
            if claim.decided and not claim.rejected and claim.within in self.apart:
                outer = f"{claim.within} or {self.apart[claim.within]}"
                self.claims[claim_id] = self._open(claim, f"both have it, within {outer}, on which they differ")
        for claim_id in list(self.claims):
            self._uncircled(claim_id)

    def _uncircled(self, claim_id: str) -> None:
        """Take a claim out of a chain that leads back to it, as two chains can where one pass rejected what is in them."""
        seen, at = {claim_id}, self.claims[claim_id].within
        while at and at not in seen:
            seen.add(at)
            at = self.claims[at].within
        if at == claim_id:
            self.claims[claim_id] = structs.replace(self.claims[claim_id], within=None)

    def _sources(self) -> tuple[Source, ...]:
        """The sources of the first pass, then those that only the second has; what they differ on opens a claim."""
        theirs = {source.source_id: source for source in self.of.other.annotations.sources}
        found = []
        for source in self.of.one.annotations.sources:
            other = theirs.get(self.same.get(source.source_id, ""))
            found.append(self._source(source, other) if other else source)
        used = {claim.source_id for claim in self.claims.values()}
        new = [s for s in theirs.values() if s.source_id not in self.same.values()]
        renamed = [structs.replace(s, source_id=self.source_ids.get(s.source_id, s.source_id)) for s in new]
        return (*found, *(source for source in renamed if source.source_id in used))

    def _source(self, a: Source, b: Source) -> Source:
        """A source that both have, as the first has it."""
        values = matched.compared(a, b)
        differ = [name for name in IDENTITY if not values[name][2]]
        for name in differ:
            both = zip(self.names, values[name], strict=False)
            said = "; ".join(f"{who}: {value or 'none'}" for who, value in both)
            a = structs.replace(a, note=_noted(a.note, f"{name}: {said}"))
        if differ:
            self._open_one(a)
        given = {name: getattr(b, name) for name in ("name_en", "justification_en") if not getattr(a, name)}
        if a.justification is None:
            given["justification"] = b.justification
        a = structs.replace(a, **given)
        grade = _graded(a, b, "reliability", self.names)
        return structs.replace(a, **grade)

    def _open_one(self, source: Source) -> None:
        """Have the first claim of a source decided on, so that somebody sees what they differ on."""
        of_it = [c for c in self.claims.values() if c.source_id == source.source_id and not c.rejected]
        if of_it and all(claim.decided for claim in of_it):
            first = min(of_it, key=lambda claim: claim.spans[0].start)
            self.claims[first.claim_id] = self._open(first, f"source {source.source_id}: {source.note}")

    def _mentions(self) -> tuple[Mention, ...]:
        """The mentions of both; one that the two do not have alike is to be decided, where both noted any."""
        ours, theirs = (
            {(m.span.start, m.span.end, m.actor_id): m for m in each.annotations.mentions}
            for each in (self.of.one, self.of.other)
        )
        taken = {mention.mention_id for mention in ours.values()}
        found = []
        for key in sorted(ours.keys() | theirs.keys()):
            a, b = ours.get(key), theirs.get(key)
            mention = a or b
            assert mention
            if a is None:
                named = _free(mention.mention_id, taken)
                mention = structs.replace(mention, mention_id=named)
            states = [each and _mentioned(each) for each in (a, b)]
            if a and b and states[0] == states[1]:
                who = _together(self.names, a.annotator, b.annotator)
                mention = structs.replace(a, annotator=who or "")
            elif ours and theirs and any(state not in (None, UNREVIEWED) for state in states):
                said = "; ".join(f"{n}: {state or NONE}" for n, state in zip(self.names, states, strict=True))
                mention = structs.replace(mention, status=UNREVIEWED, note=_noted(mention.note, said))
            found.append(mention)
        return tuple(found)


def _mentioned(mention: Mention) -> str:
    return mention.status if mention.status in (UNREVIEWED, REJECTED) else ACCEPTED


def _names(one: Pass, other: Pass) -> tuple[str, str]:
    """How notes call the two: by who annotated, or by their folders where that does not tell them apart."""
    ours, theirs = (", ".join(each.annotators) for each in (one, other))
    return (ours, theirs) if ours and theirs and ours != theirs else (str(one.where), str(other.where))


def _same_sources(of: Matched) -> dict[str, str]:
    """Which source of the one pass is which of the other: by the claims that they share, else by name and kind."""
    found = dict(of.sources)
    theirs = {(s.name, s.kind): s.source_id for s in of.other.annotations.sources if s.source_id not in found.values()}
    for source in of.one.annotations.sources:
        if source.source_id not in found and (there := theirs.pop((source.name, source.kind), None)):
            found[source.source_id] = there
    return found


def _agreed(a: Claim, b: Claim, names: tuple[str, str]) -> Claim:
    """A claim that two decided on alike: as the first has it, of both."""
    made = structs.replace(
        a,
        status=a.status if a.status == b.status else CHANGED,
        annotator=_together(names, a.annotator, b.annotator),
        decided_at=max(filter(None, (a.decided_at, b.decided_at)), default=None),
        gloss_en=a.gloss_en or b.gloss_en,
    )
    return structs.replace(made, **_graded(a, b, "credibility", names))


def _together(names: tuple[str, str], ours: str | None, theirs: str | None) -> str | None:
    """Who decided, of two: the project last, so that nothing reads as its own that is not."""
    both = dict.fromkeys(name for name in (ours, theirs) if name)
    return ", ".join(sorted(both, key=lambda name: name.partition(":")[0] == PROJECT)) or None


def _graded(a: Claim | Source, b: Claim | Source, grade: str, names: tuple[str, str]) -> dict[str, object]:
    """What the grades of two make: the one that was given, the first where they are the same, else none and a note."""
    ours, theirs = getattr(a, grade), getattr(b, grade)
    if ours and theirs and ours != theirs:
        both = zip(names, (a, b), strict=True)
        said = "; ".join(f"{name}: {getattr(one, grade)} ({one.rationale})" for name, one in both)
        emptied: dict[str, object] = {grade: None, "rationale": "", "rater": "", "rated_on": ""}
        return emptied | {"note": _noted(a.note, f"{grade}: {said}")}
    given = b if theirs and not ours else a
    return {name: getattr(given, name) for name in (grade, "rationale", "rater", "rated_on")}


def _free(wanted: str, taken: set[str]) -> str:
    """An id that is not taken, which it then is: the wanted one, or that with a number."""
    named, number = wanted, 2
    while named in taken:
        named, number = f"{wanted}-{number}", number + 1
    taken.add(named)
    return named


def _noted(before: str, said: str) -> str:
    return f"{before}; {said}" if before else said
