"""The written forms of a reporting verb, out of its principal parts as a dictionary cites them.

Only forms that news uses to report are made: the third persons, perfect and imperfect (of its moods the plural
without ن, and the jussive of a weak verb, which is read behind لم alone), the passive where it is spelled otherwise, the
accusative of the active participle (مشيرا), the verbal noun bare and before a pronoun. Vowels are not written. The rules of weak verbs follow any grammar of Arabic (for one, K. C. Ryding,
*A Reference Grammar of Modern Standard Arabic*, Cambridge 2005, chapters 21 to 31).
"""

import unicodedata
from collections.abc import Iterator

from msgspec import Struct

PRONOUNS = ("ه", "ها", "هم", "هما", "هن")
NEAR = "~"  # behind the agreement of a form that is mostly another word, and reports only where أن is near


class Parts(Struct, frozen=True, gc=False):
    """A verb by its principal parts: third person masculine singular, perfect and imperfect; the accusative of the
    active participle; the verbal noun, and after a bar others of its kind (ادعاء|ادعاءات); the passive perfect where its
    letters differ. Empty where there is none.
    """

    perfect: str
    imperfect: str
    participle: str = ""
    masdar: str = ""
    passive: str = ""


def forms(verb: Parts) -> Iterator[tuple[str, str, str]]:
    """Every form of a verb as (form, part, agreement), without vowel marks; some letters stand for several forms.

    part        perfect, imperfect, jussive, passive, participle, masdar
    agreement   person, gender and number such as 3ms; x where the form does not tell; empty for a masdar; a + after it
                says that the form is written only before a pronoun (رآه)

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
    """The forms of nouns that report, joined by bars: bare, and before a pronoun."""
    for masdar in filter(None, _bare(several).split("|")):
        yield masdar, "masdar", ""
        for stem in _before_pronoun(masdar):
            for pronoun in PRONOUNS:
                yield stem + pronoun, "masdar", ""


def _before_pronoun(masdar: str) -> tuple[str, ...]:
    """A verbal noun as it is written before a pronoun, in all cases: إشارته, شكواه, ادعاؤه."""
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
    """ظن يظن, أصر يصر, احتج يحتج: the last two root letters are one."""
    if perfect[-1] in "اىأي" or _hollow(perfect):
        return False
    return (
        len(perfect) == 2
        or (perfect[0] == "أ" and len(perfect) == len(imperfect) == 3)
        or (len(perfect) == len(imperfect) == 4 and perfect[0] == "ا" and perfect[2] == "ت")
    )


def _hollow(perfect: str) -> bool:
    """قال, أشار: a long a before the last letter, which is lost before an ending that begins with a consonant."""
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
    """The feminine plural: two ن are written as one (أعلن + ن is أعلنّ)."""
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
    """Of a weak verb, which loses its long vowel: لم يقل, لم يشر, لم ينف."""
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
        return  # the active's letters: which of the two it is, the sentence tells
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
