"""`isnad curate`: the annotator of one article in a browser, served on this machine until Ctrl-C."""

import sys
import webbrowser

from helpers.cli import working
from helpers.curation.server import Server
from helpers.text.articles import Article


def serve(article: Article, annotator: str, browser: bool) -> None:
    """Serve the annotator of an article; does not return but by an exception, as of Ctrl-C, and then all is in the tables.

    browser   open it in the user's browser
    Raises    InputError where another window has the article open, or its annotations do not hold.
    """
    with working.session(article, annotator) as session, Server(session.answer, str(session.folder)) as server:
        print(server.address, flush=True)
        print("isnad: open this address in a browser on this machine; Ctrl-C ends, and saves", file=sys.stderr)
        if browser:
            webbrowser.open(server.started)
        server.serve_forever()
