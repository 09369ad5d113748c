"""Which actors of different articles are one: those of a lexicon, and those whose full names have the same words.

What a machine found in one article is that of another only where the name is full. A surname, a ministry that is of any
country (وزارة الصحة) hold in their article alone. How an actor was joined is told beside it.
"""

from helpers.extraction.person_names import definite
from helpers.lexicon import countries
from helpers.lexicon.roles import Role
from helpers.readings import Known
from helpers.records.actors import NamedActor

BY = ("lexicon", "own", "full name", "article")  # the last: it is not joined to that of any other article
FULL = 2  # words of a full name
ACRONYM = 3  # Latin letters of an acronym


def entity(actor: NamedActor, number: int, known: Known) -> tuple[str, str]:
    """What an actor is called in all articles, and by what it was joined (one of BY).

    number   of its article in the corpus
    """
    if actor.found_by != "machine":
        return actor.actor_id, actor.found_by
    if full(actor.name_ar, actor.type, known):
        return f"name:{' '.join(countries.key(actor.name_ar))}", "full name"
    return f"{number}:{actor.actor_id}", "article"


def full(name: str, type_: str, known: Known) -> bool:
    """Whether a name tells its bearer from all others as well as names do.

    A person's has two words beside those that only begin a part of it (أبو، بن، عبد), a group's has two. An organisation's has,
    after its noun, a word without the article (شركة رواسي) or of a country; وزارة الصحة and its like are of any country. An
    acronym has three letters.
    """
    words = countries.key(name)
    if type_ == "person":
        return sum(not known.vocabulary[word].roles & Role.name_part for word in words) >= FULL
    if len(words) < FULL:
        return name.isascii() and name.isupper() and len(words[0]) >= ACRONYM
    return type_ == "group" or any(not definite(word) or _of_country(word, known) for word in words[1:])


def _of_country(word: str, known: Known) -> bool:
    found = (alias for _, alias in known.actors.begin[word] if alias.actor_id and not alias.rest)
    return any(known.actors.by_id[alias.actor_id].type == "state" for alias in found)
