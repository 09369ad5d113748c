"""What notebooks import, in one import: a kernel that is started for them has it before the first one begins."""

from helpers import charts, readings
from helpers.analysis import audit, comparisons, frames, shares, table_files, two_annotators
from helpers.evaluation import metrics
from helpers.extraction import times
from helpers.lexicon import entries
from helpers.records import claims
from helpers.report import claims_html, html_tables, reasons_to_check
from helpers.text import articles, invisible, orthography

__all__ = [
    "articles",
    "audit",
    "charts",
    "claims",
    "claims_html",
    "comparisons",
    "entries",
    "frames",
    "html_tables",
    "invisible",
    "metrics",
    "orthography",
    "readings",
    "reasons_to_check",
    "shares",
    "table_files",
    "times",
    "two_annotators",
]
