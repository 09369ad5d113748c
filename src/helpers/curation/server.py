"""Serves the annotator's page on this machine: the files of the page, and one address at which a session answers.

It listens only on 127.0.0.1. A request must name that host, come from the page itself, and have the token, which is in
the fragment of the address that is opened, since browsers never send fragments. Other users of the machine can see with
which arguments a program was started, so a browser is started with a code that gives the token only once.
"""

import hashlib
import hmac
import json
import secrets
import threading
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from typing import Any

from helpers.files import paths
from helpers.files.errors import InputError, unexpected

HOST = "127.0.0.1"
PORTS = range(20_000, 32_000)  # below the ports that systems assign automatically
BODY = 4_000_000  # bytes of the largest request
TOGETHER = 32  # most connections at a time: a browser tab has six
IDLE = 30  # seconds after which a silent connection is closed
FILES = {  # address: file of templates/annotator, and its type
    "/": ("page.html", "text/html; charset=utf-8"),
    "/annotator.js": ("annotator.js", "text/javascript; charset=utf-8"),
    "/annotator.css": ("annotator.css", "text/css; charset=utf-8"),
    "/words.json": ("words.json", "application/json"),
}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

Answer = Callable[[Mapping[str, Any]], Mapping[str, Any]]


class Server(ThreadingHTTPServer):
    """Serves the page and answers its messages. `address`, with the token, is for a person; `started` is for a program.

    answer    a function from a message to the reply, which can raise InputError; it is called from several threads
    name      determines the port, if it is free, so that it is always the same for an article: a browser stores data by
              port, and with it decisions that were made while the program was not running
    """

    daemon_threads = True
    request_queue_size = TOGETHER

    def __init__(self, answer: Answer, name: str) -> None:
        self.answer = answer
        self.token, self._once = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self._taking = threading.Lock()
        self.files = {at: ((_folder() / name).read_bytes(), kind) for at, (name, kind) in FILES.items()}
        self._room = threading.BoundedSemaphore(TOGETHER)
        wanted = PORTS[
            int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[:4], "big") % len(PORTS)
        ]
        try:
            super().__init__((HOST, wanted), Handler)
        except OSError:
            super().__init__((HOST, 0), Handler)
        self.host = f"{HOST}:{self.server_port}"

    @property
    def address(self) -> str:
        return f"http://{self.host}/#token={self.token}"

    @property
    def started(self) -> str:
        """The address with which to start a browser; it works only once."""
        return f"http://{self.host}/#once={self._once}"

    def token_for(self, code: object) -> str | None:
        """The token, for the code of `started` on its first use; else None."""
        with self._taking:
            if (
                not isinstance(code, str)
                or not self._once
                or not hmac.compare_digest(code.encode(), self._once.encode())
            ):
                return None
            self._once = ""
            return self.token

    def process_request(self, request: socket | tuple[bytes, socket], client_address: Any) -> None:
        """Answer in a new thread, unless there are too many connections."""
        if self._room.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: socket | tuple[bytes, socket], client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: Any) -> None:
        """Do not report an error if the browser closed the connection."""


class Refused(Exception):
    """A request that is refused, with the HTTP status."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status


class Handler(BaseHTTPRequestHandler):
    """One connection of a browser."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = IDLE

    def do_GET(self) -> None:
        """Send a file of the page."""
        try:
            self._check_host()
        except Refused as e:
            self._refuse(e)
            return
        at = self.path.partition("?")[0]
        if at == "/favicon.ico":
            self._send(HTTPStatus.NO_CONTENT, b"", "text/plain")
        elif at in self.server.files:
            self._send(HTTPStatus.OK, *self.server.files[at])
        else:
            self._refuse(Refused(HTTPStatus.NOT_FOUND, "there is no such page"))

    def do_POST(self) -> None:
        """Answer a message to the session."""
        try:
            message = self._message()
        except Refused as e:
            self.close_connection = True  # the rest of the request is not read
            self._refuse(e)
            return
        if self.path == "/token":
            self._send(
                HTTPStatus.OK,
                json.dumps({"token": self.server.token_for(message.get("once"))}).encode(),
                "application/json",
            )
            return
        try:
            reply, status = self.server.answer(message), HTTPStatus.OK
        except InputError as e:
            reply, status = {"error": str(e)}, HTTPStatus.BAD_REQUEST
        except OSError as e:
            reply, status = {"error": f"{e.filename or 'disk'}: {e.strerror}"}, HTTPStatus.INSUFFICIENT_STORAGE
        except Exception as e:  # reported to the page, which keeps its message; otherwise it would get no answer
            reply, status = {"error": unexpected(e)}, HTTPStatus.INTERNAL_SERVER_ERROR
        self._send(status, json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace"), "application/json")

    def _message(self) -> Mapping[str, Any]:
        """The message of a request. Raises Refused."""
        self._check_host()
        if self.path not in ("/api", "/token"):
            raise Refused(HTTPStatus.NOT_FOUND, "there is no such page")
        if self.headers.get("Origin") != f"http://{self.server.host}":
            raise Refused(HTTPStatus.FORBIDDEN, "this page is not allowed to send requests")
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        known = scheme == "Bearer" and hmac.compare_digest(token.encode(), self.server.token.encode())
        if self.path == "/api" and not known:
            raise Refused(
                HTTPStatus.UNAUTHORIZED, "the token is not that of this program; open the address that it shows"
            )
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit():
            raise Refused(HTTPStatus.LENGTH_REQUIRED, "the message has no length")
        if len(length) > len(str(BODY)) or int(length) > BODY:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the message is longer than {BODY:,} bytes")
        try:
            message = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError):
            message = None
        if not isinstance(message, dict):
            raise Refused(HTTPStatus.BAD_REQUEST, "the message is not a JSON object")
        return message

    def _check_host(self) -> None:
        """Raises Refused if a request names another host, as in DNS rebinding."""
        if self.headers.get("Host") != self.server.host:
            raise Refused(HTTPStatus.FORBIDDEN, "this host is not served")

    def _refuse(self, refused: Refused) -> None:
        self._send(refused.status, json.dumps({"error": str(refused)}).encode(), "application/json")

    def _send(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in (*HEADERS.items(), ("Content-Type", kind), ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def version_string(self) -> str:
        """An empty text, which reveals nothing about the machine."""
        return "isnad"

    def log_message(self, format: str, *args: Any) -> None:
        """Log nothing, to keep the user's terminal free."""


def _folder() -> Path:
    return paths.templates() / "annotator"
