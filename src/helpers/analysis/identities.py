"""Who in several articles is one and the same: the one rule, for the actors of articles and for their sources.

An actor of a lexicon, the project's or the user's own, is one wherever it is named, by its id. Others are one where their
full names have the same words, folded. All else holds in its article alone: a surname, a title (المتحدث, رئيس الوزراء), what
is of any country or any field (وزارة الصحة, الشركة), whoever is not named, a document. By what somebody was joined is told
beside it (BY). What a person knows better is a row of `names.csv` (`name_decisions`), which is applied to what this gives.
"""

from collections.abc import Mapping
from typing import Protocol

from helpers.extraction.person_names import definite
from helpers.lexicon import countries
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role
from helpers.readings import Known
from helpers.records.sources import Source

BY = ("lexicon", "own", "full name", "article")  # the last: it is not joined to that of any other article
FULL = 2  # words of a full name
ACRONYM = 3  # Latin letters of an acronym
TYPES = {
    "named person": "person",
    "named group": "group",
    "organisation": "institution",
}  # of sources that can be joined


class Named(Protocol):
    """What is asked of an actor (`lexicon.entries.Actor`, `records.actors.NamedActor`)."""

    @property
    def actor_id(self) -> str: ...

    @property
    def type(self) -> str: ...

    @property
    def name_ar(self) -> str: ...

    @property
    def found_by(self) -> str: ...


def of_actor(actor: Named, number: int, known: Known) -> tuple[str, str]:
    """The key of an actor in all articles, and by what it was joined (one of BY).

    number   of its article
    """
    if actor.found_by != "machine":
        return actor.actor_id, actor.found_by
    return _by_name(actor.name_ar, actor.type, known) or (f"{number}:{actor.actor_id}", "article")


def of_source(source: Source, actors: Mapping[str, Named], number: int, known: Known) -> tuple[str, str]:
    """The same of a source: that of the actor that it is, where it is one; else by its own name.

    actors   by id, those of its article
    number   of its article
    """
    if type_ := TYPES.get(source.kind):
        actor = actors.get(source.actor_ids[0]) if len(source.actor_ids) == 1 else None
        if actor is not None:
            return of_actor(actor, number, known)
        if found := _by_name(source.name, type_, known):
            return found
    return f"{number}::{source.source_id}", "article"


def _by_name(name: str, type_: str, known: Known) -> tuple[str, str] | None:
    return (f"name:{' '.join(countries.key(name))}", "full name") if full(name, type_, known) else None


def full(name: str, type_: str, known: Known) -> bool:
    """Whether a name tells its bearer from all others as well as names do.

    A person's has two words beside those that only begin a part of it (أبو، بن، عبد), a group's has two. An organisation's has,
    after its noun, a word without the article that is no adjective (شركة رواسي, not صحيفة محلية), or one with it of a country
    (الجيش اللبناني); وزارة الصحة and its like are of any country. An acronym has three letters.
    """
    words = countries.key(name)
    if type_ == "person":
        return sum(not known.vocabulary[word].roles & Role.name_part for word in words) >= FULL
    if len(words) < FULL:
        return name.isascii() and name.isupper() and len(words[0]) >= ACRONYM
    return type_ == "group" or any(_tells(word, words[0], known) for word in words[1:])


def _tells(word: str, noun: str, known: Known) -> bool:
    """Whether a word behind the noun of an organisation tells it from others: not in صحيفة محلية, بنك سعودي."""
    if definite(word):
        return _of_country(word, known)
    feminine = letters().folded_feminine[0]
    if noun.endswith(feminine) and word.endswith(letters().nisba[0] + feminine):
        return False
    return not _of_country(word, known, by="demonym")


def _of_country(word: str, known: Known, by: str = "") -> bool:
    """Whether a word is of a country; `by` says by which kind of spelling alone."""
    found = (alias for _, alias in known.actors.begin[word] if alias.actor_id and not alias.rest)
    return any(known.actors.by_id[one.actor_id].type == "state" and by in ("", one.via) for one in found)
