// The theme is set before the first paint, so that a remembered choice of colours never flashes.
window.farm = (() => {
  const key = "farm-theme";
  const read = () => { try { return localStorage.getItem(key) || "system"; } catch { return "system"; } };

  function apply(choice) {
    const dark = document.querySelector("link[data-palette=dark]");
    dark.media = choice === "dark" ? "all" : choice === "light" ? "not all" : "(prefers-color-scheme: dark)";
    document.documentElement.dataset.theme = choice;
  }

  apply(read());

  // What was filled in last in the form of a job type.
  const filled = type => `farm-submit-${type}`;

  return {
    remembered(type) { try { return JSON.parse(localStorage.getItem(filled(type))) || {}; } catch { return {}; } },
    remember(type, values) {
      try { localStorage.setItem(filled(type), JSON.stringify(values)); } catch { /* private windows may refuse: the form then begins anew */ }
    },
    theme: read,
    setTheme(choice) {
      try { localStorage.setItem(key, choice); } catch { /* private windows may refuse: the choice then lasts for this page */ }
      apply(choice);
    },
  };
})();

// Copying, also where the page came over plain HTTP and the clipboard interface is not offered.
document.addEventListener("click", async event => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    const field = Object.assign(document.createElement("textarea"), { value: button.dataset.copy });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    button.focus();
  }
  button.classList.add("copied");
  setTimeout(() => button.classList.remove("copied"), 1500);
});

// Escape answers a question with no from the moment it is seen: the dialog's own listener comes some time after it.
document.addEventListener("keydown", event => {
  const no = event.key === "Escape" && [...document.querySelectorAll("[data-escape]")].pop();
  if (!no) return;
  event.stopImmediatePropagation();
  no.click();
}, { capture: true });

// "/" goes to the search field, the arrows go from row to row.
document.addEventListener("keydown", event => {
  const at = document.activeElement;
  if (event.ctrlKey || event.altKey || event.metaKey || at?.matches("input, textarea, select")) return;
  if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (search) { event.preventDefault(); search.focus(); search.select(); }
    return;
  }
  const row = at?.closest("[data-rows] tbody tr");
  const other = row && { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key];
  if (other) { event.preventDefault(); other.querySelector("a.row-link")?.focus(); }
});
