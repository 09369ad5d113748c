"""The record of a mention: one place where an article names an actor."""

from typing import Annotated

from msgspec import Struct

from helpers.records.fields import Written
from helpers.text.articles import Span


class Mention(Struct, frozen=True, gc=False):
    """One place where an actor is named or described.

    mention_id            the key of the mention
    paragraph, sentence   where it is, numbered from 1 through the article
    actor_id              the actor that it names
    span       its words
    via        how it names the actor: description, name, short name, demonym, acronym, capital
    made_by    `machine`, or `people` for a description
    found_by   how its actor is known: `lexicon`, `own` (the user's own lexicon), `machine` (in the article itself)
    status     people's decision on it (`claims.STATUSES`); None if there is none
    score      the machine's confidence that this is a name, 0 to 1; None if a lexicon has it in this form
    annotator  who decided on it
    note       the reason for the decision
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
    status: Annotated[str | None, Written.ANNOTATION] = None
    annotator: Annotated[str, Written.ANNOTATION] = ""
    note: Annotated[str, Written.ANNOTATION] = ""
