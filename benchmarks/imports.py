"""The time to import `isnad_arabic`, and to read a first sentence with it, compared with `import pandas` in the same run.

Each is a fresh process; the time of a bare interpreter is subtracted from both. The figures are ratios of medians,
measured alternately on the same machine. `python -X importtime -c "import isnad_arabic"` shows the parts of an import.
Run it with `make bench`.
"""

import statistics
import subprocess
import sys
import time

RUNS = 15
BARE = "pass"
THEIRS = "import pandas"
OURS = {
    "import isnad_arabic": "import isnad_arabic",
    "and what reads": "import isnad_arabic; isnad_arabic.read",
    "and a first sentence": "import isnad_arabic; isnad_arabic.read('قال الوزير إن الطريق مفتوح.')",
}


def seconds(code: str) -> float:
    """Wall-clock seconds of one process."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - begun


def main() -> None:
    """Print one line per step."""
    programs = (BARE, THEIRS, *OURS.values())
    for code in programs:  # once before measuring, so that modules are compiled and in the system's cache
        seconds(code)
    taken: dict[str, list[float]] = {code: [] for code in programs}
    for _ in range(RUNS):
        for code in programs:
            taken[code].append(seconds(code))
    bare = statistics.median(taken[BARE])
    theirs = statistics.median(taken[THEIRS]) - bare
    for name, code in OURS.items():
        ours = statistics.median(taken[code]) - bare
        print(f"{name:22} {ours:6.3f} s   {THEIRS} {theirs:6.3f} s   ratio {ours / theirs:5.2f}   ({RUNS} runs)")


if __name__ == "__main__":
    main()
