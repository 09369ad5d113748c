"""`csv`: folders of annotations, as `isnad draft` and `isnad curate` make them (`data/README.md`, «annotations»).

One document is one folder; several are a folder of such folders. All that a document has is held.
"""

from collections.abc import Sequence
from pathlib import Path

from helpers.annotation import draft, folder, remark_rows
from helpers.annotation import load as annotated
from helpers.exchange import documents, whole_folders
from helpers.exchange.documents import Document
from helpers.files import csv_rows, paths, regular_files
from helpers.files.errors import InputError
from helpers.lexicon import entries
from helpers.text import articles
from helpers.text.articles import Article, Span

TEXT_BYTES = 100_000_000


def save(given: Sequence[Document], out: Path) -> None:
    """Write documents: one to `out` itself, several to `out/ID.annotations` each, all of them or none."""
    with whole_folders.written(out) as beside:
        for document in given:
            _save(document, beside / f"{document.article_id}{paths.ANNOTATIONS}" if len(given) > 1 else beside)


def _save(document: Document, where: Path) -> None:
    where.mkdir(exist_ok=True)
    draft.new(where, documents.article(document, where), documents.annotations(document), False)
    save_remarks(document, where)


def save_remarks(document: Document, where: Path) -> list[str]:
    """Write the oddities and events of a document to a folder of annotations. Returns the tables that are there already."""
    oddities = [[*_place(each.span), each.kind, each.note] for each in document.oddities]
    events = [
        [each.event_id, each.label_ar, each.label_en, *_place(each.time), " ".join(each.claim_ids), each.note]
        for each in document.events
    ]
    kept = []
    for name, columns, rows in (
        (folder.ODDITIES, remark_rows.ODDITY_COLUMNS, oddities),
        (folder.EVENTS, remark_rows.EVENT_COLUMNS, events),
    ):
        if rows and (where / name).exists():
            kept.append(name)
        elif rows:
            csv_rows.write(where / name, columns, rows)
    return kept


def _place(span: Span | None) -> tuple[str, str, str]:
    return (str(span.start), str(span.end), span.exact) if span else ("", "", "")


def _load(where: Path) -> Document:
    """The document of one folder.

    Raises    InputError, one line, where its text is neither in it nor beside it, or the first row that does not hold.
    """
    article = _article(where)
    found = annotated.annotations(article, entries.actors(), entries.cues(), where)
    assert found  # it is annotated: it has an article.toml
    return documents.held(article, found)


def _article(where: Path) -> Article:
    """The text that a folder's annotations are of: in the folder, else in the article beside it."""
    about = folder.about(where)
    article_id = articles.slug(str(about.get("article_id") or where.stem))
    inside = where / folder.TEXT
    if inside.is_file():
        return articles.from_text(regular_files.read(inside, TEXT_BYTES).decode("utf-8", "replace"), article_id, inside)
    beside = where.with_suffix(".txt")
    if beside.is_file():
        return articles.load(beside)
    raise InputError(f"{where}: the text of these annotations is neither in it nor beside it; put it there as {inside}")


def load(path: Path) -> list[Document]:
    """The documents of a folder of annotations, or of a folder of those."""
    if folder.annotated(path):
        return [_load(path)]
    return [_load(each) for each in _folders(path)]


def _folders(path: Path) -> list[Path]:
    return sorted(each for each in path.iterdir() if folder.annotated(each))


def recognises(path: Path, head: bytes) -> bool:
    """Whether a folder is one of annotations, or has such folders in it."""
    return folder.annotated(path) or bool(_folders(path))
