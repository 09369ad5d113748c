"""Operations on sources: the source of a claim, the words that name it, how it is known, and who it is."""

import re
from collections.abc import Mapping
from typing import Any

from helpers.curation.arguments import Operation, id_of, one_of, plain, shown, text
from helpers.curation.claim_status import attributed_claim, touched
from helpers.curation.context import Context
from helpers.curation.state import Edit, Record, blank, extent, lost_spans, new_id
from helpers.files.errors import InputError
from helpers.records.claims import SOURCE_VIA
from helpers.records.sources import SOURCE_KINDS, Source
from helpers.text import orthography


def set_source(
    edit: Edit, context: Context, claim: Record, span: Record, operation: Operation, role: str = "source"
) -> None:
    """Set the words that name a claim's source: in its own clause, or before it (an antecedent).

    If only an edge was moved, the source is the same. Other words are the source that the article names so elsewhere,
    or else a new source, of the kind determined by its words.
    """
    had, before = claim["source"] or claim["antecedent"], claim["source_id"]
    claim[role], claim["antecedent" if role == "source" else "source"] = span, None
    moved = had and had["start"] < span["end"] and span["start"] < had["end"]
    if not (before and moved):
        name = plain(span["exact"])
        claim["source_id"] = _called(edit, name, claim) or new_source(
            edit, operation, {"name": name} | context.who(span)
        )
    claim["source_via"] = "stated" if role == "source" else "inherited"
    if before != claim["source_id"]:
        pruned(edit, before)


def _called(edit: Edit, name: str, claim: Record) -> str | None:
    """The id of the source with this name, or with these words in another claim; None if there is none."""
    key = _key_of(name)
    for source in edit.all("sources"):
        if _key_of(source["name"]) == key:
            return str(source["source_id"])
    for other in edit.all("claims"):
        words = other["source"] or other["antecedent"]
        if other["claim_id"] != claim["claim_id"] and words and other["source_id"] and _key_of(words["exact"]) == key:
            return str(other["source_id"])
    return None


def _key_of(name: str) -> str:
    return " ".join(orthography.fold(name).text.split())


def new_source(edit: Edit, operation: Operation, given: Mapping[str, Any]) -> str:
    """Add a source by name; its kind is unknown if none is given. Returns its id."""
    source = blank(Source) | {
        "source_id": new_id(edit, "sources", operation["id"]),
        "name": text(given, "name", needed=True),
    }
    source |= {"name_en": text(given, "name_en"), "kind": "unknown"}
    source |= {ids: given.get(ids, []) for ids in ("actor_ids", "affiliation_ids")}
    if "kind" in given:
        source["kind"] = one_of(given, "kind", SOURCE_KINDS)
    edit.put("sources", source["source_id"], source)
    return str(source["source_id"])


def settle(edit: Edit, claim: Record) -> None:
    """Update how a claim's source is known after its source or antecedent was removed."""
    if claim["source"] is None and claim["antecedent"] is None:
        claim["source_id"] = None
    via = "stated" if claim["source"] else "inherited" if claim["antecedent"] else "unresolved"
    claim["source_via"] = via
    pruned(edit, edit.state.claims[claim["claim_id"]]["source_id"])


def pruned(edit: Edit, source_id: str | None) -> None:
    """Remove a source that no claim has any more."""
    if source_id and all(claim["source_id"] != source_id for claim in edit.all("claims")):
        edit.drop("sources", source_id)


def set_via(edit: Edit, context: Context, claim: Record, via: str | None) -> None:
    """Set how a claim's source is known: by words in its own clause, or by words before it."""
    via = via or ("stated" if claim["source"] else "inherited")
    if via == "stated" and claim["source"] is None:
        raise InputError("source_via is stated, but no words of the claim name its source; select them first")
    if via == "inherited":
        claim["source"] = None
        if claim["antecedent"] is None:
            claim["antecedent"] = _named_before(edit, context, claim)
    else:
        claim["antecedent"] = None
    claim["source_via"] = via


def _named_before(edit: Edit, context: Context, claim: Record) -> Record:
    """The last span before a claim that names its source: as another claim's source, or by name."""
    begins = extent(claim)[0]
    spans = [
        one["source"]
        for one in edit.all("claims")
        if one["source"] and one["source_id"] == claim["source_id"] and one["claim_id"] != claim["claim_id"]
    ]
    if before := [span for span in spans if span["end"] <= begins]:
        return dict(max(before, key=lambda span: int(span["start"])))
    name = edit.get("sources", claim["source_id"])["name"]
    places = [(m.start(), m.end()) for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", context.article.text)]
    if places:
        start, end = next((place for place in reversed(places) if place[1] <= begins), places[0])
        return context.span({"start": start, "end": end})
    if spans:
        return dict(spans[0])
    raise InputError(f"the article does not name {name!r} in these words; select the words that do, as its antecedent")


def source(edit: Edit, context: Context, operation: Operation) -> None:
    """Set the source of a claim: an existing one, a new one, or none."""
    claim = attributed_claim(edit, operation)
    before, new, given = claim["source_id"], operation.get("new"), operation.get("source_id")
    if (new is None) == ("source_id" not in operation):
        raise InputError("give source_id, or new with name and kind")
    via = one_of(operation, "source_via", SOURCE_VIA) if operation.get("source_via") else None
    if new is not None:
        if not isinstance(new, Mapping) or not {"name", "kind"} <= set(new) <= {"name", "kind", "name_en"}:
            raise InputError(f"new is {shown(new)}; write name, kind and, if you like, name_en")
        given = new_source(edit, operation, new)
    elif given is not None:
        given = edit.get("sources", id_of(operation, "source_id"))["source_id"]
    if via is not None and (given is None) != (via == "unresolved"):
        raise InputError(f"source_via is {via}: unresolved has no source_id, stated and inherited have one")
    if given is None:
        claim.update(source=None, antecedent=None, source_id=None, source_via="unresolved")
        for one in lost_spans(edit, claim):
            if one["role"] in ("source", "antecedent"):
                edit.drop("unanchored", one["unanchored_id"])
    else:
        claim["source_id"] = given
        set_via(edit, context, claim, via)
    if before != claim["source_id"]:
        pruned(edit, before)
    touched(edit, claim, operation)


def edit_source(edit: Edit, context: Context, operation: Operation) -> None:
    """Set the identity of a source."""
    source = edit.get("sources", id_of(operation, "source"))
    for key in ("name", "name_en", "justification_en"):
        if key in operation:
            source[key] = text(operation, key, needed=key == "name")
    if "kind" in operation:
        source["kind"] = one_of(operation, "kind", SOURCE_KINDS)
    for key in ("actor_ids", "affiliation_ids"):
        if key in operation:
            given = operation[key]
            if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
                raise InputError(f"{key} is {shown(given)}; write a list of ids of actors")
            for unknown in (each for each in given if each not in context.actors):
                raise InputError(f"{key}: no actor is called {shown(unknown)}; add it to your own lexicon first")
            source[key] = list(dict.fromkeys(given))
    if "justification" in operation:
        given = operation["justification"]
        source["justification"] = None if given is None else context.span(given, "justification")
        for one in edit.all("unanchored"):
            if (one["table"], one["record_id"]) == ("sources", source["source_id"]):
                edit.drop("unanchored", one["unanchored_id"])
    if source != edit.state.sources[source["source_id"]]:
        source["rule"] = None  # no longer determined by the machine
