"""`isnad curate ARTICLE --apply OPS.jsonl`: applies the operations in a file, without a browser."""

from pathlib import Path

from helpers.cli import working
from helpers.cli.terminal import Failures
from helpers.curation import applying
from helpers.files.errors import InputError
from helpers.text import invisible
from helpers.text.articles import Article


def apply_file(article: Article, path: Path, annotator: str, failures: Failures) -> None:
    """Apply the operations of a file to the annotations of an article, and print the result, one line per refused one.

    Raises    InputError and OSError like `Session.open`, `Session.do` and `applying.apply_file`.
    """
    with working.session(article, annotator) as session:
        found = applying.apply_file(session, path)
        for number, why in found.refused:
            with failures.caught():
                raise InputError(f"{path}: line {number}: {why}")
    before = f", {found.before} applied before" if found.before else ""
    refused = f", {len(found.refused)} refused" if found.refused else ""
    where = invisible.shown(str(session.folder))
    print(
        f"{where}: {found.done} operations applied{before}{refused}; {found.decided} of {found.of} attributed claims decided"
    )
