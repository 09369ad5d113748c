"""The data that a session sends to a page: the article line by line, and the records for display."""

import re
from collections.abc import Iterable
from typing import Any

from helpers.curation.claim_spans import KINDS
from helpers.curation.history import Key
from helpers.curation.state import Record, State, extent
from helpers.files import csv_rows, paths
from helpers.lexicon import entries
from helpers.lexicon.entries import ACTS, STANCES
from helpers.records.claims import CUE_FORMS, SOURCE_VIA, UNREVIEWED
from helpers.records.modality import Modality
from helpers.records.readings import Reading
from helpers.records.sources import CREDIBILITY, RELIABILITY, SOURCE_KINDS
from helpers.text import orthography
from helpers.text.articles import Article

LINE = re.compile(r"[^\r\n]+")


def state(of: State, reading: Reading, annotator: str) -> dict[str, Any]:
    """The article, its records, and the choices for their values."""
    article = reading.article
    return {
        "sha256": article.sha256,
        "title": article.about.get("title") or article.text[article.sentences[0].start : article.sentences[0].end],
        "direction": "rtl",
        "lang": "ar",
        "lines": lines(article),
        "claims": [_claim(claim, of, article) | {"order": n} for n, claim in enumerate(of.in_order(), 1)],
        "sources": list(of.sources.values()),
        "mentions": sorted(of.mentions.values(), key=lambda one: (one["start"], one["end"], one["mention_id"])),
        "unanchored": list(of.unanchored.values()),
        "actors": [
            {"actor_id": a.actor_id, "name_ar": a.name_ar, "name_en": a.name_en, "type": a.type, "found_by": a.found_by}
            for a in reading.named
        ],
        "annotator": annotator,
        "readonly": None,
        "kinds": KINDS,
        "acts": ACTS,
        "stances": STANCES,
        "cue_forms": CUE_FORMS,
        "modalities": [each.value for each in Modality],
        "source_kinds": SOURCE_KINDS,
        "source_via": SOURCE_VIA,
        "reliability": RELIABILITY,
        "credibility": {str(grade): said for grade, said in CREDIBILITY.items()},
        "rules": _rules(),
        "proclitics": orthography.proclitics(),
    }


def _rules() -> list[dict[str, str]]:
    """The project's rules for grading, offered as reasons, in English and Arabic."""
    arabic = {row["en"]: row["ar"] for row in csv_rows.read(paths.templates() / "arabic.csv", ("en", "ar"))}
    return [
        {"rule": rule.rule, "grade": rule.grade, "text": rule.text, "text_ar": arabic.get(rule.text, rule.text)}
        for rule in entries.grades()
    ]


def lines(article: Article) -> list[dict[str, Any]]:
    """The lines of an article that are not blank: their start in code points, and the number of their paragraph."""
    found = []
    paragraphs = iter([*article.paragraphs, None])
    paragraph = next(paragraphs)
    for line in LINE.finditer(article.text):
        while paragraph and paragraph.end <= line.start():
            paragraph = next(paragraphs)
        inside = paragraph and paragraph.start < line.end()
        number = paragraph.number if paragraph and inside else None
        found.append({"start": line.start(), "text": line.group(), "paragraph": number})
    return found


def records(of: State, article: Article, keys: Iterable[Key]) -> dict[str, dict[str, Record | None]]:
    """Records for display, by table and id; None for those that were removed."""
    found: dict[str, dict[str, Record | None]] = {}
    for table, key in keys:
        record = of.tables[table].get(key)
        shown = _claim(record, of, article) if record and table == "claims" else record
        found.setdefault(table, {})[key] = shown
    return found


def _claim(claim: Record, of: State, article: Article) -> Record:
    """A claim with the values that follow from the text and the other records."""
    begins = extent(claim)[0]
    source = of.sources.get(claim["source_id"] or "")
    place: Record = {"paragraph": None, "sentence": None}
    if claim["content"]:
        there = article.place(begins)
        place = {"paragraph": there.paragraph, "sentence": there.number}
    return claim | place | {"source_name": source["name"] if source else None}


def progress(of: State) -> dict[str, Any]:
    """How many of the attributed claims are decided on, including rejected ones, and by whom."""
    counted = [claim for claim in of.claims.values() if claim["kind"] != "unattributed"] or list(of.claims.values())
    decided = [claim for claim in counted if claim["status"] != UNREVIEWED]
    annotators = list(dict.fromkeys(name for claim in decided if (name := claim["annotator"] or claim["rater"])))
    return {"decided": len(decided), "of": len(counted), "annotators": annotators}
