"""UIMA CAS XMI: a folder with a file an article and the type system beside them, as INCEpTION and other tools of UIMA take it.

Read are such a folder, one of its files, and the zip archive that INCEpTION exports an annotated document as. XML has no
place for some characters (U+0000, U+000B, U+FFFE and the like): an article with one is not written.
"""

import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from helpers.exchange import cas_files, cas_reading, cas_sieve, cas_types, cas_writing
from helpers.exchange.cas_sieve import Sieve
from helpers.exchange.documents import Document
from helpers.files.errors import InputError

ENDING, TYPES = ".xmi", "TypeSystem.xml"
UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
XMI = "http://www.omg.org/XMI"
ID, ROOT = f"{{{XMI}}}id", f"{{{XMI}}}XMI"
INDEX = "{http:///uima/cas.ecore}View"
TAG = re.compile(r"\{http:///(.+)\.ecore\}(.+)")
OURS = b"http:///uima/cas.ecore"  # in what an XMI file begins with
BEGINS = re.compile(  # with a whole declaration, or with none
    rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml\s[^>]*?(?:encoding\s*=\s*[\"'](?P<encoding>[^\"']*)[^>]*)?\?>|(?!\?xml\s))"
)
DECLARATION = 1000  # bytes that a declaration is in
UTF_8 = (b"utf-8", b"us-ascii")
SOFA, VIEW = cas_types.SOFA, "uima.cas.View"
PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True, "remove_pis": True}


def save(documents: Sequence[Document], out: Path) -> None:
    """Write a new folder: the type system, and a file an article, whole or not at all.

    Raises    InputError, one line: before anything is written where that cannot be, and after all others are written for
              articles with characters that XML has no place for.
    """
    cas_files.save(documents, out, ENDING, _xmi, {TYPES: cas_types.type_system_xml()})


def _xmi(document: Document) -> bytes:
    made = cas_writing.cas(document)
    for said in _said(made):
        if found := UNSAYABLE.search(said):
            raise cas_files.Unwritable(f"U+{ord(found[0]):04X}")
    xmi: str = made.to_xmi()
    return xmi.encode()


def _said(made: Any) -> Iterable[str]:
    """The text and the values of a CAS that are text."""
    yield made.sofa_string
    for type_, own in cas_types.features().items():
        for one in made.select(type_) if type_ != cas_types.LINK else ():
            for name, feature in own.items():
                value = one[name]
                if feature.range == cas_types.STRINGS:
                    yield from value.elements if value else ()
                elif isinstance(value, str):
                    yield value


def load(path: Path) -> list[Document]:
    """The documents of a folder, of an archive, or of one file. Raises InputError, one line, for what is none."""
    return [_document(each) for each in cas_files.files(path, ENDING)]


def recognises(path: Path, head: bytes) -> bool:
    """Whether it is a folder or an archive with such files, or one of these."""
    if path.is_dir():
        return any(each.name.lower().endswith(ENDING) for each in path.iterdir())
    return cas_files.in_archive(path, ENDING) if head.startswith(cas_files.ARCHIVE) else OURS in head


def _document(file: cas_files.File) -> Document:
    from cassis import load_cas_from_xmi

    sieve = Sieve()
    try:
        raw = _sifted(file, sieve)
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # cassis only warns of an offset that is not one of a character
            found = load_cas_from_xmi(BytesIO(raw), cas_types.type_system(), trusted=True)  # no entities are left in it
    except InputError:
        raise
    except (etree.LxmlError, KeyError, ValueError, TypeError, AttributeError, RuntimeError, Warning) as e:
        said = " ".join(str(e).split())[:120]
        raise InputError(f"{file.where}: damaged, or not UIMA CAS XMI ({said}); export it again") from None
    return cas_reading.document(found, file.name, file.where, sieve.passed_over)


def _sifted(file: cas_files.File, sieve: Sieve) -> bytes:
    """The file with nothing in it but what is read."""
    _plain(file)
    elements, arrays = _elements(file.raw, file.where, sieve)
    sofa = next((each for each in elements[SOFA] if each.get("sofaID") == cas_sieve.VIEW), None)
    if sofa is None or not sofa.get("sofaString"):
        raise InputError(f"{file.where}: it has no text; export the document, not only its annotations")
    view = next((each for each in elements[VIEW] if each.get("sofa") == sofa.get(ID)), None)
    members = set() if view is None else set(_numbers(view, "members"))
    numbers = [_number(each) for type_ in cas_types.features() for each in elements[type_]]
    if len({*numbers}) < len(numbers):
        raise InputError(f"{file.where}: two structures have one number; export it again")
    by_type = {type_: {_number(each): each for each in elements[type_]} for type_ in cas_types.features()}
    for type_, found in by_type.items():
        if type_ != cas_types.LINK:
            by_type[type_] = {number: found[number] for number in cas_sieve.kept(found, members, sieve)}
    links = by_type[cas_types.LINK]
    for number, link in [*links.items()]:
        if not cas_sieve.kept(_numbers(link, "target"), by_type[cas_types.SEGMENT], sieve):
            del links[number]
    for claim in by_type[cas_types.CLAIM].values():
        named = [each for one in claim.get("segments", "").split() for each in arrays.get(one, [one])]
        claim.set("segments", " ".join(map(str, cas_sieve.kept(map(int, named), links, sieve))))
    root = _element(ROOT)
    kept = {number: each for found in by_type.values() for number, each in found.items()}
    root.extend([sofa, *(kept[number] for number in sorted(kept))])
    listed = " ".join(str(number) for number in sorted(kept.keys() & members))
    root.append(_element(INDEX, {"sofa": sofa.get(ID), "members": listed}))
    sifted: bytes = etree.tostring(root, encoding="UTF-8")
    return sifted


def _plain(file: cas_files.File) -> None:
    """Raises InputError for a file in another encoding than UTF-8, in which anything could be hidden, or with entities."""
    begins = BEGINS.match(file.raw[:DECLARATION])
    if begins is None or b"\0" in file.raw or (begins["encoding"] or UTF_8[0]).lower() not in UTF_8:
        raise InputError(f"{file.where}: not XML in UTF-8; export it again as UIMA CAS XMI")
    if b"<!DOCTYPE" in file.raw:
        raise InputError(f"{file.where}: it has a document type, and so perhaps entities; export it again without")


def _elements(raw: bytes, where: str, sieve: Sieve) -> tuple[dict[str, list[Any]], dict[str, list[str]]]:
    """What is read of a file, by type: new elements, with the features of their type alone.

    Returns    them, and the arrays that stand by themselves, by their numbers
    """
    elements: dict[str, list[Any]] = defaultdict(list)
    arrays: dict[str, list[str]] = {}
    root = None
    for event, element in etree.iterparse(BytesIO(raw), events=("start", "end"), huge_tree=True, **PARSER):
        root = element if root is None else root
        if root.tag != ROOT:
            raise InputError(f"{where}: not UIMA CAS XMI, for its outermost element is another; name an .xmi file")
        if event == "start" or element.getparent() is not root:
            continue
        type_ = _type(element.tag)
        if type_ == cas_types.ARRAY:
            arrays[element.get(ID)] = element.get("elements", "").split()
        elif type_ == cas_types.STRINGS:
            arrays[element.get(ID)] = [each.text or "" for each in element]
        elif type_ in (SOFA, VIEW):
            elements[type_].append(_element(element.tag, element.attrib))
        elif sieve.keeps(type_):
            elements[type_].append(_own(type_, element, sieve))
        element.clear()
        while element.getprevious() is not None:
            del root[0]
    for type_, own in cas_types.features().items():
        for name in (name for name, feature in own.items() if feature.range == cas_types.STRINGS):
            for element in elements[type_]:
                for text in arrays.get(element.attrib.pop(name, ""), ()):
                    etree.SubElement(element, name).text = text
    return elements, arrays


def _own(type_: str, element: Any, sieve: Sieve) -> Any:
    """A new element with what its type has of an element."""
    values = {name: value for name, value in element.attrib.items() if name != ID}
    children = [each.tag for each in element]
    others = {*sieve.others(type_, values), *sieve.others(type_, dict.fromkeys(children))}
    made = _element(element.tag, {name: value for name, value in values.items() if name not in others})
    made.set(ID, element.get(ID))
    for child in element:
        if child.tag not in others:
            etree.SubElement(made, child.tag).text = child.text
    return made


def _element(tag: str, values: Mapping[str, str] | None = None) -> Any:
    return etree.Element(tag, values, nsmap={"xmi": XMI, "own": etree.QName(tag).namespace})


def _type(tag: str) -> str:
    """The name of a type, as that of an element has it."""
    found = TAG.fullmatch(tag)
    return f"{found[1].replace('/', '.')}.{found[2]}".removeprefix("uima.noNamespace.") if found else tag


def _number(element: Any) -> int:
    return int(element.get(ID))


def _numbers(element: Any, name: str) -> list[int]:
    return [int(each) for each in element.get(name, "").split()]
