"""What people note beside claims: the events of an article, and irregularities in its text."""

from msgspec import Struct

from helpers.text.articles import Span


class Oddity(Struct, frozen=True, gc=False):
    """Something odd in the text as received: where, of what kind, and how a reader took it."""

    span: Span
    paragraph: int
    kind: str
    note: str


class Event(Struct, frozen=True, gc=False):
    """An event in the article, with the time expression that dates it (None: undated) and its claims."""

    event_id: str
    label_ar: str
    label_en: str
    time: Span | None
    claim_ids: tuple[str, ...]
    note: str
