"""Operations on other values of a claim: kind, stance, translation, cue, outer claim, grade."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from helpers.curation.arguments import Operation, id_of, one_of, shown, text
from helpers.curation.claim_status import attributed_claim, open_claim, touched
from helpers.curation.context import Context
from helpers.curation.state import Edit, Record
from helpers.files.errors import InputError
from helpers.lexicon.entries import ACTS, STANCES
from helpers.records.claims import CUE_FORMS, REJECTED
from helpers.records.sources import CREDIBILITY, RELIABILITY


def valued(key: str, allowed: tuple[str, ...]) -> Callable[[Edit, Context, Operation], None]:
    """Make the operation that sets a field of a claim to one of the allowed values."""

    def do(edit: Edit, context: Context, operation: Operation) -> None:
        claim = attributed_claim(edit, operation)
        claim[key] = one_of(operation, "value", allowed)
        touched(edit, claim, operation)

    return do


def gloss(edit: Edit, context: Context, operation: Operation) -> None:
    """Set the translation of a claim; this does not count as a decision on it."""
    open_claim(edit, operation)["gloss_en"] = text(operation, "value")


def cue(edit: Edit, context: Context, operation: Operation) -> None:
    """Set the form, the act and the lemma of a claim's cue; the lemma need not be in a lexicon."""
    claim = attributed_claim(edit, operation)
    if not claim["cue"]:
        raise InputError(f"claim {claim['claim_id']} has no cue; select its words first")
    claim["cue_form"] = one_of(operation, "cue_form", CUE_FORMS)
    claim["act"] = one_of(operation, "act", ACTS)
    if "cue_lemma" in operation:
        lemma = text(operation, "cue_lemma", needed=True)
        known = context.cues.get(lemma or "")
        if lemma != claim["cue_lemma"]:
            claim.update(cue_lemma=lemma, stance=known.stance if known else STANCES[0])
    if operation.get("stance") is not None:
        claim["stance"] = one_of(operation, "stance", STANCES)
    touched(edit, claim, operation)


def nest(edit: Edit, context: Context, operation: Operation) -> None:
    """Set the claim within which a claim is reported."""
    claim = attributed_claim(edit, operation)
    outer = operation["within"] if "within" in operation else operation["value"]
    if outer is not None:
        holds = edit.get("claims", outer if isinstance(outer, str) else shown(outer))
        if holds["kind"] == "unattributed" or (holds["status"] == REJECTED and outer != claim["within"]):
            raise InputError(f"claim {outer} is {holds['status']}, {holds['kind']}; a chain is of claims of sources")
        if any(each["claim_id"] == claim["claim_id"] for each in edit.state.outward(holds)):
            raise InputError(f"claim {outer} is {claim['claim_id']} itself, or reported within it; choose another")
    claim["within"] = outer
    touched(edit, claim, operation)


def _graded(record: Record, key: str, grade: Any, operation: Operation) -> None:
    reason = text(operation, "rationale")
    if (grade is None) != (reason is None):
        raise InputError(f"{key} and rationale are given together, or both are null: a grade says why")
    given = grade is not None
    record[key], record["rationale"] = grade, reason or ""
    record["rater"] = operation["by"] if given else ""
    record["rated_on"] = datetime.fromisoformat(operation["at"]).astimezone(UTC).date().isoformat() if given else ""


def grade(edit: Edit, context: Context, operation: Operation) -> None:
    """Set or remove the grade of a claim."""
    claim = open_claim(edit, operation)
    grade = operation["credibility"]
    _graded(claim, "credibility", grade if grade is None else one_of(operation, "credibility", CREDIBILITY), operation)


def grade_source(edit: Edit, context: Context, operation: Operation) -> None:
    """Set or remove the grade of a source."""
    source, grade = edit.get("sources", id_of(operation, "source")), operation["reliability"]
    _graded(source, "reliability", grade if grade is None else one_of(operation, "reliability", RELIABILITY), operation)
