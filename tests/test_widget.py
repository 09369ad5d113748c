"""The annotator in a notebook, without a browser: where it is shown, who answers it, and that a cell can be run again."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from IPython.core.formatters import DisplayFormatter

from helpers import readings
from helpers.curation import widget
from helpers.curation.notebook_server import NotebookServer, Sessions
from helpers.files import paths
from helpers.files.errors import InputError
from helpers.report import interactive
from helpers.report.kernels import Kernels
from helpers.text import articles
from tests import showing
from tests.annotating import TEXT
from tests.knowing import KNOWN

VIEW = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "dam.txt"
    path.write_bytes(TEXT.encode())
    return articles.load(path)


@pytest.fixture(autouse=True)
def sessions(monkeypatch):
    """The sessions of a process that has opened nothing."""
    made = Sessions()
    monkeypatch.setattr("helpers.curation.notebook_server.OPEN", made)
    yield made
    made.close()


@pytest.fixture
def displayed(monkeypatch):
    """A function that calls the annotator and returns what is displayed, as MIME bundles."""

    def call(*arguments, **named):
        shown = []
        for place in ("helpers.curation.widget.display", "helpers.report.show.display"):
            monkeypatch.setattr(place, lambda each, raw=False: shown.append(each))
        widget.annotator(*arguments, **named)
        return [each if isinstance(each, dict) else DisplayFormatter().format(each)[0] for each in shown]

    return call


def asked(server, **message):
    replies = []
    server.hear({"request": "r", **message}, replies.append)
    assert [reply["request"] for reply in replies] == ["r"]
    return replies[0]["reply"]


def accept(claim, id_):
    return {"id": id_, "op": "accept", "claim": claim}


def test_before_nobody_the_article_stands_alone_and_nothing_is_written(article, displayed, monkeypatch):
    monkeypatch.delenv(interactive.SESSION, raising=False)
    reading = readings.read(article, KNOWN)
    nothing, shown = displayed(reading)
    assert nothing == interactive.INSTEAD
    assert shown["text/html"] == showing.article(reading) and VIEW not in shown
    assert list(article.path.parent.iterdir()) == [article.path]


def test_before_a_person_a_card_stands_above_the_article_and_nothing_is_written_until_it_is_opened(
    article, displayed, monkeypatch
):
    monkeypatch.setenv(interactive.SESSION, "dam.ipynb")
    reading = readings.read(article, KNOWN)
    card, shown = displayed(reading, "Huda")
    assert {name: card[name] for name in card if name != VIEW} == interactive.INSTEAD  # nbval leaves the widget aside
    assert VIEW in card
    assert shown["text/html"] == showing.article(reading)
    assert list(article.path.parent.iterdir()) == [article.path]


def test_an_article_can_be_named_by_its_path(article, displayed):
    _, shown = displayed(article.path, person=False)
    assert "سناء الحلبي" in shown["text/html"]


def test_a_notebook_that_a_program_runs_has_no_widget_even_where_the_program_runs_before_a_person(
    tmp_path, monkeypatch
):
    monkeypatch.setenv(interactive.SESSION, "dam.ipynb")
    (tmp_path / "dam.txt").write_bytes(TEXT.encode())
    source = f"from helpers.curation import widget\nwidget.annotator({str(tmp_path / 'dam.txt')!r})"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])

    def run():
        with Kernels() as kernels:
            kernels.run({tmp_path / "x.ipynb": notebook}, lambda step: None)

    with ThreadPoolExecutor(1) as apart:  # a browser's loop may be running in this thread
        apart.submit(run).result()
    nothing, shown = [output.data for output in notebook.cells[0].outputs]
    assert nothing == interactive.INSTEAD
    assert "isnad-article" in shown["text/html"] and VIEW not in shown


def test_the_card_has_all_that_it_needs_and_asks_nobody_else_for_it(article):
    from helpers.curation.card import Card

    state = Card(NotebookServer(article, "Huda")).get_state()
    folder = paths.templates() / "annotator"
    assert state["_esm"] == (folder / "annotator.js").read_text(encoding="utf-8")
    assert state["_css"] == (folder / "annotator.css").read_text(encoding="utf-8")
    assert state["words"] == json.loads((folder / "words.json").read_text(encoding="utf-8"))
    assert state["sha256"] == article.sha256 and not state["started"]


def test_the_first_message_opens_the_annotations_and_a_decision_is_acknowledged(article):
    server = NotebookServer(article, "Huda")
    state = asked(server, kind="open")
    assert (state["kind"], state["annotator"]) == ("state", "Huda")
    claim = state["claims"][0]["claim_id"]
    done = asked(server, kind="do", operations=[accept(claim, "o1")])
    assert (done["acks"], done["progress"]["decided"]) == (["o1"], 1)
    assert asked(server, kind="do", operations=[accept(claim, "o1")])["version"] == done["version"]


def test_messages_from_many_threads_are_done_and_answered_one_after_the_other(article):
    server, sent = NotebookServer(article, "Huda"), []
    claims = [claim["claim_id"] for claim in asked(server, kind="open")["claims"] if claim["kind"] != "unattributed"]

    def decide(n):
        server.hear({"request": n, "kind": "do", "operations": [accept(claims[n % len(claims)], f"o{n}")]}, sent.append)

    threads = [threading.Thread(target=decide, args=(n,)) for n in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each["reply"]["version"] for each in sent] == list(range(1, 41))
    assert all(each["reply"]["acks"] == [f"o{each['request']}"] for each in sent)


def test_a_cell_that_is_run_again_goes_on_where_it_was(article):
    first = NotebookServer(article, "Huda")
    assert not first.begun
    claim = asked(first, kind="open")["claims"][0]["claim_id"]
    asked(first, kind="do", operations=[accept(claim, "o1")])
    again = NotebookServer(article, "Huda")
    assert again.begun
    assert asked(again, kind="open")["progress"]["decided"] == 1
    assert asked(first, kind="poll", since=0)["version"] == 1  # the first is not shut out


def test_another_annotator_or_another_text_takes_the_place_of_what_was_open(article):
    first = NotebookServer(article, "Huda")
    claim = asked(first, kind="open")["claims"][0]["claim_id"]
    asked(first, kind="do", operations=[accept(claim, "o1")])
    second = NotebookServer(article, "Sami")
    assert asked(second, kind="open")["annotator"] == "Sami"
    assert "another cell" in asked(first, kind="poll", since=0)["error"]
    assert readings.read(article, KNOWN).claim(claim).annotator == "Huda"  # what the first had done is in the tables


def test_what_was_decided_is_in_the_tables_when_nothing_more_comes(article):
    server = NotebookServer(article, "Huda")
    claim = asked(server, kind="open")["claims"][0]["claim_id"]
    version = asked(server, kind="do", operations=[accept(claim, "o1")])["version"]
    for _ in range(2):
        asked(server, kind="poll", since=version)
    assert readings.read(article, KNOWN).claim(claim).status == "accepted"


def test_annotations_that_another_program_has_open_are_an_error_that_says_whose(article, sessions):
    other = Sessions()
    try:
        other.session(article, "Sami")
        error = asked(NotebookServer(article, "Huda"), kind="open")
        assert error["status"] == 400 and "Sami" in error["error"]
        with pytest.raises(InputError):
            sessions.session(article, "Huda")
    finally:
        other.close()
    assert asked(NotebookServer(article, "Huda"), kind="open")["kind"] == "state"


def test_a_full_disk_is_an_error_and_the_decision_is_not_acknowledged(article, monkeypatch):
    server = NotebookServer(article, "Huda")
    claim = asked(server, kind="open")["claims"][0]["claim_id"]

    def full(*_):
        raise OSError(28, "No space left on device", "journal.jsonl")

    with monkeypatch.context() as patched:
        patched.setattr("helpers.curation.journal.Journal.append", full)
        reply = asked(server, kind="do", operations=[accept(claim, "o1")])
        assert reply == {"error": "journal.jsonl: No space left on device", "status": 507}
    assert asked(server, kind="do", operations=[accept(claim, "o1")])["acks"] == ["o1"]
