import itertools
import json
import re
from weakref import WeakSet

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.text import Text

from helpers import charts, readings
from helpers.analysis import frames, shares
from helpers.charts import gallery, style
from helpers.lexicon import entries
from helpers.records import messages
from helpers.report import interface
from helpers.text import articles, invisible

MANY = 60
LAID_OUT = WeakSet()

ALL = ["mentions", "dispersion", "together", "voices", "spellings", "network", "words", "sources", "chain", "timeline"]


def texts_of(figure):
    """The texts that are drawn, without ticks beyond the ends of an axis, which Matplotlib keeps but does not draw."""
    if figure not in LAID_OUT:  # which takes long; no test changes a figure
        figure.draw_without_rendering()
        LAID_OUT.add(figure)
    beyond = set()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            beyond |= {t.label1 for t in axis.get_major_ticks() if not low <= t.get_loc() <= high}
            beyond |= {t.label2 for t in axis.get_major_ticks() if not low <= t.get_loc() <= high}
    return [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip() and t not in beyond]


def clipped(figure):
    """The texts that are partly or completely outside the figure."""
    box = figure.bbox.padded(1)
    extents = [(t.get_text(), t.get_window_extent()) for t in texts_of(figure)]
    return [text for text, e in extents if e.x0 < box.x0 or e.x1 > box.x1 or e.y0 < box.y0 or e.y1 > box.y1]


def said(figure, lang="en"):
    """The alt text of a figure in words."""
    return invisible.apart_not(interface.load(lang).text(charts.alt(figure)))


@pytest.fixture(scope="module")
def drawn(reading):
    return gallery.figures(reading)


@pytest.mark.parametrize("name", ALL)
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
        ("spellings", "Taliban as «طالبان» 24"),
        ("network", "Taliban with 9 others"),
        ("words", "the outlet's own voice 50%"),
        ("sources", "Bruce Hoffman 1 (neutral 1)"),
        ("chain", "Graph of 12 sources, 14 claims and 11 actors"),
        ("timeline", "«Iran gives the Taliban weapons» undated"),
    ],
)
def test_the_alt_text_tells_what_the_chart_shows(drawn, name, told):
    assert told in said(drawn[name])


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("mentions", "طالبان 27 مرة وداعش خراسان 16 مرة وأفغانستان 7 مرات"),
        ("dispersion", "طالبان من الفقرة 1 إلى الفقرة 19"),
        ("together", "طالبان مع داعش خراسان في 10 جمل"),
        ("network", "شبكة تضم 10 أطراف"),
        ("chain", "يضم 12 مصدراً و14 ادعاءً و11 طرفاً"),
        ("sources", "بروس هوفمان ادعاء واحد (محايد 1)"),
        ("timeline", "«إيران تقدّم أسلحة لطالبان» بلا تاريخ"),
    ],
)
def test_the_alt_text_is_arabic_on_an_arabic_page(drawn, name, told):
    assert told in said(drawn[name], "ar")


@pytest.mark.parametrize("name", ALL)
def test_an_alt_text_goes_into_a_notebook_and_comes_back(drawn, name):
    message = charts.alt(drawn[name])
    there = json.dumps(messages.to_json(message), ensure_ascii=False)
    assert messages.from_json(json.loads(there)) == message


@pytest.mark.parametrize("name", [name for name in ALL if name != "together"])
def test_a_chart_is_read_from_right_to_left(drawn, name):
    left, right = drawn[name].axes[0].get_xlim()
    assert left > right


def test_the_same_table_gives_the_same_image(reading):
    table = frames.counts(frames.mentions(reading))
    first, second = (charts.written(charts.mentions_per_actor(table), "png", "Who is named") for _ in range(2))
    assert first == second


MENTIONS = [
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
    "found_by",
]


def made_up(actors, name="اسم طويل جدا لمنظمة دولية", english="A rather long name of an organisation"):
    rows = [
        (f"m{n}", n % 7 + 1, n % 11, f"a{n:03}", name, f"{english} {n}", n * 9, n * 9 + 5, name, "name", "machine", by)
        for n, by in zip(range(actors), itertools.cycle(entries.FOUND_BY), strict=False)
    ]
    return pd.DataFrame(rows, columns=MENTIONS)


@pytest.mark.parametrize("actors", [0, 1, 2, MANY])
def test_no_actor_one_and_many_are_drawn_without_clipping(actors):
    table = made_up(actors)
    for figure in (
        charts.mentions_per_actor(frames.counts(table)),
        charts.dispersion(table, 7),
        charts.named_together(frames.together(table, at_least=1), table),
    ):
        assert clipped(figure) == []
        assert actors or re.search("no (actor|two)", said(figure))


def overlapping(figure):
    """Pairs of texts that overlap by more than the space above and below their letters."""
    boxes = [(t.get_text(), t.get_window_extent()) for t in texts_of(figure)]
    found = []
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        if wide > 1 and high > 0.4 * min(a.height, b.height):
            found.append((one, other))
    return found


@pytest.mark.parametrize("words", [1, 3, 9])
def test_long_names_are_wrapped_and_stand_clear_of_each_other(words):
    table = made_up(4, "اللجنة المستقلة " * words, "Independent Commission " * words)
    for figure in (charts.mentions_per_actor(frames.counts(table)), charts.dispersion(table, 7)):
        assert clipped(figure) == []
        assert overlapping(figure) == []


def test_nothing_to_draw_is_said_in_words(tmp_path):
    empty = readings.read(articles.from_text("جاء الرجل.", "none", tmp_path / "none.txt"))
    figures = gallery.figures(empty)
    assert set(figures) == set(ALL)
    for name, figure in figures.items():
        assert clipped(figure) == [], name
        assert name == "words" or (charts.empty(figure) and re.search(r"\bno\b", said(figure))), name


@pytest.fixture(scope="module")
def saved(reading, tmp_path_factory):
    """One chart, drawn and saved twice: the paths of each."""
    folder, draw = tmp_path_factory.mktemp("saved"), charts.words_rest_on
    return [charts.save(draw(shares.by_basis(reading)), folder / str(n), "words") for n in range(2)]


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_a_chart_is_written_in_each_kind_the_same_every_time(saved, kind):
    first, second = saved
    by_kind = {path.suffix[1:]: path for path in first}
    assert set(by_kind) == {"png", "svg", "pdf"}
    assert by_kind[kind].read_bytes() == (second[list(by_kind).index(kind)]).read_bytes()
    assert by_kind[kind].stat().st_size > 1000


def test_colours_that_stand_side_by_side_differ_in_grey():
    """By relative luminance (WCAG 2), so that neighbours can be distinguished in black and white."""

    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    neighbours = [(style.DARK, style.MIDDLE), (style.MIDDLE, style.LIGHT), (style.DARK, style.LIGHT)]
    neighbours += [
        (style.KIND_COLOURS["direct"], style.KIND_COLOURS["mixed"]),
        (style.KIND_COLOURS["mixed"], style.KIND_COLOURS["indirect"]),
    ]
    for one, other in neighbours:
        low, high = sorted((luminance(one), luminance(other)))
        assert (high + 0.05) / (low + 0.05) > 1.5, (one, other)


def test_no_claim_at_all_is_said_in_words():
    columns = [*frames.WHO, *frames.VOICES]
    figure = charts.speaks_and_spoken_about(pd.DataFrame(columns=columns))
    assert "no claim" in said(figure)
    assert any("no claim" in t.get_text() for t in texts_of(figure))


def test_drawing_leaves_the_readers_own_style_alone(reading):
    before = dict(mpl.rcParams)
    gallery.figures(reading)
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize(
    ("actors", "rows", "last"),
    [(15, 15, ""), (16, 16, "more actors: 1 (mentions: 1)"), (40, 16, "more actors: 25 (mentions: 25)")],
)
def test_fifteen_actors_are_named_and_one_line_says_how_many_more_there_are(actors, rows, last):
    table = made_up(actors)
    for figure in (charts.mentions_per_actor(frames.counts(table)), charts.dispersion(table, 7)):
        assert len(figure.axes[0].get_yticks()) == rows
        assert (last in said(figure)) and (bool(last) or "more actors" not in said(figure))
        assert clipped(figure) == [] and overlapping(figure) == []


def keys_of(figure):
    return " ".join(text.get_text() for legend in figure.legends for text in legend.get_texts())


def test_a_sign_beside_a_name_says_by_what_its_actor_is_known_and_the_key_what_it_means():
    table = made_up(6)
    names = ["mentions", "dispersion", "together", "network", "voices"]
    together = frames.together(table.assign(sentence=1), at_least=1)
    voices = table[frames.WHO].assign(**dict.fromkeys(frames.VOICES, 1))
    drawn = (
        charts.mentions_per_actor(frames.counts(table)),
        charts.dispersion(table, 7),
        charts.named_together(together, table),
        charts.network(together, table),
        charts.speaks_and_spoken_about(voices),
    )
    for name, figure in zip(names, drawn, strict=True):
        assert "found by machine" in keys_of(figure) and "your own lexicon" in keys_of(figure), name
        signs = {line.get_marker(): len(line.get_ydata()) for line in figure.axes[0].lines if len(line.get_ydata())}
        assert (signs["s"], signs["D"]) == (2, 2), name
        assert clipped(figure) == [], name


def test_where_every_actor_is_in_the_projects_lexicons_there_is_no_sign():
    figure = charts.mentions_per_actor(frames.counts(made_up(6).assign(found_by="lexicon")))
    assert "machine" not in keys_of(figure) and not figure.axes[0].lines


def test_a_name_in_latin_letters_is_written_once():
    figure = charts.mentions_per_actor(frames.counts(made_up(1, "Squawka", "Squawka").assign(name_en="Squawka")))
    assert sum(text.get_text() == "Squawka" for text in texts_of(figure)) == 1


def test_a_chart_of_a_machines_reading_does_not_call_words_without_a_source_the_outlets_own(reading):
    found = readings.read(reading.article, machine=True)
    drawn = {}
    for by, each in (("people", reading), ("machine", found)):
        drawn[by] = [text.get_text() for text in texts_of(charts.words_rest_on(shares.by_basis(each)))]
    assert any("the outlet's own voice" in text for text in drawn["people"])
    assert any("no source found by machine" in text for text in drawn["machine"])
    assert not any("own voice" in text for text in drawn["machine"])
