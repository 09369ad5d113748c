"""What is to be said, in no language: a key of the interface with its values, worded by whoever shows it.

A finding, a caption or the alternative text of a chart is made once from the data and shown in each language by its own
phrase. The phrases are rows of `templates/interface.csv`; `helpers.report.interface` puts a message into words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True)
class Share:
    """A part of a whole, 0 to 1: shown as a percentage."""

    value: float


@dataclass(frozen=True)
class Name:
    """What people or a text call an actor, a source, an event: in English, where that is known, and in Arabic."""

    en: str
    ar: str


@dataclass(frozen=True)
class Message:
    """The key of a phrase, and the values that it leaves open.

    values    numbers; texts that are taken as they are (words of the article, an id, a date); shares and names; other
              messages (a term such as `basis.named`); tuples of these, which are lists
    """

    key: str
    values: Mapping[str, "Value"] = field(default_factory=lambda: MappingProxyType({}))

    def __hash__(self) -> int:
        return hash((self.key, tuple(sorted(self.values.items(), key=lambda pair: pair[0]))))


Value = int | float | str | Share | Name | Message | tuple["Value", ...]


def message(key: str, /, **values: Value) -> Message:
    """A message.

    >>> message("finding.attributed", n=14, of=29).key
    'finding.attributed'
    """
    return Message(key, MappingProxyType(values))


def to_json(value: Value) -> Any:
    """A value as JSON has it: what is more than a number or a text is an object that says what it is.

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
    """The value that `to_json` was given. Raises ValueError for an object that says nothing of what it is.

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
