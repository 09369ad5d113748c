"""How modules are renamed for a wheel (`hatch_build.py`): where Python's syntax has a name, and where a string names one."""

import importlib.util

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def names():
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Names(["files", "inputs", "cli"])


@pytest.mark.parametrize(
    ("code", "made"),
    [
        ("from helpers import files", "from isnad_arabic._helpers import files"),
        ("from helpers.files import paths", "from isnad_arabic._helpers.files import paths"),
        (
            "def f():\n    from helpers.files import (\n        paths,  # helpers.files\n    )",
            "def f():\n    from isnad_arabic._helpers.files import (\n        paths,  # helpers.files\n    )",
        ),
        ("import helpers\nhelpers.files", "from isnad_arabic import _helpers as helpers\nhelpers.files"),
        ("import helpers.files as f", "import isnad_arabic._helpers.files as f"),
        ("x = 'قال'; from helpers import files", "x = 'قال'; from isnad_arabic._helpers import files"),
        ('import_module(f"helpers.inputs.{name}")', 'import_module(f"isnad_arabic._helpers.inputs.{name}")'),
        ('run("-m helpers.cli.entry")', 'run("-m isnad_arabic._helpers.cli.entry")'),
        (
            'f("ع", "helpers.cli", "helpers.files")',
            'f("ع", "isnad_arabic._helpers.cli", "isnad_arabic._helpers.files")',
        ),
    ],
    ids=[
        "room",
        "module",
        "in lines",
        "package",
        "under a name",
        "behind Arabic",
        "f-string",
        "command",
        "two strings",
    ],
)
def test_a_module_is_renamed_wherever_it_is_named(names, code, made):
    assert names.of_code(code, "x.py") == made


@pytest.mark.parametrize(
    "code",
    [
        "from helpers_of_others import files",
        "from .helpers import files",
        "import my.helpers.files as f",
        "helpers = paths.helpers.files",
        '"our helpers. files are many; src/helpers/files; their.helpers.files; helpers.others"',
        "# from helpers.files import paths",
    ],
    ids=["longer", "relative", "below another", "attribute", "prose", "comment"],
)
def test_what_is_no_module_of_ours_stays(names, code):
    assert names.of_code(code, "x.py") == code


@pytest.mark.parametrize(
    "code",
    ["import helpers.files", "import os, helpers", 'f"{helpers.files.HERE}"', "'helpers\\x2efiles'"],
    ids=["binds the package", "among others", "in an f-string", "escaped"],
)
def test_what_cannot_be_renamed_is_refused_and_no_wheel_is_made(names, code):
    with pytest.raises(ValueError, match=r"x\.py: .*import it by `from`"):
        names.of_code(code, "x.py")
