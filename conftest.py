"""Before any test, the notebooks' included: a lexicon of the user's own must not change what the tests see."""

import os

os.environ["ISNAD_ACTORS"] = ""
