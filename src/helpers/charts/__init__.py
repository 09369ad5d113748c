"""Charts: each function takes tables and returns one Matplotlib figure, drawn to be read from right to left.

Every figure has an alt text made from its data, as a message (`alt`), which is put into words where it is shown. `save`
writes PNG, SVG and PDF. An empty table gives a figure that says so. Every chart takes `title`, `order`, `rows` and
`colours` (see `options`).
"""

from helpers.charts.actors import dispersion, mentions_per_actor, named_together, network, spellings
from helpers.charts.claims import chain, claims_by_source, speaks_and_spoken_about, words_rest_on
from helpers.charts.corpus import (
    rests_by_outlet_and_month,
    stances_by_speaker,
    voices_by_outlet,
    way_of_claims,
)
from helpers.charts.events import timeline
from helpers.charts.quoted import most_quoted, quoted_by_month
from helpers.charts.style import alt, empty, save, written

__all__ = [
    "alt",
    "chain",
    "claims_by_source",
    "dispersion",
    "empty",
    "mentions_per_actor",
    "most_quoted",
    "named_together",
    "network",
    "quoted_by_month",
    "rests_by_outlet_and_month",
    "save",
    "speaks_and_spoken_about",
    "spellings",
    "stances_by_speaker",
    "timeline",
    "voices_by_outlet",
    "way_of_claims",
    "words_rest_on",
    "written",
]
