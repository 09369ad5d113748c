"""The words around a spelling that show whether it is a name: the rows of `name_evidence.csv`."""

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.files import csv_rows, paths
from helpers.lexicon.letters import letters
from helpers.text import orthography

COLUMNS = ("name", "use", "word", "example")
PLATFORM = "platform"  # in the column `name`: every platform of `organisations.csv`
ANY = ""  # the same: every name that is also a word
OWNER, LINK, VERB, JOINED = "owner", "link", "verb", "joined by"
BEFORE, AFTER, DEMONYM, NO_ADJECTIVE = "ordinary before", "ordinary after", "demonym after", "no adjective"
PLACE, PLACE_WITH_POST, POST = "place", "place with post", "post"
CARRIER, ACTED_UPON, COMPANY = "carrier", "acted upon", "company"
USES = (
    OWNER,
    LINK,
    VERB,
    JOINED,
    BEFORE,
    AFTER,
    DEMONYM,
    NO_ADJECTIVE,
    PLACE,
    PLACE_WITH_POST,
    POST,
    CARRIER,
    ACTED_UPON,
    COMPANY,
)
OWNED = (POST, ACTED_UPON)  # words of these uses can have a pronoun at their end: حسابه, صفحتها
Words = frozenset[str]
NONE: Words = frozenset()


@dataclass(frozen=True)
class Clues:
    """The folded words of each use, by the folded name to which they apply, or ANY, or PLATFORM."""

    by_use: Mapping[tuple[str, str], Words]

    def has(self, use: str, name: str, word: str) -> bool:
        """Whether a folded word, with or without proclitics and article, has a use for a name."""
        return self.lead(use, name, word) is not None

    def lead(self, use: str, name: str, word: str) -> str | None:
        """The proclitics before a word that has a use for a name, empty if it has none; None if it has no such use."""
        words = self.by_use.get((use, name), NONE)
        if name != PLATFORM and (every := self.by_use.get((use, ANY))):
            words = words | every if words else every
        if not words or word in words:
            return "" if words else None
        return next((word[:n] for n, (_, stem) in orthography.without_proclitics(word) if stem in words), None)


def load() -> Clues:
    """Read the table. Raises InputError for an unknown use, or a word that is listed twice."""
    found: dict[tuple[str, str], set[str]] = {}
    for row in csv_rows.read(paths.lexicon("name_evidence.csv"), COLUMNS):
        use, word = row.one_of("use", USES), orthography.fold(row["word"]).text
        name = row["name"] if row["name"] == PLATFORM else orthography.fold(row["name"]).text
        words = found.setdefault((use, name), set())
        if word in words:
            raise row.error(f"{row['word']!r} is listed above already for this use; keep one of the two")
        words.add(word)
    for (use, _), words in found.items():
        if use in OWNED:
            words |= {each for word in words for each in _owned(word)}
    return Clues({key: frozenset(words) for key, words in found.items()})


def _owned(word: str) -> list[str]:
    """A noun with each pronoun that says whose it is."""
    ends = letters()
    stem = word[:-1] + ends.she[0] if word.endswith(ends.folded_feminine) else word
    return [stem + pronoun for pronoun in (*ends.pronouns, ends.nisba[0])]
