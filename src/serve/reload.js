// The preview's part in a page: reloads it and swaps its stylesheets. What this tab shows is known here only;
// the server compares it with what it has. Runs in one function with `overlay.js`.

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
    next.olds = [link, ...(link.olds ?? [])];
    next.onload = () => next.olds.forEach((old) => old.remove());
    next.onerror = () => { link.leaving = false; next.remove(); };
    next.href = url;
    link.leaving = true;
    link.after(next);
  }
  Object.assign(shown, now);
}

scrollBack();
document.addEventListener("visibilitychange", attend);
attend();
