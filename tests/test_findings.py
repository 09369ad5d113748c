"""Findings: their numbers are those of the tables, and their sentences are grammatical in both languages."""

import json
from dataclasses import replace
from string import Formatter

import pandas as pd
import pytest
from msgspec import structs

from helpers import readings
from helpers.analysis import audit, comparisons, findings, frames, overview, quoted_frames, shares
from helpers.analysis.findings.wording import count, part
from helpers.corpus import findings as of_corpus
from helpers.corpus import questions, quoted, repeated_claims
from helpers.evaluation import agreement, passes
from helpers.evaluation.metrics import Comparison, Outcome
from helpers.extraction import times
from helpers.records.messages import Message, Name, Share, from_json, message, to_json
from helpers.report import interface
from tests import many_readings
from tests import passes as invented
from tests.conftest import EXAMPLES, ROOT
from tests.knowing import KNOWN

EN, AR = (interface.load(lang) for lang in interface.LANGS)
CASES = [json.loads(line) for line in (ROOT / "tests/cases/findings.jsonl").read_text(encoding="utf-8").splitlines()]
NUMBERS = (0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 1_000)  # one of each plural category, and the ends of each
FORMS = ("one", "two", "few", "many")
each = pytest.mark.parametrize("name", [*many_readings.NAMES, *many_readings.GOLD])


def in_words(found: list[Message]) -> tuple[str, str]:
    return tuple(" ".join(each.text(one) for one in found) for each in (EN, AR))


def of_article(reading):
    """Every finding of an article, by the name of its function."""
    mentions, rest, found = frames.mentions(reading), shares.by_basis(reading), times.find(reading.article)
    by_machine = reading.claims_from == "machine"
    machine = reading if by_machine else readings.read(reading.article, KNOWN, machine=True)
    comparison = comparisons.compare(reading, machine)
    return {
        "provenance": findings.provenance(reading),
        "sentences": findings.sentences(frames.sentences(reading)),
        "folded": findings.folded(reading),
        "oddities": findings.oddities(reading),
        "attributed": findings.attributed(reading),
        "paragraphs": findings.paragraphs(reading),
        "quoted": findings.quoted(reading),
        "sources": findings.sources(reading),
        "grades": findings.grades(reading),
        "rests_on": findings.rests_on(reading, rest),
        "named_most": findings.named_most(reading, frames.counts(mentions)),
        "perhaps": findings.perhaps(frames.perhaps(reading)),
        "spellings": findings.spellings(reading, frames.spellings(mentions)),
        "dispersion": findings.dispersion(reading, mentions),
        "together": findings.together(reading, frames.together(mentions)),
        "spoken_about": findings.spoken_about(reading, frames.voices(reading)),
        "check_first": findings.check_first(reading),
        "rests_mostly_on": findings.rests_mostly_on(reading, rest),
        "by_source": findings.by_source(reading, audit.by_source(reading)),
        "by_form": findings.by_form(reading, audit.by_form(reading)),
        "chain": findings.chain(reading),
        "heard": findings.heard(reading, audit.heard(reading)),
        "on_one_unnamed": findings.on_one_unnamed(reading, audit.on_one_unnamed(reading)),
        "grades_of_attributed": findings.grades_of_attributed(reading),
        "times": findings.times(reading, found),
        "timeline": findings.timeline(reading, frames.events(reading, found)),
        "machine_found": findings.machine_found(reading, comparison),
        "differing": findings.differing(reading, comparison),
        "unsure": findings.unsure(machine),
        "word_by_word": findings.word_by_word(reading, comparisons.agreement(reading, machine)),
        "annotators": findings.annotators(None),
    }


@pytest.fixture(scope="module")
def of_all():
    """The findings of every reading, read once: by name, one of each function an article."""
    return {
        name: [of_article(one) for one in many_readings.every(name)]
        for name in (*many_readings.NAMES, *many_readings.GOLD)
    }


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """The findings of the small corpus, of a corpus of one article, and of one without claims or articles."""
    empty = tmp_path_factory.mktemp("corpus")
    (empty / "a.jsonl").write_text(json.dumps({"id": "a", "text": "صباح الخير"}) + "\n", encoding="utf-8")
    asked = (ROOT / "data/corpus", EXAMPLES / "economy.txt", empty / "a.jsonl")
    return [of_a_corpus(questions.database(path, tmp_path_factory.mktemp("out"))) for path in asked]


def of_a_corpus(db):
    copies, quotes = repeated_claims.groups(db), quoted.rows(db)
    return {
        "quoted": of_corpus.quoted(quoted_frames.named(quotes)),
        "quoted_by_month": of_corpus.quoted_by_month(quoted_frames.by_month(quotes)),
        "contents": of_corpus.contents(questions.overview(db)),
        "shared_texts": of_corpus.shared_texts(questions.overview(db), questions.shared_texts(db)),
        "voices": of_corpus.voices(questions.voices(db)),
        "rests": of_corpus.rests(questions.rests(db)),
        "stances": of_corpus.stances(questions.stances(db)),
        "copies": of_corpus.copies(copies),
        "routes": of_corpus.routes(repeated_claims.routes(copies)),
        "unnamed": of_corpus.unnamed(repeated_claims.on_one_unnamed(copies)),
    }


def inside(found):
    """A message and all that are in its values."""
    if isinstance(found, Message):
        yield found
        found = tuple(found.values.values())
    if isinstance(found, list | tuple):
        for one in found:
            yield from inside(one)


def values(found, key):
    """The values of the first message of a key, wherever it is; None where there is none."""
    return next((one.values for one in inside(found) if one.key == key), None)


def ratio(found, key):
    """(part, whole) in the sentence for a key; (0, None) if it says that there are none."""
    told = values(found, key)
    if told is None:
        assert values(found, f"{key}.none") is not None, found
        return 0, None
    of = told["part"].values.get("of")
    return told["n"], of.values["n"] if of else told["n"]


# Grammar


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['n']} of {case['of']} {case['noun']}")
def test_a_part_of_a_whole_agrees_with_its_numbers(case):
    said = part(case["noun"], case["n"], case["of"])
    assert (EN.text(said), AR.text(said)) == (case["en"], case["ar"])


@pytest.mark.parametrize(
    ("noun", "arabic"),
    [
        ("claims", ("ادعاء واحد", "ادعاءين", "10 ادعاءات", "11 ادعاءً", "102 ادعاء")),
        ("times", ("مرة واحدة", "مرتين", "10 مرات", "11 مرة", "102 مرة")),
        ("forms", ("صيغة واحدة", "صيغتين", "10 صيغ", "11 صيغة", "102 صيغة")),
        ("outlets", ("وسيلة واحدة", "وسيلتين", "10 وسائل", "11 وسيلة", "102 وسيلة")),
        ("sentences", ("جملة واحدة", "جملتين", "10 جمل", "11 جملة", "102 جملة")),
    ],
)
def test_a_counted_noun_agrees_with_its_number(noun, arabic):
    assert tuple(AR.text(count(noun, n)) for n in (1, 2, 10, 11, 102)) == arabic


@pytest.mark.parametrize(
    ("said", "english", "arabic"),
    [
        (message("finding.unnamed", n=1), "One rests on an unnamed source.", "ويستند أحدها إلى مصدر غير مسمّى."),
        (message("finding.unnamed", n=2), "2 rest on unnamed sources.", "ويستند اثنان منها إلى مصادر غير مسمّاة."),
        (message("finding.unnamed", n=14), "14 rest on unnamed sources.", "ويستند 14 منها إلى مصادر غير مسمّاة."),
        (message("finding.silent", n=1), "One is only spoken about.", "وثمة طرف واحد يُتحدَّث عنه فقط."),
        (message("finding.silent", n=2), "2 are only spoken about.", "وثمة طرفان يُتحدَّث عنهما فقط."),
        (message("finding.silent", n=5), "5 are only spoken about.", "وثمة 5 أطراف يُتحدَّث عنها فقط."),
        (message("finding.events.undated", n=2), "2 have no date in the text.", "ولا تاريخ في النص لحدثين."),
        (message("finding.added", n=11), "It found 11 that people did not mark.", "ووجدت 11 ادعاءً لم يَسِمها أحد."),
    ],
)
def test_a_sentence_agrees_with_its_number(said, english, arabic):
    assert (EN.text(said), AR.text(said)) == (english, arabic)


def test_a_share_is_not_rounded_to_nothing_or_to_all():
    assert [EN.text(Share(share)) for share in (0, 0.003, 0.5, 0.997, 1)] == [
        "0%",
        "under 1%",
        "50%",
        "over 99%",
        "100%",
    ]
    assert AR.text(Share(0.003)) == "أقل من 1%"


def test_a_list_has_its_and_where_each_language_has_it():
    three = (Name("Iran", "إيران"), Name("Russia", "روسيا"), Name("China", "الصين"))
    assert EN.text(three) == "Iran, Russia and China"
    assert AR.text(three) == "إيران وروسيا والصين"


@pytest.mark.parametrize("lang", interface.LANGS)
def test_each_form_of_a_phrase_leaves_open_what_the_phrase_does(lang):
    """A form can have its number as a word, without a placeholder; it has no other placeholders than the phrase."""
    phrases = {key: phrase for key, phrase in interface.load(lang).phrases.items() if key.startswith("finding.")}
    other = interface.load("ar" if lang == "en" else "en").phrases

    def holes(phrase):
        return {name for _, name, _, _ in Formatter().parse(phrase) if name} - {"n", "of", "the"}

    for key, phrase in phrases.items():
        assert holes(phrase) == holes(other[key]), key
        stem, _, form = key.rpartition(".")
        if form in FORMS:
            assert holes(phrase) == holes(phrases[stem]), key


# Any article


@each
def test_every_section_of_any_article_says_something_in_both_languages(of_all, name):
    for article in of_all[name]:
        for function, found in article.items():
            for text in in_words(found):
                assert text.endswith("."), function
                assert "{" not in text and "  " not in text and "()" not in text, (function, text)
            assert [from_json(to_json(one)) for one in found] == found, function


def test_every_section_of_any_corpus_says_something_in_both_languages(corpus):
    for one in corpus:
        for function, found in one.items():
            assert all(text.endswith(".") for text in in_words(found)), function


SAY_WHO_READ = (
    "attributed",
    "paragraphs",
    "quoted",
    "sources",
    "rests_on",
    "spoken_about",
    "check_first",
    "rests_mostly_on",
    "by_source",
    "by_form",
    "chain",
    "heard",
    "on_one_unnamed",
)


@each
def test_what_is_said_of_claims_says_whether_a_machine_read_them(of_all, name):
    by_people = name in many_readings.ANNOTATED
    for article in of_all[name]:
        for function in SAY_WHO_READ:
            key = article[function][0].key
            if name == "mixed":
                assert key == "finding.mixed"
            else:
                assert (key == "finding.machine") is not by_people, (name, function)


def test_a_reading_that_is_reviewed_in_part_says_how_far():
    english, arabic = in_words(findings.attributed(many_readings.by_name("mixed")))
    assert english.startswith("With 3 of 14 claims reviewed, the others as the machine reads them: 14 of 29 claims")
    assert arabic.startswith("روجع 3 من أصل 14 ادعاءً، والباقي وفق القراءة الآلية: يُسند المقال 14 من أصل 29")


# The numbers are those of the tables


@each
def test_attributed_claims_are_counted_as_the_shares_are(of_all, name):
    for reading, said in zip(many_readings.every(name), of_all[name], strict=True):
        claims = shares.by_basis(reading).set_index("basis")["claims"]
        attributed = claims.sum() - claims["outlet"]
        if not attributed:
            assert (
                values(said["attributed"], "finding.attributed.none" if claims.sum() else "finding.claims.none")
                is not None
            )
            continue
        assert ratio(said["attributed"], "finding.attributed") == (attributed, claims.sum())
        if attributed > 1:
            assert (values(said["attributed"], "finding.unnamed") or {"n": 0})["n"] == claims["unnamed"]
            assert (values(said["attributed"], "finding.not_identified") or {"n": 0})["n"] == claims["not_identified"]


@each
def test_shares_of_words_are_those_of_the_table_and_add_up(of_all, name):
    for reading, said in zip(many_readings.every(name), of_all[name], strict=True):
        table = shares.by_basis(reading).set_index("basis")
        told = [one.values["count"].value for one in inside(said["rests_on"]) if one.key == "finding.item"]
        left = values(said["rests_on"], "finding.unclaimed")
        if told:
            assert told == [share for share in table["share"].iloc[:-1] if share]
            assert sum(told) + (left["share"].value if left else 0) == pytest.approx(1, abs=0.001)
        theirs = table["words"][["named", "unnamed", "not_identified"]].sum()
        share = values(said["rests_mostly_on"], "finding.attributed_words")
        if share:
            assert share["share"].value == pytest.approx(table["words"]["named"] / theirs)


@each
def test_sources_are_counted_as_the_register_counts_them(of_all, name):
    for reading, said in zip(many_readings.every(name), of_all[name], strict=True):
        table = audit.by_source(reading)
        if table.empty:
            assert values(said["sources"], "finding.sources.nobody") is not None
            continue
        named, every = ratio(said["sources"], "finding.sources")
        assert named == table["named"].sum() and every in (None, len(table))
        if most := values(said["sources"], "finding.heard_most"):
            assert most["who"].values["count"] == table["claims"].max()
            assert (table["claims"] == table["claims"].max()).sum() == 1
        if few := values(said["by_source"], "finding.source.leading"):
            top = table["claims"].head(few["n"])
            assert few["share"].value == top.sum() / table["claims"].sum() >= 0.5
            assert [one.values["count"] for one in few["who"]] == top.tolist()


@each
def test_mentions_are_counted_as_the_tables_count_them(of_all, name):
    for reading, said in zip(many_readings.every(name), of_all[name], strict=True):
        mentions = frames.mentions(reading)
        table = frames.counts(mentions)
        if table.empty:
            assert values(said["named_most"], "finding.named.none") is not None
            continue
        if few := values(said["named_most"], "finding.named"):
            top = table["mentions"].head(few["n"])
            assert few["share"].value == top.sum() / len(mentions) >= 0.5
            assert [one.values["count"] for one in few["who"]] == top.tolist()
            assert few["n"] == len(table) or top.iloc[-1] > table["mentions"].iloc[few["n"]]
        machine = int((table["found_by"] == "machine").sum())
        assert not machine or ratio(said["named_most"], "finding.named.machine") == (machine, len(table))
        spread = mentions.drop_duplicates(["actor_id", "paragraph"])["actor_id"].value_counts()
        assert ratio(said["dispersion"], "finding.spread") == (spread.max(), len(reading.article.paragraphs))
        once = int((spread == 1).sum())
        if once and len(reading.article.paragraphs) > 1:
            assert ratio(said["dispersion"], "finding.in_one") == (once, len(table))
        together = frames.together(mentions)
        pairs = [together.iloc[a, b] for a in range(len(together)) for b in range(a)]
        told = values(said["together"], "finding.together")
        assert (told["sentences"].values["n"] if told else 0) == max(pairs, default=0)


@each
def test_who_goes_unheard_is_among_those_whom_the_overview_lists(of_all, name):
    for reading, said in zip(many_readings.every(name), of_all[name], strict=True):
        voices = frames.voices(reading)
        about = voices[voices["spoken_about"] > 0]
        if about.empty:
            assert values(said["spoken_about"], "finding.spoken_about.nobody") is not None
            continue
        silent, every = ratio(said["spoken_about"], "finding.spoken_about")
        unquoted = {actor for actor, _ in overview.overview(reading).spoken_about}
        assert silent <= len(unquoted & set(about["actor_id"])) and every in (None, len(about))


@each
def test_the_audit_says_what_its_tables_say(of_all, name):
    for reading, said in zip(many_readings.every(name), of_all[name], strict=True):
        made = audit.attributed(reading)
        if not made:
            continue
        stances = audit.by_form(reading).query("attribute == 'stance' and value not in ('neutral', 'none')")
        assert ratio(said["by_form"], "finding.stances")[0] == stances["claims"].sum()
        alone = audit.on_one_unnamed(reading)
        assert ratio(said["on_one_unnamed"], "finding.on_one")[0] == len(alone)
        checks = audit.reasons(reading)
        assert ratio(said["check_first"], "finding.check")[0] == len(checks)
        if told := values(said["check_first"], "finding.check"):
            assert sum(one.values["count"] for one in told["why"]) == len(checks)
        heard = audit.heard(reading)
        if len(heard):
            assert ratio(said["heard"], "finding.heard")[0] == (heard["heard"] == "quoted").sum()
        relayed = (audit.chain(reading)["relation"] == "relays").sum()
        assert ratio(said["chain"], "finding.relayed")[0] == relayed


@each
def test_times_and_events_are_counted_as_the_tables_count_them(of_all, name):
    for reading, said in zip(many_readings.every(name), of_all[name], strict=True):
        found = times.find(reading.article)
        if found:
            closed = frames.times(found).query("earliest != '' and latest != ''")
            assert ratio(said["times"], "finding.times")[0] == len(closed)
        events = frames.events(reading, found)
        if dated := values(said["timeline"], "finding.events"):
            both = events.query("earliest != '' and latest != ''")
            assert dated["n"] == len(both)
            reach = values(said["timeline"], "finding.events.reach")
            assert (reach["first"], reach["last"]) == (both["earliest"].min(), both["latest"].max())
            undated = events.query("earliest == '' and latest == ''")
            assert (values(said["timeline"], "finding.events.undated") or {"n": 0})["n"] == len(undated)


@pytest.mark.parametrize("name", many_readings.ANNOTATED)
def test_the_comparison_says_what_its_table_says(of_all, name):
    people, [said] = many_readings.by_name(name), of_all[name]
    machine = many_readings.by_name(f"machine:{name}")
    outcomes = comparisons.side_by_side(people, machine, comparisons.compare(people, machine))["outcome"].value_counts()
    what = {key: int(outcomes.get(shown, 0)) for key, shown in comparisons.OUTCOMES.items()}
    otherwise = what["wrong source"] + what["wrong content"]
    every = what["right"] + what["missed"] + otherwise
    assert ratio(said["machine_found"], "finding.compared") == (what["right"], every)
    counted = {"missed": what["missed"], "otherwise": otherwise, "added": what["spurious"]}
    for key, n in counted.items():
        assert (values(said["machine_found"], f"finding.{key}") or {"n": 0})["n"] == n, key
    assert ratio(said["differing"], "finding.both_found")[0] == otherwise
    words = comparisons.agreement(people, machine).to_numpy()
    assert ratio(said["word_by_word"], "finding.words_alike") == (words.trace(), words.sum())


MAKE = {"said": invented.said, "added": invented.added, "alleged": invented.alleged, "thought": invented.thought}


@pytest.mark.parametrize(
    ("huda", "omar", "english", "arabic"),
    [
        (
            "said added alleged thought",
            "said added",
            "2 claims are marked by both annotators. Marked only by A: 2; only by B: 0.",
            "وسم الاثنان معاً ادعاءين. وما وسمه «أ» وحده: 2؛ وما وسمه «ب» وحده: 0.",
        ),
        (
            "said",
            "thought",
            "The two annotators have no claim in common. Marked only by A: 1; only by B: 1.",
            "ليس بين الواسمَين أي ادعاء مشترك. وما وسمه «أ» وحده: 1؛ وما وسمه «ب» وحده: 1.",
        ),
    ],
    ids=["two in common", "none in common"],
)
def test_two_annotators_are_said_to_share_what_both_marked(tmp_path, huda, omar, english, arabic):
    huda, omar = ([MAKE[what](f"{who}{what}") for what in whose.split()] for who, whose in (("h", huda), ("o", omar)))
    where = invented.made(tmp_path / "a", "Huda", *huda), invented.made(tmp_path / "b", "Omar", *omar)
    found = findings.annotators(agreement.of(*passes.read(*where, KNOWN.actors, KNOWN.cues)))
    assert in_words(found) == (english, arabic)


def test_the_corpus_is_said_to_be_what_its_tables_say(corpus, tmp_path):
    db, said = questions.database(ROOT / "data/corpus", tmp_path), corpus[0]
    voices = questions.voices(db).groupby("speaker")["speaks"].sum()
    assert ratio(said["voices"], "finding.corpus.voices") == ((voices == 0).sum(), len(voices))
    outlets = questions.overview(db).set_index("outlet")["articles"]
    assert ratio(said["contents"], "finding.corpus.outlet") == (outlets[questions.NO_OUTLET], outlets.sum())
    heard = quoted_frames.named(quoted.rows(db))
    assert ratio(said["quoted"], "finding.corpus.direct") == (heard["direct"].sum(), heard["distinct_statements"].sum())
    months = quoted_frames.by_month(quoted.rows(db)).groupby("name")["month"].nunique()
    assert values(said["quoted_by_month"], "finding.corpus.longest")["months"].values["n"] == months.max()
    routes = repeated_claims.routes(repeated_claims.groups(db))
    assert values(said["copies"], "finding.corpus.copies")["n"] == len(routes)
    assert ratio(said["routes"], "finding.corpus.weaker") == ((routes["change"] == "weaker").sum(), len(routes))
    rests = values(said["rests"], "finding.corpus.rests")
    assert rests["most"].values["count"].value > rests["least"].values["count"].value


# Labelled findings


def with_claims(name, **changed):
    """A reading, its attributed claims changed."""
    reading = many_readings.by_name(name)
    claims = tuple(structs.replace(claim, **changed) if claim.attributed else claim for claim in reading.claims)
    return replace(reading, claims=claims)


def with_about(**about):
    reading = many_readings.by_name("one claim")
    return replace(reading, article=replace(reading.article, about=about))


def graded_source(letter):
    reading = many_readings.by_name("one claim")
    return replace(reading, sources=tuple(structs.replace(source, reliability=letter) for source in reading.sources))


def table(columns, *rows):
    return pd.DataFrame(list(rows), columns=columns.split())


OUTLETS, VOICES = "outlet articles", "speaker outlet speaks distinct spoken_about"
COPIES = "articles distinct_articles claims distinct_claims"
QUOTED = "name distinct_statements direct"
STANCES = " ".join(("speaker", "outlets", *questions.STANCES))
GROUPS, EVENTS = "group outlet date basis", "earliest latest"


def seed():
    return many_readings.by_name("seed")


ACTOR, OTHER = "isis_k", "taliban"
COUNTS, SPELLINGS = "actor_id mentions found_by", "actor_id exact via mentions"
LABELLED = {
    "a day of publication": (lambda: findings.provenance(with_about(published="2024-05-05", outlet="o", author="a", url="u")), "The article was published on 2024-05-05. Outlet, author and address are known."),
    "an earliest day": (lambda: findings.provenance(with_about(published_earliest="2024-05-05")), "The article was published on 2024-05-05 at the earliest. Not known: outlet, author and address."),
    "a latest day": (lambda: findings.provenance(with_about(published_latest="2024-05-05", outlet="o", warning="w")), "The article was published on 2024-05-05 at the latest. Not known: author and address. There is one warning about the text as received."),
    "no sentence": (lambda: findings.sentences(table("words paragraph")), "The text has no sentence."),
    "one source of several claims": (lambda: findings.by_source(many_readings.by_name("one claim"), table("source_id claims", ("s", 3))), "As the machine reads it: The only source is \u2068سالم النجار\u2069, in 3 claims."),
    "not identified": (lambda: findings.attributed(with_claims("one claim", source_id=None)), "As the machine reads it: The only claim is attributed to somebody. Its speaker could not be identified."),
    "most words of nobody known": (lambda: findings.rests_mostly_on(with_claims("one claim", source_id=None), shares.by_basis(with_claims("one claim", source_id=None))), "As the machine reads it: The largest part of the words, 88%, is attributed to speakers who could not be identified. None of the attributed words rests on a named source."),
    "not asserted": (lambda: findings.quoted(many_readings.by_name("unsaid")), "As the machine reads it: No attributed claim gives its source's words. 5 more are reported as not made: negated, asked about, conditional or announced for later; they are counted nowhere."),
    "no reason to know": (lambda: findings.sources(many_readings.by_name("one unnamed")), "As the machine reads it: No source is named. The article does not say of any source why it should know."),
    "grades of claims alone": (lambda: findings.grades_of_attributed(with_claims("one claim", credibility=4)), "The only attributed claim with a grade is rated doubtful or improbable."),
    "one actor": (lambda: findings.named_most(seed(), table(COUNTS, (ACTOR, 2, "lexicon"))), "Only one actor is named: ISIS-K, 2 times."),
    "one actor of two": (lambda: findings.named_most(seed(), table(COUNTS, (ACTOR, 3, "machine"), (OTHER, 2, "lexicon"))), "One actor makes up 60% of all mentions: ISIS-K (3). One of 2 actors was found by the machine in the article itself, not in a lexicon."),
    "two actors alike": (lambda: findings.named_most(seed(), table(COUNTS, (ACTOR, 2, "lexicon"), (OTHER, 2, "lexicon"))), "2 actors make up 100% of all mentions: ISIS-K (2) and Taliban (2)."),
    "descriptions alone": (lambda: findings.spellings(seed(), table(SPELLINGS, (ACTOR, "a", "description", 2))), "Every actor is named in one form only. Both mentions are descriptions that an annotator resolved to an actor."),
    "forms alike": (lambda: findings.spellings(seed(), table(SPELLINGS, *((who, form, "name", 1) for who in (ACTOR, OTHER) for form in "ab"))), "No actor is named in more than 2 forms."),
    "perhaps": (lambda: findings.perhaps(table("name_en name_ar", *((f"n{n}", "س") for n in range(5)))), "5 names are uncertain and counted nowhere, the most certain first: n0, n1, n2 and 2 more."),
    "everybody heard": (lambda: findings.spoken_about(seed(), table("actor_id speaks spoken_for spoken_about", (ACTOR, 1, 0, 2))), "Every actor in the claims of others is heard, directly or through its people."),
    "nobody quoted": (lambda: findings.heard(seed(), table("heard", ("reported",), ("only spoken about",))), "No actor is quoted. One is only spoken about."),
    "every event dated": (lambda: findings.timeline(seed(), table(EVENTS, ("2020-01-01", "2020-12-31"))), "The only event has both a first and a last possible day. It falls between 2020-01-01 and 2020-12-31."),
    "events half dated": (lambda: findings.timeline(seed(), table(EVENTS, ("", "2020-12-31"), ("", ""))), "No event has both a first and a last possible day. One has no date in the text."),
    "no event dated": (lambda: findings.timeline(seed(), table(EVENTS, ("", ""), ("", ""))), "No event is dated by the text itself."),
    "words all apart": (lambda: findings.word_by_word(seed(), pd.DataFrame([[0, 2], [0, 0]])), "No word is read the same way by both. Agreement beyond chance (kappa): 0.00."),
    "one label": (lambda: findings.word_by_word(seed(), pd.DataFrame([[2, 0], [0, 0]])), "Both words are read the same way by both. Agreement beyond chance is not defined here."),
    "no corpus": (lambda: of_corpus.contents(table(OUTLETS)), "The corpus has no articles."),
    "no shares": (lambda: of_corpus.rests(table("outlet words named_share")), "The corpus has no articles."),
    "outlets known": (lambda: of_corpus.contents(table(OUTLETS, ("ص", 2))), "No outlet has more articles than \u2068ص\u2069 (2). The outlet of every article is known."),
    "one copy": (lambda: of_corpus.shared_texts(table(COPIES, (2, 1, 3, 2)), table("articles", (2,))), "One of 2 articles repeats an earlier one: at least half of its words are in it. The most widespread text is in 2 articles. As the machine reads it: One of 3 attributed claims stands in a sentence that an earlier article has."),
    "no copies": (lambda: of_corpus.shared_texts(table(COPIES, (2, 2, 3, 3)), table("articles")), "No article repeats an earlier one. As the machine reads it: No attributed claim stands in a sentence that an earlier article has."),
    "nothing to copy": (lambda: of_corpus.shared_texts(table(COPIES), table("articles")), "The corpus has no articles."),
    "nobody in a corpus": (lambda: of_corpus.voices(table(VOICES)), "As the machine reads it: Nobody speaks, and nobody is spoken about."),
    "everybody speaks": (lambda: of_corpus.voices(table(VOICES, ("س", "ص", 1, 1, 0), ("س", "ع", 1, 1, 0))), "As the machine reads it: Every name makes a claim in some outlet. Repeated text aside, \u2068س\u2069 speaks in 2 outlets; nobody speaks in more."),
    "no statement": (lambda: of_corpus.quoted(table(QUOTED, ("س", 0, 0))), "As the machine reads it: No statement of a named person, organisation or group is reported."),
    "no direct quotation": (lambda: of_corpus.quoted(table(QUOTED, ("س", 2, 0), ("ص", 1, 0))), "As the machine reads it: Nobody is quoted with more statements than \u2068س\u2069 (2). No claim by a named source is a direct quotation throughout."),
    "one direct quotation": (lambda: of_corpus.quoted(table(QUOTED, ("س", 2, 1))), "As the machine reads it: Nobody is quoted with more statements than \u2068س\u2069 (2). One of 2 claims by a named source is a direct quotation throughout."),
    "no statement dated": (lambda: of_corpus.quoted_by_month(table("name month")), "As the machine reads it: No statement has a date."),
    "one month": (lambda: of_corpus.quoted_by_month(table("name month", ("س", "2024-03"), ("ص", "2024-04"))), "As the machine reads it: Nobody is quoted in more than one month."),
    "one stance": (lambda: of_corpus.stances(table(STANCES, ("س", 2, 3, 0, 0, 0, 0))), "As the machine reads it: No speaker in several outlets is reported with cues of more than one stance."),
    "nothing weaker": (lambda: of_corpus.routes(table("change", ("stays",), ("better",))), "As the machine reads it: No claim in several outlets is attributed less precisely by the last outlet than by the first."),
    "copies without a day": (lambda: of_corpus.copies(table(GROUPS, (1, "ص", "", "named"), (1, "ع", "", "named"))), "As the machine reads it: One claim appears in several outlets. It appears in 2 outlets."),
    "a source judged": (lambda: findings.grades_of_attributed(graded_source("B")), "Every source with a grade could be judged."),
    "nothing found": (lambda: findings.machine_found(seed(), Comparison((Outcome("missed", None, None, {}),), 9, False)), "The machine found no attributed claim with the same source and content. It missed one. It found none that people did not mark."),
    "nothing to find": (lambda: findings.machine_found(seed(), Comparison((), 9, True)), "People marked no attributed claim for the machine to find. It found none that people did not mark."),
    "nothing that both found": (lambda: findings.differing(seed(), Comparison((), 9, True)), "No claim was found by both."),
}  # fmt: skip


@pytest.mark.parametrize(("finding", "english"), LABELLED.values(), ids=LABELLED)
def test_a_finding_says_what_is_there(finding, english):
    said, arabic = in_words(finding())
    assert said == english
    assert arabic.endswith(".") and "{" not in arabic


def test_no_event_is_invented_for_an_article_whose_events_nobody_noted():
    events = frames.events(many_readings.by_name("one claim"), [])
    assert (
        in_words(findings.timeline(many_readings.by_name("one claim"), events))[0]
        == "Nobody has noted the events of this article."
    )


# Every phrase


def test_every_phrase_of_a_finding_is_said_and_in_each_number(of_all, corpus):
    """Unused phrases are found; a used one is tried with all numbers, so that no form is missing."""
    everything = [
        *(list(one.values()) for every in of_all.values() for one in every),
        *(list(c.values()) for c in corpus),
    ]
    everything += [finding() for finding, _ in LABELLED.values()]
    asked = {}
    for one in inside(everything):
        asked.setdefault(one.key, one)
    for noun in {case["noun"] for case in CASES}:
        for n, of in ((1, 1), (2, 2), (3, 3), (1, 2), (2, 3)):
            asked.update((one.key, one) for one in inside(part(noun, n, of)))
    for key, one in asked.items():
        if key.startswith("finding."):
            for n in NUMBERS if "n" in one.values else ():
                for lang in (EN, AR):
                    assert lang.text(Message(key, {**one.values, "n": n}))
    stems = {stem(key) for key in EN.phrases if key.startswith("finding.")}
    of_two_annotators = {f"finding.annotators{end}" for end in ("", ".none", ".alone")}  # above
    assert stems - asked.keys() == of_two_annotators


def stem(key):
    """The key of a phrase without the form of its number."""
    before, _, form = key.rpartition(".")
    return before if form in FORMS and before in EN.phrases else key
