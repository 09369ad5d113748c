"""Takes the text out of a Word document (.docx, .docm): paragraphs, lists, tables and text boxes, a line each.

Nothing is invented: numbers of lists are made by Word and not in the text. What is not part of the running text is left
out, and said: footnotes, headers, comments, deletions, hidden text. Macros are not looked at, and links not followed.
"""

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from helpers.files.errors import InputError
from helpers.text import packages

WHAT = "a Word document (.docx)"
MAIN = "word/document.xml"
WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",  # of the strict form
)
ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
DEEPEST = 200  # levels of nested elements
SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\xad"}
# What is passed over with all that is in it; the values are said, with how often.
LEFT_OUT = {
    "del": "deletions",
    "moveFrom": "deletions",
    "footnoteReference": "footnotes",
    "endnoteReference": "endnotes",
    "commentReference": "comments",
    "sym": "signs of a symbol font",
    "altChunk": "embedded files",
    "headerReference": "headers",
    "footerReference": "footers",
    "object": "embedded files",
}
SILENT = {"instrText", "delText", "delInstrText", "rPr", "pPrChange", "sectPrChange", "tblPr", "tcPr", "rt"}
SAYING = (
    "deletions",
    "footnotes",
    "endnotes",
    "comments",
    "headers",
    "footers",
    "hidden text",
    "formulas",
    "signs of a symbol font",
    "embedded files",
)


class Taken(Struct, frozen=True):
    """The text of a document, with a line per paragraph; how it was received; what was left out, in a few words each."""

    text: str
    received: str
    warnings: tuple[str, ...] = ()


def extract(raw: bytes, path: Path) -> Taken:
    """The text of a Word document.

    Tables are read cell by cell, in order, a text box behind the paragraph that it is anchored to. Tracked changes are
    taken as if accepted.
    Raises    InputError, one line, for what is no Word document, is damaged, too large, or nested too deeply.
    """
    from lxml import etree

    with packages.opened(io.BytesIO(raw), path, WHAT) as package:
        document = packages.part(package, _main(package, path), path, WHAT)
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        root = etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError) as e:
        said = " ".join(str(getattr(e, "msg", e)).split())[:200]
        raise InputError(f"{path}: {WHAT} that cannot be read ({said}); save it again") from None
    reader = _Reader(path)
    reader.block(root, 0)
    reader.end_paragraph()
    lines = (line for paragraph in reader.paragraphs for line in paragraph.split("\n"))
    text = "".join(f"{line}\n" for line in map(str.rstrip, lines) if line.strip())
    left = tuple(f"left out of the document: {what} ({reader.left[what]})" for what in SAYING if reader.left[what])
    return Taken(text, "a Word document", left)


def _main(package: Any, path: Path) -> str:
    """The name of the part with the text, as the package itself says."""
    from lxml import etree

    if "_rels/.rels" in package.namelist():
        raw = packages.part(package, "_rels/.rels", path, WHAT)
        try:
            root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))
        except (etree.XMLSyntaxError, ValueError):
            return MAIN
        for relation in root:
            if str(relation.get("Type")).endswith("/officeDocument") and relation.get("TargetMode") != "External":
                return str(relation.get("Target")).lstrip("/")
    return MAIN


def _name(element: Any) -> str:
    """The name of an element of Word without its namespace; empty for any other element."""
    tag = element.tag
    if not isinstance(tag, str):  # a comment
        return ""
    return next((tag[len(space) :] for space in WORD if tag.startswith(space)), "")


class _Reader:
    """Collects the paragraphs of a document, in order, and counts what is left out."""

    def __init__(self, path: Path) -> None:
        self.paragraphs: list[str] = []
        self.left: Counter[str] = Counter()
        self._path = path
        self._open: list[str] = []
        self._boxes: list[Any] = []
        self._goes_on = False  # the mark at the end of the paragraph before is deleted

    def block(self, element: Any, deep: int) -> None:
        """Read an element with all that is in it."""
        if deep > DEEPEST:
            raise InputError(f"{self._path}: {WHAT} nested over {DEEPEST} deep; save its text (.txt)")
        name = _name(element)
        if name in LEFT_OUT:
            self.left[LEFT_OUT[name]] += 1
        elif name == "tr" and _deleted(element, "trPr"):
            self.left["deletions"] += 1
        elif element.tag == FORMULA:
            self.left["formulas"] += 1
        elif name == "pPr":
            for section in (child for child in element if _name(child) == "sectPr"):
                self.block(section, deep + 1)
        elif name in SILENT or (name == "r" and self._hidden(element)):
            return
        elif name == "t":
            self._open.append(element.text or "")
        elif name in SIGNS:
            self._open.append(SIGNS[name])
        elif name == "txbxContent":
            self._boxes.append(element)
        elif name == "p":
            self._paragraph(element, deep)
        else:
            for child in _inside(element):
                self.block(child, deep + 1)

    def end_paragraph(self) -> None:
        """End the paragraph that is open."""
        if self._open:
            self.paragraphs.append("".join(self._open))
            self._open = []

    def _paragraph(self, element: Any, deep: int) -> None:
        if not self._goes_on:
            self.end_paragraph()
        before, self._boxes = self._boxes, []
        for child in _inside(element):
            self.block(child, deep + 1)
        boxes, self._boxes = self._boxes, before
        self._goes_on = not boxes and any(_deleted(each, "rPr") for each in element if _name(each) == "pPr")
        if not self._goes_on:
            self.end_paragraph()
        for box in boxes:
            for child in _inside(box):
                self.block(child, deep + 1)
            self.end_paragraph()

    def _hidden(self, run: Any) -> bool:
        """Whether a run is hidden; if it has text, that is counted."""
        marks = [mark for properties in run if _name(properties) == "rPr" for mark in properties]
        value = next((mark.values() for mark in marks if _name(mark) == "vanish"), None)
        hidden = value is not None and not {"0", "false", "off"} & set(value)
        self.left["hidden text"] += hidden and any(_name(child) == "t" for child in run)
        return hidden


def _deleted(element: Any, properties: str) -> bool:
    """Whether the properties of an element say that it is deleted."""
    return any(_name(mark) == "del" for each in element if _name(each) == properties for mark in each)


def _inside(element: Any) -> Iterator[Any]:
    """The children of an element; of alternatives for newer and older programs, the one with text, once."""
    if element.tag == ALTERNATIVES:
        held = list(element)
        best = next((each for each in held if any(_name(part) == "txbxContent" for part in each.iter())), None)
        yield from held[:1] if best is None else [best]
    else:
        yield from element
