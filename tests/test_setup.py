"""environment.yml, pyproject.toml and the lock files agree; the Makefile and the repository are as documented."""

import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

# Packages with another name on conda-forge.
CONDA = {"arabic_reshaper": "arabic-reshaper", "lxml_html_clean": "lxml-html-clean", "python-duckdb": "duckdb"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def ranges(requirements):
    return {canonicalize_name(r.name): r.specifier for r in map(Requirement, requirements)}


def locked(name):
    """{package: the versions that the lock pins (by Python version)}"""
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", text, re.M)
    found = {}
    for package, version in pins:
        found.setdefault(canonicalize_name(package), set()).add(version)
    return found


CORE = ranges(PROJECT["project"]["dependencies"])
EXTRAS = {name: ranges(asked) for name, asked in PROJECT["project"]["optional-dependencies"].items()}
EVERY = [each for name, each in EXTRAS.items() if name != "all"]
RUNTIME = CORE | {name: spec for extra in EVERY for name, spec in extra.items()}
BUILD = ranges(PROJECT["dependency-groups"]["build"])
INCLUDED, *TESTED = PROJECT["dependency-groups"]["test"]
TEST = ranges([*TESTED, *PROJECT["dependency-groups"][INCLUDED["include-group"]]])


def test_what_the_mission_names_is_among_the_dependencies():
    named = {"jupyterlab", "pandas", "matplotlib", "arabic-reshaper", "python-bidi", "nbval"}
    assert named <= set(EXTRAS["notebooks"])


def test_what_two_extras_ask_for_has_one_range_and_all_is_all_of_them():
    for extra in EVERY:
        assert not set(CORE) & set(extra)
        assert {name: str(spec) for name, spec in extra.items()} == {name: str(RUNTIME[name]) for name in extra}
    (asked,) = map(Requirement, PROJECT["project"]["optional-dependencies"]["all"])
    assert (asked.name, asked.extras) == (PROJECT["project"]["name"], set(EXTRAS) - {"all"})


def test_environment_yml_asks_for_the_same_ranges_as_pyproject():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    conda = ranges(CONDA.get(Requirement(d).name, Requirement(d).name) + str(Requirement(d).specifier) for d in listed)
    assert str(conda.pop("python")) == PROJECT["project"]["requires-python"]
    conda.pop("pip")
    assert set(RUNTIME) | set(BUILD) | {"pytest"} == set(conda)
    everything = TEST | BUILD | RUNTIME
    assert {name: str(spec) for name, spec in conda.items()} == {name: str(everything[name]) for name in conda}


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [("requirements.lock", RUNTIME | BUILD), ("requirements-test.lock", RUNTIME | BUILD | TEST)],
)
def test_a_lock_pins_every_dependency_inside_its_range(lock, wanted):
    pins = locked(lock)
    for name, spec in wanted.items():
        assert pins.get(name), f"{lock} does not pin {name}"
        assert all(spec.contains(version) for version in pins[name]), (name, pins[name])


def test_the_test_lock_is_the_other_one_and_more():
    run, test = locked("requirements.lock"), locked("requirements-test.lock")
    assert {name: test.get(name) for name in run} == run
    assert set(TEST) <= set(test) and not {"hypothesis", "playwright", "pytest-xdist"} & set(run)


@pytest.mark.parametrize("lock", sorted(path.name for path in ROOT.glob("*.lock")))
def test_a_lock_has_hashes_and_names_no_index(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    requirements = re.findall(r"^[A-Za-z0-9].*?(?=^[A-Za-z0-9]|\Z)", text, re.M | re.S)
    assert requirements and all("--hash=sha256:" in requirement for requirement in requirements)
    assert "://" not in text and "--index" not in text


def test_the_older_matplotlib_of_the_tests_is_one_line():
    assert locked("requirements-matplotlib-3.10.lock") == {"matplotlib": {"3.10.9"}}


def test_what_is_installed_is_what_the_lock_says():
    from importlib.metadata import version

    for name, pins in locked("requirements-test.lock").items():
        if name in RUNTIME | TEST:
            assert version(name) in pins, name


def test_an_older_python_is_refused_in_one_line(tmp_path):
    fake = tmp_path / "python3"
    program = "import sys; v = (3, 9); code = sys.argv[2].replace('sys.version_info', '(3, 9)'); exec(code)"
    fake.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{program}" "$@"\n', encoding="utf-8")
    fake.chmod(0o755)
    line = ["make", "report", f"PYTHON={fake}", f"VENV={tmp_path / 'venv'}"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stderr.splitlines()[0].startswith("Isnad needs Python 3.11 or later")
    assert not (tmp_path / "venv").exists()


def test_the_code_is_clean_for_ruff():
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--quiet", "."], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout == ""
    layout = [sys.executable, "-m", "ruff", "format", "--check", "--quiet", "src", "tests", "benchmarks"]
    assert subprocess.run(layout, cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_what_is_imported_is_declared_and_nothing_else():
    line = [sys.executable, "-m", "deptry", "."]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_module_has_a_docstring_that_gives_its_idea():
    import helpers

    found = [module.name for module in pkgutil.walk_packages(helpers.__path__, "helpers.")]
    assert len(found) > 100
    assert [name for name in found if not importlib.import_module(name).__doc__] == []


def test_the_package_knows_its_version_once():
    from helpers import __version__

    assert __version__ == PROJECT["project"]["version"]
    assert f"version: {__version__}" in Path(ROOT / "CITATION.cff").read_text(encoding="utf-8")
