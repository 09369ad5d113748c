"""The layers of the code: a room imports only from rooms below it, and no two modules import each other."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.conftest import ROOT


def lint(folder, config):
    line = [str(Path(sys.executable).with_name("lint-imports")), "--config", str(config), "--no-cache"]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_contracts_of_pyproject_hold():
    done = lint(ROOT / "src", ROOT / "pyproject.toml")
    assert done.returncode == 0, done.stdout
    assert "3 kept, 0 broken" in done.stdout


def test_an_import_from_a_room_above_would_break_them(tmp_path):
    for room in ("files", "report"):
        (tmp_path / "helpers" / room).mkdir(parents=True)
        (tmp_path / "helpers" / room / "__init__.py").touch()
    (tmp_path / "isnad_arabic").mkdir()
    for package in ("helpers", "isnad_arabic"):
        (tmp_path / package / "__init__.py").touch()
    (tmp_path / "helpers" / "files" / "paths.py").write_text("from helpers import report\n", encoding="utf-8")
    config = tmp_path / "pyproject.toml"
    kept = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    layers = kept[kept.index("[tool.importlinter]") :].replace('"', "'")
    config_of = tomllib.loads(kept)["tool"]["importlinter"]["contracts"]
    others = {name for contract in config_of for name in contract.get("layers", ())} - {"files", "report"}
    for name in others:
        layers = layers.replace(f"  '{name}',\n", "")
    config.write_text(layers, encoding="utf-8")
    done = lint(tmp_path, config)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "helpers.files is not allowed to import helpers.report" in done.stdout
