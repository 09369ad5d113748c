"""Fetches one page from an address, within limits of time, size and redirects, from public hosts only.

The host is resolved once for each address; its IP addresses are checked and the connection goes to one of those, so that
a name cannot lead elsewhere after the check. Nothing is sent but the request itself: no cookies, no referrer, no
credentials, and proxies of the environment are not used.
"""

import hashlib
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from http.client import HTTPConnection, HTTPException, HTTPSConnection, IncompleteRead
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from helpers.files.errors import InputError
from helpers.inputs import public_hosts
from helpers.inputs.web_answers import SAVE_IT, TooLongError, asked, remaining
from helpers.text.encodings import ARTICLE_BYTES

SCHEMES = {"http": 80, "https": 443}
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
        return asked(here, connection, deadline, limits.size)
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
    except TooLongError:
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


def _connected(here: SplitResult, deadline: float, allow_private: bool, limits: Limits, ways: Ways) -> HTTPConnection:
    """A connection to one of the addresses of a host that were checked. Raises OSError, NotPublicError."""
    host, port = here.hostname or "", here.port or SCHEMES[here.scheme]
    found = public_hosts.public(host, port, remaining(deadline), ways.resolver, allow_private)
    connected = _first(found, deadline, limits)
    try:
        if here.scheme == "https":
            trust = ways.trust()
            connected.settimeout(remaining(deadline))
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
            each.settimeout(min(limits.connect, remaining(deadline)))
            each.connect(where)
            return each
        except OSError as e:
            each.close()
            wrong = e
    raise wrong
