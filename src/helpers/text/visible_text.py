"""What a reader sees of a web page: how much Arabic stands in it outside menus and links; and the page less deep."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helpers.text import orthography

# What these hold is invisible, or is a way to other pages.
APART = frozenset(
    [
        "a",
        "button",
        "footer",
        "head",
        "header",
        "iframe",
        "nav",
        "noscript",
        "option",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
    ]
)
COMMENTS = re.compile(r"\bcomments?(?![a-z])|disqus", re.I)  # in a class or an id of what holds readers' comments
WHOLE = frozenset(("html", "body", "main", "article"))  # whose classes speak of the page
DEEPEST = 1_024  # elements inside each other: twice what browsers take
STEP_BYTES = 65_536  # bytes that are parsed at once
FLAT_DEPTH = 128  # so deep elements stand where a page was made flatter


class _TooDeep(Exception):
    pass


@dataclass(frozen=True, slots=True)
class Seen:
    """The letters of the Arabic script that a page shows outside menus and links, and how deep its elements stand.

    own       of its own text
    beside    of what stands beside that, such as readers' comments
    depth     elements inside each other, at most
    """

    own: int = 0
    beside: int = 0
    depth: int = 0


class _Counter:
    """Counts what a parser comes by."""

    def __init__(self) -> None:
        self._own = self._beside = self._deepest = self._depth = 0
        self._inside = {"apart": 0, "beside": 0}  # how deep below the first of such elements

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self._deepest = max(self._deepest, self._depth)
        if self._depth > DEEPEST:
            raise _TooDeep
        begins = {"apart": tag in APART, "beside": tag == "aside" or (tag not in WHOLE and _of_comments(attributes))}
        for kind, depth in self._inside.items():
            self._inside[kind] = depth + 1 if depth else int(begins[kind])

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._inside = {kind: max(depth - 1, 0) for kind, depth in self._inside.items()}

    def data(self, text: str) -> None:
        if self._inside["beside"] and not self._inside["apart"]:
            self._beside += orthography.letters(text)
        elif not self._inside["apart"]:
            self._own += orthography.letters(text)

    def close(self) -> Seen:
        return Seen(self._own, self._beside, self._deepest)


class _Flattener:
    """Builds a tree in which what stood deeper follows, at the same depth, what it stood in; browsers do likewise."""

    def __init__(self, builder: Any) -> None:
        self._builder, self._depth = builder, 0
        self._open: list[str] = []
        self.data = builder.data

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise _TooDeep
        if len(self._open) == FLAT_DEPTH:
            self._builder.end(self._open.pop())
        self._builder.start(tag, attributes)
        self._open.append(tag)

    def end(self, tag: str) -> None:
        self._depth -= 1
        if self._depth < len(self._open):
            self._builder.end(self._open.pop())

    def close(self) -> Any:
        return self._builder.close()


def seen(html: str) -> Seen | None:
    """What a page shows; None for one whose elements stand too deep inside each other to be read whole."""
    found: Seen | None = _parsed(html, _Counter(), Seen())
    return found


def flatter(html: str) -> Any:
    """A page as a tree of bounded depth, with all of its text; None where it is too deep for that, or has no element."""
    from lxml.etree import TreeBuilder
    from lxml.html import HTMLParser

    return _parsed(html, _Flattener(TreeBuilder(element_factory=HTMLParser().makeelement)), None)


def _parsed(html: str, target: Any, empty: Any) -> Any:
    """What a target makes of a page; None for one that is too deep, `empty` for one without an element."""
    from lxml import etree

    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    raw = html.encode("utf-8", "replace")
    try:
        for at in range(0, len(raw), STEP_BYTES):  # for one that is too deep is known to be so while it is read
            parser.feed(raw[at : at + STEP_BYTES])
        return parser.close()
    except _TooDeep:
        return None
    except etree.XMLSyntaxError:
        return empty


def _of_comments(attributes: Mapping[str, str]) -> bool:
    return any(COMMENTS.search(attributes.get(name) or "") for name in ("class", "id"))
