"""The names of features for each piece of evidence, as in the rows of `name_weights.csv`."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from helpers.extraction.texts import Gap

GAPS = {name: bit for name, bit in vars(Gap).items() if isinstance(bit, int)}


def _shapes(key: tuple[str, str, str]) -> Iterator[str]:
    """The shape of a word, with those of the words before and after it."""
    before, shape, after = key
    yield "any word"
    yield f"{before} > {shape}"
    yield f"{shape} < {after}"
    yield f"{before} > {shape} < {after}"


def _after(gap: int) -> Iterator[str]:
    yield from (f"after {name}" for name, bit in GAPS.items() if gap & bit)


def _before(gap: int) -> Iterator[str]:
    yield from (f"before {name}" for name, bit in GAPS.items() if gap & bit)


def _begins(_: None) -> Iterator[str]:
    yield "begins sentence"


def _quoted(key: tuple[int, bool]) -> Iterator[str]:
    words, opens = key
    yield f"in quotation of {words}"
    yield "opens short quotation" if opens else "in short quotation"


def _listed(where: str) -> Callable[[tuple[str, str]], Iterator[str]]:
    """A lexicon's mention at a place: the type of the actor, and how it is named."""

    def say(key: tuple[str, str]) -> Iterator[str]:
        yield f"{where} {key[0]} {key[1]}"

    return say


def _heads(key: tuple[str, int, int, str]) -> Iterator[str]:
    """A noun of an organisation before the word: its distance, the prepositions in between, and the word's own shape."""
    kind, far, small, shape = key
    yield f"{kind} {far} before"
    yield f"{kind} before, {small} small"
    yield f"body {far} before, {small} small, {shape}"


def _titles(far: int) -> Iterator[str]:
    yield f"title {far} before"


def _elsewhere(key: tuple[int, tuple[str, ...]]) -> Iterator[str]:
    """The number of occurrences of a word in the article, and the shapes of the words before the others."""
    times, after = key
    yield f"{times} times"
    yield from (f"elsewhere after {shape}" for shape in after)


def _people(key: tuple[bool, bool]) -> Iterator[str]:
    noun, definite = key
    yield f"a people{' after a noun' if noun else ''}{', definite' if definite else ''}"


def _sport(shape: str) -> Iterator[str]:
    yield f"sport, {shape}"


Say = Callable[[Any], Iterator[str]]
SAYS: Mapping[str, Say] = {
    "shapes": _shapes,
    "after": _after,
    "before": _before,
    "begins": _begins,
    "quoted": _quoted,
    **{f"listed {where}": _listed(where) for where in ("begins", "in", "before", "behind")},
    "heads": _heads,
    "titles": _titles,
    "elsewhere": _elsewhere,
    "people": _people,
    "sport": _sport,
}


class Phrases(dict[str, "_OfKind"]):
    """The names of features of each piece of evidence, by kind and key."""

    def __init__(self) -> None:
        super().__init__((kind, _OfKind(say)) for kind, say in SAYS.items())


class _OfKind(dict[Any, list[str]]):
    def __init__(self, say: Say) -> None:
        self._say = say

    def __missing__(self, key: object) -> list[str]:
        found = self[key] = list(self._say(key))
        return found
