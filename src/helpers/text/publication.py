"""The day on which an article was published, out of what its page, its sidecar or its column says, in any usual form.

What cannot be read, and what is read on an assumption, is said in a warning: a date never vanishes without a word.
"""

import re
from datetime import datetime

from msgspec import Struct

from helpers.text import calendars, dates, invisible, orthography

LONGEST = 200  # characters of a value that may be a date
SHOWN = 60  # characters of a value that a warning shows
HOUR = re.compile(r"(?<![0-9])[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?(?![0-9])")
ZONE = re.compile(r"(?:utc|gmt|z|(?<=\s))\s*[+\-]\s*[0-9]{1,2}(?::?[0-9]{2})?(?![0-9])")
WHOLE = re.compile(r"(?:(?P<month>[0-9]{1,2})[-/])?(?P<year>[0-9]{4})(?:[-/](?P<behind>[0-9]{1,2}))?")


class Published(Struct, frozen=True):
    """When an article was published: the first and the last day that it may have been, the same where a day is given.

    hijri    the date is written in the Hijri calendar
    order    as of `dates.Written`
    """

    earliest: str
    latest: str
    hijri: bool = False
    order: str = ""


def read(value: str) -> Published | None:
    """A date as it is written in a sidecar, a page or a column; None where it is none, or two different ones.

    Beside a Gregorian date a Hijri one is passed over: they are the same day. Hours and zones are passed over: the day is
    that of the outlet.

    >>> read("الجمعة 15 آذار/مارس 2024 - 14:30").earliest, read("رمضان 1445").latest
    ('2024-03-15', '2024-04-09')
    """
    if len(value) > LONGEST:
        return None
    return _iso(value.strip()) or _written(orthography.fold(value.strip().casefold()).text)


def _iso(value: str) -> Published | None:
    try:
        day = datetime.fromisoformat(value).date()
    except ValueError:
        return None
    return _published((day, day)) if day.year in calendars.GREGORIAN_YEARS else None


def _published(days: calendars.Days, hijri: bool = False, order: str = "") -> Published:
    return Published(days[0].isoformat(), days[1].isoformat(), hijri, order)


def _written(text: str) -> Published | None:
    split, at, rest = dates.words(text), 0, text
    found: list[dates.Written] = []
    while at < len(split):
        one = dates.written(text, split, at)
        if one is None or one.year is None:
            at += 1
            continue
        found.append(one)
        rest = rest[: split[at][1]] + " " * (one.end - split[at][1]) + rest[one.end :]
        at += one.count
    if not found:
        return _month_or_year(text.strip())
    if any(letter.isdigit() for letter in ZONE.sub(" ", HOUR.sub(" ", rest))):
        return None
    said = [one for one in found if not one.hijri] or found
    days = said[0].days
    if days is None or any(one.days != days for one in said):
        return None
    return _published(days, said[0].hijri, said[0].order)


def _month_or_year(text: str) -> Published | None:
    """«2024-03», «03/2024», «2024», «عام 1445 هـ»."""
    split = dates.words(text)
    known = dates.lexicon()
    eras = [known.hijri[word] for word, *_ in split if word in known.hijri]
    kept = [each for each in split if each[0] not in known.hijri and each[0] not in known.of_year]
    found = WHOLE.fullmatch(text[kept[0][1] : kept[-1][2]]) if kept else None
    if found is None or (found["month"] and found["behind"]):
        return None
    year, month = int(found["year"]), int(found["month"] or found["behind"] or 0) or None
    hijri = eras[0] if eras else year in calendars.HIJRI_YEARS
    if month is not None and month > 12:
        return None
    if not hijri and year not in calendars.GREGORIAN_YEARS:
        return None
    days = calendars.hijri(year, month) if hijri else calendars.gregorian(year, month)
    return _published(days, hijri) if days else None


def known(value: object) -> tuple[dict[str, str], str | None]:
    """What a value says of the day of publication, by the keys of a sidecar, and a warning where it is to be doubted.

    Returns   `published` for a day; `published_earliest` and `published_latest` for a month or a year; nothing for what
              cannot be read
    """
    text = value if isinstance(value, str) else str(value)
    found = read(text)
    shown = invisible.writable(" ".join(text.split()))
    shown = repr(shown if len(shown) <= SHOWN else shown[:SHOWN] + "…")
    if found is None:
        return {}, f"the date {shown} could not be read; write it as 2024-03-15"
    day = found.earliest == found.latest
    about = (
        {"published": found.earliest}
        if day
        else {"published_earliest": found.earliest, "published_latest": found.latest}
    )
    read_as = found.earliest if day else f"{found.earliest} to {found.latest}"
    if found.hijri:
        return about, f"the date {shown} is Hijri; converted by the Umm al-Qura calendar, {read_as}, give or take a day"
    if found.order:
        order = found.order.replace("_", " ")
        return about, f"the date {shown} was read {order}, as {read_as}; write it as {read_as} if that is right"
    return about, None if day else f"the date {shown} is not a day; it was read as {read_as}"
