"""Settings for all tests, including notebooks: the user's own lexicon must not affect them; slow tests begin first."""

import gc
import os
import sys

import pytest

from helpers.cli import imports

os.environ["ISNAD_ACTORS"] = ""
# What is compiled is kept, also for the many processes that tests start: else each would compile all our modules again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Not by its entry point (see `pyproject.toml`): what it imports takes ten times as long with an optional check of addresses.
if "nbval.plugin" not in sys.modules:
    with imports.without("rfc3987_syntax"):
        import nbval.plugin  # noqa: F401
    pytest_plugins = ["nbval.plugin"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores, since tests often wait for their own kernel, browser or cluster."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> object:
    """Python's collector looks again and again through modules and tests that are being loaded, all of which stay: it waits."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


# By the seconds of processors that they take, most first: no long file is begun when the others are done.
LONG = (
    "tests/test_reports.py",  # makes the reports that others wait for
    "tests/test_hostile.py",
    "tests/test_corpus_faults.py",
    "tests/test_accessibility.py",
    "tests/test_ways_in.py",
    "tests/test_annotator.py",
    "tests/test_jupyterlab.py",
    "tests/test_interrupts.py",
    "tests/test_nothing_lost.py",
    "tests/test_exchange.py",
    "tests/test_corpus.py",
    "tests/test_charts.py",
    "tests/test_findings.py",
    "tests/test_wheel.py",
    "notebooks/",
    "tests/test_browser.py",
    "tests/test_front_page.py",
    "tests/test_fuzz.py",
    "tests/test_types.py",
    "tests/test_phrases_in_use.py",
    "tests/test_documentation.py",
    "tests/test_cli.py",
    "tests/test_curated_reports.py",
    "tests/test_label_studio.py",
    "tests/test_corpus_charts.py",
    "tests/test_invisible.py",
    "tests/test_curation_session.py",
    "tests/test_public_face.py",
    "tests/test_glyphs.py",
    "tests/test_contributing.py",
    "tests/test_corpus_hostile.py",
)
# Files that read the same articles, which are then read once: they are run by one process.
TOGETHER = {"tests/test_invariants.py": "tests/test_findings.py"}


def file_of(nodeid: str) -> str:
    """The file of a test, or the one that it is run together with."""
    name = nodeid.partition("::")[0]
    return TOGETHER.get(name, name)


def pytest_collection_modifyitems(items: list) -> None:
    """What takes long begins first; all else stays in its order."""
    items.sort(key=lambda item: next((n for n, name in enumerate(LONG) if file_of(item.nodeid).startswith(name)), 99))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """A process runs all tests of a file, and of those that go with it."""
    from xdist.scheduler import LoadFileScheduling

    class ByFile(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return file_of(nodeid)

    return ByFile(config, log) if config.getvalue("dist") == "loadfile" else None
