import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.files.errors import InputError
from helpers.text import articles
from tests import cases
from tests.conftest import SEED


def of(text):
    return articles.from_text(text, "case", "case.txt")


def test_the_seed_is_as_received_byte_for_byte():
    assert (
        hashlib.sha256(SEED.read_bytes()).hexdigest()
        == "423f116c947971b82127bc5a4731f92065957f8c9de02efa392d44b7948e7f57"
    )


def test_the_seed_has_nineteen_paragraphs_and_its_sentences_hold_every_word(seed):
    assert len(seed.paragraphs) == 19
    inside = [sum(s.start <= start and end <= s.end for s in seed.sentences) for start, end in seed.words]
    assert set(inside) == {1}


@pytest.mark.parametrize("case", cases.load("sentences.jsonl"))
def test_sentences_end_where_a_reader_ends_them(case):
    article = of(case["text"])
    assert [article.text[s.start : s.end] for s in article.sentences] == case["sentences"]


@given(st.text(st.sampled_from('اب .،!؟…“”«»"()\n\r5,دًﷺ\u200f'), max_size=60) | st.text(max_size=60))
def test_every_word_of_any_text_stands_in_exactly_one_sentence(text):
    try:
        article = of(text)
    except InputError:
        return  # no word in it, and it said so
    assert all(article.place(start).end >= end for start, end in article.words)
    assert all(a.end <= b.start for a, b in zip(article.sentences, article.sentences[1:], strict=False))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.txt", None, "no such file"),
        ("empty.txt", b"", "no word"),
        ("blank.txt", b" \n\n", "no word"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\xff", "an image (PNG), not text"),
        ("nul.txt", "نعم\0لا".encode(), "NUL"),
    ],
)
def test_what_is_no_article_is_said_in_one_line_with_its_file(tmp_path, name, content, said):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as error:
        articles.load(path)
    assert name in str(error.value)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [("titel = 'x'", "titel"), ("title = [1]", "title"), ("title", "not TOML")],
)
def test_a_sidecar_that_cannot_be_used_is_refused(tmp_path, content, said):
    (tmp_path / "a.txt").write_text("نعم", encoding="utf-8")
    (tmp_path / "a.toml").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        articles.load(tmp_path / "a.txt")


def test_the_sidecar_says_what_is_known(tmp_path):
    (tmp_path / "a.txt").write_text("نعم", encoding="utf-8")
    (tmp_path / "a.toml").write_text('title = "عنوان"\npublished = 2021-08-28', encoding="utf-8")
    assert articles.load(tmp_path / "a.txt").about == {"title": "عنوان", "published": "2021-08-28"}


@pytest.mark.parametrize(("name", "slug"), [("../x", "x"), ("a b", "a-b"), ("مقال", "مقال"), ("article", "article")])
def test_a_name_becomes_an_id_that_stays_in_its_folder(name, slug):
    assert articles.slug(name) == slug


ODD = [
    "///",
    "!!!",
    "\udce9",
    "\udce8",
    "a\udce9",
    "a\udce8",
    "\ud800",
    "😀",
    "x" * 61 + "\udce9",
    "x" * 61,
    "x" * 60 + "y",
]


def test_odd_names_have_ids_of_their_own():
    ids = [articles.slug(name) for name in ODD]
    assert len(set(ids)) == len(ODD)
    assert all(re.fullmatch(r"[\w-]{1,69}", each) for each in ids)


@given(st.text(max_size=90) | st.sampled_from(ODD))
def test_an_id_is_its_own_id_and_can_be_written(name):
    found = articles.slug(name)
    assert articles.slug(found) == found
    assert found.encode() and not found.startswith("-")


def test_a_span_outside_the_text_is_refused(seed):
    with pytest.raises(ValueError, match="no span"):
        seed.span(10, len(seed.text) + 1)
