"""The article's time expressions, as dates with an earliest and a latest bound and the basis of each.

A date that is counted from the article's own is only as sure as that one: both of its bounds are carried through. What
the text does not date stays undated and says why. The words are rows of `times.csv`, those of dates of `dates.csv`.
"""

from dataclasses import dataclass
from datetime import date

from helpers.extraction import counted_times, dated_times
from helpers.extraction.time_words import Hit, Scan, published
from helpers.records.messages import Message
from helpers.text.articles import Article, Span

__all__ = ["BASES", "Time", "find", "published"]

CERTAINTIES = ("known", "inferred")
COUNTED = "counted from the article's {} date"
NO_YEAR = {
    "past": "no year is given; the last before the article's {} date",
    "ahead": "no year is given; the next after the article's {} date",
    "told": "no year is given; the year is counted from the article's {} date",
}
FROM_HIJRI = "converted from the Hijri calendar (Umm al-Qura)"
BASES = {  # where the days of a time come from, by the key of its message: as tables for programs have it, in English
    "time.written_out": "written out",
    "time.day_first": "written in figures, read day first",
    "time.month_first": "written in figures, read month first",
    "time.hijri": FROM_HIJRI,
    "time.hijri_outside": "a Hijri date outside the tables of its calendar (1343 to 1500)",
    "time.next_year": "its month or year is that of the date behind it",
    "time.season": "a season, by the weather or by the calendar",
    "time.year": "a number read as a year",
    "time.decade": "a decade",
    "time.decade_part": "a decade, of which {part} is read as years {first} to {last}",
    "time.vague": "recently; how long ago is not stated",
    "time.event": "counted from {event}, which the text does not date",
    "time.some_event": "counted from an event that the text does not date",
    "time.no_date": "counted from the article's date, which is not known",
    "time.too_far": "counted back further than the calendar goes",
    **{f"time.counted.{kind}": COUNTED.format(kind) for kind in CERTAINTIES},
    **{
        f"time.counted.{kind}.{unit}": f"{COUNTED.format(kind)}, give or take half a {unit}"
        for kind in CERTAINTIES
        for unit in counted_times.HALF
    },
    **{f"time.no_year.{way}.{kind}": said.format(kind) for way, said in NO_YEAR.items() for kind in CERTAINTIES},
    **{
        f"time.no_year.{way}.{kind}.hijri": f"{said.format(kind)}; {FROM_HIJRI}"
        for way, said in NO_YEAR.items()
        for kind in CERTAINTIES
    },
}


@dataclass(frozen=True, slots=True)
class Time:
    """One time expression. `kind`: year, date, decade, counted (from the article), event (from an event in the text), vague.

    `earliest` and `latest` are None where the text gives no bound; `why` and, in English, `basis` say where they come from.
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
        """Where its days come from, in English."""
        return BASES[self.why.key].format(**self.why.values)

    @property
    def of_article(self) -> bool:
        """Whether its days, or their year, are counted from the article's date."""
        return self.kind == "counted" or self.why.key.startswith("time.no_year.")


def find(article: Article) -> list[Time]:
    """Find the time expressions of an article, in the order of the text; no two overlap."""
    scan = Scan.of(article)
    begins, words = scan.beginnings(), scan.words
    found, at = [], 0
    while at < len(words):
        word = words[at][0]
        if word not in begins and not word[0].isdigit():
            at += 1
            continue
        hit = next(filter(None, (rule(scan, at) for rule in _RULES)), None)
        if hit is None or (hit.end is None and not scan.one_phrase(at, hit.count)):
            at += 1
            continue
        found.append(_time(article, scan, at, hit))
        at += hit.count
    return found


def _time(article: Article, scan: Scan, at: int, hit: Hit) -> Time:
    end = hit.end if hit.end is not None else scan.words[at + hit.count - 1][2]
    span = article.span(*article.folded.span(scan.words[at][1] + hit.skip, end))
    place = article.place(span.start)
    earliest, latest = hit.bounds
    return Time(span, place.paragraph, place.number, hit.kind, earliest, latest, hit.why)


_RULES = (
    counted_times.counted,
    dated_times.date,
    dated_times.year,
    dated_times.season,
    dated_times.decade,
    counted_times.vague,
)
