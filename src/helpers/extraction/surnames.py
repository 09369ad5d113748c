"""Countries and demonyms that are part of a person's name: كوبا هاردينغ, طارق السوداني."""

from collections.abc import Sequence

from msgspec import structs

from helpers.extraction.person_names import definite
from helpers.extraction.texts import Text
from helpers.lexicon.entries import Actors
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role
from helpers.records.mentions import Mention


def outside_names(text: Text, mentions: Sequence[Mention], actors: Actors) -> list[Mention]:
    """The mentions without the countries and demonyms that are part of a person's name: كوبا هاردينغ, طارق السوداني.

    A surname that is left out once is also left out after a verb of speech.
    Returns   the remaining mentions, numbered again.
    """
    dropped: set[int] = set()
    surnames: set[str] = set()
    for number, mention in enumerate(mentions):
        if actors.by_id[mention.actor_id].type != "state":
            continue  # only countries and demonyms, not movements or persons
        at = text.inside(mention.span.start, mention.span.end)[0]
        demonym = mention.via == "demonym" and definite(text.words[at])
        if demonym and (_surname(text, at) or (text.words[at] in surnames and at and text.kinds[at - 1].finite)):
            dropped.add(number)
            surnames.add(text.words[at])
        elif mention.via == "name" and text.starts[at] == mention.span.start and _given_name(text, at):
            dropped.add(number)
    if not dropped:
        return list(mentions)
    kept = [mention for number, mention in enumerate(mentions) if number not in dropped]
    return [structs.replace(mention, mention_id=f"m{number}") for number, mention in enumerate(kept, 1)]


def _surname(text: Text, at: int) -> bool:
    """Whether a demonym with the article is a surname: it follows a given name, or a name that begins with one."""
    if text.written(at).endswith(letters().feminine) or not at or text.gaps[at]:
        return False
    if text.role(at - 1, Role.given):
        return True
    before = text.kinds[at - 1]
    unknown = not before.kind and not before.roles and not before.hits and not definite(text.words[at - 1])
    return unknown and at > 1 and not text.gaps[at - 1] and text.role(at - 2, Role.given | Role.name_part)


def _given_name(text: Text, at: int) -> bool:
    """Whether the name of a country is a person's given name: after a verb of speech, before one unlisted word.

    A content or a mark after that word shows that the word is not an adverb of manner.
    """
    after = at + 1
    if not at or after + 1 > len(text.words) - 1 or text.gaps[at] or text.gaps[after]:
        return False
    titled = text.kinds[at - 1].kind == "person" and definite(text.words[at - 1])
    if (titled or text.kinds[at - 1].finite) and text.role(after, Role.given | Role.name_part):
        return (
            not text.words[after].startswith(letters().joining)
            or text.role(after, Role.whole)
            or not text.role(after, Role.joined)
        )
    if not text.kinds[at - 1].finite:
        return False
    kind, word = text.kinds[after], text.words[after]
    unknown = not kind.kind and not kind.roles & ~Role.given and not kind.hits and not definite(word)
    marked = bool(text.gaps[after + 1]) or text.role(after + 1, Role.that | Role.that_pronoun)
    return (
        unknown
        and marked
        and len(word) > 2
        and not word.startswith(letters().prefixed_or_like)
        and not word.endswith(letters().bare_alef)
    )
