"""Files that are not text are recognised, whatever their names."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest
import zstandard

from helpers.files.errors import InputError
from helpers.inputs import arguments
from helpers.inputs.input_articles import Options
from helpers.text import articles, refused_formats
from tests.conftest import ROOT, SEED

TEXT = SEED.read_bytes()


def zipped(*names, first=None):
    """A zip with files of these names; `first` is the content of its first, which is stored as it is."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        if first is not None:
            made.writestr("mimetype", first, zipfile.ZIP_STORED)
        for name in names:
            made.writestr(name, TEXT)
    return held.getvalue()


def tar():
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as made:
        made.addfile(tarfile.TarInfo("article.txt"))
    return held.getvalue()


FILES = {
    "xlsx": (zipped("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook (.xlsx)"),
    "odt": (zipped("content.xml", first="application/vnd.oasis.opendocument.text"), "an OpenDocument text (.odt)"),
    "epub": (zipped("OEBPS/a.xhtml", first="application/epub+zip"), "an e-book (.epub)"),
    "zip": (zipped("article.txt"), "a zip archive"),
    "an empty zip": (zipped(), "a zip archive"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "an old Office document"),
    "rtf": (b"{\\rtf1\\ansi\\ansicpg1256 \\'de\\'c7\\'e1}", "a rich text document"),
    "gzip": (gzip.compress(TEXT), "a gzip archive"),
    "bzip2": (bz2.compress(TEXT), "a bzip2 archive"),
    "xz": (lzma.compress(TEXT), "an xz archive"),
    "zstd": (zstandard.compress(TEXT), "a zstd archive"),
    "tar": (tar(), "a tar archive"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(64), "an image (PNG)"),
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "an image (JPEG)"),
    "webp": (b"RIFF\x10\0\0\0WEBPVP8 ", "an image (WebP)"),
    "heic": (b"\0\0\0\x18ftypheic" + bytes(16), "an image (HEIF, AVIF)"),
    "mp4": (b"\0\0\0\x18ftypisom" + bytes(16), "a recording (MP4)"),
    "safari": (b"bplist00\xd1\x01\x02", "a Safari web archive"),
    "sqlite": (b"SQLite format 3\0" + bytes(64), "a SQLite database"),
}


@pytest.mark.parametrize("suffix", [".txt", ".html", ".mhtml"])
@pytest.mark.parametrize(("content", "what"), FILES.values(), ids=FILES)
def test_what_is_no_text_is_told_for_what_it_is(tmp_path, content, what, suffix):
    (path := tmp_path / f"article{suffix}").write_bytes(content)
    with pytest.raises(InputError) as error:
        articles.load(path)
    assert str(error.value).startswith(f"{path}: {what}")
    assert "not text; " in str(error.value) and "--any-language" not in str(error.value)


def test_no_text_that_the_project_has_is_taken_for_another_thing():
    found = (*ROOT.glob("seeds/**/*.*"), *ROOT.glob("data/**/*.*"), *ROOT.glob("src/**/*.py"))
    for path in filter(Path.is_file, found):
        assert refused_formats.identify(path.read_bytes()) is None, path


def test_a_text_that_speaks_of_formats_is_text(tmp_path):
    (path := tmp_path / "article.txt").write_text("قال الوزير إن ملف %PDF-1.7 وملف PK\x03 تالفان.", encoding="utf-8")
    assert articles.load(path).text.startswith("قال")


def test_lines_of_json_that_are_none_are_told_once(tmp_path):
    (path := tmp_path / "a.jsonl").write_bytes(gzip.compress(b'{"id": 1}\n' * 1000))
    ((_, load),) = arguments.loaders([path], Options(any_language=True))
    with pytest.raises(InputError, match="a gzip archive, not text; unpack it"):
        load()
