"""Shared by all tests: the seed as read, a copy of the project's data to be changed, and a browser if there is one."""

import io
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

import pytest
from filelock import FileLock

from helpers import readings
from helpers.cli import commands
from helpers.files import paths
from helpers.lexicon import entries
from helpers.text import articles

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT / paths.SEED
EXAMPLES = ROOT / "seeds" / "examples"


@pytest.fixture(scope="session")
def actors():
    return entries.actors()


@pytest.fixture(scope="session")
def seed():
    return articles.load(SEED)


@pytest.fixture(scope="session")
def reading(seed):
    return readings.read(seed)


@pytest.fixture
def house(tmp_path):
    """A copy of lexicons, annotations, seeds, notebooks and templates, to be used as ISNAD_HOME and changed."""
    return copied(tmp_path / "house")


def copied(house):
    """Copy those folders into one. Returns it."""
    for folder in ("data/lexicon", "data/annotations", "seeds", "notebooks", "templates"):
        shutil.copytree(ROOT / folder, house / folder)
    return house


def only(house, stem):
    """Leave only one notebook in such a copy, so that a report is made of it alone. Returns its path."""
    for path in (house / "notebooks").glob("*.ipynb"):
        if path.stem != stem:
            path.unlink()
    return house / "notebooks" / f"{stem}.ipynb"


@pytest.fixture
def isnad(tmp_path):
    """Run the command like a user: isnad("annotate", path, home=...) returns the completed process."""

    def run(*arguments, home=None, cwd=tmp_path):
        environment = {k: v for k, v in os.environ.items() if k != "ISNAD_HOME"}
        environment |= {"ISNAD_REPORTS": str(tmp_path / "reports")} | ({"ISNAD_HOME": str(home)} if home else {})
        line = [str(Path(sys.executable).with_name("isnad")), *map(str, arguments)]
        return subprocess.run(
            line, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=cwd, check=False
        )

    return run


@pytest.fixture
def called(tmp_path, monkeypatch):
    """Run the command in this process, to test what it prints and writes, but not how a process starts and ends."""

    def run(*arguments, home=None, cwd=tmp_path):
        said = {name: io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for name in ("stdout", "stderr")}
        line, status = ["isnad", *map(str, arguments)], 0
        environment = {"ISNAD_REPORTS": str(tmp_path / "reports")} | ({"ISNAD_HOME": str(home)} if home else {})
        with mock.patch.dict(os.environ, environment), monkeypatch.context() as here:
            if home is None:
                os.environ.pop("ISNAD_HOME", None)
            here.chdir(cwd)
            here.setattr(sys, "argv", line)
            for name, stream in said.items():
                here.setattr(sys, name, stream)
            try:
                with ThreadPoolExecutor(1) as other:  # a browser of other tests may hold this thread's event loop
                    other.submit(commands.main).result()
            except SystemExit as ended:
                status = ended.code or 0
        for stream in said.values():
            stream.flush()
        told = {name: stream.buffer.getvalue().decode() for name, stream in said.items()}
        return subprocess.CompletedProcess(line, status, **told)

    return run


@pytest.fixture
def piped(called, monkeypatch):
    """Run a command with bytes on its standard input."""

    def run(given, *arguments, **others):
        raw = given if isinstance(given, bytes) else given.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(raw))))
        return called(*arguments, **others)

    return run


def in_one_line(done, *expected: str) -> bool:
    """Whether a run failed with status 2 and one line of error that contains each of the expected texts."""
    lines = done.stderr.splitlines()
    return done.returncode == 2 and len(lines) == 1 and all(text in lines[0] for text in expected)


@pytest.fixture(scope="session")
def report(shelf):
    """The folder of the seed's report. It is shared: tests must not change it."""
    return shelf / SEED.stem


@pytest.fixture(scope="session")
def shelf(tmp_path_factory):
    """Reports of the seed (people's claims) and of two examples (the machine's) in one folder, with their list.

    The examples have annotations, so the machine reads copies of them without these. The reports are made once for all
    test processes, by the first that needs them. Tests must not change them.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shelf"
    with FileLock(folder.with_suffix(".lock")):
        if not folder.exists():
            made = folder.with_suffix(".making")
            copies = folder.with_suffix(".articles")
            copies.mkdir(exist_ok=True)
            for name in ("economy.txt", "economy.toml", "broadsheet.html"):
                shutil.copyfile(EXAMPLES / name, copies / name)
            line = [str(Path(sys.executable).with_name("isnad")), "report", str(SEED)]
            line += [str(copies / name) for name in ("economy.txt", "broadsheet.html")]
            environment = os.environ | {"ISNAD_REPORTS": str(made)}
            done = subprocess.run(line, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
            assert done.returncode == 0, done.stderr
            made.rename(folder)
    return folder


@pytest.fixture(scope="session")
def browser():
    """Chromium through Playwright. Skips the test if there is none; with ISNAD_BROWSER_REQUIRED (CI) the test fails."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        if os.environ.get("ISNAD_BROWSER_REQUIRED"):
            pytest.fail("CI must have Chromium")
        pytest.skip("no Chromium on this machine: install it to check the pages in a browser")
    from playwright.sync_api import sync_playwright

    quiet = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=quiet)
        yield chromium
        chromium.close()
