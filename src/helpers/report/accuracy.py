"""The measured accuracy of the machine (`measured.csv`), in the words of pages and notebooks."""

from helpers.files import csv_rows, paths
from helpers.records.messages import Message, message
from helpers.report import interface


def figures() -> dict[str, float]:
    """The accuracy of the machine's claims, by measure, on news that was not used in writing its rules."""
    rows = csv_rows.read(paths.lexicon("measured.csv"), ("measure", "value", "note"))
    return {row["measure"]: float(row["value"]) for row in rows}


def worth() -> Message:
    """A message on how often the machine was right when measured."""
    found = figures()
    return message("measured", **{key: round(found[key] * 100) for key in ("precision", "recall")})


def measured(said: interface.Interface) -> str:
    """How often the machine was right when measured, as a sentence."""
    return said.text(worth())


def how_measured(said: interface.Interface) -> str:
    """How that was measured, as a sentence."""
    found = figures()
    parts = {key: f"{found[key]:.2f}" for key in ("f1", "low", "high")}
    return said("how_measured", articles=int(found["articles"]), **parts)
