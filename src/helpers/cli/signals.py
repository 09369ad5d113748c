"""Ctrl-C and the signals that end a process: the command stops at once and prints one line.

Every signal is handled like Ctrl-C, by KeyboardInterrupt (inside asyncio by a cancelled task), so that temporary files,
kernels and workers are cleaned up in the same way.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

LIKE_CTRL_C = ("SIGTERM", "SIGHUP")  # by name: Windows has no SIGHUP
STATUS = 128  # added to the number of a signal, the exit status by convention


@contextmanager
def stopped() -> Iterator[None]:
    """Run a command in the block; if a signal ends it, print one line and exit with 130 (Ctrl-C), 143 (SIGTERM) or 129
    (SIGHUP)."""
    number: int = signal.SIGINT
    before = {}

    def as_ctrl_c(received: int, frame: FrameType | None) -> None:
        nonlocal number
        number = received
        handler = signal.getsignal(signal.SIGINT)  # while asyncio runs, it has its own handler
        if callable(handler):
            handler(signal.SIGINT, frame)
        else:  # a shell makes background processes ignore Ctrl-C, but no other signal
            raise KeyboardInterrupt

    for name in LIKE_CTRL_C:
        # A signal that is ignored, as SIGHUP under nohup, remains ignored.
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) == signal.SIG_DFL:
            before[name] = signal.signal(getattr(signal, name), as_ctrl_c)
    try:
        yield
    except (KeyboardInterrupt, SystemExit) as e:
        if isinstance(e, SystemExit) and e.code != STATUS + signal.SIGINT:  # typer's status for Ctrl-C
            raise
        _say("isnad: stopped; files already written are complete, and earlier ones are unchanged")
        raise SystemExit(STATUS + number) from None
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _say(line: str) -> None:
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:  # the terminal is gone
        sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115
