// Before the first paint: how this reader wants pages to look, and that there is a script. All it does is set
// attributes of the root, for the style sheet.
{
  const root = document.documentElement;
  root.classList.add("js");
  // Without the rest, notes under paragraphs must not wait for a script.
  addEventListener("error", ({ target }) => target.matches?.("script") && root.classList.remove("js"), true);
  for (const name of ["theme", "measure"]) {
    try {
      const wish = localStorage.getItem(`postilla-${name}`);
      if (wish) root.dataset[name] = wish;
    } catch {} // Storage may be switched off.
  }
}
