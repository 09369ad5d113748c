"""Takes the text out of a document, a Word document or a PDF, whichever it is by its bytes."""

from pathlib import Path

from helpers.files.errors import InputError
from helpers.text import input_formats, refused_formats, word_documents
from helpers.text.word_documents import Taken

PDF = b"%PDF-"


def extract(raw: bytes, path: Path) -> Taken:
    """The text of a document. Raises InputError, one line, for what is none, and for one that cannot be read."""
    if raw[:1024].lstrip(b"\r\n").startswith(PDF):
        from helpers.text import pdf_documents  # pypdfium2

        return pdf_documents.extract(raw, path)
    if input_formats.is_word(raw):
        return word_documents.extract(raw, path)
    refused_formats.refuse(raw, path)
    what = "PDF" if path.suffix.lower() == ".pdf" else "Word document"
    raise InputError(f"{path}: named as a {what}, and none; name the file by what it is (.txt, .html)")
