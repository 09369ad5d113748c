"""Repeated ids of a corpus, found when all is written, and articles that are added to a finished run."""

import json
import shutil

import pytest

from helpers.corpus import driver, questions, repeated_ids, results_folder, tables
from helpers.files.errors import InputError
from helpers.inputs.input_articles import Options
from tests.conftest import in_one_line
from tests.test_corpus import accounted, everything, rows_of

TEXT = "قال الوزير إن المطر نزل."
SIZE = Options(size=3)


def lines(path, *names):
    """Write a file of articles with these ids; each has a text of its own."""
    rows = [{"id": name, "text": f"{TEXT} {path.stem} {at}"} for at, name in enumerate(names)]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def run(path, out, **how):
    return driver.run_in_process([str(path)], out, how.pop("options", SIZE), **how)


def numbers(out, table="articles"):
    return [number for (number,) in sorted(rows_of(out, table, "number"))]


def counts_are_those_of_the_tables(out):
    db = questions.database(out, out)
    counted = results_folder.total(results_folder.partitions(out))
    found = {name: db.sql(f"select count(*) from {name}").fetchall()[0][0] for name in tables.TABLES}
    found["asserted"] = db.sql("select count(*) from asserted").fetchall()[0][0]
    found["words"] = db.sql("select coalesce(sum(words), 0) from articles").fetchall()[0][0]
    return counted == found


def test_of_articles_with_one_id_the_first_stays_and_the_others_fail_in_all_tables(tmp_path):
    done = run(lines(tmp_path / "a.jsonl", *"abcadbae"), tmp_path / "out")
    assert numbers(tmp_path / "out") == [0, 1, 2, 4, 7]
    failed = sorted(rows_of(tmp_path / "out", "failures", "number, article_id, source, place, reason"))
    source = str(tmp_path / "a.jsonl")
    assert failed == [
        (n, name, source, f"line {n + 1}", repeated_ids.AGAIN) for n, name in ((3, "a"), (5, "b"), (6, "a"))
    ]
    for name in ("claims", "sources", "mentions", "actors"):
        assert set(numbers(tmp_path / "out", name)) <= {0, 1, 2, 4, 7}, name
    assert (done.counts["articles"], done.counts["failures"]) == (5, 3)
    assert counts_are_those_of_the_tables(tmp_path / "out")
    assert not list((tmp_path / "out").glob(".making*"))


def test_an_article_that_cannot_be_read_keeps_its_id_from_no_other(tmp_path):
    rows = [{"id": "a", "text": "only English here"}, {"id": "a", "text": TEXT}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    run(tmp_path / "a.jsonl", tmp_path / "out")
    assert (numbers(tmp_path / "out"), numbers(tmp_path / "out", "failures")) == ([1], [0])


@pytest.mark.parametrize("renames", range(5))
def test_a_run_that_stops_between_the_renames_of_a_partition_goes_on(tmp_path, monkeypatch, renames):
    """Partitions 1 and 2 are written again, with two renames each: nothing is lost wherever the process ends."""
    named = lines(tmp_path / "a.jsonl", *"abcadbae")
    run(named, tmp_path / "whole")
    rename, made = type(tmp_path).rename, []

    def stops(path, target):
        if driver_is_done:
            if len(made) == renames:
                raise KeyboardInterrupt
            made.append(path)
        return rename(path, target)

    driver_is_done = False
    removed = repeated_ids.removed

    def begins(out):
        nonlocal driver_is_done
        driver_is_done = True
        removed(out)

    with monkeypatch.context() as patch:
        patch.setattr(driver, "PASSES", (begins,))
        patch.setattr(type(tmp_path), "rename", stops)
        if renames < 4:
            with pytest.raises(KeyboardInterrupt):
                run(named, tmp_path / "out")
            assert not results_folder.complete(tmp_path / "out")
        else:
            run(named, tmp_path / "out")
    run(named, tmp_path / "out")
    assert everything(tmp_path / "out") == everything(tmp_path / "whole")
    assert results_folder.complete(tmp_path / "out") and counts_are_those_of_the_tables(tmp_path / "out")


def test_what_duckdb_has_no_room_for_is_said_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(repeated_ids, "FOUND", "select error('No space left')")
    with pytest.raises(InputError, match=r"repeated ids could not be looked for .* finished work is kept$"):
        run(lines(tmp_path / "a.jsonl", *"ab"), tmp_path / "out")
    assert not results_folder.complete(tmp_path / "out")


@pytest.fixture
def out(tmp_path):
    """A finished run of five articles."""
    run(lines(tmp_path / "a.jsonl", *"abcde"), tmp_path / "out")
    return tmp_path / "out"


def test_articles_that_are_added_have_partitions_and_numbers_that_go_on(tmp_path, out):
    before = everything(out)
    done = run(lines(tmp_path / "b.jsonl", *"fbghi"), out, add=True)
    assert (done.counts["articles"], done.counts["failures"], done.partitions, done.before) == (9, 1, 4, 2)
    assert accounted(out) == list(range(10))
    assert rows_of(out, "failures", "number, article_id, reason") == [(6, "b", repeated_ids.AGAIN)]
    after = everything(out)
    assert all(set(map(str, before[name])) <= set(map(str, after[name])) for name in tables.TABLES)
    assert results_folder.complete(out) and counts_are_those_of_the_tables(out)
    names = questions.database(out, out).sql("select article_id from articles order by number").fetchall()
    assert [name for (name,) in names] == [*"abcde", *"fghi"]


def test_more_can_be_added_again(tmp_path, out):
    run(lines(tmp_path / "b.jsonl", *"fg"), out, add=True)
    run(lines(tmp_path / "c.jsonl", *"haj"), out, add=True)
    assert accounted(out) == list(range(10))
    assert numbers(out, "failures") == [8]


def test_what_is_in_already_is_not_added_twice_and_that_is_said(tmp_path, out, capsys):
    named = lines(tmp_path / "b.jsonl", *"fg")
    run(named, out, add=True)
    before = everything(out)
    capsys.readouterr()
    for again in (named, tmp_path / "a.jsonl"):
        done = run(again, out, add=True)
        assert done.before == done.partitions
        assert capsys.readouterr().err == f"isnad: {out}: this input is in it already; nothing was added\n"
    assert everything(out) == before
    assert run(tmp_path / "a.jsonl", out).counts["articles"] == 7  # the first command is as complete as before


def test_an_addition_that_was_interrupted_is_resumed_by_the_same_command_and_by_no_other(tmp_path, out, monkeypatch):
    added = lines(tmp_path / "b.jsonl", *"fghijk")
    other = lines(tmp_path / "c.jsonl", *"xyz")
    write = driver.partition.write

    def stops(run, out, options, task):
        if task.partitions[0].number == 3:
            raise KeyboardInterrupt
        return write(run, out, options, task)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(driver.partition, "write", stops)
        run(added, out, add=True)
    assert not results_folder.complete(out)
    unfinished = "articles that are being added are not finished; run that command again first"
    with pytest.raises(InputError, match=unfinished):
        run(other, out, add=True)
    with pytest.raises(InputError, match=unfinished):
        run(tmp_path / "a.jsonl", out)
    done = run(added, out, add=True)
    assert (done.before, done.partitions) == (3, 4)
    assert accounted(out) == list(range(11)) and results_folder.complete(out)


def test_articles_are_added_only_to_a_finished_run_with_the_same_options(called, tmp_path, out):
    more = lines(tmp_path / "b.jsonl", *"fg")
    assert in_one_line(
        called("corpus", more, "--out", tmp_path / "none", "--add"), "no tables are in it", "without --add"
    )
    assert not (tmp_path / "none").exists()
    assert in_one_line(called("corpus", more, "--out", out, "--add"), "with other options")  # another --partition
    with pytest.raises(InputError, match=r"from other input files.*to add articles to them, use --add$"):
        run(more, out)
    (out / "complete.json").unlink()
    with pytest.raises(InputError, match="its first run is not finished"):
        run(more, out, add=True)


def test_an_addition_without_articles_changes_nothing(tmp_path, out):
    before = everything(out)
    (tmp_path / "b.jsonl").write_text("\n\n", encoding="utf-8")
    with pytest.raises(InputError, match="contains no articles"):
        run(tmp_path / "b.jsonl", out, add=True)
    assert results_folder.complete(out) and everything(out) == before
    run(lines(tmp_path / "c.jsonl", "f"), out, add=True)
    assert accounted(out) == list(range(6))


def test_a_partition_that_was_lost_is_made_again_by_the_command_that_made_it(tmp_path, out):
    added = lines(tmp_path / "b.jsonl", *"fg")
    run(added, out, add=True)
    before = everything(out)
    shutil.rmtree(out / "part-000002")
    with pytest.raises(InputError, match="a partition is lost"):
        run(lines(tmp_path / "c.jsonl", "x"), out, add=True)
    run(added, out, add=True)
    assert everything(out) == before
