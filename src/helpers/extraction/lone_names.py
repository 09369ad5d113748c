"""Single words that can be names (ترامب, غوغل): whether they can, and their full names elsewhere in the article."""

from collections.abc import Collection
from itertools import compress, count

from helpers.extraction.person_names import definite
from helpers.extraction.texts import Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role
from helpers.text.articles import Span

Told = tuple[str, Span, tuple[str, ...]]
OBJECTS = frozenset(("addressee", "object", "predicate", "like", "source"))


def full(text: Text, lone: Collection[str]) -> dict[str, Told]:
    """The full names, elsewhere in the article, of single words that can be names.

    A word is part of a person's full name if it follows a given name, or an unlisted word after a title or a verb of
    speech (not نسخة العقد). It is an organisation's name if it follows a noun for one (شركة غوغل).

    lone      folded words
    Returns   by word, the kind, the span and the words of the full name. Linear in the length of the article.
    """
    called: dict[str, Told] = {}
    bodies: dict[str, Told] = {}
    weak: dict[str, Told] = {}
    alone: dict[str, Told] = {}
    for at in compress(count(), map(lone.__contains__, text.words)) if lone else ():
        word, before = text.words[at], at - 1
        if not at or word in called or text.gaps[at]:
            continue
        span = text.article.span(text.starts[at], text.ends[at])
        if _forename(text, before):
            whole = text.article.span(text.starts[before], text.ends[at])
            called[word] = ("named person", whole, (text.words[before], word))
        elif _called_body(text, before) and not definite(word):
            same = text.written(before).endswith(letters().feminine)  # قال ترامب, منظمة ترامب
            (weak if same else bodies).setdefault(word, ("organisation", span, (word,)))
        elif (is_subject(text, at) or word.startswith(letters().kunya)) and may_be(text, at):
            alone.setdefault(word, ("named person", span, (word,)))
    return weak | alone | bodies | called


def _called_body(text: Text, at: int) -> bool:
    """Whether a noun for an organisation precedes its name (شركة غوغل), and not its leader's name (إدارة أوباما)."""
    return text.kinds[at].kind == "organisation" and not definite(text.words[at]) and not text.role(at, Role.led)


def is_subject(text: Text, at: int) -> bool:
    """Whether a verb of saying before a word agrees with one man; its content is then its only object."""
    return any(
        hit.agreement == "3ms" and not hit.pronoun and "that" in hit.cue.takes and not hit.cue.takes & OBJECTS
        for hit in text.kinds[at - 1].hits
        if hit.part in ("perfect", "imperfect")
    )


def may_be(text: Text, at: int) -> bool:
    """Whether the subject of such a verb can be a name: there, a word in ـين or ـات cannot be a plural."""
    word, written, kind = text.words[at], text.written(at), text.kinds[at]
    if kind.hits or kind.kind or kind.roles & ~Role.given or len(word) < 3 or not word[-1].isalpha() or word.isascii():
        return False
    if at in text.opens or (word.startswith(letters().prefixed) and len(word) > 4):
        return False
    if definite(word, written):
        return written.endswith((*letters().nisba, *letters().oblique))
    return not sound_plural(word) and not word.endswith(letters().owners)


def sound_plural(word: str) -> bool:
    """Whether an indefinite word is a plural of people by its ending: an adjective or participle in ـون (مهنيون)."""
    participle = word.startswith(letters().participle) and not word.startswith(letters().active) and len(word) > 5
    return word.endswith(letters().nisba_plural) or (participle and word.endswith(letters().nominative))


def _forename(text: Text, at: int) -> bool:
    """Whether a word before a name can be its given name: a listed one, or an unlisted one in the right context."""
    kind, word = text.kinds[at], text.words[at]
    if kind.roles & Role.given:
        return True
    if kind.roles or kind.hits or kind.kind or definite(word) or len(word) < 3 or not at or text.gaps[at]:
        return False
    before = text.kinds[at - 1]
    return before.kind == "person" or before.finite
