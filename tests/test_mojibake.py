"""Text that was read in a wrong encoding, or lost characters, is reported; sound text never is."""

import json

import pytest

from helpers.files.errors import InputError
from helpers.text import articles, mojibake
from tests.conftest import ROOT, SEED

TEXT = SEED.read_text(encoding="utf-8")
SENTENCE = "قال الوزير إن الطريق مفتوح."
OTHERS = {
    "Persian": "وزیر خارجه گفت که پیمان‌نامه‌ی چهارم ژنو، چاپ شد؛ گفت‌وگوها ادامه دارد.",
    "Urdu": "وزیرِ اعظم نے کہا ہے کہ ٹرین ڈھاکہ پہنچ گئی ہے، اور گھر چھوڑ دیا گیا ہے۔",
    "Kurdish": "سەرۆکی حکومەت وتی کە ڕێگاکە کراوەیە، وە هەموو شتێک باشە.",
    "vowelled": "قَالَ الْوَزِيرُ إِنَّ الطَّرِيقَ مَفْتُوحٌ، وَأَضَافَ: «نَعَمْ، فَقَطْ».",
    "marks after ط and ظ": "فقط، فقط؛ غلط؟ لفظ… حظ – شرط؛ «نفط»، قال: وسط، ضبط؛ خط.",
    "presentation forms": "ﻗﺎﻝ ﺍﻟﻮﺯﻳﺮ ﺇﻥ ﺍﻟﻄﺮﻳﻖ ﻣﻔﺘﻮﺡ ﻓﻘﻂ، ﻭﺃﺿﺎﻑ ﺃﻥ ﺍﻟﻌﻤﻞ ﻣﺴﺘﻤﺮ.",
    "French": "« C'est un été à Genève », où l'on a déjà mangé : voilà l'œuvre de Noël.",
    "German": "„Überfälle größer“, schön: äöüß ÄÖÜ – Übermäßig häßlich.",
    "Portuguese": "São João, não, informações, ÇÃO, Ã©, irmãos à «nação».",
    "Turkish": "Çağrı şöyle: İstanbul'da ığüşöç.",
}


def own_texts():
    for path in (*ROOT.glob("seeds/*.txt"), *ROOT.glob("seeds/examples/*.txt"), *ROOT.glob("seeds/examples/*.html")):
        yield articles.load(path).text
    for path in (*ROOT.glob("data/gold/*.jsonl"), *ROOT.glob("data/corpus/*.jsonl"), *ROOT.glob("tests/cases/*.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        yield from (text for line in lines if (text := json.loads(line).get("text")))


def test_no_sound_text_is_warned_of():
    texts = [*own_texts(), *OTHERS.values()]
    assert len(texts) > 500
    assert [text for text in texts if mojibake.doubts(text)] == []


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_no_text_that_was_read_as_it_should_be_is_called_misread(text):
    assert mojibake.misread(text) is None


@pytest.mark.parametrize(
    "text", [SENTENCE, TEXT, OTHERS["Persian"], OTHERS["Urdu"]], ids=["sentence", "seed", "fa", "ur"]
)
@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1256", "Windows-1256"), ("cp1252", "Windows-1252"), ("latin-1", "Windows-1252")]
)
@pytest.mark.parametrize("times", [1, 2])
def test_utf_8_that_was_read_in_another_encoding_is_reported(text, encoding, name, times):
    read = text
    for _ in range(times):
        read = read.encode().decode(encoding, "ignore")
    if times == 1:
        assert any(f"UTF-8 text read as {name}" in said for said in mojibake.doubts(read))
    elif encoding != "cp1256":
        assert mojibake.doubts(read)


def test_a_tenth_of_a_text_that_was_misread_is_enough():
    part = SENTENCE.encode().decode("cp1256")
    assert mojibake.doubts(f"{part} " + f"{SENTENCE} " * 15)
    assert not mojibake.doubts("ظ‚ط§ظ„ " + f"{SENTENCE} " * 15)  # a text that speaks of it


def test_lost_characters_are_reported_where_they_are_many():
    lost = TEXT.replace("ق", "\ufffd")
    assert (
        articles.from_text(lost, "x", SEED)
        .warnings[0]
        .startswith(f"some characters are lost ({lost.count(chr(0xFFFD))} ")
    )
    assert articles.from_text(TEXT.replace("ق", "\ufffd", 1), "x", SEED).warnings == ()


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "iso8859-15", "iso8859-2", "cp1250", "cp1254"])
def test_windows_1256_that_was_read_as_latin_is_refused_with_the_right_encoding(encoding):
    read = TEXT.encode("cp1256", "ignore").decode(encoding, "ignore")
    with pytest.raises(InputError, match=r"mostly not Arabic .* --encoding windows-1256"):
        articles.in_arabic(articles.from_text(read, "x", SEED))


def test_utf_8_that_was_read_as_latin_is_refused_for_what_it_is():
    read = TEXT.encode().decode("latin-1")
    with pytest.raises(InputError, match=r"mostly not Arabic .* looks like UTF-8 text read as Windows-1252"):
        articles.in_arabic(articles.from_text(read, "x", SEED))
