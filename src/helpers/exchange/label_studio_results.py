"""The results of an annotation of Label Studio, as a person left them: regions, relations, and whose words go together."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from helpers.exchange import json_files
from helpers.exchange.label_studio_regions import BEGAN, LABEL, LABELS, NOTE, OF_CLAIM, WITHIN, Key
from helpers.files.errors import InputError
from helpers.text.articles import Span

ROLES = {label: role for role, label in LABELS.items()}
NO_LETTER = re.compile(r"(?:\\[rn]|\W|_)+")  # the editor has other line ends than the text


class Region(Struct, frozen=True):
    """A region: its role, its span, and what was chosen or written of it, by the name of the control (a note: NOTE)."""

    region_id: str
    role: str
    span: Span
    said: dict[str, str]


class Relation(Struct, frozen=True):
    """Two regions that a person joined, from the first to the second, and the label of that where it has one."""

    one: Region
    other: Region
    label: str


class Left(Struct, frozen=True):
    """What a person left of an article.

    began           which claims it began with, DECIDED or PROPOSED ones, or both, where it says so
    passed_over     what is neither a region of ours nor joins such regions, and how often
    """

    regions: dict[str, Region]
    relations: list[Relation]
    began: frozenset[str]
    passed_over: Counter[str]


class Group(Struct, frozen=True):
    """The regions of a claim: its contents in the order of the text, and those of other roles by role."""

    contents: list[Region]
    others: dict[str, list[Region]]


def left(results: Any, text: str, where: object) -> Left:
    """What results of a text say.

    where     the file and the task, for errors
    Raises    InputError, one line, for a region that is not of the text.
    """
    roles: dict[str, str] = {}
    spans: dict[str, Span] = {}
    said: dict[str, dict[str, str]] = {}
    began: frozenset[str] = frozenset()
    given = json_files.listed(results)
    for each in given:
        value, region_id = each.get("value"), str(each.get("id"))
        if each.get("type") == "relation" or not isinstance(value, Mapping):
            continue
        if each.get("from_name") == BEGAN:
            began |= {*_texts(value.get("choices"))}
            continue
        said.setdefault(region_id, {}).update(_said(each, value))
        if "start" in value:
            spans[region_id] = _span(value, text, f"{where}: region {region_id}")
            if label := next((one for one in _texts(value.get("labels")) if one in ROLES), None):
                roles[region_id] = ROLES[label]
    regions = {key: Region(key, role, spans[key], said[key]) for key, role in roles.items()}
    relations, passed_over = [], Counter({"regions of other labels": len(spans.keys() - regions.keys())})
    for each in given:
        if each.get("type") == "relation":
            one, other = (regions.get(str(each.get(end))) for end in _ends(each))
            if one and other:
                relations.append(Relation(one, other, next(iter(_texts(each.get("labels"))), "")))
            else:
                passed_over["relations of other regions"] += 1
        elif str(each.get("id")) not in spans and each.get("from_name") != BEGAN:
            passed_over["results that are not of a region"] += 1
    return Left(regions, relations, began, +passed_over)


def _ends(relation: Mapping[str, Any]) -> tuple[str, str]:
    return ("to_id", "from_id") if relation.get("direction") == "left" else ("from_id", "to_id")


def _texts(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _said(result: Mapping[str, Any], value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a result says of its region: what was chosen or written in a control, and the note of a region."""
    if result.get("type") == "textarea":
        yield str(result.get("from_name")), "\n".join(_texts(value.get("text")))
    elif chosen := _texts(value.get("choices")):
        yield str(result.get("from_name")), chosen[0]
    elif result.get("from_name") == LABEL:
        meta = result.get("meta")
        note = meta.get("text") if isinstance(meta, Mapping) else None
        yield NOTE, note if isinstance(note, str) else "\n".join(_texts(note))


def _span(value: Mapping[str, Any], text: str, where: str) -> Span:
    """The span of a region. Raises InputError where the text has other words there, but for line ends."""
    start, end = value.get("start"), value.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
        raise InputError(f"{where} is at {start!r}:{end!r} in a text of {len(text)} characters; export it again")
    there, exact = text[start:end], value.get("text")
    if isinstance(exact, str) and NO_LETTER.sub("", exact) != NO_LETTER.sub("", there):
        raise InputError(f"{where} at {start}:{end} has other words than the text there; export it again")
    return Span(start, end, there)


def groups(found: Left, keys: Mapping[str, Key]) -> list[Group]:
    """The regions of each claim, by what a person joined; one of ours that is joined to nothing is where it was.

    keys    what the regions that were exported are
    """
    contents = [region for region in found.regions.values() if region.role == "content"]
    by_claim: dict[str, list[Region]] = {}
    for region in contents:
        if region.region_id in keys:
            by_claim.setdefault(keys[region.region_id].record_id, []).append(region)
    joined = [(each.one, each.other) for each in found.relations if not _nests(each)]
    related = {region.region_id for each in found.relations for region in (each.one, each.other)}
    alone = [region for region in found.regions.values() if region.region_id not in related]
    for region in alone:
        if region.region_id in keys:
            joined += [(region, part) for part in by_claim.get(keys[region.region_id].record_id, ())[:1]]
    roots = _roots(contents, joined)
    members: dict[str, list[Region]] = {}
    for region in sorted(contents, key=lambda each: (each.span.start, each.span.end)):
        members.setdefault(roots[region.region_id], []).append(region)
    others: dict[str, dict[str, dict[str, Region]]] = {root: {role: {} for role in OF_CLAIM} for root in members}
    for pair in joined:
        for content, region in (pair, pair[::-1]):
            if content.role == "content" and region.role in OF_CLAIM:
                others[roots[content.region_id]][region.role][region.region_id] = region
    return [
        Group(parts, {role: list(regions.values()) for role, regions in others[root].items()})
        for root, parts in members.items()
    ]


def _roots(contents: Sequence[Region], joined: Sequence[tuple[Region, Region]]) -> dict[str, str]:
    """For each content the id of one that stands for all that it is joined with, through others too."""
    up = {region.region_id: region.region_id for region in contents}

    def top(region_id: str) -> str:
        while up[region_id] != region_id:
            up[region_id] = up[up[region_id]]
            region_id = up[region_id]
        return region_id

    for one, other in joined:
        if one.role == other.role == "content":
            up[top(other.region_id)] = top(one.region_id)
    return {region_id: top(region_id) for region_id in up}


def nested(found: Left) -> list[tuple[str, str]]:
    """The contents that are reported within others: the ids of their regions, inner and outer."""
    return [_inward(each) for each in found.relations if _nests(each)]


def _nests(relation: Relation) -> bool:
    """Whether two contents are joined as one within the other: that is what the label says, or where they lie."""
    one, other = relation.one, relation.other
    if one.role != "content" or other.role != "content":
        return False
    return relation.label == WITHIN or (not relation.label and (_holds(one, other) or _holds(other, one)))


def _inward(relation: Relation) -> tuple[str, str]:
    one, other = relation.one.region_id, relation.other.region_id
    return (other, one) if not relation.label and _holds(relation.one, relation.other) else (one, other)


def _holds(outer: Region, inner: Region) -> bool:
    return outer.span.start <= inner.span.start and inner.span.end <= outer.span.end


def apart(regions: Collection[Region], text: str) -> tuple[Span, ...]:
    """Their spans in the order of the text; those that overlap are one."""
    found: list[Span] = []
    for span in sorted((region.span for region in regions), key=lambda each: (each.start, each.end)):
        if found and span.start < found[-1].end:
            start, end = found[-1].start, max(found[-1].end, span.end)
            found[-1] = Span(start, end, text[start:end])
        else:
            found.append(span)
    return tuple(found)
