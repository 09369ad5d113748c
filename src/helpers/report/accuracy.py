"""How often the machine was right where it was measured, as pages and notebooks say it."""

from helpers.records.messages import Message, message
from helpers.report import interface


def worth() -> Message:
    """How often the machine was right where it was measured."""
    found = interface.measured()
    return message("measured", **{key: round(found[key] * 100) for key in ("precision", "recall")})


def measured(said: interface.Interface) -> str:
    """How often the machine was right where it was measured, as a sentence."""
    return said.text(worth())


def how_measured(said: interface.Interface) -> str:
    """On what that was measured, for who wants to know."""
    found = interface.measured()
    parts = {key: f"{found[key]:.2f}" for key in ("f1", "low", "high")}
    return said("how_measured", articles=int(found["articles"]), **parts)
