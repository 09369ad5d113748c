import json

import pytest

from helpers.evaluation import scorecard
from helpers.files.errors import InputError
from helpers.records.claims import Claim
from tests.marking import at

TEXT = "قال المدير إن المصنع سيعمل غدا."
HERE = {"source": at(TEXT, "المدير"), "cue": at(TEXT, "قال"), "content": at(TEXT, "المصنع سيعمل غدا")}
SILENT = "سيعمل المصنع غدا."


def found(article):
    """A finder that knows one verb, and takes every occurrence of it for a cue."""
    if "قال" not in article.text:
        return []
    spans = {name: article.span(*span) for name, span in HERE.items()}
    blank = dict.fromkeys(Claim.__struct_fields__)
    parts = {"cue": (spans["cue"],), "content": (spans["content"],), "source": spans["source"]}
    return [Claim(**(blank | parts | {"kind": "indirect", "act": "speech", "modality": "asserted"}))]


def file(tmp_path, *articles):
    """A file of attributions: (id, text, what is marked)."""
    path = tmp_path / "gold.jsonl"
    lines = (json.dumps(dict(zip(("id", "text", "attributions"), article, strict=True))) for article in articles)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def evaluation(tmp_path):
    missed = HERE | {"kind": "indirect", "class": "speech"}
    late = f"ذكر {TEXT[4:]}"
    articles = ("a", TEXT, [missed]), ("b\x1b[1m", late, [missed]), ("c", SILENT, []), ("d", TEXT, [])
    return scorecard.evaluate(file(tmp_path, *articles), found)


def test_the_report_shows_measures_intervals_rates_and_no_colours(evaluation):
    lines = scorecard.as_text(evaluation).splitlines()
    assert lines[0].split() == ["measure", "P", "R", "F1", "95", "%", "right", "predicted", "gold"]
    assert next(line.split() for line in lines if "triple" in line) == [
        *("triple", "0.500", "0.500", "0.500", "0.000–1.000", "1", "2", "2")
    ]
    assert "spurious claims per 1,000 words: 47.62" in lines
    assert "articles without attribution: 2, of these with a false alarm: 1 (0.50)" in lines
    assert not any("\x1b" in line or line != line.rstrip() for line in lines)
    assert "missed" not in "".join(lines)


def test_the_report_shows_the_first_errors_with_their_words(evaluation):
    shown = scorecard.as_text(evaluation, errors=1).split("\n\n")[-1].splitlines()
    assert [line.split() for line in shown] == [
        ["1.", "b⟨U+001B⟩[1m:", "missed"],
        ["gold", "source", "«المدير»"],
        ["gold", "cue", "«ذكر»"],
        ["gold", "content", "«المصنع", "سيعمل", "غدا»"],
        ["predicted", "none"],
    ]
    assert "2. d: spurious" in scorecard.as_text(evaluation, errors=9)


def test_the_json_holds_the_same_and_recall_by_kind_and_act(evaluation):
    told = json.loads(json.dumps(scorecard.as_json(evaluation, errors=9)))
    assert told["measures"]["triple"] == {
        "precision": 0.5,
        "recall": 0.5,
        "f1": 0.5,
        "f1_95": [0, 1],
        "right": 1,
        "predicted": 2,
        "gold": 2,
    }
    assert told["without_attribution"] == {"articles": 2, "false_alarms": 1, "rate": 0.5}
    assert told["recall"]["kind"]["indirect"]["triple"] == told["recall"]["act"]["speech"]["cue_overlap"] == 0.5
    assert [(error["article_id"], error["what"]) for error in told["errors"]] == [
        ("b\x1b[1m", "missed"),
        ("d", "spurious"),
    ]
    assert told["errors"][1]["gold"] is None
    assert told["errors"][1]["predicted"]["source"] == {"start": 4, "end": 10, "exact": "المدير"}


def test_the_finder_is_given_the_article_with_an_id_that_is_safe_in_paths(tmp_path):
    seen = []
    scorecard.evaluate(file(tmp_path, ("desk:2/1", TEXT, [])), lambda article: seen.append(article) or [])
    assert [(article.article_id, article.text) for article in seen] == [("desk-2-1", TEXT)]


def test_a_text_without_words_is_said_with_its_line(tmp_path):
    path = file(tmp_path, ("a", TEXT, []), ("b", "؟", []))
    with pytest.raises(InputError, match=r"gold.jsonl: line 2: it contains no words; give an article with text$"):
        scorecard.evaluate(path, found)


def test_rates_that_cannot_be_had_are_said_so(tmp_path):
    text = scorecard.as_text(scorecard.evaluate(file(tmp_path, ("a", TEXT, [HERE])), found))
    assert "articles without attribution: 0, of these with a false alarm: 0 (none to count)" in text
