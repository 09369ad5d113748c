"""The annotator in a notebook: the article with its claims, and above it, for a person who sits before it, a card that opens
it for review.

Where no person can be, as in a report, under nbval, or in a notebook that a program runs, there is the article alone.
"""

from pathlib import Path

from IPython.display import display

from helpers import readings
from helpers.curation.desk import Desk
from helpers.curation.session import user
from helpers.files import paths
from helpers.records.readings import Reading
from helpers.report import live, views
from helpers.report.show import show
from helpers.text import articles


def annotator(of: Reading | Path | str, who: str | None = None, person: bool | None = None) -> None:
    """Display an article with its claims, and where a person can decide on them, a card above it that opens the annotator.

    of        the reading of an article, or the path of one, read from home where it is no absolute one
    who       whose decisions they are; by default the user's name on this machine
    person    whether a person sits before the notebook; by default, whether Jupyter's server started this kernel for one
    Raises    InputError for an article that cannot be read. Annotations are opened when the person asks for them.
    """
    reading = of if isinstance(of, Reading) else readings.read(articles.load(paths.resolve(of)))
    if live.before_a_person() if person is None else person:
        from helpers.curation.card import Card  # what nobody looks at needs no widgets

        display(Card(Desk(reading.article, who or user())))
    else:
        display(live.INSTEAD, raw=True)
    show(views.article(reading))
