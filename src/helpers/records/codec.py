"""Records as dicts for JSON; no other module knows how a record is written. `fields` defines what is written.

The schema of the JSON is `data/schema/annotate.schema.json`; a new key must be added to it.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from msgspec import ValidationError, convert, json, to_builtins
from msgspec.structs import asdict

from helpers.files.errors import InputError
from helpers.records import fields
from helpers.records.actors import NamedActor
from helpers.records.claims import Claim
from helpers.records.curated import Curated
from helpers.records.explanations import Explained
from helpers.records.fields import Written
from helpers.records.mentions import Mention
from helpers.records.sources import Source
from helpers.text import invisible
from helpers.text.articles import Article

SCHEMA = 3  # increased when a key changes its name, type or meaning
JSON_KEYS = {  # per record: a getter of its values, their keys, and the keys of spans, lists and modality
    each: (
        fields.values(each, Written.JSON),
        fields.names(each, Written.JSON),
        [field.name for field in fields.of(each, Written.JSON) if field.type not in (str, int, float)],
    )
    for each in (Claim, Source, Mention, NamedActor)
}
# What follows from the text and from the other records, and is worked out anew where a record is read back.
DERIVED = ("order", "paragraph", "sentence", "about", "made_by", "found_by", "score")
UNPLACED: dict[str, Any] = {"order": 0, "paragraph": 0, "sentence": 0, "about": (), "made_by": "people"}
Whole = TypeVar("Whole", Claim, Source, Mention)


class Readable(Protocol):
    """The parts of a reading that are written (`records.readings.Reading`, which imports this module)."""

    @property
    def article(self) -> Article: ...

    @property
    def claims_from(self) -> str: ...

    @property
    def curated(self) -> Curated | None: ...

    @property
    def claims(self) -> tuple[Claim, ...]: ...

    @property
    def perhaps_claims(self) -> tuple[Claim, ...]: ...

    @property
    def sources(self) -> tuple[Source, ...]: ...

    @property
    def mentions(self) -> tuple[Mention, ...]: ...

    @property
    def named(self) -> tuple[NamedActor, ...]: ...

    @property
    def perhaps_named(self) -> tuple[NamedActor, ...]: ...


def as_dict(reading: Readable, explained: Explained | None = None) -> dict[str, object]:
    """The reading as the JSON object of `isnad annotate` (see `data/README.md`, «The JSON of a reading»).

    explained   if given, each claim has an `explanation` (None if a machine did not find it), and the object `vetoed`
    """
    article = reading.article
    return {
        "schema": SCHEMA,
        "article": {
            "id": given_id(article),
            "article_id": article.article_id,
            "path": invisible.writable(str(article.path)),
            "sha256": article.sha256,
            "characters": len(article.text),
            "warnings": list(article.warnings),
        },
        "claims_from": reading.claims_from,
        "curated": reading.curated and {key: _plain(value) for key, value in asdict(reading.curated).items()},
        "claims": _claims(reading.claims, explained),
        "perhaps_claims": _claims(reading.perhaps_claims, explained),
        "sources": [written(source) for source in reading.sources],
        "mentions": [written(mention) for mention in reading.mentions],
        "actors": [written(actor) for actor in reading.named],
        "perhaps_named": [written(actor) for actor in reading.perhaps_named],
        **({"vetoed": _plain(explained.vetoed)} if explained else {}),
    }


def _claims(claims: Iterable[Claim], explained: Explained | None) -> list[dict[str, object]]:
    """Claims as dicts, with their explanations if `explained` is given."""
    found: list[dict[str, object]] = []
    for claim in claims:
        record = written(claim)
        if explained:
            why = explained.claims.get(claim.claim_id)
            record["explanation"] = why and {key: _plain(each) for key, each in to_builtins(why).items()}
        found.append(record)
    return found


def given_id(article: Article) -> str | int:
    """The id as it came, or the one that was made of the file's name."""
    given = article.article_id if article.given_id is None else article.given_id
    return invisible.writable(given) if isinstance(given, str) else given


def written(record: Claim | Source | Mention | NamedActor) -> dict[str, object]:
    """A record as the JSON of a reading has it; a field `span` is three keys."""
    values, names, nested = JSON_KEYS[type(record)]
    found = dict(zip(names, values(record), strict=True))
    for name in nested:
        found[name] = _plain(found[name])
    return found


def _plain(value: object) -> object:
    """A value as a type of JSON, a tuple as a list."""
    found = to_builtins(value)
    return list(found) if isinstance(found, tuple) else found


def whole(record: Claim | Source | Mention) -> dict[str, Any]:
    """A record with all that people decided, as JSON has it: what states of curation, and formats of exchange, are made from.

    Returns    the fields of its class without those of DERIVED. Spans are objects, several parts are lists of them.
    """
    made: dict[str, Any] = json.decode(json.encode(record))
    return {key: value for key, value in made.items() if key not in DERIVED}


def from_whole(kind: type[Whole], values: Mapping[str, Any]) -> Whole:
    """The record that `whole` wrote; its place is not worked out yet, and keys that are not the record's are passed over.

    Raises    InputError, one line, for a key that is missing, or a value of another type.
    """
    try:
        return convert({**UNPLACED, **{key: value for key, value in values.items() if key not in DERIVED}}, kind)
    except ValidationError as e:
        raise InputError(str(e).replace("`$", "`").replace("`.", "`")) from None
