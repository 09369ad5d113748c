"""Settings for all tests, including notebooks: the user's own lexicon must not affect them; slow tests begin first."""

import os

os.environ["ISNAD_ACTORS"] = ""


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores, since tests often wait for their own kernel, browser or cluster."""
    return (os.cpu_count() or 1) + 1


# Files of tests by processor time, the longest first, so that no long one is left for the end.
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
