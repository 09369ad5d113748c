import json
import subprocess
import sys

import pytest

from helpers import __version__
from helpers.charts import gallery
from tests.conftest import ROOT, SEED, in_one_line


def records(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_annotate_prints_the_seed_as_people_read_it(isnad):
    (found,) = records(isnad("annotate", SEED))
    assert (found["schema"], found["claims_from"], len(found["claims"])) == (3, "people", 29)
    assert found["article"]["sha256"].startswith("423f116c")
    assert sum(m["actor_id"] == "taliban" and m["made_by"] == "machine" for m in found["mentions"]) == 24


def test_annotate_takes_files_folders_and_json_lines_in_input_order(isnad, tmp_path):
    (tmp_path / "b.txt").write_text("داعش هنا.", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.txt").write_text("إيران هنا.", encoding="utf-8")
    lines = [{"id": "one", "text": "طالبان هنا."}, {"id": "two", "text": "روسيا هنا."}]
    (tmp_path / "c.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    found = records(isnad("annotate", tmp_path / "c.jsonl", tmp_path / "b.txt", tmp_path / "folder"))
    assert [(f["article"]["id"], f["mentions"][0]["actor_id"]) for f in found] == [
        ("one", "taliban"),
        ("two", "russia"),
        ("b", "isis"),
        ("a", "iran"),
    ]


NO_ARTICLE = [
    ("missing.txt", None, "no such file"),
    ("empty.txt", b"", "it contains no words"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n\xff", "an image (PNG), not text"),
]
NO_LINE = [
    ("lines.jsonl", b'{"id": true, "text": "x"}', "line 1: not a JSON object with id"),
    ("lines.jsonl", b"not json", "line 1: not a JSON object"),
    ("lines.jsonl", b'{"id": "x", "text": "\\ud800 y"}', "half of a UTF-16 pair"),
]
CASES = [("report", *case) for case in NO_ARTICLE] + [("annotate", *case) for case in NO_ARTICLE + NO_LINE]


@pytest.mark.parametrize(("command", "name", "content", "said"), CASES)
def test_what_is_no_article_costs_one_line_and_status_2(called, tmp_path, command, name, content, said):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    done = called(command, path)
    assert in_one_line(done, name, said), done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "reports").exists()


def test_a_lexicon_with_one_alias_for_two_actors_costs_one_line_and_status_2(called, house):
    with (house / "data/lexicon/actors.csv").open("a", encoding="utf-8") as lexicon:
        lexicon.write("students,طالبان,ar,group,name,طلاب,students,here,\n")
    for command in ("annotate", "report"):
        done = called(command, SEED, home=house)
        assert in_one_line(done, "actors.csv: row ", "already an alias of taliban"), done.stderr
        assert done.stdout == ""


def test_one_bad_article_does_not_cost_the_good_ones(isnad, tmp_path):
    done = isnad("annotate", tmp_path / "missing.txt", SEED)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert json.loads(done.stdout)["article"]["id"] == SEED.stem


def test_charts_are_written_as_png_svg_and_pdf(called, tmp_path, monkeypatch):
    made = gallery.figures
    two = ("chain", "words")  # of ten, each of which takes seconds in its three kinds; test_charts draws all
    monkeypatch.setattr(
        gallery, "figures", lambda reading: {name: drawn for name, drawn in made(reading).items() if name in two}
    )
    done = called("charts", SEED, "--out", tmp_path / "charts")
    assert done.returncode == 0, done.stderr
    written = sorted(path.name for path in (tmp_path / "charts" / SEED.stem).iterdir())
    assert written == [f"{name}.{kind}" for name in two for kind in ("pdf", "png", "svg")]


def test_check_says_what_holds(called):
    done = called("check", home=ROOT)
    assert done.returncode == 0
    assert "no errors, 14 of 14 attributed claims decided" in done.stdout


def test_a_home_that_is_none_is_said_in_one_line(isnad, tmp_path):
    assert in_one_line(isnad("check", home=tmp_path), "ISNAD_HOME", "data/lexicon")


def test_help_names_every_command_and_version_is_told(isnad):
    help_ = isnad("--help").stdout
    assert all(name in help_ for name in ("report", "annotate", "charts", "check", "lab", "notebooks"))
    assert isnad("--version").stdout.strip() == f"isnad {__version__}"


def test_annotate_imports_neither_pandas_nor_matplotlib():
    program = (
        "import sys; from helpers.cli import commands\n"
        f"sys.argv = ['isnad', 'annotate', {str(SEED)!r}]\n"
        "try: commands.main()\nexcept SystemExit: pass\n"
        "heavy = {'pandas', 'matplotlib', 'numpy', 'nbconvert', 'jupyterlab'} & set(sys.modules)\n"
        "print(sorted(heavy), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert json.loads(done.stdout)["claims_from"] == "people"


def test_what_a_command_does_without_is_there_for_what_comes_later():
    program = (
        "import sys\n"
        "from helpers.cli import imports\n"
        "with imports.without('colorsys'):\n"
        "    try: import colorsys\n"
        "    except ImportError: print('not there')\n"
        "import colorsys\n"
        "with imports.without('colorsys'): import colorsys as kept\n"
        "print(kept is colorsys)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["not there", "True"]
