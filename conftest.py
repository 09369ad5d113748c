"""Before any test, the notebooks' included: a lexicon of the user's own must not change what the tests see."""

import os

os.environ["ISNAD_ACTORS"] = ""


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: tests often wait, for a kernel, a browser or a cluster of their own."""
    return (os.cpu_count() or 1) + 1


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
    """What takes long begins first; all else stays in its order."""
    items.sort(key=lambda item: next((n for n, name in enumerate(LONG) if item.nodeid.startswith(name)), len(LONG)))
