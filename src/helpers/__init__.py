"""Isnad's helpers: they compute; the notebooks explain; the facts are in `data`.

The data goes one way: text and lexicons, then extraction and annotation, then readings, then analysis, then charts,
then reports. Nothing on the left knows of anything on its right.
"""

__version__ = "0.2.0"
