"""The operation that places spans which were lost in a corrected text."""

from helpers.curation.arguments import Operation, id_of, shown
from helpers.curation.claim_sources import settle
from helpers.curation.claim_spans import apart
from helpers.curation.context import Context
from helpers.curation.state import MENTION, Edit, Record, lost_spans
from helpers.files.errors import InputError


def place(edit: Edit, context: Context, operation: Operation) -> None:
    """Set the new offsets of a lost span; or, without offsets, give it up."""
    one = edit.get("unanchored", id_of(operation, "unanchored"))
    given_up = operation["start"] is None and operation["end"] is None
    span = None if given_up else context.span(operation)
    edit.drop("unanchored", one["unanchored_id"])
    if one["table"] == "claims":
        claim = edit.get("claims", one["record_id"])
        _place_in_claim(edit, claim, one["role"], span)
    elif one["table"] == "sources":
        edit.get("sources", one["record_id"])["justification"] = span
    elif one["table"] == "mentions" and span:
        if one["row"].get("actor_id") not in context.actors:
            raise InputError(f"no actor is called {shown(one['row'].get('actor_id'))}; add it to your own lexicon")
        mention = dict.fromkeys(MENTION, "") | one["row"] | span
        edit.put("mentions", one["record_id"], mention | {"mention_id": one["record_id"]})
    elif span:
        raise InputError(f"{one['table']} are not placed here; write the offsets in {one['table']}.csv")


def _place_in_claim(edit: Edit, claim: Record, role: str, span: Record | None) -> None:
    if span is None:
        if role == "content" and not claim["content"] and not any(o["role"] == role for o in lost_spans(edit, claim)):
            raise InputError("it has no other content, and a claim says something; place it, or reject the claim")
        if role in ("source", "antecedent"):
            settle(edit, claim)
    elif role in ("cue", "content"):
        claim[role] = apart([*claim[role], span], role)
    else:
        claim[role] = span
        claim["source_via"] = "stated" if role == "source" else "inherited"
