// The search page: what is typed completes, what is asked for is found, and can be narrowed.

import { Index, runs, sentence } from "./search.js";

const STEP = 8;
const form = document.getElementById("search");
const field = document.getElementById("q");
const list = document.getElementById("completions");
const results = document.getElementById("results");
const state = document.getElementById("found");
const more = document.getElementById("more");
const facets = [...document.querySelectorAll("[data-facet]")];
const say = form.dataset;
const page = document.documentElement.lang;
const index = new Index(new URL(say.index, location.href).href);
// The index knows names by their pages in the archive's first language; every language has its own.
const here = (url) => say.home + url.slice(say.root.length);

let asked = { text: "", limit: STEP, filters: {} };
let turn = 0;
// The completion that Enter would take, and how often something was typed.
let active = -1;
let typed = 0;

form.hidden = false;
document.getElementById("without").hidden = true;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  begin(field.value);
  const address = new URL(location.href);
  address.search = new URLSearchParams({ q: field.value });
  if (address.href !== location.href) history.pushState(null, "", address);
});
addEventListener("popstate", fromAddress);
more.addEventListener("click", () => run({ ...asked, limit: asked.limit + STEP }));
for (const facet of facets) facet.addEventListener("change", () => run({ ...asked, limit: STEP, filters: chosen() }));

function fromAddress() {
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  begin(field.value);
}

function begin(text) {
  close();
  for (const box of form.parentElement.querySelectorAll("[data-facet] input")) box.checked = false;
  run({ text, limit: STEP, filters: {} });
}

const chosen = () =>
  Object.fromEntries(facets.map((facet) => [facet.dataset.facet, new Set([...facet.querySelectorAll("input:checked")].map((box) => box.value))]));

// The last question wins, whatever comes back first.
async function run(question) {
  asked = question;
  const mine = ++turn;
  if (!question.text.trim()) return draw({ total: 0, hits: [], counts: {} }, [], "");
  try {
    const found = await index.find(question.text, question.filters, question.limit);
    const items = found.hits.map((hit) => item(hit, found.forms));
    const count = found.total.toLocaleString(page);
    const words = found.total === 0 ? say.none : `${count} ${found.total === 1 ? say.one : say.many}`;
    if (mine === turn) draw(found, items, words);
  } catch {
    if (mine === turn) draw({ total: 0, hits: [], counts: {} }, [], say.broken);
  }
}

function draw(found, items, words) {
  results.replaceChildren(...items);
  state.textContent = words;
  more.hidden = found.total <= items.length;
  for (const facet of facets) drawFacet(facet, found.counts[facet.dataset.facet] ?? new Map());
}

// Words of a vocabulary stand in the page; years, publishers and languages come from the index.
function drawFacet(facet, counts) {
  const held = new Map([...facet.querySelectorAll("input")].map((box) => [box.value, box]));
  for (const value of counts.keys()) if (!held.has(value)) held.set(value, option(facet, value));
  for (const [value, box] of held) {
    const count = counts.get(value) ?? 0;
    box.parentElement.hidden = count === 0 && !box.checked;
    box.parentElement.querySelector("small").textContent = count.toLocaleString(page);
  }
  if (!facet.dataset.fixed) {
    const order = facet.dataset.facet === "year" ? (a, b) => b.value.localeCompare(a.value) : (a, b) => (counts.get(b.value) ?? 0) - (counts.get(a.value) ?? 0);
    facet.append(...[...held.values()].sort(order).map((box) => box.parentElement));
  }
  facet.hidden = [...held.values()].every((box) => box.parentElement.hidden);
}

function option(facet, value) {
  const { facet: name } = facet.dataset;
  const box = Object.assign(document.createElement("input"), { type: "checkbox", name, value });
  const words = name === "lang" ? new Intl.DisplayNames([page], { type: "language" }).of(value) : value;
  const label = element("label", {}, box, ` ${words} `, element("small"));
  facet.append(label);
  return box;
}

// --- one result

function item(hit, forms) {
  const { shown } = hit;
  if (hit.entity !== undefined) {
    return element("li", { className: "entity" }, kick(shown.kind), title(here(shown.url), shown.name, forms), words("p", shown.summary ?? "", forms));
  }
  const day = shown.date && new Date(`${shown.date}T00:00:00Z`).toLocaleDateString(page, { dateStyle: "long", timeZone: "UTC" });
  const about = [shown.publisher, day].filter(Boolean).join(" · ");
  if (hit.fact === undefined) {
    const said = sentence(shown.text ?? "", forms);
    const body = said.length > 0 ? marked("blockquote", said) : words("p", shown.summary ?? "", forms);
    body.classList.toggle("said", said.length > 0);
    return element("li", { className: "article", lang: shown.lang }, kick(about), title(shown.url, shown.title, forms), body);
  }
  const [id, claim, lang] = shown.facts[hit.fact];
  const state = element("b", { className: "st" }, label("status", hit.status));
  const meta = element("p", { className: "meta" }, state, ` · ${label("kind", hit.kind)} · `, element("cite", { lang: shown.lang }, shown.title), ` · ${about}`);
  const head = title(`${shown.url}#${encodeURIComponent(id)}`, claim, forms);
  head.lang = lang ?? shown.lang;
  return element("li", { className: `fact s-${hit.status}` }, head, meta);
}

const kick = (text) => element("p", { className: "kick" }, text);
const title = (href, text, forms) => element("h2", {}, Object.assign(words("a", text, forms), { href }));
const words = (tag, text, forms) => marked(tag, runs(text, forms));
const marked = (tag, parts) => element(tag, {}, ...parts.map(([text, asked]) => (asked ? element("mark", {}, text) : text)));
const label = (facet, value) => document.querySelector(`[data-facet="${facet}"] input[value="${value}"]`)?.nextElementSibling.textContent ?? value;

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// --- completion, as the combobox pattern of ARIA has it

field.addEventListener("input", async () => {
  const mine = ++typed;
  const found = await index.complete(field.value).catch(() => []);
  if (mine === typed && document.activeElement === field) open(found);
});
field.addEventListener("blur", () => setTimeout(close, 150));
field.addEventListener("keydown", (event) => {
  const options = [...list.children];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && options.length > 0) {
    event.preventDefault();
    // Between the last and the first stands the field itself.
    activate(((active + step + options.length + 2) % (options.length + 1)) - 1);
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    options[active].querySelector("a").click();
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    close();
  }
});

function open(found) {
  const option = ({ name, url, kind, main }, at) =>
    element("li", { id: `completion-${at}`, role: "option", ariaSelected: "false" }, element("a", { href: kind ? here(url) : url, tabIndex: -1 }, name), " ", element("small", {}, [main, kind].filter(Boolean).join(", ")));
  list.replaceChildren(...found.map(option));
  list.hidden = found.length === 0;
  field.setAttribute("aria-expanded", String(found.length > 0));
  activate(-1);
}

function close() {
  typed += 1;
  list.replaceChildren();
  list.hidden = true;
  field.setAttribute("aria-expanded", "false");
  activate(-1);
}

function activate(next) {
  active = next;
  [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === next)));
  if (next >= 0) field.setAttribute("aria-activedescendant", `completion-${next}`);
  else field.removeAttribute("aria-activedescendant");
}

fromAddress();
