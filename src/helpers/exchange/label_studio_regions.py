"""The records of a document as Label Studio has them: regions of the text, what is chosen of each, relations of regions.

A region is a span with a label, its role. Its id is made of the id of its record, its role and its part, so that what a
person left of it is known again. What is said of a claim as a whole stands at its first content region.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from helpers.lexicon.entries import ACTS, STANCES
from helpers.records.claims import CLAIM_KINDS, STATUSES, Claim
from helpers.records.mentions import Mention
from helpers.records.modality import Modality
from helpers.records.sources import Source
from helpers.text.articles import Span

TEXT, LABEL = "text", "role"  # what the labelling configuration calls the text, and the labels
BEGAN, DECIDED, PROPOSED = "began", "decided", "proposed"  # what an annotation, and a copy of it, began with; not shown
GLOSS, ACTOR, NOTE = "gloss", "actor", "note"  # what is written of a region
LABELS = {
    "content": "Content",
    "source": "Source",
    "cue": "Cue",
    "antecedent": "Antecedent",
    "justification": "Justification",
    "mention": "Mention",
}
OF_CLAIM = ("source", "cue", "antecedent")  # roles beside its content
CHOICES: dict[str, tuple[str, ...]] = {
    "status": STATUSES,
    "kind": CLAIM_KINDS,
    "modality": tuple(Modality),
    "act": ACTS,
    "stance": STANCES,
}
PART, WITHIN = "part of", "within"  # relations of contents; of another region: its role and `of`
PLAIN = re.compile("[A-Za-z][A-Za-z0-9_-]*")
ID_DIGITS = 16  # of the sum of an id that is not plain
Result = dict[str, Any]


class Key(Struct, frozen=True):
    """Of which record a region is, in which role, and which part, from 1."""

    record_id: str
    role: str
    part: int = 1

    @property
    def region_id(self) -> str:
        """The id of the region: a name that a style sheet can have, or its editor does not paint the region."""
        plain = PLAIN.fullmatch(self.record_id)
        record_id = self.record_id if plain else f"x{hashlib.sha256(self.record_id.encode()).hexdigest()[:ID_DIGITS]}"
        return f"{record_id}-{self.role}-{self.part}"


def of_claim(claim: Claim) -> dict[Key, Span]:
    """The spans of a claim by their keys, contents first. A claim without content has no regions."""
    if not claim.content:
        return {}
    held = {"content": claim.content, "cue": claim.cue}
    held |= {role: (span,) for role in ("source", "antecedent") if (span := getattr(claim, role))}
    return {Key(claim.claim_id, role, n): span for role, spans in held.items() for n, span in enumerate(spans, 1)}


def of_source(source: Source) -> dict[Key, Span]:
    """The span of a source, its justification, by its key."""
    return {Key(source.source_id, "justification"): source.justification} if source.justification else {}


def of_mention(mention: Mention) -> dict[Key, Span]:
    """The span of a mention by its key."""
    return {Key(mention.mention_id, "mention"): mention.span}


def results(
    claims: Sequence[Claim], sources: Sequence[Source], mentions: Sequence[Mention], decided: bool
) -> list[Result]:
    """Claims, and the justifications and mentions that go with them, as the results of an annotation or a prediction.

    decided     whether people decided on them; else their status is not chosen yet
    """
    found: list[Result] = []
    for claim in claims:
        for key, span in of_claim(claim).items():
            found += _region(key, span, claim if key.role == "content" and key.part == 1 else None, decided)
    for source in sources:
        for key, span in of_source(source).items():
            found += _region(key, span)
    for mention in mentions:
        for key, span in of_mention(mention).items():
            region = _region(key, span)
            found += [*_noted(region, mention.note), _written(region[0], ACTOR, mention.actor_id)]
    if not found:
        return []
    began = {"id": BEGAN, "from_name": BEGAN, "to_name": TEXT, "type": "choices"}
    return [*found, *_relations(claims, sources), began | {"value": {"choices": [DECIDED if decided else PROPOSED]}}]


def _region(key: Key, span: Span, claim: Claim | None = None, decided: bool = False) -> list[Result]:
    """A region with its label; of a claim's first content with all that can be chosen and written of it."""
    value = {"start": span.start, "end": span.end, "text": span.exact}
    at = {"id": key.region_id, "to_name": TEXT, "from_name": LABEL, "type": "labels", "origin": "prediction"}
    region: Result = at | {"value": value | {"labels": [LABELS[key.role]]}}
    if claim is None:
        return [region]
    if claim.confidence is not None:
        region["score"] = claim.confidence
    found = _noted([region], claim.note)
    for name in CHOICES if decided else [name for name in CHOICES if name != "status"]:
        if (chosen := getattr(claim, name)) is not None:
            found.append(at | {"from_name": name, "type": "choices", "value": value | {"choices": [str(chosen)]}})
    return [*found, _written(region, GLOSS, claim.gloss_en)] if claim.gloss_en else found


def _noted(regions: list[Result], note: str) -> list[Result]:
    return [regions[0] | {"meta": {"text": [note]}}, *regions[1:]] if note else regions


def _written(region: Result, name: str, words: str) -> Result:
    value = {"start": region["value"]["start"], "end": region["value"]["end"], "text": [words]}
    return region | {"from_name": name, "type": "textarea", "value": value}


def _relations(claims: Sequence[Claim], sources: Sequence[Source]) -> Iterator[Result]:
    """What joins regions: the words of a claim to its first content, that to the content it is reported within."""
    first = {claim.claim_id: Key(claim.claim_id, "content") for claim in claims if claim.content}
    for claim in claims:
        for key in of_claim(claim):
            if key != first[claim.claim_id]:
                yield _relation(key, first[claim.claim_id], PART if key.role == "content" else f"{key.role} of")
        if claim.content and claim.within in first:
            yield _relation(first[claim.claim_id], first[claim.within], WITHIN)
    for source in sources:
        words = next((Key(c.claim_id, "source") for c in claims if c.source_id == source.source_id and c.source), None)
        for key in of_source(source):
            if words and words.record_id in first:
                yield _relation(key, words, f"{key.role} of")


def _relation(one: Key, other: Key, label: str) -> Result:
    ends = {"from_id": one.region_id, "to_id": other.region_id}
    return {"type": "relation", **ends, "direction": "right", "labels": [label]}
