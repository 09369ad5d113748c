"""Writes annotations: the tables of a folder, each completely or not at all, sorted so that a decision changes few lines.

Claims are in the order of the text, and so are their spans, grouped by claim; sources and mentions keep their order.
The columns `order`, `paragraph` and `sentence` are empty, since they are computed from the spans.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from helpers.annotation import anchoring, claim_rows, folder
from helpers.annotation.load import Annotations
from helpers.files import csv_rows
from helpers.records import fields
from helpers.records.claims import Claim
from helpers.records.fields import Written
from helpers.records.mentions import Mention
from helpers.records.sources import Source
from helpers.text.articles import Span

COMPUTED = ("order", "paragraph", "sentence")


def tables(where: Path, annotations: Annotations) -> None:
    """Write `spans.csv`, `sources.csv`, `mentions.csv` and then `claims.csv` of a folder.

    An existing file keeps its delimiter, byte-order mark and encoding, as a spreadsheet may have saved it. For a table
    without rows no file is created, but an existing one is emptied. Oddities and events are not changed.
    Raises    OSError that names the file.
    """
    claims = claim_rows.in_order(annotations.claims)
    _write(where / folder.SPANS, anchoring.SPAN_COLUMNS, [*_spans(claims, annotations.sources)], always=True)
    _write(where / folder.SOURCES, *_table(Source, annotations.sources))
    _write(where / folder.MENTIONS, *_table(Mention, annotations.mentions))
    _write(where / folder.CLAIMS, *_table(Claim, claims), always=True)


def _write(path: Path, columns: tuple[str, ...], rows: list[tuple[str, ...]], always: bool = False) -> None:
    if rows or always or path.is_file():
        csv_rows.write(path, columns, rows, as_it_was=True)


def _table(record: type[Struct], records: Iterable[Struct]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """(columns, rows) of a table."""
    names, values = fields.names(record, Written.ANNOTATION), fields.values(record, Written.ANNOTATION)
    rows = [
        tuple("" if name in COMPUTED else _cell(value) for name, value in zip(names, values(each), strict=True))
        for each in records
    ]
    return names, rows


def _cell(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(value)
    return "" if value is None else str(value)


def _spans(claims: Iterable[Claim], sources: Iterable[Source]) -> Iterator[tuple[str, ...]]:
    """The rows of spans.csv: claim by claim in the order of ROLES, then the justifications of sources."""
    for claim in claims:
        for role in anchoring.ROLES[:-1]:
            held: Span | tuple[Span, ...] | None = getattr(claim, role)
            parts = held if isinstance(held, tuple) else (held,) if held else ()
            for number, span in enumerate(parts, 1):
                yield claim.claim_id, role, str(number), str(span.start), str(span.end), span.exact
    for source in sources:
        if why := source.justification:
            yield source.source_id, anchoring.ROLES[-1], "1", str(why.start), str(why.end), why.exact
