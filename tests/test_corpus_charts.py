"""The charts of a corpus: read from the right, nothing clipped or overlapping, with little or much to draw."""

import datetime

import pandas as pd
import pytest

from helpers import charts
from helpers.analysis import quoted_frames
from helpers.corpus import questions, quoted, repeated_claims
from helpers.records.basis import UNCLAIMED, Basis
from tests.conftest import ROOT
from tests.test_charts import clipped, overlapping, said

NAME, OUTLET = "المتحدث الرسمي باسم الهيئة العامة {}", "صحيفة الأخبار الدولية {}"
BASES = list(Basis)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    db = questions.database(ROOT / "data/corpus", tmp_path_factory.mktemp("made"))
    quotes = quoted.rows(db)
    return {
        "quoted": charts.most_quoted(quoted_frames.named(quotes)),
        "months": charts.quoted_by_month(quoted_frames.by_month(quotes)),
        "voices": charts.voices_by_outlet(questions.voices(db)),
        "rests": charts.rests_by_outlet_and_month(questions.rests(db)),
        "stances": charts.stances_by_speaker(questions.stances(db)),
        "way": charts.way_of_claims(repeated_claims.groups(db)),
    }


ALL = ["quoted", "months", "voices", "rests", "stances", "way"]


@pytest.mark.parametrize("name", ALL)
def test_a_chart_is_read_from_right_to_left_and_its_texts_stand_free(drawn, name):
    left, right = drawn[name].axes[0].get_xlim()
    assert left > right
    assert clipped(drawn[name]) == []
    assert overlapping(drawn[name]) == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("quoted", "Khalid al-Shammari 4 and 1"),
        ("months", "Sami al-Halabi (2024-03 4 and 2024-04 2)"),
        ("voices", "Khalid al-Shammari 5 and 1"),
        ("rests", "نبأ اليوم 2024-04 (unnamed source 65%"),
        ("stances", "سامي الحلبي (neutral 3, assertive 1 and distancing 2)"),
        ("way", "الأفق الاقتصادي 2024-04-11 the outlet's own voice"),
    ],
)
def test_the_alt_text_tells_what_the_chart_shows(drawn, name, told):
    assert told in said(drawn[name])


def much(of):
    """Tables of `of` names, outlets, months and claims."""
    each = range(of)
    voices = [(NAME.format(n), f"The spokesman {n}", OUTLET.format(m), n % 3, m % 4 + 1) for n in each for m in each]
    rests = [(OUTLET.format(n), f"20{10 + m}-01", 3, 900, 0.4, 0.2, 0.1, 0.2, 0.1) for n in each for m in each]
    quoted = [(NAME.format(n), f"The spokesman {n}", n % 7 + 1, n % 2) for n in each]
    months = [(NAME.format(n), f"The spokesman {n}", f"20{10 + m}-01", n % 3 + 1) for n in each for m in each]
    stances = [(NAME.format(n), 15, 1, 2, 3, 4, 5, 3, "قال", "") for n in each]
    day = datetime.date(2024, 1, 1)
    ways = [
        (
            n,
            m,
            OUTLET.format(m),
            (day + datetime.timedelta(7 * m)).isoformat(),
            BASES[m % 4],
            "كلمات كثيرة في ادعاء طويل " * 6,
        )
        for n in each
        for m in range(min(of, 5))
    ]
    stance_columns = ["speaker", "claims", *questions.STANCES, "outlets", "cues", "by_outlet"]
    return (
        charts.most_quoted(pd.DataFrame(quoted, columns=["name", "name_en", "distinct_statements", "direct"])),
        charts.quoted_by_month(pd.DataFrame(months, columns=["name", "name_en", "month", "distinct_statements"])),
        charts.voices_by_outlet(
            pd.DataFrame(voices, columns=["speaker", "name_en", "outlet", "speaks", "spoken_about"])
        ),
        charts.rests_by_outlet_and_month(
            pd.DataFrame(
                rests,
                columns=["outlet", "month", "articles", "words", *(f"{part}_share" for part in (*Basis, UNCLAIMED))],
            )
        ),
        charts.stances_by_speaker(pd.DataFrame(stances, columns=stance_columns)),
        charts.way_of_claims(
            pd.DataFrame(ways, columns=["group", "place", "outlet", "date", "basis", "content"]).assign(phrase="")
        ),
    )


@pytest.mark.parametrize("of", [0, 1, 30])
def test_nothing_one_and_many_are_drawn_without_clipping(of):
    for figure in much(of):
        assert clipped(figure) == []
        assert of or charts.empty(figure)
