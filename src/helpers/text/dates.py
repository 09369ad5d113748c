"""Dates as they are written, in figures or with the name of a month, Gregorian or Hijri.

The words of dates are rows of `dates.csv`. In figures the day stands first, as in the Arabic press, unless the year does.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from msgspec import Struct, structs

from helpers.files import csv_rows, paths
from helpers.text import calendars, orthography

Word = tuple[str, int, int]  # folded, where it begins and ends in the folded text
ROLES = ("month", "hijri_month", "era", "of_year", "of_month", "ordinal", "label")
CALENDARS = ("gregorian", "hijri")
LONGEST_FORM = 2  # words of a row
# Year first or day first, the same sign twice; neither a part of a longer number nor of an address.
FIGURES = re.compile(
    r"(?<![0-9A-Za-z_/.,+\-])([0-9]{1,4})( ?/ ?|[-‐‑–.])([0-9]{1,2})\2([0-9]{1,4})(?![0-9/]|[-.,:][0-9])"
)
SPACE = re.compile(r"[^\S\r\n]*")
STROKE = re.compile(r"[^\S\r\n]*[/\-–]?[^\S\r\n]*")  # before a month
OTHER_NAME = re.compile(r"[^\S\r\n]*([/\-–(]?)[^\S\r\n]*")  # between the two names of a month
OPENED = re.compile(r"[^\S\r\n]*\([^\S\r\n]*")
CLOSED = re.compile(r"[^\S\r\n]*\)")
COMMA = re.compile(r"[^\S\r\n]*[/\-–,،]?[^\S\r\n]*")  # before the year of a day


class Month(Struct, frozen=True):
    """A name of a month: letters of proclitics before it, its number, and whether it is one where it stands alone."""

    skip: int
    number: int
    hijri: bool
    alone: bool


class Lexicon(Struct, frozen=True):
    """The rows of `dates.csv` by their folded words, those of months and ordinals with proclitics too.

    `begins` are the words that a date may begin with, other than figures; `hijri` says it of the words of eras.
    """

    months: dict[str, Month]
    ordinals: dict[str, tuple[int, int]]
    hijri: dict[str, bool]
    of_year: frozenset[str]
    of_month: frozenset[str]
    labels: frozenset[str]
    begins: frozenset[str]


class Written(Struct, frozen=True):
    """A date as it is written.

    skip     letters of proclitics before it
    count    how many words it is
    end      where it ends in the folded text
    year     None where none is written; so `day`
    order    day_first where the figures could be read the other way; month_first where they must be; else empty
    alone    its month is one where neither day nor year is written
    """

    skip: int
    count: int
    end: int
    hijri: bool
    day: int | None
    month: int
    year: int | None
    order: str = ""
    alone: bool = False

    @property
    def days(self) -> calendars.Days | None:
        """Its first and last day, of one with a year; None for a Hijri date outside of the tables."""
        if self.year is None:
            return None
        return (calendars.hijri if self.hijri else calendars.gregorian)(self.year, self.month, self.day)


def lexicon() -> Lexicon:
    """The words of dates."""
    return _lexicon(paths.lexicon("dates.csv"))


@cache
def _lexicon(path: Path) -> Lexicon:
    months: dict[str, Month] = {}
    ordinals: dict[str, tuple[int, int]] = {}
    eras: dict[str, bool] = {}
    plain: dict[str, set[str]] = {role: set() for role in ROLES}
    for row in csv_rows.read(path, ("form", "role", "reads", "alone", "note")):
        role = row.one_of("role", ROLES)
        first, *rest = row["form"].split()
        folded = " ".join(orthography.fold(word).text for word in (first, *rest))
        if role == "era":
            eras[folded] = row.one_of("reads", CALENDARS) == "hijri"
        if role not in ("month", "hijri_month", "ordinal"):
            plain[role].add(folded)
            continue
        number, tail = row.whole("reads"), folded[len(folded.split()[0]) :]
        for form, skip in orthography.with_proclitics(first):
            if role == "ordinal":
                ordinals.setdefault(form + tail, (skip, number))
            else:
                month = Month(skip, number, role == "hijri_month", bool(row["alone"]))
                months.setdefault(form + tail, month)
                months.setdefault((form + tail).casefold(), month)
    begins = frozenset(form.split()[0] for form in (*months, *ordinals))
    of_year, of_month, labels = (frozenset(plain[role]) for role in ("of_year", "of_month", "label"))
    return Lexicon(months, ordinals, eras, of_year, of_month, labels, begins)


def words(text: str) -> list[Word]:
    """The words of a folded text with their places in it."""
    return [(found.group(), *found.span()) for found in orthography.WORD.finditer(text)]


def forms(split: Sequence[Word], at: int, longest: int = LONGEST_FORM) -> list[tuple[int, str]]:
    """What may be one form at a place, the longest first: how many words, and these with a space between."""
    counts = range(min(longest, len(split) - at), 0, -1)
    return [(count, " ".join(word for word, *_ in split[at : at + count])) for count in counts]


def number(split: Sequence[Word], at: int, digits: int) -> int | None:
    """The number of at most so many digits at a place, or None."""
    word = split[at][0] if at < len(split) else ""
    return int(word) if word.isascii() and word.isdigit() and len(word) <= digits else None


def written(text: str, split: Sequence[Word], at: int) -> Written | None:
    """The date that begins at a word of a folded text; it has a month, and perhaps a day and a year.

    What is no day of its calendar, such as 31/4/2020, is no date.
    """
    known, word = lexicon(), split[at][0]
    if word[0].isdigit():
        return _in_figures(text, split, at, known) or _with_month(text, split, at, known)
    return _with_month(text, split, at, known) if word in known.begins else None


def _in_figures(text: str, split: Sequence[Word], at: int, known: Lexicon) -> Written | None:
    """«15/03/2024», «2024-03-15», «1445/9/5هـ»."""
    found = FIGURES.match(text, split[at][1])
    if found is None or (at and split[at - 1][0] in known.labels):
        return None
    first, _, middle, last = found.groups()
    if len(first) == 4 and len(last) <= 2:
        year, month, day = int(first), int(middle), int(last)
    elif len(last) == 4 and len(first) <= 2:
        day, month, year = int(first), int(middle), int(last)
    else:
        return None
    order = ""
    if len(last) == 4 and day != month and day <= 12:
        order = "day_first"
    if len(last) == 4 and day <= 12 < month:
        day, month, order = month, day, "month_first"
    count = next((n for n, each in enumerate(split[at:]) if each[1] >= found.end()), len(split) - at)
    hijri, count, end = _era(text, split, at, count, found.end(), known)
    hijri = year in calendars.HIJRI_YEARS if hijri is None else hijri
    made = Written(0, count, end, hijri, day, month, year, order)
    return made if _is_day(made) else None


def _era(
    text: str, split: Sequence[Word], at: int, count: int, end: int, known: Lexicon
) -> tuple[bool | None, int, int]:
    """Whether the word behind a year says that it is a Hijri one, None where none does; how many words, and the end."""
    if at + count < len(split) and SPACE.fullmatch(text, end, split[at + count][1]):
        era = known.hijri.get(split[at + count][0])
        if era is not None:
            return era, count + 1, split[at + count][2]
    return None, count, end


def _is_day(of: Written) -> bool:
    if of.hijri:
        return of.month <= 12 and (of.day or 1) in range(1, calendars.HIJRI_DAYS + 1) and (of.year or 1) > 0
    if of.year is not None and of.year not in calendars.GREGORIAN_YEARS:
        return False
    try:
        calendars.gregorian(of.year or 2000, of.month, of.day)  # a leap year
    except ValueError:
        return False
    return True


def _with_month(text: str, split: Sequence[Word], at: int, known: Lexicon) -> Written | None:
    """«15 آذار/مارس 2024», «7 أكتوبر (تشرين الأول) 2023», «الأول من رمضان 1445 هـ», «شباط 2020», «March 15, 2024»."""
    day, skip, count = _day(text, split, at, known)
    if count and not STROKE.fullmatch(text, split[at + count - 1][2], _begin(split, at + count)):
        return None
    month, names = _month(split, at + count, known)
    if month is None or (count and month.skip):
        return None
    skip = skip if count else month.skip
    count += names
    end = split[at + count - 1][2]
    count, end = _other_name(text, split, at, count, month, known, end)
    latin = day is None and split[at][0].isascii() and SPACE.fullmatch(text, end, _begin(split, at + count))
    if latin and (found := number(split, at + count, 2)):  # March 15, 2024
        day, end, count = found, split[at + count][2], count + 1
    made = _with_year(text, split, at, Written(skip, count, end, month.hijri, day, month.number, None), known)
    alone = month.alone or (day is None and at > 0 and split[at - 1][0] in known.of_month)
    made = structs.replace(made, alone=alone)
    return made if _is_day(made) else None


def _begin(split: Sequence[Word], at: int) -> int:
    return split[at][1] if at < len(split) else -1


def _day(text: str, split: Sequence[Word], at: int, known: Lexicon) -> tuple[int | None, int, int]:
    """The day before a month, letters of proclitics, and how many words: none where a date begins with the month."""
    found = number(split, at, 2)
    if found is not None:
        gap = SPACE.fullmatch(text, split[at][2], _begin(split, at + 1))
        behind = next((n for n, form in forms(split, at + 1) if form in known.of_month), 0) if gap else 0
        return found, 0, 1 + behind
    for count, form in forms(split, at):
        if form in known.ordinals:
            behind = next((n for n, each in forms(split, at + count) if each in known.of_month), 0)
            if behind and _one_phrase(text, split, at, count + behind):
                return known.ordinals[form][1], known.ordinals[form][0], count + behind
    return None, 0, 0


def _one_phrase(text: str, split: Sequence[Word], at: int, count: int) -> bool:
    return all(SPACE.fullmatch(text, split[n][2], split[n + 1][1]) for n in range(at, at + count - 1))


def _month(split: Sequence[Word], at: int, known: Lexicon) -> tuple[Month | None, int]:
    found = next(((known.months[form], count) for count, form in forms(split, at) if form in known.months), None)
    return found or (None, 0)


def _other_name(
    text: str, split: Sequence[Word], at: int, count: int, month: Month, known: Lexicon, end: int
) -> tuple[int, int]:
    """How many words, and the end, with the other name of the month, if it has one: «آب/أغسطس», «أكتوبر (تشرين الأول)»."""
    other, names = _month(split, at + count, known)
    gap = OTHER_NAME.fullmatch(text, end, _begin(split, at + count)) if other else None
    if other is None or gap is None or other.skip or (other.number, other.hijri) != (month.number, month.hijri):
        return count, end
    last = split[at + count + names - 1][2]
    if gap[1] == "(":
        closed = CLOSED.match(text, last)
        return (count + names, closed.end()) if closed else (count, end)
    return count + names, last


def _with_year(text: str, split: Sequence[Word], at: int, made: Written, known: Lexicon) -> Written:
    """The date with its year, where one follows it."""
    here = at + made.count
    of = next((n for n, form in forms(split, here) if form in known.of_year), 0)
    year = number(split, here + of, 4)
    if year is None:
        return made
    gap = COMMA if made.day is not None and not of else STROKE
    bracketed = made.day is not None and OPENED.fullmatch(text, made.end, split[here][1])
    if not (bracketed or gap.fullmatch(text, made.end, split[here][1])):
        return made
    if of and not _one_phrase(text, split, here, of + 1):
        return made
    hijri, count, end = _era(text, split, at, made.count + of + 1, split[here + of][2], known)
    if bracketed:
        closed = CLOSED.match(text, end)
        if not closed:
            return made
        end = closed.end()
    read = _year(made, year, len(split[here + of][0]), hijri)
    return Written(made.skip, count, end, made.hijri, made.day, made.month, read) if read else made


def _year(made: Written, year: int, digits: int, hijri: bool | None) -> int | None:
    """What a number behind a month is as its year; None where it is none. Of «رمضان 2020» the Hijri year.

    hijri    whether an era behind it says so
    """
    gregorian = digits == 4 and not hijri and year in calendars.GREGORIAN_YEARS
    if not made.hijri:
        return year if gregorian else None
    if gregorian:
        return _hijri_year(year, made.month)
    return year if hijri or (hijri is None and year in calendars.HIJRI_YEARS) else None


def _hijri_year(year: int, month: int) -> int | None:
    """The first Hijri year whose month begins in a Gregorian one."""
    begun = calendars.hijri_month_of(date(year, 1, 1))
    for each in (begun[0], begun[0] + 1) if begun else ():
        days = calendars.hijri(each, month)
        if days and days[0].year == year:
            return each
    return None
