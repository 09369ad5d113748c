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


def seconds(command: list[str]) -> float:
    """Wall-clock seconds of one run; it must succeed."""
    begun = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - begun


def article(folder: Path) -> Path:
    """An article of invented news, cut at the end of the sentence in which it reaches a thousand words."""
    lines = (ROOT / "data" / "gold" / "press_2.jsonl").read_text(encoding="utf-8").splitlines()
    text = "\n".join(json.loads(line)["text"] for line in lines)
    found = articles.from_text(text, "thousand", folder)
    end = next(s.end for s in found.sentences if s.end > found.words[WORDS - 1][0])
    path = folder / "thousand.txt"
    path.write_text(text[:end], encoding="utf-8")
    print(f"the article: {len(articles.load(path).words):,} words")
    return path


def notebooks(folder: Path, path: Path) -> list[str]:
    """The notebooks of a report, with the parameters that `isnad report` would set, for nbconvert to run."""
    found = []
    for name in paths.notebooks():
        given = {"article": str(path), "out": str(folder / "tables"), "machine": False}
        nbformat.write(notebook_parameters.injected(name, given), folder / name.name)
        found.append(str(folder / name.name))
    return found


def compare(name: str, ours: list[str], theirs: list[str], against: str, runs: int) -> None:
    """Run both alternately, `runs` times, and print medians and ratio."""
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    a, b = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{name:22} {a:7.2f} s   {against:44} {b:7.2f} s   ratio {a / b:5.2f}   ({runs} runs)", flush=True)


def main() -> None:
    """Print one line per command."""
    isnad, python, jupyter = str(BIN / "isnad"), sys.executable, str(BIN / "jupyter")
    with tempfile.TemporaryDirectory() as out:
        os.environ["ISNAD_REPORTS"] = str(Path(out) / "reports")
        thousand = article(Path(out))
        html = [jupyter, "nbconvert", "--to", "html", "--execute", *notebooks(Path(out), thousand), "--output-dir", out]
        compare("isnad --help", [isnad, "--help"], [jupyter, "nbconvert", "--help"], "jupyter nbconvert --help", 7)
        imports = [python, "-c", "import pandas"]
        compare("isnad annotate SEED", [isnad, "annotate", str(SEED)], imports, "python -c 'import pandas'", 7)
        compare("isnad annotate ARTICLE", [isnad, "annotate", str(thousand)], imports, "python -c 'import pandas'", 7)
        compare(
            "isnad report ARTICLE", [isnad, "report", str(thousand)], html, "jupyter nbconvert --execute, one by one", 5
        )


if __name__ == "__main__":
    main()
