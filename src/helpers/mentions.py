"""Where an article names the actors of the lexicon."""

import re
from dataclasses import dataclass

from helpers import arabic
from helpers.articles import Article, Span
from helpers.lexicons import Actors, Alias

# Between the words of one name: white space, hyphens and dashes (داعش – خراسان).
BETWEEN = re.compile(r"[^\S\r\n]*(?:[\-‐-―][^\S\r\n]*)?")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an actor is named. `via` says how; `made_by` is `machine`, or `people` for a description."""

    mention_id: str
    paragraph: int
    sentence: int
    actor_id: str
    span: Span
    via: str
    made_by: str


def find(article: Article, actors: Actors) -> list[Mention]:
    """Find every name of an actor in the article: whole words, proclitics taken off, the longest alias first.

    Returns   mentions in the order of the text, ids m1, m2, …; no two overlap.
    Cost      linear in the length of the text: one look-up a word.
    """
    folded = article.folded
    words = [found.span() for found in arabic.WORD.finditer(folded.text)]
    found, at = [], 0
    while at < len(words):
        start, end = words[at]
        match = _match(folded.text, words, at, actors.beginning.get(folded.text[start:end], ()))
        if match is None:
            at += 1
            continue
        length, alias = match
        at += len(alias.rest)
        span = article.span(*folded.span(start + length, words[at][1]))
        place = article.place(span.start)
        number = f"m{len(found) + 1}"
        found.append(Mention(number, place.paragraph, place.number, alias.actor_id, span, alias.via, "machine"))
        at += 1
    return found


def _match(
    text: str, words: list[tuple[int, int]], at: int, candidates: tuple[tuple[int, Alias], ...]
) -> tuple[int, Alias] | None:
    for length, alias in candidates:
        following = words[at + 1 : at + 1 + len(alias.rest)]
        if len(following) == len(alias.rest) and all(
            text[start:end] == word and BETWEEN.fullmatch(text, before, start)
            for (start, end), word, (_, before) in zip(following, alias.rest, words[at:], strict=False)
        ):
            return length, alias
    return None
