"""Found names beside the mentions of a lexicon: which take the place of one, which are the lexicon's own."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import structs

from helpers.extraction.named.forms import Form
from helpers.extraction.texts import Text
from helpers.lexicon.entries import Actors
from helpers.records.mentions import Mention

STATES = ("state", "states")


def words(text: Text, mentions: Iterable[Mention], actors: Actors) -> set[int]:
    """The words of mentions of actors that are no states: nothing else is found there but a longer name."""
    found: set[int] = set()
    for mention in mentions:
        if actors.by_id[mention.actor_id].type not in STATES:
            found.update(range(*text.inside(mention.span.start, mention.span.end)))
    return found


def places(text: Text, mentions: Iterable[Mention], actors: Actors) -> dict[int, tuple[int, str]]:
    """The mentions of actors that are no states: by the first word the word behind the last, and the actor."""
    found = {}
    for mention in mentions:
        if actors.by_id[mention.actor_id].type not in STATES:
            first, end = text.inside(mention.span.start, mention.span.end)
            found[first] = end, mention.actor_id
    return found


def actor(names: Iterable[Form], listed: Mapping[int, tuple[int, str]]) -> str | None:
    """The actor of a lexicon that found names are: one is a mention of it, or has one behind the noun that it begins with.

    listed   see `places`
    """
    for one in names:
        for first in (one.first, one.first + 1):
            if first in listed and listed[first][0] == one.end:
                return listed[first][1]
    return None


def merged(mentions: Sequence[Mention], made: Iterable[Mention], actors: Actors) -> tuple[Mention, ...]:
    """All mentions in the order of the text, numbered; a lexicon's inside or across a longer found one goes, else the found one."""
    kept: list[Mention] = []
    found = sorted(made, key=lambda m: m.span.start)
    gone: set[int] = set()
    at = 0
    taken: list[Mention] = []
    for one in found:
        while at < len(mentions) and mentions[at].span.end <= one.span.start:
            at += 1
        inside, k = [], at
        while k < len(mentions) and mentions[k].span.start < one.span.end:
            inside.append(k)
            k += 1
        fixed = any(
            mentions[n].made_by == "people"
            or mentions[n].span.end - mentions[n].span.start >= one.span.end - one.span.start
            for n in inside
        )
        if fixed:
            continue
        gone.update(inside)
        taken.append(one)
    kept = [mention for n, mention in enumerate(mentions) if n not in gone]
    both = sorted((*kept, *taken), key=lambda m: (m.span.start, m.span.end))
    return tuple(structs.replace(mention, mention_id=f"m{number}") for number, mention in enumerate(both, 1))
