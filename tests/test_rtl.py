"""Arabic in Matplotlib, in the installed version and in 3.10, which `make test` installs in a separate folder."""

import json
import os
import subprocess
import sys
import unicodedata

import pytest

from helpers.charts import rtl
from tests.conftest import ROOT

OLDER = ROOT / ".matplotlib-3.10"
TEXTS = [
    "طالبان",
    "لا",
    "داعش خراسان\nISIS-K",
    "ISIS-K – تنظيم (2015)",
    "5,000 عنصر",
    "ISIS-K (2015)",
    "حلمَها",
    "السعر $5 أو $6",
]


@pytest.fixture(scope="module")
def on_310():
    """`label` of each text as Matplotlib 3.10 gets it."""
    if not OLDER.is_dir():
        pytest.skip("Matplotlib 3.10 is not in its folder: `make test` puts it there")
    program = (
        "import json, sys, matplotlib; from helpers.charts import rtl\n"
        "print(json.dumps([matplotlib.__version__, rtl.shapes(), [rtl.label(t) for t in json.loads(sys.stdin.read())]]))"
    )
    environment = os.environ | {"PYTHONPATH": str(OLDER)}
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps(TEXTS),
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    version, shapes, labels = json.loads(done.stdout)
    assert version.startswith("3.10.")
    assert not shapes
    return dict(zip(TEXTS, labels, strict=True))


def letters(drawn: str) -> str:
    """Presentation forms as the letters that they are, in the order in which they are drawn."""
    return unicodedata.normalize("NFKC", drawn)


def test_the_running_matplotlib_shapes_arabic_itself():
    assert rtl.shapes()


def test_an_arabic_line_is_marked_and_otherwise_left_alone_where_matplotlib_shapes():
    assert rtl.label("طالبان") == "\u200fطالبان"


def test_a_line_that_begins_in_latin_or_digits_is_marked_when_its_paragraph_has_arabic():
    assert rtl.label("ISIS-K – تنظيم (2015)") == "\u200fISIS-K – تنظيم (2015)"
    assert rtl.label("5,000 عنصر") == "\u200f5,000 عنصر"


def test_a_line_without_arabic_is_left_as_it_is():
    assert rtl.label("ISIS-K (2015)") == "ISIS-K (2015)"
    assert rtl.label("داعش\nISIS-K") == "\u200fداعش\nISIS-K"


def test_every_line_of_a_wrapped_paragraph_keeps_its_direction():
    assert rtl.label("تنظيم الدولة ISIS-K (2015) في أفغانستان", 14).split("\n") == [
        "\u200fتنظيم الدولة",
        "\u200fISIS-K (2015)",
        "\u200fفي أفغانستان",
    ]


def test_dollars_start_no_mathematics():
    from matplotlib.figure import Figure

    text = Figure().text(0, 0, rtl.label("السعر $5 أو $6"))
    assert text._preprocess_math(text.get_text()) == ("\u200fالسعر $5 أو $6", False)


@pytest.mark.parametrize("control", "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_a_control_character_in_a_label_reorders_nothing(control):
    assert rtl.label(f"طال{control}بان") == f"\u200fطال⟨U+{ord(control):04X}⟩بان"


def test_on_310_letters_are_joined_and_laid_out_from_the_left(on_310):
    assert on_310["طالبان"] == "ﻥﺎﺒﻟﺎﻃ"
    assert on_310["لا"] == "ﻻ"


def test_on_310_latin_and_digits_keep_their_order_and_brackets_are_mirrored(on_310):
    assert letters(on_310["ISIS-K – تنظيم (2015)"]) == "(2015) ميظنت – ISIS-K"
    assert letters(on_310["5,000 عنصر"]) == "رصنع 5,000"
    assert on_310["ISIS-K (2015)"] == "ISIS-K (2015)"


def test_on_310_lines_stay_in_their_order(on_310):
    assert letters(on_310["داعش خراسان\nISIS-K"]).split("\n") == ["ناسارخ شعاد", "ISIS-K"]


def test_on_310_vowel_marks_are_kept(on_310):
    assert "\u064e" in on_310["حلمَها"]
