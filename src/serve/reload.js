// The preview's part in a page: reloads it, swaps its stylesheets, shows what is wrong with the archive.
// What this tab shows is known here only; the server compares it with what it has.
(() => {
  "use strict";
  const { page, version, styles, events } = document.currentScript.dataset;
  const shown = JSON.parse(styles);
  let stream = null;

  // A hidden tab follows nothing: browsers allow few connections to one host.
  function attend() {
    stream?.close();
    stream = null;
    if (document.visibilityState !== "visible") return;
    stream = new EventSource(`${events}?${new URLSearchParams({ page, version })}`);
    stream.addEventListener("reload", reload);
    stream.addEventListener("styles", (event) => swap(JSON.parse(event.data)));
    stream.addEventListener("findings", (event) => report(event.data));
    // The browser comes back by itself after a lost connection, but not after a refusal.
    stream.onerror = ({ target }) => target.readyState === EventSource.CLOSED && target === stream && setTimeout(attend, 2000);
  }

  // Kept for this tab; a browser may refuse.
  function keep(key, value) {
    try { sessionStorage.setItem(`postilla:${key}`, value); } catch { /* then it is not kept */ }
  }
  function kept(key) {
    try { return sessionStorage.getItem(`postilla:${key}`); } catch { return null; }
  }

  function reload() {
    stream?.close();
    keep("scroll", JSON.stringify({ href: location.href, left: scrollX, top: scrollY }));
    location.reload();
  }
  function scrollBack() {
    const { href, left, top } = JSON.parse(kept("scroll")) ?? {};
    keep("scroll", "null");
    if (href !== location.href) return;
    const restore = () => scrollTo({ left, top, behavior: "instant" });
    restore();
    if (document.readyState !== "complete") addEventListener("load", restore, { once: true });
  }

  // The old stylesheet stays until the new one has come, so that nothing flashes.
  function swap(now) {
    for (const link of document.querySelectorAll('link[rel~="stylesheet" i][href]')) {
      if (link.leaving || !link.href.startsWith(`${location.origin}/`)) continue;
      const url = new URL(link.href);
      if (!now[url.pathname] || now[url.pathname] === shown[url.pathname]) continue;
      url.searchParams.set("postilla", now[url.pathname]);
      const next = link.cloneNode();
      next.before_it = [link, ...(link.before_it ?? [])];
      next.onload = () => next.before_it.forEach((old) => old.remove());
      next.onerror = () => { link.leaving = false; next.remove(); };
      next.href = url;
      link.leaving = true;
      link.after(next);
    }
    Object.assign(shown, now);
  }

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
  let findings = "[]";

  function make(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children.filter((child) => child));
    return made;
  }

  // Parts: the panel with everything, and the badge in its stead when it is closed.
  function build() {
    const root = make("div", {});
    const shadow = root.attachShadow({ mode: "closed" });
    shadow.adoptedStyleSheets = [look];
    const title = make("h2", { id: "title" });
    const close = make("button", { type: "button", textContent: "Close (Esc)", onclick: () => dismiss() });
    const list = make("ol", {});
    const panel = make("section", { role: "dialog", tabIndex: -1, hidden: true }, make("header", {}, title, close), list);
    const badge = make("button", { className: "badge", type: "button", hidden: true, onclick: () => open(true) });
    shadow.append(panel, badge);
    document.documentElement.append(root);
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !panel.hidden) { event.preventDefault(); dismiss(); }
    });
    return { root, title, list, panel, badge, returnTo: null };
  }

  function report(data) {
    findings = data;
    const all = JSON.parse(data);
    if (all.length === 0) { overlay?.root.remove(); overlay = null; return; }
    overlay ??= build();
    const errors = all.filter((finding) => finding.severity === "error").length;
    const count = (number, word) => number ? `${number} ${word}${number === 1 ? "" : "s"}` : "";
    const title = [count(errors, "error"), count(all.length - errors, "warning")].filter(Boolean).join(", ");
    overlay.title.textContent = overlay.badge.textContent = title;
    overlay.panel.setAttribute("aria-label", title);
    overlay.list.replaceChildren(...all.map(entry));
    if (errors && kept("closed") !== data) open(false); else if (overlay.panel.hidden) overlay.badge.hidden = false;
  }
  function open(asked) {
    overlay.panel.hidden = false;
    overlay.badge.hidden = true;
    if (asked) { overlay.returnTo = document.activeElement; overlay.panel.focus(); }
  }
  function dismiss() {
    overlay.panel.hidden = true;
    overlay.badge.hidden = false;
    keep("closed", findings);
    (overlay.returnTo ?? document.body)?.focus?.();
  }

  function entry(finding) {
    const text = (value, className) => value && make("p", { className, textContent: value });
    const head = make("p", { className: "head" }, `${finding.severity} `, finding.code && make("span", { className: "code", textContent: `[${finding.code}] ` }), finding.message);
    const related = (finding.related ?? []).map((other) => make("p", {}, place(other), other.message && ` ${other.message}`));
    const excerpt = finding.excerpt ?? finding.rendered;
    return make("li", { className: finding.severity }, head, finding.file && make("p", {}, place(finding)), ...related,
      excerpt && make("pre", { textContent: excerpt }), ...(finding.notes ?? []).map((note) => text(`note: ${note}`)),
      finding.help && text(`help: ${finding.help}`));
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

  scrollBack();
  document.addEventListener("visibilitychange", attend);
  attend();
})();
