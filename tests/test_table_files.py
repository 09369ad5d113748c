"""Tables as CSV files: other runs do not write to the project's own, and no cell is a formula in a spreadsheet."""

import csv
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import charts
from helpers.analysis import table_files
from helpers.files import paths
from tests.conftest import ROOT, SEED

FORMULA = re.compile(r'[\s"\x00-\x20\x7f-\xa0\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫−]')
CELLS = st.text() | st.text(st.sampled_from("=+-@＝－'\",; \t\r\n\ufeff\xa0aق1"), max_size=12)


@settings(max_examples=300)
@given(CELLS)
def test_what_was_guarded_is_had_back_exactly(cell):
    assert table_files.unguarded(table_files.guarded(cell)) == cell


@settings(max_examples=300)
@given(CELLS)
def test_wherever_a_spreadsheet_splits_a_cell_no_part_begins_like_a_formula(cell):
    guarded = table_files.guarded(cell)
    assert not [part for part in re.split(r"[,;\t\r\n]", guarded) if FORMULA.match(part)]
    assert not guarded.startswith(("\t", "\r", "\n"))


@pytest.mark.parametrize(
    ("cell", "guarded"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("a;=HYPERLINK(1)", "a;'=HYPERLINK(1)"),
        ('a;"=1"', 'a;"\'=1"'),
        ("a, @SUM(1)", "a, '@SUM(1)"),
        ("أ\t＝1", "أ\t'＝1"),
        ("أ\r\n+1", "أ\r\n'+1"),
        ("'=1", "''=1"),
        ("'قال'", "'قال'"),
        ("قال إن 5 - 3 = 2؛ ثم", "قال إن 5 - 3 = 2؛ ثم"),
        ("a-b;c=d", "a-b;c=d"),
        ("", ""),
        (-5, -5),
        (-0.5, -0.5),
        (None, None),
    ],
)
def test_an_apostrophe_stands_where_a_formula_would_begin_and_nowhere_else(cell, guarded):
    assert table_files.guarded(cell) == guarded
    assert table_files.unguarded(guarded) == cell


def test_guarding_takes_time_by_length_alone():
    """Of what could make the patterns look at a character again and again: no more than a few steps each."""
    for cell in (";" * 200_000, "'" * 200_000, " " * 200_000, "; " * 100_000, ";'" * 100_000, "=" * 200_000):
        assert table_files.unguarded(table_files.guarded(cell)) == cell


def test_a_table_for_people_opens_as_text_in_utf_8_and_is_read_back_as_it_was(tmp_path):
    cells = ["=1+1", "a;=2", "'=3", "قال: «نعم»", "one\rtwo", 'a "quotation", so', "\u202eturned", "x\r\n-y", ""]
    table = pd.DataFrame({"exact": cells, "@n": [str(-n) for n in range(len(cells))], "n": range(-1, len(cells) - 1)})
    path = table_files.save(table, tmp_path, "t.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *found = csv.reader(file)
    assert head == ["exact", "'@n", "n"]
    assert [row[0] for row in found[:3]] == ["'=1+1", "a;'=2", "''=3"] and found[0][2] == "-1"
    pd.testing.assert_frame_equal(table_files.load(path), table.astype("str"))
    assert pd.read_csv(path)["n"].tolist() == table["n"].tolist()  # the mark is no part of a name, numbers are numbers


def test_an_index_with_a_name_is_guarded_too(tmp_path):
    table = pd.DataFrame({"=a": [1]}, index=pd.Index(["-x"], name="@id"))
    assert table_files.save(table, tmp_path, "t.csv").read_text(encoding="utf-8-sig") == "'@id,'=a\n'-x,1\n"
    assert table_files.load(tmp_path / "t.csv").to_dict("list") == {"@id": ["-x"], "=a": ["1"]}


def test_a_table_that_the_project_keeps_is_data_as_it_is(house, monkeypatch):
    monkeypatch.setenv("ISNAD_HOME", str(house))
    table = pd.DataFrame({"exact": ["=1", "أ;-2"]})
    path = table_files.save(table, house / "data/tables/corpus", "t.csv")
    assert path.read_bytes().decode() == "exact\n=1\nأ;-2\n"
    assert table_files.load(path)["exact"].tolist() == ["=1", "أ;-2"]


def test_a_table_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    table = pd.DataFrame({"a": [1]})
    path = table_files.save(table, tmp_path, "t.csv")
    before = path.read_bytes()

    def fails(*_, **__):
        raise OSError("disk full")

    monkeypatch.setattr(pd.DataFrame, "to_csv", fails)
    with pytest.raises(OSError, match="disk full"):
        table_files.save(table, tmp_path, "t.csv")
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["t.csv"]


@pytest.fixture
def reports(tmp_path, monkeypatch):
    monkeypatch.setenv("ISNAD_REPORTS", str(tmp_path / "reports"))
    return tmp_path / "reports"


@pytest.mark.parametrize("named", [paths.SEED, str(SEED), f"seeds/../{paths.SEED}"])
def test_the_tables_of_the_seed_are_those_that_the_project_keeps(named, reports):
    assert table_files.folder(named) == ROOT / "data/tables"


def test_a_link_to_the_seed_is_the_seed(tmp_path, reports):
    (tmp_path / "mine.txt").symlink_to(SEED)
    assert table_files.folder(tmp_path / "mine.txt") == ROOT / "data/tables"


def test_the_tables_of_any_other_run_go_to_its_report(tmp_path, reports, monkeypatch):
    other = tmp_path / SEED.name  # of the seed's name, not the seed
    other.write_text("قال الوزير نعم.", encoding="utf-8")
    assert table_files.folder("data/corpus") == ROOT / "data/tables"
    assert table_files.folder(other) == reports / SEED.stem / "tables"
    assert table_files.folder("seeds/examples/economy.txt") == reports / "economy" / "tables"
    assert table_files.folder("/no/such/\u202eمقال.txt") == reports / "مقال" / "tables"
    assert table_files.folder(paths.SEED, machine=True) == reports / SEED.stem / "tables"
    (tmp_path / "news.2024").mkdir()
    assert table_files.folder(tmp_path / "news.2024") == reports / "news-2024" / "tables"
    monkeypatch.setenv("ISNAD_ACTORS", str(tmp_path / "own.csv"))
    assert table_files.folder(paths.SEED) == ROOT / "data/tables"
    (tmp_path / "own.csv").touch()
    assert table_files.folder(paths.SEED) == reports / SEED.stem / "tables"


def test_a_folder_that_is_named_is_taken(tmp_path, reports):
    assert table_files.folder("x.txt", tmp_path / "t") == tmp_path / "t"
    assert table_files.folder(paths.SEED, "reports/t") == ROOT / "reports/t"


def run(notebook: Path, **parameters) -> None:
    """The code of a notebook, with other parameters, as JupyterLab would run it."""
    held: dict[str, object] = {"display": lambda *_: None}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), str(notebook), "exec"), held)
            held |= parameters if "parameters" in cell["metadata"].get("tags", ()) else {}


@pytest.fixture
def undrawn(monkeypatch):
    """Charts are made, and not drawn."""
    monkeypatch.setattr(charts, "written", lambda figure, form: b"")


def stamps() -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in (ROOT / "data/tables").rglob("*.csv")}


def test_notebooks_run_for_another_article_write_nothing_among_the_tables_of_the_seed(tmp_path, reports, undrawn):
    article, before = tmp_path / "other.txt", stamps()
    article.write_text("قالت طالبان إن الحرب انتهت عام 2020.\nوصل الوفد أمس إلى كابل.\n", encoding="utf-8")
    for notebook in paths.notebooks():
        run(notebook, article=str(article))
    assert stamps() == before
    written = {path.name for path in (reports / "other" / "tables").iterdir()}
    assert written == {path.name for path in (ROOT / "data/tables").glob("*.csv")}


def test_notebooks_about_another_corpus_write_nothing_among_the_tables_of_the_small_one(tmp_path, reports, undrawn):
    corpus, before = tmp_path / "crawl", stamps()
    corpus.mkdir()
    lines = (ROOT / "data/corpus/articles.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (corpus / "a.jsonl").write_text("".join(line for line in lines if "variant:" in line), encoding="utf-8")
    for notebook in (path for path in paths.all_notebooks() if "corpus" in path.stem):
        run(notebook, corpus=str(corpus))
    assert stamps() == before
    assert [path.name for path in (reports / "crawl" / "tables").iterdir()] == ["corpus"]
