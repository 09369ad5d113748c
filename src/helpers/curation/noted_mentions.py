"""Operations on mentions: a person adds, accepts or rejects them."""

from collections.abc import Callable, Mapping
from typing import Any

from helpers.annotation.remark_rows import MENTION_VIA
from helpers.curation.arguments import Operation, id_of, one_of, shown
from helpers.curation.context import Context
from helpers.curation.state import MENTION, Edit, Record, new_id
from helpers.files.errors import InputError
from helpers.records.claims import ACCEPTED, ADDED, REJECTED, UNREVIEWED


def _new_mention(edit: Edit, context: Context, operation: Operation, given: Mapping[str, Any]) -> Record:
    """The mention of an actor at a span; a new one if there is none."""
    span, actor_id = context.span(given), given.get("actor_id")
    if not isinstance(actor_id, str) or actor_id not in context.actors:
        raise InputError(f"no actor is called {shown(actor_id)}; add it to your own lexicon first")
    for one in edit.all("mentions"):
        if (one["start"], one["end"], one["actor_id"]) == (span["start"], span["end"], actor_id):
            return edit.get("mentions", one["mention_id"])
    mention: Record = dict.fromkeys(MENTION, "") | span
    mention |= {"mention_id": new_id(edit, "mentions", operation["id"]), "actor_id": actor_id, "status": UNREVIEWED}
    mention["via"] = one_of(given, "via", MENTION_VIA) if given.get("via") else "name"
    edit.put("mentions", mention["mention_id"], mention)
    return mention


def mention(edit: Edit, context: Context, operation: Operation) -> None:
    """Add a mention."""
    mention = _new_mention(edit, context, operation, operation)
    if mention["mention_id"] in edit.state.mentions and mention["status"] != REJECTED:
        raise InputError(f"{mention['actor_id']} is already noted there; accept or reject it")
    mention.update(status=ADDED, annotator=operation["by"])


def mention_decided(status: str) -> Callable[[Edit, Context, Operation], None]:
    """Make the operation that accepts or rejects a mention, including one that is not in the annotations yet."""

    def do(edit: Edit, context: Context, operation: Operation) -> None:
        given = operation["mention"]
        if isinstance(given, Mapping):
            mention = _new_mention(edit, context, operation, given)
        else:
            mention = edit.get("mentions", id_of(operation, "mention"))
        kept = ADDED if status == ACCEPTED and mention["status"] == ADDED else status
        if mention["status"] != kept or mention["annotator"] != operation["by"]:
            mention.update(status=kept, annotator=operation["by"])

    return do
