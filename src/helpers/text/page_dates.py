"""The day of publication as a page's metadata states it, also where trafilatura cannot read it: in Arabic words, in Hijri years."""

import html
import re
from collections.abc import Iterator

from helpers.text import publication

TAG = re.compile(r"<(meta|time)\b([^<>]{1,2000})>", re.I)
ATTRIBUTE = re.compile(r"""([\w:.-]{1,60})\s{0,9}=\s{0,9}(?:"([^"]{0,500})"|'([^']{0,500})')""")
LINKED = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"\\]{1,200}|(?:\\u[0-9a-fA-F]{4}|[^"\\]){1,400})"')
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
NAMED = frozenset(  # what metadata calls the day of publication, without regard to capitals
    {
        "article:published_time",
        "article:published",
        "article.published",
        "og:published_time",
        "og:article:published_time",
        "date",
        "datepublished",
        "date_published",
        "dc.date",
        "dc.date.issued",
        "dcterms.date",
        "dcterms.issued",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "publication_date",
        "sailthru.date",
        "parsely-pub-date",
    }
)


def published(page: str, taken: str | None) -> tuple[dict[str, str], str | None]:
    """What a page says of the day of its publication, by the keys of a sidecar, and what makes it doubtful.

    taken    the day that trafilatura took out of it: it stands, but for what the page says to be doubtful about it
    """
    stated: dict[str, bool] = {}
    for value, named in _stated(page):
        stated[value] = stated.get(value, False) or named
    values = [(*publication.known(value), named) for value, named in stated.items()]
    if taken:
        return {"published": taken}, next(
            (doubt for about, doubt, _ in values if about.get("published") == taken), None
        )
    readable = next(((about, doubt) for about, doubt, _ in values if about), None)
    return readable or ({}, next((doubt for _, doubt, named in values if named), None))


def _stated(page: str) -> Iterator[tuple[str, bool]]:
    """The values that may be the day of publication, and whether it is named so: a `time` may also be a length or an hour."""
    for tag in TAG.finditer(page):
        found = {name.lower(): html.unescape(one or other).strip() for name, one, other in ATTRIBUTE.findall(tag[2])}
        name = next((found[key] for key in ("property", "name", "itemprop") if key in found), "").lower()
        time = tag[1].lower() == "time"
        value = found.get("datetime") or ("" if time else found.get("content", ""))
        if value and (name in NAMED or time):
            yield value, name in NAMED
    for linked in LINKED.finditer(page):
        yield ESCAPED.sub(lambda code: chr(int(code[1], 16)), linked[1]), True
