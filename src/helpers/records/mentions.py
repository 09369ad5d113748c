"""One place where an article names an actor."""

from typing import Annotated

from msgspec import Struct

from helpers.records.fields import Written
from helpers.text.articles import Span


class Mention(Struct, frozen=True, gc=False):
    """One place where an actor is named. `via` says how; `made_by` is `machine`, or `people` for a description."""

    mention_id: str
    paragraph: Annotated[int, ~Written.ANNOTATION]
    sentence: Annotated[int, Written.CORPUS | Written.TABLE]
    actor_id: str
    span: Span
    via: str
    made_by: Annotated[str, ~Written.ANNOTATION]
