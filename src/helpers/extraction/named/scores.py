"""The probability that found names are those of an actor, by logistic regression on the evidence from all their places.

Features have plain names; their weights are rows of `name_confidence.csv`, fitted by `make fit-names`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
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
GIVEN = "given name"  # evidence only for a person
TOLD = {  # codes of evidence, by the shape of a word in a name
    "given": GIVEN,
    "name part": GIVEN,
    "surname": "list of names",
    "capital": "Latin letters",
    "capitals": "Latin letters",
}
BEGINS, ENDS = ({kind: f"{edge} with: {kind}" for kind in (*SHAPE_KINDS, "other")} for edge in ("begins", "ends"))
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
        *BEGINS.values(),
        *ENDS.values(),
    ]
)


def of(text: Text, seen: Sequence[Seen], actor: Actor, fitted: Weights) -> tuple[float, tuple[str, ...]]:
    """The probability that these forms name an actor, above 0 and below 1, and codes of the evidence."""
    why = codes(text, seen, actor)
    logit = fitted.sum(features(seen, actor, why))
    return min(0.99, max(0.01, round(1 / (1 + exp(-max(-30.0, min(30.0, logit)))), 2))), why


def features(seen: Sequence[Seen], actor: Actor, why: Iterable[str]) -> list[str]:
    """The names of the features of an actor.

    why   the codes of the evidence from all its places (see `codes`)
    """
    places = [form for forms in actor.forms.values() for form in forms]
    own = [form for form in places if not form.why]
    gains = [form.gain for form in places]
    gain = max(gains if len(own) == len(places) else [form.gain for form in own], default=-3.0)
    mean = sum([-6.0 if each < -6 else 6.0 if each > 6 else each for each in gains]) / len(places)
    longest = max(actor.forms, key=len)
    alone = len(longest) == 1
    found = ["any", *GAINS[: bisect_left(STEPS, gain)], *MEANS[: bisect_left(STEPS, mean)]]
    found += OF_TYPE[actor.kind][: 2 if alone else 1]
    found.append(LONG[min(len(longest), 7) - 1])
    found += TIMES[: bisect_right(PLACES, len(places))]
    found += [WHY[code] for code in why]
    if actor.joined:
        found += [f"joined: {code}" for code in sorted(actor.joined)]
    if len(own) < len(places):
        found.append("found once, said again")
    if alone:
        shape = seen[places[0].first].shape
        if shape.startswith(("common", "topic", "small", "cue")):
            found.append("a common word alone")
        if shape == "definite":
            found.append("an unknown word with the article alone")
    whole = actor.forms[longest][0]
    found.append(BEGINS[_kind(seen[whole.first].shape)])
    found.append(ENDS[_kind(seen[whole.end - 1].shape)])
    for form in own:
        if "place" in [one.shape[:5] for one in seen[form.first : form.end]]:
            found.append("a place")
            break
    return found


def _kind(shape: str) -> str:
    """The kind of a word by its shape."""
    if shape in BEGINS and shape != "other":
        return shape
    if shape.startswith("head"):
        return "head"
    bare = shape.removesuffix(" definite")
    return bare if bare in BEGINS else "other"


def codes(text: Text, seen: Sequence[Seen], actor: Actor) -> tuple[str, ...]:
    """Short codes of the evidence for an actor from all its places."""
    found: set[str] = set()
    gaps, kinds, person = text.gaps, text.kinds, actor.kind == "P"
    for forms in actor.forms.values():
        for form in forms:
            if form.why:
                continue
            at, end = form.first, form.end
            if gap := gaps[at]:
                if gap & Gap.bracket:
                    found.add("brackets")
            elif at:
                before = kinds[at - 1]
                if before.kind == "person":
                    found.add("title")
                if before.finite:
                    found.add("speaks")
            if seen[at].head:
                found.add("noun")
            if at in text.opens:
                found.add("quotation")
            if gaps[end] & Gap.bracket and end < len(text.words) and text.words[end].isdigit():
                found.add("age")
            for one in seen[at:end]:
                if (code := TOLD.get(one.shape)) and (person or code != GIVEN):
                    found.add(code)
    return tuple([code for code in CODES if code in found]) if found else ()
