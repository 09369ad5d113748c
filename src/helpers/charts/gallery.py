"""All charts of one article, by name: those of the notebooks, to be saved as files for printing."""

from matplotlib.figure import Figure

from helpers.analysis import audit, frames, shares
from helpers.charts import actors, claims, events
from helpers.extraction import times
from helpers.records.readings import Reading


def figures(reading: Reading) -> dict[str, Figure]:
    """Every chart of the notebooks, by a name that can be that of a file."""
    mentions = frames.mentions(reading)
    together, register, table = frames.together(mentions), frames.sources(reading), frames.claims(reading)
    return {
        "mentions": actors.mentions_per_actor(frames.counts(mentions)),
        "spellings": actors.spellings(frames.spellings(mentions), mentions),
        "dispersion": actors.dispersion(mentions, len(reading.article.paragraphs)),
        "together": actors.named_together(together, mentions),
        "network": actors.network(together, mentions),
        "voices": claims.speaks_and_spoken_about(frames.voices(reading)),
        "words": claims.words_rest_on(shares.by_basis(reading)),
        "sources": claims.claims_by_source(audit.by_source(reading)),
        "chain": claims.chain(audit.chain(reading), register, mentions, table),
        "timeline": events.timeline(frames.events(reading, times.find(reading.article))),
    }
