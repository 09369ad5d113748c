import itertools
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.analysis import frames
from helpers.extraction import times
from helpers.text import articles
from tests import cases

WORDS = [
    "قبل",
    "بعد",
    "منذ",
    "20",
    "2020",
    "3",
    "يومين",
    "أيام",
    "عاما",
    "من",
    "تصفيته",
    "في",
    "عام",
    "أواخر",
    "التسعينيات",
    "26",
    "آب",
    "مؤخرا",
    "أمس",
    "ثلاثة",
    "الدوحة",
    "و",
    "و16",
    "إلى",
    "شهر",
    "رمضان",
    "1445",
    "هـ",
    "حزيران",
    "(تموز)",
    "/",
    "-",
    "15/03/2024",
    "31",
    "29",
    "شباط",
    "صيف",
    "السابع",
    "المقبل",
    "الماضي",
    "الجاري",
    "ستبدأ",
    ".",
    "،",
]


def article(text, **about):
    return articles.from_text(text, "case", "case.txt", about=about)


@pytest.mark.parametrize("case", cases.load("times.jsonl"))
def test_times_are_read_with_their_bounds(case):
    found = times.find(article(case["text"], published="2021-08-28"))
    shown = [[t.span.exact, t.kind, *(day.isoformat() if day else "" for day in (t.earliest, t.latest))] for t in found]
    assert shown == case["found"]


def test_the_seeds_times_are_all_found_with_their_offsets(seed):
    found = times.find(seed)
    assert [t.span.exact for t in found] == [
        "بعد أيام من سيطرة",
        "عام 2020",
        "قبل يومين من تصفيته",
        "قبل 20 عامًا",
        "أواخر التسعينيات",
        "2015",
        "2020",
        "مؤخرًا",
    ]
    assert all(seed.text[t.span.start : t.span.end] == t.span.exact for t in found)


def test_the_uncertainty_of_the_articles_date_is_carried_through(seed):
    ago = next(t for t in times.find(seed) if t.span.exact == "قبل 20 عامًا")
    assert (ago.earliest, ago.latest) == (date(2001, 2, 24), date(2002, 3, 17))
    assert "inferred" in ago.basis


def test_without_the_articles_date_what_is_counted_from_it_has_no_bounds():
    (ago,) = times.find(article("قبل 20 عاما"))
    assert (ago.earliest, ago.latest) == (None, None)
    assert "not known" in ago.basis


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_any_words_in_any_order_give_exact_spans_and_ordered_bounds(words):
    text = "قال " + " ".join(words)
    found = times.find(article(text, published_earliest="2021-08-26", published_latest="2021-09-15"))
    assert all(text[t.span.start : t.span.end] == t.span.exact for t in found)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    assert all(t.earliest <= t.latest for t in found if t.earliest and t.latest)
    assert all(t.basis for t in found)


def test_events_take_the_days_of_their_time_expressions_and_the_undated_say_so(reading):
    events = frames.events(reading, times.find(reading.article)).set_index("event_id")
    assert events.loc["e03", ["exact", "earliest", "latest"]].tolist() == ["2015", "2015-01-01", "2015-12-31"]
    assert events.loc["e13", ["exact", "earliest", "latest", "basis"]].tolist() == [
        "",
        "",
        "",
        "the text gives no date",
    ]
    assert events.loc["e13", "sources"] == "US intelligence"
    assert (events["exact"] == "").sum() == 5
