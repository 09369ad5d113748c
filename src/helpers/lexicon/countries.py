"""All countries as actors: their Arabic names from CLDR (by way of babel), their demonyms by rule.

Exceptions and additions are in `country_rules.csv`, one row per fact. `isnad forms` writes the result to
`countries.csv`, where people can read it; nothing in this module runs when an article is read.
"""

import re
import unicodedata
from collections.abc import Iterator

from helpers.files import csv_rows, paths
from helpers.text import orthography

RULE_COLUMNS = ("code", "use", "spelling", "note")
RULE_USES = ("name", "demonym", "plural", "not", "skip")
NISBA = ("", "ة", "ون", "ين")  # endings of a demonym in ي: مصري مصرية مصريون مصريين
# Endings that a name loses before ي (ليبيا ليبي, فرنسا فرنسي, سنغافورة سنغافوري).
ENDINGS = ("يا", "ا", "ة", "و")


def made(known: dict[tuple[str, ...], csv_rows.Row]) -> Iterator[tuple[str, ...]]:
    """A row of `countries.csv` for each spelling: actor_id, alias, lang, type, via, name_ar, name_en, source.

    known    the rows of `actors.csv` by folded words (see `key`). Their spellings are left out; a country whose name is
             among them is that actor; one whose demonyms are among them gets no others.
    """
    from babel import Locale  # needed only to make the file

    arabic_names, english_names = (
        {str(code): str(name) for code, name in Locale(language).territories.items()} for language in ("ar", "en")
    )
    rules = csv_rows.read(paths.lexicon("country_rules.csv"), RULE_COLUMNS)
    given: dict[tuple[str, str], list[str]] = {}
    for row in rules:
        given.setdefault((row["code"], row.one_of("use", RULE_USES)), []).append(row["spelling"])
    taken, described = set(known), {row["actor_id"] for row in known.values() if row["via"] == "demonym"}
    for code in sorted(code for code in arabic_names if len(code) == 2 and code.isalpha()):
        if (code, "skip") in given:
            continue
        names = [(name, "CLDR") for name in _spellings(arabic_names[code])]
        names += [(name, "country_rules.csv") for name in given.get((code, "name"), ())]
        demonyms = given.get((code, "demonym")) or list(filter(None, [_demonym(names[0][0])]))
        left_out = {key(spelling) for spelling in given.get((code, "not"), ())}
        actor = next((known[key(name)] for name, _ in names if key(name) in known), None)
        english = re.sub(r" \(.*", "", english_names[code])
        who = (actor["actor_id"], actor["name_ar"], actor["name_en"]) if actor else (_id(english), names[0][0], english)
        forms = [(name, "name", source) for name, source in names]
        if who[0] not in described:
            forms += [(form, "demonym", "by rule") for demonym in demonyms for form in _forms(demonym)]
            forms += [(plural, "demonym", "country_rules.csv") for plural in given.get((code, "plural"), ())]
        for spelling, via, source in forms:
            words = key(spelling)
            if words not in taken and not left_out & {words, key(_masculine(spelling))}:
                taken.add(words)
                yield who[0], spelling, "ar", "state", via, who[1], who[2], source


def key(spelling: str) -> tuple[str, ...]:
    """A spelling as its folded words: two spellings with the same key are variants of one."""
    return tuple(orthography.WORD.findall(orthography.fold(spelling).text))


def _spellings(name: str) -> list[str]:
    """The names in a CLDR name: two in «ميانمار (بورما)», but no name in other brackets (منطقة إدارية خاصة)."""
    before, _, inside = name.partition(" (")
    return [before, inside.removesuffix(")")] if inside and " " not in inside else [before]


def _id(english: str) -> str:
    plain = unicodedata.normalize("NFD", english).encode("ascii", "ignore").decode().lower()
    return "_".join(re.findall("[a-z]+", plain))


def _demonym(name: str) -> str | None:
    """The masculine demonym of a name of one word; None where the rules would have to guess (تشيلي, بالاو)."""
    if " " in name or name.endswith(("ي", "او")):
        return None
    stem = name.removeprefix("ال") if len(name) > 4 and not name.startswith("ألم") else name
    ending = next((ending for ending in ENDINGS if stem.endswith(ending)), "")
    return stem.removesuffix(ending) + "ي"


def _forms(demonym: str) -> list[str]:
    if " " in demonym:
        first, second = demonym.split(" ", 1)
        return [demonym, f"{first}ة {second}ة"] if first.endswith("ي") else [demonym, f"{demonym}ة"]
    return [demonym + ending for ending in NISBA]


def _masculine(spelling: str) -> str:
    ending = next((ending for ending in NISBA[1:] if spelling.endswith("ي" + ending)), "")
    return spelling.removesuffix(ending)
