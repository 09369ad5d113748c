"""How long the commands take, each side by side with what a user would run instead, in one run.

The figures are ratios: the median of ours over the median of theirs, measured in turn on the same machine. Run it with
`make bench`.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
SEED = next((ROOT / "seeds").glob("*.txt"))
NOTEBOOKS = sorted(map(str, (ROOT / "notebooks").glob("*.ipynb")))


def seconds(command: list[str]) -> float:
    """Wall-clock seconds of one run; it must succeed."""
    begun = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - begun


def compare(name: str, ours: list[str], theirs: list[str], against: str, runs: int) -> None:
    """Run both in turn, `runs` times, and print medians and ratio."""
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    a, b = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{name:22} {a:7.2f} s   {against:44} {b:7.2f} s   ratio {a / b:5.2f}   ({runs} runs)", flush=True)


def main() -> None:
    """Print one line a command."""
    isnad, python, jupyter = str(BIN / "isnad"), sys.executable, str(BIN / "jupyter")
    with tempfile.TemporaryDirectory() as out:
        html = [jupyter, "nbconvert", "--to", "html", "--execute", *NOTEBOOKS, "--output-dir", out]
        compare("isnad --help", [isnad, "--help"], [jupyter, "nbconvert", "--help"], "jupyter nbconvert --help", 7)
        imports = [python, "-c", "import pandas"]
        compare("isnad annotate SEED", [isnad, "annotate", str(SEED)], imports, "python -c 'import pandas'", 7)
        compare("isnad report", [isnad, "report"], html, "jupyter nbconvert --to html --execute …", 3)


if __name__ == "__main__":
    main()
