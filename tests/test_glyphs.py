"""Arabic in Matplotlib, compared glyph by glyph with HarfBuzz and Unicode's levels (tests/drawing.py)."""

import json
import os
import subprocess
import sys
import textwrap
import unicodedata

import arabic_reshaper
import bidi
import pytest
from bidi.mirror import MIRRORED

from helpers.charts import gallery, rtl
from helpers.files import paths
from tests import cases, drawing
from tests.conftest import ROOT
from tests.test_charts import texts_of

CASES = cases.load("labels.jsonl")
FACES = ["DejaVu Sans", "IBM Plex Sans Arabic"]
OLDER = ROOT / ".matplotlib-3.10"


def lines_of(case):
    """The lines of a case as they are to be read, wrapped before anything is ordered."""
    wrapped = [textwrap.wrap(p, case["width"]) if "width" in case else [p] for p in case["text"].split("\n")]
    return [line for lines in wrapped for line in lines]


def has_letters(text):
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def expected(case, face="DejaVu Sans"):
    return [glyph for line in lines_of(case) for glyph in drawing.expected(line, face)]


@pytest.fixture(scope="module")
def drawn():
    """What the installed Matplotlib draws: {face: {case: glyphs}}, and the same texts as the old workaround gives them."""
    rtl.add_faces(paths.templates() / "fonts")
    values = [param.values[0] for param in CASES]
    labels = [rtl.label(case["text"], case.get("width")) for case in values]
    old = ["\n".join(bidi.get_display(arabic_reshaper.reshape(line)) for line in lines_of(case)) for case in values]
    names = [case["case"] for case in values]
    found = {face: dict(zip(names, drawing.drawn(labels, face), strict=True)) for face in FACES}
    old = [text.replace("$", r"\$") for text in old]
    return found | {"workaround": dict(zip(names, drawing.drawn(old), strict=True))}


@pytest.fixture(scope="module")
def on_310():
    """What Matplotlib 3.10 draws, in an interpreter of its own: labelled and raw, as {case: characters}."""
    if not OLDER.is_dir():
        pytest.skip("Matplotlib 3.10 is not in its folder: `make test` puts it there")
    values = [param.values[0] for param in CASES]
    done = subprocess.run(
        [sys.executable, "-m", "tests.drawing"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(OLDER)},
        input=json.dumps([[case["text"], case.get("width")] for case in values]),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert found["version"].startswith("3.10.")
    names = [case["case"] for case in values]
    return {
        how: {name: drawing.characters(glyphs) for name, glyphs in zip(names, found[how], strict=True)}
        for how in ("labelled", "raw")
    }


def test_there_are_forty_cases_and_more():
    assert len(CASES) >= 40
    assert len({param.values[0]["text"] for param in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES)
def test_the_expectation_orders_characters_as_a_second_implementation_does(case):
    """Unicode's algorithm in Rust (python-bidi), which mirrors nothing: compared without the side brackets face."""
    for line in lines_of(case):
        base = "R" if rtl.is_rtl(line) else "L"
        unfaced = [
            [min(c, MIRRORED.get(c, c)) for c in text]
            for text in (bidi.get_display(line, base_dir=base), drawing.visual(line))
        ]
        assert unfaced[0] == unfaced[1]


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("١٢٫٥٪", "٪١٢٫٥"),
        ("٥٪ – ٧٪", "٪٧ – ٪٥"),
        ("-٥٪", "٪٥-"),
        ("۵٪ – ۷٪", "۷٪ – ۵٪"),
        ("12.5%", "12.5%"),
        ("5% – 7%", "5% – 7%"),
    ],
)
def test_a_line_without_a_letter_is_set_by_its_digits(line, seen):
    assert drawing.visual(line) == seen
    assert rtl.is_rtl(line) == (line != seen)


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("case", CASES)
def test_a_label_is_drawn_as_harfbuzz_and_unicode_have_it(drawn, case, face):
    assert drawn[face][case["case"]] == expected(case, face)


@pytest.mark.parametrize("case", CASES)
def test_a_label_is_drawn_the_same_on_matplotlib_310(on_310, case):
    assert on_310["labelled"][case["case"]] == drawing.characters(expected(case), drawing.texts_of())


def test_the_old_workaround_put_back_on_311_is_caught(drawn):
    arabic = [param.values[0] for param in CASES if has_letters(param.values[0]["text"])]
    wrong = [case["case"] for case in arabic if drawn["workaround"][case["case"]] != expected(case)]
    # It survives where a word has no letter to join or to turn, and there alone.
    assert len(wrong) >= len(arabic) - 2, {case["case"] for case in arabic} - set(wrong)


def test_the_workaround_left_out_on_310_is_caught(on_310):
    arabic = [param.values[0] for param in CASES if has_letters(param.values[0]["text"])]
    right = drawing.texts_of()
    wrong = [c["case"] for c in arabic if on_310["raw"][c["case"]] != drawing.characters(expected(c), right)]
    assert len(wrong) == len(arabic)


def test_every_text_of_every_chart_of_the_report_is_drawn_as_it_should(reading):
    checked = 0
    for name, figure in gallery.figures(reading).items():
        texts = texts_of(figure)
        for number, text in enumerate(texts):
            text.set_gid(f"case{number}")
        found = drawing.glyphs(drawing.svg_of(figure))
        for number, text in enumerate(texts):
            lines = [
                line.replace(rtl.RIGHT_TO_LEFT_MARK, "").replace(r"\$", "$") for line in text.get_text().split("\n")
            ]
            wanted = [g for line in lines for g in drawing.expected(line, FACES[1], text.get_weight())]
            assert found[f"case{number}"] == wanted, (name, text.get_text())
            checked += any(unicodedata.bidirectional(char) == "AL" for char in text.get_text())
    assert checked > 50
