"""Operations on the status of a claim: decisions on it as a whole, and the status that follows from a change."""

from helpers.curation.arguments import Operation, id_of
from helpers.curation.context import Context
from helpers.curation.state import Edit, Record, lost_spans
from helpers.files.errors import InputError
from helpers.records.claims import ACCEPTED, ADDED, CHANGED, REJECTED, UNREVIEWED


def any_claim(edit: Edit, operation: Operation) -> Record:
    """The claim to which an operation refers."""
    return edit.get("claims", id_of(operation, "claim"))


def open_claim(edit: Edit, operation: Operation) -> Record:
    """Like `any_claim`, for a claim to be changed. Raises InputError for a rejected one."""
    claim = any_claim(edit, operation)
    if claim["status"] == REJECTED:
        raise InputError(f"claim {claim['claim_id']} is rejected; accept it or reopen it first")
    return claim


def attributed_claim(edit: Edit, operation: Operation) -> Record:
    """Like `open_claim`. Raises InputError for the outlet's own voice, which has no source, cue or kind to set."""
    claim = open_claim(edit, operation)
    if claim["kind"] == "unattributed":
        raise InputError(f"claim {claim['claim_id']} is in the outlet's own voice; add a claim with a source instead")
    return claim


def decided(claim: Record, operation: Operation, status: str) -> None:
    """Set the status of a claim, with annotator and time."""
    claim.update(status=status, annotator=operation["by"], decided_at=operation["at"])


def touched(edit: Edit, claim: Record, operation: Operation) -> None:
    """Mark a claim as decided on if it differs from before."""
    if claim == edit.state.claims[claim["claim_id"]]:
        return
    if lost_spans(edit, claim):
        claim.update(status=UNREVIEWED, annotator=None, decided_at=None)
    else:
        decided(claim, operation, ADDED if claim["status"] == ADDED else CHANGED)


def accept(edit: Edit, context: Context, operation: Operation) -> None:
    """Accept a claim; one that was changed or added keeps that status."""
    claim = any_claim(edit, operation)
    if lost := lost_spans(edit, claim):
        said = ", ".join(dict.fromkeys(one["role"] for one in lost))
        raise InputError(f"claim {claim['claim_id']}: its {said} is no longer in the text; place it, or reject it")
    if claim["status"] in (ACCEPTED, CHANGED, ADDED) and claim["annotator"] == operation["by"]:
        return
    kept = claim["status"] if claim["status"] in (CHANGED, ADDED) else ACCEPTED
    back = claim["status"] == REJECTED and claim["rule"] is None
    decided(claim, operation, ADDED if back else kept)


def reject(edit: Edit, context: Context, operation: Operation) -> None:
    """Reject a claim. It is kept, and so are the claims within it."""
    claim = any_claim(edit, operation)
    if claim["status"] == REJECTED:
        return
    decided(claim, operation, REJECTED)


def reopen(edit: Edit, context: Context, operation: Operation) -> None:
    """Make a claim undecided again; a rejected one that a person had added becomes `added` again."""
    claim = any_claim(edit, operation)
    if claim["status"] == ADDED:
        raise InputError(f"claim {claim['claim_id']} was added by a person; reject it, or undo")
    if claim["status"] == REJECTED and claim["rule"] is None:
        decided(claim, operation, ADDED)
    else:
        claim.update(status=UNREVIEWED, annotator=None, decided_at=None)
