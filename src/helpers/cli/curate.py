"""`isnad curate`: serves the annotator for one article to a browser on this machine, until Ctrl-C."""

import sys
import webbrowser

from helpers.cli import working
from helpers.curation.server import Server
from helpers.curation.session import Session
from helpers.text import invisible
from helpers.text.articles import Article


def serve(article: Article, annotator: str, browser: bool) -> None:
    """Serve the annotator for an article until an exception, such as that of Ctrl-C; then write the tables.

    browser   open the page in the user's browser
    Raises    InputError if the article is open in another window, or its annotations are invalid.
    """
    opened: Session | None = None
    try:
        with working.session(article, annotator) as opened, Server(opened.answer, str(opened.folder)) as server:
            print(server.address, flush=True)
            where = invisible.shown(str(opened.folder))
            print(f"isnad: decisions are kept in {where}", file=sys.stderr)
            print("isnad: open this address in a browser on this machine; Ctrl-C ends, and saves", file=sys.stderr)
            if browser:
                webbrowser.open(server.started)
            server.serve_forever()
    except KeyboardInterrupt:  # the decisions are in the tables now
        if opened:
            done = opened.progress()
            print(f"isnad: saved: {done['decided']} of {done['of']} attributed claims decided", file=sys.stderr)
        raise
