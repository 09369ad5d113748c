"""People's other annotations: the events of an article, and irregularities in its text."""

from msgspec import Struct

from helpers.text.articles import Span


class Oddity(Struct, frozen=True, gc=False):
    """An irregularity of the text as received: where it is, its kind, and how a reader understood it."""

    span: Span
    paragraph: int
    kind: str
    note: str


class Event(Struct, frozen=True, gc=False):
    """An event in the article, with its claims and the time expression that dates it (None if undated)."""

    event_id: str
    label_ar: str
    label_en: str
    time: Span | None
    claim_ids: tuple[str, ...]
    note: str
