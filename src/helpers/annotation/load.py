"""What people decided about one article: loaded, anchored in its text, and checked row by row.

The folder `data/annotations/<article_id>` holds `article.toml` (whose text it is, by sha256), `claims.csv`,
`spans.csv`, `sources.csv`, `mentions.csv` (descriptions such as التنظيم, resolved) and `oddities.csv` (what is odd in
the text; reported, never corrected) and `events.csv` (the events of the article, with the words that date them). A row that does not match the text is an error with its file and row.
"""

from pathlib import Path
from typing import Any

from msgspec import Struct

from helpers.annotation import anchoring
from helpers.files import csv_rows, paths
from helpers.lexicon import entries
from helpers.lexicon.entries import Actors, Cue
from helpers.records import claims, fields, sources
from helpers.records.claims import Claim
from helpers.records.events import Event, Oddity
from helpers.records.fields import Written
from helpers.records.mentions import Mention
from helpers.records.modality import Modality
from helpers.records.sources import Source
from helpers.text.articles import Article, Span

MENTION_COLUMNS = (*fields.names(Mention, Written.ANNOTATION), "note")
ODDITY_COLUMNS = ("start", "end", "exact", "kind", "note")
EVENT_COLUMNS = ("event_id", "label_ar", "label_en", "start", "end", "exact", "claim_ids", "note")
ODDITY_KINDS = ("misspelling", "two spellings", "grammar", "punctuation")
SOURCE_COLUMNS = fields.names(Source, Written.ANNOTATION)
CLAIM_COLUMNS = fields.names(Claim, Written.ANNOTATION)
OPTIONAL = ("modality",)  # where it is not there, or empty, every claim is asserted
OF_ATTRIBUTED = ("cue_form", "act", "source_id", "source_via", "cue_lemma", "within")  # empty for an unattributed claim


class Layer(Struct, frozen=True, gc=False):
    """People's layer of one article. `mentions` holds only what people resolved (descriptions)."""

    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    mentions: tuple[Mention, ...]
    oddities: tuple[Oddity, ...]
    events: tuple[Event, ...]


def layer(article: Article, actors: Actors, cues: dict[str, Cue]) -> Layer | None:
    """People's annotations of an article, or None when not annotated.

    Raises    InputError, naming file and row, for whatever does not match the article, the lexicons or itself.
    """
    folder = paths.annotations(article.article_id)
    if not folder.is_dir() or all(path.name == "arabic.csv" for path in folder.iterdir()):
        return None
    anchoring.bound(folder / "article.toml", article)
    spans = anchoring.spans(folder / "spans.csv", article)
    found_sources = _sources(folder / "sources.csv", spans, actors)
    found_claims = _claims(folder / "claims.csv", article, spans, cues, {s.source_id for s in found_sources})
    unused = sorted(set(spans) - {c.claim_id for c in found_claims} - {s.source_id for s in found_sources})
    if unused:
        row = next(iter(spans[unused[0]].values()))[0][0]
        raise row.error(f"{unused[0]!r} is no claim and no source; fix the id or remove the row")
    mentions = _mentions(folder / "mentions.csv", article, actors)
    oddities = _oddities(folder / "oddities.csv", article)
    events = _events(folder / "events.csv", article, {c.claim_id for c in found_claims})
    return Layer(found_claims, found_sources, mentions, oddities, events)


def _texts(row: csv_rows.Row, record: type[Claim] | type[Source]) -> dict[str, Any]:
    """The fields of a record that are texts, as its row has them; None for an empty one that can be so."""
    texts = (field for field in fields.of(record, Written.ANNOTATION) if field.type is str)
    return {field.name: row[field.name] or (None if field.open else "") for field in texts}


def _check_grade(row: csv_rows.Row, grade: str, rules: dict[str, str]) -> None:
    if not row["rationale"] or not row["rater"]:
        raise row.error("rationale and rater must not be empty: a grade says why, and who gave it")
    rule = row["rationale"].partition(":")[0]
    if rules.get(rule) != grade and (rule, grade) != ("R4", "B"):
        raise row.error(f"rationale begins with {rule!r}, by which {grade} is not given; see data/lexicon/grades.csv")


def _sources(path: Path, spans: anchoring.Parts, actors: Actors) -> tuple[Source, ...]:
    seen: dict[str, csv_rows.Row] = {}
    rules = {rule.rule: rule.grade for rule in entries.grades()}
    found = []
    for row in csv_rows.read(path, SOURCE_COLUMNS):
        source_id = anchoring.unique(row, "source_id", seen)
        row.one_of("kind", sources.SOURCE_KINDS)
        its, other = (tuple(actors.known(a, row) for a in row[ids].split()) for ids in ("actor_ids", "affiliation_ids"))
        _check_grade(row, row.one_of("reliability", sources.RELIABILITY), rules)
        justification = anchoring.one(spans.get(source_id, {}), "justification")
        found.append(Source(actor_ids=its, affiliation_ids=other, justification=justification, **_texts(row, Source)))
    return tuple(found)


def _claims(
    path: Path, article: Article, spans: anchoring.Parts, cues: dict[str, Cue], source_ids: set[str]
) -> tuple[Claim, ...]:
    seen: dict[str, csv_rows.Row] = {}
    found: list[Claim] = []
    for row in csv_rows.read(path, CLAIM_COLUMNS, optional=OPTIONAL):
        claim = _claim(row, anchoring.unique(row, "claim_id", seen), article, spans, cues)
        if claim.source_id and claim.source_id not in source_ids:
            raise row.error(f"source_id {claim.source_id!r} is not in sources.csv; add it there or fix the id")
        if claim.within and claim.within not in seen:
            raise row.error(f"within is {claim.within!r}, which is no claim above; a chain begins with its outer claim")
        if claim.within and any(c.claim_id == claim.within and not c.attributed for c in found):
            raise row.error(
                f"within is {claim.within!r}, which is unattributed; a claim can only be reported within an attributed one"
            )
        found.append(claim)
    found.sort(key=lambda claim: claim.order)
    for number, claim in enumerate(found, 1):
        if claim.order != number:
            raise seen[claim.claim_id].error(f"order is {claim.order}; the orders must run 1 to {len(found)}")
    return tuple(found)


def _claim(row: csv_rows.Row, claim_id: str, article: Article, spans: anchoring.Parts, cues: dict[str, Cue]) -> Claim:
    parts = spans.get(claim_id, {})
    kind = row.one_of("kind", claims.CLAIM_KINDS)
    content = tuple(span for _, span in parts.get("content", ()))
    cue = tuple(span for _, span in parts.get("cue", ()))
    source, antecedent = anchoring.one(parts, "source"), anchoring.one(parts, "antecedent")
    if not content:
        raise row.error(f"{claim_id} has no content in spans.csv; a claim says something")
    attributed = kind != "unattributed"
    if not attributed and (cue or source or antecedent or any(row[c] for c in OF_ATTRIBUTED)):
        raise row.error("an unattributed claim has no source, no cue, no act; empty them or give it another kind")
    if attributed:
        _check_source(row, source, antecedent)
        if not cue or row["cue_lemma"] not in cues:
            raise row.error(f"cue_lemma {row['cue_lemma']!r}: give a cue in spans.csv and a lemma of cues.csv")
    modality = Modality(row.one_of("modality", ("", *Modality)) or Modality.ASSERTED)
    if not attributed and modality != Modality.ASSERTED:
        raise row.error(f"modality is {modality}, but the outlet's own voice is always asserted; write that")
    spoken = [*((source,) if source else ()), *cue, *content]
    place = article.place(min(span.start for span in spoken))
    if (row.whole("paragraph"), row.whole("sentence")) != (place.paragraph, place.number):
        raise row.error(f"it stands in paragraph {place.paragraph}, sentence {place.number} of the text; write those")
    if attributed:
        row.one_of("cue_form", claims.CUE_FORMS)
        row.one_of("act", entries.ACTS)
    credibility = row.one_of("credibility", tuple(map(str, sources.CREDIBILITY)))
    _check_grade(row, credibility, {rule.rule: rule.grade for rule in entries.grades()})
    return Claim(
        order=row.whole("order"),
        paragraph=place.paragraph,
        sentence=place.number,
        source=source,
        antecedent=antecedent,
        cue=cue,
        stance=cues[row["cue_lemma"]].stance if attributed else None,
        content=content,
        about=(),
        modality=modality,
        credibility=int(credibility),
        **_texts(row, Claim),
    )


def _check_source(row: csv_rows.Row, source: Span | None, antecedent: Span | None) -> None:
    via = row.one_of("source_via", claims.SOURCE_VIA)
    given = (source is not None, antecedent is not None, bool(row["source_id"]))
    if (
        row["act"] != "hearsay"
        and given
        != {
            "stated": (True, False, True),
            "inherited": (False, True, True),
            "unresolved": (False, False, False),
        }[via]
    ):
        raise row.error(
            f"source_via is {via}: stated takes a source span and a source_id, inherited an antecedent span and a "
            "source_id, unresolved neither"
        )


def _mentions(path: Path, article: Article, actors: Actors) -> tuple[Mention, ...]:
    seen: dict[str, csv_rows.Row] = {}
    found = []
    for row in csv_rows.read(path, MENTION_COLUMNS):
        span = anchoring.anchor(row, article)
        place = article.place(span.start)
        mention_id, actor_id = anchoring.unique(row, "mention_id", seen), actors.known(row["actor_id"], row)
        via = row.one_of("via", ("description",))
        by = actors.by_id[actor_id].found_by
        found.append(Mention(mention_id, place.paragraph, place.number, actor_id, span, via, "people", by))
    return tuple(found)


def _oddities(path: Path, article: Article) -> tuple[Oddity, ...]:
    found = []
    for row in csv_rows.read(path, ODDITY_COLUMNS):
        span = anchoring.anchor(row, article)
        kind = row.one_of("kind", ODDITY_KINDS)
        found.append(Oddity(span, article.place(span.start).paragraph, kind, row["note"]))
    return tuple(found)


def _events(path: Path, article: Article, claim_ids: set[str]) -> tuple[Event, ...]:
    seen: dict[str, csv_rows.Row] = {}
    found = []
    for row in csv_rows.read(path, EVENT_COLUMNS):
        event_id = anchoring.unique(row, "event_id", seen)
        reported = tuple(row["claim_ids"].split())
        if not reported or not set(reported) <= claim_ids:
            raise row.error(f"claim_ids is {row['claim_ids']!r}; name the claims of claims.csv that report the event")
        time = anchoring.anchor(row, article) if row["exact"] else None
        found.append(Event(event_id, row["label_ar"], row["label_en"], time, reported, row["note"]))
    return tuple(found)
