"""Merges two passes over one article: agreements count as decided, and disagreements are kept from both to be decided.

An agreed claim is taken from the first pass, with both annotators. If the passes disagree on a claim, both versions are
kept, `unreviewed`, with a note of who said what, so that somebody can accept one and reject the other. If grades
differ, neither is kept, and the note has both.
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
IDENTITY = ("source_kind", "actor_ids", "affiliation_ids")  # the columns for who or what a source is


class Merged(Struct, frozen=True):
    """The merged annotations, and the ids in them of the second pass's claims.

    decide    the number of claims to be decided
    """

    annotations: Annotations
    ids: dict[str, str]

    @property
    def decide(self) -> int:
        return sum(claim.attributed and not claim.decided for claim in self.annotations.claims)


def merged(of: Matched) -> Merged:
    """Merge two matched passes.

    Raises    InputError if words of a pass are no longer in the text: they must be placed first.
    """
    for each in (of.one, of.other):
        if each.annotations.lost:
            raise InputError(f"{each.where}: words of its claims are no longer in the text; place them, then merge")
    return _Merging(of).done()


def save(of: Matched, where: Path) -> Merged:
    """Write two merged passes as a new folder of annotations.

    Oddities and events are those of the first pass, if it has any, else of the second.
    Raises    InputError if something is there already, or a pass cannot be merged.
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
    """A row of events with the ids that claims have in the merged folder."""
    claims = row.get("claim_ids", "").split()
    return {**row, "claim_ids": " ".join(ids.get(claim, claim) for claim in claims)}


class _Merging:
    """The merged records while they are collected."""

    def __init__(self, of: Matched) -> None:
        self.of = of
        self.names = _names(of.one, of.other)
        self.claims: dict[str, Claim] = {}
        self.ids: dict[str, str] = {}  # merged ids of the second pass's claims
        self.apart: dict[str, str] = {}  # first pass's claims in disagreement -> merged id of the second's version
        self.second: set[str] = set()  # merged ids of records from the second pass
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
        """All claims of both, matched: those on which both decided, then the others."""
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
            assert claim  # a pair has at least one
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
        """Add a claim that only one pass has. A rejected or undecided one is unchanged."""
        both_speak = all(
            any(not c.attributed for c in each.annotations.claims) for each in (self.of.one, self.of.other)
        )
        if claim.decided and not claim.rejected and (claim.attributed or both_speak):
            said = [f"{name}: {NONE}" for name in self.names]
            said[number] = f"{self.names[number]}: {claim.status}"
            claim = self._open(claim, "; ".join(said))
        self._put(number, claim, other=claim if number else None)

    def _both(self, a: Claim, b: Claim, differ: Sequence[str]) -> None:
        """Add two matched claims that differ: both versions, each to be decided."""
        said = f"differs in {', '.join(differ)}"
        if not (a.decided or b.decided):  # both are the machine's
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
        """The roles and columns in which two claims differ."""
        columns = [name for name in LABELS if getattr(a, name) != getattr(b, name)]
        ours, theirs = a.source_id, b.source_id
        if (ours is None) != (theirs is None) or (theirs and self.source_ids.get(theirs) != ours):
            columns.append(SOURCE)
        values = self.of.values(a, b)
        return [*self.of.roles(a, b), *columns, *([WITHIN] if not values[WITHIN][2] else [])]

    def _open(self, claim: Claim, said: str, claim_id: str = "") -> Claim:
        """The claim as undecided: a proposal of its annotator."""
        return structs.replace(
            claim, claim_id=claim_id or claim.claim_id, status=UNREVIEWED, note=_noted(claim.note, said)
        )

    def _put(self, number: int, claim: Claim, claim_id: str = "", other: Claim | None = None) -> str:
        """Add a claim with an unused id. Returns the id. `other` is the claim of the second pass that it includes."""
        named = claim_id or (claim.claim_id if not number else _free(claim.claim_id, self.taken))
        if number:
            source_id = claim.source_id and self._source_id(claim.source_id)
            claim = structs.replace(claim, source_id=source_id)
        # `within` in the second pass is renamed when all claims have their ids.
        self.claims[named] = structs.replace(claim, claim_id=named)
        self.second |= {named} if number else set()
        if other:
            self.ids[other.claim_id] = named
        return named

    def _source_id(self, theirs: str) -> str:
        """The merged id of a source of the second pass."""
        if theirs not in self.source_ids:
            ours = {source.source_id for source in self.of.one.annotations.sources} | set(self.source_ids.values())
            self.source_ids[theirs] = _free(theirs, ours)
        return self.source_ids[theirs]

    def _nest(self) -> None:
        """Rename outer claims. An agreed claim within one in disagreement is to be decided with it."""
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
        """Break a cycle of claims within each other, which can arise if one pass rejected a claim of the chain."""
        seen, at = {claim_id}, self.claims[claim_id].within
        while at and at not in seen:
            seen.add(at)
            at = self.claims[at].within
        if at == claim_id:
            self.claims[claim_id] = structs.replace(self.claims[claim_id], within=None)

    def _sources(self) -> tuple[Source, ...]:
        """The sources of the first pass, then those that only the second has; a disagreement makes a claim undecided."""
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
        """A source that both have, taken from the first."""
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
        """Make the first claim of a source undecided, so that somebody sees the disagreement."""
        of_it = [c for c in self.claims.values() if c.source_id == source.source_id and not c.rejected]
        if of_it and all(claim.decided for claim in of_it):
            first = min(of_it, key=lambda claim: claim.spans[0].start)
            self.claims[first.claim_id] = self._open(first, f"source {source.source_id}: {source.note}")

    def _mentions(self) -> tuple[Mention, ...]:
        """The mentions of both; if both noted any, those that differ are to be decided."""
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
    """The names of the passes in notes: their annotators, or their folders if the annotators are the same."""
    ours, theirs = (", ".join(each.annotators) for each in (one, other))
    return (ours, theirs) if ours and theirs and ours != theirs else (str(one.where), str(other.where))


def _same_sources(of: Matched) -> dict[str, str]:
    """{source id in the first pass: in the second}, by the claims that they share, else by name and kind."""
    found = dict(of.sources)
    theirs = {(s.name, s.kind): s.source_id for s in of.other.annotations.sources if s.source_id not in found.values()}
    for source in of.one.annotations.sources:
        if source.source_id not in found and (there := theirs.pop((source.name, source.kind), None)):
            found[source.source_id] = there
    return found


def _agreed(a: Claim, b: Claim, names: tuple[str, str]) -> Claim:
    """A claim on which both decided in the same way: taken from the first, with both annotators."""
    made = structs.replace(
        a,
        status=a.status if a.status == b.status else CHANGED,
        annotator=_together(names, a.annotator, b.annotator),
        decided_at=max(filter(None, (a.decided_at, b.decided_at)), default=None),
        gloss_en=a.gloss_en or b.gloss_en,
    )
    return structs.replace(made, **_graded(a, b, "credibility", names))


def _together(names: tuple[str, str], ours: str | None, theirs: str | None) -> str | None:
    """The annotators of both, with the project last, so that a joint decision is not taken for its own."""
    both = dict.fromkeys(name for name in (ours, theirs) if name)
    return ", ".join(sorted(both, key=lambda name: name.partition(":")[0] == PROJECT)) or None


def _graded(a: Claim | Source, b: Claim | Source, grade: str, names: tuple[str, str]) -> dict[str, object]:
    """The merged grade: the only one given, the first if both are the same, else none and a note."""
    ours, theirs = getattr(a, grade), getattr(b, grade)
    if ours and theirs and ours != theirs:
        both = zip(names, (a, b), strict=True)
        said = "; ".join(f"{name}: {getattr(one, grade)} ({one.rationale})" for name, one in both)
        emptied: dict[str, object] = {grade: None, "rationale": "", "rater": "", "rated_on": ""}
        return emptied | {"note": _noted(a.note, f"{grade}: {said}")}
    given = b if theirs and not ours else a
    return {name: getattr(given, name) for name in (grade, "rationale", "rater", "rated_on")}


def _free(wanted: str, taken: set[str]) -> str:
    """An unused id, `wanted` or that with a number; it is added to `taken`."""
    named, number = wanted, 2
    while named in taken:
        named, number = f"{wanted}-{number}", number + 1
    taken.add(named)
    return named


def _noted(before: str, said: str) -> str:
    return f"{before}; {said}" if before else said
