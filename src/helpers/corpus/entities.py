"""Links actors between articles: those of a lexicon, and those with the same full name.

Actors found by machine in different articles are linked only if the name is full. A surname, or a ministry of an
unnamed country (وزارة الصحة), is valid only in its article. Tables show how an actor was linked.
"""

from helpers.extraction.person_names import definite
from helpers.lexicon import countries
from helpers.lexicon.roles import Role
from helpers.readings import Known
from helpers.records.actors import NamedActor

BY = ("lexicon", "own", "full name", "article")  # how an actor is linked; `article`: not with any other article's
FULL = 2  # fewest words of a full name
ACRONYM = 3  # fewest Latin letters of an acronym


def entity(actor: NamedActor, number: int, known: Known) -> tuple[str, str]:
    """(the id of an actor in all articles, how it was linked: one of BY).

    number   the number of its article in the corpus
    """
    if actor.found_by != "machine":
        return actor.actor_id, actor.found_by
    if full(actor.name_ar, actor.type, known):
        return f"name:{' '.join(countries.key(actor.name_ar))}", "full name"
    return f"{number}:{actor.actor_id}", "article"


def full(name: str, type_: str, known: Known) -> bool:
    """Whether a name is full enough to identify the same actor in other articles.

    A person's name needs two words, not counting those that only begin a part of it (أبو، بن، عبد); a group's needs
    two. An organisation's needs, after its noun, a word without the article (شركة رواسي) or a country: وزارة الصحة can
    be that of any country. An acronym needs three letters.
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
