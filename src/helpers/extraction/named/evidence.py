"""What tells of each word of an article that it is part of a name: the word, its neighbours, what the article says of it elsewhere.

Evidence comes in pieces, each a key that stands for a few phrases: what a key weighs is added up once and kept. Words that can
hardly be part of a name, by themselves and their neighbours, are not looked at any further (`Scores.likely`).
"""

from collections.abc import Iterable, Iterator, Sequence

from helpers.extraction.named.decoder import Model, Vector
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
GATE = -5.0  # logits: what a word and its neighbours weigh at best under which it is taken for no part of a name
SPORT = 50  # one word of sport in so many makes an article one on sport


def seen(text: Text, words: Words) -> list[Seen]:
    """What is to be seen of each word by itself."""
    received = text.received
    return [words[received[start:end]] for start, end in zip(text.starts, text.ends, strict=True)]


class Evidence:
    """The pieces of evidence of each word of an article."""

    def __init__(self, text: Text, mentions: Sequence[Mention], actors: Actors, words: Sequence[Seen]) -> None:
        self.text, self.seen = text, words
        self._padded = [EDGE, EDGE, *words, EDGE, EDGE]
        self._begins = {first for first, end in text.sentences if first < end}
        self._sport = sum(word.sport for word in words) * SPORT >= len(words)
        self._quoted = dict(_quoted(text))
        self._listed = _listed(text, mentions, actors)
        self._heads, self._titles = _heads(text, words)
        self._elsewhere = dict(_elsewhere(text, words))
        self.marked = {*self._quoted, *self._listed, *(at for at, key in self._heads.items() if key[2] == 1)}

    def around(self, at: int) -> Sequence[Seen]:
        """A word with two before it and two behind it."""
        return self._padded[at : at + 5]

    def keys(self, at: int) -> list[Key]:
        """The pieces of evidence of a word but the words around it."""
        padded, gaps = self._padded, self.text.gaps
        shape = padded[at + 2].shape
        found: list[Key] = [
            ("shapes", padded[at + 1].shape, shape, padded[at + 3].shape),
            ("marks", gaps[at], gaps[at + 1], at in self._begins),
        ]
        if at in self._quoted:
            found.append(self._quoted[at])
        if at in self._listed:
            found += self._listed[at]
        if at in self._heads:
            found.append(self._heads[at])
        if at in self._titles:
            found.append(self._titles[at])
        if at in self._elsewhere:
            found.append(self._elsewhere[at])
        if self._sport:
            found.append(("sport", shape))
        return found


def features(evidence: Evidence, at: int) -> list[str]:
    """What tells of a word, as phrases: what the weights are fitted on."""
    words = evidence.around(at)
    found = [f"{d} {feature}" for d, word in zip(AROUND, words, strict=True) for feature in word.at(d)]
    for key in evidence.keys(at):
        found += phrases(key)
    return found


AROUND = (-2, -1, 0, 1, 2)


def phrases(key: Key) -> list[str]:
    """The phrases that a piece of evidence stands for."""
    return list(SAYS[str(key[0])](*key[1:]))


def _say_shapes(before: str, shape: str, after: str) -> Iterator[str]:
    yield f"{before} > {shape}"
    yield f"{shape} < {after}"
    yield f"{before} > {shape} < {after}"


def _say_marks(before: int, after: int, begins: bool) -> Iterator[str]:
    yield "any word"
    for name, bit in GAPS.items():
        if before & bit:
            yield f"after {name}"
        if after & bit:
            yield f"before {name}"
    if begins:
        yield "begins sentence"


def _say_quoted(words: int, opens: bool) -> Iterator[str]:
    yield f"in quotation of {words}"
    yield "opens short quotation" if opens else "in short quotation"


def _say_listed(what: str) -> Iterator[str]:
    yield what


def _say_heads(kind: str, far: int, small: int, shape: str) -> Iterator[str]:
    yield f"{kind} {far} before"
    yield f"{kind} before, {small} small"
    yield f"body {far} before, {small} small, {shape}"


def _say_titles(far: int) -> Iterator[str]:
    yield f"title {far} before"


def _say_elsewhere(times: int, after: tuple[str, ...]) -> Iterator[str]:
    yield f"{times} times"
    yield from (f"elsewhere after {shape}" for shape in after)


def _say_sport(shape: str) -> Iterator[str]:
    yield f"sport, {shape}"


SAYS = {
    "shapes": _say_shapes,
    "marks": _say_marks,
    "quoted": _say_quoted,
    "listed": _say_listed,
    "heads": _say_heads,
    "titles": _say_titles,
    "elsewhere": _say_elsewhere,
    "sport": _say_sport,
}


class Scores:
    """The scores of each word of an article as each label, worked out where they are asked for."""

    def __init__(self, evidence: Evidence, model: Model) -> None:
        self._evidence, self._model = evidence, model
        self._kept: dict[int, Vector] = {}

    def __getitem__(self, at: int) -> Vector:
        found = self._kept.get(at)
        if found is None:
            found = self._kept[at] = self._sum(at)
        return found

    def _sum(self, at: int) -> Vector:
        two, one, word, after, later = self._evidence.around(at)
        rows = [two.weigh[0], one.weigh[1], word.weigh[2], after.weigh[3], later.weigh[4]]
        kept = self._model.kept
        for key in self._evidence.keys(at):
            row = kept.get(key)
            if row is None:
                row = kept[key] = self._model.sum(phrases(key))
            rows.append(row)
        a, b, c, d, e, f = map(sum, zip(*rows, strict=True))
        return a, b, c, d, e, f

    def likely(self) -> list[tuple[int, int]]:
        """The runs of words that may be part of a name, as ranges; none goes over the end of a sentence."""
        words = self._evidence.seen
        if not words:
            return []
        peaks = [word.peak for word in words]
        edge = EDGE.peak
        before, after = [edge, *peaks[:-1]], [*peaks[1:], edge]
        hot = {
            at
            for at, (one, word, two) in enumerate(zip(before, peaks, after, strict=True))
            if one[0] + word[1] + two[2] > GATE
        }
        return list(_runs(sorted(hot | self._evidence.marked), self._evidence.text.sentences))


def _runs(places: Iterable[int], sentences: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    ends = {end for _, end in sentences}
    first = last = -1
    for at in places:
        if at == last + 1 and first >= 0 and at not in ends:
            last = at
            continue
        if first >= 0:
            yield first, last + 1
        first = last = at
    if first >= 0:
        yield first, last + 1


def _quoted(text: Text) -> Iterator[tuple[int, Key]]:
    for first, end in text.opens.items():
        if end - first <= QUOTED:
            for at in range(first, end):
                yield at, ("quoted", end - first, at == first)


def _listed(text: Text, mentions: Sequence[Mention], actors: Actors) -> dict[int, list[Key]]:
    found: dict[int, list[Key]] = {}
    for mention in mentions:
        first, end = text.inside(mention.span.start, mention.span.end)
        what = f"{actors.by_id[mention.actor_id].type} {mention.via}"
        found.setdefault(first, []).append(("listed", f"begins {what}"))
        for at in range(first + 1, end):
            found.setdefault(at, []).append(("listed", f"in {what}"))
        if first:
            found.setdefault(first - 1, []).append(("listed", f"before {what}"))
        if end < len(text.words):
            found.setdefault(end, []).append(("listed", f"behind {what}"))
    return found


def _heads(text: Text, words: Sequence[Seen]) -> tuple[dict[int, Key], dict[int, Key]]:
    """By the words that follow them, the noun of a body and the title before them."""
    heads: dict[int, Key] = {}
    titles: dict[int, Key] = {}
    for lead in [at for at, word in enumerate(words) if word.leads]:
        head, title, small = words[lead].head_kind, words[lead].person, 0
        for at in range(lead + 1, min(lead + 1 + FAR, len(words))):
            if text.gaps[at] & BREAKS or text.role(at, CLAUSE):
                break
            if head:
                heads[at] = ("heads", head, at - lead, small, words[at].shape)
            if title:
                titles[at] = ("titles", at - lead)
            if text.role(at, Role.preposition):
                small += 1
                title = False
            if words[at].head:
                head = ""
            if not (head or title):
                break
    return heads, titles


def _elsewhere(text: Text, words: Sequence[Seen]) -> Iterator[tuple[int, Key]]:
    """What stands before the other places of a word that may be a name."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        if word.countable:
            places.setdefault(word.stem, []).append(at)
    for many in places.values():
        if len(many) < 2:
            continue
        before = ["mark" if text.gaps[at] else words[at - 1].shape if at else "none" for at in many]
        for at, own in zip(many, before, strict=True):
            others = list(before)
            others.remove(own)
            yield at, ("elsewhere", min(len(many), 5), tuple(sorted(set(others))))
