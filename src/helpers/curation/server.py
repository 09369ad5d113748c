"""The annotator's page on this machine: the files of the page, and one address at which a session answers.

It listens on 127.0.0.1 alone. Whoever asks must name that host, come from the page itself, and have the token, which
stands in the fragment of the address that is opened: a browser sends a fragment to nobody. How a program is started every
user of a machine can see, so that a browser is started with a code that gives the token once.
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
PORTS = range(20_000, 32_000)  # below those that systems give to whoever asks for any
BODY = 4_000_000  # bytes of a request
TOGETHER = 32  # connections at a time: a tab has six
IDLE = 30  # seconds that a connection may say nothing
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
    """A page and what answers it. `address` is what a person opens; it holds the token. `started` is that for a program.

    answer    what gives the reply to a message, or raises InputError; it is called from several threads
    name      by which the port is chosen, the same for the same name where it is free: what a browser keeps, it keeps
              for a port, so that decisions made while the program was away are found when it is started again
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
        """The address to start a browser with; it works once."""
        return f"http://{self.host}/#once={self._once}"

    def token_for(self, code: object) -> str | None:
        """The token for the code that gives it once; None for another."""
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
        """Answer in a thread of its own, where there is room for one more."""
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
        """A browser that went away is no error to tell."""


class Refused(Exception):
    """A request that is not answered, with the status that says why."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status


class Handler(BaseHTTPRequestHandler):
    """One connection of a browser."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = IDLE

    def do_GET(self) -> None:
        """The files of the page."""
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
        """A message to the session."""
        try:
            message = self._message()
        except Refused as e:
            self.close_connection = True  # what it sends on is not read
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
        except Exception as e:  # said to the page, which keeps what it sent; else it would only see nobody answer
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
        """Raises Refused where a request was meant for another host, as from a page whose name was bound to this one."""
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
        """Nothing about the machine."""
        return "isnad"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the terminal is the user's."""


def _folder() -> Path:
    return paths.templates() / "annotator"
