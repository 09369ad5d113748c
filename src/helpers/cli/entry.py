"""The entry point of `isnad`, which handles signals before anything else is imported."""

from helpers.cli import signals


def main() -> None:
    """Run the command; from the beginning, a signal ends it with one line."""
    with signals.stopped():
        from helpers.cli import commands  # takes a fifth of a second

        commands.main()
