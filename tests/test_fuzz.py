"""Random inputs: text, a user's own lexicon, a sidecar, annotations. Each is read, or refused in one line.

The seed is fixed, so that every run of the tests tries the same inputs. `make fuzz` tries new seeds for minutes.
"""

import csv
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, note, seed, settings
from hypothesis import strategies as st

from helpers import readings
from helpers.annotation import anchoring, load, remark_rows
from helpers.extraction import suggestions
from helpers.files import paths
from helpers.files.errors import InputError
from helpers.lexicon import entries
from helpers.lexicon.entries import ACTOR_COLUMNS, ACTOR_TYPES, ALIAS_VIA
from helpers.records import codec
from helpers.records.claims import CLAIM_KINDS
from helpers.records.readings import Reading
from helpers.report import front_page, translation_memory
from helpers.text import articles, invisible
from helpers.text.metadata import KNOWN as KEYS
from tests.knowing import KNOWN

SEED = 20261126
EXAMPLES = 30  # of one seed
MINUTES = float(os.environ.get("ISNAD_FUZZ_MINUTES") or 0)

# What a page must never hold as it is: markup, an attribute that is broken out of, invisible characters.
MARKUP = ("<xmp onx=1>", '"onx="', "'onx='", "</script><xmp>", "]]>", "<!--", "&lt;", "&#x202e;")
UNSEEN = (
    "\u202e",
    "\u2066",
    "\u200b",
    "\u200f",
    "\x1b[31m",
    "\x85",
    "\x9b",
    "\ufeff",
    "\u2028",
    "\U000e0041",
    "\ufffe",
)
NAMES = (
    "الخراساني",
    "الدريدي",
    "سعد الدريدي",
    "سندس",
    "الغرياني",
    "أبو عمر",
    "عبد الله",
    "داعش",
    "CNN",
    "لوك",
    "آل سعود",
)
WORDS = (
    *(
        "قال",
        "وقال",
        "أضاف",
        "أن",
        "إن",
        "أنه",
        "بأن",
        "بحسب",
        "وفق",
        "نقلت",
        "عن",
        "اتهم",
        "نفى",
        "يقول",
        "تقول",
        "ذكرت",
    ),
    *(
        "الوزير",
        "وزير",
        "مصدر",
        "مسؤول",
        "صحيفة",
        "وكالة",
        "حركة",
        "الرئيس",
        "متحدث",
        "باسم",
        "رئيسة",
        "مستشار",
        "تقرير",
    ),
    *("«", "»", '"', "“", "”", ":", "،", ".", "؟", "(", ")", "-", "…", "\n", "\n\n", "؛", "!", "ـ", "‹", "›"),
    *("طالبان", "مصر", "أمس", "عام", "2020", "٢٠", "الذي", "التي", "في", "من", "على", "و", "ثم", "لكن", "بينما", "هو"),
    *NAMES,
    *MARKUP,
    *UNSEEN,
    *(
        "=1+1",
        "$x$",
        "\\",
        "🙂",
        "ﷺ",
        "\u0301",
        "ﻗﺎﻝ",
        "ٱلله",
        "هٰذا",
        "a\tb",
        "x" * 70,
        "%s",
        "{}",
        "{{ x }}",
        "\\u202e",
    ),
)
WORD = st.sampled_from(WORDS)
SENTENCE = st.one_of(
    st.lists(WORD, min_size=1, max_size=14).map(" ".join),
    st.tuples(
        st.sampled_from(["قال", "وقالت", "أضاف", "ذكر", "وأكد"]),
        st.sampled_from(["الوزير", "وزير الخارجية", "المستشار", "", "رئيس حركة", "مصدر"]),
        st.sampled_from(NAMES),
        st.sampled_from(["إن", "أن", ":", "«", "إنه"]),
        st.lists(WORD, max_size=8).map(" ".join),
    ).map(lambda parts: " ".join(filter(None, parts)) + "."),
)
TEXT = st.one_of(
    st.lists(SENTENCE, min_size=1, max_size=6).map("\n".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(lambda text: f"نعم {text}"),
)
LEADS = ("", "الوزير ", "وزير ", "مستشار ", "مصدر في ")
TAILS = ("", " لشبكة CNN", "، رئيس الوفد،", " الذي وصل أمس")
CELL = st.one_of(WORD, st.lists(WORD, max_size=3).map(" ".join), st.text(max_size=6), st.just(""))


@dataclass(frozen=True)
class Given:
    """One input. `aliases` are names and stretches of the text; `texts` are what people wrote in its annotations, into whose
    cells `changes` are made.
    """

    text: str
    aliases: list[tuple[str, str, str, str]]
    sidecar: dict[str, str]
    texts: list[str]
    changes: list[tuple[float, float, float, str]]


@st.composite
def inputs(draw: Callable) -> Given:
    text = draw(TEXT)
    words = text.split() or [""]
    stretch = st.builds(lambda at, n: " ".join(words[at : at + n]), st.integers(0, len(words) - 1), st.integers(1, 3))
    alias = st.tuples(stretch | stretch | CELL, st.sampled_from(ACTOR_TYPES), st.sampled_from(ALIAS_VIA), CELL)
    part = st.floats(0, 1, exclude_max=True)
    return Given(
        text,
        draw(st.lists(alias, max_size=4)),
        draw(st.dictionaries(st.sampled_from(KEYS), CELL, max_size=4)),
        draw(st.lists(CELL, min_size=5, max_size=5)),
        draw(st.lists(st.tuples(part, part, part, CELL), max_size=3)),
    )


@pytest.fixture(autouse=True, scope="module")
def project_read_once() -> Iterator[None]:
    """The spellings of the project's own lexicons are read once, for hundreds of lexicons of users that are added to them."""
    spellings, of_organisations = entries._spellings, cache(entries._of_organisations)
    of_project = cache(spellings)

    def of_actors(path: Path, found_by: str = "lexicon") -> list:
        return list(of_project(path)) if found_by == "lexicon" else spellings(path, found_by)

    with (
        patch.object(entries, "_spellings", of_actors),
        patch.object(
            entries, "_of_organisations", lambda path, states: list(of_organisations(path, frozenset(states)))
        ),
    ):
        yield


def write(path: Path, columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
        csv.writer(file).writerows([columns, *rows])


def annotated(reading: Reading, folder: Path, texts: list[str]) -> None:
    """The machine's claims as if people had annotated them, with what they wrote."""
    gloss, reason, outside, rater, label = (text.strip() or "nothing" for text in texts)
    folder.mkdir()
    (folder / "article.toml").write_text(f'sha256 = "{reading.article.sha256}"', encoding="utf-8")
    spans, claims, sources = [], [], []
    for claim in reading.claims:
        parts = {"source": [claim.source], "cue": claim.cue, "content": claim.content, "antecedent": [claim.antecedent]}
        for role, found in parts.items():
            spans += [(claim.claim_id, role, n, s.start, s.end, s.exact) for n, s in enumerate(filter(None, found), 1)]
        values = {name: getattr(claim, name, "") or "" for name in load.CLAIM_COLUMNS}
        values |= {
            "credibility": 6,
            "gloss_en": gloss,
            "rationale": f"C6: {reason}",
            "outside_note": outside,
            "rater": rater,
        }
        claims.append(tuple(values.values()))
    for source in reading.sources:
        ids = (" ".join(source.actor_ids), " ".join(source.affiliation_ids))
        sources.append(
            (
                source.source_id,
                source.name,
                label,
                source.kind,
                *ids,
                "",
                "F",
                f"R5: {reason}",
                outside,
                rater,
                "2026",
                "",
            )
        )
    write(folder / "claims.csv", load.CLAIM_COLUMNS, claims)
    write(folder / "spans.csv", anchoring.SPAN_COLUMNS, spans)
    write(folder / "sources.csv", load.SOURCE_COLUMNS, sources)
    first = reading.article.sentences[0]
    exact = reading.article.text[first.start : first.end]
    events = [("e1", label, label, "", "", "", reading.claims[0].claim_id, reason)] if reading.claims else []
    write(folder / "mentions.csv", load.MENTION_COLUMNS, [])
    write(folder / "oddities.csv", remark_rows.ODDITY_COLUMNS, [(first.start, first.end, exact, "grammar", outside)])
    write(folder / "events.csv", remark_rows.EVENT_COLUMNS, events)
    write(folder / "arabic.csv", ("en", "ar"), [("nothing", rater)])


def change(folder: Path, changes: list[tuple[float, float, float, str]]) -> None:
    """Replace values of cells, whose file, row and column are given by numbers from 0 to 1."""
    files = sorted(folder.glob("*.csv"))
    for file_at, row_at, column_at, value in changes:
        path = files[int(file_at * len(files))]
        with path.open(encoding="utf-8", errors="surrogatepass", newline="") as file:
            rows = list(csv.reader(file))
        row = rows[int(row_at * len(rows))]
        row[int(column_at * len(row))] = value
        write(path, tuple(rows[0]), rows[1:])


def refused(error: InputError) -> bool:
    """Whether an error is a line that can be printed."""
    return "\n" not in invisible.shown(" ".join(str(error).split())) and bool(str(error))


def assert_holds(reading: Reading) -> None:
    """Check what must be true of any reading."""
    text = reading.article.text
    places = [s for c in reading.claims for s in c.spans] + [m.span for m in reading.mentions]
    assert all(text[span.start : span.end] == span.exact for span in places)
    assert {claim.source_id for claim in reading.claims} <= {None, *(s.source_id for s in reading.sources)}
    assert all(claim.kind in CLAIM_KINDS for claim in reading.claims)
    json.dumps(codec.as_dict(reading)).encode()


def shown(reading: Reading, known: readings.Known, folder: Path) -> None:
    """Check the front page in both languages: no input is markup in it, and no invisible character is left."""
    (folder / "pages").mkdir(exist_ok=True)
    front_page.write(reading, known, folder / "pages", {"en": [], "ar": []}, translation_memory.load(reading))
    for path in (folder / "pages").glob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert "<xmp" not in page and 'onx="' not in page.replace("&#34;", "").replace("&quot;", "")
        assert invisible.shown(page) == page


def assert_read_or_refused(one: Given) -> None:
    note(repr(one))
    with TemporaryDirectory() as name:
        folder = Path(name)
        own, path = folder / "own.csv", folder / "article.txt"
        rows = [
            (f"own_{n}", alias, "ar", kind, via, english or alias, english, "picked")
            for n, (alias, kind, via, english) in enumerate(one.aliases)
        ]
        write(own, ACTOR_COLUMNS, rows)
        path.write_bytes(one.text.encode())
        lines = (f"{key} = {json.dumps(value)}\n" for key, value in one.sidecar.items())
        path.with_suffix(".toml").write_text("".join(lines), encoding="utf-8")
        there = folder / "annotations"
        with patch.dict(os.environ, {"ISNAD_ACTORS": str(own)}), patch.object(paths, "annotations", lambda _: there):
            try:
                known = replace(KNOWN, actors=entries.actors())
            except InputError as e:
                assert refused(e)
                known = KNOWN
            try:
                article = articles.load(path)
            except InputError as e:
                assert refused(e)
                return
            reading = readings.read(article, known, machine=True)
            assert_holds(reading)
            suggestions.as_text(reading, suggestions.candidates(reading))
            annotated(reading, there, one.texts)
            change(there, one.changes)
            try:
                reading = readings.read(article, known)
                memory = translation_memory.load(reading)
            except InputError as e:
                assert refused(e)
                there.rename(folder / "refused")
                memory = translation_memory.load(reading)
            assert_holds(reading)
            assert memory is not None
            shown(reading, known, folder)


def test_whatever_is_given_is_read_or_refused_in_one_line():
    number, end = SEED, time.monotonic() + MINUTES * 60
    options = settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=True
    )
    while True:
        seed(number)(options(given(inputs())(assert_read_or_refused)))()
        number += 1
        if time.monotonic() >= end:
            return


@pytest.mark.parametrize(
    "alias", ["الخراساني", "سعد الدريدي", "الدريدي", "وزير", "قال", "من", "ا", "2020", "CNN", "«نعم»"]
)
def test_an_actor_of_ones_own_may_have_any_shape(tmp_path, monkeypatch, alias):
    monkeypatch.setenv("ISNAD_ACTORS", str(tmp_path / "own.csv"))
    for kind, via in product(ACTOR_TYPES, ALIAS_VIA):
        write(tmp_path / "own.csv", ACTOR_COLUMNS, [("own", alias, "ar", kind, via, alias, "Own", "picked")])
        known = replace(KNOWN, actors=entries.actors())
        for lead, tail in product(LEADS, TAILS):
            text = f"قال {lead}{alias}{tail} إن مسلحي التنظيم انسحبوا من المدينة.\nوأضاف {alias} أن الطريق مفتوح."
            assert_holds(readings.read(articles.from_text(text, "x", Path("x.txt")), known, machine=True))
