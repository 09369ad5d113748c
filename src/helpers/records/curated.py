"""Who decided on the claims of an article, and on how many of them."""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from helpers.records.claims import Claim

PROJECT = "the project"  # how an annotator is called who is the project; what stands behind a colon says how it worked
ClaimsFrom = Literal["people", "mixed", "machine"]


class Curated(Struct, frozen=True, gc=False):
    """How far an article is curated.

    decided, of    attributed claims decided on, those rejected among them, and all that there are to decide on
    annotators     who decided, in the order of the claims
    project        whether they are the project and nobody else
    """

    decided: int
    of: int
    annotators: tuple[str, ...]
    project: bool

    @property
    def claims_from(self) -> ClaimsFrom:
        """Whose the claims are: `people` where all are decided, `machine` where none is, else `mixed`."""
        return "machine" if not self.decided else "people" if self.decided == self.of else "mixed"


def of(claims: Iterable[Claim]) -> Curated:
    """How far claims are curated, rejected ones among them. Who graded a claim annotated it, where it says nothing else."""
    all_: Sequence[Claim] = list(claims)
    # Where the article attributes nothing to anybody, the outlet's own voice is what was decided on.
    counted = [claim for claim in all_ if claim.attributed] or all_
    decided = [claim for claim in counted if claim.decided]
    who = tuple(dict.fromkeys(name for claim in decided if (name := claim.annotator or claim.rater)))
    project = bool(who) and all(name.partition(":")[0] == PROJECT for name in who)
    return Curated(len(decided), len(counted), who, project)
