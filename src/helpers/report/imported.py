"""Imports all that notebooks import, so that a kernel has it before the first notebook begins.

The annotator of notebook 02 is in `curation`, which this room must not import; the notebook imports it itself.
"""

from helpers import charts, readings
from helpers.analysis import audit, comparisons, findings, frames, shares, sizes, table_files, two_annotators
from helpers.extraction import times
from helpers.report import reasons_to_check, show, views

__all__ = [
    "audit",
    "charts",
    "comparisons",
    "findings",
    "frames",
    "readings",
    "reasons_to_check",
    "shares",
    "show",
    "sizes",
    "table_files",
    "times",
    "two_annotators",
    "views",
]
