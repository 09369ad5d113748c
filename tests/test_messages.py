"""A message is made once, independent of language, and worded by the phrase of each language."""

import pytest

from helpers.records.messages import Message, Name, Share, from_json, message, to_json
from helpers.report import interface
from helpers.report.interface import Interface

PHRASES = {
    "en": {
        "comma": ",",
        "list_end": "{first} and {last}",
        "sources.one": "{n} source",
        "sources.other": "{n} sources",
        "who": "{who} spoke: {share}",
        "basis.named": "named source",
    },
    "ar": {
        "comma": "،",
        "list_end": "{first} و{last}",
        "sources.zero": "لا مصادر",
        "sources.one": "مصدر واحد",
        "sources.two": "مصدران",
        "sources.few": "{n} مصادر",
        "sources.many": "{n} مصدراً",
        "sources.other": "{n} مصدر",
        "who": "تحدث {who}: {share}",
        "basis.named": "مصدر مسمّى",
    },
}
EN, AR = (Interface(lang, PHRASES[lang]) for lang in ("en", "ar"))
IRAN = Name("Iran", "إيران")


@pytest.mark.parametrize(
    ("n", "english", "arabic"),
    [
        (0, "0 sources", "لا مصادر"),
        (1, "1 source", "مصدر واحد"),
        (2, "2 sources", "مصدران"),
        (5, "5 sources", "5 مصادر"),
        (11, "11 sources", "11 مصدراً"),
        (100, "100 sources", "100 مصدر"),
        (1_000, "1,000 sources", "1,000 مصدر"),
    ],
)
def test_a_noun_agrees_with_its_number(n: int, english: str, arabic: str) -> None:
    assert (EN.text(message("sources", n=n)), AR.text(message("sources", n=n))) == (english, arabic)


def test_names_shares_and_terms_are_in_the_language_of_the_page() -> None:
    said = message("who", who=(IRAN, message("basis.named")), share=Share(0.504))
    assert EN.text(said) == "Iran and named source spoke: 50%"
    assert AR.text(said) == "تحدث إيران ومصدر مسمّى: 50%"


def test_a_name_without_english_stands_apart_in_an_english_sentence() -> None:
    assert EN.text(Name("", "إيران")) == "\u2068إيران\u2069"


def test_a_day_keeps_the_order_of_its_parts_in_an_arabic_sentence() -> None:
    assert (EN.text("2024-05-05"), AR.text("2024-05-05")) == ("2024-05-05", "\u20682024-05-05\u2069")


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        EN.text(message("who", who="x"))


@pytest.mark.parametrize(
    "value",
    [
        message("sources", n=3),
        message("who", who=(IRAN, message("basis.named"), "c01"), share=Share(0.5)),
        (1, 2.5, "ج", Name("", "أ")),
    ],
)
def test_what_is_written_as_json_comes_back(value: Message) -> None:
    assert from_json(to_json(value)) == value


def test_an_object_that_is_no_value_is_refused() -> None:
    with pytest.raises(ValueError, match="no value of a message"):
        from_json({"ar": "أ"})


def test_every_plural_of_a_phrase_has_its_last_form_in_both_languages() -> None:
    for lang in interface.LANGS:
        phrases = interface.load(lang).phrases
        for key in phrases:
            stem, _, form = key.rpartition(".")
            if form in ("zero", "one", "two", "few", "many") and f"{stem}.other" not in phrases:
                assert stem in phrases, key
