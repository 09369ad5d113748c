"""The annotator in a notebook: the article with its claims and, in an interactive session, a card to review them.

In a report, under nbval, or in a notebook run by a program, only the article is shown.
"""

from pathlib import Path

from IPython.display import display

from helpers import readings
from helpers.curation.folder_lock import user
from helpers.curation.notebook_server import NotebookServer
from helpers.files import paths
from helpers.records.readings import Reading
from helpers.report import interactive, views
from helpers.report.show import show
from helpers.text import articles


def annotator(of: Reading | Path | str, who: str | None = None, person: bool | None = None) -> None:
    """Display an article with its claims and, in an interactive session, a card above it that opens the annotator.

    of        the reading of an article, or its path, below home if not absolute
    who       the annotator; by default the user's name on this machine
    person    whether the session is interactive; by default, whether Jupyter's server started this kernel for a
              notebook
    Raises    InputError for an article that cannot be read. Annotations are opened only when the card is used.
    """
    reading = of if isinstance(of, Reading) else readings.read(articles.load(paths.resolve(of)))
    if interactive.for_a_person() if person is None else person:
        from helpers.curation.card import Card  # widgets are needed only here

        display(Card(NotebookServer(reading.article, who or user())))
    else:
        display(interactive.INSTEAD, raw=True)
    show(views.article(reading))
