"""Which mentions of a lexicon's actors name them: القاعدة is a group or a base, تويتر a company or where one writes.

A spelling that is also an ordinary word names its actor if the words around it show it, or if the article names the
actor unambiguously elsewhere. A platform is an actor unless the article names it only as the place of what others post.
The words that show this are rows of `name_evidence.csv`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from helpers.extraction.named import clues
from helpers.extraction.named.clues import Clues
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.aliases import Alias
from helpers.lexicon.entries import Actor, Actors
from helpers.lexicon.letters import has_article, letters
from helpers.lexicon.roles import CLAUSE
from helpers.records.mentions import Mention
from helpers.text import orthography

OFTEN, RARELY = "often", "rarely"  # values of `ordinary` in `actors.csv`
LINKS = 3  # most words from a word that links somebody to a group to its name: المرتبطين فكريا بالقاعدة
POSTS = 4  # most words from what is posted, or from who posts, to the platform
ACTS = 6  # most words from what is done to a platform to its name: فرضت المحكمة غرامة جديدة على تويتر
GROUP, STATE, DEMONYM = "group", "state", "demonym"
MARKS = Gap.comma | Gap.semicolon | Gap.colon | Gap.stop | Gap.line | Gap.bracket | Gap.closing | Gap.dash
ENDS = Gap.semicolon | Gap.stop | Gap.line


class Sorted(NamedTuple):
    """Mentions that count, and those of which the text does not show whether they name an actor."""

    kept: list[Mention]
    unresolved: list[Mention]


@dataclass(frozen=True, slots=True)
class _Place:
    """A mention with its words, as a range, and its spelling in the lexicon, if that can be an ordinary word."""

    mention: Mention
    first: int
    end: int
    alias: Alias | None


def apart(text: Text, mentions: Sequence[Mention], actors: Actors, found: Mapping[str, Actor], known: Clues) -> Sorted:
    """Separate mentions by whether they name an actor; those that do not are in neither list.

    mentions   in the order of the text
    actors     of the lexicons
    found      those found by machine, by id
    """
    here = {mention.actor_id for mention in mentions}
    words = here & actors.ordinary
    platforms = {one for one in here - found.keys() if actors.by_id[one].body == clues.PLATFORM}
    if not (words or platforms):
        return Sorted(list(mentions), [])
    places = [_Place(one, *text.inside(one.span.start, one.span.end), None) for one in mentions]
    places = [_with_alias(text, one, actors) if one.mention.actor_id in words else one for one in places]
    sorting = _Sorting(text, places, {**actors.by_id, **found}, known)
    out = sorting.places_of_posts(platforms)
    unresolved = sorting.words(out)
    kept = [one.mention for at, one in enumerate(places) if at not in out and at not in unresolved]
    return Sorted(kept, [places[at].mention for at in sorted(unresolved)])


def _with_alias(text: Text, one: _Place, actors: Actors) -> _Place:
    """The mention with its spelling, if that can be an ordinary word."""
    if one.mention.score is not None or one.first >= len(text.words):
        return one
    following = text.words[one.first + 1] if one.first + 1 < len(text.words) else ""
    for _, alias in actors.candidates(text.words[one.first], following):
        same = alias.actor_id == one.mention.actor_id and alias.rest == text.words[one.first + 1 : one.end]
        if same and alias.ordinary:
            return _Place(one.mention, one.first, one.end, alias)
    return one


class _Sorting:
    """The mentions of an article while they are sorted, each by its index."""

    def __init__(self, text: Text, places: Sequence[_Place], by_id: Mapping[str, Actor], known: Clues) -> None:
        self._text, self._places, self._actors, self._clues = text, places, by_id, known
        self._by_first = {one.first: at for at, one in enumerate(places)}
        self._by_end = {one.end: at for at, one in enumerate(places)}

    # -- names that are also words

    def words(self, out: set[int]) -> set[int]:
        """The indices of mentions that remain unresolved; those that are ordinary words are added to `out`."""
        doubtful: dict[str, list[int]] = {}
        for at, one in enumerate(self._places):
            if one.alias and self._ordinary(one, _name(one.alias)):
                out.add(at)
            elif one.alias and one.alias.ordinary == OFTEN:
                doubtful.setdefault(one.mention.actor_id, []).append(at)
        unresolved: set[int] = set()
        for actor_id, many in doubtful.items():
            sure = {at for at in many if self._shown(self._places[at])}
            also_a_word = any(self._places[at].mention.actor_id == actor_id for at in out)
            named = bool(sure) or self._elsewhere(actor_id, self._places[many[0]])
            if also_a_word and not named:
                out |= set(many)  # القاعدة of which it says elsewhere: القاعدة الجوية
            elif also_a_word or not named:
                unresolved |= set(many) - sure
        return unresolved

    def _ordinary(self, one: _Place, name: str) -> bool:
        """Whether the words beside a spelling show that it is the ordinary word."""
        text, alias, known = self._text, one.alias, self._clues
        before = self._before(one)
        if before is not None and known.has(clues.BEFORE, name, text.words[before]):
            return True
        if one.end >= len(text.words) or text.gaps[one.end] & MARKS:
            return False
        after = text.words[one.end]
        if known.has(clues.AFTER, name, after):
            return True
        if not (has_article(after) and self._agrees(one.end - 1, one.end)):
            return False
        if alias and alias.ordinary == OFTEN:
            subject = before is not None and known.has(clues.VERB, name, text.words[before])
            return not (subject and known.has(clues.NO_ADJECTIVE, name, after))
        mention = self._places[at].mention if (at := self._by_first.get(one.end)) is not None else None
        return bool(mention and mention.via == DEMONYM and known.by_use.get((clues.DEMONYM, name)))  # الغرب الليبي

    def _agrees(self, noun: int, adjective: int) -> bool:
        """Whether a word agrees with the noun before it: both are feminine, or neither."""
        feminine = letters().feminine
        return self._text.written(noun).endswith(feminine) is self._text.written(adjective).endswith(feminine)

    def _shown(self, one: _Place) -> bool:
        """Whether the words around a spelling show that it is the name."""
        text, known, name = self._text, self._clues, _name(one.alias)
        if text.opens.get(one.first) == one.end or text.bracketed(one.first):
            return True
        before = self._before(one)
        if before is not None:
            if any(known.has(use, name, text.words[before]) for use in (clues.OWNER, clues.VERB)):
                return True
            for at in range(before, max(-1, before - LINKS), -1):
                if known.has(clues.LINK, name, text.words[at]):
                    return True
                if text.gaps[at] & MARKS:
                    break
        return self._joined(one)

    def _joined(self, one: _Place) -> bool:
        """Whether a conjunction joins a spelling to the name of another group: القاعدة وداعش."""
        text = self._text
        for near, second in ((self._by_end.get(one.first), one.first), (self._by_first.get(one.end), one.end)):
            if near is not None and self._group(near) and not text.gaps[second] & MARKS and self._and(second):
                return True
        for far, word in ((self._by_end.get(one.first - 1), one.first - 1), (self._by_first.get(one.end + 1), one.end)):
            if far is not None and self._group(far) and self._clues.has(clues.JOINED, "", text.words[word]):
                return True
        return False

    def _group(self, at: int) -> bool:
        """Whether a mention is the unambiguous name of a group."""
        one = self._places[at]
        return self._actors[one.mention.actor_id].type == GROUP and not (one.alias and one.alias.ordinary == OFTEN)

    def _and(self, at: int) -> bool:
        """Whether a mention begins after the conjunction و in its word."""
        one = self._places[self._by_first[at]]
        proclitics = one.mention.span.start > self._text.starts[at]
        return proclitics and self._text.words[at].startswith(letters().conjunction)

    def _elsewhere(self, actor_id: str, one: _Place) -> bool:
        """Whether the article names the actor by another spelling, or an actor whose name contains this one."""
        name = _name(one.alias)
        for other in self._places:
            if other.alias and other.alias.ordinary == OFTEN:
                continue
            if other.mention.actor_id == actor_id:
                return True
            actor = self._actors[other.mention.actor_id]
            if actor.type == GROUP and name in orthography.fold(actor.name_ar).text.split(" "):
                return True
        return False

    def _before(self, one: _Place) -> int | None:
        """The word directly before a mention, with no mark but quotation marks between them."""
        return one.first - 1 if one.first and not self._text.gaps[one.first] & MARKS else None

    # -- platforms

    def places_of_posts(self, platforms: set[str]) -> set[int]:
        """The indices of mentions of platforms that the article names only as the place of what is posted there."""
        many: dict[str, list[int]] = {}
        held: set[int] = set()
        for at, one in enumerate(self._places):
            if one.mention.actor_id in platforms:
                many.setdefault(one.mention.actor_id, []).append(at)
                if self._holds_posts(at, one, held):
                    held.add(at)
        return {at for its in many.values() if held.issuperset(its) for at in its}

    def _holds_posts(self, at: int, one: _Place, held: set[int]) -> bool:
        """Whether a platform is named as the place of what is posted, or follows such a one: إكس (تويتر سابقا)."""
        text, known = self._text, self._clues
        if known.has(clues.COMPANY, clues.PLATFORM, text.words[one.first]):
            return False
        joined = bool(text.gaps[one.first] & (Gap.comma | Gap.bracket)) or self._and(one.first)
        if joined and at - 1 in held and self._places[at - 1].end == one.first:
            return True
        first = one.first
        lead = orthography.fold(text.received[text.starts[first] : one.mention.span.start]).text
        while not lead and first and not text.gaps[first] & MARKS:
            carrier = known.lead(clues.CARRIER, clues.PLATFORM, text.words[first - 1])
            if carrier is None:
                break
            first, lead = first - 1, carrier
        if lead:
            return known.has(clues.PLACE_WITH_POST, clues.PLATFORM, lead) and self._near(clues.POST, first, POSTS)
        if not first or text.gaps[first] & MARKS:
            return False
        before = text.words[first - 1]
        if known.has(clues.PLACE, clues.PLATFORM, before):
            return not self._near(clues.ACTED_UPON, first - 1, ACTS)
        if known.has(clues.PLACE_WITH_POST, clues.PLATFORM, before):
            return self._near(clues.POST, first - 1, POSTS)
        return known.has(clues.POST, clues.PLATFORM, before)

    def _near(self, use: str, end: int, most: int) -> bool:
        """Whether one of the `most` words before `end` has a use for platforms, in the same clause."""
        text = self._text
        for at in range(end - 1, max(-1, end - 1 - most), -1):
            if text.gaps[at + 1] & ENDS or text.role(at, CLAUSE):
                return False
            if self._clues.has(use, clues.PLATFORM, text.words[at]):
                return True
        return False


def _name(alias: Alias | None) -> str:
    """The folded first word of a spelling."""
    return orthography.fold(alias.alias).text.split(" ")[0] if alias else ""
