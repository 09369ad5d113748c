"""CSV files as people's spreadsheets save them."""

import csv
from pathlib import Path

import pytest

from helpers import readings
from helpers.extraction import suggestions
from helpers.files import csv_rows
from helpers.files.errors import InputError
from helpers.lexicon import entries
from helpers.text import articles
from tests.conftest import ROOT

COLUMNS = ("name", "note")
TEXT = 'name,note\nقطر,"a, b; c\td"\n"x ""y""",\n'
WANTED = [{"name": "قطر", "note": "a, b; c\td"}, {"name": 'x "y"', "note": ""}]
SEMICOLONS = 'name;note\nقطر;"a, b; c\td"\n"x ""y""";\n'
TABS = 'note\tname\n"a, b; c\td"\tقطر\n\t"x ""y"""\n'


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(TEXT.encode(), id="as the project writes it"),
        pytest.param(TEXT.encode("utf-8-sig"), id="with a byte-order mark"),
        pytest.param(SEMICOLONS.encode("utf-8-sig").replace(b"\n", b"\r\n"), id="semicolons, as in half of Europe"),
        pytest.param(TABS.encode(), id="tabs"),
        pytest.param(TABS.encode("utf-16"), id="Unicode text"),
        pytest.param(TABS.encode("utf-16-be").join([b"\xfe\xff", b""]), id="Unicode text of another byte order"),
    ],
)
def test_a_table_is_read_however_a_spreadsheet_saved_it(tmp_path, raw):
    (tmp_path / "t.csv").write_bytes(raw)
    assert [row.values for row in csv_rows.read(tmp_path / "t.csv", COLUMNS)] == WANTED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name;other\na;b\n", r"row 1: the columns are \['name', 'other'\]; they must be \['name', 'note'\]"),
        ("name|note\na|b\n", r"row 1: the columns are \['name\|note'\]"),
        ("name;note\na;b;c\n", "row 2: 3 values for 2 columns; quote semicolons"),
        ("name,note\na,b,c\n", "row 2: 3 values for 2 columns; quote commas"),
        ("", r"row 1: the columns are \[\]"),
    ],
    ids=["another column", "another sign", "a semicolon too many", "a comma too many", "nothing"],
)
def test_what_does_not_hold_is_said_in_the_words_of_the_file(tmp_path, text, said):
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        csv_rows.read(tmp_path / "t.csv", COLUMNS)


def test_unicode_text_that_is_cut_off_says_what_it_is(tmp_path):
    (tmp_path / "t.csv").write_bytes(TABS.encode("utf-16")[:-1])
    with pytest.raises(InputError, match="not UTF-16-LE text"):
        csv_rows.read(tmp_path / "t.csv", COLUMNS)


@pytest.mark.parametrize("name", ["actors.csv", "times.csv", "punctuation.csv"])
def test_a_lexicon_with_semicolons_or_tabs_says_the_same(tmp_path, name):
    columns = (ROOT / "data/lexicon" / name).read_text(encoding="utf-8").partition("\n")[0].split(",")
    stored = [row.values for row in csv_rows.read(ROOT / "data/lexicon" / name, columns)]
    for delimiter in ";\t":
        with (tmp_path / name).open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, columns, delimiter=delimiter)
            writer.writeheader()
            writer.writerows(stored)
        assert [row.values for row in csv_rows.read(tmp_path / name, columns)] == stored


def test_a_lexicon_of_ones_own_saved_with_semicolons_loses_nothing_when_a_name_is_added(tmp_path, monkeypatch):
    own, row = tmp_path / "own.csv", ("x_y", "سندس", "ar", "person", "name", "سندس", "Sundus", "mine; seen, twice")
    lines = [";".join(entries.ACTOR_COLUMNS), ";".join(f'"{value}"' for value in row)]
    own.write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    monkeypatch.setenv("ISNAD_ACTORS", str(own))
    article = articles.from_text("قال الوزير سالم النجار إن الطريق مفتوح.", "x", Path("x.txt"))
    found = suggestions.candidates(readings.read(article, machine=True))
    [number] = [n for n, one in enumerate(found, 1) if one.actor.name_ar == "سالم النجار"]
    decisions = suggestions.Decisions.read(confirm=[f"{number}=Salim al-Najjar"])
    assert suggestions.decide(decisions, found, "x") == [f"{own}: سالم النجار"]
    found = [tuple(each.values.values()) for each in csv_rows.read(own, entries.ACTOR_COLUMNS)]
    assert found[0] == row and found[1][:2] == ("salim_al_najjar", "سالم النجار") and len(found) == 2


def test_a_lexicon_of_ones_own_keeps_what_it_says_of_ordinary_words(tmp_path, monkeypatch):
    own = tmp_path / "own.csv"
    columns = (*entries.ACTOR_COLUMNS, entries.ORDINARY_COLUMN)
    mine = ("the_dawn", "الفجر", "ar", "group", "name", "الفجر", "The Dawn", "mine", "often")
    csv_rows.write(own, columns, [mine])
    monkeypatch.setenv("ISNAD_ACTORS", str(own))
    text = "قال الوزير سالم النجار إن الفجر قريب. وقتل زعيم الفجر."
    reading = readings.read(articles.from_text(text, "x", Path("x.txt")), machine=True)
    assert "the_dawn" in {actor.actor_id for actor in reading.named}
    found = suggestions.candidates(reading)
    [number] = [n for n, one in enumerate(found, 1) if one.actor.name_ar == "سالم النجار"]
    suggestions.decide(suggestions.Decisions.read(confirm=[f"{number}=Salim al-Najjar"]), found, "x")
    assert next(tuple(row[each] for each in columns) for row in csv_rows.read(own, columns)) == mine


def test_values_alone_stand_in_the_order_that_is_asked_for_with_the_row_that_they_stand_in(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("b,a\n 2 ,1\n\n4,3\n", encoding="utf-8")
    assert list(csv_rows.values(path, ("a", "b"))) == [(2, ["1", "2"]), (4, ["3", "4"])]
    path.write_text("a,b\n1,2,3\n", encoding="utf-8")
    with pytest.raises(InputError, match="row 2: 3 values for 2 columns"):
        list(csv_rows.values(path, ("a", "b")))


def test_a_value_may_be_as_long_as_an_article(tmp_path):
    long = "كلمة " * 40_000 + "."
    csv_rows.write(tmp_path / "spans.csv", ("exact",), [(long,)])
    assert [row["exact"] for row in csv_rows.read(tmp_path / "spans.csv", ("exact",))] == [long]


@pytest.mark.parametrize("value", ["a\rb", "a\nb", "a\r\nb", "\r", 'a"\r"b', "a,b\r", "a\u2028b", "a\x0bb"])
def test_a_value_with_a_line_end_of_any_kind_is_read_back_as_it_was_written(value, tmp_path):
    path = tmp_path / "table.csv"
    csv_rows.write(path, ("one", "two"), [(f"x{value}y", "z"), ("w", f"x{value}y")])
    assert [row.cells for row in csv_rows.read(path, ("one", "two"))] == [[f"x{value}y", "z"], ["w", f"x{value}y"]]
    assert path.read_bytes().startswith(b"one,two\n")
