"""Records as dicts, and so as JSON: the only place that knows how a record is written.

The JSON is held to by a schema, `data/schema/annotate.schema.json`: a new key is written there too.
"""

from typing import Protocol

from helpers.records.claims import Claim
from helpers.records.mentions import Mention
from helpers.records.sources import Source
from helpers.text import invisible
from helpers.text.articles import Article, Span

SCHEMA = 2  # goes up when a key changes its name, type or meaning


class Readable(Protocol):
    """What of a reading is written (`records.readings.Reading`, which imports this module)."""

    @property
    def article(self) -> Article: ...

    @property
    def claims_from(self) -> str: ...

    @property
    def claims(self) -> tuple[Claim, ...]: ...

    @property
    def sources(self) -> tuple[Source, ...]: ...

    @property
    def mentions(self) -> tuple[Mention, ...]: ...


def as_dict(reading: Readable) -> dict[str, object]:
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
    return None if span is None else {"start": span.start, "end": span.end, "exact": span.exact}


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
        "modality": str(claim.modality),
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
