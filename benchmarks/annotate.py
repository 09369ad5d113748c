"""The speed of annotation on one core, compared in the same run with spaCy and one pass of a regular expression.

The text is the project's own invented news (`data/gold`), repeated to at least 200,000 words, once as one article and
once as articles of their original length. Isnad finds words, sentences, quotations, actors, claims and sources; spaCy's
blank Arabic pipeline with the sentencizer and a PhraseMatcher gets the same forms of cues and spellings of actors.
`re.findall(r"\\w+")` over the same text is the upper limit. Run it with `make bench`.
"""

import csv
import gc
import json
import os
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / ".spacy"))  # last on the path: used only for what the project's own environment lacks

import spacy  # noqa: E402
from spacy.matcher import PhraseMatcher  # noqa: E402

from helpers import readings  # noqa: E402
from helpers.files import paths  # noqa: E402
from helpers.records.readings import Reading  # noqa: E402
from helpers.text import articles  # noqa: E402

WORDS = 200_000
ROUNDS = 5
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)  # bytes of one article


def text() -> list[str]:
    """The articles from which the benchmark's text is made."""
    paths_of = sorted((ROOT / "data" / "gold").glob("*.jsonl"))
    return [json.loads(line)["text"] for path in paths_of for line in path.read_text(encoding="utf-8").splitlines()]


def patterns() -> set[str]:
    """The forms of cues and the spellings of actors."""
    found = set()
    for name, column in (("cue_forms.csv", "form"), ("actors.csv", "alias"), ("countries.csv", "alias")):
        with paths.lexicon(name).open(encoding="utf-8") as file:
            found |= {row[column] for row in csv.DictReader(file)}
    return found


def pipeline(forms: set[str], length: int) -> tuple[spacy.Language, PhraseMatcher]:
    """A blank Arabic pipeline with sentencizer, and its matcher; a new one for each run, since spaCy caches words."""
    nlp = spacy.blank("ar")
    nlp.add_pipe("sentencizer")
    nlp.max_length = length + 1
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("forms", [nlp.make_doc(form) for form in forms])
    return nlp, matcher


def seconds(run: Callable[[], object]) -> float:
    """Seconds of one run, after garbage of the previous one was collected."""
    gc.collect()
    begun = time.perf_counter()
    result = run()
    took = time.perf_counter() - begun
    del result
    return took


def main() -> None:
    """Print words per second of each, the ratios, and the time per article by size."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    parts = text()
    parts *= WORDS // sum(len(part.split()) for part in parts) + 1
    whole, words = "\n".join(parts), sum(len(part.split()) for part in parts)
    known = readings.known()
    forms = patterns()
    whole_doc, piped = pipeline(forms, len(whole)), pipeline(forms, len(whole))

    def ours(text: str) -> Reading:
        return readings.read(articles.from_text(text, "x", Path("x")), known, machine=True)

    def theirs(docs: Iterable[spacy.tokens.Doc], matcher: PhraseMatcher) -> list[tuple[object, ...]]:
        return [(doc, matcher(doc), list(doc.sents)) for doc in docs]

    runs = {
        "isnad, one article": lambda: ours(whole),
        "spaCy, one document": lambda: theirs([whole_doc[0](whole)], whole_doc[1]),
        "isnad, many articles": lambda: [ours(part) for part in parts],
        "spaCy, many documents (nlp.pipe)": lambda: theirs(piped[0].pipe(parts), piped[1]),
        r're.findall(r"\w+")': lambda: re.findall(r"\w+", whole),
    }
    print(f"{words:,} words, {len(parts):,} articles, {len(forms):,} forms, one core, {ROUNDS} rounds in turn")
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            taken[name].append(seconds(run))
    rate = {name: words / statistics.median(times) for name, times in taken.items()}
    for name, per_second in rate.items():
        print(f"{name:34} {per_second:12,.0f} words/s")
    print(f"ratio to spaCy, one article:   {rate['isnad, one article'] / rate['spaCy, one document']:.2f}")
    many = rate["isnad, many articles"] / rate["spaCy, many documents (nlp.pipe)"]
    print(f"ratio to spaCy, many articles: {many:.2f}")
    print("one article by its size:")
    for size in SIZES:
        piece = whole.encode()[:size].decode(errors="ignore")
        piece *= size // max(len(piece.encode()), 1) + 1
        took = min(seconds(lambda piece=piece: ours(piece)) for _ in range(3 if size < 10**7 else 1))
        print(
            f"{len(piece.encode()):12,} bytes {took:9.3f} s  {took / len(piece.encode()) * 1e9:7.0f} ns a byte",
            flush=True,
        )


if __name__ == "__main__":
    main()
