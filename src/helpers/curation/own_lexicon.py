"""Adds an actor found by machine to the user's own lexicon, like `isnad actors suggest --confirm`."""

from helpers.extraction import suggestions
from helpers.extraction.suggestions import Decisions
from helpers.files.errors import InputError
from helpers.records.readings import Reading


def confirm(reading: Reading, actor_id: object) -> list[str]:
    """Write an actor to the user's own lexicon. Returns what was done, in one line each.

    Raises    InputError, one line, for an actor that was not found by machine here, or if there is no such lexicon.
    """
    found = suggestions.candidates(reading)
    number = next((n for n, one in enumerate(found, 1) if one.actor.actor_id == actor_id), None)
    if number is None:
        raise InputError("a lexicon has this actor already, or the article does not name it")
    return suggestions.decide(Decisions.read(confirm=[str(number)]), found, reading.article.article_id)
