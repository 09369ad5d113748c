"""Newer versions of Python than that of CI, if installed: the lock files install, and a report is made."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT


def _python(version):
    """The path of a Python of this version that runs, from the path or from pyenv; None where there is none."""
    found = shutil.which(f"python{version}")
    if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
        return found
    if shutil.which("pyenv"):
        root = subprocess.run(["pyenv", "root"], capture_output=True, text=True, check=True).stdout.strip()
        return next(map(str, sorted(Path(root, "versions").glob(f"{version}.*/bin/python{version}"))), None)
    return None


@pytest.mark.parametrize("version", ["3.13"])
def test_a_fresh_clone_makes_a_report_on_a_newer_python(tmp_path, version):
    if (python := _python(version)) is None:
        pytest.skip(f"Python {version} is not installed here")
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(tmp_path / "isnad")], check=True)
    line = ["make", "--no-print-directory", "report", f"PYTHON={python}"]
    done = subprocess.run(line, cwd=tmp_path / "isnad", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    assert Path(done.stdout.split()[-1]).name == "index.html" and Path(done.stdout.split()[-1]).is_file()
