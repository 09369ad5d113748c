"""Where an article names the actors of the lexicon."""

import re

from helpers.lexicon.entries import Actors, Alias
from helpers.records.mentions import Mention
from helpers.text import orthography
from helpers.text.articles import Article

# Between the words of one name: white space, hyphens and dashes (داعش – خراسان).
BETWEEN = re.compile(r"[^\S\r\n]*(?:[\-‐-―][^\S\r\n]*)?")


def find(article: Article, actors: Actors) -> list[Mention]:
    """Find every name of an actor in the article: whole words, proclitics taken off, the longest alias first.

    Returns   mentions in the order of the text, ids m1, m2, …; no two overlap.
    Cost      linear in the length of the text: one look-up a word.
    """
    split, found, past = article.tokens, [], 0
    distinct = " في " in article.text  # ى is not written for ي
    for at, candidates in enumerate(map(actors.beginning.get, split.words)):
        if candidates is None or at < past:
            continue
        match = _match(split, at, candidates)
        if match is None:
            continue
        length, alias = match
        past = at + 1 + len(alias.rest)
        last = split.folds[past - 1] + len(split.words[past - 1])
        span = article.span(*article.folded.span(split.folds[at] + length, last))
        if alias.via == "demonym" and distinct and span.exact.endswith("ى"):
            continue  # اليمنى, the right one; not اليمني
        place = article.place(span.start)
        number = f"m{len(found) + 1}"
        known_by = "own" if actors.by_id[alias.actor_id].own else "lexicon"
        found.append(
            Mention(number, place.paragraph, place.number, alias.actor_id, span, alias.via, "machine", known_by)
        )
    return found


def _match(split: orthography.Tokens, at: int, candidates: tuple[tuple[int, Alias], ...]) -> tuple[int, Alias] | None:
    """The longest alias whose words stand here one after the other; candidates come longest first."""
    for length, alias in candidates:
        last = at + 1 + len(alias.rest)
        if not alias.rest or (
            split.words[at + 1 : last] == alias.rest and all(map(BETWEEN.fullmatch, split.between[at + 1 : last]))
        ):
            return length, alias
    return None
