"""How often the machine was right where it was measured, as pages and notebooks say it: `measured.csv`."""

from helpers.files import csv_rows, paths
from helpers.records.messages import Message, message
from helpers.report import interface


def figures() -> dict[str, float]:
    """How often the machine's claims were right on news that its rules had not been written on, by measure."""
    rows = csv_rows.read(paths.lexicon("measured.csv"), ("measure", "value", "note"))
    return {row["measure"]: float(row["value"]) for row in rows}


def worth() -> Message:
    """How often the machine was right where it was measured."""
    found = figures()
    return message("measured", **{key: round(found[key] * 100) for key in ("precision", "recall")})


def measured(said: interface.Interface) -> str:
    """How often the machine was right where it was measured, as a sentence."""
    return said.text(worth())


def how_measured(said: interface.Interface) -> str:
    """On what that was measured, for who wants to know."""
    found = figures()
    parts = {key: f"{found[key]:.2f}" for key in ("f1", "low", "high")}
    return said("how_measured", articles=int(found["articles"]), **parts)
