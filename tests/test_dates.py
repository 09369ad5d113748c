"""Dates as they are written: of an article, in every usual form; what cannot be read is said."""

import json
from datetime import date

import pytest
from hijridate import Gregorian
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.extraction import times
from helpers.files.errors import InputError
from helpers.inputs import json_lines
from helpers.inputs.input_articles import Options
from helpers.text import articles, calendars, metadata, orthography, publication
from tests import cases

EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
MONTHS = {
    "pan-Arab": [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    "Levantine": [
        "كانون الثاني",
        "شباط",
        "آذار",
        "نيسان",
        "أيار",
        "حزيران",
        "تموز",
        "آب",
        "أيلول",
        "تشرين الأول",
        "تشرين الثاني",
        "كانون الأول",
    ],
    "Algerian": [
        "جانفي",
        "فيفري",
        "مارس",
        "أفريل",
        "ماي",
        "جوان",
        "جويلية",
        "أوت",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    "Moroccan": [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "ماي",
        "يونيو",
        "يوليوز",
        "غشت",
        "شتنبر",
        "أكتوبر",
        "نونبر",
        "دجنبر",
    ],
}
HIJRI = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
]
DAYS = st.dates(date(1950, 1, 1), date(2050, 12, 31))


def in_words(day, names):
    return f"{day.day} {MONTHS[names][day.month - 1]} {day.year}"


def hijri(day):
    return Gregorian.fromdate(day).to_hijri()


FORMS = {
    **{name: (lambda day, name=name: in_words(day, name)) for name in MONTHS},
    "both names": lambda d: f"{d.day} {MONTHS['Levantine'][d.month - 1]}/{MONTHS['pan-Arab'][d.month - 1]} {d.year}",
    "one name in brackets": lambda d: (
        f"{d.day} {MONTHS['pan-Arab'][d.month - 1]} ({MONTHS['Levantine'][d.month - 1]}) {d.year}"
    ),
    "a comma": lambda d: f"{d.day} {MONTHS['pan-Arab'][d.month - 1]}، {d.year}",
    "the era": lambda d: f"{in_words(d, 'pan-Arab')}م",
    "day first": lambda d: f"{d.day}/{d.month}/{d.year}",
    "two digits": lambda d: f"{d:%d/%m/%Y}",
    "dashes": lambda d: f"{d.day}-{d.month}-{d.year}",
    "stops": lambda d: f"{d:%d.%m.%Y}",
    "year first": lambda d: f"{d:%Y/%m/%d}",
    "ISO": lambda d: d.isoformat(),
    "Hijri": lambda d: f"{hijri(d).day} {HIJRI[hijri(d).month - 1]} {hijri(d).year} هـ",
    "Hijri figures": lambda d: f"{hijri(d).year}/{hijri(d).month}/{hijri(d).day}هـ",
}
ALONE = {  # of an article, not in a text
    "a weekday": lambda d: f"الجمعة، {in_words(d, 'Levantine')} - 14:30",
    "a time and a zone": lambda d: f"{d.isoformat()}T23:30:00+03:00",
    "a time of a table": lambda d: f"{d.isoformat()} 10:00:00",
    "a feed": lambda d: f"Fri, {d:%d %b %Y} 10:00:00 GMT",
    "English": lambda d: f"{d:%B} {d.day}, {d.year}",
}


@pytest.mark.parametrize("form", [*FORMS, *ALONE])
@settings(max_examples=40, deadline=None)
@given(eastern=st.booleans(), day=DAYS)
def test_a_day_of_a_hundred_years_is_read_back_in_each_form(form, eastern, day):
    written = (FORMS | ALONE)[form](day)
    found = publication.read(written.translate(EASTERN) if eastern else written)
    assert found and found.earliest == found.latest == day.isoformat()
    assert found.hijri == form.startswith("Hijri")


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40, deadline=None)
@given(eastern=st.booleans(), day=DAYS)
def test_the_same_in_a_sentence_is_one_time_with_its_exact_words(form, eastern, day):
    written = FORMS[form](day).translate(EASTERN) if eastern else FORMS[form](day)
    (found,) = times.find(articles.from_text(f"وقع الوزير الاتفاق في {written} بعد المحادثات", "x", "x.txt"))
    assert (found.span.exact, found.kind, found.earliest, found.latest) == (written, "date", day, day)
    assert ("Hijri" in found.basis) == form.startswith("Hijri")


@pytest.mark.parametrize("case", cases.load("published.jsonl"))
def test_what_is_said_of_the_day_of_publication_is_read_or_doubted(case):
    about, doubt = publication.known(case["value"])
    assert about == case["about"]
    if case["doubt"]:
        assert doubt and case["doubt"] in doubt and "\n" not in doubt
    else:
        assert doubt is None


@settings(deadline=None)
@given(st.lists(st.sampled_from([*"0123456789٠١٢/-.: هـم،()TZ+", " رمضان ", " مارس ", "2024", "1445"])).map("".join))
def test_whatever_is_written_is_days_in_order_or_a_doubt_in_one_line(value):
    about, doubt = publication.known(value)
    assert about or doubt
    assert about.get("published_earliest", "") <= about.get("published_latest", "9")
    assert doubt is None or len(doubt.splitlines()) == 1


@settings(deadline=None)
@given(DAYS)
def test_a_hijri_month_begins_where_the_one_before_it_ends(day):
    year, month = calendars.hijri_month_of(day)
    first, last = calendars.hijri(year, month)
    assert first <= day <= last
    assert calendars.hijri_month_of(last) == (year, month)


def test_a_sidecar_may_have_its_date_in_any_usual_form(tmp_path):
    (tmp_path / "a.txt").write_text("نعم", encoding="utf-8")
    (tmp_path / "a.toml").write_text('published = "الجمعة ١٥ آذار/مارس ٢٠٢٤"', encoding="utf-8")
    found = articles.load(tmp_path / "a.txt")
    assert (found.about, found.warnings) == ({"published": "2024-03-15"}, ())


def test_a_sidecar_with_a_hijri_month_gives_its_first_and_last_day(tmp_path):
    (tmp_path / "a.txt").write_text("نعم", encoding="utf-8")
    (tmp_path / "a.toml").write_text('published = "رمضان 1445"', encoding="utf-8")
    found = articles.load(tmp_path / "a.txt")
    assert found.about == {"published_earliest": "2024-03-11", "published_latest": "2024-04-09"}
    assert len(found.warnings) == 1 and "Umm al-Qura" in found.warnings[0]


def test_a_date_of_a_sidecar_that_cannot_be_read_is_a_warning_and_no_date(tmp_path):
    (tmp_path / "a.txt").write_text("نعم", encoding="utf-8")
    (tmp_path / "a.toml").write_text('title = "ع"\npublished = "soon"\nwarning = "cut"', encoding="utf-8")
    found = articles.load(tmp_path / "a.txt")
    assert found.about == {"title": "ع"}
    assert found.warnings == ("cut", "the date 'soon' could not be read; write it as 2024-03-15")


def test_the_bounds_of_a_sidecar_may_be_months(tmp_path):
    (tmp_path / "a.toml").write_text('published_earliest = "2024-02"\npublished_latest = "آذار 2024"', encoding="utf-8")
    found = metadata.sidecar(tmp_path / "a.toml")
    assert (found["published_earliest"], found["published_latest"]) == ("2024-02-01", "2024-03-31")
    (tmp_path / "a.toml").write_text('published_earliest = "2024-04"\npublished_latest = "2024-03"', encoding="utf-8")
    with pytest.raises(InputError, match="put them in order"):
        metadata.sidecar(tmp_path / "a.toml")


@pytest.mark.parametrize("key", ["date", "published"])
def test_a_line_of_json_brings_the_day_of_its_article(tmp_path, key):
    path = tmp_path / "a.jsonl"
    lines = [{"id": 1, "text": "نعم", key: "3 كانون الثاني 2024"}, {"id": 2, "text": "نعم", key: "قريبا"}]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    read, unread = (load() for _, load in json_lines.loaders(path, Options(any_language=True)))
    assert (read.about, read.warnings) == ({"published": "2024-01-03"}, ())
    assert unread.about == {} and "could not be read" in unread.warnings[0] and "قريبا" in unread.warnings[0]


def test_a_hijri_date_of_before_the_tables_has_no_days():
    (found,) = times.find(articles.from_text("عاد في 12 محرم 1258 هـ إلى بلدته", "x", "x.txt"))
    assert (found.earliest, found.latest) == (None, None) and "1343" in found.basis


def test_dates_are_found_in_folded_words_and_their_spans_in_the_text_as_received():
    text = "في ١٥ آذارـ/مَارس ٢٠٢٤ عاد"
    (found,) = times.find(articles.from_text(text, "x", "x.txt"))
    assert found.earliest == date(2024, 3, 15)
    assert text[found.span.start : found.span.end] == found.span.exact
    assert orthography.fold(found.span.exact).text == "15 اذار/مارس 2024"
