// Runs before the first paint, so that a remembered choice of colours never flashes.
window.farm = (() => {
  const key = "farm-theme";
  const read = () => { try { return localStorage.getItem(key) || "system"; } catch { return "system"; } };

  function apply(choice) {
    const dark = document.querySelector("link[data-palette=dark]");
    dark.media = choice === "dark" ? "all" : choice === "light" ? "not all" : "(prefers-color-scheme: dark)";
    document.documentElement.dataset.theme = choice;
  }

  apply(read());

  return {
    theme: read,
    setTheme(choice) {
      try { localStorage.setItem(key, choice); } catch { /* private windows may refuse: the choice then lasts for this page */ }
      apply(choice);
    },
  };
})();
