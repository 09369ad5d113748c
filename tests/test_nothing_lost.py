"""A user's files are never overwritten silently; an unexpected error affects only its own article."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import __file__ as PACKAGE
from helpers.analysis import shares
from helpers.annotation.folder import bound
from helpers.charts import claims, gallery
from helpers.cli.terminal import Failures
from helpers.extraction import suggestions
from helpers.files import csv_rows, paths
from helpers.files.errors import InputError, unexpected
from helpers.lexicon import entries
from helpers.report import build, report_list
from helpers.text import metadata
from tests.conftest import ROOT, SEED, in_one_line, only

SPEECH = "قال وزير الخارجية إن الطريق إلى المدينة مفتوح منذ أمس.\n"
FAULTY = """
import sys
from helpers.cli import commands
from helpers.extraction import mentions
find = mentions.find
def faulty(article, actors):
    if 'عطل' in article.text:
        raise IndexError('list index\\nout of range')
    return find(article, actors)
mentions.find = faulty
if 'charts' in sys.argv:  # one of them will do
    from helpers.analysis import shares
    from helpers.charts import claims, gallery
    gallery.figures = lambda reading: {'words': claims.words_rest_on(shares.by_basis(reading))}
sys.argv[0] = 'isnad'
commands.main()
"""


@pytest.fixture
def three(tmp_path):
    """Articles of which the middle one brings up an error in our own code (see FAULTY)."""
    folder = tmp_path / "given"
    folder.mkdir()
    for name, text in (("a", SPEECH), ("b", "عطل. " + SPEECH), ("c", SPEECH)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def faulty(tmp_path, *arguments, home=ROOT):
    environment = os.environ | {"ISNAD_REPORTS": str(tmp_path / "reports"), "ISNAD_ACTORS": "", "ISNAD_HOME": str(home)}
    line = [sys.executable, "-c", FAULTY, *map(str, arguments)]
    return subprocess.run(
        line, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=tmp_path, check=False
    )


def test_an_error_that_nobody_expected_costs_one_line_and_not_the_articles_after_it(tmp_path, three):
    done = faulty(tmp_path, "annotate", three)
    assert [json.loads(line)["article"]["id"] for line in done.stdout.splitlines()] == ["a", "c"]
    said = "b.txt: an unexpected error: IndexError", "(list index out of range)", "--debug"
    assert in_one_line(done, *said), done.stderr


def test_the_place_in_our_code_is_told(tmp_path, three):
    assert "IndexError in readings, line " in faulty(tmp_path, "annotate", three).stderr


def test_debug_shows_the_traceback_behind_the_line(tmp_path, three):
    lines = faulty(tmp_path, "annotate", "--debug", three).stderr.splitlines()
    assert "b.txt: an unexpected error" in lines[0]
    assert lines[1] == "Traceback (most recent call last):"
    assert lines[-2:] == ["IndexError: list index", "out of range"]


@pytest.mark.parametrize("command", ["report", "charts"])
def test_reports_and_charts_of_the_others_are_made(tmp_path, house, three, command):
    only(house, "01-load-article")
    done = faulty(tmp_path, command, three / "b.txt", three / "c.txt", home=house)
    assert done.returncode == 2
    assert [("/c" in line) for line in done.stdout.splitlines()] == [True]
    assert "b.txt: an unexpected error: IndexError" in done.stderr
    assert "Traceback" not in done.stderr


def test_suggest_says_it_in_one_line_too(tmp_path, three):
    done = faulty(tmp_path, "actors", "suggest", three / "b.txt")
    assert in_one_line(done, "b.txt: an unexpected error: IndexError"), done.stderr


def test_an_unexpected_error_of_a_library_is_placed_where_we_called_it():
    try:
        entries.actors(Path("\0"))
    except ValueError as e:
        assert unexpected(e).startswith("an unexpected error: ValueError in regular_files, line ")
        assert Path(PACKAGE).parent.name == "helpers"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "x.txt: No space left on device; free some space, and run it again",
        ),
        (
            PermissionError(errno.EACCES, "Permission denied", "/a/b.csv"),
            "/a/b.csv: Permission denied; check its permissions",
        ),
        (OSError("odd"), "x.txt: odd; check the name, and the drive it is on"),
    ],
    ids=["full disk", "no permission", "an error without a number"],
)
def test_what_the_system_says_has_its_file_and_advice(capsys, error, said):
    failures = Failures()
    with failures.caught("x.txt"):
        raise error
    assert capsys.readouterr().err == f"isnad: {said}\n"


def test_a_reader_of_our_output_that_has_had_enough_is_no_error(three):
    line = f"'{Path(sys.executable).with_name('isnad')}' annotate '{three}' | head -c 10"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True)
    assert (len(done.stdout), done.stderr) == (10, "")


# --- reports and charts


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setenv("ISNAD_REPORTS", str(tmp_path / "reports"))
    return tmp_path / "reports"


def target(name, article):
    return build.replaceable(paths.reports() / name, article)


@pytest.mark.parametrize("name", ["charts", "Charts"])
def test_no_article_takes_the_name_of_a_folder_of_the_project(kept, seed, name):
    with pytest.raises(InputError, match=r"is the project's own folder; rename the article"):
        target(name, seed)


def test_a_folder_that_is_no_report_is_not_replaced(kept, seed):
    (kept / "photos").mkdir(parents=True)
    (kept / "photos" / "one.jpg").write_text("", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"photos: one\.jpg is in it, which is not part of a report, so this folder is left"
    ):
        target("photos", seed)


def test_a_file_in_the_place_of_a_report_is_not_replaced(kept, seed):
    kept.mkdir()
    (kept / "x").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="there is a file where the report should be"):
        target("x", seed)


def test_a_report_that_is_read_only_is_not_replaced(kept, seed, monkeypatch):
    (kept / "x").mkdir(parents=True)
    filled(kept / "x", ("report.json",))
    monkeypatch.setattr(os, "access", lambda path, mode: not (path == kept / "x" and mode == os.W_OK))  # root may
    with pytest.raises(InputError, match="this report is read-only, and is left unchanged"):
        target("x", seed)


REPORT = (
    "report.json",
    "index.html",
    "ar.html",
    "02-annotate-claims.ar.html",
    "tables/claims.csv",
    "tables/tables.xlsx",
)


def filled(folder, names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(
            '{"schema": 1, "article_id": "x"}' if name == "report.json" else "", encoding="utf-8"
        )


@pytest.mark.parametrize(
    "inside", [(), ("tables/claims.csv",), REPORT, (*REPORT, f"{SEED.stem}.txt", f"{SEED.stem}.toml")]
)
def test_a_report_and_the_tables_of_a_notebook_are_replaced(kept, seed, inside):
    (kept / "x").mkdir(parents=True)
    filled(kept / "x", inside)
    assert target("x", seed) == kept / "x"


def test_a_report_of_another_program_is_not_replaced(kept, seed):
    (kept / "x").mkdir(parents=True)
    (kept / "x" / "report.json").write_text('{"tool": "another"}', encoding="utf-8")
    with pytest.raises(InputError, match=r"report\.json is in it, which is not part of a report"):
        target("x", seed)


@pytest.mark.parametrize("stranger", ["thesis.docx", "tables/mine.xlsx", "notes.txt", "report/index.html", ".git"])
def test_a_report_with_something_of_the_users_in_it_is_not_replaced(kept, seed, stranger):
    filled(kept / "x", (*REPORT, stranger))
    with pytest.raises(InputError, match=f"{stranger.partition('/')[0]}.* is in it, which is not part of a report"):
        target("x", seed)


def test_only_what_runs_of_ours_left_behind_is_taken_away(tmp_path):
    ours = (".making.0123abcd/index.html", ".making.0123abcd/x.txt", ".old.0123abcd/x/index.html")
    theirs = (".old.photos/p.jpg", ".making.of/film.mp4", ".old.89abcdef/p.jpg", ".making.89abcdef/thesis.docx")
    filled(tmp_path, (*ours, *theirs))
    for folder in tmp_path.iterdir():
        os.utime(folder, (0, 0))
    build._tidy(tmp_path)
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} == set(theirs)


@pytest.mark.parametrize("name", ["index.html", "ar.html"])
def test_a_page_of_the_users_is_not_taken_for_the_list_of_reports(tmp_path, name):
    (tmp_path / name).write_text("<h1>my homepage</h1>", encoding="utf-8")
    with pytest.raises(InputError, match=f"{name}: not a list of reports, and left unchanged"):
        report_list.write(tmp_path)
    assert (tmp_path / name).read_text(encoding="utf-8") == "<h1>my homepage</h1>"


@pytest.mark.parametrize(
    "form", [("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-8", ",")], ids=["semicolons", "UTF-16", "plain"]
)
def test_a_lexicon_that_a_spreadsheet_saved_stays_in_its_form(tmp_path, form):
    encoding, delimiter = form
    columns = entries.ACTOR_COLUMNS
    (tmp_path / "own.csv").write_text(delimiter.join(columns) + "\n", encoding=encoding)
    before = (tmp_path / "own.csv").read_bytes()
    csv_rows.write(tmp_path / "own.csv", columns, [("a", "ب", "ar", "person", "name", "ب", "B", "x")], as_it_was=True)
    after = (tmp_path / "own.csv").read_bytes()
    assert after.startswith(before)
    assert csv_rows.read(tmp_path / "own.csv", columns)[0]["alias"] == "ب"


@pytest.mark.parametrize("given", ["1=A\udcffB", "1:person=A\u202eB"], ids=["no UTF-8", "invisible"])
def test_a_name_with_invisible_or_damaged_characters_is_refused(given):
    with pytest.raises(InputError, match="invisible or damaged characters"):
        suggestions.Decisions.read(confirm=[given])


@pytest.mark.parametrize("what", ["a folder", "a pipe"])
def test_a_lexicon_of_ones_own_that_is_no_file_is_said(tmp_path, monkeypatch, what):
    path = tmp_path / "own.csv"
    path.mkdir() if what == "a folder" else os.mkfifo(path)
    monkeypatch.setenv("ISNAD_ACTORS", str(path))
    with pytest.raises(InputError, match=r"own\.csv: not a file"):
        entries.actors()


def test_a_lexicon_of_ones_own_that_is_not_there_is_warned_of(isnad, tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(SPEECH, encoding="utf-8")
    monkeypatch.setenv("ISNAD_ACTORS", str(tmp_path / "typo.csv"))
    done = isnad("annotate", tmp_path / "a.txt")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 1)
    assert "typo.csv: warning: ISNAD_ACTORS names no file" in done.stderr


@pytest.mark.parametrize(
    ("rows", "said"), [(20_001, "over 20,000 rows"), (501, "over 500 spellings begin with the same word")]
)
def test_a_lexicon_that_costs_too_much_is_refused(tmp_path, monkeypatch, rows, said):
    monkeypatch.setenv("ISNAD_ACTORS", str(tmp_path / "own.csv"))
    made = [
        (f"a{n}", f"سعد ب{n}" if rows == 501 else f"ب{n}", "ar", "person", "name", "ب", "B", "x") for n in range(rows)
    ]
    csv_rows.write(tmp_path / "own.csv", entries.ACTOR_COLUMNS, made)
    with pytest.raises(InputError, match=said):
        entries.actors()


def test_an_annotation_that_is_a_pipe_is_said(seed, tmp_path):
    os.mkfifo(tmp_path / "spans.csv")
    with pytest.raises(InputError, match=r"spans\.csv: a named pipe"):
        csv_rows.read(tmp_path / "spans.csv", ("a",))
    os.mkfifo(tmp_path / "article.toml")
    with pytest.raises(InputError, match=r"article\.toml: a named pipe"):
        bound(tmp_path, seed)


@pytest.mark.parametrize("text", ["title = " + "1" * 5000, "title = " + "[" * 3000], ids=["digits", "lists"])
def test_toml_that_goes_on_without_end_costs_one_line(tmp_path, seed, text):
    path = tmp_path / "article.toml"
    path.write_text(text, encoding="utf-8")
    for load in (metadata.sidecar, lambda path: bound(path.parent, seed)):
        with pytest.raises(InputError, match=r"article\.toml: not TOML"):
            load(path)


def test_a_report_whose_folder_is_a_link_is_made_where_the_link_leads_for_the_user_alone_under_umask_077(
    kept, tmp_path, house, monkeypatch
):
    only(house, "01-load-article")
    monkeypatch.setenv("ISNAD_HOME", str(house))
    article = tmp_path / "x.txt"
    article.write_text(SPEECH, encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    kept.mkdir(mode=0o700)
    (kept / "x").symlink_to(tmp_path / "elsewhere")
    line = f"umask 077; exec '{Path(sys.executable).with_name('isnad')}' report '{article}'"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (kept / "x").is_symlink()
    assert sorted(path.name for path in kept.iterdir()) == [".index.html.lock", "ar.html", "index.html", "x"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
    made = [path for path in (*kept.rglob("*"), *(tmp_path / "elsewhere").rglob("*")) if not path.is_symlink()]
    assert tmp_path / "elsewhere" / "index.html" in made
    assert [path for path in made if path.stat().st_mode & 0o077] == []


def test_charts_of_two_articles_of_one_name_do_not_replace_each_other(called, tmp_path, monkeypatch):

    def one(reading):  # of the charts: it will do
        return {"words": claims.words_rest_on(shares.by_basis(reading))}

    monkeypatch.setattr(gallery, "figures", one)
    for folder, name in (("one", "x"), ("two", "X")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.txt").write_text(SPEECH, encoding="utf-8")
    done = called("charts", tmp_path / "one" / "x.txt", tmp_path / "two" / "X.txt", "--out", tmp_path / "out")
    assert in_one_line(done, "two/X.txt: its folder of charts would replace that of", "one/x.txt; rename"), done.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["x"]


def test_decisions_at_the_same_time_are_all_kept(tmp_path):
    article = tmp_path / "x.txt"
    names = ["سندس الغرياني", "منذر الزرلي", "هالة القصبي", "نبيل الشماع"]
    article.write_text("\n".join(f"قال الوزير {name} إن الطريق مفتوح." for name in names), encoding="utf-8")
    environment = os.environ | {"ISNAD_ACTORS": str(tmp_path / "own.csv")}
    line = [str(Path(sys.executable).with_name("isnad")), "actors", "suggest", str(article), "--confirm"]
    listed = subprocess.run(line[:-1], capture_output=True, text=True, env=environment, check=True).stdout
    assert all(name in listed for name in names)
    # The numbers of a list move up when one is confirmed, so all wait until each has its list.
    program = (
        "import sys, time; from pathlib import Path; from helpers.extraction import suggestions; from helpers.cli import commands\n"
        "decide = suggestions.decide\n"
        "def late(*given):\n"
        "    Path(sys.argv[-1][0] + '.ready').touch()\n"
        "    while len([*Path().glob('*.ready')]) < 4: time.sleep(0.01)\n"
        "    return decide(*given)\n"
        "suggestions.decide = late; commands.main()\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program, *line[1:], f"{n}:person"], env=environment, cwd=tmp_path)
        for n in (1, 2, 3, 4)
    ]
    assert [each.wait(timeout=60) for each in running] == [0] * 4
    own = entries.actors(tmp_path / "own.csv")
    assert {actor.name_ar for actor in own.by_id.values()} == set(names)


def test_the_list_of_reports_is_written_by_one_process_at_a_time(tmp_path):
    report_list.write(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".index.html.lock", "ar.html", "index.html"]


# --- make


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report", "ARTICEL=x.txt"], "ARTICEL: not understood"),
        (["report", "README.md"], "README.md: not understood"),
        (["test", "article=x.txt"], "article: not understood"),
        (["report", "ARTICLE="], "ARTICLE= names no article"),
        (["test", "ARTICLE=x.txt"], "ARTICLE goes with `make report`"),
        (["clean", "VENV=my env"], "name one folder, without spaces"),
    ],
)
def test_make_refuses_a_name_that_it_does_not_understand(arguments, said):
    done = subprocess.run(["make", "-n", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize("name", ["my articles/x.txt", "قضية$5.txt", 'x"y.txt', "$(touch pwn).txt", "x`y;z'.txt"])
def test_make_report_takes_an_article_by_whatever_name(tmp_path, name):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "isnad").write_text('#!/bin/sh\nfor each in "$@"; do printf "%s\\n" "$each"; done\n')
    (tmp_path / "bin" / "isnad").chmod(0o755)
    for stamp in (".made", ".ready"):
        (tmp_path / stamp).touch()
    line = ["make", "--no-print-directory", "report", f"VENV={tmp_path}", f"ARTICLE={name}"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["report", name]
