// `/` goes to the search field, or to the page that has one.
addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const link = document.querySelector("a[rel=search]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing || !link) return;
  event.preventDefault();
  const field = document.getElementById("q");
  if (field) field.select();
  else location.assign(link.href);
});
