"""Hostile or damaged input to `isnad corpus`: it affects nothing else, and the reason is reported."""

import gzip
import io
import json
import os
import re
import shutil
import socket
from contextlib import contextmanager
from decimal import Decimal

import duckdb
import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from fsspec.implementations.memory import MemoryFileSystem
from fsspec.spec import AbstractBufferedFile

from helpers.corpus import driver, partition, questions
from helpers.files import atomic
from helpers.files.errors import InputError
from helpers.inputs import (
    article_stream,
    input_articles,
    json_lines,
    json_values,
    listing,
    parquet,
    parquet_chunks,
)
from helpers.text import encodings, metadata
from tests.test_corpus import accounted, records_of, rows_of

TEXT = "قال الوزير إن المطر نزل في المدينة."
GOOD = {"id": "good", "text": TEXT}
HALF = "\\ud800"  # an unpaired surrogate in JSON


def line(**more):
    return json.dumps(GOOD | more, ensure_ascii=False)


def raw(name, value):
    """A line whose other column has a value that is written as it is given."""
    return f'{{"id": "{name}", "text": "{TEXT}", "x": {value}}}'


def told(found):
    """The id of each record, and why it failed."""
    return [(record.article_id, record.wrong) for record in found]


def written(tmp_path, *named, **options):
    """A whole run over the named input. Returns its folder."""
    driver.run_in_process([str(each) for each in named], tmp_path / "out", input_articles.Options(**options))
    return tmp_path / "out"


BAD_VALUES = {
    **{f"nested {n} deep": ("[" * n + "]" * n, "nested over 100 deep") for n in (102, 490, 700, 960, 5000, 100_000)},
    "objects nested 600 deep": ('{"a":' * 600 + "1" + "}" * 600, "nested over 100 deep"),
    "a number of 5,000 digits": ("9" * 5000, "a whole number of some thousand digits"),
    "two values for one name": ('{"a": 1, "a": 2}', "two values for 'a' in one object"),
}


def test_a_json_value_that_cannot_travel_costs_its_own_line(tmp_path):
    inside = [line(id="first")]
    for name, (value, _) in BAD_VALUES.items():
        inside += [raw(name, value), line(id=f"after {name}")]
    (tmp_path / "a.jsonl").write_text("\n".join(inside), encoding="utf-8")
    out = written(tmp_path, tmp_path / "a.jsonl", size=4)
    assert accounted(out) == list(range(len(inside)))
    assert len(rows_of(out, "articles", "number")) == len(BAD_VALUES) + 1
    said = dict(rows_of(out, "failures", "place, reason"))
    for at, (name, (_, reason)) in enumerate(BAD_VALUES.items()):
        assert reason in said[f"line {2 * at + 2}"], name


ODD_VALUES = {
    "nested 100 deep": ("[" * 100 + "]" * 100, None),
    "no number": ("NaN", "nan"),
    "infinite": ("[1e999, -Infinity]", ["inf", "-inf"]),
    "half a pair": (f'"{HALF}"', "⟨U+D800⟩"),
    "half a pair in a name": (f'{{"{HALF}": 1}}', {"⟨U+D800⟩": 1}),
    "NUL": ('"a\\u0000"', "a\0"),
}


def test_an_odd_json_value_is_carried_as_strict_json(tmp_path):
    inside = "\n".join(raw(name, value) for name, (value, _) in ODD_VALUES.items())
    (tmp_path / "a.jsonl").write_text(inside, encoding="utf-8")
    out = written(tmp_path, tmp_path / "a.jsonl")
    assert rows_of(out, "failures") == []

    def never(constant):
        raise AssertionError(constant)

    found = dict(rows_of(out, "articles", "article_id, carried"))
    for name, (_, expected) in ODD_VALUES.items():
        carried = json.loads(found[name], parse_constant=never)
        carried_text = json.dumps(carried, ensure_ascii=False).encode()  # no half of a pair is left
        assert carried_text and (expected is None or carried == {"x": expected}), name
    assert duckdb.sql(f"select count(json(carried)) from '{out}/part-*/articles.parquet'").fetchall() == [(6,)]


def test_ids_that_differ_in_what_is_no_utf8_are_never_one(tmp_path):
    inside = [raw(name, 1) for name in ("\\ud800", "\\ud801", "\\ud800")]
    (tmp_path / "a.jsonl").write_text("\n".join(inside), encoding="utf-8")
    found = told(records_of(tmp_path / "a.jsonl"))
    assert [name for name, _ in found] == ["⟨U+D800⟩", "⟨U+D801⟩", "⟨U+D800⟩"]
    assert [bool(wrong) for _, wrong in found] == [False, False, True]


@pytest.mark.parametrize(
    "size, wrong", [(input_articles.LONGEST_ID, None), (input_articles.LONGEST_ID + 1, "an id of over 4,096")]
)
def test_an_id_stands_in_each_row_and_is_no_longer_than_a_path(tmp_path, size, wrong):
    (tmp_path / "a.jsonl").write_text(line(id="n" * size), encoding="utf-8")
    ((_, said),) = told(records_of(tmp_path / "a.jsonl"))
    assert said is None if wrong is None else said.startswith(wrong)


def test_a_column_of_no_utf8_in_its_name_is_asked_for_in_vain_and_stops_nothing(tmp_path):
    (tmp_path / "a.jsonl").write_text(line(), encoding="utf-8")
    out = written(tmp_path, tmp_path / "a.jsonl", text_column="\udce9")
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["options"]["text_column"] == "\udce9"
    ((reason,),) = rows_of(out, "failures", "reason")
    assert "the columns are: 'id', 'text'" in reason


# Parquet


def beyond(kind):
    """Three values of a type, of which the second is in a year that Python does not support."""
    far = 2**31 - 1 if kind == pa.date32() else 2**62
    return pa.array([0, far, 0], pa.int32() if kind == pa.date32() else pa.int64()).cast(kind)


def broken(kind=None):
    """Three texts of which the second is not UTF-8."""
    made = pa.array([b"ok", b"\xff\xfe", b"ok"]).view(pa.string())
    return made if kind is None else made.cast(kind, safe=False)


def doubled():
    one = pa.array([1, 2, 3])
    fields = [pa.field("a", pa.int64()), pa.field("a", pa.int64())]
    return pa.StructArray.from_arrays([one, one], fields=fields, mask=pa.array([True, False, True]))


def unknown_zone():
    return pa.array([None, 1, None], pa.timestamp("us", tz="Mars/Phobos"))


def in_list(values_):
    return pa.ListArray.from_arrays(pa.array([0, 1, 2, 3], pa.int32()), values_)


BAD_COLUMNS = {
    "a time in microseconds": (lambda: beyond(pa.timestamp("us")), "type timestamp[us] that cannot be read"),
    "a time in milliseconds": (lambda: beyond(pa.timestamp("ms")), "type timestamp[ms] that cannot be read"),
    "a time with a zone": (lambda: beyond(pa.timestamp("us", "UTC")), "that cannot be read"),
    "a day": (lambda: beyond(pa.date32()), "type date32[day] that cannot be read"),
    "a zone that nobody knows": (unknown_zone, "tz=Mars/Phobos] that cannot be read"),
    "two fields of one name": (doubled, "two fields are named 'a'"),
    "a text": (broken, "a text that is not UTF-8"),
    "a text in a list": (lambda: in_list(broken()), "a text that is not UTF-8"),
    "a text in a struct": (lambda: pa.StructArray.from_arrays([broken()], ["a"]), "a text that is not UTF-8"),
    "a day in a list": (lambda: in_list(beyond(pa.date32())), "that cannot be read"),
    "a large text": (
        lambda: pa.array([b"ok", b"\xff", b"ok"], pa.large_binary()).view(pa.large_string()),
        "a text that is not UTF-8",
    ),
}


@pytest.mark.parametrize("make, reason", BAD_COLUMNS.values(), ids=BAD_COLUMNS)
def test_a_parquet_value_that_cannot_be_read_costs_its_own_row(tmp_path, make, reason):
    table = pa.table({"id": ["a", "b", "c"], "text": [TEXT] * 3, "x": make()})
    pq.write_table(table, tmp_path / "a.parquet")
    found = told(records_of(tmp_path / "a.parquet"))
    assert [(name, bool(wrong)) for name, wrong in found] == [("a", False), ("b", True), ("c", False)]
    assert found[1][1].startswith("column 'x': ") and reason in found[1][1]


@pytest.mark.parametrize(
    "column, expected", [("id", [("a", 0), (None, 1), ("c", 0)]), ("text", [("a", 0), ("b", 1), ("c", 0)])]
)
def test_an_id_or_a_text_that_is_no_utf8_costs_its_own_row(tmp_path, column, expected):
    made = pa.array([each.encode() for each in ("a", "b", "c")] if column == "id" else [TEXT.encode()] * 3).to_pylist()
    made[1] += b"\xff"
    table = pa.table({"id": ["a", "b", "c"], "text": [TEXT] * 3} | {column: pa.array(made).view(pa.string())})
    pq.write_table(table, tmp_path / "a.parquet")
    found = told(records_of(tmp_path / "a.parquet"))
    assert [(name, bool(wrong)) for name, wrong in found] == expected
    assert found[1][1].startswith(f"column '{column}': a text that is not UTF-8")


GOOD_COLUMNS = {
    "decimals": (pa.array([Decimal("1.50")]), "1.50"),
    "bytes": (pa.array([b"a\xff"]), "a\\xff"),
    "a dictionary": (pa.array(["v"]).dictionary_encode(), "v"),
    "a map": (pa.array([[("k", 1)]], pa.map_(pa.string(), pa.int64())), [["k", 1]]),
    "lists of lists of texts": (pa.array([[["a"], None, ["b", "a"]]]), [["a"], None, ["b", "a"]]),
    "structs in a list": (pa.array([[{"a": 1, "b": None}]]), [{"a": 1, "b": None}]),
    "a list of one size": (pa.array([[1, 2]], pa.list_(pa.int64(), 2)), [1, 2]),
    "nanoseconds": (pa.array([1], pa.timestamp("ns")), "1970-01-01 00:00:00.000000001"),
    "a time of day": (pa.array([1], pa.time64("us")), "00:00:00.000001"),
    "a UUID": (pa.array([b"\0" * 16], pa.uuid()), "00000000-0000-0000-0000-000000000000"),
    "no number": (pa.array([float("nan")]), "nan"),
}


def test_parquet_values_of_every_type_are_carried_as_json(tmp_path):
    table = pa.table({"id": ["a"], "text": [TEXT]} | {name: column for name, (column, _) in GOOD_COLUMNS.items()})
    pq.write_table(table, tmp_path / "a.parquet")
    ((carried,),) = rows_of(written(tmp_path, tmp_path / "a.parquet"), "articles", "carried")
    assert json.loads(carried) == {name: expected for name, (_, expected) in GOOD_COLUMNS.items()}


@pytest.mark.parametrize(
    "kind", [pa.large_string(), pa.string_view(), pa.binary(), pa.dictionary(pa.int32(), pa.string())], ids=str
)
def test_a_text_is_read_out_of_every_type_that_holds_one(tmp_path, kind):
    text = pa.array([TEXT.encode() if kind == pa.binary() else TEXT]).cast(kind)
    pq.write_table(pa.table({"id": pa.array(["a"]).cast(kind), "text": text}), tmp_path / "a.parquet")
    (found,) = records_of(tmp_path / "a.parquet")
    assert (found.article_id, found.text, found.wrong) == ("a", TEXT, None)


NO_ARTICLES = {
    "no text": (
        {"id": ["a"] * 3, "body": ["b"] * 3},
        "no column 'text'; name another with --text-column; the columns are: 'id', 'body'",
    ),
    "neither": ({"a": ["a"] * 3}, "no column 'id' and no column 'text'"),
    "a path into a struct": ({"id": ["a"], "article": [{"text": TEXT}]}, "the columns are: 'id', 'article'"),
    "a number for a text": ({"id": ["a"], "text": [1]}, "column 'text' is not text, but int64"),
    "nothing for a text": ({"id": ["a"], "text": [None]}, "column 'text' is not text, but null"),
    "a fraction for an id": (
        {"id": [1.5], "text": [TEXT]},
        "column 'id' is neither text nor a whole number, but double",
    ),
    "hundreds of columns": ({f"c{n}": ["x"] for n in range(300)}, "'c19' and 280 more"),
}


@pytest.mark.parametrize("table, reason", NO_ARTICLES.values(), ids=NO_ARTICLES)
def test_parquet_that_can_have_no_article_is_refused_once_and_names_its_columns(tmp_path, table, reason):
    pq.write_table(pa.table(table), tmp_path / "a.parquet")
    (found,) = records_of(tmp_path / "a.parquet")
    assert found.place == "the whole file" and reason in found.wrong


def test_parquet_with_two_columns_of_one_name_is_refused_once(tmp_path):
    one = pa.array(["a"])
    pq.write_table(pa.table([one, one, one], names=["id", "text", "text"]), tmp_path / "a.parquet")
    (found,) = records_of(tmp_path / "a.parquet")
    assert found.wrong == "two columns are named 'text'; rename one of them"


def test_a_refused_file_is_told_in_one_line_and_the_others_are_read(tmp_path, capsys):
    pq.write_table(pa.table({"id": ["a"] * 50_000, "body": ["b"] * 50_000}), tmp_path / "a.parquet")
    (tmp_path / "b.jsonl").write_text(line(), encoding="utf-8")
    out = written(tmp_path, tmp_path / "a.parquet", tmp_path / "b.jsonl")
    said = "no column 'text'; name another with --text-column; the columns are: 'id', 'body'"
    assert capsys.readouterr().err == f"isnad: {tmp_path}/a.parquet: {said}\n"
    assert rows_of(out, "failures", "place, reason") == [("the whole file", said)]
    assert [name for (name,) in rows_of(out, "articles", "article_id")] == ["good"]


def test_no_more_than_some_lines_are_said_of_files_like_one_another(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(driver, "LINES", 2)
    for n in range(5):
        os.mkfifo(tmp_path / f"{n}.txt")
    (tmp_path / "a.jsonl").write_text(line(), encoding="utf-8")
    written(tmp_path, tmp_path)
    *first, last = capsys.readouterr().err.splitlines()
    assert len(first) == 2 and last == "isnad: and more like these"


def repeated(size, rows):
    """A table of ids and of one text that all rows have: a dictionary of one, and numbers that take a few bytes."""
    text = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array(["ن" * (size // 2)]))
    return pa.table({"id": [f"a{n}" for n in range(rows)], "text": text})


def test_rows_that_a_few_bytes_stand_for_are_held_one_by_one(tmp_path, monkeypatch):
    pq.write_table(repeated(40_000, 500), tmp_path / "a.parquet", compression="zstd", store_schema=False)
    assert (tmp_path / "a.parquet").stat().st_size < 10_000
    monkeypatch.setattr(parquet_chunks, "BYTES_HELD", 90_000)  # two such texts
    held = []
    batches = pq.ParquetFile.iter_batches
    monkeypatch.setattr(
        pq.ParquetFile, "iter_batches", lambda *a, **k: (held.append(b.nbytes) or b for b in batches(*a, **k))
    )
    found = records_of(tmp_path / "a.parquet")
    assert len(found) == 500 and all(record.wrong is None for record in found)
    assert len(held) >= 250 and max(held) < 100_000


def test_the_size_of_a_dictionary_is_told_from_its_page(tmp_path):
    for size in (40, 40_000, 4_000_000):
        pq.write_table(repeated(size, 10), tmp_path / "a.parquet", compression="zstd")
        with (tmp_path / "a.parquet").open("rb") as stored:
            ((_, chunk),) = parquet_chunks.row_groups(stored)
            assert parquet_chunks.dictionary(stored, chunk) == size + 4


@pytest.mark.parametrize("encoding", ["DELTA_BYTE_ARRAY", "PLAIN"])
def test_texts_stored_as_differences_are_held_one_by_one(tmp_path, monkeypatch, encoding):
    table = pa.table({"id": [f"a{n}" for n in range(99)], "text": ["ن" * 5_000 + str(n) for n in range(99)]})
    pq.write_table(
        table, tmp_path / "a.parquet", use_dictionary=False, column_encoding={"text": encoding, "id": "PLAIN"}
    )
    monkeypatch.setattr(parquet_chunks, "BYTES_HELD", 20_000)
    with (tmp_path / "a.parquet").open("rb") as stored:
        rows = parquet_chunks.rows_at_once(
            stored, *parquet_chunks.row_groups(stored), [parquet_chunks.Leaf("x", False, 0)] * 2
        )
    assert rows == (1 if encoding == "DELTA_BYTE_ARRAY" else parquet_chunks.ROWS_HELD)
    assert [r.text for r in records_of(tmp_path / "a.parquet")] == table["text"].to_pylist()


def test_a_row_that_opens_to_too_much_costs_itself_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(input_articles, "LONGEST_LINE", 2_000_000)
    tags = [["x"], ["وسم طويل " * 1000] * 1000, ["x"]]  # the second comes to 17 MB out of one tag
    table = pa.table({"id": ["a", "b", "c"], "text": [TEXT] * 3, "tags": tags})
    pq.write_table(table, tmp_path / "a.parquet", compression="zstd")
    assert (tmp_path / "a.parquet").stat().st_size < 10_000
    found = told(records_of(tmp_path / "a.parquet"))
    assert [(name, wrong) for name, wrong in found if wrong is None] == [("a", None), ("c", None)]
    assert found[1] == ("b", "column 'tags': over 2 million bytes in one row, too long for one article; split it")


def test_a_row_group_that_unpacks_to_too_much_is_not_unpacked(tmp_path, monkeypatch):
    pq.write_table(pa.table({"id": ["a"], "text": ["ن" * 1_000_000]}), tmp_path / "a.parquet", compression="zstd")
    assert records_of(tmp_path / "a.parquet")[0].wrong is None
    monkeypatch.setattr(parquet_chunks, "UNPACKED", 1_000_000)
    (found,) = records_of(tmp_path / "a.parquet")
    assert found.place == "row 1" and "more than can be held" in found.wrong


def test_lists_of_millions_of_values_are_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_chunks, "LIST_VALUES", 1000)
    pq.write_table(pa.table({"id": ["a"], "text": [TEXT], "n": [[0] * 2000]}), tmp_path / "a.parquet")
    (found,) = records_of(tmp_path / "a.parquet")
    assert "2,000 values in the lists of 'n.list.element', more than can be held" in found.wrong


def test_a_damaged_row_group_of_very_many_rows_is_told_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "TOLD", 10)
    pq.write_table(pa.table({"id": [f"{n:09}" for n in range(100)], "text": [TEXT] * 100}), tmp_path / "a.parquet")
    monkeypatch.setattr(parquet_chunks, "UNPACKED", 1)
    monkeypatch.setattr(parquet_chunks, "UNPACKED_TIMES", 0)
    assert [r.place for r in records_of(tmp_path / "a.parquet")] == ["rows 1 to 100"]


def test_what_the_foot_says_is_what_arrow_reads_in_it(tmp_path):
    table = pa.table({"id": ["a"] * 9, "text": [TEXT] * 9, "n": [[1, None]] * 9, "s": [{"a": 0.5}] * 9})
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=4, compression="zstd")
    with (tmp_path / "a.parquet").open("rb") as stored:
        groups = parquet_chunks.row_groups(stored)
        metadata = pq.read_metadata(stored)
    assert len(groups) == metadata.num_row_groups == 3
    for at, group in enumerate(groups):
        arrow = [metadata.row_group(at).column(n) for n in range(metadata.num_columns)]
        assert [(c.values, c.unpacked, c.packed) for c in group] == [
            (c.num_values, c.total_uncompressed_size, c.total_compressed_size) for c in arrow
        ]
        assert [c.begin for c in group] == [c.dictionary_page_offset or c.data_page_offset for c in arrow]


@pytest.mark.parametrize("rows", [0, 3])
def test_empty_parquet_and_empty_row_groups_have_no_article_and_no_fault(tmp_path, rows):
    table = pa.table(
        {"id": [f"a{n}" for n in range(rows)], "text": [TEXT] * rows},
        pa.schema({"id": pa.string(), "text": pa.string()}),
    )
    with pq.ParquetWriter(tmp_path / "a.parquet", table.schema) as writer:
        for part in (table.slice(0, 0), table, table.slice(0, 0)):
            writer.write_table(part)
    assert [r.wrong for r in records_of(tmp_path / "a.parquet")] == [None] * rows


def test_ids_of_parquet_that_are_missing_or_come_again_cost_their_own_rows(tmp_path):
    table = pa.table({"id": pa.array([1, None, 1, 2**63], pa.uint64()), "text": [TEXT] * 4})
    pq.write_table(table, tmp_path / "a.parquet")
    found = told(records_of(tmp_path / "a.parquet"))
    assert [name for name, _ in found] == ["1", None, "1", str(2**63)]
    assert [bool(wrong) for _, wrong in found] == [False, True, True, False]


def test_parquet_with_bytes_turned_anywhere_costs_no_more_than_itself(tmp_path):
    """No exception ends the run, whatever is damaged; each row is there or said."""
    table = pa.table({"id": [f"a{n}" for n in range(40)], "text": [TEXT] * 40, "tags": [["a", "b"]] * 40})
    pq.write_table(table, tmp_path / "good.parquet", row_group_size=10, compression="zstd")
    good = (tmp_path / "good.parquet").read_bytes()
    for seed in range(150):
        bad = bytearray(good)
        for step in range(1 + seed % 3):
            bad[(seed * 7919 + step * 104_729) % len(bad)] ^= 1 << (seed + step) % 8
        (tmp_path / "a.parquet").write_bytes(bad)
        found = records_of(tmp_path / "a.parquet")
        assert found, seed


# Lines


def packed(inside, how):
    if how == "zstd":
        return zstandard.compress(inside, 19)
    return gzip.compress(inside) if how == "gzip" else inside


ENDINGS = {"plain": "a.jsonl", "gzip": "a.jsonl.gz", "zstd": "a.jsonl.zst"}


@pytest.mark.parametrize("how", ENDINGS)
def test_a_line_without_end_is_passed_over_and_never_held(tmp_path, monkeypatch, how):
    """Reading is counted, not timed: each byte is asked for once, and no piece is larger than a line may be."""
    monkeypatch.setattr(input_articles, "LONGEST_LINE", 100_000)
    inside = line(id="a").encode() + b"\n" + b" " * 20_000_000 + b"\n" + line(id="b").encode()
    (tmp_path / ENDINGS[how]).write_bytes(packed(inside, how))
    asked = []

    class Counted(io.BufferedReader):
        def readline(self, size=-1):
            asked.append(len(found := super().readline(size)))
            return found

    monkeypatch.setattr(json_lines.io, "BufferedReader", Counted)
    found = told(records_of(tmp_path / ENDINGS[how]))
    assert [name for name, _ in found] == ["a", None, "b"] and "in one line, too long" in found[1][1]
    assert sum(asked) == len(inside) and max(asked) <= 100_000


@pytest.mark.parametrize("how", ["gzip", "zstd"])
@pytest.mark.parametrize("parts", [1, 3])
def test_packed_lines_are_read_to_where_they_break_off(tmp_path, how, parts):
    whole = [line(id=f"{at} {n}") + "\n" for at in range(parts) for n in range(50)]
    frames = b"".join(packed("".join(whole[at : at + 50]).encode(), how) for at in range(0, len(whole), 50))
    path = tmp_path / ENDINGS[how]
    path.write_bytes(frames)
    assert [r.wrong for r in records_of(path)] == [None] * len(whole)
    for wrong, stored in {"cut": frames[:-6], "more": frames + b"what is no frame"}.items():
        path.write_bytes(stored)
        *_, last = records_of(path)
        assert last.wrong and "breaks off or is damaged" in last.wrong, wrong


MIXED = {
    "gzip without its ending": ("a.jsonl", gzip.compress),
    "zstd without its ending": ("a.jsonl", zstandard.compress),
    "plain with the ending of gzip": ("a.jsonl.gz", bytes),
    "plain with the ending of zstd": ("a.jsonl.zst", bytes),
    "zstd with the ending of gzip": ("a.jsonl.gz", zstandard.compress),
    "lines that end as on Windows": ("a.jsonl", lambda inside: inside.replace(b"\n", b"\r\n")),
    "a byte order mark": ("a.jsonl", lambda inside: b"\xef\xbb\xbf" + inside),
}


@pytest.mark.parametrize("name, how", MIXED.values(), ids=MIXED)
def test_what_lines_begin_with_counts_more_than_the_ending_of_their_file(tmp_path, name, how):
    (tmp_path / name).write_bytes(how((line(id="a") + "\n" + line(id="b") + "\n").encode()))
    assert told(records_of(tmp_path / name)) == [("a", None), ("b", None)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_lines_in_utf16_are_refused_once_and_told_for_what_they_are(tmp_path, encoding):
    (tmp_path / "a.jsonl").write_bytes("\n".join([line()] * 30).encode(encoding))
    (found,) = records_of(tmp_path / "a.jsonl")
    assert found.place == "the whole file" and "UTF-16" in found.wrong


def test_a_file_whose_first_thousands_are_no_articles_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(article_stream, "TRIED", 5)
    (tmp_path / "a.jsonl").write_text('{"id": "a", "body": "b"}\n' * 50, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(line() + "\n" + '{"id": "a"}\n' * 50, encoding="utf-8")
    found = records_of(tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    assert [r.place for r in found if r.source.endswith("a.jsonl")] == [
        *(f"line {n}" for n in range(1, 6)),
        "the whole file",
    ]
    assert "none of the first 5 is an article" in found[5].wrong and "'id', 'body'" in found[5].wrong
    assert len(found) == 6 + 51


class Remote(AbstractBufferedFile):
    """A file like those of http, s3 and others, which reads lines of any length."""

    def _fetch_range(self, start, end):
        return self.fs.cat_file(self.path)[start:end]


def test_a_file_of_a_far_machine_is_read_line_by_line(monkeypatch):
    fs = fsspec.filesystem("memory")
    fs.pipe_file("/far/a.jsonl", (line(id="a") + "\n" + line(id="b")).encode())
    monkeypatch.setattr(
        MemoryFileSystem, "_open", lambda self, path, mode="rb", **kw: Remote(self, path, size=self.size(path))
    )
    assert told(records_of("memory://far/a.jsonl")) == [("a", None), ("b", None)]


# Files


@pytest.fixture
def odd(tmp_path):
    """A folder with a text and whatever is no regular file. Gives it."""
    folder = tmp_path / "odd"
    (folder / "below").mkdir(parents=True)
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "unread")  # no ending that is read: of no interest
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "gone.jsonl").symlink_to(folder / "nowhere")
    (folder / "round.txt").symlink_to("round.txt")
    (folder / "below" / "up").symlink_to("..")
    (folder / "link.txt").symlink_to("a.txt")
    with socket.socket(socket.AF_UNIX) as held:
        here = os.open(folder, os.O_RDONLY)  # the path of a socket is short
        held.bind(f"/proc/self/fd/{here}/sock.txt")
        os.close(here)
        yield folder


REASONS = {
    "pipe.txt": "a named pipe",
    "zero.txt": "a device",
    "gone.jsonl": "a link to a file that does not exist",
    "round.txt": "cannot be read (Too many levels of symbolic links)",
    "sock.txt": "a socket",
}


def test_of_a_folder_only_regular_files_are_read_and_each_other_is_said(tmp_path, odd, capsys):
    driver.run_in_process([str(odd)], tmp_path / "out", input_articles.Options())
    read = [name.rpartition("/")[2] for (name,) in rows_of(tmp_path / "out", "articles", "article_id")]
    assert sorted(read) == ["a.txt", "link.txt"]
    said = capsys.readouterr().err.splitlines()
    for name, reason in (REASONS | {"below/up": "a link to a folder"}).items():
        assert [each for each in said if f"odd/{name}: {reason}" in each], (name, said)
    assert len(said) == len(REASONS) + 1


@pytest.mark.parametrize("name", REASONS)
def test_what_is_no_regular_file_and_named_is_refused_in_one_line(tmp_path, odd, name):
    with pytest.raises(InputError, match=rf"^.*/{re.escape(name)}: {re.escape(REASONS[name])}[^\n]*$"):
        listing.files([str(odd / "a.txt"), str(odd / name)], tmp_path / "out")


def test_a_folder_with_nothing_else_says_what_was_passed_over(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(InputError, match=r"pipe\.txt: a named pipe"):
        listing.files([str(tmp_path)], tmp_path / "out")


def test_a_file_that_becomes_a_pipe_after_it_was_listed_is_not_waited_for(tmp_path):
    names = ("a.txt", "b.jsonl", "c.parquet", "d.txt")
    for name in names:
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    found = listing.files([str(tmp_path / name) for name in names], tmp_path / "out")
    for name in names:
        (tmp_path / name).unlink()
        if name != "d.txt":
            os.mkfifo(tmp_path / name)
    read = list(article_stream.stream(found, input_articles.Options()))
    assert len(read) == 4 and all(record.wrong for record in read)
    assert "it existed when the run began" in read[3].wrong


def test_a_text_that_grew_after_it_was_listed_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(encodings, "ARTICLE_BYTES", 1000)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    found = listing.files([str(tmp_path / "a.txt")], tmp_path / "out")
    (tmp_path / "a.txt").write_text(TEXT * 100, encoding="utf-8")
    (record,) = article_stream.stream(found, input_articles.Options())
    assert "too long for one article" in record.wrong


SIDECARS = {
    "nested": (b"title = " + b"[" * 2000 + b"]" * 2000, "not TOML"),
    "a long number": (b"note = " + b"9" * 5000, "not TOML"),
    "too long": (b"#" * (metadata.SIDECAR_BYTES + 1), "too long for a sidecar"),
}


@pytest.mark.parametrize("inside, reason", SIDECARS.values(), ids=SIDECARS)
def test_a_sidecar_that_cannot_be_read_costs_its_own_text(tmp_path, inside, reason):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.toml").write_bytes(inside)
    (record,) = records_of(tmp_path / "a.txt")
    assert record.article_id and reason in record.wrong


def test_a_sidecar_that_is_a_pipe_is_not_waited_for(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    os.mkfifo(tmp_path / "a.toml")
    (record,) = records_of(tmp_path / "a.txt")
    assert "a.toml" in record.wrong and "no regular file" in record.wrong


def test_a_folder_that_cannot_be_read_is_said(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "closed").mkdir()
    scan = os.scandir

    def closed(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", closed)
    found = listing.files([str(tmp_path)], tmp_path / "out")
    assert len(found.files) == 1
    (said,) = found.skipped
    assert re.search(r"closed: a folder that cannot be read \(Permission denied\)", said)


def test_a_folder_with_the_name_of_a_file_is_a_folder(tmp_path):
    (tmp_path / "x.jsonl").mkdir()
    (tmp_path / "x.jsonl" / "a.txt").write_text(TEXT, encoding="utf-8")
    for named in (tmp_path, tmp_path / "x.jsonl"):
        assert [r.wrong for r in records_of(named)] == [None]


NAMES = {
    b"\xe9.txt": "⟨U+DCE9⟩.txt",
    b"\xe8.txt": "⟨U+DCE8⟩.txt",
    "خبر.txt".encode(): "خبر.txt",
    b"two\nlines.txt": "two\nlines.txt",
}


def test_names_that_are_not_utf8_are_shown_each_in_its_own_way(tmp_path):
    for name in NAMES:
        (tmp_path / os.fsdecode(name)).write_text(TEXT, encoding="utf-8")
    out = written(tmp_path, tmp_path)
    found = rows_of(out, "articles", "article_id, source")
    assert sorted(name.rpartition("/")[2] for name, _ in found) == sorted(NAMES.values())
    assert all(name == source for name, source in found)


def test_a_line_about_a_file_is_one_line_whatever_its_name(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    os.mkfifo(os.fsencode(tmp_path) + b"/a\nb\x1b\xe9.txt")
    (said,) = listing.files([str(tmp_path)], tmp_path / "out").skipped
    assert said.endswith(
        "/a\\x0ab⟨U+001B⟩⟨U+DCE9⟩.txt: a named pipe, not a file; save its output to a file, and name that"
    )


def test_a_reader_that_fails_in_a_way_nobody_expected_costs_its_file(tmp_path, monkeypatch):
    def failing(*_):
        yield input_articles.InputArticle("a", "line 1", "a", TEXT)
        raise ZeroDivisionError("odd")

    (tmp_path / "a.jsonl").write_text(line(), encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(json_lines, "articles_in", failing)
    found = records_of(tmp_path)
    assert [(r.place, bool(r.wrong)) for r in found] == [("line 1", False), ("after line 1", True), ("", False)]
    assert found[1].wrong.startswith("cannot be read (ZeroDivisionError: odd)")


def test_what_nobody_can_write_costs_its_own_article(tmp_path, monkeypatch):
    (tmp_path / "a.jsonl").write_text("\n".join(line(id=f"a{n}") for n in range(9)), encoding="utf-8")
    about = driver.partition._about

    def too_large(record, article):
        found = about(record, article)
        return (*found[:3], "no day", *found[4:]) if record.article_id == "a4" else found

    monkeypatch.setattr(driver.partition, "_about", too_large)
    out = written(tmp_path, tmp_path / "a.jsonl")
    ((name, reason),) = rows_of(out, "failures", "article_id, reason")
    assert name == "a4" and reason.startswith("what was read in it cannot be written (Arrow")
    assert accounted(out) == list(range(9)) and len(rows_of(out, "articles")) == 8


def test_values_are_plain_whatever_they_are():
    assert json_values.plain({1: (b"\xff", 1.5, Decimal("1"))}) == {"1": ["\\xff", 1.5, "1"]}


def test_a_partition_that_was_lost_after_the_end_is_made_again(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    options = input_articles.Options(size=1)
    driver.run_in_process([str(tmp_path)], tmp_path / "out", options)
    shutil.rmtree(tmp_path / "out" / "part-000001")
    done = driver.run_in_process([str(tmp_path)], tmp_path / "out", options)
    assert (done.counts["articles"], done.partitions, done.before) == (2, 2, 1)


def test_a_sidecar_that_has_changed_makes_another_run(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.toml").write_text('title = "one"', encoding="utf-8")
    driver.run_in_process([str(tmp_path)], tmp_path / "out", input_articles.Options())
    (tmp_path / "a.toml").write_text('title = "the other"', encoding="utf-8")
    with pytest.raises(InputError, match="from other input files, or these have changed"):
        driver.run_in_process([str(tmp_path)], tmp_path / "out", input_articles.Options())


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("run.json", "[1]", r"run\.json: damaged"), ("part-000000/counts.json", "{", r"counts\.json: damaged")],
)
def test_what_is_damaged_in_a_folder_of_tables_is_said(tmp_path, name, content, said):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    driver.run_in_process([str(tmp_path / "a.txt")], tmp_path / "out", input_articles.Options())
    (tmp_path / "out" / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        driver.run_in_process([str(tmp_path / "a.txt")], tmp_path / "out", input_articles.Options())


def test_a_copy_that_somebody_made_of_a_partition_is_none(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    driver.run_in_process([str(tmp_path / "a.txt")], tmp_path / "out", input_articles.Options())
    for copy in ("part-backup", "part-000000 copy", "part-0"):
        shutil.copytree(tmp_path / "out" / "part-000000", tmp_path / "out" / copy)
    assert driver.run_in_process([str(tmp_path / "a.txt")], tmp_path / "out", input_articles.Options()).partitions == 1
    with questions.database(tmp_path / "out", tmp_path) as db:
        assert questions.counts(db)["articles"] == 1


@pytest.mark.parametrize("name", ["out[1]", "news [2024]", "o*", "o'ut", "o?"])
def test_the_folder_of_results_may_have_any_name(tmp_path, name):
    (tmp_path / "a.jsonl").write_text(line(id="a") + "\n" + line(id="a"), encoding="utf-8")
    out = tmp_path / name
    driver.run_in_process([str(tmp_path / "a.jsonl")], out, input_articles.Options())
    with questions.database(out, tmp_path) as db:
        assert questions.counts(db) | {"articles": 1, "failures": 1} == questions.counts(db)


@pytest.mark.parametrize("lost", [(2,), (3,), (2, 3), (0, 3)])
def test_a_partition_of_an_added_input_that_was_lost_is_missed_by_the_command_of_the_first_one(tmp_path, lost):
    for name in "ab":
        (tmp_path / f"{name}.jsonl").write_text("\n".join(line(id=f"{name}{n}") for n in "12"), encoding="utf-8")
    out, options = tmp_path / "out", input_articles.Options(size=1)
    first, added = ([str(tmp_path / f"{name}.jsonl")] for name in "ab")
    driver.run_in_process(first, out, options)
    driver.run_in_process(added, out, options, add=True)
    for number in lost:
        shutil.rmtree(out / f"part-{number:06}")
    with pytest.raises(InputError, match=f"partition {lost[-1] if lost != (2, 3) else 2} is lost; run the command"):
        driver.run_in_process(first, out, options)
    driver.run_in_process(added, out, options, add=True)
    assert accounted(out) == [0, 1, 2, 3]


@pytest.mark.parametrize("file", ["run.json", "schema.json", "plan-*.json", "complete.json"])
def test_a_run_that_is_killed_while_it_writes_a_file_of_its_own_goes_on_and_leaves_nothing(tmp_path, monkeypatch, file):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    killed = RuntimeError("killed")

    @contextmanager
    def half(path):
        if not path.match(file):
            with whole(path) as beside:
                yield beside
            return
        path.with_name(f".{path.name}.0123abcd").write_text("{", encoding="utf-8")
        raise killed

    whole = atomic.written_whole
    monkeypatch.setattr(atomic, "written_whole", half)
    with pytest.raises(RuntimeError, match="killed"):
        driver.run_in_process([str(tmp_path / "a.txt")], tmp_path / "out", input_articles.Options())
    assert list((tmp_path / "out").glob(".*.0123abcd"))
    monkeypatch.undo()
    done = driver.run_in_process([str(tmp_path / "a.txt")], tmp_path / "out", input_articles.Options())
    assert done.counts["articles"] == 1
    assert not list((tmp_path / "out").glob(".*.0123abcd"))


def test_a_folder_of_a_run_that_found_no_article_is_used_for_the_mended_input(tmp_path):
    (tmp_path / "a.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match="the input contains no articles"):
        written(tmp_path, tmp_path / "a.jsonl")
    (tmp_path / "a.jsonl").write_text(line(id="a") + "\n", encoding="utf-8")
    assert accounted(written(tmp_path, tmp_path / "a.jsonl", size=3)) == [0]
    with pytest.raises(InputError, match="with other options"):
        written(tmp_path, tmp_path / "a.jsonl", size=4)


def test_a_hidden_file_of_the_users_is_neither_taken_away_nor_written_to(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".notes.0123abcd").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not empty, and not a corpus of Isnad"):
        driver.run_in_process([str(tmp_path / "a.txt")], tmp_path / "out", input_articles.Options())
    assert [path.name for path in (tmp_path / "out").iterdir()] == [".notes.0123abcd"]


def test_a_folder_whose_tables_go_into_it_and_has_nothing_else_is_said(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(InputError, match=r"all input is in .*, where the tables go"):
        listing.files([str(tmp_path)], tmp_path)


def test_an_error_that_nobody_expected_costs_its_own_article_and_says_where_it_came_up(tmp_path, monkeypatch):
    find = partition.readings.read

    def faulty(article, *given, **how):
        if article.article_id == "b":
            raise IndexError("list index out of range")
        return find(article, *given, **how)

    monkeypatch.setattr(partition.readings, "read", faulty)
    lines_ = "\n".join(json.dumps({"id": name, "text": TEXT}) for name in "abc")
    (tmp_path / "lines.jsonl").write_text(lines_, encoding="utf-8")
    driver.run_in_process([str(tmp_path / "lines.jsonl")], tmp_path / "out", input_articles.Options())
    assert [name for (name,) in rows_of(tmp_path / "out", "articles", "article_id")] == ["a", "c"]
    ((reason,),) = rows_of(tmp_path / "out", "failures", "reason")
    assert reason.startswith("an unexpected error: IndexError in partition, line ")
    assert reason.endswith("(list index out of range)")
