"""The overview of an article for an editor: basis, speakers, best and least attributed claims, what to check.

The result has no text in any language: each page words it in its own.
"""

from collections import Counter
from dataclasses import dataclass

from helpers.analysis import audit, headings, shares
from helpers.analysis.audit import Check
from helpers.records.basis import Basis
from helpers.records.claims import Claim
from helpers.records.readings import Reading
from helpers.records.sources import Source

LISTED = 5  # most items of a list in the overview
PICKED = 3


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source, with its number of reported statements and of views or acts that are only ascribed to it."""

    source: Source
    statements: int
    ascriptions: int


@dataclass(frozen=True, slots=True)
class Pick:
    """A claim in a list, with the reasons as keys of the interface."""

    claim: Claim
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The overview.

    shares         shares of words by basis, 0 to 1
    speakers       sources with reported statements
    ascribed       sources to which only views or acts are ascribed
    spoken_about   actors without a reported statement of theirs or of anybody who speaks for them, most mentions first
    unsure         the machine's attributions of lowest confidence, the lowest first
    """

    shares: dict[str, float]
    speakers: tuple[Speaker, ...]
    ascribed: tuple[Speaker, ...]
    spoken_about: tuple[tuple[str, int], ...]
    best: tuple[Pick, ...]
    least: tuple[Pick, ...]
    check: tuple[Check, ...]
    unsure: tuple[Claim, ...]


def overview(reading: Reading) -> Overview:
    """The overview of an article."""
    rests = shares.by_basis(reading)
    speakers = _speakers(reading)
    return Overview(
        shares={row.basis: float(row.share) for row in rests.itertuples()},
        speakers=tuple(one for one in speakers if one.statements),
        ascribed=tuple(one for one in speakers if not one.statements),
        spoken_about=_spoken_about(reading),
        best=_best(reading),
        least=_least(reading),
        check=tuple(audit.reasons(reading)),
        unsure=tuple(_unsure(reading)),
    )


def _unsure(reading: Reading) -> list[Claim]:
    found = (claim for claim in reading.asserted if claim.made_by == "machine")
    sure = [(claim.confidence, claim.order, claim) for claim in found if claim.confidence is not None]
    return [claim for *_, claim in sorted(sure, key=lambda each: each[:2])[:PICKED]]


def _speakers(reading: Reading) -> tuple[Speaker, ...]:
    said = Counter(claim.source_id for claim in reading.asserted if claim.source_id and claim.reported)
    ascribed = Counter(claim.source_id for claim in reading.asserted if claim.source_id and not claim.reported)
    place = {source.source_id: at for at, source in enumerate(reading.sources)}
    ordered = sorted(said.keys() | ascribed.keys(), key=lambda one: (-said[one], -ascribed[one], place[one]))
    return tuple(Speaker(reading.source(one), said[one], ascribed[one]) for one in ordered)


def _spoken_about(reading: Reading) -> tuple[tuple[str, int], ...]:
    speaks = {reading.source(claim.source_id) for claim in reading.asserted if claim.source_id and claim.reported}
    heard = {actor for source in speaks for actor in (*source.actor_ids, *source.affiliation_ids)}
    named = Counter(mention.actor_id for mention in reading.mentions)
    return tuple((actor, n) for actor, n in named.most_common() if actor not in heard)


def _best(reading: Reading) -> tuple[Pick, ...]:
    """The best attributed claims: named source, its own words, a justification; those with most of these first.

    Grades are not used.
    """
    found = []
    for claim in reading.asserted:
        source = reading.source_of(claim)
        if source is None or not source.named or not claim.reported or claim.kind not in ("direct", "mixed"):
            continue
        if claim.confidence is not None and claim.confidence < audit.UNSURE:  # listed among those to check
            continue
        knows = ("why.knows",) if source.justification else ()
        found.append(Pick(claim, ("why.named", *knows, f"why.{claim.kind}")))
    found.sort(
        key=lambda pick: (
            -len(pick.why),
            pick.claim.kind != "direct",
            pick.claim.source_via != "stated",
            pick.claim.order,
        )
    )
    return tuple(found[:PICKED])


def _least(reading: Reading) -> tuple[Pick, ...]:
    """Claims about an actor without a named source: the outlet's own first, then those of unidentified or unnamed ones."""
    found = []
    for claim in reading.asserted:
        source = reading.source_of(claim)
        if not claim.about or (source and source.named) or headings.states_nothing(reading.article, claim):
            continue
        why = Basis.OUTLET if not claim.attributed else Basis.NOT_IDENTIFIED if source is None else Basis.UNNAMED
        person = any(reading.actors.by_id[actor].type == "person" for actor in claim.about)
        found.append(
            (
                (Basis.OUTLET, Basis.NOT_IDENTIFIED, Basis.UNNAMED).index(why),
                not person,
                claim.order,
                Pick(claim, (f"why.{why}",)),
            )
        )
    return tuple(pick for *_, pick in sorted(found, key=lambda each: each[:3])[:PICKED])
