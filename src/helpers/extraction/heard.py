"""Who is heard in an article, while its claims are gone through in order, and what the words that name them tell."""

from bisect import bisect_right

from msgspec import Struct, field

from helpers.extraction.drafts import Draft, Range
from helpers.extraction.texts import FINITE, Text
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role

NAME = 12  # words of a phrase in which a name is looked for
PASSED = Role.relative | Role.preposition  # in no name


class Candidate(Struct, frozen=True, gc=False):
    """Somebody who may be speaking: the words that name them, and as what they stand there.

    sentence   the number of the sentence that names them; until: of the last one that they speak in
    how        stated (the source of a claim), inherited (found to speak in one), subject (of its sentence), noun
    told       the gender that a verb beside it tells: m, f, or nothing
    claim      the one that they speak in, or None
    """

    words: Range
    sentence: int
    how: str
    told: str = ""
    claim: Draft | None = None
    until: int = -1

    @property
    def last(self) -> int:
        """The last sentence that is theirs."""
        return self.until if self.until > self.sentence else self.sentence


class Name(Struct, frozen=True, gc=False):
    """What the words that name somebody tell: those that tell them from others, how many claims state them, what gender."""

    words: frozenset[str]
    often: int
    told: str


class Heard(Struct):
    """Who is heard in an article, while its claims are gone through in order.

    drafts               the claims, those that were gone through with their antecedents
    places, paragraphs   the sentences as ranges of words, and the paragraph of each
    speaking             who spoke so far, and silent the last cue of somebody unresolved; by the turn of an interview
    subjects, heads      the subject of a sentence, and the words in it that can head a source; nouns by their word
    named                what the words of a candidate tell
    often, told          by a word of a name how many claims state it as their source, and the gender that their verbs tell
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
        """The claim in whose content one stands."""
        return None if draft.within is None else self.drafts[draft.within]

    def name(self, words: Range) -> Name:
        """What the words of a candidate tell."""
        found = self.named.get(words)
        if found is None:
            parts = names(self.text, words)
            often = max([self.often.get(part, 0) for part in parts])
            told = next(filter(None, map(self.told.get, parts)), "") if self.told else ""
            found = self.named[words] = Name(frozenset(parts), often, told)
        return found

    def add(self, draft: Draft) -> None:
        """Put down who speaks in a claim, or that nobody knows."""
        words = draft.source or draft.antecedent
        if words is not None and self.text.role(words[0], Role.what):
            return  # وفق ما تم الإعلان عنه: nobody
        if words is None:
            if draft.within in (None, draft.turn):
                self.silent[draft.turn] = draft.at
            return
        how, told = ("stated", gender(draft)) if draft.source else ("inherited", "")
        ends = bisect_right(self.places, (draft.content[1] - 1, len(self.text.words))) - 1
        found = Candidate(words, draft.sentence, how, told, draft, ends)
        self.speaking.setdefault(draft.turn, []).append(found)


def heard(text: Text, drafts: list[Draft]) -> Heard:
    """An article before its claims are gone through: how often who is stated as a source, and with what verbs."""
    made = Heard(text, drafts, text.sentences, [place.paragraph for place in text.article.sentences])
    for draft in drafts:
        if draft.source is not None:
            told = gender(draft)
            for word in names(text, draft.source):
                made.often[word] = made.often.get(word, 0) + 1
                if told:
                    made.told.setdefault(word, told)
    return made


def gender(draft: Draft) -> str:
    """The gender that the finite verb of a claim tells of the source beside it: m, f, or nothing."""
    told = draft.hit.agreement[1:2] if draft.hit.part in FINITE else ""
    return "" if told == "x" else told


def names(text: Text, words: Range) -> list[str]:
    """The words of a phrase that tell it from others: no nouns that head sources; the first word where there are none."""
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
