"""Finds the persons, institutions and groups that are named in an article but in no lexicon.

- Evidence: collect what shows that a word is part of a name (`words`, `evidence`), and its weight (`weighed`).
- Labels: find the most likely names in each sentence, with more recall than precision (`decoder`).
- Marks: find organisations in quotation marks after their noun (`quoted_names`), and their acronyms (`acronyms`).
- Article: find a name in all its places (`spread`), and link the names of one actor (`joining`).
- Confidence: score each actor by the evidence from all its places (`scores`).
- Lexicons: a longer name replaces a lexicon's mention inside it; other mentions of a lexicon are kept (`listed`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from helpers.extraction import captions, texts
from helpers.extraction.named import (
    acronyms,
    capitals,
    decoder,
    edges,
    evidence,
    forms,
    joining,
    listed,
    quoted_names,
    scores,
    spread,
)
from helpers.extraction.named.evidence import Evidence
from helpers.extraction.named.forms import Form
from helpers.extraction.named.joining import Actor
from helpers.extraction.named.listed import Listed
from helpers.extraction.named.model import Names
from helpers.extraction.named.weighed import Scores
from helpers.extraction.named.words import Seen
from helpers.extraction.source_names import as_printed
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.entries import Actors
from helpers.lexicon.letters import letters
from helpers.lexicon.vocabulary import Vocabulary
from helpers.records.claims import Claim
from helpers.records.mentions import Mention
from helpers.records.sources import Source
from helpers.text.articles import Article

BONUS = 1.5  # logits: the model then finds most names and many others, which the score of the actor excludes
# An actor with a score below this is only a possible one. By cross-validation over 60 annotated articles, 0.5 gives a
# recall of 0.865 and a precision of 0.904; 0.4 gives a point more recall and a point less precision, 0.55 a point less
# recall and no more precision.
THRESHOLD = 0.5
# The least confidence of an organisation that marks show (`quoted_names`, `acronyms`); in 60 annotated articles on which
# the weights were not fitted, at least this share of these is right, and the recall of all names is 0.884 instead of 0.866.
QUOTED = 0.9
SPREADS = 0.0  # least gain, in logits, of a name that is then searched for in the whole article
LEAST = 0.15  # a name with a score below this is dropped
MACHINE = "machine"
FIRST = attrgetter("first")


class Before(Protocol):
    """The lexicons and weights that are needed (`extraction.known.Known`, which imports this package)."""

    @property
    def actors(self) -> Actors: ...

    @property
    def vocabulary(self) -> Vocabulary: ...

    @property
    def names(self) -> Names: ...


@dataclass(frozen=True, slots=True)
class FoundActor:
    """An actor that a machine found in an article.

    actor_id   machine:1, machine:2, … in order of first mention
    name       the fullest form, as printed
    type       person, institution or group
    aliases    each distinct form as printed, the fullest first
    score      the probability that it is an actor, 0 to 1
    why        codes of the evidence (`scores.CODES`)
    joined     codes of the reasons for linking its forms (`scores.JOINED`)
    """

    actor_id: str
    name: str
    type: str
    aliases: tuple[str, ...]
    score: float
    why: tuple[str, ...]
    joined: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether it is an actor, and not only a possible one."""
        return self.score >= THRESHOLD


class Named(NamedTuple):
    """The actors found, and all mentions in the order of the text: those of lexicons, and found ones of any confidence."""

    actors: tuple[FoundActor, ...]
    mentions: tuple[Mention, ...]


def find(
    article: Article,
    known: Before,
    mentions: Sequence[Mention],
    sources: Sequence[Source] = (),
    claims: Sequence[Claim] = (),
    text: Text | None = None,
) -> Named:
    """Find the actors named in an article that are in no lexicon.

    mentions   the mentions of the lexicons' actors, in the order of the text
    sources, claims   not used yet
    text       the words of the article, if the caller has them
    Returns    the actors found, and all mentions: those of lexicons, without those inside a longer name, and those
               found
    """
    text = text or texts.read(article, known.vocabulary)
    mentions = capitals.beside(text, mentions, known.names.capitals)
    seen, candidates = actors(text, known, mentions)
    rated = [(actor, *_rated(text, seen, actor, known)) for actor in candidates]
    return _named(text, [each for each in rated if each[1] >= LEAST], mentions, known.actors)


def actors(text: Text, known: Before, mentions: Sequence[Mention]) -> tuple[list[Seen], list[Actor]]:
    """What each word shows, and all candidate actors, most of which are dropped later because of a low score."""
    seen = evidence.seen(text, known.names.words)
    told = Scores(Evidence(text, mentions, known.actors, seen), known.names.weighed)
    places = _with_quoted(text, seen, told, _places(text, seen, told, known), mentions, known)
    return seen, _joined(text, seen, told, places, mentions, known)


def _rated(text: Text, seen: Sequence[Seen], actor: Actor, known: Before) -> tuple[float, tuple[str, ...]]:
    """The confidence of an actor, and codes of the evidence."""
    score, why = scores.of(text, seen, actor, known.names.actors)
    quoted = any(form.quoted for forms in actor.forms.values() for form in forms)
    return (max(score, QUOTED) if quoted else score), why


def _with_quoted(
    text: Text, seen: Sequence[Seen], told: Scores, places: list[Form], mentions: Sequence[Mention], known: Before
) -> list[Form]:
    """The names that the model finds, and those in quotation marks after their noun, of which it may find only a part."""
    taken = listed.words(text, mentions, known.actors)
    pairs = list(acronyms.find(text, seen, taken))
    short = {one for _, one in pairs}
    quoted = [*quoted_names.find(text, seen, taken), *(one for pair in pairs for one in pair)]
    if not quoted:
        return places
    bare = set(text.words)
    across = {name.end for name, _ in pairs}  # a name does not go on across the bracket before its acronym
    places = [place for place in places if across.isdisjoint(range(place.first + 1, place.end))]
    kept = dict(enumerate(places))
    covering: dict[int, list[int]] = {}  # by word, the numbers of the places that contain it
    for number, place in kept.items():
        _cover(covering, number, place)
    for number, one in enumerate(quoted, len(kept)):
        beside = sorted({k for at in range(one.first, one.end) for k in covering.get(at, ()) if k in kept})
        whole = [k for k in beside if kept[k].first <= one.first and one.end <= kept[k].end]
        if whole and kept[whole[0]].kind != "P":
            kept[whole[0]] = replace(kept[whole[0]], quoted=True)
        elif not whole:
            gain = decoder.gain(told, one.first, one.end, one.kind, known.names.labels)
            gain = max(gain, SPREADS) if one in short else gain  # no other word is spelled like an acronym
            found = decoder.Found(one.first, one.end, one.kind, gain)
            for k in beside:
                del kept[k]
            kept[number] = replace(forms.form(text, seen, found, known.names.words, bare), quoted=True)
            _cover(covering, number, kept[number])
    return sorted(kept.values(), key=FIRST)


def _cover(covering: dict[int, list[int]], number: int, place: Form) -> None:
    """Record that a place contains its words; changes `covering`."""
    for at in range(place.first, place.end):
        covering.setdefault(at, []).append(number)


def _places(text: Text, seen: Sequence[Seen], told: Scores, known: Before) -> list[Form]:
    """The names that the model finds, with their places; none in a caption in another script."""
    bare, made = set(text.words), []
    captioned = captions.inside(text, captions.find(text))
    for one in told.names(known.names.labels, BONUS):
        if one.first in captioned:
            continue
        for part in edges.parts(text, seen, one, known.names.words):
            if found := forms.trimmed(text, seen, part):
                made.append(forms.form(text, seen, found, known.names.words, bare))
    made = forms.surnames_alone(seen, forms.whole(text, made), known.names.words.leading)
    return sorted([*made, *forms.bracketed(text, seen, made)], key=FIRST)


def _joined(
    text: Text,
    seen: Sequence[Seen],
    told: Scores,
    places: Sequence[Form],
    mentions: Sequence[Mention],
    known: Before,
) -> list[Actor]:
    """The actors of names, with all their places in the article."""
    heads = known.names.words.heads
    taken = {at for one in places for at in range(one.first, one.end)}
    taken |= listed.words(text, mentions, known.actors)
    best: dict[tuple[str, ...], float] = {}
    for one in places:
        best[one.words] = max(best.get(one.words, one.gain), one.gain)
    likely = [one for one in places if best[one.words] >= SPREADS]
    again = [
        replace(one, gain=decoder.gain(told, one.first, one.end, one.kind, known.names.labels))
        for one in spread.spread(text, seen, likely, taken, known.names.words)
    ]
    everywhere = [*places, *again]
    return joining.join(everywhere, heads, _bracketed(text, seen, everywhere))


def _bracketed(
    text: Text, seen: Sequence[Seen], places: Iterable[Form]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Pairs of names, the second in brackets or quotation marks directly after the first."""
    first = {one.first: one for one in places}
    for one in first.values():
        after = first.get(one.end)
        if not after or text.gaps[one.end] & Gap.comma:
            continue
        opens = acronyms.OPENS if one.quoted and after.quoted else Gap.bracket
        bracket, quote = text.gaps[one.end] & opens, text.gaps[one.end] & Gap.quote
        if after.kind != one.kind and (one.kind == "P" or not bracket or after.end - after.first > 1):
            continue
        if bracket or (quote and after.end - after.first == 1 and not seen[after.first].shape.startswith("people")):
            yield one.words, after.words


def _named(
    text: Text,
    rated: Sequence[tuple[Actor, float, tuple[str, ...]]],
    mentions: Sequence[Mention],
    known: Actors,
) -> Named:
    found: list[FoundActor] = []
    made: list[Mention] = []
    theirs = Listed(text, mentions, known)
    for actor, score, why in rated:
        places = sorted([one for many in actor.forms.values() for one in many], key=FIRST)
        same = theirs.actor(places)
        actor_id = same or f"{MACHINE}:{len(found) + 1}"
        spans = [(one, span) for one in places if not theirs.stays(one, span := _span(text, one), actor_id)]
        if not spans:
            continue
        if same is None:
            names = dict.fromkeys(as_printed(_article(text, one) + text.received[slice(*span)]) for one, span in spans)
            aliases = sorted(names, key=lambda name: (-len(name.split()), -len(name)))
            how = tuple([code for code in scores.JOINED if code in actor.joined]) if actor.joined else ()
            found.append(FoundActor(actor_id, aliases[0], scores.TYPES[actor.kind], tuple(aliases), score, why, how))
        longest = max([one.end - one.first for one, _ in spans])
        for one, (start, end) in spans:
            via = "name" if one.end - one.first == longest else "short name"
            place = text.article.place(start)
            exact = text.article.span(start, end)
            made.append(Mention("", place.paragraph, place.number, actor_id, exact, via, MACHINE, MACHINE, score))
    return Named(tuple(found), theirs.merged(made))


def _article(text: Text, one: Form) -> str:
    """The letters of the article that a name lacks after the proclitic ل: للشعب, للجنة الوطنية; none in للجنة التحقيق."""
    first, article, to = one.first, letters().article[0], letters().to[0]
    word = text.words[first]
    if not one.lead or word[one.lead - 1] != to or word[one.lead] != to:
        return ""
    if one.words[0] == article[0] + word[one.lead :]:
        return article[0]
    after = text.words[first + 1] if one.end > first + 1 else ""
    adjective = after.startswith(article) and after.endswith(letters().nisba_singular)
    return article if adjective or one.words == (article + word[one.lead :],) else ""


def _span(text: Text, one: Form) -> tuple[int, int]:
    """The offsets of a name, without proclitics, with the mark that closes a quotation in it."""
    first, past = one.first, one.end
    start = text.letter(first, one.lead) if one.lead else text.starts[first]
    end = text.ends[past - 1]
    if past in map(text.opens.get, text.quotations(first + 1, past)):
        after = text.received[end : end + 1]
        return start, end + 1 if after and not after.isalnum() and not after.isspace() else end
    return start, end
