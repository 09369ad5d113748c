import ast
import importlib.util

import pytest

from helpers.extraction import phrase_ends
from helpers.files import paths


@pytest.fixture(scope="module")
def ablate():
    place = importlib.util.spec_from_file_location("ablate", paths.home() / "benchmarks" / "ablate.py")
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return module


def left_out(ablate, source):
    """A function's source with each of its conditions left out, one at a time."""
    found = []
    for number in range(len(list(ablate.conditions(ast.parse(source))))):
        tree = ast.parse(source)
        node, field, at, instead = list(ablate.conditions(tree))[number]
        ablate.put(node, field, at, lambda _, instead=instead: ast.Constant(instead))
        found.append(ast.unparse(tree))
    return found


def test_a_test_becomes_false_and_an_operand_is_left_out(ablate):
    assert left_out(ablate, "x = 1 if a else 2") == ["x = 1 if False else 2"]
    assert left_out(ablate, "x = a and b") == ["x = True and b", "x = a and True"]
    assert left_out(ablate, "x = a or b") == ["x = False or b", "x = a or False"]
    assert left_out(ablate, "x = [y for y in z if y]") == ["x = [y for y in z if True]"]


def test_a_branch_is_left_out_of_its_function_alone_and_the_finder_is_as_before_afterwards(ablate):
    before = phrase_ends.future.__code__
    branch = next(each for each in ablate.branches() if each.function == "future" and each.says == "len(word) > 5")
    code = ablate.without(branch)
    assert phrase_ends.future.__code__ is before and code != before
    phrase_ends.future.__code__ = code
    try:
        assert phrase_ends.future("سيقع") is True
    finally:
        phrase_ends.future.__code__ = before
    assert phrase_ends.future("سيقع") is False


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("at + 1 < end", True),
        ("0 <= at < len(text.words)", True),
        ("source[1] == first", True),
        ("at and not first > cue.start", True),
        ("comma is not None", True),
        ("at - first > 2", False),
        ("at - first < LONGEST", False),
        ("text.gaps[at]", False),
        ("len(word) > 1", False),
        ("word == verb", False),
        ("text.kinds[at].kind is None", False),
        ("cue.stands is Stands.AFTER", False),
        ("at and text.role(at - 1, Role.given)", False),
    ],
)
def test_a_condition_that_keeps_code_within_the_text_is_no_branch(ablate, condition, expected):
    source = f"x = 1 if {condition} else 2"
    assert ablate.bound(ast.parse(condition, mode="eval").body) is expected
    assert ("x = 1 if False else 2" in left_out(ablate, source)) is not expected
