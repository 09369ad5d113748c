"""The fields of the records, and where each is written: schema, dictionary and annotations follow the classes."""

import json
from typing import Annotated

import msgspec
import pytest

from helpers.annotation import load
from helpers.records import codec, fields
from helpers.records.actors import NamedActor
from helpers.records.claims import Claim
from helpers.records.fields import DECIDED, Written
from helpers.records.mentions import Mention
from helpers.records.sources import Source
from helpers.text.articles import Span
from tests.conftest import ROOT

DICTIONARY = (ROOT / "data/README.md").read_text(encoding="utf-8")
RECORDS = {"claim": Claim, "source": Source, "mention": Mention, "actor": NamedActor}


class Remark(msgspec.Struct, frozen=True):
    """A record with fields that are written in different places."""

    remark_id: str
    span: Span
    day: Annotated[str | None, DECIDED]
    words: Annotated[tuple[Span, ...], ~Written.ANNOTATION]


@pytest.mark.parametrize(
    ("where", "names"),
    [
        (Written.JSON, ("remark_id", "start", "end", "exact", "words")),
        (Written.CORPUS, ("remark_id", "start", "end", "exact", "words")),
        (Written.ANNOTATION, ("remark_id", "start", "end", "exact", "day")),
        (Written.TABLE, ("remark_id", "start", "end", "exact", "day", "words")),
    ],
    ids=lambda value: value.name if isinstance(value, Written) else "",
)
def test_a_field_is_written_where_its_class_says(where, names):
    assert fields.names(Remark, where) == names


def test_the_values_of_a_record_are_those_of_its_names_and_a_span_is_three_of_them():
    remark = Remark("r1", Span(3, 5, "لا"), "2024-05-01", (Span(0, 2, "نص"),))
    assert fields.values(Remark, Written.JSON)(remark) == ("r1", 3, 5, "لا", (Span(0, 2, "نص"),))


def test_a_field_knows_its_type_and_whether_it_can_be_none():
    found = {field.name: (field.type, field.open) for field in fields.of(Remark, Written.TABLE)}
    assert found["day"] == (str, True)
    assert found["words"] == (tuple[Span, ...], False)
    assert found["start"] == (int, False)


@pytest.mark.parametrize("record", RECORDS)
def test_the_schema_has_the_fields_of_the_json_and_no_others(record):
    schema = json.loads((ROOT / "data/schema/annotate.schema.json").read_text(encoding="utf-8"))["$defs"][record]
    schema["properties"].pop("explanation", None)  # no field: what `--explain` adds
    printed = list(fields.names(RECORDS[record], Written.JSON))
    every = fields.names(RECORDS[record], fields.ANYWHERE)
    exported = [name for name in every if name not in (*printed, *codec.DERIVED)]  # what `isnad export` adds
    assert schema["required"] == printed
    assert list(schema["properties"]) == [*printed, *exported]


@pytest.mark.parametrize(
    ("file", "columns"),
    [("claims", load.CLAIM_COLUMNS), ("sources", load.SOURCE_COLUMNS), ("mentions", load.MENTION_COLUMNS)],
    ids=["claims", "sources", "mentions"],
)
def test_each_column_of_an_annotation_is_in_the_data_dictionary(file, columns):
    section = DICTIONARY.split(f"### {file}.csv: one row")[1].split("\n### ")[0]
    assert [column for column in columns if column not in section] == []


@pytest.mark.parametrize("record", RECORDS)
def test_each_key_of_the_json_is_in_the_data_dictionary(record):
    told = DICTIONARY.split("### claims.csv: one row")[1].split("\n### ")[0] if record == "claim" else ""
    told += DICTIONARY.split("\n## The JSON of a reading")[1].split("\n## ")[0]
    assert [key for key in fields.names(RECORDS[record], Written.JSON) if key not in told] == []
