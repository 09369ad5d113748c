"""The package that other people's code imports, and the schema that `isnad annotate` holds to."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import get_args

import jsonschema
import pytest

import isnad_arabic as isnad
from helpers import readings
from helpers.extraction.named import capitals
from helpers.lexicon import entries
from helpers.records import claims, codec, frames, sources
from tests.conftest import ROOT, SEED

SCHEMA = json.loads((ROOT / "data/schema/annotate.schema.json").read_text(encoding="utf-8"))
VALID = jsonschema.Draft202012Validator(SCHEMA)
TEXT = "أكد وزير الدفاع خالد حسن، يوم أمس، أن الجيش المصري سيطر على المدينة. ولم يرد مسؤول أفغاني على ذلك."


@pytest.fixture(scope="module")
def seed():
    return isnad.load(SEED)


def test_to_import_it_brings_in_nothing_but_itself_before_something_of_it_is_asked_for():
    program = """if True:
        import sys, isnad_arabic as isnad
        def ours():
            return sorted(name for name in sys.modules if name.startswith("helpers."))
        before, listed = ours(), dir(isnad)
        isnad.InputError
        print(before, set(isnad.__all__) <= set(listed), "helpers.readings" in ours())
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "True", "True"]


def test_to_read_with_it_brings_in_nothing_that_is_large():
    program = "import sys, isnad_arabic as isnad; isnad.read('قال الوزير إن الطريق مفتوح.'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    large = {"pandas", "numpy", "dask", "distributed", "IPython", "jupyter_core", "ipykernel", "nbformat", "nbconvert"}
    assert not loaded & (large | {"matplotlib", "pyarrow", "duckdb", "trafilatura", "lxml", "typer", "asyncio"})
    assert "isnad_arabic" in loaded


def test_pandas_is_imported_only_for_a_frame():
    program = (
        f"import sys, isnad_arabic; r = isnad_arabic.read({TEXT!r}); r.to_dict(); before = 'pandas' in sys.modules\n"
        "r.to_frame('claims'); print(before, 'pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_what_is_promised_is_there_and_nothing_beside_it():
    assert all(hasattr(isnad, name) for name in isnad.__all__)
    assert {"read", "load", "read_many", "Reading", "Claim", "Source", "Mention", "Span", "InputError"} <= {
        *isnad.__all__
    }
    shown = {name for name in dir(isnad) if not name.startswith("_")}
    assert shown - set(isnad.__all__) <= {"TYPE_CHECKING"}
    with pytest.raises(AttributeError, match=r"isnad_arabic.*'readings'"):
        isnad.readings  # noqa: B018


def test_both_packages_say_that_they_are_typed():
    assert (ROOT / "src/isnad_arabic/py.typed").is_file() and (ROOT / "src/helpers/py.typed").is_file()


def test_a_seed_is_read_with_peoples_annotations_unless_the_machine_is_asked(seed):
    assert seed.claims_from == "people"
    assert isnad.load(str(SEED), machine=True).claims_from == "machine"


def test_it_writes_what_the_command_writes(seed):
    line = [str(Path(sys.executable).with_name("isnad")), "annotate", str(SEED)]
    done = subprocess.run(line, capture_output=True, encoding="utf-8", check=True)
    assert seed.to_dict() == json.loads(done.stdout)


def test_every_source_of_a_claim_is_one_of_the_reading(seed):
    found = [seed.source_of(claim) for claim in seed.claims if claim.source_id]
    assert found and set(map(id, found)) <= set(map(id, seed.sources))
    assert all(seed.source_of(claim) is None for claim in seed.claims if not claim.attributed)


def test_lexicons_are_compiled_once_for_all_threads(monkeypatch):
    isnad.read("قال الوزير إن الطريق مفتوح.")
    monkeypatch.setattr(readings, "known", lambda: pytest.fail("compiled again"))
    texts = [f"قال الوزير إن الطريق {number} مفتوح." for number in range(20)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(isnad.read, texts))
    assert [reading.article.text for reading in found] == texts
    assert all(len(reading.claims) == 1 for reading in found)


@pytest.mark.parametrize(
    ("text", "given", "wrong"),
    [
        (" ", None, "it contains no words"),
        ("This is an English text", None, "mostly not Arabic"),
        ("خبر.txt", None, "the name of a file, not a text"),
        ("نعم", " ", "give a text that is not blank"),
        ("نعم", True, "give a text that is not blank"),
        ("نعم\ud800", None, "half of a UTF-16 pair"),
    ],
    ids=["blank", "English", "a file's name", "a blank id", "an id that is no id", "half a character"],
)
def test_a_text_that_is_none_is_refused_in_one_line(text, given, wrong):
    with pytest.raises(isnad.InputError, match=wrong) as told:
        isnad.read(text, article_id=given)
    assert "\n" not in str(told.value)


def test_an_id_is_given_back_as_it_came_and_texts_without_one_get_one_each():
    assert isnad.read(TEXT, article_id=7).to_dict()["article"]["id"] == 7
    assert isnad.read(TEXT).article.article_id != isnad.read(TEXT + " نعم").article.article_id
    assert isnad.read("An English text", any_language=True).claims_from == "machine"


def test_many_are_texts_files_folders_and_lines_in_input_order(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "b.txt").write_text("ثانيا", encoding="utf-8")
    (folder / "a.txt").write_text("أولا", encoding="utf-8")
    lines = tmp_path / "lines.jsonl"
    lines.write_text('{"id": 5, "text": "ثالثا"}\n{"id": 6}\n{"id": 7, "text": "رابعا"}\n', encoding="utf-8")
    errors = []
    found = isnad.read_many([TEXT, folder, lines, tmp_path / "none.txt", "نعم"], on_error=errors.append)
    assert [reading.article.text for reading in found] == [TEXT, "أولا", "ثانيا", "ثالثا", "رابعا", "نعم"]
    assert ["line 2" in str(errors[0]), "none.txt" in str(errors[1]), len(errors)] == [True, True, 2]
    with pytest.raises(isnad.InputError, match="line 2"):
        list(isnad.read_many([lines]))


@pytest.mark.parametrize("table", ["claims", "sources", "mentions"])
def test_a_frame_has_a_column_for_every_key_of_the_json(seed, table):
    written = seed.to_dict()
    frame = seed.to_frame(table)
    assert len(frame) == len(written[table]) > 0
    assert set(written[table][0]) <= set(frame.columns)
    beside = {name.removesuffix("_start").removesuffix("_end") for name in frame.columns} - set(written[table][0])
    assert beside <= {"article_id", "source_name", "name_ar", "name_en"}
    assert set(frame["article_id"]) == {seed.article.article_id}


def test_offsets_of_a_frame_are_those_of_the_text(seed):
    text = seed.article.text
    for claim, row in zip(seed.claims, seed.to_frame("claims").to_dict("records"), strict=True):
        assert (row["content"], row["cue"]) == (claim.content_text, claim.cue_text or row["cue"])
        assert text[row["content_start"] : row["content_end"]].startswith(claim.content[0].exact)
        if claim.source:
            assert text[row["source_start"] : row["source_end"]] == row["source"]
    for row in seed.to_frame("mentions").to_dict("records"):
        assert text[row["start"] : row["end"]] == row["exact"] and row["name_ar"] and row["name_en"]


def test_a_text_without_anything_has_frames_of_the_same_columns_and_types(seed):
    nothing = isnad.read("نعم")
    for table in ("sources", "mentions"):
        frame, full = nothing.to_frame(table), seed.to_frame(table)
        assert len(frame) == 0 and list(frame.columns) == list(full.columns)
    claims_of = nothing.to_frame("claims"), seed.to_frame("claims")
    assert [str(frame["source_start"].dtype) for frame in claims_of] == ["Int64", "Int64"]
    assert [str(frame["confidence"].dtype) for frame in claims_of] == ["float64", "float64"]
    assert claims_of[0]["cue"].to_list() == [""]
    with pytest.raises(ValueError, match="there is no table 'words'"):
        nothing.to_frame("words")


def numbered(folder):
    path = folder / "numbered.jsonl"
    path.write_text(json.dumps({"id": 12, "text": TEXT}) + "\n", encoding="utf-8")
    return [path]


@pytest.mark.parametrize(
    ("named", "machine"),
    [
        (lambda folder: [SEED], False),
        (lambda folder: [SEED], True),
        (lambda folder: sorted((ROOT / "seeds").iterdir()), True),
        (lambda folder: sorted((ROOT / "data/gold").glob("*.jsonl")), True),
        (numbered, True),
    ],
    ids=["the seed by people", "the seed by machine", "seeds and examples", "gold", "a numeric id"],
)
def test_what_is_written_holds_to_the_schema(tmp_path, named, machine):
    paths = [path for path in named(tmp_path) if path.suffix in (".txt", ".html", ".jsonl") or path.is_dir()]
    count = 0
    for reading in isnad.read_many(paths, machine=machine):
        VALID.validate(json.loads(json.dumps(reading.to_dict())))
        count += 1
    assert count


def broken(change):
    written = json.loads(json.dumps(isnad.read(TEXT).to_dict()))
    change(written)
    return written


@pytest.mark.parametrize(
    "change",
    [
        lambda written: written.update(more=1),
        lambda written: written["article"].update(id=1.5),
        lambda written: written["claims"][0].pop("rule"),
        lambda written: written["claims"][0].update(kind="rumour"),
        lambda written: written["claims"][0].update(act=None),
        lambda written: written["claims"][0].update(cue=[]),
        lambda written: written["claims"][1].update(act="speech"),
        lambda written: written["claims"][0]["content"][0].update(end="3"),
        lambda written: written["sources"][0].update(kind="body"),
        lambda written: written["mentions"][0].update(via="guess"),
    ],
    ids=["key", "id", "missing", "kind", "no act", "no cue", "own voice", "offset", "source", "via"],
)
def test_the_schema_refuses_what_is_not_written(change):
    assert not VALID.is_valid(broken(change))


def test_the_schema_is_itself_sound_and_its_words_are_those_of_the_records():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["schema"]["const"] == codec.SCHEMA

    def words(record, key):
        return tuple(word for word in SCHEMA["$defs"][record]["properties"][key]["enum"] if word is not None)

    assert words("claim", "kind") == claims.CLAIM_KINDS
    assert words("claim", "cue_form") == claims.CUE_FORMS
    assert words("claim", "source_via") == claims.SOURCE_VIA
    assert words("claim", "act") == entries.ACTS
    assert words("claim", "stance") == entries.STANCES
    assert words("source", "kind") == sources.SOURCE_KINDS
    assert words("mention", "via") == (*entries.ALIAS_VIA, capitals.VIA, "description")
    assert words("actor", "type") == entries.ACTOR_TYPES
    assert tuple(SCHEMA["$defs"]["found_by"]["enum"]) == entries.FOUND_BY
    assert {"claims", "sources", "mentions", "actors"} == set(get_args(frames.Table)) == set(frames.RECORDS)


@pytest.mark.parametrize(
    "folder", ["", "data", "docs", "notebooks", "src", "templates"], ids=lambda name: name or "here"
)
def test_nothing_tells_to_install_another_projects_package(folder):
    place = ROOT / folder
    files = place.rglob("*") if folder else place.iterdir()
    texts = {".md", ".ipynb", ".py", ".toml", ".yml", ".html", ".j2", ".csv", ".cff"}
    told = [each.read_text(encoding="utf-8") for each in files if each.suffix in texts and each.is_file()]
    assert told and not [text for text in told if "pip install " + "isnad" in text]
