"""Standard input is read in any format that a file may have, by every command that takes articles."""

import io
import json
import os

import pytest

from helpers.annotation import folder
from helpers.files.errors import InputError
from helpers.inputs import json_stream, standard_input
from helpers.inputs.input_articles import Options
from helpers.text import articles
from tests import test_word_documents as word
from tests.conftest import in_one_line

SENTENCE = "قال وزير المالية سامر الحلبي إن العجز تراجع."
LINES = "".join(json.dumps({"id": name, "text": SENTENCE}, ensure_ascii=False) + "\n" for name in (7, "b"))
DOCUMENT = word.packed(word.paragraph(word.run(SENTENCE)))
PAGE = f"<html><body><article><p>{SENTENCE} {SENTENCE}</p></article></body></html>"


def annotated(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    "given, said",
    [
        (SENTENCE, "read as one text"),
        (f"\ufeff{SENTENCE}", "read as one text"),
        (SENTENCE.encode("cp1256"), "read as one text"),
        (word.packed(word.paragraph(word.run(SENTENCE))), "read as a document"),
        (PAGE, "read as a web page"),
        (LINES.splitlines()[0], "read as JSON Lines"),
        (f"\ufeff{LINES.splitlines()[0]}", "read as JSON Lines"),
    ],
    ids=["a text", "with a mark", "in another encoding", "a document", "a page", "a line", "a line behind a mark"],
)
def test_the_format_is_detected_and_said_and_the_claims_are_those_of_the_text(given, said, piped):
    done = piped(given, "annotate", "-")
    assert done.returncode == 0, done.stderr
    assert said in done.stderr.splitlines()[0]
    (found,) = annotated(done)
    assert [part["exact"] for part in found["claims"][0]["content"]] == ["العجز تراجع"]
    assert found["article"]["path"] == "standard input"


def test_lines_keep_their_ids_and_a_bad_one_costs_itself(piped):
    done = piped(f"{LINES}{{oops\n", "annotate", "--jsonl", "-")
    assert [each["article"]["id"] for each in annotated(done)] == [7, "b"]
    assert in_one_line(done, "standard input: line 3", "not a JSON object")


def test_what_the_user_says_counts_and_not_what_the_first_bytes_look_like(piped):
    assert in_one_line(piped(SENTENCE, "annotate", "--jsonl", "-"), "standard input: line 1", "not a JSON object")


def test_the_same_text_has_the_same_id_and_another_has_another(piped):
    ids = [
        annotated(piped(text, "annotate", "-"))[0]["article"]["id"] for text in (SENTENCE, SENTENCE, f"{SENTENCE} نعم")
    ]
    assert ids[0] == ids[1] != ids[2]


CHAT = {"name": "قناة الساحل", "type": "public_channel", "id": 5, "messages": []}
OBJECTS = [{"id": 7, "text": SENTENCE}, {"id": "b", "text": SENTENCE}]
LISTED = json.dumps(OBJECTS, ensure_ascii=False)
ROWS = f"id,text\n7,{SENTENCE}\nb,{SENTENCE}\n"


def chat(**layout):
    messages = [{"id": each["id"], "type": "message", "text": each["text"]} for each in OBJECTS]
    return json.dumps(CHAT | {"messages": messages}, ensure_ascii=False, **layout)


def with_column(name):
    return ROWS.replace("text", name, 1)


@pytest.mark.parametrize(
    "given, options, said",
    [
        (LISTED, (), "JSON, one article per object"),
        (json.dumps(OBJECTS, indent=2), (), "JSON, one article per object"),
        (f"\ufeff\n {LISTED}", (), "JSON, one article per object"),
        (LISTED.encode("utf-16"), (), "JSON, one article per object"),
        (chat(indent=1), (), "JSON, one article per object"),
        (chat(), (), "JSON, one article per object"),
        (f"\n{LINES}", (), "JSON Lines"),
        ("".join(f"{{}}\n{line}" for line in LINES.splitlines(True)), (), "JSON Lines"),
        (ROWS, (), "a table"),
        (ROWS.replace(",", "\t"), (), "a table"),
        (ROWS.replace(",", ";", 3).replace("id,text", "id;text"), (), "a table"),
        (f"\ufeff{ROWS}", (), "a table"),
        (ROWS.encode("utf-16"), (), "a table"),
        (ROWS.encode("cp1256"), (), "a table"),
        (with_column("نص"), ("--text-column", "نص"), "a table"),
        (with_column("نص").encode("cp1256"), ("--text-column", "نص"), "a table"),
    ],
    ids=[
        "a list", "indented", "behind a mark and blank", "in UTF-16", "a chat", "a chat in one line", "blank lines first",
        "other objects among lines", "commas", "tabs", "semicolons", "a table behind a mark", "a table in UTF-16",
        "a table in Windows-1256", "a column that is named", "a column that is named, in Windows-1256",
    ],
)  # fmt: skip
def test_many_articles_are_read_one_by_one_in_whatever_format_they_come(given, options, said, piped):
    done = piped(given, "annotate", *options, "-")
    assert f"standard input: read as {said}" in done.stderr.splitlines()[0]
    found = [each["article"]["id"] for each in annotated(done)]
    assert [str(each).removeprefix("5-") for each in found] == ["7", "b"]


@pytest.mark.parametrize(
    "given",
    [
        f"[رويترز] {SENTENCE}",
        f"[1] {SENTENCE}",
        f'["نعم" {SENTENCE}',
        f"id, text and more\n{SENTENCE}",
        f"{SENTENCE}\nid,text\n",
        with_column("نص"),
        f"From: Agency\n{SENTENCE}",
    ],
)
def test_a_text_that_only_looks_like_another_format_is_one_text(given, piped):
    done = piped(given, "annotate", "-")
    assert done.stderr.splitlines()[0] == "isnad: standard input: read as one text, as its first bytes say"
    (found,) = annotated(done)
    assert found["article"]["characters"] == len(given)


@pytest.mark.parametrize(
    "given, options, said",
    [
        ('["قال", "أضاف"]', (), "a list of texts, not of objects"),
        (ROWS, ("--text-column", "body"), "no column 'body'; name another with --text-column"),
        (f"{LISTED[:-1]}, ", (), "what follows was not read"),
        (f'{chat()[:-2]}, {{"id": ', (), "what follows was not read"),
        (json.dumps(OBJECTS[0], indent=1), (), "one JSON object, neither a list of articles nor a chat"),
        ("PK\x03\x04 word", (), "a zip archive, not text; unpack it"),
        ("PAR1\x15", (), "Parquet, not text; read it with `isnad corpus`"),
    ],
    ids=["texts", "another column", "a list cut off", "a chat cut off", "one object", "an archive", "Parquet"],
)
def test_what_is_wrong_with_it_is_one_line(given, options, said, piped):
    done = piped(given, "annotate", *options, "-")
    assert done.returncode == 2
    (line,) = (each for each in done.stderr.splitlines() if "read as" not in each)
    assert line.startswith("isnad: standard input: ") and said in line


def test_a_line_is_read_as_soon_as_it_comes():
    read, write = os.pipe()
    with os.fdopen(read, "rb") as file, os.fdopen(write, "wb", buffering=0) as other:
        found = standard_input.loaders(file, Options(), print)
        for line in LINES.splitlines(keepends=True):
            other.write(line.encode())
            assert next(found)[1]().text == SENTENCE


def endless(head, part):
    """Bytes that never end, as a file."""

    class Endless(io.RawIOBase):
        left = head

        def readable(self):
            return True

        def readinto(self, into):
            given, self.left = (self.left or part * (len(into) // len(part) + 1))[: len(into)], b""
            into[: len(given)] = given
            return len(given)

    return io.BufferedReader(Endless())


@pytest.mark.parametrize(
    "head, part, said",
    [
        (b"", "ن".encode(), "over 20 MB, too long for one article"),
        (b"PK\x03\x04", b"\0", "an Office document or archive of over 100 MB; save it to a file"),
        (b"%PDF-1.4\n", b"\n", "over 100 MB, too long for one article"),
        (ROWS.encode(), b"8,x\n", "a table of over 1 GB; save it to a file, and name that"),
        (b'[{"id": 1, "text": "', b"x", "over 130 million characters in one value"),
    ],
    ids=["a text", "an archive", "a PDF", "a table", "a value in a list"],
)
def test_what_never_ends_is_refused_when_it_is_too_long(head, part, said, monkeypatch):
    monkeypatch.setattr(standard_input, "MOST", 10_000_000)
    monkeypatch.setattr(json_stream, "LONGEST_VALUE", 10_000_000)
    said = said.replace("1 GB", "0 GB").replace("130 million", "10 million")
    *_, (_, load) = standard_input.loaders(endless(head, part), Options(), print)
    with pytest.raises(InputError, match=said):
        load()


def test_a_document_that_unpacks_without_end_is_refused(piped):
    bomb = word.packed(word.paragraph(word.run("س" * 60_000_000)))
    assert len(bomb) < 1_000_000
    done = piped(bomb, "annotate", "-")
    assert done.returncode == 2
    assert "a Word document (.docx) that unpacks to 120,000" in done.stderr.splitlines()[-1]


def test_a_table_on_either_side_of_the_most_bytes(monkeypatch):
    monkeypatch.setattr(standard_input, "MOST", len(ROWS.encode()))
    for given, number in ((ROWS, 2), (f"{ROWS}\n", 1)):
        file = io.BufferedReader(io.BytesIO(given.encode()))
        assert len(list(standard_input.loaders(file, Options(), print))) == number


@pytest.mark.parametrize("given", [b"", b"\x7fELF\0\0", "123 456"], ids=["nothing", "a program", "no words in Arabic"])
def test_what_is_no_article_is_one_line(given, piped):
    done = piped(given, "annotate", "-")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 2  # what it was read as, and what is wrong


def test_drafts_and_exports_are_made_of_it_too(piped, house, tmp_path):
    done = piped(LINES, "draft", "-", home=house)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (house / "data" / "annotations").iterdir()} >= {"7", "b"}
    assert folder.annotated(house / "data" / "annotations" / "7")
    done = piped(SENTENCE, "export", "-", "--to", "jsonl", "--out", tmp_path / "out.jsonl")
    assert done.returncode == 0, done.stderr
    (line,) = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["article"]["text"] == SENTENCE


def test_a_report_of_it_keeps_the_text_and_says_where_it_is_from(piped, house, tmp_path):
    for path in (house / "notebooks").glob("0[2-9]*"):
        path.unlink()
    done = piped(SENTENCE, "report", "-", home=house)
    assert done.returncode == 0, done.stderr
    (made,) = (path for path in (tmp_path / "reports").iterdir() if path.is_dir())
    kept = articles.load(made / f"{made.name}.txt")
    assert (kept.text, kept.about["received"]) == (SENTENCE, "from standard input")


def test_a_corpus_keeps_it_beside_its_tables_and_goes_on_with_the_same(piped, tmp_path, monkeypatch):
    seen = []

    def run(named, *others):
        seen.append(named)
        raise InputError("no more of it here")

    monkeypatch.setattr("helpers.corpus.driver.run", run)
    out = tmp_path / "tables"
    every = ((LINES, "jsonl"), (LISTED, "json"), (chat(), "json"), (ROWS, "csv"), (PAGE, "html"), (SENTENCE, "txt"))
    for given, ending in (*every, (DOCUMENT, "docx"), (b"PAR1\x15", "parquet"), (b"%PDF-1.4\n", "pdf")):
        kept = tmp_path / f"tables.standard-input.{ending}"
        times = []
        for _ in range(2):
            done = piped(given, "corpus", "-", "--out", out)
            assert str(kept) in done.stderr.splitlines()[0]
            times.append(kept.stat().st_mtime_ns)
        assert kept.read_bytes() == (given if isinstance(given, bytes) else given.encode())
        assert times[0] == times[1]
        assert seen[-1] == [str(kept)]
