"""`isnad corpus`: its input, its output, and that the output does not depend on the number of workers."""

import gzip
import json
import subprocess
import sys
from itertools import islice

import duckdb
import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from helpers import readings
from helpers.analysis import shares
from helpers.corpus import driver, plan, questions, repeated_claims, results_folder, tables
from helpers.files.errors import InputError
from helpers.inputs import article_stream, input_articles, listing, stretches, survey
from helpers.text import articles
from tests.conftest import ROOT, SEED, in_one_line
from tests.knowing import KNOWN

CORPUS = ROOT / "data/corpus/articles.jsonl"
LINES = CORPUS.read_text(encoding="utf-8").splitlines(keepends=True)


def rows_of(out, table, columns_="*"):
    """All rows of a table, in the order of the input and of the article."""
    found = duckdb.sql(f"select {columns_} from read_parquet('{out}/part-*/{table}.parquet', filename=true)").fetchall()
    return sorted(found, key=str)


def everything(out):
    return {name: rows_of(out, name, "* exclude (filename)") for name in tables.TABLES}


def accounted(out):
    """The numbers of the articles that are in either table, in order."""
    return sorted(n for table in ("articles", "failures") for (n,) in rows_of(out, table, "number"))


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The small corpus, read in this process. Returns the folder."""
    out = tmp_path_factory.mktemp("plain") / "out"
    driver.run_in_process([str(CORPUS)], out, input_articles.Options(size=5))
    return out


def records_of(*named, out="out", **options):
    asked = input_articles.Options(**options)
    return list(article_stream.stream(listing.files(map(str, named), ROOT / out), asked))


def test_the_small_corpus_holds_the_seed_and_the_examples_as_received(seed):
    kept = {row["id"]: row for row in map(json.loads, LINES)}
    assert kept[f"seed:{SEED.stem}"]["text"] == seed.text
    for path in (*(ROOT / "seeds/examples").glob("*.txt"), *(ROOT / "seeds/examples").glob("*.html")):
        assert kept[f"example:{path.stem}"]["text"] == articles.load(path).text
    assert sum(name.startswith("variant:") for name in kept) >= 12


def test_what_is_written_is_what_a_reading_says(plain):
    for number, line in enumerate(LINES):
        given = json.loads(line)
        article = articles.from_text(given["text"], given["id"], SEED)
        reading = readings.read(article, KNOWN, machine=True)
        where = f"where number = {number}"
        told = duckdb.sql(
            f"select claim_id, source.exact, list_transform(cue, lambda x: x.exact), content[1].start, about, words "
            f"from '{plain}/part-*/claims.parquet' {where} order by \"order\""
        ).fetchall()
        assert [row[:5] for row in told] == [
            (c.claim_id, c.source and c.source.exact, [s.exact for s in c.cue], c.content[0].start, list(c.about))
            for c in reading.claims
        ]
        owner = shares.words_by_claim(reading)["claim_id"].value_counts()
        assert [row[5] for row in told] == [owner.get(c.claim_id, 0) for c in reading.claims]
        words = duckdb.sql(
            "select named_words, unnamed_words, not_identified_words, outlet_words, unclaimed_words "
            f"from '{plain}/part-*/articles.parquet' {where}"
        ).fetchall()
        assert list(words[0]) == shares.by_basis(reading)["words"].tolist()
        sources, mentions = (
            duckdb.sql(f"select count(*) from '{plain}/part-*/{name}.parquet' {where}").fetchall()[0][0]
            for name in ("sources", "mentions")
        )
        assert (sources, mentions) == (len(reading.sources), len(reading.mentions))


def test_the_written_schema_is_that_of_the_files(plain):
    said = json.loads((plain / "schema.json").read_text(encoding="utf-8"))
    assert said["schema"] == tables.SCHEMA
    for name, columns_ in said["tables"].items():
        for path in plain.glob(f"part-*/{name}.parquet"):
            found = pq.read_schema(path)
            assert {field.name: str(field.type) for field in found} == columns_
            assert found.metadata[b"isnad.schema"] == str(tables.SCHEMA).encode()


def test_every_column_that_is_written_is_in_the_data_dictionary():
    text = (ROOT / "data/README.md").read_text(encoding="utf-8")
    for name, schema in tables.TABLES.items():
        section = text.split(f"### corpus: {name}.parquet")[1].split("\n### ")[0].split("\n## ")[0]
        missing = [column for column in schema.names if column not in section]
        assert not missing, (name, missing)


@pytest.mark.parametrize("how", ["plain", "gzip", "zstd", "parquet", "memory", "glob", "two files"])
def test_the_same_articles_come_out_of_every_form_of_input(tmp_path, how):
    text = "".join(LINES)
    if how == "plain":
        (named := tmp_path / "a.jsonl").write_text(text, encoding="utf-8")
    elif how == "gzip":
        (named := tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    elif how == "zstd":  # two frames, as tools that add to a file leave them
        half = len(text) // 2
        (named := tmp_path / "a.jsonl.zst").write_bytes(
            zstandard.compress(text[:half].encode()) + zstandard.compress(text[half:].encode())
        )
    elif how == "parquet":
        named = tmp_path / "a.parquet"
        pq.write_table(
            pa.Table.from_pylist([{"outlet": None, "date": None} | json.loads(n) for n in LINES]),
            named,
            row_group_size=7,
        )
    elif how == "memory":
        named = "memory://corpus/a.jsonl"
        with fsspec.open(named, "wb") as file:
            file.write(text.encode())
    else:
        (tmp_path / "1.jsonl").write_text("".join(LINES[:9]), encoding="utf-8")
        (tmp_path / "2.jsonl").write_text("".join(LINES[9:]), encoding="utf-8")
        named = tmp_path / "*.jsonl" if how == "glob" else tmp_path
    found = records_of(named)
    expected = [json.loads(line) for line in LINES]
    assert [(r.article_id, r.text) for r in found] == [(e["id"], e["text"]) for e in expected]
    assert [r.about.get("date") for r in found] == [e.get("date") for e in expected]
    assert all(r.wrong is None for r in found)
    files, options = listing.files([str(named)], ROOT / "out"), input_articles.Options()
    planned = plan.made((each, survey.of(each, options)) for each in stretches.cut(files))
    assert planned.articles == len(LINES) and planned.partitions[-1].read_to == files.size


def test_columns_are_named_by_options_and_others_are_carried_along(tmp_path):
    row = {
        "key": 7,
        "body": "قال الوزير إن المطر نزل.",
        "published": "2024-05-01T10:00",
        "tags": ["أ"],
        "outlet": "النبأ",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    driver.run_in_process([str(tmp_path / "a.jsonl")], tmp_path / "out", input_articles.Options("key", "body"))
    ((name, day, outlet, rest),) = rows_of(tmp_path / "out", "articles", "article_id, date::varchar, outlet, carried")
    assert (name, day, outlet, json.loads(rest)) == ("7", "2024-05-01", "النبأ", {"tags": ["أ"]})


def test_dates_in_any_usual_form_are_days_and_what_cannot_be_read_is_a_warning_of_its_article(tmp_path):
    written = ["15/03/2024", "١٥ آذار ٢٠٢٤", "5 رمضان 1445 هـ", "رمضان 1445", "قريبا", None]
    lines = [{"id": n, "text": "قال الوزير إن المطر نزل.", "date": value} for n, value in enumerate(written)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    pq.write_table(pa.Table.from_pylist([line | {"id": f"p{line['id']}"} for line in lines]), tmp_path / "b.parquet")
    driver.run_in_process([str(tmp_path / "*.*")], tmp_path / "out", input_articles.Options())
    rows = sorted(rows_of(tmp_path / "out", "articles", "number, date::varchar, carried, warnings"))
    found = [row[1:] for row in rows]
    assert len(found) == 12 and found[:6] == found[6:]
    days, carried, warnings = zip(*found[:6], strict=True)
    assert days == ("2024-03-15", "2024-03-15", "2024-03-15", None, None, None)
    kept = {"date": "رمضان 1445", "published_earliest": "2024-03-11", "published_latest": "2024-04-09"}
    assert [rest and json.loads(rest) for rest in carried[3:]] == [kept, {"date": "قريبا"}, None]
    assert [len(each) for each in warnings] == [0, 0, 1, 1, 1, 0]
    assert "Umm al-Qura" in warnings[2][0] and "'قريبا' could not be read" in warnings[4][0]


def test_a_folder_of_texts_and_pages_is_read_with_its_sidecars(tmp_path):
    driver.run_in_process([str(ROOT / "seeds")], tmp_path / "out", input_articles.Options())
    found = {
        row[0].rpartition("/")[2]: row[1:]
        for row in rows_of(tmp_path / "out", "articles", "article_id, outlet, date::varchar")
    }
    assert found["wire.txt"] == ("وأس", "2024-09-03")
    assert found["broadsheet.html"][0] == "الرواق"
    assert SEED.name in found and len(found) == 6


def test_no_more_of_the_input_is_read_than_is_asked_for():
    """Reading is lazy: memory is limited by the articles of a partition, whatever the size of its file."""
    given = iter(range(1000))
    made = (input_articles.InputArticle("x", str(n), f"a{n}", "نص") for n in given)
    assert len(list(islice(input_articles.each_once(made), 10))) == 10
    assert next(given) == 10


def test_a_partition_ends_early_when_its_texts_are_long():
    cut = survey.Partitions(100, longest=100)
    for passed in range(5):
        cut.add(0, 60, passed=passed)
    assert [[(piece.passed, piece.articles) for piece in pieces] for pieces in cut.made] == [
        [(0, 2)],
        [(2, 2)],
        [(4, 1)],
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_an_article_that_is_far_too_long_costs_itself_alone(tmp_path, monkeypatch, packed):
    monkeypatch.setattr(input_articles, "LONGEST_LINE", 2000)
    long = json.dumps({"id": "long", "text": "كلمة " * 5000}) + "\n"
    (tmp_path / "a.jsonl").write_text(LINES[8] + long + LINES[9], encoding="utf-8")
    name = tmp_path / "a.jsonl"
    if packed:
        name = tmp_path / "a.jsonl.zst"
        name.write_bytes(zstandard.compress((tmp_path / "a.jsonl").read_bytes()))
    found = records_of(name)
    assert [(r.place, bool(r.wrong)) for r in found] == [("line 1", False), ("line 2", True), ("line 3", False)]
    assert "too long" in found[1].wrong


@pytest.mark.parametrize("workers", [1, 2])
def test_the_rows_are_the_same_whatever_the_number_of_workers(isnad, tmp_path, plain, workers):
    done = isnad("corpus", CORPUS, "--out", tmp_path / "out", "--workers", workers, "--partition", 5)
    assert done.returncode == 0, done.stderr
    assert "24 articles" in done.stdout and "0 failures in 5 partitions" in done.stdout
    assert f"{workers} worker" in done.stderr and "watch at http://127.0.0.1:" in done.stderr
    assert everything(tmp_path / "out") == everything(plain)
    assert accounted(tmp_path / "out") == list(range(len(LINES)))


def test_a_complete_run_is_not_done_again_and_another_does_not_mix(tmp_path, plain, monkeypatch):
    before = everything(plain)
    done = driver.run_in_process([str(CORPUS)], plain, input_articles.Options(size=5))
    assert (done.partitions, done.before) == (5, 5)
    with pytest.raises(InputError, match=r"with other options \(--partition\); they are left unchanged"):
        driver.run_in_process([str(CORPUS)], plain, input_articles.Options(size=6))
    with pytest.raises(InputError, match="from other input files"):
        driver.run_in_process([str(ROOT / "data/gold")], plain, input_articles.Options(size=5))
    (own := tmp_path / "own.csv").write_text(
        (ROOT / "data/lexicon/actors.csv").read_text("utf-8").splitlines()[0] + "\n", "utf-8"
    )
    with monkeypatch.context() as patch, pytest.raises(InputError, match="with other lexicons"):
        patch.setenv("ISNAD_ACTORS", str(own))
        driver.run_in_process([str(CORPUS)], plain, input_articles.Options(size=5))
    with monkeypatch.context() as patch, pytest.raises(InputError, match="by another version of Isnad"):
        patch.setattr("helpers.__version__", "9.9")
        driver.run_in_process([str(CORPUS)], plain, input_articles.Options(size=5))
    assert everything(plain) == before


def test_a_folder_that_is_none_of_ours_is_left_alone(called, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    assert in_one_line(called("corpus", CORPUS, "--out", tmp_path / "out"), "out", "not empty")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_two_runs_do_not_work_in_one_folder(tmp_path):
    this = results_folder.this_run(listing.files([str(CORPUS)], tmp_path), input_articles.Options())
    with (
        results_folder.held(tmp_path / "out", this),
        pytest.raises(InputError, match="is running in it"),
        results_folder.held(tmp_path / "out", this),
    ):
        pass


def test_what_names_nothing_costs_one_line_and_no_folder(called, tmp_path):
    for named in ("missing.jsonl", "*.jsonl", "s4://bucket/x"):
        assert in_one_line(
            called("corpus", tmp_path / named if "s4" not in named else named, "--out", tmp_path / "out"), named
        )
    assert not (tmp_path / "out").exists()


def test_results_are_no_input(tmp_path):
    (tmp_path / "a.jsonl").write_text(LINES[8], encoding="utf-8")
    out = tmp_path / "out"
    driver.run_in_process([str(tmp_path)], out, input_articles.Options())
    assert [file.path for file in listing.files([str(tmp_path)], out).files] == [str(tmp_path / "a.jsonl")]


def test_a_terminal_sees_a_bar_with_rate_and_time_left(tmp_path):
    import os
    import pty

    leader, follower = pty.openpty()
    line = [
        sys.executable,
        "-m",
        "helpers",
        "corpus",
        str(CORPUS),
        "--out",
        str(tmp_path / "out"),
        "--workers",
        "1",
        "--partition",
        "5",
    ]
    line[1:3] = ["-c", "from helpers.cli.commands import main; main()"]
    run = subprocess.Popen(
        line, stdout=subprocess.DEVNULL, stderr=follower, env=os.environ | {"COLUMNS": "120", "TERM": "xterm"}
    )
    os.close(follower)
    seen = b""
    try:
        while part := os.read(leader, 4096):
            seen += part
    except OSError:  # the other end is closed
        pass
    assert run.wait() == 0
    text = seen.decode()
    assert "a second" in text and "left" in text and "watch at" in text


def test_help_and_annotate_import_neither_dask_nor_arrow():
    for arguments in (["--help"], ["annotate", str(SEED)]):
        program = (
            "import sys; from helpers.cli import commands\n"
            f"sys.argv = ['isnad', *{arguments!r}]\n"
            "try: commands.main()\nexcept SystemExit: pass\n"
            "print(sorted({'dask', 'distributed', 'pyarrow', 'duckdb', 'fsspec'} & set(sys.modules)), file=sys.stderr)"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert done.stderr.strip() == "[]"


def test_a_corpus_that_was_written_answers_as_its_input_does(tmp_path, plain):
    written, read = questions.database(plain, tmp_path), questions.database(CORPUS.parent, tmp_path)
    for ask in (questions.overview, questions.voices, questions.rests, questions.stances, repeated_claims.groups):
        assert ask(written).equals(ask(read)), ask


def test_copies_are_found_by_their_words_and_attribution_is_followed(tmp_path, plain):
    found = repeated_claims.groups(questions.database(plain, tmp_path))
    routes = repeated_claims.routes(found).set_index("content")
    water = next(text for text in routes.index if "دجلة" in text)
    assert routes.loc[water, "attribution"] == "named → unnamed → outlet"
    assert (routes.loc[water, "outlets"], routes.loc[water, "first_day"], routes.loc[water, "change"]) == (
        5,
        "2024-03-04",
        "weaker",
    )
    grain = next(text for text in routes.index if "القمح" in text)
    assert routes.loc[grain, "attribution"] == "unnamed → named → outlet"
    (talks,) = repeated_claims.on_one_unnamed(found)["content"]
    assert "إيران" in talks and set(found[found["content"] == talks]["basis"]) == {"unnamed"}


def test_contents_of_other_words_are_no_copies():
    one, other = (
        repeated_claims.words("تركيا وافقت على زيادة إطلاقات المياه في نهر دجلة"),
        repeated_claims.words("تركيا رفضت أمس كل طلبات العراق في ملف النفط"),
    )
    assert repeated_claims._joined([one, other, one]) == [0, 1, 0]
