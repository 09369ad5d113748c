"""The recipes of CONTRIBUTING.md, followed in a copy of the project, and the paths that it names."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from helpers.files import csv_rows
from helpers.lexicon import entries
from tests.conftest import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`((?:src|data|tests|templates|notebooks)(?:/[\w./-]+)?)`", TEXT)
SENTENCE = "تمتم الوزير أن الطريق مفتوح."


def append(path, row):
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(row)


def put(path, before, text):
    """Insert text before a passage that occurs once in a file."""
    whole = path.read_text(encoding="utf-8")
    assert whole.count(before) == 1
    path.write_text(whole.replace(before, text + before), encoding="utf-8")


def python(house, code):
    """The output of a program that is run with the code and the data of such a copy."""
    environment = os.environ | {"ISNAD_HOME": str(house), "PYTHONPATH": str(house / "src"), "PYTHONUTF8": "1"}
    line = [sys.executable, "-c", code]
    return subprocess.run(line, env=environment, capture_output=True, text=True, encoding="utf-8", check=True).stdout


READING = f"""
from pathlib import Path
from helpers import readings
from helpers.text import articles
known = readings.known()
reading = readings.read(articles.from_text({SENTENCE!r}, "x", Path("x.txt")), known, machine=True)
"""


@pytest.mark.parametrize("path", sorted(set(NAMED)))
def test_a_path_that_is_named_is_there(path):
    assert (ROOT / path).exists()


def test_every_room_stands_in_the_table():
    rooms = {path.parent.name for path in (ROOT / "src" / "helpers").glob("*/__init__.py")}
    assert rooms == set(re.findall(r"^\| `src/helpers/(\w+)`", TEXT, re.M))


def test_a_cue_that_is_added_is_found(house, called, tmp_path):
    (article := tmp_path / "article.txt").write_text(SENTENCE, encoding="utf-8")
    before = json.loads(called("annotate", article, home=house).stdout)
    assert [claim["kind"] for claim in before["claims"]] == ["unattributed"]
    row = dict.fromkeys(entries.CUE_COLUMNS, "") | {
        "lemma": "تمتم",
        "pos": "verb",
        "imperfect": "يتمتم",
        "participle": "متمتما",
        "masdar": "تمتمة",
        "gloss_en": "to mutter",
        "act": "speech",
        "stance": "neutral",
        "takes": "أن|quotation",
        "source": "a test",
    }
    append(house / "data" / "lexicon" / "cues.csv", [row[column] for column in entries.CUE_COLUMNS])
    assert called("forms", home=house).returncode == 0
    forms = csv_rows.read(house / "data" / "lexicon" / "cue_forms.csv", entries.FORM_COLUMNS)
    assert {"تمتم", "يتمتم"} <= {each["form"] for each in forms if each["lemma"] == "تمتم"}
    (claim,) = json.loads(called("annotate", article, home=house).stdout)["claims"]
    assert (claim["cue_lemma"], claim["source"]["exact"]) == ("تمتم", "الوزير")
    assert [span["exact"] for span in claim["content"]] == ["الطريق مفتوح"]
    assert called("check", home=house).returncode == 0


@pytest.mark.parametrize(("page", "said"), [("index.html", "Muttered 3 times"), ("ar.html", "تمتم 3 مرات")])
def test_a_phrase_that_is_added_is_said_in_its_language(house, tmp_path, page, said):
    append(house / "templates" / "interface.csv", ["muttered", "Muttered {n} times", "تمتم {n} مرات"])
    put(house / "templates" / "front.html.j2", '<p class="brand">', '<p>{{ said("muttered", n=3) }}</p>')
    code = f"""
from helpers.report import front_page, translation_memory
front_page.write(reading, known, Path({str(tmp_path)!r}), {{"en": [], "ar": []}}, translation_memory.load(reading))
"""
    shutil.copytree(ROOT / "src", house / "src")
    python(house, READING + code)
    assert said in (tmp_path / page).read_text(encoding="utf-8")


def test_a_chart_that_is_added_is_drawn_with_the_others(house):
    shutil.copytree(ROOT / "src", house / "src")
    charts = house / "src" / "helpers" / "charts"
    with (charts / "events.py").open("a", encoding="utf-8") as file:
        file.write(
            "\n\n@styled\ndef muttered(events, **options: Unpack[Options]):\n"
            '    return empty_figure(look(options, ("من تمتم؟", "Who mutters")), ("لا أحد", "nobody"))\n'
        )
    put(charts / "gallery.py", '        "timeline":', '        "muttered": events.muttered(frames.counts(mentions)),\n')
    code = "from helpers.charts import alt, gallery\nfrom helpers.report import interface\n"
    code += "print(interface.load('en').text(alt(gallery.figures(reading)['muttered'])))"
    assert "Who mutters: nobody" in python(house, READING + code)


READER = """
from functools import partial

from helpers.inputs.input_articles import from_columns
from helpers.text import articles


def columns(line):
    return dict(zip(("id", "text"), line.rstrip().split("|"), strict=True))


def articles_in(file, options):
    with file.open() as stored:
        for number, line in enumerate(stored, 1):
            yield from_columns(columns(line.decode()), options, file.name, f"line {number}")


def loaders(path, options):
    for line in path.read_text(encoding="utf-8").splitlines():
        found = columns(line)
        yield path, partial(articles.from_text, found["text"], found["id"], path)
"""


def test_an_input_format_that_is_added_in_one_row_is_read_by_every_command_and_by_a_corpus(house, tmp_path):
    shutil.copytree(ROOT / "src", house / "src")
    helpers = house / "src" / "helpers"
    (helpers / "inputs" / "bars.py").write_text(READER, encoding="utf-8")
    row = '    InputFormat("bars", (".bars",), "bars", "use `isnad annotate`", one_by_one=True, packed=True),\n'
    put(helpers / "text" / "input_formats.py", '    InputFormat("Parquet"', row)
    (folder := tmp_path / "articles").mkdir()
    (folder / "a.bars").write_text(f"one|{SENTENCE}\ntwo|{SENTENCE}\n", encoding="utf-8")
    code = f"""
from pathlib import Path
from helpers.files.errors import InputError
from helpers.inputs import arguments, article_stream, listing
from helpers.inputs.input_articles import Options
folder = Path({str(folder)!r})
print([load().article_id for _, load in arguments.loaders([folder / "a.bars"])])
found = listing.files([str(folder)], folder / "out")
print([(each.article_id, each.place, each.wrong) for each in article_stream.stream(found, Options())])
((_, load),) = arguments.loaders([folder / "a.bars"], lines=False)
try:
    load()
except InputError as error:
    print(str(error).removeprefix(str(folder)))
"""
    assert python(house, code).splitlines() == [
        "['one', 'two']",
        "[('one', 'line 1', None), ('two', 'line 2', None)]",
        "/a.bars: bars, not one text or web page; use `isnad annotate`",
    ]
