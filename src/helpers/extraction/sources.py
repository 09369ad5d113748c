"""Who a source is: one record a source of an article, and how a machine comes to it."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import structs

from helpers.extraction import lone_names, texts, titles
from helpers.extraction.source_names import Phrase, phrase_of
from helpers.extraction.texts import Text
from helpers.lexicon import countries, romanisation
from helpers.lexicon.entries import Actor, Actors
from helpers.lexicon.letters import letters
from helpers.lexicon.vocabulary import Vocabulary
from helpers.records.claims import Claim
from helpers.records.mentions import Mention
from helpers.records.sources import Source
from helpers.text.articles import Article


def identify(
    article: Article,
    claims: Sequence[Claim],
    mentions: Sequence[Mention],
    actors: Actors,
    vocabulary: Vocabulary,
    text: Text | None = None,
) -> tuple[list[str | None], list[Source]]:
    """Join the phrases that name one source, and say who it is.

    A later name joins an earlier one when the two are one actor of the lexicon, when its words are among the other's
    (هوفمان, بروس هوفمان), or when it is a noun with the article that an earlier phrase begins with (الصحيفة after صحيفة
    «الخليج»). What none of these joins is a source of its own.

    text      the article's words, for a caller that has read them

    Returns   the id of each claim's source (None where it has none), and the sources in the order in which they first speak.
    """
    spans = [claim.source or claim.antecedent for claim in claims]
    starts = [mention.span.start for mention in mentions]
    text = text or texts.read(article, vocabulary)
    phrases = {span: phrase_of(text, span, mentions, actors, starts) for span in dict.fromkeys(spans) if span}
    full = lone_names.full(text, {phrase.words[0] for phrase in phrases.values() if phrase.lone})
    register, seen = _Register(), {}
    for phrase in titles.resolved(text, [phrase.as_named(full).as_actor(actors) for phrase in phrases.values()]):
        seen[phrase.span] = register.join(phrase)
    found = [seen[span] if span else None for span in spans]
    return found, [one.source(actors) for one in register.known]


def linked(sources: Sequence[Source], mentions: Sequence[Mention], actors: Actors) -> tuple[Source, ...]:
    """Sources that people noted, each that has no actor with the one that the machine found in the article under its name,
    or that the user has since confirmed; English that a machine romanised gives way to the confirmed actor's.

    An organisation or a group also under the words that its name begins with («لجنة السياسات» of «لجنة السياسات بالبنك»), the
    longest that are a name, where no adjective follows: «وزارة الخارجية التونسية» is not any «وزارة الخارجية».
    """
    theirs = [mention for mention in mentions if mention.found_by in ("machine", "own")]
    ids = {countries.key(mention.span.exact): mention.actor_id for mention in theirs}
    ids |= {countries.key(actors.by_id[actor_id].name_ar): actor_id for actor_id in dict.fromkeys(ids.values())}
    found = []
    for source in sources:
        open_ = source.named and source.made_by == "people" and not source.actor_ids
        actor = _called(source, ids, actors) if open_ else None
        found.append(_as(source, actors.by_id[actor]) if actor else source)
    return tuple(found)


def _as(source: Source, actor: Actor) -> Source:
    romanised = (source.name_en or "").startswith(romanisation.MARK)
    english = actor.name_en if romanised and actor.found_by == "own" else source.name_en
    return structs.replace(source, actor_ids=(actor.actor_id,), name_en=english)


def _called(source: Source, ids: Mapping[tuple[str, ...], str], actors: Actors) -> str | None:
    words = countries.key(source.name)
    if words in ids or source.kind == "named person":
        return ids.get(words)
    sizes = (size for size in range(len(words) - 1, 1, -1) if not words[size].startswith(letters().article))
    begins = (ids[words[:size]] for size in sizes if words[:size] in ids)
    return next((actor for actor in begins if actors.by_id[actor].type != "person"), None)


_Key = tuple[str, object]


class _Known:
    """A source while its phrases are gathered."""

    def __init__(self, source_id: str, phrase: Phrase) -> None:
        self.source_id, self.phrases, self.rules = source_id, [phrase], [phrase.rule]

    @property
    def best(self) -> Phrase:
        """The phrase that says most: a name before none, then the longest name."""
        return max(self.phrases, key=lambda p: (bool(p.name), len(p.name), -p.span.start))

    def source(self, actors: Actors) -> Source:
        best = self.best
        reason = next((p.justification for p in self.phrases if p.justification), None)
        actor_ids = tuple(dict.fromkeys(a for p in self.phrases for a in p.actor_ids))
        of_it = [a for p in self.phrases for a in p.affiliation_ids]
        states = (actors.by_id[a].organ_of for a in (*actor_ids, *of_it))
        affiliations = tuple(dict.fromkeys(a for a in (*of_it, *states) if a and a not in actor_ids))
        one = actors.by_id[actor_ids[0]] if len(actor_ids) == 1 else None
        english = one.name_en if one else None
        return Source(
            source_id=self.source_id,
            name=_name(best, one) if one else best.text,
            name_en=english,
            kind=best.kind,
            actor_ids=actor_ids,
            affiliation_ids=affiliations,
            justification=reason,
            made_by="machine",
            rule=", ".join(dict.fromkeys(self.rules)),
        )


def _name(best: Phrase, actor: Actor) -> str:
    """What to call a source: a person by the fullest name of the article, as a machine found it.

    Not where the source's own words go on behind that name, nor where it has only a title of letters before them (أ. د.).
    """
    if actor.found_by != "machine" or actor.type != "person" or best.kind != "named person":
        return best.text
    full, own = countries.key(actor.name_ar), countries.key(best.text)
    goes_on = len(own) > len(full) and own[: len(full)] == full
    titled = len(own) < len(full) and full[-len(own) :] == own and all(len(word) == 1 for word in full[: -len(own)])
    return best.text if goes_on or titled else actor.name_ar


class _Register:
    """The sources of an article, found again by what a phrase shares with an earlier one."""

    def __init__(self) -> None:
        self.known: list[_Known] = []
        self._by_key: dict[_Key, list[tuple[_Known, Phrase]]] = {}

    def join(self, phrase: Phrase) -> str:
        """The id of the source that a phrase names: a known one, the latest that fits, or a new one."""
        keys = _keys(phrase)
        for key in keys:
            for one, earlier in reversed(self._by_key.get(key, ())[-RECENT:]):
                if RULES[key[0]](earlier, phrase):
                    one.phrases.append(phrase)
                    one.rules.append(key[0])
                    return self._keep(one, phrase, keys)
        self.known.append(_Known(f"s{len(self.known) + 1}", phrase))
        return self._keep(self.known[-1], phrase, keys)

    def _keep(self, one: _Known, phrase: Phrase, keys: Iterable[_Key]) -> str:
        for key in keys:
            self._by_key.setdefault(key, []).append((one, phrase))
        return one.source_id


RECENT = 8  # phrases of the same word to look through


def _keys(phrase: Phrase) -> list[_Key]:
    """By what a phrase is looked up, each with its rule, in the order of the rules."""
    actor = [("actor", phrase.actor_ids)] if phrase.actor_ids else []
    names = [("short name", word) for word in phrase.called]
    return [*actor, ("same words", phrase.words), *names, ("head noun", phrase.head)]


def _one_actor(one: Phrase, other: Phrase) -> bool:
    return one.actor_ids == other.actor_ids


def _same(one: Phrase, other: Phrase) -> bool:
    """The same words, where they name somebody or are definite: «مسؤولون» twice may be other people."""
    return bool(one.name) or other.definite or other.kind in ("organisation", "document") or one.span == other.span


def _short(one: Phrase, other: Phrase) -> bool:
    """One's name is the end of the other's, both of one kind: هوفمان, بروس هوفمان; not محمد, محمد علي."""
    short, long = sorted((one.called, other.called), key=len)
    return long[-len(short) :] == short and (one.kind == other.kind or "unknown" in (one.kind, other.kind))


def _head(one: Phrase, other: Phrase) -> bool:
    """A title with no name of its own, for an earlier phrase that begins with it: الوزير, وزير الخارجية فلان."""
    return titles.fits(one, other)


RULES = {"actor": _one_actor, "same words": _same, "short name": _short, "head noun": _head}
