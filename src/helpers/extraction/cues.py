"""The first stage: reads each possible cue in its construction."""

from msgspec import structs

from helpers.extraction import modalities, nominals, nouns, particles, quoted, relayed, verbal_nouns, verbs
from helpers.extraction.constructions import Anchor, Opens, Stands
from helpers.extraction.cue_candidates import Candidate, Trace
from helpers.extraction.drafts import Draft
from helpers.extraction.texts import Text
from helpers.extraction.vetoes import Stage, stopped
from helpers.lexicon.roles import Role


def drafts(text: Text, start: int, end: int, cues: list[int], trace: Trace | None = None) -> list[Draft]:
    """The claims of the cues in the sentence start:end, in order; a word that is part of a claim's cue begins no other."""
    made: list[Draft] = []
    owned: set[int] = set()
    begun: set[int] = (
        set()
    )  # the first words of contents: in a quotation, another may be quoted: «وأضاف: «تعتقد الشركة أن …»»
    for at in cues:
        if at in owned and not (at in begun and text.kinds[at].finite and text.quoted(at)):
            continue
        for hit in text.kinds[at].hits:
            draft = _draft(Candidate(text, start, end, at, hit, trace))
            if draft is None:
                continue
            last = made[-1] if made else None
            if last and hit.part == "particle" and last.at < at < last.content[0]:
                told = last.content
                if (draft.source or draft.cue or (at, at + 1))[1] <= told[0]:
                    here = structs.replace(draft.construction, cue=Stands.AFTER)  # ذكر التلفزيون نقلا عن مصدر أن …
                    draft = structs.replace(draft, content=told, construction=here)
            if last and _again(draft, last):
                draft = structs.replace(draft, content=last.content)
            if last and _closes(draft, last):
                made[-1] = structs.replace(last, content=(last.content[0], min(last.content[1], draft.begins)))
                owned |= set(range(draft.begins, draft.cue[1] if draft.cue else at + 2))
                break
            if last and _aside(draft, last):
                owned |= set(range(draft.begins, draft.cue[1] if draft.cue else at + 2))
                break
            if draft.construction.trails or draft.content[0] not in owned:
                made.append(modalities.told(text, start, end, draft))
                owned |= _owned(draft)
                begun.add(draft.content[0])
                break
    return made


def _owned(draft: Draft) -> set[int]:
    """The words at which no other claim can begin."""
    kind, owned = draft.construction, {draft.at}
    if kind.opens is not Opens.BESIDE:  # وفق الوكالة، قال الوزير إن …
        owned.add(draft.content[0])
    if kind.anchor in (Anchor.AS_SAID, Anchor.RELAYED):
        owned |= set(range(draft.begins, draft.source[0] + 1 if draft.source else draft.at + 1))
    return owned


def _again(draft: Draft, before: Draft) -> bool:
    """Whether a particle directly follows the source of another, for the same content: «بحسب الصحيفة نقلا عن مصدر»."""
    trailing = all(one.construction.beside and one.construction.cue is Stands.AFTER for one in (draft, before))
    return trailing and before.source is not None and before.source[1] == draft.begins


def _closes(draft: Draft, before: Draft) -> bool:
    """Whether a particle or phrase with a pronoun only closes the claim before it: «قال الناطق إن …، بحسب قوله»."""
    alone = draft.source is None and draft.construction.cue is Stands.AFTER
    return alone and before.content[0] < draft.begins <= before.content[1]


def _aside(draft: Draft, before: Draft) -> bool:
    """Whether a particle or phrase with a pronoun is inside the claim before it: «إن الناخبين، على حد تعبيره، صوتوا»."""
    kind = draft.construction
    amid = kind.opens is Opens.BESIDE and kind.cue is Stands.AMID and kind.anchor in (Anchor.PHRASE, Anchor.PARTICLE)
    return amid and draft.source is None and before.content[0] < draft.begins < before.content[1]


def _draft(cue: Candidate) -> Draft | None:
    """The claim of a cue, read by its kind; None if it does not report."""
    part = cue.hit.part
    if part == "particle":
        return particles.particle(cue)
    if part == "phrase":
        return particles.phrase(cue)
    if part == "participle" and cue.text.kinds[cue.at].kind and cue.role(cue.at - 1, Role.preposition):
        return None  # في مذكرة
    if part == "participle" and cue.at > cue.start and cue.role(cue.at - 1, Role.privative):
        return None  # المحادثات غير معلنة
    if part == "participle":
        return verbal_nouns.participle(cue) or quoted.find(cue) or nominals.participle(cue)
    if part == "masdar":
        return verbal_nouns.masdar(cue) or nouns.noun(cue) or nominals.masdar(cue)
    if "relays" in cue.hit.cue.takes and (draft := relayed.find(cue)):
        return draft
    if stopped(Stage.VERB, cue):
        return None
    return verbs.verb(cue) or quoted.find(cue) or nominals.verb(cue)
