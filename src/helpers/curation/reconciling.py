"""Which of two versions of a record stands: the one of a file that is imported, or the one that is here.

Between an export and its import people go on deciding, and several people may each bring back a file of the same export.
So a file takes nothing away that it does not know of: a claim that it has undecided stays as somebody decided it here, an
older decision does not replace a later one, and where it has no grade, translation or note, those that are here stay.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime

from msgspec import Struct

from helpers.curation.state import Record, State
from helpers.records.claims import UNREVIEWED

DECISION = ("status", "annotator", "decided_at")
GRADE = ("rationale", "outside_note", "rater", "rated_on")  # what goes with the grade of a claim or a source
ALONE = {
    "claims": ("gloss_en", "note"),
    "sources": ("name_en", "actor_ids", "affiliation_ids", "justification", "justification_en", "note"),
    "mentions": ("note",),
}
GRADES = {"claims": "credibility", "sources": "reliability"}
KIND_UNKNOWN = "unknown"


class Reconciled(Struct, frozen=True):
    """The records of a file as they are to be here.

    kept    the claims that stay as somebody decided them here, though the file has them otherwise
    """

    state: State
    kept: frozenset[str]


def reconciled(
    theirs: State, here: State, undecided: Collection[str], reopened: Collection[str], who: str
) -> Reconciled:
    """The records of a file, with what stands of those that are here.

    theirs       the records of the file, under the ids that they have here
    undecided    the claims that have no decision in the file, not even that nobody decided: `who` imports adds them
    reopened     the claims that somebody opened again in the other tool
    """
    made, kept = State(theirs.tables), set[str]()
    for key, given in theirs.claims.items():
        now, claim = here.claims.get(key), given
        if now is None:
            continue
        beside = _beside("claims", claim, now)
        if key in undecided and _decided(now):
            claim = claim | {name: now[name] for name in DECISION}
            stays = now["annotator"] != who and now | beside != claim | beside
        else:
            stays = _decided(now) and key not in reopened and _earlier(claim, now)
        if stays:
            kept.add(key)
        made.claims[key] = (now if stays else claim) | beside
    _without_loops(made, here, kept)
    for key, source in theirs.sources.items():
        if (now := here.sources.get(key)) is not None:
            unknown = {"kind": now["kind"]} if source["kind"] == KIND_UNKNOWN else {}
            made.sources[key] = source | unknown | _beside("sources", source, now)
    for key, mention in theirs.mentions.items():
        if (now := here.mentions.get(key)) is not None:
            stays = _decided(now) and not _decided(mention)
            made.mentions[key] = (now if stays else mention) | _beside("mentions", mention, now)
    _without_what_is_not_taken(made, theirs, here, kept)
    return Reconciled(made, frozenset(kept))


def _without_loops(made: State, here: State, kept: Collection[str]) -> None:
    """Leave claims within what they are within here, where the file's would lead back to them by way of one that stays."""
    every = here.copy()
    every.put({"claims": dict(made.claims)})
    for key, claim in made.claims.items():
        outward = [one["claim_id"] for one in every.outward(claim)]
        if key not in kept and every.claims[outward[-1]]["within"] in outward and any(one in kept for one in outward):
            before = here.claims.get(key)
            made.claims[key] = every.claims[key] = claim | {"within": before["within"] if before else None}


def _without_what_is_not_taken(made: State, theirs: State, here: State, kept: Collection[str]) -> None:
    """Remove what only the other versions of the claims have that stay: spans that are not found, new sources."""
    for key, row in theirs.unanchored.items():
        if row["table"] == "claims" and row["record_id"] in kept:
            del made.unanchored[key]
    named = {claim["source_id"] for claim in made.claims.values()}
    for source_id in {theirs.claims[key]["source_id"] for key in kept} - named - here.sources.keys():
        made.sources.pop(source_id, None)


def _decided(record: Mapping[str, object]) -> bool:
    return record["status"] not in (None, "", UNREVIEWED)


def _beside(table: str, theirs: Record, here: Record) -> Record:
    """What changes no decision: of the file where it has it, else as it is here; of two grades the later one."""
    return dict(_values(table, theirs, here))


def _values(table: str, theirs: Record, here: Record) -> Iterator[tuple[str, object]]:
    for name in ALONE[table]:
        yield name, theirs[name] or here[name]
    if grade := GRADES.get(table):
        older = here[grade] and (not theirs[grade] or _before(theirs["rated_on"], here["rated_on"]))
        yield from ((name, (here if older else theirs)[name]) for name in (grade, *GRADE))


def _earlier(claim: Record, here: Record) -> bool:
    """Whether what a file says of a claim is older than what somebody decided here."""
    if not _decided(claim):
        return not claim["decided_at"] or claim["decided_at"] != here["decided_at"]
    return _before(claim["decided_at"], here["decided_at"])


def _before(one: str | None, other: str | None) -> bool:
    """Whether a time is before another one; of a day, whether the day is. What says no time is before nothing.

    >>> _before("2026-03-01T10:00:00Z", "2026-03-01T12:00:00+01:00"), _before("2026-03-01", "2026-03-01T12:00:00Z")
    (True, False)
    """
    first, second = _time(one), _time(other)
    if first is None or second is None:
        return False
    if isinstance(first, datetime) and isinstance(second, datetime):
        return first < second
    return _day(first) < _day(second)


def _time(said: str | None) -> datetime | date | None:
    try:
        if len(said or "") <= len("2026-03-01"):
            return date.fromisoformat(said or "")
        found = datetime.fromisoformat(said or "")
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _day(time: date) -> date:
    return time.date() if isinstance(time, datetime) else time
