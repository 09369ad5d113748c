"""Which attribution goes with which: two annotations of one text, brought to words and aligned one to one.

A span counts as the set of the words that it touches, so proclitics, suffixes and quotation marks decide nothing; a
complementiser at the head of a content is dropped. Words, complementisers and the article are fixed here and not read
from the lexicon: a lexicon that grows must not move the yardstick.
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
    """An attribution as sets of word numbers.

    other   the words of `source_alt`
    names   the words themselves that can name who is meant, without the article
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
        """Whether a cue is the same words in both."""
        return any(cue in other.cues for cue in self.cues)

    def source_overlap(self, predicted: "Words") -> float:
        """The Jaccard overlap of the predicted source with this one, or with its other source if that is more; 0..1."""
        return max(jaccard(self.source, predicted.source), jaccard(self.other, predicted.source))

    def accepts_source(self, predicted: "Words") -> bool:
        """Whether the predicted source overlaps by half, or neither has one."""
        return not (self.source or predicted.source) or self.source_overlap(predicted) >= HALF

    def carried_by(self, predicted: "Words") -> bool:
        """Whether a prediction is the carrier of this relayed claim, which is no claim of its own here."""
        return jaccard(self.other, predicted.source) >= HALF and dice(self.content, predicted.content) >= HALF


class Reader:
    """Turns the spans of one text into words."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = [match.span() for match in _WORD.finditer(text)]
        self.starts, self.ends = [start for start, _ in found], [end for _, end in found]

    def words(self, of: Attribution) -> Words:
        """The attribution in words of the text."""
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
        """The words that any of several spans touches."""
        return frozenset().union(*map(self._touched, spans))

    def without_that(self, content: Iterable[int]) -> frozenset[int]:
        """The words of a content less a complementiser at its head."""
        kept = sorted(content)
        while kept and _MARKS.sub("", self.text[self.starts[kept[0]] : self.ends[kept[0]]]) in _THAT:
            kept.pop(0)
        return frozenset(kept)

    def _names(self, span: Extent | None) -> frozenset[str]:
        found = _WORD.findall(self.text[slice(*span)]) if span else ()
        bare = (_ARTICLE.sub("", _MARKS.sub("", word)) for word in found)
        return frozenset(word for word in bare if len(word) >= 3)


def by_word(several: Sequence[Words]) -> dict[int, list[int]]:
    """Which of several attributions have a word in a cue or in their content, by the number of the word."""
    found: dict[int, list[int]] = {}
    for at, one in enumerate(several):
        for word in one.content.union(*one.cues):
            found.setdefault(word, []).append(at)
    return found


def near(one: Words, places: dict[int, list[int]]) -> list[int]:
    """Those of `by_word` that an attribution shares a word with: no others can meet it, or overlap with it."""
    return sorted({at for word in one.content.union(*one.cues) for at in places.get(word, ())})


def pairs(gold: Sequence[Words], predicted: Sequence[Words]) -> dict[int, int]:
    """Which of gold goes with which prediction, by index; each is in one pair at most, the best pair comes first.

    Best is: a cue shared, then the same cue, then the Dice overlap of the contents (0.5 or more where the cues share
    no word), then required before optional.
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
    """Shared words as a share of all words of the two, 0..1; 0 for two empty sets."""
    return len(one & other) / len(one | other) if one or other else 0.0


def dice(one: frozenset[int], other: frozenset[int]) -> float:
    """Twice the shared words as a share of the two lengths together, 0..1; 0 for two empty sets."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
