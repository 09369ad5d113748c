"""One article as received: its text, never changed, with paragraphs and sentences as offsets into it.

Offsets are code points of the text (Python str indices), end exclusive. For a web page, the text is the extracted text.
"""

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePath

from msgspec import Struct

from helpers.files.errors import InputError
from helpers.text import (
    encodings,
    input_formats,
    invisible,
    lines,
    metadata,
    mojibake,
    orthography,
    punctuation,
    refused_formats,
    related_lines,
)

OPENING = ("(", "[")
CLOSING = frozenset('»”")')  # a full stop after one of these ends a sentence, as after a letter
ARTICLE_CHARACTERS = 20_000_000  # longest article
ID_CHARACTERS = 60  # characters of an id: some file systems allow 143 bytes, and Arabic letters take two
SCRIPT_SAMPLE = 200_000  # characters from which the script is determined
RUN = re.compile(r"\w+(?:\.\w+)*")
RUN_BEFORE = re.compile(r"(?<!\w)\w+(?:\.\w+)*$")
CUT_ID = re.compile(f"[\\w-]{{{ID_CHARACTERS}}}-[0-9a-f]{{8}}")  # an id that was shortened


class Span(Struct, frozen=True, gc=False):
    """Part of an article's text, with its exact characters, so that a stored span can be checked against the text.

    start, end   code points of the text as received, end exclusive
    exact        the text from `start` to `end`
    """

    start: int
    end: int
    exact: str


class Place(Struct, frozen=True, gc=False):
    """A paragraph or a sentence: its number in the article, from 1, and its offsets.

    `paragraph` is the number of the paragraph that a sentence is in; for a paragraph, its own number.
    """

    number: int
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True)
class Article:
    """An article.

    article_id   its id, safe in paths: letters, digits, `-` and `_`
    path         the file that it was read from
    text         the text as received; for a web page, the text extracted from it
    sha256       of the text as UTF-8; for a plain UTF-8 file, the checksum of its bytes
    about        the metadata in its sidecar (see `metadata`); missing keys are absent, never guessed
    given_id     the id in the input, unchanged, text or number; None for a file, which has none
    warnings     reasons to doubt the text, each in a few words: `mojibake.doubts`, `web_pages.extract`, and what is odd in
                 its lines (`lines`, `related_lines`)
    """

    article_id: str
    path: Path
    text: str
    sha256: str
    about: dict[str, str] = field(default_factory=dict)
    given_id: str | int | None = None
    warnings: tuple[str, ...] = ()

    @cached_property
    def folded(self) -> orthography.Folded:
        """The text with spelling variants folded (see `orthography.fold`)."""
        return orthography.fold(self.text)

    @cached_property
    def tokens(self) -> orthography.Tokens:
        """The words, folded, with their offsets and what is between them."""
        return orthography.tokens(self.folded)

    @cached_property
    def paragraphs(self) -> tuple[Place, ...]:
        """The lines that are not blank, without outer white space; hard-wrapped lines are joined into one paragraph."""
        found: list[tuple[int, int]] = []
        for start, end in self._lines:
            if found and found[-1][1] in self.wraps:
                found[-1] = found[-1][0], end
            else:
                found.append((start, end))
        return tuple(Place(n, n, *span) for n, span in enumerate(found, 1))

    @cached_property
    def _lines(self) -> list[tuple[int, int]]:
        found = (line for line in re.finditer(r"\S[^\r\n]*", self.text) if _holds(line.group()))
        return [_trimmed(self.text, *line.span()) for line in found]

    @cached_property
    def wraps(self) -> frozenset[int]:
        """The end offsets of hard-wrapped lines, whose sentence continues in the next line (see `lines`)."""
        return lines.wraps(self.text, self._lines)

    @cached_property
    def related(self) -> tuple[tuple[int, int], ...]:
        """The lines that lead to other articles, as (start, end) (see `related_lines`)."""
        return related_lines.found(self.text, self._lines)

    @cached_property
    def sentences(self) -> tuple[Place, ...]:
        """The sentences: they end at . ! ؟ ? … and at the end of a paragraph, but not inside quotation marks or numbers."""
        marks = punctuation.marks()
        places = zip(self.paragraphs, self.quotations, strict=True)
        found = ((p, span) for p, (pairs, _) in places for span in _sentences(self.text, p.start, p.end, pairs, marks))
        return tuple(Place(n, p.number, *span) for n, (p, span) in enumerate(found, 1))

    @cached_property
    def quotations(self) -> tuple[tuple[list[tuple[int, int]], list[int]], ...]:
        """The quotations of each paragraph (see `punctuation.quotations`)."""
        marks = punctuation.marks()
        return tuple(punctuation.quotations(self.text, p.start, p.end, marks) for p in self.paragraphs)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def words(self) -> tuple[tuple[int, int], ...]:
        """The words as (start, end)."""
        return tuple(orthography.spans(self.tokens))

    def span(self, start: int, end: int) -> Span:
        """The span text[start:end]. Raises ValueError when it is empty or outside the text."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no span {start}:{end} in a text of {len(self.text)} characters")
        return Span(start, end, self.text[start:end])

    def place(self, start: int) -> Place:
        """The sentence that contains the offset. Raises ValueError when there is none."""
        at = bisect_right(self._sentence_starts, start) - 1
        if at >= 0 and start < self.sentences[at].end:
            return self.sentences[at]
        raise ValueError(f"no sentence at {start} in a text of {len(self.text)} characters")


def slug(name: str) -> str:
    """A name as an id that is safe in paths and addresses: letters, digits, - and _; white space becomes -.

    A long id is shortened and ends with a checksum of the whole. So does the id of a name that has no usable character
    or has bytes that are not UTF-8, so that two such names get two ids. The slug of an id is the id itself.
    """
    kept = "".join(c if c.isalnum() or c in "-_" else "-" for c in unicodedata.normalize("NFC", name).strip())
    found = re.sub("-{2,}", "-", kept).strip("-")
    whole = name if not found or invisible.SURROGATES.search(name) else found
    if found and whole == found and (len(found) <= ID_CHARACTERS or CUT_ID.fullmatch(found)):
        return found
    return (
        f"{found[:ID_CHARACTERS] or 'article'}-{hashlib.sha256(whole.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    )


def load(path: str | Path, encoding: str | None = None, arabic_only: bool = False) -> Article:
    """Read one article from a text file, a saved web page, a Word document or a PDF, and its metadata from the sidecar beside it.

    encoding      the only encoding to try; by default it is detected from the bytes (see `encodings.decode`). Unless
                  the file is plain UTF-8 text, `about["received"]` says how it was read; doubts are in `warnings`.
    arabic_only   refuse a text most of whose letters are not Arabic
    Raises        InputError, one line, when the file is missing, empty, too long or not text, or the sidecar has
                  unknown keys.
    """
    path = Path(path)
    if (named := input_formats.of(path)) and named.instead:
        raise InputError(f"{path}: {named.name}, not one text or web page; {named.instead}")
    text, about, warnings = received_text(encodings.raw(path, largest(path)), path, encoding)
    about |= metadata.sidecar(path.with_suffix(".toml"))
    warnings += tuple(about.pop("warning", "").splitlines())
    article = from_text(text, slug(path.stem), path, about, warnings=warnings)
    if arabic_only:
        in_arabic(article)
    return article


def largest(path: PurePath) -> int:
    """The most bytes that a file of one article may have, by its ending: documents have pictures."""
    return encodings.DOCUMENT_BYTES if path.suffix.lower() in input_formats.DOCUMENTS else encodings.ARTICLE_BYTES


def received_text(
    raw: bytes, path: Path, encoding: str | None = None, declared: str | None = None
) -> tuple[str, dict[str, str], tuple[str, ...]]:
    """(text, metadata, warnings) from the bytes of a file of one article (see `load`).

    path      named in errors; its ending says whether the file is a web page or a document
    declared  the encoding that its server declares, if any
    Raises    InputError, one line, for bytes that are not text; it says what they are where that can be determined.
    """
    if input_formats.is_document(path, raw):
        from helpers.text import documents  # not needed for plain text

        taken = documents.extract(raw, path)
        return taken.text, {"received": taken.received}, taken.warnings
    refused_formats.refuse(raw, path)
    about: dict[str, str] = {}
    warnings: tuple[str, ...] = ()
    if input_formats.is_page(path, raw):
        from helpers.text import web_pages  # not needed for plain text

        found, about, warnings = web_pages.extract(raw, path, encoding, declared)
        how = f"a saved web page in {found.encoding}, the article extracted by trafilatura"
        about |= {"published_basis": "the page's own metadata"} if about.keys() & metadata.DATES else {}
    else:
        found = encodings.decode(raw, path, encoding, declared)
        how = {"detected": ", detected", "asked": ", as specified by the user"}.get(found.determined_by, "")
        how = f"text in {found.encoding}{how}" if found.encoding != "UTF-8" or how else ""
    return found.text, about | ({"received": how} if how else {}), warnings


def in_arabic(article: Article) -> Article:
    """The article itself. Raises InputError when fewer than half of its letters are Arabic (any Unicode Arabic block).

    If the cause is that the text was read in a wrong encoding, the error names the right one.
    """
    sample = article.text[:SCRIPT_SAMPLE]
    share = orthography.letters(sample) / max(sum(map(str.isalpha, sample)), 1)
    if share < 0.5:
        do = mojibake.misread(sample) or "give an Arabic text, or accept it with --any-language"
        raise InputError(f"{article.path}: mostly not Arabic ({share:.0%} of its letters are); {do}")
    return article


def from_text(
    text: str,
    article_id: str,
    path: Path,
    about: dict[str, str] | None = None,
    given_id: str | int | None = None,
    warnings: Iterable[str] = (),
) -> Article:
    """An article from a string. Raises InputError if it contains no words, or an unpaired surrogate.

    warnings    reasons to doubt the text, in addition to those found in the text itself
    """
    if len(text) > ARTICLE_CHARACTERS:
        raise InputError(
            f"{path}: over {ARTICLE_CHARACTERS // 1_000_000} million characters, too long for one article; split it"
        )
    if not orthography.WORD.search(text):
        raise InputError(f"{path}: it contains no words; give an article with text")
    if "\0" in text:
        raise InputError(f"{path}: not text (it has NUL characters); save it as UTF-8 text")
    try:
        received = text.encode()
    except UnicodeEncodeError as e:
        raise InputError(f"{path}: half of a UTF-16 pair at character {e.start}; save it as UTF-8 text") from None
    doubts = tuple(dict.fromkeys((*warnings, *mojibake.doubts(text))))
    found = Article(article_id, path, text, hashlib.sha256(received).hexdigest(), about or {}, given_id, doubts)
    more = tuple(each for each in _oddities(found) if each not in doubts)
    return replace(found, warnings=(*doubts, *more)) if more else found


def _oddities(article: Article) -> Iterator[str]:
    """What is odd in the lines of an article, each in a few words for a reader."""
    if article.wraps:
        yield lines.warning(len(article.wraps))
    if article.related:
        yield related_lines.warning(article.text, article.related)


def _holds(line: str) -> bool:
    """Whether a line has anything visible: a letter, or a sign that folding does not remove."""
    return line[0].isalnum() or any(map(str.isalnum, line[:80])) or bool(orthography.fold(line).text.strip())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    if not text[start : start + 1].isspace() and not text[end - 1 : end].isspace():
        return start, end
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))


def _sentences(
    text: str, start: int, end: int, pairs: list[tuple[int, int]], marks: punctuation.Punctuation
) -> list[tuple[int, int]]:
    found, begin, quoted = [], start, iter(pairs)
    pair = next(quoted, None)
    for mark in marks.ends.finditer(text, start, end):
        while pair and pair[1] < mark.start():
            pair = next(quoted, None)
        last = mark.end()
        if pair is not None and pair[0] < mark.start() < pair[1]:
            own = mark.group() == "." and last == pair[1] and text[begin : pair[0]].strip()
            if not own or text[last + 1 : last + 2].strip():
                continue
            last += 1  # وقال: «….» وأضاف: a full stop inside the quotation marks ends the sentence around them
        elif _no_end(text, mark, marks.interpuncts):
            continue
        found.append(_trimmed(text, begin, last))
        begin = last
    if text[begin:end].strip():
        found.append(_trimmed(text, begin, end))
    return found


def _no_end(text: str, mark: re.Match[str], interpuncts: Collection[str]) -> bool:
    """Whether a mark does not end a sentence.

    Such are a full stop inside a number or an address (3.5, example.com), after a single letter (د. علي) or inside an
    abbreviation (إن.إتش.كيه), an ellipsis in brackets that marks an omission (…), and a middle dot in a name (شي·جين).
    """
    if text[mark.start() - 1 : mark.start()] in OPENING:
        return True
    if mark.group() in interpuncts:
        return text[mark.start() - 1 : mark.start()].isalpha() and text[mark.end() : mark.end() + 1].isalpha()
    if mark.group() != ".":
        return False
    last, following = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    if following in ("", " ", "\n") and (last in CLOSING or text[mark.start() - 2 : mark.start()].isalnum()):
        return False
    after = orthography.fold(text[mark.end() : mark.end() + 8]).text[:1]
    before = orthography.fold(text[max(0, mark.start() - 8) : mark.start()]).text[-2:]
    if after.isalpha() and before[-1:].isalpha() and _abbreviated(text, mark.start()):
        return True
    # An Arabic letter right after the stop begins a sentence: on the web the space between them is often missing.
    return (after.isascii() and after.isalnum()) or (before[-1:].isalpha() and not before[:-1].isalnum())


def _abbreviated(text: str, stop: int) -> bool:
    """Whether a full stop is part of an abbreviation: words with nothing but full stops between them."""
    before = RUN_BEFORE.search(text, max(0, stop - orthography.ABBREVIATION), stop)
    after = RUN.match(text, stop + 1, stop + orthography.ABBREVIATION)
    if before is None or after is None:
        return False
    return orthography.spelled(orthography.fold(f"{before.group()}.{after.group()}").text.split("."))
