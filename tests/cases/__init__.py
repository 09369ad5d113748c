"""Labelled cases: JSON Lines, each case with a name."""

import json
from pathlib import Path

import pytest


def read(name: str) -> list[dict]:
    """The cases of one file."""
    return [json.loads(line) for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()]


def load(name: str) -> list:
    """The cases of one file as pytest parameters with their names as ids."""
    return [pytest.param(case, id=case["case"]) for case in read(name)]
