"""`isnad curate ARTICLE --apply OPS.jsonl`: operations of a file, done without a browser."""

import sys
from pathlib import Path

from helpers.cli.terminal import Failures
from helpers.curation import applying
from helpers.curation.session import Session
from helpers.files.errors import InputError
from helpers.text import invisible
from helpers.text.articles import Article


def apply_file(article: Article, path: Path, annotator: str, failures: Failures) -> None:
    """Do the operations of a file on the annotations of an article, and say what became of them; each refused one is a line.

    Raises    InputError, OSError as `Session.open`, `Session.do` and `applying.apply_file` do.
    """
    with Session.open(article, annotator) as session:
        for notice in session.notices:
            print(f"isnad: {invisible.shown(notice)}", file=sys.stderr)
        found = applying.apply_file(session, path)
        for number, why in found.refused:
            with failures.caught():
                raise InputError(f"{path}: line {number}: {why}")
    before = f", {found.before} done before" if found.before else ""
    refused = f", {len(found.refused)} refused" if found.refused else ""
    where = invisible.shown(str(session.folder))
    print(f"{where}: {found.done} operations done{before}{refused}; {found.decided} of {found.of} claims decided")
