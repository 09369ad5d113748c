"""The last stage: who speaks where a clause names nobody, written into the drafts of an article."""

from types import SimpleNamespace

from msgspec import structs

from helpers.extraction import antecedents
from helpers.extraction.drafts import Draft
from helpers.extraction.texts import Text


def resolve(text: Text, drafts: list[Draft]) -> list[Draft]:
    """The drafts with their antecedents; the list keeps its order, for `within` and `turn` are numbers in it."""
    walked = [SimpleNamespace(quotation=draft.quotation, rule=draft.rule, **structs.asdict(draft)) for draft in drafts]
    for here, draft in zip(walked, drafts, strict=True):
        here.within = None if draft.within is None else walked[draft.within]
        here.turn = None if draft.turn is None else walked[draft.turn]
    antecedents.resolve(text, walked, text.sentences, [place.paragraph for place in text.article.sentences])
    return [
        draft if here.antecedent is None else structs.replace(draft, antecedent=here.antecedent)
        for here, draft in zip(walked, drafts, strict=True)
    ]
