"""No decision is lost, whatever happens to the process or the disk: the journal, the lock, the tables."""

import difflib
import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest

from helpers.annotation import load
from helpers.curation import applying, compaction, tables
from helpers.curation import journal as journals
from helpers.curation import operations as applied
from helpers.curation.applying import Applied
from helpers.curation.journal import Entry, Journal
from helpers.curation.session import Session
from helpers.curation.state import Change
from helpers.files.errors import InputError
from helpers.text import articles
from tests.conftest import ROOT
from tests.curating import AT, TEXT, of_words
from tests.knowing import KNOWN


@pytest.fixture(scope="module")
def known():
    return KNOWN


@pytest.fixture(scope="module")
def drafted_once(tmp_path_factory, known):
    """A folder with an article and its draft, to be copied."""
    folder = tmp_path_factory.mktemp("drafted")
    (folder / "dam.txt").write_text(TEXT, encoding="utf-8")
    Session.open(articles.load(folder / "dam.txt"), "Huda", known).close()
    return folder


@pytest.fixture
def path(drafted_once, tmp_path):
    shutil.copytree(drafted_once, tmp_path / "work")
    return tmp_path / "work" / "dam.txt"


@pytest.fixture
def opened(path, known):
    """A function that opens sessions of the article; all are closed at the end."""
    made = []

    def open_(annotator="Huda"):
        open_.last = Session.open(articles.load(path), annotator, known)
        made.append(open_.last)
        return open_.last

    yield open_
    for session in made:
        session.close()


def folder_of(path):
    return path.with_suffix(".annotations")


def records(session):
    """All records of a session, as a page has them."""
    found = session.state()
    return {table: found[table] for table in ("claims", "sources", "mentions", "unanchored")}


def statuses(session):
    return {claim["claim_id"]: claim["status"] for claim in session.state()["claims"]}


def operations(number=4):
    """Operations that can always be done, each with an effect."""
    found = []
    for at in range(number):
        claim = ("c1", "c2", "c3", "c4", "c5")[at % 5]
        op = ("accept", "gloss", "reject", "reopen", "add")[at // 5 % 5]
        more = {"gloss": {"value": f"translation {at}"}, "add": {"content": [of_words(TEXT, "أين التقرير")]}}.get(
            op, {}
        )
        found.append({"id": f"o{at}", "op": op, "at": AT, **({} if op == "add" else {"claim": claim}), **more})
    return found


# What a session says.


def test_an_article_without_annotations_is_begun_with_the_machines_draft(tmp_path, known):
    (tmp_path / "dam.txt").write_text(TEXT, encoding="utf-8")
    with Session.open(articles.load(tmp_path / "dam.txt"), "Huda", known) as session:
        found = session.state()
    assert found["progress"] == {"decided": 0, "of": len(found["claims"]), "annotators": []}
    assert (tmp_path / "dam.annotations" / "article.txt").read_text(encoding="utf-8") == TEXT
    assert load.faults(articles.load(tmp_path / "dam.txt"), known.actors, known.cues) == []


def test_an_article_is_not_begun_where_nobody_asks_for_it(tmp_path, known):
    (tmp_path / "dam.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(InputError, match="no annotations"):
        Session.open(articles.load(tmp_path / "dam.txt"), "Huda", known, create=False)
    assert not folder_of(tmp_path / "dam.txt").exists()


def test_a_page_is_told_all_that_it_needs_as_json(opened):
    found = json.loads(json.dumps(opened().answer({"kind": "open"})))
    assert (found["kind"], found["version"], found["annotator"], found["direction"]) == ("state", 0, "Huda", "rtl")
    assert all(TEXT[line["start"] :].startswith(line["text"]) for line in found["lines"])
    assert [line["paragraph"] for line in found["lines"]] == [1, 2, 3, 4, 5]
    assert [claim["order"] for claim in found["claims"]] == list(range(1, len(found["claims"]) + 1))
    assert found["claims"][0]["source_name"] == "سناء الحلبي"


def test_decisions_are_acknowledged_with_what_they_changed(opened):
    session = opened()
    found = session.answer({"kind": "do", "since": 0, "operations": operations(2)})
    assert (found["acks"], found["refused"], found["version"]) == (["o0", "o1"], [], 2)
    assert {key: claim["status"] for key, claim in found["set"]["claims"].items()} == {
        "c1": "accepted",
        "c2": "accepted",
    }
    assert found["progress"] == {"decided": 2, "of": 5, "annotators": ["Huda"]}
    assert session.answer({"kind": "poll", "since": 1})["set"] == {"claims": {"c2": found["set"]["claims"]["c2"]}}


def test_what_cannot_be_done_is_refused_with_why_and_the_rest_is_done(opened):
    half = {"id": "\ud800", "op": "accept", "claim": "c1"}
    given = [{"id": "a", "op": "accept", "claim": "c99"}, 7, *operations(1), {"op": "accept", "claim": "c1"}, half]
    found = opened().do(given)
    json.dumps(found, ensure_ascii=False).encode()
    assert found["acks"] == ["o0"]
    assert [(each["id"], each["why"].split(":")[0]) for each in found["refused"]] == [
        ("a", "accept"),
        (None, 'an operation is an object such as {"id"'),
        (None, "accept"),
        (None, "accept"),
    ]


@pytest.mark.parametrize("request_", [[], {}, {"kind": "dance"}, {"kind": "do"}, {"kind": "poll", "since": "x"}])
def test_a_request_that_is_none_is_refused(opened, request_):
    with pytest.raises(InputError):
        opened().answer(request_)


def test_an_operation_that_comes_twice_is_acknowledged_and_done_once(opened, path):
    session = opened()
    session.do(operations(3))
    again = session.do([*operations(3), {"id": "o2", "op": "reject", "claim": "c1"}])
    assert (again["acks"], again["version"]) == (["o0", "o1", "o2", "o2"], 3)
    session.close()
    later = opened().do(operations(3))
    assert (later["acks"], later["version"], later["set"]) == (["o0", "o1", "o2"], 3, {})


def test_what_another_window_changed_since_is_not_changed_unseen(opened):
    session = opened()
    session.do([{"id": "1", "op": "accept", "claim": "c1", "seen": 0, "window": "left"}])
    found = session.do([{"id": "2", "op": "reject", "claim": "c1", "seen": 0, "window": "right"}])
    assert "another window" in found["refused"][0]["why"]
    found = session.do([{"id": "3", "op": "reject", "claim": "c1", "seen": 0, "window": "left"}])
    assert found["acks"] == ["3"]
    found = session.do([{"id": "4", "op": "undo", "seen": 1, "window": "right"}])
    assert "another window" in found["refused"][0]["why"]
    assert session.do([{"id": "5", "op": "undo", "seen": 2, "window": "right"}])["acks"] == ["5"]


def test_undo_and_redo_survive_that_the_session_is_opened_again(opened):
    session = opened()
    before = records(session)
    session.do(operations(12))
    after = records(session)
    session.close()
    session = opened()
    assert records(session) == after
    for number in range(12):
        assert session.do([{"id": f"u{number}", "op": "undo"}])["acks"], number
    assert records(session) == before
    session.close()
    session = opened()
    found = session.state()
    assert (found["can_undo"], found["can_redo"]) == (False, True)
    assert len(session.do([{"id": f"r{number}", "op": "redo"} for number in range(12)])["acks"]) == 12
    assert records(session) == after


def test_decisions_from_many_threads_are_all_kept(opened, path):
    session = opened()
    acks = []

    def decide(window):
        for number in range(10):
            name = f"{window}-{number}"
            acks.extend(session.do([{"id": name, "op": "gloss", "claim": f"c{window}", "value": name}])["acks"])

    threads = [threading.Thread(target=decide, args=(window,)) for window in range(1, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(acks)) == 50
    assert {c["claim_id"]: c["gloss_en"] for c in session.state()["claims"]} == {f"c{n}": f"{n}-9" for n in range(1, 6)}


# Two at once.


def test_a_second_session_is_told_who_has_the_article(opened, path, known):
    opened("Huda")
    with pytest.raises(InputError, match=r"is open in another window: Huda \(.+\) on .+ since 20") as error:
        Session.open(articles.load(path), "Ali", known)
    assert "\n" not in str(error.value)


def test_a_second_process_is_told_who_has_the_article(opened, path, isnad):
    opened("Huda")
    (ops := path.with_name("ops.jsonl")).write_text(json.dumps(operations(1)[0]), encoding="utf-8")
    done = isnad("curate", path, "--apply", ops)
    assert done.returncode == 2
    assert "is open in another window: Huda" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_article_that_was_closed_can_be_opened_by_another(opened):
    opened("Huda").close()
    assert opened("Ali").state()["annotator"] == "Ali"


def test_a_closed_session_decides_nothing(opened):
    session = opened()
    session.close()
    with pytest.raises(InputError, match="closed"):
        session.do(operations(1))


def test_a_name_that_no_decision_can_have_is_refused_at_the_beginning(opened):
    for name in ("", " ", "a\nb", "a\x07", "x" * 101):
        with pytest.raises(InputError, match=r"^annotator is "):
            opened(name)


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text")
def test_a_folder_whose_name_is_no_text_is_told_to_a_page_all_the_same(tmp_path, known):
    article = tmp_path / os.fsdecode(b"dam-\xff.txt")
    article.write_text(TEXT, encoding="utf-8")
    with Session.open(articles.load(article), "Huda", known) as session:
        assert json.dumps(session.state(), ensure_ascii=False).encode()


def test_an_article_that_has_the_name_of_its_folder_is_refused_in_one_line(tmp_path, known):
    article = tmp_path / "dam.annotations"
    article.write_text(TEXT, encoding="utf-8")
    with pytest.raises(InputError, match=r"dam.annotations: a file, where the folder of annotations should be"):
        Session.open(articles.load(article), "Huda", known)
    assert article.read_text(encoding="utf-8") == TEXT


# What other programs do meanwhile.


def test_what_a_spreadsheet_saved_while_the_article_was_open_is_kept_and_said(opened, path):
    session, table = opened(), folder_of(path) / "claims.csv"
    by_hand = table.read_text(encoding="utf-8").replace("c1,", "c1 ,", 1)
    table.write_text(by_hand, encoding="utf-8")
    session.do(operations(2))
    session.close()
    assert (table.with_name("claims-by-hand.csv")).read_text(encoding="utf-8") == by_hand
    assert ["claims-by-hand.csv" in notice for notice in session.notices] == [True]
    with opened() as again:
        assert statuses(again)["c2"] == "accepted"
        again.do(operations(3)[2:])
    assert again.notices == []


def _replaced(path):
    copy = path.with_name("copy")
    shutil.copy(path, copy)
    copy.replace(path)


@pytest.mark.parametrize(
    "meanwhile",
    [
        pytest.param(lambda journal: journal.parent.rename(journal.parent.with_name("elsewhere")), id="folder moved"),
        pytest.param(lambda journal: journal.unlink(), id="journal removed"),
        pytest.param(lambda journal: journal.write_bytes(b""), id="journal emptied"),
        pytest.param(lambda journal: journal.write_bytes(journal.read_bytes() + b"{}\n"), id="journal written"),
        pytest.param(_replaced, id="journal replaced"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="open files cannot be moved")
def test_nothing_is_acknowledged_that_goes_to_a_journal_which_is_not_there_any_more(opened, path, meanwhile):
    session, journal = opened(), folder_of(path) / "journal.jsonl"
    session.do(operations(1))
    meanwhile(journal)
    now = journal.read_bytes() if journal.exists() else None
    with pytest.raises(InputError, match=r"journal.jsonl: another program moved or changed it"):
        session.do(operations(2))
    assert session.version == 1 and statuses(session)["c2"] == "unreviewed"
    assert (journal.read_bytes() if journal.exists() else None) == now
    with pytest.raises((InputError, OSError)):
        session.close()


def test_a_link_in_place_of_new_tables_moves_nobody_elses_files(opened, path, tmp_path):
    opened().close()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "diary.txt").write_text("mine", encoding="utf-8")
    (folder_of(path) / ".compacted").symlink_to(tmp_path / "mine")
    with pytest.raises(InputError, match="a symbolic link"):
        opened()
    assert (tmp_path / "mine" / "diary.txt").exists()


# Operations from a file.


def write(path, given):
    path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in given), encoding="utf-8")
    return path


def test_operations_of_a_file_are_done_once_however_often_it_is_given(opened, path):
    ops = write(path.with_name("ops.jsonl"), operations(7))
    assert applying.apply_file(opened(), ops) == Applied(done=7, before=0, refused=(), decided=5, of=5)
    assert applying.apply_file(opened_again(opened), ops) == Applied(done=0, before=7, refused=(), decided=5, of=5)


def opened_again(opened):
    opened.last.close()
    return opened()


def test_lines_without_an_id_are_known_by_what_they_say(opened, path):
    ops = write(path.with_name("ops.jsonl"), [{"op": "accept", "claim": "c1"}, {"op": "undo"}, {"op": "undo"}])
    first = applying.apply_file(opened(), ops)
    assert (first.done, [number for number, _ in first.refused], first.decided) == (2, [3], 0)
    ops.write_text(ops.read_text(encoding="utf-8") + '\n{"op": "accept", "claim": "c2"}\n', encoding="utf-8")
    second = applying.apply_file(opened_again(opened), ops)
    assert (second.done, second.before, len(second.refused), second.decided) == (1, 2, 1, 1)


def test_a_refused_line_is_named_by_its_number_whatever_its_id_is(opened, path):
    same = [{"id": "one", "op": op, "claim": "c99"} for op in ("accept", "reject")]
    odd = [{"id": each, "op": "accept", "claim": "c1"} for each in (5, None, [], "\ud800")]
    ops = path.with_name("ops.jsonl")
    ops.write_text("\n".join(map(json.dumps, [*same, *odd])), encoding="utf-8")
    found = applying.apply_file(opened(), ops)
    assert [number for number, _ in found.refused] == [1, 2, 3, 4, 5, 6]
    assert all(len(why) < 250 and "\n" not in why for _, why in found.refused)


@pytest.mark.parametrize("end", [10**400, ["x" * 1000], {"x": "y" * 1000}], ids=["number", "list", "object"])
def test_why_a_line_is_refused_is_short_however_long_it_is(opened, path, end):
    ops = write(path.with_name("ops.jsonl"), [{"op": "span", "claim": "c1", "role": "cue", "start": end, "end": end}])
    ((_, why),) = applying.apply_file(opened(), ops).refused
    assert why.startswith("span: the span is ") and len(why) < 250


def test_each_refused_line_of_a_file_is_a_line_and_the_others_are_done(path, called):
    given = [{"op": "accept", "claim": "c99"}, {"op": "accept", "claim": "c1"}, {"op": "dance"}]
    done = called("curate", path, "--apply", write(path.with_name("ops.jsonl"), given), "--annotator", "Ali")
    assert done.returncode == 2
    first, second = done.stderr.splitlines()
    assert "ops.jsonl: line 1: accept: there is no claim 'c99'" in first
    assert "ops.jsonl: line 3: op is 'dance'" in second
    assert "1 operations applied, 2 refused; 1 of 5 attributed claims decided" in done.stdout
    assert ",Ali," in (folder_of(path) / "claims.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "why"), [("{", "line 1: not JSON"), ("[]", "line 1: not a JSON object"), (None, "no such file")]
)
def test_a_file_that_has_no_operations_changes_nothing(opened, path, text, why):
    ops = path.with_name("ops.jsonl")
    if text:
        ops.write_text(text, encoding="utf-8")
    session = opened()
    with pytest.raises(InputError, match=why):
        applying.apply_file(session, ops)
    assert session.version == 0


# The tables.


def test_tables_give_back_the_state_that_was_compacted(opened, path, known):
    session = opened()
    session.do(operations(25))
    session.close()
    assert tables.state(folder_of(path), articles.load(path), known) == session._state
    assert load.faults(articles.load(path), known.actors, known.cues) == []


def test_one_decision_is_a_few_lines_of_difference(opened, path):
    def text():
        return {p.name: p.read_text(encoding="utf-8").splitlines() for p in folder_of(path).glob("*.csv")}

    opened().close()
    for operation, most in [
        ({"op": "accept", "claim": "c2"}, 2),
        ({"op": "reject", "claim": "c1"}, 2),
        ({"op": "span", "claim": "c5", "role": "content", **of_words(TEXT, "بإخفاء تقرير")}, 4),
        ({"op": "add", "content": [of_words(TEXT, "أين التقرير")], "cue": [of_words(TEXT, "لافتة")]}, 3),
        ({"op": "undo"}, 3),
    ]:
        before, session = text(), opened()
        assert session.do([{"id": json.dumps(operation), **operation}])["acks"]
        session.close()
        after = text()
        lines = [
            line
            for name in before
            for line in difflib.unified_diff(before[name], after[name], n=0, lineterm="")
            if line[0] in "+-" and not line.startswith(("+++", "---"))
        ]
        assert 0 < len(lines) <= most, (operation, lines)


def test_tables_keep_the_form_and_the_permissions_that_a_person_gave_them(opened, path):
    claims = folder_of(path) / "claims.csv"
    opened().close()
    text = claims.read_text(encoding="utf-8").replace(",", ";")
    claims.write_text(text, encoding="utf-8-sig")
    claims.chmod(0o640)
    session = opened()
    session.do(operations(1))
    session.close()
    assert claims.read_bytes().startswith(b"\xef\xbb\xbfclaim_id;order;")
    assert claims.stat().st_mode & 0o777 == 0o640
    assert statuses(opened())["c1"] == "accepted"


def test_the_tables_are_written_after_fifty_operations_without_waiting_for_the_end(opened, path):
    session, before = opened(), (folder_of(path) / "claims.csv").read_bytes()
    session.do(operations(49))
    assert (folder_of(path) / "claims.csv").read_bytes() == before
    session.do(operations(50))
    assert (folder_of(path) / "claims.csv").read_bytes() != before


def test_the_tables_are_written_when_nobody_decides_anything_for_a_while(opened, path, monkeypatch):
    monkeypatch.setattr(compaction, "IDLE", 0.05)
    session, before = opened(), (folder_of(path) / "claims.csv").read_bytes()
    session.do(operations(1))
    for _ in range(200):
        if (folder_of(path) / "claims.csv").read_bytes() != before:
            break
        time.sleep(0.05)
    assert b"accepted" in (folder_of(path) / "claims.csv").read_bytes()


def test_check_says_how_much_was_decided_that_the_tables_do_not_hold_yet(opened, path, called, monkeypatch):
    monkeypatch.setattr(compaction, "IDLE", 3600)
    session = opened()
    assert "warning" not in called("check", path).stderr
    session.answer({"kind": "do", "since": 0, "operations": operations(2)})
    assert "warning: 2 decisions are in the journal and not yet in the tables" in called("check", path).stderr
    session.close()
    done = called("check", path)
    assert done.stderr == "" and "no errors, 2 of 5 attributed claims decided" in done.stdout


def test_a_row_that_was_changed_by_hand_between_two_sessions_stays(opened, path):
    session = opened()
    session.do(operations(1))
    session.close()
    claims = folder_of(path) / "claims.csv"
    claims.write_text(claims.read_text(encoding="utf-8").replace(",accepted,", ",changed,"), encoding="utf-8")
    session = opened()
    assert statuses(session)["c1"] == "changed"
    assert "was changed since" in session.do([{"id": "u", "op": "undo"}])["refused"][0]["why"]


# What is cut off.


def entry(name, value):
    claim = {"claim_id": "c1", "gloss_en": value}
    return Entry({"id": name, "op": "gloss", "by": "Huda"}, Change({"claims": {"c1": claim}}, {"claims": {"c1": None}}))


def test_a_journal_that_is_cut_at_any_byte_has_every_operation_whose_line_is_whole(tmp_path):
    path, ends = tmp_path / "journal.jsonl", []
    journal = Journal(path)
    for number in range(4):
        journal.append([entry(f"o{number}", "ترجمة")])
        ends.append(path.stat().st_size)
        if number == 1:
            journal.mark(2)
    journal.close()
    whole = path.read_bytes()
    for cut in range(len(whole) + 1):
        path.write_bytes(whole[:cut])
        journal = Journal(path)
        acknowledged = sum(end <= cut for end in ends)
        assert [each.operation["id"] for each in journal.entries] == [f"o{n}" for n in range(acknowledged)]
        journal.append([entry("next", "بعد")])
        journal.close()
        journal = Journal(path)
        assert [each.operation["id"] for each in journal.entries][acknowledged:] == ["next"]
        assert journal.cut == 0
        journal.close()


def test_a_session_goes_on_behind_a_line_that_was_cut_off_and_says_so(opened, path):
    session = opened()
    session.do(operations(2))
    _killed(session)
    journal = folder_of(path) / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-10])
    session = opened()
    assert statuses(session)["c1"] == "accepted"
    assert statuses(session)["c2"] == "unreviewed"
    assert "cut off" in session.notices[0]
    assert session.do(operations(2))["version"] == 2


def test_a_journal_with_a_line_amid_it_that_is_none_is_refused_in_one_line(opened, path):
    opened().close()
    (folder_of(path) / "journal.jsonl").write_text("{}\n[]\n{}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"journal.jsonl: line 1: not an operation"):
        opened()


ODD = {
    "set is a text": {"set": "abc"},
    "a table that is none": {"set": {"x": {}}, "was": {"x": {}}},
    "a record that is none": {"set": {"claims": {"c1": 5}}, "was": {"claims": {"c1": None}}},
    "what was is missing": {"set": {"claims": {"c1": None}}},
    "of is a list": {"op": "undo", "of": []},
    "by is a number": {"by": 5},
    "a number without end": {"compacted": float("inf")},
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_a_line_of_a_journal_that_is_no_operation_is_refused_or_kept_aside(opened, path, odd):
    opened().close()
    journal = folder_of(path) / "journal.jsonl"
    line = json.dumps({"id": "a", "op": "accept", "by": "Huda", "set": {}, "was": {}} | odd) + "\n"
    journal.write_text(line + '{"compacted": 0}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"journal.jsonl: line 1: not an operation"):
        opened()
    assert journal.read_text(encoding="utf-8").startswith(line)
    journal.write_text(line, encoding="utf-8")
    assert "kept in journal.cut" in opened().notices[0]
    assert journal.with_name("journal.cut").read_text(encoding="utf-8") == line


def test_a_journal_whose_records_are_none_is_refused_and_stays(opened, path):
    opened().close()
    journal = folder_of(path) / "journal.jsonl"
    change = {"set": {"claims": {"c1": {}}}, "was": {"claims": {"c1": None}}}
    journal.write_text(json.dumps({"id": "a", "op": "accept", "by": "Huda"} | change) + "\n", encoding="utf-8")
    before = journal.read_bytes()
    with pytest.raises(InputError, match=r"journal.jsonl: it contains something that is not a claim"):
        opened()
    assert journal.read_bytes() == before


def _killed(session):
    """Abandon a session like a killed process: nothing more is written."""
    session._compaction.stop()
    session._journal.close()
    session._lock.release()
    session._closed = True


def test_a_session_that_was_killed_is_opened_with_all_that_was_acknowledged(opened):
    session = opened()
    session.do(operations(23))
    before = records(session)
    _killed(session)
    session = opened()
    assert records(session) == before
    assert session.version == 23


class Killed(BaseException):
    pass


@pytest.mark.parametrize("step", range(12))
def test_tables_that_are_half_written_are_none_or_all(opened, path, known, monkeypatch, step):
    session = opened()
    session.do(operations(13))
    before, steps = records(session), iter(range(100))

    def killing(function):
        def do(*arguments, **named):
            if next(steps) == step:
                raise Killed
            return function(*arguments, **named)

        return do

    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.replace", killing(tables.Path.replace))
        patched.setattr("pathlib.Path.rename", killing(tables.Path.rename))
        patched.setattr(journals.os, "fsync", killing(os.fsync))
        try:
            session.compact()
        except Killed:
            assert step < 12
    _killed(session)
    assert load.faults(articles.load(path), known.actors, known.cues) == []  # whoever only reads sees none or all
    session = opened()
    assert records(session) == before
    session.close()
    assert tables.state(folder_of(path), articles.load(path), known) == session._state
    assert not list(folder_of(path).glob(".comp*"))


# A full disk.


def full(written):
    """A function that writes so many bytes and then fails as if the disk were full."""
    left = [written]

    def write(file, data):
        if not left[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        done = os_write(file, data[: left[0]])
        left[0] -= done
        return done

    return write


os_write = os.write


@pytest.mark.parametrize("written", [0, 1, 100, 1500])
def test_on_a_full_disk_nothing_is_half_decided_and_work_goes_on_when_there_is_space(
    opened, path, monkeypatch, written
):
    session = opened()
    session.do(operations(1))
    before, journal = records(session), (folder_of(path) / "journal.jsonl").read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(journals.os, "write", full(written))
        with pytest.raises(OSError, match=r"No space left.*journal.jsonl"):
            session.do(operations(3))
    assert records(session) == before
    assert (folder_of(path) / "journal.jsonl").read_bytes() == journal
    assert session.do(operations(3))["version"] == 3
    session.close()
    assert opened().version == 3


def test_what_fails_amid_a_request_leaves_nothing_half_decided(opened, monkeypatch):
    session = opened()
    before = records(session)

    def failing(state, context, operation):
        if operation["id"] == "o1":
            raise MemoryError
        return apply(state, context, operation)

    apply = applied.apply
    with monkeypatch.context() as patched:
        patched.setattr(applied, "apply", failing)
        with pytest.raises(MemoryError):
            session.do(operations(3))
    assert (records(session), session.version) == (before, 0)
    assert session.do(operations(3))["version"] == 3


def test_a_disk_that_does_not_confirm_keeps_nothing_that_was_not_acknowledged(opened, monkeypatch):
    session = opened()

    def failing(file):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patched:
        patched.setattr(journals.os, "fsync", failing)
        with pytest.raises(OSError):
            session.do(operations(2))
    _killed(session)
    assert opened().version == 0


def test_tables_that_find_the_disk_full_stay_as_they_were_and_the_journal_has_it_all(opened, path, monkeypatch):
    session = opened()
    session.do(operations(3))
    before = {each.name: each.read_bytes() for each in folder_of(path).glob("*.csv")}

    def failing(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "claims.csv")

    with monkeypatch.context() as patched:
        patched.setattr(tables.write, "tables", failing)
        with pytest.raises(OSError):
            session.close()
    assert {each.name: each.read_bytes() for each in folder_of(path).glob("*.csv")} == before
    assert not list(folder_of(path).glob(".comp*"))
    session = opened()
    assert session.version == 3
    assert statuses(session)["c1"] == "accepted"


# Killed at random.

WORKER = """
import json, sys
from pathlib import Path
from helpers import readings
from helpers.curation.session import Session
from helpers.text import articles
path, given = Path(sys.argv[1]), [json.loads(line) for line in sys.stdin]
session = Session.open(articles.load(path), "Huda", readings.known())
for operation in given:
    print(*session.do([operation])["acks"], flush=True)
session.close()
print("closed", flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there are no signals here")
def test_of_many_operations_none_is_lost_and_none_doubled_however_often_the_process_is_killed(path, known):
    number, kills = 60, 3  # tests/tools/test_killed_server.py has more of both
    chance, wanted = random.Random(number), operations(number)
    acknowledged, killed = [], 0
    while True:
        # As an outbox does: all that was not acknowledged is sent again, and the last that was, for good measure.
        rest = wanted[max(len(acknowledged) - 1, 0) :]
        line = [sys.executable, "-c", WORKER, str(path)]
        process = subprocess.Popen(
            line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT
        )
        process.stdin.write("\n".join(json.dumps(each) for each in rest))
        process.stdin.close()
        until = chance.randint(1, max(2 * number // kills, 2)) if killed < kills else number + 2
        seen = 0
        while seen < until and (name := process.stdout.readline().strip()):
            seen += 1
            if name != "closed" and name not in acknowledged:
                acknowledged.append(name)
        if killed >= kills:
            break
        time.sleep(chance.random() / 100)
        process.kill()
        # What was acknowledged before the end, and not yet read.
        acknowledged += [n for n in process.stdout.read().split() if n != "closed" and n not in acknowledged]
        process.wait()
        killed += 1
    assert process.wait() == 0
    assert name == "closed" or process.returncode == 0
    assert acknowledged == [each["id"] for each in wanted]
    written = [json.loads(line) for line in (folder_of(path) / "journal.jsonl").read_text("utf-8").splitlines()]
    assert [each["id"] for each in written if "id" in each] == [each["id"] for each in wanted]
    with Session.open(articles.load(path), "Huda", known) as session:
        found = records(session)
    shutil.rmtree(folder_of(path))
    with Session.open(articles.load(path), "Huda", known) as session:
        assert len(session.do(wanted)["acks"]) == number
        assert records(session) == found
