"""Tables as HTML, in the language of a page, with the types and headings of columns from `templates/columns.csv`.

A table is stored as data (`as_data`): numbers, codes, ids, days, texts. Here it is worded for each language. A column
that is not in the file, such as a researcher's own, is shown unchanged.
"""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.files import csv_rows, paths
from helpers.records.messages import from_json
from helpers.records.readings import Reading
from helpers.report import highlighting
from helpers.report.interface import LANGS, Interface
from helpers.text import directions, invisible
from helpers.text.invisible import escape, in_attribute

MOST_ROWS = 500  # most rows of one table
TYPES: tuple[str, ...] = ("number", "share", "day", "id", "printed", "english", "prose", "text", "flag")
TYPES += ("term", "terms", "counts", "actor", "node")
ID = ' lang="zxx"'  # in no language
NOT_TRANSLATED = ' translate="no"'
ENGLISH_ENDS = "_en"  # ending of the name of a column that is the English for another one
LATIN, ARABIC = re.compile(r"[A-Za-z]"), re.compile(r"[\u0600-\u06ff]")
CODE = re.compile(r"[A-F]|(?=\S*[\d_:/.])[A-Za-z0-9_:/.+-]+")  # one word with a digit or a sign in it


@dataclass(frozen=True, slots=True)
class Column:
    """A row of `columns.csv`: the type of a column's cells, the prefix of the keys of its terms, its headings."""

    type: str = "text"
    terms: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """What is needed to word a table for a page.

    said       the interface in the language of the page
    known      translates an English text by people into the language, or returns None
    reading    the reading to which ids of actors, sources and claims belong; without it ids are shown unchanged
    """

    said: Interface
    known: Callable[[str], str | None] = lambda english: None
    reading: Reading | None = None

    @property
    def english(self) -> bool:
        """Whether the page is in English."""
        return self.said.lang == "en"

    def text(self, text: str) -> str:
        """A text as HTML, translated to the language of the page if known; else unchanged and marked as English."""
        if self.english or not LATIN.search(text):
            return escape(text)
        if (known := self.known(text)) is not None:
            return apart(known)
        if CODE.fullmatch(text):
            return f'<bdi{ID} dir="ltr">{escape(text)}</bdi>'
        if len(ARABIC.findall(text)) > len(LATIN.findall(text)):  # the article's own words
            return escape(text)
        return f'<span lang="en" dir="ltr">{escape(text)}</span>'

    def message(self, given: Any) -> str:
        """A message from `to_json`, as HTML; the items of a list are separated by semicolons."""
        if isinstance(given, list):
            return escape(self.said.semicolon).join(map(self.message, given))
        return apart(self.said.text(from_json(given)))

    def plain(self, given: Any) -> str:
        """A message from `to_json`, as plain text."""
        return self.said.text(from_json(given))


def apart(text: str) -> str:
    """A text of the interface as HTML, with isolated parts as elements."""
    return invisible.apart_as_elements(html.escape(text, quote=False))


def columns() -> dict[str, Column]:
    """Read `templates/columns.csv`, by name of column. Raises InputError for an invalid row."""
    return _columns_in(paths.templates() / "columns.csv")


@cache
def _columns_in(path: Path) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for row in csv_rows.read(path, ("column", "type", "vocabulary", *LANGS)):
        if row["column"] in found or not all(row[lang] for lang in LANGS):
            raise row.error(f"{row['column']!r} appears twice, or lacks a language; write it once in each")
        of = row.one_of("type", TYPES)
        found[row["column"]] = Column(of, tuple(row["vocabulary"].split()), {lang: row[lang] for lang in LANGS})
    return found


def as_data(frame: pd.DataFrame, caption: Any) -> dict[str, Any]:
    """A DataFrame as data for a table: its index only if it has a name; at most the first 500 rows.

    Returns   `columns`, `rows`, `total` (the number of all rows), `caption`; and `across`, the name of the columns
              (actors, paragraphs), if they have one. A cell with a message (`frames.worded`) is that message.
    """
    across = frame.columns.name
    messages = frame.attrs.get("messages", {})
    total, frame = len(frame), frame.iloc[:MOST_ROWS]
    if frame.index.name is not None:
        frame = frame.rename_axis(columns=None).reset_index()
    names = [str(column) for column in frame.columns]
    told = [messages.get(name, {}) for name in names]
    cells = zip(*(frame.iloc[:, at].tolist() for at in range(len(names))), strict=True)
    rows = [[_worded(cell, each) for each, cell in zip(told, row, strict=True)] for row in cells]
    return {"caption": caption, "total": total, "columns": names, "rows": rows} | (
        {"across": str(across)} if across is not None else {}
    )


def _worded(cell: object, messages: dict[object, Any]) -> object:
    """The message of a cell, if it has one; else its value for JSON."""
    return messages.get(cell, _plain(cell)) if messages else _plain(cell)


def _plain(cell: object) -> object:
    """The value of a cell for JSON."""
    if pd.api.types.is_list_like(cell):  # a list from a database
        return str(cell)
    if cell is None or cell is pd.NaT or cell is pd.NA or (isinstance(cell, float) and cell != cell):
        return ""
    return cell if isinstance(cell, bool | int | float) else str(cell)


def table(data: dict[str, Any], page: Page) -> str:
    """A table of `as_data` in the language of a page."""
    known, names = columns(), data["columns"]
    kept = [at for at, name in enumerate(names) if page.english or not _beside(name, names)]
    cells = [[_cell(row[at], known.get(names[at], Column()), page) for row in data["rows"]] for at in kept]
    heads = []
    for at in kept:
        if at and "across" in data:
            heads.append(_cell(_number(names[at]), known.get(data["across"], Column()), page))
        else:
            heads.append(heading(names[at], known, page))
    kinds = [_attributes(column, known.get(names[at], Column())) for at, column in zip(kept, cells, strict=True)]
    caption = data["caption"]
    caption = page.text(caption) if isinstance(caption, str) else page.message(caption)
    if len(data["rows"]) < data["total"]:
        cut = page.said("table.cut", shown=len(data["rows"]), all=f"{data['total']:,}")
        caption = f"{caption}: {escape(cut)}" if caption else escape(cut)
    return _table(heads, list(zip(*cells, strict=True)), kinds, caption, page.said)


def heading(name: str, known: dict[str, Column], page: Page) -> str:
    """The heading of a column, as HTML."""
    if name in known:
        return escape(known[name].names[page.said.lang])
    return page.text(name.replace("_", " ")) if page.english else page.text(name)


def grid(names: Sequence[str], rows: Sequence[Sequence[str]], caption: str, said: Interface) -> str:
    """An HTML table of cells that are HTML already; if there are no rows, a sentence that says so."""
    cells = [[row[at] for row in rows] for at in range(len(names))]
    kinds = [_attributes(column, Column()) for column in cells]
    return _table([escape(name) for name in names], rows, kinds, escape(caption), said)


def _table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], kinds: Sequence[str], caption: str, said: Interface
) -> str:
    if not rows:
        none = escape(said("table.none"))
        return f'<p class="isnad-note">{caption}: {none}</p>' if caption else f'<p class="isnad-note">{none}</p>'
    head = "".join(
        f'<th scope="col"{kind.replace(NOT_TRANSLATED, "").replace(ID, "")}>{text}</th>'
        for kind, text in zip(kinds, heads, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td{kind}>{_turned(cell, kind)}</td>" for kind, cell in zip(kinds, row, strict=True))
        + "</tr>"
        for row in rows
    )
    label = in_attribute(html.unescape(re.sub("<[^>]*>", "", caption)))
    named = f"<caption>{caption}</caption>" if caption else ""
    return (
        f'<div class="isnad-scroll" tabindex="0" role="group" aria-label="{label}"><table class="isnad-table">{named}'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _beside(name: str, names: Sequence[str]) -> bool:
    """Whether a column only repeats another one in English or as an id."""
    if name == "actor_id":
        return "name_ar" in names
    bare = name.removesuffix(ENGLISH_ENDS)
    return bare != name and bool({bare, f"{bare}_ar"} & set(names))


def _number(name: str) -> object:
    return int(name) if name.isdecimal() else name


def _cell(cell: Any, column: Column, page: Page) -> str:
    """A cell as HTML."""
    if isinstance(cell, dict | list):
        return page.message(cell)
    if isinstance(cell, bool):
        return escape(page.said(f"word.flag.{str(cell).lower()}"))
    if isinstance(cell, float):
        return f"{cell:.1%}" if column.type == "share" else f"{cell:.3f}"
    if isinstance(cell, int) or not cell:
        return str(cell)
    return _OF_TYPE.get(column.type, _text)(cell, column, page)


def _text(cell: str, column: Column, page: Page) -> str:
    return page.text(cell)


def _as_it_is(cell: str, column: Column, page: Page) -> str:
    return escape(cell)


def _term(cell: str, column: Column, page: Page) -> str:
    key = next((f"{prefix}{cell}" for prefix in column.terms if f"{prefix}{cell}" in page.said.phrases), None)
    return page.text(cell) if key is None else escape(page.said(key))


def _terms(cell: str, column: Column, page: Page) -> str:
    return escape(page.said.comma).join(_term(each, column, page) for each in cell.split(", "))


def _counts(cell: str, column: Column, page: Page) -> str:
    """Terms with their numbers: «neutral 2, factive 1»."""
    each = (part.rpartition(" ") for part in cell.split(", "))
    return escape(page.said.comma).join(f"{_term(term, column, page)} {escape(n)}" for term, _, n in each)


def _actors(cell: str, column: Column, page: Page) -> str:
    if page.english or page.reading is None:
        return escape(cell)
    by_id = page.reading.actors.by_id
    return escape(page.said.comma).join(
        escape(by_id[each].name_ar) if each in by_id else page.text(each) for each in cell.split()
    )


def _node(cell: str, column: Column, page: Page) -> str:
    """A node of the chain of attribution: a source, a claim or an actor, by name if the page has a reading."""
    sort, _, name = cell.partition(":")
    if page.english or page.reading is None or not name:
        return page.text(cell) if not name else escape(cell)
    if sort == "actor":
        return _actors(name, column, page)
    if sort == "claim" and name in {claim.claim_id for claim in page.reading.claims}:
        claim = page.reading.claim(name)
        cue = f" ({claim.cue_text})" if claim.cue else ""  # its source «says» a denial, too
        return escape(page.said("claim", n=highlighting.number(claim)) + cue)
    if sort == "source" and name in {source.source_id for source in page.reading.sources}:
        return escape(page.reading.source(name).name)
    return escape(page.said("basis.not_identified")) if sort == "source" else page.text(cell)


_OF_TYPE: dict[str, Callable[[str, Column, Page], str]] = {
    "number": _as_it_is,
    "day": _as_it_is,
    "id": _as_it_is,
    "printed": _as_it_is,
    "term": _term,
    "terms": _terms,
    "counts": _counts,
    "actor": _actors,
    "node": _node,
}


def _attributes(cells: Sequence[str], column: Column) -> str:
    """The HTML attributes of a column: for numbers, days, or text, which is right-to-left if most cells begin so."""
    bare = [re.sub("<[^>]*>", "", cell) for cell in cells]
    if cells and all(re.fullmatch(r"\d+(\.\d+)?%?", cell) for cell in bare):
        return ' class="isnad-number"'
    if cells and all(re.fullmatch(r"(\d{4}-\d\d-\d\d)?", cell) for cell in bare):
        return ' class="isnad-day"'
    first = list(map(directions.first, bare))
    direction = ' dir="rtl"' if first.count("rtl") > first.count("ltr") else ' dir="ltr"'
    return direction + {"printed": NOT_TRANSLATED, "id": ID}.get(column.type, "")


def _turned(cell: str, kind: str) -> str:
    """A cell, in an element with its own direction if its text begins in the other direction than its column."""
    own = directions.first(re.sub("<[^>]*>", "", cell))
    if not own or "dir=" not in kind or f'dir="{own}"' in kind or cell.startswith("<"):
        return cell
    return f'<bdi dir="{own}">{cell}</bdi>'
