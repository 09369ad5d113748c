"""Writes actors and sources as HTML, in the language of a page.

English next to its Arabic has the class AID; a page in Arabic omits it.
"""

import html
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import markupsafe

from helpers.lexicon import romanisation, titles
from helpers.lexicon.entries import Cue
from helpers.lexicon.vocabulary import Vocabulary
from helpers.records.actors import NamedActor
from helpers.records.readings import Reading
from helpers.records.sources import Source
from helpers.report import highlighting, interface
from helpers.text import invisible, orthography

AID = "isnad-aid"
NAMED_KINDS = ("named person", "named group", "organisation")
Arabic = Callable[[str], str | None]  # translates English to Arabic, or returns None (see `translation_memory`)


class Markup(markupsafe.Markup):
    """HTML; texts inserted into it are escaped, with invisible characters made visible (see `invisible.escape`)."""

    @classmethod
    def escape(cls, text: object) -> "Markup":
        return cls(text.__html__() if hasattr(text, "__html__") else invisible.escape(str(text)))


def arabic(text: str, tag: str = "bdi") -> Markup:
    """A piece of the article, or a name, as an element with its language and direction."""
    return Markup(highlighting.arabic(text, tag))


@dataclass(frozen=True)
class SourceWriter:
    """Writes actors and sources for a page, as safe HTML.

    said         the interface in the language of the page
    cues         the lexicon of cues, for their meaning in English
    vocabulary   for English titles of a machine's sources; without it they have none
    in_arabic    translates an English text to Arabic, or returns None
    """

    reading: Reading
    said: interface.Interface
    cues: Mapping[str, Cue] = field(default_factory=dict)
    vocabulary: Vocabulary | None = None
    in_arabic: Arabic = lambda english: None

    @property
    def english(self) -> bool:
        """Whether the page is in English."""
        return self.said.lang == "en"

    def phrase(self, key: str, **values: object) -> Markup:
        """A phrase of the interface."""
        return Markup("{}").format(self.said(key, **values))

    def put(self, english: str) -> Markup:
        """An English text in the language of the page; marked as English if it has no translation."""
        if self.english:
            return Markup(invisible.escape(english))
        known = self.in_arabic(english)
        if known is not None:
            return Markup(invisible.apart_as_elements(html.escape(known)))
        return Markup('<span lang="en" dir="ltr">{}</span>').format(english)

    def aid(self, english: str) -> Markup:
        """English next to the Arabic that it translates; empty on a page in Arabic."""
        if not self.english or not english:
            return Markup()
        return Markup('<span class="{}" lang="en" dir="ltr">{}</span>').format(AID, english)

    def beside(self, english: str, printed: str) -> Markup:
        """A name as printed; on a page in English preceded by the English name, if it differs."""
        english = "" if english == printed else english
        return Markup(" ").join(filter(None, (self.aid(english), arabic(printed))))

    # --- actors and sources

    def actor(self, actor_id: str) -> Markup:
        """An actor's name in the language of the page."""
        actor = self.reading.actors.by_id[actor_id]
        if self.english and actor.name_en == actor.name_ar and not actor.name_ar.isascii():
            return arabic(actor.name_ar)
        return Markup("{}").format(actor.name_en if self.english else actor.name_ar)

    def actor_beside(self, actor_id: str) -> Markup:
        """An actor's name; on a page in English, one romanised by machine is followed by the printed name."""
        actor = self.reading.actors.by_id[actor_id]
        return self.beside(actor.name_en, actor.name_ar) if actor.found_by == "machine" else self.actor(actor_id)

    def perhaps(self, actor: NamedActor) -> Markup:
        """A possible actor: its name, romanised on a page in English, and its other forms."""
        forms = [form for form in actor.forms if form != actor.name_ar]
        name = self.beside(actor.name_en, actor.name_ar)
        return Markup("{} ({})").format(name, Markup(self.said.comma).join(map(arabic, forms))) if forms else name

    def actors(self, actor_ids: Iterable[str]) -> Markup:
        """Actors' names as a list in the language of the page."""
        return Markup(self.said.comma).join(map(self.actor, actor_ids))

    def name(self, source: Source) -> Markup:
        """A source's name as printed; on a page in English preceded by the English name, if known."""
        known = source.name_en if source.name_en and not self._by_machine(source) else self.title(source)
        return self.beside(known or source.name_en or "", source.name)

    def title(self, source: Source) -> str:
        """A machine's source in English: its name in Latin letters, marked as romanised by machine, its noun, and the
        actors for which it speaks.

        Noun and actors are given if they are in the lexicons.
        """
        if (source.made_by == "people" and source.name_en) or self.vocabulary is None or not self.english:
            return ""
        words = " ".join([source.name, source.justification.exact if source.justification else ""])
        folded = orthography.WORD.findall(orthography.fold(words).text)
        noun = titles.english(folded) or next(filter(None, map(self.vocabulary.english, folded)), "")
        ids = (*(() if self._by_machine(source) else source.actor_ids), *source.affiliation_ids)
        english = [self.reading.actors.by_id[actor].name_en for actor in ids]
        return " · ".join(filter(None, [self.romanised(source), noun, *english]))

    def romanised(self, source: Source) -> str:
        """The name of a person, a group or an organisation in Latin letters, marked as romanised; empty for other sources.

        The noun of an organisation is left out if it has an English translation (صحيفة «الخليج»: al-Khalij). Empty if
        the source is an actor of a lexicon, whose English name is known.
        """
        listed = source.actor_ids and not self._by_machine(source)
        if source.kind not in NAMED_KINDS or listed or self.vocabulary is None:
            return ""
        words = source.name.split()
        if source.kind != "named person":
            while words and self.vocabulary.english(orthography.fold(words[0]).text):
                words = words[1:]
        name, person = " ".join(words), source.kind == "named person"
        if person and romanisation.tables().guesses_foreign(name):
            return ""
        latin = romanisation.tables().of(name, not person)
        return f"{romanisation.MARK} {latin}" if latin else ""

    def _by_machine(self, source: Source) -> bool:
        """Whether all actors of a source were found by machine in the article."""
        return bool(source.actor_ids) and all(
            self.reading.actors.by_id[actor].found_by == "machine" for actor in source.actor_ids
        )

    def justification(self, source: Source) -> Markup:
        """The justification of a source, as printed."""
        if source.justification is None:
            return self.phrase("source.not_said")
        return self.beside(source.justification_en or "", source.justification.exact)

    def reliability(self, source: Source) -> Markup:
        """The grade of a source with its reasons; empty if it was not graded."""
        if source.reliability is None:
            return Markup()
        sentence = Markup('<span class="isnad-{}">{}</span>')
        reasons = (self.put(f"{part.rstrip('.')}.") for part in (source.rationale, source.outside_note) if part)
        parts = (sentence.format("reason", reason) for reason in reasons)
        return Markup(" ").join([sentence.format("grade", Markup("{}.").format(self.letter(source))), *parts])

    def letter(self, source: Source) -> Markup:
        """The grade of a source, as its letter and the meaning; or that it was not graded."""
        if source.reliability is None:
            return self.phrase("not_graded")
        return self.graded_as("reliability", source.reliability)

    def graded_as(self, scale: str, grade: object) -> Markup:
        """A grade of a scale (reliability or credibility) with its meaning."""
        return Markup("{}{}{}").format(grade, self.said.comma, self.said(f"{scale}.{grade}"))
