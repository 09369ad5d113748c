"""Ablation: leaves out each branch of the finder, one at a time, and measures the finder without it.

A branch is the test of an `if` or of a conditional expression, which is set to False; or an operand of `and` or `or`,
or a condition of a comprehension, which is left out. What only keeps code within the text is no branch: a comparison of
places with each other or with a length, and of a variable with None (`bound`). The measures are the pooled F1 of
triples over files of attributions, in points; the same for exact sources, exact contents and antecedents together; and
the labelled cases that break. A text on which the finder fails, even if only the beginning of a labelled one, counts as
broken, too. Only texts in which the branch ever decided the control flow are read again. Run it with `make ablate`;
`ARGS="--gold PATH"` takes other files of attributions than `data/gold`.
"""

import argparse
import ast
import importlib
import signal
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from helpers import readings  # noqa: E402
from helpers.evaluation import gold_texts, metrics  # noqa: E402
from helpers.evaluation.gold_texts import Annotated  # noqa: E402
from helpers.evaluation.metrics import Counts  # noqa: E402
from helpers.extraction import finder, finished_claims, texts  # noqa: E402
from helpers.records.claims import Claim  # noqa: E402
from helpers.text import articles  # noqa: E402

# Modules of the room that do not find claims: records and weights, names, times, actors.
OTHERS = {
    "__init__",
    "actors",
    "claims",
    "confidence",
    "explanations",
    "known",
    "lone_names",
    "mentions",
    "person_names",
    "source_kinds",
    "source_names",
}
OTHERS |= {
    "counted_times",
    "dated_times",
    "sources",
    "suggestions",
    "surnames",
    "time_words",
    "times",
    "titles",
    "weights",
    "yearless_dates",
}
MODULES = tuple(sorted(path.stem for path in Path(str(finder.__file__)).parent.glob("*.py") if path.stem not in OTHERS))
SEEN = "_seen"
PLACES = {"at", "first", "last", "start", "end"}  # names of indices of words, and of offsets
SEQUENCES = {"words", "kinds", "gaps"}  # names of lists with an element for each word of a text
EXACT = ("source_exact", "content_exact", "antecedent")  # measures other than that of triples
CUTS = (0.3, 0.6, 0.9)  # shares of a labelled text whose beginnings are read as separate texts
CLEAR = 5  # lost triples after which a branch clearly contributes, and the measurement stops
PATIENCE = 30  # seconds of processor time for all texts without a branch: a loop may not end without its condition


@dataclass(frozen=True)
class Branch:
    """A condition: its module and function, its line and text, its number in the function, its replacement."""

    module: str
    function: str
    line: int
    number: int
    instead: bool
    says: str
    last: bool  # whether it is the last operand, the value of its expression if it is reached

    @property
    def key(self) -> str:
        return f"{self.module}:{self.number}"


@dataclass(frozen=True)
class Worth:
    """The loss without a branch: points of F1 (negative if gained), cases that break, texts read differently.

    exact    points of F1, summed over the measures of EXACT
    """

    branch: Branch
    points: float
    exact: float
    broken: tuple[str, ...]
    changed: int

    @property
    def nothing(self) -> bool:
        """Whether the finder is no worse without the branch."""
        return self.points <= 0 and self.exact <= 0 and not self.broken


def bound(test: ast.expr) -> bool:
    """Whether a condition keeps code within a text and says nothing about it.

    Such are a comparison of places with each other, with 0, 1 or the length of a text, or of a variable with None; a
    place alone; and what `not`, `and` and `or` make of such. A distance, a named number and a field are not.
    """
    if isinstance(test, ast.BoolOp):
        return all(map(bound, test.values))
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return bound(test.operand)
    if not isinstance(test, ast.Compare):
        return isinstance(test, ast.Name) and test.id in PLACES
    values = (test.left, *test.comparators)
    if ast.unparse(values[-1]) == "None":
        return isinstance(test.left, ast.Name | ast.NamedExpr)
    equal = any(isinstance(op, ast.Eq | ast.NotEq) for op in test.ops)
    named = not equal or any(
        isinstance(each, ast.Name) and each.id in PLACES for value in values for each in ast.walk(value)
    )
    return (
        named
        and not any(isinstance(op, ast.In | ast.NotIn | ast.Is | ast.IsNot) for op in test.ops)
        and all(map(_place, values))
    )


def _place(value: ast.expr) -> bool:
    """Whether a value is an index of a word or next to one, an end of a range, 0, 1 or a length."""
    match value:
        case ast.BinOp(left, ast.Add() | ast.Sub(), ast.Constant(1)):
            return _place(left)
        case ast.Subscript(ast.Name(), ast.Constant(int())):
            return True
        case ast.Attribute(attr=name):
            return name in PLACES
        case ast.Call(ast.Name("len"), [ast.Name(name) | ast.Attribute(attr=name)]):
            return name in SEQUENCES
        case ast.Name(name):
            return name.islower()
        case ast.Constant(int(number)):
            return number in (0, 1)
    return False


def conditions(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, bool]]:
    """Every condition of a tree that is not of bounds, in a fixed order: its parent, its field and index there, and
    its replacement."""
    for node, name, at, instead in _conditions(tree):
        if not bound(getattr(node, name) if at is None else getattr(node, name)[at]):
            yield node, name, at, instead


def _conditions(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, bool]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.IfExp):
            yield node, "test", None, False
        elif isinstance(node, ast.BoolOp):
            for at in range(len(node.values)):
                yield node, "values", at, isinstance(node.op, ast.And)
        elif isinstance(node, ast.comprehension):
            for at in range(len(node.ifs)):
                yield node, "ifs", at, True


def put(node: ast.AST, name: str, at: int | None, change: Callable[[ast.expr], ast.expr]) -> None:
    """Replace the condition in a field of its parent."""
    if at is None:
        setattr(node, name, change(getattr(node, name)))
    else:
        getattr(node, name)[at] = change(getattr(node, name)[at])


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions and methods of a module, with their qualified names."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{each.name}", each) for each in node.body if isinstance(each, ast.FunctionDef))


def branches() -> list[Branch]:
    """Every branch of the finder."""
    found = []
    for module in MODULES:
        number = 0
        for name, function in functions(_tree(module)):
            for node, field, at, instead in conditions(function):
                here = getattr(node, field) if at is None else getattr(node, field)[at]
                says = " ".join(ast.unparse(here).split())
                last = isinstance(node, ast.BoolOp) and at == len(node.values) - 1
                found.append(Branch(module, name, here.lineno, number, instead, says, last))
                number += 1
    return found


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"helpers.extraction.{name}")


def _tree(name: str) -> ast.Module:
    return ast.parse(Path(str(_module(name).__file__)).read_text(encoding="utf-8"))


def _function(holder: dict[str, object], name: str) -> FunctionType:
    """The function with a qualified name, without the property or cache around it."""
    outer, _, inner = name.partition(".")
    found = vars(holder[outer])[inner] if inner else holder[outer]
    found = getattr(found, "fget", found)
    return getattr(found, "__wrapped__", found)


def compiled(module: str, tree: ast.Module) -> dict[str, object]:
    """The namespace of a module compiled from a changed tree."""
    names = dict(vars(_module(module)))
    exec(compile(ast.fix_missing_locations(tree), f"<{module}>", "exec"), names)
    return names


def without(branch: Branch) -> CodeType:
    """The code of the branch's function without the branch."""
    tree, number = _tree(branch.module), 0
    for _, function in functions(tree):
        for node, field, at, instead in list(conditions(function)):
            if number == branch.number:
                put(node, field, at, lambda _, instead=instead: ast.Constant(instead))
            number += 1
    return _function(compiled(branch.module, tree), branch.function).__code__


class _NoEnd(BaseException):
    """A loop does not end."""


def _give_up(*_: object) -> None:
    raise _NoEnd


class Bench:
    """The texts on which branches are measured, and the unchanged finder's results for them."""

    def __init__(self, gold: list[Path], every: list[Branch], idle: bool = False) -> None:
        self.idle = idle
        self.known = readings.known()
        self.gold: list[Annotated] = [each for path in gold for each in gold_texts.load(path)]
        self.cases = cases()
        given = [each.text for each in self.gold]
        self.articles = [articles.from_text(text, "x", Path("x")) for text in (*given, *beginnings())]
        self.at: int = 0
        self.seen: dict[tuple[str, bool], set[int]] = defaultdict(set)
        originals = self._watch(every)
        self.base = [self.read(at) for at in range(len(self.articles))]
        self.right = {name for name in self.cases if self._holds(name)}
        for function, code in originals:
            function.__code__ = code
        self.counts = [self.counted(at, made or []) for at, made in enumerate(self.base[: len(self.gold)])]
        self.total = total(self.counts)

    def _watch(self, every: list[Branch]) -> list[tuple[FunctionType, CodeType]]:
        """Record for every branch which way was taken on which text. Returns the code to restore."""
        originals = []
        for module in dict.fromkeys(branch.module for branch in every):
            tree, number = _tree(module), 0
            for _, function in functions(tree):
                places = list(conditions(function))
                for offset, (node, field, at, _) in reversed(list(enumerate(places))):
                    key = ast.Constant(f"{module}:{number + offset}")
                    put(node, field, at, lambda was, key=key: ast.Call(ast.Name(SEEN, ast.Load()), [key, was], []))
                number += len(places)
            names = compiled(module, tree)
            vars(_module(module))[SEEN] = self._saw
            for name, _ in functions(tree):
                function = _function(vars(_module(module)), name)
                originals.append((function, function.__code__))
                function.__code__ = _function(names, name).__code__
        return originals

    def _saw(self, key: str, value: object) -> object:
        self.seen[key, bool(value)].add(self.at)
        return value

    def read(self, at: int) -> list[Claim] | None:
        """The attributed claims of a text; None if the finder fails. The text is split again, since it has caches."""
        self.at = at
        try:
            text = texts.read(self.articles[at], self.known.vocabulary)
            made = finished_claims.claims(
                text,
                finder.drafts(text, self.known.vocabulary.colon, self.known.fitted.antecedents),
                self.known.fitted.confidence,
            )  # including possible claims, which the finder also found
        except Exception:  # a missing branch can cause any error
            return None
        return [claim for claim in made if claim.attributed and claim.cue_form != "punctuation"]

    def _holds(self, name: str) -> bool:
        self.at = -1 - list(self.cases).index(name)
        try:
            self.cases[name]()
        except Exception:
            return False
        return True

    def counted(self, at: int, made: list[Claim]) -> dict[str, Counts]:
        """The counts of a text by measure."""
        wanted = self.gold[at]
        return metrics.compare(wanted.text, wanted.attributions, gold_texts.from_claims(made)).counts

    def _broken(self, taken: set[int]) -> Iterator[str]:
        """The cases that break without the branch, among those in which it made a difference."""
        names = list(self.cases)
        for name in (names[-1 - each] for each in taken if each < 0):
            if name in self.right and not self._holds(name):
                yield name
                if self.idle:
                    return

    def worth(self, branch: Branch) -> Worth:
        """Measure the finder without a branch."""
        function = _function(vars(_module(branch.module)), branch.function)
        code, taken = function.__code__, self.seen[branch.key, not branch.instead]
        if branch.last:
            taken = taken | self.seen[branch.key, branch.instead]
        function.__code__ = without(branch)
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
            broken = list(self._broken(taken))
            counts, changed = list(self.counts), 0
            for at in (each for each in sorted(taken) if each >= 0):
                if self.idle and broken:
                    break
                made = self.read(at)
                if made is None and self.base[at] is not None:
                    broken.append(f"it fails on text {at}")
                if at < len(self.gold) and made != self.base[at]:
                    changed += 1
                    counts[at] = self.counted(at, made or [])
                    if self.idle and total(counts)["triple"].right < self.total["triple"].right - CLEAR:
                        break
        except _NoEnd:
            return Worth(branch, 100 * self.total["triple"].f1, 0.0, ("it does not end",), len(taken))
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            function.__code__ = code
        now = total(counts) if changed else self.total
        points, *exact = (100 * (self.total[name].f1 - now[name].f1) for name in ("triple", *EXACT))
        return Worth(branch, points, sum(exact), tuple(broken), changed)


def total(counts: list[dict[str, Counts]]) -> dict[str, Counts]:
    """The sum of counts, by measure."""
    return {name: sum((each[name] for each in counts), Counts()) for name in ("triple", *EXACT)}


def beginnings() -> list[str]:
    """Beginnings of labelled texts, so that code that looks at the next word meets the end of the text."""
    from tests import cases as labelled

    given = [str(case["text"]).split(" ") for name in ("claims.jsonl", "kinds.jsonl") for case in labelled.read(name)]
    return sorted({" ".join(words[: max(1, int(len(words) * share))]) for words in given for share in CUTS})


def cases() -> dict[str, Callable[[], None]]:
    """The labelled cases, by name, each as a function that raises if the case is read wrongly."""
    from tests import cases as labelled
    from tests import (
        test_antecedents,
        test_claims,
        test_constructions,
        test_kinds,
        test_source_phrases,
        test_sources,
        test_vetoes,
    )

    found: dict[str, Callable[[], None]] = {}
    for case in labelled.read("claims.jsonl"):
        found[case["why"]] = partial(test_claims.test_a_sentence_is_read_as_a_careful_reader_reads_it, case)
    for number, case in enumerate(test_claims.REPORTING + test_claims.OTHERWISE):
        reports = case in test_claims.REPORTING
        check = (
            test_claims.test_a_cue_reports_what_its_sentence_says
            if reports
            else test_claims.test_a_cue_that_is_something_else_reports_nothing
        )
        found[f"{case['lemma']} ({number})"] = partial(check, case)
    for row in test_vetoes.ROWS:
        found[f"veto {row['veto']}"] = partial(test_vetoes.test_a_veto_stops_its_example, row)
        found[f"no veto {row['veto']}"] = partial(test_vetoes.test_a_veto_lets_its_counter_example_pass, row)
    for number, case in enumerate(labelled.read("antecedents.jsonl")):
        check = test_antecedents.test_who_speaks_where_the_last_claim_names_nobody
        found[f"antecedent {number}"] = partial(check, case)
    of_sources = {
        "source_phrases": test_source_phrases.test_a_source_has_the_words_that_a_careful_reader_gives_it,
        "source_names": test_source_phrases.test_a_source_is_called_by_its_name_and_by_no_more,
        "sources": test_sources.test_phrases_of_one_source_are_joined_and_its_kind_told,
    }
    for file, check in of_sources.items():
        for number, case in enumerate(labelled.read(f"{file}.jsonl")):
            found[f"{file} {number}"] = partial(check, case)
    for text, name in test_constructions.NAMED:
        found[f"construction {name}"] = partial(
            test_constructions.test_a_construction_has_the_name_that_is_printed, text, name
        )
    for case in test_kinds.CASES:
        if case["id"] not in test_kinds.OPEN:
            found[case["id"]] = partial(_held, test_kinds.right, case)
    return found


def _held(check: Callable[[dict[str, object]], bool], case: dict[str, object]) -> None:
    """Raises ValueError when a check of a case fails."""
    if not check(case):
        raise ValueError(case["id"])


_bench: list[Bench] = []  # made once per worker process


def _prepare(gold: list[Path], every: list[Branch], idle: bool) -> None:
    signal.signal(signal.SIGVTALRM, _give_up)
    _bench.append(Bench(gold, every, idle))


def _measure(branch: Branch) -> Worth:
    return _bench[0].worth(branch)


def _line(worth: Worth) -> str:
    branch = worth.branch
    place = f"{branch.module}.py:{branch.line} {branch.function}"
    counted = f"{worth.points:6.2f} {worth.exact:6.2f} {worth.changed:6} {len(worth.broken):6}"
    return f"{counted}  {place}: {branch.says[:90]} -> {branch.instead}"


def main() -> None:
    """Print the contribution of each branch, in the order of the modules."""
    asked = argparse.ArgumentParser(description="What each branch of the finder is worth.")
    asked.add_argument("--gold", action="append", type=Path, help="a file of attributions; data/gold when not given")
    asked.add_argument("--module", action="append", help="measure the branches of this module alone")
    asked.add_argument(
        "--idle", action="store_true", help="tell only which are worth nothing: others are measured no further"
    )
    given = asked.parse_args()
    gold = given.gold or sorted((ROOT / "data" / "gold").glob("*.jsonl"))
    every = [branch for branch in branches() if not given.module or branch.module in given.module]
    with ProcessPoolExecutor(2, initializer=_prepare, initargs=(gold, every, given.idle)) as pool:
        print("points  exact  texts  cases  branch")
        found = []
        for worth in pool.map(_measure, every, chunksize=8):
            found.append(worth)
            if not given.idle or worth.nothing:
                print(_line(worth), flush=True)
    idle = sum(worth.nothing for worth in found)
    small = sum(abs(worth.points) <= 0.1 for worth in found)
    harm = sum(worth.points < 0 for worth in found)
    print(f"{len(found)} branches; {idle} are worth nothing, {small} at most 0.1 point, {harm} cost points")


if __name__ == "__main__":
    main()
