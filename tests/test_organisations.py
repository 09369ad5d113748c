import csv

import pytest

from helpers.extraction import mentions
from helpers.files import csv_rows, paths
from helpers.files.errors import InputError
from helpers.lexicon import countries, entries, organisations
from helpers.text import articles
from tests import cases

FATAH = "fatah,حركة فتح,Fatah,group,party,lebanon,جبهة فتح,,,,,invented"


def found(text, actors):
    return [[m.actor_id, m.span.exact] for m in mentions.find(articles.from_text(text, "case", "case.txt"), actors)]


def spellings():
    """Each spelling of the lexicon: whose it is, how it is written, and how it names them."""
    rows = organisations.rows(paths.lexicon("organisations.csv"))
    return [(row["actor_id"], *each) for row in rows for each in organisations.spellings(row)]


@pytest.mark.parametrize("case", cases.load("organisations.jsonl"))
def test_organisations_are_found_by_name_and_ordinary_words_are_none(case, actors):
    assert found(case["text"], actors) == case["found"]


def test_each_spelling_finds_its_organisation_and_what_is_something_else_finds_none(actors):
    lines = spellings()
    article = articles.from_text("\n\n".join(written for _, written, _ in lines), "case", "case.txt")
    starts, at = {}, 0
    for line in lines:
        starts[at] = line
        at += len(line[1]) + 2
    by_line = {start: set() for start in starts}
    for mention in mentions.find(article, actors):
        by_line[max(start for start in starts if start <= mention.span.start)].add(mention.actor_id)
    missed = [line for start, line in starts.items() if line[2] and line[0] not in by_line[start]]
    wrong = [line for start, line in starts.items() if not line[2] and line[0] in by_line[start]]
    assert (missed, wrong) == ([], [])


def test_no_organisation_has_the_spelling_or_the_id_of_another_lexicon():
    others = [
        row
        for name in ("actors.csv", "countries.csv")
        for row in csv_rows.read(paths.lexicon(name), entries.ACTOR_COLUMNS, others=True)
    ]
    taken = {countries.key(row["alias"]) for row in others}
    assert [each for each in spellings() if countries.key(each[1]) in taken] == []
    assert {each[0] for each in spellings()}.isdisjoint(row["actor_id"] for row in others)


def test_the_seed_names_no_organisation_that_its_own_lexicon_does_not_know(seed, actors):
    assert {m.actor_id for m in mentions.find(seed, actors)}.isdisjoint(each[0] for each in spellings())


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("قيادي في حركة «فتح» قال", ["حركة «فتح»"]),
        ('قيادي في حركة "فتح" قال', ['حركة "فتح"']),
        ("قيادي في حركة ((فتح)) قال", ["حركة ((فتح))"]),
        ("قيادي في حركة (فتح) قال", ["حركة (فتح)"]),
        ("قيادي في حركة «فتح قال", []),
        ("قيادي في حركة «فتح الباب» قال", []),
        ("قيادي في حركة: «فتح» قال", ["فتح"]),
        ("قيادي في حركة\n«فتح» قال", ["فتح"]),
        ("بين «فتح» وغيرها", ["فتح"]),
        ("بين «فتح وغيرها", []),
        ("بين فتح» وغيرها", []),
        ("بين (فتح) وغيرها", ["فتح"]),
        ("بين (فتح الباب) وغيره", []),
        ("لـ«فتح» رأي", ["فتح"]),
        ("رأي «وفتح» آخر", []),
    ],
)
def test_marks_in_a_name_belong_to_it_and_a_name_that_needs_them_is_none_without(text, exact, actors):
    assert found(text, actors) == [["fatah", each] for each in exact]


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("بي بي سي", True),
        ("بي.بي.سي", True),
        ("لبي.بي.سي", True),
        ("بي. بي. سي", False),
        ("بي، بي، سي", False),
        ("بي.بي سي", False),
    ],
)
def test_letters_of_an_acronym_have_spaces_or_stops_between_them(written, right, actors):
    assert ["bbc" for name, _ in found(f"قالت {written} أمس", actors) if name == "bbc"] == ["bbc"] * right


@pytest.mark.parametrize(("written", "right"), [("واس", True), ("وأس", False), ("ايكاو", True), ("إيكاو", True)])
def test_an_acronym_has_no_hamza_that_is_not_its_own(written, right, actors):
    assert bool(found(f"المدينة ({written}) افتتح المعرض", actors)) == right


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([FATAH.replace(",party,", ",club of friends,")], "row 2: body is 'club of friends'"),
        ([FATAH.replace(",lebanon,", ",atlantis,")], "row 2: country is 'atlantis'"),
        ([FATAH.replace(",group,", ",gang,")], "row 2: type is 'gang'"),
        ([FATAH.replace(",invented", ",")], "row 2: actor_id, name_ar, name_en and source must not be empty"),
        (
            [FATAH.replace("جبهة فتح", "حركة فتح|فتح الجديدة")],
            "row 2: 'حركة فتح' is already an alias of fatah in row 2",
        ),
        ([FATAH.replace("جبهة فتح", "…")], "row 2: alias '…' has no word"),
        ([FATAH, FATAH.replace("fatah", "other")], "row 3: 'حركة فتح' is already an alias of fatah in row 2"),
    ],
)
def test_a_lexicon_of_organisations_that_does_not_hold_together_is_refused_with_its_row(
    house, monkeypatch, lines, said
):
    path = house / "data/lexicon/organisations.csv"
    path.write_text("\n".join([",".join(organisations.COLUMNS), *lines]) + "\n", encoding="utf-8")
    monkeypatch.setenv("ISNAD_HOME", str(house))
    with pytest.raises(InputError) as error:
        entries.actors()
    assert said in str(error.value)


def test_a_row_says_where_its_spellings_are_from():
    with paths.lexicon("organisations.csv").open(encoding="utf-8") as file:
        assert all(row["source"].startswith("general knowledge") for row in csv.DictReader(file))
