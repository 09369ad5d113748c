"""All that is known of one article."""

from dataclasses import dataclass
from functools import cached_property

from helpers.lexicon.entries import Actors
from helpers.records import basis
from helpers.records.basis import Basis
from helpers.records.claims import Claim
from helpers.records.events import Event, Oddity
from helpers.records.mentions import Mention
from helpers.records.sources import Source
from helpers.text.articles import Article


@dataclass(frozen=True)
class Reading:
    """One article as read. `claims_from` says whose claims and sources they are: `people` or `machine`."""

    article: Article
    actors: Actors
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    oddities: tuple[Oddity, ...]
    events: tuple[Event, ...]
    claims_from: str

    def source(self, source_id: str) -> Source:
        """The source of this id. Raises KeyError when there is none."""
        return self._by_id[source_id]

    def source_of(self, claim: Claim) -> Source | None:
        """The source of a claim; None for the outlet's own voice, and where it could not be identified."""
        return self._by_id[claim.source_id] if claim.source_id else None

    def basis_of(self, claim: Claim) -> Basis:
        """What a claim rests on."""
        return basis.of(claim, self.source_of(claim))

    @cached_property
    def _by_id(self) -> dict[str, Source]:
        return {source.source_id: source for source in self.sources}
