"""Operations on spans: the parts of a claim, its cue, and new claims that the machine did not find."""

from itertools import pairwise
from typing import Any

from helpers.curation.arguments import ID, LONGEST_ID, Operation, one_of, plain, shown
from helpers.curation.claim_sources import set_source, settle
from helpers.curation.claim_status import attributed_claim, decided, open_claim, touched
from helpers.curation.context import Context
from helpers.curation.state import ROLES, Edit, Record, blank, lost_spans, new_id
from helpers.files.errors import InputError
from helpers.lexicon.entries import ACTS, STANCES
from helpers.records.claims import ADDED, CLAIM_KINDS, CUE_FORMS, Claim
from helpers.text.articles import Article

KINDS = tuple(kind for kind in CLAIM_KINDS if kind != "unattributed")


def add(edit: Edit, context: Context, operation: Operation) -> None:
    """Add a claim that the machine did not find."""
    content = _parts(context, operation["content"], "content")
    cue = _parts(context, operation["cue"], "cue") if operation.get("cue") else []
    claim_id = operation.get("claim") or new_id(edit, "claims", operation["id"])
    if not isinstance(claim_id, str) or not ID.fullmatch(claim_id) or len(claim_id) > LONGEST_ID:
        raise InputError(f"claim is {shown(claim_id)}; write letters a to z, digits, - and _")
    if edit.find("claims", claim_id):
        raise InputError(f"claim {claim_id!r} is there already; give it another id, or none")
    claim = blank(Claim) | {"claim_id": claim_id, "content": content, "cue": []}
    claim |= {"act": ACTS[0], "stance": STANCES[0], "source_via": "unresolved"}
    claim["kind"] = one_of(operation, "kind", KINDS) if operation.get("kind") else _quoted(context.article, content)
    edit.put("claims", claim_id, claim)
    set_cue(context, claim, cue)
    if operation.get("source"):
        set_source(edit, context, claim, context.span(operation["source"], "source"), operation)
    decided(claim, operation, ADDED)


def _quoted(article: Article, content: list[Record]) -> str:
    """The kind of a claim by its quotation marks: all of its content is between them, a part, or nothing."""
    pairs = [pair for found, _ in article.quotations for pair in found]
    if all(any(start < part["start"] and part["end"] <= end for start, end in pairs) for part in content):
        return "direct"
    some = any(part["start"] <= start and end <= part["end"] for start, end in pairs for part in content)
    return "mixed" if some else "indirect"


def _parts(context: Context, given: Any, role: str) -> list[Record]:
    """Spans in the order of the text. Raises InputError if there are none, or if two overlap."""
    if not isinstance(given, list | tuple) or not given:
        raise InputError(f"{role} has no span; select its words")
    return apart([context.span(one, role) for one in given], role)


def apart(spans: list[Record], role: str) -> list[Record]:
    """Spans in the order of the text. Raises InputError if two overlap."""
    found = sorted(spans, key=lambda span: (span["start"], span["end"]))
    for one, other in pairwise(found):
        if other["start"] < one["end"]:
            raise InputError(f"{role}: {other['start']}:{other['end']} overlaps another part of it; select other words")
    return found


def _part(operation: Operation, most: int) -> int:
    part = operation.get("part")
    part = 1 if part is None else part
    if not isinstance(part, int) or isinstance(part, bool) or not 1 <= part <= most:
        raise InputError(f"part is {shown(part)}; write a number from 1 to {most}")
    return part


def span(edit: Edit, context: Context, operation: Operation) -> None:
    """Set a part of a claim, or add one."""
    claim, role, span = open_claim(edit, operation), one_of(operation, "role", ROLES), context.span(operation)
    if role != "content":
        claim = attributed_claim(edit, operation)
    if role in ("cue", "content"):
        parts = list(claim[role])
        part = _part(operation, len(parts) + 1)
        parts[part - 1 : part] = [span]
        _set_parts(context, claim, role, apart(parts, role))
    else:
        _part(operation, 1)
        set_source(edit, context, claim, span, operation, role)
    for one in lost_spans(edit, claim):
        if one["role"] == role or {one["role"], role} == {"source", "antecedent"}:
            edit.drop("unanchored", one["unanchored_id"])
            break
    touched(edit, claim, operation)


def _set_parts(context: Context, claim: Record, role: str, parts: list[Record]) -> None:
    """Set the parts of a claim's cue or content, and the values that follow: of the cue by the lexicon, the kind."""
    if role == "cue":
        set_cue(context, claim, parts)
    else:
        if claim["kind"] == _quoted(context.article, claim[role]):  # else the kind was set by a person
            claim["kind"] = _quoted(context.article, parts)
        claim[role] = parts


def unspan(edit: Edit, context: Context, operation: Operation) -> None:
    """Remove a part of a claim."""
    claim, role = attributed_claim(edit, operation), one_of(operation, "role", ROLES)
    if role in ("cue", "content"):
        parts = list(claim[role])
        part = _part(operation, max(len(parts), 1))
        if role == "content" and len(parts) < 2:
            raise InputError("it has no other content, and a claim says something; reject it, or select other words")
        del parts[part - 1 : part]
        _set_parts(context, claim, role, parts)
    else:
        _part(operation, 1)
        claim[role] = None
        settle(edit, claim)
    touched(edit, claim, operation)


def set_cue(context: Context, claim: Record, parts: list[Record]) -> None:
    """Set the cue of a claim. If its words changed, its lemma, form, act and stance are taken from the lexicon.

    If the lexicon does not have the new words, they are their own lemma, and neutral.
    """
    had = "".join(part["exact"] for part in claim["cue"])
    claim["cue"] = parts
    words = "".join(part["exact"] for part in parts)
    if words == had:
        return
    if not parts:
        claim.update(cue_lemma=None, cue_form=None)
    elif found := context.reads(parts):
        cue, form = found
        if cue.lemma != claim["cue_lemma"]:
            claim.update(cue_lemma=cue.lemma, cue_form=form, act=cue.act, stance=cue.stance)
    else:
        lemma = plain(" ".join(part["exact"] for part in parts))
        claim.update(cue_lemma=lemma, cue_form=claim["cue_form"] or CUE_FORMS[0])
        claim.update(act=claim["act"] or ACTS[0], stance=STANCES[0])
