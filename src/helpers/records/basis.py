"""The basis of a claim, in one set of values for all tables, pages and languages."""

from enum import StrEnum

from helpers.records.claims import Claim
from helpers.records.sources import Source

UNCLAIMED = "unclaimed"  # of words that are in no claim, which have no basis


class Basis(StrEnum):
    """On whose authority a claim is made, from the best attributed to the outlet's own voice."""

    NAMED = "named"
    UNNAMED = "unnamed"
    NOT_IDENTIFIED = "not_identified"  # attributed, but the speaker could not be identified
    OUTLET = "outlet"  # its own voice


def of(claim: Claim, source: Source | None) -> Basis:
    """The basis of a claim, given its source, if it has one."""
    if not claim.attributed:
        return Basis.OUTLET
    if source is None or not source.identified:
        return Basis.NOT_IDENTIFIED
    return Basis.NAMED if source.named else Basis.UNNAMED
