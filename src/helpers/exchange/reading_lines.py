"""`jsonl`: JSON Lines, an article a line, in the schema of `isnad annotate` (`data/schema/annotate.schema.json`).

Beside the keys that `isnad annotate` writes an article has its `text`, and records have what only people decide: grades,
the English of a claim, notes. Claims that were rejected are among the claims, with that status.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import structs

from helpers.exchange import documents
from helpers.exchange.documents import Document
from helpers.files import regular_files
from helpers.files.atomic import written_whole
from helpers.files.errors import InputError
from helpers.records import codec, curated
from helpers.records.claims import ACCEPTED, UNREVIEWED, Claim
from helpers.records.mentions import Mention
from helpers.records.sources import Source
from helpers.text import invisible
from helpers.text.articles import Article

FILE_BYTES = 2_000_000_000
ARTICLE, CLAIMS = b'"article"', b'"claims"'
SPAN = ("start", "end", "exact")
MACHINE = "machine"


def save(given: Sequence[Document], out: Path) -> None:
    """Write documents to a file, a line each."""
    with written_whole(out) as beside, beside.open("w", encoding="utf-8", newline="\n") as file:
        for document in given:
            file.write(f"{invisible.as_json(_object(document, out))}\n")


def _object(document: Document, out: Path) -> dict[str, object]:
    article = documents.article(document, out)
    how_far = curated.of(document.claims)
    claims = [_placed(claim, number, article) for number, claim in enumerate(document.claims, 1)]
    mentions = [structs.replace(m, paragraph=_place(m.span.start, article)[0]) for m in document.mentions]
    return {
        "schema": codec.SCHEMA,
        "article": {
            "id": document.id or document.article_id,
            "article_id": document.article_id,
            "path": invisible.writable(document.path),
            "sha256": article.sha256,
            "characters": len(article.text),
            "warnings": list(document.warnings),
            "text": article.text,
        },
        "claims_from": how_far.claims_from,
        "curated": structs.asdict(how_far) | {"annotators": list(how_far.annotators)} if how_far.decided else None,
        "claims": [_record(claim) for claim in claims],
        "perhaps_claims": [],
        "sources": [_record(source) for source in document.sources],
        "mentions": [_record(mention) for mention in mentions],
        "actors": [codec.written(actor) for actor in document.actors],
        "perhaps_named": [],
    }


def _placed(claim: Claim, number: int, article: Article) -> Claim:
    paragraph, sentence = _place(min((span.start for span in claim.spans), default=0), article)
    return structs.replace(claim, order=number, paragraph=paragraph, sentence=sentence)


def _place(start: int, article: Article) -> tuple[int, int]:
    place = article.place(start)
    return place.paragraph, place.number


def _record(record: Claim | Source | Mention) -> dict[str, object]:
    """A record as `isnad annotate` writes it, and behind that what only people decide."""
    found, whole = codec.written(record), codec.whole(record)
    return found | {key: value for key, value in whole.items() if key not in found and key != "span"}


def load(path: Path) -> list[Document]:
    """The documents of a file, those that `isnad annotate` wrote too, which have no text and no decisions of their own."""
    found: list[Document] = []
    for number, line in enumerate(regular_files.read(path, FILE_BYTES).split(b"\n"), 1):
        if line.strip():
            where = f"{path}: line {number}"
            try:
                given = json.loads(line.decode("utf-8-sig"))
            except (ValueError, RecursionError) as e:
                raise InputError(f"{where}: not JSON ({e}); write one object per line") from None
            found.append(_document(given, where))
    return found


def _document(given: Any, where: str) -> Document:
    article = given.get("article") if isinstance(given, Mapping) else None
    if not isinstance(article, Mapping) or not isinstance(article.get("article_id"), str):
        raise InputError(f"{where}: not an article as isnad annotate writes it; give one with article and claims")
    text, sha256 = article.get("text"), article.get("sha256")
    if not isinstance(text, str | None) or not isinstance(sha256, str | None):
        raise InputError(f"{where}: text or sha256 of the article is not a text; export it again")
    tables = {name: given.get(name) or [] for name in (*documents.RECORDS, "perhaps_claims")}
    if isinstance(tables["claims"], list) and isinstance(tables["perhaps_claims"], list):
        tables["claims"] = [*tables["claims"], *tables["perhaps_claims"]]
    if isinstance(tables["claims"], list):
        tables["claims"] = [_decided(each) for each in tables["claims"]]
    if isinstance(tables["mentions"], list):
        tables["mentions"] = [_with_span(each) for each in tables["mentions"] if not _found(each)]
    if isinstance(tables["sources"], list):
        tables["sources"] = [
            {"name_en": None, **each} if isinstance(each, Mapping) else each for each in tables["sources"]
        ]
    records = documents.from_whole(tables, where)
    document = Document(article["article_id"], sha256, text, **records)
    return documents.checked(document, where)


def _decided(claim: Any) -> Any:
    """A claim that says whether anybody decided on it, as one of an article without annotations does not."""
    if not isinstance(claim, Mapping) or claim.get("status"):
        return claim
    return {**claim, "status": UNREVIEWED if claim.get("made_by") == MACHINE else ACCEPTED}


def _found(mention: Any) -> bool:
    """Whether a mention is one that a machine finds, and finds again, and nobody said anything about."""
    return isinstance(mention, Mapping) and mention.get("made_by") == MACHINE and "status" not in mention


def _with_span(mention: Any) -> Any:
    """A mention whose three keys of a span are one."""
    if not isinstance(mention, Mapping) or "span" in mention:
        return mention
    rest = {key: value for key, value in mention.items() if key not in SPAN}
    return rest | {"span": {key: mention.get(key) for key in SPAN}}


def recognises(path: Path, head: bytes) -> bool:
    """Whether a file begins with an article as `isnad annotate` writes it."""
    return (head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and ARTICLE in head and CLAIMS in head) or _long(
        path, head
    )


def _long(path: Path, head: bytes) -> bool:
    """Whether it does, and the text of its first article is longer than what is looked at."""
    return head.startswith(b'{"schema":') and ARTICLE in head and path.suffix == ".jsonl"
