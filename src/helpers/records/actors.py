"""The actors that one article names: how each is known, and the forms of its name in the article."""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from helpers.lexicon.entries import Actor
from helpers.records.mentions import Mention


class NamedActor(Struct, frozen=True, gc=False):
    """An actor that an article names. Fields as in `data/README.md`.

    actor_id   its key; `machine:…` if a machine found it
    type       group, state, states, person, institution
    name_ar, name_en   its name; ≈ precedes one that was romanised by machine
    found_by   how it is known: `lexicon`, `own` (the user's own lexicon), `machine` (in the article)
    score      the machine's confidence that it is an actor, 0 to 1; None if it is in a lexicon
    mentions   the number of times that it is named or described
    forms      its names as printed, the most frequent first
    why        the machine's evidence that it is an actor; empty if it is in a lexicon
    joined     why the machine took its forms for one actor; empty if it has one form or is in a lexicon
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
    """A possible actor, of which the machine is not confident, with its spans; these are not mentions of the reading."""

    actor: Actor
    mentions: tuple[Mention, ...]


def named(mentions: Iterable[Mention], by_id: Mapping[str, Actor]) -> tuple[NamedActor, ...]:
    """The actors of mentions, in order of first mention."""
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
