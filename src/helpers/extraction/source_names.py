"""The parts of a source's phrase: its head noun, its name, and the title or apposition that justifies its authority."""

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct, structs

from helpers.extraction import chunks, source_kinds
from helpers.extraction.chunks import NounPhrase
from helpers.extraction.drafts import Range
from helpers.extraction.lone_names import Told
from helpers.extraction.person_names import SMALL, definite
from helpers.extraction.person_names import bare as bare_word
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.entries import Actors
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role
from helpers.records.mentions import Mention
from helpers.text import punctuation
from helpers.text.articles import Span

__all__ = ["SMALL", "Phrase", "as_printed", "phrase_of"]

JOINERS = "\u200c\u200d"  # invisible characters that change the shape of letters


class Phrase(Struct, frozen=True, gc=False):
    """The parts of a phrase that names a source in one place; words are folded.

    head, definite   its first noun without the article, and whether it has the article
    name        the words of the name, without titles
    core        the number of words before an apposition or a relative clause
    kind, rule  the kind of source, and the rule that determined it
    """

    span: Span
    text: str
    words: tuple[str, ...]
    head: str
    definite: bool
    name: tuple[str, ...]
    core: int
    kind: str
    rule: str
    actor_ids: tuple[str, ...]
    affiliation_ids: tuple[str, ...]
    justification: Span | None

    @property
    def adjectives(self) -> set[str]:
        """The adjectives of a head without a name (الوزير الكوري), without the article."""
        return {bare_word(word) for word in self.words[1 : self.core] if word.endswith(letters().adjective)}

    @property
    def called(self) -> tuple[str, ...]:
        """The name; for a single unlisted word with the article (الكاظمي), that word, which can be a name."""
        return self.name or self.words[: self.core == 1 and self.definite and self.kind == "unknown"]

    def as_actor(self, actors: Actors) -> "Phrase":
        """The phrase with the kind of the actor that a machine found in it, if its own words do not show it."""
        if self.kind != "unknown":
            return self
        if self.actor_ids:
            return structs.replace(self, kind=source_kinds.of_type(actors.by_id[self.actor_ids[0]].type), rule="actor")
        known = tuple(actor for actor in self.affiliation_ids if actors.by_id[actor].found_by != "machine")
        return structs.replace(self, affiliation_ids=known)

    def as_named(self, full: dict[str, Told]) -> "Phrase":
        """The phrase with the full name from elsewhere in the article, if it is a single word that can be a name."""
        if not self.lone:
            return self
        if self.words[0] not in full:
            return structs.replace(self, kind="named person") if self.rule == source_kinds.LONE else self
        kind, span, name = full[self.words[0]]
        if kind == "named person" and len(name) == 1:
            return structs.replace(self, name=name, kind=kind, rule=source_kinds.LONE)
        text = as_printed(span.exact) if kind == "named person" else self.text
        return structs.replace(self, name=name, text=text, kind=kind, rule="named elsewhere")

    @property
    def lone(self) -> bool:
        """Whether it is a single word that can be a name."""
        return self.kind == "unknown" and self.core == 1

    @property
    def bare(self) -> set[str]:
        """All words, without the article."""
        return set(map(bare_word, self.words))


def phrase_of(
    text: Text, span: Span, mentions: Sequence[Mention], actors: Actors, starts: Sequence[int] | None = None
) -> Phrase:
    """Split the phrase of a source into its parts. Kinds and roles of words are from the lexicon; the rest is the name.

    starts   the start offset of each mention, for a caller with many phrases
    """
    first, end = text.inside(span.start, span.end)
    lead = span.start - text.starts[first]
    phrase = chunks.noun_phrase(text, (first, end), lead)
    words = (text.words[first][lead:], *text.words[first + 1 : end])
    starts = [m.span.start for m in mentions] if starts is None else starts
    inside = []
    for at in range(bisect_left(starts, span.start), len(starts)):
        if mentions[at].span.end > span.end:
            break
        inside.append(mentions[at])
    told = inside
    if inside and phrase.core < end and phrase.relative:  # but not من تونس in «دبلوماسي يتابع الملف من تونس»
        told = [m for m in inside if m.span.start < text.ends[phrase.relative[0] - 1]]
    # An actor found by machine shows whom a phrase names; the kind of source is determined by the words.
    listed = [m for m in inside if m.found_by != "machine"]
    name = _past_demonym(text, phrase, listed) or _listed(text, phrase, [m for m in told if m in listed], actors)
    if words[0] in letters().son and phrase.head == first:
        name = _son(text, phrase, name)
    is_it, of_it = _actors(text, span, phrase, told, name, actors)
    several = sum(m.via != "demonym" for m in listed) > 1
    in_lexicons = tuple(actor for actor in is_it if actors.by_id[actor].found_by != "machine")
    kind, rule = source_kinds.find(text, phrase, words[0], name, in_lexicons, several, listed, actors)
    if kind == "unknown" and phrase.core < end and _introduced(text, phrase):
        name, kind, rule = (first, first + 1), "named person", "age or apposition"
    apposition = _apposition(text, phrase, name if kind == "named person" else None)
    title = (
        text.article.span(span.start, text.ends[min(name[0], phrase.core) - 1])
        if name and kind == "named person" and name[0] > first
        else None
    )
    return Phrase(
        span=span,
        text=_text(text, span, phrase, name, kind),
        words=words,
        head=bare_word(words[0]),
        definite=phrase.definite,
        name=tuple(words[at - first] for at in range(*name)) if name else (),
        core=phrase.core - first,
        kind=kind,
        rule=rule,
        actor_ids=is_it,
        affiliation_ids=of_it,
        justification=apposition or title,
    )


def _son(text: Text, phrase: NounPhrase, name: Range | None) -> Range | None:
    """The name that ابن begins: ابن خلدون, لابن الجوزي; None if the words after it tell whose son he is.

    These are a noun of the lexicon (ابن مسؤول كبير), one with the article and ـة (ابن المدينة), or an unlisted word with
    its complement (ابن عم القتيل).
    """
    first, at = phrase.first, phrase.first + 1
    after = at + 1
    if name and name[0] > at:
        return name  # ابن مدينة الضفاف سالم حمدان
    if at >= phrase.core:
        return None
    if text.role(at, Role.given | Role.name_part):
        return first, max(name[1] if name and name[0] <= at else 0, after)
    small = text.role(at, SMALL | Role.quantifier) and after < phrase.core  # ابن أحد الجنود; not ابن كثير
    if text.kinds[at].kind or small:
        return None
    if definite(text.words[at], text.written(at)):
        if text.written(at).endswith(letters().feminine):
            return None
    elif after < phrase.core and not text.gaps[after]:
        word = text.words[after]
        if definite(word, text.written(after)) and not word.endswith(letters().nisba):
            return None
    return first, max(name[1] if name and name[0] <= at else 0, after)


def _introduced(text: Text, phrase: NounPhrase) -> bool:
    """Whether an age in brackets or a clause with a pronoun shows that a single word is a person: أحمدو (43 عاما)."""
    at = phrase.first + 1
    if phrase.core != at or at >= phrase.end or phrase.first in text.opens:
        return False
    aged = text.gaps[at] & Gap.bracket and text.words[at].isdigit()
    return bool(aged or (text.gaps[at] & Gap.comma and text.role(at, Role.pronoun)))


def _listed(text: Text, phrase: NounPhrase, inside: list[Mention], actors: Actors) -> Range | None:
    """The words of a phrase that are a lexicon's name of a person: الخراساني, الوزير الدريدي.

    The name is the first word of the phrase, or follows a definite title; مستشار الدريدي is another person.
    """
    for mention in inside:
        if actors.by_id[mention.actor_id].type != "person" or mention.via == "demonym":
            continue
        first, end = text.inside(mention.span.start, mention.span.end)
        if first >= phrase.core:
            continue
        titled = text.kinds[first - 1].kind == "person" and definite(text.words[first - 1])
        if first == phrase.first or titled:
            return first, min(end, phrase.core)
    return None


def _actors(
    text: Text,
    span: Span,
    phrase: NounPhrase,
    inside: list[Mention],
    name: Range | None,
    actors: Actors,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(actors that the source is, actors for which it speaks). It is an actor whose name heads it or is its name.

    For an actor found by machine, the type must match the noun of the phrase, and it must be the only one; a person can
    also follow a title in apposition or a demonym. The source does not speak for a person named after the phrase.
    """
    heads = {span.start, *((text.starts[name[0]],) if name else ())}
    core = text.ends[phrase.core - 1]
    heading = [m for m in inside if m.span.start in heads and m.via != "demonym" and m.span.start < core]
    persons = [m for m in inside if m.found_by == "machine" and actors.by_id[m.actor_id].type == "person"]
    heading += [m for m in persons if m not in heading and _called(text, phrase, m, name, inside)]
    heading = [
        m for m in heading if m.found_by != "machine" or source_kinds.fits(actors.by_id[m.actor_id].type, phrase.kind)
    ]
    if any(m.found_by == "machine" for m in heading):
        heading = heading[:1]
    is_it = [m.actor_id for m in heading]
    of_it = [m.actor_id for m in inside if m.actor_id not in is_it and (m not in persons or m.span.start < core)]
    return tuple(dict.fromkeys(is_it)), tuple(dict.fromkeys(of_it))


def _called(text: Text, phrase: NounPhrase, person: Mention, name: Range | None, inside: list[Mention]) -> bool:
    """Whether a phrase names this person: its name is part of the person's, or only a country precedes the person's."""
    if name and person.span.start <= text.starts[name[0]] < person.span.end:
        return True
    before = range(phrase.first, text.inside(person.span.start, person.span.end)[0])
    of_country = {text.inside(m.span.start, m.span.end)[0] for m in inside if m.via == "demonym"}
    return bool(before) and all(at in of_country for at in before)


def _past_demonym(text: Text, phrase: NounPhrase, inside: list[Mention]) -> Range | None:
    """The name without the demonym before it: الأرجنتيني خوان بيتزي."""
    if not phrase.name or phrase.name[0] != phrase.first or phrase.name[1] - phrase.first < 3 or not phrase.definite:
        return phrase.name
    start = text.starts[phrase.first]
    of_country = any(m.via == "demonym" and abs(m.span.start - start) < 2 for m in inside)
    return (phrase.first + 1, phrase.name[1]) if of_country else phrase.name


def _apposition(text: Text, phrase: NounPhrase, name: Range | None) -> Span | None:
    """The words after the comma, if they tell who the source is; a name there is told by the title before it:
    «وزير المياه، سالم حمدان»."""
    if not phrase.apposition or text.words[phrase.core].isdigit():
        return None
    if name and name[0] >= phrase.core:
        return None
    return text.article.span(text.starts[phrase.core], text.ends[phrase.end - 1])


def _text(text: Text, span: Span, phrase: NounPhrase, name: Range | None, kind: str) -> str:
    """The name as printed: for a named person only the name, else the phrase up to its apposition."""
    received = text.received
    if kind == "named person" and name:
        return as_printed(received[max(span.start, text.starts[name[0]]) : text.ends[name[1] - 1]])
    end = text.ends[phrase.core - 1]
    found = received[span.start : end]
    if found.count("«") > found.count("»") and received[end : end + 1] == "»":
        found += "»"  # the mark that closes a name
    to_article = received[span.start - 1 : span.start + 1] in letters().to_article
    return as_printed(letters().bare_alef[0] + found if to_article else found)


def as_printed(name: str) -> str:
    """A name for display: in one line, without invisible marks (but see JOINERS) and unpaired quotation marks.

    >>> as_printed("سالم\\u00a0 حمد\\u200e")
    'سالم حمد'
    >>> as_printed("«أبعاد» للبحوث"), as_printed("أبعاد» للبحوث"), as_printed("O'Neil")
    ('«أبعاد» للبحوث', 'أبعاد للبحوث', "O'Neil")
    """
    name = _without_half_quotations(name)
    if name.isprintable() and "  " not in name:
        return name
    seen = "".join(c for c in name if c in JOINERS or unicodedata.category(c) != "Cf")
    return " ".join(seen.split()).strip(JOINERS)


def _without_half_quotations(name: str) -> str:
    """A name without quotation marks at the edges of words, for each family of which it has an odd number."""
    families = punctuation.marks().families
    found = Counter(families[char] for char in name if char in families)
    odd = "".join(char for char in set(name) if found.get(families.get(char, ""), 0) % 2)
    return " ".join(word.strip(odd) for word in name.split(" ")).strip() if odd else name
