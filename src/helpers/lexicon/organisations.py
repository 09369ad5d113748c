"""Organisations and groups of the world as actors: `organisations.csv` has one row per organisation, with all spellings.

A spelling that is also an ordinary word is listed only with words that make it unambiguous (حركة فتح), or in quotation
marks or brackets, which it must then have in an article: «الشرق الأوسط», (بنا).
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

STATE_ORGANS = ("state body", "parliament", "armed forces", "intelligence")  # through these a state speaks


def rows(path: Path) -> list[csv_rows.Row]:
    """The rows of `organisations.csv`. Raises InputError for an unknown kind of organisation."""
    found = csv_rows.read(path, COLUMNS)
    for row in found:
        row.one_of("body", BODIES)
    return found


def spellings(row: csv_rows.Row) -> Iterator[tuple[str, str]]:
    """(spelling, via) of an organisation, its name first; `via` is how a spelling names it, empty if it names another thing."""
    yield row["name_ar"], "name"
    for column, via in VIA.items():
        if row[column]:
            for spelling in row[column].split("|"):
                yield spelling, via
