"""The wheel, installed without a checkout: one package and a command, next to another package named `helpers`, with and
without the extras.
"""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT, in_one_line

TEXT = "قالت سندس الغرياني، رئيسة حركة النهوض، إن المغرب فاز على مصر."
PAGE = f"<!doctype html><meta charset=utf-8><title>خبر</title><article><h1>خبر</h1><p>{TEXT}</p><p>{TEXT}</p></article>"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, made once; nothing in it is changed."""
    folder = tmp_path_factory.mktemp("wheel")
    line = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(line, cwd=ROOT, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def site(wheel):
    """A folder into which pip installed the wheel, and nothing else."""
    folder = wheel.parent / "site"
    line = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--no-deps"]
    subprocess.run([*line, "--target", str(folder), str(wheel)], check=True)
    return folder


@pytest.fixture(scope="module")
def foreign(tmp_path_factory):
    """A folder with an unrelated package named `helpers`."""
    folder = tmp_path_factory.mktemp("foreign")
    (folder / "helpers").mkdir()
    (folder / "helpers" / "__init__.py").write_text("WHOSE = 'a newsroom'\n", encoding="utf-8")
    return folder


@pytest.fixture
def run(tmp_path):
    """Run Python in a folder with an article and a page, with folders on the path before what is installed."""
    work = tmp_path / "work"
    work.mkdir()
    (work / "mine.txt").write_text(TEXT, encoding="utf-8")
    (work / "page.html").write_text(PAGE, encoding="utf-8")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ISNAD")}

    def python(*arguments, path=(), cwd=work):
        environment = kept | {"PYTHONPATH": os.pathsep.join(map(str, path)), "PYTHONUTF8": "1"}
        line = [sys.executable, *map(str, arguments)]
        return subprocess.run(line, check=False, cwd=cwd, env=environment, capture_output=True, encoding="utf-8")

    python.work = work
    return python


def closure(requirements):
    """The names of installed distributions that these ask for, directly or not."""
    left, found = [(Requirement(each), "") for each in requirements], set()
    while left:
        wanted, extra = left.pop()
        if wanted.marker and not wanted.marker.evaluate({"extra": extra}):
            continue
        for each in {"", *wanted.extras}:
            if (key := (canonicalize_name(wanted.name), each)) not in found:
                found.add(key)
                stated = metadata.requires(wanted.name) or ()
                left += [(Requirement(more), each) for more in stated]
    return sorted({name for name, _ in found})


@pytest.fixture(scope="module")
def core(tmp_path_factory):
    """A folder with links to what the core asks for, as it is installed here, and to nothing else."""
    folder = tmp_path_factory.mktemp("core")
    for name in closure(PROJECT["dependencies"]):
        distribution = metadata.distribution(name)
        for top in {file.parts[0] for file in distribution.files or () if file.parts[0] not in ("..", "__pycache__")}:
            if not (folder / top).exists():
                (folder / top).symlink_to(distribution.locate_file(top))
    return folder


def test_a_wheel_is_one_package_and_made_again_it_is_the_same(wheel, site, tmp_path):
    assert {path.name for path in site.iterdir()} == {
        "bin",
        "isnad_arabic",
        f"isnad_arabic-{PROJECT['version']}.dist-info",
    }
    assert [path.name for path in (site / "bin").iterdir()] == ["isnad"]
    assert (site / "isnad_arabic" / "py.typed").is_file()
    line = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(line, cwd=ROOT, check=True, capture_output=True)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_no_module_and_no_notebook_of_a_wheel_imports_a_helpers_at_top_level(site):
    codes = [path.read_text(encoding="utf-8") for path in (site / "isnad_arabic").rglob("*.py")]
    for path in (site / "isnad_arabic").rglob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        codes += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    imported = set()
    for node in (node for code in codes for node in ast.walk(ast.parse(code))):
        if isinstance(node, ast.Import):
            imported |= {each.name.partition(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add(node.module.partition(".")[0])
    assert "isnad_arabic" in imported and "helpers" not in imported


def test_a_newsroom_that_has_a_helpers_of_its_own_annotates_reports_and_reads_a_corpus(site, foreign, run):
    def isnad(*arguments):
        return run(site / "bin" / "isnad", *arguments, path=(foreign, site))

    annotated = isnad("annotate", "mine.txt")
    assert annotated.returncode == 0, annotated.stderr
    assert '"actor_id": "morocco"' in annotated.stdout and '"exact": "سندس الغرياني' in annotated.stdout
    made = isnad("corpus", "mine.txt", "page.html", "--out", "tables", "--workers", "1")
    assert made.returncode == 0, made.stderr
    assert json.loads((run.work / "tables" / "complete.json").read_text(encoding="utf-8"))["articles"] == 2
    confirmed = isnad("actors", "suggest", "mine.txt", "--confirm", "1=Sundus Gharyani")
    assert confirmed.returncode == 0 and (run.work / "own-actors.csv").is_file()
    reported = isnad("report", "mine.txt")
    assert reported.returncode == 0, reported.stderr
    index = run.work / "reports" / "mine" / "index.html"
    assert reported.stdout.splitlines() == [str(index)]
    assert re.search("Sundus Gharyani.*own lexicon", index.read_text(encoding="utf-8"))


@pytest.mark.parametrize("first", [True, False], ids=["theirs first", "ours first"])
def test_whichever_is_first_on_the_path_both_are_there(site, foreign, run, first):
    program = """if True:
        import helpers, isnad_arabic as isnad
        print(helpers.WHOSE, isnad.load("mine.txt").claims[0].content_text, isnad.__file__)
    """
    done = run("-c", program, path=(foreign, site) if first else (site, foreign))
    assert done.stdout.strip() == f"a newsroom المغرب فاز على مصر {site / 'isnad_arabic' / '__init__.py'}"


def test_the_core_alone_annotates_texts_and_pages_and_says_what_the_rest_needs(site, core, run):
    def isnad(*arguments):
        return run("-S", "-m", "isnad_arabic", *arguments, path=(site, core))

    annotated = isnad("annotate", "mine.txt", "page.html")
    assert annotated.returncode == 0, annotated.stderr
    found = [json.loads(line) for line in annotated.stdout.splitlines()]
    assert [len(each["claims"]) > 0 for each in found] == [True, True]
    assert isnad("actors", "suggest", "mine.txt").returncode == 0
    assert isnad("check").returncode == 0
    assert isnad("draft", "mine.txt").returncode == 0
    line = json.dumps({"id": "one-of-many", "text": TEXT})
    (run.work / "lines.jsonl").write_text(line, encoding="utf-8")
    assert isnad("draft", "lines.jsonl").returncode == 0
    assert (run.work / "data" / "annotations" / "one-of-many" / "article.toml").is_file()
    assert isnad("quoted", "mine.txt", "page.html", "--out", "quoted.csv").returncode == 0
    install = 'python -m pip install "isnad-arabic[{}] @ file://'
    for extra, arguments in (
        ("notebooks", ("report", "mine.txt")),
        ("notebooks", ("charts", "mine.txt")),
        ("notebooks", ("lab",)),
        ("notebooks,corpus", ("notebooks",)),
        ("corpus", ("corpus", "mine.txt", "--out", "tables")),
        ("exchange", ("quoted", "mine.txt", "--out", "quoted.xlsx")),
        ("corpus", ("quoted", "mine.jsonl.gz", "--out", "quoted.csv")),
    ):
        assert in_one_line(isnad(*arguments), "not installed here", install.format(extra)), arguments
    frame = "import isnad_arabic; isnad_arabic.load('mine.txt').to_frame('claims')"
    assert "InputError: a frame is a table of pandas" in run("-S", "-c", frame, path=(site, core)).stderr


def test_the_core_weighs_less_than_150_megabytes(site, core):
    files = (path for path in site.rglob("*") if path.is_file())
    named = (metadata.distribution(name) for name in closure(PROJECT["dependencies"]))
    files_of = (file.locate() for each in named for file in each.files or ())
    weight = sum(path.stat().st_size for path in (*files, *files_of) if path.is_file())
    assert 20_000_000 < weight < 150_000_000
