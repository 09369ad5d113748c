"""Annotations of another tool, or of another folder, brought into those of an article, as operations of curation.

What a file has is compared with what is here, record by record, and only what differs is done: so a claim that was
corrected in another tool is one operation in the journal, with who and when. A claim is the same as one here by its
words, else by its id where the two share words. One that differs in more than a gloss, a grade or a note, and has the decision
of the one here, was changed by whoever imports. What people decided here since stays (`reconciling`). Nothing here is removed,
but for claims that a file was exported with and has no more, which are rejected.
"""

import secrets
import tempfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct, json

from helpers.annotation import folder as folders
from helpers.annotation import load
from helpers.curation import import_placing, operations, reconciling, record_matching, tables
from helpers.curation.completing import Completing
from helpers.curation.reconciling import DECISION, Reconciled
from helpers.curation.session import Session
from helpers.curation.state import Record, State
from helpers.exchange.documents import Document
from helpers.extraction.known import Known
from helpers.files.errors import InputError
from helpers.records import codec
from helpers.records.claims import ADDED, CHANGED, REJECTED, UNREVIEWED

BESIDE = ("gloss_en", "credibility", "rationale", "outside_note", "rater", "rated_on", "note")  # they change no status
MENTIONS_TOGETHER = 50


class Imported(Struct, frozen=True):
    """What became of a file's annotations.

    added, changed, same    claims that were not here, that were here in another form, that were here so
    rejected    claims that were deleted in the other tool
    kept        claims that stay as somebody decided them here, though the file has them otherwise
    others      claims that are here and not in the file, and stay as they are
    mentions    mentions that were added or changed
    lost        spans that are not found in the text; a person can place them
    again       whether the text is another than the file's, so that all was anchored again by its words
    decided, of how many claims are decided now, of how many
    claims      the ids here of the file's claims, by theirs; those in the outlet's own voice follow from the others, and have none
    """

    added: int
    changed: int
    same: int
    rejected: int
    kept: int
    others: int
    mentions: int
    lost: int
    again: bool
    decided: int
    of: int
    claims: Mapping[str, str]


def bring(session: Session, document: Document, known: Known, where: object) -> Imported:
    """Do what makes the annotations of an article those of a document.

    where     the file of the document, for errors
    Raises    InputError, one line, and nothing is done, for annotations that do not hold; as `Session.do` does.
    """
    article, here = session.article, session.records()
    theirs, again = import_placing.placed(import_placing.trimmed(_state(document)), document, article, where)
    theirs, ids = record_matching.as_here(theirs, here)
    undecided = {key for key, claim in theirs.claims.items() if not claim["status"]}
    reopened = {ids[key] for key in document.reopened if key in ids}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    Completing(session.context, here, session.annotator, now).complete(theirs)
    found = reconciling.reconciled(theirs, here, undecided, reopened, session.annotator)
    gone = (document.exported or frozenset()) - {claim.claim_id for claim in document.claims}
    plan = _Plan(here, found, gone, session.annotator, now)
    _check(session, plan.operations, known, where)
    try:
        session.do_all(plan.operations)
    except InputError as e:  # checked above: only what another program did meanwhile
        raise InputError(f"{where}: {e}; import it again") from None
    progress = session.progress()
    return Imported(
        plan.added,
        plan.changed,
        plan.same,
        plan.rejected,
        len(found.kept),
        len(here.claims.keys() - theirs.claims.keys()) - plan.rejected,
        plan.mentions,
        len(found.state.unanchored),
        again,
        progress["decided"],
        progress["of"],
        ids,
    )


def _state(document: Document) -> State:
    """The records of a document as a state. The outlet's own voice, where nobody decided on it, follows from the others."""
    claims = (claim for claim in document.claims if claim.attributed or not claim.undecided)
    return State(
        {
            "claims": {claim.claim_id: codec.whole(claim) for claim in claims},
            "sources": {source.source_id: codec.whole(source) for source in document.sources},
            "mentions": {mention.mention_id: tables.mention_record(mention) for mention in document.mentions},
        }
    )


def _same_decision(one: Record, other: Record) -> bool:
    """Whether one person made both decisions at one time: then a status that differs was edited in the file."""
    return all(one[key] == other[key] for key in ("annotator", "decided_at"))


class _Plan:
    """The operations that make what is here what a file has, and what they come to."""

    def __init__(self, here: State, found: Reconciled, gone: frozenset[str], annotator: str, now: str) -> None:
        theirs = found.state
        self.operations: list[Record] = []
        self.added = self.changed = self.same = self.rejected = self.mentions = 0
        self._here, self._theirs, self._kept, self._annotator, self._now = here, theirs, found.kept, annotator, now
        self._sources = {
            key: source for key, source in theirs.sources.items() if source != here.sources.get(key)
        }  # that are still to be brought
        self._lost_of = {row["record_id"] for row in theirs.unanchored.values()}
        for claim in theirs.in_order():
            self._claim(claim)
        for source in list(self._sources.values()):
            self._do(sources=[source])
        self._lost()
        self._mentions()
        for key in sorted(gone):
            if key in here.claims and here.claims[key]["status"] != REJECTED:
                self.operations.append(self._operation("reject", claim=key))
                self.rejected += 1

    def _claim(self, claim: Record) -> None:
        before = self._here.claims.get(claim["claim_id"])
        source = self._sources.pop(claim["source_id"], None)
        kept = claim["claim_id"] in self._kept
        if before == claim:
            self.same += source is None and not kept
            self.changed += source is not None and not kept
            if source:
                self._do(sources=[source])
            return
        if before is None:
            self.added += 1
        elif not kept:
            self.changed += 1
            lost = claim["claim_id"] in self._lost_of
            same = all(before[key] == claim[key] for key in DECISION)
            if same and not lost and any(before[key] != claim[key] for key in claim if key not in BESIDE):
                status = ADDED if before["status"] == ADDED else CHANGED
                claim = claim | {"status": status, "annotator": self._annotator, "decided_at": self._now}
            elif before["status"] != claim["status"] and claim["decided_at"] and _same_decision(before, claim):
                by = (None, None) if claim["status"] == UNREVIEWED else (self._annotator, self._now)
                claim = claim | dict(zip(DECISION[1:], by, strict=True))
        self._do(claims=[claim], **({"sources": [source]} if source else {}))

    def _lost(self) -> None:
        """The spans that are not found, but for those that are to be placed here already."""
        taken = {*self._here.unanchored}
        there = {_without_id(row) for row in self._here.unanchored.values()}
        for row in self._theirs.unanchored.values():
            if row["table"] in ("claims", "sources", "mentions") and _without_id(row) not in there:
                key = row["unanchored_id"]
                key = record_matching.free(key, taken, self._theirs.unanchored) if key in taken else key
                taken.add(key)
                self._do(unanchored=[row | {"unanchored_id": key}])

    def _mentions(self) -> None:
        new = [each for key, each in self._theirs.mentions.items() if each != self._here.mentions.get(key)]
        self.mentions = len(new)
        for at in range(0, len(new), MENTIONS_TOGETHER):
            self._do(mentions=new[at : at + MENTIONS_TOGETHER])

    def _do(self, **records: list[Record]) -> None:
        self.operations.append(self._operation("import", **records))

    def _operation(self, name: str, **arguments: Any) -> Record:
        made = f"import-{secrets.token_hex(8)}"
        return {"id": made, "op": name, "by": self._annotator, "at": self._now, **arguments}


def _without_id(row: Record) -> bytes:
    return json.encode(row | {"unanchored_id": ""}, order="sorted")


def _check(session: Session, planned: Iterable[Record], known: Known, where: object) -> None:
    """Raises InputError, one line, for operations that cannot be done, or whose outcome does not hold as annotations."""
    state = session.records()
    for operation in planned:
        try:
            state.put(operations.apply(state, session.context, operation).set)
        except InputError as e:
            raise InputError(f"{where}: {e}") from None
    with tempfile.TemporaryDirectory() as made:
        beside = Path(made)
        tables.written(beside, beside, state)
        (beside / folders.ARTICLE).write_text(folders.as_toml({"sha256": session.article.sha256}), encoding="utf-8")
        faults = load.faults(session.article, known.actors, known.cues, beside)
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        said = str(faults[0]).replace(f"{beside}/", "as a row of ")
        raise InputError(f"{where}: {said}{more}")
