"""The command `agreement`: how far two people agree on the same articles, and what they need to decide together."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from helpers.cli import options
from helpers.cli.options import Debug
from helpers.cli.terminal import call
from helpers.inputs import addresses
from helpers.text import invisible


def agreement(
    one: Annotated[
        Path,
        typer.Argument(help="A folder of annotations, or a folder of such folders.", parser=addresses.given),
    ],
    other: Annotated[Path, typer.Argument(help="Another one, of the same articles.", parser=addresses.given)],
    merge: Annotated[
        Path | None,
        typer.Option(
            help="Make this folder: both passes merged, with their differences left to decide.", readable=False
        ),
    ] = None,
    brief: Annotated[bool, typer.Option("--brief", help="Figures only, without the disagreements.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object instead of the text.")] = False,
    debug: Debug = False,
) -> None:
    """Compare what two people decided about the same articles: spans, words, columns, and every disagreement."""
    with call(debug) as failures:
        from helpers import readings
        from helpers.evaluation import agreement as agreements
        from helpers.evaluation import agreement_report, passes

        options.a_file(one, other)
        known = readings.known()
        folders, wrong = passes.paired(one, other)
        for fault in wrong:
            with failures.caught():
                raise fault
        found = []
        for pair in folders:
            with failures.caught(pair[0]):
                found.append(agreements.of(*passes.read(*pair, known.actors, known.cues)))
        if found and as_json:
            print(invisible.as_json(agreement_report.as_json(found, brief)))
        elif found:
            print(agreement_report.as_text(found, brief))
        if found and merge is not None:
            from helpers.curation import merging

            for each in found:
                with failures.caught(each.passes[0].where):
                    where = merge if (one, other) == folders[0] else merge / each.passes[0].where.name
                    done = merging.save(each.matched, where)
                    said = f"{len(done.annotations.claims)} claims, {done.decide} to decide"
                    print(f"{invisible.shown(str(where))}: {said}", file=sys.stderr if as_json else sys.stdout)
