"""The scores of each word of an article for each label, from the weights of its evidence, and runs of possible names.

The weight of a piece of evidence is computed once and cached. Words that are very unlikely in a name are skipped early.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from helpers.extraction.named.decoder import (
    LANES,
    LOW,
    PLACES,
    SIGNS,
    SIX,
    Found,
    Model,
    Packed,
    at_least,
    decode,
    signs,
    unpacked,
)
from helpers.extraction.named.evidence import Evidence
from helpers.extraction.named.phrases import SAYS, Say
from helpers.extraction.named.words import EDGE

KEPT = 50_000  # pieces of evidence of a kind whose weights are cached
BEGIN_SIGNS = signs(0, 2, 4)
START = at_least((-4.5, 0, -4.5, 0, -4.5, 0))  # least logits for a word to begin a name; sums start from this
GOES_ON = at_least((-4.5, -5.5, -4.5, -5.5, -4.5, -5.5)) - START  # the same for a word to continue one


class Weighed(dict[str, "_OfKind"]):
    """The weights of pieces of evidence, by kind and key, each computed once.

    edge   the state before the first word, as if two words without shape preceded it
    """

    def __init__(self, model: Model) -> None:
        super().__init__((kind, _OfKind(model, say)) for kind, say in SAYS.items())
        self.edge = _Shapes(self["shapes"], {}, EDGE.shape, EDGE.shape)


class _OfKind(dict[Any, Packed]):
    def __init__(self, model: Model, say: Say) -> None:
        self._model, self._say = model, say

    def __missing__(self, key: object) -> Packed:
        found = self._model.sum(self._say(key))
        if len(self) < KEPT:
            self[key] = found
        return found


class _Shapes(dict[str, tuple[Packed, "_Shapes"]]):
    """The state after two words, by their shapes: for each shape that can follow, the second word's weight plus START.

    With the weight is the state after the second word and the next one, so that a text needs one look-up per word.
    """

    def __init__(self, weighed: _OfKind, known: dict[tuple[str, str], "_Shapes"], before: str, shape: str) -> None:
        self._weighed, self._known, self._before, self._shape = weighed, known, before, shape

    def __missing__(self, after: str) -> tuple[Packed, "_Shapes"]:
        pair = self._shape, after
        behind = self._known.get(pair)
        if behind is None:
            behind = self._known[pair] = _Shapes(self._weighed, self._known, *pair)
        weight = self._weighed[self._before, self._shape, after] + START - len(PLACES) * LOW
        found = self[after] = weight, behind
        return found


def _sums(evidence: Evidence, shapes: _Shapes) -> list[Packed]:
    """The weights of each word with its neighbours, plus START."""
    around, found = 0, []
    words = evidence.padded
    for one in words[:4]:
        around = (around >> SIX) + one.weigh
    for one in words[2:3]:
        _, shapes = shapes[one.shape]
    for far, next_ in zip(islice(words, 4, None), islice(evidence.shapes, 2, None), strict=True):
        around = (around >> SIX) + far.weigh
        own, shapes = shapes[next_]
        found.append(own + (around & LANES))
    return found


class Scores:
    """The scores of each word of an article for each label."""

    def __init__(self, evidence: Evidence, weighed: Weighed) -> None:
        self._sums = _sums(evidence, weighed.edge)
        evidence.add(self._sums, weighed)
        self._sentences = evidence.text.sentences

    def __getitem__(self, at: int) -> list[int]:
        return unpacked(self._sums[at] - START)

    def names(self, model: Model, bonus: float) -> Iterator[Found]:
        """The names that the model finds, in order. `bonus` as for `decoder.decode`."""
        sums, alone = self._sums, model.alone(bonus) - START
        for first, end in self.likely():
            if end - first == 1 and not sums[first] + alone & BEGIN_SIGNS:
                continue
            for one in decode([unpacked(score - START) for score in sums[first:end]], model, bonus):
                yield Found(first + one.first, first + one.end, one.kind, one.gain)

    def likely(self) -> Iterator[tuple[int, int]]:
        """The ranges of words that can be names: a word that can begin a name, and those after it that can continue one."""
        sums = self._sums
        begins = [at for at, score in enumerate(sums) if score & BEGIN_SIGNS]
        ends = {end for _, end in self._sentences}
        past = 0
        for first in begins:
            if first < past:
                continue
            past = first + 1
            while past < len(sums) and past not in ends and sums[past] + GOES_ON & SIGNS:
                past += 1
            yield first, past
