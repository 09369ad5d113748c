"""What is odd in the lines of an article is said once, and the text stays as it is."""

import json
from pathlib import Path

import pytest

from helpers import readings
from helpers.analysis import headings
from helpers.extraction import outlet, texts
from helpers.report import translation_memory
from helpers.text import articles
from tests.conftest import ROOT

CASES = [
    json.loads(line) for line in (ROOT / "tests/cases/related_lines.jsonl").read_text(encoding="utf-8").splitlines()
]
WRAPPED = """قال وزير المياه سالم الحمدان إن أعمال الصيانة في السد الكبير
ستبدأ في مطلع الشهر المقبل وستستمر ثلاثة أشهر على الأقل وأضاف
أن الوزارة خصصت عشرين مليونا لهذا المشروع الذي طال انتظاره."""


def read(text):
    return articles.from_text(text, "a", Path("a.txt"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_lines_that_lead_to_other_articles_are_found_and_no_others(case):
    article = read(case["text"])
    assert [article.text[start:end] for start, end in article.related] == case["leading"]
    assert len(article.warnings) == bool(case["leading"])
    assert article.text == case["text"]


def test_a_line_that_leads_to_another_article_is_no_claim_of_the_outlet():
    article = read("اقرأ أيضا: أُغلق السد أمس.\nأُغلق الطريق أمس.")
    known = readings.known()
    own = outlet.beside(texts.read(article, known.vocabulary), ())
    assert [headings.states_nothing(article, claim) for claim in own] == [True, False]


def test_hard_wrapped_lines_are_said_with_their_number():
    article = read(WRAPPED)
    (said,) = article.warnings
    assert said.startswith("lines that end inside a sentence (2) were read together")
    assert len(article.paragraphs) == 1


def test_a_doubt_that_is_in_the_sidecar_already_is_not_said_twice(tmp_path):
    (said,) = read(WRAPPED).warnings
    (tmp_path / "a.txt").write_text(WRAPPED, encoding="utf-8")
    (tmp_path / "a.toml").write_text(f"warning = {json.dumps(said)}\n", encoding="utf-8")
    assert articles.load(tmp_path / "a.txt").warnings == (said,)


@pytest.mark.parametrize("text", [WRAPPED, "اقرأ أيضا: صور السد", f"{WRAPPED}\n\n[إقرأ أيضا | صور السد]"])
def test_what_is_said_has_its_arabic(text):
    memory = translation_memory.Memory(translation_memory.phrases(ROOT / "templates/arabic.csv"))
    for said in read(text).warnings:
        assert memory(said), said
