"""Isnad's code. Notebooks explain, this package computes, and facts about Arabic are in `data`.

Data flows in one direction: text and lexicons, extraction and annotation, readings, analysis, charts, reports. No
stage imports from a later one.
"""

__version__ = "0.2.0"
