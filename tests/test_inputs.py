"""The arguments of commands: odd file names, pipes and devices, ids as received."""

import json
import os
import socket
import sys
from pathlib import Path

import pytest

from helpers import readings
from helpers.evaluation import gold_texts
from helpers.files import regular_files
from helpers.files.errors import InputError
from helpers.inputs import arguments, input_articles, json_lines
from helpers.records import codec
from tests.conftest import in_one_line
from tests.knowing import KNOWN

TEXT = "قال الوزير إن الطريق مفتوح. وأضاف أن العمل مستمر."
BYTES = [b"\xe9.txt", b"\xe8.txt", b"a\xe9.txt", b"a\xe8.txt"]

odd_names = pytest.mark.skipif(sys.platform != "linux", reason="file names are text there")


@pytest.fixture
def odd(tmp_path):
    """A folder of four articles whose names are not UTF-8."""
    folder = tmp_path / "odd"
    folder.mkdir()
    for name in BYTES:
        Path(folder, os.fsdecode(name)).write_text(TEXT, encoding="utf-8")
    return folder


def read(named, **options):
    """Each article of `loaders`, or what the error says."""
    for _, load in arguments.loaders(named, **options):
        try:
            yield load()
        except InputError as error:
            yield str(error)


@odd_names
def test_names_that_are_not_utf_8_are_read_and_printed_with_escapes(odd, isnad):
    done = isnad("annotate", odd, Path(odd, os.fsdecode(b"none\xff.txt")))
    told = [json.loads(line)["article"] for line in done.stdout.splitlines()]
    assert len({each["article_id"] for each in told}) == len(BYTES)
    assert {Path(each["path"]).name for each in told} == {
        "⟨U+DCE9⟩.txt",
        "⟨U+DCE8⟩.txt",
        "a⟨U+DCE9⟩.txt",
        "a⟨U+DCE8⟩.txt",
    }
    assert in_one_line(done, "none⟨U+DCFF⟩.txt: there is no such file")


@odd_names
def test_names_that_are_not_utf_8_have_ids_of_their_own_in_a_corpus(odd, tmp_path):
    driver = pytest.importorskip("helpers.corpus.driver")
    import duckdb

    done = driver.run_in_process([str(odd)], tmp_path / "out", input_articles.Options())
    assert done.counts["articles"] == len(BYTES)
    rows = duckdb.sql(f"select article_id, source from '{tmp_path}/out/part-*/articles.parquet'").fetchall()
    assert len(set(rows)) == len(BYTES)
    assert all("⟨U+DCE" in name and name == source for name, source in rows)


def no_files(folder):
    """A pipe, a socket, a link that leads nowhere, one that leads to a device: named as articles are."""
    os.mkfifo(folder / "pipe.txt")
    (folder / "broken.html").symlink_to("nowhere")
    (folder / "zero.txt").symlink_to("/dev/zero")
    held = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(folder)  # the name of a socket must be short
    held.bind("socket.txt")
    os.chdir(here)
    held.close()


SAID = {
    "broken.html": "there is no such file",
    "pipe.txt": "a named pipe, not a file",
    "socket.txt": "a socket, not a file",
    "zero.txt": "a device, not a file",
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_what_is_no_file_is_told_in_a_folder_and_by_name_and_costs_itself_alone(tmp_path):
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "folder.txt").mkdir()
    no_files(tmp_path)
    found = list(read([tmp_path]))
    assert [each.article_id for each in found if not isinstance(each, str)] == ["good"]
    assert [each.removeprefix(f"{tmp_path}/").split(";")[0] for each in found if isinstance(each, str)] == [
        f"{name}: {said}" for name, said in SAID.items()
    ]
    assert [said in each for each, said in zip(read(tmp_path / n for n in SAID), SAID.values(), strict=True)] == [
        True
    ] * 4
    for path in ("pipe.txt", "zero.txt", "socket.txt"):
        with pytest.raises(InputError, match="not a file; save its output"):
            regular_files.check(tmp_path / path)


def test_what_is_hidden_in_a_folder_is_no_article_to_a_command_as_it_is_none_to_a_corpus(tmp_path):
    for name in ("good.txt", "._good.txt", ".hidden/a.txt", "page_files/a.txt"):
        (path := tmp_path / name).parent.mkdir(exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    assert [article.path.name for article in read([tmp_path])] == ["good.txt"]
    found = pytest.importorskip("helpers.inputs.listing").files([str(tmp_path)], tmp_path / "out").files
    assert [Path(file.path).relative_to(tmp_path).as_posix() for file in found] == ["good.txt", "page_files/a.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
@pytest.mark.parametrize("command", [["annotate"], ["actors", "suggest"]], ids=" ".join)
def test_no_command_waits_for_a_pipe(tmp_path, isnad, command):
    os.mkfifo(tmp_path / "pipe.txt")
    assert in_one_line(isnad(*command, tmp_path / "pipe.txt"), "pipe.txt: a named pipe, not a file")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_lines_of_json_are_no_pipe_either(tmp_path):
    os.mkfifo(tmp_path / "pipe.jsonl")
    assert [said.removeprefix(str(tmp_path)) for said in read([tmp_path / "pipe.jsonl"])] == [
        "/pipe.jsonl: a named pipe, not a file; save its output to a file, and name that"
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_neither_a_sidecar_nor_a_gold_file_is_a_pipe(tmp_path):
    article_stream = pytest.importorskip("helpers.inputs.article_stream")
    from helpers.inputs import listing

    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    os.mkfifo(tmp_path / "a.toml")
    (record,) = article_stream.stream(
        listing.files([str(tmp_path / "a.txt")], tmp_path / "out"), input_articles.Options()
    )
    assert record.wrong == "a.toml: cannot be read (no regular file); fix it or remove it"
    (article,) = read([tmp_path / "a.txt"])
    assert article.about == {}
    with pytest.raises(InputError, match="a named pipe, not a file"):
        gold_texts.load(tmp_path / "a.toml")


def test_a_name_that_no_file_can_have_costs_itself_alone(tmp_path):
    (good := tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    first, second = read([tmp_path / ("x" * 300 + ".txt"), good])
    assert "cannot be read (File name too long)" in first
    assert second.article_id == "good"


IDS = {
    "text": ('"n 1"', "n 1", "n-1"),
    "number": ("7", 7, "7"),
    "negative": ("-7", -7, "7"),
    "beyond 64 bits": (
        "123456789012345678901234567890",
        123456789012345678901234567890,
        "123456789012345678901234567890",
    ),
    "path": ('"a/ب.txt"', "a/ب.txt", "a-ب-txt"),
    "half a pair": ('"\\ud800x"', "⟨U+D800⟩x", "x-74a7e4a2"),
}


def told(path):
    """What the JSON of each reading says of its article."""
    return [codec.as_dict(readings.read(article, KNOWN, machine=True))["article"] for article in read([path])]


def test_ids_are_given_back_as_they_came_beside_those_made_of_them(tmp_path):
    lines = "".join(f'{{"id": {written}, "text": "{TEXT}"}}\n' for written, _, _ in IDS.values())
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    found = [(each["id"], each["article_id"]) for each in told(tmp_path / "a.jsonl")]
    assert dict(zip(IDS, found, strict=True)) == {name: (given, made) for name, (_, given, made) in IDS.items()}


def test_a_file_has_the_id_that_is_made_of_its_name(tmp_path):
    (tmp_path / "my article.txt").write_text(TEXT, encoding="utf-8")
    (article,) = told(tmp_path / "my article.txt")
    assert (article["id"], article["article_id"], article["warnings"]) == ("my-article", "my-article", [])


def test_what_is_wrong_with_a_text_names_its_line(tmp_path):
    (path := tmp_path / "a.jsonl").write_text('{"id": 1, "text": "no"}\n{"id": 2, "text": "؟"}\n', encoding="utf-8")
    assert [said.partition(";")[0] for said in read([path])] == [
        f"{path}: line 1: mostly not Arabic (0% of its letters are)",
        f"{path}: line 2: it contains no words",
    ]


NO_IDS = ["true", "null", "7.0", "1e3", '""', '" "', "[1]", "{}", "9" * 5000]


@pytest.mark.parametrize("written", NO_IDS, ids=lambda text: text[:8])
def test_what_is_no_id_is_none_here_and_in_a_corpus(tmp_path, written):
    listing = pytest.importorskip("helpers.inputs.listing")

    (path := tmp_path / "a.jsonl").write_text(f'{{"id": {written}, "text": "{TEXT}"}}\n', encoding="utf-8")
    (said,) = read([path])
    why = "not a JSON object with id (a text or a whole number) and text; fix the line"
    why = "a whole number of some thousand digits; write it as a text" if written.isdigit() else why
    assert said == f"{path}: line 1: {why}"
    (file,) = listing.files([str(path)], tmp_path / "out").files
    assert [record.article_id for record in json_lines.articles_in(file, input_articles.Options())] == [None]


def test_two_values_of_one_name_are_refused_here_and_in_a_corpus(tmp_path):
    listing = pytest.importorskip("helpers.inputs.listing")

    (path := tmp_path / "a.jsonl").write_text(f'{{"id": 1, "id": 2, "text": "{TEXT}"}}\n', encoding="utf-8")
    why = "two values for 'id' in one object; keep one of them"
    assert list(read([path])) == [f"{path}: line 1: {why}"]
    (file,) = listing.files([str(path)], tmp_path / "out").files
    assert [record.wrong for record in json_lines.articles_in(file, input_articles.Options())] == [why]


def test_a_line_without_end_is_passed_over_without_being_held(tmp_path, monkeypatch):
    monkeypatch.setattr(json_lines, "LONGEST_ALONE", 1000)
    good = f'{{"id": 1, "text": "{TEXT}"}}\n'
    (tmp_path / "a.NDJSON").write_text(good + "x" * 5000 + "\n" + good, encoding="utf-8")
    first, second, third = read([tmp_path / "a.NDJSON"])
    assert (first.given_id, third.given_id) == (1, 1)
    assert "line 2: over " in second


def test_lines_of_json_are_no_one_article(tmp_path):
    (path := tmp_path / "a.jsonl").write_text(f'{{"id": 1, "text": "{TEXT}"}}\n' * 3, encoding="utf-8")
    (said,) = read([path], lines=False)
    assert said.startswith(f"{path}: JSON Lines, not one text or web page")
