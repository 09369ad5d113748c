"""What people decided about one article: loaded, anchored in its text, and checked row by row.

The folder `data/annotations/<article_id>` holds `article.toml` (whose text it is, by sha256), `claims.csv`,
`spans.csv`, `sources.csv`, `mentions.csv` (descriptions such as التنظيم, resolved) and `oddities.csv` (what is odd in
the text; reported, never mended). A row that does not match the text is an error with its file and row.
"""

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from helpers import claims, lexicons, paths, rows, sources
from helpers.articles import Article, Span
from helpers.claims import Claim
from helpers.lexicons import Actors, Cue
from helpers.mentions import Mention
from helpers.sources import Source

ROLES = ("source", "cue", "content", "antecedent", "justification")
SPAN_COLUMNS = ("record_id", "role", "part", "start", "end", "exact")
MENTION_COLUMNS = ("mention_id", "start", "end", "exact", "actor_id", "via", "note")
ODDITY_COLUMNS = ("start", "end", "exact", "kind", "note")
ODDITY_KINDS = ("misspelling", "two spellings", "grammar", "punctuation")
GRADED = ("rationale", "outside_note", "rater", "rated_on")
SOURCE_COLUMNS = (
    "source_id",
    "name",
    "name_en",
    "kind",
    "actor_ids",
    "affiliation_ids",
    "justification_en",
    "reliability",
    *GRADED,
)
CLAIM_COLUMNS = (
    "claim_id",
    "order",
    "paragraph",
    "sentence",
    "kind",
    "cue_form",
    "act",
    "source_id",
    "source_via",
    "cue_lemma",
    "within",
    "gloss_en",
    "credibility",
    *GRADED,
)


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something odd in the text as received: where, of what kind, and how a reader took it."""

    span: Span
    paragraph: int
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Layer:
    """People's layer of one article. `mentions` holds only what people resolved (descriptions)."""

    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    mentions: tuple[Mention, ...]
    oddities: tuple[Oddity, ...]


def load(article: Article, actors: Actors, cues: dict[str, Cue]) -> Layer | None:
    """People's annotations of an article, or None when nobody annotated it.

    Raises    InputError, naming file and row, for whatever does not match the article, the lexicons or itself.
    """
    folder = paths.annotations(article.article_id)
    if not folder.is_dir():
        return None
    _bound(folder / "article.toml", article)
    spans = _spans(folder / "spans.csv", article)
    found_sources = _sources(folder / "sources.csv", spans, actors)
    found_claims = _claims(folder / "claims.csv", article, spans, cues, {s.source_id for s in found_sources})
    unused = sorted(set(spans) - {c.claim_id for c in found_claims} - {s.source_id for s in found_sources})
    if unused:
        row = next(iter(spans[unused[0]].values()))[0][0]
        raise row.error(f"{unused[0]!r} is no claim and no source; mend the id or take the row out")
    mentions = _mentions(folder / "mentions.csv", article, actors)
    return Layer(found_claims, found_sources, mentions, _oddities(folder / "oddities.csv", article))


def _bound(path: Path, article: Article) -> None:
    try:
        bound = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise rows.InputError(f"{path}: there is no such file; it must name the article's sha256") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise rows.InputError(f"{path}: not TOML ({e}); mend it") from None
    if bound.get("sha256") != article.sha256:
        raise rows.InputError(
            f"{path}: these annotations are of another text (sha256 {str(bound.get('sha256'))[:12]}…, "
            f"{article.path} has {article.sha256[:12]}…); restore the text, or give it another name"
        )


def _anchor(row: rows.Row, article: Article) -> Span:
    start, end = row.whole("start"), row.whole("end")
    there = article.text[start:end]
    if not start < end <= len(article.text) or there != row["exact"]:
        shown = there if len(there) < 60 else f"{there[:57]}…"
        raise row.error(f"exact is {row['exact']!r}, but the text at {start}:{end} is {shown!r}; mend the offsets")
    return Span(start, end, there)


_Parts = dict[str, dict[str, list[tuple[rows.Row, Span]]]]


def _spans(path: Path, article: Article) -> _Parts:
    """Spans by record and role, parts in their order."""
    found: _Parts = defaultdict(lambda: defaultdict(list))
    for row in rows.read(path, SPAN_COLUMNS):
        parts = found[row["record_id"]][row.one_of("role", ROLES)]
        if row.whole("part") != len(parts) + 1:
            raise row.error(f"part is {row['part']}; the parts of a {row['role']} are numbered 1, 2, … in order")
        if row["role"] not in ("cue", "content") and parts:
            raise row.error(f"{row['record_id']} has two spans as its {row['role']}; keep one")
        span = _anchor(row, article)
        if parts and span.start < parts[-1][1].end:
            raise row.error("this part begins before the one above it ends; order them, without overlap")
        parts.append((row, span))
    return found


def _one(parts: dict[str, list[tuple[rows.Row, Span]]], role: str) -> Span | None:
    return parts[role][0][1] if role in parts else None


def _unique(row: rows.Row, column: str, seen: dict[str, rows.Row]) -> str:
    if not row[column]:
        raise row.error(f"{column} is empty")
    if seen.setdefault(row[column], row) is not row:
        raise row.error(f"{column} {row[column]!r} stands in row {seen[row[column]].number} already; ids are unique")
    return row[column]


def _graded(row: rows.Row) -> dict[str, str]:
    if not row["rationale"] or not row["rater"]:
        raise row.error("rationale and rater must not be empty: a grade says why, and who gave it")
    return {column: row[column] for column in GRADED}


def _sources(path: Path, spans: _Parts, actors: Actors) -> tuple[Source, ...]:
    seen: dict[str, rows.Row] = {}
    found = []
    for row in rows.read(path, SOURCE_COLUMNS):
        source_id = _unique(row, "source_id", seen)
        found.append(
            Source(
                source_id=source_id,
                name=row["name"],
                name_en=row["name_en"],
                kind=row.one_of("kind", sources.KINDS),
                actor_ids=tuple(actors.known(a, row) for a in row["actor_ids"].split()),
                affiliation_ids=tuple(actors.known(a, row) for a in row["affiliation_ids"].split()),
                justification_en=row["justification_en"] or None,
                justification=_one(spans.get(source_id, {}), "justification"),
                reliability=row.one_of("reliability", sources.RELIABILITY),
                **_graded(row),
            )
        )
    return tuple(found)


def _claims(
    path: Path, article: Article, spans: _Parts, cues: dict[str, Cue], source_ids: set[str]
) -> tuple[Claim, ...]:
    seen: dict[str, rows.Row] = {}
    found: list[Claim] = []
    for row in rows.read(path, CLAIM_COLUMNS):
        claim = _claim(row, _unique(row, "claim_id", seen), article, spans, cues)
        if claim.source_id and claim.source_id not in source_ids:
            raise row.error(f"source_id {claim.source_id!r} is not in sources.csv; add it there or mend the id")
        if claim.within and claim.within not in seen:
            raise row.error(f"within is {claim.within!r}, which is no claim above; a chain begins with its outer claim")
        found.append(claim)
    found.sort(key=lambda claim: claim.order)
    for number, claim in enumerate(found, 1):
        if claim.order != number:
            raise seen[claim.claim_id].error(f"order is {claim.order}; the orders must run 1 to {len(found)}")
    return tuple(found)


def _claim(row: rows.Row, claim_id: str, article: Article, spans: _Parts, cues: dict[str, Cue]) -> Claim:
    parts = spans.get(claim_id, {})
    kind = row.one_of("kind", claims.KINDS)
    content = tuple(span for _, span in parts.get("content", ()))
    cue = tuple(span for _, span in parts.get("cue", ()))
    source, antecedent = _one(parts, "source"), _one(parts, "antecedent")
    if not content:
        raise row.error(f"{claim_id} has no content in spans.csv; a claim says something")
    attributed = kind != "unattributed"
    if not attributed and (cue or source or antecedent or any(row[c] for c in ("cue_form", "act", "source_id"))):
        raise row.error("an unattributed claim has no source, no cue, no act; empty them or give it another kind")
    if attributed:
        _check_source(row, source, antecedent)
        if not cue or row["cue_lemma"] not in cues:
            raise row.error(f"cue_lemma {row['cue_lemma']!r}: give a cue in spans.csv and a lemma of cues.csv")
    spoken = [*((source,) if source else ()), *cue, *content]
    place = article.place(min(span.start for span in spoken))
    if (row.whole("paragraph"), row.whole("sentence")) != (place.paragraph, place.number):
        raise row.error(f"it stands in paragraph {place.paragraph}, sentence {place.number} of the text; write those")
    credibility = int(row.one_of("credibility", map(str, sources.CREDIBILITY)))
    return Claim(
        claim_id=claim_id,
        order=row.whole("order"),
        paragraph=place.paragraph,
        sentence=place.number,
        kind=kind,
        cue_form=row.one_of("cue_form", claims.CUE_FORMS) if attributed else None,
        act=row.one_of("act", lexicons.ACTS) if attributed else None,
        source=source,
        source_id=row["source_id"] or None,
        source_via=row["source_via"] or None,
        antecedent=antecedent,
        cue=cue,
        cue_lemma=row["cue_lemma"] or None,
        stance=cues[row["cue_lemma"]].stance if attributed else None,
        content=content,
        about=(),
        within=row["within"] or None,
        made_by="people",
        gloss_en=row["gloss_en"] or None,
        credibility=credibility,
        **_graded(row),
    )


def _check_source(row: rows.Row, source: Span | None, antecedent: Span | None) -> None:
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
    seen: dict[str, rows.Row] = {}
    found = []
    for row in rows.read(path, MENTION_COLUMNS):
        span = _anchor(row, article)
        place = article.place(span.start)
        mention_id, actor_id = _unique(row, "mention_id", seen), actors.known(row["actor_id"], row)
        via = row.one_of("via", ("description",))
        found.append(Mention(mention_id, place.paragraph, place.number, actor_id, span, via, "people"))
    return tuple(found)


def _oddities(path: Path, article: Article) -> tuple[Oddity, ...]:
    found = []
    for row in rows.read(path, ODDITY_COLUMNS):
        span = _anchor(row, article)
        kind = row.one_of("kind", ODDITY_KINDS)
        found.append(Oddity(span, article.place(span.start).paragraph, kind, row["note"]))
    return tuple(found)
