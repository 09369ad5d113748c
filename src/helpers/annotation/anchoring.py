"""How the rows of an annotation are held to their article: by its sha256, by offsets and exact text, by unique ids."""

import re
import tomllib
import unicodedata
from collections import defaultdict
from pathlib import Path

from helpers.files import csv_rows, regular
from helpers.files.errors import InputError
from helpers.text.articles import Article, Span

TOML_BYTES = 1_000_000  # bytes of article.toml
ROLES = ("source", "cue", "content", "antecedent", "justification")
SPAN_COLUMNS = ("record_id", "role", "part", "start", "end", "exact")


def bound(path: Path, article: Article) -> None:
    """Check that `article.toml` names this text by its sha256. Raises InputError when it does not."""
    try:
        bound = tomllib.loads(regular.read(path, TOML_BYTES).decode("utf-8-sig"))
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; it must name the article's sha256") from None
    except InputError:
        raise
    except (ValueError, RecursionError) as e:
        raise InputError(f"{path}: not TOML ({e}); fix it") from None
    if bound.get("sha256") != article.sha256:
        raise InputError(
            f"{path}: these annotations are of another text (sha256 {str(bound.get('sha256'))[:12]}…, "
            f"{article.path} has {article.sha256[:12]}…); restore the text, or give it another name"
        )


def anchor(row: csv_rows.Row, article: Article) -> Span:
    """The span of a row with start, end, exact. Raises its InputError when the text there is another."""
    start, end = row.whole("start"), row.whole("end")
    there = article.text[start:end]
    if not start < end <= len(article.text) or unicodedata.normalize("NFC", there) != row["exact"]:
        shown = there if len(there) < 60 else f"{there[:57]}…"
        raise row.error(f"exact is {row['exact']!r}, but the text at {start}:{end} is {shown!r}; fix the offsets")
    return Span(start, end, there)


Parts = dict[str, dict[str, list[tuple[csv_rows.Row, Span]]]]


def spans(path: Path, article: Article) -> Parts:
    """Spans by record and role, parts in their order."""
    found: Parts = defaultdict(lambda: defaultdict(list))
    for row in csv_rows.read(path, SPAN_COLUMNS):
        parts = found[row["record_id"]][row.one_of("role", ROLES)]
        if row.whole("part") != len(parts) + 1:
            raise row.error(f"part is {row['part']}; the parts of a {row['role']} are numbered 1, 2, … in order")
        if row["role"] not in ("cue", "content") and parts:
            raise row.error(f"{row['record_id']} has two spans as its {row['role']}; keep one")
        span = anchor(row, article)
        if parts and span.start < parts[-1][1].end:
            raise row.error("this part begins before the one above it ends; order them, without overlap")
        parts.append((row, span))
    return found


def one(parts: dict[str, list[tuple[csv_rows.Row, Span]]], role: str) -> Span | None:
    """The span of a role that has one at the most."""
    return parts[role][0][1] if role in parts else None


def unique(row: csv_rows.Row, column: str, seen: dict[str, csv_rows.Row]) -> str:
    """The value of a column of ids, which stands once; `seen` remembers the rows."""
    if not row[column]:
        raise row.error(f"{column} is empty")
    if not re.fullmatch("[A-Za-z0-9_-]+", row[column]):
        raise row.error(f"{column} is {row[column]!r}; write letters a to z, digits, - and _")
    if seen.setdefault(row[column], row) is not row:
        raise row.error(f"{column} {row[column]!r} stands in row {seen[row[column]].number} already; ids are unique")
    return row[column]
