"""Web Annotation (W3C Recommendation of 2017, JSON-LD): a collection of annotations for each article, in one file.

A claim is an annotation of all its spans: each is a target with its `role` and `part`, by position, in code points as the
standard has it, and by quote. Its body is what is claimed of them, in a vocabulary of our own, `urn:isnad:ns#`, the
context of which (`data/schema/isnad.context.jsonld`) stands in the file. A source is an annotation of its justification,
of the article where it has none; a mention is one of its words. Who decided is the creator of an annotation, and when, its
`created`. The article is named by the sum of its text (`urn:sha256:…`), and the text is in the file, so that its words can be
found again where it was corrected since.

Annotations of others (how they are read is in `web_annotation_targets`) are read too, as claims that their creator
proposes: their target is the content, and what their bodies say is the note. An annotation, a page, a collection, a list
of annotations and a `@graph` are understood, with the keys of the standard's own context; replies, and targets that have
neither position nor quote, are passed over, and counted.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, get_origin, get_type_hints
from urllib.parse import quote

from msgspec import NODEFAULT, json, structs

from helpers.exchange import documents, json_files, web_annotation_targets
from helpers.exchange.documents import Document
from helpers.exchange.web_annotation_targets import Place, texts
from helpers.files import paths
from helpers.files.errors import InputError
from helpers.lexicon.entries import ACTS, STANCES
from helpers.records.claims import CLAIM_KINDS, SOURCE_VIA, UNREVIEWED
from helpers.text import articles
from helpers.text.articles import Span

STANDARD = "http://www.w3.org/ns/anno.jsonld"
SHA256 = re.compile("urn:sha256:([0-9a-f]{64})")
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
TYPES = {"claims": "Claim", "sources": "Source", "mentions": "Mention"}
IDS = {"claims": "claim_id", "sources": "source_id", "mentions": "mention_id"}
ROLES = {"claims": ("source", "antecedent", "cue", "content"), "sources": ("justification",), "mentions": ("span",)}
SEVERAL = ("cue", "content")
KEYS = {"name": "source_name", "via": "named_by"}  # whose own names mean something else in the standard's context
OWN = {value: key for key, value in KEYS.items()}
GRADES = ("credibility", "reliability")
AGAIN = "export it again"
OTHERS = "x"  # with which the ids of claims begin that others proposed


def save(given: Sequence[Document], out: Path) -> None:
    """Write documents as collections of annotations to a file."""
    json_files.write({"@context": [STANDARD, context()], "@graph": [_collection(document) for document in given]}, out)


def recognises(path: Path, head: bytes) -> bool:
    """Whether a file has annotations in the standard's own context."""
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"{", b"[")) and STANDARD.encode() in head.replace(
        b"\\/", b"/"
    )


@cache
def context() -> dict[str, Any]:
    """The terms of our own, as JSON-LD has them."""
    found: dict[str, Any] = json.decode(paths.resolve("data/schema/isnad.context.jsonld").read_bytes())["@context"]
    return found


def _collection(document: Document) -> dict[str, Any]:
    article = f"urn:sha256:{document.sha256}"
    items = [
        _annotation(document, table, record, f"{article}#{table}/{quote(record[IDS[table]], safe='')}")
        for table, records in documents.whole(document).items()
        for record in records
    ]
    text = {"type": "Text", "format": "text/plain", "article_id": document.article_id, "value": document.text}
    return {
        "id": f"{article}#annotations",
        "type": "AnnotationCollection",
        "label": document.article_id,
        "total": len(items),
        "article": {"id": article} | {key: value for key, value in text.items() if value is not None},
        "exported": [claim.claim_id for claim in document.claims],
        "first": {
            "id": f"{article}#page",
            "type": "AnnotationPage",
            "partOf": f"{article}#annotations",
            "startIndex": 0,
            "items": items,
        },
    }


def _annotation(document: Document, table: str, record: Mapping[str, Any], body_id: str) -> dict[str, Any]:
    """A record as an annotation: its spans are targets, who decided on it when is said of the annotation, the rest is body."""
    article = body_id.partition("#")[0]
    spans = [(role, record[role]) for role in ROLES[table] if record[role]]
    body = {KEYS.get(key, key): value for key, value in record.items() if key not in ROLES[table]}
    creator, created = body.pop("annotator", None), body.get("decided_at")
    if created and DATE_TIME.fullmatch(created):
        del body["decided_at"]
    else:
        created = None
    targets = [
        web_annotation_targets.target(article, document.text, role, part, span)
        for role, held in spans
        for part, span in enumerate(held if isinstance(held, list) else [held], 1)
    ]
    graded = ["assessing"] if any(record.get(grade) for grade in GRADES) else []
    return {
        "id": f"{body_id}/annotation",
        "type": "Annotation",
        "motivation": ["describing" if table == "claims" else "identifying", *graded],
        **({"creator": {"type": "Person", "name": creator}} if creator else {}),
        **({"created": created} if created else {}),
        "body": {"id": body_id, "type": TYPES[table]} | {k: v for k, v in body.items() if v not in (None, "", [])},
        "target": targets or article,
    }


def load(path: Path) -> list[Document]:
    """The documents of a file of annotations, one for each article that they are of, in the order of the file.

    Raises    InputError, one line, for what is no such file, and for a record that is damaged.
    """
    found = [_Article(about, annotations) for about, annotations in _articles(json_files.read(path, AGAIN))]
    if not found:
        raise InputError(f"{path}: no annotations of the W3C's Web Annotation are in it; export it as JSON-LD")
    return [one.document(path) for one in found]


Annotation = dict[str, Any]


def _articles(given: Any) -> Iterator[tuple[Mapping[str, Any], list[Annotation]]]:
    """The annotations of a file by article, with what it says of the collection that they are, if they are one of ours."""
    loose: dict[str, list[Annotation]] = {}
    for collection, annotations in _collections(given):
        if isinstance(collection.get("article"), Mapping):
            yield collection, annotations
        else:
            for each in annotations:
                loose.setdefault(web_annotation_targets.source(each) or "", []).append(each)
    for iri, annotations in loose.items():
        yield {"article": {"id": iri}}, annotations


def _collections(given: Any) -> Iterator[tuple[Mapping[str, Any], list[Annotation]]]:
    """The annotations in what a file holds, with the collection that they are; those of none with nothing."""
    for each in json_files.listed(given):
        kinds = texts(each.get("type"))
        if "Annotation" in kinds:
            yield {}, [each]
        elif "AnnotationCollection" in kinds or "AnnotationPage" in kinds:
            inside = [*_collections(each.get("items")), *_collections(each.get("first"))]
            yield each, [annotation for _, annotations in inside for annotation in annotations]
        elif "@graph" in each:
            yield from _collections(each["@graph"])


class _Article:
    """What a file says of one article: the collection of its annotations, and these."""

    def __init__(self, collection: Mapping[str, Any], annotations: Sequence[Annotation]) -> None:
        article, exported = collection["article"], collection.get("exported")
        self.iri = str(article.get("id") or "")
        self.article_id = article.get("article_id")
        self.text = article["value"] if isinstance(article.get("value"), str) else None
        self.exported = None if exported is None else frozenset(texts(exported))
        self.annotations = annotations

    def document(self, path: Path) -> Document:
        """The document that its annotations come to."""
        article_id = str(self.article_id or articles.slug(self.iri or path.stem))
        where = f"{path}: {article_id}"
        named = SHA256.fullmatch(self.iri)
        made = None if self.text is None else hashlib.sha256(self.text.encode()).hexdigest()
        if named and made and named[1] != made:
            raise InputError(f"{where}: its text is not the one that was exported; {AGAIN}")
        tables: dict[str, dict[str, dict[str, Any]]] = {table: {} for table in TYPES}
        passed_over: Counter[str] = Counter()
        for annotation in self.annotations:
            table, record = _record(annotation, self.text, passed_over)
            if record and tables[table].setdefault(str(record.get(IDS[table])), record) is not record:
                passed_over["annotations that are there already"] += 1
        document = Document(
            article_id,
            named[1] if named else made,
            self.text,
            exported=self.exported,
            passed_over=dict(+passed_over),
            **documents.from_whole({table: [*records.values()] for table, records in tables.items()}, where),
        )
        return documents.checked(document, where)


def _record(annotation: Annotation, text: str | None, passed_over: Counter[str]) -> tuple[str, dict[str, Any] | None]:
    """The record that an annotation is, and its table; of an annotation of others, a claim; None where it has no words."""
    places = web_annotation_targets.places(annotation, text)
    passed_over["targets whose words are not found"] += sum(place.span is None for place in places)
    creator = _name(annotation.get("creator"))
    for body in json_files.listed(annotation.get("body")):
        for table, kind in TYPES.items():
            if kind in texts(body.get("type")):
                record = _blank(table) | {OWN.get(key, key): value for key, value in body.items()}
                record |= {role: _of_role(places, role) for role in ROLES[table]}
                record |= {"annotator": creator} if creator else {}
                record |= {"decided_at": created} if (created := annotation.get("created")) else {}
                return table, record
    spans = _apart([place.span for place in places if place.span and _is_there(place.span, text)])
    if not spans:
        passed_over["annotations without words of the article"] += 1
        return "claims", None
    name = str(annotation.get("id") or json.encode(annotation).decode())
    made: dict[str, Any] = {"claim_id": f"{OTHERS}-{hashlib.sha256(name.encode()).hexdigest()[:8]}", "content": spans}
    made |= {"kind": CLAIM_KINDS[2], "act": ACTS[0], "stance": STANCES[0], "source_via": SOURCE_VIA[2]}
    made |= {"status": UNREVIEWED, "annotator": creator, "note": _said(annotation)}
    return "claims", _blank("claims") | made


@cache
def _blank(table: str) -> dict[str, Any]:
    """A record with None, or nothing of several, in what its class says nothing of where nothing is said."""
    kind = documents.RECORDS[table]
    types = get_type_hints(kind)  # without what is annotated
    return {
        field.name: () if get_origin(types[field.name]) is tuple else None
        for field in structs.fields(kind)
        if field.default is NODEFAULT
    }


def _of_role(places: Sequence[Place], role: str) -> Any:
    """The span of a role; the spans in their order, of one that has several."""
    found = sorted((place for place in places if place.role == role and place.span), key=lambda place: place.part)
    return [place.span for place in found] if role in SEVERAL else found[0].span if found else None


def _is_there(span: Span, text: str | None) -> bool:
    return text is None or text[span.start : span.end] == span.exact


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Spans in the order of the text, without those that overlap one before."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda each: each.start):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found


def _name(creator: Any) -> str | None:
    """Who made an annotation: by name, else by the address that they are known by."""
    for each in json_files.listed(creator):
        return next((each[key] for key in ("name", "nickname", "id") if isinstance(each.get(key), str)), None)
    return next(iter(texts(creator)), None)


def _said(annotation: Annotation) -> str:
    """What the bodies of an annotation say, line by line."""
    given = annotation.get("body")
    values = [each.get("value") for each in json_files.listed(given)] + texts(annotation.get("bodyValue"))
    return "\n".join(value for value in values if isinstance(value, str))
