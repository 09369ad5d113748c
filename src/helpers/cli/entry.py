"""The entry point of `isnad`: signals are seen to before anything else is imported."""

from helpers.cli import signals


def main() -> None:
    """Run the command; a signal ends it in one line from the first moment."""
    with signals.stopped():
        from helpers.cli import commands  # takes a fifth of a second

        commands.main()
