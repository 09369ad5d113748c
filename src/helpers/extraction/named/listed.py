"""Compares found names with the mentions of a lexicon: which replace one, and which are names of its actors."""

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
    """The indices of words in mentions of actors other than states: only a longer name can be found there."""
    found: set[int] = set()
    for mention in mentions:
        if actors.by_id[mention.actor_id].type not in STATES:
            found.update(range(*text.inside(mention.span.start, mention.span.end)))
    return found


class Listed:
    """The mentions of a lexicon in an article, by place."""

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
        """The id of the lexicon's actor that found names refer to, or None.

        One of the names is a mention of it, has such a mention after its head noun (حركة حماس), or ends with the
        surname of a person in the lexicon.
        """
        for one in names:
            for first in (one.first, one.first + 1):
                if first in self._first and self._first[first][0] == one.end:
                    return self._first[first][1]
            if one.kind == "P" and one.end in self._persons:
                return self._persons[one.end]
        return None

    def stays(self, one: Form, span: tuple[int, int], actor_id: str) -> bool:
        """Whether the lexicon's mention at a place is kept, and the found name dropped.

        A longer name replaces a state (جامعة القاهرة), and an organisation or group in its middle or at its end, or
        before words that specify it (تنظيم القاعدة في بلاد المغرب). It does not replace a description by people, or a
        mention of the same actor.
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
        """Whether the words after a mention can specify it: an adjective with the article, or a place."""
        at = self._text.inside(end, end + 2)[0]
        text = self._text
        if at >= len(text.words) or text.gaps[at]:
            return False
        return text.words[at].startswith(letters().article) or bool(text.kinds[at].roles & Role.preposition)

    def merged(self, made: Iterable[Mention]) -> tuple[Mention, ...]:
        """All mentions in the order of the text, numbered, without those of the lexicon that a found one replaces."""
        found = sorted(made, key=lambda mention: mention.span.start)
        gone = {
            at
            for one in found
            for at in range(bisect_right(self._ends, one.span.start), bisect_left(self._starts, one.span.end))
        }
        kept = [mention for at, mention in enumerate(self._mentions) if at not in gone]
        both = sorted((*kept, *found), key=lambda m: (m.span.start, m.span.end))
        return tuple(structs.replace(mention, mention_id=f"m{number}") for number, mention in enumerate(both, 1))
