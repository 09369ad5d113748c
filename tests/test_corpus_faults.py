"""Faults in a long run: no article is lost or repeated, and each failure is a row with its reason."""

import contextlib
import errno
import gzip
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from distributed import Client, LocalCluster
from distributed.client import ClosedClientError, FutureCancelledError
from distributed.comm import CommClosedError

from helpers import readings
from helpers.corpus import dask_cluster, driver, killers, partition, plan, results_folder, tables
from helpers.files.errors import InputError
from helpers.inputs import input_articles, listing, pieces, stretches, survey
from tests.conftest import ROOT, in_one_line
from tests.deadly import OPTIONS as DEADLY
from tests.deadly import deadly, deadly_to_read, dies, survey_or_die
from tests.test_corpus import LINES, accounted, everything, rows_of

GOLD = [
    json.loads(line) for path in sorted((ROOT / "data/gold").glob("*.jsonl")) for line in path.open(encoding="utf-8")
]
MANY, SIZE = 60, 2  # articles in all, and per partition
OPTIONS = input_articles.Options(size=SIZE)
ISNAD = str(Path(sys.executable).with_name("isnad"))


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A corpus that takes some seconds, and its tables made by one process. Returns file and folder."""
    folder = tmp_path_factory.mktemp("many")
    with (folder / "many.jsonl").open("w", encoding="utf-8") as file:
        for number in range(MANY):
            row = {"id": f"a{number}", "text": GOLD[number % len(GOLD)]["text"]}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    driver.run_in_process([str(folder / "many.jsonl")], folder / "out", OPTIONS)
    return folder / "many.jsonl", everything(folder / "out")


def started(source, out, *more):
    line = [ISNAD, "corpus", str(source), "--out", str(out), "--partition", str(SIZE), *map(str, more)]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def until_parts(out, number, run):
    """Wait until there are `number` partitions, while the run continues."""
    until = time.monotonic() + 300  # on a machine that does much else
    while len(list(out.glob("part-*"))) < number:
        assert run.poll() is None, "the run ended before the fault"
        assert time.monotonic() < until, "the run takes too long"
        time.sleep(0.01)
    assert run.poll() is None


def whole(out):
    return all(
        {path.name for path in part.iterdir()} == {"counts.json", *(f"{name}.parquet" for name in tables.TABLES)}
        for part in out.glob("part-*")
    )


def without_progress(told):
    """The lines of a run without those about progress, which appear on a slow machine."""
    return [line for line in told.splitlines() if not re.match(r"isnad: \d+%: ", line)]


def failed(out):
    return rows_of(out, "failures", "place, reason")


def test_a_worker_that_is_killed_costs_nothing(tmp_path, many, monkeypatch):
    source, expected = many
    own = "actor_id,alias,lang,type,via,name_ar,name_en,source\nroad,الطريق,ar,group,name,الطريق,the Road,picked\n"
    (tmp_path / "own.csv").write_text(own, encoding="utf-8")
    monkeypatch.setenv("ISNAD_ACTORS", str(tmp_path / "own.csv"))
    driver.run_in_process([str(source)], tmp_path / "here", OPTIONS)
    assert expected != (expected := everything(tmp_path / "here"))  # actors of one's own are found
    run = started(source, tmp_path / "out", "--workers", 2)
    until_parts(tmp_path / "out", 3, run)
    workers = [p for p in psutil.Process(run.pid).children(recursive=True) if "spawn_main" in " ".join(p.cmdline())]
    assert len(workers) == 2
    workers[0].send_signal(signal.SIGKILL)
    said, told = run.communicate(timeout=120)
    assert run.returncode == 0, told
    assert f"{MANY} articles" in said and "0 failures in 30 partitions" in said
    assert everything(tmp_path / "out") == expected
    assert accounted(tmp_path / "out") == list(range(MANY))
    # Where to watch, perhaps how far it is, and not a word of Dask's own.
    assert without_progress(told) == told.splitlines()[:1]


@pytest.mark.tools
def test_a_run_that_is_killed_leaves_whole_partitions_and_goes_on(tmp_path, many):
    source, expected = many
    out = tmp_path / "out"
    run = started(source, out, "--workers", 2)
    until_parts(out, 3, run)
    children = psutil.Process(run.pid).children(recursive=True)
    run.kill()
    run.communicate()
    assert psutil.wait_procs(children, timeout=20)[1] == []  # no worker outlives its run
    left = len(list(out.glob("part-*")))
    assert 3 <= left < MANY // SIZE and whole(out) and not results_folder.complete(out)
    (out / f"{tables.MAKING}000099-left").mkdir()
    run = started(source, out, "--workers", 2)
    said, told = run.communicate(timeout=120)
    assert run.returncode == 0, told
    assert f"({left} of them from an earlier run)" in said
    assert everything(out) == expected and whole(out)
    assert not list(out.glob(".making*"))


def test_a_gzip_that_breaks_off_gives_what_is_before_and_says_what_is_not(tmp_path):
    packed = gzip.compress("".join(LINES).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) * 4 // 5])
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "after", "text": "قال الوزير إن المطر نزل."}), encoding="utf-8")
    named = [str(tmp_path / "a.jsonl.gz"), str(tmp_path / "b.jsonl")]
    done = driver.run_in_process(named, tmp_path / "out", input_articles.Options())
    read = [name for (name,) in rows_of(tmp_path / "out", "articles", "article_id")]
    before = len(read) - 1
    assert 3 < before < len(LINES)
    assert sorted(read) == sorted(["after", *(json.loads(line)["id"] for line in LINES[:before])])
    ((place, reason),) = failed(tmp_path / "out")
    assert place == f"after line {before}" and "breaks off or is damaged" in reason
    assert (done.counts["articles"], done.counts["failures"]) == (before + 1, 1)


def test_damaged_parquet_costs_the_rows_of_its_row_group(tmp_path):
    rows = [{"outlet": None, "date": None} | json.loads(line) for line in LINES]
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist(rows).select(["id", "text"]), path, row_group_size=8)
    column = pq.ParquetFile(path).metadata.row_group(1).column(1)
    raw = bytearray(path.read_bytes())
    begin = column.dictionary_page_offset or column.data_page_offset
    raw[begin : begin + column.total_compressed_size] = b"\xff" * column.total_compressed_size
    path.write_bytes(raw)
    (tmp_path / "b.parquet").write_bytes(raw[: len(raw) // 2])
    done = driver.run_in_process([str(path), str(tmp_path / "b.parquet")], tmp_path / "out", input_articles.Options())
    assert done.counts["articles"] == len(LINES) - 8
    by_reason = [place for place, reason in failed(tmp_path / "out") if reason.startswith("damaged row group")]
    assert sorted(by_reason) == sorted(f"row {n}" for n in range(9, 17))
    assert [place for place, reason in failed(tmp_path / "out") if reason.startswith("not readable as Parquet")] == [
        "the whole file"
    ]
    assert accounted(tmp_path / "out") == list(range(len(LINES) + 1))


BAD = {
    "not JSON": (b"{not json}", "not a JSON object"),
    "not an object": (b"[1, 2]", "not a JSON object"),
    "not UTF-8": (b'{"id": "x", "text": "\xff\xfe"}', "not a JSON object in UTF-8"),
    "no id": (b'{"text": "\xd9\x86\xd8\xb5"}', "no id"),
    "no text": (b'{"id": "n1"}', "no text in 'text'"),
    "empty text": (b'{"id": "n2", "text": "  "}', "no text in 'text'"),
    "text of another kind": (b'{"id": "n3", "text": 5}', "no text in 'text'"),
    "an id again": (
        json.dumps({"id": json.loads(LINES[0])["id"], "text": "نص آخر"}).encode(),
        "its id is that of an earlier article",
    ),
    "no word": (b'{"id": "n4", "text": "... !"}', "it contains no words"),
    "not Arabic": (b'{"id": "n5", "text": "only English here"}', "mostly not Arabic"),
    "half a pair": (b'{"id": "n6", "text": "\\ud800 \xd9\x86\xd8\xb5"}', "half of a UTF-16 pair"),
    "a bad id": (b'{"id": "\\ud800", "text": "no"}', "mostly not Arabic"),
}


def test_each_bad_line_is_a_failure_with_its_reason_and_costs_itself_alone(isnad, tmp_path):
    mixed = [part for line, (bad, _) in zip(LINES, BAD.values(), strict=False) for part in (line.encode(), bad + b"\n")]
    (tmp_path / "a.jsonl").write_bytes(b"".join(mixed))
    done = isnad("corpus", tmp_path / "a.jsonl", "--out", tmp_path / "out", "--workers", 1, "--partition", 4)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        f"isnad: {len(BAD)} of {len(mixed)} articles failed; reasons in {tmp_path}/out/part-*/failures.parquet"
    )
    told = dict(failed(tmp_path / "out"))
    for at, (name, (_, reason)) in enumerate(BAD.items()):
        assert told.pop(f"line {2 * at + 2}").startswith(reason), name
    assert told == {}
    assert accounted(tmp_path / "out") == list(range(len(mixed)))


@contextlib.contextmanager
def small_disk(folder):
    """A file system of half a MB. Skips the test if none can be mounted; an injected fault is tested everywhere."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no small file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.tools
def test_a_full_disk_stops_the_run_in_one_line_and_it_goes_on_when_there_is_room(isnad, tmp_path, many):
    source, expected = many
    with small_disk(tmp_path / "disk") as disk:
        done = isnad("corpus", source, "--out", disk / "out", "--workers", 2, "--partition", SIZE)
        assert done.returncode == 2 and done.stdout == ""
        told = without_progress(done.stderr)
        assert "No space left on device" in told[-1] and len(told) == 2
        left = len(list((disk / "out").glob("part-*")))
        assert 0 < left < MANY // SIZE and whole(disk / "out")
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        assert driver.run_in_process([str(source)], disk / "out", OPTIONS).before == left
        assert everything(disk / "out") == expected


def test_a_disk_that_is_full_amid_a_partition_leaves_nothing_of_it(tmp_path, monkeypatch, many):
    source, expected = many
    write, calls = pq.write_table, []

    def full(table, *arguments, **keywords):
        calls.append(table)
        if len(calls) == 13:  # the third table of the third partition
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(table, *arguments, **keywords)

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space left"):
        patch.setattr(pq, "write_table", full)
        driver.run_in_process([str(source)], tmp_path / "out", OPTIONS)
    assert sorted(path.name for path in tmp_path.glob("out/part-*")) == ["part-000000", "part-000001"]
    assert not list(tmp_path.glob("out/.making*"))
    assert driver.run_in_process([str(source)], tmp_path / "out", OPTIONS).before == 2
    assert everything(tmp_path / "out") == expected


MIXED = ["قال الوزير إن المطر نزل.", "نص مميت.", "أعلن المدير أن الطريق فتح."]


def lines_of(path, texts):
    """Write a file of lines, and return it as listed."""
    lines = (json.dumps({"id": f"{path.stem}-{n}", "text": text}, ensure_ascii=False) for n, text in enumerate(texts))
    path.write_text("\n".join(lines), encoding="utf-8")
    return listing.files([str(path)], path.parent / "out")


@contextlib.contextmanager
def mortal():
    """A client of a worker that may die once."""
    with (
        dask_cluster.dask.config.set(dask_cluster.LOCAL),
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=60) as cluster,
        Client(cluster) as client,
    ):
        client.register_plugin(dask_cluster.Lexicons("deadly", readings.known()))
        yield client


def done_by(client, found, out, read):
    """Do all partitions of the input in one task, on workers that can die. Returns the counts of all."""
    planned = plan.made((each, survey.of(each, DEADLY)) for each in stretches.cut(found))
    task = plan.Task(tuple(plan.numbered(planned)), dict(enumerate(found.files)))
    instead = partial(killers.tasks, out=out, read=read, trial=dies)
    done = dask_cluster.flow(client, [task], partial(deadly, str(out)), instead, driver.Watcher())
    return results_folder.total(dict(enumerate(counts for _, made in done for counts in made)))


def test_an_article_that_kills_each_worker_costs_itself_alone(tmp_path):
    found = lines_of(tmp_path / "a.jsonl", [*MIXED, *MIXED[:1] * 4])
    with mortal() as client:
        made = done_by(client, found, tmp_path, partial(partition.articles_of, DEADLY))
    assert (made["articles"], made["failures"]) == (6, 1)
    ((place, reason),) = failed(tmp_path)
    assert place == "line 2" and "dies each time" in reason
    assert accounted(tmp_path) == list(range(7))


@pytest.mark.tools  # neighbour in CI: an article that kills each worker
def test_a_file_that_kills_each_worker_as_it_is_read_costs_its_own_partition(tmp_path):
    found = lines_of(tmp_path / "a.jsonl", [*MIXED[:1] * 4, *MIXED])
    with mortal() as client:
        made = done_by(client, found, tmp_path, deadly_to_read)
    assert (made["articles"], made["failures"]) == (4, 3)
    assert {reason for _, reason in failed(tmp_path)} == {pieces.DIES}
    assert accounted(tmp_path) == list(range(7))


@pytest.mark.tools  # neighbour in CI: an article that kills each worker
def test_a_file_that_kills_each_worker_that_surveys_it_costs_itself_alone(tmp_path):
    for name in ("a", "deadly", "z"):
        lines_of(tmp_path / f"{name}.jsonl", MIXED[:1])
    found = listing.files([str(tmp_path)], tmp_path / "out")
    with mortal() as client:
        surveyed = dask_cluster.flow(client, stretches.cut(found), survey_or_die, killers.stretches, driver.Watcher())
        planned = plan.made(surveyed)
    inside = [piece for each in planned.partitions for piece in each.pieces]
    assert [(piece.file, piece.articles, piece.wrong) for piece in inside] == [
        (0, 1, ""),
        (1, 1, pieces.DIES),
        (2, 1, ""),
    ]
    assert planned.said == [f"{found.files[1].name}: {pieces.DIES}"]


@dataclass(frozen=True)
class Cluster:
    """A cluster that was started by hand: its address, and the scheduler's process."""

    address: str
    scheduler: subprocess.Popen


@contextlib.contextmanager
def by_hand(folder, workers):
    """A scheduler and workers, started as by a user."""
    environment = os.environ | {"DASK_LOGGING__DISTRIBUTED": "critical"}
    dask = str(Path(sys.executable).with_name("dask"))
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment, "cwd": folder}
    told = folder / "scheduler.json"
    line = [
        dask,
        "scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--dashboard-address",
        "127.0.0.1:0",
        "--scheduler-file",
        told,
    ]
    with contextlib.ExitStack() as stack:

        def start(*line):
            run = subprocess.Popen([str(word) for word in line], **quiet)
            stack.callback(run.wait)
            stack.callback(run.terminate)
            return run

        scheduler = start(*line)
        until = time.monotonic() + 60
        while not told.exists() or not told.read_text():
            assert time.monotonic() < until
            time.sleep(0.05)
        address = json.loads(told.read_text())["address"]
        for _ in range(workers):
            start(dask, "worker", address, "--nthreads", "1", "--no-dashboard", "--local-directory", folder)
        with Client(address) as client:
            client.wait_for_workers(workers, timeout=60)
        yield Cluster(address, scheduler)


@pytest.fixture(scope="module")
def standing(tmp_path_factory):
    """A permanent cluster of two workers; tests must not kill any of it."""
    with by_hand(tmp_path_factory.mktemp("standing"), 2) as cluster:
        yield cluster


@pytest.fixture
def cluster(tmp_path):
    """A cluster of one worker whose scheduler a test may kill."""
    with by_hand(tmp_path, 1) as cluster:
        yield cluster


@pytest.mark.tools
def test_a_cluster_started_by_hand_gives_the_same_tables(isnad, tmp_path, many, standing):
    source, expected = many
    done = isnad("corpus", source, "--out", tmp_path / "out", "--scheduler", standing.address, "--partition", SIZE)
    assert done.returncode == 0, done.stderr
    assert everything(tmp_path / "out") == expected
    driver.run([str(source)], tmp_path / "other", OPTIONS, standing.address)
    assert everything(tmp_path / "other") == expected


@pytest.mark.tools
def test_a_scheduler_that_is_lost_is_said_in_one_line_and_what_is_done_stays(tmp_path, many, cluster):
    source, expected = many
    run = started(source, tmp_path / "out", "--scheduler", cluster.address)
    until_parts(tmp_path / "out", 3, run)
    cluster.scheduler.kill()
    _, told = run.communicate(timeout=300)
    assert run.returncode == 2
    *_, last = lines = told.splitlines()
    assert (
        "the Dask scheduler no longer answers; start it, and run the same command again: finished work is kept" in last
    )
    assert all(line.startswith("isnad: ") for line in lines)
    assert driver.run_in_process([str(source)], tmp_path / "out", OPTIONS).before >= 3
    assert everything(tmp_path / "out") == expected


class Kills(driver.Watcher):
    """A watcher that kills a scheduler at a certain point of the run."""

    def __init__(self, scheduler, at):
        self._scheduler, self._at = scheduler, at

    def _point(self, at):
        if at == self._at:
            self._scheduler.kill()
            self._scheduler.wait()

    def begins(self, size, dashboard, workers):
        self.size = size
        self._point("before the first batch")

    def step(self, counts, read_to, here):
        self._point("after the last batch" if read_to == self.size else "between two batches")


LOST = "the Dask scheduler no longer answers; start it, and run the same command again: finished work is kept"


@pytest.fixture
def soon(monkeypatch):
    """Limit connecting to two seconds, so that a test does not wait for a scheduler that it killed."""
    monkeypatch.setitem(dask_cluster.LOCAL, "distributed.comm.timeouts.connect", "2s")


@pytest.mark.tools
@pytest.mark.parametrize("at", ["before the first batch", "between two batches"])
def test_a_scheduler_is_lost_at_any_point_of_a_run_and_said_in_the_same_line(tmp_path, many, cluster, soon, at):
    source, _ = many
    with pytest.raises(InputError, match=LOST):
        driver.run([str(source)], tmp_path / "out", OPTIONS, cluster.address, watcher=Kills(cluster.scheduler, at))
    assert whole(tmp_path / "out") and not results_folder.complete(tmp_path / "out")


@pytest.mark.tools
def test_a_scheduler_that_is_lost_when_all_is_done_costs_nothing(tmp_path, cluster, soon):
    (tmp_path / "a.jsonl").write_text("".join(LINES[8:10]), encoding="utf-8")
    watcher = Kills(cluster.scheduler, "after the last batch")
    done = driver.run([str(tmp_path / "a.jsonl")], tmp_path / "out", OPTIONS, cluster.address, watcher=watcher)
    assert done.counts["articles"] == 2 and results_folder.complete(tmp_path / "out")


NO_SPACE = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
ENDS = {
    "the connection is closed": ("running", CommClosedError("in <TCP>: Stream is closed"), LOST),
    "no connection in time": ("running", OSError("Timed out trying to connect to tcp://one:8786 after 30 s"), LOST),
    "another scheduler took its place": ("running", FutureCancelledError("key", "scheduler-connection-lost"), LOST),
    "the client is closed": ("closed", ClosedClientError("Client is closed."), LOST),
    "the client has no scheduler": ("closed", AttributeError("'NoneType' object has no attribute 'ncores'"), LOST),
    "a worker's disk is full": ("running", NO_SPACE, "No space left on device"),
    "a worker's error": ("running", ZeroDivisionError("division by zero"), "division by zero"),
    "a line that is said already": ("closed", InputError("worker tcp://one: it has other lexicons"), "other lexicons"),
}


@pytest.mark.parametrize(("status", "error", "said"), ENDS.values(), ids=ENDS)
def test_an_error_that_a_lost_scheduler_brings_up_is_told_from_a_workers_own(status, error, said):
    client = SimpleNamespace(status=status)
    expected = pytest.raises(InputError if said == LOST else type(error), match=said)
    with expected, dask_cluster._gone_in_one_line(client, "tcp://one:8786"):
        raise error


@pytest.mark.parametrize("error", [CommClosedError("closed"), AttributeError("'NoneType' has no 'identity'")], ids=type)
def test_a_scheduler_that_is_lost_before_it_has_a_worker_is_said_in_the_same_line(monkeypatch, error):
    class Client:
        status = "running"

        def __init__(self, *how, **more): ...

        def wait_for_workers(self, number, timeout):
            self.status = "closed"
            raise error

        def close(self, timeout):
            raise TimeoutError  # no leave is taken

    monkeypatch.setattr(dask_cluster, "Client", Client)
    with pytest.raises(InputError, match=LOST), dask_cluster._client("tcp://one:8786", None):
        pass


def test_a_scheduler_without_a_dashboard_is_watched_nowhere():
    assert dask_cluster._watched(SimpleNamespace(dashboard_link=None)) is None
    assert dask_cluster._watched(SimpleNamespace(dashboard_link="http://one:8787/status")).startswith(
        "http://one:8787/"
    )


@pytest.mark.parametrize(("alone", "said"), [(0, "no worker is left; start some"), (600, "")])
def test_a_run_without_a_worker_waits_for_one_says_so_and_gives_up(monkeypatch, alone, said):
    monkeypatch.setattr(dask_cluster, "ALONE", alone)
    monkeypatch.setattr(dask_cluster, "OFTEN", 0)
    told, looks = [], iter([{}, {}, {}, {"tcp://another": 1}])

    class Client:
        status = "running"

        def nthreads(self):
            return next(looks)

    class Ended:
        thread_condition = threading.Condition()

        def has_ready(self):
            return not looks.__length_hint__()

        def __next__(self):
            return "the next"

    watcher = driver.Watcher()
    watcher.alone = told.append
    if said:
        with pytest.raises(InputError, match=said):
            dask_cluster._next(Ended(), Client(), watcher)
    else:
        assert dask_cluster._next(Ended(), Client(), watcher) == "the next"
    assert told == [alone]


def test_a_worker_with_other_lexicons_is_refused_in_one_line(isnad, tmp_path, house, cluster):
    with (house / "data/lexicon/words.csv").open("a", encoding="utf-8") as words:
        words.write("كلمةجديدة,adverb,for a test\n")
    done = isnad("corpus", ROOT / "data/corpus", "--out", tmp_path / "out", "--scheduler", cluster.address, home=house)
    assert in_one_line(done, "worker tcp://", "it has other lexicons"), done.stderr


@pytest.mark.parametrize(("name", "seen"), [("a.jsonl", True), ("b.jsonl", False)])
def test_a_worker_that_does_not_see_the_input_is_refused(tmp_path, name, seen):
    this = results_folder.this_run(lines_of(tmp_path / "a.jsonl", MIXED[:1]), OPTIONS)
    with results_folder.held(tmp_path / "out", this):
        wrong = dask_cluster._complaint(
            this.version, this.code, this.lexicons, str(tmp_path / "out"), [str(tmp_path / name)]
        )
    assert wrong == (
        None
        if seen
        else f"it does not see {tmp_path}/b.jsonl; put the input where all workers see it, since they read it"
    )


def test_a_scheduler_that_does_not_answer_costs_one_line(isnad, tmp_path, monkeypatch):
    monkeypatch.setattr(dask_cluster, "ANSWER_WITHIN", 1)
    with pytest.raises(Exception, match="no Dask scheduler answers"), dask_cluster._client("tcp://127.0.0.1:9", None):
        pass
