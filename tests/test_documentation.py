"""The documentation: its links lead somewhere, its commands are understood, its Python runs, and the reference is whole."""

import html
import re
import shlex
import subprocess
import sys
from itertools import takewhile
from pathlib import Path

import pytest
from typer.main import get_command

import isnad_arabic
from helpers.cli.commands import app
from tests.conftest import ROOT

FOLDERS = ("docs", "docs/decisions", "docs/reference", "data", "seeds")
PAGES = sorted(page for folder in (".", *FOLDERS) for page in (ROOT / folder).glob("*.md"))
TOLD = [page for page in PAGES if page.name == "README.md" or "docs" in page.parts]  # where commands are told
RUN = [ROOT / "README.md", ROOT / "docs/engineer.md", ROOT / "docs/researcher.md"]
ISNAD = get_command(app)
OF_THE_SHELL = ("|", ">")


def names(pages):
    return [str(page.relative_to(ROOT)) for page in pages]


def prose(page):
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)


def links(page):
    """What the links and pictures of a page lead to, addresses of the network left out."""
    found = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose(page)))
    return [link for link in found if "://" not in link]


def anchors(page):
    """What its headings are called in a link, as forges make it of them."""
    headings = re.findall(r"^#+ +(.+?) *$", prose(page), re.M)
    plain = (re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).lower() for heading in headings)
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


def leads_nowhere(page, link):
    name, _, anchor = link.partition("#")
    target = page.parent / name if name else page
    return not target.exists() or (anchor != "" and target.suffix == ".md" and anchor not in anchors(target))


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_every_link_of_a_page_leads_somewhere(page):
    assert [link for link in links(page) if leads_nowhere(page, link)] == []


@pytest.mark.parametrize("link", ["nowhere.md", "#no-such-heading", "docs/README.md#no-such-heading"])
def test_a_link_that_leads_nowhere_is_noticed(link):
    assert leads_nowhere(ROOT / "README.md", link)


def told(line):
    """The arguments of a call of `isnad`, without what the shell does with what it prints; None for another line."""
    if not line.startswith(("isnad ", ".venv/bin/isnad ")):
        return None
    return tuple(takewhile(lambda word: not word.startswith(OF_THE_SHELL), shlex.split(line, comments=True)[1:]))


def in_terminals(page):
    lines = [line for block in blocks(page, "console") for line in block.splitlines()]
    return {told(line.removeprefix("$ ")) for line in lines if line.startswith("$ ")} - {None}


def in_sentences(page):
    return {told(code.replace("\\|", "|")) for code in re.findall(r"`([^`\n]+)`", prose(page))} - {None}


def parsed(arguments):
    """Parse a call down to its last command, without running anything; gives the command that is called.

    Raises what the command line has against it.
    """
    context, command = None, ISNAD
    while True:
        context = command.make_context(command.name or "isnad", list(arguments), parent=context)
        if not hasattr(command, "resolve_command"):
            return command
        _, command, arguments = command.resolve_command(context, [*context._protected_args, *context.args])


def wrong(arguments):
    """What the command line has against a call; empty where it has nothing, or shows its help."""
    try:
        parsed(arguments)
    except Exception as error:  # its classes are private
        return "" if type(error).__name__ == "Exit" else f"{type(error).__name__}: {error}"
    return ""


def named_wrongly(arguments):
    """The options and commands of a call in a sentence, which may leave out the rest, that there are not."""
    command, left = ISNAD, list(arguments)
    while left and left[0] in getattr(command, "commands", {}):
        command = command.commands[left.pop(0)]
    options = {option for each in command.params for option in (*each.opts, *each.secondary_opts)} | {"--help"}
    unknown = [word for word in left if word.startswith("--") and word not in options]
    return unknown + [word for word in left[:1] if hasattr(command, "commands") and not word.startswith("--")]


TERMINALS = sorted({call for page in TOLD for call in in_terminals(page)})
SENTENCES = sorted({call for page in PAGES for call in in_sentences(page) if page.name != "CHANGELOG.md"})


@pytest.mark.parametrize("call", TERMINALS, ids=" ".join)
def test_a_call_that_a_page_shows_is_understood(call):
    assert wrong(call) == ""


@pytest.mark.parametrize("call", SENTENCES, ids=" ".join)
def test_a_command_that_a_sentence_names_is_there_with_its_options(call):
    assert named_wrongly(call) == []


@pytest.mark.parametrize(
    "call",
    [("reprot", "a.txt"), ("report", "--colour", "a.txt"), ("corpus", "a.jsonl"), ("evaluate", "a", "--errors", "x")],
)
def test_a_call_that_is_wrong_is_noticed(call):
    assert wrong(call) != ""


@pytest.mark.parametrize(
    "call", [("reprot",), ("report", "--colour"), ("actors", "propose"), ("actors", "suggest", "--add")]
)
def test_a_command_that_is_named_wrongly_is_noticed(call):
    assert named_wrongly(call) != []


def test_make_is_told_only_of_what_it_can_do():
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    commands = set(re.findall(r"make ([\w-]+)", listed))
    told = {
        name for page in TOLD for name in re.findall(r"(?:`|^\$ )make ([a-z][\w-]*)", page.read_text("utf-8"), re.M)
    }
    assert {"report", "test", "lab", "docs", "help"} <= told <= commands


@pytest.mark.parametrize("page", RUN, ids=names(RUN))
def test_the_python_of_a_page_runs_as_it_stands(page, tmp_path, corpus_tables):
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "tables").symlink_to(corpus_tables)
    program = "\n".join(blocks(page, "python"))
    assert program
    line = [sys.executable, "-c", program]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def corpus_tables(tmp_path_factory):
    """What `isnad corpus` makes of the small corpus."""
    from helpers.corpus import driver
    from helpers.inputs.input_articles import Options

    out = tmp_path_factory.mktemp("corpus") / "tables"
    driver.run_in_process([str(ROOT / "data" / "corpus" / "articles.jsonl")], out, Options())
    return out


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the site, as `make docs` builds it: a warning is an error."""
    pytest.importorskip("sphinx", reason="Sphinx is not installed; make test installs it")
    out = tmp_path_factory.mktemp("site")
    line = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-c", "docs", "-d", str(out / "kept"), "."]
    done = subprocess.run([*line, str(out / "html")], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out / "html"


def every_command(command, context=None, path=("isnad",)):
    """Each command by its whole name, with its options."""
    context = command.make_context(path[-1], [], parent=context, resilient_parsing=True)
    yield " ".join(path), [option for each in command.params for option in each.opts if option.startswith("--")]
    for name in getattr(command, "commands", {}):
        yield from every_command(command.commands[name], context, (*path, name))


def test_the_reference_has_every_command_with_every_option(site):
    text = (site / "docs" / "reference" / "command.html").read_text(encoding="utf-8")
    sections = {
        re.sub(r"<.*?>", "", title): body
        for title, body in re.findall(r"<h[23]>(.*?)<a.*?</h[23]>(.*?)(?=<h[23]>|\Z)", text, re.S)
    }
    commands = dict(every_command(ISNAD))
    assert len(commands) > 10 and commands.keys() - {"isnad"} <= sections.keys()
    for name, options in commands.items():
        if name != "isnad":
            assert [option for option in options if option not in sections[name]] == [], name


def test_the_reference_has_every_public_name_with_what_its_docstring_says(site):
    text = (site / "docs" / "reference" / "python.html").read_text(encoding="utf-8")
    plain = html.unescape(re.sub(r"\s+", " ", re.sub(r"<.*?>", "", text)))
    for name in isnad_arabic.__all__:
        if not name.startswith("_"):
            first = re.split(r"[`.:(,]", getattr(isnad_arabic, name).__doc__)[0].strip()
            assert f'id="isnad_arabic.{name}"' in text
            assert len(first) > 5 and first in plain, name


def test_the_reference_says_of_every_field_of_a_record_what_it_is(site):
    text = (site / "docs" / "reference" / "python.html").read_text(encoding="utf-8")
    records = [name for name in isnad_arabic.__all__ if hasattr(getattr(isnad_arabic, name), "__annotations__")]
    records = [name for name in records if isinstance(getattr(isnad_arabic, name), type)]
    assert {"Claim", "Source", "Mention", "Reading", "Article", "Span", "NamedActor"} <= {*records}
    for name in records:
        section = text.partition(f'id="isnad_arabic.{name}"')[2].partition('<dt class="sig')[0]
        told = dict(re.findall(r"<strong>(\w+)</strong> \(.*?\)(?: – (.{3}))?", section, re.S))
        missing = [field for field in getattr(isnad_arabic, name).__annotations__ if not told.get(field)]
        assert missing == [], name


@pytest.mark.parametrize("command", [name for name, _ in every_command(ISNAD)])
def test_every_command_and_option_says_what_it_is(command):
    found = ISNAD
    for name in command.split()[1:]:
        found = found.commands[name]
    assert found.help
    assert [each.name for each in found.params if not getattr(each, "help", None)] == []


def test_pages_of_the_site_load_nothing_from_the_network(site):
    pages = list(site.rglob("*.html"))
    assert len(pages) >= len([page for page in PAGES if page.parent != ROOT])
    loaded = r"<(?:script|img|iframe|source)\b[^>]*\bsrc=[\"']?(?:https?:)?//|<link\b[^>]*\bhref=[\"']?(?:https?:)?//"
    assert [page.name for page in pages if re.search(loaded, Path(page).read_text(encoding="utf-8"))] == []
