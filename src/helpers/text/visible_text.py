"""How much Arabic a web page shows outside menus and links, and what its links say; and pages made less deeply nested."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helpers.text import orthography

# Elements whose content is invisible, or links to other pages.
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
COMMENTS = re.compile(r"\bcomments?(?![a-z])|disqus", re.I)  # in the class or id of an element with readers' comments
WHOLE = frozenset(("html", "body", "main", "article"))  # the classes of these describe the whole page
DEEPEST = 1_024  # nested elements: twice as many as browsers accept
HEADLINE_WORDS = 4  # fewest words of a link that reads as a headline
STEP_BYTES = 65_536  # bytes that are parsed at once
FLAT_DEPTH = 128  # deepest nesting of a page that was flattened


class _TooDeep(Exception):
    pass


@dataclass(frozen=True, slots=True)
class VisibleText:
    """Numbers of letters of the Arabic script that a page shows outside menus and links, and its depth.

    own       letters of its own text
    beside    letters of other text, such as readers' comments
    depth     most elements nested in each other
    links     the texts of links, each once
    between   letters of its own text before, between and after the links that read as headlines, outside menus
    """

    own: int = 0
    beside: int = 0
    depth: int = 0
    links: frozenset[str] = frozenset()
    between: tuple[int, ...] = ()


class _Counter:
    """A parser target that counts Arabic letters and depth, and collects the texts of links."""

    def __init__(self) -> None:
        self._own = self._beside = self._deepest = self._depth = 0
        self._inside = {"apart": 0, "beside": 0}  # depth below the outermost of such elements
        self._link: list[str] | None = None  # the text of the link that is open
        self._links: set[str] = set()
        self._between = [0]

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self._deepest = max(self._deepest, self._depth)
        if self._depth > DEEPEST:
            raise _TooDeep
        if tag == "a":
            self._link = []
        begins = {"apart": tag in APART, "beside": tag == "aside" or (tag not in WHOLE and _of_comments(attributes))}
        for kind, depth in self._inside.items():
            self._inside[kind] = depth + 1 if depth else int(begins[kind])

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._inside = {kind: max(depth - 1, 0) for kind, depth in self._inside.items()}
        if tag == "a" and self._link is not None:
            words = "".join(self._link).split()
            self._links.add(" ".join(words))
            self._link = None
            if len(words) >= HEADLINE_WORDS and not self._inside["apart"]:
                self._between.append(0)

    def data(self, text: str) -> None:
        if self._link is not None:
            self._link.append(text)
        if self._inside["beside"] and not self._inside["apart"]:
            self._beside += orthography.letters(text)
        elif not self._inside["apart"]:
            letters = orthography.letters(text)
            self._own += letters
            self._between[-1] += letters

    def close(self) -> VisibleText:
        return VisibleText(self._own, self._beside, self._deepest, frozenset(self._links), tuple(self._between))


class _Flattener:
    """A parser target that builds a tree in which elements nested too deep follow their parent, as in browsers."""

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


def seen(html: str) -> VisibleText | None:
    """The counts of a page; None if it is nested too deep to be read to the end."""
    found: VisibleText | None = _parsed(html, _Counter(), VisibleText())
    return found


def flatter(html: str) -> Any:
    """A page as a tree of limited depth, with all of its text; None if it is nested too deep for that or has no element."""
    from lxml.etree import TreeBuilder
    from lxml.html import HTMLParser

    return _parsed(html, _Flattener(TreeBuilder(element_factory=HTMLParser().makeelement)), None)


def _parsed(html: str, target: Any, empty: Any) -> Any:
    """The result of a parser target for a page; None if the page is nested too deep, `empty` if it has no element."""
    from lxml import etree

    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    raw = html.encode("utf-8", "replace")
    try:
        for at in range(0, len(raw), STEP_BYTES):  # in steps, so that too deep a page is noticed early
            parser.feed(raw[at : at + STEP_BYTES])
        return parser.close()
    except _TooDeep:
        return None
    except etree.XMLSyntaxError:
        return empty


def _of_comments(attributes: Mapping[str, str]) -> bool:
    return any(COMMENTS.search(attributes.get(name) or "") for name in ("class", "id"))
