import encodings as standard
import pkgutil
from pathlib import Path

import pytest

from helpers.files.errors import InputError
from helpers.text import articles, encodings, orthography
from tests.conftest import SEED, in_one_line

TEXT = SEED.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", "text in UTF-16-LE"),
        ("utf-16-le", "text in UTF-16-LE"),
        ("utf-16-be", "text in UTF-16-BE"),
        ("cp1256", "text in Windows-1256, detected"),
        ("iso8859_6", "text in ISO-8859-6, detected"),
    ],
)
def test_an_encoding_is_told_from_the_bytes_and_said(tmp_path, encoding, said):
    path = tmp_path / "article.txt"
    text = TEXT.replace("–", "-").replace("“", '"').replace("”", '"')  # ISO-8859-6 has neither
    path.write_bytes(text.encode(encoding))
    article = articles.load(path, arabic_only=True)
    assert article.text == text
    assert article.about.get("received") == said


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859_6"])
@pytest.mark.parametrize("words", ["قال الوزير إن الطريق مفتوح", "أعلنت الحكومة أمس الثلاثاء عن خطة جديدة للإسكان"])
def test_one_sentence_is_enough_to_tell(encoding, words):
    assert encodings.decode(words.encode(encoding), SEED).text == words


def test_an_encoding_that_is_asked_for_is_insisted_on(tmp_path, called):
    path = tmp_path / "article.txt"
    path.write_bytes(TEXT.encode("cp1256"))
    assert in_one_line(called("annotate", path, "--encoding", "utf-8"), "not UTF-8 throughout (byte 0")
    assert in_one_line(called("annotate", path, "--encoding", "windows-99"), "not a text encoding that Python knows")
    assert called("annotate", path, "--encoding", "windows-1256").returncode == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe" + "قال الوزير".encode("utf-16-le") + b"\x00\xd8\x20\x00", "half of a UTF-16 pair"),
        (TEXT.encode()[:1000] + b"\xff" + TEXT.encode()[1000:], "damaged UTF-8 text (byte 1000)"),
        ("قال\0 الوزير".encode(), "NUL characters"),
        (bytes(range(256)) * 4, "not UTF-8 text"),
        ("C'est un été à Genève, où l'on a déjà mangé.".encode("cp1252"), "mostly not Arabic"),
        (b"The minister said that the road is open.", "mostly not Arabic (0%"),
    ],
    ids=["half a pair", "one broken byte", "NUL", "binary", "French", "English"],
)
def test_what_is_no_arabic_text_is_refused_and_nothing_is_guessed(tmp_path, content, said):
    path = tmp_path / "article.txt"
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        articles.load(path, arabic_only=True)
    assert said in str(error.value)
    assert str(path) in str(error.value)


def test_fifty_megabytes_are_refused_before_they_are_read(tmp_path):
    path = tmp_path / "article.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(InputError, match="over 20 MB, too long for one article"):
        articles.load(path)


def test_a_text_in_another_language_is_read_when_the_user_insists(tmp_path, called):
    path = tmp_path / "article.txt"
    path.write_text("The minister said: «نعم».", encoding="utf-8")
    assert in_one_line(called("annotate", path), "mostly not Arabic", "--any-language")
    assert called("annotate", path, "--any-language").returncode == 0


NO_ENCODINGS = [
    "base64",
    "hex",
    "rot13",
    "zlib",
    "bz2",
    "quopri",
    "uu",
    "undefined",
    "unicode_escape",
    "idna",
    "punycode",
]
NO_ENCODINGS += ["raw_unicode_escape", "charmap", "windows-99", "a\udce9", "../x", "aliases", "\0", " "]


@pytest.mark.parametrize("encoding", NO_ENCODINGS, ids=ascii)
def test_what_is_no_encoding_of_text_is_refused_whoever_names_it(encoding):
    content = TEXT.encode("cp1256", "ignore")
    for how in ({"asked": encoding}, {"declared": encoding}):
        with pytest.raises(InputError, match=r"article\.txt.*encoding"):
            encodings.decode(content, Path("article.txt"), **how)
    with pytest.raises(InputError, match=r"--encoding: .* is not a text encoding that Python knows"):
        encodings.usable(encoding)


def test_every_encoding_that_is_taken_gives_text_or_one_line():
    for module in pkgutil.iter_modules(standard.__path__):
        try:
            encodings.usable(module.name)
        except InputError:
            continue
        for content in (bytes(range(256)), b"+2AA-", b"~{ \x1b$B\xff", TEXT.encode("cp1256", "ignore")):
            try:
                assert isinstance(encodings.decode(content, SEED, module.name).text, str)
            except InputError as error:
                assert "\n" not in str(error)


def test_a_wrong_encoding_is_told_once_for_all_files(tmp_path, called):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert in_one_line(
        called("annotate", tmp_path, "--encoding", "base64"), "--encoding: 'base64' is not a text encoding"
    )


def test_a_wrong_encoding_is_told_before_a_corpus_is_begun(tmp_path):
    from helpers.corpus import driver
    from helpers.inputs import input_articles

    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(InputError, match="--encoding: 'undefined' is not a text encoding"):
        driver.run([tmp_path / "a.txt"], tmp_path / "out", input_articles.Options(encoding="undefined"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "text",
    ["ﻗﺎﻝ ﺍﻟﻮﺯﻳﺮ ﺇﻥ ﺍﻟﻄﺮﻳﻖ ﻣﻔﺘﻮﺡ.", "وزیر خارجه گفت: پیمان چاپ شد", "\u0871\u0872\u08a0\u08a1 \u0750\u0751"],
    ids=["presentation forms", "Persian", "extensions"],
)
def test_letters_of_every_arabic_block_count_as_arabic(text):
    article = articles.from_text(text, "x", SEED)
    assert articles.in_arabic(article) is article
    assert orthography.letters(text) == sum(map(str.isalpha, text))
