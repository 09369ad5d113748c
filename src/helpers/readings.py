"""All that is known of one article: where actors are named, and who says what.

People's claims where the article is annotated, else the machine's. Nothing here imports pandas or Matplotlib.
"""

import gc
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from helpers.annotation import load
from helpers.annotation.load import Event, Oddity
from helpers.extraction import claims, mentions, sources
from helpers.extraction.claims import Claim
from helpers.extraction.confidence import Confidence
from helpers.extraction.confidence import load as measured
from helpers.extraction.mentions import Mention
from helpers.extraction.sources import Source
from helpers.lexicon import entries
from helpers.lexicon.entries import Actors, Cue
from helpers.lexicon.vocabulary import Vocabulary
from helpers.records.claims import told
from helpers.text import invisible
from helpers.text.articles import Article, Span

SCHEMA = 2  # goes up when a key changes its name, type or meaning


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

    @cached_property
    def _by_id(self) -> dict[str, Source]:
        return {source.source_id: source for source in self.sources}


@dataclass(frozen=True)
class Known:
    """What is known before reading, compiled once for any number of articles."""

    actors: Actors
    cues: dict[str, Cue]
    vocabulary: Vocabulary
    confidence: Confidence


def known() -> Known:
    """Read and compile the project's lexicons. Raises InputError for one that does not hold together."""
    cues = entries.cues()
    return Known(entries.actors(), cues, Vocabulary(cues), measured())


def read(article: Article, before: Known | None = None, machine: bool = False) -> Reading:
    """Find the mentions of an article, and take people's claims where there are any, else find them.

    before    compiled lexicons, for a caller with many articles; the project's own when not given
    machine   leave people's layer aside, as if nobody had annotated the article
    Raises    InputError for lexicons or annotations that do not hold together.
    """
    before = before or known()
    collecting = gc.isenabled()
    gc.disable()  # records are many and make no cycles: to look for some takes a third longer
    try:
        return _read(article, before, machine)
    finally:
        if collecting:
            gc.enable()


def _read(article: Article, before: Known, machine: bool) -> Reading:
    found = mentions.find(article, before.actors)
    layer = None if machine else load.load(article, before.actors, before.cues)
    if layer is None:
        made = claims.find(article, before.vocabulary, before.confidence)
        ids, who = sources.identify(article, made, found, before.actors, before.vocabulary)
        starts = [mention.span.start for mention in found]
        made = tuple(_told(claim, source_id, found, starts) for claim, source_id in zip(made, ids, strict=True))
        return Reading(article, before.actors, tuple(found), made, tuple(who), (), (), "machine")
    both = sorted((*found, *layer.mentions), key=lambda m: (m.span.start, m.span.end))
    starts = [mention.span.start for mention in both]
    theirs = tuple(_told(claim, claim.source_id, both, starts) for claim in layer.claims)
    return Reading(article, before.actors, tuple(both), theirs, layer.sources, layer.oddities, layer.events, "people")


def _told(claim: Claim, source_id: str | None, found: Sequence[Mention], starts: list[int]) -> Claim:
    """The claim with its source, and the actors that are mentioned inside its content, as they first stand there."""
    inside = []
    for part in claim.content:
        for at in range(bisect_left(starts, part.start), bisect_left(starts, part.end)):
            if found[at].span.end <= part.end:
                inside.append(found[at].actor_id)
    if not inside and source_id == claim.source_id:
        return claim
    return told(claim, source_id, tuple(dict.fromkeys(inside)))


def as_json(reading: Reading) -> dict[str, object]:
    """The reading as the JSON object of `isnad annotate` (see `data/README.md`, «The JSON of a reading»)."""
    article = reading.article
    return {
        "schema": SCHEMA,
        "article": {
            "id": _id(article),
            "article_id": article.article_id,
            "path": invisible.writable(str(article.path)),
            "sha256": article.sha256,
            "characters": len(article.text),
            "warnings": list(article.warnings),
        },
        "claims_from": reading.claims_from,
        "claims": [_claim(claim) for claim in reading.claims],
        "sources": [_source(source) for source in reading.sources],
        "mentions": [_mention(mention) for mention in reading.mentions],
    }


def _id(article: Article) -> str | int:
    """The id as it came, or the one that was made of the file's name."""
    given = article.article_id if article.given_id is None else article.given_id
    return invisible.writable(given) if isinstance(given, str) else given


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
        "made_by": source.made_by,
        "rule": source.rule,
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
