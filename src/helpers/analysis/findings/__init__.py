"""Findings: what a section of a notebook shows, in a sentence or two, as messages made from records and frames.

All figures are computed. A finding must be right for any article, including those without claims, with only one, or
that nobody annotated. The phrases are the rows `finding.…` of `templates/interface.csv`.
"""

from helpers.analysis.findings.attributions import (
    attributed,
    grades,
    grades_of_attributed,
    paragraphs,
    quoted,
    rests_mostly_on,
    rests_on,
    sources,
)
from helpers.analysis.findings.compared import annotators, differing, machine_found, unsure, word_by_word
from helpers.analysis.findings.dated import timeline, times
from helpers.analysis.findings.named import dispersion, named_most, perhaps, spellings, spoken_about, together
from helpers.analysis.findings.received import folded, oddities, provenance, published, sentences
from helpers.analysis.findings.sourcing import by_form, by_source, chain, check_first, heard, on_one_unnamed

__all__ = [
    "annotators",
    "attributed",
    "by_form",
    "by_source",
    "chain",
    "check_first",
    "differing",
    "dispersion",
    "folded",
    "grades",
    "grades_of_attributed",
    "heard",
    "machine_found",
    "named_most",
    "oddities",
    "on_one_unnamed",
    "paragraphs",
    "perhaps",
    "provenance",
    "published",
    "quoted",
    "rests_mostly_on",
    "rests_on",
    "sentences",
    "sources",
    "spellings",
    "spoken_about",
    "timeline",
    "times",
    "together",
    "unsure",
    "word_by_word",
]
