"""Years, months and days of two calendars as days of the Gregorian one.

The Hijri calendar is that of Umm al-Qura, by hijridate, whose tables go from 1343 (1924) to 1500 (2077). Where the moon
is sighted, a month may begin a day earlier or later.
"""

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # many articles have no Hijri date
    from hijridate import Hijri

GREGORIAN_YEARS = range(1800, 2101)  # what a year in the news may be
HIJRI_YEARS = range(1343, 1501)  # of the tables of hijridate
HIJRI_DAYS = 30  # of the longest month
Days = tuple[date, date]


def gregorian(year: int, month: int | None = None, day: int | None = None) -> Days:
    """The first and the last day of a year, of one of its months, or of a day. Raises ValueError for what is no day.

    >>> gregorian(2024, 2)
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is not None:
        return (date(year, month, day),) * 2
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def hijri(year: int, month: int | None = None, day: int | None = None) -> Days | None:
    """The same of a Hijri year, month or day; None outside of the tables.

    A thirtieth day is read where the table's month has 29: elsewhere the month began a day later.

    >>> hijri(1445, 9, 5)
    (datetime.date(2024, 3, 15), datetime.date(2024, 3, 15))
    """
    from hijridate import Hijri

    if year not in HIJRI_YEARS:
        return None
    first, last = Hijri(year, month or 1, 1), Hijri(year, month or 12, 1)
    begins = _day(first)
    if day is not None:
        return (begins + timedelta(day - 1),) * 2
    return begins, _day(last) + timedelta(last.month_length() - 1)


def _day(of: "Hijri") -> date:
    return date.fromisoformat(of.to_gregorian().isoformat())


def hijri_month_of(day: date) -> tuple[int, int] | None:
    """The Hijri year and month (1 to 12) that a day is in; None outside of the tables."""
    from hijridate import Gregorian

    try:
        found = Gregorian.fromdate(day).to_hijri()
    except OverflowError:
        return None
    return found.year, found.month


def months_before(day: date, months: int) -> date | None:
    """The day so many months before, the last of its month where that has fewer days; None before the calendar begins.

    >>> months_before(date(2024, 3, 31), 1)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
