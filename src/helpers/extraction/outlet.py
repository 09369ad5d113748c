"""Claims in the outlet's own voice for an annotated article: the rest of the text, as one claim per sentence."""

from collections.abc import Iterable
from typing import Any

from msgspec import structs

from helpers.extraction import finished_claims
from helpers.extraction.texts import Text
from helpers.records.claims import Claim

FIRST = "o"  # the first letter of these claims' ids


def beside(text: Text, attributed: Iterable[Claim]) -> tuple[Claim, ...]:
    """The attributed claims of an article with those in the outlet's own voice, numbered in the order of the text.

    attributed    in the order of the text, an inner one after its outer one
    """
    theirs = list(attributed)
    taken, own = bytearray(len(text.words)), bytearray(len(text.words))
    for claim in theirs:
        for span in claim.spans:
            _mark(text, taken, span.start, span.end)
        # Words between a cue and its content (the occasion, the audience, a bare أن) belong to the claim's own clause.
        first, last = min(span.start for span in claim.spans), claim.content[0].start
        if first < last:
            _mark(text, own, first, last)
    ids = {claim.claim_id for claim in theirs}
    names = (name for n in range(1, len(ids) + len(text.words) + 1) if (name := f"{FIRST}{n}") not in ids)
    voice = []
    for content, name in zip(finished_claims.left(text, taken, own), names, strict=False):
        place = text.article.place(content[0].start)
        where = {"order": 0, "paragraph": place.paragraph, "sentence": place.number}
        given: dict[str, Any] = (
            finished_claims.NOBODY | where | {"content": content, "source_id": None, "about": (), "within": None}
        )
        voice.append(Claim(claim_id=name, made_by="machine", **given))
    places = {claim.claim_id: (claim.content[0].start, 0) for claim in voice}
    last = -1
    for at, claim in enumerate(theirs):  # an inner claim comes after its outer one
        last = max(last, min(span.start for span in claim.spans))
        places[claim.claim_id] = (last, at + 1)
    ordered = sorted((*theirs, *voice), key=lambda claim: places[claim.claim_id])
    return tuple(structs.replace(claim, order=number) for number, claim in enumerate(ordered, 1))


def _mark(text: Text, words: bytearray, start: int, end: int) -> None:
    first, last = text.inside(start, end)
    words[first:last] = b"\1" * (last - first)
