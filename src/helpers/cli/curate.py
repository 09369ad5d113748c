"""`isnad curate`: the annotator of one article in a browser, served on this machine until Ctrl-C."""

import sys
import webbrowser

from helpers.cli import working
from helpers.curation.server import Server
from helpers.curation.session import Session
from helpers.text.articles import Article


def serve(article: Article, annotator: str, browser: bool) -> None:
    """Serve the annotator of an article; does not return but by an exception, as of Ctrl-C, and then all is in the tables.

    browser   open it in the user's browser
    Raises    InputError where another window has the article open, or its annotations do not hold.
    """
    opened: Session | None = None
    try:
        with working.session(article, annotator) as opened, Server(opened.answer, str(opened.folder)) as server:
            print(server.address, flush=True)
            print("isnad: open this address in a browser on this machine; Ctrl-C ends, and saves", file=sys.stderr)
            if browser:
                webbrowser.open(server.started)
            server.serve_forever()
    except KeyboardInterrupt:  # what was decided is in the tables now
        if opened:
            done = opened.progress()
            print(f"isnad: saved: {done['decided']} of {done['of']} claims decided", file=sys.stderr)
        raise
