"""Messages independent of language: the key of a phrase, with values for its placeholders.

A finding, a caption or the alternative text of a chart is made once from the data, and shown with the phrase of each
language. The phrases are rows of `templates/interface.csv`; `helpers.report.interface` puts messages into words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True)
class Share:
    """A share of a whole, 0 to 1, shown as a percentage."""

    value: float


@dataclass(frozen=True)
class Name:
    """The name of an actor, a source or an event in English, if known, and in Arabic."""

    en: str
    ar: str


@dataclass(frozen=True)
class Message:
    """The key of a phrase, and values for its placeholders.

    values    numbers; texts that are not translated (words of the article, an id, a date); shares and names; other
              messages (a term such as `basis.named`); tuples of these, shown as lists
    """

    key: str
    values: Mapping[str, "Value"] = field(default_factory=lambda: MappingProxyType({}))

    def __hash__(self) -> int:
        return hash((self.key, tuple(sorted(self.values.items(), key=lambda pair: pair[0]))))


Value = int | float | str | Share | Name | Message | tuple["Value", ...]


def message(key: str, /, **values: Value) -> Message:
    """Make a message from a key and its values.

    >>> message("finding.attributed", n=14, of=29).key
    'finding.attributed'
    """
    return Message(key, MappingProxyType(values))


def to_json(value: Value) -> Any:
    """A value for JSON: anything but a number or a text becomes an object whose keys show its type.

    >>> to_json(message("finding.attributed", n=14, share=Share(0.5)))
    {'message': 'finding.attributed', 'values': {'n': 14, 'share': {'share': 0.5}}}
    """
    if isinstance(value, Message):
        return {"message": value.key, "values": {name: to_json(each) for name, each in value.values.items()}}
    if isinstance(value, Share):
        return {"share": value.value}
    if isinstance(value, Name):
        return {"en": value.en, "ar": value.ar}
    if isinstance(value, tuple):
        return [to_json(each) for each in value]
    return value


def from_json(given: Any) -> Value:
    """The inverse of `to_json`. Raises ValueError for an object of unknown type.

    >>> from_json({"en": "Iran", "ar": "إيران"})
    Name(en='Iran', ar='إيران')
    """
    if isinstance(given, list):
        return tuple(from_json(each) for each in given)
    if not isinstance(given, dict):
        return given  # type: ignore[no-any-return]
    if "message" in given:
        return message(given["message"], **{name: from_json(each) for name, each in given["values"].items()})
    if "share" in given:
        return Share(given["share"])
    if given.keys() == {"en", "ar"}:
        return Name(given["en"], given["ar"])
    raise ValueError(f"{given!r} is no value of a message")
