"""Detects text that was read in a wrong encoding (mojibake) or has lost characters."""

import re
from collections.abc import Iterable

from helpers.text import orthography

LOST = "\ufffd"  # the replacement character, which programs write for a byte that they could not decode
MOST_LOST = 1 / 100
MISREAD = 1 / 20
SAMPLE = 200_000  # characters that are examined
SHOWN_CHARACTERS = 12  # characters of the wrong text that a message shows
LATIN = ("cp1252", "latin-1", "iso8859-15", "cp1250", "iso8859-2", "cp1254")


def _read(codes: Iterable[int], encodings: tuple[str, ...]) -> str:
    return "".join(bytes([code]).decode(name, "ignore") for code in codes for name in encodings)


def _pairs(leads: range, *encodings: str) -> re.Pattern[str]:
    """Two or more letters that are two bytes in UTF-8, each byte read as a character in one of the encodings."""
    first, second = (re.escape(_read(codes, encodings)) for codes in (leads, range(0x80, 0xC0)))
    return re.compile(f"(?:[{first}][{second}]){{2,}}")


# The encoding, the characters that most Arabic letters begin with in it, the pairs. In UTF-8, Arabic letters begin with
# the bytes D8 to DB, most with D8 or D9. Text read as Latin was often read so twice: the letters then begin with C2 or C3.
READ_AS = (
    ("Windows-1256", _read((0xD8, 0xD9), ("cp1256",)), _pairs(range(0xD8, 0xDC), "cp1256")),
    ("Windows-1252", _read((0xD8, 0xD9, 0xC3), ("cp1252",)), _pairs(range(0xC2, 0xDC), "cp1252", "latin-1")),
)


def doubts(text: str) -> tuple[str, ...]:
    """Reasons to doubt that a text was decoded correctly, each in a few words for a reader; empty for a sound text.

    UTF-8 that was read in another encoding has two typical characters for each Arabic letter, and so whole words of
    such pairs (قال becomes ظ‚ط§ظ„). It is reported when at least one character in twenty is in a run
    of two or more such pairs. In correctly decoded text hardly any is: in Arabic, Persian and Urdu such a pair is a
    letter followed by a punctuation mark, and two never follow each other in a word. Lost characters (U+FFFD) are
    reported when they are at least one in a hundred.
    """
    sample = text[:SAMPLE]
    said = []
    if found := _utf8_read_as(sample):
        name, like = found
        said.append(f"this looks like UTF-8 text read as {name} ({like}…); omit --encoding, or obtain the text again")
    if (lost := sample.count(LOST)) > len(sample) * MOST_LOST:
        said.append(f"some characters are lost ({lost:,} times U+FFFD); obtain the text again")
    return tuple(said)


def misread(text: str) -> str | None:
    """Advice for a text that has little Arabic because it was read in a wrong encoding; None if that is not the cause.

    The known case is Windows-1256 read as Latin, as a web page may declare: decoded as Windows-1256, at least half of
    its letters are Arabic.
    """
    sample = text[:SAMPLE]
    if (found := _utf8_read_as(sample)) and found[0] == "Windows-1252":
        return (
            f"this looks like UTF-8 text read as Windows-1252 ({found[1]}…); omit --encoding, or obtain the text again"
        )
    for name in LATIN:
        again = sample.encode(name, "ignore").decode("cp1256", "ignore")
        if orthography.letters(again) * 2 >= max(sum(map(str.isalpha, again)), 1):
            return "its bytes are Arabic in Windows-1256; name that with --encoding windows-1256"
    return None


def _utf8_read_as(sample: str) -> tuple[str, str] | None:
    """The encoding as which UTF-8 was read, and a sample: the longest of the first garbled words. None if there is none."""
    least = len(sample) * MISREAD
    for name, begins, pairs in READ_AS:
        if sum(map(sample.count, begins)) * 4 > least:  # most sound texts have fewer
            runs = [found.group() for found in pairs.finditer(sample)]
            if sum(map(len, runs)) > least:
                return name, max(runs[:100], key=len)[:SHOWN_CHARACTERS]
    return None
