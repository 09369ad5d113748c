"""Which hosts an address may lead to: public ones, so that no page and no redirect reaches into the reader's own network.

What counts as public is the registry of special-purpose addresses of the IANA (RFC 6890), as in Python's `ipaddress`.
"""

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")  # RFC 8215
COMPATIBLE = ipaddress.IPv6Network("::/96")  # RFC 4291: IPv4 in IPv6, deprecated

Found = tuple[int, tuple[str, int]]  # the family of a socket, and (IP address, port)
Resolver = Callable[[str, int], list[Found]]


class NotPublicError(Exception):
    """A host that is not public; the message is its IP address."""


def resolved(host: str, port: int) -> list[Found]:
    """The IP addresses of a host, as the system finds them; a host in digits (2130706433, 0x7f.1) is one, too. Raises OSError."""
    every = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(int(family), (str(where[0]), port)) for family, _, _, _, where in every]


def public(
    host: str, port: int, seconds: float, resolver: Resolver = resolved, allow_private: bool = False
) -> list[Found]:
    """The addresses that a host may be connected to, in the order of the resolver; to no others, and not by its name.

    seconds   after which TimeoutError is raised
    Raises    NotPublicError if any of its addresses is not public, unless `allow_private`; OSError if it has none.
    """
    found = list(dict.fromkeys(_within(seconds, lambda: resolver(host, port))))
    if not allow_private:
        for _, (address, _) in found:
            if not is_public(address):
                raise NotPublicError(address)
    if not found:
        raise OSError("it has no address")
    return found


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet; of those that carry an IPv4 address, whether that is.

    >>> is_public("1.1.1.1"), is_public("10.0.0.1"), is_public("::ffff:127.0.0.1"), is_public("64:ff9b::7f00:1")
    (True, False, False, False)
    """
    return _is_public(ipaddress.ip_address(address.partition("%")[0]))


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv6Address):
        if ip in LOCAL_NAT64 or ip.teredo or ip in COMPATIBLE or ip.is_site_local:
            return False
        last = IPv4Address(int(ip) & 0xFFFFFFFF)
        carried = ip.ipv4_mapped or ip.sixtofour or (last if ip in NAT64 else None)
        if carried is not None:
            return _is_public(carried)
    never = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved
    return ip.is_global and not never and not ip.is_unspecified


def _within(seconds: float, find: Callable[[], list[Found]]) -> list[Found]:
    """What `find` returns or raises. Raises TimeoutError after so many seconds: the system's resolver has no limit."""
    done: queue.Queue[list[Found] | OSError] = queue.Queue()

    def work() -> None:
        try:
            done.put(find())
        except (OSError, UnicodeError) as e:  # UnicodeError: a host with a label that is empty or too long
            done.put(e if isinstance(e, OSError) else OSError(str(e)))

    threading.Thread(target=work, daemon=True).start()
    try:
        found = done.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(found, OSError):
        raise found
    return found
