"""Finds the speaker of a clause that names none: the likeliest candidate, or nobody if none is likely enough.

The model is a conditional logit (McFadden 1974) over the candidates and «nobody»: a probability depends on the sum of
the weights of the features, which are in `antecedents.csv`. Claims are resolved in order, since a speaker that was
found can be the speaker of later claims.
"""

from collections.abc import Iterator
from math import exp

from msgspec import Struct, structs

from helpers.extraction import antecedent_features, candidates
from helpers.extraction.drafts import Draft, Range
from helpers.extraction.speakers import Candidate, speakers
from helpers.extraction.texts import Text
from helpers.extraction.weights import Weights
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import Role

LIKELY = 0.35  # probability, 0 to 1: if no speaker reaches it, the claim is unresolved


class Choice(Struct, frozen=True, gc=False):
    """A claim whose speaker is to be found: its number, the candidates, their features, and those of «nobody»."""

    number: int
    candidates: list[Candidate]
    names: list[frozenset[str]]
    features: list[list[str]]
    nobody: list[str]

    def settle(self, drafts: list[Draft], words: Range | None) -> None:
        """Set the speaker of this claim in a list of drafts; None leaves it unresolved."""
        drafts[self.number] = structs.replace(drafts[self.number], antecedent=words)


def resolve(text: Text, drafts: list[Draft], weights: Weights) -> list[Draft]:
    """The drafts of an article in the same order; those without a source get an antecedent or are left unresolved."""
    resolved = list(drafts)
    for choice in choices(text, resolved):
        at = likeliest(choice, weights)
        choice.settle(resolved, None if at is None else choice.candidates[at].words)
    return resolved


def choices(text: Text, drafts: list[Draft]) -> Iterator[Choice]:
    """Each claim without a source, in order. The caller must settle it before the next one, which can depend on it."""
    everybody = speakers(text, drafts)
    for number, draft in enumerate(drafts):
        if draft.source is None:
            if impersonal(text, draft) or draft.hit.part == "punctuation":
                continue
            found = candidates.find(everybody, draft)
            yield Choice(
                number,
                found,
                [everybody.name(one.words).words for one in found],
                antecedent_features.features(everybody, draft, found),
                antecedent_features.nobody(everybody, draft),
            )
        everybody.add(drafts[number])


def likeliest(choice: Choice, weights: Weights, enough: float = LIKELY) -> int | None:
    """The index of the likeliest candidate, or None. The probabilities of candidates of the same name are added."""
    if not choice.candidates:
        return None
    sums = [weights.sum(features) for features in choice.features]
    top = max(sums)
    best = sums.index(top)
    shares = [exp(each - top) for each in sums]
    everything = sum(shares) + exp(min(weights.sum(choice.nobody) - top, 50))
    same = sum(share for share, names in zip(shares, choice.names, strict=True) if names & choice.names[best])
    return best if same / everything >= enough else None


def impersonal(text: Text, draft: Draft) -> bool:
    """Whether the claim has no particular speaker: a passive (by letters or vowel marks), a rumour, «ويعتقد أن»."""
    hit, at = draft.hit, draft.at
    if hit.part == "passive" or hit.cue.act == "hearsay":
        return True
    if hit.part == "masdar" and not hit.lead.endswith(letters().article):
        return not text.words[at].endswith(letters().third)  # هناك اعتقاد بأن
    if hit.part not in ("perfect", "imperfect"):
        return False
    if letters().damma[0] in text.written(at)[len(hit.lead) : len(hit.lead) + 2]:
        return True  # أُعلن
    believed = text.role(at, Role.believed)
    return believed and not (at and text.role(at - 1, Role.pronoun | Role.alongside))
