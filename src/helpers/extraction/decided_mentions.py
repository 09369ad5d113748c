"""Combines mentions on which people decided with those that the machine finds."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from msgspec import structs

from helpers.extraction import actors
from helpers.extraction.actors import ArticleActors
from helpers.lexicon.entries import Actor, Actors
from helpers.lexicon.vocabulary import Vocabulary
from helpers.records.mentions import Mention
from helpers.records.sources import Source
from helpers.text import orthography

DESCRIPTION = "description"


def joined(
    here: ArticleActors, decided: Sequence[Mention], rejected: Sequence[Mention], vocabulary: Vocabulary
) -> tuple[Actors, tuple[Mention, ...]]:
    """The actors of an article, and its mentions in the order of the text, with those that people added and without
    those that they rejected.

    A mention on which people decided replaces all others that overlap it. An actor that a machine found and people
    accepted remains one even if the machine no longer finds it.
    """
    by_id = here.actors.by_id
    lost = {m.actor_id: _actor(m, vocabulary) for m in decided if m.actor_id not in by_id}
    everybody = replace(here.actors, by_id=by_id | lost) if lost else here.actors
    if not decided and not rejected:
        return everybody, here.mentions
    out = {(m.span.start, m.span.end, m.actor_id) for m in rejected}
    named = sorted((m.span.start, m.span.end) for m in decided if m.via != DESCRIPTION)
    kept = [m for m in here.mentions if (m.span.start, m.span.end, m.actor_id) not in out and not _over(m, named)]
    ids = {m.mention_id for m in decided}
    kept = [structs.replace(m, mention_id=f"{m.mention_id}_machine") if m.mention_id in ids else m for m in kept]
    return everybody, tuple(sorted((*kept, *decided), key=lambda m: (m.span.start, m.span.end)))


def _over(mention: Mention, named: list[tuple[int, int]]) -> bool:
    """Whether a mention overlaps one of `named`, which are in order."""
    at = bisect_left(named, (mention.span.end, 0))
    return any(end > mention.span.start for _, end in named[max(at - 3, 0) : at])


def _actor(mention: Mention, vocabulary: Vocabulary) -> Actor:
    """An actor made from the words that people accepted as its name."""
    name = " ".join(mention.span.exact.split())
    body = vocabulary.kind(orthography.fold(name.partition(" ")[0]).text) in actors.NOUNS["institution"]
    type_ = "institution" if body else "person"
    return Actor(mention.actor_id, type_, name, actors.english(name, type_, vocabulary), "machine", 1.0)


def known(sources: Sequence[Source], everybody: Actors) -> tuple[Source, ...]:
    """Sources, without those of their actors that a machine once found in the article but no longer finds."""
    return tuple(
        structs.replace(
            source,
            actor_ids=tuple(each for each in source.actor_ids if each in everybody.by_id),
            affiliation_ids=tuple(each for each in source.affiliation_ids if each in everybody.by_id),
        )
        for source in sources
    )
