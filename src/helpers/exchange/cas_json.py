"""UIMA CAS JSON: a folder with a file an article, each with its type system in it; it holds any text, and what XML cannot.

Read are such a folder, and one of its files, ours or that of another tool of UIMA.
"""

import json
import warnings
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from helpers.exchange import cas_files, cas_reading, cas_sieve, cas_types, cas_writing
from helpers.exchange.cas_sieve import Sieve
from helpers.exchange.documents import Document
from helpers.files.errors import InputError

ENDING = ".json"
ID, TYPE, ELEMENTS = "%ID", "%TYPE", "%ELEMENTS"
STRUCTURES, VIEWS, MEMBERS, SOFA = "%FEATURE_STRUCTURES", "%VIEWS", "%MEMBERS", "%SOFA"
OURS = (b'"%TYPES"', b'"%FEATURE_STRUCTURES"', b'"%VIEWS"')  # one of which is in what such a file begins with
REFERENCE, RESERVED, PREFIXES = "@", "%", "@#^"
KINDS: dict[str, type] = {cas_types.STRING: str, cas_types.INTEGER: int}
Structure = dict[str, Any]


def save(documents: Sequence[Document], out: Path) -> None:
    """Write a new folder with a file an article, whole or not at all. Raises InputError, one line, where that cannot be."""
    cas_files.save(documents, out, ENDING, lambda document: _json(document).encode())


def _json(document: Document) -> str:
    made: str = cas_writing.cas(document).to_json()
    return f"{made}\n"


def load(path: Path) -> list[Document]:
    """The documents of a folder, or of one file. Raises InputError, one line, for what is none."""
    return [_document(each) for each in cas_files.files(path, ENDING)]


def recognises(path: Path, head: bytes) -> bool:
    """Whether it is a folder that begins with such a file, or one of these."""
    if not path.is_dir():
        return any(key in head for key in OURS)
    first = next((each for each in sorted(path.iterdir()) if each.name.lower().endswith(ENDING)), None)
    if first is None or not first.is_file():
        return False
    with first.open("rb") as file:
        return any(key in file.read(cas_files.HEAD) for key in OURS)


def _document(file: cas_files.File) -> Document:
    from cassis import load_cas_from_json

    sieve = Sieve()
    try:
        sifted = _sifted(file, sieve)
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # cassis only warns of an offset that is not one of a character
            found = load_cas_from_json(json.dumps(sifted), cas_types.type_system(), merge_typesystem=False)
    except InputError:
        raise
    except (msgspec.MsgspecError, KeyError, ValueError, TypeError, AttributeError, RuntimeError, Warning) as e:
        said = " ".join(str(e).split())[:120]
        raise InputError(f"{file.where}: damaged, or not UIMA CAS JSON ({said}); export it again") from None
    return cas_reading.document(found, file.name, file.where, sieve.passed_over)


def _sifted(file: cas_files.File, sieve: Sieve) -> dict[str, Any]:
    """The file with nothing in it but what is read."""
    data = msgspec.json.decode(file.raw, type=dict[str, Any])
    structures = _structures(data)
    sofas = (each for each in structures.values() if each[TYPE] == cas_types.SOFA)
    sofa = next((each for each in sofas if each.get("sofaID") == cas_sieve.VIEW), None)
    if sofa is None or not isinstance(sofa.get("sofaString"), str) or not sofa["sofaString"]:
        raise InputError(f"{file.where}: it has no text; export the document, not only its annotations")
    members = set(data[VIEWS].get(cas_sieve.VIEW, {}).get(MEMBERS, ()))
    by_type: dict[str, dict[int, Structure]] = {type_: {} for type_ in cas_types.features()}
    arrays: dict[int, list[Any]] = {}
    for number, each in structures.items():
        if each[TYPE].endswith("[]") or each[TYPE] in (cas_types.ARRAY, cas_types.STRINGS):
            arrays[number] = each.get(ELEMENTS) or []
        elif each[TYPE] != cas_types.SOFA and sieve.keeps(each[TYPE]):
            by_type[each[TYPE]][number] = _own(each, sieve)
    for type_, found in by_type.items():
        if type_ != cas_types.LINK:
            by_type[type_] = {number: found[number] for number in cas_sieve.kept(found, members, sieve)}
    links = by_type[cas_types.LINK]
    for number, link in [*links.items()]:
        if not cas_sieve.kept([link.get("@target", 0)], by_type[cas_types.SEGMENT], sieve):
            del links[number]
    kept = {number: each for found in by_type.values() for number, each in found.items()}
    listed: dict[int, Structure] = {}
    for each in kept.values():
        for key, range_ in _array_keys(each[TYPE]):
            at = each.get(key)
            if at in arrays:
                listed[at] = {ID: at, TYPE: range_, ELEMENTS: _elements(arrays[at], range_, links, sieve)}
            elif each.pop(key, None) is not None:
                sieve.lost()
    text = {key: sofa[key] for key in ("sofaNum", "sofaID", "mimeType", "sofaString") if key in sofa}
    return {
        STRUCTURES: [{ID: sofa[ID], TYPE: cas_types.SOFA} | text, *listed.values(), *(kept[n] for n in sorted(kept))],
        VIEWS: {cas_sieve.VIEW: {SOFA: sofa[ID], MEMBERS: sorted(kept.keys() & members)}},
    }


def _elements(given: Any, range_: str, links: Collection[int], sieve: Sieve) -> list[Any]:
    """The elements of an array of texts, or of links. Raises TypeError for others."""
    if range_ == cas_types.ARRAY:
        return list(cas_sieve.kept(given, links, sieve))
    if not all(each is None or isinstance(each, str) for each in given):
        raise TypeError("an array of texts has something else in it")
    return list(given)


def _structures(data: Mapping[str, Any]) -> dict[int, Structure]:
    """The structures of a file by their numbers; a file has them as a list, or by number.

    Raises    ValueError for a number that two have, TypeError and KeyError for what is no structure.
    """
    given = data[STRUCTURES]
    listed = given if isinstance(given, list) else [each | {ID: int(number)} for number, each in given.items()]
    found: dict[int, Structure] = {}
    for each in listed:
        if not isinstance(each[ID], int) or not isinstance(each[TYPE], str):
            raise TypeError("a structure has no number or no type")
        if each[ID] in found:
            raise ValueError(f"two structures are number {each[ID]}")
        found[each[ID]] = each
    return found


def _own(structure: Structure, sieve: Sieve) -> Structure:
    """What its type has of a structure. Raises TypeError for a value of another type."""
    keys = _keys(structure[TYPE])
    own = {key: value for key, value in structure.items() if key in keys and value is not None}
    for key, value in own.items():
        if type(value) is not keys[key]:
            raise TypeError(f"{structure[TYPE]} {structure[ID]}: {key} is {str(value)[:40]!r}")
    others = (key for key in structure if key not in keys and not key.startswith(RESERVED))
    sieve.passed_over.update(f"{structure[TYPE]}.{key.lstrip(PREFIXES)}" for key in others)
    return {ID: structure[ID], TYPE: structure[TYPE]} | own


@cache
def _keys(type_: str) -> Mapping[str, type]:
    """The keys of a structure of a type, and of what type their values are: a reference is the number of a structure."""
    of_all: dict[str, tuple[str, type]] = {"sofa": ("@sofa", int), "language": ("language", str)}
    own = cas_types.features()[type_].items()
    return dict(of_all.get(name, (name, int)) for name in cas_types.built_in(type_)) | {
        name if feature.range in KINDS else f"{REFERENCE}{name}": KINDS.get(feature.range, int) for name, feature in own
    }


@cache
def _array_keys(type_: str) -> Sequence[tuple[str, str]]:
    """Those whose values are arrays, each with the type of its array."""
    own = cas_types.features()[type_].items()
    ranges = (cas_types.STRINGS, cas_types.ARRAY)
    return [(f"{REFERENCE}{name}", feature.range) for name, feature in own if feature.range in ranges]
