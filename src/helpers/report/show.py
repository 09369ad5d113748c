"""Displays tables, charts, messages and views of a reading in a notebook, with their data for pages in any language.

An output has its data (`application/vnd.isnad+json`) and the English HTML that JupyterLab displays; a page of a report
renders the data in its own language (`outputs`).
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure

from helpers import charts
from helpers.records.messages import Message, Value, to_json
from helpers.report import interface, outputs
from helpers.report.html_tables import Page, as_data
from helpers.report.outputs import MIME
from helpers.report.views import View

Figures = Sequence[tuple[Value, Message]]  # numbers, each with a message that says what it counts


def show(
    thing: pd.DataFrame | Figure | Message | Sequence[Message] | Figures | View, caption: str | Message = ""
) -> None:
    """Display a table, chart, message or view in a notebook.

    thing      a DataFrame; a figure of `helpers.charts`; a message, or a list of them; a list of key figures, each with
               its message; a view of `helpers.report.views`
    caption    the caption of a table: a sentence, or a message
    Raises     TypeError for anything else.
    """
    if isinstance(thing, Figure):
        _show_chart(thing)
        return
    if isinstance(thing, View):
        data: dict[str, Any] = {"show": thing.what}
        html = thing.html(interface.load("en"))
    else:
        data = _data(thing, caption)
        html = outputs.html(data, Page(interface.load("en")))
    display({"text/html": html, "text/plain": outputs.plain(data), MIME: data}, raw=True)


def _data(thing: object, caption: str | Message) -> dict[str, Any]:
    if isinstance(thing, pd.DataFrame):
        return {"show": "table"} | as_data(thing, caption if isinstance(caption, str) else to_json(caption))
    if isinstance(thing, Message):
        return {"show": "message", "message": to_json(thing)}
    if isinstance(thing, Sequence) and all(isinstance(each, Message) for each in thing):
        return {"show": "message", "message": [to_json(each) for each in thing]}
    if isinstance(thing, Sequence) and all(isinstance(each, tuple) for each in thing):
        return {"show": "figures", "items": [[to_json(n), to_json(what)] for n, what in thing]}
    raise TypeError(f"{type(thing).__name__} cannot be shown; give a DataFrame, a figure, messages or a view")


def _show_chart(figure: Figure) -> None:
    """Display a figure as a PNG with its alternative text; an empty chart as that text only."""
    page = Page(interface.load("en"))
    data = {"show": "chart", "alt": to_json(charts.alt(figure))}
    if charts.empty(figure):
        data["show"] = "nothing"
        display({"text/html": outputs.html(data, page), "text/plain": "", MIME: data}, raw=True)
        return
    png = {"image/png": charts.written(figure, "png"), "text/plain": "", MIME: data}
    about = {"alt": outputs.alt(data, page), "width": int(figure.get_figwidth() * 100)}
    display(png, metadata={"image/png": about}, raw=True)
