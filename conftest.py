"""Settings for all tests, including notebooks: the user's own lexicon must not affect them; slow tests begin first."""

import gc
import os
import sys

import pytest

from helpers.cli import imports

os.environ["ISNAD_ACTORS"] = ""

# Not by its entry point (see `pyproject.toml`): what it imports takes ten times as long with an optional check of addresses.
if "nbval.plugin" not in sys.modules:
    with imports.without("rfc3987_syntax"):
        import nbval.plugin  # noqa: F401
    pytest_plugins = ["nbval.plugin"]


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
    "tests/test_corpus_faults.py",
    "notebooks/",
    "tests/test_jupyterlab.py",
    "tests/test_wheel.py",
    "tests/test_interrupts.py",
    "tests/test_annotator.py",
    "tests/test_documentation.py",
    "tests/test_fuzz.py",
    "tests/test_reports.py",
    "tests/test_types.py",
)


def pytest_collection_modifyitems(items: list) -> None:
    """Put slow tests first; the order of the others is unchanged."""
    items.sort(key=lambda item: next((n for n, name in enumerate(LONG) if item.nodeid.startswith(name)), len(LONG)))
