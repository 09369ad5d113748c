"""Aligns the attributions of two annotations of one text, one to one.

A span counts as the set of words that it overlaps, so that proclitics, suffixes and quotation marks make no difference;
a complementiser at the beginning of a content is dropped. Words, complementisers and the article are defined here and
not read from the lexicon, since measures must not change when the lexicon grows.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from helpers.evaluation.gold_texts import Attribution, Extent

HALF = 0.5

_MARK = "\u064b-\u065f\u0670\u0640"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARK}])*")
_MARKS = re.compile(f"[{_MARK}]")
_THAT = frozenset(("أن", "إن", "ان", "بأن", "بان", "وأن", "وإن"))
_ARTICLE = re.compile("^(?:و(?=ال))?(?:ال|لل)")


@dataclass(frozen=True, slots=True)
class Words:
    """An attribution as sets of word indices.

    other   the words of `source_alt`
    names   the words, as text without the article, that can name the source
    """

    cues: tuple[frozenset[int], ...]
    source: frozenset[int]
    other: frozenset[int]
    content: frozenset[int]
    names: frozenset[str]
    optional: bool

    def meets(self, other: "Words") -> bool:
        """Whether the cues share a word."""
        return any(not cue.isdisjoint(its) for cue in self.cues for its in other.cues)

    def same_cue(self, other: "Words") -> bool:
        """Whether a cue has the same words in both."""
        return any(cue in other.cues for cue in self.cues)

    def source_overlap(self, predicted: "Words") -> float:
        """The Jaccard overlap of the predicted source with this one or with its `other`, whichever is larger; 0..1."""
        return max(jaccard(self.source, predicted.source), jaccard(self.other, predicted.source))

    def accepts_source(self, predicted: "Words") -> bool:
        """Whether the predicted source overlaps by at least half, or neither has one."""
        return not (self.source or predicted.source) or self.source_overlap(predicted) >= HALF

    def carried_by(self, predicted: "Words") -> bool:
        """Whether a prediction is the carrier of this relayed claim, which is not a claim of its own in gold."""
        return jaccard(self.other, predicted.source) >= HALF and dice(self.content, predicted.content) >= HALF


class Reader:
    """Turns the spans of one text into sets of word indices."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = [match.span() for match in _WORD.finditer(text)]
        self.starts, self.ends = [start for start, _ in found], [end for _, end in found]

    def words(self, of: Attribution) -> Words:
        """The attribution as sets of word indices."""
        who = of.source_alt if of.source is None and of.source_alt else of.antecedent
        return Words(
            cues=tuple(self._touched(cue) for cue in (of.cue, *of.cue_alt) if cue),
            source=self._touched(of.source),
            other=self._touched(of.source_alt),
            content=self.without_that(self._touched(of.content)),
            names=self._names(who),
            optional=of.optional,
        )

    def _touched(self, span: Extent | None) -> frozenset[int]:
        return frozenset(range(bisect_right(self.ends, span[0]), bisect_left(self.starts, span[1])) if span else ())

    def touched(self, spans: Iterable[Extent]) -> frozenset[int]:
        """The words that overlap any of the spans."""
        return frozenset().union(*map(self._touched, spans))

    def without_that(self, content: Iterable[int]) -> frozenset[int]:
        """The words of a content without a complementiser at its beginning."""
        kept = sorted(content)
        while kept and _MARKS.sub("", self.text[self.starts[kept[0]] : self.ends[kept[0]]]) in _THAT:
            kept.pop(0)
        return frozenset(kept)

    def _names(self, span: Extent | None) -> frozenset[str]:
        found = _WORD.findall(self.text[slice(*span)]) if span else ()
        bare = (_ARTICLE.sub("", _MARKS.sub("", word)) for word in found)
        return frozenset(word for word in bare if len(word) >= 3)


def by_word(several: Sequence[Words]) -> dict[int, list[int]]:
    """For each word, the indices of the attributions with it in their cue or content."""
    found: dict[int, list[int]] = {}
    for at, one in enumerate(several):
        for word in one.content.union(*one.cues):
            found.setdefault(word, []).append(at)
    return found


def near(one: Words, places: dict[int, list[int]]) -> list[int]:
    """The attributions in `places` (see `by_word`) that share a word with this one: no others can match it."""
    return sorted({at for word in one.content.union(*one.cues) for at in places.get(word, ())})


def pairs(gold: Sequence[Words], predicted: Sequence[Words]) -> dict[int, int]:
    """Pairs of gold and predicted attributions as {index in gold: index in predicted}, each in at most one pair.

    The best pair is chosen first. The criteria, in order: cues that share a word, the same cue, the Dice overlap of the
    contents (at least 0.5 if the cues share no word), required before optional.
    """
    candidates, places = [], by_word(predicted)
    for i, one in enumerate(gold):
        for j in near(one, places):
            other = predicted[j]
            meets, overlap = one.meets(other), dice(one.content, other.content)
            if meets or overlap >= HALF:
                candidates.append((meets, meets and one.same_cue(other), overlap, not one.optional, i, j))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in sorted(candidates, key=lambda candidate: candidate[:4], reverse=True):
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """The size of the intersection divided by that of the union, 0..1; 0 for two empty sets."""
    return len(one & other) / len(one | other) if one or other else 0.0


def dice(one: frozenset[int], other: frozenset[int]) -> float:
    """Twice the size of the intersection divided by the sum of both sizes, 0..1; 0 for two empty sets."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
