"""How likely somebody whom a machine found named is an actor: a logistic regression on what tells of all places together.

Features have plain names; their weights are rows of `name_confidence.csv`, fitted by `make fit-names`.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from math import exp

from helpers.extraction.named.joining import Actor
from helpers.extraction.named.words import Seen
from helpers.extraction.texts import Gap, Text
from helpers.extraction.weights import Weights

STEPS = (-4.0, -3.0, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
TYPES = {"P": "person", "O": "institution", "G": "group"}
PLACES = (1, 2, 3, 5)
CODES = ("title", "noun", "given name", "quotation", "brackets", "speaks", "age", "Latin letters", "list of names")
JOINED = ("in brackets", "with its noun", "short name", "surname", "spelling")
OVER, OVER_ALL = (
    [tuple(f"{what} over {step}" for step in STEPS[:number]) for number in range(len(STEPS) + 1)]
    for what in ("gain", "gain of all")
)
KINDS = (
    "head",
    "common",
    "topic",
    "body adjective",
    "people",
    "place",
    "given",
    "surname",
    "name part",
    "unknown",
    "definite",
    "definite adjective",
    "person",
    "organisation",
    "group",
    "document",
    "small",
    "cue",
    "preposition",
    "number",
    "capital",
    "capitals",
    "letters",
)
FEATURES = frozenset(
    [
        "any",
        *(f"gain over {step}" for step in STEPS),
        *(f"gain of all over {step}" for step in STEPS),
        *(f"type: {kind}" for kind in TYPES.values()),
        *(f"type: {kind}, one word" for kind in TYPES.values()),
        *(f"places: {places} or more" for places in PLACES),
        *(f"why: {code}" for code in CODES),
        *(f"joined: {code}" for code in JOINED),
        *(f"words: {n}" for n in range(1, 8)),
        "a common word alone",
        "an unknown word with the article alone",
        "found once, said again",
        "a place",
        *(f"{edge} with: {kind}" for edge in ("begins", "ends") for kind in (*KINDS, "other")),
    ]
)


def of(text: Text, seen: Sequence[Seen], actor: Actor, fitted: Weights) -> float:
    """How likely it is that somebody is named by these forms, above 0 and below 1."""
    logit = fitted.sum(features(text, seen, actor))
    return min(0.99, max(0.01, round(1 / (1 + exp(-max(-30.0, min(30.0, logit)))), 2)))


def features(text: Text, seen: Sequence[Seen], actor: Actor) -> list[str]:
    """What tells of an actor, as names of features."""
    return list(_features(text, seen, actor))


def _features(text: Text, seen: Sequence[Seen], actor: Actor) -> Iterator[str]:
    yield "any"
    places = [form for forms in actor.forms.values() for form in forms]
    own = [form for form in places if not form.why]
    gain = max((form.gain for form in own), default=-3.0)
    yield from OVER[bisect_left(STEPS, gain)]
    mean = sum(max(-6.0, min(6.0, form.gain)) for form in places) / len(places)
    yield from OVER_ALL[bisect_left(STEPS, mean)]
    longest = max(actor.forms, key=len)
    kind = TYPES[actor.kind]
    yield f"type: {kind}"
    if len(longest) == 1:
        yield f"type: {kind}, one word"
    yield f"words: {min(len(longest), 7)}"
    yield from (f"places: {bound} or more" for bound in PLACES if len(places) >= bound)
    yield from (f"why: {code}" for code in codes(text, seen, actor))
    yield from (f"joined: {code}" for code in sorted(actor.joined))
    if len(own) < len(places):
        yield "found once, said again"
    first = places[0].first
    if len(longest) == 1 and seen[first].shape.startswith(("common", "topic", "small", "cue")):
        yield "a common word alone"
    if len(longest) == 1 and seen[first].shape == "definite":
        yield "an unknown word with the article alone"
    begins = next(iter(actor.forms[longest]))
    yield f"begins with: {_kind(seen[begins.first].shape)}"
    yield f"ends with: {_kind(seen[begins.end - 1].shape)}"
    if any(seen[k].shape.startswith("place") for form in own for k in range(form.first, form.end)):
        yield "a place"


def _kind(shape: str) -> str:
    """The kind of a word by its shape."""
    if shape.startswith("head"):
        return "head"
    bare = shape if shape in KINDS else shape.removesuffix(" definite")
    return bare if bare in KINDS else "other"


def codes(text: Text, seen: Sequence[Seen], actor: Actor) -> tuple[str, ...]:
    """Short codes of what tells that somebody is named, over all places."""
    found: dict[str, None] = {}
    for forms in actor.forms.values():
        for form in forms:
            if form.why:
                continue
            at = form.first
            if at and not text.gaps[at] and text.kinds[at - 1].kind == "person":
                found["title"] = None
            if at and text.kinds[at - 1].finite and not text.gaps[at]:
                found["speaks"] = None
            if seen[at].head:
                found["noun"] = None
            if at in text.opens:
                found["quotation"] = None
            if text.gaps[at] & Gap.bracket:
                found["brackets"] = None
            if form.end < len(text.words) and text.gaps[form.end] & Gap.bracket and text.words[form.end].isdigit():
                found["age"] = None
            for k in range(at, form.end):
                if actor.kind == "P" and seen[k].shape in ("given", "name part"):
                    found["given name"] = None
                elif seen[k].shape == "surname":
                    found["list of names"] = None
                elif seen[k].shape in ("capital", "capitals"):
                    found["Latin letters"] = None
    return tuple(code for code in CODES if code in found)
