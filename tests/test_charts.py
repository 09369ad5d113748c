import re

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.text import Text

from helpers import charts, tallies

MANY = 60


def all_charts(reading):
    mentions = tallies.mentions(reading)
    return {
        "mentions": charts.mentions_per_actor(tallies.counts(mentions)),
        "dispersion": charts.dispersion(mentions, len(reading.article.paragraphs)),
        "together": charts.named_together(tallies.together(mentions), mentions),
        "voices": charts.speaks_and_spoken_about(tallies.voices(reading)),
    }


def texts_of(figure):
    """The texts that are drawn: Matplotlib also keeps ticks beyond the ends of an axis, which are not."""
    figure.draw_without_rendering()
    beyond = set()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            beyond |= {t.label1 for t in axis.get_major_ticks() if not low <= t.get_loc() <= high}
            beyond |= {t.label2 for t in axis.get_major_ticks() if not low <= t.get_loc() <= high}
    return [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip() and t not in beyond]


def clipped(figure):
    """The texts that stand, in part or whole, outside the figure."""
    box = figure.bbox.padded(1)
    extents = [(t.get_text(), t.get_window_extent()) for t in texts_of(figure)]
    return [text for text, e in extents if e.x0 < box.x0 or e.x1 > box.x1 or e.y0 < box.y0 or e.y1 > box.y1]


@pytest.fixture(scope="module")
def drawn(reading):
    return all_charts(reading)


@pytest.mark.parametrize("name", ["mentions", "dispersion", "together", "voices"])
def test_no_text_of_a_chart_is_clipped(drawn, name):
    assert texts_of(drawn[name])
    assert clipped(drawn[name]) == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("mentions", "Taliban 27, ISIS-K 16"),
        ("dispersion", "Taliban in paragraphs 1 to 19"),
        ("together", "Taliban and ISIS-K in 10 sentences"),
        ("voices", "Taliban 3 and 10"),
    ],
)
def test_the_alt_text_tells_what_the_chart_shows(drawn, name, told):
    assert told in drawn[name].get_label()


@pytest.mark.parametrize("name", ["mentions", "dispersion", "voices"])
def test_a_chart_is_read_from_right_to_left(drawn, name):
    left, right = drawn[name].axes[0].get_xlim()
    assert left > right


def test_the_same_table_gives_the_same_image(reading):
    table = tallies.counts(tallies.mentions(reading))
    first, second = (charts.image(charts.mentions_per_actor(table)) for _ in range(2))
    assert first.data == second.data
    assert first.alt == charts.mentions_per_actor(table).get_label()


def made_up(actors, name="اسم طويل جدا لمنظمة دولية", english="A rather long name of an organisation"):
    rows = [
        (f"m{n}", n % 7 + 1, n % 11, f"a{n:03}", name, f"{english} {n}", n * 9, n * 9 + 5, name, "name", "machine")
        for n in range(actors)
    ]
    columns = [
        "mention_id",
        "paragraph",
        "sentence",
        "actor_id",
        "name_ar",
        "name_en",
        "start",
        "end",
        "exact",
        "via",
        "made_by",
    ]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.parametrize("actors", [0, 1, 2, MANY])
def test_no_actor_one_and_many_are_drawn_without_clipping(actors):
    table = made_up(actors)
    for figure in (
        charts.mentions_per_actor(tallies.counts(table)),
        charts.dispersion(table, 7),
        charts.named_together(tallies.together(table, at_least=1), table),
    ):
        assert clipped(figure) == []
        assert actors or re.search("no (actor|two)", figure.get_label())


def test_no_claim_at_all_is_said_in_words():
    columns = ["actor_id", "name_ar", "name_en", *tallies.VOICES]
    figure = charts.speaks_and_spoken_about(pd.DataFrame(columns=columns))
    assert "no claim" in figure.get_label()
    assert any("no claim" in t.get_text() for t in texts_of(figure))


def test_drawing_leaves_the_readers_own_style_alone(reading):
    before = dict(mpl.rcParams)
    all_charts(reading)
    assert dict(mpl.rcParams) == before
