"""A session of a command, which says on the terminal what it has to say."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from helpers.curation.session import Session
from helpers.text import invisible
from helpers.text.articles import Article


@contextmanager
def session(article: Article, annotator: str, empty: bool = False) -> Iterator[Session]:
    """A session, closed in the end. Its notices are a line each, those of its end too. Raises as `Session.open` does."""
    opened, told = Session.open(article, annotator, empty=empty), 0
    try:
        with opened:
            told = _tell(opened, 0)
            yield opened
    finally:
        _tell(opened, told)


def _tell(opened: Session, told: int) -> int:
    """Say the notices that were not told yet. Returns how many there are."""
    for notice in opened.notices[told:]:
        print(f"isnad: {invisible.shown(notice)}", file=sys.stderr)
    return len(opened.notices)
