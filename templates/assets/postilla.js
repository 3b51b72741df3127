// What a page can do beyond what it is without a script: notes that come to their words, keys, citations, and how the
// reader wants it to look. It moves and clones nodes, and never makes HTML of text.

const [COLOURS, SYSTEM, LIGHT, DARK, WIDTH, NARROW, MIDDLE, BROAD, KEYS, NEXT, PREVIOUS, OPEN, BACK, LIST, SINGLE, COPY, COPIED, CLOSE, CITE] =
  document.querySelector("script[data-words]").dataset.words.split("|");
const root = document.documentElement;
const article = document.querySelector(".art");
const notes = [...document.querySelectorAll(".noted .note")];
const margin = matchMedia("(min-width: 70rem)");
const HOVER = 150; // ms until a note comes
const LEAVE = 250; // ms in which the pointer may travel to it

const make = (tag, attributes = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...children);
  return element;
};
const store = (name, value) => {
  try {
    if (value === undefined) return localStorage.getItem(`postilla-${name}`);
    localStorage.setItem(`postilla-${name}`, value);
  } catch {} // Storage may be switched off.
};

// --- marks and notes ------------------------------------------------------------------------------------------

const byId = new Map(notes.map((note) => [note.id, note]));
const byNumber = new Map(notes.map((note) => [note.querySelector(".n").textContent, note]));
const marksOf = new Map(notes.map((note) => [note, []]));
const linkTo = new Map(); // a mark in several pieces is one stop of the keyboard

/** The note of a place in the text: that of the innermost link to one, or of the innermost mark. */
const noteAt = (place) => {
  const link = place.closest('.mark a[href^="#"], .num');
  if (link) return byId.get(decodeURIComponent(link.hash.slice(1)));
  const mark = place.closest(".mark");
  return mark && (byId.get(mark.id.slice(2)) ?? byNumber.get(mark.dataset.n));
};

for (const mark of document.querySelectorAll(".noted .mark")) {
  const link = mark.querySelector(':scope > a[href^="#"]');
  const note = noteAt(link ?? mark);
  if (!note) continue;
  marksOf.get(note).push(mark);
  if (link && link.tabIndex >= 0) linkTo.set(note, link);
}
for (const note of notes) {
  note.tabIndex = -1;
  // Words that are a link already cannot lead to their note; its number can.
  const mark = marksOf.get(note).at(-1);
  if (mark && !linkTo.has(note)) {
    const { n } = mark.dataset;
    const number = make("a", { className: `num ${note.classList[1]}`, href: `#${note.id}`, ariaLabel: n });
    number.dataset.n = n;
    delete mark.dataset.n;
    (mark.closest("a") ?? mark).after(number);
    linkTo.set(note, number);
  }
  linkTo.get(note)?.setAttribute("role", "doc-noteref");
  linkTo.get(note)?.setAttribute("aria-details", note.id);
}

const isOff = (note) => article.querySelectorAll(".filter input:not(:checked)").values().some(({ value }) => note.classList.contains(`s-${value}`));

let lit = null;
const light = (note) => {
  for (const [one, on] of [[lit, false], [note, true]]) {
    if (one) [one, ...marksOf.get(one)].forEach((element) => element.classList.toggle("on", on));
  }
  lit = note;
};

const isSeen = (note) => {
  const { top, bottom } = note.getBoundingClientRect();
  return note.checkVisibility() && top >= 0 && bottom <= innerHeight;
};

/** Goes to a note, which opens; on narrow screens it is shown for that, under its paragraph. */
const visit = (note) => {
  hide();
  for (const other of notes) other.classList.toggle("open", other === note);
  const details = note.querySelector("details");
  if (details) details.open = true;
  note.focus({ preventScroll: true });
  note.scrollIntoView({ block: "nearest" });
  light(note);
  history.replaceState(history.state, "", `#${note.id}`);
};

const leave = (note) => {
  const link = linkTo.get(note);
  note.classList.remove("open");
  link?.focus({ preventScroll: true });
  (link ?? note).scrollIntoView({ block: "nearest" });
};

// --- the note that comes to its words -------------------------------------------------------------------------

// It is a copy: keys and screen readers have the note itself.
const bubble = make("div", { popover: "manual", ariaHidden: "true" });
// Set here, since checkers of style sheets do not know anchors yet.
Object.assign(bubble.style, {
  positionAnchor: "--mark",
  positionArea: "block-end span-inline-end",
  positionTryFallbacks: "flip-block, flip-inline, flip-block flip-inline",
});
const anchored = CSS.supports("position-area: block-end") && CSS.supports("anchor-name: --mark");
let timer = 0;
let anchor = null;
const soon = (act, wait) => {
  clearTimeout(timer);
  timer = setTimeout(act, wait);
};

const hide = () => {
  clearTimeout(timer);
  if (anchor) anchor.style.anchorName = "";
  anchor = null;
  if (bubble.isConnected && bubble.matches(":popover-open")) bubble.hidePopover();
};

const show = (place, note) => {
  hide();
  if (!bubble.isConnected) document.body.append(bubble);
  const copy = note.cloneNode(true);
  for (const element of copy.querySelectorAll("[id]")) element.removeAttribute("id");
  for (const link of copy.querySelectorAll("a")) link.tabIndex = -1;
  for (const details of copy.querySelectorAll("details")) {
    details.removeAttribute("name");
    details.open = true;
    details.querySelector("summary").tabIndex = -1;
  }
  copy.classList.remove("on", "open");
  bubble.className = `bubble ${copy.className}`;
  bubble.dataset.note = note.id;
  bubble.lang = article.lang;
  bubble.replaceChildren(...copy.childNodes);
  anchor = place;
  anchor.style.anchorName = "--mark";
  bubble.showPopover();
  if (!anchored) put();
};

const put = () => {
  const { left, top, bottom } = anchor.getBoundingClientRect();
  const { width, height } = bubble.getBoundingClientRect();
  const below = bottom + height <= innerHeight || top < height;
  bubble.style.left = `${Math.max(0, Math.min(left, innerWidth - width))}px`;
  bubble.style.top = `${below ? bottom : top - height}px`;
};

const peek = (place) => {
  const found = noteAt(place);
  const note = found && !isOff(found) ? found : null;
  light(note);
  if (note && !isSeen(note)) show(place.closest(".mark, .num"), note);
  else hide();
};

const isMouse = (event) => event.pointerType === "mouse";

const follow = () => {
  article.addEventListener("pointerover", (event) => {
    if (!isMouse(event)) return;
    const note = event.target.closest(".note");
    if (note) light(note);
    if (event.target.closest(".mark, .num")) soon(() => peek(event.target), HOVER);
    else soon(hide, LEAVE);
  });
  article.addEventListener("pointerleave", (event) => isMouse(event) && soon(hide, LEAVE));
  bubble.addEventListener("pointerenter", () => clearTimeout(timer));
  bubble.addEventListener("pointerleave", () => soon(hide, LEAVE));
  article.addEventListener("focusin", ({ target }) => {
    if (target.matches(':is(.mark a[href^="#"], .num):focus-visible')) soon(() => peek(target), 0);
    else if (target.closest(".note")) light(target.closest(".note"));
  });
  article.addEventListener("focusout", () => soon(hide, LEAVE));
  article.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a");
    if (!event.target.closest(".mark, .num") || (link && !link.matches('[href^="#"]'))) return;
    const note = noteAt(event.target);
    if (!note || isOff(note)) return;
    event.preventDefault();
    if (!margin.matches && note.classList.contains("open")) leave(note);
    else visit(note);
  });
  addEventListener("scroll", () => !anchored && hide(), { passive: true });
};

// --- notes on the lines of their marks ------------------------------------------------------------------------

/** A note goes down to its line as far as its group, with that, is no longer than its paragraph. */
const align = () => {
  for (const note of notes) note.style.marginTop = "";
  if (!margin.matches) return;
  const moves = [];
  for (const group of document.querySelectorAll(".noted > .notes")) {
    const inside = [...group.children].filter((note) => note.checkVisibility());
    const own = group.getBoundingClientRect();
    let slack = Math.max(0, group.previousElementSibling.getBoundingClientRect().bottom - own.bottom);
    let moved = 0;
    for (const note of inside) {
      const mark = marksOf.get(note)?.[0]?.getClientRects()[0];
      if (!mark) continue;
      const move = Math.min(slack, Math.max(0, mark.top - note.getBoundingClientRect().top - moved));
      moved += move;
      slack -= move;
      moves.push([note, move]);
    }
  }
  for (const [note, move] of moves) note.style.marginTop = `${move}px`;
};

// --- keys -------------------------------------------------------------------------------------------------------

const step = (by) => {
  const here = document.activeElement;
  const current = here.closest(".note") ?? noteAt(here) ?? lit;
  const open = notes.filter((note) => !isOff(note));
  const at = open.indexOf(current);
  const next = open[at < 0 ? (by > 0 ? 0 : open.length - 1) : at + by];
  if (next) visit(next);
};

const onKey = (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
  if (key === "Escape") {
    const note = target.closest?.(".note");
    if (anchor) hide();
    else if (note && byId.has(note.id)) leave(note);
  } else if (key === "?") panel.togglePopover();
  else if (store("keys") === "off" || !article) return;
  else if (key === "n") step(1);
  else if (key === "p") step(-1);
};

// --- citations ---------------------------------------------------------------------------------------------------

/** The one entry of a file that cites everything in the article. */
const entryIn = {
  json: (text, key) => JSON.stringify(JSON.parse(text).filter(({ id }) => id === key), null, 2),
  bib: (text, key) => text.split(/\n+(?=@)/).find((entry) => entry.includes(`{${key},`)),
  ris: (text, key) => text.split(/(?<=ER {2}- \r?\n)/).find((entry) => entry.includes(`ID  - ${key}\r`)),
};

const sheet = make("div", { popover: "auto", className: "sheet", role: "dialog", ariaLabel: CITE });

const cite = async (links, id) => {
  const key = `${article.dataset.slug}-${id}`;
  const entries = await Promise.all(links.map(async (link) => {
    const text = await (await fetch(link.href)).text();
    return [link.textContent, entryIn[link.pathname.split(".").pop()](text, key)];
  }));
  hide();
  sheet.replaceChildren(...entries.flatMap(([name, text]) => {
    const words = make("pre", { textContent: text, tabIndex: 0, ariaLabel: name });
    const button = make("button", { type: "button", textContent: COPY, ariaLabel: `${COPY} ${name}` });
    button.onclick = async () => {
      getSelection().selectAllChildren(words);
      await navigator.clipboard?.writeText(text);
      button.textContent = COPIED;
    };
    return [make("h2", {}, name, button), words];
  }), closer(sheet));
  if (!sheet.isConnected) document.body.append(sheet);
  sheet.showPopover();
  sheet.querySelector("button").focus();
};

const onCite = (event) => {
  const link = event.target.closest?.(".note .cite a");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const note = link.closest(".note");
  event.preventDefault();
  cite([...link.parentElement.querySelectorAll("a")], note.id || note.dataset.note).catch(() => { location.href = link.href; });
};

// --- how it looks ------------------------------------------------------------------------------------------------

const panel = make("div", { popover: "auto", className: "sheet", role: "dialog" });
const opener = document.querySelector(".tool");

const closer = (sheet) => {
  const button = make("button", { type: "button", className: "close", textContent: CLOSE });
  button.onclick = () => sheet.hidePopover();
  return button;
};

const choice = (title, name, options) => {
  const now = root.dataset[name] ?? "";
  const row = options.map(([value, words]) => {
    const input = make("input", { type: "radio", name: `postilla-${name}`, value, checked: value === now });
    input.onchange = () => {
      if (value) root.dataset[name] = value;
      else delete root.dataset[name];
      store(name, value);
      align();
    };
    return make("label", {}, input, ` ${words}`);
  });
  return make("fieldset", {}, make("legend", { textContent: title }), ...row);
};

const keys = () => {
  const rows = [["n", NEXT], ["p", PREVIOUS], ["Enter", OPEN], ["Esc", BACK], ["?", LIST]];
  const list = make("dl", {}, ...rows.flatMap(([key, words]) => [make("dt", {}, make("kbd", { textContent: key })), make("dd", { textContent: words })]));
  const box = make("input", { type: "checkbox", checked: store("keys") !== "off" });
  box.onchange = () => store("keys", box.checked ? "on" : "off");
  return make("fieldset", {}, make("legend", { textContent: KEYS }), list, make("label", {}, box, ` ${SINGLE}`));
};

panel.addEventListener("beforetoggle", () => {
  if (panel.firstChild) return;
  panel.append(choice(COLOURS, "theme", [["", SYSTEM], ["light", LIGHT], ["dark", DARK]]));
  if (article) panel.append(choice(WIDTH, "measure", [["narrow", NARROW], ["", MIDDLE], ["wide", BROAD]]));
  if (notes.length) panel.append(keys());
  panel.append(closer(panel));
  panel.querySelector("input:checked").autofocus = true;
});

document.body.append(panel);
if (opener) {
  panel.ariaLabel = opener.textContent;
  opener.popoverTargetElement = panel;
}
document.addEventListener("keydown", onKey);
if (notes.length) {
  document.addEventListener("click", onCite);
  follow();
  align();
  margin.addEventListener("change", align);
  addEventListener("resize", align);
  article.querySelector(".filter")?.addEventListener("change", () => {
    for (const [note, link] of linkTo) link.tabIndex = isOff(note) ? -1 : 0;
    align();
  });
  const toHash = () => {
    const note = byId.get(decodeURIComponent(location.hash.slice(1)));
    if (note) visit(note);
  };
  addEventListener("hashchange", toHash);
  toHash();
}
