"""The evidence for a name in a word by itself: its letters, its roles in the lexicons, the lists of names and words.

All that depends only on the word is computed once per spelling and cached: a text of a million words has some tens of
thousands of spellings.
"""

import sys
from collections.abc import Container, Iterable
from functools import cached_property

from msgspec import Struct

from helpers.extraction.named.decoder import ROW, Model, Row
from helpers.extraction.named.lists import NOTHING, ROMANISED, Lists
from helpers.lexicon.entries import Actors
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import ROLES
from helpers.lexicon.vocabulary import Vocabulary
from helpers.lexicon.word_kinds import Word

PEOPLES = ("people", "people definite")
LEADS, PEOPLE, SPORT = 1, 2, 4
COUNTABLE = ("surname", "given", "definite", "definite adjective", "capital", "capitals")
LETTERS = ("begins ", "ends ", "letters: ")
FORGET_AT = 200_000  # spellings in the cache before it is emptied: a corpus has no limit
PARTS = {  # roles of words.csv that are evidence for or against names, each with its name
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


NAME = Word(ROLES["given"], (), None)
NAMES = frozenset(("given", "surname"))
PROPER = NAMES | {"people", "place", ROMANISED}
SMALL = ROLES["that"] | ROLES["that_pronoun"] | ROLES["preposition"] | ROLES["pronoun"] | ROLES["relative"]


class Seen(Struct, frozen=True, gc=False):
    """What a spelling by itself shows.

    weigh      the weights that it contributes to itself and its neighbours
    shape      one of a small number of classes of words, which are used in pairs
    stem       the folded word without proclitics, if a list shows that it has some; else the folded word
    tells      bits: whether it is evidence for words after it, a people, a word from sport (LEADS, PEOPLE, SPORT)
    countable  whether its other occurrences in the article are evidence
    lead       the number of letters of proclitics before the stem
    head, head_kind   the kind of organisation that it can head, or empty; the same, with whether it has the article
    person     whether it can be a title
    features   the names of its features
    """

    weigh: Row  # the fields that are read for every word of a text come first
    shape: str
    stem: str
    tells: int = 0
    countable: bool = False
    lead: int = 0
    head: str = ""
    head_kind: str = ""
    definite: bool = False
    unknown: bool = False
    person: bool = False
    features: tuple[str, ...] = ()

    def at(self, d: int) -> Iterable[str]:
        """Its features for a word at distance `d` from it; at a distance of two, its letters are left out."""
        return self.features if abs(d) < 2 else (f for f in self.features if not f.startswith(LETTERS))


class Words(dict[str, Seen]):
    """What each spelling shows, by the word as received."""

    def __init__(self, vocabulary: Vocabulary, actors: Actors, known: Lists, model: Model) -> None:
        self._vocabulary, self._actors, self._lists, self._model = vocabulary, actors, known, model
        self.leading = known.leading
        self._leads = {first: [lead for lead in known.leads if lead[0] == first] for first in known.leading}
        self._parts: dict[int, tuple[str, ...]] = {}
        self.heads = {
            word: role[5:]
            for word, roles in known.by_word.items()
            for role in sorted(roles)
            if role.startswith("head ")
        }

    @property
    def foreign(self) -> frozenset[str]:
        """Folded foreign names, which can look like verbs or adjectives."""
        return self._lists.foreign

    def given(self, word: str) -> bool:
        """Whether a folded word is listed as a given name, whatever else it is: أمير."""
        return "given" in self._lists.by_word.get(word, NOTHING)

    @property
    def look_alikes(self) -> Container[str]:
        """The folded words that are a name or another word depending on the text (`look_alikes.csv`)."""
        return self._vocabulary.look_alikes

    def look_alike(self, word: str, name: bool) -> Seen:
        """What such a word shows, given whether it is a name."""
        key = f"{word} {name}"
        found = self.get(key)
        if found is None:
            kind = NAME if name else self._vocabulary[word]
            roles = frozenset(("given",)) if name else NOTHING
            found = self[key] = self._seen(word, word, kind, word, 0, roles)
        return found

    @cached_property
    def spelled(self) -> Seen:
        """What a word that is part of an abbreviation shows."""
        return Seen(self._model.of_word((SPELLED,)), SPELLED, "", features=(SPELLED,))

    def look(self, written: str, word: str) -> Seen:
        """What a word shows, given as received and folded; cached."""
        if len(self) > FORGET_AT:
            self.clear()
        found = self[written] = self._look(written, word)
        return found

    def _look(self, written: str, word: str) -> Seen:
        if word[0] == "_":
            written, word = written.lstrip("_") or written, word.lstrip("_") or word
        kind = self._vocabulary[word]
        stem, lead, roles = self._stem(word)
        if kind.roles & SMALL and written not in self._lists.written:
            roles -= NAMES  # إن, and not the name آن
        return self._seen(written, word, kind, stem, lead, roles)

    def _seen(self, written: str, word: str, kind: Word, stem: str, lead: int, roles: frozenset[str]) -> Seen:
        features = tuple(self._features(written, word, stem, lead, roles, kind))
        head = next((role[5:] for role in sorted(roles) if role.startswith("head ")), "") if roles else ""
        shape = sys.intern(_shape(stem if stem.isascii() else written, stem, roles, kind))
        unknown = not roles - {ROMANISED} and not kind.roles
        person, definite = kind.kind == "person", _definite(stem)
        tells = LEADS * bool(head or person) | PEOPLE * (shape in PEOPLES) | SPORT * ("sport" in roles)
        return Seen(
            self._model.of_word(features),
            shape,
            stem,
            tells,
            unknown or shape in COUNTABLE,
            lead,
            head,
            f"{head} definite" if head and definite else head,
            definite,
            unknown,
            person,
            features,
        )

    def _parts_of(self, roles: int) -> tuple[str, ...]:
        """The names of roles; cached, since the same combinations recur."""
        found = self._parts.get(roles)
        if found is None:
            found = self._parts[roles] = tuple(f"role: {name}" for name, bit in PARTS.items() if roles & bit)
        return found

    def _stem(self, word: str) -> tuple[str, int, frozenset[str]]:
        """(stem, number of letters of proclitics, its lists) of a word.

        Its first letters are proclitics if the rest is in a list, begins with the article, or is in Latin letters.
        """
        if roles := self._roles(word):
            return word, 0, roles
        if word[:1] not in self.leading:
            return word, 0, NOTHING
        if word[-1].isascii() and word[-1].isalpha():
            latin = next(at for at, letter in enumerate(word) if letter.isascii())
            return word[latin:], latin, self._roles(word[latin:])
        for lead, rest in self.without_leads(word):
            if roles := self._roles(rest):
                return rest, lead, roles
        for lead, rest in self.without_leads(word):
            if _definite(rest):
                return rest, lead, NOTHING
        return word, 0, NOTHING

    def without_leads(self, word: str) -> list[tuple[int, str]]:
        """(number of letters, rest) for each possible run of proclitics of a word, the likeliest rest first.

        After لل the article is restored (للشعب, الشعب), also before a listed noun that begins with ل itself (للجنة, اللجنة),
        but not before a listed name (للبنان).
        """
        found = []
        for lead in self._leads.get(word[0], ()):
            past = len(lead)
            if len(word) > past + 2 and word.startswith(lead):
                rest, to, article = word[past:], letters().to[0], letters().article[0]
                if lead[-1] == to == rest[0] and len(rest) > 3:
                    roles = self._lists.by_word.get(rest)
                    restored = article + rest[1:] if roles is None else article + rest
                    both = [(past, restored), (past, rest)]
                    found += both[::-1] if roles and roles & PROPER else both
                else:
                    found.append((past, rest))
        return found

    def _roles(self, word: str) -> frozenset[str]:
        """The lists that contain a word, or else the word without article and ending."""
        listed = self._lists.by_word
        if roles := listed.get(word):
            return roles
        bare = word[2:] if _definite(word) and len(word) > 4 else word
        if bare != word and (roles := listed.get(bare, NOTHING) - NAMES):
            return roles
        for ending, others in self._lists.endings.get(bare[-1:], ()):
            if bare.endswith(ending) and len(bare) > len(ending) + 2:
                stem = bare[: len(bare) - len(ending)]
                for other in others:
                    if roles := listed.get(stem + other):
                        return frozenset([role for role in roles if role in INFLECTED or role.startswith("head ")])
        return NOTHING

    def _features(
        self, written: str, word: str, stem: str, lead: int, roles: frozenset[str], kind: Word
    ) -> Iterable[str]:
        yield from (f"list: {role}" for role in roles)
        if kind.roles:
            yield from self._parts_of(kind.roles)
        if kind.kind:
            yield f"noun: {kind.kind}{' definite' if stem.startswith(letters().article) else ''}"
        yield from {f"cue: {hit.part}" for hit in kind.hits}
        bare = stem[2:] if _definite(stem) else stem
        if _definite(stem):
            yield "article"
        if lead:
            yield f"before it: {word[:lead]}"
        script = _script(stem if stem.isascii() else written)
        if script != "arabic":
            yield f"script: {script}"
        else:
            for n in (1, 2, 3):
                if len(bare) > n:
                    yield f"begins {bare[:n]}"
                    yield f"ends {bare[-n:]}"
            yield f"letters: {min(len(bare), 9)}"
            if written.endswith(self._lists.tells):
                yield f"written end: {written[-1]}"
            if written.startswith(self._lists.begins):
                yield f"written beginning: {written[0]}"
        if "_" in written:
            yield "underscore"
        if not roles - {ROMANISED} and not kind.roles and kind.kind is None and not kind.hits:
            yield "unknown"
        aliases = [alias for _, alias in self._actors.begin[word] if alias.actor_id]
        if aliases:
            alias = aliases[0]
            yield f"alias begins: {self._actors.by_id[alias.actor_id].type} {alias.via}{' more' if alias.rest else ''}"


INFLECTED = frozenset(("common", "topic", "body adjective", "people"))


def _definite(word: str) -> bool:
    return word.startswith(letters().article) and len(word) > 3


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
        return "definite adjective" if stem.endswith(letters().nisba_singular) else "definite"
    return "unknown"


SPELLED = "letters"  # the shape of a word that is part of an abbreviation: إن.كيه
EDGE = Seen(ROW, "none", "", features=("none",))
