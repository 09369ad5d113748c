// The annotator: an article, its claims one after another, and a person who decides.
// One file, two hosts: a widget in a notebook (`render`), and the page of `isnad curate` (`mount`, at the end of the file).
// The text stands in the page as it was received, a text node a line; offsets are code points of it.

const UNSAVED_AFTER = 2000; // ms without an acknowledgement, after which it is said loudly
const POLL = 1500; // ms between two looks at what another window did
const RETRIES = [250, 500, 1000, 2000, 4000]; // ms between two tries to save
const ANSWER = 10000; // ms to wait for an answer
const OPENING = 60000; // ms to wait for a kernel that is to read an article, or first to end what it is at
const BATCH = 100; // operations in one message
const STRETCH = 25; // lines of the article that are laid out together
const LISTED = 25; // claims before and behind the current one that the list shows
const NEAR = 20; // claims before and behind one, within which it can be
const SNIPPET = 110; // characters of a content in the list
const UNREVIEWED = "unreviewed";
const KINDS = ["direct", "mixed", "indirect"];
const ROLES = ["source", "cue", "content"];
const MODALITIES = ["asserted", "negated", "questioned", "conditional", "future"];
const STATUS_SIGN = { unreviewed: "○", accepted: "✓", changed: "✎", added: "+", rejected: "✕" };
const KIND_OF_ACTOR = { person: "named person", institution: "organisation", state: "named group", states: "named group", group: "named group" };

// ---------------------------------------------------------------------------------------------------------------- text

/** The article's lines, and what code points, UTF-16 units, words and graphemes have to do with each other in them. */
export class Text {
  constructor(lines) {
    this.lines = lines.map(({ start, text, paragraph }) => ({ start, text, paragraph }));
    for (const line of this.lines) {
      line.pairs = [];
      for (const pair of line.text.matchAll(/[\u{10000}-\u{10FFFF}]/gu)) line.pairs.push(pair.index);
      line.end = line.start + line.text.length - line.pairs.length;
    }
  }

  /** The number of the line that an offset stands in; of one between two lines, the line before it. */
  lineAt(offset) {
    let low = 0, high = this.lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lines[middle].start <= offset) low = middle; else high = middle - 1;
    }
    return low;
  }

  /** Code points of the text, as UTF-16 units of a line: {line, unit}. */
  unitsOf(offset) {
    const number = this.lineAt(offset), line = this.lines[number];
    const points = Math.min(Math.max(offset - line.start, 0), line.end - line.start);
    // pairs[i] - i is the code point at which the i-th pair stands.
    let low = 0, high = line.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (line.pairs[middle] - middle < points) low = middle + 1; else high = middle;
    }
    return { line: number, unit: points + low };
  }

  /** UTF-16 units of a line as code points of the text; one inside a pair is that before it. */
  pointsOf(number, unit) {
    const line = this.lines[number];
    let low = 0, high = line.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (line.pairs[middle] < unit) low = middle + 1; else high = middle;
    }
    return line.start + unit - low;
  }

  slice(start, end) {
    const from = this.unitsOf(start), to = this.unitsOf(end);
    if (from.line === to.line) return this.lines[from.line].text.slice(from.unit, to.unit);
    const between = this.lines.slice(from.line + 1, to.line).map(line => line.text);
    return [this.lines[from.line].text.slice(from.unit), ...between, this.lines[to.line].text.slice(0, to.unit)].join("\n");
  }

  /** Words of a line as [start, end]: letters and digits with their marks; a number with its separators. */
  words(number) {
    const line = this.lines[number];
    if (!line.words) {
      const found = line.text.matchAll(/\p{Nd}+(?:[.,٫٬]\p{Nd}+)*|[\p{L}\p{N}_](?:[\p{M}\p{Cf}]*[\p{L}\p{N}_]|\p{M})*/gu);
      line.words = [...found].map(word => [this.pointsOf(number, word.index), this.pointsOf(number, word.index + word[0].length)]);
    }
    return line.words;
  }

  /** Where the graphemes of a line begin, and where the line ends. */
  graphemes(number) {
    const line = this.lines[number];
    if (!line.graphemes) {
      const found = [...new Intl.Segmenter("ar", { granularity: "grapheme" }).segment(line.text)];
      line.graphemes = [...found.map(each => this.pointsOf(number, each.index)), line.end];
    }
    return line.graphemes;
  }

  /** The next place behind (`forward`) or before an offset, of those that a line has. Null at the end of the text. */
  next(offset, forward, places) {
    const step = forward ? 1 : -1;
    for (let number = this.lineAt(offset); number >= 0 && number < this.lines.length; number += step) {
      const all = places(number);
      const found = forward ? all.find(place => place > offset) : all.findLast(place => place < offset);
      if (found !== undefined) return found;
    }
    return null;
  }

  wordStart(offset, forward) { return this.next(offset, forward, number => this.words(number).map(word => word[0])); }
  wordEnd(offset, forward) { return this.next(offset, forward, number => this.words(number).map(word => word[1])); }
  grapheme(offset, forward) { return this.next(offset, forward, number => this.graphemes(number)); }

  /** The word around an offset, or null. */
  wordAt(offset) {
    return this.words(this.lineAt(offset)).find(([start, end]) => start <= offset && offset < end) ?? null;
  }

  /** A range without white space at its edges, by whole graphemes; null where nothing is left. */
  trimmed(start, end) {
    const letters = [...this.slice(start, end)], blank = /^\s$/u;
    let first = 0, last = letters.length;
    while (first < last && blank.test(letters[first])) first++;
    while (last > first && blank.test(letters[last - 1])) last--;
    if (first === last) return null;
    // A separator of several characters is one in the slice: count from each edge by itself.
    const from = first ? this.after(start, first) : start;
    const to = last < letters.length ? this.before(end, letters.length - last) : end;
    return { start: this.edge(from, false), end: this.edge(to, true) };
  }

  after(start, count) {
    for (let at = start; ; at = this.lines[this.lineAt(at) + 1].start) {
      const line = this.lines[this.lineAt(at)], left = line.end - at;
      if (count <= left) return at + count;
      count -= left + 1;
    }
  }

  before(end, count) {
    for (let at = end; ; at = this.lines[this.lineAt(at) - 1].end) {
      const left = at - this.lines[this.lineAt(at)].start;
      if (count <= left) return at - count;
      count -= left + 1;
    }
  }

  /** The edge of the grapheme that an offset stands inside. */
  edge(offset, forward) {
    const all = this.graphemes(this.lineAt(offset));
    return (forward ? all.find(place => place >= offset) : all.findLast(place => place <= offset)) ?? offset;
  }

  /** A range by whole words, less what may stand before a word (و, ب …) where it was left out on purpose. */
  snapped(start, end, proclitics) {
    const range = this.trimmed(start, end);
    if (!range) return null;
    const first = this.wordAt(range.start), last = this.wordAt(range.end - 1);
    if (first && first[0] < range.start && !proclitics.includes(this.slice(first[0], range.start))) range.start = first[0];
    if (last && range.end < last[1]) range.end = last[1];
    return range;
  }
}

// -------------------------------------------------------------------------------------------------------------- records

const KEY = { claims: "claim_id", sources: "source_id", mentions: "mention_id" };
const TABLES = Object.keys(KEY);
export const attributed = claim => claim.kind !== "unattributed";
export const decided = claim => (claim.status || "accepted") !== UNREVIEWED;
const spansOf = (claim, role) => role === "cue" || role === "content" ? claim[role] || [] : claim[role] ? [claim[role]] : [];
const begin = claim => Math.min(...["source", "cue", "content"].flatMap(role => spansOf(claim, role).map(span => span.start)));
const spanOf = mention => mention.span || mention;
const identity = () => crypto.randomUUID ? crypto.randomUUID() : [...crypto.getRandomValues(new Uint8Array(16))].map(n => n.toString(16).padStart(2, "0")).join("");

/** What an operation will do to the records, as far as can be told before it is acknowledged. */
function guess(records, operation, text) {
  const { op, by, at } = operation;
  const claim = records.claims.get(operation.claim);
  const put = changes => records.claims.set(claim.claim_id, { ...claim, annotator: by, decided_at: at, ...changes });
  const touched = () => claim.status === "added" || claim.status === "rejected" ? claim.status : "changed";
  const mention = status => { const one = records.mentions.get(operation.mention); if (one) records.mentions.set(operation.mention, { ...one, status, annotator: by }); };
  const edit = values => { const one = records.sources.get(operation.source); if (one) records.sources.set(operation.source, { ...one, ...values }); };
  if (op === "accept_mention") return mention("accepted");
  if (op === "reject_mention") return mention("rejected");
  if (op === "grade_source") return edit({ reliability: operation.reliability, rationale: operation.rationale ?? "" });
  if (op === "edit_source") return edit(Object.fromEntries(["name", "name_en", "kind", "actor_ids"].filter(key => key in operation).map(key => [key, operation[key]])));
  if (!claim) return;
  if (op === "accept") put({ status: ["changed", "added"].includes(claim.status) ? claim.status : "accepted" });
  else if (op === "reject") put({ status: "rejected" });
  else if (op === "reopen") put({ status: UNREVIEWED, annotator: "", decided_at: "" });
  else if (["kind", "modality", "stance"].includes(op)) put({ [op]: operation.value, status: touched() });
  else if (op === "gloss") put({ gloss_en: operation.value, status: touched() });
  else if (op === "nest") put({ within: operation.within, status: touched() });
  else if (op === "grade") put({ credibility: operation.credibility, rationale: operation.rationale ?? "" });
  else if (op === "source" && operation.source_id) put({ source_id: operation.source_id, status: touched() });
  else if (op === "source" && operation.source_id === null) put({ source_id: null, source: null, antecedent: null, status: touched() });
  else if (op === "cue") put({ act: operation.act, cue_form: operation.cue_form, status: touched() });
  else if (op === "span" || op === "unspan") {
    const { role, part = 1, start, end } = operation, spans = [...spansOf(claim, role)];
    if (op === "span") spans[part - 1] = { start, end, exact: text.slice(start, end) }; else spans.splice(part - 1, 1);
    put({ [role]: role === "cue" || role === "content" ? spans.filter(Boolean) : spans[0] ?? null, status: touched() });
  }
}

/** The records, as last acknowledged and as they will be; and the outbox, which survives the page. */
export class Store {
  constructor(channel, changed, settings = {}) {
    this.channel = channel;
    this.changed = changed;
    this.storage = settings.storage ?? browserStorage();
    this.name = settings.name ?? "";
    this.acked = { claims: new Map(), sources: new Map(), mentions: new Map() };
    this.records = { claims: new Map(), sources: new Map(), mentions: new Map() };
    this.outbox = [];
    this.version = 0;
    this.window = tabId(); // by which the other side tells this tab's changes from those of another
    this.about = {};
    this.failures = 0;
    this.fault = null;
    this.count = 0;
    this.waiting = new Map();
  }

  async open() {
    const state = await this.channel.send({ kind: "open" });
    if (state.kind !== "state") throw new Error(state.error ?? state.why ?? "no state");
    this.take(state);
    for (const operation of this.kept()) if (!this.outbox.some(each => each.id === operation.id)) this.outbox.push(operation);
    this.outbox.sort((a, b) => a.at < b.at ? -1 : a.at > b.at ? 1 : (a.nth ?? 0) - (b.nth ?? 0));
    this.rebuild();
    this.flush();
  }

  take(state) {
    this.about = state;
    this.text ??= new Text(state.lines);
    this.place = `isnad-outbox:${state.sha256}:${state.folder ?? this.name}:`;
    this.version = state.version;
    for (const table of TABLES) this.acked[table] = new Map((state[table] ?? []).map(record => [record[KEY[table]], record]));
  }

  /** Operations that this or an earlier page has not been told are safe. */
  kept() {
    const found = [];
    for (let n = 0; n < (this.storage?.length ?? 0); n++) {
      const key = this.storage.key(n);
      if (key?.startsWith(this.place)) {
        try { found.push(JSON.parse(this.storage.getItem(key))); } catch { /* half a line: never acknowledged, never whole */ }
      }
    }
    return found;
  }

  rebuild(only = null) {
    if (!only) for (const table of TABLES) this.records[table] = new Map(this.acked[table]);
    else for (const [table, ids] of Object.entries(only)) for (const id of ids) {
      if (this.acked[table].has(id)) this.records[table].set(id, this.acked[table].get(id)); else this.records[table].delete(id);
    }
    for (const operation of this.outbox) guess(this.records, operation, this.text);
    this.changed(only);
  }

  guessed() {
    const found = { claims: new Set(), sources: new Set(), mentions: new Set() };
    for (const { claim, source, mention } of this.outbox) {
      if (claim) found.claims.add(claim);
      if (source) found.sources.add(source);
      if (typeof mention === "string") found.mentions.add(mention);
    }
    return found;
  }

  /** Do an operation: it is kept in the browser, shown, and sent. Resolves when it is acknowledged or refused. */
  do(op, values = {}) {
    const operation = { id: identity(), by: this.about.annotator, at: new Date().toISOString().replace(/\.\d+Z$/, "Z"), op, seen: this.version, window: this.window, ...values };
    operation.nth = this.count++;
    Object.defineProperty(operation, "made", { value: performance.now() });
    this.outbox.push(operation);
    try { this.storage?.setItem(this.place + operation.id, JSON.stringify(operation)); this.unkept = !this.storage; } catch { this.unkept = true; }
    this.rebuild(this.guessed());
    const done = new Promise(resolve => this.waiting.set(operation.id, resolve));
    this.flush();
    return done;
  }

  async flush() {
    if (this.flying || !this.outbox.length || this.closed) return;
    this.flying = true;
    clearTimeout(this.retry);
    try {
      if (this.fault) { this.take(await this.channel.send({ kind: "open" })); this.rebuild(); } // another run of the program, perhaps
      const sent = this.outbox.slice(0, BATCH).map(({ nth, ...operation }) => operation);
      this.receive(await this.channel.send({ kind: "do", operations: sent, since: this.version }));
      this.failures = 0;
      this.fault = null;
    } catch (error) {
      this.failed(error);
    } finally {
      this.flying = false;
    }
    if (this.outbox.length && !this.closed) this.retry = setTimeout(() => this.flush(), this.fault ? RETRIES[Math.min(this.failures, RETRIES.length) - 1] : 0);
    this.changed({});
  }

  failed(error) {
    this.failures++;
    this.fault = error;
    this.changed({});
  }

  async poll() {
    if (this.flying || this.outbox.length || this.closed) return;
    try {
      if (this.fault) { this.take(await this.channel.send({ kind: "open" })); this.fault = null; this.failures = 0; this.rebuild(); return; }
      const reply = await this.channel.send({ kind: "poll", since: this.version });
      if (reply.version !== this.version) this.receive(reply); else if (reply.progress) this.about.progress = reply.progress;
    } catch (error) {
      this.failed(error);
    }
  }

  receive(reply) {
    if (reply.kind === "state") { this.take(reply); this.rebuild(); return; }
    if (reply.kind !== "done") throw new Error(reply.error ?? reply.why ?? "no answer");
    const changed = this.guessed(), refused = new Map((reply.refused ?? []).map(each => [each.id, each.why]));
    const gone = new Set([...(reply.acks ?? []), ...refused.keys()]);
    this.outbox = this.outbox.filter(operation => !gone.has(operation.id));
    for (const id of gone) {
      try { this.storage?.removeItem(this.place + id); } catch { /* nothing was kept */ }
    }
    this.version = reply.version ?? this.version;
    for (const table of TABLES) for (const [id, record] of Object.entries(reply.set?.[table] ?? {})) {
      if (record === null) this.acked[table].delete(id); else this.acked[table].set(id, record);
      changed[table].add(id);
    }
    for (const key of ["progress", "can_undo", "can_redo", "unanchored", "actors"]) if (key in reply) this.about[key] = reply[key];
    this.rebuild(changed);
    for (const id of gone) {
      this.waiting.get(id)?.({ refused: refused.get(id) ?? null, changed: reply.set ?? {} });
      this.waiting.delete(id);
    }
    if (refused.size) this.refused?.([...refused.values()]);
  }

  /** How many operations have waited too long for their acknowledgement. */
  get unsaved() {
    const now = performance.now();
    return this.outbox.length && now - (this.outbox[0].made ?? -Infinity) > UNSAVED_AFTER ? this.outbox.length : 0;
  }
}

function tabId() {
  try {
    if (!sessionStorage.getItem("isnad-window")) sessionStorage.setItem("isnad-window", identity());
    return sessionStorage.getItem("isnad-window");
  } catch { return identity(); }
}

function browserStorage() {
  try { localStorage.setItem("isnad-tried", "1"); localStorage.removeItem("isnad-tried"); return localStorage; } catch { return null; }
}

// ------------------------------------------------------------------------------------------------------------- painting

const PAINTS = [
  "indirect", "mixed", "direct", "rejected", "source", "cue", "level-1", "level-2", "level-3",
  "now-indirect", "now-mixed", "now-direct", "now-source", "now-cue", "now-edge", "mention", "now-mention", "selection",
];

/**
 * Paints ranges of the text by CSS Highlights, shared by all annotators of a page; the text nodes stay as they are.
 * A browser looks at every range of a Highlight when one changes, so that only those are in it that stand in a stretch that is shown.
 */
class Highlights {
  constructor(nodes, text) {
    this.nodes = nodes;
    this.text = text;
    this.painted = new Map(); // by key: what it is painted with, its stretches, and its ranges while they are shown
    this.inside = new Map(); // the keys of a stretch
    this.shown = new Set([0, 1]);
    PAINTS.forEach((paint, priority) => {
      if (!CSS.highlights.has(`isnad-${paint}`)) CSS.highlights.set(`isnad-${paint}`, new Highlight());
      CSS.highlights.get(`isnad-${paint}`).priority = priority;
    });
  }

  /** Paint what a key stands for: [paint, start, end] each; what it was painted with before goes. `now`: wherever it is. */
  put(key, spans, now = false) {
    const signature = spans.join(";"), before = this.painted.get(key);
    if (before?.signature === signature || (!before && !spans.length)) return;
    if (before) {
      this.erase(before);
      for (const stretch of before.stretches) this.inside.get(stretch).delete(key);
      this.painted.delete(key);
    }
    if (!spans.length) return;
    const stretches = new Set(spans.flatMap(([, start, end]) => [start, end]).map(offset => Math.floor(this.text.lineAt(offset) / STRETCH)));
    const one = { signature, spans, stretches, now, ranges: null };
    this.painted.set(key, one);
    for (const stretch of stretches) {
      if (!this.inside.has(stretch)) this.inside.set(stretch, new Set());
      this.inside.get(stretch).add(key);
    }
    this.draw(one);
  }

  draw(one) {
    if (one.ranges || !(one.now || [...one.stretches].some(stretch => this.shown.has(stretch)))) return;
    one.ranges = one.spans.map(([paint, start, end]) => [CSS.highlights.get(`isnad-${paint}`), this.range(start, end)]);
    for (const [highlight, range] of one.ranges) highlight?.add(range);
  }

  erase(one) {
    for (const [highlight, range] of one.ranges ?? []) highlight?.delete(range);
    one.ranges = null;
  }

  show(stretch, shown) {
    if (shown) this.shown.add(stretch); else this.shown.delete(stretch);
    for (const key of this.inside.get(stretch) ?? []) {
      const one = this.painted.get(key);
      if (shown) this.draw(one);
      else if (!one.now && ![...one.stretches].some(each => this.shown.has(each))) this.erase(one);
    }
  }

  range(start, end) {
    const from = this.text.unitsOf(start), to = this.text.unitsOf(end);
    return new StaticRange({ startContainer: this.nodes[from.line], startOffset: from.unit, endContainer: this.nodes[to.line], endOffset: to.unit });
  }

  flush() {}
  clear() { for (const key of [...this.painted.keys()]) this.put(key, []); }
}

/** The same by spans around the words, a line drawn anew when what is painted on it changes: where there are no Highlights. */
class Wrapped {
  constructor(nodes, text) {
    this.lines = nodes.map(node => node.parentElement);
    this.text = text;
    this.painted = new Map();
    this.on = this.lines.map(() => new Map()); // of each line, what is painted on it
    this.stale = new Set();
  }

  put(key, spans) {
    const signature = spans.join(";"), before = this.painted.get(key);
    if (before?.signature === signature || (!before && !spans.length)) return;
    for (const line of before?.lines ?? []) { this.on[line].delete(key); this.stale.add(line); }
    const lines = new Set();
    for (const [paint, start, end] of spans) {
      for (let line = this.text.lineAt(start); line <= this.text.lineAt(end); line++) {
        if (!this.on[line].has(key)) this.on[line].set(key, []);
        const here = this.text.lines[line], from = Math.max(start, here.start), to = Math.min(end, here.end);
        if (from < to) this.on[line].get(key).push([paint, this.text.unitsOf(from).unit, to === here.end ? here.text.length : this.text.unitsOf(to).unit]);
        lines.add(line);
        this.stale.add(line);
      }
    }
    if (spans.length) this.painted.set(key, { signature, lines }); else this.painted.delete(key);
  }

  show() {}

  /** Draw the lines that changed, all at once; the selection is put back by who asked. */
  flush() {
    for (const number of this.stale) {
      const { text } = this.text.lines[number], spans = [...this.on[number].values()].flat();
      const edges = [...new Set([0, text.length, ...spans.flatMap(([, start, end]) => [start, end])])].sort((a, b) => a - b);
      const pieces = edges.slice(0, -1).map((start, n) => {
        const end = edges[n + 1], over = spans.filter(([, from, to]) => from <= start && end <= to).map(([paint]) => `isnad-p-${paint}`);
        const piece = document.createElement("span");
        piece.className = over.join(" ");
        piece.textContent = text.slice(start, end);
        return over.length ? piece : document.createTextNode(text.slice(start, end));
      });
      this.lines[number].replaceChildren(...(pieces.length ? pieces : [document.createTextNode(text)]));
    }
    this.stale.clear();
  }

  clear() { for (const key of [...this.painted.keys()]) this.put(key, []); this.flush(); }
}

// ------------------------------------------------------------------------------------------------------------ elements

/** An element: properties that begin with `on` are listeners, others attributes; null and false are left out. */
function h(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value") made.value = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return made;
}

const ar = (text, properties = {}) => h("bdi", { lang: "ar", dir: "rtl", ...properties }, text);
const short = text => text.length > SNIPPET ? `${[...text].slice(0, SNIPPET).join("")}…` : text;
const editable = element => element.matches?.("input:not([type=radio]), textarea, select, [contenteditable=true]");

// ----------------------------------------------------------------------------------------------------------- the whole

// By event.code, so that a key is where it is on every layout. Of each: the key as shown, the phrase, and what it does.
const DECIDE_KEYS = {
  KeyA: ["A", "accept", it => it.decide("accept")],
  KeyX: ["X", "reject", it => it.decide("reject")],
  KeyR: ["R", "reopen", it => it.change("reopen")],
  KeyS: ["S", "role.source", it => it.role("source")],
  KeyC: ["C", "role.cue", it => it.role("cue")],
  KeyV: ["V", "role.content", it => it.role("content")],
  KeyB: ["B", "role.antecedent", it => it.role("antecedent")],
  KeyI: ["I", "add", it => it.add()],
  KeyN: ["N", "nest", it => it.nest()],
  KeyW: ["W", "who", it => it.who()],
  KeyG: ["G", "gloss", it => it.focus("gloss")],
  KeyM: ["M", "modality", it => it.focus("modality")],
  KeyT: ["T", "stance", it => it.focus("stance")],
  Digit1: ["1", "kind.direct", it => it.change("kind", { value: "direct" })],
  Digit2: ["2", "kind.mixed", it => it.change("kind", { value: "mixed" })],
  Digit3: ["3", "kind.indirect", it => it.change("kind", { value: "indirect" })],
  Minus: ["−", "unpart", it => it.unpart()],
  Delete: ["Delete", "unpart", it => it.unpart()],
  NumpadSubtract: ["−", "unpart", it => it.unpart()],
};
const MENTION_KEYS = {
  KeyA: ["A", "accept", it => it.mention("accept_mention")],
  KeyX: ["X", "reject", it => it.mention("reject_mention")],
  KeyW: ["W", "mention.add", it => it.addMention()],
  KeyL: ["L", "mention.lexicon", it => it.toLexicon()],
};
const PLACE_KEYS = { KeyP: ["P", "place", it => it.placed()] };
const HELP = [
  ["A", "accept"], ["X", "reject"], ["Space", "skip"], ["⌫", "undo"], ["⇧ ⌫", "redo"], ["R", "reopen"],
  ["↑ ↓ · J K", "help.move"], ["S C V", "help.roles"], ["B", "role.antecedent"], ["+", "part"], ["− · Delete", "unpart"],
  ["[ ]", "help.start"], ["⇧ [ ]", "help.end"], ["Alt", "help.grapheme"], ["← →", "help.caret"], ["⇧ ← →", "help.select"], ["Ctrl ← →", "help.lines"],
  ["N", "nest"], ["I", "add"], ["1 2 3", "help.kind"], ["W", "who"], ["M", "modality"], ["T", "stance"], ["G", "gloss"],
  ["⇧ 1 – 4", "help.tabs"], ["A–F · 1–6", "help.grades"], ["L", "mention.lexicon"], ["Esc", "help.escape"], ["? · H", "help"],
];

export class Annotator {
  constructor(el, channel, settings = {}) {
    this.el = el;
    this.words = settings.words;
    this.settings = settings;
    this.host = settings.page ? document : el;
    this.tab = "decide";
    this.current = null; // a claim's id
    this.active = { role: "content", part: 0 };
    this.selection = null;
    this.gradeAt = 0;
    this.mentionAt = null;
    this.lostAt = 0;
    this.filter = "all";
    this.draft = {};
    this.missing = new Set(); // phrases that the table does not have
    this.listeners = new AbortController();
    this.store = new Store(channel, changed => this.update(changed), settings);
    this.store.refused = reasons => this.refused(reasons);
  }

  async open() {
    try {
      await this.store.open();
    } catch (error) {
      const words = this.words[this.settings.lang ?? "en"];
      this.el.replaceChildren(h("p", { class: "isnad-a-fault", role: "alert" }, error.status === 401 ? words["fault.token"] : words["fault.open"].replace("{why}", error.message)));
      throw error;
    }
    this.text = this.store.text;
    this.lang = remembered("isnad-lang") ?? this.settings.lang ?? "en";
    this.sort();
    this.build();
    this.listen();
    const first = this.order.find(id => !decided(this.claim(id))) ?? this.order[0];
    if (first) this.go(first, { quiet: true });
    this.timers = [setInterval(() => this.status(), 250), setInterval(() => document.hidden || this.store.poll(), POLL)];
    return this;
  }

  close() {
    this.store.closed = true;
    this.timers?.forEach(clearInterval);
    this.listeners.abort();
    this.watch?.forEach(each => each.disconnect());
    this.painter?.clear();
  }

  // words

  phrase(key) {
    if (!(key in this.words[this.lang])) this.missing.add(key);
    return this.words[this.lang][key] ?? key;
  }

  t(key, values = {}) {
    return this.phrase(key).replace(/\{(\w+)\}/g, (_, name) => typeof values[name] === "string" ? `\u2068${values[name]}\u2069` : values[name] ?? "");
  }

  /** A phrase as nodes: what fills its gaps keeps its own direction. */
  nodes(key, values) {
    return this.phrase(key).split(/(\{\w+\})/).map(piece => {
      const name = piece.match(/^\{(\w+)\}$/)?.[1];
      return name ? values[name] ?? "" : piece;
    });
  }

  say(text) { this.live.textContent = ""; requestAnimationFrame(() => { this.live.textContent = text; }); }

  refused(reasons) {
    this.notice.replaceChildren(
      h("strong", {}, this.t("refused")), ...reasons.map(why => h("span", { dir: "auto" }, why)),
      h("button", { type: "button", onclick: () => { this.notice.hidden = true; } }, this.t("close")),
    );
    this.notice.hidden = false;
  }

  // records

  get records() { return this.store.records; }
  claim(id = this.current) { return this.records.claims.get(id); }
  number(id) { return this.place.get(id) + 1; }

  sort() {
    const all = [...this.records.claims.values()].filter(attributed);
    all.sort((a, b) => begin(a) - begin(b) || (a.order ?? 0) - (b.order ?? 0) || (a.claim_id < b.claim_id ? -1 : 1));
    this.order = all.map(claim => claim.claim_id);
    this.place = new Map(this.order.map((id, n) => [id, n]));
  }

  sourceOf(claim) { return this.records.sources.get(claim.source_id); }

  /** Who says it, in words of the page's language and with the name as printed. */
  whoOf(claim) {
    const source = this.sourceOf(claim);
    if (!attributed(claim)) return { text: this.t("outlet"), nodes: [this.t("outlet")] };
    if (!source) {
      const said = claim.act === "hearsay" ? this.t("it_is_said") : claim.source ? null : this.t("not_identified");
      return said ? { text: said, nodes: [h("i", {}, said)] } : { text: claim.source.exact, nodes: [ar(claim.source.exact)] };
    }
    const english = this.lang === "en" && source.name_en ? h("small", {}, ` ${source.name_en}`) : null;
    return { text: source.name, nodes: [ar(source.name), english] };
  }

  depth(claim) {
    let depth = 0;
    const seen = new Set();
    for (let outer = claim; outer?.within && !seen.has(outer.within); outer = this.claim(outer.within)) { seen.add(outer.within); depth++; }
    return depth;
  }

  contentOf(claim) { return (claim.content ?? []).map(span => span.exact.replace(/\s+/g, " ")).join(" … "); }

  // the page

  build() {
    this.painter?.clear();
    const rtl = this.lang === "ar";
    this.el.className = `isnad-annotator${this.settings.page ? "" : " isnad-in-notebook"}`;
    this.el.lang = this.lang;
    this.el.dir = rtl ? "rtl" : "ltr";
    this.el.setAttribute("data-lm-suppress-shortcuts", "true"); // JupyterLab's keys (A adds a cell) are not meant here
    if (this.settings.page) Object.assign(document.documentElement, { lang: this.lang, dir: rtl ? "rtl" : "ltr" });
    const title = this.store.about.title || this.text.lines.find(line => line.text.trim())?.text || "";
    if (this.settings.page) document.title = `${title} · Isnad`;

    this.bars = TABLES.length;
    this.live = h("p", { class: "isnad-a-unseen", role: "status", "aria-live": "polite" });
    this.unsavedBar = h("p", { class: "isnad-a-unsaved", role: "alert", hidden: true });
    this.notice = h("p", { class: "isnad-a-notice", role: "alert", hidden: true });
    this.progressBar = h("progress", { "aria-label": this.t("progress.label") });
    this.progressText = h("span", { class: "isnad-a-count" });
    this.saved = h("span", { class: "isnad-a-saved" });
    const button = (key, shown, does, name = "") => h("button", { type: "button", class: `isnad-a-quiet ${name}`, title: this.t(key), "aria-label": this.t(key), onclick: does }, shown);
    this.undoButton = button("undo", "↶", () => this.undo());
    this.redoButton = button("redo", "↷", () => this.undo("redo"));
    const head = h("header", { class: "isnad-a-top" },
      h(this.settings.page ? "h1" : "h2", { class: "isnad-a-title", lang: "ar", dir: "rtl" }, [...title].slice(0, 200).join("")),
      h("div", { class: "isnad-a-progress" }, this.progressBar, this.progressText, this.saved),
      h("div", { class: "isnad-a-tools" }, this.undoButton, this.redoButton,
        h("button", { type: "button", class: "isnad-a-quiet isnad-a-lang", lang: rtl ? "en" : "ar", onclick: () => this.speak(rtl ? "en" : "ar") }, rtl ? "English" : "العربية"),
        button("help", "?", () => this.help())),
    );
    this.tabs = h("div", { class: "isnad-a-tabs", role: "tablist", "aria-label": this.t("tabs") });
    this.article = h("section", { class: "isnad-a-article", lang: "ar", dir: "rtl", tabindex: "0", "aria-label": this.t("article") });
    this.bar = h("div", { class: "isnad-a-selection", hidden: true });
    this.actions = h("div", { class: "isnad-a-actions", role: "group", "aria-label": this.t("actions") });
    this.panel = h("section", { class: "isnad-a-now", id: this.id("panel"), role: "tabpanel", tabindex: "0" });
    this.list = h("ol", { class: "isnad-a-list", role: "list", "aria-label": this.t("list") });
    this.filterBox = h("select", { class: "isnad-a-filter", "aria-label": this.t("filter"), onchange: event => { this.filter = event.target.value; this.renderList(); } },
      ["all", UNREVIEWED, "decided", "rejected"].map(value => h("option", { value, selected: this.filter === value }, this.t(`filter.${value}`))));
    this.listBox = h("section", { class: "isnad-a-listbox", "aria-label": this.t("list") }, h("div", { class: "isnad-a-listhead" }, h("h2", {}, this.t("list")), this.filterBox), this.list);
    const side = h("div", { class: "isnad-a-side" }, this.tabs, this.actions, this.bar, this.panel, this.listBox);
    this.el.replaceChildren(this.live, head, this.unsavedBar, this.notice, side, this.article);
    if (this.store.about.readonly) {
      this.el.querySelector(".isnad-a-top").after(h("p", { class: "isnad-a-notice", role: "status" }, h("strong", {}, this.t("readonly")), " ", h("span", { dir: "auto" }, this.store.about.readonly)));
    }
    this.panelOf = null;
    this.drawText();
    this.renderTabs();
    this.renderAll();
  }

  id(name) { return `isnad-a-${name}`; }

  drawText() {
    this.nodes_ = this.text.lines.map(line => document.createTextNode(line.text));
    this.marks = [];
    this.rows = this.text.lines.map((line, number) => {
      const words = h("p", { "data-line": String(number), class: line.text.trim() ? null : "isnad-a-empty" }, this.nodes_[number]);
      const marks = h("div", { class: "isnad-a-marks", "aria-hidden": "true" });
      this.marks.push(marks);
      return h("div", { class: "isnad-a-row" }, words, marks);
    });
    this.seen = new Set();
    this.watch?.forEach(each => each.disconnect());
    // Stretches of the article are laid out only when they are near to being seen; their marks are put in place then.
    const stretches = [], lazily = "oncontentvisibilityautostatechange" in document.body;
    const show = (first, lines, shown) => {
      this.painter.show(first / STRETCH, shown);
      for (let line = first; line < first + lines; line++) { if (shown) { this.seen.add(line); this.arrange(line); } else this.seen.delete(line); }
    };
    for (let first = 0; first < this.rows.length; first += STRETCH) {
      const rows = this.rows.slice(first, first + STRETCH), stretch = h("div", { class: "isnad-a-stretch" }, rows);
      stretch.addEventListener("contentvisibilityautostatechange", event => show(first, rows.length, !event.skipped));
      stretch.style.setProperty("contain-intrinsic-size", `auto ${rows.length * 6}rem`);
      stretches.push(stretch);
    }
    this.article.replaceChildren(...stretches);
    const resized = new ResizeObserver(() => this.seen.forEach(number => this.arrange(number)));
    resized.observe(this.article);
    this.watch = [resized];
    const able = typeof CSS !== "undefined" && CSS.highlights && typeof Highlight !== "undefined" && this.settings.painting !== "spans";
    this.painter = able ? new Highlights(this.nodes_, this.text) : new Wrapped(this.nodes_, this.text);
    if (!lazily) stretches.forEach((_, n) => { this.painter.show(n, true); this.rows.slice(n * STRETCH, (n + 1) * STRETCH).forEach((__, line) => this.seen.add(n * STRETCH + line)); });
  }

  renderTabs() {
    const lost = this.lost();
    const names = ["decide", "grades", "mentions", ...(lost.length ? ["lost"] : [])];
    this.tabs.replaceChildren(...names.map((name, n) => h("button", {
      type: "button", role: "tab", id: this.id(`tab-${name}`), "aria-selected": String(this.tab === name), "aria-controls": this.id("panel"), tabindex: this.tab === name ? "0" : "-1",
      "aria-keyshortcuts": `Shift+${n + 1}`, onclick: () => this.open_(name),
      onkeydown: event => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.code] * (this.lang === "ar" ? -1 : 1);
        if (!step) return;
        event.preventDefault(); event.stopPropagation();
        this.open_(names[(n + step + names.length) % names.length]);
        this.tabs.querySelector("[aria-selected=true]").focus();
      },
    }, this.t(`tab.${name}`, { n: lost.length }))));
    this.panel.setAttribute("aria-labelledby", this.id(`tab-${this.tab}`));
  }

  lost() { const all = this.store.about.unanchored ?? []; return Array.isArray(all) ? all : Object.entries(all).map(([id, one]) => ({ id, ...one })); }

  open_(tab) {
    this.tab = tab;
    this.clearSelection();
    if (tab === "mentions" && !this.records.mentions.has(this.mentionAt)) this.mentionAt = this.mentionOrder()[0] ?? null;
    this.renderTabs();
    this.renderAll();
    this.panel.scrollTop = 0;
    this.say(this.t(`tab.${tab}`, { n: this.lost().length }));
    if (tab === "mentions" && this.mentionAt) this.lookAtMention();
    if (tab === "decide") this.centre();
    if (tab === "grades") this.goGrade(this.gradeAt, { focus: false });
  }

  speak(lang) {
    this.lang = lang;
    try { localStorage.setItem("isnad-lang", lang); } catch { /* asked again next time */ }
    this.build();
    this.centre();
    this.el.querySelector(".isnad-a-lang").focus();
  }

  /** What changed, drawn anew: ids by table, or null for all. */
  update(changed) {
    if (!this.live) return;
    if (!changed) { this.sort(); this.renderTabs(); this.renderAll(); return; }
    const claims = [...changed.claims ?? []];
    const moved = claims.some(id => !this.records.claims.has(id) || (attributed(this.claim(id)) && (!this.place.has(id) || this.order[this.place.get(id) - 1] && begin(this.claim(this.order[this.place.get(id) - 1])) > begin(this.claim(id)))));
    if (moved || changed.sources?.size || this.records.claims.size !== this.known) { this.sort(); this.renderAll(); return; }
    for (const id of claims) { this.paint(id); this.renderRow(id); }
    if (claims.length || changed.mentions?.size) {
      const writing = this.tab === "grades" && this.panel.contains(document.activeElement) && editable(document.activeElement);
      const shown = this.tab !== "decide" || (changed.claims?.has(this.current) && !this.leaving);
      if (shown && !writing) this.renderPanel();
      for (const id of changed.mentions ?? []) this.paintMention(id);
      this.painter.flush();
      this.restore();
    }
    this.renderProgress();
  }

  renderAll() {
    this.known = this.records.claims.size;
    if (this.current && !this.records.claims.has(this.current)) this.current = this.order[0] ?? null;
    this.current ??= this.order[0] ?? null;
    for (const key of [...this.painter.painted.keys()]) if (key.startsWith("c:") && !this.records.claims.has(key.slice(2))) this.painter.put(key, []);
    for (const id of this.order) this.paint(id);
    for (const id of this.records.mentions.keys()) this.paintMention(id);
    this.renderMarks();
    this.painter.flush();
    this.restore();
    this.renderPanel();
    this.renderList();
    this.renderProgress();
  }

  // painting

  paint(id) {
    const claim = this.claim(id), spans = [];
    if (claim && attributed(claim) && this.tab !== "mentions") {
      const now = id === this.current && this.tab !== "lost", status = claim.status;
      const depth = Math.min(this.depth(claim), 3);
      if (status === "rejected" && !now) for (const span of claim.content) spans.push(["rejected", span.start, span.end]);
      else {
        const kind = KINDS.includes(claim.kind) ? claim.kind : "indirect", prefix = now ? "now-" : "";
        for (const span of claim.content) {
          spans.push([`${prefix}${kind}`, span.start, span.end]);
          if (depth) spans.push([`level-${depth}`, span.start, span.end]);
        }
        for (const span of spansOf(claim, "source")) spans.push([`${prefix}source`, span.start, span.end]);
        if (now) for (const span of spansOf(claim, "antecedent")) spans.push(["now-source", span.start, span.end]);
        for (const span of spansOf(claim, "cue")) spans.push([`${prefix}cue`, span.start, span.end]);
        if (now && this.tab === "decide") {
          const span = this.activeSpan();
          if (span) for (const [start, end] of this.handles(span)) spans.push(["now-edge", start, end]);
        }
      }
    }
    this.painter.put(`c:${id}`, spans, id === this.current);
  }

  /** The first and the last word of a span, at which keys move its edges. */
  handles({ start, end }) {
    const first = Math.min(this.text.wordEnd(start, true) ?? end, end), last = Math.max(this.text.wordStart(end, false) ?? start, start);
    return first > last ? [[start, end]] : [[start, first], [last, end]];
  }

  paintMention(id) {
    const mention = this.records.mentions.get(id), spans = [];
    if (mention && this.tab === "mentions") {
      const { start, end } = spanOf(mention);
      if (id === this.mentionAt) spans.push(["now-mention", start, end]);
      else spans.push([mention.status === "rejected" ? "rejected" : "mention", start, end]);
    }
    this.painter.put(`m:${id}`, spans, id === this.mentionAt);
  }

  renderMarks() {
    const beside = this.text.lines.map(() => []);
    if (this.tab !== "mentions") for (const id of this.order) beside[this.text.lineAt(begin(this.claim(id)))].push(id);
    this.marks.forEach((box, line) => {
      if (!beside[line].length && !box.childElementCount) return;
      box.replaceChildren(...beside[line].map(id => {
        const mark = h("button", { type: "button", tabindex: "-1", "data-claim": id, onclick: () => this.go(id) });
        this.dress(mark, id);
        return mark;
      }));
      if (this.seen.has(line)) this.arrange(line);
    });
    this.markOf = new Map([...this.article.querySelectorAll("[data-claim]")].map(mark => [mark.dataset.claim, mark]));
  }

  /** Put the marks of a line that is seen beside where their claims begin, one below the other. */
  arrange(number) {
    let free = 0;
    const top = this.rows[number].getBoundingClientRect().top;
    for (const mark of this.marks[number].children) {
      const { line, unit } = this.text.unitsOf(begin(this.claim(mark.dataset.claim))), { node, offset } = this.nodeAt(line, unit), range = document.createRange();
      range.setStart(node, offset); range.setEnd(node, Math.min(offset + 1, node.length));
      const at = range.getBoundingClientRect(), height = mark.offsetHeight;
      free = Math.max(free, at.top - top + (at.height - height) / 2);
      mark.style.setProperty("top", `${free}px`);
      free += height + 2;
    }
  }

  dress(mark, id) {
    const claim = this.claim(id);
    mark.textContent = String(this.number(id));
    mark.className = `isnad-a-mark isnad-s-${claim.status || "accepted"}${id === this.current ? " isnad-a-here" : ""}`;
  }

  /** With wrapped spans the text nodes are new: the selection is put back. */
  restore() {
    if (this.painter instanceof Wrapped && this.selection && this.selectedNow) this.select(this.selection.start, this.selection.end, { silent: true });
  }

  // progress, list

  counts() {
    const all = this.order.length, done = this.order.filter(id => decided(this.claim(id))).length;
    return { all, done };
  }

  renderProgress() {
    const { all, done } = this.counts();
    this.progressBar.max = Math.max(all, 1);
    this.progressBar.value = done;
    this.progressText.textContent = this.t("progress", { n: done, of: all });
    const { can_undo: undo, can_redo: redo, readonly } = this.store.about;
    this.undoButton.disabled = !!readonly || !(undo || this.store.outbox.length);
    this.redoButton.disabled = !!readonly || !redo;
    const below = this.actions.querySelector(`#${this.id("do-undo")}`);
    if (below) below.disabled = this.undoButton.disabled;
    this.status();
  }

  status() {
    if (!this.live) return;
    const { outbox, fault, unsaved, unkept } = this.store;
    const word = outbox.length ? "saving" : fault ? "unreachable" : "saved";
    if (this.saved.dataset.word !== word) { this.saved.dataset.word = word; this.saved.textContent = this.t(word); }
    const why = fault?.status === 401 ? "unsaved.token" : unkept ? "unsaved.unkept" : this.settings.page || fault?.status ? "unsaved.kept" : "unsaved.kernel";
    const text = unsaved ? this.t("unsaved", { n: unsaved }) : "";
    const more = unsaved ? `${fault?.status && fault.status !== 401 ? `${fault.message}. ` : ""}${this.t(why)}` : "";
    if (this.unsavedBar.dataset.text !== text + more) {
      this.unsavedBar.dataset.text = text + more;
      this.unsavedBar.replaceChildren(h("strong", {}, text), " ", more);
      this.unsavedBar.hidden = !unsaved;
    }
  }

  shown(id) {
    const status = this.claim(id).status || "accepted";
    return this.filter === "all" || this.filter === status || (this.filter === "decided" && status !== UNREVIEWED);
  }

  /** The claims around the current one; those further on are shown when asked for, or come to. */
  renderList() {
    const ids = this.order.filter(id => this.shown(id) || id === this.current), at = Math.max(ids.indexOf(this.current), 0);
    const first = Math.max(0, at - LISTED), last = Math.min(ids.length, at + LISTED), top = this.list.scrollTop;
    const more = (id, key) => h("li", {}, h("button", { type: "button", class: "isnad-a-further", onclick: () => this.go(id) }, this.t(key)));
    this.items = new Map();
    this.listBox.hidden = this.tab !== "decide";
    this.list.replaceChildren(...(first ? [more(ids[first - 1], "list.before")] : []), ...ids.slice(first, last).map((id, n) => {
      const item = h("li", { "data-claim": id, "aria-setsize": String(ids.length), "aria-posinset": String(first + n + 1) });
      this.items.set(id, item);
      this.fill(item, id);
      return item;
    }), ...(last < ids.length ? [more(ids[last], "list.after")] : []));
    this.edgeOfList = new Set([...(first ? ids.slice(first, first + 5) : []), ...(last < ids.length ? ids.slice(last - 5, last) : [])]);
    this.list.scrollTop = top;
    if (!this.order.length) this.list.append(h("li", { class: "isnad-a-none" }, this.t("none")));
    this.scrollList();
  }

  fill(item, id) {
    const claim = this.claim(id), status = claim.status || "accepted", now = id === this.current;
    const focused = item.contains(document.activeElement);
    const depth = Math.min(this.depth(claim), 3);
    item.className = `isnad-s-${status}${depth ? ` isnad-a-in-${depth}` : ""}`;
    item.replaceChildren(h("button", { type: "button", "aria-current": now ? "true" : null, onclick: () => this.go(id) },
      h("span", { class: "isnad-a-number" }, String(this.number(id))),
      h("span", { class: "isnad-a-sign", "aria-hidden": "true" }, STATUS_SIGN[status]),
      h("span", { class: "isnad-a-what" },
        h("span", { class: "isnad-a-unseen" }, `${this.t(`status.${status}`)}. `),
        h("span", { class: "isnad-a-who" }, this.whoOf(claim).nodes), " ",
        h("span", { class: "isnad-a-snippet", lang: "ar", dir: "rtl" }, short(this.contentOf(claim))))));
    if (focused) item.firstChild.focus({ preventScroll: true });
  }

  renderRow(id) {
    const item = this.items?.get(id), mark = this.markOf?.get(id);
    if (item) this.fill(item, id);
    if (mark) this.dress(mark, id);
  }

  scrollList() {
    const item = this.items?.get(this.current);
    if (!item || this.listBox.hidden) return;
    const box = this.list.getBoundingClientRect(), at = item.getBoundingClientRect();
    if (at.top < box.top || at.bottom > box.bottom) this.list.scrollTop += at.top - box.top - box.height / 3;
  }

  // the panel

  renderPanel() {
    const focused = this.el.contains(document.activeElement) ? document.activeElement : null, key = focused?.id;
    const caret = focused && "selectionStart" in focused && focused.type !== "radio" ? [focused.value, focused.selectionStart, focused.selectionEnd] : null;
    ({ decide: () => this.decidePanel(), grades: () => this.gradePanel(), mentions: () => this.mentionPanel(), lost: () => this.lostPanel() })[this.tab]();
    this.renderBar();
    if (key && document.activeElement !== focused) {
      const again = this.el.querySelector(`#${CSS.escape(key)}`);
      again?.focus({ preventScroll: true });
      if (again && caret && "setSelectionRange" in again) { again.value = caret[0]; again.setSelectionRange(caret[1], caret[2]); }
    }
  }

  /** The buttons of a tab, made once: one that is pressed while a box beside it is left must still be there when let go. */
  setActions(name, ...buttons) {
    const said = `${name} ${this.lang} ${buttons.map(button => button.id === this.id("do-undo") || button.disabled)}`;
    if (this.actions.dataset.said === said) return;
    this.actions.dataset.said = said;
    this.actions.replaceChildren(...buttons);
  }

  action(key, shown, does, { name = "", disabled = false, keys = shown } = {}) {
    return h("button", {
      type: "button", id: this.id(`do-${key}`), class: `isnad-a-action ${name}`, "aria-keyshortcuts": keys, disabled: disabled || !!this.store.about.readonly, onclick: does,
    }, h("span", {}, this.t(key)), h("kbd", { "aria-hidden": "true", dir: "ltr" }, shown));
  }

  decidePanel() {
    const claim = this.claim();
    if (!claim) { this.setActions("none", this.action("add", "I", () => this.add(), { disabled: !this.selection })); this.panel.replaceChildren(h("p", { class: "isnad-a-none" }, this.t("none.how"))); return; }
    const status = claim.status || "accepted", off = !!this.store.about.readonly;
    const heading = this.heading(claim, status);
    if (this.panelOf === claim.claim_id && this.panel.contains(document.activeElement) && editable(document.activeElement)) {
      this.panel.firstChild.replaceWith(heading); // whoever chooses or writes goes on
      return;
    }
    this.panelOf = claim.claim_id;
    this.setActions("decide",
      this.action("accept", "A", () => this.decide("accept"), { name: "isnad-a-yes" }),
      this.action("reject", "X", () => this.decide("reject"), { name: "isnad-a-no" }),
      this.action("skip", this.t("key.space"), () => this.skip(), { keys: "Space" }),
      this.action("undo", "⌫", () => this.undo(), { keys: "Backspace", disabled: this.undoButton.disabled }),
    );
    const select = (key, value, options, label = v => this.t(`${key}.${v}`)) => h("select", {
      id: this.id(key), disabled: off, onchange: event => this.chose(key, event.target.value),
    }, options.map(option => h("option", { value: option, selected: option === value }, label(option))));
    const field = (key, ...control) => h("div", { class: "isnad-a-field" }, h("label", { for: this.id(key) }, this.t(key), " ", this.kbd(key)), ...control);
    const outer = h("select", { id: this.id("within"), disabled: off, onchange: event => this.change("nest", { within: event.target.value || null }) },
      h("option", { value: "", selected: !claim.within }, this.t("within.none")),
      this.outers(claim).map(id =>
        h("option", { value: id, selected: id === claim.within }, `${this.number(id)} · ${this.whoOf(this.claim(id)).text}: ${[...this.contentOf(this.claim(id))].slice(0, 40).join("")}`)));
    const stances = this.store.about.stances ?? [], acts = this.store.about.acts ?? [], forms = this.store.about.cue_forms ?? [];
    this.panel.replaceChildren(...[
      heading,
      claim.note ? h("p", { class: "isnad-a-rule isnad-a-remark", dir: "auto" }, claim.note) : null,
      h("div", { class: "isnad-a-spans" }, ["source", "antecedent", "cue", "content"].flatMap(role => this.spanRows(claim, role, off))),
      h("div", { class: "isnad-a-fields" },
        h("div", { class: "isnad-a-field isnad-a-wide" }, h("span", { class: "isnad-a-label" }, this.t("who"), " ", this.kbd("who")),
          h("button", { type: "button", id: this.id("who"), class: "isnad-a-whobutton", disabled: off, "aria-keyshortcuts": "W", onclick: () => this.who() }, h("span", {}, this.whoOf(claim).nodes), h("span", { class: "isnad-a-more" }, this.t("who.change")))),
        h("div", { class: "isnad-a-field isnad-a-wide" }, h("span", { class: "isnad-a-label", id: this.id("kind") }, this.t("kind")),
          h("div", { class: "isnad-a-segments", role: "group", "aria-labelledby": this.id("kind") }, KINDS.map((kind, n) => h("button", {
            type: "button", id: this.id(`kind-${kind}`), disabled: off, "aria-pressed": String(claim.kind === kind), "aria-keyshortcuts": String(n + 1), class: `isnad-k-${kind}`, onclick: () => this.change("kind", { value: kind }),
          }, this.t(`kind.${kind}`), " ", h("kbd", { "aria-hidden": "true", dir: "ltr" }, String(n + 1)))))),
        field("modality", select("modality", claim.modality ?? "asserted", MODALITIES)),
        field("stance", select("stance", claim.stance ?? "neutral", stances.length ? stances : ["neutral"])),
        claim.cue?.length && acts.length ? [field("act", select("act", claim.act ?? acts[0], acts)), field("cue_form", select("cue_form", claim.cue_form ?? forms[0], forms))] : null,
        h("div", { class: "isnad-a-field isnad-a-wide" }, h("label", { for: this.id("within") }, this.t("within"), " ", this.kbd("nest")), outer),
        h("div", { class: "isnad-a-field isnad-a-wide" }, h("label", { for: this.id("gloss") }, this.t("gloss"), " ", this.kbd("gloss")),
          h("textarea", {
            id: this.id("gloss"), rows: "2", dir: "auto", disabled: off, value: claim.gloss_en ?? "",
            onkeydown: event => { if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.gloss(event.target.value); this.article.focus({ preventScroll: true }); } },
            onblur: event => this.gloss(event.target.value),
          }))),
      claim.rule || acts.length ? h("p", { class: "isnad-a-rule" }, [claim.cue_lemma ? [this.t("cue.lemma"), " ", ar(claim.cue_lemma)] : null, claim.rule ? this.t("rule", { rule: claim.rule }) : null].filter(Boolean).flatMap((part, n) => n ? [" · ", part] : [part])) : null,
    ].filter(Boolean));
  }

  heading(claim, status) {
    const confidence = claim.confidence === null || claim.confidence === undefined ? null
      : h("span", { class: "isnad-a-confidence" }, this.t("confidence", { n: Math.round(claim.confidence * 100) }));
    const by = status !== UNREVIEWED && claim.annotator ? h("span", { class: "isnad-a-by" }, this.nodes("by", { who: h("bdi", {}, claim.annotator) })) : null;
    return h("h2", { class: "isnad-a-heading" }, this.t("claim.of", { n: this.number(this.current), of: this.order.length }), " ",
        h("span", { class: `isnad-a-chip isnad-s-${status}` }, h("span", { "aria-hidden": "true" }, `${STATUS_SIGN[status]} `), this.t(`status.${status}`)), by, confidence);
  }

  kbd(key) {
    const shown = Object.values(DECIDE_KEYS).find(each => each[1] === key)?.[0];
    return shown ? h("kbd", { "aria-hidden": "true", dir: "ltr" }, shown) : null;
  }

  /** The claims that one can be within: those near it, which are not within it themselves. */
  outers(claim) {
    const at = this.place.get(claim.claim_id);
    return this.order.filter((id, n) => (Math.abs(n - at) <= NEAR || id === claim.within) && id !== claim.claim_id && this.claim(id).status !== "rejected" && !this.isWithin(id, claim.claim_id));
  }

  isWithin(id, outer) {
    const seen = new Set();
    for (let at = this.claim(id); at?.within && !seen.has(at.within); at = this.claim(at.within)) { if (at.within === outer) return true; seen.add(at.within); }
    return false;
  }

  spanRows(claim, role, off) {
    const spans = spansOf(claim, role);
    if (role === "antecedent" && !spans.length) return [];
    const letter = { source: "S", cue: "C", content: "V", antecedent: "B" }[role];
    const rows = spans.length ? spans : [null];
    return rows.map((span, part) => {
      const active = this.active.role === role && this.active.part === part && span;
      const edge = (name, arrow, which, forward) => h("button", {
        type: "button", id: this.id(`edge-${role}-${part}-${name}`), disabled: off, class: "isnad-a-edge", title: this.t(`edge.${name}`), "aria-label": this.t(`edge.${name}`),
        onclick: event => { this.active = { role, part }; this.moveEdge(which, forward, event.altKey); },
      }, arrow);
      return h("div", { class: `isnad-a-span isnad-r-${role}${active ? " isnad-a-active" : ""}` },
        h("button", {
          type: "button", id: this.id(`span-${role}-${part}`), class: "isnad-a-role", "aria-pressed": String(!!active), disabled: off, title: this.t("role.how"), onclick: () => this.role(role, part),
        }, this.t(`role.${role}`), spans.length > 1 ? ` ${part + 1}` : "", " ", h("kbd", { "aria-hidden": "true", dir: "ltr" }, letter)),
        h("p", { lang: "ar", dir: "rtl" }, span ? span.exact : h("span", { class: "isnad-a-none", lang: this.lang, dir: this.el.dir }, this.t("role.none"))),
        active && !off ? h("div", { class: "isnad-a-edges", dir: "rtl", role: "group", "aria-label": this.t("edges") },
          h("span", {}, edge("start.back", "→", "start", false), edge("start.on", "←", "start", true), h("small", { lang: this.lang }, this.t("edge.start"), " ", h("kbd", { "aria-hidden": "true", dir: "ltr" }, "[ ]"))),
          h("span", {}, h("small", { lang: this.lang }, this.t("edge.end"), " ", h("kbd", { "aria-hidden": "true", dir: "ltr" }, "⇧[ ]")), edge("end.back", "→", "end", false), edge("end.on", "←", "end", true)),
          spans.length > 1 || role === "source" || role === "antecedent" ? h("button", { type: "button", class: "isnad-a-edge", id: this.id("unpart"), title: this.t("unpart"), "aria-label": this.t("unpart"), onclick: () => this.unpart() }, "−") : null) : null);
    });
  }

  renderBar() {
    const range = this.selection;
    this.bar.hidden = !range || !!this.store.about.readonly;
    if (this.bar.hidden) return;
    const button = (key, shown, does) => h("button", { type: "button", id: this.id(`bar-${key}`), onclick: does }, this.t(key), " ", h("kbd", { "aria-hidden": "true", dir: "ltr" }, shown));
    const buttons = this.tab === "mentions" ? [button("mention.add", "W", () => this.addMention())]
      : this.tab === "lost" ? [button("place", "P", () => this.placed())]
      : this.tab === "decide" ? [
        ...(this.current ? [button("role.source", "S", () => this.role("source")), button("role.cue", "C", () => this.role("cue")), button("role.content", "V", () => this.role("content")), button("part", "+", () => this.part())] : []),
        button("add", "I", () => this.add()),
      ] : [];
    const words = this.text.slice(range.start, range.end).replace(/\s+/g, " "), letters = [...words];
    this.bar.replaceChildren(
      h("p", {}, this.t("selected"), " ", ar(letters.length > 60 ? `${letters.slice(0, 28).join("")} … ${letters.slice(-28).join("")}` : words)),
      h("div", { role: "group", "aria-label": this.t("selected") }, buttons),
    );
  }

  // grades

  gradeRows() {
    const bySource = new Map();
    for (const claim of this.records.claims.values()) {
      if (claim.status === "rejected") continue;
      const key = attributed(claim) ? claim.source_id ?? "" : "outlet";
      if (!bySource.has(key)) bySource.set(key, []);
      bySource.get(key).push(claim);
    }
    const last = key => key === "outlet" ? 2 : key === "" ? 1 : 0;
    const groups = [...bySource].sort((a, b) => last(a[0]) - last(b[0]) || b[1].length - a[1].length || begin(a[1][0]) - begin(b[1][0]));
    return groups.flatMap(([key, claims]) => [
      { type: "source", id: key, gradable: this.records.sources.has(key), claims },
      ...claims.sort((a, b) => begin(a) - begin(b)).map(claim => ({ type: "claim", id: claim.claim_id, gradable: true })),
    ]);
  }

  gradePanel() {
    this.panelOf = null;
    const rows = this.gradeRows(), off = !!this.store.about.readonly;
    this.grades = rows;
    this.gradeAt = Math.min(Math.max(this.gradeAt, 0), Math.max(rows.length - 1, 0));
    if (rows.length && !rows[this.gradeAt].gradable) this.gradeAt = Math.max(rows.findIndex((row, n) => n >= this.gradeAt && row.gradable), 0);
    const graded = rows.filter(row => row.gradable && this.gradeOf(row).grade).length;
    this.setActions("grades");
    const groups = [];
    rows.forEach((row, n) => {
      const now = n === this.gradeAt && row.gradable, { grade, reason } = this.gradeOf(row);
      const claim = row.type === "claim" ? this.claim(row.id) : null, source = row.type === "source" ? this.records.sources.get(row.id) : null;
      const name = source ? [ar(source.name), this.lang === "en" && source.name_en ? h("small", {}, ` ${source.name_en}`) : null, h("small", {}, ` · ${this.t(`sourcekind.${source.kind}`)}`)]
        : row.type === "source" ? [this.t(row.id === "outlet" ? "outlet" : "not_identified")]
        : [h("span", { class: "isnad-a-number" }, this.place.has(row.id) ? String(this.number(row.id)) : ""), h("span", { class: "isnad-a-snippet", lang: "ar", dir: "rtl" }, short(this.contentOf(claim)))];
      const item = h("li", { class: `isnad-a-grade isnad-g-${row.type}` },
        row.gradable ? h("button", { type: "button", id: this.id(`grade-${n}`), class: "isnad-a-gradehead", "aria-current": now ? "true" : null, "aria-expanded": String(now), onclick: () => this.goGrade(n) },
          h("span", { class: "isnad-a-name" }, name), h("span", { class: `isnad-a-letter${grade ? "" : " isnad-a-none"}` }, grade ? String(grade) : this.t("grade.none")))
          : h("div", { class: "isnad-a-gradehead" }, h("span", { class: "isnad-a-name" }, name)),
        now ? this.gradeEditor(row, grade, reason, off) : reason ? h("p", { class: "isnad-a-reason", dir: "auto" }, reason) : null);
      if (row.type === "source") groups.push(item); else groups.push(item);
    });
    this.panel.replaceChildren(
      h("h2", { class: "isnad-a-heading" }, this.t("grades.title"), " ", h("span", { class: "isnad-a-by" }, this.t("grades.done", { n: graded, of: rows.filter(row => row.gradable).length }))),
      h("p", { class: "isnad-a-rule" }, this.t("grades.note")),
      rows.length ? h("ol", { class: "isnad-a-grades", role: "list" }, groups) : h("p", { class: "isnad-a-none" }, this.t("none")),
    );
  }

  gradeOf(row) {
    const record = row.type === "source" ? this.records.sources.get(row.id) : this.claim(row.id);
    return { grade: (row.type === "source" ? record?.reliability : record?.credibility) ?? null, reason: record?.rationale ?? "" };
  }

  scale(row) { return row.type === "source" ? ["A", "B", "C", "D", "E", "F"] : ["1", "2", "3", "4", "5", "6"]; }

  gradeEditor(row, grade, reason, off) {
    const key = `${row.type}:${row.id}`;
    if (this.draft.key !== key) this.draft = { key, grade: grade === null ? null : String(grade), reason };
    const rules = (this.store.about.rules ?? []).filter(rule => this.scale(row).includes(String(rule.grade)));
    const textOf = rule => `${rule.rule}: ${(this.lang === "ar" && rule.text_ar) || rule.text}`;
    return h("form", { class: "isnad-a-editor", onsubmit: event => { event.preventDefault(); this.saveGrade(); } },
      h("fieldset", { disabled: off }, h("legend", {}, this.t(row.type === "source" ? "reliability" : "credibility")),
        h("div", { class: "isnad-a-segments" }, this.scale(row).map(each => h("button", {
          type: "button", id: this.id(`grade-${each}`), "aria-pressed": String(this.draft.grade === each), title: this.t(`grade.${each}`), onclick: () => this.chooseGrade(each),
        }, each))),
        h("p", { class: "isnad-a-meaning" }, this.draft.grade ? `${this.draft.grade}: ${this.t(`grade.${this.draft.grade}`)}` : this.t("grade.choose"))),
      h("label", { for: this.id("reason") }, this.t("reason")),
      h("textarea", {
        id: this.id("reason"), rows: "3", dir: "auto", disabled: off, value: this.draft.reason,
        oninput: event => { this.draft.reason = event.target.value; },
        onkeydown: event => { if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.saveGrade(); } },
      }),
      row.type === "source" ? this.sourceEditor(row.id, off) : null,
      rules.length ? h("details", { class: "isnad-a-rules" }, h("summary", {}, this.t("reason.rules")), h("ul", { role: "list" }, rules.map(rule => h("li", {}, h("button", {
        type: "button", disabled: off, onclick: () => { this.draft.reason = textOf(rule); this.draft.grade = String(rule.grade); this.renderPanel(); this.focus("reason"); },
      }, h("b", {}, String(rule.grade)), " ", h("span", { dir: "auto" }, textOf(rule))))))) : null,
      h("div", { class: "isnad-a-buttons" },
        h("button", { type: "submit", id: this.id("grade-save"), class: "isnad-a-primary", disabled: off }, this.t("grade.save"), " ", h("kbd", { "aria-hidden": "true", dir: "ltr" }, "⏎")),
        grade === null ? null : h("button", { type: "button", id: this.id("grade-remove"), disabled: off, onclick: () => this.saveGrade(true) }, this.t("grade.remove"))));
  }

  /** What kind of source it is, and its name in English. */
  sourceEditor(id, off) {
    const source = this.records.sources.get(id), kinds = this.store.about.source_kinds ?? [source.kind];
    const edit = values => { this.store.do("edit_source", { source: id, ...values }); this.say(this.t("did.edit_source")); };
    return h("details", { class: "isnad-a-rules", open: this.editing === id, ontoggle: event => { this.editing = event.target.open ? id : null; } }, h("summary", {}, this.t("source.about")),
      h("label", { for: this.id("source-kind") }, this.t("source.kind")),
      h("select", { id: this.id("source-kind"), disabled: off, onchange: event => edit({ kind: event.target.value }) }, kinds.map(kind => h("option", { value: kind, selected: kind === source.kind }, this.t(`sourcekind.${kind}`)))),
      h("label", { for: this.id("source-name") }, this.t("source.name_en")),
      h("input", { type: "text", id: this.id("source-name"), dir: "ltr", disabled: off, value: source.name_en ?? "", onchange: event => edit({ name_en: event.target.value.trim() || null }) }));
  }

  chooseGrade(each) {
    const row = this.grades[this.gradeAt];
    this.draft.grade = each;
    const rules = this.store.about.rules ?? [], begun = rules.find(rule => this.draft.reason.startsWith(`${rule.rule}:`));
    // The project's rule is offered as the reason; a reason of one's own stays.
    if (!this.draft.reason || (begun && String(begun.grade) !== each)) {
      const rule = rules.find(one => String(one.grade) === each && (row.type === "source") === one.rule.startsWith("R"));
      this.draft.reason = rule ? `${rule.rule}: ${(this.lang === "ar" && rule.text_ar) || rule.text}` : "";
    }
    this.renderPanel();
    this.focus("reason");
    const box = this.el.querySelector(`#${this.id("reason")}`);
    box?.select();
    if (box) box.scrollTop = 0;
  }

  saveGrade(remove = false) {
    const row = this.grades[this.gradeAt], { grade, reason } = this.draft;
    if (!remove && (!grade || !reason.trim())) { this.refused([this.t(grade ? "grade.reasonless" : "grade.choose")]); this.focus("reason"); return; }
    this.notice.hidden = true;
    const rationale = remove ? null : reason.trim();
    if (row.type === "source") this.store.do("grade_source", { source: row.id, reliability: remove ? null : grade, rationale });
    else this.store.do("grade", { claim: row.id, credibility: remove ? null : Number(grade), rationale });
    this.say(this.t(remove ? "did.ungraded" : "did.graded", { grade: grade ?? "" }));
    this.draft = {};
    if (!remove) this.goGrade(this.gradeAt + 1); else this.renderPanel();
  }

  goGrade(at, { focus = true } = {}) {
    const rows = this.grades ?? [];
    let n = Math.min(Math.max(at, 0), rows.length - 1);
    const step = at < this.gradeAt ? -1 : 1;
    while (rows[n] && !rows[n].gradable && rows[n + step]) n += step;
    if (!rows[n]?.gradable) return;
    this.gradeAt = n;
    this.draft = {};
    const row = rows[n], before = this.current;
    const claim = row.type === "claim" ? row.id : row.claims[0]?.claim_id;
    if (claim && this.place.has(claim)) {
      this.current = claim;
      if (before) this.paint(before);
      this.paint(claim);
      this.renderRow(before); this.renderRow(claim);
      this.painter.flush();
      this.centre();
    }
    this.renderPanel();
    const head = this.panel.querySelector(`#${this.id(`grade-${n}`)}`);
    if (focus) head?.focus({ preventScroll: true });
    head?.parentElement.scrollIntoView({ block: "nearest" });
  }

  // mentions

  mentionOrder() {
    return [...this.records.mentions.values()].sort((a, b) => spanOf(a).start - spanOf(b).start || spanOf(a).end - spanOf(b).end).map(one => one.mention_id);
  }

  actor(id) { return this.actors?.get(id) ?? (this.actors = new Map((this.store.about.actors ?? []).map(actor => [actor.actor_id, actor]))).get(id); }

  mentionPanel() {
    this.panelOf = null;
    this.actors = null;
    const order = this.mentionOrder(), off = !!this.store.about.readonly, now = this.records.mentions.get(this.mentionAt);
    this.setActions("mentions",
      this.action("accept", "A", () => this.mention("accept_mention"), { name: "isnad-a-yes", disabled: !now }),
      this.action("reject", "X", () => this.mention("reject_mention"), { name: "isnad-a-no", disabled: !now }),
      this.action("mention.lexicon", "L", () => this.toLexicon(), { disabled: !now || this.actor(now.actor_id)?.found_by !== "machine" }),
      this.action("undo", "⌫", () => this.undo(), { keys: "Backspace", disabled: this.undoButton.disabled }),
    );
    const top = this.panel.querySelector(".isnad-a-mentions")?.scrollTop ?? 0;
    const items = order.map(id => {
      const one = this.records.mentions.get(id), actor = this.actor(one.actor_id), status = one.status || "accepted";
      return h("li", { class: `isnad-s-${status}` }, h("button", { type: "button", id: this.id(`mention-${id}`), "aria-current": id === this.mentionAt ? "true" : null, onclick: () => this.goMention(id) },
        h("span", { class: "isnad-a-sign", "aria-hidden": "true" }, STATUS_SIGN[status] ?? ""),
        h("span", { class: "isnad-a-what" }, h("span", { class: "isnad-a-unseen" }, `${this.t(`status.${status}`)}. `), ar(spanOf(one).exact), " ",
          h("small", {}, actor ? [actor.name_ar === spanOf(one).exact ? null : ar(actor.name_ar), this.lang === "en" && actor.name_en ? ` ${actor.name_en}` : null, ` · ${this.t(`found_by.${actor.found_by ?? "lexicon"}`)}`, one.via === "description" ? ` · ${this.t("via.description")}` : null] : one.actor_id))));
    });
    this.panel.replaceChildren(
      h("h2", { class: "isnad-a-heading" }, this.t("mentions.title"), " ", h("span", { class: "isnad-a-by" }, this.t("mentions.n", { n: order.length }))),
      h("p", { class: "isnad-a-rule" }, this.t(off ? "readonly" : "mentions.note")),
      order.length ? h("ol", { class: "isnad-a-mentions isnad-a-list", role: "list", "aria-label": this.t("mentions.title") }, items) : h("p", { class: "isnad-a-none" }, this.t("mentions.none")));
    const list = this.panel.querySelector(".isnad-a-mentions");
    if (list) list.scrollTop = top;
  }

  goMention(id) {
    const before = this.mentionAt;
    this.mentionAt = id;
    if (before) this.paintMention(before);
    this.lookAtMention();
    this.renderPanel();
    this.panel.querySelector(`#${CSS.escape(this.id(`mention-${id}`))}`)?.scrollIntoView({ block: "nearest" });
    const one = this.records.mentions.get(id);
    this.say(`${this.t(`status.${one.status || "accepted"}`)}: \u2068${spanOf(one).exact}\u2069`);
  }

  lookAtMention() {
    this.paintMention(this.mentionAt);
    this.painter.flush();
    const { start, end } = spanOf(this.records.mentions.get(this.mentionAt));
    this.centre(start, end);
  }

  mention(op) {
    const order = this.mentionOrder(), at = order.indexOf(this.mentionAt);
    if (at < 0) return;
    this.store.do(op, { mention: this.mentionAt });
    const said = this.t(op === "accept_mention" ? "did.accept" : "did.reject");
    if (order[at + 1]) this.goMention(order[at + 1]); else this.renderPanel();
    this.say(said);
  }

  async addMention() {
    if (!this.selection) { this.refused([this.t("select.first")]); return; }
    const { start, end } = this.selection, chosen = await this.choose(this.t("mention.who"), this.actorOptions(), this.text.slice(start, end), false);
    if (!chosen) return;
    this.store.do("mention", { start, end, actor_id: chosen.actor_id, via: "description" });
    this.clearSelection();
    this.say(this.t("did.mention"));
  }

  async toLexicon() {
    const one = this.records.mentions.get(this.mentionAt), actor = one && this.actor(one.actor_id);
    if (!actor || actor.found_by !== "machine") return;
    const done = await this.store.channel.send({ kind: "lexicon", actor_id: actor.actor_id }).catch(error => ({ error: error.message }));
    if (done.error || done.why) this.refused([done.error ?? done.why]);
    else { actor.found_by = "own"; this.renderPanel(); this.say(this.t("did.lexicon", { name: actor.name_ar })); }
  }

  // what could not be anchored again

  lostPanel() {
    this.panelOf = null;
    const lost = this.lost();
    this.setActions("lost", this.action("place", "P", () => this.placed(), { disabled: !lost.length || !this.selection }));
    this.lostAt = Math.min(this.lostAt, Math.max(lost.length - 1, 0));
    this.panel.replaceChildren(
      h("h2", { class: "isnad-a-heading" }, this.t("lost.title")), h("p", { class: "isnad-a-rule" }, this.t("lost.note")),
      h("ol", { class: "isnad-a-list", role: "list", "aria-label": this.t("lost.title") }, lost.map((one, n) => h("li", {}, h("button", {
        type: "button", id: this.id(`lost-${n}`), "aria-current": n === this.lostAt ? "true" : null, onclick: () => { this.lostAt = n; this.renderPanel(); },
      }, h("span", { class: "isnad-a-what" }, h("small", {}, `${this.t(`role.${one.role}`)} `), h("span", { class: "isnad-a-snippet", lang: "ar", dir: "rtl" }, one.prefix ? h("small", {}, `…${one.prefix}`) : null, h("b", {}, one.exact), one.suffix ? h("small", {}, `${one.suffix}…`) : null)))))));
  }

  placed() {
    const one = this.lost()[this.lostAt];
    if (!one || !this.selection) { this.refused([this.t("select.first")]); return; }
    this.store.do("place", { unanchored: one.unanchored_id ?? one.id, ...this.selection });
    this.clearSelection();
    this.say(this.t("did.placed"));
  }

  // moving

  go(id, { quiet = false } = {}) {
    const before = this.current;
    this.current = id;
    this.active = { role: "content", part: 0 };
    if (this.tab === "mentions" || this.tab === "lost") { this.open_("decide"); return; }
    if (before && before !== id) { this.paint(before); this.renderRow(before); }
    this.paint(id);
    this.renderRow(id);
    this.painter.flush();
    if (this.tab === "grades") { const at = this.grades.findIndex(row => row.type === "claim" && row.id === id); if (at >= 0) this.gradeAt = at; this.draft = {}; }
    this.renderPanel();
    if (!this.items?.has(id) || this.edgeOfList.has(id)) this.renderList(); else this.scrollList();
    this.centre();
    if (!quiet) this.say(this.spoken(id));
  }

  spoken(id) {
    const claim = this.claim(id);
    return this.t("spoken", { n: this.number(id), of: this.order.length, status: this.t(`status.${claim.status || "accepted"}`), who: this.whoOf(claim).text, what: short(this.contentOf(claim)) });
  }

  step(by) {
    if (this.tab === "grades") return this.goGrade(this.gradeAt + by);
    if (this.tab === "mentions") { const order = this.mentionOrder(), at = order.indexOf(this.mentionAt) + by; if (order[at]) this.goMention(order[at]); return; }
    if (this.tab === "lost") { this.lostAt = Math.min(Math.max(this.lostAt + by, 0), Math.max(this.lost().length - 1, 0)); this.renderPanel(); return; }
    const ids = this.order.filter(id => this.shown(id) || id === this.current), at = ids.indexOf(this.current) + by;
    if (ids[at]) this.go(ids[at]);
  }

  /** The next claim that nobody decided, from here on and then from the top; without one, the next. */
  onward() {
    const at = this.place.get(this.current) ?? -1, later = [...this.order.slice(at + 1), ...this.order.slice(0, at + 1)];
    return later.find(id => id !== this.current && !decided(this.claim(id))) ?? null;
  }

  skip() {
    if (this.tab !== "decide") return this.step(1);
    const next = this.onward() ?? this.order[(this.place.get(this.current) ?? -1) + 1];
    if (next) this.go(next);
  }

  centre(start = null, end = null) {
    if (start === null) {
      const claim = this.claim();
      if (!claim) return;
      const own = ["source", "cue", "content"].flatMap(role => spansOf(claim, role));
      if (!own.length) return;
      start = Math.min(...own.map(span => span.start)); end = Math.max(...own.map(span => span.end));
    }
    const from = this.text.unitsOf(start), to = this.text.unitsOf(end);
    const range = document.createRange();
    const [a, b] = [this.nodeAt(from.line, from.unit), this.nodeAt(to.line, to.unit)];
    range.setStart(a.node, a.offset); range.setEnd(b.node, b.offset);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const box = this.article.getBoundingClientRect(), at = range.getBoundingClientRect();
    const room = box.height - at.height, top = this.article.scrollTop + at.top - box.top - Math.max(room / 2, box.height * 0.08);
    const near = Math.abs(top - this.article.scrollTop) < box.height * 1.5;
    this.article.scrollTo({ top, behavior: calm || !near ? "instant" : "smooth" });
  }

  // deciding

  decide(op) {
    if (!this.current || this.store.about.readonly) return;
    const id = this.current, next = this.onward(), said = this.t(`did.${op}`, { n: this.number(id) });
    this.leaving = !!next; // the panel is drawn once, for the next claim
    this.store.do(op, { claim: id });
    this.leaving = false;
    if (next) { this.go(next, { quiet: true }); this.say(`${said} ${this.spoken(next)}`); }
    else {
      const { all, done } = this.counts();
      this.say(`${said} ${all === done ? this.t("all.decided") : ""}`);
      this.renderPanel();
    }
  }

  change(op, values = {}) {
    const claim = this.claim();
    if (!claim || this.store.about.readonly) return;
    if ((op === "kind" || op === "modality" || op === "stance") && claim[op] === values.value) return;
    this.store.do(op, { claim: claim.claim_id, ...values });
    this.say(this.t(`did.${op}`, { n: this.number(claim.claim_id) }));
  }

  chose(key, value) {
    const claim = this.claim();
    if (key === "act" || key === "cue_form") this.change("cue", { act: claim.act ?? this.store.about.acts[0], cue_form: claim.cue_form ?? this.store.about.cue_forms[0], [key]: value });
    else this.change(key, { value });
  }

  gloss(value) {
    const claim = this.claim();
    if (claim && value.trim() !== (claim.gloss_en ?? "")) this.change("gloss", { value: value.trim() || null });
  }

  async undo(op = "undo") {
    if (this.store.about.readonly || (op === "undo" ? this.undoButton : this.redoButton).disabled) return;
    const { refused, changed } = await this.store.do(op);
    if (refused) return;
    const id = Object.keys(changed.claims ?? {}).find(each => this.place.has(each));
    if (id && this.tab === "decide") this.go(id, { quiet: true });
    this.say(`${this.t(`did.${op}`)} ${id ? this.spoken(id) : ""}`);
  }

  activeSpan() {
    const claim = this.claim();
    return claim ? spansOf(claim, this.active.role)[this.active.part] ?? null : null;
  }

  /** The selection becomes the source, cue or content; without one, the edges that keys move are those of this role. */
  role(role, part = null) {
    const claim = this.claim();
    if (!claim || this.store.about.readonly) return;
    const spans = spansOf(claim, role), same = this.active.role === role;
    const to = part ?? (same && this.active.part < spans.length ? this.active.part : 0);
    if (this.selection) {
      this.active = { role, part: to };
      this.store.do("span", { claim: claim.claim_id, role, part: to + 1, ...this.selection });
      this.clearSelection();
      this.say(this.t("did.span", { role: this.t(`role.${role}`) }));
      return;
    }
    if (!spans.length) { this.refused([this.t("select.first")]); return; }
    this.active = { role, part: part ?? (same ? (this.active.part + 1) % spans.length : 0) };
    this.paint(this.current);
    this.painter.flush();
    this.renderPanel();
    this.say(this.t("edges.of", { role: this.t(`role.${role}`), what: this.activeSpan().exact }));
  }

  part() {
    const claim = this.claim(), role = this.active.role === "cue" ? "cue" : "content";
    if (!claim || this.store.about.readonly) return;
    if (!this.selection) { this.refused([this.t("select.first")]); return; }
    const part = spansOf(claim, role).length;
    this.store.do("span", { claim: claim.claim_id, role, part: part + 1, ...this.selection });
    this.active = { role, part };
    this.clearSelection();
    this.say(this.t("did.part", { role: this.t(`role.${role}`) }));
  }

  unpart() {
    const claim = this.claim(), { role, part } = this.active;
    if (!claim || !this.activeSpan() || this.store.about.readonly) return;
    if (spansOf(claim, role).length === 1 && (role === "content" || role === "cue")) { this.refused([this.t("unpart.last")]); return; }
    this.store.do("unspan", { claim: claim.claim_id, role, part: part + 1 });
    this.active = { role: role === "source" || role === "antecedent" ? "content" : role, part: 0 };
    this.paint(this.current); this.painter.flush(); this.renderPanel();
    this.say(this.t("did.unspan"));
  }

  moveEdge(which, forward, byGrapheme) {
    const claim = this.claim(), span = this.activeSpan();
    if (!claim || !span || this.store.about.readonly) return;
    const step = byGrapheme ? "grapheme" : which === "start" ? "wordStart" : "wordEnd";
    const to = this.text[step](span[which], forward);
    if (to === null) return;
    const { start, end } = { start: span.start, end: span.end, [which]: to };
    if (start >= end) return;
    const { role, part } = this.active;
    this.store.do("span", { claim: claim.claim_id, role, part: part + 1, start, end });
    this.paint(this.current); this.painter.flush(); this.renderPanel();
    this.say(this.t("did.edge", { what: short(this.text.slice(start, end)) }));
  }

  async add() {
    if (this.store.about.readonly) return;
    if (!this.selection) { this.refused([this.t("select.first")]); return; }
    const range = { ...this.selection };
    this.clearSelection();
    const claim = `c${identity().replaceAll("-", "").slice(0, 8)}`;
    const { refused } = await this.store.do("add", { claim, kind: "indirect", content: [range] });
    if (refused || !this.records.claims.has(claim)) return;
    this.go(claim, { quiet: true });
    this.say(this.t("did.add"));
  }

  /** Within the closest claim around it, or, where none is, the one before; once more, on its own. */
  nest() {
    const claim = this.claim();
    if (!claim) return;
    if (claim.within) { this.change("nest", { within: null }); return; }
    const start = begin(claim), end = Math.max(...claim.content.map(span => span.end));
    const others = this.outers(claim).map(id => this.claim(id));
    const around = others.filter(one => one.content.some(span => span.start <= start && end <= span.end)).sort((a, b) => a.content[0].end - a.content[0].start - (b.content[0].end - b.content[0].start));
    const before = others.filter(one => begin(one) <= start).at(-1);
    const outer = around[0] ?? before;
    if (!outer) { this.refused([this.t("nest.none")]); return; }
    this.change("nest", { within: outer.claim_id });
  }

  // who

  actorOptions() {
    const types = new Set(this.store.about.actors?.map(actor => actor.type));
    return (this.store.about.actors ?? []).map(actor => ({
      label: actor.name_ar, more: [this.lang === "en" ? actor.name_en : null, types.size > 1 ? this.t(`type.${actor.type}`) : null].filter(Boolean).join(" · "), actor_id: actor.actor_id, actor,
    }));
  }

  async who() {
    const claim = this.claim();
    if (!claim || this.store.about.readonly) return;
    const counts = new Map();
    for (const each of this.records.claims.values()) if (each.source_id) counts.set(each.source_id, (counts.get(each.source_id) ?? 0) + 1);
    const sources = [...this.records.sources.values()].map(source => ({
      label: source.name, more: [this.lang === "en" ? source.name_en : null, this.t(`sourcekind.${source.kind}`), this.t("who.claims", { n: counts.get(source.source_id) ?? 0 })].filter(Boolean).join(" · "), source_id: source.source_id,
    }));
    const taken = new Set([...this.records.sources.values()].flatMap(source => source.actor_ids ?? []));
    const options = [...sources, ...this.actorOptions().filter(option => !taken.has(option.actor_id))];
    options.push({ label: this.t("not_identified"), more: "", nobody: true });
    const chosen = await this.choose(this.t("who.title"), options, claim.source?.exact ?? "", true);
    if (!chosen) return;
    const values = chosen.nobody ? { source_id: null } : chosen.source_id ? { source_id: chosen.source_id }
      : chosen.actor ? { new: { name: chosen.actor.name_ar, name_en: chosen.actor.name_en || null, kind: KIND_OF_ACTOR[chosen.actor.type] ?? "organisation" } }
      : { new: { name: chosen.name, kind: chosen.kind } };
    const done = this.store.do("source", { claim: claim.claim_id, ...values });
    this.say(this.t("did.source", { who: chosen.label ?? chosen.name }));
    if (!chosen.actor) return;
    const { refused } = await done, source = this.claim(claim.claim_id)?.source_id; // a new source has its id from the other side
    if (!refused && source) this.store.do("edit_source", { source, actor_ids: [chosen.actor_id] });
  }

  /** A dialog with a box to type in and a list to choose from. Resolves to an option, {name, kind} of a new one, or null. */
  choose(title, options, words, makes) {
    return new Promise(resolve => {
      let at = 0, found = [];
      const input = h("input", { type: "text", dir: "auto", id: this.id("choose"), role: "combobox", "aria-expanded": "true", "aria-controls": this.id("options"), "aria-autocomplete": "list", autocomplete: "off", placeholder: words || this.t("who.type"), "aria-label": title });
      const list = h("ul", { role: "listbox", id: this.id("options"), "aria-label": title });
      const kind = h("select", { id: this.id("newkind"), "aria-label": this.t("who.kind") }, Object.keys(this.words[this.lang]).filter(key => key.startsWith("sourcekind.")).map(key => h("option", { value: key.slice("sourcekind.".length) }, this.t(key))));
      const dialog = h("dialog", { class: "isnad-a-dialog", "aria-label": title });
      const end = chosen => { resolve(chosen); dialog.close(); dialog.remove(); this.article.focus({ preventScroll: true }); };
      const draw = () => {
        const typed = input.value.trim(), name = typed || words.trim();
        found = options.filter(option => !typed || `${option.label} ${option.more}`.toLowerCase().includes(typed.toLowerCase())).slice(0, 60);
        if (makes && name) found.push({ name, kind: kind.value, label: null });
        at = Math.min(at, Math.max(found.length - 1, 0));
        list.replaceChildren(...found.map((option, n) => h("li", { role: "option", id: this.id(`option-${n}`), "aria-selected": String(n === at), onclick: () => end(option.label === null ? { name: option.name, kind: kind.value } : option) },
          option.label === null ? this.nodes("who.new", { name: ar(option.name) }) : [ar(option.label), " ", h("small", {}, option.more)])));
        input.setAttribute("aria-activedescendant", found.length ? this.id(`option-${at}`) : "");
        list.children[at]?.scrollIntoView({ block: "nearest" });
      };
      input.addEventListener("input", () => { at = 0; draw(); });
      dialog.addEventListener("keydown", event => {
        event.stopPropagation();
        if (event.target === input && (event.key === "ArrowDown" || event.key === "ArrowUp")) { event.preventDefault(); at = Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), Math.max(found.length - 1, 0)); draw(); }
        else if (event.key === "Enter" && (event.target === input || event.target === kind) && found.length) { event.preventDefault(); const option = event.target === kind ? found.at(-1) : found[at]; end(option.label === null ? { name: option.name, kind: kind.value } : option); }
        else if (event.key === "Escape") { event.preventDefault(); end(null); }
      });
      dialog.append(h("h2", {}, title), input, list, ...(makes ? [h("p", { class: "isnad-a-newkind" }, h("label", { for: this.id("newkind") }, this.t("who.kind")), " ", kind)] : []),
        h("div", { class: "isnad-a-buttons" }, h("button", { type: "button", onclick: () => end(null) }, this.t("cancel"), " ", h("kbd", { "aria-hidden": "true", dir: "ltr" }, "Esc"))));
      this.el.append(dialog);
      draw();
      dialog.showModal();
      input.focus();
    });
  }

  help() {
    const dialog = h("dialog", { class: "isnad-a-dialog isnad-a-help", "aria-label": this.t("help") });
    const end = () => { dialog.close(); dialog.remove(); this.article.focus({ preventScroll: true }); };
    dialog.addEventListener("keydown", event => { event.stopPropagation(); if (event.key === "Escape") { event.preventDefault(); end(); } });
    dialog.append(h("h2", {}, this.t("help")), h("p", {}, this.t("help.intro")),
      h("dl", { tabindex: "0", "aria-label": this.t("help") }, HELP.map(([keys, key]) => h("div", {}, h("dt", {}, h("kbd", { dir: "ltr" }, keys)), h("dd", {}, this.t(key))))),
      h("div", { class: "isnad-a-buttons" }, h("button", { type: "button", class: "isnad-a-primary", onclick: end }, this.t("close"))));
    this.el.append(dialog);
    dialog.showModal();
  }

  focus(name) {
    const found = this.panel.querySelector(`#${this.id(name)}`);
    found?.focus();
    found?.scrollIntoView({ block: "nearest" });
  }

  // selecting

  /** The offset of a place in the page, or null outside the article. */
  offsetOf(node, offset) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (!this.article.contains(element)) return null;
    let words = element.closest("[data-line]");
    if (!words) {
      const row = element.closest(".isnad-a-row");
      if (row) return this.text.lines[Number(row.firstChild.dataset.line)].end;
      const next = element.childNodes[offset], first = next?.querySelector?.("[data-line]"), last = [...element.querySelectorAll("[data-line]")].at(-1);
      if (first) return this.text.lines[Number(first.dataset.line)].start;
      return last ? this.text.lines[Number(last.dataset.line)].end : null;
    }
    let unit = 0;
    const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const here = walker.currentNode;
      if (here === node) { unit += offset; break; }
      if (node.nodeType !== Node.TEXT_NODE && node.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_CONTAINED_BY) {
        const child = node.childNodes[offset];
        if (child && (child === here || child.compareDocumentPosition(here) & (Node.DOCUMENT_POSITION_CONTAINED_BY | Node.DOCUMENT_POSITION_FOLLOWING))) break;
      } else if (node.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING) break;
      unit += here.length;
    }
    return this.text.pointsOf(Number(words.dataset.line), unit);
  }

  nodeAt(line, unit) {
    const walker = document.createTreeWalker(this.rows[line].firstChild, NodeFilter.SHOW_TEXT);
    let node = null;
    while (walker.nextNode()) {
      node = walker.currentNode;
      if (unit <= node.length) return { node, offset: unit };
      unit -= node.length;
    }
    return { node: node ?? this.rows[line].firstChild, offset: node ? node.length : 0 };
  }

  /** What is selected in the article, exactly, in code points; null for nothing. */
  selected() {
    const now = document.getSelection();
    if (!now || now.isCollapsed || !now.rangeCount) return null;
    const range = now.getRangeAt(0);
    const start = this.offsetOf(range.startContainer, range.startOffset), end = this.offsetOf(range.endContainer, range.endOffset);
    return start === null || end === null || start >= end ? null : { start, end };
  }

  select(start, end, { backward = false, silent = false } = {}) {
    const from = this.text.unitsOf(start), to = this.text.unitsOf(end);
    const [a, b] = [this.nodeAt(from.line, from.unit), this.nodeAt(to.line, to.unit)];
    const [first, last] = backward ? [b, a] : [a, b];
    document.getSelection().setBaseAndExtent(first.node, first.offset, last.node, last.offset);
    if (!silent) this.took({ start, end });
  }

  took(range) {
    const before = this.selection;
    this.selection = range;
    this.selectedNow = !!range;
    this.painter.put("selection", range ? [["selection", range.start, range.end]] : [], true);
    if (this.painter instanceof Highlights) this.painter.flush();
    if (before?.start !== range?.start || before?.end !== range?.end) { this.renderBar(); if (this.tab === "lost") this.renderPanel(); }
  }

  clearSelection() {
    document.getSelection()?.removeAllRanges();
    this.caret = null;
    this.took(null);
  }

  /** By keys: a word to the left or right; with Shift the selection grows, with Alt by graphemes, with Ctrl by lines. */
  walk(forward, { grows, byGrapheme, byLine }) {
    const from = this.caret ?? { anchor: this.claim() ? begin(this.claim()) : 0, focus: null };
    let start, end;
    const at = from.focus ?? from.anchor;
    if (byLine) {
      const line = this.text.lineAt(at) + (forward ? 1 : -1);
      const here = this.text.lines[Math.min(Math.max(line, 0), this.text.lines.length - 1)];
      if (grows) [start, end] = [from.anchor, forward ? here.end : here.start];
      else { const word = this.text.words(this.text.lineAt(here.start))[0] ?? [here.start, here.start]; [start, end] = word; }
    } else if (grows) {
      const step = byGrapheme ? "grapheme" : at > from.anchor || (at === from.anchor && forward) ? "wordEnd" : "wordStart";
      [start, end] = [from.anchor, this.text[step](at, forward) ?? at];
    } else if (from.focus === null) {
      [start, end] = this.text.wordAt(at) ?? [at, at];
    } else {
      const first = Math.min(from.anchor, at), next = byGrapheme ? this.text.grapheme(first, forward) : this.text.wordStart(first, forward);
      if (next === null) return;
      [start, end] = byGrapheme ? [next, this.text.grapheme(next, true) ?? next] : this.text.wordAt(next);
    }
    this.caret = { anchor: start, focus: end };
    if (start === end) { document.getSelection().removeAllRanges(); this.took(null); return; }
    this.select(Math.min(start, end), Math.max(start, end), { backward: end < start });
    this.say(this.text.slice(Math.min(start, end), Math.max(start, end)));
    this.reveal(end);
  }

  reveal(offset) {
    const { line, unit } = this.text.unitsOf(offset), { node, offset: at } = this.nodeAt(line, unit), range = document.createRange();
    range.setStart(node, at); range.setEnd(node, at);
    const box = this.article.getBoundingClientRect(), place = range.getBoundingClientRect();
    if (place.height && (place.top < box.top || place.bottom > box.bottom)) this.article.scrollTop += place.top - box.top - box.height / 2;
  }

  /** The claim whose words are at an offset: the innermost. */
  claimAt(offset) {
    const has = this.order.filter(id => ["content", "source", "cue"].some(role => spansOf(this.claim(id), role).some(span => span.start <= offset && offset < span.end)));
    const size = id => this.claim(id).content.reduce((sum, span) => sum + span.end - span.start, 0);
    return has.sort((a, b) => this.depth(this.claim(b)) - this.depth(this.claim(a)) || size(a) - size(b))[0] ?? null;
  }

  listen() {
    const { signal } = this.listeners;
    const on = (target, name, does) => target.addEventListener(name, does, { signal });
    on(this.host, "keydown", event => this.key(event));
    on(document, "selectionchange", () => this.selectionChanged());
    on(this.el, "pointerdown", event => {
      if (event.target.closest?.(".isnad-a-article p[data-line]") && !event.shiftKey && event.button === 0) { document.getSelection()?.removeAllRanges(); this.exact = false; this.caret = null; }
    });
    on(this.el, "pointerup", event => { if (event.target.closest?.(".isnad-a-article")) this.released(event); });
    on(this.el, "click", event => {
      if (!event.target.closest?.(".isnad-a-article p[data-line]") || this.selected()) return;
      const place = document.caretPositionFromPoint?.(event.clientX, event.clientY) ?? (range => range && { offsetNode: range.startContainer, offset: range.startOffset })(document.caretRangeFromPoint?.(event.clientX, event.clientY));
      const offset = place && this.offsetOf(place.offsetNode, place.offset);
      if (offset === null || offset === undefined) return;
      this.caret = { anchor: offset, focus: null };
      if (this.tab === "mentions") {
        const id = this.mentionOrder().find(each => spanOf(this.records.mentions.get(each)).start <= offset && offset < spanOf(this.records.mentions.get(each)).end);
        if (id) this.goMention(id);
        return;
      }
      const id = this.claimAt(offset);
      if (id && id !== this.current) this.go(id);
    });
    on(this.el, "dblclick", event => {
      const range = event.target.closest?.(".isnad-a-article") && this.selected();
      const word = range && (this.text.wordAt(range.start) ?? this.text.wordAt(Math.max(range.end - 1, 0)));
      if (word) { this.select(...word); this.caret = { anchor: word[0], focus: word[1] }; }
    });
    on(window, "beforeunload", event => { if (this.store.outbox.length && this.store.unkept) event.preventDefault(); });
    on(window, "online", () => this.store.flush());
    on(document, "visibilitychange", () => { if (!document.hidden) this.store.poll(); });
  }

  selectionChanged() {
    const now = document.getSelection();
    if (!now?.anchorNode || !this.article.contains(now.anchorNode)) return; // in a box, or on a button: what was selected stays
    const range = this.selected();
    this.took(range && this.settled ? range : range);
  }

  /** The pointer was let go: whole words, but with Alt exactly what was dragged over. */
  released(event) {
    const range = this.selected();
    if (!range) return;
    const wanted = event.altKey ? { start: this.text.edge(range.start, false), end: this.text.edge(range.end, true) } : this.text.snapped(range.start, range.end, this.store.about.proclitics ?? []);
    if (!wanted) { this.clearSelection(); return; }
    this.caret = { anchor: wanted.start, focus: wanted.end };
    if (wanted.start !== range.start || wanted.end !== range.end) this.select(wanted.start, wanted.end);
  }

  key(event) {
    if (event.defaultPrevented || event.isComposing || !this.live) return;
    const target = event.target;
    if (target.closest?.("dialog")) return;
    if (editable(target)) {
      if (event.key === "Escape" || (event.key === "Enter" && target.matches("select"))) { event.preventDefault(); target.blur(); this.article.focus({ preventScroll: true }); }
      return;
    }
    const done = this.handle(event, target);
    if (done) { event.preventDefault(); event.stopPropagation(); }
  }

  /** Whether the key is one of ours, and was seen to. */
  handle(event, target) {
    const { code, shiftKey: shift, altKey: alt, ctrlKey: ctrl, metaKey: meta } = event;
    const pressed = target.matches?.("button, summary, a[href], [role=tab]");
    if ((ctrl || meta) && !alt) {
      if (code === "KeyZ") { this.undo(shift ? "redo" : "undo"); return true; }
      if (code === "KeyY" && ctrl) { this.undo("redo"); return true; }
      if ((code === "ArrowLeft" || code === "ArrowRight") && ctrl) { this.walk(code === "ArrowLeft", { grows: shift, byLine: true }); return true; }
      return false;
    }
    if (meta || ctrl) return false;
    if (event.key === "?" || event.key === "؟" || code === "F1" || (code === "KeyH" && !alt)) { this.help(); return true; }
    if (code === "BracketLeft" || code === "BracketRight") {
      if (this.tab !== "decide") return false;
      this.moveEdge(shift ? "end" : "start", code === "BracketLeft", alt); // the article runs from right to left: [ moves an edge on
      return true;
    }
    if (code === "ArrowLeft" || code === "ArrowRight") { this.walk(code === "ArrowLeft", { grows: shift, byGrapheme: alt }); return true; }
    if (alt) return false;
    if (code === "Backspace") { this.undo(shift ? "redo" : "undo"); return true; }
    if (code === "Escape") { this.clearSelection(); this.notice.hidden = true; this.article.focus({ preventScroll: true }); return true; }
    if (code === "ArrowDown" || code === "KeyJ") { this.step(1); return true; }
    if (code === "ArrowUp" || code === "KeyK") { this.step(-1); return true; }
    if (code === "Space") { if (pressed) return false; this.skip(); return true; }
    if (shift && /^Digit[1-4]$/.test(code)) {
      const name = ["decide", "grades", "mentions", ...(this.lost().length ? ["lost"] : [])][Number(code.at(-1)) - 1];
      if (name) this.open_(name);
      return true;
    }
    if (this.tab === "decide" && (code === "NumpadAdd" || code === "Equal")) { this.part(); return true; }
    if (shift) return false;
    if (this.tab === "grades") return this.gradeKey(code);
    const does = { decide: DECIDE_KEYS, mentions: MENTION_KEYS, lost: PLACE_KEYS }[this.tab][code];
    if (!does) return false;
    does[2](this);
    return true;
  }

  gradeKey(code) {
    const row = this.grades?.[this.gradeAt], sign = code.match(/^(?:Key([A-F])|(?:Digit|Numpad)([1-6]))$/);
    const each = sign && (sign[1] ?? sign[2]);
    if (!row || this.store.about.readonly || !each || !this.scale(row).includes(each)) return false;
    this.chooseGrade(each);
    return true;
  }
}

const remembered = key => { try { return localStorage.getItem(key); } catch { return null; } };

// ----------------------------------------------------------------------------------------------------------- the hosts

/** The annotator in an element, over a channel: {send(message)}, which gives a promise of the reply. */
export async function mount(el, channel, settings = {}) {
  return new Annotator(el, channel, settings).open();
}

/** In a notebook: messages {request, ...message} go to the kernel, which answers {request, reply}. Opened when a person asks. */
function render({ model, el }) {
  const waiting = new Map(), mine = identity(); // other tabs on the notebook have the same model, and hear its answers
  let count = 0, annotator = null, gone = false;
  const answered = message => {
    const to = waiting.get(message?.request);
    if (to) { waiting.delete(message.request); to(message.reply); }
  };
  model.on("msg:custom", answered);
  const channel = {
    send: message => new Promise((resolve, reject) => {
      const request = `${mine}:${++count}`;
      const late = setTimeout(() => { waiting.delete(request); reject(new Error("the kernel does not answer")); }, annotator.text ? ANSWER : OPENING);
      waiting.set(request, reply => {
        clearTimeout(late);
        if (reply?.error) reject(Object.assign(new Error(reply.error), { status: reply.status })); else resolve(reply);
      });
      model.send({ request, ...message });
    }),
  };
  const words = model.get("words"), lang = remembered("isnad-lang") ?? model.get("lang"), said = words[lang] ?? words.en;
  const card = h("div", { class: "isnad-a-card", lang, dir: lang === "ar" ? "rtl" : "ltr" },
    h("button", { type: "button", onclick: () => begin(true) }, said["card.begin"]), " ", h("span", {}, said["card.about"]));
  async function begin(focus) {
    card.querySelector("button").disabled = true;
    annotator = new Annotator(el, channel, { words, lang });
    el.isnad = annotator;
    try {
      await annotator.open();
    } catch {
      if (gone) return;
      card.querySelector("button").disabled = false;
      el.prepend(card);
      return;
    }
    if (gone) { annotator.close(); return; }
    if (focus) annotator.article.focus({ preventScroll: true });
    if (!model.get("started")) { model.set("started", true); model.save_changes(); }
  }
  el.replaceChildren(card);
  if (model.get("started") || unsent(model.get("sha256"))) begin(false);
  return () => { gone = true; model.off("msg:custom", answered); annotator?.close(); };
}

/** Whether this browser keeps decisions on a text that were never acknowledged. */
function unsent(sha256) {
  const storage = browserStorage();
  return Array.from({ length: storage?.length ?? 0 }, (_, n) => storage.key(n)).some(key => key?.startsWith(`isnad-outbox:${sha256}:`));
}

export default { render };

/** The page of `isnad curate`: the token stands in the address once, then only in this tab. */
async function page(el) {
  const given = new URLSearchParams(location.hash.slice(1)), settings = { page: true, painting: given.get("painting") ?? undefined };
  const tabs = new BroadcastChannel("isnad-token"); // a program started again tells its token to pages that are still open
  let token = given.get("token");
  try {
    if (token) sessionStorage.setItem("isnad-token", token);
    token ??= sessionStorage.getItem("isnad-token");
  } catch { /* asked for again when the page is reloaded */ }
  if (given.get("token")) {
    tabs.postMessage(token);
    history.replaceState(null, "", location.pathname);
  }
  tabs.onmessage = event => { token = event.data; try { sessionStorage.setItem("isnad-token", token); } catch { /* as above */ } };
  const channel = {
    async send(message) {
      const answer = await fetch("/api", {
        method: "POST", cache: "no-store", headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` }, body: JSON.stringify(message), signal: AbortSignal.timeout(ANSWER),
      });
      const reply = await answer.json().catch(() => ({}));
      if (!answer.ok) throw Object.assign(new Error(reply.error ?? answer.statusText), { status: answer.status });
      return reply;
    },
  };
  settings.words = await (await fetch("/words.json")).json();
  settings.lang = navigator.language?.startsWith("ar") ? "ar" : "en";
  window.isnad = await mount(el, channel, settings);
}

const here = typeof document !== "undefined" && document.querySelector("[data-isnad-page]");
if (here) page(here).catch(error => console.error(error));
