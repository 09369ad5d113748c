"""Limits on the size of a saved page, checked before extraction, whose time can grow with the square of a count.

The elements are counted by the parser that reads the page later (lxml), without building a tree: that takes a hundredth
of the time of extraction.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from helpers.files.errors import InputError

ELEMENTS = 15_000  # of one page: several times as many as a long article has with menus and links
CHILDREN = 5_000  # direct children of one element
ATTRIBUTES = 1_000  # of one element
AUTHORS = 2_000  # characters of the authors' names in the page's metadata
LINKED = 1_000_000  # characters of JSON-LD
KEYS = 1_000  # authors, persons and publishers in JSON-LD, at any depth
OPEN = 100  # unclosed tags and comments in one text of metadata, attribute or script
ARCHIVE_PARTS = 20  # parts of a web archive that have parts of their own
LINKED_TYPES = ("application/ld+json", "application/settings+json")
KEY = re.compile(r'"(?:author|person|publisher|organization|imageobject|webpage)"', re.I)
AUTHOR = re.compile(r"author|creator|byl", re.I)
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # characters removed from a page before it is read
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
COMMENT = re.compile(r"<!--(?!.{0,500}?-->)", re.S)
TAG = re.compile(rf"{COMMENT.pattern}|<(?![^<>]{{0,500}}>)", re.S)
INSIDE = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.I | re.M)


class _Counter:
    """A parser target that counts elements, attributes and metadata, and stops at the first count that is too high."""

    def __init__(self) -> None:
        self.elements = self.linked = self.keys = self.opened = 0
        self.names: set[str] = set()
        self._inside = [0]  # the number of children so far of each open element
        self._script: list[str] | None = None  # the block of JSON-LD that is being read

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        inside = self._inside
        inside[-1] += 1
        if self.elements > ELEMENTS or inside[-1] > CHILDREN or len(attributes) > ATTRIBUTES:
            _at_most("elements", self.elements, ELEMENTS)
            _at_most("elements inside one", inside[-1], CHILDREN)
            _at_most("attributes of one element", len(attributes), ATTRIBUTES)
        inside.append(0)
        if attributes and "<!--" in (values := "\n".join(attributes.values())):
            self._open(COMMENT, values)
        if tag == "meta" and (content := attributes.get("content")):
            self._open(TAG, content)
            if any(AUTHOR.search(attributes.get(key, "")) for key in ("name", "property", "itemprop")):
                self._named(content)
        if tag == "script" and attributes.get("type") in LINKED_TYPES:
            self._script = []

    def data(self, text: str) -> None:
        if self._script is not None:
            self._script.append(text)
        elif "<!--" in text:
            self._open(COMMENT, text)

    def end(self, tag: str) -> None:
        if len(self._inside) > 1:
            self._inside.pop()
        if self._script is None or tag != "script":
            return
        block, self._script = "".join(self._script), None
        self.linked += len(block)
        _at_most("characters of JSON-LD", self.linked, LINKED)
        self.keys += _many(KEY.finditer(block), KEYS)
        _at_most("authors and publishers in JSON-LD", self.keys, KEYS)
        self._open(TAG, html.unescape(ESCAPED.sub(lambda found: chr(int(found[1], 16)), block)))
        try:
            found = json.loads(block, strict=False)
        except (ValueError, RecursionError):
            return
        for name in _authors(found):
            self._named(name)

    def close(self) -> None:
        pass

    def _named(self, name: str) -> None:
        self.names.add(name)
        _at_most("characters of authors' names", sum(map(len, self.names)), AUTHORS)

    def _open(self, begins: re.Pattern[str], text: str) -> None:
        self.opened += _many(begins.finditer(text), OPEN)
        _at_most("tags and comments that never close in metadata, attributes, scripts", self.opened, OPEN)


def _many(found: Iterable[object], most: int) -> int:
    """The number of items, counted no further than `most` + 1."""
    return sum(1 for _ in islice(found, most + 1))


def _at_most(what: str, count: int, most: int) -> None:
    if count > most:
        raise InputError(f"over {most:,} {what}, too many for a page of one article; save its text instead")


def _authors(found: object) -> Iterator[str]:
    """The names of authors and persons in a block of JSON-LD."""
    for thing in _listed(found):
        inside = (part for key in ("@graph", "liveBlogUpdate") for part in _listed(_of(thing, key)))
        for each in (thing, *inside):
            if "person" in str(_of(each, "@type")).lower():
                yield from _texts(_of(each, "name"))
            for author in _listed(_of(each, "author")):
                yield from _texts(author)
                for key in ("name", "givenName", "additionalName", "familyName"):
                    yield from _texts(_of(author, key))


def _texts(found: object) -> Iterator[str]:
    return (each for each in (*_listed(found), *_listed(_of(found, "name"))) if isinstance(each, str))


def _listed(found: object) -> list[object]:
    return found if isinstance(found, list) else [found]


def _of(found: object, key: str) -> object:
    return found.get(key) if isinstance(found, dict) else None


def page(text: str, path: Path) -> None:
    """Check the limits of a page. Raises InputError, one line, when it has more of something than any article has."""
    from lxml import etree

    parser = etree.HTMLParser(target=_Counter(), encoding="utf-8", huge_tree=True)
    try:
        etree.fromstring(
            NO_XML.sub("", text).encode(), parser
        )  # as bytes: in a str, a declaration of an encoding would be an error
    except InputError as e:
        raise InputError(f"{path}: {e}") from None
    except (etree.LxmlError, ValueError):
        pass  # whether the page has an article is decided when it is extracted


def archive(raw: bytes, path: Path) -> None:
    """Check the nested parts of a web archive. Raises InputError, one line, for more than a browser saves."""
    if len(INSIDE.findall(raw)) > ARCHIVE_PARTS:
        wrong = f"over {ARCHIVE_PARTS} parts with parts of their own, too many for a saved page"
        raise InputError(f"{path}: {wrong}; save it as HTML instead")
