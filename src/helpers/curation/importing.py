"""Annotations of another tool, or of another folder, brought into those of an article, as operations of curation.

What a file has is compared with what is here, record by record, and only what differs is done: so a claim that was
corrected in another tool is one operation in the journal, with who and when. A claim is the same as one here by its id
where the two share words, else by its words. One that differs in more than a gloss, a grade or a note, and has the decision
of the one here, was changed by whoever imports. Nothing here is removed, but for claims that a file was exported with and has no more, which are rejected.
"""

import secrets
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from helpers.annotation import folder as folders
from helpers.annotation import load
from helpers.curation import anchoring_again, operations, tables
from helpers.curation.anchoring_again import Again
from helpers.curation.completing import DECISION, Completing
from helpers.curation.session import TOGETHER, Session
from helpers.curation.state import Record, State, spans
from helpers.exchange.documents import Document
from helpers.extraction.known import Known
from helpers.files.errors import InputError
from helpers.records import codec
from helpers.records.claims import ADDED, CHANGED, REJECTED, UNREVIEWED
from helpers.text import orthography
from helpers.text.articles import Article

BESIDE = ("gloss_en", "credibility", "rationale", "outside_note", "rater", "rated_on", "note")  # they change no status
SPANS = ("source", "cue", "content", "antecedent", "justification")  # where claims and sources have spans
MENTIONS_TOGETHER = 50
UNKNOWN = "\0"  # stands for what a file does not say of the text that its offsets are of; in no text


class Imported(Struct, frozen=True):
    """What became of a file's annotations.

    added, changed, same    claims that were not here, that were here in another form, that were here so
    rejected    claims that were deleted in the other tool
    others      claims that are here and not in the file, and stay as they are
    mentions    mentions that were added or changed
    lost        spans that are not found in the text; a person can place them
    again       whether the text is another than the file's, so that all was anchored again by its words
    decided, of how many claims are decided now, of how many
    """

    added: int
    changed: int
    same: int
    rejected: int
    others: int
    mentions: int
    lost: int
    again: bool
    decided: int
    of: int


def bring(session: Session, document: Document, known: Known, where: object) -> Imported:
    """Do what makes the annotations of an article those of a document.

    where     the file of the document, for errors
    Raises    InputError, one line, and nothing is done, for annotations that do not hold; as `Session.do` does.
    """
    article, here = session.article, session.records()
    theirs, again = _placed(_trimmed(_state(document)), document, article)
    theirs = _named_as_here(theirs, here)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    Completing(session.ground, here, session.annotator, now).complete(theirs)
    gone = (document.exported or frozenset()) - {claim.claim_id for claim in document.claims}
    plan = _Plan(here, theirs, gone, session.annotator, now)
    _check(session, plan.operations, known, where)
    for at in range(0, len(plan.operations), TOGETHER):
        reply = session.do(plan.operations[at : at + TOGETHER])
        for refused in reply["refused"]:  # checked above: only what another process did meanwhile
            raise InputError(f"{where}: {refused['why']}; import it again")
    progress = session.progress()
    return Imported(
        plan.added,
        plan.changed,
        plan.same,
        plan.rejected,
        len(here.claims.keys() - theirs.claims.keys()) - plan.rejected,
        plan.mentions,
        len(theirs.unanchored),
        again,
        progress["decided"],
        progress["of"],
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


def _trimmed(theirs: State) -> State:
    """A document's records without the spaces at the edges of spans, which a mouse takes along."""
    for record in (*theirs.claims.values(), *theirs.sources.values()):
        for key in SPANS:
            if key in record:
                record[key] = _bare(record[key])
    for key, mention in theirs.mentions.items():
        theirs.mentions[key] = mention | _bare({name: mention[name] for name in ("start", "end", "exact")})
    return theirs


def _bare(found: Any) -> Any:
    """A span, or several, without spaces at its edges; one of nothing but spaces stays, to be refused."""
    if not found:
        return found
    if isinstance(found, list):
        return [_bare(each) for each in found]
    words = found["exact"].strip()
    if not words:
        return found
    start = found["start"] + found["exact"].index(words)
    return found | {"start": start, "end": start + len(words), "exact": words}


def _placed(theirs: State, document: Document, article: Article) -> tuple[State, bool]:
    """A document's records as they stand in an article's text, and whether that is another text than the document's."""
    if article.sha256 == document.sha256 or article.text == document.text:
        return theirs, False
    before = document.text if document.text is not None else _quoted(theirs)
    return anchoring_again.again(theirs, Again(before, article)), True


def _quoted(theirs: State) -> str:
    """What is known of a text by the words of spans in it."""
    known: dict[int, str] = {}
    for span in _all_spans(theirs):
        known |= enumerate(span["exact"], span["start"])
    return "".join(known.get(at, UNKNOWN) for at in range(max(known, default=-1) + 1))


def _all_spans(theirs: State) -> Iterator[Record]:
    for claim in theirs.claims.values():
        yield from spans(claim)
        if claim["antecedent"]:
            yield claim["antecedent"]
    yield from (each["justification"] for each in theirs.sources.values() if each["justification"])
    yield from theirs.mentions.values()


def _named_as_here(theirs: State, here: State) -> State:
    """A state whose records have the ids of those here that they are, and else ids that nothing here has."""
    claims = _same(theirs.claims, here.claims, _shared_words, _same_words)
    linked = {
        (theirs.claims[ours]["source_id"], here.claims[there]["source_id"])
        for ours, there in claims.items()
        if there in here.claims
    }
    sources = _same(
        theirs.sources,
        here.sources,
        lambda one, other: (one["source_id"], other["source_id"]) in linked or _called(one) == _called(other),
        lambda one, other: _called(one) == _called(other),
    )
    mentions = _same(theirs.mentions, here.mentions, _same_mention, _same_mention)
    named = {"claims": claims, "sources": sources, "mentions": mentions}
    found = State()
    for key, claim in theirs.claims.items():
        within, source_id = claim["within"], claim["source_id"]
        ids = {"claim_id": claims[key], "within": claims.get(within, within)}
        found.claims[claims[key]] = claim | ids | {"source_id": sources.get(source_id, source_id)}
    for key, source in theirs.sources.items():
        found.sources[sources[key]] = source | {"source_id": sources[key]}
    for key, mention in theirs.mentions.items():
        found.mentions[mentions[key]] = mention | {"mention_id": mentions[key]}
    for key, lost in theirs.unanchored.items():
        record_id = named[lost["table"]].get(lost["record_id"], lost["record_id"])
        found.unanchored[key] = lost | {"record_id": record_id}
    return found


def _same(theirs: Mapping[str, Record], here: Mapping[str, Record], by_id: Any, by_words: Any) -> dict[str, str]:
    """For each id of theirs the id of the record here that it is, or one that is free.

    by_id       whether two records of one id are one
    by_words    whether two records of different ids are one
    """
    found = {key: key for key, each in theirs.items() if key in here and by_id(each, here[key])}
    left = [key for key in here if key not in found.values() and key not in theirs]
    for key, each in theirs.items():
        if key in found:
            continue
        twin = next((other for other in left if by_words(each, here[other])), None)
        if twin:
            left.remove(twin)
        found[key] = twin or _free(key, {*here, *found.values(), *(other for other in theirs if other != key)})
    return found


def _free(key: str, taken: Iterable[str]) -> str:
    names, number, found = set(taken), 1, key
    while found in names:
        number += 1
        found = f"{key}-{number}"
    return found


def _shared_words(one: Record, other: Record) -> bool:
    """Whether two claims have words in common, or one has lost all its words."""
    ours, theirs = spans(one), spans(other)
    shared = any(a["start"] < b["end"] and b["start"] < a["end"] for a in ours for b in theirs)
    return shared or not ours or not theirs


def _same_words(one: Record, other: Record) -> bool:
    return bool(spans(one)) and spans(one) == spans(other)


def _called(source: Record) -> str:
    return " ".join(orthography.fold(source["name"]).text.split())


def _same_mention(one: Record, other: Record) -> bool:
    return all(one[key] == other[key] for key in ("start", "end", "actor_id"))


class _Plan:
    """The operations that make what is here what a file has, and what they come to."""

    def __init__(self, here: State, theirs: State, gone: frozenset[str], annotator: str, now: str) -> None:
        self.operations: list[Record] = []
        self.added = self.changed = self.same = self.rejected = self.mentions = 0
        self._here, self._theirs, self._annotator, self._now = here, theirs, annotator, now
        self._sources = {
            key: source for key, source in theirs.sources.items() if source != here.sources.get(key)
        }  # that are still to be brought
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
        claim = self._decided(claim, before)
        source = self._sources.pop(claim["source_id"], None)
        if before == claim:
            self.same += source is None
            self.changed += source is not None
            if source:
                self._do(sources=[source])
            return
        if before is None:
            self.added += 1
        else:
            self.changed += 1
            lost = any(one["record_id"] == claim["claim_id"] for one in self._theirs.unanchored.values())
            same = all(before[key] == claim[key] for key in DECISION)
            if same and not lost and any(before[key] != claim[key] for key in claim if key not in BESIDE):
                status = ADDED if before["status"] == ADDED else CHANGED
                claim = claim | {"status": status, "annotator": self._annotator, "decided_at": self._now}
        self._do(claims=[claim], **({"sources": [source]} if source else {}))

    def _decided(self, claim: Record, before: Record | None) -> Record:
        """A claim with the decision that its file leaves open.

        What nobody decided there undoes no decision here; a status that is the same here says nothing new; any other was
        given by whoever imports.
        """
        if claim["annotator"]:
            return claim
        if before and claim["status"] in (UNREVIEWED, before["status"]):
            return claim | {key: before[key] for key in DECISION}
        if before and claim["status"] != UNREVIEWED:
            return claim | {"annotator": self._annotator, "decided_at": claim["decided_at"] or self._now}
        return claim

    def _lost(self) -> None:
        known = [each | {"unanchored_id": ""} for each in self._here.unanchored.values()]
        for row in self._theirs.unanchored.values():
            if row | {"unanchored_id": ""} in known:
                continue
            if row["table"] in ("claims", "sources", "mentions"):
                key = _free(row["unanchored_id"], self._here.unanchored)
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


def _check(session: Session, planned: Iterable[Record], known: Known, where: object) -> None:
    """Raises InputError, one line, for operations that cannot be done, or whose outcome does not hold as annotations."""
    state = session.records()
    for operation in planned:
        try:
            state.put(operations.apply(state, session.ground, operation).set)
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
