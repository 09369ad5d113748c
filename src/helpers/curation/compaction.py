"""When the tables of a folder are written from its journal: after many operations, or a while without one."""

import threading
from collections.abc import Callable
from pathlib import Path

from helpers.curation import tables
from helpers.curation.journal import Journal
from helpers.curation.state import State

OFTEN = 50  # operations after which the tables are written
IDLE = 10.0  # seconds without an operation after which they are written


class Compaction:
    """Writes tables, and keeps those that another program wrote since this one read or wrote them.

    stamps       of the tables before they were read (`tables.stamps`)
    when_idle    called in a thread of its own, `IDLE` seconds after `later`
    """

    def __init__(self, folder: Path, journal: Journal, stamps: dict[str, str], when_idle: Callable[[], None]) -> None:
        self._folder, self._journal, self._stamps, self._when_idle = folder, journal, stamps, when_idle
        self._timer: threading.Timer | None = None

    @property
    def missing(self) -> int:
        """How many operations of the journal the tables do not include."""
        return len(self._journal.entries) - self._journal.compacted

    def write(self, state: State, notices: list[str]) -> None:
        """Write the tables, if they do not include all operations; a notice is added for each that was kept.

        Raises    OSError or InputError if that fails; nothing is lost, since the journal has all operations.
        """
        self.stop()
        if not self.missing:
            return
        for copy in tables.kept(self._folder, self._stamps):
            notices.append(
                f"{copy}: this is what another program wrote while the article was open; the table itself has what was "
                "decided here, so make those changes again"
            )
        self._stamps = tables.stamps(self._folder)
        tables.save(self._folder, state)
        self._stamps = tables.stamps(self._folder)
        self._journal.mark(len(self._journal.entries))

    def later(self) -> None:
        """Call `when_idle` after a while, unless this or `write` is called before."""
        self.stop()
        self._timer = threading.Timer(IDLE, self._when_idle)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        """Call it no more."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
