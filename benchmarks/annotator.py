"""The time that the annotator takes to open, and from a key to the frame with its effect.

The article has 3,000 sentences with 2,000 candidates; highlights are drawn once by CSS Highlights and once by spans.
Needs Chromium. It is part of `make bench`.
"""

import random
import statistics
import threading
import time
from collections.abc import Mapping
from itertools import count
from typing import Any

from playwright.sync_api import Page, sync_playwright

from helpers.curation.server import Server

SENTENCES = 3_000
KEYS = 60
PAUSE = 40  # ms between two keys
WORDS = [
    "قال",
    "الوزير",
    "إن",
    "السد",
    "امتلأ",
    "للمرة",
    "الأولى",
    "منذ",
    "عشر",
    "سنوات",
    "وإن",
    "الخزانات",
    "ممتلئة",
    "اليوم",
    "في",
    "كل",
    "المدن",
]
# Measures the time from a key to the task after the next frame.
LISTEN = """() => {
  window.times = [];
  document.addEventListener("keydown", event => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => times.push(performance.now() - event.timeStamp);
    channel.port2.postMessage(0);
  }), true);
}"""


def article() -> dict[str, Any]:
    """The state of an article of invented sentences, of which two in three have a claim."""
    rng, at = random.Random(1), 0
    lines, claims = [], []
    for n in range(SENTENCES):
        words = [rng.choice(WORDS) for _ in range(rng.randint(10, 25))]
        lines.append({"start": at, "text": " ".join(words) + ".", "paragraph": n + 1})
        if n % 3 != 2:
            kind = rng.choice(["direct", "mixed", "indirect"])
            claims.append(
                _claim(f"c{n}", kind, f"s{n % 200}", [_span(at, words, *span) for span in ((0, 1), (1, 2), (3, None))])
            )
        at += len(lines[-1]["text"]) + 1
    sources = [
        {"source_id": f"s{n}", "name": f"مصدر {n}", "kind": "named person", "actor_ids": [], "reliability": None}
        for n in range(200)
    ]
    empty: dict[str, Any] = {"mentions": [], "actors": [], "unanchored": []}
    return {"lines": lines, "claims": claims, "sources": sources, "sha256": "", "title": "x", "annotator": "x"} | empty


def _span(at: int, words: list[str], first: int, last: int | None) -> dict[str, Any]:
    start = at + len(" ".join(words[:first])) + bool(first)
    exact = " ".join(words[first:last])
    return {"start": start, "end": start + len(exact), "exact": exact}


def _claim(claim_id: str, kind: str, source_id: str, spans: list[dict[str, Any]]) -> dict[str, Any]:
    cue, source, content = spans
    return {
        "claim_id": claim_id,
        "kind": kind,
        "source_id": source_id,
        "cue": [cue],
        "source": source,
        "content": [content],
        "status": "unreviewed",
        "modality": "asserted",
        "act": "speech",
    }


class Answers:
    """Answers like a session that accepts all operations, without writing to the disk."""

    def __init__(self) -> None:
        self._state = article()
        self._claims = {claim["claim_id"]: claim for claim in self._state["claims"]}
        self._versions = count(1)

    def __call__(self, message: Mapping[str, Any]) -> Mapping[str, Any]:
        """The reply to a message."""
        if message["kind"] == "open":
            return {"kind": "state", "version": 0, **self._state}
        done = message.get("operations", ())
        changed = {each["claim"]: self._claims[each["claim"]] for each in done}
        for claim in changed.values():
            claim["status"] = "accepted"
        reply = {"kind": "done", "version": next(self._versions) if done else message["since"]}
        return reply | {"acks": [each["id"] for each in done], "refused": [], "set": {"claims": changed}}


def measured(page: Page, address: str) -> tuple[float, float, float]:
    """Seconds to open; milliseconds from key to frame, median and 95th percentile of a hundred keys."""
    begun = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(".isnad-a-heading")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    opened = time.perf_counter() - begun
    page.evaluate(LISTEN)
    for _ in range(KEYS):
        page.keyboard.press("a")
        page.wait_for_timeout(PAUSE)
    times = sorted(page.evaluate("times"))
    return opened, statistics.median(times), times[int(len(times) * 0.95)]


def main() -> None:
    """Print a line for each way of drawing highlights."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for painting in ("highlights", "spans"):
            with Server(Answers(), "benchmark") as server:
                threading.Thread(target=server.serve_forever, daemon=True).start()
                page = browser.new_page(viewport={"width": 1280, "height": 860})
                opened, median, p95 = measured(page, f"{server.address}&painting={painting}")
                print(f"{painting}: opened in {opened:.1f} s; key to frame {median:.0f} ms (p95 {p95:.0f} ms)")
                page.close()
                server.shutdown()
        browser.close()


if __name__ == "__main__":
    main()
