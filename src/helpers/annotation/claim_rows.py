"""Reads the rows of `claims.csv` as claims, and checks them against the spans, the sources and each other.

Empty values are filled from the text and the lexicon, if possible: its place, how its source is known, what its cue
reports. A cue need not be in a lexicon.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import structs

from helpers.annotation import anchoring, grade_rows
from helpers.annotation.anchoring import Spans
from helpers.annotation.faults import Faults
from helpers.files import csv_rows
from helpers.lexicon import entries
from helpers.lexicon.entries import Cue
from helpers.records import claims, fields
from helpers.records.claims import Claim
from helpers.records.fields import Written
from helpers.records.modality import Modality
from helpers.text.articles import Article, Span

COLUMNS = fields.names(Claim, Written.ANNOTATION)
NEEDED = ("claim_id", "kind")
OPTIONAL = tuple(column for column in COLUMNS if column not in NEEDED)
OF_ATTRIBUTED = ("cue_form", "act", "source_id", "source_via", "cue_lemma", "stance", "within")  # else empty
FORMS = {"verb": "verb", "noun": "noun", "particle": "particle", "phrase": "noun", "punctuation": "punctuation"}
SPEECH, NEUTRAL = "speech", "neutral"  # the act and the stance of a cue that is not in a lexicon
FIRST = 1_000_000  # a claim without an order comes after those with one


def read(
    path: Path,
    article: Article,
    spans: Spans,
    cues: Mapping[str, Cue],
    source_ids: Collection[str] | None,
    seen: dict[str, csv_rows.Row],
    faults: Faults,
    lost: Collection[str] = (),
) -> tuple[Claim, ...]:
    """The claims of a file in the order of the text, including rejected ones.

    source_ids    the keys of sources.csv; None if it could not be read
    seen          filled with all rows by id, including invalid ones
    faults        errors of rows are added to it; a claim with an invalid row is left out
    lost          ids of claims with words that are no longer found in the text: they may lack spans
    Raises        InputError for a file that cannot be read or has other columns.
    """
    rules = grade_rows.rules()
    rows = csv_rows.read(path, COLUMNS, optional=OPTIONAL, faults=faults.found)
    found: dict[str, Claim] = {}
    for row in rows:
        with faults.caught():
            claim_id = anchoring.unique(row, "claim_id", seen)
            if claim := _claim(row, article, spans, cues, source_ids, rules, faults, claim_id in lost):
                found[claim_id] = claim
    for claim in found.values():
        with faults.caught():
            _check_within(claim, found, seen)
    if rows and all(row["order"] for row in rows):
        return _as_numbered(list(found.values()), seen, faults)
    return in_order(found.values())


def in_order(found: Iterable[Claim]) -> tuple[Claim, ...]:
    """Claims numbered in the order of the text, an inner claim after its outer one."""
    by_id = {claim.claim_id: claim for claim in found}
    placed: dict[str, Claim] = {}

    for claim in sorted(by_id.values(), key=_extent):
        chain = {claim.claim_id: claim}  # the claim and those around it
        outer = by_id.get(claim.within or "")
        while outer and outer.claim_id not in chain and outer.claim_id not in placed:
            chain[outer.claim_id] = outer
            outer = by_id.get(outer.within or "")
        for each in reversed(chain.values()):
            if each.claim_id not in placed:
                placed[each.claim_id] = structs.replace(each, order=len(placed) + 1)
    return tuple(placed.values())


def _extent(claim: Claim) -> tuple[int, int, str]:
    """A sort key: start, negative end and id, so that an outer claim comes before an inner one."""
    spans = claim.spans
    return min((span.start for span in spans), default=0), -max((span.end for span in spans), default=0), claim.claim_id


def _as_numbered(found: Sequence[Claim], rows: Mapping[str, csv_rows.Row], faults: Faults) -> tuple[Claim, ...]:
    """Claims in the order given by their rows, which must be 1, 2, 3 …"""
    ordered = sorted(found, key=lambda claim: claim.order)
    if len(found) == len(rows):
        for number, claim in enumerate(ordered, 1):
            if claim.order != number:
                said = f"order is {claim.order}; the orders must run 1 to {len(found)}, or all be empty"
                faults.found.append(rows[claim.claim_id].error(said))
                break
    by_id = {claim.claim_id: claim for claim in found}
    for claim in ordered:
        outer = by_id.get(claim.within or "")
        if outer and outer.order > claim.order:
            said = f"within is {claim.within!r}, which is not a claim above; a chain begins with its outer claim"
            faults.found.append(rows[claim.claim_id].error(said))
    return tuple(ordered)


def _check_within(claim: Claim, found: Mapping[str, Claim], rows: Mapping[str, csv_rows.Row]) -> None:
    row, outer = rows[claim.claim_id], claim.within
    if outer is None:
        return
    if outer not in rows:
        raise row.error(f"within is {outer!r}, which is not a claim; write the id of its outer claim, or nothing")
    if outer in found and not found[outer].attributed:
        raise row.error(
            f"within is {outer!r}, which is unattributed; a claim can only be reported within an attributed one"
        )
    chain = [claim.claim_id]
    while outer in found and found[outer].within:
        chain.append(outer)
        outer = found[outer].within or ""
        if outer in chain:
            raise row.error(
                f"within leads from {claim.claim_id!r} back to {outer!r}; a chain begins with its outer claim"
            )


def _claim(
    row: csv_rows.Row,
    article: Article,
    spans: Spans,
    cues: Mapping[str, Cue],
    source_ids: Collection[str] | None,
    rules: Mapping[str, str],
    faults: Faults,
    lost: bool,
) -> Claim | None:
    """The claim of a row; None if it has a fault."""
    before, claim_id = len(faults), row["claim_id"]
    given: dict[str, Any] = {field.name: row[field.name] or (None if field.open else "") for field in TEXTS}
    content, cue = (spans.several(claim_id, role) for role in ("content", "cue"))
    source, antecedent = (spans.one(claim_id, role) for role in ("source", "antecedent"))
    broken = {role for record_id, role in spans.broken if record_id == claim_id}
    with faults.caught():
        row.one_of("kind", claims.CLAIM_KINDS)
    attributed = row["kind"] != "unattributed"
    with faults.caught():
        if not content and "content" not in broken and not lost:
            raise row.error(f"{claim_id} has no content in spans.csv; a claim says something")
    with faults.caught():
        given["modality"] = Modality(row.one_of("modality", ("", *Modality)) or Modality.ASSERTED)
    if attributed:
        if not broken:
            with faults.caught():
                _attributed(row, given, source, antecedent, cue, cues, lost)
        with faults.caught():
            if row["source_id"] and source_ids is not None and row["source_id"] not in source_ids:
                raise row.error(f"source_id {row['source_id']!r} is not in sources.csv; add it there or fix the id")
    else:
        with faults.caught():
            _unattributed(row, bool(cue or source or antecedent))
    with faults.caught():
        given |= grade_rows.of_claim(row, rules)
    with faults.caught():
        given["status"] = row.one_of("status", ("", *claims.STATUSES)) or claims.ACCEPTED
    with faults.caught():
        given["confidence"] = _confidence(row)
    with faults.caught():
        given["order"] = row.whole("order") if row["order"] else FIRST
    with faults.caught():
        if not content:
            given["paragraph"] = given["sentence"] = 0
        elif not broken:
            spoken = [*((source,) if source else ()), *cue, *content]
            given["paragraph"], given["sentence"] = _place(row, article, min(span.start for span in spoken))
    if broken or len(faults) > before:
        return None
    made_by = "machine" if given["status"] == claims.UNREVIEWED and not given["annotator"] else "people"
    return Claim(source=source, antecedent=antecedent, cue=cue, content=content, about=(), made_by=made_by, **given)


TEXTS = tuple(field for field in fields.of(Claim, Written.ANNOTATION) if field.type is str)


def _attributed(
    row: csv_rows.Row,
    given: dict[str, Any],
    source: Span | None,
    antecedent: Span | None,
    cue: tuple[Span, ...],
    cues: Mapping[str, Cue],
    lost: bool,
) -> None:
    """Check that an attributed claim is complete, and fill its empty values in `given` from its spans and its cue.

    Only a row with a status, on which a person decided, may have no cue.
    """
    without = not cue and not row["cue_lemma"] and row["status"]
    if not without and not (cue and row["cue_lemma"]) and not lost:
        raise row.error(
            f"cue_lemma {row['cue_lemma']!r}: give the reporting words as cue in spans.csv, and their lemma"
        )
    known = cues.get(row["cue_lemma"])
    given["cue_form"] = row.one_of("cue_form", ("", *claims.CUE_FORMS)) or _form(row, known)
    given["act"] = row.one_of("act", ("", *entries.ACTS)) or (known.act if known else SPEECH)
    given["stance"] = row.one_of("stance", ("", *entries.STANCES)) or (known.stance if known else NEUTRAL)
    via = "stated" if source else "inherited" if antecedent else "unresolved"
    given["source_via"] = via = row.one_of("source_via", ("", *claims.SOURCE_VIA)) or via
    has = (source is not None, antecedent is not None, bool(row["source_id"]))
    takes = {"stated": (True, False, True), "inherited": (False, True, True), "unresolved": (False, False, False)}
    if given["act"] != "hearsay" and has != takes[via] and not lost:
        raise row.error(
            f"source_via is {via}: stated needs a source span and a source_id, inherited an antecedent span and a "
            "source_id, unresolved neither"
        )


def _form(row: csv_rows.Row, known: Cue | None) -> str | None:
    """The form of a cue that its row does not give; None if there is no cue."""
    return FORMS[known.pos] if known else "verb" if row["cue_lemma"] else None


def _unattributed(row: csv_rows.Row, spoken: bool) -> None:
    if spoken or any(row[column] for column in OF_ATTRIBUTED):
        raise row.error("an unattributed claim has no source, no cue, no act; empty them or give it another kind")
    if row["modality"] not in ("", Modality.ASSERTED):
        raise row.error(f"modality is {row['modality']}, but the outlet's own voice is always asserted; write that")


def _place(row: csv_rows.Row, article: Article, start: int) -> tuple[int, int]:
    """(paragraph, sentence) in which a claim begins: those of its row, if given, else by `start`."""
    try:
        place = article.place(start)
    except ValueError:
        raise row.error("it begins where the text has no sentence; fix its spans in spans.csv") from None
    given = (row.whole(column) if row[column] else None for column in ("paragraph", "sentence"))
    if any(said not in (None, is_) for said, is_ in zip(given, (place.paragraph, place.number), strict=True)):
        said = f"it stands in paragraph {place.paragraph}, sentence {place.number} of the text"
        raise row.error(f"{said}; write those, or nothing")
    return place.paragraph, place.number


def _confidence(row: csv_rows.Row) -> float | None:
    if not row["confidence"]:
        return None
    try:
        value = float(row["confidence"])
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise row.error(f"confidence is {row['confidence']!r}; write a number from 0 to 1, or nothing")
    return value
