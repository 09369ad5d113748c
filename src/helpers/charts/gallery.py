"""All charts of one article, by name: what the notebooks show, for files that a newsroom can print."""

from matplotlib.figure import Figure

from helpers import audits, shares, tallies, times
from helpers.charts import actors, claims, events
from helpers.readings import Reading


def figures(reading: Reading) -> dict[str, Figure]:
    """Every chart of the notebooks, by a name that is fit for a file."""
    mentions = tallies.mentions(reading)
    together, register, table = tallies.together(mentions), tallies.sources(reading), tallies.claims(reading)
    return {
        "mentions": actors.mentions_per_actor(tallies.counts(mentions)),
        "spellings": actors.spellings(tallies.spellings(mentions), mentions),
        "dispersion": actors.dispersion(mentions, len(reading.article.paragraphs)),
        "together": actors.named_together(together, mentions),
        "network": actors.network(together, mentions),
        "voices": claims.speaks_and_spoken_about(tallies.voices(reading)),
        "words": claims.words_rest_on(shares.by_source(reading)),
        "sources": claims.claims_by_source(audits.by_source(reading)),
        "chain": claims.chain(audits.chain(reading), register, mentions, table),
        "timeline": events.timeline(tallies.events(reading, times.find(reading.article))),
    }
