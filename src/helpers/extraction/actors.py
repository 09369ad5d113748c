"""The actors of one article: those that lexicons list, and those that the machine finds named in the article itself.

What the machine is sure of is an actor of the article like any other, with an id that holds there alone; of what it is
less sure, the name is kept apart as perhaps named. A name that the user rejected is neither.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from msgspec import structs

from helpers.extraction.known import Known
from helpers.extraction.named import finder
from helpers.extraction.named.finder import FoundActor
from helpers.extraction.source_names import as_printed
from helpers.lexicon import countries, romanisation
from helpers.lexicon.entries import Actor, Actors
from helpers.lexicon.vocabulary import Vocabulary
from helpers.records.actors import PerhapsNamed
from helpers.records.claims import Claim
from helpers.records.mentions import Mention
from helpers.text import orthography
from helpers.text.articles import Article


@dataclass(frozen=True, slots=True)
class Here:
    """Who is named in an article: the actors of lexicons with those of the article, the mentions, who is perhaps named."""

    actors: Actors
    mentions: tuple[Mention, ...]
    perhaps: tuple[PerhapsNamed, ...]


def find(article: Article, known: Known, listed: Sequence[Mention], claims: Sequence[Claim]) -> Here:
    """Find who is named in an article.

    listed    the mentions of the actors that lexicons list, in order
    claims    who says what, as people annotated it or a machine found it
    Returns   mentions in the order of the text, numbered m1, m2, …; no two overlap. A name that the machine is sure of takes
              the place of what a lexicon has inside it (جامعة القاهرة is not Egypt); one that is perhaps named takes nobody's.
    """
    found = finder.find(article, known, listed, claims=claims)
    everybody = {one.actor_id: one for one in found.actors if countries.key(one.name) not in known.rejected}
    sure = {actor_id for actor_id, one in everybody.items() if one.score >= finder.THRESHOLD}
    theirs = [m for m in found.mentions if m.actor_id in everybody]
    certain = [m for m in theirs if m.actor_id in sure]
    kept = [*certain, *_beside(listed, certain)]
    numbered = tuple(
        structs.replace(mention, mention_id=f"m{number}")
        for number, mention in enumerate(sorted(kept, key=lambda m: m.span.start), 1)
    )
    places: dict[str, list[Mention]] = {}
    for mention in _beside([m for m in theirs if m.actor_id not in sure], numbered):
        places.setdefault(mention.actor_id, []).append(mention)
    named = {m.actor_id for m in certain}
    made = {one.actor_id: _actor(one, known.vocabulary) for one in everybody.values() if one.actor_id in named}
    perhaps = tuple(
        PerhapsNamed(_actor(everybody[actor_id], known.vocabulary), tuple(mentions))
        for actor_id, mentions in places.items()
    )
    actors = replace(known.actors, by_id=known.actors.by_id | made) if made else known.actors
    return Here(actors, numbered, perhaps)


def _beside(mentions: Sequence[Mention], taken: Sequence[Mention]) -> list[Mention]:
    """The mentions that overlap none of those that are taken; both in the order of the text, those of one kind apart."""
    ordered = sorted(taken, key=lambda m: m.span.start)
    starts = [m.span.start for m in ordered]
    kept = []
    for mention in mentions:
        at = bisect_left(starts, mention.span.end)
        if not at or ordered[at - 1].span.end <= mention.span.start:
            kept.append(mention)
    return kept


def _actor(found: FoundActor, vocabulary: Vocabulary) -> Actor:
    return Actor(
        found.actor_id,
        found.type,
        (name := as_printed(found.name)),
        english(name, found.type == "person", vocabulary),
        "machine",
        found.score,
        found.why,
        found.joined,
    )


def english(name: str, person: bool, vocabulary: Vocabulary) -> str:
    """A name in Latin letters, marked as romanised by machine; of an organisation or group with the noun that English has for it.

    صحيفة الخليج: ≈ al-Khalij · newspaper. What has no letter to romanise stays as it is.
    """
    words, nouns = name.split(), []
    while not person and len(words) > 1 and (noun := vocabulary.english(orthography.fold(words[0]).text)):
        nouns.append(noun)
        words = words[1:]
    return " · ".join([romanisation.marked(" ".join(words)), *nouns])
