"""What evidence weighs: the scores of each word of an article as each label, and the runs of words that may be names.

What a piece of evidence weighs is added up once and kept. Words that can hardly be part of a name are not looked at any further.
"""

from collections.abc import Iterator
from itertools import islice
from operator import attrgetter
from typing import Any

from helpers.extraction.named.decoder import LOW, SIGNS, Found, Model, Packed, at_least, decode, signs, summed, unpacked
from helpers.extraction.named.evidence import Evidence
from helpers.extraction.named.phrases import SAYS, Say

KEPT = 50_000  # pieces of evidence of a kind whose weight is kept
BEGIN_SIGNS = signs(0, 2, 4)
START = at_least((-4.5, 0, -4.5, 0, -4.5, 0))  # the logits under which a word begins no name; sums are told from here
GOES_ON = at_least((-4.5, -5.5, -4.5, -5.5, -4.5, -5.5)) - START  # under which it does not go on in one


class Weighed(dict[str, "_OfKind"]):
    """What each piece of evidence weighs, by its kind and its key, worked out once; that of `shapes` is told from START."""

    def __init__(self, model: Model) -> None:
        super().__init__(
            (kind, _OfKind(model, say, START - 5 * LOW if kind == "shapes" else 0)) for kind, say in SAYS.items()
        )


class _OfKind(dict[Any, Packed]):
    def __init__(self, model: Model, say: Say, start: Packed) -> None:
        self._model, self._say, self._start = model, say, start

    def __missing__(self, key: object) -> Packed:
        found = self._model.sum(self._say(key)) + self._start
        if len(self) < KEPT:
            self[key] = found
        return found


class Scores:
    """The scores of each word of an article as each label."""

    def __init__(self, evidence: Evidence, weighed: Weighed) -> None:
        shapes = evidence.shapes
        rows = map(attrgetter("weigh"), evidence.padded)
        around = zip(shapes, islice(shapes, 1, None), islice(shapes, 2, None), strict=False)
        sums = summed(map(weighed["shapes"].__getitem__, around), rows)
        evidence.add(sums, weighed)
        self._sums = sums
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
