"""What a person can decide, an operation each: pure functions from a state to a change.

An operation is a dict as JSON has it: `id` (its own, by which one that comes twice is known), `op`, `by` (the
annotator), `at` (when, UTC), and arguments (`data/README.md`, «Operations»). Offsets are code points of the text as
received; the words of a span are taken from the text. `undo` and `redo` are of the journal (see `history`).
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from helpers.annotation.remark_rows import MENTION_VIA
from helpers.curation.arguments import ID, LONGEST_ID, Operation, check, id_of, one_of, plain, shown, text
from helpers.curation.ground import Ground
from helpers.curation.sources_of_claims import new_source, pruned, set_source, set_via, settle
from helpers.curation.state import MENTION, ROLES, Change, Edit, Record, State, keys, lost_spans, new_id
from helpers.files.errors import InputError
from helpers.lexicon.entries import ACTS, STANCES
from helpers.records.claims import (
    ACCEPTED,
    ADDED,
    CHANGED,
    CLAIM_KINDS,
    CUE_FORMS,
    REJECTED,
    SOURCE_VIA,
    UNREVIEWED,
    Claim,
)
from helpers.records.modality import Modality
from helpers.records.sources import CREDIBILITY, RELIABILITY, SOURCE_KINDS
from helpers.text.articles import Article

KINDS = tuple(kind for kind in CLAIM_KINDS if kind != "unattributed")


def apply(state: State, ground: Ground, operation: Operation) -> Change:
    """What an operation changes in a state, which stays as it is.

    Raises    InputError, one line, for an operation that is none, or that cannot be done as things stand.
    """
    check(operation)
    name = operation["op"]
    if name not in _DO:
        raise InputError(f"{name} is of the journal; a session does it")
    edit = Edit(state)
    try:
        _DO[name](edit, ground, operation)
    except InputError as e:
        raise InputError(f"{name}: {e}") from None
    return edit.change()


# Whether a claim is one.


def _any(edit: Edit, operation: Operation) -> Record:
    return edit.get("claims", id_of(operation, "claim"))


def _open(edit: Edit, operation: Operation) -> Record:
    """The claim of an operation that changes it."""
    claim = _any(edit, operation)
    if claim["status"] == REJECTED:
        raise InputError(f"claim {claim['claim_id']} is rejected; accept it or reopen it first")
    return claim


def _attributed(edit: Edit, operation: Operation) -> Record:
    claim = _open(edit, operation)
    if claim["kind"] == "unattributed":
        raise InputError(f"claim {claim['claim_id']} is in the outlet's own voice; add a claim with a source instead")
    return claim


def _decided(claim: Record, operation: Operation, status: str) -> None:
    claim.update(status=status, annotator=operation["by"], decided_at=operation["at"])


def _touched(edit: Edit, claim: Record, operation: Operation) -> None:
    """A claim that a person changed, where it is another than it was, is decided."""
    if claim == edit.state.claims[claim["claim_id"]]:
        return
    if lost_spans(edit, claim):
        claim.update(status=UNREVIEWED, annotator=None, decided_at=None)
    else:
        _decided(claim, operation, ADDED if claim["status"] == ADDED else CHANGED)


def _accept(edit: Edit, ground: Ground, operation: Operation) -> None:
    claim = _any(edit, operation)
    if lost := lost_spans(edit, claim):
        said = ", ".join(dict.fromkeys(one["role"] for one in lost))
        raise InputError(f"claim {claim['claim_id']}: its {said} is not in the text any more; place it, or reject it")
    if claim["status"] in (ACCEPTED, CHANGED, ADDED) and claim["annotator"] == operation["by"]:
        return
    kept = claim["status"] if claim["status"] in (CHANGED, ADDED) else ACCEPTED
    back = claim["status"] == REJECTED and claim["rule"] is None
    _decided(claim, operation, ADDED if back else kept)


def _reject(edit: Edit, ground: Ground, operation: Operation) -> None:
    claim = _any(edit, operation)
    if claim["status"] == REJECTED:
        return
    _decided(claim, operation, REJECTED)


def _reopen(edit: Edit, ground: Ground, operation: Operation) -> None:
    claim = _any(edit, operation)
    if claim["status"] == ADDED:
        raise InputError(f"claim {claim['claim_id']} was added by a person; reject it, or undo")
    if claim["status"] == REJECTED and claim["rule"] is None:
        _decided(claim, operation, ADDED)
    else:
        claim.update(status=UNREVIEWED, annotator=None, decided_at=None)


def _add(edit: Edit, ground: Ground, operation: Operation) -> None:
    content = _parts(ground, operation["content"], "content")
    cue = _parts(ground, operation["cue"], "cue") if operation.get("cue") else []
    claim_id = operation.get("claim") or new_id(edit, "claims", operation["id"])
    if not isinstance(claim_id, str) or not ID.fullmatch(claim_id) or len(claim_id) > LONGEST_ID:
        raise InputError(f"claim is {shown(claim_id)}; write letters a to z, digits, - and _")
    if edit.find("claims", claim_id):
        raise InputError(f"claim {claim_id!r} is there already; give it another id, or none")
    claim: Record = dict.fromkeys(keys(Claim))
    claim |= {"claim_id": claim_id, "content": content, "cue": [], "modality": Modality.ASSERTED.value}
    claim |= {"act": ACTS[0], "stance": STANCES[0], "source_via": "unresolved"}
    claim |= dict.fromkeys(("rationale", "outside_note", "rater", "rated_on"), "")
    claim["kind"] = one_of(operation, "kind", KINDS) if operation.get("kind") else _quoted(ground.article, content)
    edit.put("claims", claim_id, claim)
    _set_cue(ground, claim, cue)
    if operation.get("source"):
        set_source(edit, claim, ground.span(operation["source"], "source"), operation)
    _decided(claim, operation, ADDED)


def _quoted(article: Article, content: list[Record]) -> str:
    """The kind of a claim by the quotation marks of its content: all of it stands between them, a part, or nothing."""
    pairs = [pair for found, _ in article.quotations for pair in found]
    if all(any(start < part["start"] and part["end"] <= end for start, end in pairs) for part in content):
        return "direct"
    some = any(part["start"] <= start and end <= part["end"] for start, end in pairs for part in content)
    return "mixed" if some else "indirect"


# Where it stands.


def _parts(ground: Ground, given: Any, role: str) -> list[Record]:
    """Spans in the order of the text. Raises InputError for none, and for two that overlap."""
    if not isinstance(given, list | tuple) or not given:
        raise InputError(f"{role} has no span; select its words")
    return _apart([ground.span(one, role) for one in given], role)


def _apart(spans: list[Record], role: str) -> list[Record]:
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


def _span(edit: Edit, ground: Ground, operation: Operation) -> None:
    claim, role, span = _open(edit, operation), one_of(operation, "role", ROLES), ground.span(operation)
    if role != "content":
        claim = _attributed(edit, operation)
    if role in ("cue", "content"):
        parts = list(claim[role])
        part = _part(operation, len(parts) + 1)
        parts[part - 1 : part] = [span]
        parts = _apart(parts, role)
        if role == "cue":
            _set_cue(ground, claim, parts)
        else:
            claim[role] = parts
    else:
        _part(operation, 1)
        set_source(edit, claim, span, operation, role)
    for one in lost_spans(edit, claim):
        if one["role"] == role:
            edit.drop("unanchored", one["unanchored_id"])
            break
    _touched(edit, claim, operation)


def _unspan(edit: Edit, ground: Ground, operation: Operation) -> None:
    claim, role = _attributed(edit, operation), one_of(operation, "role", ROLES)
    if role in ("cue", "content"):
        parts = list(claim[role])
        part = _part(operation, max(len(parts), 1))
        if role == "content" and len(parts) < 2:
            raise InputError("it has no other content, and a claim says something; reject it, or select other words")
        del parts[part - 1 : part]
        if role == "cue":
            _set_cue(ground, claim, parts)
        else:
            claim[role] = parts
    else:
        _part(operation, 1)
        claim[role] = None
        settle(edit, claim)
    _touched(edit, claim, operation)


def _set_cue(ground: Ground, claim: Record, parts: list[Record]) -> None:
    """Give a claim its cue; its lemma, form, act and stance are those of the lexicon where other words are a cue there.

    Where the lexicon has none, words that are new to the claim are their own lemma, and neutral.
    """
    had = "".join(part["exact"] for part in claim["cue"])
    claim["cue"] = parts
    words = "".join(part["exact"] for part in parts)
    if words == had:
        return
    if not parts:
        claim.update(cue_lemma=None, cue_form=None)
    elif found := ground.reads(parts):
        cue, form = found
        if cue.lemma != claim["cue_lemma"]:
            claim.update(cue_lemma=cue.lemma, cue_form=form, act=cue.act, stance=cue.stance)
    else:
        lemma = plain(" ".join(part["exact"] for part in parts))
        claim.update(cue_lemma=lemma, cue_form=claim["cue_form"] or CUE_FORMS[0])
        claim.update(act=claim["act"] or ACTS[0], stance=STANCES[0])


def _source(edit: Edit, ground: Ground, operation: Operation) -> None:
    claim = _attributed(edit, operation)
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
        set_via(edit, ground, claim, via)
    if before != claim["source_id"]:
        pruned(edit, before)
    _touched(edit, claim, operation)


def _edit_source(edit: Edit, ground: Ground, operation: Operation) -> None:
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
            for unknown in (each for each in given if each not in ground.actors):
                raise InputError(f"{key}: no actor is called {shown(unknown)}; add it to a lexicon of your own first")
            source[key] = list(dict.fromkeys(given))
    if "justification" in operation:
        given = operation["justification"]
        source["justification"] = None if given is None else ground.span(given, "justification")
        for one in edit.all("unanchored"):
            if (one["table"], one["record_id"]) == ("sources", source["source_id"]):
                edit.drop("unanchored", one["unanchored_id"])
    if source != edit.state.sources[source["source_id"]]:
        source["rule"] = None  # it is the machine's no more


# How it is said.


def _valued(key: str, allowed: tuple[str, ...]) -> Callable[[Edit, Ground, Operation], None]:
    def do(edit: Edit, ground: Ground, operation: Operation) -> None:
        claim = _attributed(edit, operation)
        claim[key] = one_of(operation, "value", allowed)
        _touched(edit, claim, operation)

    return do


def _gloss(edit: Edit, ground: Ground, operation: Operation) -> None:
    _open(edit, operation)["gloss_en"] = text(operation, "value")


def _cue(edit: Edit, ground: Ground, operation: Operation) -> None:
    claim = _attributed(edit, operation)
    if not claim["cue"]:
        raise InputError(f"claim {claim['claim_id']} has no cue; select its words first")
    claim["cue_form"] = one_of(operation, "cue_form", CUE_FORMS)
    claim["act"] = one_of(operation, "act", ACTS)
    if "cue_lemma" in operation:
        lemma = text(operation, "cue_lemma", needed=True)
        known = ground.cues.get(lemma or "")
        if lemma != claim["cue_lemma"]:
            claim.update(cue_lemma=lemma, stance=known.stance if known else STANCES[0])
    if operation.get("stance") is not None:
        claim["stance"] = one_of(operation, "stance", STANCES)
    _touched(edit, claim, operation)


def _nest(edit: Edit, ground: Ground, operation: Operation) -> None:
    claim = _attributed(edit, operation)
    outer = operation["within"] if "within" in operation else operation["value"]
    if outer is not None:
        holds = edit.get("claims", outer if isinstance(outer, str) else shown(outer))
        if holds["kind"] == "unattributed" or (holds["status"] == REJECTED and outer != claim["within"]):
            raise InputError(f"claim {outer} is {holds['status']}, {holds['kind']}; a chain is of claims of sources")
        if any(each["claim_id"] == claim["claim_id"] for each in edit.state.outward(holds)):
            raise InputError(f"claim {outer} is {claim['claim_id']} itself, or reported within it; choose another")
    claim["within"] = outer
    _touched(edit, claim, operation)


# What it is worth.


def _graded(record: Record, key: str, grade: Any, operation: Operation) -> None:
    reason = text(operation, "rationale")
    if (grade is None) != (reason is None):
        raise InputError(f"{key} and rationale are given together, or both are null: a grade says why")
    given = grade is not None
    record[key], record["rationale"] = grade, reason or ""
    record["rater"] = operation["by"] if given else ""
    record["rated_on"] = datetime.fromisoformat(operation["at"]).astimezone(UTC).date().isoformat() if given else ""


def _grade(edit: Edit, ground: Ground, operation: Operation) -> None:
    claim = _open(edit, operation)
    grade = operation["credibility"]
    _graded(claim, "credibility", grade if grade is None else one_of(operation, "credibility", CREDIBILITY), operation)


def _grade_source(edit: Edit, ground: Ground, operation: Operation) -> None:
    source, grade = edit.get("sources", id_of(operation, "source")), operation["reliability"]
    _graded(source, "reliability", grade if grade is None else one_of(operation, "reliability", RELIABILITY), operation)


# Where actors are named.


def _new_mention(edit: Edit, ground: Ground, operation: Operation, given: Mapping[str, Any]) -> Record:
    span, actor_id = ground.span(given), given.get("actor_id")
    if not isinstance(actor_id, str) or actor_id not in ground.actors:
        raise InputError(f"no actor is called {shown(actor_id)}; add it to a lexicon of your own first")
    for one in edit.all("mentions"):
        if (one["start"], one["end"], one["actor_id"]) == (span["start"], span["end"], actor_id):
            return edit.get("mentions", one["mention_id"])
    mention: Record = dict.fromkeys(MENTION, "") | span
    mention |= {"mention_id": new_id(edit, "mentions", operation["id"]), "actor_id": actor_id, "status": UNREVIEWED}
    mention["via"] = one_of(given, "via", MENTION_VIA) if given.get("via") else "name"
    edit.put("mentions", mention["mention_id"], mention)
    return mention


def _mention(edit: Edit, ground: Ground, operation: Operation) -> None:
    mention = _new_mention(edit, ground, operation, operation)
    if mention["mention_id"] in edit.state.mentions and mention["status"] != REJECTED:
        raise InputError(f"{mention['actor_id']} is noted there already; accept or reject it")
    mention.update(status=ADDED, annotator=operation["by"])


def _mention_decided(status: str) -> Callable[[Edit, Ground, Operation], None]:
    def do(edit: Edit, ground: Ground, operation: Operation) -> None:
        given = operation["mention"]
        if isinstance(given, Mapping):
            mention = _new_mention(edit, ground, operation, given)
        else:
            mention = edit.get("mentions", id_of(operation, "mention"))
        kept = ADDED if status == ACCEPTED and mention["status"] == ADDED else status
        if mention["status"] != kept or mention["annotator"] != operation["by"]:
            mention.update(status=kept, annotator=operation["by"])

    return do


# What a corrected text has lost.


def _place(edit: Edit, ground: Ground, operation: Operation) -> None:
    one = edit.get("unanchored", id_of(operation, "unanchored"))
    given_up = operation["start"] is None and operation["end"] is None
    span = None if given_up else ground.span(operation)
    edit.drop("unanchored", one["unanchored_id"])
    if one["table"] == "claims":
        claim = edit.get("claims", one["record_id"])
        _place_in_claim(edit, claim, one["role"], span)
    elif one["table"] == "sources":
        edit.get("sources", one["record_id"])["justification"] = span
    elif one["table"] == "mentions" and span:
        edit.put("mentions", one["record_id"], dict(one["row"]) | span | {"mention_id": one["record_id"]})
    elif span:
        raise InputError(f"{one['table']} are not placed here; write the offsets in {one['table']}.csv")


def _place_in_claim(edit: Edit, claim: Record, role: str, span: Record | None) -> None:
    if span is None:
        if role == "content" and not claim["content"] and not any(o["role"] == role for o in lost_spans(edit, claim)):
            raise InputError("it has no other content, and a claim says something; place it, or reject the claim")
        if role in ("source", "antecedent"):
            settle(edit, claim)
    elif role in ("cue", "content"):
        claim[role] = _apart([*claim[role], span], role)
    else:
        claim[role] = span
        claim["source_via"] = "stated" if role == "source" else "inherited"


_DO: dict[str, Callable[[Edit, Ground, Operation], None]] = {
    "accept": _accept,
    "reject": _reject,
    "reopen": _reopen,
    "span": _span,
    "unspan": _unspan,
    "add": _add,
    "nest": _nest,
    "within": _nest,
    "source": _source,
    "kind": _valued("kind", KINDS),
    "modality": _valued("modality", tuple(each.value for each in Modality)),
    "stance": _valued("stance", STANCES),
    "gloss": _gloss,
    "cue": _cue,
    "grade": _grade,
    "grade_source": _grade_source,
    "edit_source": _edit_source,
    "mention": _mention,
    "accept_mention": _mention_decided(ACCEPTED),
    "reject_mention": _mention_decided(REJECTED),
    "place": _place,
}
