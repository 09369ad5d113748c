"""What the report of an article says of who is quoted in it, read from the folder of the report: its tables, its text.

The tables are what the report shows, people's decisions among them; the article is not read again.
"""

import csv
import io
import json
from pathlib import Path
from typing import Any

from helpers.analysis import identities
from helpers.analysis.formulas import unguarded
from helpers.analysis.quoted_articles import Told
from helpers.files import regular_files
from helpers.files.errors import InputError
from helpers.lexicon.entries import Actor
from helpers.readings import Known
from helpers.records.claims import Claim
from helpers.records.modality import Modality
from helpers.records.sources import Source
from helpers.text import metadata, sentence_hashes
from helpers.text.articles import Span

REPORT = "report.json"
REPORT_BYTES, TABLE_BYTES = 1_000_000, 50_000_000
BEGINNING = 4  # words by which a content is found in its paragraph
AGAIN = "make the report again with `isnad report`"
Table = list[dict[str, str]]


def inside(folder: Path) -> list[Path]:
    """The reports that a folder is: itself, or those that are in it, as in `reports`; none where it is another folder."""
    if (folder / REPORT).is_file():
        return [folder] if _about(folder) else []
    return sorted(path.parent for path in folder.glob(f"*/{REPORT}") if _about(path.parent))


def told(folder: Path, known: Known) -> Told:
    """What a report says of who is quoted. Raises InputError, one line, for one whose tables cannot be read."""
    about = _about(folder)
    if about is None:
        raise InputError(f"{folder / REPORT}: not a report of Isnad; {AGAIN}")
    claims, sources, actors, sentences = (
        _table(folder / "tables" / f"{name}.csv") for name in ("claims", "sources", "mentions_by_actor", "sentences")
    )
    try:
        return Told(
            str(about["article_id"]),
            str(about.get("outlet") or ""),
            metadata.day(about.get("published")),
            tuple(_claims(claims, sentences)),
            {row["source_id"]: _source(row) for row in sources},
            known.actors.by_id | _actors(actors, sources),
            sentence_hashes.of_texts(row["text"] for row in sentences).hashes,
        )
    except (KeyError, ValueError, TypeError) as e:
        said = f"{type(e).__name__}: {e}"
        raise InputError(f"{folder / 'tables'}: not the tables of a report of this version ({said}); {AGAIN}") from None


def _about(folder: Path) -> dict[str, Any] | None:
    """What a report says of itself; None for what is not of Isnad: other programs call theirs `report.json`, too."""
    try:
        found = json.loads(regular_files.read(folder / REPORT, REPORT_BYTES))
    except (OSError, ValueError, RecursionError, InputError):
        return None
    return found if isinstance(found, dict) and {"schema", "article_id"} <= found.keys() else None


def _table(path: Path) -> Table:
    """The rows of a table of a report, as they were before they were guarded against formulas."""
    try:
        text = regular_files.read(path, TABLE_BYTES).decode("utf-8-sig")
        head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        return [dict(zip(head, (str(unguarded(cell)) for cell in row), strict=True)) for row in rows]
    except OSError as e:
        raise InputError(f"{path}: cannot be read ({e.strerror}); {AGAIN}") from None
    except (ValueError, csv.Error):
        raise InputError(f"{path}: not a table of a report; {AGAIN}") from None


def _claims(rows: Table, sentences: Table) -> list[Claim]:
    """The claims that were made. Tables give the paragraph of each; its sentence is where its content begins."""
    inside: dict[int, list[tuple[int, str]]] = {}
    for each in sentences:
        inside.setdefault(int(each["paragraph"]), []).append((int(each["sentence"]), each["text"]))
    found = []
    for order, row in enumerate(rows):
        if Modality(row["modality"]) != Modality.ASSERTED:
            continue
        paragraph = int(row["paragraph"])
        found.append(
            Claim(
                claim_id=row["claim_id"],
                order=order,
                paragraph=paragraph,
                sentence=_sentence(inside.get(paragraph, []), row["content"], row["cue"]),
                kind=row["kind"],
                cue_form=None,
                act=row["act"] or None,
                source=None,
                source_id=row["source_id"] or None,
                source_via=row["source_via"] or None,
                antecedent=None,
                cue=(),
                cue_lemma=None,
                stance=None,
                content=(_span(row["content"]),),
                about=(),
                within=row["within"] or None,
            )
        )
    return found


def _sentence(sentences: list[tuple[int, str]], content: str, cue: str) -> int:
    """The sentence of a paragraph with the cue and the first words of the content; else with one of them; else the first, or 0."""
    first = _words(content.split(" … ")[0], BEGINNING)
    verb = _words(cue.split(" … ")[0])

    def fits(text: str) -> int:
        return 2 * (bool(verb) and verb in _words(text)) + (first in _words(text))

    return max(sentences, key=lambda each: (fits(each[1]), -each[0]), default=(0, ""))[0]


def _words(text: str, most: int | None = None) -> str:
    return " ".join(text.split()[:most])


def _source(row: dict[str, str]) -> Source:
    return Source(
        source_id=row["source_id"],
        name=row["name"],
        name_en=row["name_en"] or None,
        kind=row["kind"],
        actor_ids=tuple(row["actors"].split()),
        affiliation_ids=(),
        justification=_span(row["justification"]) if row["justification"] else None,
    )


def _span(text: str) -> Span:
    """A span of which only the words are known."""
    return Span(0, len(text), text)


def _actors(rows: Table, sources: Table) -> dict[str, Actor]:
    """The actors of the article that no lexicon of now has; of a type that fits the source that they are."""
    types = {
        actor_id: identities.TYPES.get(source["kind"], "institution")
        for source in sources
        for actor_id in source["actors"].split()
    }
    return {
        row["actor_id"]: Actor(
            row["actor_id"],
            types.get(row["actor_id"], "institution"),
            row["name_ar"],
            row["name_en"],
            found_by=row["found_by"],
        )
        for row in rows
    }
