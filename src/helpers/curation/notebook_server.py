"""Answers the messages of the annotator in a notebook, with one session per article for all cells of a kernel."""

import atexit
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any

from helpers.curation.session import Reply, Session
from helpers.files.errors import InputError
from helpers.text.articles import Article

Message = Mapping[str, Any]


class NotebookServer:
    """Answers the messages of an article's card, with a session that is opened by the first message."""

    def __init__(self, article: Article, annotator: str) -> None:
        self.article, self.annotator = article, annotator
        self._session: Session | None = None
        self._looked_at: int | None = None  # the version at the last poll
        self._one_at_a_time = threading.Lock()

    @property
    def begun(self) -> bool:
        """Whether a card of this article was opened before, by a cell that is now run again."""
        return OPEN.has(self.article, self.annotator)

    def hear(self, message: Message, send: Callable[[Reply], object]) -> None:
        """Answer a message: the answer has its `request` and the `reply`, or `error` (one line) and `status`.

        It can be called from several threads at once, as by kernels with subshells: messages are processed one by one,
        and each is answered before the next one is read.
        """
        asked = dict(message)
        request = asked.pop("request", None)
        with self._one_at_a_time:
            send({"request": request, "reply": self._reply(asked)})

    def _reply(self, message: Message) -> Reply:
        try:
            self._session = OPEN.session(self.article, self.annotator, self._session)
            reply = self._session.answer(message)
        except InputError as e:
            return {"error": str(e), "status": HTTPStatus.BAD_REQUEST}
        except OSError as e:
            return {"error": f"{e.filename or 'disk'}: {e.strerror}", "status": HTTPStatus.INSUFFICIENT_STORAGE}
        if message.get("kind") == "poll":
            if (
                reply["version"] == self._looked_at
            ):  # nothing happened between two polls: write the tables, for the cells below to read
                with suppress(OSError, InputError):  # the journal has it all, and the session tries again
                    self._session.compact()
            self._looked_at = reply["version"]
        return reply


class Sessions:
    """The sessions of this process, one per article, which remain open when a cell is run again."""

    def __init__(self) -> None:
        self._open: dict[Path, tuple[Session, str]] = {}  # by article, with the sha256 of its text
        self._one_at_a_time = threading.Lock()

    def has(self, article: Article, annotator: str) -> bool:
        """Whether there is a session of this text, and of this annotator."""
        with self._one_at_a_time:
            return self._there(article, annotator) is not None

    def session(self, article: Article, annotator: str, before: Session | None = None) -> Session:
        """The session of an article; an open one for another text or another annotator is closed first.

        before    the session that the caller had
        Raises    InputError if `before` was closed in favour of another cell, or the annotations cannot be opened.
        """
        with self._one_at_a_time:
            there = self._there(article, annotator)
            if before is not None and before is not there:
                raise InputError(f"{article.path}: another cell has opened it; continue there, or run this cell again")
            if there is None:
                other, _ = self._open.pop(article.path, (None, ""))
                if other is not None:
                    other.close()
                there = Session.open(article, annotator)
                self._open[article.path] = there, article.sha256
            return there

    def _there(self, article: Article, annotator: str) -> Session | None:
        session, sha256 = self._open.get(article.path, (None, ""))
        return session if session and (session.annotator, sha256) == (annotator, article.sha256) else None

    def close(self) -> None:
        """Write the tables of all sessions, and release their folders."""
        with self._one_at_a_time:
            while self._open:
                _, (session, _) = self._open.popitem()
                with suppress(OSError, InputError):  # the journal has it all
                    session.close()


OPEN = Sessions()  # one set per process, like the locks of their folders
atexit.register(OPEN.close)
