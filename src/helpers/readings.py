"""All that is known of one article: where actors are named, and whose claims there are.

People's claims where the article is annotated; None where nobody looked. Nothing here imports pandas or Matplotlib.
"""

from dataclasses import dataclass, replace

from helpers import annotations, lexicons, mentions
from helpers.annotations import Event, Oddity
from helpers.articles import Article, Span
from helpers.claims import Claim
from helpers.lexicons import Actors
from helpers.mentions import Mention
from helpers.sources import Source

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """One article as read. `claims_from` is `people`, or None when there are no claims because nobody looked."""

    article: Article
    actors: Actors
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...] | None
    sources: tuple[Source, ...] | None
    oddities: tuple[Oddity, ...]
    events: tuple[Event, ...]
    claims_from: str | None

    def source(self, source_id: str) -> Source:
        """The source of this id. Raises KeyError when there is none."""
        return {source.source_id: source for source in self.sources or ()}[source_id]


def read(article: Article, actors: Actors | None = None, cues: dict[str, lexicons.Cue] | None = None) -> Reading:
    """Find the mentions of an article and load people's layer, if there is one.

    actors, cues   compiled lexicons, for a caller with many articles; the project's own when not given.
    Raises         InputError for lexicons or annotations that do not hold together.
    """
    actors = actors or lexicons.actors()
    found = mentions.find(article, actors)
    layer = annotations.load(article, actors, cues or lexicons.cues())
    if layer is None:
        return Reading(article, actors, tuple(found), None, None, (), (), None)
    both = sorted((*found, *layer.mentions), key=lambda m: (m.span.start, m.span.end))
    claims = tuple(replace(claim, about=_about(claim, both)) for claim in layer.claims)
    return Reading(article, actors, tuple(both), claims, layer.sources, layer.oddities, layer.events, "people")


def _about(claim: Claim, found: list[Mention]) -> tuple[str, ...]:
    """The actors that are mentioned inside the content, in the order in which they first stand there."""
    inside = (m for m in found for part in claim.content if part.start <= m.span.start and m.span.end <= part.end)
    return tuple(dict.fromkeys(m.actor_id for m in inside))


def as_json(reading: Reading) -> dict[str, object]:
    """The reading as the JSON object of `isnad annotate` (see `data/README.md`, «The JSON of a reading»)."""
    article = reading.article
    return {
        "schema": SCHEMA,
        "article": {
            "id": article.article_id,
            "path": str(article.path),
            "sha256": article.sha256,
            "characters": len(article.text),
        },
        "claims_from": reading.claims_from,
        "claims": None if reading.claims is None else [_claim(claim) for claim in reading.claims],
        "sources": None if reading.sources is None else [_source(source) for source in reading.sources],
        "mentions": [_mention(mention) for mention in reading.mentions],
    }


def _span(span: Span | None) -> dict[str, object] | None:
    return span and {"start": span.start, "end": span.end, "exact": span.exact}


def _claim(claim: Claim) -> dict[str, object]:
    return {
        "claim_id": claim.claim_id,
        "order": claim.order,
        "paragraph": claim.paragraph,
        "sentence": claim.sentence,
        "kind": claim.kind,
        "cue_form": claim.cue_form,
        "act": claim.act,
        "source": _span(claim.source),
        "source_id": claim.source_id,
        "source_via": claim.source_via,
        "antecedent": _span(claim.antecedent),
        "cue": [_span(span) for span in claim.cue],
        "cue_lemma": claim.cue_lemma,
        "stance": claim.stance,
        "content": [_span(span) for span in claim.content],
        "about": list(claim.about),
        "within": claim.within,
        "made_by": claim.made_by,
        "rule": claim.rule,
        "confidence": claim.confidence,
    }


def _source(source: Source) -> dict[str, object]:
    return {
        "source_id": source.source_id,
        "name": source.name,
        "kind": source.kind,
        "actor_ids": list(source.actor_ids),
        "affiliation_ids": list(source.affiliation_ids),
        "justification": _span(source.justification),
    }


def _mention(mention: Mention) -> dict[str, object]:
    return {
        "mention_id": mention.mention_id,
        "paragraph": mention.paragraph,
        "actor_id": mention.actor_id,
        "start": mention.span.start,
        "end": mention.span.end,
        "exact": mention.span.exact,
        "via": mention.via,
        "made_by": mention.made_by,
    }
