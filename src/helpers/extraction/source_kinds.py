"""The kind of source that a phrase names (person, group, organisation, document), by its head noun, name and actors."""

from helpers.extraction import lone_names
from helpers.extraction.chunks import NounPhrase
from helpers.extraction.drafts import Range
from helpers.extraction.person_names import bare, definite
from helpers.extraction.texts import Text
from helpers.lexicon.entries import Actors
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role
from helpers.records.mentions import Mention

OF_KIND = {  # types of actors, by the kind of head noun
    "person": ("person",),
    "group": ("group",),
    "organisation": ("institution", "group", "state"),
}
LONE = "lone name"  # the rule for a single word that can be a name


def of_type(type_: str) -> str:
    """The kind of source that an actor of this type is."""
    return {"person": "named person", "group": "named group"}.get(type_, "organisation")


def fits(type_: str, kind: str | None) -> bool:
    """Whether an actor of a type can have a head noun of a kind; every actor can if there is no head noun (None)."""
    return kind is None or (type_ in OF_KIND[kind] if kind in OF_KIND else False)


def find(
    text: Text,
    phrase: NounPhrase,
    word: str,
    name: Range | None,
    is_it: tuple[str, ...],
    several: bool,
    inside: list[Mention],
    actors: Actors,
) -> tuple[str, str]:
    """(kind, rule that determined it) of a source. `word` is its first word, without proclitics."""
    head = phrase.kind
    if phrase.joined and head in ("person", "group", None):
        return ("named group" if name and text.role(phrase.joined, Role.given) else "unnamed group"), "joined"
    if text.role(phrase.head, Role.body) and head in (None, "standard", "document"):
        return "organisation", "body"
    if is_it:
        return of_type(actors.by_id[is_it[0]].type), "actor"
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
    if head is None and lone_names.sound_plural(word) and (not name or name == (first, first + 1)):
        return "unnamed group", "plural"
    return "unknown", LONE if name and _lone(text, phrase) else "unknown"


def _ranked(text: Text, phrase: NounPhrase, name: Range | None) -> bool:
    """Whether a given name follows a noun with the article that can be a rank or an organisation."""
    at = phrase.first + 1
    return bool(phrase.definite and name and name[0] == at and text.role(at, Role.given) and not text.gaps[at])


def _lone(text: Text, phrase: NounPhrase) -> bool:
    """Whether a phrase is one unlisted word without the article, and the subject of a verb of speech."""
    first = phrase.first
    if phrase.core != first + 1 or phrase.definite or first in text.opens or text.kinds[first].hits:
        return False
    written = text.written(first)
    named = len(written) > 2 and written[-1].isalpha() and not written[-1].isascii()
    return named and text.words[first] in text.after_verbs and not written.endswith(letters().no_lone_name)


def _singular(text: Text, phrase: NounPhrase) -> bool:
    """Whether a single word in ـين is a man's name: it is the subject of a verb of saying, so it is not a plural."""
    at = phrase.first
    return phrase.core == at + 1 and any(
        lone_names.is_subject(text, k) and lone_names.may_be(text, k)
        for k in range(1, len(text.words))
        if text.words[k] == text.words[at] and not text.gaps[k]
    )


def _several_bodies(text: Text, at: int) -> bool:
    """Whether a noun is several organisations (مواقع, المنظمات), and not one in the plural (القوات)."""
    word = text.words[at]
    stem = bare(word)
    if text.role(at, Role.one_body):
        return False
    return text.role(at, Role.several) or (len(stem) > 4 and stem.endswith(letters().feminine_plural))


def _demonym(text: Text, phrase: NounPhrase, inside: list[Mention]) -> str | None:
    """The kind of a demonym alone: a person (سوري), several (سوريون), a people by name (السوريون, الروس والأوكرانيون)."""
    first, words = phrase.first, range(phrase.first, phrase.core)
    of_country = {text.inside(m.span.start, m.span.end)[0] for m in inside if m.via == "demonym"}
    if not all(at in of_country or at == phrase.joined for at in words) or first not in of_country:
        return None
    if len(words) == 1 and text.words[first].endswith(letters().nisba_singular):
        return "unnamed person"
    return "named group" if phrase.definite else "unnamed group"


def _each_named(text: Text, at: int) -> bool:
    """Whether unlisted names follow a quantity: كل من بلوفا وترنكل."""
    return (
        not text.kinds[at].kind
        and _plain(text, at)
        and text.words[min(at + 1, len(text.words) - 1)].startswith(letters().joining)
    )


def _plain(text: Text, at: int) -> bool:
    """Whether a word has no article and is in no list except that of given names."""
    kind = text.kinds[at]
    return not kind.hits and not kind.roles & ~Role.given and not definite(text.words[at], text.written(at))


def _of_head(text: Text, phrase: NounPhrase, word: str, name: Range) -> bool:
    """Whether unlisted words are only a complement of an indefinite noun: عمدة قرية, صاحب محطة وقود."""
    if phrase.definite or word.endswith(letters().pronouns) or text.role(name[0], Role.given | Role.name_part):
        return False
    after_article = definite(text.words[name[0] - 1]) and not definite(text.words[name[0]])  # وزير الخارجية فلان
    return name[0] == phrase.first + 1 or (name[1] - name[0] == 1 and not after_article)


def _person(text: Text, phrase: NounPhrase, name: Range, inside: list[Mention]) -> bool:
    """Whether unlisted words without a title name a person: a given name is among them, or they are two and not a place."""
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
