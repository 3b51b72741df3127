// What is wrong with the archive, over the page: a panel with everything or, when it is closed, a badge.
// One function with `reload.js`. Nothing that comes from the archive is ever read as HTML.

// Kept for this tab; a browser may refuse.
const keep = (key, value) => { try { sessionStorage.setItem(`postilla:${key}`, value); } catch { /* then not */ } };
const kept = (key) => { try { return sessionStorage.getItem(`postilla:${key}`); } catch { return null; } };

const look = new CSSStyleSheet();
look.replaceSync(`
  :host { all: initial; color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
  * { box-sizing: border-box; } [hidden] { display: none !important; } @media print { :host { display: none; } }
  section, .badge { position: fixed; z-index: 2147483647; color: CanvasText; background: Canvas; border: 1px solid GrayText; }
  section { inset: 4vmin; overflow: auto; padding: 1.2rem 1.6rem; border-radius: 8px; box-shadow: 0 0 0 9in #0008; }
  @media (prefers-reduced-motion: no-preference) { section { animation: come .15s ease-out; } }
  @keyframes come { from { opacity: 0; } }
  .badge { right: 1rem; bottom: 1rem; padding: .4rem .8rem; border-radius: 1rem; }
  header { display: flex; justify-content: space-between; align-items: center; gap: 1rem; }
  h2 { margin: 0; font-size: 1.2em; } ol { list-style: none; margin: 0; padding: 0; }
  li { margin-top: 1rem; padding-left: .8rem; border-left: 4px solid #b58900; } li.error { border-color: #dc322f; }
  p { margin: .15rem 0; overflow-wrap: anywhere; } .head { font-weight: 600; } .code { font-weight: 400; }
  pre, .code, .place { font-family: ui-monospace, monospace; font-size: .9em; } pre { overflow: auto; margin: .4rem 0; }
  button { font: inherit; color: inherit; cursor: pointer; } .place { border: 0; padding: 0; background: none; text-decoration: underline; }
  :focus-visible { outline: 2px solid Highlight; outline-offset: 2px; }`);
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
  const close = make("button", { type: "button", textContent: "Close (Esc)", onclick: dismiss });
  const list = make("ol", {});
  const panel = make("section", { role: "dialog", tabIndex: -1, hidden: true }, make("header", {}, title, close), list);
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
  const code = finding.code && make("span", { className: "code", textContent: `[${finding.code}] ` });
  const head = make("p", { className: "head" }, `${finding.severity} `, code, finding.message);
  const related = (finding.related ?? []).map((other) => make("p", {}, place(other), other.message && ` ${other.message}`));
  const excerpt = finding.excerpt ?? finding.rendered;
  const said = [...(finding.notes ?? []).map((note) => `note: ${note}`), finding.help && `help: ${finding.help}`];
  return make("li", { className: finding.severity }, head, finding.file && make("p", {}, place(finding)), ...related,
    excerpt && make("pre", { textContent: excerpt }), ...said.map((text) => text && make("p", { textContent: text })));
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
  const copied = document.execCommand("copy");
  field.remove();
  activeElement?.focus();
  return copied;
}

addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !overlay || overlay.panel.hidden) return;
  event.preventDefault();
  dismiss();
});
