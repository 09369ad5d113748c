"""The progress of a run: a bar with rate and remaining time on a terminal, lines in a log, and a summary at the end."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

LOG_EVERY = 10.0  # seconds between two lines of a log


class Watcher:
    """Receives reports on the progress of a run. This base class ignores them."""

    def begins(self, size: int, dashboard: str | None, workers: int) -> None:
        """The run begins: bytes of the input, address of the dashboard, number of workers."""

    def surveyed(self, size: int) -> None:
        """So many bytes of the input were surveyed."""

    def step(self, counts: dict[str, int], read_to: int, here: bool) -> None:
        """One partition is done, in this run if `here`, else in an earlier one."""

    def alone(self, seconds: int) -> None:
        """No worker is left; the run waits this many seconds for one."""


@dataclass(frozen=True)
class Done:
    """The content of a folder at the end of a run: rows of each table, words, partitions. `before`: those of earlier runs."""

    counts: dict[str, int]
    partitions: int
    before: int


class _Counted(Watcher):
    """Computes how much was read, how fast, and the remaining time, for the bar and the log."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.size, self.read, self.skipped, self.articles, self.failures, self.words = 1, 0, 0, 0, 0, 0

    def begins(self, size: int, dashboard: str | None, workers: int) -> None:
        self.size, self.begun = max(size, 1), time.monotonic()
        if dashboard:
            print(f"isnad: {workers} {'worker' if workers == 1 else 'workers'}; watch at {dashboard}", file=sys.stderr)

    def step(self, counts: dict[str, int], read_to: int, here: bool) -> None:
        self.read = max(self.read, read_to)
        if here:
            self.articles += counts["articles"] + counts["failures"]
            self.failures += counts["failures"]
            self.words += counts["words"]
        else:
            self.skipped = self.read

    def alone(self, seconds: int) -> None:
        print(f"isnad: no worker is left; waiting {clock(seconds)} for one to join", file=sys.stderr)

    @property
    def seconds(self) -> float:
        return max(time.monotonic() - self.begun, 1e-9)

    @property
    def rate(self) -> float:
        return self.articles / self.seconds

    @property
    def left(self) -> str:
        """The remaining time as text, at this run's rate in bytes."""
        pace = (self.read - self.skipped) / self.seconds
        return clock((self.size - self.read) / pace) if pace > 0 else "?"

    def surveying(self, size: int) -> str:
        return f"0%: surveying the input, {size / self.size:.0%} of it so far"

    def said(self) -> str:
        failed = f", {self.failures:,} failed" if self.failures else ""
        share = f"{self.read / self.size:.0%}"
        return f"{share}: {self.articles:,} articles{failed}, {self.rate:,.0f} a second, {self.left} left"


class _Lines(_Counted):
    def __init__(self) -> None:
        super().__init__()
        self._last = time.monotonic()

    def surveyed(self, size: int) -> None:
        self._say(self.surveying(size))

    def step(self, counts: dict[str, int], read_to: int, here: bool) -> None:
        super().step(counts, read_to, here)
        self._say(self.said())

    def _say(self, said: str) -> None:
        if time.monotonic() - self._last >= LOG_EVERY:
            self._last = time.monotonic()
            print(f"isnad: {said}", file=sys.stderr, flush=True)


class _Bar(_Counted):
    def __init__(self, bar: "Progress", task: "TaskID") -> None:
        super().__init__()
        self._bar, self._task = bar, task

    def begins(self, size: int, dashboard: str | None, workers: int) -> None:
        super().begins(size, dashboard, workers)
        self._bar.update(self._task, total=self.size)

    def surveyed(self, size: int) -> None:
        self._bar.update(self._task, description=self.surveying(size))

    def step(self, counts: dict[str, int], read_to: int, here: bool) -> None:
        super().step(counts, read_to, here)
        self._bar.update(self._task, completed=self.read, description=self.said())


@contextmanager
def watched() -> Iterator[_Counted]:
    """A watcher that reports on standard error during the block."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = BarColumn(), TextColumn("{task.description}")
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Bar(bar, bar.add_task("reading", total=1))


def summary(done: Done, watcher: _Counted, out: Path) -> str:
    """One line on what is in the folder, and how fast it was read."""
    counted = done.counts | {"claims": done.counts.get("asserted", 0)}
    tables = ", ".join(f"{counted.get(name, 0):,} {name}" for name in ("articles", "claims", "sources", "mentions"))
    parts = f"{done.partitions:,} {'partition' if done.partitions == 1 else 'partitions'}"
    before = f" ({done.before:,} of them from an earlier run)" if done.before else ""
    failed = done.counts.get("failures", 0)
    failures = f"{failed:,} {'failure' if failed == 1 else 'failures'}"
    pace = (
        f"; {clock(watcher.seconds)}, {watcher.words / watcher.seconds:,.0f} words a second" if watcher.articles else ""
    )
    return f"{out}: {tables}, {failures} in {parts}{before}{pace}"


def clock(seconds: float) -> str:
    """A duration as text: 9 s, 4 min, 2 h 5 min.

    >>> clock(9), clock(250), clock(7500)
    ('9 s', '4 min', '2 h 5 min')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
