"""What each word of a text can be to the finders: a form of a reporting cue, a word that structures the sentence.

A word is looked at once: proclitics (و ف س ل ب) and object pronouns are taken off, what is left is looked up in the
forms of the cues and in `words.csv` and `source_nouns.csv`, and the answer is kept for the next time that it comes.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from helpers.files import csv_rows, paths
from helpers.lexicon import entries, morphology
from helpers.lexicon.entries import Cue
from helpers.text import orthography

NOUN_KINDS = ("person", "group", "organisation", "document", "standard")
FORGET_AT = 200_000  # kinds of words remembered before the memory is emptied: a corpus has no end of them
PRONOUNS = ("هما", "ها", "هم", "هن", "نا", "ني", "كم", "ه", "ك")


class Role:
    """What a word does in its sentence, as bits of a number: the roles of `words.csv`, and `noun` for what can head a source."""

    that = 1 << 0
    that_pronoun = 1 << 1
    then_that = 1 << 2
    clause_that = 1 << 3
    keeps_that = 1 << 4
    begins_clause = 1 << 5
    relative = 1 << 6
    auxiliary = 1 << 7
    perfective = 1 << 8
    negation = 1 << 9
    pronoun = 1 << 10
    preposition = 1 << 11
    adjunct = 1 << 12
    occasion = 1 << 13
    time = 1 << 14
    adverb = 1 << 15
    formula = 1 << 16
    alike = 1 << 17
    noun = 1 << 18
    standard = 1 << 19
    resumptive = 1 << 20
    audience = 1 << 21
    dative = 1 << 22
    governs = 1 << 23
    alongside = 1 << 24
    what = 1 << 25
    object_head = 1 << 26
    topic = 1 << 50
    impersonal = 1 << 51
    general = 1 << 57
    believed = 1 << 55
    anonymous = 1 << 56
    circumstance = 1 << 52  # a participle or a particle of the cues
    describes = 1 << 53  # a verb with nothing before it, as after an indefinite noun: مسؤول رفض …
    verb = 1 << 54  # an imperfect or a passive: begins no noun phrase
    caption = 1 << 58
    subordinate = 1 << 60
    withheld = 1 << 61
    stands_in = 1 << 62
    by_turn = 1 << 63
    own_words = 1 << 64
    given = 1 << 65  # a given name of `given_names.csv`
    feminine = 1 << 66  # a woman's
    name_part = 1 << 67  # goes on in a name: بن, آل, عبد
    quantifier = 1 << 68
    several = 1 << 69
    whole = 1 << 70  # begins with و or ف of its own
    letter = 1 << 71
    place = 1 << 72  # مدينة: what it is called is nobody's name
    precedes = 1 << 73  # معالي الوزير
    who = 1 << 74  # من: of the noun before it, or somebody who
    within = 1 << 75  # في
    upon = 1 << 76  # على
    in_the_name = 1 << 77  # باسم
    qualifies = 1 << 78  # an adjective with the article that does not end in ـي: السابق
    turn = 1 << 59
    asks = 1 << 90
    condition = 1 << 91
    awaited = 1 << 92
    without = 1 << 93
    goes_on = 1 << 94
    nobody = 1 << 95
    possibly = 1 << 96
    whether = 1 << 97
    will = 1 << 98
    unless = 1 << 99
    thereby = 1 << 100
    issued = 1 << 101
    published = 1 << 102
    own_saying = 1 << 103
    concession = 1 << 104
    first_person = 1 << 106  # نأمل: I or we
    own_clause = 1 << 107  # لن: begins a clause right behind who speaks
    meets = 1 << 108  # استقبل: a verb whose object is somebody, who does not speak
    styled = 1 << 109  # الدكتور: stands between an office and its bearer's name
    not_so = 1 << 112  # ليس كما قال: denies that it is as somebody says
    answers = 1 << 113  # ردا على: governs على, and what stands behind it
    measure = 1 << 114  # عدد: with the article or a pronoun behind it nobody; عدد من الشهود is
    titled = 1 << 115  # بعنوان: what stands in quotation marks behind it is a title
    silence = 1 << 105  # رفض الرد: what nobody says
    about = 1 << 79
    body = 1 << 82  # as the head of a source an organisation: الدفاع الروسية, النظام
    human = 1 << 83  # as the head of a source somebody: سياسي, كبير المفاوضين
    led = 1 << 84  # a body that is called by who leads it: إدارة أوباما
    one_body = 1 << 85  # a plural that is one body: قوات
    proper = 1 << 87  # a body's whole name: what stands after it is not part of it
    called = 1 << 86  # before what somebody is called: رجل يدعى فلان
    thus = 1 << 80  # هكذا: points to what was said
    degree = 1 << 81  # أكثر, أخطر: heads what somebody is held to be
    joined = 1 << 27  # written with و or ف before it


ROLES = {name: bit for name, bit in vars(Role).items() if isinstance(bit, int)}
READS = ("name", "joined", "that")
WHERE = ("anywhere", "hamza", "distinguished", "amid", "called")
THAT = Role.that | Role.that_pronoun
CLAUSE = THAT | Role.then_that | Role.relative | Role.begins_clause  # what a clause begins with
LEADS = {"و": True, "ف": True}


class Hit(Struct, frozen=True, gc=False):
    """A word read as a form of a cue.

    part       perfect, imperfect, passive, participle, masdar, particle
    agreement  person, gender, number such as 3ms, as far as the form tells
    lead       the proclitics themselves
    pronoun    an object or possessive pronoun at its end, or nothing
    ends       the last letter of the form, as written: folding takes ى for ي
    """

    cue: Cue
    part: str
    agreement: str
    lead: str
    pronoun: str
    ends: str

    @property
    def joined(self) -> bool:
        """Whether و or ف joins it to what stands before."""
        return self.lead[:1] in LEADS


class Word(Struct, frozen=True, gc=False):
    """A kind of word: its roles, the cues that it can be, the kind of source that it can head."""

    roles: int
    hits: tuple[Hit, ...]
    kind: str | None
    jussive: tuple[Hit, ...] = ()  # the cues that it can be behind لم alone
    owned: str | None = None  # the kind of source that it can head without the pronoun at its end: مالكه, بياناتها
    careful: bool = False  # whether a word as received may be none of its hits, which only its letters tell
    finite: bool = False  # whether it can be a finite verb that reports
    reports: bool = False  # whether it can be a cue: here, behind لم, or with أن near
    near: tuple[Hit, ...] = ()  # the cues that it can be with أن near, where it is mostly another word
    turns: bool = False  # whether it can be a cue, or begin a clause


class LookAlike(Struct, frozen=True, gc=False):
    """A word that its letters tell from another one of the same folded spelling.

    reads   name, joined (its و is no letter of it), that (before an imperfect: that not)
    where   anywhere; hamza, distinguished: in a text that writes hamzas, ى; amid: between two words of a name; called: after
            a verb of speech or a given name, and before a word that no list has
    """

    written: str
    reads: str
    where: str


PART_ROLES = {
    "participle": Role.circumstance,
    "particle": Role.circumstance,
    "perfect": Role.describes,
    "imperfect": Role.describes | Role.verb,
    "passive": Role.verb,
}


def made(
    roles: int,
    hits: Sequence[Hit],
    kind: str | None,
    jussive: Sequence[Hit] = (),
    owned: str | None = None,
    near: Sequence[Hit] = (),
) -> Word:
    """A word with the roles that follow from what it can be; a noun of the lexicon is a noun first."""
    for hit in hits if kind is None else ():
        role = PART_ROLES.get(hit.part, 0)
        roles |= role & ~Role.describes if hit.lead else role
    careful = any(hit.pronoun == "ه" or hit.ends in ("ى", "ا") for hit in hits)
    finite = any(hit.part in ("perfect", "imperfect", "passive") for hit in hits)
    reports, turns = bool(hits or jussive or near), bool(hits or roles & CLAUSE)
    return Word(roles, tuple(hits), kind, tuple(jussive), owned, careful, finite, reports, tuple(near), turns)


def _folded(rows: Iterable[csv_rows.Row], column: int) -> list[str]:
    """A column of a table, by its number, folded at once."""
    return orthography.fold("\n".join([row.cells[column] for row in rows])).text.split("\n")


class Vocabulary(dict[str, Word]):
    """Words by their folded spelling; one that is not there yet is looked up and kept."""

    def __init__(self, cues: dict[str, Cue], forms: Path | None = None) -> None:
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
                if not near:  # else it is not looked for behind لم
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
            if not noun.startswith("ال"):
                self._kinds.setdefault("ال" + noun, kind)

    def kind(self, word: str) -> str:
        """What kind of source a noun heads, by its folded word: person, group, organisation …; nothing for another word."""
        return self._kinds.get(word) or self._kinds.get(word[:-1] if word[-1:] == "ا" else "", "")

    def english(self, word: str) -> str:
        """What a source noun is called in English, by its folded word; nothing for another."""
        return (
            self._english.get(word)
            or self._english.get(word.removeprefix("ال"))
            or self._english.get(word[:-1] if word[-1:] == "ا" else "", "")
        )

    def lead(self, word: str) -> int:
        """How many letters of proclitics (و، ب، ل) stand before a source noun in a folded word."""
        return next((letters for letters in range(3) if word[letters:] in self._kinds), 0)

    def _key(self, words: list[str]) -> str:
        """The word by which a form is looked up: of a phrase the first that is no preposition."""
        return next((w for w in words if not self._roles.get(w, 0) & Role.preposition), words[0])

    def __missing__(self, word: str) -> Word:
        if len(self) > FORGET_AT:
            self.clear()
        found = self[word] = self._look_up(word)
        return found

    def _look_up(self, word: str) -> Word:
        roles, kind = self._roles.get(word, 0) & ~Role.audience, self._kinds.get(word)
        if word[0] == "ل" and len(word) > 3 and self._told(word):
            roles |= Role.audience
        whole = roles & (Role.whole | Role.given)
        if word[0] in LEADS and len(word) > 2 and not whole:
            bare = self._roles.get(word[1:], 0)
            if bare or word[1:] in self._kinds or self._verbs(word[1:], word[0]):
                roles |= bare | Role.joined
            kind = kind or self._kinds.get(word[1:])
        hits = self._hits(word)
        if whole and word[0] in LEADS:
            hits = [hit for hit in hits if not hit.lead]
        kind = kind or (self._ended(word) if not hits and not whole else None)
        if kind is None and all(hit.part == "masdar" for hit in hits) and word[-1] == "ا" and len(word) > 4:
            kind = self._kinds.get(word[:-1])  # مصدرا: the accusative
        if kind is None and word[0] in "بلك" and len(word) > 3:
            kind = self._kinds.get("ال" + word[2:] if word.startswith("لل") else word[1:])
            roles |= Role.dative if kind else 0
        if kind:
            roles |= Role.standard if kind == "standard" else Role.noun
        if kind == "standard" and any(not hit.lead.endswith("ال") for hit in hits):
            kind = None  # طلب: a verb first
        if self._roles.get(word, 0) & ~(
            Role.formula | Role.believed | Role.impersonal | Role.stands_in | Role.own_words
        ):  # فحسب, إضافة: words of their own
            hits = [hit for hit in hits if not (hit.lead or hit.pronoun)]
        near = () if hits else self._mostly_other(word)
        return made(roles, hits, kind, self._jussives.get(word, ()), None if kind else self._possessed(word), near)

    def _possessed(self, word: str) -> str | None:
        """The kind of a noun that a pronoun of a third person ends: بيان of بيانه, شهادة of شهادته."""
        ends = next((end for end in PRONOUNS[:4] + PRONOUNS[-2:-1] if word.endswith(end)), None)
        stem = word[: -len(ends)] if ends and len(word) > len(ends) + 2 else ""
        return (
            stem and (self._kinds.get(stem) or (self._kinds.get(stem[:-1] + "ه") if stem[-1] == "ت" else None))
        ) or None

    def _ended(self, word: str) -> str | None:
        """What a noun is whose plural before another noun (موظفو، موظفي) or whose dual (متحدثان) a word is; nothing else."""
        if word[-1] in "وي" and len(word) > 4:
            many = self._kinds.get(word + "ن") == "group" or self._kinds.get(word[:-1]) == "person"
            return "group" if many else None
        owner = next((end for end in ("هم", "ها", "ه") if word.endswith(end)), "")  # ناشروه
        if owner and len(word) > 5 and word[: -len(owner)][-1] in "وي":
            return "group" if self._kinds.get(word[: -len(owner)] + "ن") == "group" else None
        for owner in ("ها", "هم", "نا") if len(word) > 4 else ():
            if word.endswith(owner) and (kind := self._owned(word[: -len(owner)])):
                return kind  # أسرتنا, بياناتها
        pair = word.endswith(("ان", "ين", "ون")) and len(word) > 5 and self._kinds.get(word[:-2]) == "person"
        return "group" if pair else None

    def _owned(self, stem: str) -> str | None:
        """What a noun is of which a pronoun is left off: the ة before it is a ت."""
        kind = self._kinds.get(stem) or (self._kinds.get(stem[:-1] + "ه") if stem[-1] == "ت" else None)
        return kind if kind != "standard" and len(stem) > 2 else None

    def joined(self, word: str) -> Word:
        """A word of which و is known to be no letter of its own."""
        rest = self[word[1:]]
        return made(rest.roles | Role.joined, (), rest.kind)

    def _told(self, word: str) -> bool:
        """للصحفيين, لوكالة: the people told."""
        bare = word[2:] if word.startswith("لل") else word[1:]
        return bool(self._roles.get(bare, 0) & Role.audience)

    def _hits(self, word: str) -> list[Hit]:
        found = []
        for lead in ("", "و", "ف", "س", "وس", "فس", "ل", "ول", "ب", "وب", "بال", "ال", "وال", "فال"):
            if word.startswith(lead) and len(word) > len(lead) + 1:
                found += self._verbs(word[len(lead) :], lead)
        return found

    def _mostly_other(self, word: str) -> list[Hit]:
        """The cues of which a word is a form that is mostly another word: مقرا, شعر; with no preposition before it."""
        return [
            hit
            for lead in ("", "و", "ف", "س", "وس")
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
            for pronoun in PRONOUNS:
                if stem.endswith(pronoun) and len(stem) > len(pronoun) + 1:
                    bare = stem[: -len(pronoun)]
                    if self._roles.get(bare, 0) & Role.preposition:
                        continue  # بينها: among them
                    verbs = self._forms.get(bare, ()) or (self._forms.get(bare + "ا", ()) if bare[-1] == "و" else ())
                    found += [Hit(c, p, a, lead, pronoun, "") for c, p, a, _ in verbs if p in ("perfect", "imperfect")]
            found += nouns
        return [hit for hit in found if _joins(lead, hit)]


def _joins(lead: str, hit: Hit) -> bool:
    """Whether these proclitics can stand before this form."""
    if lead in ("", "و", "ف"):
        return True
    if lead.endswith("ال"):
        return hit.part == "masdar"
    if "س" in lead:
        return hit.part == "imperfect"
    if "ل" in lead:
        return hit.part in ("imperfect", "masdar")
    return hit.part == "masdar"
