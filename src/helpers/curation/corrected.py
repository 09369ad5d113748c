"""Anchors the annotations of an article again after its text was corrected, using the earlier text."""

import hashlib
import tomllib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from helpers.annotation import folder as folders
from helpers.annotation import load, remark_rows
from helpers.curation import anchoring_again, tables
from helpers.curation.anchoring_again import Again
from helpers.curation.folder_lock import held
from helpers.curation.journal import NAME as JOURNAL
from helpers.curation.journal import Journal, free
from helpers.curation.state import Record
from helpers.extraction.known import Known
from helpers.files import csv_rows, regular_files
from helpers.files.errors import InputError
from helpers.records.events import Event, Oddity
from helpers.text import articles
from helpers.text.articles import Article

TEXT_BYTES = 100_000_000


class Corrected(Struct, frozen=True):
    """The result of anchoring annotations again.

    spans      the number of spans that were found
    lost       the spans that were not found, as rows of `unanchored.csv`
    reviewed   the claims that must be reviewed again because they lost a span
    """

    folder: Path
    spans: int
    lost: tuple[Record, ...]
    reviewed: tuple[str, ...]


def anchor_again(article: Article, known: Known) -> Corrected | None:
    """Anchor the annotations of an article again in its current text; None if they refer to it already.

    The folder has the earlier text, `article.txt`. The earlier journal is kept as `journal-SHA.jsonl`; what was done in
    it can no longer be undone.
    Raises    InputError, one line, if there are no annotations or no earlier text, or they are open in another window.
    """
    where = folders.of(article)
    if not folders.annotated(where):
        raise InputError(f"{where}: this article has no annotations; make a draft with isnad draft")
    lock = held(where)
    try:
        tables.finish(where)
        about = _about(where)
        if about.get("sha256") == article.sha256:
            return None
        before = _before(where, article, about)
        return _anchored(where, before, article, about, known)
    finally:
        lock.release()


def _about(where: Path) -> dict[str, Any]:
    path = where / folders.ARTICLE
    try:
        return tomllib.loads(regular_files.read(path, folders.TOML_BYTES).decode("utf-8-sig"))
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; it must name the sha256 of the earlier text") from None
    except (ValueError, RecursionError) as e:
        raise InputError(f"{path}: not TOML ({e}); fix it") from None


def _before(where: Path, article: Article, about: dict[str, Any]) -> Article:
    """The article with the earlier text, to which its annotations refer."""
    path = where / folders.TEXT
    try:
        raw = regular_files.read(path, TEXT_BYTES)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; put the text of the annotations there") from None
    if hashlib.sha256(raw).hexdigest() != about.get("sha256"):
        raise InputError(f"{path}: not the text that article.toml names by its sha256; restore it")
    return articles.from_text(raw.decode("utf-8"), article.article_id, article.path, given_id=article.given_id)


def _anchored(where: Path, before: Article, article: Article, about: dict[str, Any], known: Known) -> Corrected:
    found = load.annotations(before, known.actors, known.cues)
    state = tables.state(where, before, known)
    journal = Journal(where / JOURNAL)
    try:
        state = tables.replayed(state, journal)
    finally:
        journal.close()
    looked = Again(before.text, article)
    made = anchoring_again.again(state, looked)
    oddities = _oddities(found.oddities if found else (), looked)
    events = _events(found.events if found else (), looked)
    made.tables["unanchored"] = dict(looked.lost)

    def written(beside: Path) -> None:
        tables.written(where, beside, made)
        if (where / folders.ODDITIES).exists():
            csv_rows.write(beside / folders.ODDITIES, remark_rows.ODDITY_COLUMNS, oddities)
        if (where / folders.EVENTS).exists():
            csv_rows.write(beside / folders.EVENTS, remark_rows.EVENT_COLUMNS, events)
        (beside / folders.TEXT).write_bytes(article.text.encode())
        now = datetime.now(UTC).isoformat(timespec="seconds")
        of = about | {"sha256": article.sha256, "anchored_again_at": now}
        (beside / folders.ARTICLE).write_text(folders.as_toml(of), encoding="utf-8")
        old = free(where / f"journal-{before.sha256[:12]}.jsonl")
        (beside / old.name).write_bytes((where / JOURNAL).read_bytes())
        (beside / JOURNAL).write_bytes(b"")

    tables.whole(where, written)
    new = [one for key, one in looked.lost.items() if key not in state.unanchored]
    reviewed = [key for key, claim in made.claims.items() if claim["status"] != state.claims[key]["status"]]
    return Corrected(where, looked.count, tuple(new), tuple(reviewed))


def _oddities(found: Iterable[Oddity], looked: Again) -> list[list[str]]:
    rows = []
    for number, one in enumerate(found, 1):
        span = {"start": one.span.start, "end": one.span.end, "exact": one.span.exact}
        there = looked.found(span)
        if there is None:
            looked.lose("oddities", f"oddity{number}", "", 1, span, {"kind": one.kind, "note": one.note})
        else:
            rows.append([str(there["start"]), str(there["end"]), there["exact"], one.kind, one.note])
    return rows


def _events(found: Iterable[Event], looked: Again) -> list[list[str]]:
    rows = []
    for one in found:
        place = ["", "", ""]
        if one.time:
            span = {"start": one.time.start, "end": one.time.end, "exact": one.time.exact}
            if there := looked.found(span):
                place = [str(there["start"]), str(there["end"]), there["exact"]]
            else:
                looked.lose("events", one.event_id, "time", 1, span)
        rows.append([one.event_id, one.label_ar, one.label_en, *place, " ".join(one.claim_ids), one.note])
    return rows
