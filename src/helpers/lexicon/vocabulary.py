"""What each word of a text can be: a form of a reporting cue, a function word, the head of a source.

Proclitics (و ف س ل ب) and object pronouns are removed, the rest is looked up in the forms of the cues, `words.csv` and
`source_nouns.csv`, and the result is cached.
"""

from collections.abc import Iterable
from pathlib import Path

from helpers.files import csv_rows, paths
from helpers.lexicon import entries, morphology
from helpers.lexicon.entries import Cue
from helpers.lexicon.letters import letters
from helpers.lexicon.roles import ROLES
from helpers.lexicon.roles import THAT as THAT  # re-exported, as is the next
from helpers.lexicon.roles import Role as Role
from helpers.lexicon.word_kinds import Hit, LookAlike, Word, made
from helpers.text import orthography

NOUN_KINDS = ("person", "group", "organisation", "document", "standard")
FORGET_AT = 200_000  # words in the cache before it is emptied: a corpus has no limit
READS = ("name", "joined", "that")
WHERE = ("anywhere", "hamza", "distinguished", "amid", "called")


def _folded(rows: Iterable[csv_rows.Row], column: int) -> list[str]:
    """A column of a table, by its index, folded in one go."""
    return orthography.fold("\n".join([row.cells[column] for row in rows])).text.split("\n")


class Vocabulary(dict[str, Word]):
    """`Word`s by folded spelling; a missing word is looked up and cached."""

    def __init__(self, cues: dict[str, Cue], forms: Path | None = None) -> None:
        self._letters = letters()
        self._article = self._letters.article[0]
        self._roles: dict[str, int] = {}
        read = csv_rows.read(paths.lexicon("words.csv"), ("word", "role", "note"))
        roles = self._roles
        for row, word in zip(read, _folded(read, 0), strict=True):
            bit = ROLES.get(row.cells[1])
            roles[word] = roles.get(word, 0) | (ROLES[row.one_of("role", ROLES)] if bit is None else bit)
        read = csv_rows.read(paths.lexicon("given_names.csv"), ("name", "gender", "note"))
        for row, word in zip(read, _folded(read, 0), strict=True):
            gender = Role.feminine if row.one_of("gender", ("m", "f")) == "f" else 0
            self._roles[word] = self._roles.get(word, 0) | Role.given | gender
        self.look_alikes: dict[str, list[LookAlike]] = {}
        read = csv_rows.read(paths.lexicon("look_alikes.csv"), ("written", "reads", "where", "note"))
        for row, word in zip(read, _folded(read, 0), strict=True):
            reads, where = row.one_of("reads", READS), row.one_of("where", WHERE)
            self.look_alikes.setdefault(word, []).append(LookAlike(row["written"], reads, where))
        self.colon: Hit | None = None
        self._forms: dict[str, list[tuple[Cue, str, str, str]]] = {}
        self._jussives: dict[str, list[Hit]] = {}
        self._near: dict[str, list[tuple[Cue, str, str, str]]] = {}
        read = csv_rows.read(forms or paths.lexicon("cue_forms.csv"), entries.FORM_COLUMNS)
        for row, folded in zip(read, _folded(read, 1), strict=True):
            lemma, form, part, agreement = row.cells
            cue = cues.get(lemma)
            if cue is None:
                raise row.error(f"lemma {lemma!r} is not in cues.csv; add it there or run `isnad forms`")
            if part == "punctuation":
                self.colon = Hit(cue, "punctuation", "", "", "", "")
                continue
            words = folded.split()
            key = words[0] if len(words) == 1 else self._key(words)
            near = agreement.endswith(morphology.NEAR)
            if part == "jussive":
                if not near:  # forms of `near` do not count after لم
                    self._jussives.setdefault(key, []).append(Hit(cue, "imperfect", agreement, "", "", form[-1]))
                continue
            known = self._near if near else self._forms
            form_of = cue, part, agreement.removesuffix(morphology.NEAR), form[-1]
            known.setdefault(key, []).append(form_of)
        self._kinds: dict[str, str] = {}
        self._english: dict[str, str] = {}
        read = csv_rows.read(paths.lexicon("source_nouns.csv"), ("noun", "kind", "gloss_en"))
        for row, noun in zip(read, _folded(read, 0), strict=True):
            self._kinds.setdefault(noun, row.one_of("kind", NOUN_KINDS))
            if row["gloss_en"]:
                self._english.setdefault(noun, row["gloss_en"])
        for noun, kind in list(self._kinds.items()):
            if not noun.startswith(self._article):
                self._kinds.setdefault(self._article + noun, kind)

    def kind(self, word: str) -> str:
        """The kind of source that a folded noun heads: person, group, organisation …; empty for any other word."""
        return self._kinds.get(word) or self._kinds.get(self._nominative(word), "")

    def english(self, word: str) -> str:
        """The English for a folded source noun; empty for any other word."""
        return (
            self._english.get(word)
            or self._english.get(word.removeprefix(self._article))
            or self._english.get(self._nominative(word), "")
        )

    def _nominative(self, word: str) -> str:
        """A word without the ending of the indefinite accusative (مصدرا); empty if it does not have it."""
        return word[:-1] if word.endswith(self._letters.folded_accusative) else ""

    def lead(self, word: str) -> int:
        """The number of letters of proclitics (و، ب، ل) before a source noun in a folded word."""
        return next((count for count in range(3) if word[count:] in self._kinds), 0)

    def _key(self, words: list[str]) -> str:
        """The word by which a form is looked up: the first of a phrase that is not a preposition."""
        return next((w for w in words if not self._roles.get(w, 0) & Role.preposition), words[0])

    def __missing__(self, word: str) -> Word:
        if len(self) > FORGET_AT:
            self.clear()
        found = self[word] = self._look_up(word)
        return found

    def _look_up(self, word: str) -> Word:
        known, first = self._letters, word[0]
        roles, kind = self._roles.get(word, 0) & ~Role.audience, self._kinds.get(word)
        if first in known.to and len(word) > 3 and self._told(word):
            roles |= Role.audience
        whole = roles & (Role.whole | Role.given)
        if first in known.conjunction and len(word) > 2 and not whole:
            bare = self._roles.get(word[1:], 0)
            if bare or word[1:] in self._kinds or self._verbs(word[1:], first):
                roles |= bare | Role.joined
            kind = kind or self._kinds.get(word[1:])
        hits = self._hits(word)
        if whole and first in known.conjunction:
            hits = [hit for hit in hits if not hit.lead]
        kind = kind or (self._ended(word) if not hits and not whole else None)
        if kind is None and all(hit.part == "masdar" for hit in hits) and len(word) > 4:
            kind = self._kinds.get(self._nominative(word))
        if kind is None and first in known.by_to_like and len(word) > 3:
            kind = self._kinds.get(self._article + word[2:] if word.startswith(known.to_article) else word[1:])
            roles |= Role.dative if kind else 0
        if kind:
            roles |= Role.standard if kind == "standard" else Role.noun
        if kind == "standard" and any(not hit.lead.endswith(self._article) for hit in hits):
            kind = None  # طلب: read as a verb
        if self._roles.get(word, 0) & ~(
            Role.formula | Role.believed | Role.impersonal | Role.stands_in | Role.own_words
        ):  # فحسب, إضافة: words of their own
            hits = [hit for hit in hits if not (hit.lead or hit.pronoun)]
        near = () if hits else self._mostly_other(word)
        return made(roles, hits, kind, self._jussives.get(word, ()), None if kind else self._possessed(word), near)

    def _possessed(self, word: str) -> str | None:
        """The kind of the noun in a word that ends in a third-person pronoun: بيان in بيانه, شهادة in شهادته."""
        ends = next((end for end in self._letters.attached_third if word.endswith(end)), None)
        stem = word[: -len(ends)] if ends and len(word) > len(ends) + 2 else ""
        return (self._of_stem(stem) if stem else None) or None

    def _ended(self, word: str) -> str | None:
        """The kind of the noun of which a word is the construct plural (موظفو، موظفي) or the dual (متحدثان); else None."""
        known = self._letters
        if word.endswith(known.construct) and len(word) > 4:
            many = self._kinds.get(word + known.plural_nun[0]) == "group" or self._kinds.get(word[:-1]) == "person"
            return "group" if many else None
        owner = next((end for end in known.owned if word.endswith(end)), "")  # ناشروه
        if owner and len(word) > 5 and word[: -len(owner)].endswith(known.construct):
            return "group" if self._kinds.get(word[: -len(owner)] + known.plural_nun[0]) == "group" else None
        for owner in known.possessive if len(word) > 4 else ():
            if word.endswith(owner) and (kind := self._owned(word[: -len(owner)])):
                return kind  # أسرتنا, بياناتها
        pair = word.endswith(known.dual_or_plural) and len(word) > 5 and self._kinds.get(word[:-2]) == "person"
        return "group" if pair else None

    def _owned(self, stem: str) -> str | None:
        """The kind of a noun whose pronoun was removed; None for one of two letters, and for the kind `standard`."""
        kind = self._of_stem(stem)
        return kind if kind != "standard" and len(stem) > 2 else None

    def _of_stem(self, stem: str) -> str | None:
        """The kind of a noun whose pronoun was removed: before a pronoun, ة is written as ت."""
        feminine = stem.endswith(self._letters.before_pronoun)
        return self._kinds.get(stem) or (
            self._kinds.get(stem[:-1] + self._letters.folded_feminine[0]) if feminine else None
        )

    def joined(self, word: str) -> Word:
        """The reading of a word whose first letter is known to be the conjunction و."""
        rest = self[word[1:]]
        return made(rest.roles | Role.joined, (), rest.kind)

    def _told(self, word: str) -> bool:
        """Whether a word is ل with an audience: للصحفيين, لوكالة."""
        bare = word[2:] if word.startswith(self._letters.to_article) else word[1:]
        return bool(self._roles.get(bare, 0) & Role.audience)

    def _hits(self, word: str) -> list[Hit]:
        found = []
        for lead in ("", *self._letters.leads):
            if word.startswith(lead) and len(word) > len(lead) + 1:
                found += self._verbs(word[len(lead) :], lead)
        return found

    def _mostly_other(self, word: str) -> list[Hit]:
        """The cues that a word can be though it is mostly another word (مقرا, شعر), without a preposition."""
        return [
            hit
            for lead in ("", *self._letters.plain_leads)
            if word.startswith(lead)
            for cue, part, agreement, end in self._near.get(word[len(lead) :], ())
            if _joins(lead, hit := Hit(cue, part, agreement, lead, "", end))
        ]

    def _verbs(self, stem: str, lead: str) -> list[Hit]:
        found = [
            Hit(cue, part, agreement, lead, "", end)
            for cue, part, agreement, end in self._forms.get(stem, ())
            if agreement[-1:] != "+"
        ]
        if not found or all(hit.part == "masdar" and "predicate" in hit.cue.takes for hit in found):
            nouns, found = found, []  # وصفه: he described him, rather than his description
            for pronoun in self._letters.attached:
                if stem.endswith(pronoun) and len(stem) > len(pronoun) + 1:
                    bare = stem[: -len(pronoun)]
                    if self._roles.get(bare, 0) & Role.preposition:
                        continue  # بينها: among them
                    several = bare + self._letters.silent_alef[0] if bare.endswith(self._letters.conjunction[0]) else ""
                    verbs = self._forms.get(bare, ()) or self._forms.get(several, ())
                    found += [Hit(c, p, a, lead, pronoun, "") for c, p, a, _ in verbs if p in ("perfect", "imperfect")]
            found += nouns
        return [hit for hit in found if _joins(lead, hit)]


def _joins(lead: str, hit: Hit) -> bool:
    """Whether these proclitics can precede this form."""
    known = letters()
    if not lead or lead in known.conjunction:
        return True
    if lead.endswith(known.article):
        return hit.part == "masdar"
    if known.will[0] in lead:
        return hit.part == "imperfect"
    if known.to[0] in lead:
        return hit.part in ("imperfect", "masdar")
    return hit.part == "masdar"
