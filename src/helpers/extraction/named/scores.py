"""How likely somebody whom a machine found named is an actor: a logistic regression on what tells of all places together.

Features have plain names; their weights are rows of `name_confidence.csv`, fitted by `make fit-names`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
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
SHAPE_KINDS = (
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
GAINS = tuple(f"gain over {step}" for step in STEPS)
MEANS = tuple(f"gain of all over {step}" for step in STEPS)
OF_TYPE = {kind: (f"type: {name}", f"type: {name}, one word") for kind, name in TYPES.items()}
TIMES = tuple(f"places: {places} or more" for places in PLACES)
WHY = {code: f"why: {code}" for code in CODES}
LONG = tuple(f"words: {n}" for n in range(1, 8))
FEATURES = frozenset(
    [
        "any",
        *GAINS,
        *MEANS,
        *(name for names in OF_TYPE.values() for name in names),
        *TIMES,
        *WHY.values(),
        *(f"joined: {code}" for code in JOINED),
        *LONG,
        "a common word alone",
        "an unknown word with the article alone",
        "found once, said again",
        "a place",
        *(f"{edge} with: {kind}" for edge in ("begins", "ends") for kind in (*SHAPE_KINDS, "other")),
    ]
)


def of(text: Text, seen: Sequence[Seen], actor: Actor, fitted: Weights) -> float:
    """How likely it is that somebody is named by these forms, above 0 and below 1."""
    logit = fitted.sum(features(text, seen, actor))
    return min(0.99, max(0.01, round(1 / (1 + exp(-max(-30.0, min(30.0, logit)))), 2)))


def features(text: Text, seen: Sequence[Seen], actor: Actor) -> list[str]:
    """What tells of an actor, as names of features."""
    places = [form for forms in actor.forms.values() for form in forms]
    own = [form for form in places if not form.why]
    gain = max([form.gain for form in own], default=-3.0)
    mean = sum([max(-6.0, min(6.0, form.gain)) for form in places]) / len(places)
    longest = max(actor.forms, key=len)
    found = ["any", *GAINS[: bisect_left(STEPS, gain)], *MEANS[: bisect_left(STEPS, mean)]]
    found += OF_TYPE[actor.kind][: 2 if len(longest) == 1 else 1]
    found.append(LONG[min(len(longest), 7) - 1])
    found += TIMES[: bisect_right(PLACES, len(places))]
    found += [WHY[code] for code in codes(text, seen, actor)]
    found += [f"joined: {code}" for code in sorted(actor.joined)]
    if len(own) < len(places):
        found.append("found once, said again")
    shape = seen[places[0].first].shape
    if len(longest) == 1 and shape.startswith(("common", "topic", "small", "cue")):
        found.append("a common word alone")
    if len(longest) == 1 and shape == "definite":
        found.append("an unknown word with the article alone")
    whole = actor.forms[longest][0]
    found.append(f"begins with: {_kind(seen[whole.first].shape)}")
    found.append(f"ends with: {_kind(seen[whole.end - 1].shape)}")
    if any(seen[k].shape.startswith("place") for form in own for k in range(form.first, form.end)):
        found.append("a place")
    return found


def _kind(shape: str) -> str:
    """The kind of a word by its shape."""
    if shape.startswith("head"):
        return "head"
    bare = shape if shape in SHAPE_KINDS else shape.removesuffix(" definite")
    return bare if bare in SHAPE_KINDS else "other"


def codes(text: Text, seen: Sequence[Seen], actor: Actor) -> tuple[str, ...]:
    """Short codes of what tells that somebody is named, over all places."""
    found: dict[str, None] = {}
    for forms in actor.forms.values():
        for form in forms:
            if form.why:
                continue
            at = form.first
            gap = text.gaps[at]
            if at and not gap and text.kinds[at - 1].kind == "person":
                found["title"] = None
            if at and not gap and text.kinds[at - 1].finite:
                found["speaks"] = None
            if seen[at].head:
                found["noun"] = None
            if at in text.opens:
                found["quotation"] = None
            if gap & Gap.bracket:
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
    return tuple([code for code in CODES if code in found]) if found else ()
