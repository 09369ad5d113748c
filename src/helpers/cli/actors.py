"""The commands for the actors that articles name: `isnad actors suggest`."""

from typing import Annotated

import typer

from helpers import readings
from helpers.cli import options
from helpers.cli.options import Debug, OneArticle, OneId, takes_articles
from helpers.cli.terminal import call
from helpers.inputs.input_articles import Options
from helpers.text import invisible

actors = typer.Typer(help="The actors that articles name.", no_args_is_help=True)


@actors.command()
@takes_articles
def suggest(
    article: OneArticle,
    confirm: Annotated[
        list[str] | None,
        typer.Option(
            help="Write candidate N to your own lexicon: N, N:TYPE or N:TYPE=ENGLISH NAME. Repeat it for more."
        ),
    ] = None,
    rename: Annotated[
        list[str] | None,
        typer.Option(help="Confirm candidate N under another Arabic name: N=NAME."),
    ] = None,
    join: Annotated[
        list[str] | None,
        typer.Option(help="Candidates N and M are the same actor: N+M; or N is an actor in a lexicon: N+ACTOR_ID."),
    ] = None,
    reject: Annotated[
        list[str] | None,
        typer.Option(help="Candidate N names nobody, here and in any article from now on."),
    ] = None,
    one_id: OneId = None,
    *,
    asked: Options,
    debug: Debug = False,
) -> None:
    """List the names that a machine found in an article and no lexicon has, and decide on them: confirm, rename, join, reject."""
    with call(debug) as failures, failures.caught(article):
        from helpers.extraction import suggestions

        decisions = suggestions.Decisions.read(confirm or (), rename or (), join or (), reject or ())
        loaded = options.one(article, asked, one_id)
        reading = readings.read(loaded, readings.known(), machine=True)
        candidates = suggestions.candidates(reading)
        if decisions.confirmed or decisions.rejected:
            for done in suggestions.decide(decisions, candidates, reading.article.article_id):
                print(invisible.shown(done))
        else:
            print(suggestions.as_text(reading, candidates))
