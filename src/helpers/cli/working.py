"""A curation session of a command, whose notices are printed on the terminal, and the page that decisions are on."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.curation.session import Session
from helpers.inputs import addresses
from helpers.text import invisible
from helpers.text.articles import Article


@contextmanager
def session(article: Article, annotator: str, empty: bool = False) -> Iterator[Session]:
    """A session, closed at the end. Its notices, including those of closing, are printed. Raises like `Session.open`."""
    opened, told = Session.open(article, annotator, empty=empty), 0
    try:
        with opened:
            told = _tell(opened, 0)
            keep_page(article, opened.folder)
            yield opened
    finally:
        _tell(opened, told)


def keep_page(article: Article, folder: Path) -> None:
    """Keep the page of an article that was fetched from an address as received, with its annotations, and say so.

    A page that is kept there already stays: it is the one that the annotations were begun on.
    """
    page = article.path
    if isinstance(page, addresses.Address) and page.fetched and not (folder / addresses.SIDECAR).exists():
        addresses.kept(page.fetched, folder)
        print(f"isnad: {invisible.shown(f'{page}: the page as received is kept in {folder}')}", file=sys.stderr)


def _tell(opened: Session, told: int) -> int:
    """Print the notices that were not printed yet. Returns the number of all notices."""
    for notice in opened.notices[told:]:
        print(f"isnad: {invisible.shown(notice)}", file=sys.stderr)
    return len(opened.notices)
