"""What a word can tell by itself of being a name: its letters, its roles in the lexicons, the lists of names and of common words.

Everything that depends on the word alone is worked out once for each spelling and kept: a text of a million words has some
tens of thousands of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from helpers.extraction.named.decoder import ZERO, Model, Vector
from helpers.files import csv_rows, paths
from helpers.lexicon.entries import Actors
from helpers.lexicon.vocabulary import ROLES, Vocabulary, Word
from helpers.text import orthography

COLUMNS = ("word", "role", "example", "note")
LISTS = ("given", "surname", "people", "common", "place", "topic", "body adjective", "title", "sport")
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
COUNTABLE = ("surname", "given", "definite", "definite ي", "capital", "capitals")
LETTERS = ("begins ", "ends ", "letters: ")
LEADS = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك")
PARTS = {  # roles of words.csv that tell something of names, each by its name
    name: bit
    for name, bit in ROLES.items()
    if name
    not in (
        "noun",
        "describes",
        "circumstance",
        "joined",
        "keeps_that",
        "verb",
        "given",
        "feminine",
        "formula",
        "whole",
    )
}


@dataclass(frozen=True, slots=True)
class Lists:
    """The words of `name_words.csv` and of the other lists of names, folded, by what they are."""

    by_word: dict[str, frozenset[str]]

    def of(self, word: str) -> frozenset[str]:
        """The lists that have a word; none for most."""
        return self.by_word.get(word, NOTHING)


NOTHING: frozenset[str] = frozenset()


def lists() -> Lists:
    """Read the lists. Raises InputError for a role that there is not."""
    found: dict[str, set[str]] = {}
    allowed = (*LISTS, *(f"head {head}" for head in HEADS))
    for row in csv_rows.read(paths.lexicon("name_words.csv"), COLUMNS):
        found.setdefault(row["word"], set()).add(row.one_of("role", allowed))
    for row in csv_rows.read(paths.lexicon("name_romanisation.csv"), ("name", "latin")):
        found.setdefault(row["name"], set()).add("given")
    folded = orthography.fold("\n".join(found)).text.split("\n")
    merged: dict[str, set[str]] = {}
    for word, roles in zip(folded, found.values(), strict=True):
        merged.setdefault(word, set()).update(roles)
    return Lists({word: frozenset(roles) for word, roles in merged.items()})


@dataclass(frozen=True, slots=True)
class Seen:
    """What is to be seen of a spelling.

    stem       the folded word without proclitics, where a list tells that they are some; else the word
    lead       how many letters of proclitics that leaves off
    features   what tells of it, as phrases
    shape      one of a few kinds of words, which are seen in pairs
    head       the kind of body that it can head, or nothing
    person     whether it can be a title
    weigh      what it weighs for words that stand two words behind it, one, itself, one before it, two
    peak       the most that it weighs for any label: for the word behind it, itself, the word before it
    leads      whether it tells of words behind it; countable: whether its other places in the article tell of it
    """

    stem: str
    lead: int
    features: tuple[str, ...]
    shape: str
    head: str
    definite: bool
    unknown: bool
    person: bool
    sport: bool
    weigh: tuple[Vector, ...] = (ZERO,) * 5
    peak: tuple[float, float, float] = (0.0, 0.0, 0.0)
    leads: bool = False
    countable: bool = False

    @property
    def head_kind(self) -> str:
        """The kind of body that it heads, and whether it has the article."""
        return self.head and self.head + (" definite" if self.definite else "")

    def at(self, d: int) -> Iterable[str]:
        """What tells of a word that stands so many words behind it; two words off its letters tell nothing."""
        return self.features if abs(d) < 2 else (f for f in self.features if not f.startswith(LETTERS))


class Words(dict[str, Seen]):
    """What is to be seen of each spelling, by the word as received."""

    def __init__(self, vocabulary: Vocabulary, actors: Actors, known: Lists, model: Model) -> None:
        self._vocabulary, self._actors, self._lists, self._model = vocabulary, actors, known, model
        self.heads = {
            word: role[5:]
            for word, roles in known.by_word.items()
            for role in sorted(roles)
            if role.startswith("head ")
        }

    def __missing__(self, written: str) -> Seen:
        if len(self) > 200_000:
            self.clear()
        found = self[written] = self._look(written)
        return found

    def _look(self, written: str) -> Seen:
        word = orthography.fold(written).text
        kind = self._vocabulary[word] if word else Word(0, (), None)
        stem, lead, roles = self._stem(word)
        features = list(self._features(written, word, stem, lead, roles, kind))
        head = next((role[5:] for role in sorted(roles) if role.startswith("head ")), "")
        shape = _shape(written, stem, roles, kind)
        unknown = not roles and not kind.roles
        person = kind.kind == "person"
        found = Seen(stem, lead, tuple(features), shape, head, _definite(stem), unknown, person, "sport" in roles)
        weigh = tuple(self._model.sum(f"{d} {f}" for f in found.at(d)) for d in (-2, -1, 0, 1, 2))
        return replace(
            found,
            weigh=weigh,
            peak=(max(weigh[1]), max(weigh[2]), max(weigh[3])),
            leads=bool(head or person),
            countable=unknown or shape in COUNTABLE,
        )

    def _stem(self, word: str) -> tuple[str, int, frozenset[str]]:
        """The word without proclitics where a list has what is left."""
        if roles := self._roles(word):
            return word, 0, roles
        if word.startswith("لل") and (roles := self._roles("ال" + word[2:])):
            return "ال" + word[2:], 1, roles
        for lead in LEADS:
            if word.startswith(lead) and len(word) > len(lead) + 2:
                if roles := self._roles(word[len(lead) :]):
                    return word[len(lead) :], len(lead), roles
                if (
                    lead.endswith("ل")
                    and word.startswith(lead + "ل")
                    and (roles := self._roles("ال" + word[len(lead) + 1 :]))
                ):
                    return "ال" + word[len(lead) + 1 :], len(lead), roles
        for lead in ("وال", "بال", "فال", "كال", "وبال"):
            if word.startswith(lead) and len(word) > len(lead) + 2:
                return word[len(lead) - 2 :], len(lead) - 2, NOTHING
        if word.startswith("لل") and len(word) > 4:
            return "ال" + word[2:], 1, NOTHING
        return word, 0, NOTHING

    def _roles(self, word: str) -> frozenset[str]:
        """The lists of a word, or of what it is without article and ending."""
        if roles := self._lists.of(word):
            return roles
        bare = word[2:] if word.startswith("ال") and len(word) > 4 else word
        if bare != word and (roles := self._lists.of(bare) - {"given", "surname"}):
            return roles
        return frozenset(role for role in self._ended(bare) if role in INFLECTED or role.startswith("head "))

    def _ended(self, bare: str) -> frozenset[str]:
        for ending, others in ENDINGS:
            if bare.endswith(ending) and len(bare) > len(ending) + 2:
                stem = bare[: len(bare) - len(ending)]
                for other in others:
                    if roles := self._lists.of(stem + other):
                        return roles
        return NOTHING

    def _features(
        self, written: str, word: str, stem: str, lead: int, roles: frozenset[str], kind: Word
    ) -> Iterable[str]:
        yield from (f"list: {role}" for role in roles)
        yield from (f"role: {name}" for name, bit in PARTS.items() if kind.roles & bit)
        if kind.kind:
            yield f"noun: {kind.kind}{' definite' if stem.startswith('ال') else ''}"
        yield from {f"cue: {hit.part}" for hit in kind.hits}
        bare = stem[2:] if _definite(stem) else stem
        if _definite(stem):
            yield "article"
        if lead:
            yield f"before it: {word[:lead]}"
        script = _script(written)
        if script != "arabic":
            yield f"script: {script}"
        else:
            for n in (1, 2, 3):
                if len(bare) > n:
                    yield f"begins {bare[:n]}"
                    yield f"ends {bare[-n:]}"
            yield f"letters: {min(len(bare), 9)}"
            if written.endswith(("ة", "ى", "ًا", "اً")):
                yield f"written end: {written[-1]}"
            if written.startswith(("أ", "إ", "آ")):
                yield f"written beginning: {written[0]}"
        if "_" in written:
            yield "underscore"
        if not roles and not kind.roles and kind.kind is None and not kind.hits:
            yield "unknown"
        aliases = [alias for _, alias in self._actors.beginning.get(word, ()) if alias.actor_id]
        if aliases:
            alias = aliases[0]
            yield f"alias begins: {self._actors.by_id[alias.actor_id].type} {alias.via}{' more' if alias.rest else ''}"


INFLECTED = frozenset(("common", "topic", "body adjective", "people"))
ENDINGS = (
    ("ها", ("", "ه")),
    ("هم", ("", "ه")),
    ("هما", ("", "ه")),
    ("ه", ("",)),
    ("ات", ("", "ه", "ا")),
    ("تين", ("ه",)),
    ("تان", ("ه",)),
    ("ون", ("",)),
    ("ين", ("",)),
    ("ان", ("",)),
    ("يه", ("ي",)),
    ("ا", ("",)),
    ("وا", ("",)),
    ("ته", ("ه",)),
    ("تها", ("ه",)),
    ("تهم", ("ه",)),
    ("نا", ("",)),
    ("ي", ("",)),
)


def _definite(word: str) -> bool:
    return word.startswith("ال") and len(word) > 3


def _script(written: str) -> str:
    first = written[0]
    if first.isdigit():
        return "number"
    if "\u0600" <= first <= "\u06ff" or "\ufb50" <= first <= "\ufeff":
        return "arabic"
    if written.isupper():
        return "capitals"
    return "capital" if first.isupper() else "other letters"


def _shape(written: str, stem: str, roles: frozenset[str], kind: Word) -> str:
    script = _script(written)
    if script != "arabic":
        return script
    for role in ("given", "surname"):
        if role in roles and "common" not in roles:
            return role
    if kind.roles & ROLES["name_part"]:
        return "name part"
    if head := next((role for role in sorted(roles) if role.startswith("head ")), ""):
        return head + (" definite" if _definite(stem) else "")
    if kind.kind:
        return f"{kind.kind}{' definite' if _definite(stem) else ''}"
    if kind.roles & (ROLES["preposition"]):
        return "preposition"
    if kind.hits:
        return "cue"
    for role in ("topic", "body adjective", "place", "people", "common"):
        if role in roles:
            return role + (" definite" if _definite(stem) else "")
    if kind.roles:
        return "small"
    if _definite(stem):
        return "definite ي" if stem.endswith(("ي", "يه")) else "definite"
    return "unknown"


EDGE = Seen("", 0, ("none",), "none", "", False, False, False, False)
