"""Times that are counted: from the article's date («قبل 20 عامًا», «أمس»), or from an event that the text names."""

from datetime import date, timedelta

from helpers.extraction.time_words import Bounds, Hit, Scan, certainty, published
from helpers.records.messages import Message, message
from helpers.text import calendars
from helpers.text.articles import Article

# A count of years or months is whole: it may be out by half of one either way.
HALF = {"year": timedelta(days=183), "month": timedelta(days=15)}
MONTHS = {"year": 12, "month": 1}
FIRST_YEAR = 2  # of the calendar: nothing is counted back further
Amount = list[tuple[int, str]]  # so many of a unit: day, month or year


def counted(scan: Scan, at: int) -> Hit | None:
    """«قبل 20 عامًا» from the article's date; «قبل يومين من تصفيته» and «بعد أيام من …» from what they name."""
    ago, after = scan.row(at, "ago"), scan.row(at, "after")
    begins = ago or after
    if not begins:
        return None
    skip = begins[0]
    found = _amount(scan, at + 1)
    if not found:
        return None
    count, amount, exactly = found
    step = 1 + count
    while more := _more(scan, at + step):
        step, amount = step + more[0], amount + more[1]
    article = scan.article
    if at + step + 1 < len(scan.words) and scan.row(at + step, "from"):
        event = article.text[slice(*article.folded.span(*scan.words[at + step + 1][1:]))]
        return Hit(skip, step + 2, "event", (None, published(article)[1]), message("time.event", event=event))
    if after or not exactly:
        return Hit(skip, step, "event", (None, published(article)[1]), message("time.some_event"))
    return Hit(skip, step, "counted", *before(article, amount))


def _amount(scan: Scan, at: int) -> tuple[int, Amount, bool] | None:
    """«20 عاما», «ثلاثة أسابيع», «يومين», «عام»: how many words, how much, and whether that is a count."""
    step, number = 0, scan.number(at)
    if number is not None:
        step = 1
    elif numeral := scan.row(at, "number"):
        number, step = int(numeral[1]["reads"]), 1
    one, dual = scan.row(at + step, "singular"), scan.row(at + step, "dual")
    unit = scan.row(at + step, "unit") or one
    row = dual or unit
    if not row or (number is None and unit and scan.is_year(at + step + 1)):
        return None
    exactly = number is not None or bool(dual or one)
    return step + 1, [((number or 1) * int(row[1]["factor"]), row[1]["reads"])], exactly


def _more(scan: Scan, at: int) -> tuple[int, Amount] | None:
    """«و21 يوما», «وشهرين»: what is counted beside it, of which each has a number."""
    joins = scan.table.roles["joins"]
    if at >= len(scan.words):
        return None
    if scan.words[at][0] in joins and scan.number(at + 1) is not None and not scan.gap(at + 1):
        found = _amount(scan, at + 1)
        return (found[0] + 1, found[1]) if found else None
    led = next((row for role in ("number", "dual", "singular") if (row := scan.row(at, role))), None)
    if led and led[0] and scan.words[at][0][: led[0]] in joins:
        found = _amount(scan, at)
        return (found[0], found[1]) if found and found[2] else None
    return None


def before(article: Article, amount: Amount) -> tuple[Bounds, Message]:
    """The days so long before the article, and the basis; both of its bounds are carried through."""
    first, last = published(article)
    if first is None or last is None:
        return (None, None), message("time.no_date")
    days = sum(number for number, unit in amount if unit == "day")
    months = sum(number * MONTHS[unit] for number, unit in amount if unit != "day")
    finest = next((unit for unit in ("day", "month", "year") if any(unit == each for _, each in amount)), "day")
    earliest, latest = _back(first, months, days), _back(last, months, days)
    if earliest is None or latest is None:
        return (None, None), message("time.too_far")
    half = HALF.get(finest, timedelta(0))
    rounded = f".{finest}" if half else ""
    return (earliest - half, latest + half), message(f"time.counted.{certainty(article)}{rounded}")


def _back(day: date, months: int, days: int) -> date | None:
    found = calendars.months_before(day, months)
    if found is None or found.toordinal() - days < date(FIRST_YEAR, 1, 1).toordinal():
        return None
    return found - timedelta(days)


def vague(scan: Scan, at: int) -> Hit | None:
    """«مؤخرًا»: before the article, and nothing more; «أمس»: the day before it."""
    if row := scan.row(at, "vague"):
        return Hit(row[0], 1, "vague", (None, published(scan.article)[1]), message("time.vague"))
    if day := scan.form(at, "day"):
        return Hit(day[1], day[0], "counted", *before(scan.article, [(int(day[2]["reads"]), "day")]))
    return None
