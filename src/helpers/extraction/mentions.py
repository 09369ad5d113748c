"""Finds where an article names the actors of the lexicons."""

import re
from itertools import compress, count

from helpers.lexicon.aliases import Alias
from helpers.lexicon.entries import Actors
from helpers.lexicon.letters import letters
from helpers.records.mentions import Mention
from helpers.text import orthography, punctuation
from helpers.text.articles import Article

# What can be between the words of a name: white space, hyphens and dashes (داعش – خراسان).
BETWEEN = re.compile(r"[^\S\r\n]*(?:[\-‐-―][^\S\r\n]*)?")
BLANK = " \u00a0"


def find(article: Article, actors: Actors) -> list[Mention]:
    """Find every name of an actor in the article: whole words, without proclitics, the longest alias first.

    Returns   mentions in the order of the text, with ids m1, m2, …; no two overlap.
    Cost      linear in the length of the text: one look-up per word.
    """
    split, past = article.tokens, 0
    found: list[Mention] = []
    words, last_word = split.words, len(split.words) - 1
    distinct = f" {letters().within[0]} " in article.text  # this text does not write ى for ي
    for at in compress(count(), map(actors.begin.__getitem__, words)):
        if at < past:
            continue
        candidates = actors.candidates(words[at], words[at + 1] if at < last_word else "")
        match = _match(split, at, candidates) if candidates else None
        if match is None:
            continue
        length, alias, closing = match
        past = at + 1 + len(alias.rest)
        if not alias.actor_id:
            continue
        last = split.folds[past - 1] + len(split.words[past - 1]) + len(closing)
        span = article.span(*article.folded.span(split.folds[at] + length, last))
        if alias.via == "demonym" and distinct and span.exact.endswith(letters().maqsura):
            continue  # اليمنى is «the right one», not اليمني
        if alias.via == "acronym" and _other_letters(span.exact, alias.alias):
            continue  # وأس is not the agency واس
        place = article.place(span.start)
        number = f"m{len(found) + 1}"
        by = actors.by_id[alias.actor_id].found_by
        found.append(Mention(number, place.paragraph, place.number, alias.actor_id, span, alias.via, "machine", by))
    return found


def _other_letters(exact: str, alias: str) -> bool:
    """Whether a text writes a hamza on an alef that has none in the acronym. A missing hamza is accepted."""
    alef = letters().bare_alef[0]
    return len(exact) == len(alias) and any(a == alef != b for a, b in zip(alias, exact, strict=True))


def _match(
    split: orthography.Tokens, at: int, candidates: tuple[tuple[int, Alias], ...]
) -> tuple[int, Alias, str] | None:
    """The longest alias whose words follow one another here; candidates are sorted, the longest first.

    Returns   the length of its proclitics, the alias, and the mark after its last word that belongs to it.
    """
    following = split.words[at + 1] if at + 1 < len(split.words) else ""
    for length, alias in candidates:
        rest = alias.rest
        closing: str | None = ""
        last = at + 1 + len(rest)
        if rest:
            if rest[0] != following or split.words[at + 1 : last] != rest:
                continue
            closing = _closing(split, at, last, length)
        if closing is not None and (not alias.enclosed or (not length and _closed(split.between[at], split, last))):
            return length, alias, closing
    return None


def _closing(split: orthography.Tokens, at: int, last: int, length: int) -> str | None:
    """The mark that closes one opened between the words of a name (حركة «فتح»); empty if none is open (حركة فتح).

    None if other marks between the words show that they are not one name. Full stops can be in an abbreviation
    (بي.بي.سي).
    """
    gaps = split.between[at + 1 : last]
    others = [gap for gap in gaps if not BETWEEN.fullmatch(gap)]
    if not others:
        return ""
    if len(others) > 1:
        spelled = all(gap == "." for gap in gaps)
        spelled = spelled and orthography.spelled([split.words[at][length:], *split.words[at + 1 : last]])
        return "" if spelled else None
    opened, marks = others[0].lstrip(BLANK), punctuation.marks()
    return (_closed(opened, split, last) or None) if opened in (*marks.families, *marks.brackets) else None


def _closed(before: str, split: orthography.Tokens, last: int) -> str:
    """The mark before word `last`, the first after a name, that closes the one at the end of `before`; or empty."""
    marks, behind = punctuation.marks(), split.between[last]
    if before.endswith(tuple(marks.families)):
        return max((mark for mark in marks.families if behind.startswith(mark)), key=len, default="")
    closing = marks.brackets.get(before[-1:], "")
    return closing if behind.startswith(closing) else ""
