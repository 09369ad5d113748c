"""A user's translations, on the pages of a machine's report."""

import csv

import pytest

from helpers import readings
from helpers.files.errors import InputError
from helpers.lexicon import glosses
from helpers.report import interface
from helpers.report.writer import Writer
from helpers.text import articles

TEXT = "قال وزير الصحة سالم حمد إن المستشفى سيفتح غدا. وأضاف أن العدد كبير."


def written(path, rows, columns=("content", "gloss_en")):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    return path


@pytest.fixture
def told(tmp_path, monkeypatch):
    monkeypatch.setenv("ISNAD_GLOSSES", str(tmp_path / "g.csv"))

    def read(*rows, columns=("content", "gloss_en")):
        written(tmp_path / "g.csv", rows, columns)
        return readings.read(articles.from_text(TEXT, "x", tmp_path / "x.txt"), readings.known())

    return read


def test_a_translation_stands_beside_the_claim_whose_words_it_translates_and_beside_no_other(told):
    reading = told(("المستشفى سيفتح غدا", "the hospital will open tomorrow"), ("العدد كبير", ""))
    assert [claim.gloss_en for claim in reading.claims] == ["the hospital will open tomorrow", None]
    write = Writer(reading, interface.load("en"))
    assert "the hospital will open tomorrow" in write.content(reading.claims[0])
    assert "translation by the user who made this report" in write.made(reading.claims[0])
    assert "not translated" in write.made(reading.claims[1])


def test_the_table_of_a_report_is_taken_as_it_is_with_its_other_columns_and_its_guards(told):
    reading = told(("c2", "'العدد  كبير", "the number is high"), columns=("claim_id", "content", "gloss_en"))
    assert [claim.gloss_en for claim in reading.claims] == [None, "the number is high"]


def test_two_translations_of_the_same_words_are_refused_by_row(tmp_path):
    path = written(tmp_path / "g.csv", [("العدد كبير", "many"), ("العدد كبير", "few")])
    with pytest.raises(InputError, match=r"g\.csv: row 3: its content is translated in another way"):
        glosses.load(path)


def test_a_file_without_the_two_columns_is_refused(tmp_path):
    path = written(tmp_path / "g.csv", [("x", "y")], columns=("text", "english"))
    with pytest.raises(InputError, match="the columns are"):
        glosses.load(path)
