"""Before any test, the notebooks' included: a lexicon of the user's own must not change what the tests see."""

import os

os.environ["ISNAD_ACTORS"] = ""


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: tests often wait, for a kernel, a browser or a cluster of their own."""
    return (os.cpu_count() or 1) + 1
