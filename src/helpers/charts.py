"""Tables in, one Matplotlib figure out, drawn for reading from right to left.

Every figure carries its alt text, written from its data, as its label; `image` hands both to a notebook. A table with
nothing in it makes a figure that says so.
"""

import io
from collections.abc import Callable
from functools import wraps

import matplotlib as mpl
import pandas as pd
from IPython.display import Image
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from helpers import paths, rtl

# Okabe and Ito (2008), "Color Universal Design"; told apart in grey too, by their lightness.
DARK, MIDDLE, LIGHT, ACCENT = "#0072B2", "#56B4E9", "#BFE0F5", "#D55E00"
QUIET = "#5b636a"
WIDTH = 8.0
ROW = 0.4  # inches
DPI = 160


def _styled(draw: Callable[..., Figure]) -> Callable[..., Figure]:
    @wraps(draw)
    def styled(*args, **keywords) -> Figure:
        rtl.add_faces(paths.templates() / "fonts")
        with mpl.rc_context(fname=str(paths.templates() / "charts.mplstyle")):
            return draw(*args, **keywords)

    return styled


def image(figure: Figure) -> Image:
    """The figure as a PNG image for a notebook, with its alt text. The same figure gives the same bytes."""
    held = io.BytesIO()
    figure.savefig(held, format="png", dpi=DPI, metadata={"Software": None})
    width = int(figure.get_figwidth() * 100)
    return Image(held.getvalue(), format="png", width=width, alt=figure.get_label())


def _canvas(height: float, titles: tuple[str, str], alt: str, keyed: bool = False) -> tuple[Figure, Axes]:
    """A figure of fixed width with one axes; above it, from the right edge, its two titles and room for a key.

    height    of the axes with its ticks, in inches.
    """
    head = 0.95 if keyed else 0.7
    figure = Figure(figsize=(WIDTH, height + head), layout="constrained")
    figure.get_layout_engine().set(rect=(0, 0, 1, height / (height + head)), w_pad=0.1, h_pad=0.08)
    figure.set_label(alt)
    top = 1 - 0.1 / (height + head)
    figure.text(0.985, top, rtl.label(titles[0]), ha="right", va="top", fontsize=14, fontweight="bold")
    figure.text(0.985, top - 0.33 / (height + head), titles[1], ha="right", va="top", color=QUIET)
    ax = rtl.turn(figure.add_subplot())
    return figure, ax


def _key(figure: Figure, ax: Axes) -> None:
    """The legend under the titles, from the right edge."""
    rtl.legend(figure, ax, loc="upper right", bbox_to_anchor=(0.995, 1 - 0.62 / figure.get_figheight()))


def _nothing(titles: tuple[str, str], said: str) -> Figure:
    figure, ax = _canvas(0.6, titles, f"{titles[1]}: {said}")
    ax.set_axis_off()
    figure.text(0.985, 0.3, said, ha="right", va="center", color=ACCENT)
    return figure


def _rows(ax: Axes, names: pd.DataFrame, centre: float = 0) -> None:
    """One row an actor, the first at the top: the Arabic name at the right of the axes, the English under it."""
    at = [n + centre for n in range(len(names))]
    ax.set_yticks(at, [])
    for y, row in zip(at, names.itertuples(), strict=True):
        for text, rise, style in ((rtl.label(row.name_ar), 5, {}), (row.name_en, -7, {"color": QUIET, "fontsize": 8})):
            ax.annotate(text, (1, y), (8, rise), ("axes fraction", "data"), "offset points", va="center", **style)
    ax.set_ylim(len(names) - 0.5 + centre, -0.5 + centre)


def _sentence(items: list[str]) -> str:
    return ", ".join(items) if items else "none"


@_styled
def mentions_per_actor(counts: pd.DataFrame) -> Figure:
    """Bars: mentions of each actor, by name and by description. `counts` as `tallies.counts` gives it."""
    titles = ("مَن يُذكَر في المقال؟", "Who is named: mentions per actor")
    if counts.empty:
        return _nothing(titles, "no actor of the lexicon is named in this article")
    said = _sentence([f"{row.name_en} {row.mentions}" for row in counts.itertuples()])
    figure, ax = _canvas(0.4 + ROW * len(counts), titles, f"Bar chart of mentions per actor: {said}.", keyed=True)
    at = range(len(counts))
    ax.barh(at, counts["names"], color=DARK, height=0.7, label=rtl.label("بالاسم  by name"))
    if counts["descriptions"].any():
        text = rtl.label("بالوصف  by description, resolved by people")
        ax.barh(at, counts["descriptions"], left=counts["names"], color=LIGHT, height=0.7, label=text)
    for y, total in zip(at, counts["mentions"], strict=True):
        ax.annotate(str(total), (total, y), (-5, 0), textcoords="offset points", ha="right", va="center")
    _rows(ax, counts)
    _key(figure, ax)
    ax.set_xlim(right=0, left=counts["mentions"].max() * 1.08)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


@_styled
def dispersion(mentions: pd.DataFrame, paragraphs: int) -> Figure:
    """Where each actor is named: a mark a mention, the article's first paragraph at the right.

    mentions    as `tallies.mentions` gives it; paragraphs   how many the article has.
    """
    titles = ("أين يُذكَر كلّ طرف؟", "Where in the article each actor is named, from the first paragraph to the last")
    if mentions.empty:
        return _nothing(titles, "no actor of the lexicon is named in this article")
    counted = mentions.groupby(["actor_id", "name_ar", "name_en"])["start"].agg(["size", "min"]).reset_index()
    order = counted.sort_values(["min", "actor_id"], ignore_index=True)
    first = mentions.groupby("name_en", sort=False)["paragraph"].agg(["min", "max"])
    said = _sentence(
        [
            f"{name} in paragraphs {a} to {b}" if a != b else f"{name} in paragraph {a}"
            for name, a, b in first.itertuples()
        ]
    )
    figure, ax = _canvas(
        0.7 + ROW * len(order), titles, f"Dispersion of mentions over the article: {said}.", keyed=True
    )
    # Inside its paragraph a mention stands where its offset puts it, so that several stay apart.
    spread = mentions.groupby("paragraph")["start"].transform(lambda at: (at.rank() - 0.5) / len(at))
    x = mentions["paragraph"] - 0.5 + spread
    y = mentions["actor_id"].map({actor: n for n, actor in enumerate(order["actor_id"])})
    described = mentions["via"] == "description"
    for paragraph in range(1, paragraphs + 1, 2):
        ax.axvspan(paragraph - 0.5, paragraph + 0.5, color="#f4f6f8", zorder=0)
    ax.plot(x[~described], y[~described], "|", color=DARK, ms=12, mew=2.2, label=rtl.label("بالاسم  by name"))
    if described.any():
        text = rtl.label("بالوصف  by description, resolved by people")
        ax.plot(x[described], y[described], "o", mfc="none", mec=ACCENT, ms=6.5, mew=1.4, label=text)
    _rows(ax, order)
    _key(figure, ax)
    ax.set_xticks(range(1, paragraphs + 1, max(1, paragraphs // 20)))
    ax.set_xlabel(rtl.label("الفقرة  paragraph"))
    ax.set_xlim(paragraphs + 0.5, 0.5)
    ax.grid(axis="x", visible=False)
    ax.grid(axis="y", visible=True)
    return figure


@_styled
def named_together(matrix: pd.DataFrame, names: pd.DataFrame) -> Figure:
    """A matrix: in how many sentences two actors are named together, most named at the right and the top.

    matrix    as `tallies.together` gives it; names    a table with actor_id, name_ar, name_en.
    """
    titles = ("مَن يُذكَر مع مَن؟", "Who is named together: sentences that name both")
    if len(matrix) < 2:
        return _nothing(titles, "no two actors are named in two sentences or more")
    named = names.drop_duplicates("actor_id").set_index("actor_id").loc[matrix.index]
    ids = list(matrix.index)
    pairs = sorted((-int(matrix.loc[a, b]), i, a, b) for i, a in enumerate(ids) for b in ids[i + 1 :])
    named_en = named["name_en"]
    said = _sentence([f"{named_en[a]} and {named_en[b]} in {-n} sentences" for n, _, a, b in pairs[:3] if n])
    alt = f"Matrix of {len(matrix)} actors named in the same sentence; most often {said}."
    figure, ax = _canvas(0.6 + ROW * len(matrix), titles, alt)
    shown = matrix.to_numpy(dtype=float, copy=True)
    for i in range(len(matrix)):
        shown[i, i] = float("nan")
    most = max(-pairs[0][0], 1)
    ax.pcolormesh(shown, cmap="Blues", vmin=0, vmax=most * 1.25, edgecolors="white", linewidth=2)
    for i in range(len(matrix)):
        for j in range(len(matrix)):
            value = int(matrix.iloc[i, j])
            if i != j and value:
                colour = "white" if value > most * 0.8 else "#1f2428"
                ax.text(j + 0.5, i + 0.5, str(value), ha="center", va="center", color=colour)
    centres = [n + 0.5 for n in range(len(matrix))]
    _rows(ax, named, centre=0.5)
    ax.set_xticks(centres, [])
    for at, row in zip(centres, named.itertuples(), strict=True):
        style = {"xycoords": ("data", "axes fraction"), "textcoords": "offset points", "ha": "center", "va": "top"}
        ax.annotate(rtl.label(row.name_ar, 9), (at, 0), (0, -4), fontsize=8, **style)
        ax.annotate(rtl.label(row.name_en, 9), (at, 0), (0, -27), fontsize=7, color=QUIET, **style)
    ax.spines["bottom"].set_visible(False)
    ax.grid(visible=False)
    return figure


@_styled
def speaks_and_spoken_about(voices: pd.DataFrame) -> Figure:
    """Bars to both sides: the claims that each actor makes, and those of others that are about it.

    voices    as `tallies.voices` gives it.
    """
    titles = ("مَن يتكلّم، ومَن يُتكلَّم عنه؟", "Who speaks, and who is only spoken about: attributed claims")
    shown = voices[voices[["speaks", "ascribed", "spoken_for", "spoken_about"]].sum(axis=1) > 0].reset_index(drop=True)
    shown = shown.assign(heard=shown["speaks"] + shown["ascribed"] + shown["spoken_for"])
    if shown.empty:
        return _nothing(titles, "no claim is annotated as anybody's")
    said = _sentence([f"{r.name_en} {r.heard} and {r.spoken_about}" for r in shown.itertuples()])
    alt = f"Bar chart of claims made by each actor or by those who speak for it, and claims of others about it: {said}."
    figure, ax = _canvas(0.4 + ROW * len(shown), titles, alt, keyed=True)
    at = range(len(shown))
    # x grows to the left: what they say is at the right, next to the name; what is said of them at the left.
    left = pd.Series(0, index=shown.index)
    for column, colour, text in (
        ("spoken_for", LIGHT, "يتكلّم منتسبٌ إليه  its people speak"),
        ("ascribed", MIDDLE, "يُنسَب إليه  told of it"),
        ("speaks", DARK, "يتكلّم  speaks"),
    ):
        ax.barh(at, -shown[column], left=left, color=colour, height=0.7, label=rtl.label(text))
        left = left - shown[column]
    about = rtl.label("يُتكلَّم عنه  spoken about")
    ax.barh(at, shown["spoken_about"], color=ACCENT, height=0.7, label=about)
    for y, row in zip(at, shown.itertuples(), strict=True):
        for value, side, align in ((row.heard, -1, "left"), (row.spoken_about, 1, "right")):
            if value:
                ax.annotate(
                    str(value), (side * value, y), (-5 * side, 0), textcoords="offset points", ha=align, va="center"
                )
    ax.axvline(0, color="#1f2428", linewidth=1)
    _rows(ax, shown)
    _key(figure, ax)
    margin = max(shown["heard"].max(), shown["spoken_about"].max()) * 0.1
    ax.set_xlim(shown["spoken_about"].max() + margin, -shown["heard"].max() - margin)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    return figure
