"""A notebook as run, put into Arabic: prose, what it printed, tables, images' texts; the code stays as it is.

What the memory does not know stays in English and says so (`lang`), so that a page never passes one off as the other.
"""

import re
from collections.abc import Callable
from functools import partial
from html import escape

import nbformat
from lxml import html
from nbformat import NotebookNode

from helpers.report.translation_memory import CODE, LATIN, Memory
from helpers.report.writer import AID
from helpers.text import invisible

CODES = re.compile(r".* id|rule|claims?")  # columns of ids, as the tables' files have them
NO_LANGUAGE = "zxx"  # BCP 47: ids, sums
POINTS = str.maketrans(",;", "،؛")
TEXTS = ("title", "aria-label", "alt")
ARABIC = re.compile(r"[\u0600-\u06ff]")
PARSER = html.HTMLParser(encoding="utf-8", huge_tree=True)


def notebook(given: NotebookNode, memory: Memory) -> NotebookNode:
    """A copy of a notebook in Arabic."""
    made: NotebookNode = nbformat.from_dict(given)
    made.cells = [_cell(cell, memory) for cell in given.cells]
    return made


def _cell(given: NotebookNode, memory: Memory) -> NotebookNode:
    cell: NotebookNode = nbformat.from_dict(given)
    if cell.cell_type == "markdown":
        cell.source = "\n\n".join(_prose(part, memory) for part in cell.source.split("\n\n"))
    for output in cell.get("outputs", ()):
        if "text" in output:
            output.text = "\n".join(memory(line) or line for line in output.text.split("\n"))
        if "text/html" in output.get("data", {}):
            output.data["text/html"] = fragment(output.data["text/html"], memory)
        for about in output.get("metadata", {}).values():
            if isinstance(about, dict) and "alt" in about:
                about["alt"] = invisible.apart_not(memory(about["alt"]) or about["alt"])
    return cell


def _prose(part: str, memory: Memory) -> str:
    """A paragraph of prose; a heading and the line under it are two."""
    return "\n".join(_line(line, memory) for line in part.split("\n"))


def _line(line: str, memory: Memory) -> str:
    marks = line[: len(line) - len(line.lstrip("# "))]
    known = memory(line[len(marks) :])
    return line if known is None else marks + known


def fragment(given: str, memory: Memory) -> str:
    """A piece of HTML in Arabic. Texts that are Arabic already stay as they are, character for character."""
    holder = html.fragment_fromstring(given, create_parent="div", parser=PARSER)
    for aid in holder.find_class(AID):
        aid.drop_tree()
    for table in holder.iter("table"):
        _columns(table)
    for element in holder.iter():
        for name in TEXTS:
            if name in element.attrib:
                element.set(name, invisible.apart_not(memory(element.get(name)) or element.get(name)))
    _element(holder, memory)
    for table in holder.iter("table"):
        _turn(table)
    inside = "".join(html.tostring(child, encoding="unicode") for child in holder)
    return escape(holder.text or "", quote=False) + inside


def _columns(table: html.HtmlElement) -> None:
    """A table's columns: English ones that stand beside their Arabic are left out, those of ids are in no language."""
    lines = [list(line) for line in table.iter("tr")]
    names = [cell.text_content() for cell in lines[0]]
    for at, name in enumerate(names):
        cells = [line[at] for line in lines]
        if name.endswith(" en") and {name[:-3], f"{name[:-3]} ar"} & set(names):
            for cell in cells:
                cell.getparent().remove(cell)
        elif name == "actor id" and "name ar" not in names:
            for cell in cells:
                _retext(cell, "actor" if cell is cells[0] else cell.text_content().replace("_", " "))
        elif name == "about":
            for cell in cells[1:]:
                _retext(cell, ", ".join(actor.replace("_", " ") for actor in cell.text_content().split()))
        elif CODES.fullmatch(name):
            for cell in cells[1:]:
                cell.set("lang", NO_LANGUAGE)


def _retext(cell: html.HtmlElement, text: str) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.text = text


def _turn(table: html.HtmlElement) -> None:
    """Set the columns that are Arabic now from right to left."""
    for column in zip(*table.iter("tr"), strict=True):
        text = "".join(cell.text_content() for cell in column[1:])
        if len(ARABIC.findall(text)) > len(LATIN.findall(text)):
            for cell in column:
                if "dir" in cell.attrib:
                    cell.set("dir", "rtl")


def _element(element: html.HtmlElement, memory: Memory) -> None:
    """Put the texts of an element into Arabic, and those of the elements in it."""
    if element.get("lang") in ("ar", NO_LANGUAGE) or element.get("translate") == "no" or element.tag == "code":
        return
    if element.get("lang") == "en":
        known = [memory(text) for text in element.itertext()]
        if None in known:
            return
        element.set("lang", "ar")
        element.set("dir", "rtl")
    if _whole(element, memory):
        return
    for child in element:
        _element(child, memory)
    element.text = _inside(element.text, memory, partial(element.insert, 0))
    for at, child in reversed(list(enumerate(element))):
        child.tail = _inside(child.tail, memory, partial(element.insert, at + 1))


def _whole(element: html.HtmlElement, memory: Memory) -> bool:
    """Put a phrase with names in it, each in an order of its own, into Arabic as a whole; False where it is none."""
    own = (element.text, *(child.tail for child in element))
    if not len(element) or any(child.tag != "bdi" or len(child) for child in element):
        return False
    if not any(LATIN.search(text or "") for text in own) or (known := memory(element.text_content())) is None:
        return False
    _retext(element, known)
    return True


def _inside(text: str | None, memory: Memory, insert: Callable[[html.HtmlElement], object]) -> str | None:
    """A text between two tags in Arabic; one that is not known goes into an element that says that it is English."""
    if not text or not text.strip(" ,;:.\n"):
        return text and text.translate(POINTS)
    if not LATIN.search(text) or len(ARABIC.findall(text)) > len(LATIN.findall(text)):  # as printed
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    bare = text.rstrip().removesuffix(",")  # what goes on behind a tag: «added, » before a name
    for known, rest in ((memory(text), after), (memory(bare), text[len(bare) :].translate(POINTS))):
        if known is not None:
            return before + known + rest
    left = html.Element("span", lang=NO_LANGUAGE if CODE.fullmatch(text.strip()) else "en", dir="ltr")
    left.text, left.tail = text.strip(), after
    insert(left)
    return before
