"""Readings of very different articles: the project's, as read by people and by the machine, the gold articles, and
invented ones that have few claims or none.
"""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

from msgspec import structs

from helpers import readings
from helpers.records import curated
from helpers.records.readings import Reading
from helpers.text import articles
from tests import unsaid
from tests.conftest import EXAMPLES, ROOT, SEED
from tests.knowing import KNOWN

ANNOTATED = ("seed", "blog", "broadsheet", "economy", "transcript", "wire")
GOLD = ("press_1", "press_2", "press_3", "press_4")
INVENTED = {
    "nothing": "صباح الخير",
    "one claim": "قال الوزير سالم النجار إن الطريق الساحلي مفتوح.",
    "one unnamed": "قال مصدر مطلع إن الطريق الساحلي مفتوح.",
    "nobody speaks": "فُتح الطريق الساحلي أمس.\nوعاد الناس إلى بيوتهم.",
}


def read(text: str, name: str = "text") -> Reading:
    """The machine's reading of a text."""
    return readings.read(articles.from_text(text, name, Path(f"{name}.txt")), KNOWN, machine=True)


@cache
def by_name(name: str) -> Reading:
    """The reading of the seed or an example by people, or after «machine:» by the machine. Or one of `INVENTED`, or
    `empty` (no claim, source or mention), `unsaid`, `mixed` (some claims decided on, and some graded), `rejected`.
    """
    if name in INVENTED:
        return read(INVENTED[name], name)
    if name == "unsaid":
        return unsaid.reading()
    if name == "empty":
        return replace(by_name("nothing"), claims=(), sources=(), mentions=(), perhaps=())
    if name == "mixed":
        return _mixed(by_name("machine:seed"))
    of = name.removeprefix("machine:")
    path = SEED if of == "seed" else next(p for p in EXAMPLES.glob(f"{of}.*") if p.suffix in (".txt", ".html"))
    return readings.read(articles.load(path), KNOWN, machine=of != name)


def _mixed(reading: Reading) -> Reading:
    """The machine's reading with its first three attributed claims accepted, and the first of them graded."""
    first = [claim.claim_id for claim in reading.claims if claim.attributed][:3]
    grade = {"credibility": 4, "rater": "A. Reader", "rationale": "doubted"}

    def decided(claim):
        if claim.claim_id not in first:
            return structs.replace(claim, status="unreviewed")
        by = grade if claim.claim_id == first[0] else {}
        return structs.replace(claim, status="accepted", annotator="A. Reader", **by)

    claims = tuple(map(decided, reading.claims))
    how_far = curated.of(claims)
    return replace(reading, claims=claims, curated=how_far, claims_from=how_far.claims_from)


NAMES = (*ANNOTATED, *(f"machine:{name}" for name in ANNOTATED), *INVENTED, "unsaid", "empty", "mixed")


@cache
def gold(name: str) -> tuple[Reading, ...]:
    """The machine's readings of the articles in a gold file."""
    lines = (ROOT / "data" / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(read(row["text"], f"{name}-{n}") for n, row in enumerate(map(json.loads, lines)))


def every(name: str) -> tuple[Reading, ...]:
    """The readings of one of `NAMES` or `GOLD`."""
    return gold(name) if name in GOLD else (by_name(name),)
