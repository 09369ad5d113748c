"""Standard input is read as a text, a page or JSON Lines, by every command that takes articles one by one."""

import json

import pytest

from helpers.annotation import folder
from helpers.files.errors import InputError
from helpers.text import articles
from tests import test_word_documents as word
from tests.conftest import in_one_line

SENTENCE = "قال وزير المالية سامر الحلبي إن العجز تراجع."
LINES = "".join(json.dumps({"id": name, "text": SENTENCE}, ensure_ascii=False) + "\n" for name in (7, "b"))
PAGE = f"<html><body><article><p>{SENTENCE} {SENTENCE}</p></article></body></html>"


def annotated(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    "given, said",
    [
        (SENTENCE, "read as one text"),
        (f"\ufeff{SENTENCE}", "read as one text"),
        (SENTENCE.encode("cp1256"), "read as one text"),
        (word.packed(word.paragraph(word.run(SENTENCE))), "read as a document"),
        (PAGE, "read as a web page"),
        (LINES.splitlines()[0], "read as JSON Lines"),
        (f"\ufeff{LINES.splitlines()[0]}", "read as JSON Lines"),
    ],
    ids=["a text", "with a mark", "in another encoding", "a document", "a page", "a line", "a line behind a mark"],
)
def test_the_format_is_detected_and_said_and_the_claims_are_those_of_the_text(given, said, piped):
    done = piped(given, "annotate", "-")
    assert done.returncode == 0, done.stderr
    assert said in done.stderr.splitlines()[0]
    (found,) = annotated(done)
    assert [part["exact"] for part in found["claims"][0]["content"]] == ["العجز تراجع"]
    assert found["article"]["path"] == "standard input"


def test_lines_keep_their_ids_and_a_bad_one_costs_itself(piped):
    done = piped(f"{LINES}{{oops\n", "annotate", "--jsonl", "-")
    assert [each["article"]["id"] for each in annotated(done)] == [7, "b"]
    assert in_one_line(done, "standard input: line 3", "not a JSON object")


def test_what_the_user_says_counts_and_not_what_the_first_bytes_look_like(piped):
    assert in_one_line(piped(SENTENCE, "annotate", "--jsonl", "-"), "standard input: line 1", "not a JSON object")


def test_the_same_text_has_the_same_id_and_another_has_another(piped):
    ids = [
        annotated(piped(text, "annotate", "-"))[0]["article"]["id"] for text in (SENTENCE, SENTENCE, f"{SENTENCE} نعم")
    ]
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.parametrize("given", [b"", b"\x7fELF\0\0", "123 456"], ids=["nothing", "a program", "no words in Arabic"])
def test_what_is_no_article_is_one_line(given, piped):
    done = piped(given, "annotate", "-")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 2  # what it was read as, and what is wrong


def test_drafts_and_exports_are_made_of_it_too(piped, house, tmp_path):
    done = piped(LINES, "draft", "-", home=house)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (house / "data" / "annotations").iterdir()} >= {"7", "b"}
    assert folder.annotated(house / "data" / "annotations" / "7")
    done = piped(SENTENCE, "export", "-", "--to", "jsonl", "--out", tmp_path / "out.jsonl")
    assert done.returncode == 0, done.stderr
    (line,) = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["article"]["text"] == SENTENCE


def test_a_report_of_it_keeps_the_text_and_says_where_it_is_from(piped, house, tmp_path):
    for path in (house / "notebooks").glob("0[2-9]*"):
        path.unlink()
    done = piped(SENTENCE, "report", "-", home=house)
    assert done.returncode == 0, done.stderr
    (made,) = (path for path in (tmp_path / "reports").iterdir() if path.is_dir())
    kept = articles.load(made / f"{made.name}.txt")
    assert (kept.text, kept.about["received"]) == (SENTENCE, "from standard input")


def test_a_corpus_keeps_it_beside_its_tables_and_goes_on_with_the_same(piped, tmp_path, monkeypatch):
    seen = []

    def run(named, *others):
        seen.append(named)
        raise InputError("no more of it here")

    monkeypatch.setattr("helpers.corpus.driver.run", run)
    out = tmp_path / "tables"
    for given, ending in ((LINES, "jsonl"), (PAGE, "html"), (SENTENCE, "txt")):
        kept = tmp_path / f"tables.standard-input.{ending}"
        times = []
        for _ in range(2):
            done = piped(given, "corpus", "-", "--out", out)
            assert str(kept) in done.stderr.splitlines()[0]
            times.append(kept.stat().st_mtime_ns)
        assert kept.read_text(encoding="utf-8") == given
        assert times[0] == times[1]
        assert seen[-1] == [str(kept)]
