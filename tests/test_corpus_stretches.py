"""The input of a corpus is cut into stretches that are read by themselves: the same articles come out, however it is cut."""

import gzip
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.corpus import driver, plan
from helpers.inputs import json_lines, listing, pieces, stretches, survey
from helpers.inputs.input_articles import Options
from tests.test_corpus import accounted, everything, rows_of

TEXT = "قال الوزير إن المطر نزل."
SIZE = Options(size=3)


def line(number):
    return json.dumps({"id": f"a{number}", "text": f"{TEXT} {number}"}, ensure_ascii=False)


def surveyed(found, options=SIZE):
    return plan.made((each, survey.of(each, options)) for each in stretches.cut(found))


def read(found, options=SIZE):
    """(place, id, reason) of all articles, each partition read by a task of its own, the last one first."""
    files = dict(enumerate(found.files))
    parts = list(plan.numbered(surveyed(found, options)))
    assert [part.first for part in parts] == [sum(p.articles for p in parts[:n]) for n in range(len(parts))]
    inside = {part.number: list(pieces.Reader(files, options).articles(part.pieces)) for part in reversed(parts)}
    return [(each.place, each.article_id, each.wrong) for number in sorted(inside) for each in inside[number]]


MIXED = [line(0), "", line(1), "{no json}", "   ", line(2) + "\r", "", *map(line, range(3, 9))]


@pytest.mark.parametrize("longest", [1, 7, 50, 60, 130, 1_000])
@pytest.mark.parametrize("end", ["\n", ""], ids=["with an end", "without"])
def test_lines_are_read_once_with_their_numbers_wherever_a_range_of_bytes_begins(tmp_path, monkeypatch, longest, end):
    (tmp_path / "a.jsonl").write_bytes(("\n".join(MIXED) + end).encode())
    monkeypatch.setattr(stretches, "LONGEST", longest)
    found = listing.files([str(tmp_path)], tmp_path / "out")
    assert longest == 1_000 or len(list(stretches.cut(found))) > 1
    every = read(found)
    there = [n for n, each in enumerate(MIXED, 1) if each.strip()]
    assert [place for place, *_ in every] == [f"line {n}" for n in there]
    assert [name for _, name, wrong in every if not wrong] == [f"a{n}" for n in range(9)]


def test_a_line_longer_than_a_range_belongs_to_the_one_in_which_it_begins(tmp_path, monkeypatch):
    long = json.dumps({"id": "long", "text": TEXT * 40}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_text("\n".join([line(0), long, line(1)]), encoding="utf-8")
    monkeypatch.setattr(stretches, "LONGEST", 100)
    assert [name for _, name, _ in read(listing.files([str(tmp_path)], tmp_path / "out"))] == ["a0", "long", "a1"]


@pytest.mark.parametrize("how", ["lines", "gzip", "Parquet", "table", "texts", "all of them"])
def test_the_same_tables_come_out_whatever_a_stretch_is(tmp_path, monkeypatch, how):
    (tmp_path / "in").mkdir()
    rows = [{"id": f"{how}{n}", "text": f"{TEXT} {n}"} for n in range(20)]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    if how in ("lines", "all of them"):
        (tmp_path / "in/a.jsonl").write_text(lines, encoding="utf-8")
    if how in ("gzip", "all of them"):
        (tmp_path / "in/b.jsonl.gz").write_bytes(gzip.compress(lines.replace('id": "', 'id": "g').encode()))
    if how in ("Parquet", "all of them"):
        pq.write_table(
            pa.Table.from_pylist([row | {"id": f"p{row['id']}"} for row in rows]), tmp_path / "in/c.parquet", 7
        )
    if how in ("texts", "all of them"):
        for n in range(8):
            (tmp_path / f"in/t{n}.txt").write_text(f"{TEXT} {n}", encoding="utf-8")
    named = [str(tmp_path / "in")]
    if how in ("table", "all of them"):
        (tmp_path / "d.csv").write_text("id,text\n" + "".join(f"t{n},{TEXT}\n" for n in range(8)), encoding="utf-8")
        named = [*named, str(tmp_path / "d.csv")] if how != "table" else [str(tmp_path / "d.csv")]
    driver.run_in_process(named, tmp_path / "whole", SIZE)
    monkeypatch.setattr(stretches, "LONGEST", 90)
    driver.run_in_process(named, tmp_path / "cut", SIZE)
    assert everything(tmp_path / "cut") == everything(tmp_path / "whole")
    assert accounted(tmp_path / "cut") == list(range(len(accounted(tmp_path / "whole"))))
    assert rows_of(tmp_path / "cut", "failures") == []


def test_files_of_one_article_are_planned_without_being_opened(tmp_path, monkeypatch):
    for n in range(7):
        (tmp_path / f"{n}.txt").write_text(TEXT, encoding="utf-8")
    found = listing.files([str(tmp_path)], tmp_path / "out")
    monkeypatch.setattr(listing, "opened", lambda *_: pytest.fail("opened"))
    assert [each.articles for each in surveyed(found).partitions] == [3, 3, 1]


def test_a_file_that_can_only_be_read_from_its_start_is_done_by_sixteen_tasks_at_most(tmp_path):
    packed = gzip.compress("\n".join(map(line, range(200))).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(packed)
    (tmp_path / "b.jsonl").write_text("\n".join(map(line, range(200))), encoding="utf-8")
    found = listing.files([str(tmp_path)], tmp_path / "out")
    tasks = list(plan.tasks(plan.numbered(surveyed(found)), found))
    of_file = [[len(task.partitions) for task in tasks if set(task.files) == {n}] for n in (0, 1)]
    assert len(of_file[0]) in (13, 14, 15, 16) and set(of_file[1]) == {1}
    assert sum(len(task.partitions) for task in tasks) == len(surveyed(found).partitions)


def test_what_is_before_the_articles_of_a_task_is_not_parsed(tmp_path, monkeypatch):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress("\n".join(map(line, range(30))).encode()))
    found = listing.files([str(tmp_path)], tmp_path / "out")
    *_, last = plan.numbered(surveyed(found))
    parsed = []
    parse = json_lines._object
    monkeypatch.setattr(json_lines, "_object", lambda line: parsed.append(line) or parse(line))
    names = [each.article_id for each in pieces.Reader(dict(enumerate(found.files)), SIZE).articles(last.pieces)]
    assert names == ["a27", "a28", "a29"] and len(parsed) == 3


def test_partitions_that_follow_one_another_are_read_in_one_go(tmp_path, monkeypatch):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress("\n".join(map(line, range(30))).encode()))
    found = listing.files([str(tmp_path)], tmp_path / "out")
    parts = list(plan.numbered(surveyed(found)))
    opened, open_ = [], listing.opened
    monkeypatch.setattr(listing, "opened", lambda *given: opened.append(given) or open_(*given))
    reader = pieces.Reader(dict(enumerate(found.files)), SIZE)
    assert [len(list(reader.articles(part.pieces))) for part in parts] == [3] * 10
    assert len(opened) == 1


@pytest.mark.parametrize("left", [5, 0])
def test_a_file_that_becomes_shorter_after_its_survey_loses_no_number(tmp_path, left):
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(map(line, range(8))), encoding="utf-8")
    found = listing.files([str(path)], tmp_path / "out")
    part, *_ = plan.numbered(surveyed(found, Options(size=100)))
    path.write_text("\n".join(map(line, range(left))), encoding="utf-8")
    inside = list(pieces.Reader({0: found.files[0]}, SIZE).articles(part.pieces))
    assert len(inside) == 8
    assert [each.wrong for each in inside] == [None] * left + [pieces.CHANGED] * (8 - left)


def test_a_run_that_is_resumed_does_not_survey_its_input_again(tmp_path, monkeypatch):
    (tmp_path / "a.jsonl").write_text("\n".join(map(line, range(8))), encoding="utf-8")
    write = driver.partition.write

    def stops(run, out, options, task):
        if task.partitions[0].number == 1:
            raise KeyboardInterrupt
        return write(run, out, options, task)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(driver.partition, "write", stops)
        driver.run_in_process([str(tmp_path / "a.jsonl")], tmp_path / "out", SIZE)
    monkeypatch.setattr(survey, "of", lambda *_: pytest.fail("surveyed again"))
    done = driver.run_in_process([str(tmp_path / "a.jsonl")], tmp_path / "out", SIZE)
    assert (done.before, done.partitions, done.counts["articles"]) == (1, 3, 8)


def test_a_damaged_plan_is_made_again(tmp_path):
    (tmp_path / "a.jsonl").write_text("\n".join(map(line, range(8))), encoding="utf-8")
    driver.run_in_process([str(tmp_path / "a.jsonl")], tmp_path / "out", SIZE)
    before = everything(tmp_path / "out")
    (kept,) = (tmp_path / "out").glob("plan-*.json")
    kept.write_text("{", encoding="utf-8")
    (tmp_path / "out/complete.json").unlink()
    driver.run_in_process([str(tmp_path / "a.jsonl")], tmp_path / "out", SIZE)
    assert everything(tmp_path / "out") == before and plan.kept(kept) is not None
