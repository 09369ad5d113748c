"""Letters that show what a word can be (proclitics, the article, endings): the rows of `letters.csv`."""

from functools import cache
from pathlib import Path

from msgspec import Struct

from helpers.files import csv_rows, paths


class Letters(Struct, frozen=True, gc=False):
    """Sets of letters by function, each a tuple for `str.startswith` and `str.endswith`."""

    conjunction: tuple[str, ...]
    future: tuple[str, ...]
    will: tuple[str, ...]
    so: tuple[str, ...]
    by: tuple[str, ...]
    son: tuple[str, ...]
    like: tuple[str, ...]
    to: tuple[str, ...]
    out_of: tuple[str, ...]
    upon: tuple[str, ...]
    within: tuple[str, ...]
    article: tuple[str, ...]
    article_to: tuple[str, ...]
    by_article: tuple[str, ...]
    third: tuple[str, ...]
    owned: tuple[str, ...]
    theirs: tuple[str, ...]
    us: tuple[str, ...]
    spoken: tuple[str, ...]
    feminine: tuple[str, ...]
    folded_feminine: tuple[str, ...]
    uncountable: tuple[str, ...]
    nisba: tuple[str, ...]
    maqsura: tuple[str, ...]
    accusative: tuple[str, ...]
    folded_accusative: tuple[str, ...]
    i: tuple[str, ...]
    bare_alef: tuple[str, ...]
    hamza_above: tuple[str, ...]
    hamza_below: tuple[str, ...]
    first_person: tuple[str, ...]
    whether: tuple[str, ...]
    that: tuple[str, ...]
    letter_or_that: tuple[str, ...]
    percent: tuple[str, ...]
    titles: tuple[str, ...]
    kunya: tuple[str, ...]
    short_kunya: tuple[str, ...]
    joining: tuple[str, ...]
    joined_article: tuple[str, ...]
    to_article: tuple[str, ...]
    to_name: tuple[str, ...]
    preposed: tuple[str, ...]
    adjective: tuple[str, ...]
    plural: tuple[str, ...]
    plural_or_construct: tuple[str, ...]
    pronouns: tuple[str, ...]
    owners: tuple[str, ...]
    feminine_plural: tuple[str, ...]
    feminine_dual: tuple[str, ...]
    nisba_singular: tuple[str, ...]
    oblique: tuple[str, ...]
    nisba_plural: tuple[str, ...]
    nominative: tuple[str, ...]
    prefixed: tuple[str, ...]
    prefixed_or_like: tuple[str, ...]
    by_or_to: tuple[str, ...]
    active: tuple[str, ...]
    no_lone_name: tuple[str, ...]
    alef_or_he: tuple[str, ...]
    imperfect: tuple[str, ...]
    she: tuple[str, ...]
    he: tuple[str, ...]
    third_imperfect: tuple[str, ...]
    and_she: tuple[str, ...]
    joined_imperfect: tuple[str, ...]
    no_imperfect: tuple[str, ...]
    perfect: tuple[str, ...]
    several: tuple[str, ...]
    indefinite_object: tuple[str, ...]
    participle: tuple[str, ...]
    damma: tuple[str, ...]
    no_damma: tuple[str, ...]
    shadda: tuple[str, ...]
    tanwin: tuple[str, ...]
    attached: tuple[str, ...]
    attached_third: tuple[str, ...]
    possessive: tuple[str, ...]
    before_pronoun: tuple[str, ...]
    construct: tuple[str, ...]
    plural_nun: tuple[str, ...]
    dual_or_plural: tuple[str, ...]
    silent_alef: tuple[str, ...]
    by_to_like: tuple[str, ...]
    leads: tuple[str, ...]
    plain_leads: tuple[str, ...]


@cache
def letters(path: Path | None = None) -> Letters:
    """Read `letters.csv`. Raises InputError for an unknown name, or a name without a row."""
    rows = csv_rows.read(path or paths.lexicon("letters.csv"), ("name", "letters", "note"))
    names = Letters.__struct_fields__
    found = {row.one_of("name", names): tuple(row["letters"].split("|")) for row in rows}
    for name in names:
        if name not in found:
            raise rows[-1].error(f"after it no row is named {name!r}; add it")
    return Letters(**found)


def has_article(word: str) -> bool:
    """Whether a folded word begins with the letters of the article, even if they are part of its stem."""
    return word.startswith(letters().article)
