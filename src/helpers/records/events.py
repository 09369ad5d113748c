"""What people note beside claims: the events of an article, and irregularities in its text."""

from dataclasses import dataclass

from helpers.text.articles import Span


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something odd in the text as received: where, of what kind, and how a reader took it."""

    span: Span
    paragraph: int
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Event:
    """An event in the article, with the time expression that dates it (None: undated) and its claims."""

    event_id: str
    label_ar: str
    label_en: str
    time: Span | None
    claim_ids: tuple[str, ...]
    note: str
