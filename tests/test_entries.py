import csv

import pytest

from helpers.extraction import mentions
from helpers.files import paths
from helpers.files.errors import InputError
from helpers.lexicon import entries
from helpers.text import articles, orthography

HEAD = ",".join(entries.ACTOR_COLUMNS)
TALIBAN = "taliban,طالبان,ar,group,name,طالبان,Taliban,here"


def actors_of(tmp_path, *lines):
    path = tmp_path / "actors.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return entries.actors(path)


def test_every_spelling_in_the_lexicon_has_a_source_and_finds_its_own_actor(actors):
    with paths.lexicon("actors.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            assert row["source"], row
            first = orthography.WORD.findall(orthography.fold(row["alias"]).text)[0]
            assert any(alias.actor_id == row["actor_id"] for _, alias in actors.begin[first]), row


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            [HEAD, TALIBAN, "students,طالبان,ar,group,name,طلاب,students,here"],
            "row 3: 'طالبان' is already an alias of taliban",
        ),
        ([HEAD, TALIBAN, "x,طَالِبَان,ar,group,name,طلاب,students,here"], "row 3"),
        ([HEAD, TALIBAN, "taliban,حركة طالبان,ar,state,name,طالبان,Taliban,here"], "row 3: taliban has another type"),
        ([HEAD, TALIBAN.replace("group", "gang")], "row 2: type is 'gang'"),
        ([HEAD, TALIBAN.replace(",here", ",")], "row 2: actor_id, name_ar, name_en and source"),
        ([HEAD, TALIBAN + ",more"], "row 2: 9 values for 8 columns"),
        ([HEAD.replace("alias", "name"), TALIBAN], "row 1: the columns are"),
        ([HEAD, '"taliban'], "fix the quoting"),
    ],
)
def test_a_lexicon_that_does_not_hold_together_is_refused_with_its_row(tmp_path, lines, said):
    with pytest.raises(InputError) as error:
        actors_of(tmp_path, *lines)
    assert said in str(error.value)
    assert str(tmp_path / "actors.csv") in str(error.value)


def test_a_lexicon_that_is_not_utf_8_is_refused(tmp_path):
    path = tmp_path / "actors.csv"
    path.write_bytes(HEAD.encode() + "\nطالبان".encode("cp1256"))
    with pytest.raises(InputError, match="not UTF-8"):
        entries.actors(path)


def test_a_byte_order_mark_and_crlf_do_no_harm(tmp_path):
    path = tmp_path / "actors.csv"
    path.write_bytes(b"\xef\xbb\xbf" + f"{HEAD}\r\n{TALIBAN}\r\n".encode())
    assert set(entries.actors(path).by_id) == {"taliban"}


def test_a_cue_given_twice_is_refused(tmp_path):
    path = tmp_path / "cues.csv"
    line = "قال,verb,يقول,قائلا,قول,قيل,,to say,speech,neutral,أن,,,,here\n"
    path.write_text(",".join(entries.CUE_COLUMNS) + "\n" + line * 2, encoding="utf-8")
    with pytest.raises(InputError, match="row 3"):
        entries.cues(path)


@pytest.mark.parametrize("written", ["طَالِبَان", "«طالبان»", "طـالـبان", "#طالبان", '"طالبان\nالجديدة"'])
def test_an_alias_of_ones_own_is_found_however_it_is_written(tmp_path, written):
    known = actors_of(tmp_path, HEAD, TALIBAN.replace("طالبان,ar", f"{written},ar"))
    text = "قال متحدث باسم طالبان الجديدة" if "\n" in written else "قال متحدث باسم طالبان أمس"
    found = mentions.find(articles.from_text(text, "case", "case.txt"), known)
    assert [m.actor_id for m in found] == ["taliban"]
