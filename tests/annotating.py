"""Shared by the tests of the annotator: an invented article that is served, and a page that shows it."""

import threading
import time
from contextlib import contextmanager

from helpers.curation.server import Server
from helpers.curation.session import Session
from helpers.text import articles

TEXT = (
    "افتتح السوق القديم أبوابه بعد الحريق 🔥\r\n"
    "قالت وزيرة المياه سناء الحلبي إن السد امتلأ للمرة الأولى منذ عشر سنوات، وإن الخزانات ممتلئة.\r\n"
    "وأضافت أن الحكومة ستفتح بوابتين يوم الأحد.\r\n"
    "\r\n"
    "وأعلن المهندس سامر القيسي أن الجدار سليم تماما. وقال الناشط عمر الطيب «أين التقرير يا سادة؟».\r\n"
    "ونقلت صحيفة الضفة عن عامل في الموقع قوله إن شقا ظهر قبل شهر.\r\n"
    "وَأَكَّدَتِ الشرطةُ أنّ الطريق Route 7 مغلق.\r\n"
)


@contextmanager
def served(folder, known, text=TEXT):
    """Serve an article in a folder during the block; yields its session and its server."""
    path = folder / "dam.txt"
    path.write_bytes(text.encode())
    with Session.open(articles.load(path), "Huda", known) as session, Server(session.answer, str(folder)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield session, server
        server.shutdown()
        thread.join()


@contextmanager
def opened(browser, address, wait=True, **settings):
    """A page with the annotator in its own browser context; errors in the page or requests to other hosts fail the test."""
    context = browser.new_context(reduced_motion="reduce", **({"viewport": {"width": 1280, "height": 860}} | settings))
    tab, faults = context.new_page(), []
    tab.on("console", lambda said: said.type in ("error", "warning") and faults.append(said.text))
    tab.on("pageerror", lambda error: faults.append(str(error)))
    here = address.partition("#")[0]
    tab.on("request", lambda request: request.url.startswith(here) or faults.append(request.url))
    tab.faults = faults
    tab.goto(address)
    if wait:
        tab.wait_for_selector(".isnad-a-heading, .isnad-a-none")
    try:
        yield tab
        if wait and not tab.is_closed():
            assert tab.evaluate("[...isnad.missing]") == []  # phrases that are in no table
    finally:
        context.close()


def settle(tab):
    """Wait until all decisions are acknowledged and shown."""
    until(tab, "isnad.store.outbox.length === 0 && !isnad.store.flying")


def until(tab, expression, seconds=10):
    """Wait until an expression is true in a page; Playwright's own method violates the page's content security policy."""
    end = time.monotonic() + seconds
    while not tab.evaluate(expression):
        assert time.monotonic() < end, f"never so: {expression}"
        tab.wait_for_timeout(20)


def press(tab, keys):
    """Press keys, given with spaces between them; each is acknowledged before the next."""
    for key in keys.split():
        tab.keyboard.press(key)
        settle(tab)


def of_words(text, words):
    """The offsets of words in a text."""
    start = text.index(words)
    return {"start": start, "end": start + len(words)}
