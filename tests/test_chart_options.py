"""The options of charts: title, order, number of rows, colours."""

import inspect

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from helpers import charts
from helpers.analysis import audit, frames, quoted_frames, shares
from helpers.corpus import questions, quoted, repeated_claims
from helpers.extraction import times
from tests.conftest import ROOT
from tests.test_charts import clipped, overlapping, said, texts_of


@pytest.fixture(scope="module")
def drawing(reading, tmp_path_factory):
    """Every chart, by name: a function of its options."""
    mentions = frames.mentions(reading)
    together, sources, claims = frames.together(mentions), frames.sources(reading), frames.claims(reading)
    db = questions.database(ROOT / "data/corpus", tmp_path_factory.mktemp("made"))
    tables = {
        "mentions_per_actor": [frames.counts(mentions)],
        "spellings": [frames.spellings(mentions), mentions],
        "dispersion": [mentions, len(reading.article.paragraphs)],
        "named_together": [together, mentions],
        "network": [together, mentions],
        "speaks_and_spoken_about": [frames.voices(reading)],
        "words_rest_on": [shares.by_basis(reading)],
        "claims_by_source": [audit.by_source(reading)],
        "chain": [audit.chain(reading), sources, mentions, claims],
        "timeline": [frames.events(reading, times.find(reading.article))],
        "most_quoted": [quoted_frames.named(quoted.rows(db))],
        "quoted_by_month": [quoted_frames.by_month(quoted.rows(db))],
        "voices_by_outlet": [questions.voices(db)],
        "rests_by_outlet_and_month": [questions.rests(db)],
        "stances_by_speaker": [questions.stances(db)],
        "way_of_claims": [repeated_claims.groups(db)],
    }
    return {name: (lambda n=name, given=given, **o: getattr(charts, n)(*given, **o)) for name, given in tables.items()}


# For each chart, a column by which its rows can be sorted, and the names of its colours.
CHARTS = [
    ("mentions_per_actor", "name_ar", "names"),
    ("spellings", "name_en", "names"),
    ("dispersion", "mentions", "descriptions"),
    ("named_together", "name_ar", "together"),
    ("network", "sentences", "strong"),
    ("speaks_and_spoken_about", "spoken_about", "speaks"),
    ("words_rest_on", "share", "named"),
    ("claims_by_source", "name", "indirect"),
    ("chain", "kind", "about"),
    ("timeline", "label_en", "dated"),
    ("most_quoted", "name_en", "direct"),
    ("quoted_by_month", "name", "distinct_statements"),
    ("voices_by_outlet", "spoken_about", "speaks"),
    ("rests_by_outlet_and_month", "articles", "named"),
    ("stances_by_speaker", "distancing", "neutral"),
    ("way_of_claims", "date", "unnamed"),
]
every = pytest.mark.parametrize(("name", "order", "of"), CHARTS, ids=[name for name, *_ in CHARTS])


def test_every_chart_has_options():
    figures = {n for n in charts.__all__ if "rows" in inspect.signature(getattr(charts, n)).parameters}
    assert {name for name, *_ in CHARTS} == figures
    assert len(figures) == len(charts.__all__) - len(["alt", "empty", "save", "written"])


@every
def test_title_order_rows_and_colours_change_in_one_line(drawing, name, order, of):
    figure = drawing[name](title="My own title", order=order, rows=3, colours={of: "#123456"})
    assert figure.axes[0].get_title() == "My own title"
    assert clipped(figure) == [] and overlapping(figure) == []
    artists = figure.axes[0].get_children()
    faces = [artist.get_facecolor() for artist in artists if hasattr(artist, "get_facecolor")]
    lines = [artist.get_color() for artist in artists if hasattr(artist, "get_color")]
    rings = [artist.get_markeredgecolor() for artist in figure.axes[0].lines]
    edges = [artist.get_edgecolor() for artist in figure.axes[0].patches]
    found = {to_hex(c) for c in [*rings, *lines, *edges]}
    for face in faces:
        found |= {to_hex(each) for each in (face if getattr(face, "ndim", 1) == 2 else [face])}
    if name == "named_together":
        found |= {to_hex(each) for each in figure.axes[0].collections[0].to_rgba([1e9])}
    assert "#123456" in found


@every
@pytest.mark.parametrize(
    ("option", "told"),
    [
        ({"order": "size_of_shoes"}, r"order='size_of_shoes' .*write one of .*\w+"),
        ({"rows": 0}, "rows=0 .*whole number from 1"),
        ({"rows": 2.5}, "rows=2.5"),
        ({"colours": {"shoes": "red"}}, "'shoes' is not in this chart; its colours are of "),
        ({"title": 5}, "title=5 .*one text, or a pair"),
    ],
    ids=["order", "no rows", "half a row", "colours of nothing", "title"],
)
def test_a_value_that_cannot_be_is_refused_in_one_line_that_says_what_can(drawing, name, order, of, option, told):
    with pytest.raises(ValueError, match=told) as refused:
        drawing[name](**option)
    assert "\n" not in str(refused.value)


def test_a_colour_that_is_none_is_refused(drawing):
    with pytest.raises(ValueError, match="'blurple', of 'names', is not a colour"):
        drawing["mentions_per_actor"](colours={"names": "blurple"})


def test_a_name_that_is_no_option_is_refused_as_by_any_function(drawing):
    with pytest.raises(TypeError, match="colour"):
        drawing["mentions_per_actor"](colour="red")


def test_the_options_stand_in_the_help_of_a_chart():
    assert list(inspect.signature(charts.chain).parameters)[-4:] == ["title", "order", "rows", "colours"]
    assert all(f"\n{each} " in charts.chain.__doc__ for each in ("title", "order", "rows", "colours", "edges"))


def rows_of(figure, names):
    """The names that are in a chart, from its top."""
    places = {t.get_text().lstrip("\u200f"): t.get_window_extent().y0 for t in texts_of(figure)}
    return sorted((name for name in names if name in places), key=lambda name: -places[name])


COUNTS = pd.DataFrame(
    {
        "actor_id": ["c", "a", "b", "d"],
        "name_ar": ["جبل", "ألف", "باب", "دار"],
        "name_en": ["Jim", "Alf", "Bob", "Dan"],
        "found_by": "lexicon",
        "names": [4, 3, 2, 1],
        "descriptions": [0, 0, 5, 0],
        "mentions": [9, 8, 7, 6],
    }
)
NAMES = list(COUNTS["name_en"])


@pytest.mark.parametrize(
    ("order", "expected"),
    [(None, "Jim Alf Bob"), ("name_ar", "Alf Bob Jim"), ("descriptions", "Bob Jim Alf"), ("names", "Jim Alf Bob")],
    ids=["as the table has them", "texts from the first", "numbers from the greatest", "and so"],
)
def test_rows_are_the_first_of_the_table_in_the_order_asked_for(order, expected):
    options = {"order": order} if order else {}
    figure = charts.mentions_per_actor(COUNTS, rows=3, **options)
    assert rows_of(figure, NAMES) == expected.split()
    assert "more actors: 1 (mentions: 6)" in said(figure)


@pytest.mark.parametrize(
    ("title", "above", "under"),
    [
        (("عنوان", "Title"), "\u200fعنوان", "Title"),
        ("عنوان", "\u200fعنوان", ""),
        ("", "", ""),
    ],
    ids=["in both languages", "in one", "none"],
)
def test_a_title_is_one_text_or_one_in_each_language(title, above, under):
    ax = charts.mentions_per_actor(COUNTS, title=title).axes[0]
    assert (ax.get_title(), ax.get_title(loc="right")) == (above, under)


@pytest.mark.parametrize("most", [1, 2, 3, 7, 27, 99, 1234, 2_000_000])
def test_ticks_are_round_whole_numbers_from_nought(most):
    table = COUNTS.assign(names=[most, 1, 1, 1], descriptions=0, mentions=[most, 1, 1, 1])
    ax = charts.mentions_per_actor(table).axes[0]
    ticks = sorted(tick for tick in ax.get_xticks() if 0 <= tick <= ax.get_xlim()[0])
    step = ticks[1] - ticks[0]
    assert ticks[0] == 0 and f"{step:.0e}"[0] in "125" and step == int(step) and len(ticks) <= 8


def test_numbers_on_either_side_of_nought_have_no_sign():
    voices = COUNTS[["actor_id", "name_ar", "name_en", "found_by"]].assign(**dict.fromkeys(frames.VOICES, 40))
    figure = charts.speaks_and_spoken_about(voices)
    assert not [t.get_text() for t in texts_of(figure) if {"-", "−"} & set(t.get_text())]
    assert {"0", "50", "100"} <= {t.get_text() for t in texts_of(figure)}


def test_a_figure_of_somebody_elses_has_its_title_for_alt_text():
    from matplotlib.figure import Figure

    figure = Figure()
    assert said(figure) == "A chart"
    figure.add_subplot().set_title("Rain in May")
    assert said(figure) == "Rain in May"


def test_each_file_keeps_the_alt_text(tmp_path):
    paths = charts.save(charts.mentions_per_actor(COUNTS), tmp_path, "named", "Jim 9 times")
    assert [path.suffix for path in paths] == [".png", ".svg", ".pdf"]
    assert all(b"Jim 9 times" in path.read_bytes() for path in paths)
