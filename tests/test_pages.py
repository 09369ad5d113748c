import email.message

import pytest

from helpers import articles
from helpers.rows import InputError

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
