"""The actors that one article names: how each is known, and the forms of its name in the article."""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from helpers.lexicon.entries import Actor, Actors
from helpers.lexicon.letters import letters
from helpers.records.mentions import Mention
from helpers.text import orthography


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


def named(
    mentions: Iterable[Mention], by_id: Mapping[str, Actor], lexicon: Actors, received: str
) -> tuple[NamedActor, ...]:
    """The actors of mentions, in order of first mention.

    lexicon    the actors of the lexicons, with their spellings
    received   the text that the mentions are of
    """
    forms: dict[str, Counter[str]] = {}
    counts: Counter[str] = Counter()
    for mention in mentions:
        counts[mention.actor_id] += 1
        found = forms.setdefault(mention.actor_id, Counter())
        if mention.via != "description":
            found[form(mention, by_id[mention.actor_id], lexicon, received)] += 1
    return tuple(_named(by_id[actor_id], counts[actor_id], found) for actor_id, found in forms.items())


def form(mention: Mention, actor: Actor | NamedActor, lexicon: Actors, received: str) -> str:
    """The words of a mention as a name: as printed, with the article that is written without its alef after a lam.

    The span of الأمم المتحدة in للأمم المتحدة is لأمم المتحدة, since spans are parts of the text; its form is not.
    """
    exact, start, to = mention.span.exact, mention.span.start, letters().to
    if not start or not exact.startswith(to) or received[start - 1] not in to:
        return exact
    word = exact.split(maxsplit=1)[0]
    article, first = letters().article[0], orthography.fold(word).text
    names = {*orthography.fold(actor.name_ar).text.split()}
    for _, alias in lexicon.begin[first[0] + first]:
        if alias.actor_id == actor.actor_id:
            names.add(orthography.fold(alias.alias).text.split()[0])
    if first in names:
        return exact  # لبنان
    names |= {article + name for name in names}
    return next((begun + exact for begun in (article[0], article) if begun + first in names), exact)


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
