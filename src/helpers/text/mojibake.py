"""Text that was read in a wrong encoding, or that lost characters on its way: recognised by what it looks like."""

import re
from collections.abc import Iterable

from helpers.text import orthography

LOST = "\ufffd"  # what programs write for a byte that they could not read
MOST_LOST = 1 / 100
MISREAD = 1 / 20
SAMPLE = 200_000  # characters that are looked at
SHOWN_CHARACTERS = 12  # characters of the text that are shown of what is wrong
LATIN = ("cp1252", "latin-1", "iso8859-15", "cp1250", "iso8859-2", "cp1254")


def _read(codes: Iterable[int], encodings: tuple[str, ...]) -> str:
    return "".join(bytes([code]).decode(name, "ignore") for code in codes for name in encodings)


def _pairs(leads: range, *encodings: str) -> re.Pattern[str]:
    """Two or more letters of UTF-8 of two bytes, each byte read as a character in one of the encodings."""
    first, second = (re.escape(_read(codes, encodings)) for codes in (leads, range(0x80, 0xC0)))
    return re.compile(f"(?:[{first}][{second}]){{2,}}")


# The encoding, the characters that most letters of Arabic begin with in it, the pairs. Letters of Arabic begin with
# the bytes D8 to DB, most with D8, D9. What was read as Latin was often read so twice: then they begin with C2, C3.
READ_AS = (
    ("Windows-1256", _read((0xD8, 0xD9), ("cp1256",)), _pairs(range(0xD8, 0xDC), "cp1256")),
    ("Windows-1252", _read((0xD8, 0xD9, 0xC3), ("cp1252",)), _pairs(range(0xC2, 0xDC), "cp1252", "latin-1")),
)


def doubts(text: str) -> tuple[str, ...]:
    """What makes a text doubtful, each in a few words for a reader: nothing for a text that is sound.

    UTF-8 that was read in another encoding gives each Arabic letter as two characters of a kind, and so whole words of
    such pairs (قال becomes ظ‚ط§ظ„). It is reported where one in twenty of the characters stands in a
    run of two such pairs or more; in a text that was read as it should be none or hardly any does: in Arabic, Persian
    and Urdu such a pair is a letter with a punctuation mark after it, and two never follow each other in a word. Lost
    characters (U+FFFD) are reported where they are one in a hundred.
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
    """What to do about a text that is hardly Arabic for it was read in a wrong encoding; None where it was not.

    Windows-1256 that was read as Latin, as a page may ask for, is Arabic again when its bytes are read as they should
    be: by half of its letters at least.
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
    """The encoding that UTF-8 was read in, and how it looks: the longest of its first words."""
    least = len(sample) * MISREAD
    for name, begins, pairs in READ_AS:
        if sum(map(sample.count, begins)) * 4 > least:  # most sound texts have fewer
            runs = [found.group() for found in pairs.finditer(sample)]
            if sum(map(len, runs)) > least:
                return name, max(runs[:100], key=len)[:SHOWN_CHARACTERS]
    return None
