"""What evidence weighs: the scores of each word of an article as each label, and the runs of words that may be names.

What a piece of evidence weighs is added up once and kept. Words that can hardly be part of a name are not looked at any further.
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

KEPT = 50_000  # pieces of evidence of a kind whose weight is kept
BEGIN_SIGNS = signs(0, 2, 4)
START = at_least((-4.5, 0, -4.5, 0, -4.5, 0))  # the logits under which a word begins no name; sums are told from here
GOES_ON = at_least((-4.5, -5.5, -4.5, -5.5, -4.5, -5.5)) - START  # under which it does not go on in one


class Weighed(dict[str, "_OfKind"]):
    """What each piece of evidence weighs, by its kind and its key, worked out once.

    edge   what is known before the first word, of the shapes of the two words before it, of which there are none
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
    """Two words that stand together, by their shapes: what the second weighs, told from START, by the shape behind it.

    With it is what is known of the second and that word: a text is gone through with one look-up a word.
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
    """What each word weighs with its neighbours, told from START."""
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
    """The scores of each word of an article as each label."""

    def __init__(self, evidence: Evidence, weighed: Weighed) -> None:
        self._sums = _sums(evidence, weighed.edge)
        evidence.add(self._sums, weighed)
        self._sentences = evidence.text.sentences

    def __getitem__(self, at: int) -> list[int]:
        return unpacked(self._sums[at] - START)

    def names(self, model: Model, bonus: float) -> Iterator[Found]:
        """The names that the model finds, in order; `bonus` as for `decoder.decode`."""
        sums, alone = self._sums, model.alone(bonus) - START
        for first, end in self.likely():
            if end - first == 1 and not sums[first] + alone & BEGIN_SIGNS:
                continue
            for one in decode([unpacked(score - START) for score in sums[first:end]], model, bonus):
                yield Found(first + one.first, first + one.end, one.kind, one.gain)

    def likely(self) -> Iterator[tuple[int, int]]:
        """The runs of words that may be names, as ranges: one that may begin a name, and what may go on in one."""
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
