"""One article, as received: its text, never changed, with paragraphs and sentences as offsets into it.

Offsets are code points of the text (Python str indices), end exclusive. Beside `name.txt` may stand `name.toml`, which
says what is known of the article (title, outlet, author, published, url, language, and notes on them).
"""

import hashlib
import re
import tomllib
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from helpers import arabic
from helpers.rows import InputError

KNOWN = (
    "title",
    "outlet",
    "author",
    "published",
    "published_earliest",
    "published_latest",
    "published_basis",
    "url",
    "language",
    "note",
)


DATES = {"published", "published_earliest", "published_latest"}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text, with the text itself so that a stored span checks itself."""

    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph or a sentence: its number from 1 through the article, and its offsets.

    `paragraph` is the number of the paragraph that it stands in (its own, for a paragraph).
    """

    number: int
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True)
class Article:
    """An article. `about` holds what the sidecar says; keys that it does not give are absent, never guessed."""

    article_id: str
    path: Path
    text: str
    sha256: str
    about: dict[str, str] = field(default_factory=dict)

    @cached_property
    def folded(self) -> arabic.Folded:
        """The text with spelling variants folded (see `arabic.fold`)."""
        return arabic.fold(self.text)

    @cached_property
    def paragraphs(self) -> tuple[Place, ...]:
        """The lines that hold anything, without outer white space."""
        lines = (line for line in re.finditer(r"\S[^\r\n]*", self.text) if arabic.fold(line.group()).text.strip())
        found = (_trimmed(self.text, *line.span()) for line in lines)
        return tuple(Place(n, n, *span) for n, span in enumerate(found, 1))

    @cached_property
    def sentences(self) -> tuple[Place, ...]:
        """The sentences: they end at . ! ؟ ? … and at line ends, but not inside quotation marks or numbers."""
        found = ((p, span) for p in self.paragraphs for span in _sentences(self.text, p.start, p.end))
        return tuple(Place(n, p.number, *span) for n, (p, span) in enumerate(found, 1))

    @cached_property
    def words(self) -> tuple[tuple[int, int], ...]:
        """The words as (start, end)."""
        return tuple(arabic.words(self.text))

    def span(self, start: int, end: int) -> Span:
        """The span text[start:end]. Raises ValueError when it is empty or outside the text."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no span {start}:{end} in a text of {len(self.text)} characters")
        return Span(start, end, self.text[start:end])

    def place(self, start: int) -> Place:
        """The sentence that the offset stands in. Raises ValueError when there is none."""
        at = bisect_right(self.sentences, start, key=lambda sentence: sentence.start) - 1
        if at >= 0 and start < self.sentences[at].end:
            return self.sentences[at]
        raise ValueError(f"no sentence at {start} in a text of {len(self.text)} characters")


def slug(name: str) -> str:
    """A name as an id that is safe in paths and addresses: letters, digits, - and _; white space becomes -."""
    kept = "".join(c if c.isalnum() or c in "-_" else "-" for c in unicodedata.normalize("NFC", name).strip())
    return re.sub("-{2,}", "-", kept).strip("-") or "article"


def load(path: str | Path) -> Article:
    """Read one article from a UTF-8 text file, and what is known of it from the sidecar beside it.

    Raises    InputError, one line, when the file is missing, empty, not text, or the sidecar has other keys.
    """
    path = Path(path)
    if path.is_dir():
        raise InputError(f"{path}: a folder, not an article; name a text file")
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; check the name") from None
    except OSError as e:
        raise InputError(f"{path}: cannot be read ({e.strerror}); check its permissions") from None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as e:
        raise InputError(f"{path}: not UTF-8 text (byte {e.start}); save it as a UTF-8 text file") from None
    return from_text(text, slug(path.stem), path, hashlib.sha256(raw).hexdigest(), _sidecar(path.with_suffix(".toml")))


def from_text(
    text: str, article_id: str, path: Path, sha256: str | None = None, about: dict[str, str] | None = None
) -> Article:
    """An article out of a text that is at hand. Raises InputError when there is no word in it, or half a character.

    sha256   of the bytes that were read; of the text as UTF-8 when it is not given.
    """
    if not arabic.WORD.search(text):
        raise InputError(f"{path}: there is no word in it; give an article with text")
    if "\0" in text:
        raise InputError(f"{path}: not text (it has NUL characters); save it as UTF-8 text")
    try:
        received = text.encode()
    except UnicodeEncodeError as e:
        raise InputError(f"{path}: half of a UTF-16 pair at character {e.start}; save it as UTF-8 text") from None
    return Article(article_id, path, text, sha256 or hashlib.sha256(received).hexdigest(), about or {})


def _sidecar(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise InputError(f"{path}: not TOML ({e}); mend it or take it away") from None
    for key, value in found.items():
        if key not in KNOWN:
            raise InputError(f"{path}: {key!r} is no key of a sidecar; use {', '.join(KNOWN)}")
        if not hasattr(value, "isoformat") and not isinstance(value, str):
            raise InputError(f"{path}: {key} is not a text or a date; write it in quotation marks")
    about = {key: value if isinstance(value, str) else value.isoformat() for key, value in found.items()}
    for key in DATES & set(about):
        try:
            about[key] = datetime.fromisoformat(about[key]).date().isoformat()
        except ValueError:
            raise InputError(f"{path}: {key} is {about[key]!r}; write a date as 2021-08-28") from None
    if about.get("published_earliest", "") > about.get("published_latest", "9999"):
        raise InputError(f"{path}: published_earliest is after published_latest; put them in order")
    return about


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    marks = arabic.punctuation()
    pairs, _ = arabic.quotations(text, start, end)
    ends = re.compile(f"[{re.escape(marks.sentence_ends)}]+[{re.escape(marks.closers)}]*")
    found, begin, quoted = [], start, iter(pairs)
    pair = next(quoted, None)
    for mark in ends.finditer(text, start, end):
        while pair and pair[1] < mark.start():
            pair = next(quoted, None)
        inside = pair is not None and pair[0] < mark.start() < pair[1]
        if inside or _no_end(text, mark):
            continue
        found.append(_trimmed(text, begin, mark.end()))
        begin = mark.end()
    if text[begin:end].strip():
        found.append(_trimmed(text, begin, end))
    return found


def _no_end(text: str, mark: re.Match[str]) -> bool:
    """A full stop inside a number or a name (3.5, example.com), or after a single letter (د. علي), ends nothing."""
    if mark.group() != ".":
        return False
    after = arabic.fold(text[mark.end() : mark.end() + 8]).text[:1]
    before = arabic.fold(text[max(0, mark.start() - 8) : mark.start()]).text[-2:]
    # An Arabic letter after the stop begins a sentence: on the web the space between them is often lost.
    return (after.isascii() and after.isalnum()) or (before[-1:].isalpha() and not before[:-1].isalnum())
