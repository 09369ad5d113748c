"""An interrupted command stops at once, with one line; no process and no half-written file is left."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.conftest import ROOT, only

SAID = ["isnad: stopped; files already written are complete, and earlier ones are unchanged"]
EXAMPLES = [str(ROOT / "seeds" / "examples" / name) for name in ("wire.txt", "blog.txt", "broadsheet.html")]
SENTENCE = "قال وزير الخارجية إن الطريق إلى المدينة مفتوح منذ أمس. "


def until(holds, seconds=60):
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
    return found


def started(folder, *arguments):
    line = [str(Path(sys.executable).with_name("isnad")), *map(str, arguments)]
    environment = os.environ | {"ISNAD_REPORTS": str(folder / "reports")}
    return subprocess.Popen(
        line,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=folder,
        start_new_session=True,
    )


def stop(running, number, whole_group=True):
    """Send the signal as a terminal does, to all processes of the group; give status, lines of stderr, who outlives it."""
    children = psutil.Process(running.pid).children(recursive=True)
    (os.killpg if whole_group else os.kill)(running.pid, number)
    _, stderr = running.communicate(timeout=60)
    _, alive = psutil.wait_procs(children, timeout=10)
    return running.returncode, stderr.splitlines(), [p for p in alive if p.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.parametrize(
    ("number", "status", "group"),
    [(signal.SIGINT, 130, True), (signal.SIGTERM, 143, False)],
    ids=["Ctrl-C", "SIGTERM"],
)
def test_a_report_that_is_stopped_leaves_no_kernel_and_no_half_report(tmp_path, number, status, group):
    before = tmp_path / "reports" / "wire"
    before.mkdir(parents=True)
    (before / "report.json").write_text('{"schema": 1, "article_id": "x"}', encoding="utf-8")
    running = started(tmp_path, "report", *EXAMPLES)
    until(lambda: psutil.Process(running.pid).children(recursive=True))
    assert stop(running, number, group) == (status, SAID, [])
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["wire"]
    assert [path.name for path in before.iterdir()] == ["report.json"]


def test_a_kernel_that_ctrl_c_ends_before_it_has_a_group_of_its_own_is_not_ended_with_its_caller(tmp_path):
    script = """
import os, pathlib, signal, subprocess, sys
from helpers.report.kernels import Kernels
from jupyter_client.provisioning import local_provisioner

def launched(command, **options):
    begun = subprocess.Popen([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"])
    os.waitid(os.P_PID, begun.pid, os.WEXITED | os.WNOWAIT)
    return begun

local_provisioner.launch_kernel = launched
with Kernels() as running:
    running.start([pathlib.Path("01.ipynb").resolve()])
print("goes on")
"""
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, cwd=tmp_path, start_new_session=True
    )
    assert (done.returncode, done.stdout) == (0, b"goes on\n"), done.stderr


def test_reports_that_are_stopped_between_two_articles_leave_those_that_are_ended(tmp_path, house, monkeypatch):
    only(house, "01-load-article")
    monkeypatch.setenv("ISNAD_HOME", str(house))
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text(SENTENCE, encoding="utf-8")
    running = started(tmp_path, "report", *(tmp_path / f"{number}.txt" for number in range(9)))
    assert running.stdout.readline().endswith("0/index.html\n")
    assert stop(running, signal.SIGINT) == (130, SAID, [])
    left = sorted(path.name for path in (tmp_path / "reports").iterdir() if path.is_dir())
    assert left[0] == "0" and "8" not in left and not [name for name in left if name.startswith(".")]
    assert all((tmp_path / "reports" / name / "01-load-article.ar.html").exists() for name in left)


def test_a_corpus_that_is_stopped_leaves_no_worker_and_goes_on_later(tmp_path, isnad):
    lines = [json.dumps({"id": f"a{number}", "text": SENTENCE * 40}) for number in range(120)]
    (tmp_path / "lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "out"
    arguments = "corpus", tmp_path / "lines.jsonl", "--out", out, "--partition", 4
    running = started(tmp_path, *arguments)
    until(lambda: [*out.glob("part-*/counts.json")])
    status, lines, left = stop(running, signal.SIGINT)
    assert (status, lines[-1:], left) == (130, SAID, [])
    assert all(line.startswith("isnad: ") for line in lines)
    done = isnad(*arguments)
    assert done.returncode == 0, done.stderr
    assert "120 articles" in done.stdout
    assert "of them from an earlier run" in done.stdout
    assert not [*out.glob(".making*")]


def test_a_corpus_that_is_stopped_while_its_workers_start_says_one_line(tmp_path):
    (tmp_path / "lines.jsonl").write_text(json.dumps({"id": "a", "text": SENTENCE}), encoding="utf-8")
    running = started(tmp_path, "corpus", tmp_path / "lines.jsonl", "--out", tmp_path / "out")
    until((tmp_path / "out" / "run.json").exists)
    assert stop(running, signal.SIGINT) == (130, SAID, [])


@pytest.mark.parametrize(
    ("command", "number", "status"), [("annotate", signal.SIGHUP, 129), ("charts", signal.SIGTERM, 143)]
)
def test_other_commands_stop_as_well(tmp_path, command, number, status):
    given = tmp_path / "given"
    given.mkdir()
    for name in range(40):
        (given / f"{name}.txt").write_text(SENTENCE * 200, encoding="utf-8")
    out = ["--out", tmp_path / "out"] if command == "charts" else []
    running = started(tmp_path, command, given, *out)
    until(lambda: [*(tmp_path / "out").rglob("*.png")]) if out else running.stdout.read(1)
    assert stop(running, number) == (status, SAID, [])
    assert not [path for path in tmp_path.rglob(".*") if path.suffix not in (".lock",)]


def test_a_command_that_a_script_started_in_the_background_ends_when_it_is_told_to():
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "from helpers.cli import signals\n"
        "with signals.stopped():\n"
        "    signal.raise_signal(signal.SIGINT)\n"
        "    print('goes on', flush=True)\n"
        "    signal.raise_signal(signal.SIGTERM)\n"
        "    print('goes on still')\n"
    )
    line = [sys.executable, "-c", program]
    done = subprocess.run(line, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr.splitlines()) == (143, "goes on\n", SAID)


def test_a_signal_that_the_caller_ignores_stays_ignored(tmp_path):
    program = (
        "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "from helpers.cli import signals\n"
        "with signals.stopped():\n"
        "    signal.raise_signal(signal.SIGHUP); print('goes on')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("goes on\n", "")


def test_a_signal_while_the_command_is_imported_says_one_line_too():
    program = (
        "import signal, sys\n"
        "class Slow:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'typer': signal.raise_signal(signal.SIGINT)\n"
        "sys.meta_path.insert(0, Slow())\n"
        "from helpers.cli import entry; entry.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()) == (130, SAID)
