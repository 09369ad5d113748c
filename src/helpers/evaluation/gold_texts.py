"""Attributions as plain spans, for evaluation: people's gold annotations, or claims converted to the same form.

A file is JSON Lines with one article per line: `id`, `text`, and `attributions`, each with `source`, `cue` and
`content` as [start, end] or null, and optionally `cue_alt`, `source_alt`, `antecedent`, `kind`, `class`, `optional`
(see `Attribution`; `class` is its `act`). Other keys are ignored.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.files import regular_files
from helpers.files.atomic import written_whole
from helpers.files.errors import InputError
from helpers.records.claims import Claim
from helpers.text.articles import Article, Span

Extent = tuple[int, int]
NOMINAL = ("particle", "noun", "masdar")  # forms of the cue in a nominal attribution
SPAN_KEYS = ("source", "cue", "content", "source_alt", "antecedent")


@dataclass(frozen=True, slots=True)
class Attribution:
    """An attribution: spans are (start, end) in code points of the text, end exclusive, or None.

    cue_alt      other spans that are accepted as the cue
    source_alt   another span that is accepted as the source: the inherited subject, the agency in «نقلت X عن Y»
    antecedent   for a prediction without a source in its clause, the earlier words that name the source
    act          speech, cognition, evidence, hearsay; a file can have finer ones
    optional     borderline: neither finding nor missing it is an error
    """

    source: Extent | None
    cue: Extent | None
    content: Extent | None
    cue_alt: tuple[Extent, ...] = ()
    source_alt: Extent | None = None
    antecedent: Extent | None = None
    kind: str | None = None
    act: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article of a file of attributions: its text, its attributions, and its line number in the file."""

    article_id: str
    text: str
    attributions: tuple[Attribution, ...]
    line: int


def from_claims(claims: Iterable[Claim]) -> list[Attribution]:
    """Claims as attributions, without unattributed ones and those not asserted.

    A content of several spans becomes one span from the first to the last. An inherited speaker becomes both
    `antecedent` and `source_alt`, and a second cue `cue_alt`, so that people's claims can serve as gold.
    """
    return [from_claim(claim) for claim in claims if claim.attributed and claim.asserted]


def from_claim(claim: Claim) -> Attribution:
    """One claim as an attribution, whether or not it is attributed and asserted."""
    source, who = _extent(claim.source), _extent(claim.antecedent)
    content = (min(s.start for s in claim.content), max(s.end for s in claim.content)) if claim.content else None
    cues = [(cue.start, cue.end) for cue in claim.cue]
    first, others = cues[0] if cues else None, tuple(cues[1:])
    other = who if source is None else None
    return Attribution(source, first, content, others, other, who, claim.kind, claim.act)


def as_record(article: Article, claims: Iterable[Claim]) -> dict[str, object]:
    """An article and its claims as one JSON object of a file of attributions, as in `data/gold`."""
    marked = []
    for claim in claims:
        for one in from_claims([claim]):
            nominal = claim.kind != "direct" and claim.cue_form in NOMINAL
            record: dict[str, object] = {"source": one.source, "cue": one.cue, "content": one.content}
            record["kind"] = "nominal" if nominal else "direct" if claim.kind == "direct" else "indirect"
            record["class"] = one.act
            others = {"cue_alt": list(one.cue_alt), "source_alt": one.source_alt, "antecedent": one.antecedent}
            record |= {key: value for key, value in others.items() if value}
            record |= {"mixed": True} if claim.kind == "mixed" else {}
            record |= {"nested": True} if claim.within else {}
            marked.append(record)
    return {"id": article.article_id, "text": article.text, "attributions": marked}


def write(path: Path, lines: Iterable[str]) -> None:
    """Write a file of such objects, one line each, completely or not at all."""
    with written_whole(path) as beside:
        beside.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _extent(span: Span | None) -> Extent | None:
    return (span.start, span.end) if span else None


def load(path: str | Path) -> list[Annotated]:
    """Read a file of attributions (UTF-8, JSON Lines); empty lines are skipped.

    Raises    InputError, one line with file and line number, for a line that is not such an object, a repeated id, a
              missing key, an invalid span or one outside the text; and for a file without articles.
    """
    path = Path(path)
    try:
        regular_files.check(path)
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; check the name") from None
    except OSError as e:
        raise InputError(f"{path}: cannot be read ({e.strerror}); name a file of JSON Lines") from None
    found: dict[str, Annotated] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            annotated = _annotated(line, number)
        except ValueError as e:
            raise InputError(f"{path}: line {number}: {e}") from None
        before = found.setdefault(annotated.article_id, annotated)
        if before is not annotated:
            twice = f"id {annotated.article_id!r} stands in line {before.line} already"
            raise InputError(f"{path}: line {number}: {twice}; keep one of the two")
    if not found:
        raise InputError(f"{path}: it contains no articles; write one per line, with id, text and attributions")
    return list(found.values())


def _annotated(line: bytes, number: int) -> Annotated:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ValueError("not JSON in UTF-8; write one object per line") from None
    article_id, text, marked = _values(record, "the line", id=str, text=str, attributions=list)
    try:
        f"{article_id}{text}".encode()
    except UnicodeEncodeError:
        raise ValueError("half of a UTF-16 pair in id or text; save it as UTF-8") from None
    found = (_attribution(each, f"attribution {n}", len(text)) for n, each in enumerate(marked, 1))
    return Annotated(article_id, text, tuple(found), number)


def _values(record: object, what: str, **types: type) -> list[Any]:
    """The values of these keys, each of its type. Raises ValueError that names a missing key or one of another type."""
    if not isinstance(record, dict):
        raise ValueError(f"{what} is not an object; write {{…}} with {', '.join(types)}")
    for key, type_ in types.items():
        if key not in record:
            raise ValueError(f"{what} has no {key}; add it")
        if not isinstance(record[key], type_):
            raise ValueError(f"{key} of {what} is not a {'text' if type_ is str else 'list'}; fix it")
    return [record[key] for key in types]


def _attribution(record: Any, what: str, length: int) -> Attribution:
    _values(record, what, source=object, cue=object, content=object)
    for key in ("kind", "class"):
        if not isinstance(record.get(key), str | None):
            raise ValueError(f"{key} of {what} is not a text; fix it")
    others = record.get("cue_alt") or []
    if not isinstance(others, list):
        raise ValueError(f"cue_alt of {what} is not a list; write a list of [start, end]")
    return Attribution(
        **{key: _span(record.get(key), f"{key} of {what}", length) for key in SPAN_KEYS},
        cue_alt=tuple(filter(None, (_span(other, f"cue_alt of {what}", length) for other in others))),
        kind=record.get("kind"),
        act=record.get("class"),
        optional=bool(record.get("optional")),
    )


def _span(value: object, what: str, length: int) -> Extent | None:
    if value is None:
        return None
    if not (isinstance(value, list) and len(value) == 2 and all(type(at) is int for at in value)):
        raise ValueError(f"{what} is {json.dumps(value)[:40]}; write [start, end], or null")
    start, end = value
    if not 0 <= start < end <= length:
        raise ValueError(f"{what} is [{start}, {end}], not a span of a text of {length} characters; fix the offsets")
    return start, end
