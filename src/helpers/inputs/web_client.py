"""Fetches one page from an address, within limits of time, size and redirects, from public hosts only.

The host is resolved once for each address; its IP addresses are checked and the connection goes to one of those, so that
a name cannot lead elsewhere after the check. Nothing is sent but the request itself: no cookies, no referrer, no
credentials, and proxies of the environment are not used.
"""

import hashlib
import io
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from helpers import __version__
from helpers.files.errors import InputError
from helpers.inputs import public_hosts
from helpers.text.encodings import ARTICLE_BYTES

SCHEMES = {"http": 80, "https": 443}
REDIRECTS = (301, 302, 303, 307, 308)
KEPT_HEADERS = ("content-type", "last-modified")
SAVE_IT = "open it in a browser, save the page, and name the file"
AGENT = f"Isnad/{__version__} (fetches one page for its reader)"
HEAD = 128 * 1024  # bytes of the head of an answer
STEP = 65_536  # bytes that are read at once
SAFE = "/%:=&?~+!$,;'@()*[]-._"  # characters of a path or query that stay as they are
ADDRESS_CHARACTERS = 4_096  # longest address


@dataclass(frozen=True)
class Limits:
    """Limits of one fetch.

    connect     seconds until a connection stands, for each address tried
    whole       seconds for all of it, redirects included
    size        bytes of the page, also after it is unpacked
    redirects   most redirects that are followed
    """

    connect: float = 10
    whole: float = 60
    size: int = ARTICLE_BYTES
    redirects: int = 5


@dataclass(frozen=True)
class Ways:
    """How hosts are found and trusted; tests give others."""

    resolver: public_hosts.Resolver = public_hosts.resolved
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context


@dataclass(frozen=True)
class Fetched:
    """A page as received.

    address, final_address   as given, and where the redirects ended; without a fragment
    at         when the answer was complete, UTC
    sha256     of `body`
    headers    `content-type` and `last-modified`, where the server gave them
    body       the bytes of the page, with the packing undone that was only for the transfer (gzip, chunks)
    """

    address: str
    final_address: str
    at: datetime
    sha256: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def media_type(self) -> str:
        """What the server says that the page is, such as text/html; empty where it does not say."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the server declares, if any."""
        head = Message()
        head["content-type"] = self.headers.get("content-type", "")
        found = head.get_param("charset")
        return found.strip() or None if isinstance(found, str) else None


class _TooLong(Exception):
    pass


class _Dated(io.RawIOBase):
    """The bytes of a connection, up to a time and a number. Raises TimeoutError, _TooLong."""

    def __init__(self, connection: socket.socket, deadline: float, most: int) -> None:
        self._connection, self._deadline, self.left = connection, deadline, most
        self._raw = connection.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int | None:
        if self.left <= 0:
            raise _TooLong
        self._connection.settimeout(_remaining(self._deadline))
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


def fetch(address: str, allow_private: bool = False, limits: Limits = Limits(), ways: Ways = Ways()) -> Fetched:
    """The page at an address.

    allow_private   also from hosts that are not public, such as this machine
    Raises          InputError, one line that says what to do, for whatever keeps the page from being read.
    """
    first = here = parsed(address, address)
    deadline = time.monotonic() + limits.whole
    for _ in range(limits.redirects + 1):
        try:
            found = _answer(here, deadline, allow_private, limits, ways)
        except InputError as e:
            raise InputError(f"{first.geturl()}: {_led(first, here)}{e}") from None
        if isinstance(found, str):
            try:
                here = parsed(urljoin(here.geturl(), found), first.geturl())
            except ValueError:
                wrong = "it redirects to what is no address of a page"
                raise InputError(f"{first.geturl()}: {wrong}; {SAVE_IT}") from None
            continue
        status, headers, body = found
        digest = hashlib.sha256(body).hexdigest()
        return Fetched(first.geturl(), here.geturl(), datetime.now(UTC), digest, status, headers, body)
    raise InputError(f"{first.geturl()}: over {limits.redirects} redirects, as for a login or a cookie; {SAVE_IT}")


def parsed(address: str, named: str) -> SplitResult:
    """An address as it is asked for: its host in ASCII, its path percent-encoded, without fragment.

    named     the address as errors name it
    Raises    InputError, one line, for another scheme, a user or password in it, a host or port that can be none.
    """
    try:
        split = urlsplit(address.strip())
        host, port = split.hostname or "", split.port
        ascii_host = host if host.isascii() else host.encode("idna").decode()
    except ValueError:
        split, host, port, ascii_host = urlsplit(""), "", None, ""
    named = _without_user(named)
    if split.username is not None or split.password is not None:
        raise InputError(f"{named}: a user name or password in the address, which would be kept; {SAVE_IT}")
    usable = ascii_host and not set(ascii_host) & set(" \\<>\"'^`{|}%/?#") and len(address) <= ADDRESS_CHARACTERS
    if split.scheme not in SCHEMES or not usable or not ascii_host.isprintable():
        raise InputError(f"{named}: not an address of a page; give one that begins with https:// and a host")
    where = f"[{ascii_host}]" if ":" in ascii_host else ascii_host
    where += f":{port}" if port not in (None, SCHEMES[split.scheme]) else ""
    path, query = (quote(part, safe=SAFE) for part in (split.path or "/", split.query))
    return SplitResult(split.scheme, where, path, query, "")


def _without_user(address: str) -> str:
    """An address as errors show it: nobody's password."""
    scheme, mark, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path}"


def _led(first: SplitResult, here: SplitResult) -> str:
    return "" if first == here else f"redirected to {here.scheme}://{here.netloc}: "


def _answer(
    here: SplitResult, deadline: float, allow_private: bool, limits: Limits, ways: Ways
) -> str | tuple[int, dict[str, str], bytes]:
    """(status, headers, body) of the answer, or where it redirects to. Raises InputError without the address."""
    wait = "try again later, or " + SAVE_IT
    connection = None
    try:
        connection = _connected(here, deadline, allow_private, limits, ways)
        return _asked(here, connection, deadline, limits)
    except InputError:
        raise
    except public_hosts.NotPublicError as e:
        said = f"an address inside a private network or of this machine ({e}), which is not read"
        raise InputError(f"{said}; if you mean it, add --allow-private") from None
    except ssl.SSLCertVerificationError as e:
        raise InputError(f"its certificate is not valid ({e.verify_message}); {SAVE_IT} if you trust it") from None
    except ssl.SSLError as e:
        raise InputError(f"no secure connection ({_reason(e)}); {wait}") from None
    except TimeoutError:
        raise InputError(f"no complete answer within {limits.whole:.0f} seconds; {wait}") from None
    except _TooLong:
        raise InputError(f"its answer is too long (over {limits.size // 1_000_000} MB); {SAVE_IT}") from None
    except socket.gaierror:
        raise InputError("no such host is known; check the address, and your connection") from None
    except (IncompleteRead, EOFError):
        raise InputError(f"the connection ended before the page did; {wait}") from None
    except OSError as e:
        raise InputError(f"it cannot be reached ({_reason(e)}); check the address, or {wait}") from None
    except (HTTPException, ValueError) as e:
        raise InputError(f"its answer is not one of a web server ({type(e).__name__}); {SAVE_IT}") from None
    finally:
        if connection is not None:
            connection.close()


def _reason(error: OSError) -> str:
    return " ".join(str(getattr(error, "reason", None) or error.strerror or error).split())[:100]


def _remaining(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _connected(here: SplitResult, deadline: float, allow_private: bool, limits: Limits, ways: Ways) -> HTTPConnection:
    """A connection to one of the addresses of a host that were checked. Raises OSError, NotPublicError."""
    host, port = here.hostname or "", here.port or SCHEMES[here.scheme]
    found = public_hosts.public(host, port, _remaining(deadline), ways.resolver, allow_private)
    connected = _first(found, deadline, limits)
    try:
        if here.scheme == "https":
            trust = ways.trust()
            connected.settimeout(_remaining(deadline))
            connected = trust.wrap_socket(connected, server_hostname=host)
            made: HTTPConnection = HTTPSConnection(host, port, context=trust)
        else:
            made = HTTPConnection(host, port)
    except BaseException:
        connected.close()
        raise
    made.auto_open = 0  # it never connects by itself, to an address that was not checked
    made.sock = connected
    return made


def _first(found: list[public_hosts.Found], deadline: float, limits: Limits) -> socket.socket:
    """A socket that is connected to the first of the addresses that answers. Raises OSError of the last one."""
    wrong: OSError = TimeoutError()
    for family, where in found:
        each = socket.socket(family, socket.SOCK_STREAM)
        try:
            each.settimeout(min(limits.connect, _remaining(deadline)))
            each.connect(where)
            return each
        except OSError as e:
            each.close()
            wrong = e
    raise wrong


def _asked(
    here: SplitResult, connection: HTTPConnection, deadline: float, limits: Limits
) -> str | tuple[int, dict[str, str], bytes]:
    raw = _Dated(connection.sock, deadline, HEAD)
    connection.response_class = lambda sock, **others: HTTPResponse(_Stream(raw), **others)  # type: ignore
    sent = {"User-Agent": AGENT, "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5"}
    connection.sock.settimeout(_remaining(deadline))
    target = urlunsplit(("", "", here.path, here.query, ""))
    connection.request("GET", target, headers={**sent, "Accept-Encoding": "gzip", "Connection": "close"})
    try:
        answer = connection.getresponse()
    except _TooLong:
        raise InputError(f"the head of its answer is over {HEAD // 1024} kB; {SAVE_IT}") from None
    raw.left += 2 * limits.size  # chunks have heads of their own
    with answer:
        if answer.status in REDIRECTS and (leads := answer.getheader("location")):
            return leads.encode("latin-1", "replace").decode("utf-8", "replace")
        _accepted(answer.status)
        headers = {name: " ".join(value.split()) for name in KEPT_HEADERS if (value := answer.getheader(name))}
        return answer.status, headers, _body(answer, limits.size)


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
    """The bytes of a page, unpacked. Raises _TooLong, EOFError; InputError for a packing that was not asked for."""
    packed = (answer.getheader("content-encoding") or "identity").strip().lower()
    if packed not in ("identity", "gzip", "x-gzip", "deflate"):
        raise InputError(f"packed as {packed[:20]}, which was not asked for; {SAVE_IT}")
    if answer.length is not None and answer.length > most:
        raise _TooLong
    unpack = _Unpacked(most) if packed != "identity" else None
    found, size = list[bytes](), 0
    while part := answer.read(STEP):
        part = unpack(part) if unpack else part
        size += len(part)
        if size > most:
            raise _TooLong
        found.append(part)
    if answer.length or (unpack and unpack.within):
        raise EOFError
    return b"".join(found)


class _Unpacked:
    """Unpacks gzip or deflate, part by part, to no more than a number of bytes in all. Raises _TooLong."""

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
                raise _TooLong
            part = self._packed.unused_data
            if part:  # another member of gzip
                self._packed = zlib.decompressobj(32 + zlib.MAX_WBITS)
        return b"".join(found)
