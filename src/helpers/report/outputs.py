"""Renders the data of a notebook's output in the language of a page."""

from typing import Any

from helpers.report import html_tables, interface, views
from helpers.report.html_tables import Page
from helpers.text import invisible

MIME = "application/vnd.isnad+json"


def html(data: dict[str, Any], page: Page) -> str:
    """The data of an output (`show`) as HTML.

    Raises    KeyError for anything but a message, key figures, a table or a view; a view needs the page's reading.
    """
    if data["show"] in views.VIEWS and page.reading is not None:
        return views.View(data["show"], page.reading).html(page.said, page.known)
    return _OF[data["show"]](data, page)


def alt(data: dict[str, Any], page: Page) -> str:
    """The alternative text of a chart, as plain text."""
    return invisible.apart_not(page.plain(data["alt"]))


def plain(data: dict[str, Any]) -> str:
    """The plain text of an output, in place of HTML: for messages their English."""
    if data["show"] != "message":
        return ""
    given = data["message"]
    page = Page(interface.load("en"))
    return "\n".join(invisible.apart_not(page.plain(each)) for each in (given if isinstance(given, list) else [given]))


def _message(data: dict[str, Any], page: Page) -> str:
    given = data["message"]
    if isinstance(given, list):
        return f'<ul class="isnad-findings">{"".join(f"<li>{page.message(each)}</li>" for each in given)}</ul>'
    return f'<p class="isnad-finding">{page.message(given)}</p>'


def _figures(data: dict[str, Any], page: Page) -> str:
    """Key figures: numbers, each with the sentence that says what it counts."""
    tiles = "".join(
        f"<li><strong>{page.message(n)}</strong> <span>{page.message(said)}</span></li>" for n, said in data["items"]
    )
    return f'<ul class="isnad-figures">{tiles}</ul>'


def _nothing(data: dict[str, Any], page: Page) -> str:
    return f'<p class="isnad-note">{page.message(data["alt"])}</p>'


_OF = {"message": _message, "figures": _figures, "table": html_tables.table, "nothing": _nothing}
