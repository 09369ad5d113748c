import ast
from pathlib import Path

import pytest

from helpers import extraction
from helpers.text import orthography

MODULES = {path.stem: path for path in sorted(Path(extraction.__file__).parent.glob("*.py"))}


def arabic(path):
    """The Arabic literals of a module, by line, without docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [(s.lineno, s.value) for s in strings if id(s) not in told and orthography.LETTERS.search(s.value)]


@pytest.mark.parametrize("name", MODULES)
def test_what_is_known_of_arabic_stands_in_a_lexicon(name):
    assert arabic(MODULES[name]) == []
