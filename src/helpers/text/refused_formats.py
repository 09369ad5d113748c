"""Refuses files that are not text, recognised by their first bytes."""

from pathlib import Path

from helpers.files.errors import InputError

SAVE = "save it as text (.txt) or as a web page (.html)"
UNPACK = "unpack it"
TYPED = "type its text, or have it recognised"
# First bytes of a file, what it is, advice.
BEGINNINGS = (
    (b"%PDF-", "a PDF", "name it .pdf"),
    (b"{\\rtf", "a rich text document (RTF)", SAVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (such as .doc, .xls, .ppt)", SAVE),
    (b"bplist00", "a Safari web archive or another property list", "save the page as its source (.html)"),
    (b"\x1f\x8b", "a gzip archive", UNPACK),
    (b"BZh91AY&SY", "a bzip2 archive", UNPACK),
    (b"\xfd7zXZ\0", "an xz archive", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", UNPACK),
    (b"\x04\x22\x4d\x18", "an lz4 archive", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (b"PAR1\x15", "Parquet", "read it with `isnad corpus`"),
    (b"SQLite format 3\0", "a SQLite database", "export its articles as JSON Lines"),
    (b"\x89PNG\r\n\x1a\n", "an image (PNG)", TYPED),
    (b"\xff\xd8\xff", "an image (JPEG)", TYPED),
    (b"GIF87a", "an image (GIF)", TYPED),
    (b"GIF89a", "an image (GIF)", TYPED),
    (b"II*\0", "an image (TIFF)", TYPED),
    (b"MM\0*", "an image (TIFF)", TYPED),
    (b"AT&TFORM", "a scan (DjVu)", TYPED),
    (b"OggS\0", "a recording (Ogg)", TYPED),
    *((b"ID3" + version, "a recording (MP3)", TYPED) for version in (b"\2", b"\3", b"\4")),
    (b"fLaC", "a recording (FLAC)", TYPED),
    (b"\x1a\x45\xdf\xa3", "a recording (Matroska, WebM)", TYPED),
    (b"\x7fELF", "a program", "name a file with text"),
)
ZIPS = (  # the names in a zip file show what it is
    (b"word/", "a Word document (.docx)", "name it .docx"),
    (b"xl/", "an Excel workbook (.xlsx)", "name it .xlsx, with a row for each article"),
    (b"ppt/", "a PowerPoint presentation (.pptx)", SAVE),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)", SAVE),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file (such as .ods, .odp)", SAVE),
    (b"mimetypeapplication/epub+zip", "an e-book (.epub)", SAVE),
)
ENTRY = (b"PK\x03\x04", b"PK\x05\x06")  # first bytes of a zip file, and of an empty one
NAME = 30  # bytes of an entry before its name


def refuse(raw: bytes, path: Path) -> None:
    """Raises InputError, one line, for bytes of a file that is not text: what it is, what to do."""
    if found := identify(raw):
        what, do = found
        raise InputError(f"{path}: {what}, not text; {do}")


def identify(raw: bytes) -> tuple[str, str] | None:
    """(what the file is, advice) for bytes that are not text; None if they may be text."""
    if raw.startswith(ENTRY):
        return _zip(raw)
    if raw[4:8] == b"ftyp":
        still = raw[8:12] in (b"heic", b"heix", b"mif1", b"avif")
        return ("an image (HEIF, AVIF)" if still else "a recording (MP4)"), TYPED
    if raw[:4] == b"RIFF" and raw[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return ("an image (WebP)" if raw[8:12] == b"WEBP" else "a recording (WAV, AVI)"), TYPED
    if raw[257:262] == b"ustar":
        return "a tar archive", UNPACK
    begins = raw[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return next(((what, do) for start, what, do in BEGINNINGS if begins.startswith(start)), None)


def _zip(raw: bytes) -> tuple[str, str]:
    at = 0
    while (at := raw.find(ENTRY[0], at)) >= 0:
        name = raw[at + NAME : at + NAME + 64]
        for start, what, do in ZIPS:
            if name.startswith(start):
                return what, do
        at += NAME
    return "a zip archive", UNPACK
