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
        ("هورفمان", "Hurfaman"),
        ("أوباما", "Obama"),
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
        ("الشباب والرياضة", "al-Shabab and al-Riyada"),
        ("النفط والمالية", "al-Naft and al-Maliya"),  # one on the list
        ("التربية والتعليم", "al-Tarbiya and al-Ta'lim"),
        ("الوطني للحقوق", "al-Watani lil-Huquq"),
        ("للتنمية والدفاع", "lil-Tanmiya and al-Difa"),  # the noun stood before it
        ("«رافد» للنقل البري والنهري", "“Rafid” lil-Naql al-Barri and al-Nahri"),
        ("العربي للنشر وللصحة", "al-Arabi lil-Nashr and lil-Sihha"),
        ("الأعلى للغة العربية", "al-A'la lil-Lugha al-Arabiya"),  # the second ل is the word's own
        ("نداء والدة", "Nada Walida"),  # a mother: few letters behind وال
        ("الاتحاد السعودي لكرة القدم", "al-Ittihad al-Su'udi li-Kura al-Qadam"),
        ("مجلس الوزراء", "Majlis al-Wuzara"),
        ("النيابة العامة", "al-Niyaba al-Amma"),
        ("والتون للنشر", "Waltun lil-Nashr"),  # the first word is joined to none
        ("وليد وفاء", "Walid Wafa"),
        ("العلوم ليبيا", "al-Ulum Libiya"),
    ],
)
def test_in_the_name_of_a_body_words_with_the_article_are_joined(tables, name, latin):
    assert tables.of(name, body=True) == latin


@pytest.mark.parametrize(
    ("name", "latin"), [("سام والتون", "Sam Waltun"), ("ديريك والترز", "Dirik Walatraz"), ("للوش كريم", "Lalush Karim")]
)
def test_a_persons_name_joins_no_words(tables, name, latin):
    assert tables.of(name) == latin


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("دونالد ترمب", "Donald Trump"),
        ("دونالد ترامب", "Donald Trump"),
        ("أنطونيو جوتيريش", "Antonio Guterres"),
        ("رجب طيب أردوغان", "Recep Tayyip Erdogan"),  # رجب alone is Rajab
        ("رجب سالم", "Rajab Salim"),
        ("بن والاس", "Ben Wallace"),  # not bin
        ("الرئيس شي جين بينغ", "al-Ra'is Xi Jinping"),
    ],
)
def test_a_foreign_name_has_its_usual_english_spelling(tables, name, latin):
    assert tables.of(name) == latin


@pytest.mark.parametrize("name", ["جون فرغدابو", "ڤولان سامر", "زورك بيلاتينسكي", "ماري ترسدان"])
def test_a_foreign_person_with_a_word_in_no_list_is_printed_in_arabic(name):
    assert romanisation.marked(name) == name


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("جورج المصري", "≈ George al-Masri"),  # the article is Arabic
        ("سالم العجيلان", "≈ Salim al-Ajilan"),  # no word is foreign
        ("نبيل جرجور", "≈ Nabil Jarjur"),
    ],
)
def test_other_persons_are_romanised_though_a_word_is_guessed(name, latin):
    assert romanisation.marked(name) == latin


def test_behind_its_noun_the_first_word_of_a_body_can_be_joined(tables):
    assert tables.of("والدفاع", body=True, begins=False) == "and al-Difa"


def test_every_letter_of_the_table_is_romanised_and_nothing_arabic_is_left(tables):
    for letter in tables.letters:
        assert not re.search("[\u0600-\u06ff]", tables.of(f"ب{letter}ب")), letter


def test_every_name_of_the_list_begins_with_a_capital_or_is_a_small_word(tables):
    small = {"bin", "bint", "fi", "min", "an"}
    small |= {latin for latin in tables.foreign.values() if latin.startswith(("von ", "van ", "de ", "da "))}
    for latin in (*tables.names.values(), *tables.foreign.values(), *tables.bodies.values()):
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
