"""Dates without a year: it is that of the article's date, or one beside it, as the words say.

Where they say nothing it is the last such day before the article; where they say that it is to come, the next.
"""

import re
from collections.abc import Iterator
from datetime import date as Day

from msgspec import structs

from helpers.extraction.time_words import Bounds, Hit, Scan, certainty, published
from helpers.records.messages import Message, message
from helpers.text import calendars
from helpers.text.dates import Written

LOOK_BACK = 12  # words before a date in which something says that it is to come
LOOK_AHEAD = 2  # words behind it
YEARS_AROUND = 8  # years in which a day comes again: 29 February
SENTENCE_END = re.compile(r"[.!؟?\r\n]")
TELLING = ("past", "ahead", "now")  # roles of words that say of which year a month is
OF_A_WEEKDAY = {"past": "last", "ahead": "next", "now": "now"}  # the same of a weekday before a date
Way = str | int  # past, last (the last before), ahead, next, now; a number of years from the article's


def is_marked(scan: Scan, at: int) -> bool:
    """Whether a preposition or another word that leads dates stands right before a word."""
    return at > 0 and scan.follows(at, scan.words[at - 1][2]) and scan.row(at - 1, "day_marker") is not None


def resolved(scan: Scan, at: int, found: Written) -> Hit | None:
    """The time that a date without a year is; None where it may be none."""
    way = way_of(scan, at, found)
    if way is None:
        return None
    count = found.count + way[1]
    return hit(scan, found, way[0], count, scan.words[at + count - 1][2] if way[1] else found.end)


def way_of(scan: Scan, at: int, found: Written) -> tuple[Way, int] | None:
    """Which of all years a date without one is of, and by how many words behind it; None where it may be no time."""
    here = at + found.count
    if scan.follows(here, found.end):
        if told := scan.form(here, "year_told"):
            return int(told[2]["reads"]), told[0]
        for each in TELLING:
            if scan.row(here, each):
                return each, 1
    near = at > 0 and scan.follows(at, scan.words[at - 1][2])
    role = next((role for role in TELLING if near and found.day is not None and scan.row(at - 1, role)), None)
    if role:  # «الجمعة المقبل 5 آب»
        return OF_A_WEEKDAY[role], 0
    marked = is_marked(scan, at)
    if found.day is None and not (found.alone and marked and not found.skip):
        return None
    if not marked and not found.skip and at and not scan.gap(at).strip():
        return None  # «هجمات 11 سبتمبر», «ثورة 25 يناير»: the name of an event
    return ("next" if _to_come(scan, at, here) else "last"), 0


def _to_come(scan: Scan, at: int, end: int) -> bool:
    """Whether a word near a date, in its sentence, says that it is still to come."""
    for here in range(at - 1, max(at - 1 - LOOK_BACK, -1), -1):
        if SENTENCE_END.search(scan.gap(here + 1)):
            break
        if scan.row(here, "to_come"):
            return True
    for here in range(end, min(end + LOOK_AHEAD, len(scan.words))):
        if SENTENCE_END.search(scan.gap(here)):
            break
        if scan.row(here, "to_come"):
            return True
    return False


def hit(scan: Scan, found: Written, way: Way, count: int, end: int) -> Hit:
    """A date of that year which the words mean: so many words, to an offset."""
    bounds, why = _of_article(scan, found, way)
    return Hit(found.skip, count, "date", bounds, why, end)


def _of_article(scan: Scan, found: Written, way: Way) -> tuple[Bounds, Message]:
    first, last = published(scan.article)
    if first is None or last is None:
        return (None, None), message("time.no_date")
    early, late = _nearest(found, first, way), _nearest(found, last, way)
    if early is None or late is None:
        return (None, None), message("time.hijri_outside" if found.hijri else "time.too_far")
    said = {"past": "past", "last": "past", "ahead": "ahead", "next": "ahead"}.get(str(way), "told")
    hijri = ".hijri" if found.hijri else ""
    return (early[0], late[1]), message(f"time.no_year.{said}.{certainty(scan.article)}{hijri}")


def _nearest(found: Written, base: Day, way: Way) -> calendars.Days | None:
    """The days of a date without a year, seen from a day: of all years, that which its words mean."""
    around = list(_around(found, base))
    if isinstance(way, int):
        wanted = _year_of(found, base)
        return next((days for year, days, _ in around if wanted is not None and year == wanted + way), None)
    if way == "now":
        return min((days for _, days, _ in around), key=lambda days: abs((days[0] - base).days), default=None)
    if way in ("past", "last"):  # «الماضي» is a month that is over
        before = [days for _, days, month in around if (month[1] < base if way == "past" else days[0] <= base)]
        return before[-1] if before else None
    after = (days for _, days, month in around if (month[0] > base if way == "ahead" else days[1] >= base))
    return next(after, None)


def _year_of(found: Written, base: Day) -> int | None:
    if not found.hijri:
        return base.year
    begun = calendars.hijri_month_of(base)
    return begun[0] if begun else None


def _around(found: Written, base: Day) -> Iterator[tuple[int, calendars.Days, calendars.Days]]:
    """The years around a day, the days of a date in them, and the days of its month."""
    year = _year_of(found, base)
    for each in range(year - YEARS_AROUND, year + YEARS_AROUND + 1) if year else ():
        try:
            days = structs.replace(found, year=each).days
            month = structs.replace(found, year=each, day=None).days
        except ValueError:  # 29 February
            continue
        if days and month:
            yield each, days, month
