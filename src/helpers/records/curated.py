"""Who decided on the claims of an article, and on how many."""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from helpers.records.claims import Claim

PROJECT = "the project"  # the project's name as an annotator; text after a colon says how it worked
ClaimsFrom = Literal["people", "mixed", "machine"]


class Curated(Struct, frozen=True, gc=False):
    """How far an article is curated.

    decided, of    numbers of attributed claims decided on, including rejected ones, and of all such claims
    annotators     who decided, in the order of the claims
    project        whether the project is the only annotator
    """

    decided: int
    of: int
    annotators: tuple[str, ...]
    project: bool

    @property
    def claims_from(self) -> ClaimsFrom:
        """The origin of the claims: `people` if all are decided on, `machine` if none is, else `mixed`."""
        return "machine" if not self.decided else "people" if self.decided == self.of else "mixed"


def of(claims: Iterable[Claim]) -> Curated:
    """How far claims, including rejected ones, are curated. A claim without an annotator counts as its rater's."""
    all_: Sequence[Claim] = list(claims)
    # If the article has no attributed claims, people decided on those of the outlet.
    counted = [claim for claim in all_ if claim.attributed] or all_
    decided = [claim for claim in counted if claim.decided]
    who = tuple(dict.fromkeys(name for claim in decided if (name := claim.annotator or claim.rater)))
    project = bool(who) and all(name.partition(":")[0] == PROJECT for name in who)
    return Curated(len(decided), len(counted), who, project)
