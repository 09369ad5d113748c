"""What the front page shows of each claim and source, and in which order. `writer` decides how it is written."""

from collections.abc import Iterable
from dataclasses import dataclass

from helpers.records.basis import Basis
from helpers.records.claims import Claim
from helpers.records.sources import Source
from helpers.report import highlighting, writer
from helpers.report.source_writer import Markup, arabic
from helpers.report.writer import Writer


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a card: its label and its text."""

    label: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Card:
    """The card of a claim.

    source_id, actor_ids    for filters: its source, and the actors that are its source or that it is about
    """

    claim: Claim
    facts: tuple[Fact, ...]
    offsets: str
    reference: str
    basis: Basis
    source_id: str
    actor_ids: tuple[str, ...]


def card(write: Writer, claim: Claim) -> Card:
    """Make the card of a claim."""
    said, source = write.said, write.reading.source_of(claim)
    own = (*source.actor_ids, *source.affiliation_ids) if source else ()
    return Card(
        claim=claim,
        facts=tuple(_facts(write, claim, source) if claim.attributed else _graded(write, claim, None)),
        offsets=said.comma.join(said("offsets", start=f"{s.start:,}", end=f"{s.end:,}") for s in claim.content),
        reference=writer.reference(write.reading.article, claim),
        basis=write.reading.basis_of(claim),
        source_id=claim.source_id or "",
        actor_ids=tuple(dict.fromkeys((*own, *claim.about))),
    )


def _facts(write: Writer, claim: Claim, source: Source | None) -> Iterable[Fact]:
    said, phrase = write.said, write.phrase
    if not claim.asserted:
        yield Fact(said("modality"), phrase(f"modality.{claim.modality}.says"))
    if claim.cue:
        yield Fact(said("key.cue"), write.cue(claim))
    yield Fact(said("source.kind"), phrase(f"kind.{claim.kind}"))
    if claim.act:
        yield Fact(said("act"), phrase(f"act.{claim.act}"))
    if claim.stance:
        yield Fact(said("stance"), phrase(f"stance.{claim.stance}"))
    yield Fact(said("chain"), _chain(write, claim))
    if claim.antecedent:
        yield Fact(said("named_before"), arabic(claim.antecedent.exact))
    if claim.about:
        yield Fact(said("about"), write.actors(claim.about))
    yield from _graded(write, claim, source)


def _chain(write: Writer, claim: Claim) -> Markup:
    """The claim within which a claim is reported, and its source."""
    if claim.within is None:
        return write.phrase("chain.none")
    outer = write.reading.claim(claim.within)
    n = highlighting.number(outer)
    link = Markup('<a href="#claim-{}">{}</a>').format(outer.claim_id, write.said("claim", n=n))
    inside = write.phrase("chain.inside", claim="{claim}", who="{who}")
    return inside.format(claim=link, who=write.who(outer))


def _graded(write: Writer, claim: Claim, source: Source | None) -> Iterable[Fact]:
    """The decision and the grade of a claim, or how a machine found it."""
    said = write.said
    if claim.made_by == "people":
        if decision := write.decision(claim):
            yield Fact(said("decision"), decision)
        if source and write.graded:
            yield Fact(said("reliability"), write.letter(source))
        if write.graded:
            yield Fact(said("grade"), write.credibility(claim))
        if claim.rationale:
            yield Fact(said("rationale"), write.put(claim.rationale))
    elif claim.confidence is not None:
        sure, ten = f"{claim.confidence:.2f}", round(claim.confidence * 10)
        yield Fact(said("confidence"), write.phrase("confidence.says", confidence=sure, ten=ten))
        yield Fact(said("rule"), write.rule(claim))


@dataclass(frozen=True, slots=True)
class Entry:
    """A source in the register, with its claims."""

    source: Source
    facts: tuple[Fact, ...]
    claims: tuple[Claim, ...]


def register(write: Writer) -> list[Entry]:
    """The sources in the order in which they first speak."""
    reading = write.reading
    return [Entry(source, tuple(_known(write, source)), reading.claims_of(source)) for source in reading.listed]


def _known(write: Writer, source: Source) -> Iterable[Fact]:
    said = write.said
    yield Fact(said("source.kind"), write.phrase(f"sourcekind.{source.kind}"))
    yield Fact(said("source.knows"), write.justification(source))
    if source.affiliation_ids:
        yield Fact(said("source.speaks_for"), write.actors(source.affiliation_ids))
    if graded := write.reliability(source):
        yield Fact(said("reliability"), graded)
