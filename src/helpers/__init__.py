"""Isnad's helpers: they compute; the notebooks tell; the facts are in `data`.

The data goes one way: articles and lexicons, then mentions, claims and sources, then tallies, then charts and
markup, then reports. Nothing on the left knows of anything on its right.
"""

__version__ = "0.2.0"
