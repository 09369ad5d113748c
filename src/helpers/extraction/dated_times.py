"""Times that are written as dates, years, seasons and decades."""

import re
from datetime import date as Day

from msgspec import structs

from helpers.extraction import yearless_dates
from helpers.extraction.time_words import Hit, Scan, certainty, published
from helpers.records.messages import message
from helpers.text import calendars, dates
from helpers.text.dates import Written

LONGEST_LIST = 6  # days or months that share a year
IN_FIGURES = re.compile(r"[0-9][/.\-–][0-9]{1,4}[/.\-–]\Z")  # before the last part of a longer number
LONGEST_FIGURES = 8  # characters of what it looks for
DASH = re.compile(r"[-–]")


def date(scan: Scan, at: int) -> Hit | None:
    """«26 آب/أغسطس 2021», «15/03/2024», «5 رمضان 1445 هـ», «السابع من أكتوبر الماضي», «أيار وحزيران 2020»."""
    found = dates.written(scan.text, scan.words, at)
    if found is None:
        return _day_of_the_next(scan, at)
    if found.year is not None:
        return _dated(found) if _is_month(scan, at, found) else None
    return _month_of_the_next(scan, at, found) or yearless_dates.resolved(scan, at, found)


def _is_month(scan: Scan, at: int, found: Written) -> bool:
    """Whether a month with a year is one: many are names of persons too, and then a day, an era or a preposition must show it."""
    if found.day is not None or (found.alone and not found.hijri):
        return True
    return scan.words[at + found.count - 1][0] in dates.lexicon().hijri or yearless_dates.is_marked(scan, at)


def _dated(found: Written) -> Hit:
    days = found.days
    if days is None:
        bounds, why = (None, None), message("time.hijri_outside")
        return Hit(found.skip, found.count, "date", bounds, why, found.end)
    key = "hijri" if found.hijri else found.order or "written_out"
    return Hit(found.skip, found.count, "date", days, message(f"time.{key}"), found.end)


def _joined(scan: Scan, at: int, end: int) -> tuple[int, bool] | None:
    """Where what a word or a dash joins to an offset begins, and whether the word is written together with it: «و16», «وحزيران»."""
    joins = scan.table.roles["joins"]
    if at >= len(scan.words):
        return None
    word = scan.words[at][0]
    if DASH.fullmatch(scan.text[end : scan.words[at][1]].strip()):
        return at, False
    if not scan.follows(at, end):
        return None
    if word in joins:
        return (at + 1, False) if scan.follows(at + 1, scan.words[at][2]) else None
    return (at, True) if word[:1] in joins else None


def _last_of_list(scan: Scan, at: int, end: int) -> tuple[int, Written] | None:
    """The last date of a list that begins before a word, and where it begins: «3 مايو 2020» of «1 و2 و3 مايو 2020»."""
    last: tuple[int, Written] | None = None
    for _ in range(LONGEST_LIST):
        joined = _joined(scan, at, end)
        if joined is None:
            break
        begin, together = joined
        found = dates.written(scan.text, scan.words, begin)
        if found is None:
            if last or together or dates.number(scan.words, begin, 2) is None:
                break
            at, end = begin + 1, scan.words[begin][2]
            continue
        letters = scan.words[begin][0][: found.skip]
        if together and letters not in scan.table.roles["joins"]:
            break
        last = begin, found
        if found.year is not None:
            break
        at, end = begin + found.count, found.end
    return last


def _month_of_the_next(scan: Scan, at: int, found: Written) -> Hit | None:
    """«أيار» of «أيار وحزيران 2020»: its year is that of the date behind it, or the one before that."""
    following = _last_of_list(scan, at + found.count, found.end)
    if following is None or (following[1].day is None) != (found.day is None) or following[1].hijri != found.hijri:
        return None
    return _like(scan, found, *following)


def _day_of_the_next(scan: Scan, at: int) -> Hit | None:
    """«15» of «15 و16 مارس 2020»: a day of the month that the date behind it names."""
    day = dates.number(scan.words, at, 2)
    following = _last_of_list(scan, at + 1, scan.words[at][2]) if day else None
    if not day or following is None or following[1].day is None or DASH.search(scan.gap(at)):
        return None
    found = structs.replace(following[1], skip=0, count=1, end=scan.words[at][2], day=day, order="")
    in_list = scan.row(at - 1, "joins") is not None
    if following[1].year is None and not (in_list or scan.row(at - 1, "day_marker")):
        return None
    return _like(scan, found, *following)


def _like(scan: Scan, found: Written, where: int, following: Written) -> Hit | None:
    year = following.year
    if year is not None:
        before = (found.month, found.day or 0) > (following.month, following.day or 0)
        whole = structs.replace(found, year=year - before)
        try:
            hit = _dated(whole)
        except ValueError:  # 30 و31 of a month that has fewer
            return None
        return structs.replace(hit, why=message("time.hijri" if found.hijri else "time.next_year"))
    way = yearless_dates.way_of(scan, where, following)
    return yearless_dates.hit(scan, found, way[0], found.count, found.end) if way else None


def year(scan: Scan, at: int) -> Hit | None:
    """«عام 2020», «في 2015», «سنة 1445 هـ», or a year that ends its phrase: a number that counts something is none."""
    word = scan.row(at, "year_word")
    here = at + bool(word)
    if (hijri := _hijri_year(scan, at, here, word[0] if word else 0)) is not None:
        return hijri
    if word and scan.is_year(at + 1):
        found = int(scan.words[at + 1][0])
        count = 3 if scan.era(at + 2) is False else 2
        return Hit(word[0], count, "year", calendars.gregorian(found), message("time.written_out"))
    if not scan.is_year(at) or IN_FIGURES.search(
        scan.text, max(scan.words[at][1] - LONGEST_FIGURES, 0), scan.words[at][1]
    ):
        return None
    marked = scan.row(at - 1, "year_marker") is not None
    last = at + 1 == len(scan.words)
    stopped = last or bool(scan.gap(at + 1).strip())
    ended = last or scan.row(at + 1, "year_end") is not None
    if not (ended or (marked and stopped)):
        return None
    return Hit(0, 1, "year", calendars.gregorian(int(scan.words[at][0])), message("time.year"))


def _hijri_year(scan: Scan, at: int, here: int, skip: int) -> Hit | None:
    number = scan.number(here)
    if not number or number >= calendars.HIJRI_YEARS.stop or scan.era(here + 1) is not True:
        return None
    days = calendars.hijri(number)
    why = message("time.hijri" if days else "time.hijri_outside")
    return Hit(skip, here + 2 - at, "year", days or (None, None), why)


def season(scan: Scan, at: int) -> Hit | None:
    """«صيف 2019», «خريف عام 2020», «شتاء العام الماضي»: with room for the season of the weather and for that of the calendar."""
    row = scan.row(at, "season")
    if not row:
        return None
    here = at + 1 + bool(scan.row(at + 1, "year_word"))
    if scan.is_year(here):
        bounds = _season(row[1]["reads"], int(scan.words[here][0]))
        return bounds and Hit(row[0], here + 1 - at, "date", bounds, message("time.season"))
    told = scan.form(at + 1, "year_told")
    if not told:
        return None
    first, last = published(scan.article)
    if first is None or last is None:
        return Hit(row[0], 1 + told[0], "date", (None, None), message("time.no_date"))
    early, late = (_season(row[1]["reads"], day.year + int(told[2]["reads"])) for day in (first, last))
    why = message(f"time.no_year.told.{certainty(scan.article)}")
    return early and late and Hit(row[0], 1 + told[0], "date", (early[0], late[1]), why)


def _season(reads: str, year: int) -> calendars.Days | None:
    """The first and the last day of the months of a season, which are counted from the January of its year."""
    first, last = map(int, reads.split("-"))
    if year not in calendars.GREGORIAN_YEARS:
        return None
    begin, end = (calendars.months_before(Day(year, 1, 1), 1 - month) for month in (first, last))
    return (begin, calendars.gregorian(end.year, end.month)[1]) if begin and end else None


def decade(scan: Scan, at: int) -> Hit | None:
    """«أواخر التسعينيات»: the last three years of the decade; without a part, all ten."""
    part = scan.row(at, "part")
    found = scan.row(at + bool(part), "decade")
    if not found:
        return None
    first, last = map(int, part[1]["reads"].split("-")) if part else (0, 9)
    begins = int(found[1]["reads"])
    named = {"part": part[1]["form"], "first": str(first), "last": str(last)} if part else {}
    why = message("time.decade_part" if part else "time.decade", **named)
    bounds = calendars.gregorian(begins + first)[0], calendars.gregorian(begins + last)[1]
    return Hit((part or found)[0], 1 + bool(part), "decade", bounds, why)
