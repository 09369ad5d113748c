"""A CAS as a document: what a person changed in another tool is read as it stands.

A claim, a source or a mention without an id, or with that of another, is new. What follows from its words, and what it was
exported with, is filled in; whether a claim was changed or deleted, the import sees.
"""

import hashlib
from collections import Counter
from collections.abc import Container, Sequence
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from helpers.exchange import cas_types, documents
from helpers.exchange.cas_types import JUSTIFICATION, ROLES
from helpers.exchange.documents import Document
from helpers.files.errors import InputError
from helpers.records.claims import Claim
from helpers.records.mentions import Mention
from helpers.records.modality import Modality
from helpers.records.sources import Source
from helpers.text import articles

if TYPE_CHECKING:
    from cassis import Cas

NAMED = (".xmi", ".json", ".txt", ".html", ".htm")  # what the name of an article in another tool ends with
NEW = "x"  # what an id begins with that is made of the number in the file
HEARSAY = "hearsay"  # an act whose source may be told or not
UNKNOWN, STATED, INHERITED, UNRESOLVED = "unknown", "stated", "inherited", "unresolved"
ATTRIBUTED, UNATTRIBUTED = "indirect", "unattributed"  # kinds of a claim of which nobody said one
Record = dict[str, Any]


def document(found: "Cas", name: str, where: object, passed_over: Counter[str]) -> Document:
    """A CAS as a document.

    A claim, a source or a mention without an id, or with one that is taken, is new: its id is made of its number in the
    file. A claim whose content was taken away is left out; a new one without content has it where it stands.

    name           what the file is called, without its ending: what the article is called that says nothing itself
    where          the file, for errors
    passed_over    what was left out of it already; more is counted here
    Raises         InputError, one line, for a value that a record cannot have.
    """
    try:
        return _Reader(found, passed_over).read(name, where)
    except InputError as e:
        raise InputError(f"{where}: {e}") from None


class _Reader:
    def __init__(self, found: "Cas", passed_over: Counter[str]) -> None:
        self.found, self.passed_over = found, passed_over
        self.text: str = found.sofa_string
        self.linked: set[int] = set()  # the segments of claims
        self.sources: dict[str, Record] = {}
        ids = ((cas_types.CLAIM, "claimId"), (cas_types.SOURCE, "sourceId"), (cas_types.MENTION, "mentionId"))
        self.given = {one[name] for type_, name in ids for one in found.select(type_)}

    def read(self, name: str, where: object) -> Document:
        about = self._all(cas_types.ARTICLE)
        sha256 = hashlib.sha256(self.text.encode()).hexdigest()
        self.incomplete = set(_texts(about[0].incomplete)) if about else set()
        self._read_sources()
        claims = self._claims()
        mentions = self._mentions()
        self._justify()
        records = documents.from_whole(
            {"claims": claims, "sources": list(self.sources.values()), "mentions": mentions}, "what was found in it"
        )
        return documents.checked(
            Document(
                article_id=(about[0].articleId if about else None) or self._called(name),
                sha256=sha256,
                text=self.text,
                exported=frozenset(_texts(about[0].exported)) if about else None,
                passed_over=dict(self.passed_over),
                **records,
            ),
            where,
        )

    def _called(self, name: str) -> str:
        """What the other tool calls the article; its files may be called by whoever annotated it."""
        title = next((each.documentTitle for each in self._all(cas_types.METADATA) if each.documentTitle), name)
        while title.endswith(NAMED):
            title = title[: title.rindex(".")]
        return articles.slug(title)

    def _all(self, type_: str) -> list[Any]:
        """The annotations of a type in the order in which they were written."""
        return sorted(self.found.select(type_), key=lambda each: each.xmiID)

    def _claims(self) -> list[Record]:
        claims: dict[str, Record] = {}
        for one in self._all(cas_types.CLAIM):
            spans = self._spans(one)
            own = self._span(one)
            is_new = not one.claimId or one.claimId in claims
            if is_new and not spans["content"] and own:
                spans["content"] = [own]
            if not spans["content"] and (is_new or one.claimId not in self.incomplete):
                self.passed_over["claims without content"] += 1
                continue
            claim = self._values(one, Claim, self._id(one, one.claimId, claims))
            claim |= {role: self._single(spans[role], role) for role in ("source", "antecedent")}
            claim |= {role: spans[role] for role in ("cue", "content")}
            if is_new or one.claimId not in self.incomplete:
                self._completed(claim, one)
            claims[claim["claim_id"]] = claim
        for claim in claims.values():
            if claim["within"] is not None and claim["within"] not in claims:
                self.passed_over["outer claims that are not there"] += 1
                claim["within"] = None
        return [*claims.values()]

    def _spans(self, claim: Any) -> dict[str, list[Record]]:
        """The words of a claim by their roles, in the order of the text."""
        spans: dict[str, list[Record]] = {role: [] for role in ROLES}
        for link in (claim.segments.elements or ()) if claim.segments else ():
            self.linked.add(link.target.xmiID)
            role = link.role or link.target.role
            if role not in ROLES:
                self.passed_over["segments without a role"] += 1
            elif (span := self._span(link.target)) is None:
                self.passed_over["segments without words"] += 1
            elif span not in spans[role]:
                spans[role].append(span)
        for found in spans.values():
            found.sort(key=lambda span: (span["start"], span["end"]))
        return spans

    def _span(self, annotation: Any) -> Record | None:
        """Where an annotation stands, with the words that are there now; None where there are none."""
        start, end = annotation.begin, annotation.end
        if not 0 <= start <= end <= len(self.text):
            what = annotation.type.name
            raise InputError(
                f"{what} {annotation.xmiID} stands at {start}:{end}, which is not in the text; it is damaged"
            )
        return {"start": start, "end": end, "exact": self.text[start:end]} if start < end else None

    def _single(self, spans: Sequence[Record], role: str) -> Record | None:
        """A claim has one of them: the first."""
        if spans[1:]:
            self.passed_over[f"second words for the {role} of a claim"] += len(spans) - 1
        return spans[0] if spans else None

    def _completed(self, claim: Record, one: Any) -> None:
        """What follows from the words of a claim is said as these are now: whether it is attributed, and to whom."""
        words = claim["source"] or claim["antecedent"]
        spoken = bool(words or claim["cue"])
        claim["modality"] = claim["modality"] or Modality.ASSERTED
        if not claim["kind"] or (spoken and claim["kind"] == UNATTRIBUTED):
            claim["kind"] = ATTRIBUTED if spoken else UNATTRIBUTED
        if claim["kind"] == UNATTRIBUTED:
            return
        if claim["source_id"] not in self.sources:
            claim["source_id"] = self._source_of(claim["source_id"], words, one)
        if claim["act"] == HEARSAY:
            return
        if claim["source"] and claim["antecedent"]:
            self.passed_over["antecedents of claims that name their source"] += 1
            claim["antecedent"] = None
        claim["source_via"] = STATED if claim["source"] else INHERITED if words else UNRESOLVED
        claim["source_id"] = claim["source_id"] if words else None

    def _source_of(self, source_id: str | None, words: Record | None, one: Any) -> str | None:
        """The source that is called by these words, or a new one; None where there are no words."""
        if words is None:
            return None
        name = " ".join(words["exact"].split())
        found = next(
            (key for key, source in self.sources.items() if source_id is None and source["name"] == name), None
        )
        if found is None:
            found = source_id or self._id(one, None, self.sources)
            blank: Record = {"source_id": found, "name": name, "name_en": None, "kind": UNKNOWN}
            self.sources[found] = blank | {"actor_ids": (), "affiliation_ids": (), "justification": None}
        return found

    def _read_sources(self) -> None:
        for one in self._all(cas_types.SOURCE):
            source = self._values(one, Source, self._id(one, one.sourceId, self.sources))
            words = self._span(one)
            source |= {"name": source["name"] or (words["exact"] if words else ""), "kind": source["kind"] or UNKNOWN}
            if source["name"]:
                self.sources[source["source_id"]] = source | {"justification": None}
            else:
                self.passed_over["sources without a name"] += 1

    def _justify(self) -> None:
        """The words that say why sources should know; whatever else is of no claim is counted."""
        for one in self._all(cas_types.SEGMENT):
            source, span = self.sources.get(one.sourceId or ""), self._span(one)
            if one.role == JUSTIFICATION and source and span and source["justification"] is None:
                source["justification"] = span
            elif one.xmiID not in self.linked:
                self.passed_over["segments of no claim"] += 1

    def _mentions(self) -> list[Record]:
        mentions: dict[str, Record] = {}
        for one in self._all(cas_types.MENTION):
            span = self._span(one)
            if span is None or not one.actorId:
                self.passed_over["mentions without words or actor"] += 1
                continue
            mention = self._values(one, Mention, self._id(one, one.mentionId, mentions))
            mentions[mention["mention_id"]] = mention | {"span": span, "via": mention["via"] or "description"}
        return [*mentions.values()]

    def _values(self, one: Any, record: Any, record_id: str) -> Record:
        """The fields of a record that are features, its id among them. A whole number that is not there is 0 in Java."""
        values: Record = {}
        for name, field in cas_types.record_fields(record).items():
            value = one[name]
            if cas_types.RANGES[field.type] == cas_types.STRINGS:
                values[field.name] = _texts(value)
            elif field.type is float:
                values[field.name] = _number(value, name, one) if value else None
            else:
                values[field.name] = value or (None if field.open else "")
        return values | {next(iter(values)): record_id}

    def _id(self, one: Any, given: str | None, table: Container[str]) -> str:
        """The id of a record, or a new one where it has none or that of another."""
        if given and given not in table:
            return given
        new = f"{NEW}{one.xmiID}"
        tries = chain([new], (f"{new}-{n}" for n in count(2)))
        found = next(each for each in tries if each not in self.given)
        self.given.add(found)
        return found


def _texts(array: Any) -> list[str]:
    """The elements of an array of strings."""
    return [each or "" for each in array.elements or ()] if array else []


def _number(value: str, name: str, one: Any) -> float:
    try:
        return float(value)
    except ValueError:
        raise InputError(f"{one.type.name} {one.xmiID}: {name} is {value!r}, which is no number; correct it") from None
