"""What a claim rests on: one word for it in every table, page and language."""

from enum import StrEnum

from helpers.records.claims import Claim
from helpers.records.sources import Source

UNCLAIMED = "unclaimed"  # beside the words that rest on something: those that are in no claim


class Basis(StrEnum):
    """On whose authority a claim stands, from the best attributed to the outlet's own voice."""

    NAMED = "named"
    UNNAMED = "unnamed"
    NOT_IDENTIFIED = "not_identified"  # attributed, but the speaker could not be identified
    OUTLET = "outlet"  # its own voice


def of(claim: Claim, source: Source | None) -> Basis:
    """The basis of a claim, given its source where it has one."""
    if not claim.attributed:
        return Basis.OUTLET
    if source is None or not source.identified:
        return Basis.NOT_IDENTIFIED
    return Basis.NAMED if source.named else Basis.UNNAMED
