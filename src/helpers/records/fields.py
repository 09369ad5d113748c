"""The fields of the records, and where each is written: JSON, tables and annotations are all made from this list.

A field is one line of its record's class; fields are always in the order of the class. The type of a field that is not
written everywhere is an `Annotated` that says where. `data/README.md` defines the fields.
"""

from collections.abc import Callable
from enum import Flag, auto
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from msgspec import Struct, structs

from helpers.text.articles import Span


class Written(Flag):
    """Where fields are written."""

    JSON = auto()  # the JSON of `isnad annotate`, and the frames made from it
    CORPUS = auto()  # the Parquet tables of a corpus
    ANNOTATION = auto()  # the CSV files of people's annotations
    TABLE = auto()  # the tables in notebooks


EVERYWHERE = ~Written(0)
ANYWHERE = Written(0)  # asked for, it gives every field, wherever that is written
DECIDED = Written.ANNOTATION | Written.TABLE  # by people alone
STATUS = Written.JSON | Written.ANNOTATION  # who decided, and when


class Field(Struct, frozen=True, gc=False):
    """A field as it is written.

    path    its attribute in the record
    type    str, int, float, Modality, Span, tuple[Span, ...] or tuple[str, ...]
    open    whether it can be None
    """

    name: str
    path: str
    type: Any
    open: bool


@cache
def of(record: type[Struct], where: Written) -> tuple[Field, ...]:
    """The fields of a record that are written to `where`, in order. A field `span` becomes three: start, end, exact."""
    found: list[Field] = []
    for field in structs.fields(record):
        type_, places = get_args(field.type) if get_origin(field.type) is Annotated else (field.type, EVERYWHERE)
        if where not in places:
            continue
        if field.name == "span":
            found += [Field(part.name, f"span.{part.name}", part.type, False) for part in structs.fields(Span)]
        else:
            bare = [each for each in get_args(type_) if each is not NoneType]
            is_open = NoneType in get_args(type_)
            found.append(Field(field.name, field.name, bare[0] if is_open else type_, is_open))
    return tuple(found)


def names(record: type[Struct], where: Written) -> tuple[str, ...]:
    """The names of the fields of a record that are written to `where`."""
    return tuple(field.name for field in of(record, where))


@cache
def values(record: type[Struct], where: Written) -> Callable[[Struct], tuple[Any, ...]]:
    """A function from a record to its values of the fields that are written to `where`."""
    return attrgetter(*(field.path for field in of(record, where)))
