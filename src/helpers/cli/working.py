"""A curation session of a command, whose notices are printed on the terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from helpers.curation.session import Session
from helpers.text import invisible
from helpers.text.articles import Article


@contextmanager
def session(article: Article, annotator: str, empty: bool = False) -> Iterator[Session]:
    """A session, closed at the end. Its notices, including those of closing, are printed. Raises like `Session.open`."""
    opened, told = Session.open(article, annotator, empty=empty), 0
    try:
        with opened:
            told = _tell(opened, 0)
            yield opened
    finally:
        _tell(opened, told)


def _tell(opened: Session, told: int) -> int:
    """Print the notices that were not printed yet. Returns the number of all notices."""
    for notice in opened.notices[told:]:
        print(f"isnad: {invisible.shown(notice)}", file=sys.stderr)
    return len(opened.notices)
