"""What tells of each word of an article that it is part of a name: the word, its neighbours, what the article says of it elsewhere.

Evidence comes in pieces, each a key that stands for a few phrases: what a key weighs is added up once and kept. Words that can
hardly be part of a name are not looked at any further (`Scores.likely`).
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, compress, count, islice, repeat
from operator import add, attrgetter, is_, itemgetter
from typing import cast

from helpers.extraction import spelling
from helpers.extraction.named.decoder import SIGNS, Found, Model, Packed, at_least, decode, signs, unpacked
from helpers.extraction.named.words import EDGE, Seen, Words
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.entries import Actors
from helpers.lexicon.vocabulary import Role
from helpers.records.mentions import Mention

Key = tuple[object, ...]
GAPS = {name: bit for name, bit in vars(Gap).items() if isinstance(bit, int)}
BREAKS = Gap.comma | Gap.semicolon | Gap.colon | Gap.stop | Gap.line | Gap.closing
FAR = 6  # words over which the noun of a body, or a title, tells of what follows
QUOTED = 5  # words of a quotation that may be a name
CLAUSE = Role.relative | Role.that | Role.that_pronoun | Role.verb | Role.auxiliary | Role.negation
KEPT = 200_000  # pieces of evidence whose weight is kept
BEGINS = at_least((-4.5, 0, -4.5, 0, -4.5, 0))  # logits under which a word begins no name
BEGIN_SIGNS = signs(0, 2, 4)
GOES_ON = at_least((-4.5, -5.5, -4.5, -5.5, -4.5, -5.5))  # under which it does not go on in one
SPORT = 50  # one word of sport in so many makes an article one on sport
PEOPLES = frozenset(("people", "people definite"))
FAR_BEHIND, BEHIND, THERE, AHEAD, FAR_AHEAD = map(itemgetter, range(5))  # what a word weighs (`Seen.weigh`), by where


def seen(text: Text, words: Words) -> list[Seen]:
    """What is to be seen of each word by itself."""
    received, kept = text.received, words.get
    spelled = list(map(received.__getitem__, map(slice, text.starts, text.ends)))
    met = list(map(kept, spelled))
    if not all(met):
        met = [one or words.look(*both) for one, both in zip(met, zip(spelled, text.words, strict=True), strict=True)]
    found = cast(list[Seen], met)
    for at in compress(count(), map(is_, text.kinds, repeat(spelling.PLAIN))):
        found[at] = words.spelled
    alike = words.look_alikes
    for at in compress(count(), map(alike.__contains__, text.words)):
        found[at] = words.look_alike(text.words[at], text.kinds[at] is spelling.NAME)
    return found


class Evidence:
    """The pieces of evidence of each word of an article."""

    def __init__(self, text: Text, mentions: Sequence[Mention], actors: Actors, words: Sequence[Seen]) -> None:
        self.text, self.seen = text, words
        self.padded = [EDGE, EDGE, *words, EDGE, EDGE]
        self._mentions, self._actors = mentions, actors
        self._shapes = list(map(attrgetter("shape"), self.padded))

    def shapes(self) -> Iterator[Key]:
        """The shape of each word with those of its neighbours, as a piece of evidence."""
        return zip(repeat("shapes"), *self.around(), strict=False)

    def around(self) -> tuple[list[str], list[str], list[str]]:
        """The shapes of the words before each word, of each word, and of the words behind each."""
        return self._shapes[1:-3], self._shapes[2:-2], self._shapes[3:-1]

    def pieces(self) -> Iterator[tuple[int, Key]]:
        """What else tells of words: the number of a word, and a piece of evidence of it."""
        text, words, shapes = self.text, self.seen, self.around()[1]
        return chain(
            _marks(text),
            _quoted(text),
            _listed(text, self._mentions, self._actors),
            _heads(text, words),
            _peoples(text, words, shapes),
            _elsewhere(text, words, shapes),
            _sport(words, shapes),
        )


def features(evidence: Evidence) -> list[list[str]]:
    """What tells of each word, as phrases: what the weights are fitted on."""
    found = []
    for at, key in enumerate(evidence.shapes()):
        around = zip(AROUND, evidence.padded[at : at + 5], strict=True)
        found.append([f"{d} {feature}" for d, word in around for feature in word.at(d)] + phrases(key))
    for at, key in evidence.pieces():
        found[at] += phrases(key)
    return found


AROUND = (-2, -1, 0, 1, 2)


def phrases(key: Key) -> list[str]:
    """The phrases that a piece of evidence stands for."""
    return list(SAYS[str(key[0])](*key[1:]))


def _say_shapes(before: str, shape: str, after: str) -> Iterator[str]:
    yield "any word"
    yield f"{before} > {shape}"
    yield f"{shape} < {after}"
    yield f"{before} > {shape} < {after}"


def _say_after(gap: int) -> Iterator[str]:
    yield from (f"after {name}" for name, bit in GAPS.items() if gap & bit)


def _say_before(gap: int) -> Iterator[str]:
    yield from (f"before {name}" for name, bit in GAPS.items() if gap & bit)


def _say_begins() -> Iterator[str]:
    yield "begins sentence"


def _say_quoted(words: int, opens: bool) -> Iterator[str]:
    yield f"in quotation of {words}"
    yield "opens short quotation" if opens else "in short quotation"


def _say_listed(where: str, what: str) -> Iterator[str]:
    yield f"{where} {what}"


def _say_heads(kind: str, far: int, small: int, shape: str) -> Iterator[str]:
    yield f"{kind} {far} before"
    yield f"{kind} before, {small} small"
    yield f"body {far} before, {small} small, {shape}"


def _say_titles(far: int) -> Iterator[str]:
    yield f"title {far} before"


def _say_elsewhere(times: int, after: tuple[str, ...]) -> Iterator[str]:
    yield f"{times} times"
    yield from (f"elsewhere after {shape}" for shape in after)


def _say_people(noun: bool, definite: bool) -> Iterator[str]:
    yield f"a people{' after a noun' if noun else ''}{', definite' if definite else ''}"


def _say_sport(shape: str) -> Iterator[str]:
    yield f"sport, {shape}"


SAYS: dict[str, Callable[..., Iterator[str]]] = {
    "shapes": _say_shapes,
    "after": _say_after,
    "before": _say_before,
    "begins": _say_begins,
    "quoted": _say_quoted,
    "listed": _say_listed,
    "heads": _say_heads,
    "titles": _say_titles,
    "elsewhere": _say_elsewhere,
    "people": _say_people,
    "sport": _say_sport,
}


class Weighed(dict[Key, Packed]):
    """What each piece of evidence weighs, worked out once; `shapes` the same of shapes, which each word has."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.shapes = _Shapes(model)

    def __missing__(self, key: Key) -> Packed:
        found = self._model.sum(phrases(key))
        if len(self) < KEPT:
            self[key] = found
        return found


class _Shapes(dict[tuple[str, str, str], Packed]):
    """What the shape of a word with those of its neighbours weighs, worked out once."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def __missing__(self, shapes: tuple[str, str, str]) -> Packed:
        found = self._model.sum(_say_shapes(*shapes))
        if len(self) < KEPT:
            self[shapes] = found
        return found


class Scores:
    """The scores of each word of an article as each label."""

    def __init__(self, evidence: Evidence, weighed: Weighed) -> None:
        rows = list(map(attrgetter("weigh"), evidence.padded))
        sums = map(weighed.shapes.__getitem__, zip(*evidence.around(), strict=True))
        for at, weight in enumerate((FAR_BEHIND, BEHIND, THERE, AHEAD, FAR_AHEAD)):
            sums = map(add, sums, map(weight, islice(rows, at, None)))
        self._sums = list(sums)
        for at, key in evidence.pieces():
            self._sums[at] += weighed[key]
        self._sentences = evidence.text.sentences

    def __getitem__(self, at: int) -> list[int]:
        return unpacked(self._sums[at])

    def names(self, model: Model, bonus: float) -> Iterator[Found]:
        """The names that the model finds, in order; `bonus` as for `decoder.decode`."""
        sums, alone = self._sums, model.alone(bonus)
        for first, end in self.likely():
            if end - first == 1 and not sums[first] + alone & BEGIN_SIGNS:
                continue
            for one in decode(list(map(unpacked, sums[first:end])), model, bonus):
                yield Found(first + one.first, first + one.end, one.kind, one.gain)

    def likely(self) -> Iterator[tuple[int, int]]:
        """The runs of words that may be names, as ranges: one that may begin a name, and what may go on in one."""
        sums = self._sums
        begins = [at for at, score in enumerate(sums) if score + BEGINS & BEGIN_SIGNS]
        ends = {end for _, end in self._sentences}
        past = 0
        for first in begins:
            if first < past:
                continue
            past = first + 1
            while past < len(sums) and past not in ends and sums[past] + GOES_ON & SIGNS:
                past += 1
            yield first, past


def _marks(text: Text) -> Iterator[tuple[int, Key]]:
    words = len(text.words)
    for at in compress(count(), text.gaps):
        if at < words:
            yield at, ("after", text.gaps[at])
        if at:
            yield at - 1, ("before", text.gaps[at])
    for first, end in text.sentences:
        if first < end:
            yield first, ("begins",)


def _quoted(text: Text) -> Iterator[tuple[int, Key]]:
    for first, end in text.opens.items():
        if end - first <= QUOTED:
            for at in range(first, end):
                yield at, ("quoted", end - first, at == first)


def _listed(text: Text, mentions: Sequence[Mention], actors: Actors) -> Iterator[tuple[int, Key]]:
    for mention in mentions:
        first, end = text.inside(mention.span.start, mention.span.end)
        what = f"{actors.by_id[mention.actor_id].type} {mention.via}"
        yield first, ("listed", "begins", what)
        for at in range(first + 1, end):
            yield at, ("listed", "in", what)
        if first:
            yield first - 1, ("listed", "before", what)
        if end < len(text.words):
            yield end, ("listed", "behind", what)


def _heads(text: Text, words: Sequence[Seen]) -> Iterator[tuple[int, Key]]:
    """Of the words that follow them, the noun of a body and the title before them."""
    for lead in compress(count(), map(attrgetter("leads"), words)):
        head, title, small = words[lead].head_kind, words[lead].person, 0
        for at in range(lead + 1, min(lead + 1 + FAR, len(words))):
            if text.gaps[at] & BREAKS or text.kinds[at].roles & CLAUSE:
                break
            if head:
                yield at, ("heads", head, at - lead, small, words[at].shape)
            if title:
                yield at, ("titles", at - lead)
            if text.kinds[at].roles & Role.preposition:
                small += 1
                title = False
            if words[at].head:
                head = ""
            if words[at].person:
                title = False
            if not (head or title):
                break


def _peoples(text: Text, words: Sequence[Seen], shapes: Sequence[str]) -> Iterator[tuple[int, Key]]:
    """Whether the name of a people stands for itself, or only says of the noun before it of whom it is."""
    for at in compress(count(), map(PEOPLES.__contains__, shapes)):
        before = words[at - 1] if at and not text.gaps[at] and not words[at].lead else EDGE
        noun = before.definite or before.shape in ("person", "group") or before.shape.startswith("common")
        yield at, ("people", noun, words[at].definite)


def _elsewhere(text: Text, words: Sequence[Seen], shapes: Sequence[str]) -> Iterator[tuple[int, Key]]:
    """What stands before the other places of a word that may be a name."""
    first: dict[str, int] = {}
    places: dict[str, list[int]] = {}
    for at in compress(count(), map(attrgetter("countable"), words)):
        stem = words[at].stem
        before = first.setdefault(stem, at)
        if before != at:
            places.setdefault(stem, [before]).append(at)
    for many in places.values():
        before_each = ["mark" if text.gaps[at] else shapes[at - 1] if at else "none" for at in many]
        counts: dict[str, int] = {}
        for shape in before_each:
            counts[shape] = counts.get(shape, 0) + 1
        times, whole = min(len(many), 5), tuple(sorted(counts))
        for at, own in zip(many, before_each, strict=True):
            others = whole if counts[own] > 1 else tuple([shape for shape in whole if shape != own])
            yield at, ("elsewhere", times, others)


def _sport(words: Sequence[Seen], shapes: Sequence[str]) -> Iterator[tuple[int, Key]]:
    """The shape of each word of an article on sport."""
    if sum(map(attrgetter("sport"), words)) * SPORT >= len(words):
        yield from enumerate(zip(repeat("sport"), shapes, strict=False))
