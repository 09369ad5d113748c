"""What an editor reads first: on whose word a text rests, who speaks, what is best and least attributed, what to check.

Records in, records out, in no language: each page says them in its own.
"""

from collections import Counter
from dataclasses import dataclass

from helpers import audits, shares
from helpers.audits import Reason
from helpers.claims import Claim
from helpers.readings import Reading
from helpers.sources import Source

BARS = {
    "named source": "named",
    "unnamed source": "unnamed",
    "source not told": "not_told",
    "no source": "none",
    "no claim": "no_claim",
}
MOST = 5  # of a list on the first screen
FEW = 3


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source with how many claims it makes, and how many of them are only told of it."""

    source: Source
    claims: int
    told_of: int


@dataclass(frozen=True, slots=True)
class Pick:
    """A claim that stands in a list, and why, as keys of the interface."""

    claim: Claim
    source: Source | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A claim to check, with its reasons, most pressing first."""

    claim: Claim
    source: Source | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """The first screen. `shares` by kind of source, 0 to 1; `spoken_about` are actors that say nothing, by mentions."""

    shares: dict[str, float]
    speakers: tuple[Speaker, ...]
    spoken_about: tuple[tuple[str, int], ...]
    best: tuple[Pick, ...]
    least: tuple[Pick, ...]
    check: tuple[Check, ...]


def brief(reading: Reading) -> Brief:
    """The first screen of an article."""
    by_id = {source.source_id: source for source in reading.sources}
    rests = shares.by_source(reading)
    found = audits.reasons(reading)
    by_claim = {claim.claim_id: claim for claim in reading.claims}
    return Brief(
        shares={BARS[row.rests_on]: float(row.share) for row in rests.itertuples()},
        speakers=_speakers(reading, by_id),
        spoken_about=_spoken_about(reading, by_id),
        best=_best(reading, by_id),
        least=_least(reading, by_id),
        check=tuple(Check(by_claim[c], by_id.get(by_claim[c].source_id or ""), tuple(r)) for c, r in found),
    )


def _speakers(reading: Reading, by_id: dict[str, Source]) -> tuple[Speaker, ...]:
    made = Counter(claim.source_id for claim in reading.claims if claim.source_id)
    told = Counter(claim.source_id for claim in reading.claims if claim.source_id and not claim.reported)
    ordered = sorted(made, key=lambda source_id: (-made[source_id], list(by_id).index(source_id)))
    return tuple(Speaker(by_id[source_id], made[source_id], told[source_id]) for source_id in ordered)


def _spoken_about(reading: Reading, by_id: dict[str, Source]) -> tuple[tuple[str, int], ...]:
    speaks = {by_id[claim.source_id] for claim in reading.claims if claim.source_id}
    heard = {actor for source in speaks for actor in (*source.actor_ids, *source.affiliation_ids)}
    named = Counter(mention.actor_id for mention in reading.mentions)
    return tuple((actor, n) for actor, n in named.most_common() if actor not in heard)


def _best(reading: Reading, by_id: dict[str, Source]) -> tuple[Pick, ...]:
    """Claims whose source is named, in its own words, and placed to know: most of these first; never by grade."""
    found = []
    for claim in reading.claims:
        source = by_id.get(claim.source_id or "")
        if source is None or not source.named or not claim.reported or claim.kind not in ("direct", "mixed"):
            continue
        knows = ("why.knows",) if source.justification else ()
        found.append(Pick(claim, source, ("why.named", *knows, f"why.{claim.kind}")))
    found.sort(
        key=lambda pick: (
            -len(pick.why),
            pick.claim.kind != "direct",
            pick.claim.source_via != "stated",
            pick.claim.order,
        )
    )
    return tuple(found[:FEW])


def _least(reading: Reading, by_id: dict[str, Source]) -> tuple[Pick, ...]:
    """Claims about an actor that rest on nobody: no source at all first, then a source that is not told, or has no name."""
    found = []
    for claim in reading.claims:
        source = by_id.get(claim.source_id or "")
        if not claim.about or (source and source.named):
            continue
        why = "no_source" if claim.kind == "unattributed" else "not_told" if source is None else "unnamed"
        person = any(reading.actors.by_id[actor].type == "person" for actor in claim.about)
        found.append(
            (
                ("no_source", "not_told", "unnamed").index(why),
                not person,
                claim.order,
                Pick(claim, source, (f"why.{why}",)),
            )
        )
    return tuple(pick for *_, pick in sorted(found, key=lambda each: each[:3])[:FEW])
