"""Arabic names in Latin letters."""

import re

import pytest

from helpers.files.errors import InputError
from helpers.lexicon import romanisation, titles
from helpers.text import orthography


@pytest.fixture(scope="module")
def tables():
    return romanisation.load()


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("محمد علي", "Muhammad Ali"),  # both on the list
        ("عبد الله بن زيد", "Abd Allah bin Zayd"),
        ("عبدالرحمن الشمري", "Abd al-Rahman al-Shammari"),
        ("احمد", "Ahmad"),  # the list is read without hamza
        ("سالف كريمي", "Salif Karimi"),  # CaCiC, CaCiC with an ending
        ("مرجوف", "Marjuf"),  # CaCCuC
        ("هوفمان", "Hufman"),
        ("أوباما", "Ubama"),
        ("إيمري", "Imri"),
        ("الدريدي", "al-Daridi"),
        ("عقيفي", "Aqifi"),  # an ayn at the edge of a word is not written
        ("شعيفي", "Sha'ifi"),
        ("مُنيرة", "Munira"),
        ("نبـــيل", "Nabil"),  # tatweel
        ("قناة «المنار»", "Qanat “al-Manar”"),
        ("CNN العربية", "CNN al-Arabiya"),
        ("", ""),
    ],
)
def test_a_name_is_romanised_by_the_list_else_by_its_letters_and_shape(tables, name, latin):
    assert tables.of(name) == latin


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("الشباب والرياضة", "al-Shabab and al-Rayada"),
        ("النفط والمالية", "al-Nafat and al-Maliya"),  # one on the list
        ("التربية والتعليم", "al-Tarbiya and al-Ta'lim"),
        ("الوطني للحقوق", "al-Watani lil-Huquq"),
        ("للتنمية والدفاع", "lil-Tanmiya and al-Difa"),  # the noun stood before it
        ("«رافد» للنقل البري والنهري", "“Rafid” lil-Naqal al-Bari and al-Nahri"),
        ("العربي للنشر وللصحة", "al-Arabi lil-Nashar and lil-Sihha"),
        ("الأعلى للغة العربية", "al-A'la lil-Lagha al-Arabiya"),  # the second ل is the word's own
        ("نداء والدة", "Nada Walda"),  # a mother: few letters behind وال
        ("والتون للنشر", "Waltun lil-Nashar"),  # the first word is joined to none
        ("وليد وفاء", "Walid Wafa"),
        ("العلوم ليبيا", "al-Alum Libiya"),
    ],
)
def test_in_the_name_of_a_body_words_with_the_article_are_joined(tables, name, latin):
    assert tables.of(name, body=True) == latin


@pytest.mark.parametrize(
    ("name", "latin"), [("سام والتون", "Sam Waltun"), ("ديريك والترز", "Dirik Walatraz"), ("للوش كريم", "Lalush Karim")]
)
def test_a_persons_name_joins_no_words(tables, name, latin):
    assert tables.of(name) == latin


def test_every_letter_of_the_table_is_romanised_and_nothing_arabic_is_left(tables):
    for letter in tables.letters:
        assert not re.search("[\u0600-\u06ff]", tables.of(f"ب{letter}ب")), letter


def test_every_name_of_the_list_begins_with_a_capital_or_is_a_small_word(tables):
    small = {"bin", "bint", "fi", "min", "an"}
    for latin in tables.names.values():
        assert latin.isascii() and (latin[0].isupper() or latin.startswith("al-") or latin in small), latin


def test_a_table_with_a_use_that_nobody_knows_is_refused_by_file_and_row(tmp_path):
    path = tmp_path / "letters.csv"
    path.write_text("letter,latin,use,note\nب,b,konsonant,\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"letters\.csv: row 2: use is 'konsonant'"):
        romanisation.load(signs=path)


@pytest.mark.parametrize(
    ("words", "english"),
    [
        ("رئيس الوزراء اللبناني", "prime minister"),
        ("نائب رئيس الوزراء", "deputy prime minister"),
        ("والأمين العام للأمم المتحدة", ""),
        ("الأمين العام للأمم المتحدة", "secretary-general"),
        ("رئيس اللجنة", ""),
    ],
)
def test_a_title_of_several_words_has_its_own_english(words, english):
    assert titles.english(orthography.WORD.findall(orthography.fold(words).text)) == english
