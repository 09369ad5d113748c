"""Why a claim was found and how sure that is, and why a word that can report made none."""

from helpers.extraction import finder, texts, written
from helpers.extraction.confidence import Confidence
from helpers.extraction.drafts import Draft
from helpers.extraction.vetoes import Trace
from helpers.files import csv_rows, paths
from helpers.lexicon.vocabulary import Vocabulary
from helpers.records.explanations import Explained, Explanation, Vetoed
from helpers.text.articles import Article

COLUMNS = ("veto", "example", "counter_example", "note")


def explain(article: Article, vocabulary: Vocabulary, confidence: Confidence) -> Explained:
    """Explain what the finder makes of an article: its attributed claims by id, and the cues that it gave up.

    The ids are those of `claims.find`. Takes the time of reading the article once more.
    """
    text, trace = texts.read(article, vocabulary), Trace()
    drafts = finder.drafts(text, vocabulary.colon, trace)
    placed = written.placed(text, drafts, confidence)
    found = {
        claim.claim_id: _explained(drafts[which], claim.rule, trace) for claim, which in placed if which is not None
    }
    why = {row["veto"]: row["note"] for row in csv_rows.read(paths.lexicon("vetoes.csv"), COLUMNS)}
    made = {draft.at for draft in drafts}
    given_up = tuple(
        Vetoed(article.span(text.starts[at], text.ends[at]), hit.cue.lemma, veto, why[veto])
        for at, (hit, veto) in sorted(trace.stopped.items())
        if at not in made
    )
    return Explained(found, given_up)


def _explained(draft: Draft, rule: str | None, trace: Trace) -> Explanation:
    kind = draft.construction if rule == draft.rule else written.CARRIER
    known = "stated" if draft.source else "inherited" if draft.antecedent else "unresolved"
    return Explanation(
        {"name": rule, "anchor": kind.anchor, "opens": kind.opens, "cue": kind.cue, "source": kind.source},
        tuple(dict.fromkeys(trace.passed.get(draft.at, ()))),
        (f"rule: {rule}", f"source: {known}"),
    )
