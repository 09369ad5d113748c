"""Reports of an article that was curated in part, by the project, or without grades; and `isnad check`."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from helpers import readings
from helpers.annotation import draft, folder
from helpers.corpus import driver
from helpers.evaluation import gold_texts
from helpers.inputs.input_articles import Options
from helpers.report import interface
from helpers.text import articles
from tests.conftest import SEED, copied, in_one_line, only

TEXT = (
    "قال الوزير سمير الحلبي إن الطريق سيفتح غدا. وأضاف أن العمل انتهى.\n"
    "وزعم ناشط أن الجسر لم يكتمل. ورأى سكان في الحي أن الأشغال تأخرت كثيرا.\n"
    "والطريق يصل بين بلدتين في الجنوب منذ سنوات طويلة.\n"
)
PAGES = ("index.html", "ar.html", "02-annotate-claims.html", "02-annotate-claims.ar.html")


def decide(where, how_many, **decision):
    with (where / "claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows[:how_many]:
        row.update({"status": "accepted", "decided_at": "2026-01-05T10:00:00Z"} | decision)
    with (where / "claims.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def drafted(path):
    path.write_text(TEXT, encoding="utf-8")
    return draft.save(readings.read(articles.load(path)), folder.beside(path))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Reports of three articles, of the notebook that tells who decided; and what `isnad check` said of them before."""
    base = tmp_path_factory.mktemp("curated")
    home = copied(base / "house")
    only(home, "02-annotate-claims")
    decide(drafted(base / "mixed.txt"), 3, annotator="سلمى")
    decide(drafted(base / "ungraded.txt"), 4, annotator="Salma", status="changed")
    decide(drafted(base / "ours.txt"), 4, annotator="the project")
    graded = {"credibility": "2", "rationale": "I was there", "rater": "Salma", "rated_on": "2026-01-06"}
    decide(folder.beside(base / "mixed.txt"), 1, annotator="سلمى", **graded)
    program = str(Path(sys.executable).with_name("isnad"))
    environment = os.environ | {"ISNAD_REPORTS": str(base / "reports"), "ISNAD_HOME": str(home)}
    for command in ("check", "report"):
        line = [program, command, *(str(base / f"{name}.txt") for name in ("mixed", "ungraded", "ours"))]
        done = subprocess.run(line, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
        assert done.returncode == 0, done.stderr
        (base / f"{command}.said").write_text(done.stdout, encoding="utf-8")
    return base


def page(shelf, article, name):
    return (shelf / "reports" / article / name).read_text(encoding="utf-8")


def test_what_check_passes_report_takes_and_both_say_how_far_it_is(shelf):
    said = (shelf / "check.said").read_text(encoding="utf-8").splitlines()
    assert [line.partition(": ")[2].rpartition(",")[0] for line in said] == [
        "no errors, 3 of 4 attributed claims decided",
        "no errors, 4 of 4 attributed claims decided",
        "no errors, 4 of 4 attributed claims decided",
    ]
    assert len((shelf / "report.said").read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.parametrize(
    ("article", "english", "arabic"),
    [
        ("mixed", "3 of 4 claims were reviewed by", "3 من أصل 4"),
        ("ungraded", "All 4 claims were reviewed by", "الادعاءات كلها، وعددها 4"),
        ("ours", "All 4 claims were curated by", "الادعاءات كلها، وعددها 4"),
    ],
)
def test_every_page_says_who_decided_how_many_of_how_many(shelf, article, english, arabic):
    for name in PAGES:
        found = page(shelf, article, name)
        assert (arabic if ".ar" in name or name == "ar.html" else english) in found, name
        assert interface.load("en").phrases["made.machine.note"].partition(".")[0] not in found, name


@pytest.mark.parametrize("article", ["mixed", "ungraded", "ours"])
def test_a_page_in_arabic_says_in_arabic_who_decided(shelf, article):
    tree = html.document_fromstring(page(shelf, article, "02-annotate-claims.ar.html"))
    english = tree.xpath('//*[@lang="en" and not(self::a)]/text()')
    assert set(english) == ({"I was there"} if article == "mixed" else set())  # a person's own reason


def test_what_nobody_decided_on_in_a_mixed_article_is_marked_as_the_machines(shelf):
    found = page(shelf, "mixed", "index.html")
    assert found.count('class="machine"') == 2  # one claim, and the outlet's own voice
    assert interface.load("en")("decision") in found


def test_the_project_is_never_called_people(shelf):
    listed = page(shelf, "ours", "../index.html")
    assert "curated by the project" in listed
    assert json.loads(page(shelf, "ours", "report.json"))["made_by"] == "project"
    assert "المشروع" in page(shelf, "ours", "ar.html")


def test_where_nobody_graded_no_page_speaks_of_grades(shelf):
    said = interface.load("en")
    for name in ("index.html", "02-annotate-claims.html"):
        for word in (said("grade"), said("reliability"), said("not_graded"), "credibility, and reason"):
            assert f">{word}<" not in page(shelf, "ungraded", name), (name, word)
    assert f">{said('not_graded')}<" in page(shelf, "mixed", "02-annotate-claims.html")


def test_a_report_keeps_nothing_of_the_folder_of_annotations(shelf):
    assert not list((shelf / "reports").rglob("*.annotations"))


def test_decided_articles_become_gold_by_which_the_machine_is_measured(shelf, called):
    gold = shelf / "gold.jsonl"
    done = called("draft", shelf / "mixed.txt", shelf / "ungraded.txt", "--gold", gold)
    assert in_one_line(done, "mixed.txt", "3 of 4 claims are decided"), done.stderr
    (found,) = gold_texts.load(gold)
    assert (found.text, len(found.attributions)) == (TEXT, 4)
    assert found.attributions[1].antecedent == found.attributions[0].source
    assert "1.0" in called("evaluate", gold).stdout


# --- the commands


def test_a_draft_is_made_beside_the_article_once(called, tmp_path):
    path = tmp_path / "road.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert "4 claims to review" in called("draft", path).stdout
    before = {file.name: file.read_bytes() for file in folder.beside(path).iterdir()}
    assert in_one_line(called("draft", path), "road.annotations", "it is annotated already", "--out")
    assert in_one_line(called("draft", SEED), "it is annotated already", "data/annotations")
    assert in_one_line(called("draft", path, "--out", tmp_path), "this folder exists already")
    assert {file.name: file.read_bytes() for file in folder.beside(path).iterdir()} == before
    assert called("draft", path, "--out", tmp_path / "mine").returncode == 0
    assert (tmp_path / "mine" / "claims.csv").read_bytes() == before["claims.csv"]


def test_check_takes_an_article_or_its_folder_and_says_each_fault_in_a_line(called, tmp_path):
    where = drafted(tmp_path / "road.txt")
    decide(where, 2, status="done", credibility="9")
    for named in (tmp_path / "road.txt", where, tmp_path):
        done = called("check", named)
        assert done.returncode == 2
        assert [line.partition("claims.csv: ")[2].partition(":")[0] for line in done.stderr.splitlines()] == [
            "row 2",
            "row 2",
            "row 3",
            "row 3",
        ]


def test_a_folder_of_annotations_without_its_article_is_said(called, tmp_path):
    where = drafted(tmp_path / "road.txt")
    (tmp_path / "road.txt").unlink()
    assert in_one_line(called("check", where), "its article is not beside it")


@pytest.mark.parametrize("command", ["annotate", "report", "charts", "corpus", "draft"])
def test_nothing_in_a_folder_of_annotations_is_an_article(called, tmp_path, command):
    where = drafted(tmp_path / "road.txt")
    for named in (where, where / "article.txt"):
        out = ("--out", tmp_path / "out") if command in ("charts", "corpus") else ()
        assert in_one_line(called(command, named, *out), "annotations of an article, and no article"), named


def test_a_folder_and_a_pattern_give_the_articles_and_not_their_annotations(called, tmp_path):
    drafted(tmp_path / "road.txt")
    found = [json.loads(line)["article"]["id"] for line in called("annotate", tmp_path).stdout.splitlines()]
    assert found == ["road"]
    for named in (tmp_path, f"{tmp_path}/**/*.txt"):
        done = driver.run_in_process([str(named)], tmp_path / f"out-{len(str(named))}", Options())
        assert (done.counts["articles"], done.counts["failures"]) == (1, 0)
