import base64
import email.message
import html
import json

import duckdb
import pytest

from helpers import readings
from helpers.files.errors import InputError
from helpers.report import front_page, translation_memory
from helpers.text import articles, metadata
from tests import showing
from tests.conftest import ROOT

PARAGRAPHS = [
    "أعلنت وزارة الصحة أمس أن حملة التطعيم ستبدأ في مطلع الشهر المقبل، وأنها ستشمل المدارس والجامعات كلها.",
    "وقال الوزير في مؤتمر صحافي إن الوزارة اشترت ثلاثة ملايين جرعة، مشيرا إلى أن التطعيم اختياري.",
    "وبحسب نقابة الأطباء، فإن عدد الإصابات انخفض بمقدار الثلث منذ بداية العام الحالي في أنحاء البلاد.",
]
PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="{charset}"><title>حملة تطعيم جديدة | الصحيفة</title>
<meta property="og:title" content="حملة تطعيم جديدة"><meta property="og:site_name" content="الصحيفة">
{date}<script>alert("قال الوزير إن هذا ليس خبرا")</script></head><body>
<nav><a href="/">الرئيسية</a> <a href="/sport">رياضة</a></nav>
<article><h1>حملة تطعيم جديدة</h1>{body}</article>
<aside>اقرأ أيضا: خبراء يحذرون</aside><footer>جميع الحقوق محفوظة 2019</footer></body></html>"""
DATE = '<meta property="article:published_time" content="2024-03-05T10:00:00+02:00">'


def page(charset="utf-8", date=DATE):
    return PAGE.format(charset=charset, date=date, body="".join(f"<p>{p}</p>" for p in PARAGRAPHS))


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "iso-8859-6"])
def test_the_article_comes_out_of_a_saved_page_in_its_own_encoding(tmp_path, charset):
    path = tmp_path / "saved.html"
    path.write_bytes(page(charset).encode(charset))
    article = articles.load(path, arabic_only=True)
    assert [line for line in article.text.splitlines() if line in PARAGRAPHS] == PARAGRAPHS
    assert not [word for word in ("alert", "رياضة", "محفوظة", "<") if word in article.text]
    told = ("حملة تطعيم جديدة", "الصحيفة", "2024-03-05")
    assert tuple(article.about[key] for key in ("title", "outlet", "published")) == told
    assert "saved web page" in article.about["received"]


def test_a_page_is_known_by_what_it_begins_with_whatever_its_name(tmp_path):
    (tmp_path / "saved.txt").write_text(page(), encoding="utf-8")
    assert articles.load(tmp_path / "saved.txt").about["title"] == "حملة تطعيم جديدة"


STATED = {
    "a meta tag": '<meta property="article:published_time" content="{}">',
    "a meta tag by its name, its attributes turned round": "<meta content='{}' name='DC.date.issued'>",
    "linked data": '<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{}"}}</script>',
}


@pytest.mark.parametrize("stated", STATED)
@pytest.mark.parametrize(
    ("value", "day", "doubt"),
    [
        ("١٥ آذار/مارس ٢٠٢٤", "2024-03-15", None),
        ("12 جويلية 2024", "2024-07-12", None),
        ("5 رمضان 1445 هـ", "2024-03-15", "Umm al-Qura"),
        ("03/04/2024", "2024-04-03", "read day first"),
        ("قريبا", None, "could not be read"),
    ],
)
def test_a_date_that_the_page_states_is_read_in_any_usual_form(tmp_path, stated, value, day, doubt):
    (tmp_path / "saved.html").write_text(page(date=STATED[stated].format(value)), encoding="utf-8")
    found = articles.load(tmp_path / "saved.html")
    assert found.about.get("published") == day
    assert [doubt in warning for warning in found.warnings] == ([True] if doubt else [])


def test_a_time_that_is_a_length_is_no_date_and_no_doubt(tmp_path):
    (tmp_path / "saved.html").write_text(page(date='<time datetime="PT5M">'), encoding="utf-8")
    found = articles.load(tmp_path / "saved.html")
    assert "published" not in found.about and found.warnings == ()


def test_a_date_of_linked_data_may_be_escaped(tmp_path):
    escaped = "".join(f"\\u{ord(c):04x}" if ord(c) > 127 else c for c in "15 مارس 2024")
    (tmp_path / "saved.html").write_text(page(date=STATED["linked data"].format(escaped)), encoding="utf-8")
    assert articles.load(tmp_path / "saved.html").about["published"] == "2024-03-15"


def test_a_date_that_the_page_does_not_tell_is_not_guessed(tmp_path):
    (tmp_path / "saved.html").write_text(page(date=""), encoding="utf-8")
    assert "published" not in articles.load(tmp_path / "saved.html").about


def test_the_sidecar_has_the_last_word(tmp_path):
    (tmp_path / "saved.html").write_text(page(), encoding="utf-8")
    (tmp_path / "saved.toml").write_text('outlet = "جريدة أخرى"', encoding="utf-8")
    about = articles.load(tmp_path / "saved.html").about
    assert (about["outlet"], about["title"]) == ("جريدة أخرى", "حملة تطعيم جديدة")


def test_a_web_archive_is_read(tmp_path):
    message = email.message.EmailMessage()
    message.set_content("a picture", subtype="plain")
    message.add_alternative(page(), subtype="html")
    (tmp_path / "saved.mhtml").write_bytes(bytes(message))
    assert PARAGRAPHS[0] in articles.load(tmp_path / "saved.mhtml").text


@pytest.mark.parametrize(
    "content",
    ["", "<html></html>", "<html><body><script>alert(1)</script></body></html>"],
    ids=["empty", "no body", "script alone"],
)
def test_a_page_without_an_article_is_said_in_one_line(tmp_path, content):
    (tmp_path / "saved.html").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"saved\.html: no article was found in this page"):
        articles.load(tmp_path / "saved.html")


BODY = "قالت وزارة الصحة إن حملة التطعيم ستبدأ في مطلع الشهر المقبل، وأضافت أن عدد المشاركين بلغ ثلاثة ملايين شخص في المدن."
HEADLINE = "عنوان المقال كله هنا في الأعلى"
MENU = "".join(
    f"<li><a href=/{n}>{name}</a></li>"
    for n, name in enumerate(["الرئيسية", "سياسة", "اقتصاد", "رياضة", "ثقافة", "علوم"])
)
RELATED = "".join(f"<div class=card><a href=/{n}><h4>{text}</h4></a></div>" for n, text in enumerate(PARAGRAPHS * 5))
COMMENTS = "".join(
    f"<div><b>قارئ</b><p>{text}</p></div>" for text in ("لا أوافق على ما قاله الكاتب أبدا، فالأمر أعقد.",) * 40
)


def saved(tmp_path, body, name="saved.html"):
    path = tmp_path / name
    head = "<!doctype html><html lang=ar><head><meta charset=utf-8><title>الصحيفة</title></head>"
    path.write_text(f"{head}<body>{body}</body></html>", encoding="utf-8")
    return articles.load(path, arabic_only=True)


def deep(depth):
    return f"<h1>{HEADLINE}</h1>{'<div>' * depth}<p>{BODY}</p>{'</div>' * depth}"


@pytest.mark.parametrize("depth", [1, 254, 255, 300, 1_000])
def test_an_article_is_found_however_deep_it_stands(tmp_path, depth):
    article = saved(tmp_path, deep(depth))
    assert BODY in article.text
    assert article.warnings == ()


def test_a_page_that_is_too_deep_to_be_read_whole_says_so(tmp_path):
    (said,) = saved(tmp_path, deep(2_100)).warnings
    assert said == "the page is nested too deeply to be read in full; compare the text with the page"


ORDINARY = {
    "menus and related links": f"<nav><ul>{MENU}</ul></nav>{{}}<div class=related>{RELATED}</div>",
    "menus in lists": f"<div class=top><ul>{MENU * 3}</ul></div>{{}}",
    "readers' comments": f"{{}}<div id=comments>{COMMENTS}</div>",
    "comments of another name": f"{{}}<section class='post-comments list'>{COMMENTS}</section>",
    "a class on the whole page": f"<main class=has-comments>{{}}</main><div class=comment-list>{COMMENTS}</div>",
    "an aside and a footer": f"{{}}<aside>{RELATED}{BODY * 3}</aside><footer>{BODY * 3}</footer>",
    "scripts and styles": f"<script>x = '{BODY * 20}'</script><style>/* {BODY * 20} */</style><!-- {BODY * 20} -->{{}}",
}


@pytest.mark.parametrize("around", ORDINARY.values(), ids=ORDINARY)
def test_an_ordinary_page_is_not_warned_of(tmp_path, around):
    paragraphs = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    article = saved(tmp_path, around.replace("{}", f"<article><h1>{HEADLINE}</h1>{paragraphs}</article>"))
    assert PARAGRAPHS[-1] in article.text
    assert article.warnings == ()


def test_the_projects_own_page_is_not_warned_of():
    assert articles.load(ROOT / "seeds/examples/broadsheet.html").warnings == ()


@pytest.mark.parametrize(
    "body",
    ["<div class=comment-body>{}</div>", "<aside>{}</aside>"],
    ids=["in what is named for comments", "in an aside"],
)
def test_a_headline_alone_is_warned_of(tmp_path, body):
    paragraphs = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    article = saved(tmp_path, f"<h1>{HEADLINE}</h1>" + body.replace("{}", paragraphs))
    assert PARAGRAPHS[0] not in article.text
    assert article.warnings[0].startswith("only part of the page was extracted (2")


def test_a_page_in_windows_1256_that_says_it_is_latin_gets_the_advice(tmp_path):
    for said in ("iso-8859-1", "windows-1252", "ISO-8859-15"):
        (tmp_path / "saved.html").write_bytes(page(said).encode("cp1256"))
        with pytest.raises(InputError, match=r"saved\.html: mostly not Arabic .* --encoding windows-1256"):
            articles.load(tmp_path / "saved.html", arabic_only=True)
    article = articles.load(tmp_path / "saved.html", "windows-1256", arabic_only=True)
    assert PARAGRAPHS[0] in article.text


@pytest.mark.parametrize("charset", ["base64", "undefined", "rot13", "unicode_escape", "zlib", "x-none"])
def test_a_page_that_declares_what_is_no_encoding_is_one_line(tmp_path, charset):
    (tmp_path / "saved.html").write_bytes(page(charset).encode("cp1256"))
    with pytest.raises(
        InputError, match=f"declares the unknown encoding '{charset}'; name the right one with --encoding"
    ):
        articles.load(tmp_path / "saved.html")
    assert PARAGRAPHS[0] in articles.load(tmp_path / "saved.html", "windows-1256").text


def archive(charset, encoding="cp1256"):
    """A web archive that says its encoding itself, as the page does not."""
    head = f'MIME-Version: 1.0\r\nContent-Type: text/html; charset="{charset}"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    text = page("utf-8").replace('<meta charset="utf-8">', "")
    return head.encode() + base64.encodebytes(text.encode(encoding))


def test_a_web_archive_says_its_encoding(tmp_path):
    (tmp_path / "saved.mhtml").write_bytes(archive("windows-1256"))
    assert PARAGRAPHS[0] in articles.load(tmp_path / "saved.mhtml").text
    (tmp_path / "saved.mhtml").write_bytes(archive("base64"))
    with pytest.raises(InputError, match="declares the unknown encoding 'base64'"):
        articles.load(tmp_path / "saved.mhtml")


BROKEN = {
    "nothing": b"",
    "no header": b"<html>",
    "an odd encoding of transfer": b"Content-Type: text/html\nContent-Transfer-Encoding: x-uuencode\n\nbegin 666 a\n!!!\nend\n",
    "charset in pieces": b"Content-Type: text/html; charset*0*=x''%ff; charset*1=\"\xff\n\n<p>a",
    "parts in parts": b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(2_000)),
    "no end of a boundary": b'Content-Type: multipart/related; boundary="\n\n--"\nContent-Type: text/html\n\n',
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_web_archive_is_one_line(tmp_path, content):
    (tmp_path / "saved.mhtml").write_bytes(content)
    with pytest.raises(InputError, match=r"saved\.mhtml: (no page|not a web|no article|over 20 parts) .*save"):
        articles.load(tmp_path / "saved.mhtml")


def test_the_command_says_what_makes_a_text_doubtful_and_goes_on(tmp_path, called):
    saved(tmp_path, deep(2_100), "deep.html")
    done = called("annotate", tmp_path / "deep.html")
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        f"isnad: {tmp_path}/deep.html: warning: the page is nested too deeply to be read in full; compare the text with the page"
    ]
    assert json.loads(done.stdout)["article"]["warnings"] == [
        "the page is nested too deeply to be read in full; compare the text with the page"
    ]


WARNINGS = [
    "only part of the page was extracted (27 letters of 1,220, excluding menus and links); compare the text with the page",
    "the page is nested too deeply to be read in full; compare the text with the page",
    "this looks like UTF-8 text read as Windows-1256 (ط§ظ„ظˆ…); omit --encoding, or obtain the text again",
    "some characters are lost (1,200 times U+FFFD); obtain the text again",
    "the date 'soon' could not be read; write it as 2024-03-15",
    "the date 'رمضان 1445' is Hijri; converted by the Umm al-Qura calendar, 2024-03-11 to 2024-04-09, give or take a day",
    "the date '03/04/2024' was read day first, as 2024-04-03; write it as 2024-04-03 if that is right",
    "the date '03/15/2024' was read month first, as 2024-03-15; write it as 2024-03-15 if that is right",
    "the date '2024-03' is not a day; it was read as 2024-03-01 to 2024-03-31",
    "this looks like a front page or a list of headlines (8 links read as headlines); name the page of one article",
    "lines that are only a link (12) were left out; compare the text with the page",
    "lines that end inside a sentence (2) were read together with the next line; compare the paragraphs",
    "lines that lead to other articles (3), the first with «اقرأ أيضا»; they are not counted as the outlet's claims",
]


def test_a_report_says_what_makes_its_text_doubtful_in_both_languages(tmp_path):
    article = articles.from_text(BODY, "x", tmp_path / "x.txt", warnings=WARNINGS)
    reading = readings.read(article, machine=True)
    memory = translation_memory.load(reading)
    front_page.write(reading, readings.known(), tmp_path, {"en": [], "ar": []}, memory)
    english, arabic = ((tmp_path / name).read_text(encoding="utf-8") for name in ("index.html", "ar.html"))
    assert english.count("<dt>warning</dt>") == arabic.count("<dt>تنبيه</dt>") == len(WARNINGS)
    for warning in WARNINGS:
        assert html.escape(warning) in english
        assert memory(warning) and warning not in arabic
    assert all(html.escape(warning) in showing.view("provenance", reading) for warning in WARNINGS)


def test_warnings_go_with_a_text_in_its_sidecar(tmp_path):
    (tmp_path / "x.txt").write_text(BODY, encoding="utf-8")
    metadata.write(tmp_path / "x.toml", {"warning": "\n".join(WARNINGS)})
    article = articles.load(tmp_path / "x.txt")
    assert (article.warnings, article.about) == (tuple(WARNINGS), {})


def test_a_corpus_has_the_warnings_in_a_column_of_their_own(tmp_path):
    from helpers.corpus import driver
    from helpers.inputs import input_articles

    saved(tmp_path, deep(2_100), "a.html")
    read = "قال الوزير إن الطريق مفتوح.".encode().decode("cp1256")
    lines = [{"id": 1, "text": BODY, "warning": "theirs"}, {"id": 2, "text": read}]
    (tmp_path / "b.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    driver.run_in_process(
        [str(tmp_path / "a.html"), str(tmp_path / "b.jsonl")], tmp_path / "out", input_articles.Options()
    )
    rows = duckdb.sql(
        f"select warnings, carried from '{tmp_path}/out/part-*/articles.parquet' order by number"
    ).fetchall()
    assert [len(found) for found, _ in rows] == [1, 0, 1]
    assert rows[1][1] == '{"warning": "theirs"}'
    assert "read as Windows-1256" in rows[2][0][0]
