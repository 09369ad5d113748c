"""Shared by the tests of curation: an invented article, its draft as a state, and short forms of operations."""

import itertools
from pathlib import Path

from helpers import readings
from helpers.annotation import draft
from helpers.curation import operations
from helpers.curation.context import Context
from helpers.curation.state import State
from helpers.records import codec
from helpers.text import articles

TEXT = (
    "قالت وزيرة المياه سناء الحلبي إن السد امتلأ للمرة الأولى منذ عشر سنوات.\n"
    "وأضافت أن الحكومة ستفتح بوابتين يوم الأحد.\n"
    "ونقلت صحيفة الضفة عن مهندس في الموقع قوله إن «الجدار سليم تماما».\n"
    "لكن الناشط عمر الطيب اتهم الوزارة بإخفاء تقرير عن التشققات.\n"
    "تلك الليلة خرج الناس إلى الشوارع ورفعوا لافتة «أين التقرير».\n"
)
AT = "2026-03-01T10:00:00Z"
BY = "Huda"
_numbers = itertools.count(1)


def article(text=TEXT, path=Path("dam.txt")):
    return articles.from_text(text, "dam", path)


def drafted(of, known):
    """The state of a machine's draft of an article, and the `Context` for operations on it."""
    reading = readings.read(of, known, machine=True)
    found = draft.of(reading)
    state = State(
        {
            "claims": {each.claim_id: codec.whole(each) for each in found.claims},
            "sources": {each.source_id: codec.whole(each) for each in found.sources},
        }
    )
    return state, Context(of, known.cues, frozenset(reading.actors.by_id), known.vocabulary, reading)


def operation(op, **arguments):
    """An operation with a new id."""
    return {"id": f"o{next(_numbers)}", "by": BY, "at": AT, "op": op} | arguments


def done(state, context, op, **arguments):
    """The state after an operation."""
    after = state.copy()
    after.put(operations.apply(state, context, operation(op, **arguments)).set)
    return after


def of_words(text, words, nth=0):
    """The offsets of words in a text."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return {"start": at, "end": at + len(words)}
