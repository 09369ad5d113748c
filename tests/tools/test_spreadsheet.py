"""The tables of a report, opened by LibreOffice: each cell has what was written, and none is a formula."""

import csv
import shutil
import subprocess

import openpyxl
import pandas as pd
import pytest
from lxml import etree
from openpyxl.styles import Alignment

from helpers.analysis import table_files, workbooks
from helpers.text import articles
from tests.test_pdf_documents import ARTICLES
from tests.test_word_documents import said

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this machine: install libreoffice-calc")

SPACES = {
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
}
# Comma, quotation mark, UTF-8, from the first line, all columns as they come; numbers and dates are recognised, and formulas
# are, which is more than LibreOffice does by itself: a cell that begins like one would be run.
EAGER = "CSV:44,34,76,1,,0,false,true,false,false,false,-1,true"
SPREADSHEETS = {"as it opens a file": None, "with formulas allowed": EAGER.removeprefix("CSV:")}


def opened(paths, folder, options):
    """The cells of tables as LibreOffice has them, row by row, a list for each: (text, formula or None) each."""
    converted(paths, folder, f"--infilter=CSV:{options}" if options else "--infilter=CSV:44,34,76,1")
    return [cells((folder / path.name).with_suffix(".fods")) for path in paths]


def converted(paths, folder, *options, into="fods"):
    """Have LibreOffice open files and save them in a folder, as flat OpenDocument unless another form is named."""
    line = [OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", *options]
    line += ["--convert-to", into, "--outdir", str(folder), *map(str, paths)]
    subprocess.run(line, check=True, capture_output=True, timeout=600)


def workbook(path, folder):
    """The sheets of a workbook as LibreOffice has them, by name: the direction of each, and its rows of values and formulas."""
    converted([path], folder)
    tree = etree.parse(str((folder / path.name).with_suffix(".fods")))
    directions = {
        style.get(f"{{{SPACES['style']}}}name"): properties.get(f"{{{SPACES['style']}}}writing-mode")
        for style in tree.iterfind(".//style:style", SPACES)
        for properties in style.iterfind("style:table-properties", SPACES)
    }
    return {
        sheet.get(f"{{{SPACES['table']}}}name"): (
            directions[sheet.get(f"{{{SPACES['table']}}}style-name")],
            [found for row in sheet.iterfind(".//table:table-row", SPACES) if (found := list(in_row(row, typed=True)))],
        )
        for sheet in tree.iterfind(".//table:table", SPACES)
    }


def cells(path):
    rows = etree.parse(str(path)).iterfind(".//table:table-row", SPACES)
    return [found for row in rows if (found := list(in_row(row)))]


def in_row(row, typed=False):
    """The cells of a row, each its text, or where it has one and it is asked for its number or day, and its formula."""
    for cell in row.iterfind("table:table-cell", SPACES):
        lines = ["".join(_with_spaces(p)) for p in cell.iterfind("text:p", SPACES)]
        values = (cell.get(f"{{{SPACES['office']}}}{name}") for name in ("value", "date-value"))
        formula = cell.get(f"{{{SPACES['table']}}}formula")
        value = next(filter(None, values), None) if typed and not formula else None
        found = value or "\n".join(lines), formula
        times = int(cell.get(f"{{{SPACES['table']}}}number-columns-repeated", 1))
        if times < 1000:  # else what is empty to the right of all
            yield from [found] * times


def _with_spaces(paragraph):
    """The texts of a paragraph; several spaces are written as an element, and so is a tab."""
    yield paragraph.text or ""
    for element in paragraph:
        if element.tag == f"{{{SPACES['text']}}}tab":
            yield "\t"
        if element.tag == f"{{{SPACES['text']}}}s":
            yield " " * int(element.get(f"{{{SPACES['text']}}}c", 1))
        yield from _with_spaces(element) if element.tag != f"{{{SPACES['text']}}}s" else ()
        yield element.tail or ""


def written(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    "-2+3",
    "@SUM(1;2)",
    "  =1+1",
    "＝1+1",
    "قال الوزير؛ =1+1",
    "a,=1+1",
    "=cmd|' /C calc'!A0",
    "\u202e=1+1",
    "أ\n=1+1",
]


@pytest.mark.parametrize("options", SPREADSHEETS.values(), ids=SPREADSHEETS)
def test_a_text_that_looks_like_a_formula_is_shown_as_a_text_and_not_run(tmp_path, options):
    path = table_files.save(pd.DataFrame({"exact": HOSTILE, "n": range(len(HOSTILE))}), tmp_path, "t.csv")
    (found,) = opened([path], tmp_path, options)
    assert [formula for row in found for _, formula in row if formula] == []
    assert [row[0][0] for row in found] == [row[0] for row in written(path)]
    assert [row[1][0] for row in found[1:]] == [str(n) for n in range(len(HOSTILE))]


def test_a_formula_that_nobody_guarded_is_noticed(tmp_path):
    """The premise of these tests: LibreOffice evaluates cells that begin like a formula, if it is allowed to."""
    path = tmp_path / "t.csv"
    path.write_text("exact\n=1+1\n", encoding="utf-8")
    (found,) = opened([path], tmp_path, SPREADSHEETS["with formulas allowed"])
    ((_, head), (text, formula)) = [row[0] for row in found]
    assert head is None and formula and text == "2"


def test_every_table_of_a_report_has_in_its_cells_what_was_written(report, tmp_path):
    tables = sorted((report / "tables").glob("*.csv"))
    assert len(tables) > 5
    for path, found in zip(tables, opened(tables, tmp_path, None), strict=True):
        wanted = written(path)
        assert [formula for row in found for _, formula in row if formula] == [], path.name
        assert len(found) == len(wanted), path.name
        for row, texts in zip(found, wanted, strict=True):
            shown = [text for text, _ in row] + [""] * (len(texts) - len(row))
            assert [_plain(text) for text in shown[: len(texts)]] == [_plain(text) for text in texts], path.name


TRUTH = ("of:=TRUE()", "of:=FALSE()")  # what LibreOffice makes of a truth value, for which it has no type
ONLY_IN_A_WORKBOOK = [
    "\t=1",
    "_x0041_",
    "_x005F_x0041_",
    "#N/A",
    "1",
    "TRUE",
    "  two  spaces ",
    "\u200f\u061cق",
    "a\r\nb",
]


def test_a_workbook_gives_its_texts_back_as_they_went_and_runs_none(tmp_path):
    texts = [*HOSTILE, *ONLY_IN_A_WORKBOOK]
    table = pd.DataFrame({"exact": texts, "n": range(len(texts)), "end": "."})
    workbooks.write(tmp_path / "t.xlsx", {"a": table})
    ((direction, (_, *rows)),) = workbook(tmp_path / "t.xlsx", tmp_path).values()
    assert direction == "rl-tb"
    assert [formula for row in rows for _, formula in row if formula] == []
    assert [row[0][0] for row in rows] == [text.replace("\r\n", "\n") for text in texts]
    assert [row[1][0] for row in rows] == [str(n) for n in range(len(texts))]


def test_the_workbook_of_a_report_has_its_tables_from_right_to_left_with_what_was_written(report, tmp_path):
    sheets = workbook(report / "tables" / "tables.xlsx", tmp_path)
    assert set(sheets) == {path.stem for path in (report / "tables").glob("*.csv")}
    for name, (direction, rows) in sheets.items():
        assert direction == "rl-tb", name
        assert {formula for row in rows for _, formula in row} <= {None, *TRUTH}, name
        table = table_files.load(report / "tables" / f"{name}.csv")
        wanted = [list(table.columns), *table.itertuples(index=False)]
        assert len(rows) == len(wanted), name
        heads = [text.partition("\n")[0] for text, _ in rows[0]]
        for row, texts in zip([heads, *([text for text, _ in row] for row in rows[1:])], wanted, strict=True):
            shown = row + [""] * (len(texts) - len(row))
            assert [_plain(text) for text in shown[: len(texts)]] == [_plain(text) for text in texts], name


def _plain(text):
    """A text as a spreadsheet shows it: numbers, dates and true or false may be written in another way."""
    try:
        return f"{float(text):.4g}"
    except ValueError:
        return text.replace("\r\n", "\n").strip().casefold()


@pytest.mark.parametrize("paragraphs", ARTICLES.values(), ids=ARTICLES)
def test_an_article_that_is_saved_as_a_pdf_is_the_text_that_was_set_and_makes_its_claims(paragraphs, tmp_path):
    book = openpyxl.Workbook()
    book.active.sheet_view.rightToLeft = True
    book.active.column_dimensions["A"].width = 70
    for number, each in enumerate(paragraphs, 1):
        cell = book.active.cell(number, 1, each)
        cell.alignment = Alignment(wrap_text=True, horizontal="right", vertical="top", readingOrder=2)
        book.active.row_dimensions[number].height = 18 * (1 + len(each) // 50)
    book.save(tmp_path / "article.xlsx")
    (plain := tmp_path / "plain.txt").write_text("\n".join(paragraphs) + "\n", encoding="utf-8")
    converted([tmp_path / "article.xlsx"], tmp_path, into="pdf")
    article = articles.load(tmp_path / "article.pdf")
    assert article.text.splitlines() == list(paragraphs)
    assert said(article) == said(articles.load(plain))
