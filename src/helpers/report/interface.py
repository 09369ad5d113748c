"""The phrases of pages and messages, in English and in Arabic: `templates/interface.csv` has one row per phrase."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, reduce
from pathlib import Path

from babel import Locale

from helpers.files import csv_rows, paths
from helpers.records.messages import Message, Name, Share, Value
from helpers.text import invisible

LANGS = ("en", "ar")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")  # after an Arabic letter its parts would be shown from right to left
OF_MACHINE = "by_machine."  # before the key of a phrase that says the same of what a machine read
FILES = {"en": "index.html", "ar": "ar.html"}  # the front page of a report, and of the list, in each language


@dataclass(frozen=True)
class Interface:
    """The interface in one language: call it with a key, and values for the placeholders of the phrase.

    machine    for a reading by machine: a phrase that asserts what only people know has another form (OF_MACHINE)
    """

    lang: str
    phrases: dict[str, str]
    machine: bool = False

    def __call__(self, key: str, **values: object) -> str:
        """The phrase for a key, with its values. Raises KeyError for a missing key or value."""
        return self.phrases[self._own(key)].format(**values)

    def of(self, claims_from: str) -> "Interface":
        """The interface for the pages of a reading, by the origin of its claims (`Reading.claims_from`)."""
        return replace(self, machine=claims_from != "people")

    def _own(self, key: str) -> str:
        of_machine = f"{OF_MACHINE}{key}"
        return of_machine if self.machine and of_machine in self.phrases else key

    def text(self, value: Value) -> str:
        """A value in words of this language, as plain text; parts of the other direction are isolated (`invisible.apart`).

        A message whose value `n` is an integer takes the phrase of its CLDR plural category, if there is one:
        `finding.claims.two` rather than `finding.claims`.
        Raises    KeyError for a missing key or value.
        """
        if isinstance(value, Message):
            said = {name: self.text(each) for name, each in value.values.items()}
            return self.phrases[self._own(self._key(value))].format(**said)
        if isinstance(value, tuple):
            return self.listed([self.text(each) for each in value])
        if isinstance(value, Share):
            return self._share(value.value)
        if isinstance(value, Name):
            return self._name(value)
        if isinstance(value, str):
            return invisible.apart(value) if self.lang == "ar" and DAY.fullmatch(value) else invisible.shown(value)
        return f"{value:,}"

    def listed(self, items: Sequence[str]) -> str:
        """A list for a sentence: «a, b and c»; in Arabic «and» precedes each item."""
        if len(items) < 2:
            return "".join(items)
        first = reduce(lambda before, item: self("list_next", first=before, next=item), items[:-1])
        return self("list_end", first=first, last=items[-1])

    def _key(self, message: Message) -> str:
        n = message.values.get("n")
        if isinstance(n, int):
            category = f"{message.key}.{_plural(self.lang, n)}"
            if category in self.phrases:
                return category
        return message.key if message.key in self.phrases else f"{message.key}.other"

    def _share(self, share: float) -> str:
        """A percentage; a share above 0 is not rounded to 0, nor one below 1 to 100."""
        shown = f"{share:.0%}"
        if shown == "0%" and share > 0:
            return self("share_low", share="1%")
        return self("share_high", share="99%") if shown == "100%" and share < 1 else shown

    def _name(self, name: Name) -> str:
        own, other = (name.en, name.ar) if self.lang == "en" else (name.ar, name.en)
        return invisible.shown(own) if own else invisible.apart(other)

    @property
    def dir(self) -> str:
        """The direction of the language: ltr or rtl."""
        return self.phrases["dir"]

    @property
    def comma(self) -> str:
        """The separator between items of a list."""
        return f"{self.phrases['comma']} "

    @property
    def semicolon(self) -> str:
        """The separator between parts of a sentence that contain commas."""
        return f"{self.phrases['semicolon']} "


def load(lang: str) -> Interface:
    """The interface in a language of LANGS. Raises InputError if a phrase lacks either language."""
    return _table_in(paths.templates() / "interface.csv", lang)


@cache
def _locale(lang: str) -> Locale:
    return Locale(lang)


def _plural(lang: str, n: int) -> str:
    """The CLDR plural category of a number in a language: one, two, few …"""
    return str(_locale(lang).plural_form(n))


@cache
def _table_in(path: Path, lang: str) -> Interface:
    found: dict[str, str] = {}
    for row in csv_rows.read(path, ("key", *LANGS)):
        if not all(row[each] for each in LANGS) or row["key"] in found:
            raise row.error(f"{row['key']!r} appears twice, or lacks a language; write it once in each")
        found[row["key"]] = row[lang]
    return Interface(lang, found)
