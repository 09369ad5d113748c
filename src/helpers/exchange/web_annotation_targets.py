"""The targets of Web Annotations: the spans of an article, by position and by quote.

A position is read in code points, as the standard has it; where the text there is not what is quoted, in units of UTF-16, as
Hypothesis and other tools in browsers count; where it is not that either, the quote decides, if its words stand in the text
only once between its prefix and its suffix. Where the file has no text, the position is believed, and a quote without a
position is a span from 0 on: an import finds its words.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct

from helpers.exchange import json_files
from helpers.text.articles import Span

ASTRAL = re.compile("[\U00010000-\U0010ffff]")  # what takes two units of UTF-16
AROUND = 32  # characters of prefix and suffix


class Place(Struct, frozen=True):
    """The span of a target, None where it has none that can be found, and its role, where it says that."""

    role: str
    part: int
    span: Span | None


def texts(value: Any) -> list[str]:
    """A text, or the texts of a list."""
    return (
        [value]
        if isinstance(value, str)
        else [e for e in value if isinstance(e, str)]
        if isinstance(value, list)
        else []
    )


def target(article: str, text: str | None, role: str, part: int, span: Mapping[str, Any]) -> dict[str, Any]:
    """A span of an article as a target."""
    start, end, whole = span["start"], span["end"], text or ""
    around = {"prefix": whole[max(start - AROUND, 0) : start], "suffix": whole[end : end + AROUND]}
    selectors = [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {"type": "TextQuoteSelector", "exact": span["exact"]} | (around if text is not None else {}),
    ]
    return {"type": "SpecificResource", "source": article, "role": role, "part": part, "selector": selectors}


def source(annotation: Mapping[str, Any]) -> str | None:
    """What an annotation is of, by its first target."""
    for each in _targets(annotation):
        of = each.get("source", each.get("id"))
        if isinstance(of, Mapping):
            of = of.get("id")
        if isinstance(of, str):
            return of
    return None


def places(annotation: Mapping[str, Any], text: str | None) -> list[Place]:
    """The targets of an annotation that select words, in their order.

    text    of the article, None where it is not known
    """
    found = []
    for each in _targets(annotation):
        selectors = {str(one.get("type")): one for one in json_files.listed(each.get("selector"))}
        position, quoted = selectors.get("TextPositionSelector", {}), selectors.get("TextQuoteSelector", {})
        if position or quoted:
            part = each.get("part")
            span = _span(position, quoted, text)
            found.append(Place(str(each.get("role") or ""), part if isinstance(part, int) else 1, span))
    return found


def _targets(annotation: Mapping[str, Any]) -> list[dict[str, Any]]:
    given = annotation.get("target")
    return [{"id": each} for each in texts(given)] + json_files.listed(given)


def _span(position: Mapping[str, Any], quoted: Mapping[str, Any], text: str | None) -> Span | None:
    at, exact = _offsets(position), quoted.get("exact")
    words = exact if isinstance(exact, str) and exact else None
    if text is None:
        start = at[0] if at else 0
        return Span(start, start + len(words), words) if words else None
    for first, past in (at, _code_points(text, *at)) if at else ():
        if past <= len(text) and words in (None, text[first:past]) and text[first:past]:
            return Span(first, past, text[first:past])
    if words is None:
        return None
    found = [*_quoted(words, quoted.get("prefix"), quoted.get("suffix"), text)]
    if len(found) == 1:
        return Span(found[0], found[0] + len(words), words)
    return Span(*at, words) if at else None


def _offsets(position: Mapping[str, Any]) -> tuple[int, int] | None:
    start, end = position.get("start"), position.get("end")
    return (start, end) if isinstance(start, int) and isinstance(end, int) and 0 <= start < end else None


def _code_points(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets in units of UTF-16 as code points, none behind the end of the text."""
    seconds = _seconds(text)
    first, past = (min(at - bisect_left(seconds, at), len(text)) for at in (start, end))
    return first, past


@lru_cache(maxsize=1)
def _seconds(text: str) -> tuple[int, ...]:
    """Where the second unit is, in UTF-16, of each character that takes two of them."""
    astral = (found.start() for found in ASTRAL.finditer(text))
    return tuple(at + number for number, at in enumerate(astral, 1))


def _quoted(exact: str, prefix: Any, suffix: Any, text: str) -> Iterator[int]:
    """Where words stand in a text between what stands before and after them, as far as that is known."""
    before, after = (each if isinstance(each, str) else "" for each in (prefix, suffix))
    at = text.find(exact)
    while at >= 0:
        past = at + len(exact)
        if text.endswith(before, 0, at) and text.startswith(after, past):
            yield at
        at = text.find(exact, at + 1)
