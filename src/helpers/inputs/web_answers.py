"""Asks a server for a page, and reads its answer within limits of time and size, packed or not."""

import io
import socket
import time
import zlib
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import SplitResult, urlunsplit

from helpers import __version__
from helpers.files.errors import InputError

SAVE_IT = "open it in a browser, save the page, and name the file"

REDIRECTS = (301, 302, 303, 307, 308)
KEPT_HEADERS = ("content-type", "last-modified")
AGENT = f"Isnad/{__version__} (fetches one page for its reader)"
HEAD = 128 * 1024  # bytes of the head of an answer
STEP = 65_536  # bytes that are read at once


class TooLongError(Exception):
    """An answer is longer than was allowed."""


class _Dated(io.RawIOBase):
    """The bytes of a connection, up to a time and a number. Raises TimeoutError, TooLongError."""

    def __init__(self, connection: socket.socket, deadline: float, most: int) -> None:
        self._connection, self._deadline, self.left = connection, deadline, most
        self._raw = connection.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int | None:
        if self.left <= 0:
            raise TooLongError
        self._connection.settimeout(remaining(self._deadline))
        got: int | None = self._raw.readinto(buffer)  # type: ignore[arg-type]
        self.left -= got or 0
        return got

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Stream:
    """What http.client takes for the socket of an answer."""

    def __init__(self, raw: _Dated) -> None:
        self._raw = raw

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._raw)


def remaining(deadline: float) -> float:
    """Seconds until a deadline. Raises TimeoutError."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def asked(
    here: SplitResult, connection: HTTPConnection, deadline: float, size: int
) -> str | tuple[int, dict[str, str], bytes]:
    """(status, headers, body) of the answer on a connection, or where it redirects to.

    deadline  by `time.monotonic`
    size      most bytes of the page, also after it is unpacked
    Raises    InputError without the address; TooLongError, TimeoutError, OSError, EOFError, HTTPException.
    """
    raw = _Dated(connection.sock, deadline, HEAD)
    connection.response_class = lambda sock, **others: HTTPResponse(_Stream(raw), **others)  # type: ignore
    sent = {"User-Agent": AGENT, "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5"}
    connection.sock.settimeout(remaining(deadline))
    target = urlunsplit(("", "", here.path, here.query, ""))
    connection.request("GET", target, headers={**sent, "Accept-Encoding": "gzip", "Connection": "close"})
    try:
        answer = connection.getresponse()
    except TooLongError:
        raise InputError(f"the head of its answer is over {HEAD // 1024} kB; {SAVE_IT}") from None
    raw.left += 2 * size  # chunks have heads of their own
    with answer:
        if answer.status in REDIRECTS and (leads := answer.getheader("location")):
            return leads.encode("latin-1", "replace").decode("utf-8", "replace")
        _accepted(answer.status)
        headers = {name: " ".join(value.split()) for name in KEPT_HEADERS if (value := answer.getheader(name))}
        return answer.status, headers, _body(answer, size)


def _accepted(status: int) -> None:
    """Raises InputError for an answer that is no page."""
    if status == HTTPStatus.OK:
        return
    said = f"{status} {HTTPStatus(status).phrase}" if status in HTTPStatus._value2member_map_ else str(status)
    if status in (401, 402, 403, 407, 451):
        raise InputError(f"it wants a login, or refuses programs ({said}); {SAVE_IT}")
    if status in (404, 410):
        raise InputError(f"there is no such page ({said}); check the address")
    if status == 429 or status >= 500:
        raise InputError(f"its server does not answer now ({said}); try again later, or {SAVE_IT}")
    raise InputError(f"its server gives no page ({said}); {SAVE_IT}")


def _body(answer: HTTPResponse, most: int) -> bytes:
    """The bytes of a page, unpacked. Raises TooLongError, EOFError; InputError for a packing that was not asked for."""
    packed = (answer.getheader("content-encoding") or "identity").strip().lower()
    if packed not in ("identity", "gzip", "x-gzip", "deflate"):
        raise InputError(f"packed as {packed[:20]}, which was not asked for; {SAVE_IT}")
    if answer.length is not None and answer.length > most:
        raise TooLongError
    unpack = _Unpacked(most) if packed != "identity" else None
    found, size = list[bytes](), 0
    while part := answer.read(STEP):
        part = unpack(part) if unpack else part
        size += len(part)
        if size > most:
            raise TooLongError
        found.append(part)
    if answer.length or (unpack and unpack.within):
        raise EOFError
    return b"".join(found)


class _Unpacked:
    """Unpacks gzip or deflate, part by part, to no more than a number of bytes in all. Raises TooLongError."""

    def __init__(self, most: int) -> None:
        self._left, self._packed = most, zlib.decompressobj(32 + zlib.MAX_WBITS)  # gzip or zlib, by its head
        self.within = False

    def __call__(self, part: bytes) -> bytes:
        found = []
        while part:
            try:
                found.append(self._packed.decompress(part, self._left + 1))
            except zlib.error:
                raise InputError(f"its packing is damaged; try again, or {SAVE_IT}") from None
            self.within = not self._packed.eof
            self._left -= len(found[-1])
            if self._left < 0:
                raise TooLongError
            part = self._packed.unused_data
            if part:  # another member of gzip
                self._packed = zlib.decompressobj(32 + zlib.MAX_WBITS)
        return b"".join(found)
