"""The notebooks as committed; nbval runs them again and compares every output (see `pyproject.toml`)."""

import ast
import csv
import json
import re
import threading

import nbformat
import pandas as pd
import pytest

from helpers import charts
from helpers.analysis import quoted_frames, table_files
from helpers.charts import gallery
from helpers.corpus import questions, quoted, repeated_claims
from helpers.files import paths
from helpers.report import imported
from helpers.report.kernels import Kernels
from tests.conftest import ROOT
from tests.test_charts import said

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
START = ROOT / "notebooks/00-start-here.ipynb"
ABOUT_A_CORPUS = [ROOT / "notebooks/07-question-a-corpus.ipynb"]
each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path, kind):
    return [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == kind and cell.source.strip()]


def test_the_notebooks_are_numbered_in_order():
    assert [path.name[:3] for path in NOTEBOOKS] == [f"{n:02}-" for n in range(len(NOTEBOOKS))]
    assert paths.all_notebooks() == NOTEBOOKS


def test_a_report_is_made_of_the_notebooks_about_one_article_and_no_other():
    assert paths.notebooks() == [path for path in NOTEBOOKS if path not in (START, *ABOUT_A_CORPUS)]


def test_a_kernel_that_is_started_ahead_has_what_the_notebooks_of_a_report_import():
    wanted = set()
    for path in paths.notebooks():
        cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        for node in ast.walk(ast.parse("\n".join(cells))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "helpers":
                module = (node.module or "").split(".")[2:]
                wanted |= set(module) or {each.name for each in node.names}
    assert wanted - {"widget"} == set(imported.__all__)  # of a room above


def test_the_first_notebook_leads_to_every_other_by_its_title_and_its_question():
    prose = "\n".join(cell.source for cell in cells(START, "markdown"))
    rows = re.findall(r"^\| \[(.+?)\]\((.+?)\) \| (.+?) \|$", prose, re.M)
    assert [name for _, name, _ in rows] == [path.name for path in NOTEBOOKS if path != START]
    for title, name, question in rows:
        opening = cells(ROOT / "notebooks" / name, "markdown")[0].source
        assert opening.startswith(f"# {title}\n**Question** {question}")


@each
def test_every_code_cell_was_run_in_order_and_the_last_run_is_stored(path):
    code = cells(path, "code")
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    silent = [cell.source for cell in code if not cell.outputs]
    # imports, parameters and saving give no output; every other cell shows something that nbval can compare
    quiet = ("article = ", "corpus = ")
    assert all(
        source.startswith((*quiet, "from ", "import ")) or "table_files.save_all(" in source for source in silent
    ), silent


@each
def test_no_output_is_an_error_a_warning_or_an_address(path):
    for cell in cells(path, "code"):
        assert not [o for o in cell.outputs if o.output_type == "error" or o.get("name") == "stderr"], cell.source
        assert " at 0x" not in json.dumps(cell.outputs), cell.source


@each
def test_a_notebook_tells_and_defines_nothing(path):
    for cell in cells(path, "code"):
        tree = ast.parse(cell.source)
        assert not [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef | ast.Lambda)], (
            cell.source
        )
        assert "sys.path" not in cell.source
        assert cell.source.count("\n") < 12, cell.source


@each
def test_a_notebook_opens_with_its_question_and_ends_with_what_it_does_not_show(path):
    prose = cells(path, "markdown")
    assert all(word in prose[0].source for word in ("**Question**", "**Reads**", "**Writes**", "**Needs**"))
    assert prose[-1].source.startswith("## What this shows, and what it does not")


@each
def test_every_chart_has_alt_text_and_its_table_beside_it(path):
    code = cells(path, "code")
    for at, cell in enumerate(code):
        for output in cell.outputs:
            if "image/png" in output.get("data", {}):
                assert len(output.metadata["image/png"]["alt"]) > 40
                assert any("<table" in o.get("data", {}).get("text/html", "") for o in code[at + 1].outputs), (
                    cell.source
                )


def test_the_stored_charts_are_the_charts_of_today(reading):
    """nbval compares no PNG, so this does: the alt texts, which are written from the data."""
    stored = [alt for path in paths.notebooks() for alt in alts(path)]
    assert sorted(stored) == sorted(said(figure) for figure in gallery.figures(reading).values())


def test_the_stored_charts_of_the_corpus_are_those_of_today(tmp_path):
    db = questions.database(ROOT / "data/corpus", tmp_path)
    quotes = quoted.rows(db)
    drawn = [
        charts.voices_by_outlet(questions.voices(db)),
        charts.most_quoted(quoted_frames.named(quotes)),
        charts.quoted_by_month(quoted_frames.by_month(quotes)),
        charts.rests_by_outlet_and_month(questions.rests(db)),
        charts.stances_by_speaker(questions.stances(db)),
        charts.way_of_claims(repeated_claims.groups(db)),
    ]
    assert [alt for path in ABOUT_A_CORPUS for alt in alts(path)] == [said(figure) for figure in drawn]
    assert list(tmp_path.iterdir()) == []  # what was made on the way is gone


def alts(path):
    outputs = [o for cell in cells(path, "code") for o in cell.outputs]
    return [o.metadata["image/png"]["alt"] for o in outputs if "image/png" in o.get("data", {})]


def test_the_stored_tables_are_those_of_a_fresh_run(report):
    """nbval writes the tables again as it goes; so a stale one would pass unseen. The report's run is another."""
    fresh = {path.name: table_files.load(path) for path in (report / "tables").glob("*.csv")}
    stored = {path.name: table_files.load(path) for path in (ROOT / "data/tables").glob("*.csv")}
    assert set(stored) == set(fresh)
    for name, table in stored.items():
        pd.testing.assert_frame_equal(table, fresh[name], obj=name)


def test_sums_agree_between_the_notebooks():
    """The tables that they wrote, each from its own run."""
    table = {path.stem: pd.read_csv(path) for path in (ROOT / "data/tables").glob("*.csv")}
    claims, shares = table["claims"], table["shares"].set_index("basis")
    attributed = claims[claims["kind"] != "unattributed"]
    assert shares["claims"].sum() == len(claims)
    assert shares["words"].sum() == table["sentences"]["words"].sum()
    assert table["claims_by_source"]["claims"].sum() == len(attributed)
    named = table["claims_by_source"].set_index("named")["claims"]
    assert named[True].sum() == shares.loc["named", "claims"]
    assert named[False].sum() == shares.loc["unnamed", "claims"]
    of_sources = table["claims_by_source"].groupby("named")["words"].sum()
    assert of_sources[True] == shares.loc["named", "words"]
    assert (table["chain"]["relation"] == "says").sum() == len(attributed)
    mentions = table["mentions"]
    assert table["mentions_by_actor"]["mentions"].sum() == table["spellings"]["mentions"].sum() == len(mentions)
    assert table["dispersion"].drop(columns="actor_id").to_numpy().sum() == len(mentions)
    assert set(table["check_first"]["claim_id"]) <= set(claims["claim_id"])
    assert {c for ids in table["events"]["claims"] for c in ids.split()} <= set(claims["claim_id"])
    voices = table["voices"]
    said_by = attributed.merge(table["sources"], on="source_id")
    assert voices["speaks"].sum() + voices["ascribed"].sum() == said_by["actors"].fillna("").str.split().str.len().sum()


@each
def test_the_tables_that_a_notebook_says_it_writes_are_there(path):
    opening = cells(path, "markdown")[0].source
    written = opening.split("**Writes**")[1].split("**Needs**")[0]
    if path == START:
        assert written.strip(" ·") == "nothing"
        return
    names = [word for word in written.split("`") if word.endswith(".csv")]
    assert names
    for name in names:
        with (ROOT / "data/tables" / name).open(encoding="utf-8", newline="") as file:
            assert len(list(csv.reader(file))) > 1, name


def test_what_a_cell_prints_is_stored_in_one_piece_however_it_came(tmp_path):
    """On a busy machine a line and its end come apart; the stored notebooks are to be the same on every machine."""
    code = "import sys\nfor part in ('a', 'b', '\\n'):\n    sys.stdout.write(part)\n    sys.stdout.flush()"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])

    def run():
        with Kernels() as running:
            running.run({tmp_path / "01-x.ipynb": notebook}, lambda step: None)

    thread = threading.Thread(target=run)  # a browser that another test has open holds this one's event loop
    thread.start()
    thread.join()
    assert [output.text for output in notebook.cells[0].outputs] == ["ab\n"]
