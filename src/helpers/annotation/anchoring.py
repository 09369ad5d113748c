"""Anchors the rows of an annotation in the article, by offsets and exact text, and checks that ids are unique."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from helpers.annotation.faults import Faults
from helpers.files import csv_rows
from helpers.text.articles import Article, Span

ROLES = ("source", "cue", "content", "antecedent", "justification")
SEVERAL = ("cue", "content")  # roles that can have several parts
SPAN_COLUMNS = ("record_id", "role", "part", "start", "end", "exact")
PLACES = ("start", "end")  # may be left out if the words occur once in the text


def anchor(row: csv_rows.Row, article: Article) -> Span:
    """The span of a row with start, end, exact; without offsets, the only occurrence of `exact` in the text.

    Raises    the row's InputError when the text at the offsets differs, or, without offsets, when `exact` does not
              occur exactly once.
    """
    if not row["start"] and not row["end"]:
        return _only(row, article)
    start, end = row.whole("start"), row.whole("end")
    there = article.text[start:end]
    if not start < end <= len(article.text) or unicodedata.normalize("NFC", there) != row["exact"]:
        shown = there if len(there) < 60 else f"{there[:57]}…"
        raise row.error(f"exact is {row['exact']!r}, but the text at {start}:{end} is {shown!r}; fix the offsets")
    return Span(start, end, there)


def _only(row: csv_rows.Row, article: Article) -> Span:
    exact = row["exact"]
    if not exact:
        raise row.error("exact is empty; write the words as they are in the text")
    text, origins = _composed(article.text)
    at = text.find(exact)
    if at < 0:
        raise row.error(f"exact is {exact!r}, which is not in the text; copy the words from the text")
    if text.find(exact, at + 1) >= 0:
        raise row.error(f"exact is {exact!r}, which occurs more than once in the text; write start and end too")
    if not origins:
        return Span(at, at + len(exact), exact)
    start, end = origins[at], origins[at + len(exact)]
    return Span(start, end, article.text[start:end])


@lru_cache(maxsize=4)
def _composed(text: str) -> tuple[str, tuple[int, ...]]:
    """The text as NFC, as cells are read, and the original offset of each character; empty if it was NFC."""
    if unicodedata.is_normalized("NFC", text):
        return text, ()
    starts = [at for at, letter in enumerate(text) if not at or not unicodedata.combining(letter)]
    pieces = [
        (start, unicodedata.normalize("NFC", text[start:end]))
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
    ]
    origins = [start for start, piece in pieces for _ in piece]
    return "".join(piece for _, piece in pieces), (*origins, len(text))


Parts = dict[str, list[tuple[csv_rows.Row, Span]]]


@dataclass
class Spans:
    """The spans of an annotation by record and role, parts in order.

    broken    (record, role) pairs with an invalid row, whose missing span is not reported as another fault
    """

    by_record: dict[str, Parts] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    broken: set[tuple[str, str]] = field(default_factory=set)

    def of(self, record_id: str) -> Parts:
        """The spans of a record, by role."""
        return self.by_record.get(record_id, {})

    def one(self, record_id: str, role: str) -> Span | None:
        """The span of a role that has at most one."""
        parts = self.of(record_id).get(role)
        return parts[0][1] if parts else None

    def several(self, record_id: str, role: str) -> tuple[Span, ...]:
        """The spans of a role, in order."""
        return tuple(span for _, span in self.of(record_id).get(role, ()))


def spans(path: Path, article: Article, faults: Faults) -> Spans:
    """Read the spans of a file and check each against the text. Errors of rows are added to `faults`.

    Raises    InputError for a file that cannot be read or has other columns.
    """
    found = Spans()
    for row in csv_rows.read(path, SPAN_COLUMNS, optional=("part", *PLACES), faults=faults.found):
        before = len(faults)
        with faults.caught():
            _add(found, row, article)
        if len(faults) > before:
            found.broken.add((row["record_id"], row["role"]))
    return found


def _add(found: Spans, row: csv_rows.Row, article: Article) -> None:
    role = row.one_of("role", ROLES)
    parts = found.by_record[row["record_id"]][role]
    broken = (row["record_id"], role) in found.broken
    if row["part"] and row.whole("part") != len(parts) + 1 and not broken:
        raise row.error(f"part is {row['part']}; the parts of a {role} are numbered 1, 2, … in order")
    if role not in SEVERAL and parts:
        raise row.error(f"{row['record_id']} has two spans as its {role}; keep one")
    span = anchor(row, article)
    if parts and span.start < parts[-1][1].end:
        raise row.error("this part begins before the one above it ends; order them, without overlap")
    parts.append((row, span))


def unique(row: csv_rows.Row, column: str, seen: dict[str, csv_rows.Row]) -> str:
    """The id in a column, which must be unique; `seen` maps earlier ids to their rows. Raises the row's InputError."""
    if not row[column]:
        raise row.error(f"{column} is empty")
    if not re.fullmatch("[A-Za-z0-9_-]+", row[column]):
        raise row.error(f"{column} is {row[column]!r}; write letters a to z, digits, - and _")
    if seen.setdefault(row[column], row) is not row:
        raise row.error(f"{column} {row[column]!r} is in row {seen[row[column]].number} already; ids are unique")
    return row[column]
