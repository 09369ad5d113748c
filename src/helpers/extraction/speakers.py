"""The speakers of an article so far, while its claims are resolved in order, and what is known from their names."""

from bisect import bisect_right

from msgspec import Struct, field

from helpers.extraction.drafts import Draft, Range
from helpers.extraction.texts import FINITE, Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role

NAME = 12  # words of a phrase that are searched for a name
PASSED = Role.relative | Role.preposition  # never part of a name


class Candidate(Struct, frozen=True, gc=False):
    """A candidate speaker: the words that name it, and their function.

    sentence, until   the numbers of the sentence that names it, and of the last one in which it speaks
    how        stated (as the source of a claim), inherited (resolved as its source), subject (of its sentence), noun
    told       the gender of a verb next to it: m, f, or empty
    claim      the claim of which it is the source, or None
    """

    words: Range
    sentence: int
    how: str
    told: str = ""
    claim: Draft | None = None
    until: int = -1

    @property
    def last(self) -> int:
        """The number of the last sentence in which it is named or speaks."""
        return self.until if self.until > self.sentence else self.sentence


class Name(Struct, frozen=True, gc=False):
    """What is known from a name: its distinctive words, the number of claims with it as stated source, its gender."""

    words: frozenset[str]
    often: int
    told: str


class Speakers(Struct):
    """The speakers of an article so far, while its claims are resolved in order.

    drafts               the claims; those resolved so far have their antecedents
    places, paragraphs   the sentences as ranges of words, and the number of each one's paragraph
    speaking, silent     speakers so far, and the last cue of an unresolved one; both by turn of an interview
    subjects, heads, nouns   caches: the subject of a sentence, the words in it that can head a source, nouns by word
    named                a cache of names, by candidate
    often, told          for a word of a name, the number of claims with it as stated source, and their verbs' gender
    """

    text: Text
    drafts: list[Draft]
    places: list[Range]
    paragraphs: list[int]
    speaking: dict[int | None, list[Candidate]] = field(default_factory=dict)
    silent: dict[int | None, int] = field(default_factory=dict)
    subjects: dict[int, list[Candidate]] = field(default_factory=dict)
    heads: dict[int, list[int]] = field(default_factory=dict)
    nouns: dict[int, Candidate] = field(default_factory=dict)
    named: dict[Range, Name] = field(default_factory=dict)
    often: dict[str, int] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)

    def around(self, draft: Draft) -> Draft | None:
        """The claim in whose content another one is, or None."""
        return None if draft.within is None else self.drafts[draft.within]

    def name(self, words: Range) -> Name:
        """What is known from the words of a candidate."""
        found = self.named.get(words)
        if found is None:
            parts = names(self.text, words)
            often = max([self.often.get(part, 0) for part in parts])
            told = next(filter(None, map(self.told.get, parts)), "") if self.told else ""
            found = self.named[words] = Name(frozenset(parts), often, told)
        return found

    def add(self, draft: Draft) -> None:
        """Record the speaker of a claim, or that it is unresolved."""
        words = draft.source or draft.antecedent
        if words is None:
            if draft.within in (None, draft.turn):
                self.silent[draft.turn] = draft.at
            return
        how, told = ("stated", gender(draft)) if draft.source else ("inherited", "")
        ends = bisect_right(self.places, (draft.content[1] - 1, len(self.text.words))) - 1
        found = Candidate(words, draft.sentence, how, told, draft, ends)
        self.speaking.setdefault(draft.turn, []).append(found)


def speakers(text: Text, drafts: list[Draft]) -> Speakers:
    """The state before the first claim is resolved: how often names are stated as sources, and with which verbs."""
    made = Speakers(text, drafts, text.sentences, [place.paragraph for place in text.article.sentences])
    for draft in drafts:
        if draft.source is not None:
            told = gender(draft)
            for word in names(text, draft.source):
                made.often[word] = made.often.get(word, 0) + 1
                if told:
                    made.told.setdefault(word, told)
    return made


def gender(draft: Draft) -> str:
    """The gender of a claim's source as shown by its finite verb: m, f, or empty."""
    told = draft.hit.agreement[1:2] if draft.hit.part in FINITE else ""
    return told


def names(text: Text, words: Range) -> list[str]:
    """The distinctive words of a phrase, without nouns that head sources; its first word if there are none."""
    article = letters().article[0]
    first, end = words
    end = min(end, first + NAME)
    found = []
    for word, kind, role in zip(text.words[first:end], text.kinds[first:end], text.roles[first:end], strict=True):
        if role & PASSED:
            if role & Role.relative:
                break
        elif not kind.kind and len(word) > 2:
            found.append(word.removeprefix(article))
    return found or [text.words[first].removeprefix(article)]
