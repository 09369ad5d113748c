"""All operations by which people decide: pure functions from a state to a change.

An operation is a JSON object as a dict: `id` (its own, by which a repeated one is recognised), `op`, `by` (the
annotator), `at` (when, UTC), and arguments (`data/README.md`, «Operations»). Offsets are code points of the text as
received; the words of a span are taken from the text. `undo` and `redo` are handled by `history`.
"""

from collections.abc import Callable

from helpers.curation import (
    claim_sources,
    claim_spans,
    claim_status,
    claim_values,
    imported,
    noted_mentions,
    placed_spans,
)
from helpers.curation.arguments import Operation, check
from helpers.curation.claim_spans import KINDS
from helpers.curation.context import Context
from helpers.curation.state import Change, Edit, State
from helpers.files.errors import InputError
from helpers.lexicon.entries import STANCES
from helpers.records.claims import ACCEPTED, REJECTED
from helpers.records.modality import Modality


def apply(state: State, context: Context, operation: Operation) -> Change:
    """The change that an operation makes to a state; the state itself is not changed.

    Raises    InputError, one line, for an invalid operation, or one that is not possible in this state.
    """
    check(operation)
    name = operation["op"]
    if name not in _DO:
        raise InputError(f"{name} is of the journal; a session does it")
    edit = Edit(state)
    try:
        _DO[name](edit, context, operation)
    except InputError as e:
        raise InputError(f"{name}: {e}") from None
    return edit.change()


_DO: dict[str, Callable[[Edit, Context, Operation], None]] = {
    "accept": claim_status.accept,
    "reject": claim_status.reject,
    "reopen": claim_status.reopen,
    "span": claim_spans.span,
    "unspan": claim_spans.unspan,
    "add": claim_spans.add,
    "nest": claim_values.nest,
    "within": claim_values.nest,
    "source": claim_sources.source,
    "kind": claim_values.valued("kind", KINDS),
    "modality": claim_values.valued("modality", tuple(each.value for each in Modality)),
    "stance": claim_values.valued("stance", STANCES),
    "gloss": claim_values.gloss,
    "cue": claim_values.cue,
    "grade": claim_values.grade,
    "grade_source": claim_values.grade_source,
    "edit_source": claim_sources.edit_source,
    "mention": noted_mentions.mention,
    "accept_mention": noted_mentions.mention_decided(ACCEPTED),
    "reject_mention": noted_mentions.mention_decided(REJECTED),
    "place": placed_spans.place,
    "import": imported.take,
}
