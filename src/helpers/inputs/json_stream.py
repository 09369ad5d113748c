"""Reads a long JSON text value by value, so that one element of a list is held at a time."""

import codecs
import io
import json
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

from helpers.files.errors import InputError
from helpers.inputs import input_articles, json_lines, json_values

PART = 1 << 16  # characters that are read at once
LONGEST_VALUE = 130_000_000  # characters of one value: the longest article, six for each letter, and other columns
SPACE = " \t\r\n"
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class Stream:
    """A JSON text, from its beginning. Errors are InputErrors, one line, with the path.

    path    named in errors
    """

    def __init__(self, stored: BufferedReader, path: Path) -> None:
        begins = stored.peek(4)
        encoding = next((name for mark, name in MARKS.items() if begins.startswith(mark)), "utf-8")
        self._text = io.TextIOWrapper(stored, encoding=encoding, newline="")
        self._path = path
        self._held, self._at, self._ended = "", 0, False

    def next(self) -> str:
        """The next character that is no white space, which stays the next; empty at the end."""
        while True:
            while self._at < len(self._held):
                if (found := self._held[self._at]) not in SPACE:
                    return found
                self._at += 1
            if not self._more():
                return ""

    def take(self, wanted: str) -> bool:
        """Whether the next character is this one; then it is passed."""
        found = self.next() == wanted
        self._at += found
        return found

    def value(self) -> Any:
        """The next value, whole."""
        self.next()
        while True:
            try:
                value, end = json_lines.READER.raw_decode(self._held, self._at)
                if end < len(self._held) or not self._more():
                    self._at = end
                    return value
                continue  # a number may go on in the next part
            except json.JSONDecodeError as e:
                if not self._more(double=True):
                    raise self.wrong(f"not JSON that can be read ({e.msg})") from None
            except InputError as e:
                raise self.wrong(str(e)) from None
            except RecursionError:
                raise self.wrong(json_values.too_deep()) from None
            except ValueError:
                raise self.wrong("a whole number of some thousand digits; write it as a text") from None

    def elements(self) -> Iterator[Any]:
        """The elements of the list that begins here, one by one."""
        if not self.take("["):
            raise self.wrong("not JSON that can be read (a list is missing)")
        if self.take("]"):
            return
        while True:
            yield self.value()
            if self.take("]"):
                return
            self.expect(",")

    def expect(self, wanted: str) -> None:
        """Pass this character. Raises InputError where another one is next."""
        if not self.take(wanted):
            raise self.wrong(f"not JSON that can be read ({wanted!r} is missing)")

    def wrong(self, said: str) -> InputError:
        """An error that names the file."""
        return InputError(f"{self._path}: {said}; fix the file; what follows was not read")

    def detach(self) -> None:
        """Leave the file open."""
        self._text.detach()

    def _more(self, double: bool = False) -> bool:
        if self._ended:
            return False
        left = self._held[self._at :]
        if len(left) > LONGEST_VALUE:
            raise self.wrong(f"over {LONGEST_VALUE // 1_000_000} million characters in one value")
        try:
            part = self._text.read(max(PART, len(left)) if double else PART)
        except UnicodeDecodeError as e:
            raise self.wrong(f"not UTF-8 ({input_articles.said_by(e)})") from None
        self._ended = not part
        self._held, self._at = left + part, 0
        return bool(part)
