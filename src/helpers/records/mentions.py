"""One place where an article names an actor."""

from typing import Annotated

from msgspec import Struct

from helpers.records.fields import Written
from helpers.text.articles import Span

FOUND_BY = ("lexicon", "own", "machine")


class Mention(Struct, frozen=True, gc=False):
    """One place where an actor is named. `via` says how; `made_by` is `machine`, or `people` for a description.

    found_by   by what the actor is known: the project's lexicon, the user's own, or a machine in the article itself
    score      how likely it is right, 0 to 1, of one that a machine found; None for one of a lexicon
    """

    mention_id: str
    paragraph: Annotated[int, ~Written.ANNOTATION]
    sentence: Annotated[int, Written.CORPUS | Written.TABLE]
    actor_id: str
    span: Span
    via: str
    made_by: Annotated[str, ~Written.ANNOTATION]
    found_by: Annotated[str, ~Written.ANNOTATION] = "lexicon"
    score: Annotated[float | None, ~Written.ANNOTATION] = None
