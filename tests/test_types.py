"""The types of the public package are checked."""

import os
import subprocess
import sys

from tests.conftest import ROOT


def test_the_public_face_and_the_rooms_of_its_records_hold_to_their_types():
    line = [sys.executable, "-m", "mypy", "--cache-dir", os.devnull, "--no-error-summary"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
