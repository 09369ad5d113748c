"""Generates the written forms of a reporting verb from its principal parts, as a dictionary cites them.

Only forms in which news reports are made: the third persons of the perfect and the imperfect (with the plural without
ن, and the jussive of a weak verb, which counts only after لم), the passive if it is spelled differently, the accusative
of the active participle (مشيرا), and the verbal noun alone and before a pronoun. Vowels are not written. The rules for
weak verbs are those of any grammar of Arabic, for example K. C. Ryding, *A Reference Grammar of Modern Standard
Arabic*, Cambridge 2005, chapters 21 to 31.
"""

import unicodedata
from collections.abc import Iterator

from msgspec import Struct

PRONOUNS = ("ه", "ها", "هم", "هما", "هن")
NEAR = "~"  # after the agreement of a form that is mostly another word, and reports only with أن near


class Parts(Struct, frozen=True, gc=False):
    """The principal parts of a verb: the third person masculine singular of the perfect and of the imperfect; the
    accusative of the active participle; the verbal noun, with others after bars (ادعاء|ادعاءات); the passive perfect
    if its letters differ. A part is empty if there is none.
    """

    perfect: str
    imperfect: str
    participle: str = ""
    masdar: str = ""
    passive: str = ""


def forms(verb: Parts) -> Iterator[tuple[str, str, str]]:
    """Every form of a verb as (form, part, agreement), without vowel marks; one spelling can be several forms.

    part        perfect, imperfect, jussive, passive, participle, masdar
    agreement   person, gender and number, such as 3ms, with x for what the form does not show; empty for a masdar. A +
                after it means that the form is written only before a pronoun (رآه)

    >>> ("قالوا", "perfect", "3mp") in set(forms(Parts("قال", "يقول")))
    True
    """
    perfect, imperfect = _bare(verb.perfect), _bare(verb.imperfect)
    yield from _perfect(perfect, imperfect)
    yield from _imperfect(perfect, imperfect)
    yield from _jussive(perfect, imperfect)
    if passive := _bare(verb.passive):
        yield from _passive(perfect, imperfect, passive)
    if verb.participle:
        yield from _participle(_bare(verb.participle).removesuffix("ا"))
    yield from nouns(verb.masdar)


def nouns(several: str) -> Iterator[tuple[str, str, str]]:
    """The forms of reporting nouns, given with bars between them: alone, and before a pronoun."""
    for masdar in filter(None, _bare(several).split("|")):
        yield masdar, "masdar", ""
        for stem in _before_pronoun(masdar):
            for pronoun in PRONOUNS:
                yield stem + pronoun, "masdar", ""


def _before_pronoun(masdar: str) -> tuple[str, ...]:
    """The spellings of a verbal noun with a pronoun, in all cases: إشارته, شكواه, ادعاؤه."""
    if masdar.endswith("ة"):
        return (masdar[:-1] + "ت",)
    if masdar.endswith("ى"):
        return (masdar[:-1] + "ا",)
    if masdar.endswith("اء"):
        return masdar, masdar[:-1] + "ؤ", masdar[:-1] + "ئ"
    return (masdar,)


def _bare(word: str) -> str:
    return "".join(c for c in word if not unicodedata.combining(c))


def _doubled(perfect: str, imperfect: str) -> bool:
    """Whether the last two root letters are the same and written once: ظن يظن, أصر يصر, احتج يحتج."""
    if perfect[-1] in "اىأي" or _hollow(perfect):
        return False
    return (
        len(perfect) == 2
        or (perfect[0] == "أ" and len(perfect) == len(imperfect) == 3)
        or (len(perfect) == len(imperfect) == 4 and perfect[0] == "ا" and perfect[2] == "ت")
    )


def _hollow(perfect: str) -> bool:
    """Whether a verb has a long a before its last letter, lost before an ending that begins with a consonant: قال, أشار."""
    return len(perfect) in (3, 4) and perfect[-2] == "ا" and (len(perfect) == 3 or perfect[0] == "أ")


def _perfect(stem: str, imperfect: str) -> Iterator[tuple[str, str, str]]:
    if stem[-1] in "ىا":
        base = stem[:-1]
        glide = "و" if stem[-1] == "ا" else "ي"
        found = [
            (stem, "3ms"),
            (base + "ا", "3ms+"),  # رآه, نفاه
            (base + "ت", "3fs"),
            (base + glide + "ا", "3md"),
            (base + "تا", "3fd"),
            (base + "وا", "3mp"),
            (base + glide + "ن", "3fp"),
        ]
    else:
        short = stem + stem[-1] if _doubled(stem, imperfect) else stem[:-2] + stem[-1] if _hollow(stem) else stem
        found = [
            (stem, "3ms"),
            (stem + "ت", "3fs"),
            (stem[:-1] + "آ" if stem[-1] == "أ" else stem + "ا", "3md"),
            (stem + "تا", "3fd"),
            (stem + "وا", "3mp"),
            (_sisters(short), "3fp"),
        ]
        if stem[-1] == "أ":
            found.append((stem[:-1] + "ؤوا", "3mp"))
    for form, agreement in found:
        yield form.replace("أا", "آ"), "perfect", agreement


def _sisters(stem: str) -> str:
    """The feminine plural, in which two ن are written as one (أعلن + ن is أعلنّ)."""
    return stem if stem.endswith("ن") else stem + "ن"


def _imperfect(perfect: str, imperfect: str) -> Iterator[tuple[str, str, str]]:
    body = imperfect[1:]
    if body[-1] in "ىيو":
        base, dual = body[:-1], body[:-1] + ("و" if body[-1] == "و" else "ي")
        plural, feminine = base + "و", dual + "ن"
    else:
        dual, plural = body, (body[:-1] + "ؤ" if body[-1] == "أ" else body) + "و"
        short = body[:-2] + body[-1] if _hollow(perfect) and body[-2] in "ويا" else body
        feminine = _sisters(body + body[-1] if _doubled(perfect, imperfect) else short)
    found = [
        ("ي" + body, "3ms"),
        ("ت" + body, "3fs"),
        ("ي" + dual + "ان", "3md"),
        ("ت" + dual + "ان", "3fd"),
        ("ي" + plural + "ن", "3mp"),
        ("ي" + plural + "ا", "3mp"),  # after أن, لم: يقولوا
        ("ي" + dual + "ا", "3md"),
        ("ت" + dual + "ا", "3fd"),
        ("ي" + feminine, "3fp"),
    ]
    if body[-1] == "ى":
        found += [("ي" + base + "ا", "3ms+"), ("ت" + base + "ا", "3fs+")]  # يراه
    for form, agreement in found:
        yield form.replace("أا", "آ"), "imperfect", agreement


def _jussive(perfect: str, imperfect: str) -> Iterator[tuple[str, str, str]]:
    """The jussive of a weak verb, which loses its long vowel: لم يقل, لم يشر, لم ينف."""
    body = imperfect[1:]
    if body[-1] in "ىيو":
        body = body[:-1]
    elif _hollow(perfect) and body[-2] in "ويا":
        body = body[:-2] + body[-1]
    else:
        return
    yield "ي" + body, "jussive", "3ms"
    yield "ت" + body, "jussive", "3fs"


def _passive(perfect: str, imperfect: str, passive: str) -> Iterator[tuple[str, str, str]]:
    if passive == perfect:
        return  # spelled like the active: only the sentence shows which it is
    yield passive, "passive", "3ms"
    if _hollow(perfect):
        body = imperfect[1:-2] + "ا" + imperfect[-1]
        for prefix, agreement in (("ي", "3ms"), ("ت", "3fs")):
            yield prefix + body, "passive", agreement


def _participle(stem: str) -> Iterator[tuple[str, str, str]]:
    plural = stem.removesuffix("ي") if len(stem) > 3 or stem.endswith("ي") else stem
    yield stem + "ا", "participle", "xms"
    yield stem + "ة", "participle", "xfs"
    yield plural + "ين", "participle", "xmp"
    yield stem + "تين", "participle", "xfd"
    yield stem + "ات", "participle", "xfp"
