"""Tables as a spreadsheet file: every cell is had back as it went in, and the sheet is set for readers of Arabic."""

import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from helpers.analysis import workbooks
from helpers.analysis.workbooks import Changed
from helpers.files.errors import InputError
from helpers.report import downloads

SPECIAL = "=+-@\t\r\n'\"<&>_x0041\ufeff\u200f\u202e\x00\x0b\x1f\x85\ufffe\uffff\ud800\udfff\U0001f600\U0010ffff قال1"
TEXTS = st.text(st.characters(exclude_categories=())) | st.text(st.sampled_from(SPECIAL), max_size=20)
NO_CHARACTER_OF_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(folder, table, **how):
    """A table as it was written and read again: its sheet, and what was changed."""
    path = folder / "t.xlsx"
    changed = workbooks.write(path, {"t": table}, **how)
    return openpyxl.load_workbook(path)["t"], changed


def xml_of(folder, part):
    """A part of the file as it is in it."""
    with zipfile.ZipFile(folder / "t.xlsx") as archive:
        return archive.read(f"xl/{part}.xml").decode()


def held(folder, *cells):
    """What a column of cells holds when it is read again."""
    sheet, _ = written(folder, pd.DataFrame({"a": pd.Series(cells, dtype=object), "end": "."}))
    return [row[0].value for row in sheet.iter_rows(min_row=2)]


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS.filter(bool), min_size=1, max_size=20))
def test_any_text_is_had_back_but_for_characters_that_xml_has_not(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("book")
    sheet, changed = written(folder, pd.DataFrame({"text": texts}, dtype=object))
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [unescape(cell.value) for cell in cells] == [NO_CHARACTER_OF_XML.sub("\ufffd", text) for text in texts]
    assert {cell.data_type for cell in cells} == {"s"}
    assert changed == Changed(replaced=sum(len(NO_CHARACTER_OF_XML.findall(text)) for text in texts))


@settings(max_examples=50, deadline=None)
@given(TEXTS.filter(bool))
def test_any_text_can_head_a_column_and_name_a_sheet(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("book") / "t.xlsx"
    table = pd.DataFrame([[1]], columns=pd.Index([text], dtype=object))
    workbooks.write(path, {text: table, f"{text}*": pd.DataFrame({"a": [1]})})
    book = openpyxl.load_workbook(path)
    assert unescape(book.worksheets[0]["A1"].value) == NO_CHARACTER_OF_XML.sub("\ufffd", text)
    assert len({name.casefold() for name in book.sheetnames}) == 2


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\n=1", "#N/A", "#REF!", "{=1}", "TRUE", "1"])
def test_a_text_is_a_text_and_stays_one_where_a_person_edits_it(tmp_path, text):
    sheet, _ = written(tmp_path, pd.DataFrame({"a": [text]}))
    cell = sheet["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == text.startswith(tuple("=+-@\t\n"))


def test_what_looks_like_an_escaped_character_is_not_one(tmp_path):
    written(tmp_path, pd.DataFrame({"a": ["_x0041_ and _x00e9_"]}))
    assert "_x005F_x0041_ and _x005F_x00e9_" in xml_of(tmp_path, "sharedStrings")  # as ST_Xstring of ECMA-376 has it


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (7, 7),
        (-5, -5),
        (0.1 + 0.2, 0.3),  # a spreadsheet holds 15 digits
        (np.int64(3), 3),
        (np.float64(0.5), 0.5),
        (Decimal("2.5"), 2.5),
        (True, True),
        (np.bool_(False), False),
        (date(2024, 2, 29), datetime(2024, 2, 29)),
        (datetime(2024, 2, 29, 13, 30), datetime(2024, 2, 29, 13, 30)),
        (pd.Timestamp("2024-02-29"), datetime(2024, 2, 29)),
        (["a1", "a2"], "a1 a2"),
        (("قال", 2), "قال 2"),
        ({"b", "a"}, "a b"),
        (np.array(["x", "y"]), "x y"),
        ([], None),
        ({"a": 1}, "{'a': 1}"),
        (None, None),
        (pd.NaT, None),
        (pd.NA, None),
        (float("nan"), None),
        ("", None),
        (float("inf"), "inf"),
        (10**15 - 1, 10**15 - 1),
        (10**15, "1000000000000000"),
        (date(1899, 5, 1), "1899-05-01"),
        (date(1900, 2, 28), "1900-02-28"),
        (date(1900, 3, 1), datetime(1900, 3, 1)),
        (datetime(2024, 1, 1, tzinfo=UTC), "2024-01-01T00:00:00+00:00"),
        ("2024-01-01", "2024-01-01"),
    ],
)
def test_a_cell_holds_numbers_days_and_truth_as_such_and_all_else_as_text(tmp_path, cell, value):
    (found,) = held(tmp_path, cell)
    assert found == value and isinstance(found, bool) == isinstance(value, bool)


@pytest.mark.parametrize("cell", ["1" * 5000, "1e999", "-1e999"], ids=["long", "too great", "too small"])
def test_a_number_that_no_cell_holds_is_a_text_of_a_report(tmp_path, cell):
    workbooks.write(tmp_path / "a.xlsx", {"a": downloads.typed(pd.DataFrame({"of mine": [cell, "2"]}), {})})
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["a"]
    assert [sheet["A2"].value, sheet["A3"].value] == [cell, 2]


def test_a_column_shows_the_time_of_day_only_where_it_has_one(tmp_path):
    days = pd.to_datetime(pd.Series(["2024-01-01", "2024-01-02"]))
    sheet, _ = written(tmp_path, pd.DataFrame({"day": days, "time": days + pd.Timedelta(hours=3)}))
    assert sheet["A2"].number_format == "yyyy-mm-dd"
    assert sheet["B2"].number_format == "yyyy-mm-dd hh:mm:ss"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ق" * 32_767, "ق" * 32_767),
        ("ق" * 32_768, "ق" * 32_766 + "…"),
        ("\U0001f600" * 16_384, "\U0001f600" * 16_383 + "…"),  # a character of two units is not cut in half
        ("a" + "\U0001f600" * 16_383, "a" + "\U0001f600" * 16_383),
    ],
)
def test_a_text_too_long_for_a_cell_is_cut_and_counted(tmp_path, text, kept):
    sheet, changed = written(tmp_path, pd.DataFrame({"a": [text, "b"]}))
    assert sheet["A2"].value == kept
    assert changed == Changed(cut=int(text != kept))


def test_a_named_index_is_a_column_and_another_is_not(tmp_path):
    bare = pd.DataFrame({"n": [1, 2]})
    assert [cell.value for cell in written(tmp_path, bare)[0][1]] == ["n"]
    named = bare.rename_axis(index="actor", columns="sentence")
    sheet, _ = written(tmp_path, named)
    assert [[cell.value for cell in row] for row in sheet] == [["actor", "n"], [0, 1], [1, 2]]
    two = bare.set_index(pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["x", "y"]))
    assert [cell.value for cell in written(tmp_path, two)[0][1]] == ["x", "y", "n"]


def test_two_columns_of_one_name_and_a_table_without_rows_or_columns_are_written(tmp_path):
    twice = pd.DataFrame([[1, "a"]], columns=["x", "x"])
    assert [cell.value for cell in written(tmp_path, twice)[0][2]] == [1, "a"]
    sheet, _ = written(tmp_path, pd.DataFrame({"x": []}))
    assert (sheet.max_row, sheet["A1"].value, sheet.auto_filter.ref) == (1, "x", None)
    assert written(tmp_path, pd.DataFrame())[0].auto_filter.ref is None


TABLE = pd.DataFrame(
    {
        "source": ["قال الوزير", "(Reuters) وكالة", "12", "مصدر"],
        "note": ["a note", "قال", "", "b"],
        "n": [1, 2, 3, 4],
        "sign": ["—", "", "", ""],
    }
)


def test_a_sheet_stands_from_right_to_left_its_heading_bold_still_and_with_a_filter(tmp_path):
    sheet, _ = written(tmp_path, TABLE)
    assert sheet.sheet_view.rightToLeft is True
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:D5"
    assert all(cell.font.bold for cell in sheet[1]) and not any(cell.font.bold for cell in sheet[2])
    assert sheet.print_title_rows == "$1:$1" and sheet.page_setup.orientation == "landscape"
    assert not written(tmp_path, TABLE, right_to_left=False)[0].sheet_view.rightToLeft


def test_arabic_columns_are_read_from_right_to_left_and_english_ones_from_left_to_right(tmp_path):
    sheet, _ = written(tmp_path, TABLE)
    assert [[cell.alignment.horizontal for cell in row] for row in sheet.iter_cols(max_col=2)] == [
        ["right"] * 5,
        ["left", "left", "left", None, "left"],
    ]
    reads = [[cell.alignment.readingOrder for cell in row] for row in sheet.iter_cols(min_row=2, max_col=2)]
    assert reads == [[2, 1, 2, 2], [1, 2, 0, 1]]  # each by its own first letter; one without letters as its column
    assert all(cell.alignment.wrap_text for cell in sheet["A"])
    assert [cell.alignment.horizontal for cell in sheet["C"]] == ["right", None, None, None, None]  # where numbers end


def test_a_column_is_as_wide_as_what_it_holds_within_reason(tmp_path):
    names = {"a": ["رئيس الوزراء السابق"], "b": ["former prime minister"]}
    sheet, _ = written(tmp_path, pd.DataFrame({"n": [1], **names, "text": ["كلمة " * 200]}))
    n, arabic, english, text = (sheet.column_dimensions[letter].width for letter in "ABCD")
    assert n < arabic < english < text <= 80 and english >= len(names["b"][0])


def test_a_row_is_high_enough_for_its_longest_text(tmp_path):
    table = pd.DataFrame({"text": ["كلمة", "كلمة " * 60, "a\nb\nc", "كلمة " * 6000]})
    sheet, _ = written(tmp_path, table)
    heights = [sheet.row_dimensions[n].height for n in (2, 3, 4, 5)]
    assert (
        heights[0] is None and heights[1] > 15 * 4 and heights[2] == 45 and heights[3] == pytest.approx(409, abs=0.5)
    )  # the most there is


def test_a_wide_table_is_printed_on_several_pages_side_by_side(tmp_path):
    long = "كلمة " * 50
    for columns, pages in ((1, 1), (3, 1), (4, 2), (10, 4)):
        sheet, _ = written(tmp_path, pd.DataFrame({n: [long] for n in range(columns)}))
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (pages, 0)
        assert sheet.print_title_cols == ("$A:$A" if pages > 1 else None), "each page says what a row is of"
        assert "&P" in sheet.oddFooter.center.text, "pages are numbered"


def test_a_table_says_how_numbers_of_a_column_are_shown(tmp_path):
    table = pd.DataFrame({"share": [0.25, "—", None], "n": [1, 2, 3]})
    table.attrs["formats"] = {"share": "0.0%"}
    sheet, _ = written(tmp_path, table)
    assert [cell.number_format for row in sheet["A2:B3"] for cell in row] == ["0.0%", "General", "General", "General"]
    assert sheet["A2"].value == 0.25


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (["claims.csv"], ["claims.csv"]),
        (["a/b", "a:b", "a?b"], ["a b", "a b 2", "a b 3"]),
        (["[x]*"], ["x"]),
        (["'quoted'"], ["quoted"]),
        (["History", "history"], ["History 2", "history 3"]),
        (["", " "], ["table", "table 2"]),
        (["a\ud800b"], ["a\ufffdb"]),
        (["مصادر", "مصادر"], ["مصادر", "مصادر 2"]),
        (["x" * 31, "x" * 32], ["x" * 31, "x" * 30 + "…"]),
        (["x" * 40, "x" * 41], ["x" * 30 + "…", "x" * 28 + "… 2"]),
        (["\U0001f600" * 16], ["\U0001f600" * 15 + "…"]),
    ],
)
def test_a_sheet_has_a_name_that_a_spreadsheet_can_have_and_no_other_has(wanted, names):
    assert workbooks.names(wanted) == names
    assert all(len(name.encode("utf-16-le")) <= 62 for name in names)


def test_the_same_tables_make_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        workbooks.write(tmp_path / name, {"t": TABLE, "days": pd.DataFrame({"day": [date(2024, 1, 1)]})})
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert b"1980-01-01" in archive.read("docProps/core.xml")


class TooLong(pd.DataFrame):
    """A table of more rows than a sheet has, none of which need to be there."""

    def __len__(self):
        return 1_048_576


def test_a_table_too_large_for_a_sheet_is_refused_in_one_line_and_nothing_is_written(tmp_path):
    path = tmp_path / "t.xlsx"
    for table in (TooLong({"a": [1]}), pd.DataFrame([range(16_385)])):
        with pytest.raises(InputError) as error:
            workbooks.write(path, {"t": TABLE, "long": table})
        assert re.fullmatch(r".*t\.xlsx: table 'long': .*", str(error.value))
    with pytest.raises(ValueError, match="give a table"):
        workbooks.write(path, {})
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_the_last_good_file_as_it_was(tmp_path):
    class Broken:
        def __str__(self):
            raise RuntimeError("no text for this")

    path = tmp_path / "t.xlsx"
    workbooks.write(path, {"t": TABLE})
    before = path.read_bytes()
    with pytest.raises(RuntimeError):
        workbooks.write(path, {"t": TABLE, "u": pd.DataFrame({"a": [Broken()]})})
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]
