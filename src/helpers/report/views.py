"""Views of a reading for notebooks: the highlighted article, its claims, its sources; every page renders them in its
own language."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from helpers.files import paths
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
        """The view in the language of `said`.

        known    translates an English text by people to Arabic, or returns None
        """
        said = said.of(self.reading.claims_from)
        return VIEWS[self.what](Writer(self.reading, said, _cues_in(paths.lexicon("cues.csv")), None, known))


@cache
def _cues_in(path: Path) -> dict[str, entries.Cue]:
    """Read once: a report renders some thirty views."""
    return entries.cues(path)


def provenance(reading: Reading) -> View:
    """The metadata of an article, known and missing."""
    return View("provenance", reading)


def article(reading: Reading) -> View:
    """The article with one row per paragraph: the text with claims and mentions highlighted, and the claims beside it."""
    return View("article", reading)


def claims(reading: Reading) -> View:
    """All claims: source, cue and content as printed, gloss, and grade with the reason."""
    return View("claims", reading)


def sources(reading: Reading) -> View:
    """The register of sources: name, kind, justification, and grade with the reason."""
    return View("sources", reading)


def grades(reading: Reading) -> View:
    """The rules for grading."""
    return View("grades", reading)


def found_by(reading: Reading) -> View:
    """How the actors named in an article are known."""
    return View("found_by", reading)
