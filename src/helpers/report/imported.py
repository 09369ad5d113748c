"""What notebooks import, in one import: a kernel that is started for them has it before the first one begins.

The annotator of notebook 02 is of a room above this one, and is imported there.
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
