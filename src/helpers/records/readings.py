"""All that is known of one article."""

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
    actors        those of the lexicons, and those that the machine found in this article
    mentions      where the article names an actor
    perhaps       where the machine is not sure that it does, kept apart
    claims        who says what, in the order of the text
    sources       who says it
    oddities      irregularities of the text
    events        what happened, and when according to the article
    claims_from   whose claims and sources they are: `people` where they decided on every claim, `mixed` where on some,
                  else `machine`
    curated       who decided on how many; None where the article has no annotations
    perhaps_claims   what the machine found and is not sure enough of: perhaps attributed, and in no count, chart or page;
                  their words are those of the claim that they stand in, or of the outlet's own voice
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
        """The actors that the article names, in the order in which it first names them; those that a machine found, too."""
        return named(self.mentions, self.actors.by_id)

    @cached_property
    def perhaps_named(self) -> tuple[NamedActor, ...]:
        """The names of which the machine is not sure that they are an actor's: in no count, no chart and no list of actors."""
        return tuple(named(one.mentions, {one.actor.actor_id: one.actor})[0] for one in self.perhaps)

    @cached_property
    def asserted(self) -> tuple[Claim, ...]:
        """The claims that were made, as the article reports them: those that counts and shares are of."""
        return tuple(claim for claim in self.claims if claim.asserted)

    @cached_property
    def speaking(self) -> tuple[Source, ...]:
        """The sources of those claims, in their order; not so who only did not, or is yet to, say something."""
        ids = {claim.source_id for claim in self.asserted}
        return tuple(source for source in self.sources if source.source_id in ids)

    @cached_property
    def listed(self) -> tuple[Source, ...]:
        """The sources without those to which something is only perhaps attributed, and nothing else."""
        ids = {claim.source_id for claim in self.perhaps_claims} - {claim.source_id for claim in self.claims}
        return tuple(source for source in self.sources if source.source_id not in ids)

    @property
    def raters(self) -> tuple[str, ...]:
        """Who graded claims or sources."""
        graded = (*(claim.rater for claim in self.claims), *(source.rater for source in self.sources))
        return tuple(dict.fromkeys(filter(None, graded)))

    def source(self, source_id: str) -> Source:
        """The source of this id. Raises KeyError when there is none."""
        return self._by_id[source_id]

    def source_of(self, claim: Claim) -> Source | None:
        """The source of a claim; None for the outlet's own voice, and where it could not be identified."""
        return self._by_id[claim.source_id] if claim.source_id else None

    def to_dict(self) -> dict[str, object]:
        """The reading as the JSON object of `isnad annotate`, described by `data/schema/annotate.schema.json`."""
        return codec.as_dict(self)

    def to_frame(self, table: frames.Table) -> "pd.DataFrame":
        """One row per record of a table: `claims`, `sources`, `mentions` or `actors`; pandas is imported only now.

        Returns   the keys of `to_dict` as columns, `article_id` before them. A span is its text, with its offsets in
                  columns of their own (`source`, `source_start`, `source_end`); a cue or content of several parts has
                  the start of the first and the end of the last. Lists of ids are joined by spaces. Claims have the
                  `source_name`, mentions `name_ar` and `name_en` of the actor beside the id.
        Raises    ValueError for another table.
        """
        actors = {actor_id: (actor.name_ar, actor.name_en) for actor_id, actor in self.actors.by_id.items()}
        return frames.frame(codec.as_dict(self), table, actors)

    def claim(self, claim_id: str) -> Claim:
        """The claim of this id. Raises KeyError when there is none."""
        return self._claims[claim_id]

    def claims_of(self, source: Source) -> tuple[Claim, ...]:
        """The claims of a source in their order, asserted or not."""
        return tuple(self._by_source[source.source_id])

    def basis_of(self, claim: Claim) -> Basis:
        """What a claim rests on."""
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
