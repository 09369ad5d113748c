"""Views of a reading: the article with its marks, its claims, its sources, as a notebook shows them and every page renders
them in its own language."""

from collections.abc import Callable
from dataclasses import dataclass

from helpers.lexicon import entries
from helpers.records.readings import Reading
from helpers.report import claims_html
from helpers.report.interface import Interface
from helpers.report.source_writer import Arabic
from helpers.report.writer import Writer

VIEWS: dict[str, Callable[[Writer], str]] = {
    "provenance": claims_html.provenance,
    "article": claims_html.article,
    "claims": claims_html.claims,
    "sources": claims_html.sources,
    "grades": claims_html.grades,
    "found_by": claims_html.found_by,
}


@dataclass(frozen=True, slots=True)
class View:
    """A view of a reading, by its name."""

    what: str
    reading: Reading

    def html(self, said: Interface, known: Arabic = lambda english: None) -> str:
        """The view in a language.

        known    what an English text that people wrote is in Arabic, where that is known
        """
        return VIEWS[self.what](Writer(self.reading, said, entries.cues(), None, known))


def provenance(reading: Reading) -> View:
    """What is known of an article and what is not."""
    return View("provenance", reading)


def article(reading: Reading) -> View:
    """The article, a row a paragraph: its text with claims and mentions marked, and beside it who says what."""
    return View("article", reading)


def claims(reading: Reading) -> View:
    """Every claim with its source, cue and content as printed, its gloss and its grade with the reason."""
    return View("claims", reading)


def sources(reading: Reading) -> View:
    """The register of sources: who, of what kind, why they should know, and the grade with the reason."""
    return View("sources", reading)


def grades(reading: Reading) -> View:
    """The rules by which grades are given."""
    return View("grades", reading)


def found_by(reading: Reading) -> View:
    """By what the actors named in an article are known."""
    return View("found_by", reading)
