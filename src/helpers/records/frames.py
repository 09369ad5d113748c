"""The records of a reading as pandas tables: the columns are the keys of its JSON, with spans as text and offsets."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, get_args

from msgspec import Struct

from helpers.files.errors import InputError
from helpers.records import fields
from helpers.records.actors import NamedActor
from helpers.records.claims import Claim
from helpers.records.fields import Written
from helpers.records.mentions import Mention
from helpers.records.sources import Source
from helpers.text.articles import Span

if TYPE_CHECKING:
    import pandas as pd

Table = Literal["claims", "sources", "mentions", "actors"]
RECORDS: dict[Table, type[Struct]] = {"claims": Claim, "sources": Source, "mentions": Mention, "actors": NamedActor}
ID_NAMES: dict[Table, tuple[str, tuple[str, ...]]] = {  # columns of names that follow an id
    "claims": ("source_id", ("source_name",)),
    "mentions": ("actor_id", ("name_ar", "name_en")),
}


def columns(table: Table) -> list[str]:
    """The columns of a table: the fields of its records, each followed by the offsets of a span or the names of an id."""
    found = ["article_id"]
    of, called = ID_NAMES.get(table, ("", ()))
    for field in fields.of(RECORDS[table], Written.JSON):
        spans = field.type in (Span, tuple[Span, ...])
        found += [field.name, *((f"{field.name}_start", f"{field.name}_end") if spans else ())]
        found += called if field.name == of else ()
    return found


def frame(written: Mapping[str, Any], table: Table, actors: Mapping[str, tuple[str, str]]) -> "pd.DataFrame":
    """One table of a reading, one row per record.

    written   the reading as `codec.as_dict` returns it
    actors    the Arabic and English name of each actor, by id
    Raises    ValueError for an unknown table; InputError, one line, if pandas is not installed.
    """
    if table not in get_args(Table):
        raise ValueError(f"there is no table {table!r}; ask for one of {', '.join(get_args(Table))}")
    try:
        import pandas as pd
    except ModuleNotFoundError:
        raise InputError("a frame is a table of pandas, which is not installed; install it, or use to_dict") from None

    names = {source["source_id"]: source["name"] for source in written["sources"]}
    rows = [_row(record) for record in written[table]]
    for row in rows:
        row["article_id"] = written["article"]["article_id"]
        if table == "claims":
            row["source_name"] = names.get(row["source_id"])
        elif table == "mentions":
            row["name_ar"], row["name_en"] = actors[row["actor_id"]]
    found = pd.DataFrame(rows, columns=columns(table))
    types = {name: "Int64" for name in found.columns if name in ("start", "end") or name.endswith(("_start", "_end"))}
    return found.astype(types | {name: "float64" for name in ("confidence", "score") if name in found.columns})


def _row(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record with each span, or list of spans, as text with its first and last offset, and lists of ids as text."""
    row: dict[str, Any] = {}
    for key, value in record.items():
        parts = [value] if isinstance(value, dict) else value
        if isinstance(parts, list) and all(isinstance(part, dict) for part in parts) and parts:
            row[key] = " … ".join(part["exact"] for part in parts)
            row[f"{key}_start"], row[f"{key}_end"] = parts[0]["start"], parts[-1]["end"]
        else:
            row[key] = " ".join(value) if isinstance(value, list) else value
    return row
