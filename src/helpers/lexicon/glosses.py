"""What claims say in English, as a user translated them: a CSV with the words of a claim and their translation."""

import unicodedata
from pathlib import Path

from helpers.files import csv_rows, paths

COLUMNS = ("content", "gloss_en")


def load(path: Path | None = None) -> dict[str, str]:
    """The translations of a user by the words that they translate; empty where the user names no file.

    The file is the table `claims.csv` of a report with its column `gloss_en` filled in, or any CSV that has these two
    columns. It is found by the words of the content, not by the number of the claim, so that it holds when others are found.

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
    """The words of a content as they are compared: without what guards a cell from a spreadsheet, white space as one space."""
    return unicodedata.normalize("NFC", " ".join(content.removeprefix("'").split()))
