"""What answers the annotator of a notebook: the sessions of a kernel's process, one an article, whichever cells ask."""

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


class Desk:
    """What answers the messages of an article's card, by a session that is opened with the first of them."""

    def __init__(self, article: Article, annotator: str) -> None:
        self.article, self.annotator = article, annotator
        self._session: Session | None = None
        self._looked_at: int | None = None  # the version at the last poll
        self._one_at_a_time = threading.Lock()

    @property
    def begun(self) -> bool:
        """Whether a card of this article was opened before, in a cell that is now run again."""
        return OPEN.has(self.article, self.annotator)

    def hear(self, message: Message, send: Callable[[Reply], object]) -> None:
        """Answer a message: what is sent has its `request`, and the `reply`. An error has `error`, one line, and `status`.

        It may be called from several threads at once, as kernels with subshells do: one message is done after the other,
        and its answer sent before the next is looked at.
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
            ):  # nothing came between two: the cells below are to read what was decided
                with suppress(OSError, InputError):  # the journal has it all, and the session tries again
                    self._session.compact()
            self._looked_at = reply["version"]
        return reply


class Sessions:
    """The sessions of this process, one an article: what a cell opened is there when it is run again."""

    def __init__(self) -> None:
        self._open: dict[Path, tuple[Session, str]] = {}  # by article, with the sha256 of its text
        self._one_at_a_time = threading.Lock()

    def has(self, article: Article, annotator: str) -> bool:
        """Whether there is a session of this text, and of this annotator."""
        with self._one_at_a_time:
            return self._there(article, annotator) is not None

    def session(self, article: Article, annotator: str, before: Session | None = None) -> Session:
        """The session of an article; one of another text, or of another annotator, is closed for it.

        before    the session that the caller had
        Raises    InputError where that was closed for another cell's, or where the annotations cannot be opened.
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
        """Write the tables of all sessions, and let go of their folders."""
        with self._one_at_a_time:
            while self._open:
                _, (session, _) = self._open.popitem()
                with suppress(OSError, InputError):  # the journal has it all
                    session.close()


OPEN = Sessions()  # as the locks of their folders are: one set a process
atexit.register(OPEN.close)
