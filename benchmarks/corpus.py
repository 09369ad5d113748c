"""The speed at which a corpus is read (one and two workers, a bare loop, two processes of spaCy), and a worker's memory.

The text consists of the sentences of `data/gold`, recombined by a seeded generator with other numbers in them, so that
no two articles are the same. But its words recur: spaCy caches each word, which makes it faster here than on text with
a growing vocabulary. Every rate is for the whole work, from reading JSON Lines to the last written partition (for
spaCy: to its documents), after the workers have started. Run it with `make bench-corpus`; `--long` takes 100,000
articles, too.
"""

import argparse
import csv
import itertools
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / ".spacy"))  # last on the path: used only for what the project's own environment lacks

import psutil  # noqa: E402

from helpers.corpus import driver  # noqa: E402
from helpers.files import paths  # noqa: E402
from helpers.inputs.input_articles import Options  # noqa: E402

ROUNDS = 3
ARTICLES, WORDS = 20_000, 300  # twenty partitions for each of two workers, so that idle time at the end is short
SHORT = 40  # words of an article when memory is measured
MEMORY = (1_000, 10_000)


def texts(words: int, seed: int = 7) -> Iterator[str]:
    """An endless series of articles of whole sentences, each of about `words` words."""
    rng = random.Random(seed)
    lines = [
        line for path in sorted((ROOT / "data/gold").glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    parts = [
        s for line in lines for p in json.loads(line)["text"].split("\n") for s in re.split(r"(?<=[.؟!])\s", p) if s
    ]
    while True:
        held, length = [], 0
        while length < words:
            held.append(re.sub(r"\d+", lambda m: str(rng.randrange(10 ** len(m.group()))), rng.choice(parts)))
            length += len(held[-1].split())
        yield "\n".join(" ".join(held[at : at + 3]) for at in range(0, len(held), 3))


def write(path: Path, articles: int, words: int) -> tuple[int, list[str]]:
    """Write a corpus as JSON Lines. Returns its number of words, and the texts."""
    made = list(itertools.islice(texts(words), articles))
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(made):
            about = {"id": f"a{number}", "outlet": f"outlet {number % 7}", "date": "2024-05-01", "text": text}
            file.write(json.dumps(about, ensure_ascii=False) + "\n")
    return sum(len(text.split()) for text in made), made


class Watch:
    """Records when the workers were ready, the input was surveyed and the last partition was written, peak memory (VmHWM)
    and processor time.

    driver    the share of a core that this process took from ready workers to the last partition, without looking at others
    survey    seconds
    """

    def __init__(self) -> None:
        self.ended = self.survey = self.driver = 0.0
        self.begun, self.peak, self._own, self._theirs = time.perf_counter(), 0, time.process_time(), {}
        self._looking = 0.0  # seconds of processor time
        self._before: dict[int, float] = {}

    def begins(self, size: int, dashboard: str | None, workers: int) -> None:
        self._look()
        self._before = dict(self._theirs)
        self.begun, self._own = time.perf_counter(), time.process_time()

    def surveyed(self, size: int) -> None:
        self.survey = time.perf_counter() - self.begun

    def step(self, counts: dict[str, int], read_to: int, here: bool) -> None:
        self.ended = time.perf_counter()
        now = time.process_time()
        self.driver = (now - self._own - self._looking) / (self.ended - self.begun)
        self._look()
        self._looking += time.process_time() - now

    def _look(self) -> None:
        for child in psutil.Process().children(recursive=True):
            try:
                status = Path(f"/proc/{child.pid}/status").read_text(encoding="utf-8")
                spent = child.cpu_times()
            except (OSError, psutil.Error):
                continue
            self.peak = max(self.peak, *(int(kb) for kb in re.findall(r"VmHWM:\s+(\d+) kB", status)), 0)
            self._theirs[child.pid] = spent.user + spent.system

    @property
    def spent(self) -> float:
        """Seconds of processor time since the workers were ready, of this process and its workers."""
        theirs = sum(spent - self._before.get(pid, 0) for pid, spent in self._theirs.items())
        return time.process_time() - self._own + theirs


def timed(source: Path, run: Callable[..., driver.Done], **how: object) -> tuple[float, float, Watch]:
    """Seconds from ready workers to the last written partition (without the end of processes); processor seconds."""
    watch = Watch()
    with tempfile.TemporaryDirectory(dir=source.parent) as out:
        run([str(source)], Path(out) / "out", Options(), watcher=watch, **how)
        return watch.ended - watch.begun, watch.spent, watch


def side_by_side(source: Path) -> tuple[float, float]:
    """Half the time of two parallel bare loops, each over all of the text: the limit for two cores of this machine."""
    code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import corpus; print(corpus.timed(corpus.Path({str(source)!r}), corpus.driver.run_in_process)[0])"
    both = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    return max(float(each.communicate()[0]) for each in both) / 2, 0.0


def spacy_seconds(made: list[str], inside: bool) -> tuple[float, float]:
    """spaCy on the same texts in two processes, with the matcher as a component in them, or outside on their documents."""
    import spacy
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("ar")
    nlp.add_pipe("sentencizer")
    forms = set()
    for name, column in (("cue_forms.csv", "form"), ("actors.csv", "alias")):
        with paths.lexicon(name).open(encoding="utf-8") as file:
            forms |= {row[column] for row in csv.DictReader(file)}
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("forms", [nlp.make_doc(form) for form in forms])
    if inside:

        @Language.component("forms")
        def component(doc):
            doc.spans["forms"] = matcher(doc, as_spans=True)
            return doc

        nlp.add_pipe("forms")
    begun = time.perf_counter()
    for doc in nlp.pipe(made, n_process=2):
        if not inside:
            matcher(doc)
    return time.perf_counter() - begun, 0.0


def main() -> None:
    """Print rates and ratios, then memory."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--long", action="store_true", help="memory at 100,000 articles too")
    parser.add_argument("--articles", type=int, default=ARTICLES, help="how many for the speeds, and most for memory")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    sizes = [size for size in ((*MEMORY, 100_000) if asked.long else MEMORY) if asked.long or size <= asked.articles]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "corpus.jsonl"
        words, made = write(source, asked.articles, WORDS)
        size = source.stat().st_size
        print(f"{asked.articles:,} articles, {words:,} words, {size:,} bytes, {asked.rounds} rounds in turn")
        watches = []

        def two_workers() -> tuple[float, float]:
            *times, watch = timed(source, driver.run, workers=2)
            watches.append(watch)
            return times[0], times[1]

        runs = {
            "bare loop, one process": lambda: timed(source, driver.run_in_process)[:2],
            "isnad corpus, one worker": lambda: timed(source, driver.run, workers=1)[:2],
            "isnad corpus, two workers": two_workers,
            "two bare loops at once (the limit)": lambda: side_by_side(source),
            "spaCy pipe(n_process=2), matcher inside": lambda: spacy_seconds(made, True),
            "spaCy pipe(n_process=2), matcher outside": lambda: spacy_seconds(made, False),
        }
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
        for _ in range(asked.rounds):
            for name, run in runs.items():
                taken[name].append(run())
        each = {name: statistics.median(seconds for seconds, _ in times) for name, times in taken.items()}
        for name, seconds in each.items():
            best = min(s for s, _ in taken[name])
            said = f"{asked.articles / seconds:8,.0f} articles/s {words / seconds:10,.0f} words/s, at best {words / best:10,.0f}"
            print(f"{name:42} {said}")
        bare, one, two, limit, *others = each.values()
        print(f"two workers to one: {one / two:.2f}; to two bare loops at once: {limit / two:.2f}")
        loop, whole = (statistics.median(spent for _, spent in taken[name]) for name in list(runs)[:2])
        print(f"one worker over the loop: {one / bare - 1:+.0%} of time, {whole / loop - 1:+.0%} of processor time")
        print(f"two workers to spaCy's faster two: {min(others) / two:.2f}")
        share, surveyed = (
            statistics.median(getattr(watch, name) for watch in watches) for name in ("driver", "survey")
        )
        print(f"beside two workers, driver: {share:.1%} of a core; survey: {surveyed:.1f} s of the time", flush=True)
        for articles in sizes:
            source = Path(folder) / f"{articles}.jsonl"
            words = write(source, articles, SHORT)[0]
            seconds, _, watch = timed(source, driver.run, workers=2)
            print(
                f"{articles:9,} short articles, {words:10,} words: {seconds:6.1f} s, peak of a worker {watch.peak / 1024:.0f} MiB",
                flush=True,
            )


if __name__ == "__main__":
    main()
