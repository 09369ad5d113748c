"""`isnad quoted`: who is one across articles, what is counted, and that each kind of input and of file gives the same rows."""

import csv
import datetime
import json
import re

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from msgspec import structs

from helpers import readings
from helpers.analysis import (
    name_decisions,
    quoted,
    quoted_articles,
    quoted_files,
    quoted_frames,
    report_folders,
    table_files,
)
from helpers.analysis.name_decisions import Decisions
from helpers.analysis.quoted import Example, Part, Quoted
from helpers.corpus import driver, tables
from helpers.corpus import quoted as of_corpus
from helpers.inputs.input_articles import Options
from helpers.lexicon import countries
from helpers.text import articles
from tests.conftest import ROOT, SEED, in_one_line
from tests.test_invisible import KNOWN

CASES = [json.loads(line) for line in (ROOT / "tests/cases/quoted.jsonl").read_text(encoding="utf-8").splitlines()]
CORPUS = ROOT / "data/corpus/articles.jsonl"
TEXT = (
    "قال الوزير منذر الزرلي إن الطريق مفتوح. وأضاف «الجسر مغلق». ويعتقد الزرلي أن النهر هادئ. وقال مصدر إن المطر قريب."
)


def names_csv(path, rows):
    """A file of decisions about names."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([name_decisions.COLUMNS, *((*row, "") for row in rows)])
    return path


def read(text, article_id="a", **about):
    article = articles.from_text(text, article_id, ROOT / "a.txt", about)
    return readings.read(article, KNOWN, machine=True)


def rows_of(texts, decisions=None):
    """The rows of articles a0, a1, …; and the decided names that are in none."""
    decisions = decisions or Decisions()
    told = [quoted_articles.told(read(text, f"a{n}")) for n, text in enumerate(texts)]
    parts = (part for n, each in enumerate(told) for part in quoted_articles.parts_of(each, n, KNOWN, decisions))
    return quoted.added(parts, decisions)


def brief(rows):
    return [[row.name or row.kind, row.articles, row.statements] for row in rows]


def loaded(path):
    """The cells of a CSV file as they were before they were guarded, a row each."""
    return table_files.load(path).to_numpy().tolist()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The small corpus as `isnad corpus` writes it."""
    out = tmp_path_factory.mktemp("corpus") / "out"
    driver.run_in_process([str(CORPUS)], out, Options(size=5))
    return out


# Who is one


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_names_of_several_articles_are_joined_by_rule_and_by_decision(case, tmp_path):
    decisions = name_decisions.read(names_csv(tmp_path / "names.csv", case["names"])) if "names" in case else None
    rows, missing = rows_of(case["texts"], decisions)
    assert (brief(rows), missing) == (case["rows"], [])


@pytest.mark.parametrize("case", [case for case in CASES if "names" in case], ids=lambda case: case["case"])
def test_a_corpus_applies_decisions_as_articles_do(case, tmp_path):
    lines = [{"id": f"a{n}", "text": text} for n, text in enumerate(case["texts"])]
    (tmp_path / "in.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    driver.run_in_process([str(tmp_path / "in.jsonl")], tmp_path / "out", Options())
    decisions = name_decisions.read(names_csv(tmp_path / "names.csv", case["names"]))
    parts = of_corpus.Corpus(tmp_path / "out").parts(decisions)
    assert brief(quoted.added(parts, decisions)[0]) == case["rows"]


def test_what_stands_in_brackets_may_be_a_part_of_the_name(tmp_path):
    path = names_csv(tmp_path / "names.csv", [("هيئة رواسي (RWS)", "same-as", "شركة رواسي")])
    decisions = name_decisions.read(path)
    nodes = [
        name_decisions.Node(name, countries.key(name)) for name in ("هيئة رواسي (RWS)", "شركة رواسي", "هيئة رواسي")
    ]
    ends, missing = decisions.applied(nodes)
    assert (len(set(ends.values())), ends[nodes[0]] == ends[nodes[1]], missing) == (2, True, [])


def test_a_row_says_by_what_its_names_were_joined(tmp_path):
    texts = [TEXT, "أعلنت طالبان أن الطريق مفتوح.", "وأعلنت الوزارة أن الطريق مفتوح."]
    joined = {row.name: row.joined for row in rows_of(texts)[0]}
    assert joined == {"منذر الزرلي": "full name", "طالبان": "lexicon", "الوزارة": "article", "": ""}
    decided = name_decisions.read(names_csv(tmp_path / "n.csv", [("الوزارة", "same-as", "طالبان")]))
    assert {row.name: row.joined for row in rows_of(texts, decided)[0]}["طالبان"] == "names.csv"


@pytest.mark.parametrize(
    ("rows", "number", "said"),
    [
        ([("أ ب", "same-as", "ج د"), ("أ ب", "not-same-as", "ج د")], 3, "contradicts row 2"),
        ([("أ ب", "not-same-as", "ج د"), ("ج د", "same-as", "أ ب")], 3, "contradicts row 2"),
        ([("أ ب", "same-as", "ج د"), ("ج د", "same-as", "ه و"), ("ه و", "not-same-as", "أ ب")], 4, "contradicts row 3"),
        ([("أ ب", "not-same-as", "أ ب"), ("أ ب", "same-as", "ج د")], 3, "contradicts row 2"),
        ([("أ ب", "same-as", "أَ ب"), ("أ ب", "not-same-as", "أ ب")], 3, "contradicts row 2"),
        ([("أ ب (a1)", "not-same-as", "أ ب (a1)")], 2, "write two names"),
        ([("أ ب", "is", "ج د")], 2, "write one of: same-as, not-same-as"),
        ([("", "same-as", "ج د")], 2, "write a name"),
        ([("=؟!", "same-as", "ج د")], 2, "write a name"),
    ],
    ids=[
        "both",
        "both, turned",
        "by way of a third",
        "many, and one",
        "itself",
        "one article",
        "word",
        "none",
        "signs",
    ],
)
def test_decisions_that_cannot_be_are_one_line_that_names_file_and_row(called, tmp_path, rows, number, said):
    path = names_csv(tmp_path / "mine.csv", rows)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = called("quoted", tmp_path / "a.txt", "--out", tmp_path / "out.csv", "--names", path)
    assert in_one_line(done, f"{path}: row {number}: ", said)
    assert not (tmp_path / "out.csv").exists()


def test_names_that_are_kept_apart_and_joined_by_way_of_a_lexicon_are_an_error(tmp_path):
    rows = [
        ("حركة طالبان", "not-same-as", "طالبان"),
        ("حركة طالبان", "same-as", "الوزارة"),
        ("الوزارة", "same-as", "طالبان"),
    ]
    with pytest.raises(Exception, match=r"row 4: .* contradicts row 2"):
        name_decisions.read(names_csv(tmp_path / "names.csv", rows))
    rows = [("حركة طالبان", "not-same-as", "طالبان"), ("حركة طالبان", "same-as", "طالبان الأفغانية")]
    decisions = name_decisions.read(names_csv(tmp_path / "names.csv", rows))
    nodes = [
        name_decisions.Node("taliban", tuple(name.split()), ("طالبان",))
        for name in ("حركه طالبان", "طالبان", "طالبان الافغانيه")
    ]
    with pytest.raises(Exception, match=r"names\.csv: row 2: .* by way of a third name"):
        decisions.applied(nodes)


def test_decided_names_that_are_in_no_article_are_a_warning_with_their_number(called, tmp_path):
    rows = [("سعد الغائب", "same-as", "منذر الزرلي"), ("الزرلى (a9)", "same-as", "منذر الزرلي")]
    path = names_csv(tmp_path / "names.csv", rows)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = called("quoted", tmp_path / "a.txt", "--out", tmp_path / "out.csv", "--names", path)
    assert done.returncode == 0 and "names that are in no article here: 2 (" in done.stderr
    assert "الزرلى (a9)" in done.stderr, "as it is written"
    assert len(done.stderr.splitlines()) == 1


def test_a_name_means_every_row_that_the_table_calls_so_printed_so_or_an_actor_of_this_name(tmp_path):
    decisions = name_decisions.read(names_csv(tmp_path / "names.csv", [("وحزب النورس", "same-as", "حزب النورس")]))
    called_so = name_decisions.Node("lexicon:norus", countries.key("النورس"), countries.key("حزب النورس"))
    nodes = [called_so, *(name_decisions.Node(name, countries.key(name)) for name in ("حزب النورس", "وحزب النورس"))]
    ends, missing = decisions.applied(nodes)
    assert (len(set(ends.values())), missing) == (1, [])


def test_a_file_of_names_that_is_not_there_is_one_line(called, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = called("quoted", tmp_path / "a.txt", "--out", tmp_path / "out.csv", "--names", tmp_path / "none.csv")
    assert in_one_line(done, "none.csv: there is no such file; check the name")
    assert not (tmp_path / "out.csv").exists()


def test_names_csv_is_beside_the_reports_as_own_actors_are(called, tmp_path, monkeypatch):
    monkeypatch.setenv("ISNAD_ACTORS", str(tmp_path / "own-actors.csv"))
    names_csv(tmp_path / "names.csv", [("منذر الزرلي", "not-same-as", "منذر الزرلي")])
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    assert called("quoted", tmp_path, "--out", tmp_path / "out.csv").returncode == 0
    assert [row[0] for row in loaded(tmp_path / "out.csv")] == ["منذر الزرلي", "منذر الزرلي", ""]


# What is counted


def test_statements_direct_ones_and_views_are_those_of_the_reading():
    reading = read(TEXT, outlet="صحيفة الشاطئ", published="2024-05-01")
    [one, unnamed], _ = quoted.added(quoted_articles.parts_of(quoted_articles.told(reading), 0, KNOWN, Decisions()))
    assert (one.name, one.name_en, one.kind) == ("منذر الزرلي", "≈ Mundhir al-Zarli", "named person")
    assert (one.titles, one.outlets) == (("الوزير",), ("صحيفة الشاطئ",))
    assert (one.articles, one.statements, one.direct, one.views) == (1, 2, 1, 1)
    assert one.first_date == one.last_date == datetime.date(2024, 5, 1)
    assert [(e.article_id, e.paragraph, e.sentence, e.words) for e in one.examples] == [
        ("a", 1, 1, "الطريق مفتوح"),
        ("a", 1, 2, "الجسر مغلق"),
        ("a", 1, 3, "النهر هادئ"),
    ]
    assert (unnamed.name, unnamed.kind, unnamed.statements, unnamed.joined) == ("", "unnamed person", 1, "")


def test_what_was_not_said_and_what_another_relays_is_no_statement():
    text = (
        "لم يقل الوزير منذر الزرلي إن الطريق مفتوح. ونقل المدير هاني الأعسري عن الوزير كمال الزرلي قوله إن الجسر مغلق."
    )
    reading = read(text)
    named = {
        row.name: row.statements
        for row in quoted.added(quoted_articles.parts_of(quoted_articles.told(reading), 0, KNOWN, Decisions()))[0]
    }
    assert "منذر الزرلي" not in named and "كمال الزرلي" not in named
    assert sum(named.values()) == sum(claim.asserted and claim.reported for claim in reading.claims)


def test_rows_add_up_to_all_statements_that_are_attributed(made):
    rows = of_corpus.rows(questions_of(made), Decisions())
    found = questions_of(made).sql(
        "select count(*) from claims where modality = 'asserted' and within is null and act in ('speech', 'evidence') "
        "and kind <> 'unattributed'"
    )
    assert sum(row.statements for row in rows) == found.fetchall()[0][0] > 0
    assert all(row.direct <= row.statements and len(row.examples) <= 3 for row in rows)


def questions_of(folder):
    return of_corpus.Corpus(folder).db


def test_examples_are_of_different_articles_where_there_are_some_and_long_ones_are_cut():
    long = "قال الوزير منذر الزرلي إن " + " ".join(f"الطريق {n} مفتوح" for n in range(40)) + "."
    rows, _ = rows_of([TEXT, long, "وأكد منذر الزرلي أن الجسر مغلق."])
    assert [each.article_id for each in rows[0].examples] == ["a0", "a1", "a2"]
    words = rows[0].examples[1].words.split()
    assert len(words) == quoted.EXAMPLE_WORDS + 1 and words[-1] == "…"


# Every input, every file


@pytest.mark.parametrize("how", ["corpus", "parquet", "gzip", "folder", "columns"])
def test_the_same_rows_come_from_every_form_of_the_same_articles(called, tmp_path, made, how):
    lines = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    named, more = made, []
    if how == "parquet":
        keys = sorted({key for line in lines for key in line})
        pq.write_table(
            pa.table({key: [line.get(key) for line in lines] for key in keys}), named := tmp_path / "a.parquet"
        )
    elif how == "gzip":
        import gzip

        (named := tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(CORPUS.read_bytes()))
    elif how == "folder":
        (named := tmp_path / "in").mkdir()
        (named / "a.jsonl").write_bytes(CORPUS.read_bytes())
    elif how == "columns":
        other = [{"key" if k == "id" else "body" if k == "text" else k: v for k, v in line.items()} for line in lines]
        (named := tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, other)), encoding="utf-8")
        more = ["--id-column", "key", "--text-column", "body"]
    assert called("quoted", CORPUS, "--out", tmp_path / "one.csv").returncode == 0
    done = called("quoted", named, "--out", tmp_path / "other.csv", *more)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "other.csv").read_bytes() == (tmp_path / "one.csv").read_bytes()
    assert len(loaded(tmp_path / "one.csv")) > 20


def test_a_report_gives_the_rows_of_its_article_as_people_decided(shelf):
    told = report_folders.told(shelf / SEED.stem, KNOWN)
    of_report = quoted.added(quoted_articles.parts_of(told, 0, KNOWN, Decisions()))[0]
    reading = readings.read(articles.load(SEED), KNOWN)
    assert of_report == quoted.added(quoted_articles.parts_of(quoted_articles.told(reading), 0, KNOWN, Decisions()))[0]
    assert {row.name for row in of_report} > {"بروس هوفمان"}


def test_the_folder_of_reports_gives_all_of_them(called, tmp_path, shelf):
    done = called("quoted", shelf, "--out", tmp_path / "out.csv")
    assert done.returncode == 0 and done.stdout.startswith(f"{tmp_path / 'out.csv'}: articles: 3; ")


def test_each_file_holds_the_same_rows(called, tmp_path):
    for ending in quoted_files.ENDINGS:
        assert called("quoted", CORPUS, "--out", tmp_path / f"out{ending}").returncode == 0
    plain = loaded(tmp_path / "out.csv")
    table = pq.read_table(tmp_path / "out.parquet")
    rows = [row_of(each) for each in table.to_pylist()]
    assert [["" if c is None else str(c) for c in quoted_files.cells(row)] for row in rows] == plain
    assert table.schema.field("first_date").type == pa.date32()
    assert table.schema.field("titles").type == pa.list_(pa.field("element", pa.string()))
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert all(sheet.sheet_view.rightToLeft and sheet.freeze_panes == "A2" for sheet in book)
    heads, *cells = book["quoted"].iter_rows(values_only=True)
    head = tuple(each.partition("\n")[0] for each in heads)
    assert (heads[0], heads[head.index("first_date")]) == ("name\nالاسم", "first_date\nأول يوم"), "in Arabic too"
    assert all(re.search("\n[ء-ي]", cell.value) for sheet in book for cell in sheet[1])
    at = quoted_files.COLUMNS.index("examples")
    assert head == quoted_files.COLUMNS[:at] + quoted_files.COLUMNS[at + 1 :]
    days = head.index("first_date")
    assert {type(row[days]) for row in cells} == {datetime.datetime, type(None)}
    texts = [
        [str(c.date()) if isinstance(c, datetime.datetime) else "" if c is None else str(c) for c in r] for r in cells
    ]
    assert texts == [row[:at] + row[at + 1 :] for row in plain]
    _, *examples = book["examples"].iter_rows(values_only=True)
    assert [(number, *structs.astuple(one)) for number, row in enumerate(rows, 2) for one in row.examples] == [
        (number, *rest) for number, _, *rest in examples
    ]
    assert all(cells[number - 2][0] == name for number, name, *_ in examples)


def row_of(found):
    """A row of Parquet as it was written."""
    lists = {name: tuple(found[name]) for name in ("titles", "outlets")}
    return Quoted(**found | lists | {"examples": tuple(Example(**each) for each in found["examples"])})


HOSTILE = {
    "signs": "=SUM(A1) الزرلي",
    "plus": "+1 الزرلي",
    "at": "@الزرلي منذر",
    "bidi": "منذر \u202eالزرلي\u2066",
    "lines": "منذر\n\rالزرلي\u2028",
    "long": "منذر " * 8_000 + "الزرلي",
    "nul": "منذر \x01الزرلي\x0b",
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("ending", quoted_files.ENDINGS)
def test_a_hostile_name_is_one_cell_of_one_row(tmp_path, name, ending):
    part = Part("name:x", "full name", name, titles=quoted.Counter({name: 1}), outlets=quoted.Counter({name: 1}))
    part.kinds["named person"] += 1
    part.articles, part.statements = {0}, 1
    part.add(7, (datetime.date.max, 0, True, False))
    part.examples = [((False, 1, datetime.date.max, 0, 0), 7, Example("a", 1, 1, quoted.shortened(name)))]
    rows, _ = quoted.added([part, Part("kind:unknown", "", "", kinds=quoted.Counter({"unknown": 1}))])
    quoted_files.write(path := tmp_path / f"out{ending}", rows)
    said = " ".join(name.translate(dict.fromkeys(map(ord, "\u202e\u2066\u2028\x01\x0b"))).split())
    if ending == ".csv":
        text = path.read_bytes().decode("utf-8-sig")
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in csv.reader(text.splitlines()) for cell in row)
        [found, last] = loaded(path)
    elif ending == ".xlsx":
        book = openpyxl.load_workbook(path)
        assert "f" not in {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
        [_, found, last] = book["quoted"].iter_rows(values_only=True)
        said = said if len(said) < 32_000 else found[0]
    else:
        [found, last] = [list(row.values()) for row in pq.read_table(path).to_pylist()]
    assert found[0] == said and last[2] == "unknown"


def test_bidi_marks_and_newlines_in_a_name_do_not_make_it_another(tmp_path):
    texts = ["قال الوزير منذر الزرلي إن الطريق مفتوح.", "قال الوزير منذر \u200fالزرلي\u200f إن الجسر مغلق."]
    rows, _ = rows_of(texts)
    assert brief(rows) == [["منذر الزرلي", 2, 2]]


# What goes wrong


@pytest.mark.parametrize(
    ("out", "said"),
    [("out.md", "its ending is none of .csv, .xlsx, .parquet"), ("out", "its ending is none of")],
)
def test_another_ending_is_one_line_before_anything_is_read(called, tmp_path, out, said):
    assert in_one_line(called("quoted", CORPUS, "--out", tmp_path / out), str(tmp_path / out), said)


def test_an_article_that_cannot_be_read_costs_itself_and_the_table_is_written(called, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = called("quoted", tmp_path / "a.txt", tmp_path / "none.txt", "--out", tmp_path / "out.csv")
    assert in_one_line(done, str(tmp_path / "none.txt"))
    assert len(loaded(tmp_path / "out.csv")) == 2


def test_where_nothing_is_read_nothing_is_written(called, tmp_path):
    assert in_one_line(called("quoted", tmp_path / "none.txt", "--out", tmp_path / "out.csv"), "none.txt")
    (tmp_path / "empty").mkdir()
    assert in_one_line(called("quoted", tmp_path / "empty", "--out", tmp_path / "out.csv"), "empty")
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"run.json": "{}"}, "schema.json: missing or damaged"),
        ({"run.json": "{}", "schema.json": "{"}, "schema.json: missing or damaged"),
        ({"run.json": "{}", "schema.json": '{"schema": 1}'}, "its tables have schema 1"),
        ({"run.json": "{}", "schema.json": json.dumps(tables.as_json())}, "there are no tables in it"),
    ],
    ids=["no schema", "damaged", "another schema", "no tables"],
)
def test_a_folder_that_is_no_corpus_of_this_version_is_one_line(called, tmp_path, files, said):
    (folder := tmp_path / "tables").mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert in_one_line(called("quoted", folder, "--out", tmp_path / "out.csv"), str(folder), said)


def test_an_article_that_is_named_twice_is_counted_once(called, tmp_path, made):
    done = called("quoted", CORPUS, made, "--out", tmp_path / "out.csv")
    assert in_one_line(done, "is counted already, from")
    assert done.stdout.count("articles: 24;") == 1


def test_a_report_with_other_tables_is_one_line(called, tmp_path):
    folder = tmp_path / "reports" / "a"
    (folder / "tables").mkdir(parents=True)
    (folder / "report.json").write_text('{"schema": 2, "article_id": "a"}', encoding="utf-8")
    for name in ("claims", "sources", "mentions_by_actor", "sentences"):
        (folder / "tables" / f"{name}.csv").write_text("x\n1\n", encoding="utf-8")
    assert in_one_line(called("quoted", folder, "--out", tmp_path / "out.csv"), str(folder), "make the report again")
    (folder / "tables" / "claims.csv").unlink()
    assert in_one_line(called("quoted", folder, "--out", tmp_path / "out.csv"), "claims.csv", "make the report again")


def test_where_the_file_cannot_be_written_nothing_is_left(called, tmp_path):
    (tmp_path / "out.csv").mkdir()
    done = called("quoted", CORPUS, "--out", tmp_path / "out.csv")
    assert in_one_line(done, str(tmp_path / "out.csv"))
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_no_file_that_is_read_is_replaced(called, tmp_path, made):
    pq.write_table(pa.table({"id": ["a"], "text": [TEXT]}), parquet := tmp_path / "in.parquet")
    names = names_csv(tmp_path / "names.csv", [["منذر الزرلي", "same-as", "الزرلي"]])
    part = next(made.rglob("*.parquet"))
    for given, out in (
        ([parquet], parquet),
        ([tmp_path], parquet),
        ([parquet, "--names", names], names),
        ([made], part),
    ):
        before = out.read_bytes()
        assert in_one_line(called("quoted", *given, "--out", out), str(out), "read here", "name another file")
        assert out.read_bytes() == before


# Frames for charts


def test_frames_leave_unnamed_sources_out_and_say_in_which_article_a_name_stands():
    rows, _ = rows_of([TEXT, "وأعلنت الوزارة أن الطريق مفتوح."])
    assert quoted_frames.named(rows)["name"].tolist() == ["منذر الزرلي", "الوزارة (a1)"]
    dated = [structs.replace(row, months={"2024-03": 2}) for row in rows]
    assert quoted_frames.by_month(dated)[["name", "distinct_statements"]].to_numpy().tolist() == [
        ["منذر الزرلي", 2],
        ["الوزارة (a1)", 2],
    ]
    assert quoted_frames.named([]).empty and quoted_frames.by_month([]).empty
