"""Words whose spelling as received or whose neighbours distinguish them: علي and على, names of letters, abbreviations."""

from collections.abc import Collection, Mapping
from itertools import compress, count

from helpers.lexicon import letters as listed
from helpers.lexicon.roles import Role
from helpers.lexicon.vocabulary import Vocabulary
from helpers.lexicon.word_kinds import LookAlike, Word, made
from helpers.text import orthography
from helpers.text.articles import Article
from helpers.text.orthography import Tokens

NAME = made(Role.given, (), None)
PLAIN = made(0, (), None)
THAT_NOT = made(Role.that_pronoun | Role.negation, (), None)
CLOSES = Role.that | Role.that_pronoun
MARKS = frozenset((".", ". ", "-"))  # marks that can be inside an abbreviation, and then do not separate words
AHEAD = 5  # words after spelled letters ending in إن in which another إن shows that this one is a letter


Places = Mapping[str, list[int]]  # the indices of words, or of gaps, by what they are


def looked_for(split: Tokens, vocabulary: Vocabulary) -> tuple[Places, Places]:
    """(places of gaps, places of words) that this module examines, found in one pass over each list."""
    known = listed.letters()
    words = {*vocabulary.look_alikes, *known.by_or_to, *known.letter_or_that}
    return _places(split.between, MARKS), _places(split.words, words)


def _places(items: list[str], wanted: Collection[str]) -> Places:
    found: dict[str, list[int]] = {}
    for at in compress(count(), map(wanted.__contains__, items)):
        found.setdefault(items[at], []).append(at)
    return found


def abbreviations(split: Tokens, gaps: list[int], kinds: list[Word], marks: Places, alike: Places) -> None:
    """Remove gaps for full stops after single letters (د. أحمد, أ.ف.ب) and in addresses, and for hyphens in names.

    gaps and kinds are changed in place.
    marks, alike   places of gaps and of words to examine (see `looked_for`)
    """
    words, last = split.words, len(split.words)
    past = 0
    for at in marks.get(".", ()):
        if at < past or not 0 < at < last:
            continue
        first, past = at - 1, at + 1
        while past < last and split.between[past] == ".":
            past += 1
        if len(words[first]) > 1 and orthography.spelled(words[first:past]):
            gaps[at:past] = [0] * (past - at)
            kinds[first:past] = [PLAIN] * (past - first)
    for between in (". ", "."):
        for at in marks.get(between, ()):
            if 0 < at < last and len(words[at - 1]) == 1:
                titled = kinds[at - 1].kind == "person" and len(words[at]) > 1  # د. هدى, not د. ن. أ
                gaps[at], kinds[at - 1] = 0, kinds[at - 1] if titled else PLAIN
                if len(words[at]) == 1:
                    kinds[at] = PLAIN
            elif 0 < at < last and between == "." and words[at - 1][-1].isascii() and words[at][0].isascii():
                gaps[at] = 0
    for at in marks.get("-", ()):
        if 0 < at < last and words[at - 1][-1].isalpha() and words[at][0].isalpha():
            gaps[at] = 0
    for at in (at for letter in listed.letters().by_or_to for at in alike.get(letter, ())):
        if at and len(words[at - 1]) == 1 and words[at - 1].isalpha():
            kinds[at] = PLAIN  # أ ف ب


def look_alikes(
    article: Article, split: Tokens, gaps: list[int], kinds: list[Word], vocabulary: Vocabulary, alike: Places
) -> None:
    """Read each word of `look_alikes.csv` by its spelling as received, in the order of the table; changes `kinds`."""
    hamza = any(that in article.text for that in listed.letters().that)
    dotless = listed.letters().maqsura[0] in article.text
    for folded in filter(alike.__contains__, vocabulary.look_alikes):
        rows = vocabulary.look_alikes[folded]
        for at in alike[folded]:
            written = article.text[split.starts[at] : split.ends[at]]
            for row in (row for row in rows if row.written == written):
                if row.reads == "joined":
                    kinds[at] = vocabulary.joined(folded)
                elif row.reads == "that":
                    if (
                        at + 1 < len(kinds)
                        and not gaps[at + 1]
                        and split.words[at + 1].startswith(listed.letters().imperfect)
                    ):
                        kinds[at] = THAT_NOT
                elif _named(article, split, gaps, kinds, at, row, hamza, dotless):
                    kinds[at] = NAME


def _named(
    article: Article,
    split: Tokens,
    gaps: list[int],
    kinds: list[Word],
    at: int,
    row: LookAlike,
    hamza: bool,
    dotless: bool,
) -> bool:
    if row.where == "anywhere":
        return True
    if row.where == "hamza":
        return hamza
    if row.where == "distinguished" and dotless:
        return True
    if row.where == "amid":
        return _part(split, gaps, kinds, at - 1) and _part(split, gaps, kinds, at + 1) and not gaps[at] | gaps[at + 1]
    before = kinds[at - 1] if at else PLAIN
    if row.where == "called" and _if_so(article, split, kinds, at):
        return False
    titled = before.kind == "person" and row.where != "called"  # المتحدث باسم فلان: «in the name of»
    called = titled or before.finite or before.roles & (Role.given | Role.name_part)
    alone = at + 1 >= len(kinds) or bool(gaps[at + 1])
    return bool(called) and (alone or _part(split, gaps, kinds, at + 1) or bool(kinds[at + 1].roles & CLOSES))


def _if_so(article: Article, split: Tokens, kinds: list[Word], at: int) -> bool:
    """Whether أن follows a word after a verb that takes إن: «قال لو أن الوقت …», but not «أكد لو أن»."""
    if not at or at + 1 >= len(kinds) or not kinds[at + 1].roles & CLOSES:
        return False
    plain = any("plain" in hit.cue.takes for hit in kinds[at - 1].hits)
    return plain and article.text[split.starts[at + 1] :].startswith(listed.letters().hamza_above)


def _part(split: Tokens, gaps: list[int], kinds: list[Word], at: int) -> bool:
    """Whether a word can be part of a foreign name: it is unlisted and has no article."""
    if not 0 <= at < len(kinds):
        return False
    kind, word = kinds[at], split.words[at]
    return (
        not kind.kind
        and not kind.hits
        and not kind.roles & ~Role.given
        and not listed.has_article(word)
        and len(word) > 2
    )


def letters(article: Article, split: Tokens, kinds: list[Word], vocabulary: Vocabulary, alike: Places) -> None:
    """Read إن as a letter in names such as سي إن إن; changes `kinds`.

    After two spelled letters, the last إن can be the conjunction: it is, unless another conjunction follows.
    """
    past, name, above = 0, listed.letters().letter_or_that[0], listed.letters().hamza_above[0]
    for at in alike.get(name, ()):
        if at < past:
            continue
        first, last = at, at + 1
        while first and _letter(article, split, kinds, first - 1) and split.between[first] == " ":
            first -= 1
        if first and split.between[first] == " " and _clitic_letter(split.words[first - 1], vocabulary):
            first -= 1  # لبي بي سي
        while last < len(kinds) and _letter(article, split, kinds, last) and split.between[last] == " ":
            last += 1
        past = last
        named = sum(bool(kinds[k].roles & Role.letter) for k in range(first, last))
        if not named or last - first < 3 or article.text[split.starts[at]] == above:
            continue
        if split.words[last - 1] == name and (last - first > 3 or not _again(split, kinds, last)):
            last -= 1
        for k in range(first, last):
            kinds[k] = PLAIN


def _letter(article: Article, split: Tokens, kinds: list[Word], at: int) -> bool:
    if split.words[at] in listed.letters().letter_or_that:
        return article.text[split.starts[at]] not in listed.letters().hamza_above
    return bool(kinds[at].roles & Role.letter)


def _clitic_letter(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is a spelled letter with a preposition before it: لبي, بسي."""
    return len(word) > 1 and word[0] in listed.letters().by_or_to and bool(vocabulary[word[1:]].roles & Role.letter)


def _again(split: Tokens, kinds: list[Word], at: int) -> bool:
    """Whether a mark or another conjunction follows, which opens the content."""
    if split.between[min(at, len(kinds))].strip() or at >= len(kinds):
        return True
    return any(kinds[k].roles & CLOSES for k in range(at, min(len(kinds), at + AHEAD)))
