"""A user's English translations of claims: a CSV file with the words of a claim and their translation."""

import unicodedata
from pathlib import Path

from helpers.files import csv_rows, paths

COLUMNS = ("content", "gloss_en")


def load(path: Path | None = None) -> dict[str, str]:
    """A user's translations by the words of the content (see `key`); empty if the user names no file.

    The file is the table `claims.csv` of a report with its column `gloss_en` filled in, or any CSV file with its
    columns of content and translation. Translations are looked up by the words of the content, not by the number of the
    claim, so that they remain valid when other claims are found.

    path    by default the file that ISNAD_GLOSSES names
    Raises  InputError for a file that cannot be read, or two translations of the same words.
    """
    path = path or paths.glosses()
    found: dict[str, str] = {}
    for row in csv_rows.read(path, COLUMNS, others=True) if path else ():
        words, english = key(row["content"]), row["gloss_en"]
        if english and found.setdefault(words, english) != english:
            raise row.error("its content is translated in another way in a row above; keep one of the two")
    return found


def key(content: str) -> str:
    """The words of a content for comparison: without the guard against formulas in spreadsheets, white space collapsed."""
    return unicodedata.normalize("NFC", " ".join(content.removeprefix("'").split()))
