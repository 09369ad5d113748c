"""The time that commands take, compared in the same run with what a user would run instead.

The figures are ratios: the median of the command divided by the median of the alternative, measured alternately on the
same machine. Run it with `make bench`.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

from helpers.files import paths
from helpers.report import notebook_parameters
from helpers.text import articles

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
SEED = next((ROOT / "seeds").glob("*.txt"))
WORDS = 1_000


def seconds(*commands: list[str]) -> float:
    """Wall-clock seconds of a run, of one command after the other; each must succeed."""
    begun = time.perf_counter()
    for command in commands:
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - begun


def article(folder: Path, press: int) -> Path:
    """An article of a thousand words: invented press, one text after the other, cut after the sentence that reaches them.

    press    the number of the file of `data/gold` that the texts are from
    """
    lines = (ROOT / "data" / "gold" / f"press_{press}.jsonl").read_text(encoding="utf-8").splitlines()
    text = "\n".join(json.loads(line)["text"] for line in lines)
    found = articles.from_text(text, "thousand", folder)
    end = next(s.end for s in found.sentences if s.end > found.words[WORDS - 1][0])
    path = folder / f"thousand-{press}.txt"
    path.write_text(text[:end], encoding="utf-8")
    print(f"{path.name}: {len(articles.load(path).words):,} words")
    return path


def notebooks(folder: Path, path: Path) -> list[str]:
    """The notebooks of a report, with the parameters that `isnad report` would set, for nbconvert to run."""
    found = []
    for name in paths.notebooks():
        given = {"article": str(path), "out": str(folder / "tables"), "machine": False}
        nbformat.write(notebook_parameters.injected(name, given), folder / name.name)
        found.append(str(folder / name.name))
    return found


def compare(name: str, ours: list[str], theirs: list[list[str]], against: str, runs: int) -> None:
    """Run both in turn, `runs` times, and print medians and ratio. Theirs may be several commands."""
    pairs = [(seconds(ours), seconds(*theirs)) for _ in range(runs)]
    a, b = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{name:22} {a:7.2f} s   {against:44} {b:7.2f} s   ratio {a / b:5.2f}   ({runs} runs)", flush=True)


def main() -> None:
    """Print one line per command."""
    isnad, python, jupyter = str(BIN / "isnad"), sys.executable, str(BIN / "jupyter")
    with tempfile.TemporaryDirectory() as out:
        os.environ["ISNAD_REPORTS"] = str(Path(out) / "reports")
        each = [article(Path(out), press) for press in (2, 1, 3, 4)]
        thousand, report = str(each[0]), [isnad, "report"]
        html = [jupyter, "nbconvert", "--to", "html", "--execute", *notebooks(Path(out), each[0]), "--output-dir", out]
        compare("isnad --help", [isnad, "--help"], [[jupyter, "nbconvert", "--help"]], "jupyter nbconvert --help", 7)
        pandas = [[python, "-c", "import pandas"]]
        compare("isnad annotate SEED", [isnad, "annotate", str(SEED)], pandas, "python -c 'import pandas'", 7)
        compare("isnad annotate ARTICLE", [isnad, "annotate", thousand], pandas, "python -c 'import pandas'", 7)
        compare("isnad report ARTICLE", [*report, thousand], [html], "jupyter nbconvert --execute, one by one", 5)
        calls = [[*report, str(path)] for path in each]
        compare("isnad report, four", [*report, *map(str, each)], calls, "isnad report, four calls", 3)


if __name__ == "__main__":
    main()
