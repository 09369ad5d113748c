"use strict";
// The page can be read without this: it adds filters, a look at a claim where its mark stands, and copying.
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const article = $(".isnad-article"), peek = $("#peek");

  // Filters: one sheet of one rule, so that a choice costs the same however many claims there are.
  const form = $(".filters"), source = $("#by-source"), actor = $("#by-actor"), rest = $("#by-basis"), made = $("#by-modality"), shown = $("#shown");
  const claims = $$("li[data-source]", article), sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [sheet];
  const selects = [source, rest, actor, made].filter(Boolean), reset = () => selects.forEach(select => { select.value = ""; });
  const paragraph = new Map(claims.map(claim => [claim, new Set([claim.closest("section")])]));
  for (const mark of $$("[data-claim]", article)) paragraph.get(document.getElementById(`claim-${mark.dataset.claim}`))?.add(mark.closest("section"));
  const filter = () => {
    const by = source.value, of = actor.value, on = rest.value, how = made ? made.value : "", wanted = [];
    if (by) wanted.push(`[data-source="${CSS.escape(by)}"]`);
    if (of) wanted.push(`[data-actors~="${CSS.escape(of)}"]`);
    if (on) wanted.push(`[data-basis="${on}"]`);
    if (how) wanted.push(how === "said" ? '[data-modality="asserted"]' : ':not([data-modality="asserted"])');
    const filtering = wanted.length > 0, hit = new Set();
    let count = 0;
    for (const claim of claims) {
      const here = (!by || claim.dataset.source === by) && (!on || claim.dataset.basis === on) && (!how || (claim.dataset.modality === "asserted") === (how === "said")) && (!of || claim.dataset.actors.split(" ").includes(of));
      if (here) { count++; paragraph.get(claim).forEach(section => hit.add(section)); }
    }
    sheet.replaceSync(filtering ? `.isnad-said li:not(${wanted.join("")}){display:none}.isnad-paragraph:not(.hit){display:none}` : "");
    for (const section of article.children) section.classList.toggle("hit", hit.has(section));
    shown.textContent = filtering ? shown.dataset.said.replace("{n}", count).replace("{all}", claims.length) + ` (${selects.filter(s => s.value).map(s => s.selectedOptions[0].text).join(" · ")})` : "";
  };
  form.hidden = false;
  form.addEventListener("change", filter);
  form.addEventListener("submit", event => event.preventDefault());

  // A link to a claim that the filter hides takes the filter away.
  const arrive = hash => {
    let target = null;
    try { target = document.getElementById(decodeURIComponent(hash.slice(1))); } catch { return; }  // no address of ours
    if (target && target.matches("li[data-source]") && target.offsetParent === null) {
      reset(); filter(); target.scrollIntoView();
    }
  };
  addEventListener("hashchange", () => arrive(location.hash));
  document.addEventListener("click", event => {
    const link = event.target.closest('a[href^="#claim-"]');
    if (link) arrive(link.hash);  // the same link again is no change of the address
  });

  // A name in a list leads to the claims by or about it.
  document.addEventListener("click", event => {
    const link = event.target.closest("a[data-actor]");
    if (link) { reset(); actor.value = link.dataset.actor; filter(); }
  });

  // A look at a claim: its card beside the mark that is pointed at or reached by the keyboard.
  let over = null;
  const hide = () => { peek.hidden = true; over = null; $$("[aria-describedby=peek]").forEach(a => a.removeAttribute("aria-describedby")); $$(".looked-at").forEach(e => e.classList.remove("looked-at")); };
  const look = (mark, id) => {
    const card = document.getElementById(`claim-${id}`);
    if (!card || over === mark) return;
    hide();
    over = mark;
    const close = document.createElement("button");
    close.type = "button"; close.textContent = "×"; close.setAttribute("aria-label", peek.dataset.close);
    close.addEventListener("click", hide);
    peek.replaceChildren(close, $(".said", card).cloneNode(true), ...$$(".facts:not(.cite)", card).map(list => list.cloneNode(true)));
    peek.hidden = false;
    $$(`[data-claim="${CSS.escape(id)}"]`, article).concat(card).forEach(e => e.classList.add("looked-at"));
    if (mark.matches("a")) mark.setAttribute("aria-describedby", "peek");
    if (matchMedia("(max-width: 46rem)").matches) { peek.style.removeProperty("left"); peek.style.removeProperty("top"); return; }  // docked by the sheet
    const at = mark.getBoundingClientRect(), size = peek.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left + at.width / 2 - size.width / 2), innerWidth - size.width - 8);
    const below = at.bottom + 8 + size.height < innerHeight;
    // Positions are set through the CSSOM: a style attribute would need a looser policy.
    peek.style.setProperty("left", `${left + scrollX}px`);
    peek.style.setProperty("top", `${(below ? at.bottom + 8 : Math.max(8, at.top - size.height - 8)) + scrollY}px`);
  };
  article.addEventListener("pointerover", event => {
    const mark = event.target.closest("[data-claim], .isnad-ref a");
    if (mark) look(mark, mark.dataset.claim || mark.hash.slice("#claim-".length));
    else if (over && !over.matches(":focus")) hide();
  });
  article.addEventListener("pointerleave", event => { if (over && !peek.contains(event.relatedTarget)) hide(); });
  peek.addEventListener("pointerleave", () => { if (over && !over.matches(":focus")) hide(); });
  article.addEventListener("focusin", event => {
    const link = event.target.closest(".isnad-ref a");
    if (link) look(link, link.hash.slice("#claim-".length)); else hide();
  });
  article.addEventListener("focusout", event => { if (event.target.closest(".isnad-ref a")) hide(); });
  addEventListener("keydown", event => { if (event.key === "Escape") hide(); });

  // Copying: a press on a line selects it whole, and takes it where the browser lets it.
  article.addEventListener("click", event => {
    const line = event.target.closest(".copy");
    if (!line || !getSelection().isCollapsed) return;
    const range = document.createRange();
    range.selectNodeContents(line);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    if (navigator.clipboard) navigator.clipboard.writeText(line.textContent).catch(() => {});
  });
  addEventListener("beforeprint", () => { hide(); $$(".brief details, .paper, .isnad-said details").forEach(list => { list.open = true; }); });
})();
