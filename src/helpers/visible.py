"""What a reader sees of a web page: how much Arabic stands in it outside menus, links and comments."""

import re
from collections.abc import Mapping
from typing import Any

from helpers import arabic

# What these hold is not seen, or is a way to other pages.
APART = frozenset(
    "a button footer head header iframe nav noscript option script select style svg template textarea title".split()
)
COMMENTS = re.compile(r"\bcomments?(?![a-z])|disqus", re.I)  # in a class or an id of what holds readers' comments
WHOLE = frozenset(("html", "body", "main", "article"))  # whose classes speak of the page
DEEPEST = 2_048  # elements inside each other, the parser's own bound; browsers show a quarter of that


class _TooDeep(Exception):
    pass


class _Counter:
    """Counts the letters of the Arabic script as a parser comes by them: of the page's own text, and beside it."""

    def __init__(self) -> None:
        self._own = self._beside = 0
        self._depth, self._inside = 0, {"apart": 0, "beside": 0}  # how deep below the first of such elements

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
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
            self._beside += arabic.letters(text)
        elif not self._inside["apart"]:
            self._own += arabic.letters(text)

    def close(self) -> tuple[int, int]:
        return self._own, self._beside


def letters(html: str) -> tuple[int, int] | None:
    """The letters of the Arabic script that a page shows outside menus and links: of its own text, and of what stands
    beside that, such as comments.

    None for a page whose elements stand too deep inside each other to be read whole.
    """
    from lxml import etree

    parser = etree.HTMLParser(target=_Counter(), encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        parser.feed(html.encode("utf-8", "replace"))
        return parser.close()
    except _TooDeep:
        return None
    except etree.XMLSyntaxError:  # a page without an element
        return 0, 0


def tree(html: str) -> Any:
    """A page as the tree that trafilatura would make of it, as deep as it goes. Raises ValueError for no page."""
    from lxml import etree
    from lxml.html import HTMLParser, fromstring

    parser = HTMLParser(
        collect_ids=False, default_doctype=False, encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        return fromstring(html.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError as e:
        raise ValueError(str(e)) from None


def _of_comments(attributes: Mapping[str, str]) -> bool:
    return any(COMMENTS.search(attributes.get(name) or "") for name in ("class", "id"))
