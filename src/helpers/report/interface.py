"""The words of the pages around an article, in English and in Arabic: `templates/interface.csv`, a row a phrase."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from helpers.files import csv_rows, paths

LANGS = ("en", "ar")
FILES = {"en": "index.html", "ar": "ar.html"}  # the front page of a report, and of the list, in each language


@dataclass(frozen=True)
class Interface:
    """The interface in one language: call it with a key, and with what the phrase leaves open."""

    lang: str
    phrases: dict[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The phrase of a key. Raises KeyError for a key or a value that is missing."""
        return self.phrases[key].format(**values)

    @property
    def dir(self) -> str:
        """The direction of the language: ltr or rtl."""
        return self.phrases["dir"]

    @property
    def comma(self) -> str:
        """What stands between the items of a list."""
        return f"{self.phrases['comma']} "

    @property
    def semicolon(self) -> str:
        """What stands between parts of a sentence that have commas themselves."""
        return f"{self.phrases['semicolon']} "


def load(lang: str) -> Interface:
    """The interface in a language of LANGS. Raises InputError for a phrase that is missing in either."""
    return _table_in(paths.templates() / "interface.csv", lang)


@cache
def _table_in(path: Path, lang: str) -> Interface:
    found: dict[str, str] = {}
    for row in csv_rows.read(path, ("key", *LANGS)):
        if not all(row[each] for each in LANGS) or row["key"] in found:
            raise row.error(f"{row['key']!r} appears twice, or lacks a language; write it once in each")
        found[row["key"]] = row[lang]
    return Interface(lang, found)


def measured() -> dict[str, float]:
    """How often the machine's claims were right on news that its rules had not been written on (`measured.csv`)."""
    return {
        row["measure"]: float(row["value"])
        for row in csv_rows.read(paths.lexicon("measured.csv"), ("measure", "value", "note"))
    }
