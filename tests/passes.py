"""Shared by the tests of agreement: an invented article, and short forms of two people's passes over it."""

import csv
from hashlib import sha256

TEXT = (
    "قال الوزير سمير الحلبي إن الطريق سيفتح غدا. وأضاف أن العمل انتهى.\n"
    "وزعم ناشط أن الجسر لم يكتمل. ورأى سكان في الحي أن الأشغال تأخرت كثيرا.\n"
    "والطريق يصل بين بلدتين في الجنوب منذ سنوات طويلة.\n"
)
MINISTER = {"source_id": "minister", "name": "سمير الحلبي", "kind": "named person"}
ACTIVIST = {"source_id": "activist", "name": "ناشط", "kind": "unnamed person"}
PEOPLE = {"source_id": "people", "name": "سكان في الحي", "kind": "unnamed group"}
SOURCES = (MINISTER, ACTIVIST, PEOPLE)


def said(claim_id, **changed):
    """The claim that the minister makes, as a row with its words by role."""
    row = {"claim_id": claim_id, "source": "الوزير سمير الحلبي", "cue": "قال", "content": "الطريق سيفتح غدا"}
    return row | {"cue_lemma": "قال", "source_id": "minister", "kind": "indirect", "status": "added"} | changed


def added(claim_id, **changed):
    """The claim that the minister adds."""
    row = {"claim_id": claim_id, "antecedent": "الوزير سمير الحلبي", "cue": "أضاف", "content": "العمل انتهى"}
    return row | {"cue_lemma": "أضاف", "source_id": "minister", "kind": "indirect", "status": "added"} | changed


def alleged(claim_id, **changed):
    """The claim that the activist alleges."""
    row = {"claim_id": claim_id, "source": "ناشط", "cue": "زعم", "content": "الجسر لم يكتمل"}
    return row | {"cue_lemma": "زعم", "source_id": "activist", "kind": "indirect", "status": "added"} | changed


def thought(claim_id, **changed):
    """The view of people in the quarter."""
    row = {"claim_id": claim_id, "source": "سكان في الحي", "cue": "رأى", "content": "الأشغال تأخرت كثيرا"}
    return row | {"cue_lemma": "رأى", "source_id": "people", "kind": "indirect", "status": "added"} | changed


ROLES = ("source", "cue", "content", "antecedent")


def made(where, by, *claims, blind=True, sources=SOURCES, text=TEXT, **tables):
    """A folder of annotations by one annotator, with its text. With `blind` None, the folder does not say."""
    where.mkdir(parents=True)
    (where / "article.txt").write_bytes(text.encode())
    told = "" if blind is None else f"blind = {str(blind).lower()}\n"
    (where / "article.toml").write_text(f'sha256 = "{sha256(text.encode()).hexdigest()}"\n{told}', encoding="utf-8")
    rows = [{k: v for k, v in claim.items() if k not in ROLES} | {"annotator": by} for claim in claims]
    spans = [
        {"record_id": claim["claim_id"], "role": role, "part": str(part), "exact": words}
        for claim in claims
        for role in ROLES
        if role in claim
        for part, words in enumerate([claim[role]] if isinstance(claim[role], str) else claim[role], 1)
    ]
    empty = {"claims": ("claim_id", "kind"), "spans": ("record_id", "role", "exact")}
    for name, found in ({"claims": rows, "spans": spans, "sources": list(sources)} | tables).items():
        columns = dict.fromkeys([*empty.get(name, ()), *(column for row in found for column in row)])
        with (where / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(found)
    return where


def rows(where, name):
    """The rows of a table of a folder."""
    with (where / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
