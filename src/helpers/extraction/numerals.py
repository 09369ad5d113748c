"""The words of numbers, which begin a noun phrase of their own: «بحسب الشركة، ثلاثة آلاف عامل»."""

from functools import cache

from helpers.extraction.drafts import Range
from helpers.extraction.texts import Gap, Text
from helpers.files import csv_rows, paths
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role
from helpers.text import orthography

KEEPS = Role.preposition | Role.quantifier | Role.who | Role.relative  # words before a number that is part of a phrase


@cache
def words() -> frozenset[str]:
    """The number words of `times.csv`, folded."""
    rows = csv_rows.read(paths.lexicon("times.csv"), ("form", "role", "reads", "factor", "note"))
    return frozenset(orthography.fold(row["form"]).text for row in rows if row["role"] == "number")


def without(text: Text, source: Range) -> Range:
    """A source with the article or a pronoun, without the number and its noun after it, which cannot describe it."""
    first, end = source
    for at in range(first + 1, end):
        if text.role(at - 1, KEEPS):
            return source
        definite = text.gaps[at] & Gap.comma or text.words[at - 1].startswith(letters().article)
        if definite and text.words[at] in words():
            return first, at
    return source
