"""Who a source's phrase names: its head noun, the name in it, the title or apposition that says why it should know."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import compress, count

from msgspec import Struct, structs

from helpers.extraction import chunks
from helpers.extraction.chunks import NounPhrase
from helpers.extraction.drafts import Range
from helpers.extraction.person_names import SMALL, definite
from helpers.extraction.person_names import bare as bare_word
from helpers.extraction.texts import Gap, Text
from helpers.lexicon.entries import Actors
from helpers.lexicon.letters import letters
from helpers.lexicon.vocabulary import Role
from helpers.records.mentions import Mention
from helpers.text.articles import Span

__all__ = ["SMALL", "Phrase", "as_printed", "full_names", "phrase_of"]

Told = tuple[str, Span, tuple[str, ...]]
OBJECTS = frozenset(("addressee", "object", "predicate", "like", "source"))
OF_KIND = {  # types of actors that nouns of a kind head
    "person": ("person",),
    "group": ("group",),
    "organisation": ("institution", "group", "state"),
}
LONE = "lone name"  # the rule of one word that may be a name
JOINERS = "\u200c\u200d"  # they shape letters; other invisible characters do not


class Phrase(Struct, frozen=True, gc=False):
    """The words that name a source in one place, taken apart; words are folded.

    head        its first noun without the article; definite: whether it has it
    name        the words that name somebody, without titles
    core        how many words stand before an apposition or a describing clause
    kind, rule  what it is, and what told
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
        """What is said of a head without a name (الوزير الكوري), without the article."""
        return {bare_word(word) for word in self.words[1 : self.core] if word.endswith(letters().adjective)}

    @property
    def called(self) -> tuple[str, ...]:
        """The name; of a lone word with the article that no list has (الكاظمي), that word, which may be one."""
        return self.name or self.words[: self.core == 1 and self.definite and self.kind == "unknown"]

    def as_actor(self, actors: Actors) -> "Phrase":
        """The phrase as the actor that a machine found in it, where its words do not tell what it is."""
        if self.kind != "unknown":
            return self
        if self.actor_ids:
            return structs.replace(self, kind=_of_type(actors.by_id[self.actor_ids[0]].type), rule="actor")
        known = tuple(actor for actor in self.affiliation_ids if actors.by_id[actor].found_by != "machine")
        return structs.replace(self, affiliation_ids=known)

    def as_named(self, full: dict[str, tuple[str, Span, tuple[str, ...]]]) -> "Phrase":
        """The phrase as what the article calls it elsewhere, where it is a lone word: somebody's last name, a body."""
        if self.kind != "unknown" or self.core != 1:
            return self
        if self.words[0] not in full:
            return structs.replace(self, kind="named person") if self.rule == LONE else self
        kind, span, name = full[self.words[0]]
        if kind == "named person" and len(name) == 1:
            return structs.replace(self, name=name, kind=kind, rule=LONE)
        text = as_printed(span.exact) if kind == "named person" else self.text
        return structs.replace(self, name=name, text=text, kind=kind, rule="named elsewhere")

    @property
    def bare(self) -> set[str]:
        """Every word, without the article."""
        return set(map(bare_word, self.words))


def phrase_of(
    text: Text, span: Span, mentions: Sequence[Mention], actors: Actors, starts: Sequence[int] | None = None
) -> Phrase:
    """Take the phrase of a source apart. Kinds and roles of words are from the lexicon; names are what is left.

    starts   where each mention starts, for a caller with many phrases
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
    if inside and phrase.core < end and phrase.relative:  # not من تونس of «دبلوماسي يتابع الملف من تونس»
        told = [m for m in inside if m.span.start < text.ends[phrase.relative[0] - 1]]
    # What a machine found in the article says whom a phrase names, and not what it is: that its words do.
    listed = [m for m in inside if m.found_by != "machine"]
    name = _past_demonym(text, phrase, listed) or _listed(text, phrase, [m for m in told if m in listed], actors)
    is_it, of_it = _actors(text, span, phrase, told, name, actors)
    several = sum(m.via != "demonym" for m in listed) > 1
    in_lexicons = tuple(actor for actor in is_it if actors.by_id[actor].found_by != "machine")
    kind, rule = _kind(text, phrase, words[0], name, in_lexicons, several, listed, actors)
    if kind == "unknown" and phrase.core < end and _introduced(text, phrase):
        name, kind, rule = (first, first + 1), "named person", "age or apposition"
    apposition = _apposition(text, phrase)
    title = (
        text.article.span(span.start, text.ends[name[0] - 1])
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


def full_names(text: Text, phrases: Iterable[Phrase]) -> dict[str, tuple[str, Span, tuple[str, ...]]]:
    """What lone words that may be names are called elsewhere in the article.

    A person's, where another word that no list has stands before it, and that is a given name or has a title or a verb
    of speech before it (not نسخة العقد); a body's, where the noun of one does (شركة غوغل).

    Returns   by the lone word the kind, the span of the full name and its words. Linear in the length of the article.
    """
    lone = {phrase.words[0] for phrase in phrases if phrase.kind == "unknown" and phrase.core == 1}
    full: dict[str, Told] = {}
    bodies: dict[str, Told] = {}
    weak: dict[str, Told] = {}
    alone: dict[str, Told] = {}
    for at in compress(count(), map(lone.__contains__, text.words)) if lone else ():
        word, before = text.words[at], at - 1
        if not at or word in full or text.gaps[at]:
            continue
        span = text.article.span(text.starts[at], text.ends[at])
        if _forename(text, before):
            whole = text.article.span(text.starts[before], text.ends[at])
            full[word] = ("named person", whole, (text.words[before], word))
        elif _called_body(text, before) and not definite(word):
            same = text.written(before).endswith(letters().feminine)  # قال ترامب, منظمة ترامب
            (weak if same else bodies).setdefault(word, ("organisation", span, (word,)))
        elif (_subject(text, at) or word.startswith(letters().kunya)) and _may_be_name(text, at):
            alone.setdefault(word, ("named person", span, (word,)))
    return weak | alone | bodies | full


def _called_body(text: Text, at: int) -> bool:
    """Whether a noun of a body stands before what it is called (شركة غوغل); not before who leads it (إدارة أوباما)."""
    return text.kinds[at].kind == "organisation" and not definite(text.words[at]) and not text.role(at, Role.led)


def _subject(text: Text, at: int) -> bool:
    """Whether a verb of saying stands before a word that agrees with one man: what it says is its only object."""
    return any(
        hit.agreement == "3ms" and not hit.pronoun and "that" in hit.cue.takes and not hit.cue.takes & OBJECTS
        for hit in text.kinds[at - 1].hits
        if hit.part in ("perfect", "imperfect")
    )


def _may_be_name(text: Text, at: int) -> bool:
    """Whether the subject of such a verb is somebody's name: no plural can end in ـين there, no feminine in ـات."""
    word, written, kind = text.words[at], text.written(at), text.kinds[at]
    if kind.hits or kind.kind or kind.roles & ~Role.given or len(word) < 3 or not word[-1].isalpha() or word.isascii():
        return False
    if at in text.opens or (word.startswith(letters().prefixed) and len(word) > 4):
        return False
    if definite(word, written):
        return written.endswith((*letters().nisba, *letters().oblique))
    return not _sound_plural(word) and not word.endswith(letters().owners)


def _sound_plural(word: str) -> bool:
    """Whether an indefinite word is several people by its letters: an adjective or a participle in ـون (مهنيون, متسوقون)."""
    participle = word.startswith(letters().participle) and not word.startswith(letters().active) and len(word) > 5
    return word.endswith(letters().nisba_plural) or (participle and word.endswith(letters().nominative))


def _forename(text: Text, at: int) -> bool:
    """Whether a word before a lone name can be its given name: a listed one, or an unknown word that is introduced as one."""
    kind, word = text.kinds[at], text.words[at]
    if kind.roles & Role.given:
        return True
    if kind.roles or kind.hits or kind.kind or definite(word) or len(word) < 3 or not at or text.gaps[at]:
        return False
    before = text.kinds[at - 1]
    return before.kind == "person" or before.finite


def _introduced(text: Text, phrase: NounPhrase) -> bool:
    """Whether an age in brackets or a clause with a pronoun tells of a lone word that it is a person: أحمدو (43 عاما)."""
    at = phrase.first + 1
    if phrase.core != at or at >= phrase.end or phrase.first in text.opens:
        return False
    aged = text.gaps[at] & Gap.bracket and text.words[at].isdigit()
    return bool(aged or (text.gaps[at] & Gap.comma and text.role(at, Role.pronoun)))


def _listed(text: Text, phrase: NounPhrase, inside: list[Mention], actors: Actors) -> Range | None:
    """The words by which a lexicon knows the person that a phrase is: الخراساني, الوزير الدريدي.

    The name is the phrase's first, or stands after a definite title; مستشار الدريدي is somebody else.
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
    """The actors that the phrase is, and those that it speaks for: it is one whose name heads it or is its name.

    One that a machine found is so only where its type is what the noun of the phrase says, and alone; a person also behind
    a title in apposition, or behind a demonym. A person who is named behind the phrase is not one that it speaks for.
    """
    heads = {span.start, *((text.starts[name[0]],) if name else ())}
    core = text.ends[phrase.core - 1]
    heading = [m for m in inside if m.span.start in heads and m.via != "demonym" and m.span.start < core]
    persons = [m for m in inside if m.found_by == "machine" and actors.by_id[m.actor_id].type == "person"]
    heading += [m for m in persons if m not in heading and _called(text, phrase, m, name, inside)]
    heading = [m for m in heading if m.found_by != "machine" or _fits(actors.by_id[m.actor_id].type, phrase.kind)]
    if any(m.found_by == "machine" for m in heading):
        heading = heading[:1]
    is_it = [m.actor_id for m in heading]
    of_it = [m.actor_id for m in inside if m.actor_id not in is_it and (m not in persons or m.span.start < core)]
    return tuple(dict.fromkeys(is_it)), tuple(dict.fromkeys(of_it))


def _called(text: Text, phrase: NounPhrase, person: Mention, name: Range | None, inside: list[Mention]) -> bool:
    """Whether a phrase names this person: its name is in his, or nothing but his country stands before him."""
    if name and person.span.start <= text.starts[name[0]] < person.span.end:
        return True
    before = range(phrase.first, text.inside(person.span.start, person.span.end)[0])
    of_country = {text.inside(m.span.start, m.span.end)[0] for m in inside if m.via == "demonym"}
    return bool(before) and all(at in of_country for at in before)


def _of_type(type_: str) -> str:
    """The kind of a source that is an actor of this type."""
    return {"person": "named person", "group": "named group"}.get(type_, "organisation")


def _fits(type_: str, kind: str | None) -> bool:
    """Whether an actor of a type can be what a noun of a kind heads; any can be where there is no such noun."""
    return kind is None or (type_ in OF_KIND[kind] if kind in OF_KIND else False)


def _kind(
    text: Text,
    phrase: NounPhrase,
    word: str,
    name: Range | None,
    is_it: tuple[str, ...],
    several: bool,
    inside: list[Mention],
    actors: Actors,
) -> tuple[str, str]:
    """What a source is, and what told. `word` is its first, without proclitics."""
    head = phrase.kind
    if phrase.joined and head in ("person", "group", None):
        return ("named group" if name and text.role(phrase.joined, Role.given) else "unnamed group"), "joined"
    if text.role(phrase.head, Role.body) and head in (None, "standard", "document"):
        return "organisation", "body"
    if is_it:
        return _of_type(actors.by_id[is_it[0]].type), "actor"
    first = phrase.first
    if head == "organisation" and phrase.head == first and _ranked(text, phrase, name):
        return "named person", "title and name"  # الفريق كامل الوزير
    if phrase.head > first and text.role(first, Role.quantifier) and head != "document":
        return ("named group" if several or _each_named(text, phrase.head) else "unnamed group"), "quantifier"
    if head == "person" and phrase.head == first:
        known = name and not _of_head(text, phrase, word, name)
        return ("named person", "title and name") if known else ("unnamed person", "noun")
    if head == "group":
        return (
            ("named group", "members by name")
            if several and not text.role(first, Role.anonymous)
            else ("unnamed group", "noun")
        )
    if head == "organisation" and _several_bodies(text, phrase.head):
        return "unnamed group", "plural"
    if head in ("organisation", "document"):
        return head, "noun"
    if name and name[0] > first and text.kinds[name[0] - 1].kind == "person":
        return "named person", "title and name"  # سعادة المهندس خلفان بن سالم
    if head == "standard":
        return "document", "noun"
    if text.role(phrase.head, Role.human) and (not name or name[0] == first or _of_head(text, phrase, word, name)):
        return "unnamed person", "noun"
    if name and _person(text, phrase, name, inside):
        return "named person", "name" if name[0] == first else "title and name"
    if head == "person":
        return "unnamed person", "noun"
    if head is None and (demonym := _demonym(text, phrase, inside)):
        return demonym, "demonym"
    if word[0].isdigit() or (
        definite(word) and word.endswith(letters().plural) and len(word) > 6 and not _singular(text, phrase)
    ):
        return "unnamed group", "plural"
    if head is None and _sound_plural(word) and (not name or name == (first, first + 1)):
        return "unnamed group", "plural"
    return "unknown", LONE if name and _lone(text, phrase) else "unknown"


def _ranked(text: Text, phrase: NounPhrase, name: Range | None) -> bool:
    """Whether a given name stands behind a noun with the article that is a rank as well as a body."""
    at = phrase.first + 1
    return bool(phrase.definite and name and name[0] == at and text.role(at, Role.given) and not text.gaps[at])


def _lone(text: Text, phrase: NounPhrase) -> bool:
    """Whether a phrase is one word that no list has, without the article, and a verb of speech has it as its subject."""
    first = phrase.first
    if phrase.core != first + 1 or phrase.definite or first in text.opens or text.kinds[first].hits:
        return False
    written = text.written(first)
    named = len(written) > 2 and written[-1].isalpha() and not written[-1].isascii()
    return named and text.words[first] in text.after_verbs and not written.endswith(letters().no_lone_name)


def _singular(text: Text, phrase: NounPhrase) -> bool:
    """Whether a word in ـين that stands alone is one man's name: a verb of saying has it as its subject, as no plural."""
    at = phrase.first
    return phrase.core == at + 1 and any(
        _subject(text, k) and _may_be_name(text, k)
        for k in range(1, len(text.words))
        if text.words[k] == text.words[at] and not text.gaps[k]
    )


def _several_bodies(text: Text, at: int) -> bool:
    """Whether a noun of bodies is a plural (مواقع, المنظمات), and not one body (القوات)."""
    word = text.words[at]
    bare = bare_word(word)
    if text.role(at, Role.one_body):
        return False
    return text.role(at, Role.several) or (len(bare) > 4 and bare.endswith(letters().feminine_plural))


def _demonym(text: Text, phrase: NounPhrase, inside: list[Mention]) -> str | None:
    """What demonyms alone are: somebody (سوري), several (سوريون), a people by its name (السوريون, الروس والأوكرانيون)."""
    first, words = phrase.first, range(phrase.first, phrase.core)
    of_country = {text.inside(m.span.start, m.span.end)[0] for m in inside if m.via == "demonym"}
    if not all(at in of_country or at == phrase.joined for at in words) or first not in of_country:
        return None
    if len(words) == 1 and text.words[first].endswith(letters().nisba_singular):
        return "unnamed person"
    return "named group" if phrase.definite else "unnamed group"


def _each_named(text: Text, at: int) -> bool:
    """Whether names are counted that no list has: كل من بلوفا وترنكل."""
    return (
        not text.kinds[at].kind
        and _plain(text, at)
        and text.words[min(at + 1, len(text.words) - 1)].startswith(letters().joining)
    )


def _plain(text: Text, at: int) -> bool:
    """Whether no list has a word, but that of given names, and it has no article."""
    kind = text.kinds[at]
    return not kind.hits and not kind.roles & ~Role.given and not definite(text.words[at], text.written(at))


def _past_demonym(text: Text, phrase: NounPhrase, inside: list[Mention]) -> Range | None:
    """The name without the country that somebody is of, which stands before it: الأرجنتيني خوان بيتزي."""
    if not phrase.name or phrase.name[0] != phrase.first or phrase.name[1] - phrase.first < 3 or not phrase.definite:
        return phrase.name
    start = text.starts[phrase.first]
    of_country = any(m.via == "demonym" and abs(m.span.start - start) < 2 for m in inside)
    return (phrase.first + 1, phrase.name[1]) if of_country else phrase.name


def _of_head(text: Text, phrase: NounPhrase, word: str, name: Range) -> bool:
    """Whether words that no list has only tell of an indefinite noun: عمدة قرية, صاحب محطة وقود."""
    if phrase.definite or word.endswith(letters().pronouns) or text.role(name[0], Role.given | Role.name_part):
        return False
    after_article = definite(text.words[name[0] - 1]) and not definite(text.words[name[0]])  # وزير الخارجية فلان
    return name[0] == phrase.first + 1 or (name[1] - name[0] == 1 and not after_article)


def _person(text: Text, phrase: NounPhrase, name: Range, inside: list[Mention]) -> bool:
    """Whether words that no list has name a person, with no title: a given name does; else two words, none of a place."""
    first, end = name
    if any(text.role(at, Role.given | Role.name_part) for at in range(first, end)):
        return True
    after_article = first > phrase.first and definite(text.words[first - 1])  # عالم النفس المهني يواخيم بريتنر
    if end - first < 2 or not (first == phrase.first or phrase.definite or after_article):
        return False
    start, last = text.starts[first], text.ends[end - 1]
    if any(start <= m.span.start < last for m in inside):
        return False  # قطاع غزة, بسوريا
    latin = [at for at in range(first, end) if text.words[at][-1].isascii()]
    if latin and not (len(latin) == end - first and all(text.words[at].istitle() for at in latin)):
        return False
    owned = definite(text.words[first + 1]) and text.words[first].endswith(letters().pronouns)  # مكتبه الإعلامي
    return not owned and not text.words[first].endswith(letters().feminine_plural)


def _apposition(text: Text, phrase: NounPhrase) -> Span | None:
    if not phrase.apposition or text.words[phrase.core].isdigit():
        return None
    return text.article.span(text.starts[phrase.core], text.ends[phrase.end - 1])


def _text(text: Text, span: Span, phrase: NounPhrase, name: Range | None, kind: str) -> str:
    """The name as printed: of a named person the name alone, else the phrase up to its apposition."""
    received = text.received
    if kind == "named person" and name:
        return as_printed(received[text.starts[name[0]] : text.ends[name[1] - 1]])
    end = text.ends[phrase.core - 1]
    found = received[span.start : end]
    if found.count("«") > found.count("»") and received[end : end + 1] == "»":
        found += "»"  # the mark that closes a name
    to_article = received[span.start - 1 : span.start + 1] in letters().to_article
    return as_printed(letters().bare_alef[0] + found if to_article else found)


def as_printed(name: str) -> str:
    """A name as it is seen: in one line, one space between its words, no invisible marks (see JOINERS).

    >>> as_printed("سالم\\u00a0 حمد\\u200e")
    'سالم حمد'
    """
    if name.isprintable() and "  " not in name:
        return name
    seen = "".join(c for c in name if c in JOINERS or unicodedata.category(c) != "Cf")
    return " ".join(seen.split()).strip(JOINERS)
