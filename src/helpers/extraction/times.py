"""Finds the time expressions of an article: dates with an earliest and a latest bound, and the basis of these.

A date relative to that of the article is only as certain as the latter, and has its bounds from both of its bounds. An
expression that the text does not date remains undated, with the reason. dateparser reads dates and «قبل 20 عامًا»;
`times.csv` rewrites what it does not know (number words, weeks, Levantine months), and has decades and «recently».
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from dateparser.date import DateDataParser

from helpers.files import csv_rows, paths
from helpers.records.messages import Message, message
from helpers.text import orthography
from helpers.text.articles import Article, Span

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
    "month",
    "day",
    "vague",
)
# What can be between the words of one expression: white space, or the slash in «آب/أغسطس».
BETWEEN = re.compile(r"[^\S\r\n]*/?[^\S\r\n]*")
# Numbers of years or months are rounded: the bounds are half a year or month earlier and later.
HALF = {"year": timedelta(days=183), "month": timedelta(days=15)}
Bounds = tuple[date | None, date | None]
Word = tuple[str, int, int]  # the folded word, its start and end in the folded text
# Number of letters of proclitics, number of words, and the kind, bounds and basis of a time.
Hit = tuple[int, int, str, Bounds, Message]
COUNTED = "counted from the article's {} date"
BASES = {  # the basis of a time's bounds, by the key of its message, in English as in tables for programs
    "time.written_out": "written out",
    "time.year": "a number read as a year",
    "time.decade": "a decade",
    "time.decade_part": "a decade, of which {part} is read as years {first} to {last}",
    "time.vague": "recently; how long ago is not stated",
    "time.event": "counted from {event}, which the text does not date",
    "time.some_event": "counted from an event that the text does not date",
    "time.no_date": "counted from the article's date, which is not known",
    "time.unreadable": "counted from the article's date, in words that could not be read",
    "time.too_far": "counted back further than the calendar goes",
    **{f"time.counted.{kind}": COUNTED.format(kind) for kind in ("known", "inferred")},
    **{
        f"time.counted.{kind}.{unit}": f"{COUNTED.format(kind)}, give or take half a {unit}"
        for kind in ("known", "inferred")
        for unit in HALF
    },
}


@dataclass(frozen=True, slots=True)
class Time:
    """One time expression.

    kind              year, date, decade, counted (relative to the article), event (relative to an event), vague
    earliest, latest  dates; None if the text gives no bound
    why               the basis of the bounds, as a message; `basis` is the same in English
    """

    span: Span
    paragraph: int
    sentence: int
    kind: str
    earliest: date | None
    latest: date | None
    why: Message

    @property
    def basis(self) -> str:
        """The basis of its bounds, in English."""
        return BASES[self.why.key].format(**self.why.values)


def published(article: Article) -> Bounds:
    """The known or inferred date of publication as (earliest, latest); None for an unknown bound."""
    about = article.about
    first, last = (about.get("published", about.get(f"published_{end}")) for end in ("earliest", "latest"))
    return _day(first), _day(last)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


@cache
def _lexicon(path: Path) -> dict[str, dict[str, tuple[int, csv_rows.Row]]]:
    """Rows by role and by folded word with its proclitics, each with the length of the proclitics."""
    found: dict[str, dict[str, tuple[int, csv_rows.Row]]] = {role: {} for role in ROLES}
    for row in csv_rows.read(path, ("form", "role", "reads", "factor", "note")):
        first, *rest = row["form"].split()
        for form, length in orthography.with_proclitics(first):
            words = " ".join((form, *(orthography.fold(word).text for word in rest)))
            found[row.one_of("role", ROLES)].setdefault(words, (length, row))
    return found


def find(article: Article) -> list[Time]:
    """Find the time expressions of an article, in the order of the text; no two overlap."""
    words = [(m.group(), *m.span()) for m in orthography.WORD.finditer(article.folded.text)]
    found, at = [], 0
    while at < len(words):
        hit = next(filter(None, (rule(article, words, at) for rule in _RULES)), None)
        if hit is None or not _one_phrase(article.folded.text, words[at : at + hit[1]]):
            at += 1
            continue
        start, count, kind, bounds, why = hit
        span = article.span(*article.folded.span(words[at][1] + start, words[at + count - 1][2]))
        place = article.place(span.start)
        earliest, latest = bounds
        found.append(Time(span, place.paragraph, place.number, kind, earliest, latest, why))
        at += count
    return found


def _one_phrase(text: str, words: list[Word]) -> bool:
    return all(BETWEEN.fullmatch(text, left[2], right[1]) for left, right in pairwise(words))


def _row(words: list[Word], at: int, role: str) -> tuple[int, csv_rows.Row] | None:
    """The lexicon's row for the word at a place in this role, with the length of its proclitics."""
    forms = _lexicon(paths.lexicon("times.csv"))[role]
    return forms.get(words[at][0]) if 0 <= at < len(words) else None


def _pair(words: list[Word], at: int, role: str) -> tuple[int, int, csv_rows.Row] | None:
    """A row of two words or of one, the longer first: (how many words, length of the proclitics, row)."""
    forms = _lexicon(paths.lexicon("times.csv"))[role]
    for count in (2, 1):
        found = forms.get(" ".join(word for word, *_ in words[at : at + count]))
        if found and at + count <= len(words):
            return count, *found
    return None


def _number(words: list[Word], at: int) -> int | None:
    """The number in digits at a place; None if there is none, or one too large for a calendar."""
    word = words[at][0] if at < len(words) else ""
    return int(word) if word.isascii() and word.isdigit() and len(word) < 5 else None


def _is_year(words: list[Word], at: int) -> bool:
    year = _number(words, at)
    return year is not None and len(words[at][0]) == 4 and 1800 <= year <= 2100


def _year_bounds(first: int, last: int) -> Bounds:
    return date(first, 1, 1), date(last, 12, 31)


def _counted(article: Article, words: list[Word], at: int) -> Hit | None:
    """«قبل 20 عامًا» relative to the article's date; «قبل يومين من تصفيته» and «بعد أيام من …» relative to an event."""
    ago, after = _row(words, at, "ago"), _row(words, at, "after")
    begins = ago or after
    if not begins:
        return None
    length = begins[0]
    step, number = 1, _number(words, at + 1)
    if number is not None:
        step += 1
    elif numeral := _row(words, at + step, "number"):
        number, step = int(numeral[1]["reads"]), step + 1
    one, dual = _row(words, at + step, "singular"), _row(words, at + step, "dual")
    unit = _row(words, at + step, "unit") or one
    counted = dual or unit
    if not counted or (number is None and unit and _is_year(words, at + step + 1)):
        return None
    row = counted[1]
    step += 1
    if at + step + 1 < len(words) and _row(words, at + step, "from"):
        event = article.text[slice(*article.folded.span(*words[at + step + 1][1:]))]
        return length, step + 2, "event", (None, published(article)[1]), message("time.event", event=event)
    if after or not ago or (number is None and not dual and not one):
        return length, step, "event", (None, published(article)[1]), message("time.some_event")
    amount = (number or 1) * int(row["factor"])
    return length, step, "counted", *_before(article, f"{ago[1]['reads']} {amount} {row['reads']}")


def _before(article: Article, text: str) -> tuple[Bounds, Message]:
    bounds = published(article)
    if None in bounds:
        return (None, None), message("time.no_date")
    first, last = (_parsed(text, base) for base in bounds)
    if first is None or last is None:
        return (None, None), message("time.unreadable")
    half = HALF.get(last[1], timedelta(0))
    if first[0].year < 2:
        return (None, None), message("time.too_far")
    kind = "known" if "published" in article.about else "inferred"
    rounded = f".{last[1]}" if half else ""
    return (first[0] - half, last[0] + half), message(f"time.counted.{kind}{rounded}")


@lru_cache(maxsize=10_000)  # dateparser takes about a millisecond for each
def _parsed(text: str, base: date) -> tuple[date, str] | None:
    """The result of dateparser: a date and its precision (day, month, year)."""
    settings = {"RELATIVE_BASE": datetime(base.year, base.month, base.day)}
    try:
        read = DateDataParser(languages=["ar"], settings=settings).get_date_data(text)
    except OverflowError:
        return None
    return (read.date_obj.date(), read.period) if read.date_obj else None


def _date(article: Article, words: list[Word], at: int) -> Hit | None:
    """«26 آب 2021», «26 آب/أغسطس 2021», «أغسطس 2021»: dates with the name of a month and a year."""
    day = words[at][0] if _number(words, at) is not None and len(words[at][0]) <= 2 else ""
    step = int(bool(day))
    month = _pair(words, at + step, "month")
    if not month:
        return None
    step += month[0]
    if other := _pair(words, at + step, "month"):  # the same month by its other name
        step += other[0]
    if not _is_year(words, at + step):
        return None
    read = _parsed(f"{day} {month[2]['reads']} {words[at + step][0]}".strip(), date(2000, 1, 1))
    if read is None:
        return None
    first = read[0] if day else read[0].replace(day=1)
    last = first if day else (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return 0 if day else month[1], step + 1, "date", (first, last), message("time.written_out")


def _year(article: Article, words: list[Word], at: int) -> Hit | None:
    """«عام 2020», «في 2015», or a year that ends its phrase; a number of things is not a year."""
    if (word := _row(words, at, "year_word")) and _is_year(words, at + 1):
        year = int(words[at + 1][0])
        return word[0], 2, "year", _year_bounds(year, year), message("time.written_out")
    if not _is_year(words, at):
        return None
    marked = _row(words, at - 1, "year_marker") is not None
    last = at + 1 == len(words)
    stopped = last or bool(article.folded.text[words[at][2] : words[at + 1][1]].strip())
    ended = last or _row(words, at + 1, "year_end") is not None
    if not (ended or (marked and stopped)):
        return None
    year = int(words[at][0])
    return 0, 1, "year", _year_bounds(year, year), message("time.year")


def _decade(article: Article, words: list[Word], at: int) -> Hit | None:
    """«أواخر التسعينيات»: the last three years of the decade; without a word for a part of it, all ten."""
    part = _row(words, at, "part")
    decade = _row(words, at + bool(part), "decade")
    if not decade:
        return None
    first, last = map(int, part[1]["reads"].split("-")) if part else (0, 9)
    begins = int(decade[1]["reads"])
    named = {"part": part[1]["form"], "first": str(first), "last": str(last)} if part else {}
    why = message("time.decade_part" if part else "time.decade", **named)
    return (part or decade)[0], 1 + bool(part), "decade", _year_bounds(begins + first, begins + last), why


def _vague(article: Article, words: list[Word], at: int) -> Hit | None:
    """«مؤخرًا»: some time before the article; «أمس»: the day before it."""
    if vague := _row(words, at, "vague"):
        return vague[0], 1, "vague", (None, published(article)[1]), message("time.vague")
    if day := _pair(words, at, "day"):
        return day[1], day[0], "counted", *_before(article, day[2]["reads"])
    return None


_RULES = (_counted, _date, _year, _decade, _vague)
