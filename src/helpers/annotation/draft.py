"""Drafts: a machine's reading of an article as unreviewed annotations, for people to decide on."""

import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from msgspec import structs

from helpers import __version__
from helpers.annotation import folder, write
from helpers.annotation.load import Annotations
from helpers.files import atomic
from helpers.files.errors import InputError
from helpers.records.claims import UNREVIEWED, Claim
from helpers.records.readings import Reading
from helpers.text.articles import Article

MENTION = "n"  # the first letter of ids of a draft's mentions, since the machine's ids m1, m2 … depend on its lexicons


def of(reading: Reading) -> Annotations:
    """A machine's reading as annotations: its attributed claims, possible ones included, its sources and mentions, all
    unreviewed.

    Claims in the outlet's own voice are left out, since they are the rest of the text.
    """
    candidates = sorted((*reading.claims, *reading.perhaps_claims), key=_extent)
    return Annotations(
        tuple(structs.replace(c, about=(), status=UNREVIEWED) for c in candidates if c.attributed),
        reading.sources,
        tuple(
            structs.replace(mention, mention_id=f"{MENTION}{number}", status=UNREVIEWED)
            for number, mention in enumerate(reading.mentions, 1)
        ),
    )


def _extent(claim: Claim) -> tuple[int, int]:
    """A sort key: start and negative end, so that an outer claim comes before an inner one."""
    return min(span.start for span in claim.spans), -max(span.end for span in claim.spans)


def save(reading: Reading, where: Path, blind: bool = False) -> Path:
    """Write a new folder of annotations for an article, from a machine's reading.

    blind      leave out the machine's proposals, so that the annotator does not see them
    Returns    the folder.
    Raises     InputError if something is there already: decisions are never replaced.
    """
    return new(where, reading.article, Annotations((), (), ()) if blind else of(reading), blind)


def new(
    where: Path,
    article: Article,
    found: Annotations,
    blind: bool,
    also: Callable[[Path], object] | None = None,
    **others: object,
) -> Path:
    """Write a new folder of annotations of an article, completely or not at all.

    also      called with the temporary folder, to write more files
    others    additional keys of article.toml
    Raises    InputError if something is there already.
    """
    folder.no_file(where)
    if where.exists() and any(not each.name.startswith(".") for each in where.iterdir()):
        raise InputError(f"{where}: this folder exists already, and the decisions in it are kept; name another")
    where.parent.mkdir(parents=True, exist_ok=True)
    made = atomic.folder_beside(where, f".{where.name[: atomic.LONGEST]}.")
    try:
        with atomic.naming(where):
            _write(made, article, found, {"blind": blind} | others)
            if also:
                also(made)
            if where.exists():
                for path in sorted(made.iterdir()):
                    path.replace(where / path.name)
            else:
                made.rename(where)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return where


def _write(where: Path, article: Article, found: Annotations, others: Mapping[str, object]) -> None:
    """Write the files of a folder of annotations."""
    (where / folder.TEXT).write_bytes(article.text.encode())
    write.tables(where, found)
    about: dict[str, object] = {
        "article_id": article.article_id,
        "sha256": article.sha256,
        "drafted_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "drafted_by": f"isnad {__version__}",
    }
    (where / folder.ARTICLE).write_text(folder.as_toml(about | dict(others)), encoding="utf-8")
