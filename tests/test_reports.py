import asyncio
import itertools
import json
import re
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import openpyxl
import pandas as pd
import psutil
import pytest
import typer

from helpers.analysis import table_files
from helpers.cli import lab
from helpers.cli.options import overlapping
from helpers.cli.terminal import Failures
from helpers.files import paths
from helpers.files.errors import InputError, NotebookError
from helpers.inputs import arguments
from helpers.report import build, downloads, front_page, interface, kernels, notebook_parameters
from helpers.text import articles
from tests.conftest import ROOT, SEED, in_one_line, only

WORKING = [path.stem for path in paths.notebooks()]  # a page a notebook, and the same in Arabic
PAGES = ["index", "ar", *WORKING, *(f"{stem}.ar" for stem in WORKING)]
LIST = ["index.html", "ar.html"]  # the list of all reports, beside them
each = pytest.mark.parametrize("page", PAGES)


class Elements(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def named(self, *tags):
        return [(tag, attrs) for tag, attrs in self.found if tag in tags]


def elements(report, page):
    return Elements((report / f"{page}.html").read_text(encoding="utf-8"))


def test_a_report_has_an_overview_a_page_a_notebook_and_the_tables(report):
    assert sorted(path.name for path in report.glob("*.html")) == sorted(f"{page}.html" for page in PAGES)
    assert {"claims.csv", "sources.csv", "mentions.csv"} <= {path.name for path in (report / "tables").iterdir()}
    left = sorted(path.name for path in report.parent.iterdir())
    assert left == sorted([".index.html.lock", "broadsheet", "economy", SEED.stem, *LIST])  # nothing else is left lying


@each
def test_a_page_asks_nothing_of_the_network(report, page):
    for tag, attrs in elements(report, page).found:
        for name in ("src", "href", "srcset", "action", "data"):
            value = attrs.get(name) or ""
            inside = value.startswith(("#", "data:")) or (
                tag == "a" and value.split("#")[0] in {*(f"{p}.html" for p in PAGES), *(f"../{p}" for p in LIST)}
            )
            inside = inside or ("download" in attrs and re.fullmatch(r"tables/[a-z_]+\.(csv|xlsx)", value))
            assert not value or inside, (tag, value)
    text = (report / f"{page}.html").read_text(encoding="utf-8")
    assert not re.search(r"url\((?!['\"]?data:)|@import|fetch\(|XMLHttpRequest|import\(", text)
    assert text.count("<script") == (page in ("index", "ar"))  # the front page's own


@each
def test_a_page_says_its_language_and_marks_arabic_as_such(report, page):
    found = elements(report, page)
    assert found.named("html") == [
        ("html", {"lang": "ar", "dir": "rtl"} if page.endswith("ar") else {"lang": "en", "dir": "ltr"})
    ]
    arabic = [attrs for _, attrs in found.found if attrs.get("lang") == "ar"]
    assert arabic and all(attrs.get("dir") == "rtl" for attrs in arabic)


@each
def test_every_image_has_alt_text_written_from_its_data(report, page):
    images = elements(report, page).named("img")
    assert images or page.removesuffix(".ar") not in ("03-chart-actors", "04-audit-sources", "05-trace-timeline")
    assert all(len(attrs["alt"]) > 40 and "No description" not in attrs["alt"] for _, attrs in images)


@each
def test_headings_are_in_order_and_there_is_one_of_the_first(report, page):
    levels = [int(tag[1]) for tag, _ in elements(report, page).named("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_each_page_leads_to_the_same_page_in_the_other_language(report):
    for page in PAGES:
        other = {"index": "ar", "ar": "index"}.get(page) or (page.removesuffix(".ar") if "." in page else f"{page}.ar")
        switch = [attrs for _, attrs in elements(report, page).named("a") if "hreflang" in attrs]
        assert [(a["href"], a["hreflang"]) for a in switch] == [
            (f"{other}.html", "en" if page.endswith("ar") else "ar")
        ]


@each
def test_every_link_of_a_page_leads_to_a_file(report, page):
    for _, attrs in elements(report, page).named("a"):
        file, _, place = attrs["href"].partition("#")
        assert (report / file).is_file() if file else f'id="{place}"' in (report / f"{page}.html").read_text("utf-8")


def downloads_of(report, page):
    """What a page offers for download, and what it says of each table: file, rows."""
    text = (report / f"{page}.html").read_text(encoding="utf-8")
    (section,) = re.findall(r'<section id="tables".*?</section>', text, re.DOTALL)
    rows = re.findall(r'href="(tables/\w+\.csv)".*?<td class="isnad-number">([\d,]+)</td>', section)
    return {a["href"] for _, a in Elements(section).named("a") if "download" in a}, dict(rows), section


@pytest.mark.parametrize("page", ["index", "ar"])
def test_the_overview_offers_all_tables_as_one_workbook_and_each_as_csv(report, page):
    offered, rows, section = downloads_of(report, page)
    tables = {f"tables/{path.name}" for path in (report / "tables").iterdir()}
    assert offered == tables and "tables/tables.xlsx" in tables and len(tables) > 20
    claims = table_files.load(report / "tables" / "claims.csv")
    assert rows["tables/claims.csv"] == str(len(claims))
    assert not re.search(r">(saved\.)?[a-z]+_[a-z_]+</a>", section)  # each is named in words
    stem = ".ar.html" if page == "ar" else ".html"
    assert [a["href"] for _, a in Elements(section).named("a") if "download" not in a] == [
        f"{name}{stem}" for name in WORKING
    ]


@pytest.mark.parametrize("page", PAGES[2:])
def test_a_page_of_a_notebook_offers_the_tables_that_it_saves(report, page):
    notebook = next(path for path in paths.notebooks() if path.stem == page.removesuffix(".ar"))
    saves = re.findall(r"`(\w+\.csv)`", nbformat.read(notebook, 4).cells[0].source.partition("**Writes**")[2])
    offered, rows, _ = downloads_of(report, page)
    assert saves and offered == {"tables/tables.xlsx", *(f"tables/{name}" for name in saves)}
    assert list(rows) and "tables/tables.xlsx" not in rows


def test_the_workbook_has_each_table_from_right_to_left_its_numbers_and_days_as_such(report):
    book = openpyxl.load_workbook(report / "tables" / "tables.xlsx")
    assert set(book.sheetnames) == {path.stem for path in (report / "tables").glob("*.csv")}
    assert book.sheetnames[:3] == ["sentences", "oddities", "claims"]  # in the order of the notebooks
    for sheet in book:
        assert sheet.sheet_view.rightToLeft and sheet.freeze_panes == "A2"
        table = table_files.load(report / "tables" / f"{sheet.title}.csv")
        heads = [cell.value.partition("\n")[0] for cell in sheet[1]]
        assert heads == list(table.columns)
        for row, texts in zip(sheet.iter_rows(min_row=2), table.itertuples(index=False), strict=True):
            for cell, text in zip(row, texts, strict=True):
                assert _text(cell) == text or float(_text(cell)) == float(text), cell.coordinate
    assert book["sentences"]["A1"].value == "sentence\nالجملة"
    assert book["sentences"]["A2"].value == 1 and book["shares"]["C2"].number_format == "0.0%"
    heads = [cell.value.partition("\n")[0] for cell in book["times"][1]]
    assert any(row[heads.index("earliest")].is_date for row in book["times"].iter_rows(min_row=2))
    assert json.loads((report / "report.json").read_text("utf-8"))["workbook"] == "tables/tables.xlsx"


def test_counts_are_numbers_in_a_workbook_also_where_another_table_has_ids_under_their_name(tmp_path):
    for name, claims in (("sources", ["3", "12"]), ("voices", ["c1 c2", ""])):
        table = pd.DataFrame({"article_id": ["7", "8"], "claims": claims}, dtype=object)
        table_files.save(table, tmp_path / "tables", f"{name}.csv")
    downloads.make(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "tables" / "tables.xlsx")
    found = {sheet.title: [cell.value for cell in sheet["B"][1:]] for sheet in book}
    assert found == {"sources": [3, 12], "voices": ["c1 c2", None]}
    assert [cell.value for cell in book["sources"]["A"][1:]] == ["7", "8"], "an id of an article stays text"


def _text(cell):
    """What a cell holds, as a CSV file has it."""
    return "" if cell.value is None else cell.value.date().isoformat() if cell.is_date else str(cell.value)


def test_each_table_that_the_project_keeps_has_a_name_in_words():
    names = {f"saved.{path.stem}" for path in (ROOT / "data" / "tables").glob("*.csv")}
    assert {key for key in interface.load("en").phrases if key.startswith("saved.")} == names


def some_tables(folder):
    """A report of one page, with three tables."""
    table = pd.DataFrame({"claim_id": ["c1", "c2"], "note": ["=1", "ق" * 40_000 + "\x0b"]})
    for name in ("claims.csv", "mine.csv", "voices.csv"):
        table_files.save(table, folder / "tables", name)
    for name in ("index.html", "ar.html", "02-x.html", "02-x.ar.html", "03-y.html", "03-y.ar.html"):
        (folder / name).write_text(f"<p>a</p>{front_page.TABLES}<p>b</p>", encoding="utf-8")
    made = downloads.make(folder, ["voices", "claims", "never"])
    pages = {"en": [("02-x.html", "X"), ("03-y.html", "Y")], "ar": [("02-x.ar.html", "X"), ("03-y.ar.html", "Y")]}
    downloads.fill(folder, made, pages, {"02-x": ["voices", "claims", "never"], "03-y": []})
    return made


def test_a_table_that_no_notebook_names_is_offered_last_and_a_page_without_tables_has_no_section(tmp_path):
    made = some_tables(tmp_path)
    assert [table.name for table in made.tables] == ["voices", "claims", "mine"]
    assert [table.rows for table in made.tables] == [2, 2, 2]
    assert list(downloads_of(tmp_path, "index")[1]) == [f"tables/{name}.csv" for name in ("voices", "claims", "mine")]
    assert list(downloads_of(tmp_path, "02-x")[1]) == ["tables/voices.csv", "tables/claims.csv"]
    assert (tmp_path / "03-y.html").read_text(encoding="utf-8") == "<p>a</p><p>b</p>"


def test_a_page_says_what_the_workbook_could_not_hold(tmp_path):
    made = some_tables(tmp_path)
    assert (made.changed.replaced, made.changed.cut) == (3, 3)
    for page in ("index", "02-x", "ar", "02-x.ar"):
        assert re.search(r"<p class=.isnad-note.>[^<]*�[^<]*[(]3[)]", downloads_of(tmp_path, page)[2])
    (tmp_path / "tables" / "voices.csv").unlink()
    assert downloads.make(tmp_path).changed.cut == 2


def test_without_xlsxwriter_a_report_has_its_csv_files_and_no_word_of_a_workbook(tmp_path, monkeypatch):
    monkeypatch.setattr(downloads, "find_spec", lambda name: None)
    made = some_tables(tmp_path)
    assert downloads.workbook() == "" and (made.size, made.changed) == (0, None)
    for page in ("index", "ar", "02-x", "02-x.ar"):
        offered, rows, section = downloads_of(tmp_path, page)
        assert offered == set(rows) and "xlsx" not in section and "Excel" not in section
    assert not (tmp_path / "tables" / "tables.xlsx").exists()


def test_a_report_without_tables_says_so(tmp_path):
    (tmp_path / "index.html").write_text(front_page.TABLES, encoding="utf-8")
    downloads.fill(tmp_path, downloads.make(tmp_path), {"en": []}, {})
    assert downloads_of(tmp_path, "index")[0] == set()


@pytest.mark.parametrize("page", PAGES[2:])
def test_the_code_is_folded_away_but_there(report, page):
    folded = elements(report, page).named("details")
    assert folded and all("open" not in attrs for _, attrs in folded)
    assert "readings" in (report / f"{page}.html").read_text(encoding="utf-8")


def test_the_overview_has_the_figures_the_article_and_who_rated_it(report):
    text = (report / "index.html").read_text(encoding="utf-8")
    assert 'id="brief"' in text and "isnad-article" in text and "isnad-provenance" in text
    assert 'id="claim-c21"' in text
    assert "423f116c947971b8" in text
    assert "no independent review" in (report / "02-annotate-claims.html").read_text(encoding="utf-8")


def test_ids_on_a_page_are_unique(report):
    for page in PAGES:
        ids = [attrs["id"] for _, attrs in elements(report, page).found if "id" in attrs]
        assert len(ids) == len(set(ids)), page


def test_a_notebook_that_fails_costs_one_line_and_leaves_the_last_good_report(house, called, tmp_path):
    good = tmp_path / "reports" / SEED.stem
    good.mkdir(parents=True)
    (good / "index.html").write_text("the last good report", encoding="utf-8")
    (good / "report.json").write_text('{"schema": 1, "article_id": "x"}', encoding="utf-8")
    broken = only(house, "02-annotate-claims")
    notebook = json.loads(broken.read_text(encoding="utf-8"))
    notebook["cells"][-2]["source"] = "assert False, 'it does not hold'"
    broken.write_text(json.dumps(notebook), encoding="utf-8")
    done = called("report", SEED, home=house)
    assert in_one_line(done, "02-annotate-claims.ipynb", "it does not hold"), done.stderr
    assert (good / "index.html").read_text(encoding="utf-8") == "the last good report"
    assert [path.name for path in (tmp_path / "reports").iterdir()] == [SEED.stem]  # no list either: nothing new stands


def test_each_of_several_articles_costs_its_own_line_and_all_are_told_in_their_order(house, called, tmp_path):
    broken = only(house, "01-load-article")
    notebook = json.loads(broken.read_text(encoding="utf-8"))
    notebook["cells"][-2]["source"] = "assert 'second' not in article, 'it does not hold'"
    broken.write_text(json.dumps(notebook), encoding="utf-8")
    names = ["first", "second", "third", "fourth", "fifth"]
    for name in names:
        (tmp_path / f"{name}.txt").write_text(
            "" if name == "third" else "قال الوزير إن الطريق مفتوح.", encoding="utf-8"
        )
    done = called("report", *(tmp_path / f"{name}.txt" for name in names), home=house)
    assert done.returncode == 2
    assert [Path(line).parent.name for line in done.stdout.splitlines()] == ["first", "fourth", "fifth"]
    count, second, third = done.stderr.splitlines()
    assert count == "isnad: 2 of 5 articles have no report:"
    assert "01-load-article.ipynb" in second and "it does not hold" in second  # when the third was refused already
    assert "third.txt" in third
    made = sorted(path.name for path in (tmp_path / "reports").iterdir() if path.is_dir())
    assert made == ["fifth", "first", "fourth"]


class Works:
    """What is done with articles that are only names, in order; `fails` names what fails, or is stopped by a user."""

    def __init__(self, **fails):
        self.done, self.fails = [], fails
        self.failures = Failures(late=True)

    def of(self, article):
        self._step("begin", article)
        try:
            yield
            self._step("end", article)
        finally:
            self.done.append(f"clear {article.article_id}")

    def _step(self, step, article):
        self.done.append(f"{step} {article.article_id}")
        if error := self.fails.get(f"{step}_{article.article_id}"):
            raise error

    def run(self, *names):
        named = [(name, partial(articles.from_text, "نعم", name, Path(name))) for name in names]
        overlapping(named, self.failures, self.of, arguments.UniqueIds("report"))


def test_the_next_article_is_begun_before_one_is_ended_and_never_a_third():
    works = Works()
    works.run("a", "b", "c")
    expected = ["begin a", "begin b", "end a", "clear a", "begin c", "end b", "clear b", "end c", "clear c"]
    assert works.done == expected


def test_an_article_that_cannot_be_begun_leaves_the_one_before_it_as_it_is(capsys):
    works = Works(begin_b=InputError("b.txt: no"), end_a=NotebookError("a.txt: no"))
    works.run("a", "b", "c")
    assert [step for step in works.done if "clear" not in step] == ["begin a", "begin b", "end a", "begin c", "end c"]
    with pytest.raises(typer.Exit):
        works.failures.end()
    assert capsys.readouterr().err.splitlines()[1:] == ["isnad: a.txt: no", "isnad: b.txt: no"]


@pytest.mark.parametrize("stopped", ["begin_b", "end_a"])
def test_whoever_stops_a_call_has_all_cleared_away_that_was_begun(stopped):
    works = Works(**{stopped: KeyboardInterrupt()})
    with pytest.raises(KeyboardInterrupt):
        works.run("a", "b", "c")
    cleared = [step for step in works.done if "clear" in step]
    assert sorted(cleared) == ["clear a"] + ["clear b"] * (stopped == "end_a")


@pytest.mark.parametrize("system", ["exchanges names in one step", "cannot exchange names"])
def test_a_second_report_takes_the_place_of_the_first(tmp_path, monkeypatch, system):
    if system == "cannot exchange names":
        monkeypatch.setattr(build, "_exchanged", lambda one, other: False)
    first, second = tmp_path / ".staging", tmp_path / "report"
    second.mkdir()
    (second / "old.html").touch()
    first.mkdir()
    (first / "new.html").touch()
    build._swap(first, second)
    assert [path.name for path in second.iterdir()] == ["new.html"]


@each
def test_a_page_opens_in_a_browser_without_a_fault_and_fits_its_width(report, browser, page):
    tab = browser.new_page(viewport={"width": 390, "height": 900})
    faults = []
    tab.on("console", lambda message: message.type == "error" and faults.append(message.text))
    tab.on("requestfailed", lambda request: faults.append(request.url))
    tab.on("request", lambda request: request.url.startswith(("file:", "data:")) or faults.append(request.url))
    tab.goto((report / f"{page}.html").as_uri())
    for width in (390, 1280):
        tab.set_viewport_size({"width": width, "height": 900})
        assert tab.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()
    assert faults == []


@pytest.mark.parametrize("page", ["03-chart-actors", "03-chart-actors.ar"])
def test_a_chart_on_a_phone_keeps_its_size_and_begins_at_its_names(report, browser, page):
    tab = browser.new_page(viewport={"width": 360, "height": 800})
    tab.goto((report / f"{page}.html").as_uri())
    chart = tab.locator(".picture img").first.bounding_box()
    tab.close()
    assert chart["width"] > 600 and 300 < chart["x"] + chart["width"] <= 360


def test_jupyterlab_gets_our_styles_and_keeps_the_readers_settings(tmp_path, monkeypatch):
    monkeypatch.delenv("JUPYTERLAB_SETTINGS_DIR", raising=False)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "theirs"))
    environment = lab.environment(tmp_path)
    css = (Path(environment["JUPYTER_CONFIG_DIR"]) / "custom" / "custom.css").read_text(encoding="utf-8")
    assert "unicode-bidi: plaintext" in css and ".isnad-paragraph" in css and "nav ul" not in css
    defaults = json.loads(
        (Path(environment["JUPYTER_CONFIG_DIR"]) / "labconfig" / "default_setting_overrides.json").read_text()
    )
    schemas = Path(sys.prefix) / "share" / "jupyter" / "lab" / "schemas"
    for name, settings in defaults.items():
        plugin, _, schema = name.partition(":")
        known = json.loads((schemas / plugin / f"{schema}.json").read_text(encoding="utf-8"))["properties"]
        for key, value in settings.items():
            assert value in [choice["const"] for choice in known[key]["oneOf"]]
    assert environment["JUPYTER_CONFIG_PATH"].startswith(str(tmp_path / "theirs"))
    assert environment["JUPYTERLAB_SETTINGS_DIR"].startswith(str(tmp_path / "theirs"))
    assert "--LabApp.custom_css=True" in lab.command()
    assert f"--ServerApp.root_dir={paths.home()}" in lab.command()


@pytest.fixture
def bare(monkeypatch):
    """Kernels that import nothing ahead, where only how they start and end is tested."""
    monkeypatch.setattr(kernels, "IMPORTS", "pass")


def apart(do):
    """Do something in another thread: a browser of other tests may hold this one's event loop."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(do).result()


def test_a_kernel_whose_port_was_taken_meanwhile_is_started_again(monkeypatch, bare, tmp_path):
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    made = []

    class Unlucky(kernels.AsyncKernelManager):
        def __init__(self, **given):
            super().__init__(**given)
            made.append(self)
            if len(made) == 1:
                self.cache_ports = False  # keep the one that is given
                self.shell_port = taken.getsockname()[1]

    monkeypatch.setattr(kernels, "AsyncKernelManager", Unlucky)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print(6 * 7)")])

    def run():
        with kernels.Kernels() as running:
            running.run({tmp_path / "one.ipynb": notebook}, lambda name: None)

    apart(run)
    taken.close()
    assert len(made) == 2
    assert notebook.cells[0].outputs[0].text == "42\n"


def test_a_kernel_that_is_started_ahead_has_what_notebooks_import_and_no_name_of_it(tmp_path):
    code = "import sys\nprint('helpers.charts' in sys.modules, [name for name in dir() if 'import' in name])"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])

    def run():
        with kernels.Kernels() as running:
            running.start([tmp_path / "one.ipynb"])
            (begun,) = running._ahead
            running.run({tmp_path / "one.ipynb": notebook}, lambda name: None)
            assert [kernel.manager for kernel in running._free] == [begun]

    apart(run)
    assert notebook.cells[0].outputs[0].text == "True []\n"
    assert notebook.cells[0].execution_count == 1


def test_a_kernel_that_is_started_ahead_and_never_needed_ends_with_the_others(bare, tmp_path):
    def run():
        with kernels.Kernels() as running:
            running.start([tmp_path / "one.ipynb"])
            return psutil.Process(running._ahead[0].provisioner.pid)

    assert not psutil.wait_procs([apart(run)], timeout=10)[1]


def code(source):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])


def test_notebooks_run_beside_a_block_and_an_error_in_it_stops_them(bare, tmp_path):
    mark, after = tmp_path / "begun", code("print(6 * 7)")
    sleeping = code(f"import time; open({str(mark)!r}, 'w').close(); time.sleep(3600)")

    def run():
        with kernels.Kernels() as running:
            with pytest.raises(ValueError, match="in the block"), running.running({tmp_path / "a": sleeping}, print):
                while not mark.exists():
                    threading.Event().wait(0.05)
                raise ValueError("in the block")
            running.run({tmp_path / "b.ipynb": after}, lambda name: None)

    apart(run)
    assert after.cells[0].outputs[0].text == "42\n"


def test_notebooks_of_two_blocks_run_in_the_order_in_which_they_were_given(bare, tmp_path):
    ended, names = [], [tmp_path / f"{number}.ipynb" for number in range(6)]

    def run():
        with kernels.Kernels() as running:
            running._places = asyncio.Semaphore(1)
            first = {name: code("1") for name in names[:3]}
            second = {name: code("1") for name in names[3:]}
            with running.running(first, ended.append), running.running(second, ended.append):
                pass

    apart(run)
    assert ended == names


def test_a_kernel_forgets_what_a_notebook_named_also_what_names_itself(bare, tmp_path):
    keeps = "import builtins, weakref\nclass Loop: pass\na = Loop(); a.a = a\nbuiltins.kept = weakref.ref(a)"
    asks = code("print(kept(), 'a' in dir())")

    def run():
        with kernels.Kernels() as running:
            running._places = asyncio.Semaphore(1)
            for notebook in (code("1"), code(keeps), asks):
                running.run({tmp_path / "one.ipynb": notebook}, lambda name: None)

    apart(run)
    assert asks.cells[0].outputs[0].text == "None False\n"


def test_a_page_that_cannot_be_written_beside_the_kernels_fails_the_report():
    def full():
        raise OSError("no space")

    with pytest.raises(OSError, match="no space"), ThreadPoolExecutor(1) as thread, build._beside(thread) as write:
        write(full)


def test_when_a_notebook_fails_no_page_is_written_any_more():
    done, begun, failed = [], threading.Event(), threading.Event()

    def page():
        begun.set()
        failed.wait(60)
        done.append("the page that was being written")

    def kernels_run():
        begun.wait(60)
        threading.Timer(0.2, failed.set).start()
        raise NotebookError("02-x.ipynb: it does not hold")

    with pytest.raises(NotebookError), ThreadPoolExecutor(1) as thread, build._beside(thread) as write:
        write(page)
        write(done.append, "another one")
        kernels_run()
    assert done == ["the page that was being written"]  # nothing writes there behind this line


@pytest.mark.parametrize("own", [True, False], ids=["after its own", "before all"])
def test_the_parameters_of_a_run_stand_where_a_notebook_reads_them(tmp_path, own):
    cells = [nbformat.v4.new_code_cell("a = 0", metadata={"tags": ["parameters"] if own else []})]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "n.ipynb")
    made = notebook_parameters.injected(tmp_path / "n.ipynb", {"a": "\udce9'\u202e😀\n", "b": True})
    at = [cell.metadata.get("tags") for cell in made.cells].index(["injected-parameters"])
    assert at == own
    said = {}
    exec(made.cells[at].source, said)
    assert (said["a"], said["b"]) == ("\udce9'\u202e😀\n", True)
    assert "\u202e" not in made.cells[at].source
