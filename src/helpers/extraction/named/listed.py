"""Found names beside the mentions of a lexicon: which take the place of one, which are the lexicon's own."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from msgspec import structs

from helpers.extraction.named.forms import Form
from helpers.extraction.texts import Text
from helpers.lexicon.entries import Actors
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role
from helpers.records.mentions import Mention

STATES = ("state", "states")


def words(text: Text, mentions: Iterable[Mention], actors: Actors) -> set[int]:
    """The words of mentions of actors that are no states: nothing else is found there but a longer name."""
    found: set[int] = set()
    for mention in mentions:
        if actors.by_id[mention.actor_id].type not in STATES:
            found.update(range(*text.inside(mention.span.start, mention.span.end)))
    return found


class Listed:
    """The mentions of a lexicon in an article, looked up by where they stand."""

    def __init__(self, text: Text, mentions: Sequence[Mention], actors: Actors) -> None:
        self._text, self._mentions, self._actors = text, mentions, actors
        self._starts = [mention.span.start for mention in mentions]
        self._ends = [mention.span.end for mention in mentions]
        self._first: dict[int, tuple[int, str]] = {}
        self._persons: dict[int, str] = {}
        for mention in mentions:
            kind = actors.by_id[mention.actor_id].type
            if kind not in STATES:
                first, end = text.inside(mention.span.start, mention.span.end)
                self._first[first] = end, mention.actor_id
                if kind == "person":
                    self._persons[end] = mention.actor_id

    def actor(self, names: Iterable[Form]) -> str | None:
        """The actor of a lexicon that found names are.

        One is a mention of it, has one behind the noun that it begins with (حركة حماس), or ends with a person's surname.
        """
        for one in names:
            for first in (one.first, one.first + 1):
                if first in self._first and self._first[first][0] == one.end:
                    return self._first[first][1]
            if one.kind == "P" and one.end in self._persons:
                return self._persons[one.end]
        return None

    def stays(self, one: Form, span: tuple[int, int], actor_id: str) -> bool:
        """Whether what a lexicon has at a place stays, and a found name there goes.

        A longer name takes the place of a state (جامعة القاهرة), and of a body or a group in the middle or at its end, or
        before what tells which one it is (تنظيم القاعدة في بلاد المغرب); not what people described, nor the same actor.
        """
        start, end = span
        for at in range(bisect_right(self._ends, start), bisect_left(self._starts, end)):
            mention = self._mentions[at]
            longer = end - start > mention.span.end - mention.span.start
            if not longer or mention.made_by == "people" or mention.actor_id == actor_id:
                return True
            if self._actors.by_id[mention.actor_id].type in STATES:
                continue
            if one.kind == "P" or (mention.span.start <= start and not self._goes_on(mention.span.end)):
                return True
        return False

    def _goes_on(self, end: int) -> bool:
        """Whether what stands behind a mention can tell which one it is: an adjective with the article, where it is."""
        at = self._text.inside(end, end + 2)[0]
        text = self._text
        if at >= len(text.words) or text.gaps[at]:
            return False
        return text.words[at].startswith(letters().article) or bool(text.kinds[at].roles & Role.preposition)

    def merged(self, made: Iterable[Mention]) -> tuple[Mention, ...]:
        """All mentions in the order of the text, numbered; those of the lexicon that a found one takes the place of are gone."""
        found = sorted(made, key=lambda mention: mention.span.start)
        gone = {
            at
            for one in found
            for at in range(bisect_right(self._ends, one.span.start), bisect_left(self._starts, one.span.end))
        }
        kept = [mention for at, mention in enumerate(self._mentions) if at not in gone]
        both = sorted((*kept, *found), key=lambda m: (m.span.start, m.span.end))
        return tuple(structs.replace(mention, mention_id=f"m{number}") for number, mention in enumerate(both, 1))
