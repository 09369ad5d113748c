"""Who is named in one article: an actor with how it is known and in which forms it stands there."""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from helpers.lexicon.entries import Actor
from helpers.records.mentions import Mention


class NamedActor(Struct, frozen=True, gc=False):
    """An actor that an article names. Fields as in `data/README.md`.

    actor_id   its key; `machine:…` of one that a machine found
    type       group, state, states, person, institution
    name_ar, name_en   its name; one that a machine romanised begins with ≈
    found_by   how it is known: `lexicon`, `own`, `machine`
    score      how sure the machine is that it is an actor, 0 to 1; None where a lexicon has it
    mentions   how often it is named or described
    forms      its names as they stand in the text, the most frequent first
    why        the evidence that a machine found for its being an actor; empty where a lexicon has it
    joined     by what a machine put its forms together; empty where it has one form, or a lexicon has it
    """

    actor_id: str
    type: str
    name_ar: str
    name_en: str
    found_by: str
    score: float | None
    mentions: int
    forms: tuple[str, ...]
    why: tuple[str, ...]
    joined: tuple[str, ...]


class PerhapsNamed(Struct, frozen=True, gc=False):
    """A name of which the machine is not sure that it is an actor's, and where it stands; no mention of the reading."""

    actor: Actor
    mentions: tuple[Mention, ...]


def named(mentions: Iterable[Mention], by_id: Mapping[str, Actor]) -> tuple[NamedActor, ...]:
    """The actors of some mentions, in the order in which they are first named."""
    forms: dict[str, Counter[str]] = {}
    counts: Counter[str] = Counter()
    for mention in mentions:
        counts[mention.actor_id] += 1
        found = forms.setdefault(mention.actor_id, Counter())
        if mention.via != "description":
            found[mention.span.exact] += 1
    return tuple(_named(by_id[actor_id], counts[actor_id], found) for actor_id, found in forms.items())


def _named(actor: Actor, mentions: int, forms: Counter[str]) -> NamedActor:
    return NamedActor(
        actor.actor_id,
        actor.type,
        actor.name_ar,
        actor.name_en,
        actor.found_by,
        actor.score,
        mentions,
        tuple(form for form, _ in forms.most_common()),
        actor.why,
        actor.joined,
    )
