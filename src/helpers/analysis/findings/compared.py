"""Findings about two annotations of an article: the machine's and people's, or two people's (notebook 06)."""

from collections import Counter

import pandas as pd

from helpers.analysis import audit
from helpers.analysis.findings.wording import of_them
from helpers.evaluation import agreement, metrics
from helpers.evaluation.agreement import Agreement
from helpers.evaluation.metrics import Comparison
from helpers.records.messages import Message, message
from helpers.records.readings import Reading


def machine_found(people: Reading, comparison: Comparison) -> list[Message]:
    """How many of people's claims the machine found, missed, and added."""
    if people.claims_from != "people":
        return [message("finding.compared.nothing")]
    what = Counter(outcome.what for outcome in comparison.outcomes)
    otherwise = what["wrong source"] + what["wrong content"]
    wanted = what["right"] + what["missed"] + otherwise
    said = [message("finding.compared.silent")]
    if wanted:
        said = [of_them("finding.compared", "attributed", what["right"], wanted)]
        said += [message("finding.otherwise", n=otherwise)] if otherwise else []
        said += [message("finding.missed", n=what["missed"])] if what["missed"] else []
    added = what["spurious"]
    return [*said, message("finding.added", n=added) if added else message("finding.added.none")]


def differing(people: Reading, comparison: Comparison) -> list[Message]:
    """In what the two differ if both found a claim."""
    if people.claims_from != "people":
        return [message("finding.compared.nothing")]
    what = Counter(outcome.what for outcome in comparison.outcomes)
    source, content = what["wrong source"], what["wrong content"]
    both = what["right"] + source + content
    if not both:
        return [message("finding.both_found.nothing")]
    said = [of_them("finding.both_found", "attributed", source + content, both)]
    said += [message("finding.differ.source", n=source)] if source else []
    return said + ([message("finding.differ.content", n=content)] if content else [])


def unsure(machine: Reading) -> list[Message]:
    """How many of the machine's claims have low confidence, and which has the lowest."""
    made = [claim for claim in audit.attributed(machine) if claim.confidence is not None]
    if not made:
        return [message("finding.unsure.nothing")]
    doubtful = [claim for claim in made if (claim.confidence or 0) < audit.UNSURE]
    least = min(made, key=lambda claim: (claim.confidence, claim.order))
    said = [of_them("finding.unsure", "attributed", len(doubtful), len(made), below=f"{audit.UNSURE}")]
    if len(made) == 1:
        return said
    return [*said, message("finding.least_sure", claim=least.claim_id, confidence=f"{least.confidence:.2f}")]


def word_by_word(people: Reading, table: pd.DataFrame) -> list[Message]:
    """How many words the two read in the same way. `table` as returned by `comparisons.agreement`."""
    if people.claims_from != "people":
        return [message("finding.compared.nothing")]
    counts = table.to_numpy()
    alike = of_them("finding.words_alike", "words", int(counts.trace()), int(counts.sum()))
    kappa = metrics.kappa(counts.tolist())
    said = message("finding.kappa.none") if kappa is None else message("finding.kappa", kappa=f"{kappa:.2f}")
    return [alike, said]


def annotators(found: Agreement | None) -> list[Message]:
    """How many claims two annotators have in common, and how many each has alone; one line if there are not two."""
    if found is None:
        return [message("finding.annotators.nothing")]
    counts = found.counts[agreement.CLAIM]
    both = int(counts.right)
    said = message("finding.annotators", n=both) if both else message("finding.annotators.none")
    alone = message("finding.annotators.alone", a=counts.gold - both, b=counts.predicted - both)
    return [said, alone]
