"""The data against which operations are checked: the article, and the lexicons of cues and actors."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from helpers.curation.arguments import shown
from helpers.curation.state import Record
from helpers.extraction import source_names, texts
from helpers.extraction.finished_claims import FORMS
from helpers.extraction.texts import Text
from helpers.files.errors import InputError
from helpers.lexicon.entries import Cue
from helpers.lexicon.vocabulary import Vocabulary
from helpers.lexicon.word_kinds import Hit
from helpers.records.readings import Reading
from helpers.text import orthography
from helpers.text.articles import Article, Span


@dataclass(frozen=True)
class Context:
    """The article, the cues of the lexicon and the actors, against which operations are checked.

    reading   the machine's reading of the article, from which the kind and the actors of a source's words are known
    """

    article: Article
    cues: Mapping[str, Cue]
    actors: frozenset[str]
    vocabulary: Vocabulary | None = None
    reading: Reading | None = None

    def span(self, given: Any, what: str = "the span") -> Record:
        """A span by its offsets, without outer white space, with its words.

        Raises    InputError for one that is empty, outside the text, or does not begin in a sentence.
        """
        start, end = (given.get("start"), given.get("end")) if isinstance(given, Mapping) else (None, None)
        text = self.article.text
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
            raise InputError(
                f"{what} is {shown(start)}:{shown(end)}, which is not a span of a text of {len(text)} characters"
            )
        exact = text[start:end].strip()
        start += text[start:end].find(exact)
        try:
            self.article.place(start)
        except ValueError:
            exact = ""
        if not exact:
            raise InputError(f"{what} is {start}:{end}, where the text has no words; select words")
        return {"start": start, "end": start + len(exact), "exact": exact}

    def reads(self, spans: list[Record]) -> tuple[Cue, str] | None:
        """(cue, form: one of CUE_FORMS) of the lexicon's cue of which the words are a form; None if there is none."""
        if self.vocabulary is None or not spans:
            return None
        words = orthography.WORD.findall(orthography.fold(spans[0]["exact"]).text)
        colon = self.vocabulary.colon
        if not words:
            return (colon.cue, "punctuation") if colon else None
        hits: tuple[Hit, ...] = next((found.hits for word in words if (found := self.vocabulary[word]).hits), ())
        return (hits[0].cue, FORMS.get(hits[0].part, hits[0].part)) if hits else None

    def who(self, span: Record) -> Record:
        """The machine's reading of a source's words: `kind`, `actor_ids` and `affiliation_ids`."""
        if self._text is None or self.reading is None:
            return {}
        words, actors = Span(span["start"], span["end"], span["exact"]), self.reading.actors
        phrase = source_names.phrase_of(self._text, words, self.reading.mentions, actors).as_actor(actors)
        return {"kind": phrase.kind, "actor_ids": [*phrase.actor_ids], "affiliation_ids": [*phrase.affiliation_ids]}

    @cached_property
    def _text(self) -> Text | None:
        return None if self.vocabulary is None else texts.read(self.article, self.vocabulary)
