"""One article from an address that the reader gives: its page is fetched once, and can be kept as it was received."""

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from helpers.files import atomic
from helpers.files.errors import InputError
from helpers.inputs.input_articles import Options
from helpers.text import articles, input_formats
from helpers.text.articles import Article

if TYPE_CHECKING:
    from helpers.inputs.web_client import Fetched

    _Path = Path
else:
    _Path = type(Path())  # before Python 3.12 only the class of the system can be extended

SCHEMES = ("https://", "http://")
KEPT, SIDECAR = (
    ".received",
    "received.toml",
)  # a kept page ends so, that no browser opens it by a click; what is known of it
ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "multipart/related": ".mhtml",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


class Address(_Path):
    """An address where a path is expected: shown as it is, while a path would lose a slash. No file has it.

    suffix    the ending of a file of the type that the server says; empty before it was fetched
    fetched   the page as received; None before it was fetched
    """

    _address: str | None = None
    fetched: "Fetched | None" = None

    def __new__(cls, address: str, fetched: "Fetched | None" = None) -> "Address":
        made: Address = super().__new__(cls, address)
        made._address, made.fetched = address, fetched
        return made

    def __init__(self, address: str, fetched: "Fetched | None" = None) -> None:
        if _Path.__init__ is not object.__init__:
            super().__init__(address)  # type: ignore[call-arg]

    def __str__(self) -> str:
        return super().__str__() if self._address is None else self._address

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return Address, (str(self), self.fetched)

    def with_segments(self, *segments: str) -> Path:
        """What is made of an address by the ways of paths is no address."""
        return Path(*segments)

    @property
    def suffix(self) -> str:
        return "" if self.fetched is None else ENDINGS.get(self.fetched.media_type, "")


def given(argument: str) -> Path:
    """What an argument of a command names: an address, where it begins with https:// or http://, or a path."""
    return Address(argument) if argument.lower().startswith(SCHEMES) else Path(argument)


def load(address: Address, options: Options) -> Article:
    """Fetch the article at an address. Raises InputError, one line that says what to do."""
    from helpers.inputs import web_client  # ssl and http take time to import

    return article(web_client.fetch(str(address), options.allow_private), options)


def article(fetched: "Fetched", options: Options) -> Article:
    """The article in a page that was fetched: its `path` is the address, with the page (`Address.fetched`).

    Raises    InputError, one line, for a page of a type that is not read, or without an article.
    """
    path = Address(fetched.address, fetched)
    read = {ending for each in input_formats.SINGLE for ending in each.endings}
    if fetched.media_type and path.suffix not in read:
        wrong = f"neither a page nor a text ({fetched.media_type[:60]})"
        raise InputError(f"{path}: {wrong}; save what you want of it as a text, and name that file")
    text, about, warnings = articles.received_text(fetched.body, path, options.encoding, fetched.charset)
    host = urlsplit(fetched.final_address).hostname or ""
    when = f"fetched from {host} at {fetched.at:%Y-%m-%d %H:%M} UTC"
    about |= {"url": fetched.address, "received": ", ".join(filter(None, (about.get("received"), when)))}
    warnings += tuple(about.pop("warning", "").splitlines())
    found = articles.from_text(text, article_id(fetched.address), path, about, warnings=warnings)
    return found if options.any_language else articles.in_arabic(found)


def article_id(address: str) -> str:
    """The id of the article at an address: its host and path; a query is in it as a checksum alone.

    >>> article_id("https://news.example/politics/12.html"), article_id("https://news.example/?p=7")
    ('news-example-politics-12-html', 'news-example-496c682e')
    """
    split = urlsplit(address)
    query = f"-{hashlib.sha256(split.query.encode()).hexdigest()[:8]}" if split.query else ""
    return articles.slug(f"{split.netloc}{unquote(split.path)}{query}")


def kept(fetched: "Fetched", folder: Path) -> Path:
    """Write a page as received to a folder, with `received.toml` beside it; returns the page's path.

    The sidecar has the address as given (with its query, without fragment), where its redirects ended, when it was
    fetched, the sha256 of the page's bytes, and what the server said of it. Raises OSError.
    """
    page = folder / f"page{ENDINGS.get(fetched.media_type, '.html')}{KEPT}"
    said = {
        "url": fetched.address,
        "final_url": fetched.final_address,
        "fetched_at": fetched.at.isoformat(timespec="seconds"),
        "sha256": fetched.sha256,
        **{name.replace("-", "_"): value for name, value in fetched.headers.items()},
    }
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in said.items())
    with atomic.written_whole(page) as beside:
        beside.write_bytes(fetched.body)
    with atomic.written_whole(folder / SIDECAR) as beside:
        beside.write_text("".join(lines).replace("\x7f", "\\u007f"), encoding="utf-8")
    return page
