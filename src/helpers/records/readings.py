"""The record of a reading: all that is known about one article."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from helpers.lexicon.entries import Actors
from helpers.records import basis, codec, frames
from helpers.records.actors import NamedActor, PerhapsNamed, named
from helpers.records.basis import Basis
from helpers.records.claims import Claim
from helpers.records.curated import Curated
from helpers.records.events import Event, Oddity
from helpers.records.mentions import Mention
from helpers.records.sources import Source
from helpers.text.articles import Article

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Reading:
    """One article as read.

    article       the article, with its text as received
    actors        the actors of the lexicons, and those that the machine found in this article
    mentions      the places where the article names an actor
    perhaps       possible mentions, of which the machine is not confident
    claims        the claims, in the order of the text
    sources       the sources of the claims
    oddities      irregularities of the text
    events        events, and their dates according to the article
    claims_from   the origin of claims and sources: `people` if they decided on every claim, `mixed` if on some, else
                  `machine`
    curated       who decided on how many claims; None if the article has no annotations
    perhaps_claims   possible claims, of which the machine is not confident enough: left out of all counts, charts and
                  pages. Their words count as those of the claim around them, or of the outlet's own voice
    """

    article: Article
    actors: Actors
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    oddities: tuple[Oddity, ...]
    events: tuple[Event, ...]
    claims_from: str
    perhaps: tuple[PerhapsNamed, ...] = ()
    curated: Curated | None = None
    perhaps_claims: tuple[Claim, ...] = ()

    @cached_property
    def named(self) -> tuple[NamedActor, ...]:
        """The actors that the article names, in order of first mention, including those found by machine."""
        return named(self.mentions, self.actors.by_id, self.actors, self.article.text)

    @cached_property
    def perhaps_named(self) -> tuple[NamedActor, ...]:
        """Possible actors, of which the machine is not confident: left out of all counts, charts and lists of actors."""
        text = self.article.text
        return tuple(named(one.mentions, {one.actor.actor_id: one.actor}, self.actors, text)[0] for one in self.perhaps)

    @cached_property
    def asserted(self) -> tuple[Claim, ...]:
        """The claims that the article reports as made; counts and shares are computed from these."""
        return tuple(claim for claim in self.claims if claim.asserted)

    @cached_property
    def speaking(self) -> tuple[Source, ...]:
        """The sources of asserted claims, in order; a source only of negated, future or similar claims is left out."""
        ids = {claim.source_id for claim in self.asserted}
        return tuple(source for source in self.sources if source.source_id in ids)

    @cached_property
    def listed(self) -> tuple[Source, ...]:
        """The sources, without those that have only possible claims (`perhaps_claims`)."""
        ids = {claim.source_id for claim in self.perhaps_claims} - {claim.source_id for claim in self.claims}
        return tuple(source for source in self.sources if source.source_id not in ids)

    @property
    def raters(self) -> tuple[str, ...]:
        """The people who graded claims or sources."""
        graded = (*(claim.rater for claim in self.claims), *(source.rater for source in self.sources))
        return tuple(dict.fromkeys(filter(None, graded)))

    def source(self, source_id: str) -> Source:
        """The source with this id. Raises KeyError when there is none."""
        return self._by_id[source_id]

    def source_of(self, claim: Claim) -> Source | None:
        """The source of a claim; None for the outlet's own voice, or if the speaker could not be identified."""
        return self._by_id[claim.source_id] if claim.source_id else None

    def to_dict(self) -> dict[str, object]:
        """The reading as the JSON object of `isnad annotate`, described by `data/schema/annotate.schema.json`."""
        return codec.as_dict(self)

    def to_frame(self, table: frames.Table) -> "pd.DataFrame":
        """A table with one row per record: `claims`, `sources`, `mentions` or `actors`. Imports pandas.

        Returns   `article_id`, then the keys of `to_dict` as columns. A span is its text, with its offsets in columns
                  of their own (`source`, `source_start`, `source_end`); a cue or content of several parts has the start
                  of the first and the end of the last. Lists of ids are joined by spaces. Next to the id, claims have
                  `source_name`, and mentions `name_ar` and `name_en` of the actor.
        Raises    ValueError for an unknown table.
        """
        actors = {actor_id: (actor.name_ar, actor.name_en) for actor_id, actor in self.actors.by_id.items()}
        return frames.frame(codec.as_dict(self), table, actors)

    def claim(self, claim_id: str) -> Claim:
        """The claim with this id. Raises KeyError when there is none."""
        return self._claims[claim_id]

    def claims_of(self, source: Source) -> tuple[Claim, ...]:
        """The claims of a source in the order of the text, asserted or not."""
        return tuple(self._by_source[source.source_id])

    def basis_of(self, claim: Claim) -> Basis:
        """The basis of a claim: on whose authority it is made."""
        return basis.of(claim, self.source_of(claim))

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        return {claim.claim_id: claim for claim in self.claims}

    @cached_property
    def _by_source(self) -> dict[str | None, list[Claim]]:
        found: dict[str | None, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            found[claim.source_id].append(claim)
        return found

    @cached_property
    def _by_id(self) -> dict[str, Source]:
        return {source.source_id: source for source in self.sources}
