"""The named thresholds for the input and the processing of a corpus: a case on either side of each."""

import io
import json
import os
import threading
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fsspec.implementations.local import LocalFileSystem

from helpers import readings
from helpers.corpus import dask_cluster, driver, killers, partition, plan, progress
from helpers.files.errors import InputError
from helpers.inputs import (
    arguments,
    article_stream,
    input_articles,
    listing,
    parquet,
    parquet_chunks,
    stretches,
    survey,
)
from helpers.inputs.input_articles import InputArticle, Options
from helpers.inputs.pieces import Piece

TEXT = "قال الوزير إن الطريق مفتوح."
MB = 1_000_000


def records(path):
    return list(article_stream.stream(listing.files([str(path)], path.parent / "out"), Options()))


# One article


@pytest.mark.parametrize(("length", "fine"), [(MB, True), (MB + 1, False)], ids=["a million", "one more"])
def test_a_text_in_a_line_or_a_row_has_a_million_characters_at_most(length, fine):
    found = input_articles.from_columns({"id": "a", "text": "ق" * length}, Options(), "x", "line 1")
    assert (found.wrong is None) is fine


@pytest.mark.parametrize(("length", "fine"), [(MB, True), (MB + 1, False)], ids=["a million", "one more"])
def test_a_text_in_a_file_has_a_million_characters_at_most(monkeypatch, length, fine):
    class GoesOn(Exception):
        pass

    def read(*given, **how):
        raise GoesOn

    monkeypatch.setattr(partition.readings, "read", read)
    article = InputArticle("a.txt", "", "a", ("ق" * length).encode())
    with pytest.raises(GoesOn if fine else InputError):
        partition.read_article(article, None, Options())


@pytest.mark.parametrize(("length", "fine"), [(8 * MB, True), (8 * MB + 1, False)], ids=["eight million", "one more"])
def test_a_line_of_a_corpus_has_eight_million_bytes_with_its_end(tmp_path, length, fine):
    line = json.dumps({"id": "a", "text": TEXT}).ljust(length - 1) + "\n"
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    (found,) = records(tmp_path / "a.jsonl")
    assert (found.wrong is None) is fine


@pytest.mark.parametrize(("length", "said"), [(160 * MB - 1, "not a JSON object"), (160 * MB, "over 160 MB long")])
def test_a_line_that_is_read_by_itself_has_less_than_a_hundred_and_sixty_million_bytes(tmp_path, length, said):
    (path := tmp_path / "a.jsonl").touch()
    os.truncate(path, length)  # all of it zeros, which take no room on the disk
    ((_, load),) = arguments.loaders([path], Options(any_language=True))
    with pytest.raises(InputError, match=said):
        load()


@pytest.mark.parametrize(("at", "said"), [(4061, "a Word document"), (4062, "a zip archive")], ids=["inside", "beyond"])
def test_lines_that_are_none_are_recognised_by_their_first_4096_bytes(tmp_path, at, said):
    entry = b"PK\x03\x04" + bytes(26)
    (path := tmp_path / "a.jsonl").write_bytes(entry.ljust(at, b"\0") + entry + b"word/document.xml")
    ((_, load),) = arguments.loaders([path], Options(any_language=True))
    with pytest.raises(InputError, match=said):
        load()


@pytest.mark.parametrize(("length", "fine"), [(MB, True), (MB + 1, False)], ids=["a million", "one more"])
def test_a_sidecar_has_a_million_bytes_at_most(tmp_path, length, fine):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.toml").write_text('title = "x"\n'.ljust(length, "#"), encoding="utf-8")
    (found,) = records(tmp_path / "a.txt")
    assert (found.wrong is None) is fine


@pytest.mark.parametrize(("bad", "read"), [(9_999, True), (10_000, False)], ids=["one fewer", "ten thousand"])
def test_a_file_is_given_up_when_its_first_ten_thousand_are_no_articles(bad, read):
    file = SimpleNamespace(name="a.jsonl")
    given = [
        *(InputArticle("a.jsonl", f"line {n}", None, wrong="no") for n in range(bad)),
        InputArticle("", "", "last"),
    ]
    *_, last = article_stream._tried(file, iter(given))
    assert (last.article_id == "last") is read


# Parquet


def chunk(**how):
    """A chunk of text, of which only what is named matters."""
    plain = {"kind": parquet_chunks.BYTE_ARRAY, "encodings": frozenset(), "values": 1, "unpacked": 1, "packed": 1}
    return parquet_chunks.Chunk(**plain | {"begin": 0} | how)


def rows(of, in_list=False, length=0):
    return parquet_chunks.rows_at_once(None, [of], [parquet_chunks.Leaf("x", in_list, length)])


def refused(of, in_list=False):
    try:
        rows(of, in_list)
    except InputError as error:
        assert "more than can be held" in str(error)
        return True
    return False


def number(**how):
    return chunk(kind=1, **how)


def test_sixty_four_rows_of_parquet_are_held_at_once():
    assert rows(number()) == 64


@pytest.mark.parametrize(("length", "held"), [(1_000_000, 64), (1_000_001, 63), (64_000_000, 1)], ids=str)
def test_rows_of_parquet_that_are_held_come_to_sixty_four_million_bytes_at_most(length, held):
    assert rows(chunk(kind=parquet_chunks.FIXED_BYTES), length=length) == held


@pytest.mark.parametrize(("size", "fine"), [(64 * MB, True), (64 * MB + 1, False)], ids=["as many", "one more"])
def test_texts_in_lists_that_are_stored_as_differences_come_to_as_much_at_most(size, fine):
    delta = frozenset({parquet_chunks.DELTA_BYTE_ARRAY})
    assert refused(chunk(encodings=delta, unpacked=size, packed=size), in_list=True) is not fine


@pytest.mark.parametrize(
    ("packed", "unpacked", "fine"),
    [
        (1, 256 * MB, True),
        (1, 256 * MB + 1, False),
        (3 * MB, 300 * MB, True),
        (3 * MB, 300 * MB + 1, False),
    ],
    ids=["small enough", "too large", "a hundredth of it", "less than a hundredth"],
)
def test_a_row_group_is_unpacked_to_256_million_bytes_or_a_hundred_times_its_own(packed, unpacked, fine):
    assert refused(number(packed=packed, unpacked=unpacked)) is not fine


@pytest.mark.parametrize(("values", "fine"), [(20 * MB, True), (20 * MB + 1, False)], ids=["as many", "one more"])
def test_the_lists_of_a_row_group_have_twenty_million_values_at_most(values, fine):
    assert refused(number(values=values), in_list=True) is not fine


@pytest.mark.parametrize(("size", "fine"), [(256 * MB, True), (256 * MB + 1, False)], ids=["as long", "one more"])
def test_a_foot_has_256_million_bytes_at_most(size, fine):
    stored = io.BytesIO(size.to_bytes(4, "little") + b"PAR1")
    with pytest.raises(ValueError, match="its footer lacks" if fine else "its footer has over 256 million bytes"):
        parquet_chunks.row_groups(stored)


def longest(number):
    """A number as Thrift has it in a field, in as many bytes as it may take: ten."""
    low, high = number * 2 & 0x7F, number * 2 >> 7
    return bytes([0x15, low | 0x80, high | 0x80, *[0x80] * 7, 0])


@pytest.mark.parametrize(("bytes_there", "fine"), [(22, True), (21, False)], ids=["all", "one fewer"])
def test_the_type_and_the_size_of_a_page_stand_in_its_first_twenty_two_bytes(bytes_there, fine):
    head = longest(parquet_chunks.DICTIONARY_PAGE) + longest(5_000)
    stored = io.BytesIO(head[:bytes_there])
    if fine:
        assert parquet_chunks.dictionary(stored, chunk()) == 5_000
    else:
        with pytest.raises(ValueError, match="breaks off"):
            parquet_chunks.dictionary(stored, chunk())


def test_no_more_of_a_page_is_read_than_its_type_and_size_take():
    stored = io.BytesIO(bytes(100))
    with pytest.raises(ValueError, match="a field is left out"):
        parquet_chunks.dictionary(stored, chunk())
    assert stored.tell() == 22


@pytest.mark.parametrize(("lost", "said"), [(10_000, "row 1"), (10_001, "rows 1 to 10001")], ids=["each", "together"])
def test_ten_thousand_rows_of_a_damaged_row_group_are_told_one_by_one(tmp_path, monkeypatch, lost, said):
    table = pa.table({"id": [str(n) for n in range(lost)], "text": [TEXT] * lost})
    pq.write_table(table, tmp_path / "a.parquet")

    def damaged(*_):
        raise InputError("damaged")

    monkeypatch.setattr(parquet_chunks, "rows_at_once", damaged)
    found = next(iter(parquet.articles_in(listing.files([str(tmp_path)], tmp_path / "out").files[0], Options())))
    assert (found.place, found.wrong) == (said, "damaged")


def test_a_column_of_a_file_of_this_machine_is_read_in_pieces_of_65536_bytes(tmp_path, monkeypatch):
    table = pa.table({"id": [str(n) for n in range(2_000)], "text": [os.urandom(500).hex() for _ in range(2_000)]})
    pq.write_table(
        table,
        tmp_path / "a.parquet",
        use_dictionary=False,
        compression="none",
        data_page_size=1 << 14,
        write_batch_size=10,
    )
    asked = []

    class Counted(io.FileIO):
        def read(self, size=-1):
            asked.append(size)
            return super().read(size)

    monkeypatch.setattr(listing, "opened", lambda system, path: Counted(path))
    (file,) = listing.files([str(tmp_path / "a.parquet")], tmp_path / "out").files
    assert isinstance(file.system, LocalFileSystem)
    assert len(list(parquet.articles_in(file, Options()))) == 2_000
    assert asked.count(65_536) > 5


# Partitions


def cut(*lengths, size=100):
    made = survey.Partitions(size)
    for length in lengths:
        made.add(0, length)
    return [sum(piece.articles for piece in pieces) for pieces in made.made]


@pytest.mark.parametrize(("second", "parts"), [(2 * MB - 1, [3]), (2 * MB, [2, 1])], ids=["one fewer", "as many"])
def test_a_partition_ends_when_its_texts_come_to_four_million_characters(second, parts):
    assert cut(2 * MB, second, 1) == parts


def test_a_partition_has_five_hundred_articles():
    assert cut(*[1] * 1_001, size=Options().size) == [500, 500, 1]


@pytest.mark.parametrize(("size", "parts"), [(64 * MB, 1), (64 * MB + 1, 2)], ids=["as long", "one more"])
def test_a_stretch_has_sixty_four_million_bytes_of_lines(tmp_path, size, parts):
    (path := tmp_path / "a.jsonl").touch()
    os.truncate(path, size)  # all of it zeros, which take no room on the disk
    made = list(stretches.cut(listing.files([str(path)], tmp_path / "out")))
    assert [each.part for each in made] == [parts > 1] * parts and sum(each.size for each in made) == size


@pytest.mark.parametrize(("partitions", "each"), [(16, 1), (17, 2), (33, 3)])
def test_sixteen_tasks_at_most_begin_in_one_place_of_a_file(partitions, each):
    planned = plan.Plan([plan.Planned(0, [Piece(0, 500, passed=500 * n)]) for n in range(partitions)], [])
    made = list(plan.tasks(plan.numbered(planned), listing.Listing(("the file",))))
    assert len(made) <= 16 and len(made[0].partitions) == each
    assert sum(len(task.partitions) for task in made) == partitions


@pytest.mark.parametrize(("seconds", "waits"), [(120, True), (121, False)], ids=["in time", "too late"])
def test_workers_have_two_minutes_to_start_again(monkeypatch, seconds, waits):
    clock = [0.0]
    monkeypatch.setattr(killers.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(killers.time, "sleep", lambda _: clock.__setitem__(0, clock[0] + 1))
    there = iter([{"one": 1, "other": 1}])
    client = SimpleNamespace(status="running", run=lambda *_, **__: {})
    client.nthreads = lambda: next(there, {"one": 1, "other": 1} if clock[0] >= seconds else {"one": 1})
    crew = killers.Crew(client)
    crew.threads()
    crew.settle()
    assert (clock[0] == seconds and crew._most == 2) is waits


def test_the_objects_of_twenty_five_articles_are_held_at_once(monkeypatch):
    held = []
    make = partition.rows

    def counted(inside, *rest):
        held.append(len(inside))
        return make(inside, *rest)

    monkeypatch.setattr(partition, "rows", counted)
    given = [InputArticle("x", f"line {n}", f"a{n}", TEXT) for n in range(26)]
    assert partition.tables_of(given, 0, readings.known(), Options())["articles"].num_rows == 26
    assert held == [25, 1]


# What is said


@pytest.mark.parametrize(("lines", "more"), [(20, False), (21, True), (30, True)], ids=["all", "one more", "many"])
def test_twenty_lines_say_what_is_not_read_and_then_that_there_are_more(capsys, lines, more):
    say = driver._Said()
    for n in range(lines):
        say(f"a{n}.txt: a named pipe")
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 20 + more and ("and more like these" in said[-1]) is more


@pytest.mark.parametrize(("seconds", "said"), [(9.9, 0), (10, 1)], ids=["before", "after ten seconds"])
def test_a_log_has_a_line_every_ten_seconds(monkeypatch, capsys, seconds, said):
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    watcher = progress._Lines()
    now[0] += seconds
    watcher.step({"articles": 1, "failures": 0, "words": 1}, 1, here=True)
    assert len(capsys.readouterr().err.splitlines()) == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(89, "89 s"), (90, "2 min"), (89 * 60, "89 min"), (90 * 60, "1 h 30 min")], ids=str
)
def test_ninety_seconds_are_minutes_and_ninety_minutes_are_hours(seconds, said):
    assert progress.clock(seconds) == said


# Dask


class Futures:
    """Futures of which none ends before it is asked for; or, with `never`, none at all."""

    def __init__(self, never=False):
        self.thread_condition = threading.Condition()
        self.thread_condition.wait = lambda seconds: None
        self._waiting, self._never = [], never

    def add(self, future):
        self._waiting.append(future)

    def has_ready(self):
        return bool(self._waiting) and not self._never

    def __next__(self):
        return self._waiting.pop(0)


def test_each_worker_has_one_task_that_it_does_and_one_at_hand(monkeypatch):
    given = []

    class Client:
        status = "running"

        def cancel(self, *how, **more): ...

        def nthreads(self):
            return {"one": 1, "other": 2}

        def submit(self, task, batch, pure):
            given.append(batch)
            return Future()

    class Future:
        result, release = dict, staticmethod(lambda: None)

    monkeypatch.setattr(dask_cluster, "as_completed", Futures)
    next(dask_cluster.flow(Client(), iter(range(100)), None, None, driver.Watcher()))
    assert len(given) == 2 * 3


def waited(monkeypatch, *times):
    """When a run without workers gives up, by a clock that shows these times, and how often it checked for workers."""
    clock, shown, looks = iter(times), [], []

    def now():
        shown.append(next(clock))
        return shown[-1]

    def nthreads():
        looks.append(shown[-1])
        return {}

    monkeypatch.setattr(dask_cluster.time, "monotonic", now)
    with pytest.raises(InputError, match="no worker is left"):
        dask_cluster._next(Futures(never=True), SimpleNamespace(nthreads=nthreads, status="running"), driver.Watcher())
    return shown[-1], looks


def test_a_run_looks_for_workers_every_second_and_waits_six_hundred_for_one(monkeypatch):
    assert waited(monkeypatch, 0, 0.99, 1.0, 1.99, 2.0, 601.0, 602.0, 603.0) == (602.0, [1.0, 2.0, 601.0, 602.0])


@pytest.mark.parametrize(("seconds", "fine"), [(30, True), (31, False)], ids=["thirty", "one more"])
@pytest.mark.parametrize("slow", ["scheduler", "worker"])
def test_a_scheduler_and_its_first_worker_have_thirty_seconds_to_answer(monkeypatch, slow, seconds, fine):
    class Client:
        def __init__(self, address, timeout):
            self.answers("scheduler", timeout)

        def wait_for_workers(self, number, timeout):
            self.answers("worker", timeout)

        def answers(self, which, timeout):
            if which == slow and seconds > timeout:
                raise TimeoutError

        status = "running"

        def close(self, timeout): ...

    monkeypatch.setattr(dask_cluster, "Client", Client)
    if fine:
        with dask_cluster._client("tcp://one:8786", None):
            pass
    else:
        with (
            pytest.raises(InputError, match=r"no Dask scheduler answers|it has no worker"),
            dask_cluster._client("tcp://one:8786", None),
        ):
            pass
