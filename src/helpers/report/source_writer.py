"""How actors and sources are written as HTML, in the language of a page.

English that stands beside its Arabic has the class AID, for a page in Arabic does without it.
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
Arabic = Callable[[str], str | None]  # what an English text is in Arabic, where known (see `translation_memory`)


class Markup(markupsafe.Markup):
    """HTML in which every text that is put into it shows invisible characters (see `invisible.escape`)."""

    @classmethod
    def escape(cls, text: object) -> "Markup":
        return cls(text.__html__() if hasattr(text, "__html__") else invisible.escape(str(text)))


def arabic(text: str, tag: str = "bdi") -> Markup:
    """A piece of the article, or a name, as an element that says its language and direction."""
    return Markup(highlighting.arabic(text, tag))


@dataclass(frozen=True)
class SourceWriter:
    """Writes what a page says of actors and sources. What it gives is safe HTML.

    said         the words of the page, which are its language
    cues         what cues mean in English
    vocabulary   for titles of a machine's sources in English; none are given without
    in_arabic    what an English text is in Arabic, where known
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
        """An English text in the language of the page; where it has no Arabic it says that it is English."""
        if self.english:
            return Markup(invisible.escape(english))
        known = self.in_arabic(english)
        if known is not None:
            return Markup(invisible.apart_as_elements(html.escape(known)))
        return Markup('<span lang="en" dir="ltr">{}</span>').format(english)

    def aid(self, english: str) -> Markup:
        """English beside the Arabic that it stands for; nothing on a page in Arabic."""
        if not self.english or not english:
            return Markup()
        return Markup('<span class="{}" lang="en" dir="ltr">{}</span>').format(AID, english)

    def beside(self, english: str, printed: str) -> Markup:
        """A name as printed, on a page in English with English before it, where that is another."""
        english = "" if english == printed else english
        return Markup(" ").join(filter(None, (self.aid(english), arabic(printed))))

    # --- actors and sources

    def actor(self, actor_id: str) -> Markup:
        """An actor's name in the language of the page."""
        actor = self.reading.actors.by_id[actor_id]
        return Markup("{}").format(actor.name_en if self.english else actor.name_ar)

    def actor_beside(self, actor_id: str) -> Markup:
        """An actor's name; one that a machine romanised, on a page in English, as printed too."""
        actor = self.reading.actors.by_id[actor_id]
        return self.beside(actor.name_en, actor.name_ar) if actor.found_by == "machine" else self.actor(actor_id)

    def perhaps(self, actor: NamedActor) -> Markup:
        """A name that is perhaps an actor's: the name, on a page in English romanised, and the other forms in which it stands."""
        forms = [form for form in actor.forms if form != actor.name_ar]
        name = self.beside(actor.name_en, actor.name_ar)
        return Markup("{} ({})").format(name, Markup(self.said.comma).join(map(arabic, forms))) if forms else name

    def actors(self, actor_ids: Iterable[str]) -> Markup:
        """Actors' names as a list in the language of the page."""
        return Markup(self.said.comma).join(map(self.actor, actor_ids))

    def name(self, source: Source) -> Markup:
        """A source's name: as printed, in an English page with English before it where that is known."""
        known = source.name_en if source.name_en and not self._by_machine(source) else self.title(source)
        return self.beside(known or source.name_en or "", source.name)

    def title(self, source: Source) -> str:
        """What a machine's source is in English: its name in Latin letters, its noun, and whom it belongs to.

        Noun and actors as far as the lexicons know; the name is marked as romanised by machine.
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
        """The name of a person, a group or an organisation in Latin letters, marked as a machine's; nothing of another source.

        Of an organisation without the noun that English has a word for (صحيفة «الخليج»: al-Khalij), and nothing where an
        actor of a lexicon is named, whose English is known.
        """
        listed = source.actor_ids and not self._by_machine(source)
        if source.kind not in NAMED_KINDS or listed or self.vocabulary is None:
            return ""
        words = source.name.split()
        if source.kind != "named person":
            while words and self.vocabulary.english(orthography.fold(words[0]).text):
                words = words[1:]
        latin = romanisation.tables().of(" ".join(words), source.kind != "named person")
        return f"{romanisation.MARK} {latin}" if latin else ""

    def _by_machine(self, source: Source) -> bool:
        """Whether a source is actors that a machine found in the article, and no other."""
        return bool(source.actor_ids) and all(
            self.reading.actors.by_id[actor].found_by == "machine" for actor in source.actor_ids
        )

    def justification(self, source: Source) -> Markup:
        """Why a source should know, as printed."""
        if source.justification is None:
            return self.phrase("source.not_said")
        return self.beside(source.justification_en or "", source.justification.exact)

    def reliability(self, source: Source) -> Markup:
        """The grade of a source with its reasons; nothing where nobody graded it."""
        if source.reliability is None:
            return Markup()
        sentence = Markup('<span class="isnad-{}">{}</span>')
        reasons = (self.put(f"{part.rstrip('.')}.") for part in (source.rationale, source.outside_note) if part)
        parts = (sentence.format("reason", reason) for reason in reasons)
        return Markup(" ").join([sentence.format("grade", Markup("{}.").format(self.letter(source))), *parts])

    def letter(self, source: Source) -> Markup:
        """The grade of a source, as its letter and what that means; that nobody graded it."""
        if source.reliability is None:
            return self.phrase("not_graded")
        return self.graded_as("reliability", source.reliability)

    def graded_as(self, scale: str, grade: object) -> Markup:
        """A grade of a scale, reliability or credibility, with what it means."""
        return Markup("{}{}{}").format(grade, self.said.comma, self.said(f"{scale}.{grade}"))
