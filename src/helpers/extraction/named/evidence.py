"""The evidence that a word of an article is part of a name: the word, its neighbours, its other occurrences.

A piece of evidence has a kind and a key, and stands for one or more features (`phrases`). Callers add up the weights of
the pieces (`weighed`), or write out the features to fit weights on them (`features`).
"""

from collections.abc import Mapping, Sequence
from itertools import compress, count, islice, repeat
from operator import attrgetter, is_
from typing import Any, TypeVar, cast

from helpers.extraction import spelling
from helpers.extraction.named import phrases
from helpers.extraction.named.words import EDGE, LEADS, PEOPLE, SPORT, Seen, Words
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.entries import Actors
from helpers.lexicon.roles import Role
from helpers.records.mentions import Mention

Said = TypeVar("Said", int, list[str])  # the value of a piece of evidence: a weight, or names of features
Pieces = Mapping[Any, Said]  # the values of one kind's pieces, by key
Kinds = Mapping[str, Mapping[Any, Said]]  # the same by kind
BREAKS = Gap.comma | Gap.semicolon | Gap.colon | Gap.stop | Gap.line | Gap.closing
FAR = 6  # words after the noun of an organisation, or a title, for which it is evidence
QUOTED = 5  # most words of a quotation that can be a name
CLAUSE = Role.relative | Role.that | Role.that_pronoun | Role.verb | Role.auxiliary | Role.negation
PREPOSITION = Role.preposition
SPORTS = 50  # if at least one word in so many is from sport, the article is about sport
AROUND = (-2, -1, 0, 1, 2)


def seen(text: Text, words: Words) -> list[Seen]:
    """What each word by itself shows."""
    received, kept = text.received, words.get
    found = [kept(received[start:end]) for start, end in zip(text.starts, text.ends, strict=True)]
    if not all(found):
        for at in [at for at, one in enumerate(found) if not one]:
            written = received[text.starts[at] : text.ends[at]]
            found[at] = kept(written) or words.look(written, text.words[at])
    for at in compress(count(), map(is_, text.kinds, repeat(spelling.PLAIN))):
        found[at] = words.spelled
    alike = words.look_alikes
    for at in compress(count(), map(alike.__contains__, text.words)):
        found[at] = words.look_alike(text.words[at], text.kinds[at] is spelling.NAME)
    return cast(list[Seen], found)


class Evidence:
    """The pieces of evidence of each word of an article.

    seen     what each word by itself shows
    padded   the same, with two empty words before the first and after the last
    shapes   the shape of each word, with one more before the first and after the last
    """

    def __init__(self, text: Text, mentions: Sequence[Mention], actors: Actors, words: Sequence[Seen]) -> None:
        self.text, self.seen = text, words
        self.padded = [EDGE, EDGE, *words, EDGE, EDGE]
        self.shapes = list(map(attrgetter("shape"), islice(self.padded, 1, len(words) + 3)))
        self._mentions, self._actors = mentions, actors

    def add(self, found: list[Said], says: Kinds[Said]) -> None:
        """Add to `found`, per word, the evidence other than the word itself and its neighbours.

        says   the values of pieces of evidence, by kind and key (see `phrases.SAYS`)
        """
        text, words, shapes = self.text, self.seen, self.shapes
        tells = list(map(attrgetter("tells"), words))
        telling = list(compress(count(), tells))
        _marks(text, found, says)
        _quoted(text, found, says["quoted"])
        _listed(text, self._mentions, self._actors, found, says)
        _heads(text, words, [at for at in telling if tells[at] & LEADS], found, says)
        _peoples(text, words, [at for at in telling if tells[at] & PEOPLE], found, says["people"])
        _elsewhere(text, words, shapes, found, says["elsewhere"])
        if sum([tells[at] & SPORT for at in telling]) // SPORT * SPORTS >= len(words):
            for at, shape in enumerate(islice(shapes, 1, len(words) + 1)):
                found[at] += says["sport"][shape]


def features(evidence: Evidence) -> list[list[str]]:
    """The names of the features of each word, on which the weights are fitted."""
    found, says = [], phrases.Phrases()
    shapes = evidence.shapes
    for at, key in enumerate(zip(shapes, shapes[1:], shapes[2:], strict=False)):
        around = zip(AROUND, evidence.padded[at : at + 5], strict=True)
        found.append([f"{d} {feature}" for d, word in around for feature in word.at(d)] + says["shapes"][key])
    evidence.add(found, says)
    return found


def _marks(text: Text, found: list[Said], says: Kinds[Said]) -> None:
    """Add the evidence of punctuation marks next to words, and of first words of sentences."""
    gaps, words = text.gaps, len(text.words)
    after, before, begins = says["after"], says["before"], says["begins"][None]
    for at in compress(count(), gaps):
        gap = gaps[at]
        if at < words:
            found[at] += after[gap]
        if at:
            found[at - 1] += before[gap]
    for first, end in text.sentences:
        if first < end:
            found[first] += begins


def _quoted(text: Text, found: list[Said], quoted: Pieces[Said]) -> None:
    for first, end in text.opens.items():
        if end - first <= QUOTED:
            for at in range(first, end):
                found[at] += quoted[end - first, at == first]


def _listed(text: Text, mentions: Sequence[Mention], actors: Actors, found: list[Said], says: Kinds[Said]) -> None:
    """Add the evidence of a lexicon's mentions, for their words and those next to them."""
    begins, within, before, behind = (says[f"listed {where}"] for where in ("begins", "in", "before", "behind"))
    by_id, inside, words = actors.by_id, text.inside, len(text.words)
    for mention in mentions:
        first, end = inside(mention.span.start, mention.span.end)
        what = by_id[mention.actor_id].type, mention.via
        found[first] += begins[what]
        for at in range(first + 1, end):
            found[at] += within[what]
        if first:
            found[first - 1] += before[what]
        if end < words:
            found[end] += behind[what]


def _heads(text: Text, words: Sequence[Seen], leads: Sequence[int], found: list[Said], says: Kinds[Said]) -> None:
    """Add the evidence of nouns of organisations and of titles, for the words after them."""
    gaps, roles, heads, titles = text.gaps, text.roles, says["heads"], says["titles"]
    for lead in leads:
        head, title, small = words[lead].head_kind, words[lead].person, 0
        for at in range(lead + 1, min(lead + 1 + FAR, len(words))):
            role = roles[at]
            if gaps[at] & BREAKS or role & CLAUSE:
                break
            one = words[at]
            if head:
                found[at] += heads[head, at - lead, small, one.shape]
            if title:
                found[at] += titles[at - lead]
            if role & PREPOSITION:
                small += 1
                title = False
            if one.tells & LEADS:
                head = "" if one.head else head
                title = title and not one.person
            if not (head or title):
                break


def _peoples(text: Text, words: Sequence[Seen], where: Sequence[int], found: list[Said], people: Pieces[Said]) -> None:
    """Add whether the name of a people is a noun, or an adjective of the noun before it."""
    for at in where:
        before = words[at - 1] if at and not text.gaps[at] and not words[at].lead else EDGE
        noun = before.definite or before.shape in ("person", "group") or before.shape.startswith("common")
        found[at] += people[noun, words[at].definite]


def _elsewhere(
    text: Text, words: Sequence[Seen], shapes: Sequence[str], found: list[Said], elsewhere: Pieces[Said]
) -> None:
    """Add the evidence of the words before the other occurrences of a possible name.

    shapes   shapes of words, with one more before the first, so that the index of a word is that of the shape before it
    """
    first: dict[str, int] = {}
    places: dict[str, list[int]] = {}
    met = first.setdefault
    for at in compress(count(), map(attrgetter("countable"), words)):
        before = met(words[at].stem, at)
        if before != at:
            stem = words[at].stem
            if stem in places:
                places[stem].append(at)
            else:
                places[stem] = [before, at]
    gaps = text.gaps
    for many in places.values():
        before_each = ["mark" if gaps[at] else shapes[at] for at in many]
        times, whole = min(len(many), 5), tuple(sorted(set(before_each)))
        if len(whole) == 1:
            for at in many:
                found[at] += elsewhere[times, whole]
            continue
        for at, own in zip(many, before_each, strict=True):
            others = whole if before_each.count(own) > 1 else tuple([shape for shape in whole if shape != own])
            found[at] += elsewhere[times, others]
