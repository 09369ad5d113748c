"""States named by their capitals, as speakers: أعلنت موسكو. A capital where something happens is only a place."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import structs

from helpers.extraction.texts import Text
from helpers.files import csv_rows, paths
from helpers.lexicon import countries
from helpers.lexicon.entries import Actors
from helpers.records.mentions import Mention

Capitals = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
VIA = "capital"
SHE = "3fs"  # the agreement of a verb with a city


def load(actors: Actors) -> Capitals:
    """Read `capitals.csv`: by the first word of each capital, its other words and its state.

    Raises    InputError for an unknown state.
    """
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in csv_rows.read(paths.lexicon("capitals.csv"), ("capital", "actor_id", "note")):
        first, *rest = countries.key(row["capital"])
        found.setdefault(first, []).append((tuple(rest), actors.known(row["actor_id"], row)))
    return {first: tuple(sorted(many, key=lambda pair: -len(pair[0]))) for first, many in found.items()}


def find(text: Text, capitals: Capitals) -> Iterator[Mention]:
    """The mentions of states by a capital directly after a verb of speech that agrees with it, in the order of the text."""
    for at in text.places("capitals", capitals):
        if not at or text.gaps[at] or not any(hit.agreement == SHE for hit in text.kinds[at - 1].hits):
            continue
        for rest, actor_id in capitals[text.words[at]]:
            end = at + 1 + len(rest)
            if tuple(text.words[at + 1 : end]) == rest:
                place = text.article.place(text.starts[at])
                span = text.article.span(text.starts[at], text.ends[end - 1])
                yield Mention("", place.paragraph, place.number, actor_id, span, VIA, "machine")
                break


def beside(text: Text, mentions: Sequence[Mention], capitals: Capitals) -> Sequence[Mention]:
    """Mentions, with those by a capital that overlap none of them, in the order of the text, numbered again."""
    free = [one for one in find(text, capitals) if not any(_overlap(one, other) for other in mentions)]
    if not free:
        return mentions
    both = sorted((*mentions, *free), key=lambda one: (one.span.start, one.span.end))
    return [structs.replace(mention, mention_id=f"m{number}") for number, mention in enumerate(both, 1)]


def _overlap(one: Mention, other: Mention) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end
