"""Saved pages in shapes of the web: the claims are those of the plain text, or one line says what is odd."""

import json

import pytest

from helpers import readings
from helpers.files.errors import InputError
from helpers.text import articles

PARAGRAPHS = (
    "أعلنت وزارة المياه أمس أن أعمال الصيانة في السد ستبدأ في مطلع الشهر المقبل، وأنها ستستمر ثلاثة أشهر كاملة.",
    "وقال الوزير سالم الحمدان في مؤتمر صحافي إن الوزارة خصصت عشرين مليونا للمشروع، مشيرا إلى أن العمل يسير كما خطط له.",
    "وبحسب نقابة المهندسين، فإن السد لم يخضع لصيانة شاملة منذ عقدين من الزمن على الأقل في هذه المنطقة.",
    "وأضافت المهندسة هدى الكيلاني أن «التأخير يهدد القرى المجاورة»، ودعت إلى إشراك الأهالي في القرار.",
)
BODY = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
MENU = "".join(f"<li><a href=/{n}>{name}</a></li>" for n, name in enumerate(("الرئيسية", "سياسة", "اقتصاد", "رياضة")))
HEADLINES = (
    "الوزارة تعلن موعد أعمال الصيانة في السد الكبير",
    "نقابة المهندسين تطالب بتحقيق شامل في تأخر العمل",
    "القرى المجاورة للسد تنتظر نتائج الدراسة الجديدة",
    "عشرون مليونا لمشروع السد في موازنة العام المقبل",
    "خبراء يحذرون من تراجع منسوب المياه هذا الصيف",
    "افتتاح معرض الكتاب في العاصمة وسط حضور كبير",
    "المنتخب يتأهل إلى الدور الثاني بعد فوز صعب",
    "أسعار الخضار ترتفع في الأسواق للشهر الثالث",
)
COMMENTS = "".join(
    f"<div class=comment><b>قارئ</b><p>لا أوافق أبدا على ما قيل هنا، فقد قال جاري إن الأمر أعقد {n}.</p></div>"
    for n in range(60)
)


def whole(body, head="<meta charset=utf-8><title>السد</title>", html="<html lang=ar dir=rtl>"):
    return f"<!doctype html>{html}<head>{head}</head><body><nav><ul>{MENU}</ul></nav>{body}<footer>جميع الحقوق محفوظة</footer></body></html>"


def entities(text):
    return "".join(f"&#{ord(c)};" if ord(c) > 127 else c for c in text)


def in_tables(body):
    menu = f"<td width=160><table>{''.join(f'<tr><td><a href=/{n}>{each}</a></td></tr>' for n, each in enumerate(HEADLINES))}</table></td>"
    return f"<table width=100%><tr>{menu}<td><table><tr><td>{body}</td></tr></table></td></tr></table>"


LINKED = json.dumps(
    {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "السد",
        "articleBody": "\n".join(PARAGRAPHS),
    },
    ensure_ascii=False,
)
ARTICLE = f"<article><h1>السد</h1>{BODY}</article>"
PAGES = {
    "numeric entities": whole(entities(ARTICLE)).encode("ascii", "xmlcharrefreplace"),
    "a byte-order mark": b"\xef\xbb\xbf" + whole(ARTICLE).encode(),
    "UTF-16 with a byte-order mark": whole(ARTICLE).encode("utf-16"),
    "no encoding declared": whole(ARTICLE, "<title>السد</title>").encode("cp1256"),
    "Windows-1256 declared as UTF-8": whole(ARTICLE).encode("cp1256"),
    "UTF-8 declared as Windows-1256": whole(ARTICLE, "<meta charset=windows-1256>").encode(),
    "an encoding that nobody knows": whole(ARTICLE, "<meta charset=x-arabic-1>").encode(),
    "tables as layout": whole(in_tables(BODY)).encode(),
    "AMP": whole(f"<amp-img src=a.jpg></amp-img>{ARTICLE}<amp-ad type=x></amp-ad>", html="<html ⚡ lang=ar>").encode(),
    "articles in an article": whole(f"<article><h1>السد</h1>{BODY}{''.join(f'<article class=card><a href=/{n}><h3>{each}</h3></a></article>' for n, each in enumerate(HEADLINES))}</article>").encode(),
    "comments longer than the article": whole(f"{ARTICLE}<section id=comments>{COMMENTS}</section>").encode(),
    "lines apart by br": whole(f"<div class=story>{'<br>'.join(PARAGRAPHS)}</div>").encode(),
    "lines apart by two br": whole(f"<div class=story>{'<br/><br/>'.join(PARAGRAPHS)}</div>").encode(),
    "the text in JSON-LD alone": whole(f"<div id=app></div><script type=application/ld+json>{LINKED}</script>").encode(),
    "the text in JSON-LD too": whole(f"<script type=application/ld+json>{LINKED}</script>{ARTICLE}").encode(),
    "no language": whole(ARTICLE, html="<html>").encode(),
    "another language declared": whole(ARTICLE, html="<html lang=en dir=ltr>").encode(),
    "mixed directions": whole(f"<article dir=ltr>{BODY.replace('<p>', '<p dir=rtl><bdi>').replace('</p>', '</bdi></p>')}<p dir=ltr>Photo: Agency</p></article>").encode(),
    "divs for paragraphs": whole(f"<div class=post>{BODY.replace('<p>', '<div>').replace('</p>', '</div>')}</div>").encode(),
    "spans in each word": whole(f"<article>{''.join('<p>' + ' '.join(f'<span>{word}</span>' for word in each.split()) + '</p>' for each in PARAGRAPHS)}</article>").encode(),
    "XHTML": b'<?xml version="1.0" encoding="utf-8"?>' + whole(ARTICLE, html='<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="ar">').encode(),
}  # fmt: skip


def claims(article, known):
    """Source, cue and content of the attributed claims, by their words."""
    found = (claim for claim in readings.read(article, known, machine=True).claims if claim.attributed)
    return [
        (claim.source and claim.source.exact, claim.cue_text, " ".join(claim.content_text.split())) for claim in found
    ]


@pytest.fixture(scope="module")
def known():
    return readings.known()


@pytest.fixture(scope="module")
def plain(known, tmp_path_factory):
    path = tmp_path_factory.mktemp("plain") / "plain.txt"
    path.write_text("\n".join(PARAGRAPHS), encoding="utf-8")
    return claims(articles.load(path), known)


def saved(tmp_path, raw):
    path = tmp_path / "saved.html"
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return articles.load(path, arabic_only=True)


@pytest.mark.parametrize("shape", PAGES)
def test_the_claims_of_a_page_are_those_of_its_text(shape, tmp_path, known, plain):
    article = saved(tmp_path, PAGES[shape])
    assert article.warnings == ()
    assert len(plain) >= 4
    assert claims(article, known) == plain


def test_an_arabic_page_that_declares_a_latin_encoding_says_what_to_do(tmp_path):
    with pytest.raises(InputError, match="name that with --encoding windows-1256"):
        saved(tmp_path, whole(ARTICLE, "<meta charset=iso-8859-1>").encode("cp1256"))


CARDS = "".join(f"<div class=card><h3><a href=/{n}>{each}</a></h3></div>" for n, each in enumerate(HEADLINES))
TEASERS = "".join(
    f"<article class=card><h2><a href=/{n}>{each}</a></h2><p>{PARAGRAPHS[n % 4]} والتفاصيل في الخبر رقم {n}.</p></article>"
    for n, each in enumerate(HEADLINES)
)
FRONTS = {
    "headlines": f"<main>{CARDS}</main>",
    "headlines with teasers": f"<main>{TEASERS}</main>",
    "a list": f"<main><ul>{''.join(f'<li><a href=/{n}>{each}</a></li>' for n, each in enumerate(HEADLINES))}</ul></main>",
}


@pytest.mark.parametrize("shape", FRONTS)
def test_a_front_page_is_said_to_be_one(shape, tmp_path):
    try:
        article = saved(tmp_path, whole(FRONTS[shape]))
    except InputError as refused:
        assert "no article was found" in str(refused)
    else:
        (said,) = article.warnings
        assert said.startswith("this looks like a front page or a list of headlines")


BRIEF = "<p>أعلنت وزارة المياه أمس أن أعمال الصيانة في السد ستبدأ في مطلع الشهر المقبل، بحسب بيان نشرته.</p>"
LINKS = "".join(f"<p><a href=/{n}>{each}</a></p>" for n, each in enumerate(HEADLINES))
ARTICLES = {
    "links in its text": f"<article>{BODY.replace('الوزارة', '<a href=/w>الوزارة</a>')}</article>",
    "links beside it": f"<article>{BODY}</article><aside>{CARDS}</aside>",
    "links below it": f"<article>{BODY}</article><div class=related>{CARDS}</div>",
    "a brief, with links below it": f"<article><h1>السد</h1>{BRIEF}</article><div class=related>{CARDS}</div>",
    "a brief, with dated links below it": f"<article><h1>السد</h1>{BRIEF}</article>{CARDS.replace('</div>', '<span>الثلاثاء 5 مارس</span></div>')}",
    "a headline that is a link": f"<article><h1><a href=/7>صيانة السد الكبير تبدأ الشهر المقبل</a></h1>{BODY}</article>",
}


@pytest.mark.parametrize("shape", ARTICLES)
def test_an_article_with_links_is_no_front_page(shape, tmp_path):
    article = saved(tmp_path, whole(ARTICLES[shape]))
    assert [said for said in article.warnings if "front page" in said] == []
    assert "أعلنت وزارة المياه" in article.text
    assert not set(HEADLINES) & set(article.text.splitlines())


MENUS = {
    "in a table of the layout": in_tables("<br><br>".join(PARAGRAPHS)),
    "inside the article": f"<article>{BODY}{LINKS}</article>",
}


@pytest.mark.parametrize("shape", MENUS)
def test_lines_that_are_only_links_are_left_out_and_that_is_said(shape, tmp_path, known, plain):
    article = saved(tmp_path, whole(MENUS[shape]))
    (said,) = article.warnings
    assert said.startswith("lines that are only a link")
    assert not set(HEADLINES) & set(article.text.splitlines())
    assert claims(article, known) == plain
