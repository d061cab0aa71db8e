// The colours that were chosen on the dashboard, set before the first paint.
try {
  document.documentElement.dataset.theme = localStorage.getItem("farm-theme") || "system";
} catch {
  // Where nothing can be remembered, the system's colours are used.
}
