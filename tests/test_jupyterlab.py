"""JupyterLab as `isnad lab` starts it, in Chromium: notebooks from right to left, and the annotator, whose kernel may die."""

import json
import os
import random
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import psutil
import pytest

from helpers import charts
from tests.annotating import TEXT
from tests.conftest import ROOT

ARTICLE = TEXT + "".join(f"وقال المهندس سامر القيسي إن البوابة {n} مغلقة 🔥.\r\n" for n in range(1, 25))
IDLE = "document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle'"
ANNOTATOR = "document.querySelector('.isnad-annotator').isnad"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A copy of the project with an article, and the first part of notebook 02 about it, not executed yet."""
    folder = tmp_path_factory.mktemp("lab") / "house"
    for name in ("data/lexicon", "data/annotations", "seeds", "notebooks", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "dam.txt").write_bytes(ARTICLE.encode())
    notebook = nbformat.read(folder / "notebooks" / "02-annotate-claims.ipynb", 4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    last = next(n for n, cell in enumerate(code) if "widget.annotator" in cell.source)
    notebook.cells = code[: last + 1]
    for cell in notebook.cells:
        cell.update(outputs=[], execution_count=None)
        if "parameters" in cell.metadata.get("tags", ()):
            cell.source = 'article = "dam.txt"\nout = ""\nmachine = False'
    nbformat.write(notebook, folder / "dam.ipynb")
    return folder


@pytest.fixture(scope="module")
def jupyterlab(home, tmp_path_factory):
    """JupyterLab as started by `isnad lab`, on a free port. Returns its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = tmp_path_factory.mktemp("jupyter")
    line = [
        str(Path(sys.executable).with_name("isnad")),
        "lab",
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--IdentityProvider.token=",
    ]
    folders = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTERLAB_WORKSPACES_DIR", "HOME", "ISNAD_REPORTS")
    environment = os.environ | dict.fromkeys(folders, str(own)) | {"ISNAD_HOME": str(home)}
    with (own / "log").open("w") as log, subprocess.Popen(line, stdout=log, stderr=log, env=environment) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(120):
                try:
                    urllib.request.urlopen(f"{address}/api/status", timeout=2).close()
                    break
                except OSError:
                    time.sleep(0.5)
            else:
                pytest.fail((own / "log").read_text())
            yield address
        finally:
            end(server)


def end(server, within=5):
    """End a server and what it started: at once, if it has not ended itself within so many seconds."""
    started = psutil.Process(server.pid).children(recursive=True)
    server.terminate()
    try:
        server.wait(within)
    except subprocess.TimeoutExpired:
        server.kill()
    for process in psutil.wait_procs(started, timeout=5)[1]:
        process.kill()


def test_jupyterlab_shows_paragraphs_tables_and_charts_from_right_to_left(jupyterlab, browser):
    tab = browser.new_page(viewport={"width": 1500, "height": 1000})
    tab.goto(f"{jupyterlab}/lab/tree/notebooks/02-annotate-claims.ipynb")
    arabic = tab.wait_for_selector('.isnad-paragraph > p[dir="rtl"]', timeout=90_000)
    style = "element => { const s = getComputedStyle(element); return [s.direction, s.textAlign, s.unicodeBidi] }"
    assert arabic.evaluate(style)[:2] == ["rtl", "right"]
    assert tab.locator(".jp-RenderedMarkdown p").first.evaluate(style)[2] == "plaintext"
    mark = tab.locator("mark.isnad-indirect").first.evaluate("e => getComputedStyle(e).backgroundColor")
    assert mark == "rgb(207, 228, 247)"  # our style sheet is the one in force
    cell = tab.wait_for_selector('table.isnad-table td[dir="rtl"] p[lang="ar"]', state="attached", timeout=60_000)
    assert cell.evaluate(style)[:2] == ["rtl", "start"]
    figures = tab.wait_for_selector("ul.isnad-figures", state="attached", timeout=60_000)
    first = "list => [getComputedStyle(list).listStyleType, list.firstElementChild.offsetLeft - list.offsetLeft]"
    assert figures.evaluate(first) == ["none", 1]
    ink = "element => getComputedStyle(element).color"
    assert arabic.evaluate(ink) == "rgb(31, 36, 40)"
    tab.evaluate("document.body.dataset.jpThemeLight = 'false'")  # as a dark theme has it
    assert arabic.evaluate(ink) == "rgb(230, 233, 236)"
    tab.locator(".jp-DirListing-item", has_text="03-chart-actors.ipynb").dblclick()
    chart = tab.wait_for_selector(".jp-RenderedImage img", state="attached", timeout=90_000)
    assert chart.evaluate("image => image.decode().then(() => image.naturalWidth)") == 800 * charts.style.DPI // 100
    tab.close()


@pytest.fixture(scope="module")
def notebook(jupyterlab, browser):
    """Notebook 02 of an article that nobody annotated, run, with its annotator opened."""
    tab = browser.new_page(viewport={"width": 1500, "height": 1000})
    tab.goto(f"{jupyterlab}/lab/tree/dam.ipynb?reset")
    rest(tab)
    run(tab)
    static = tab.wait_for_selector(".isnad-article", timeout=90_000)
    tab.get_by_role("button", name="Review these claims yourself").click()
    tab.wait_for_selector(".isnad-a-heading", timeout=30_000)
    assert not static.is_visible()  # one article is enough
    yield tab
    tab.close()


def rest(tab):
    """Wait until the kernel is ready, and stays so: a notebook that is opened may be given another one meanwhile."""
    quiet, end = 0, time.monotonic() + 90
    while quiet < 10:
        assert time.monotonic() < end, "the kernel is never ready"
        tab.wait_for_timeout(200)
        quiet = quiet + 1 if tab.evaluate(IDLE) else 0


def run(tab):
    """Run all cells of the notebook."""
    tab.get_by_role("menuitem", name="Run", exact=True).click()
    tab.get_by_text("Run All Cells", exact=True).click()


def until(tab, expression, seconds=30):
    tab.wait_for_function(expression, timeout=1000 * seconds)


def settle(tab):
    until(tab, f"{ANNOTATOR}.store.outbox.length === 0 && !{ANNOTATOR}.store.flying")


def done(home):
    """What was done, by the journal: [operation, claim] each."""
    lines = (home / "dam.annotations" / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [entry for entry in map(json.loads, lines) if "op" in entry]
    assert len({entry["id"] for entry in entries}) == len(entries)
    return [[entry["op"], entry["claim"]] for entry in entries]


def decide(tab, keys):
    """Press keys one after another. Returns what they should do."""
    wanted = []
    for key in keys:
        wanted.append([{"a": "accept", "x": "reject"}[key], tab.evaluate(f"{ANNOTATOR}.current")])
        tab.keyboard.press(key)
    return wanted


def test_whatever_is_selected_in_a_notebook_comes_back_exactly(notebook, home):
    text, choose = (home / "dam.txt").read_bytes().decode(), random.Random(16)
    places = [at for at in range(len(text) + 1) if text[max(at - 1, 0) : at + 1] not in ("\r\n", "\n\r")]
    places = [at for at in places if at == len(text) or text[at] != "\n"]
    ranges = [sorted(choose.sample(places, 2)) for _ in range(200)]
    found = notebook.evaluate(
        f"""ranges => ranges.map(([start, end], n) => {{
          const it = {ANNOTATOR};
          it.select(start, end, {{ backward: n % 2 === 1 }});
          return it.selected();
        }})""",
        ranges,
    )
    assert found == [{"start": start, "end": end} for start, end in ranges]


def test_words_that_are_dragged_over_in_a_notebook_become_the_content_of_a_claim(notebook, home):
    before = len(done(home)) if (home / "dam.annotations" / "journal.jsonl").exists() else 0
    text = ARTICLE
    words = "ستفتح بوابتين"
    start = text.index(words)
    claim = notebook.evaluate(f"{ANNOTATOR}.claimAt({start})")
    notebook.evaluate(f"{ANNOTATOR}.el.scrollIntoView(); {ANNOTATOR}.go({json.dumps(claim)}, {{}})")
    places = notebook.evaluate(
        f"""offsets => offsets.map((offset, n) => {{
          const it = {ANNOTATOR}, {{ line, unit }} = it.text.unitsOf(offset), {{ node, offset: at }} = it.nodeAt(line, unit), range = document.createRange();
          range.setStart(node, at); range.setEnd(node, at + 1);
          const box = range.getBoundingClientRect();
          return [n ? box.left + 0.1 * box.width : box.right - 0.1 * box.width, (box.top + box.bottom) / 2];
        }})""",
        [start, start + len(words) - 1],
    )
    notebook.mouse.move(*places[0])
    notebook.mouse.down()
    notebook.mouse.move(*places[1], steps=4)
    notebook.mouse.up()
    notebook.keyboard.press("v")
    settle(notebook)
    assert done(home)[before:] == [["span", claim]]
    shown = notebook.evaluate(f"{ANNOTATOR}.claim({json.dumps(claim)}).content")
    assert [span["exact"] for span in shown] == [words] and shown[0]["start"] == start


def test_of_decisions_amid_which_a_kernel_is_restarted_none_is_lost_and_none_is_doubled(notebook, home):
    notebook.locator(".isnad-a-article").focus()
    cells = notebook.locator(".jp-Notebook .jp-Cell").count()
    before = len(done(home)) if (home / "dam.annotations" / "journal.jsonl").exists() else 0
    wanted = decide(notebook, "axa")
    settle(notebook)
    assert notebook.locator(".isnad-a-saved").inner_text() == "Saved"
    assert done(home)[before:] == wanted
    wanted += decide(notebook, "ax")
    restarting = """(async () => {
      const token = document.cookie.match(/_xsrf=([^;]+)/)?.[1] ?? "";
      const { kernel } = (await (await fetch("/api/sessions")).json()).find(({ path }) => path === "dam.ipynb");
      window.restarted = (await fetch(`/api/kernels/${kernel.id}/restart`, { method: "POST", headers: { "X-XSRFToken": token } })).status;
    })(), 0"""
    notebook.evaluate(restarting)
    for key in "axaxa":
        wanted += decide(notebook, key)
        notebook.wait_for_timeout(100)
    until(notebook, "window.restarted")
    assert notebook.evaluate("window.restarted") == 200
    wanted += decide(notebook, "xa")
    loud = notebook.wait_for_selector(".isnad-a-unsaved:not([hidden])")
    assert "Not saved" in loud.inner_text() and "run this cell again" in loud.inner_text()
    run(notebook)
    until(
        notebook,
        f"document.querySelector('.isnad-a-heading') && {ANNOTATOR}.store.version >= {before + len(wanted)}",
        60,
    )
    settle(notebook)
    assert done(home)[before:] == wanted
    assert notebook.locator(".isnad-a-unsaved:not([hidden])").count() == 0
    assert notebook.locator(".jp-Notebook .jp-Cell").count() == cells  # `a` and `x` are no keys of JupyterLab here


def test_a_page_that_is_loaded_again_goes_on_where_it_was(notebook, home):
    notebook.locator(".isnad-a-article").focus()
    decide(notebook, "aa")
    settle(notebook)
    decided = notebook.locator(".isnad-a-count").inner_text()
    notebook.keyboard.press("Control+s")  # is JupyterLab's own, here too
    until(notebook, "!document.querySelector('.lm-TabBar-tab.lm-mod-current.jp-mod-dirty')")
    for _ in range(3):  # on a busy machine JupyterLab gives up on its widgets before the kernel has told of them
        notebook.reload()
        found = notebook.wait_for_selector(".isnad-a-heading, :text('model not found')", timeout=60_000)
        if "not found" not in found.inner_text():
            break
        assert notebook.locator(".isnad-article").is_visible()
    assert notebook.locator(".isnad-a-count").inner_text() == decided
    notebook.locator(".isnad-a-article").focus()
    wanted = decide(notebook, "xa")
    settle(notebook)
    assert done(home)[-2:] == wanted
