// What is wrong with the archive, over the page: a panel with everything or, when it is closed, a badge.
// One function with `reload.js`. Nothing that comes from the archive is ever read as HTML.

// Kept for this tab; a browser may refuse.
const keep = (key, value) => { try { sessionStorage.setItem(`postilla:${key}`, value); } catch { /* then not */ } };
const kept = (key) => { try { return sessionStorage.getItem(`postilla:${key}`); } catch { return null; } };

const look = new CSSStyleSheet();
look.replaceSync(`
  :host { all: initial; color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif;
    --ground: #fff; --ink: #1c1c1e; --faint: #595960; --line: #c9c9ce; --sunk: #f4f4f5; --error: #b3261e; --warning: #7a5200; }
  @media (prefers-color-scheme: dark) { :host {
    --ground: #1c1c1e; --ink: #ececee; --faint: #b0b0b6; --line: #4a4a50; --sunk: #29292c; --error: #ff8a80; --warning: #e6b450; } }
  @media print { :host { display: none; } }
  * { box-sizing: border-box; } [hidden] { display: none !important; }
  section, .badge { position: fixed; z-index: 2147483647; color: var(--ink); background: var(--ground); border: 1px solid var(--line); }
  section { inset: 4vmin max(4vmin, 50vw - 32rem) auto; max-height: calc(100% - 8vmin); overflow: auto; overscroll-behavior: contain;
    padding: 0 1.4rem 1.2rem; border-radius: 8px; box-shadow: 0 0 0 200vmax #0007; }
  @media (prefers-reduced-motion: no-preference) { section { animation: come .15s ease-out; } }
  @keyframes come { from { opacity: 0; } }
  .badge { right: 1rem; bottom: 1rem; padding: .4rem .9rem; border-radius: 2rem; box-shadow: 0 1px 6px #0004; }
  .badge::before { content: ""; display: inline-block; width: .6em; height: .6em; margin-right: .5em; border-radius: 50%; background: var(--tone); }
  .error { --tone: var(--error); } .warning { --tone: var(--warning); }
  .top { position: sticky; top: 0; display: flex; justify-content: space-between; align-items: center; gap: 1rem; margin: 0 -1.4rem;
    padding: .8rem 1.4rem; background: var(--ground); border-bottom: 1px solid var(--line); }
  h2 { margin: 0; font-size: 1.15em; } ol { list-style: none; margin: 0; padding: 0; }
  li { margin-top: 1.1rem; padding-left: .9rem; border-left: 3px solid var(--tone); }
  p { margin: .2rem 0; overflow-wrap: anywhere; } .kind { color: var(--tone); } .code, .said { color: var(--faint); } .head { font-weight: 600; }
  pre, .code, .place { font-family: ui-monospace, monospace; font-size: .87em; }
  pre { overflow: auto; margin: .3rem 0 .5rem; padding: .5rem .7rem; line-height: 1.35; background: var(--sunk); border-radius: 4px; }
  button { font: inherit; color: inherit; cursor: pointer; background: var(--ground); border: 1px solid var(--line); border-radius: 4px; }
  .close { flex: none; padding: .2rem .7rem; } .close:hover, .badge:hover { background: var(--sunk); }
  .place { padding: 0; border: 0; background: none; text-align: left; text-decoration: underline; text-underline-offset: .2em; overflow-wrap: anywhere; }
  :focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; } section:focus { outline: none; }`);
let overlay = null;
let findings = null;
let closed = kept("closed");

function make(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child));
  return made;
}

function build() {
  const root = make("postilla-findings", {});
  const shadow = root.attachShadow({ mode: "closed" });
  shadow.adoptedStyleSheets = [look];
  const title = make("h2", { id: "title" });
  const close = make("button", { className: "close", type: "button", textContent: "Close (Esc)", onclick: dismiss });
  const list = make("ol", {});
  const panel = make("section", { role: "dialog", tabIndex: -1, hidden: true }, make("div", { className: "top" }, title, close), list);
  const badge = make("button", { className: "badge", type: "button", hidden: true, onclick: ask });
  shadow.append(panel, badge);
  document.documentElement.append(root);
  return { root, title, list, panel, badge, asked: false };
}

function report(data) {
  if (data === findings) return;
  findings = data;
  const all = JSON.parse(data);
  if (all.length === 0) {
    overlay?.root.remove();
    overlay = null;
    keep("closed", closed = "[]");
    return;
  }
  overlay ??= build();
  const errors = all.filter((finding) => finding.severity === "error").length;
  const count = (number, word) => number ? `${number} ${word}${number === 1 ? "" : "s"}` : "";
  const title = [count(errors, "error"), count(all.length - errors, "warning")].filter(Boolean).join(", ");
  overlay.title.textContent = overlay.badge.textContent = title;
  overlay.panel.setAttribute("aria-label", title);
  overlay.badge.className = `badge ${errors ? "error" : "warning"}`;
  overlay.list.replaceChildren(...all.map(entry));
  if (errors && closed !== data) show(true); else if (!overlay.asked) show(false);
}
function show(opened) {
  overlay.panel.hidden = !opened;
  overlay.badge.hidden = opened;
}
function ask() {
  overlay.asked = true;
  show(true);
  overlay.panel.focus();
}
function dismiss() {
  const inside = overlay.panel.contains(overlay.panel.getRootNode().activeElement);
  show(false);
  if (inside) overlay.badge.focus();
  overlay.asked = false;
  keep("closed", closed = findings);
}

function entry(finding) {
  const code = finding.code && make("span", { className: "code", textContent: ` ${finding.code}` });
  const kind = make("p", {}, make("span", { className: "kind", textContent: finding.severity }), code);
  const related = (finding.related ?? []).flatMap((other) => spot(other, other.message));
  const said = [...(finding.notes ?? []).map((note) => `note: ${note}`), finding.help && `help: ${finding.help}`];
  return make("li", { className: finding.severity }, kind, make("p", { className: "head", textContent: finding.message }), ...spot(finding),
    ...related, ...said.map((text) => text && make("p", { textContent: text })));
}
// A place, what is said of it, and its lines. These may be too long for the panel, so that the keyboard must reach them.
function spot(at, said) {
  const where = at.file && make("p", {}, place(at), said && make("span", { className: "said", textContent: ` ${said}` }));
  return [where, at.excerpt && make("pre", { textContent: at.excerpt, tabIndex: 0 })];
}
function place({ file, line, column }) {
  const where = [file, line, line && column].filter(Boolean).join(":");
  const said = make("span", { role: "status" });
  const onclick = async () => {
    said.textContent = await copy(where) ? " copied" : " not copied";
    setTimeout(() => { said.textContent = ""; }, 1500);
  };
  return make("span", {}, make("button", { className: "place", type: "button", title: "Copy", textContent: where, onclick }), said);
}
// Without a secure origin there is no clipboard but the old way to it.
async function copy(text) {
  try { await navigator.clipboard.writeText(text); return true; } catch { /* the old way */ }
  const field = make("textarea", { value: text });
  const { activeElement } = overlay.panel.getRootNode();
  overlay.panel.append(field);
  field.select();
  let copied = false;
  try { copied = document.execCommand("copy"); } catch { /* said where it was asked */ }
  field.remove();
  activeElement?.focus();
  return copied;
}

addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !overlay || overlay.panel.hidden) return;
  event.preventDefault();
  dismiss();
});
