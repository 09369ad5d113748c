"""The lists of names and of common words, and the letters that are evidence for names."""

from dataclasses import dataclass

from helpers.files import csv_rows, paths
from helpers.files.errors import InputError
from helpers.text import orthography

COLUMNS = ("word", "role", "example", "note")
USES = ("before", "after", "tells", "begins", "foreign", "foreign end")  # values in `name_letters.csv`
LISTS = ("given", "surname", "people", "common", "place", "topic", "body adjective", "title", "sport", "breaks")
HEADS = (
    "ministry",
    "parliament",
    "council",
    "court",
    "agency",
    "media",
    "party",
    "movement",
    "army",
    "company",
    "bank",
    "club",
    "school",
    "organisation",
    "government",
    "people",
)
ROMANISED = "romanised"  # words of `name_romanisation.csv`: names of people and places, and frequent parts of names
FOREIGN = "foreign"  # rows of `name_romanisation.csv` that are not among the words of a list
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lists:
    """The words of `name_words.csv` and of the other lists of names, and the letters of `name_letters.csv`.

    by_word   the lists of each folded word
    written   the words as listed
    leads, leading   proclitics that can precede a name, and their first letters
    endings   by last letter, each ending with the endings that a list can have in its place
    foreign   folded foreign names of one word
    tells, begins   letters at the end and at the beginning of a word as received that folding changes
    """

    by_word: dict[str, frozenset[str]]
    written: frozenset[str]
    leads: tuple[str, ...]
    leading: frozenset[str]
    endings: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    tells: tuple[str, ...]
    begins: tuple[str, ...]
    foreign: frozenset[str] = NOTHING


def load() -> Lists:
    """Read the lists. Raises InputError for an unknown role."""
    roles = {role: frozenset((role,)) for role in (*LISTS, *(f"head {head}" for head in HEADS), ROMANISED)}
    found: dict[str, frozenset[str]] = {}
    path = paths.lexicon("name_words.csv")
    for number, (word, role, _, _) in csv_rows.values(path, COLUMNS):
        if role not in roles or role == ROMANISED:
            said = f"role is {role!r}; write one of: {', '.join(role for role in roles if role != ROMANISED)}"
            raise InputError(f"{path}: row {number}: {said}")
        found[word] = found[word] | roles[role] if word in found else roles[role]
    foreign: list[str] = []
    for table, columns, role in (
        ("given_names.csv", ("name", "gender", "note"), "given"),
        ("name_romanisation.csv", ("name", "latin", "use"), ROMANISED),
    ):
        for _, (word, _, use) in csv_rows.values(paths.lexicon(table), columns):
            if role == ROMANISED and use:
                foreign += [word] if use == FOREIGN and " " not in word else []
                continue  # only for writing names: the weights were fitted on the others
            found[word] = found[word] | roles[role] if word in found else roles[role]
    folded = orthography.fold("\n".join(found)).text.split("\n")
    merged: dict[str, frozenset[str]] = {}
    for word, its in zip(folded, found.values(), strict=True):
        merged[word] = merged[word] | its if word in merged else its
    uses: dict[str, list[tuple[str, tuple[str, ...]]]] = {use: [] for use in USES}
    for row in csv_rows.read(paths.lexicon("name_letters.csv"), ("use", "letters", "instead", "example")):
        uses[row.one_of("use", USES)].append((row["letters"], tuple(row["instead"].split("|"))))
    before, after, tells, begins = (tuple(uses[use]) for use in USES[:4])
    return Lists(
        merged,
        frozenset(found),
        tuple(each for each, _ in before),
        frozenset(each[0] for each, _ in before),
        {last: tuple(pair for pair in after if pair[0][-1] == last) for last in {each[-1] for each, _ in after}},
        tuple(each for each, _ in tells),
        tuple(each for each, _ in begins),
        frozenset(orthography.fold("\n".join(foreign)).text.split("\n")),
    )
