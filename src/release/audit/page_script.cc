#include "release/audit/page.h"

namespace parley {

const std::string_view kAuditStyle = R"css(:root {
  --ground: #fbfbfa; --card: #ffffff; --ink: #1d2126; --quiet: #59626d; --line: #dfe2e6;
  --tag: #d6e6f4; --hint: #d17a22; --wrong: #f6d2d2; --missed: #ffd54a; --first: #2f6690;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --card: #1c2024; --ink: #e6e8ea; --quiet: #a3acb6; --line: #343a41;
    --tag: #22405a; --hint: #f0a35b; --wrong: #6b2b2b; --missed: #7a6200; --first: #6fa8dc;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 17px/1.6 system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif;
}
header, main, footer { max-width: 60rem; margin: 0 auto; padding: .6rem 1.25rem; }
header {
  position: sticky; top: 0; background: var(--ground); border-bottom: 1px solid var(--line);
  display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; align-items: baseline; z-index: 1;
}
h1 { font-size: 1rem; margin: 0; }
#state { color: var(--quiet); font-size: .9rem; }
#text {
  white-space: pre-wrap; overflow-wrap: anywhere; background: var(--card);
  border: 1px solid var(--line); border-radius: 8px; padding: 1.2rem; min-height: 12rem;
}
.tag, .hint { font: inherit; color: inherit; border-radius: 3px; cursor: pointer; }
.tag { background: var(--tag); padding: 0 .15em; }
.tag[data-was]:not([data-was=""])::after {
  content: " = " attr(data-was); color: var(--quiet); font-size: .85em;
}
.tag.wrong { background: var(--wrong); text-decoration: line-through; }
.hint { border-bottom: 2px dotted var(--hint); }
.missed { background: var(--missed); }
.read #text { border-color: var(--first); border-width: 2px; }
button, select { font: inherit; font-size: .9rem; }
:focus-visible { outline: 3px solid var(--hint); outline-offset: 1px; }
kbd { border: 1px solid var(--line); border-radius: 3px; padding: 0 .3em; background: var(--card); }
footer { color: var(--quiet); font-size: .88rem; }
footer p { margin: .3rem 0; }
)css";

const std::string_view kAuditBody = R"html(<body>
<header>
<h1>Audit</h1>
<span id="state" role="status" aria-live="polite"></span>
<label>Missed: <select id="type"></select></label>
<button type="button" id="export">Export verdicts</button>
</header>
<main><div id="text" tabindex="-1" aria-label="The text as released"></div></main>
<footer>
<p><kbd>y</kbd> all else is right, next · <kbd>n</kbd> next · <kbd>p</kbd> previous ·
<kbd>j</kbd> next unread · <kbd>u</kbd> undo · <kbd>e</kbd> export</p>
<p><kbd>m</kbd> what is selected (or the word in focus) was missed · <kbd>t</kbd> of the next type ·
<kbd>w</kbd> <kbd>b</kbd> select the next, the previous word, with shift more of them ·
<kbd>f</kbd> or a click: the tag in focus stands for nothing personal · <kbd>Tab</kbd> to tags and
dotted words</p>
<p>Blue: replaced. Dotted: a word with a capital that this sample never has in small letters.
Verdicts stay in this browser until you export them; they hold places, no text. Keep this page
where it is: the texts are not public.</p>
</footer>
)html";

const std::string_view kAuditScript = R"js('use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const box = document.getElementById('text');
const types = document.getElementById('type');
const place = 'parley audit ' + data.sample;
const texts = data.texts.map(one => ({...one, text: one.pieces.map(piece => piece.text).join('')}));
const byId = new Map(texts.map((one, i) => [one.id, i]));
const bytes = text => new TextEncoder().encode(text);
const toBytes = (text, at) => bytes(text.slice(0, at)).length;
const fromBytes = (text, at) => new TextDecoder().decode(bytes(text).slice(0, at)).length;

for (const type of data.types) types.add(new Option(type));

// Of each text: which tags are wrong, what was missed (in places of the page's own text), and
// whether it has been read to its end.
const verdicts = texts.map(() => ({wrong: [], missed: [], read: false}));
function take(given) {
  for (const one of given.verdicts) {
    const i = byId.get(one.text);
    if (i === undefined) continue;
    const text = texts[i].text;
    verdicts[i] = {wrong: one.false_tags, read: true, missed: one.missed.map(miss => ({
      begin: fromBytes(text, miss.begin), end: fromBytes(text, miss.end), type: miss.type}))};
  }
}
take(data.given);
try {
  const stored = JSON.parse(localStorage.getItem(place) || '[]');
  for (const [id, verdict] of stored) if (byId.has(id)) verdicts[byId.get(id)] = verdict;
} catch (error) {
  document.getElementById('state').textContent = 'This browser keeps nothing: export often.';
}

function keep() {
  const touched = verdicts.map((one, i) => [texts[i].id, one])
      .filter(([, one]) => one.read || one.wrong.length || one.missed.length);
  try { localStorage.setItem(place, JSON.stringify(touched)); } catch (error) { /* as said above */ }
}

let at = Math.max(0, verdicts.findIndex(one => !one.read));
const steps = [];
function change(act) {
  steps.push([at, JSON.stringify(verdicts[at])]);
  act(verdicts[at]);
  keep();
}
function undo() {
  const last = steps.pop();
  if (!last) return;
  at = last[0];
  verdicts[at] = JSON.parse(last[1]);
  keep();
  show();
}

// The pieces of the text, cut once more where something was marked as missed.
function segments() {
  const edges = new Set(verdicts[at].missed.flatMap(miss => [miss.begin, miss.end]));
  const list = [];
  let begin = 0;
  for (const piece of texts[at].pieces) {
    const end = begin + piece.text.length;
    const cuts = [...edges].filter(edge => edge > begin && edge < end).sort((a, b) => a - b);
    for (const cut of [...cuts, end]) {
      list.push({...piece, begin, end: cut, text: texts[at].text.slice(begin, cut),
                 was: cut === end ? piece.was : ''});
      begin = cut;
    }
  }
  return list;
}

function show() {
  box.replaceChildren();
  for (const one of segments()) {
    const span = document.createElement('span');
    span.textContent = one.text;
    span.dataset.begin = one.begin;
    span.dataset.end = one.end;
    if (one.tag !== undefined) {
      span.className = verdicts[at].wrong.includes(one.tag) ? 'tag wrong' : 'tag';
      span.dataset.tag = one.tag;
      span.dataset.was = one.was;
      span.setAttribute('role', 'button');
      span.setAttribute('aria-pressed', verdicts[at].wrong.includes(one.tag));
      span.tabIndex = 0;
    } else if (one.hint) {
      span.className = 'hint';
      span.tabIndex = 0;
    }
    if (verdicts[at].missed.some(miss => miss.begin <= one.begin && one.end <= miss.end)) {
      span.classList.add('missed');
    }
    box.append(span);
  }
  document.body.classList.toggle('read', verdicts[at].read);
  const read = verdicts.filter(one => one.read).length;
  document.getElementById('state').textContent =
      `${at + 1} of ${texts.length} · ${texts[at].language} · ${texts[at].role} · ` +
      `${verdicts[at].read ? 'read' : 'not read'} · ${read} read in all`;
}

function go(to) {
  if (to < 0 || to >= texts.length) return;
  at = to;
  getSelection().removeAllRanges();
  show();
  scrollTo(0, 0);
}
function unread() {
  const behind = verdicts.findIndex((one, i) => i > at && !one.read);
  const to = behind < 0 ? verdicts.findIndex(one => !one.read) : behind;
  if (to >= 0) go(to); else show();
}
function right() {
  change(verdict => { verdict.read = true; });
  if (at + 1 < texts.length) go(at + 1); else show();
}

// The selection as places in the text, or none.
function selected() {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!box.contains(range.startContainer) || !box.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(box);
  before.setEnd(range.startContainer, range.startOffset);
  let begin = before.toString().length;
  let end = begin + range.toString().length;
  while (begin < end && /\s/.test(texts[at].text[begin])) ++begin;
  while (begin < end && /\s/.test(texts[at].text[end - 1])) --end;
  return begin < end ? {begin, end} : null;
}
function select(begin, end) {
  const find = offset => {
    for (const span of box.children) {
      if (offset <= +span.dataset.end) return [span.firstChild, offset - span.dataset.begin];
    }
    return [box, box.childNodes.length];
  };
  getSelection().setBaseAndExtent(...find(begin), ...find(end));
}
function miss() {
  const focus = document.activeElement;
  const span = selected() || (focus && focus.classList.contains('hint')
      ? {begin: +focus.dataset.begin, end: +focus.dataset.end} : null);
  if (!span) return;
  change(verdict => {
    verdict.missed = verdict.missed.filter(one => one.end <= span.begin || one.begin >= span.end);
    verdict.missed.push({...span, type: types.value});
    verdict.missed.sort((a, b) => a.begin - b.begin);
  });
  show();
  select(span.begin, span.end);
}
function wrong(element) {
  if (!element || element.dataset.tag === undefined) return;
  const tag = +element.dataset.tag;
  change(verdict => {
    verdict.wrong = verdict.wrong.includes(tag) ? verdict.wrong.filter(one => one !== tag)
                                                : [...verdict.wrong, tag].sort((a, b) => a - b);
  });
  show();
  box.querySelector(`[data-tag="${tag}"]`).focus();
}

const words = text => [...new Intl.Segmenter(undefined, {granularity: 'word'}).segment(text)]
    .filter(one => one.isWordLike).map(one => [one.index, one.index + one.segment.length]);
function word(step, more) {
  const list = words(texts[at].text);
  const now = selected();
  const next = step > 0 ? list.find(one => !now || one[0] >= now.end)
                        : list.findLast(one => now && one[1] <= now.begin);
  if (!next) return;
  if (more && now) select(Math.min(now.begin, next[0]), Math.max(now.end, next[1]));
  else select(...next);
}

function verdictFile() {
  const list = [];
  for (const [i, one] of verdicts.entries()) {
    if (!one.read) continue;
    const text = texts[i].text;
    list.push({text: texts[i].id, false_tags: one.wrong, missed: one.missed.map(miss => ({
      begin: toBytes(text, miss.begin), end: toBytes(text, miss.end), type: miss.type}))});
  }
  return JSON.stringify({form: 1, sample: data.sample, verdicts: list}, null, 1) + '\n';
}
function exportFile() {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([verdictFile()], {type: 'application/json'}));
  link.download = `verdicts-${data.sample.slice(0, 8)}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

const keys = {
  y: right, n: () => go(at + 1), p: () => go(at - 1), j: unread, u: undo, m: miss, e: exportFile,
  f: () => wrong(document.activeElement), w: () => word(1, false), b: () => word(-1, false),
  W: () => word(1, true), B: () => word(-1, true),
  t: () => { types.selectedIndex = (types.selectedIndex + 1) % types.length; },
};
addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target === types) return;
  const act = keys[event.key];
  if (act) { event.preventDefault(); act(); }
  if (event.key === 'Enter' && event.target.dataset.tag !== undefined) wrong(event.target);
});
box.addEventListener('click', event => wrong(event.target.closest('[data-tag]')));
document.getElementById('export').addEventListener('click', exportFile);
show();
)js";

}  // namespace parley
