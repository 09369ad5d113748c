"""The words of time expressions: the rows of `times.csv` by what each does, and an article's words as rules ask for them."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from helpers.files import csv_rows, paths
from helpers.records.messages import Message
from helpers.text import calendars, dates, orthography
from helpers.text.articles import Article
from helpers.text.dates import Word

ROLES = (
    "ago",
    "after",
    "from",
    "unit",
    "singular",
    "dual",
    "number",
    "year_word",
    "year_marker",
    "year_end",
    "part",
    "decade",
    "day",
    "vague",
    "season",
    "past",
    "ahead",
    "now",
    "year_told",
    "day_marker",
    "to_come",
    "joins",
)
BEGINS = ("ago", "after", "year_word", "part", "decade", "day", "vague", "season")  # a time may begin with these
LONGEST_FORM = 3  # words of a row
SPACE = re.compile(r"[^\S\r\n]*")
Bounds = tuple[date | None, date | None]
Forms = dict[str, tuple[int, csv_rows.Row]]


class Hit(Struct, frozen=True):
    """A time: letters of proclitics, how many words, kind, bounds and basis; where it ends in the folded text, if not with a word."""

    skip: int
    count: int
    kind: str
    bounds: Bounds
    why: Message
    end: int | None = None


class Table(NamedTuple):
    """Rows by role and folded word, proclitics and all, with the length of the proclitics; what a time may begin with."""

    roles: dict[str, Forms]
    begins: frozenset[str]


@cache
def _table(path: Path) -> Table:
    found: dict[str, Forms] = {role: {} for role in ROLES}
    for row in csv_rows.read(path, ("form", "role", "reads", "factor", "note")):
        first, *rest = row["form"].split()
        for form, length in orthography.with_proclitics(first):
            words = " ".join((form, *(orthography.fold(word).text for word in rest)))
            found[row.one_of("role", ROLES)].setdefault(words, (length, row))
    return Table(found, frozenset(form.split()[0] for role in BEGINS for form in found[role]))


@dataclass(frozen=True, slots=True)
class Scan:
    """An article's words, folded, and the rows that they are."""

    article: Article
    text: str
    words: list[Word]
    table: Table

    @classmethod
    def of(cls, article: Article) -> "Scan":
        """The words of an article."""
        text = article.folded.text
        return cls(article, text, dates.words(text), _table(paths.lexicon("times.csv")))

    def beginnings(self) -> frozenset[str]:
        """The words that a time may begin with, beside figures."""
        return self.table.begins | dates.lexicon().begins

    def row(self, at: int, role: str) -> tuple[int, csv_rows.Row] | None:
        """The row for the word at a place in this role, with the length of its proclitics."""
        return self.table.roles[role].get(self.words[at][0]) if 0 <= at < len(self.words) else None

    def form(self, at: int, role: str) -> tuple[int, int, csv_rows.Row] | None:
        """A row of several words or of one, the longest first: (how many words, length of the proclitics, row)."""
        rows = self.table.roles[role]
        for count, form in dates.forms(self.words, at, LONGEST_FORM) if 0 <= at < len(self.words) else ():
            if form in rows:
                return count, *rows[form]
        return None

    def number(self, at: int) -> int | None:
        """The number at a place, in digits; None when it is none or too large to count with."""
        return dates.number(self.words, at, 4) if at >= 0 else None

    def is_year(self, at: int) -> bool:
        """Whether a number is a year of the news."""
        return (self.number(at) or 0) in calendars.GREGORIAN_YEARS and len(self.words[at][0]) == 4

    def era(self, at: int) -> bool | None:
        """Whether the word at a place says that the year before it is a Hijri one; None where it says nothing."""
        if at < len(self.words) and SPACE.fullmatch(self.text, self.words[at - 1][2], self.words[at][1]):
            return dates.lexicon().hijri.get(self.words[at][0])
        return None

    def gap(self, at: int) -> str:
        """What stands before the word at a place."""
        return self.text[self.words[at - 1][2] if at else 0 : self.words[at][1]]

    def follows(self, at: int, end: int) -> bool:
        """Whether nothing but space stands between an offset and the word at a place."""
        return at < len(self.words) and SPACE.fullmatch(self.text, end, self.words[at][1]) is not None

    def one_phrase(self, at: int, count: int) -> bool:
        """Whether nothing but space stands between so many words."""
        return all(
            SPACE.fullmatch(self.text, left[2], right[1]) for left, right in pairwise(self.words[at : at + count])
        )


def published(article: Article) -> Bounds:
    """When the article is known or inferred to have been published: (earliest, latest), None where nothing is known."""
    about = article.about
    first, last = (about.get("published", about.get(f"published_{end}")) for end in ("earliest", "latest"))
    return _day(first), _day(last)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def certainty(article: Article) -> str:
    """Whether the day of publication is known or inferred, as keys of messages say it."""
    return "known" if "published" in article.about else "inferred"
