"""Renders readings and tables as HTML in a language."""

from helpers.report import html_tables, interface, outputs, views
from helpers.report.html_tables import Page


def page(lang="en", known=lambda english: None, reading=None):
    """The `Page` with which outputs are rendered in a language."""
    return Page(interface.load(lang), known, reading)


def view(what, reading, lang="en", known=lambda english: None):
    """A view of a reading."""
    return views.View(what, reading).html(interface.load(lang), known)


def article(reading, lang="en"):
    """The article with its claims."""
    return view("article", reading, lang)


def claims(reading, lang="en"):
    """The claims of a reading, as a table."""
    return view("claims", reading, lang)


def sources(reading, lang="en"):
    """The sources of a reading, as a table."""
    return view("sources", reading, lang)


def table(frame, caption="", on=None):
    """A DataFrame as a table."""
    return outputs.html({"show": "table"} | html_tables.as_data(frame, caption), on or page())
