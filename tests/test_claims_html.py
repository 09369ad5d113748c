import re
from html import unescape
from html.parser import HTMLParser

import nbformat
import pandas as pd
import pytest

from helpers import readings
from helpers.records.messages import message, to_json
from helpers.report import interface, outputs, translate
from helpers.report.html_tables import Page
from helpers.report.outputs import MIME
from helpers.text import articles
from tests import showing


class Paragraphs(HTMLParser):
    """The text of each right-to-left paragraph, without the reference numbers; and whether every element closes."""

    def __init__(self, html):
        super().__init__()
        self.texts, self.open, self.inside, self.reference = [], [], False, 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        if tag == "p" and ("dir", "rtl") in attrs:
            self.inside = True
            self.texts.append("")
        self.reference += tag == "sup"

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self.inside = self.inside and tag != "p"
        self.reference -= tag == "sup"

    def handle_data(self, data):
        if self.inside and not self.reference:
            self.texts[-1] += data


@pytest.fixture(scope="module")
def html(reading):
    return showing.article(reading)


def test_the_marked_article_is_the_article_and_nothing_else(reading, html):
    marked = Paragraphs(html)
    text = reading.article.text
    assert marked.texts == [text[p.start : p.end] for p in reading.article.paragraphs]
    assert marked.open == []


def test_each_claim_has_one_place_that_links_lead_to(reading, html):
    ids = re.findall(r'id="claim-(c\d+)"', html)
    assert sorted(ids) == sorted(c.claim_id for c in reading.claims)
    assert set(re.findall(r'href="#claim-(c\d+)"', html)) == {c.claim_id for c in reading.claims if c.cue}


def test_a_description_of_two_actors_names_both(html):
    assert 'title="ISIS-K and Taliban">شريكي<' in html


def test_a_source_inside_another_claim_keeps_both_marks(html):
    assert re.search(
        r'<mark class="isnad-indirect"><strong class="isnad-source"><b class="isnad-mention" title="Russia">روسيا<',
        html,
    )


def test_markup_in_a_text_shows_as_text(tmp_path):
    hostile = articles.from_text(
        '<script>alert(1)</script> طالبان "&amp;"', "x", tmp_path / "x.txt", about={"title": "<b>"}
    )
    found = readings.read(hostile)
    html = showing.article(found) + showing.view("provenance", found)
    assert "<script" not in html and "&lt;script&gt;" in html and "&lt;b&gt;" in html


def test_numbers_and_arabic_columns_are_set_as_such():
    html = showing.table(
        pd.DataFrame({"n": [1, 2, 3], "name": ["طالبان", "ISIS خراسان", "داعش"], "en": ["a", "b", "c"]}), "t"
    )
    assert '<td class="isnad-number">1</td><td dir="rtl" translate="no">طالبان</td><td dir="ltr">a</td>' in html


def test_what_a_machine_found_is_told_apart_from_what_people_decided(tmp_path, reading):
    found = readings.read(articles.from_text("قالت طالبان إن الحرب انتهت.", "x", tmp_path / "x.txt"))
    for html in (showing.article(found), showing.claims(found)):
        assert "found by machine" in html
        assert "confidence" in html
        assert "credibility of the claim" not in html
    assert "not translated" in showing.article(found)
    assert "not graded" in showing.sources(found)
    assert "found by machine" not in showing.article(reading)


@pytest.mark.parametrize(
    ("cell", "direction"),
    [("٥٪ – ٧٪", "rtl"), ("5% – 7%", "ltr"), ("نحو 5%", "rtl"), ("about ٥٪", "ltr")],
)
def test_a_column_is_set_by_its_letters_and_by_digits_that_are_arabic(cell, direction):
    assert f'<td dir="{direction}">{cell}</td>' in showing.table(pd.DataFrame({"share of": [cell]}), "one")


def test_the_pages_of_a_machines_reading_have_its_words_in_views_and_tables_of_both_languages(reading):
    found = readings.read(reading.article, machine=True)
    for lang, own, by_machine in (
        ("en", "the outlet's own voice", "no source found by machine"),
        ("ar", "كلام الوسيلة نفسها", "غير مُسنَد آلياً"),
    ):
        people, machine = (unescape(showing.claims(each, lang)) for each in (reading, found))
        assert own in people and by_machine not in people
        assert by_machine in machine and own not in machine


def test_an_output_in_english_that_was_worded_without_its_reading_is_worded_again_for_a_machines():
    cell = nbformat.v4.new_code_cell("show(rest)")
    data = {"show": "message", "message": to_json(message("basis.outlet"))}
    cell.outputs = [
        nbformat.v4.new_output("display_data", {"text/html": outputs.html(data, showing.page()), MIME: data})
    ]
    page = Page(interface.load("en").of("machine"))
    worded = translate.outputs_only(nbformat.v4.new_notebook(cells=[cell]), page)
    assert "no source found by machine" in worded.cells[0].outputs[0].data["text/html"]
    assert worded.cells[0].source == "show(rest)"
