"""Organisations and groups of the world as actors: one row of `organisations.csv` a body, with all its spellings.

A spelling that is another word, too, stands in it only with the words that make it sure (حركة فتح), or in the marks without
which it is not taken: «الشرق الأوسط», (بنا).
"""

from collections.abc import Iterator
from pathlib import Path

from helpers.files import csv_rows

VIA = {"aliases": "name", "short_names": "short name", "acronyms": "acronym", "demonyms": "demonym", "not": ""}
COLUMNS = ("actor_id", "name_ar", "name_en", "type", "body", "country", *VIA, "source")
BODIES = (
    "UN body",
    "international body",
    "regional body",
    "court",
    "state body",
    "parliament",
    "armed forces",
    "intelligence",
    "party",
    "movement",
    "armed group",
    "union",
    "news agency",
    "newspaper",
    "broadcaster",
    "platform",
    "company",
    "bank",
    "club",
    "sports body",
    "rights organisation",
    "aid organisation",
    "think tank",
    "university",
    "religious body",
)

STATE_ORGANS = ("state body", "parliament", "armed forces", "intelligence")  # by these a state speaks


def rows(path: Path) -> list[csv_rows.Row]:
    """The rows of `organisations.csv`. Raises InputError for a kind of body that is none."""
    found = csv_rows.read(path, COLUMNS)
    for row in found:
        row.one_of("body", BODIES)
    return found


def spellings(row: csv_rows.Row) -> Iterator[tuple[str, str]]:
    """The spellings of a body and how each names it (`via`): its name first; empty for what is something else."""
    yield row["name_ar"], "name"
    for column, via in VIA.items():
        if row[column]:
            for spelling in row[column].split("|"):
                yield spelling, via
