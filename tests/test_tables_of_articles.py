"""Tables of articles and lists of JSON objects: a row or an object is an article, for one command and for a corpus."""

import csv
import datetime
import io
import json
import zipfile

import openpyxl
import pytest

from helpers.files.errors import InputError
from helpers.inputs import arguments, json_stream, tables, workbooks
from helpers.inputs.input_articles import Options
from helpers.text import articles
from tests.test_word_documents import TEXT, said

ROWS = [
    {"id": "a1", "text": TEXT, "outlet": "صحيفة الساحل", "date": "2024-05-12", "desk": "أخبار"},
    {"id": "a2", "text": 'قال الوزير: "نعم"؛ وأضاف, أن العمل مستمر.', "outlet": "", "date": "", "desk": ""},
]


def written(path, rows=ROWS, encoding="utf-8", delimiter=","):
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def book(path, *sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def as_json(path, rows=ROWS, **how):
    path.write_text(json.dumps(rows, ensure_ascii=False, **how), encoding="utf-8")
    return path


def read(path, options=Options(), told=None):  # noqa: B008  (frozen)
    """Each article, or what the error says; `told` collects what is said."""
    for _, load in arguments.loaders([path], options, say=(told if told is not None else []).append):
        try:
            yield load()
        except InputError as error:
            yield str(error).removeprefix(f"{path}: ")


def in_a_corpus(path, options=Options()):  # noqa: B008
    article_stream = pytest.importorskip("helpers.inputs.article_stream")
    from helpers.inputs import listing

    return list(article_stream.stream(listing.files([str(path)], path.parent / "out"), options))


def cells(rows):
    return [list(rows[0]), *(list(row.values()) for row in rows)]


FORMS = {
    "commas": lambda folder: written(folder / "a.csv"),
    "semicolons, with a mark": lambda folder: written(folder / "a.csv", encoding="utf-8-sig", delimiter=";"),
    "tabs": lambda folder: written(folder / "a.tsv", delimiter="\t"),
    "Unicode text of Excel": lambda folder: written(folder / "a.csv", encoding="utf-16", delimiter="\t"),
    "Windows-1256": lambda folder: written(folder / "A.CSV", encoding="cp1256", delimiter=";"),
    "a workbook": lambda folder: book(folder / "a.xlsx", ("مقالات", cells(ROWS))),
    "the second sheet": lambda folder: book(folder / "a.xlsx", ("notes", [["x"], [1]]), ("مقالات", cells(ROWS))),
    "a list of objects": lambda folder: as_json(folder / "a.json", indent=2),
    "the same with a mark": lambda folder: (
        (folder / "a.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(ROWS).encode()) and folder / "a.json"
    ),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_row_is_an_article_with_the_claims_of_its_text(tmp_path, form):
    path = form(tmp_path)
    first, second = read(path)
    (plain := tmp_path / "plain.txt").write_bytes(TEXT.encode())
    assert (first.text, second.text) == (ROWS[0]["text"], ROWS[1]["text"])
    assert (first.given_id, first.article_id) == ("a1", "a1")
    assert said(first) == said(articles.load(plain))
    assert (first.about["outlet"], first.about["published"]) == ("صحيفة الساحل", "2024-05-12")
    assert second.about.keys() <= {"received"}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_corpus_reads_the_same_rows_and_carries_the_other_columns(tmp_path, form):
    first, second = in_a_corpus(form(tmp_path))
    assert (first.text, second.text) == (ROWS[0]["text"], ROWS[1]["text"])
    assert (first.article_id, first.wrong, second.wrong) == ("a1", None, None)
    assert {key: first.about[key] for key in ("outlet", "date", "desk")} == {
        "outlet": "صحيفة الساحل",
        "date": "2024-05-12",
        "desk": "أخبار",
    }


def test_columns_of_other_names_are_named_by_options(tmp_path):
    rows = [{"number": "7", "body": TEXT}]
    options = Options("number", "body")
    for path in (written(tmp_path / "a.csv", rows), as_json(tmp_path / "a.json", rows)):
        (article,) = read(path, options)
        assert (article.given_id, article.text) == ("7", TEXT)
    (tmp_path / "a.jsonl").write_text(json.dumps(rows[0]), encoding="utf-8")
    assert [each.given_id for each in read(tmp_path / "a.jsonl", options)] == ["7"]


NO_COLUMNS = (
    "no column 'id' and no column 'text'; name another with --id-column and --text-column; the columns are: 'a', 'b'"
)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_without_the_columns_says_which_there_are(tmp_path, delimiter):
    path = written(tmp_path / "a.csv", [{"a": "1", "b": TEXT}], delimiter=delimiter)
    assert list(read(path)) == [NO_COLUMNS]
    assert [each.wrong for each in in_a_corpus(path)] == [NO_COLUMNS]


def test_a_workbook_without_the_columns_says_which_there_are(tmp_path):
    path = book(tmp_path / "a.xlsx", ("1", [["a", "b"], [1, TEXT]]), ("2", [["c"]]))
    assert list(read(path)) == [NO_COLUMNS]


def test_cells_of_excel_are_what_they_show(tmp_path):
    rows = [
        ["id", "text", "date", "author"],
        [7, "قال الوزير إن الطريق مفتوح.", datetime.datetime(2024, 5, 12), "#N/A"],
        [None, None, None, None],
        [8.0, '=CONCATENATE("قال ", "الوزير")', datetime.datetime(2024, 5, 12, 10, 30), None],
    ]
    first, second = read(book(tmp_path / "a.xlsx", ("s", rows)))
    assert (first.given_id, first.about) == (7, {"received": "an Excel workbook", "published": "2024-05-12"})
    assert second == "row 4: no text in 'text'; give it, or name another column with --text-column"


def test_the_end_of_a_line_is_one_however_a_workbook_writes_it(tmp_path):
    path = book(tmp_path / "a.xlsx", ("s", [["id", "text"], [1, "قال الوزير._x000D_\nوأضاف."], [2, "قال _x0041_."]]))
    assert [article.text for article in read(path)] == ["قال الوزير.\r\nوأضاف.", "قال _x0041_."]


def test_a_text_as_long_as_excel_allows_may_be_cut_off(tmp_path):
    long = ("قال الوزير إن الطريق مفتوح. " * 2000)[: workbooks.LONGEST_CELL]
    one, other = read(book(tmp_path / "a.xlsx", ("s", [["id", "text"], [1, long], [2, long[:-2]]])))
    assert one.warnings == ("the cell is as long as Excel allows (32,767 characters); its text may be cut off",)
    assert other.warnings == ()


def test_what_is_wrong_with_a_row_costs_that_row_alone(tmp_path):
    (path := tmp_path / "a.csv").write_text(
        f'id,text\n1,"{TEXT}"\n2\n\n3,"a, b"\n,"{TEXT}"\n5,"{TEXT}"\n', encoding="utf-8"
    )
    found = list(read(path))
    assert [each.given_id for each in (found[0], found[-1])] == ["1", "5"]
    assert [each.partition(";")[0] for each in found[1:-1]] == [
        "row 3: 1 values for 2 columns",
        "row 5: mostly not Arabic (0% of its letters are)",
        "row 6: no id (a text or a whole number) in 'id'",
    ]


def test_a_quotation_mark_that_is_never_closed_is_told(tmp_path):
    (path := tmp_path / "a.csv").write_text(f'id,text\n1,"{TEXT}"\n2,"{TEXT}\n', encoding="utf-8")
    first, second = read(path)
    assert first.given_id == "1"
    assert "fix the quoting; what follows was not read" in second


def test_a_row_on_either_side_of_the_longest(tmp_path, monkeypatch):
    path = written(tmp_path / "a.csv", [{"id": "1", "text": "قال الوزير نعم. " * 20}])
    monkeypatch.setattr(tables, "LONGEST_ROW", 400)
    assert [each.given_id for each in read(path)] == ["1"]
    monkeypatch.setattr(tables, "LONGEST_ROW", 300)
    (wrong,) = read(path)
    assert "what follows was not read" in wrong


def test_a_table_in_another_encoding_than_named_is_told(tmp_path):
    path = written(tmp_path / "a.csv", encoding="cp1256")
    assert [each.given_id for each in read(path, Options(encoding="windows-1256"))] == ["a1", "a2"]
    (wrong,) = read(path, Options(encoding="utf-8"))
    assert "not UTF-8 t" in wrong


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('["نعم"]', "a list of texts, not of objects; give objects with 'id' and 'text'"),
        ("[1]", "a list of numbers, not of objects; give objects with 'id' and 'text'"),
        ('"نعم"', "not JSON; give a list of objects, or name the file by what it is"),
        ("قال", "not JSON; give a list of objects, or name the file by what it is"),
        ("", "not JSON; give a list of objects, or name the file by what it is"),
        ('[{"id": 1', "not JSON that can be read (Expecting ',' delimiter); fix the file; what follows was not read"),
        (
            '[{"id": 1, "id": 2}]',
            "two values for 'id' in one object; keep one of them; fix the file; what follows was not read",
        ),
        ("[" * 100_000, "nested over 100 deep; flatten it, or leave it out; fix the file; what follows was not read"),
        (
            '{"a": 1}',
            "one JSON object, neither a list of articles nor a chat of Telegram; export one chat of Telegram Desktop as JSON, or give a list of objects",
        ),
    ],
)
def test_other_json_is_refused_in_one_line(tmp_path, content, why):
    (path := tmp_path / "a.json").write_text(content, encoding="utf-8")
    assert list(read(path)) == [why]
    assert [each.wrong for each in in_a_corpus(path)] == [why]


def test_an_object_without_text_costs_itself_alone(tmp_path):
    path = as_json(
        tmp_path / "a.json", [{"id": 1, "text": TEXT}, {"id": 2, "body": TEXT}, "x", {"id": 4, "text": TEXT}]
    )
    found = list(read(path))
    assert [each.given_id for each in (found[0], found[3])] == [1, 4]
    assert found[1].startswith(
        "object 2: no text in 'text'; name another with --text-column; the columns are: 'id', 'body'"
    )
    assert found[2] == "object 3: texts, not an object; give objects only"


def test_a_long_list_is_read_in_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(json_stream, "PART", 7)
    path = as_json(tmp_path / "a.json", [{"id": n * 1000003, "text": TEXT} for n in range(30)])
    assert [each.given_id for each in read(path)] == [n * 1000003 for n in range(30)]


def test_an_object_on_either_side_of_the_longest(tmp_path, monkeypatch):
    monkeypatch.setattr(json_stream, "PART", 64)
    path = as_json(tmp_path / "a.json", [{"id": 1, "text": TEXT}])
    monkeypatch.setattr(json_stream, "LONGEST_VALUE", 1000)
    assert len(list(read(path))) == 1 and not isinstance(next(read(path)), str)
    monkeypatch.setattr(json_stream, "LONGEST_VALUE", 100)
    assert "in one value" in next(read(path))


def bomb(name="xl/worksheets/sheet1.xml", content=b"0" * 30_000_000):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
        made.writestr(name, content)
    return held.getvalue()


HOSTILE = {
    "packed beyond measure": (bomb(), "unpacks to"),
    "declared entities": (bomb(content=b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'), "declares entities"),
    "no workbook": (bomb(content=b"<x/>").replace(b"xl/workbook.xml", b"xl/workbooc.xml"), "not an Excel workbook"),
    "an empty one": (bomb(content=b"<x/>"), "an Excel workbook (.xlsx) that cannot be read"),
    "a table": (b"id,text\n1,2\n", "not an Excel workbook"),
}


@pytest.mark.parametrize(("raw", "why"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_or_damaged_workbook_is_refused_in_one_line(tmp_path, raw, why):
    (path := tmp_path / "a.xlsx").write_bytes(raw)
    (wrong,) = read(path)
    assert why in wrong and "\n" not in wrong
    assert [each.wrong for each in in_a_corpus(path)] == [wrong]


def test_what_is_no_table_is_told_for_what_it_is(tmp_path):
    (path := tmp_path / "a.csv").write_bytes(b"PK\x03\x04" + bytes(26) + b"xl/workbook.xml")
    assert list(read(path)) == ["an Excel workbook (.xlsx), not text; name it .xlsx, with a row for each article"]


def test_tables_in_a_folder_are_no_articles_unless_they_are_named(tmp_path):
    (folder := tmp_path / "articles").mkdir()
    (folder / "good.txt").write_text(TEXT, encoding="utf-8")
    written(folder / "claims.csv")
    as_json(folder / "a.json")
    book(folder / "a.xlsx", ("s", cells(ROWS)))
    assert [article.article_id for article in read(folder)] == ["good"]
    assert [each.article_id for each in in_a_corpus(folder)] == [str(folder / "good.txt")]
    assert len(in_a_corpus(folder / "claims.csv")) == 2


def test_a_command_takes_the_names_of_columns(tmp_path, called):
    path = written(tmp_path / "a.csv", [{"number": "7", "body": TEXT}])
    done = called("annotate", path, "--id-column", "number", "--text-column", "body")
    assert json.loads(done.stdout)["article"]["id"] == "7"
    done = called("annotate", path, "--id-column", "number")
    assert "the columns are: 'number', 'body'" in done.stderr and done.returncode == 2
