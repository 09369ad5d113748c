"""Attributions given by their words in a text instead of offsets."""

from helpers.evaluation.gold_texts import SPAN_KEYS, Attribution, Extent


def at(text: str, words: str) -> Extent:
    """The offsets of the first occurrence of words in the text."""
    start = text.index(words)
    return start, start + len(words)


def attribution(text: str, cue_alt: list[str] = (), **given) -> Attribution:
    """An attribution, whose spans are given as words of the text."""
    spans = {name: at(text, given.pop(name)) if given.get(name) else given.pop(name, None) for name in SPAN_KEYS}
    return Attribution(**spans, cue_alt=tuple(at(text, words) for words in cue_alt), **given)
