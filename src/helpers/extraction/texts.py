"""A text as its words and the gaps between them, as read by the finders."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from functools import cache
from itertools import compress, count
from operator import attrgetter, or_
from pathlib import Path

from msgspec import Struct

from helpers.extraction import homographs, spelling
from helpers.files import paths
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import CLAUSE, THAT, Role
from helpers.lexicon.vocabulary import Vocabulary
from helpers.lexicon.word_kinds import Hit, Word, made
from helpers.text import orthography, punctuation
from helpers.text.articles import Article


class Gap:
    """The marks between two words, other than white space, as bits of an integer."""

    comma = 1 << 0
    semicolon = 1 << 1
    colon = 1 << 2
    stop = 1 << 3
    line = 1 << 4
    quote = 1 << 5
    bracket = 1 << 6
    closing = 1 << 7
    dash = 1 << 8


FINITE = ("perfect", "imperfect", "passive")
EXPRESSES = 10  # most words from a verb that is spelled like a preposition to its own preposition
SUBJECT = 12  # most words from such a verb to أن, including the speaker
PARAGRAPHS = 10  # most paragraphs, or sentences, over which a quotation can extend
BREAK = Gap.semicolon | Gap.stop | Gap.line
SIGNS = {
    "comma": Gap.comma,
    "semicolon": Gap.semicolon,
    "colon": Gap.colon,
    "dash": Gap.dash,
    "opener": Gap.bracket,
    "closer": Gap.closing,
}
PAST = [0] * 64  # empty roles after the last word, for code that looks ahead
KEPT, SHORT = 10_000, 16  # most gaps in the cache, and most characters of one


class _Gaps(dict[str, int]):
    """The flags of a gap between two words, by its characters."""

    def __init__(self) -> None:
        marks = punctuation.marks()
        self.signs = dict.fromkeys((mark for mark in marks.families if len(mark) == 1), Gap.quote)
        self.signs |= {mark: SIGNS[role] for mark, role in marks.parting.items()} | {"\n": Gap.line}
        self.signs |= dict.fromkeys(marks.sentence_ends, Gap.stop)
        self._several = [mark for mark in marks.families if len(mark) > 1]
        self._inside = marks.facing | marks.interpuncts

    def __missing__(self, between: str) -> int:
        found = 0
        for sign in between if between not in self._inside else "":  # an apostrophe inside a word, a dot inside a name
            found |= self.signs.get(sign, 0)
        if len(between) > 1 and any(mark in between for mark in self._several):
            found |= Gap.quote
        if len(self) < KEPT and len(between) <= SHORT:
            self[between] = found
        return found


@cache
def _gaps(_: Path) -> _Gaps:
    """The cache of gaps for a table of marks, kept between articles."""
    return _Gaps()


def sign(mark: str) -> int:
    """The flag of a mark between words; 0 for any other character."""
    return _gaps(paths.lexicon("punctuation.csv")).signs.get(mark, 0)


class Text(Struct, frozen=True, gc=False):
    """The words of an article by index, and the gaps between them.

    received  the text as received
    words     the words, folded
    kinds     what each word can be (see `vocabulary`)
    gaps      the flags of the gap before each word, and of the one after the last word
    starts, ends   offsets of each word in the text as received
    folds          offset of each word in the folded text
    opens, firsts  the first word of each quotation -> the word after its last; its keys, in order
    closes    the inverse of opens
    sentences the article's sentences as ranges of words, empty for a sentence without words
    roles     the roles of each word (see `roles.Role`), and 0 after the last word
    commas, colons   the words that follow such a mark
    nouns     the words that are nouns of the lexicon
    turns     the words that can be a cue or begin a clause, and those that follow a mark
    cues      the words that can be a form of a cue
    after_verbs   the words that follow a verb among the cues
    datelines     the words that follow a bracket and a dash
    phrase_ends   a cache of ends of noun phrases, by first word
    found     a cache of the places of a list's words, by name of the list (see `places`)
    """

    article: Article
    received: str
    words: list[str]
    kinds: list[Word]
    roles: list[int]
    gaps: list[int]
    commas: list[int]
    colons: list[int]
    starts: list[int]
    ends: list[int]
    folds: list[int]
    opens: dict[int, int]
    firsts: list[int]
    closes: dict[int, int]
    sentences: list[tuple[int, int]]
    nouns: list[int]
    turns: list[int]
    cues: list[int]
    after_verbs: set[str]
    datelines: list[int]
    phrase_ends: dict[tuple[int, bool], int]  # kept by `chunks.phrase`
    found: dict[str, list[int]]

    def written(self, at: int) -> str:
        """A word as received."""
        return self.received[self.starts[at] : self.ends[at]]

    def letter(self, at: int, number: int) -> int:
        """The offset in the text as received of a word's letter, by its number in the folded word."""
        return self.article.folded.span(self.folds[at] + number, self.folds[at] + number + 1)[0]

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """The range of words that overlap start:end of the text as received."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def role(self, at: int, roles: int) -> bool:
        """Whether a word has one of these roles; False after the last word."""
        return self.roles[at] & roles != 0

    def adverbial(self, at: int) -> bool:
        """Whether a word is spelled as an indefinite accusative (جواباً, ضاحكًا): an adverbial, not a name."""
        ends = letters()
        if at >= len(self.words) or self.kinds[at].kind or self.kinds[at].hits:
            return False
        accusative = self.words[at].endswith(ends.folded_accusative)
        return accusative and ends.tanwin[0] in self.received[self.ends[at] - 2 : self.ends[at] + 1]

    def quoted(self, at: int) -> tuple[int, int] | None:
        """The quotation that contains a word, as a range, or None."""
        place = bisect_right(self.firsts, at) - 1
        if place >= 0 and at < self.opens[self.firsts[place]]:
            return self.firsts[place], self.opens[self.firsts[place]]
        return None

    def bracketed(self, at: int) -> bool:
        """Whether a word is alone in brackets."""
        return bool(self.gaps[at] & Gap.bracket and self.gaps[at + 1] & Gap.closing)

    def places(self, name: str, words: Collection[str]) -> list[int]:
        """The indices of words that are in a list; cached by the name of the list."""
        found = self.found.get(name)
        if found is None:
            found = self.found[name] = list(compress(count(), map(words.__contains__, self.words)))
        return found

    def commas_in(self, first: int, end: int) -> list[int]:
        """The words in first:end that follow a comma."""
        return among(self.commas, first, end)

    def quotations(self, first: int, end: int) -> list[int]:
        """The first words of the quotations that begin in first:end."""
        return among(self.firsts, first, end)


def among(places: list[int], first: int, end: int) -> list[int]:
    """The elements of the sorted list `places` that are in first:end."""
    return places[bisect_left(places, first) : bisect_left(places, end)]


def read(article: Article, vocabulary: Vocabulary) -> Text:
    """Split an article into words and gaps. Linear in its length."""
    split = article.tokens
    gaps = list(map(_gaps(paths.lexicon("punctuation.csv")).__getitem__, split.between))
    kinds = list(map(vocabulary.__getitem__, split.words))
    for end in article.wraps:
        gaps[bisect_left(split.starts, end)] &= ~Gap.line
    marks, alike = spelling.looked_for(split, vocabulary)
    spelling.abbreviations(split, gaps, kinds, marks, alike)
    cues = list(compress(count(), map(attrgetter("reports"), kinds)))
    dotted = letters().feminine[0] in article.text
    for at in cues:
        kind = kinds[at]
        if kind.jussive and at and kinds[at - 1].roles & Role.unless:
            kinds[at] = kind = made(0, kind.jussive, None)  # لم يقل
        if kind.near and (hits := homographs.cues(split.words, gaps, kinds, at)):
            kinds[at] = kind = made(kind.roles & Role.joined, hits, None)  # مقرا بأن
        if kind.roles & Role.preposition and not _verb(article, split, kinds, at):
            kinds[at] = made(kind.roles & ~(Role.circumstance | Role.describes | Role.verb), (), kind.kind)  # between
        elif kind.careful and not all(_fits_letters(hit, _written(article, split, at), dotted) for hit in kind.hits):
            written = _written(article, split, at)
            roles = kind.roles & ~(Role.circumstance | Role.describes | Role.verb)
            kinds[at] = made(roles, [hit for hit in kind.hits if _fits_letters(hit, written, dotted)], kind.kind)
    spelling.look_alikes(article, split, gaps, kinds, vocabulary, alike)
    spelling.letters(article, split, kinds, vocabulary, alike)
    marked = list(compress(count(), gaps))
    dateline = Gap.dash | Gap.closing
    opens = _quotations(article, split, kinds)
    closes = {end: first for first, end in opens.items()}
    firsts = [bisect_left(split.starts, place.start) for place in article.sentences]
    lasts = [bisect_left(split.starts, place.end) for place in article.sentences]
    return Text(
        article,
        article.text,
        split.words,
        kinds,
        [*map(attrgetter("roles"), kinds), *PAST],
        gaps,
        [at for at in marked if gaps[at] & Gap.comma],
        [at for at in marked if gaps[at] & Gap.colon],
        split.starts,
        split.ends,
        split.folds,
        opens,
        list(opens),
        closes,
        list(zip(firsts, lasts, strict=True)),
        list(compress(count(), map(attrgetter("kind"), kinds))),
        list(compress(count(), map(or_, gaps, map(attrgetter("turns"), kinds)))),
        cues,
        {split.words[at + 1] for at in cues if kinds[at].finite and at + 1 < len(kinds)},
        [at for at in marked if gaps[at] & dateline == dateline],
        {},
        {},
    )


def _verb(article: Article, split: orthography.Tokens, kinds: list[Word], at: int) -> bool:
    """Whether a word spelled like a preposition is a verb: بيّن, or بين before أن."""
    if letters().shadda[0] in _written(article, split, at) or _opens(split, kinds, at):
        return True
    if at and kinds[at - 1].roles & Role.what:
        return True  # وفق ما عبر عنه
    if not kinds[at].roles & Role.joined or (not split.between[at].strip(" ") and at > 0):
        return False
    near = range(at + 1, min(len(kinds), at + EXPRESSES))  # وعبر الوزير عن قلقه, وعبر عن قلقه
    about = next(
        (k for k in near if kinds[k].roles & (Role.about | Role.preposition) or split.between[k].strip()), None
    )
    return about is not None and bool(kinds[about].roles & Role.about)


def _opens(split: orthography.Tokens, kinds: list[Word], at: int) -> bool:
    """Whether أن follows a word directly or after a speaker, without a second noun joined by و: وبين المدير أن."""
    begins = kinds[at].roles & Role.joined and (not at or bool(split.between[at].strip(" ")))
    for after in range(at + 1, min(len(kinds), at + (SUBJECT if begins else 2))):
        word = kinds[after]
        if word.roles & THAT:
            return True
        plain = word.kind or not word.hits
        if not plain or word.roles & (CLAUSE | Role.joined | Role.who | Role.what) or split.between[after] != " ":
            return False
    return False


def _written(article: Article, split: orthography.Tokens, at: int) -> str:
    return article.text[split.starts[at] : split.ends[at]]


def _fits_letters(hit: Hit, written: str, dotted: bool) -> bool:
    """Whether the spelling of a word as received fits the form found by folding: قضية is not قضى with a pronoun.

    dotted    whether the text writes ة, so that كتابه is not كتابة
    """
    ends = letters()
    if dotted and hit.ends in ends.feminine and not hit.pronoun and written.endswith(ends.folded_feminine):
        return False
    if hit.pronoun in ends.folded_feminine and written.endswith(ends.feminine):
        return False
    if hit.part in FINITE and ends.tanwin[0] in written[-2:]:
        return False  # نفياً: a denial
    return not (hit.ends in ends.maqsura and written.endswith(ends.nisba))


def _quotations(article: Article, split: orthography.Tokens, kinds: list[Word]) -> dict[int, int]:
    """Each quotation as first word -> word after its last.

    A mark without a partner in its paragraph opens a quotation that is closed in one of the next paragraphs (some
    outlets open each paragraph again and close only the last); else it ends with its sentence, or after a colon with
    its paragraph.
    """
    starts, ends = split.starts, split.ends
    found: dict[int, int] = {}
    text, family = article.text, punctuation.marks().families
    waiting: tuple[int, int] | None = None  # an unclosed mark before paragraphs without marks, and its paragraph
    for number, (pairs, unpaired) in enumerate(article.quotations):
        paragraph = article.paragraphs[number]
        anew = waiting is not None and family.get(text[paragraph.start]) == family[text[waiting[0]]]
        for opening, closing in pairs:
            first, last = bisect_right(starts, opening), bisect_left(ends, closing + 1)
            if first < last:
                found[first] = last
        if waiting and anew and pairs and pairs[0][0] == paragraph.start:
            closing = pairs[0][1]
            if not any(map(str.isalnum, text[closing : paragraph.end])):  # opened again, and closed at its end
                found[bisect_right(starts, waiting[0])] = bisect_left(ends, closing + 1)
            waiting = None
        for mark in unpaired:
            before, after = text[mark - 1 : mark].isalnum(), text[mark + 1 : mark + 2].isalnum()
            if waiting and (not pairs or anew) and not after and family[text[waiting[0]]] == family[text[mark]]:
                found[bisect_right(starts, waiting[0])] = bisect_left(ends, mark + 1)
                waiting = None
            elif after or not before:
                first = bisect_right(starts, mark)
                last = bisect_left(starts, _unclosed(article, mark, paragraph.end, split, kinds))
                if first < last:
                    found.setdefault(first, last)
                again = anew and waiting and mark == paragraph.start
                waiting = waiting if again else (mark, number) if after and not before else None
        if waiting and ((pairs and not anew and waiting[1] < number) or number - waiting[1] > PARAGRAPHS):
            waiting = None
    return dict(sorted(found.items()))


def _unclosed(article: Article, mark: int, end: int, split: orthography.Tokens, kinds: list[Word]) -> int:
    """The end of an unclosed quotation: that of its sentence, or after a colon where the outlet speaks again."""
    place = article.place(mark)
    if not article.text[max(0, mark - 2) : mark].rstrip().endswith(":"):
        return place.end
    for number in range(place.number, min(place.number + PARAGRAPHS, len(article.sentences))):
        after = article.sentences[number]
        if after.start >= end:
            break
        first = bisect_left(split.starts, after.start)
        if first < len(kinds) and kinds[first].finite and any(hit.joined for hit in kinds[first].hits):
            break  # وأضاف
        place = after
    return place.end
