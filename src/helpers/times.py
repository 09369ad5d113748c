"""The article's time expressions, as dates with an earliest and a latest bound and the basis of each.

A date that is counted from the article's own is only as sure as that one: both of its bounds are carried through. What
the text does not date stays undated and says why. dateparser reads dates and «قبل 20 عامًا»; `times.csv` rewrites for
it what it misses (number words, weeks, Levantine months) and knows decades and «recently».
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from dateparser.date import DateDataParser

from helpers import arabic, paths, rows
from helpers.articles import Article, Span

ROLES = ("ago", "after", "unit", "dual", "number", "year_marker", "part", "decade", "month", "day", "vague")
# A count of years or months is whole: it may be out by half of one either way.
HALF = {"year": timedelta(days=183), "month": timedelta(days=15)}
Bounds = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Time:
    """One time expression. `kind`: year, date, decade, counted (from the article), event (from something told), vague.

    `earliest` and `latest` are None where the text gives no bound; `basis` says in words where they come from.
    """

    span: Span
    paragraph: int
    sentence: int
    kind: str
    earliest: date | None
    latest: date | None
    basis: str


def published(article: Article) -> Bounds:
    """When the article is known or inferred to have been published: (earliest, latest), None where nothing is known."""
    about = article.about
    first, last = (about.get("published", about.get(f"published_{end}")) for end in ("earliest", "latest"))
    return tuple(date.fromisoformat(day) if day else None for day in (first, last))


@cache
def _lexicon() -> dict[str, dict[str, tuple[int, rows.Row]]]:
    """Rows by role and folded word, proclitics and all, with the length of the proclitics."""
    found: dict[str, dict[str, tuple[int, rows.Row]]] = {role: {} for role in ROLES}
    for row in rows.read(paths.lexicon("times.csv"), ("form", "role", "reads", "factor", "note")):
        for form, length in arabic.with_proclitics(arabic.fold(row["form"]).text):
            found[row.one_of("role", ROLES)].setdefault(form, (length, row))
    return found


def find(article: Article) -> list[Time]:
    """Find the time expressions of an article, in the order of the text; no two overlap."""
    words = [(m.group(), *m.span()) for m in arabic.WORD.finditer(article.folded.text)]
    found, at = [], 0
    while at < len(words):
        hit = next(filter(None, (rule(article, words, at) for rule in _RULES)), None)
        if hit is None:
            at += 1
            continue
        start, count, kind, bounds, basis = hit
        span = article.span(*article.folded.span(words[at][1] + start, words[at + count - 1][2]))
        place = article.place(span.start)
        found.append(Time(span, place.paragraph, place.number, kind, *bounds, basis))
        at += count
    return found


def _row(words: list, at: int, role: str) -> tuple[int, rows.Row] | None:
    return _lexicon()[role].get(words[at][0]) if at < len(words) else None


def _is_year(words: list, at: int) -> bool:
    return at < len(words) and len(words[at][0]) == 4 and words[at][0].isdigit() and 1800 <= int(words[at][0]) <= 2100


def _year_bounds(first: int, last: int) -> Bounds:
    return date(first, 1, 1), date(last, 12, 31)


def _counted(article: Article, words: list, at: int):
    """«قبل 20 عامًا» from the article's date; «قبل يومين من تصفيته» and «بعد أيام من …» from what they name."""
    ago, after = _row(words, at, "ago"), _row(words, at, "after")
    if not (ago or after):
        return None
    length = (ago or after)[0]
    step, number = 1, None
    if at + step < len(words) and words[at + step][0].isdigit():
        number, step = int(words[at + step][0]), step + 1
    elif numeral := _row(words, at + step, "number"):
        number, step = int(numeral[1]["reads"]), step + 1
    unit, dual = _row(words, at + step, "unit"), _row(words, at + step, "dual")
    if not (unit or dual) or (number is None and unit and _is_year(words, at + step + 1)):
        return None
    row = (dual or unit)[1]
    step += 1
    if at + step + 1 < len(words) and words[at + step][0] == "من":
        event = article.text[slice(*article.folded.span(*words[at + step + 1][1:]))]
        return (
            length,
            step + 2,
            "event",
            (None, published(article)[1]),
            f"counted from {event}, which the text does not date",
        )
    if after or (number is None and not dual and words[at + step - 1][0] != arabic.fold(row["reads"]).text):
        return (
            length,
            step,
            "event",
            (None, published(article)[1]),
            "counted from what the text tells, which it does not date",
        )
    amount = (number or 1) * int(row["factor"])
    return length, step, "counted", *_before(article, f"قبل {amount} {row['reads']}")


def _before(article: Article, text: str) -> tuple[Bounds, str]:
    bounds = published(article)
    if None in bounds:
        return (None, None), "counted from the article's date, which is not known"
    first, last = (_parsed(text, base) for base in bounds)
    if first is None or last is None:
        return (None, None), "counted from the article's date, in words that could not be read"
    half = HALF.get(last[1], timedelta(0))
    kind = "known" if "published" in article.about else "inferred"
    rounded = f", out by half a {last[1]} either way" if half else ""
    return (first[0] - half, last[0] + half), f"counted from the article's {kind} date{rounded}"


def _parsed(text: str, base: date) -> tuple[date, str] | None:
    """What dateparser reads: the date and how fine it is (day, month, year)."""
    settings = {"RELATIVE_BASE": datetime(base.year, base.month, base.day)}
    read = DateDataParser(languages=["ar"], settings=settings).get_date_data(text)
    return (read.date_obj.date(), read.period) if read.date_obj else None


def _date(article: Article, words: list, at: int):
    """«26 آب 2021», «أغسطس 2021»: dates with the name of a month and a year."""
    day = words[at][0] if words[at][0].isdigit() and len(words[at][0]) <= 2 else ""
    month = _row(words, at + bool(day), "month")
    if not month or not _is_year(words, at + bool(day) + 1):
        return None
    read = _parsed(f"{day} {month[1]['reads']} {words[at + bool(day) + 1][0]}".strip(), date(2000, 1, 1))
    if read is None:
        return None
    first = read[0] if day else read[0].replace(day=1)
    last = first if day else (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return 0 if day else month[0], 2 + bool(day), "date", (first, last), "written out"


def _year(article: Article, words: list, at: int):
    """«عام 2020», «في 2015», or a year that ends its phrase: a number that counts something is none."""
    marker = _row(words, at, "year_marker")
    if marker and _is_year(words, at + 1):
        year = int(words[at + 1][0])
        kept = words[at][0].endswith(("عام", "سنه"))  # the word «year» belongs to the expression, «in» does not
        if kept:
            return marker[0], 2, "year", _year_bounds(year, year), "written out"
        return None
    if not _is_year(words, at):
        return None
    before = _row(words, at - 1, "year_marker") if at else None
    after = article.folded.text[words[at][2] : words[at + 1][1]] if at + 1 < len(words) else "."
    ends = after.strip() or words[at + 1][0].startswith(("ال", "و"))
    year = int(words[at][0])
    return (0, 1, "year", _year_bounds(year, year), "written out") if before or ends else None


def _decade(article: Article, words: list, at: int):
    """«أواخر التسعينيات»: the last three years of the decade; without a part, all ten."""
    part = _row(words, at, "part")
    decade = _row(words, at + bool(part), "decade")
    if not decade:
        return None
    first, last = map(int, part[1]["reads"].split("-")) if part else (0, 9)
    begins = int(decade[1]["reads"])
    basis = "a decade" + (f", of which {part[1]['form']} is read as years {first} to {last}" if part else "")
    return (part or decade)[0], 1 + bool(part), "decade", _year_bounds(begins + first, begins + last), basis


def _vague(article: Article, words: list, at: int):
    """«مؤخرًا»: before the article, and nothing more; «أمس»: the day before it."""
    if vague := _row(words, at, "vague"):
        return vague[0], 1, "vague", (None, published(article)[1]), vague[1]["note"]
    if day := _row(words, at, "day"):
        return day[0], 1, "counted", *_before(article, day[1]["reads"])
    return None


_RULES = (_counted, _date, _year, _decade, _vague)
