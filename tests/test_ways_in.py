"""Every command takes articles in every way in which they can be given, or says in one line what to do instead."""

import contextlib
import csv
import io
import json
import re
import shutil
import sys
import tomllib
from unittest import mock

import pytest

from helpers.cli import commands
from helpers.inputs import article_stream, listing, public_hosts
from tests import test_word_documents as word
from tests.conftest import ROOT, in_one_line
from tests.test_addresses import PAGE, PARAGRAPHS, Server, answer

pytest.importorskip("openpyxl")

TEXT = "\n".join(PARAGRAPHS) + "\n"
OTHER = "قال نقيب السائقين هشام العبادي إن الإضراب خيار مطروح. وأضاف أن النقابة لم تُستشر.\n"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOCX = word.packed("".join(word.paragraph(word.run(each)) for each in PARAGRAPHS))
TWO = ({"id": 7, "text": TEXT}, {"id": "b", "text": OTHER})


def table(delimiter):
    held = io.StringIO()
    made = csv.DictWriter(held, ["id", "text"], delimiter=delimiter)
    made.writeheader()
    made.writerows(TWO)
    return held.getvalue()


def workbook():
    import openpyxl

    book, held = openpyxl.Workbook(), io.BytesIO()
    for row in (("id", "text"), *((each["id"], each["text"]) for each in TWO)):
        book.active.append(row)
    book.save(held)
    return held.getvalue()


def chat():
    messages = [
        {"id": each["id"], "type": "message", "date": "2024-03-07T10:00:00", "text": each["text"]} for each in TWO
    ]
    about = {"name": "قناة الساحل", "type": "public_channel", "id": 5}
    return json.dumps({**about, "messages": messages}, ensure_ascii=False, indent=1)


ARCHIVE = (
    "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
    f"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{PAGE}\r\n--x--\r\n"
)
SINGLE = {"text.txt": TEXT, "page.html": PAGE, "archive.mhtml": ARCHIVE, "word.docx": DOCX}
MANY = {
    "lines.jsonl": "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in TWO),
    "list.json": json.dumps(TWO, ensure_ascii=False, indent=1),
    "result.json": chat(),
    "table.csv": table(","),
    "tabs.tsv": table("\t"),
    "book.xlsx": workbook(),
}
FILES = {name: given if isinstance(given, bytes) else given.encode() for name, given in {**SINGLE, **MANY}.items()}
PIPED = {f"- {name}": raw for name, raw in FILES.items()}
AT = {"https: a page": "/page", "https: a text": "/text", "https: a Word document": "/word"}
FOLDER, TWICE, AWAY = "a folder", "- twice", "https: into a private network"
WAYS = {
    **dict.fromkeys(SINGLE, 1),
    **dict.fromkeys(MANY, 2),
    FOLDER: 2,
    **{f"- {name}": 1 if name in SINGLE else 2 for name in FILES},
    TWICE: "standard input is named more than once; name it once",
    **dict.fromkeys(AT, 1),
    AWAY: "redirected to http://127.0.0.2",
}
OF_MANY = dict.fromkeys((*MANY, FOLDER, *(f"- {name}" for name in MANY)), "several articles (")
NO_FILE = dict.fromkeys((*PIPED, *AT, AWAY), "where a file is needed; save it, and name that file")
# What each command says in its one line; of the other ways, how many articles it reads, as in WAYS.
# None: it is not given in this way, since it takes one argument, or other files than articles.
SAID = {
    "annotate": {},
    "report": {},
    "charts": {},
    "quoted": {},
    "draft": {},
    "check": {},
    "export": {},
    "import": {way: 1 for way, read in WAYS.items() if read == 2},
    "curate": {**OF_MANY, TWICE: None},
    "actors suggest": {**OF_MANY, TWICE: None},
    "corpus": {**dict.fromkeys((*AT, AWAY), "one page is read by `isnad annotate`")},
    "evaluate": {**dict.fromkeys((*FILES, FOLDER, TWICE)), **NO_FILE},
    "agreement": {**dict.fromkeys((*FILES, FOLDER, TWICE)), **NO_FILE},
}
NO_ARTICLES = {"lab", "forms", "notebooks"}
CASES = [
    pytest.param(command, way, expected, id=f"{command}, {way}")
    for command, said in SAID.items()
    for way, read in WAYS.items()
    if (expected := said.get(way, read)) is not None
]


def test_every_command_is_in_the_table():
    names = {each.name or each.callback.__name__ for each in commands.app.registered_commands}
    names |= {f"actors {each.callback.__name__}" for each in commands.actors.actors.registered_commands}
    assert names == SAID.keys() | NO_ARTICLES


@pytest.fixture(scope="module")
def server():
    made = Server()
    made.answers["/page"] = answer(PAGE)
    made.answers["/text"] = answer(TEXT, Content_Type="text/plain; charset=utf-8")
    made.answers["/word"] = answer(DOCX, Content_Type=WORD_TYPE)
    made.answers["/away"] = answer("", "302 Found", Location=f"http://127.0.0.2:{made.port}/page")
    yield made
    made.ended.set()
    made.socket.close()


@pytest.fixture
def public(monkeypatch):
    """Where the server is counts as a public host; no other address of this machine does."""
    really = public_hosts.is_public
    monkeypatch.setattr(public_hosts, "is_public", lambda ip: ip == "127.0.0.1" or really(ip))


@pytest.fixture
def undrawn(monkeypatch):
    """Reports and charts are not drawn, and a corpus is read, but not annotated."""
    from helpers.charts import gallery
    from helpers.corpus import driver
    from helpers.report import build, kernels

    def built(article, *_):
        yield
        return article.article_id

    def read(named, out, asked, *_):
        found = list(article_stream.stream(listing.files(named, out), asked))
        assert [each.wrong for each in found if each.wrong] == []
        print(f"read: {len(found)}")
        sys.exit()

    monkeypatch.setattr(gallery, "figures", lambda reading: {})
    monkeypatch.setattr(build, "build", built)
    monkeypatch.setattr(kernels, "Kernels", lambda: contextlib.nullcontext(mock.Mock()))
    monkeypatch.setattr(driver, "run", read)
    monkeypatch.setitem(sys.modules, "aiohttp", None)  # fsspec reads addresses by it, and Isnad does not install it


@pytest.fixture
def below(tmp_path):
    """A home with the project's lexicons, and without annotations."""
    made = tmp_path / "home"
    (made / "data").mkdir(parents=True)
    for name in ("data/lexicon", "seeds", "notebooks", "templates"):
        (made / name).symlink_to(ROOT / name)
    return made


@pytest.fixture
def given(tmp_path, server):
    """What is named on the command line for a way in, and what comes on standard input."""

    def named(way):
        if way == TWICE:
            return ["-", "-"], TEXT.encode()
        if way in PIPED:
            return ["-"], PIPED[way]
        if way.startswith("https:"):
            return [server.at(AT.get(way, "/away"))], b""
        (folder := tmp_path / "given").mkdir()
        for name in ("text.txt", "word.docx") if way == FOLDER else (way,):
            (folder / name).write_bytes(FILES[name])
        return [folder if way == FOLDER else folder / way], b""

    return named


def line_of(command, named, tmp_path):
    """The arguments of a command for what is named."""
    if command == "import":
        return "import", tmp_path / "of.jsonl", *(each for one in named for each in ("--article", one))
    more = {
        "export": ("--to", "jsonl", "--out", tmp_path / "out.jsonl"),
        "quoted": ("--out", tmp_path / "out.csv"),
        "corpus": ("--out", tmp_path / "tables"),
        "curate": ("--apply", tmp_path / "nothing.jsonl"),
        "agreement": (tmp_path,),
    }
    return *command.split(), *named, *more.get(command, ())


def read_by(command, done):
    """How many articles a command read, by what it wrote to standard output."""
    counted = {"quoted": r"articles: (\d+)", "export": r": (\d+) articles?,", "corpus": r"read: (\d+)"}
    if command in counted:
        return int(re.search(counted[command], done.stdout)[1])
    return 1 if command == "actors suggest" else len(done.stdout.splitlines())


@pytest.mark.parametrize("command, way, expected", CASES)
def test_a_command_reads_what_it_is_given_or_says_in_one_line_what_to_do(
    command,
    way,
    expected,
    piped,
    given,
    public,
    undrawn,
    below,
    tmp_path,
):
    (tmp_path / "nothing.jsonl").touch()
    if command == "import":
        (folder := tmp_path / "exported").mkdir()
        (folder / "other.txt").write_text(TEXT, encoding="utf-8")
        made = piped(b"", "export", folder, "--to", "jsonl", "--out", tmp_path / "of.jsonl", home=below)
        assert made.returncode == 0, made.stderr
        shutil.rmtree(folder)
    named, raw = given(way)
    done = piped(raw, *line_of(command, named, tmp_path), home=below)
    if isinstance(expected, str):
        lines = [line for line in done.stderr.splitlines() if "standard input: read as" not in line]
        assert (done.returncode, done.stdout, len(lines)) == (2, "", 1), done.stderr
        assert expected in lines[0]
    else:
        assert done.returncode == 0, done.stderr
        assert read_by(command, done) == expected


def test_decisions_on_a_page_at_an_address_are_kept_with_the_page_and_found_again(
    called, server, public, below, tmp_path
):
    (decisions := tmp_path / "decisions.jsonl").write_text('{"op": "accept", "claim": "c1"}\n', encoding="utf-8")
    done = called("curate", server.at("/page"), "--apply", decisions, "--annotator", "Huda", home=below)
    assert done.returncode == 0, done.stderr
    (where,) = (below / "data" / "annotations").iterdir()
    assert f"{server.at('/page')}: the page as received is kept in {where}" in done.stderr
    assert (where / "page.html.received").read_bytes() == PAGE.encode()
    assert tomllib.loads((where / "received.toml").read_text(encoding="utf-8"))["url"] == server.at("/page")
    found = json.loads(called("annotate", server.at("/page"), home=below).stdout)
    assert (found["claims_from"], found["curated"]["decided"]) == ("mixed", 1)
    checked = called("check", server.at("/page"), home=below)
    assert checked.stdout.startswith(f"{server.at('/page')}: no errors, 1 of ")


def test_a_page_that_has_changed_keeps_the_decisions_and_what_they_were_on(called, server, public, below, tmp_path):
    server.answers["/changing"] = answer(PAGE)
    assert called("draft", server.at("/changing"), home=below).returncode == 0
    (where,) = (below / "data" / "annotations").iterdir()
    server.answers["/changing"] = answer(PAGE.replace("عشرين مليونا", "ثلاثين مليونا"))
    for command in (("curate", "--apply", tmp_path / "none"), ("annotate",)):
        done = called(*command, server.at("/changing"), home=below)
        assert in_one_line(done, "these annotations belong to another text", "isnad draft --reanchor")
    assert called("draft", "--reanchor", server.at("/changing"), home=below).returncode == 0
    assert called("annotate", server.at("/changing"), home=below).returncode == 0
    assert (where / "page.html.received").read_bytes() == PAGE.encode()


@pytest.mark.parametrize("name", MANY)
@pytest.mark.parametrize("command", [("curate",), ("actors", "suggest")], ids=" ".join)
def test_one_article_of_many_is_named_by_its_id(called, below, tmp_path, command, name):
    (path := tmp_path / name).write_bytes(FILES[name])
    (tmp_path / "nothing.jsonl").touch()
    more = ("--apply", tmp_path / "nothing.jsonl") if command == ("curate",) else ()
    wanted = "5-b" if name == "result.json" else "b"
    done = called(*command, path, "--id", wanted, *more, home=below)
    assert done.returncode == 0, done.stderr
    if more:
        (where,) = (below / "data" / "annotations").iterdir()
        assert where.name == wanted
        assert (where / "article.txt").read_text(encoding="utf-8") == OTHER
    wrong = called(*command, path, "--id", "no-such", *more, home=below)
    assert [line for line in wrong.stderr.splitlines() if "no article with the id 'no-such'; its ids are: " in line]


def test_an_article_and_one_at_an_address_with_the_same_id_do_not_replace_each_other(
    called, server, public, undrawn, below, tmp_path
):
    name = f"127-0-0-1-{server.port}-page"
    (path := tmp_path / f"{name}.txt").write_text(OTHER, encoding="utf-8")
    for command, *more in (("report",), ("charts",), ("export", "--to", "jsonl", "--out", tmp_path / "out.jsonl")):
        done = called(command, path, server.at("/page"), *more, home=below)
        assert done.returncode == 2
        assert f"{server.at('/page')}: its " in done.stderr and f"would replace that of {path}" in done.stderr
    done = called("quoted", path, server.at("/page"), "--out", tmp_path / "out.csv", home=below)
    assert (
        f"{name!r} is counted already, from {path}; an article counts once, and another one of this id needs another name"
        in done.stderr
    )


@pytest.mark.parametrize("command", ["annotate", "quoted", "export", "curate", "import"])
def test_no_command_follows_an_address_inside_unless_the_user_says_so(called, below, tmp_path, server, command):
    (tmp_path / "nothing.jsonl").touch()
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    line = ("export", tmp_path / "text.txt", "--to", "jsonl", "--out", tmp_path / "of.jsonl")
    assert called(*line, home=below).returncode == 0
    before = len(server.requests)
    arguments = line_of(command, [server.at("/page")], tmp_path)
    assert in_one_line(called(*arguments, home=below), "inside a private network", "add --allow-private")
    assert len(server.requests) == before
    assert called(*arguments, "--allow-private", home=below).returncode == 0
