"""Coreference of sources: links the phrases that name the same source into one record."""

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
    """Link the phrases that name the same source, and identify it.

    A phrase is linked with an earlier one if both are the same actor of the lexicon, if its name is part of the other's
    (هوفمان, بروس هوفمان), or if it is a noun with the article that heads an earlier phrase (الصحيفة after صحيفة
    «الخليج»). Otherwise it is a new source.

    text      the words of the article, if the caller has them
    Returns   the id of each claim's source (None if it has none), and the sources in the order in which they first
              speak.
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
    """People's sources; one without actors is linked to the actor of its name that the machine found, or that the user
    has since confirmed. A name romanised by machine is replaced by the confirmed actor's English name.

    An organisation or a group is also found by the first words of its name, as many as are a name («لجنة السياسات» in
    «لجنة السياسات بالبنك»), unless an adjective follows: «وزارة الخارجية التونسية» is not any «وزارة الخارجية».
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
    """A source while its phrases are collected."""

    def __init__(self, source_id: str, phrase: Phrase) -> None:
        self.source_id, self.phrases, self.rules = source_id, [phrase], [phrase.rule]

    @property
    def best(self) -> Phrase:
        """The most informative phrase: one with a name rather than without, then the one with the longest name."""
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
    """The name of a source: for a person the fullest name in the article, as found by machine.

    The source's own words are kept if they continue after that name, or if it only adds an abbreviated title (أ. د.).
    """
    if actor.found_by != "machine" or actor.type != "person" or best.kind != "named person":
        return best.text
    full, own = countries.key(actor.name_ar), countries.key(best.text)
    goes_on = len(own) > len(full) and own[: len(full)] == full
    titled = len(own) < len(full) and full[-len(own) :] == own and all(len(word) == 1 for word in full[: -len(own)])
    return best.text if goes_on or titled else actor.name_ar


class _Register:
    """The sources of an article so far, looked up by what a phrase has in common with an earlier one."""

    def __init__(self) -> None:
        self.known: list[_Known] = []
        self._by_key: dict[_Key, list[tuple[_Known, Phrase]]] = {}

    def join(self, phrase: Phrase) -> str:
        """The id of the source that a phrase names: the latest one that fits, or a new one."""
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


RECENT = 8  # most phrases with the same key that are compared


def _keys(phrase: Phrase) -> list[_Key]:
    """The keys by which a phrase is looked up, each with its rule, in the order of the rules."""
    actor = [("actor", phrase.actor_ids)] if phrase.actor_ids else []
    names = [("short name", word) for word in phrase.called]
    return [*actor, ("same words", phrase.words), *names, ("head noun", phrase.head)]


def _one_actor(one: Phrase, other: Phrase) -> bool:
    return one.actor_ids == other.actor_ids


def _same(one: Phrase, other: Phrase) -> bool:
    """Whether two phrases have the same words and a name or the article: two phrases «مسؤولون» can be different people."""
    return bool(one.name) or other.definite or other.kind in ("organisation", "document") or one.span == other.span


def _short(one: Phrase, other: Phrase) -> bool:
    """Whether one name is the end of the other, of the same kind: هوفمان, بروس هوفمان; but not محمد, محمد علي."""
    short, long = sorted((one.called, other.called), key=len)
    return long[-len(short) :] == short and (one.kind == other.kind or "unknown" in (one.kind, other.kind))


def _head(one: Phrase, other: Phrase) -> bool:
    """Whether a title without a name refers to an earlier phrase that begins with it: الوزير, وزير الخارجية فلان."""
    return titles.fits(one, other)


RULES = {"actor": _one_actor, "same words": _same, "short name": _short, "head noun": _head}
