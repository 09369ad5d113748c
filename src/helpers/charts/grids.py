"""Charts with names in rows and outlets or months in columns: the heads of columns, and what part of all is shown."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from helpers.charts.options import Cut
from helpers.records.messages import message

MONTHS, SPEAKERS = 8, 12  # columns and rows that one chart can show


def part(**counts: tuple[int, int]) -> Cut | None:
    """A cut from (number shown, number of all) by what is counted; None if all are shown.

    >>> part(names=(20, 85), outlets=(8, 8)).english
    '20 of 85 names, 8 of 8 outlets'
    """
    if all(n == of for n, of in counts.values()):
        return None
    called = {"names": "الأسماء", "outlets": "الوسائل", "months": "الأشهر الأخيرة"}
    arabic = "، ".join(f"{called[what]}: {n:,} من {of:,}" for what, (n, of) in counts.items())
    english = ", ".join(f"{'the last ' * (what == 'months')}{n:,} of {of:,} {what}" for what, (n, of) in counts.items())
    alt = message("alt.part", parts=tuple(message(f"alt.part.{what}", n=n, of=of) for what, (n, of) in counts.items()))
    return Cut(arabic, english, alt)


def headed(ax: Axes, at: Sequence[float], labels: list[str]) -> None:
    """Put the names of columns above them, and remove the lines around the axes."""
    ax.xaxis.tick_top()
    ax.set_xticks(at, labels, fontsize=9)
    ax.tick_params(axis="x", length=0)
    ax.grid(False)
    ax.spines[:].set_visible(False)


def headings_height(headings: Sequence[str]) -> int:
    """The height of the names of columns above the axes, in points."""
    return 6 + 14 * max(heading.count("\n") + 1 for heading in headings)
