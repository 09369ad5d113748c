"""The actors of one article: those in lexicons, and those that the machine finds named in the article itself.

An actor found with enough confidence is treated like any other, with an id that is valid in this article only; others
are kept apart as possible actors. A name that the user rejected is neither.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count

from msgspec import structs

from helpers.extraction import texts
from helpers.extraction.known import Known
from helpers.extraction.named import doubtful, finder
from helpers.extraction.named.finder import FoundActor
from helpers.extraction.source_names import as_printed
from helpers.extraction.texts import Text
from helpers.lexicon import countries, romanisation
from helpers.lexicon.entries import Actor, Actors
from helpers.lexicon.vocabulary import Vocabulary
from helpers.records.actors import PerhapsNamed
from helpers.records.claims import Claim
from helpers.records.mentions import Mention
from helpers.text import articles, orthography
from helpers.text.articles import Article

BODIES = ("institution", "group")  # types of actors whose names are never part of a person's name

# Kinds of nouns that can head the name of an actor, by type.
NOUNS = {"institution": ("organisation",), "group": ("organisation", "group")}


@dataclass(frozen=True, slots=True)
class ArticleActors:
    """The actors of lexicons and of the article, the mentions, and the possible actors."""

    actors: Actors
    mentions: tuple[Mention, ...]
    perhaps: tuple[PerhapsNamed, ...]


def find(
    article: Article, known: Known, listed: Sequence[Mention], claims: Sequence[Claim], text: Text | None = None
) -> ArticleActors:
    """Find the actors named in an article.

    listed    the mentions of actors in lexicons, in order
    claims    the claims, annotated by people or found by machine
    text      the words of the article, if the caller has them
    Returns   mentions in the order of the text, numbered m1, m2, …; no two overlap. A name found with enough confidence
              replaces a lexicon's mention inside it (جامعة القاهرة is not Egypt); a possible one does not. What is only
              spelled like a name in a lexicon is none (see `named.doubtful`), or a possible one.
    """
    text = text or texts.read(article, known.vocabulary)
    found = finder.find(article, known, listed, claims=claims, text=text)
    everybody: Sequence[FoundActor] = found.actors
    if known.rejected:
        everybody = [one for one in everybody if countries.key(one.name) not in known.rejected]
    made = _actors(everybody, known.vocabulary)
    theirs = [mention for each in found.mentions if (mention := _theirs(each, made, known.actors))]
    theirs = _no_person_around_a_body(theirs, listed, made.values(), known.actors)
    by_id = {actor.actor_id: actor for actor in made.values()}
    sure = [m for m in theirs if (m.score or 0) >= finder.THRESHOLD]
    everywhere = sorted((*sure, *_beside(listed, sure)), key=lambda m: m.span.start)
    kept, unresolved = doubtful.apart(text, everywhere, known.actors, by_id, known.names.clues)
    numbered = tuple(structs.replace(mention, mention_id=f"m{number}") for number, mention in enumerate(kept, 1))
    places: dict[str, list[Mention]] = {}
    for mention in _beside([m for m in theirs if (m.score or 0) < finder.THRESHOLD], sure):
        if mention.actor_id in by_id:
            places.setdefault(mention.actor_id, []).append(mention)
    for mention in unresolved:
        places.setdefault(mention.actor_id, []).append(mention)
    everyone = known.actors.by_id | by_id if unresolved else by_id
    perhaps = tuple(PerhapsNamed(everyone[actor_id], tuple(mentions)) for actor_id, mentions in places.items())
    here = {m.actor_id: by_id[m.actor_id] for m in sure if m.actor_id in by_id}
    actors = replace(known.actors, by_id=known.actors.by_id | here) if here else known.actors
    return ArticleActors(actors, numbered, perhaps)


def _no_person_around_a_body(
    theirs: list[Mention], listed: Sequence[Mention], made: Iterable[Actor], known: Actors
) -> list[Mention]:
    """The mentions without those of persons whose name would contain an organisation or group (طالبان كحصن)."""
    persons = {actor.actor_id for actor in made if actor.type == "person"}
    bodies = [m for m in listed if known.by_id[m.actor_id].type in BODIES]
    kept = {id(m) for m in _beside([m for m in theirs if m.actor_id in persons], bodies)} if bodies else set()
    return [m for m in theirs if m.actor_id not in persons or id(m) in kept] if bodies else theirs


def _theirs(mention: Mention, made: Mapping[str, Actor], known: Actors) -> Mention | None:
    """A mention by the finder, of an actor of the article or of a lexicon; None if it is a lexicon's own mention."""
    if mention.score is None:
        return None
    if actor := made.get(mention.actor_id):
        return structs.replace(mention, actor_id=actor.actor_id)
    listed = known.by_id.get(mention.actor_id)
    return structs.replace(mention, found_by=listed.found_by) if listed else None


def _actors(found: Iterable[FoundActor], vocabulary: Vocabulary) -> dict[str, Actor]:
    """The actors by the finder's ids; their final ids are made from their names: machine:salim_al_najjar."""
    made: dict[str, Actor] = {}
    taken: set[str] = set()
    for one in found:
        name = as_printed(one.name)
        in_english = english(name, one.type, vocabulary)
        actor_id = slug = _slug(in_english)
        if slug in taken:
            actor_id = next(each for number in count(2) if (each := f"{slug}_{number}") not in taken)
        taken.add(actor_id)
        made[one.actor_id] = Actor(actor_id, one.type, name, in_english, "machine", one.score, one.why, one.joined)
    return made


@lru_cache(maxsize=8192)  # names recur within an article and between articles
def _slug(in_english: str) -> str:
    """The id of an actor, from its name in Latin letters, which are guessed for one that English pages print in Arabic."""
    latin = romanisation.tables().of(in_english.removeprefix(romanisation.MARK).partition(" · ")[0].strip())
    return f"machine:{articles.slug(latin).lower().replace('-', '_')}"


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    return orthography.fold(word).text


def _beside(mentions: Sequence[Mention], taken: Sequence[Mention]) -> list[Mention]:
    """The mentions that overlap none of `taken`. Both are in the order of the text, and neither overlaps itself."""
    ordered = sorted(taken, key=lambda m: m.span.start)
    starts = [m.span.start for m in ordered]
    kept = []
    for mention in mentions:
        at = bisect_left(starts, mention.span.end)
        if not at or ordered[at - 1].span.end <= mention.span.start:
            kept.append(mention)
    return kept


def english(name: str, type_: str, vocabulary: Vocabulary) -> str:
    """A name in Latin letters, marked as romanised by machine, with the English noun for an organisation or group.

    صحيفة الخليج: ≈ al-Khalij · newspaper. A name without such a noun (الشباب والرياضة) has none in English. A name in
    Latin letters is unchanged.
    """
    first, _, rest = name.partition(" ")
    word = _folded(first)
    noun = vocabulary.english(word) if rest and vocabulary.kind(word) in NOUNS.get(type_, ()) else ""
    latin = romanisation.marked(rest if noun else name, type_ in BODIES, not noun)
    return f"{latin} · {noun}" if noun else latin
