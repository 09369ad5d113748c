"""Messages of a command other than its output: errors, one line each, and progress."""

import errno
import math
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import itemgetter

import typer

from helpers.files.errors import InputError, NotebookError, unexpected
from helpers.text import invisible
from helpers.text.articles import Article

FAILED = 2  # exit status
ADVICE = {  # by the system's message
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "free some space, and run it again"),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "check its permissions"),
    **dict.fromkeys((errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST), "check the name"),
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.EMFILE: "close other programs, and run it again",
}


class Failures:
    """The errors of one call, one line each. They do not stop the work on other articles.

    late     print the lines at the end of the call, with their number
    debug    show the traceback of an unexpected error
    """

    def __init__(self, late: bool = False, debug: bool = False) -> None:
        self.count, self._articles, self._late, self._debug = 0, 0, late, debug
        self._kept: list[tuple[float, str]] = []  # the number of the article, and the line

    @contextmanager
    def caught(self, what: object = None) -> Iterator[None]:
        """Report any error in the block in one line, and continue after the block.

        what    the article or file of the block, to be named if the error does not name it
        """
        self._articles += what is not None
        number = math.inf if what is None else self._articles
        try:
            yield
        except typer.Exit:
            raise
        except BrokenPipeError:
            raise typer.Exit(_unread()) from None
        except MemoryError:
            self._say(number, f"{_named(what)}not enough memory for this article; give a shorter one")
        except (InputError, NotebookError) as e:
            self._say(number, str(e))
        except OSError as e:
            name = _named(e.filename if isinstance(e.filename, str) else what)
            self._say(
                number, f"{name}{e.strerror or e}; {ADVICE.get(e.errno or 0, 'check the name, and the drive it is on')}"
            )
        except Exception as e:
            self._say(
                number,
                f"{_named(what)}{unexpected(e)}; {'' if self._debug else 'run it with --debug to see where, and '}report it",
            )
            if self._debug:
                traceback.print_exception(e)

    def _say(self, number: float, wrong: str) -> None:
        self.count += 1
        wrong = invisible.shown(" ".join(wrong.split()))
        if self._late:
            self._kept.append((number, wrong))
        else:
            print(f"isnad: {wrong}", file=sys.stderr)

    def end(self) -> None:
        """Exit with the status of the call; lines that were kept until now are printed with the number of articles."""
        if self._articles > 1 and self._kept:
            print(f"isnad: {len(self._kept)} of {self._articles} articles have no report:", file=sys.stderr)
        for _, wrong in sorted(self._kept, key=itemgetter(0)):  # an article may fail before the one in front of it
            print(f"isnad: {wrong}", file=sys.stderr)
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            raise typer.Exit(_unread()) from None
        if self.count:
            raise typer.Exit(FAILED)


@contextmanager
def call(debug: bool = False, late: bool = False) -> Iterator[Failures]:
    """One call of a command, from its first step to its exit status; `debug` and `late` as for `Failures`."""
    failures = Failures(late, debug)
    with failures.caught():
        yield failures
    failures.end()


def _unread() -> int:
    """The exit status if the reader of the output closed the pipe: nothing more is written or reported."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _named(what: object) -> str:
    return "" if what is None else f"{what}: "


def warned(article: Article) -> Article:
    """The article itself, after printing the warnings about its text, one line each."""
    which = article.path if article.given_id is None else f"{article.path}: {article.given_id}"
    for warning in article.warnings:
        print(f"isnad: {invisible.shown(f'{which}: warning: {warning}')}", file=sys.stderr)
    return article


@contextmanager
def progress(total: int) -> Iterator[Callable[[str], None]]:
    """A progress bar on standard error, only on a terminal; yields the function that advances it."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Running the notebooks", total=total)
        yield lambda step: bar.update(task, advance=1, description=step)
