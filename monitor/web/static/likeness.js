// Small conveniences; every page works without them.
"use strict";
// A select or a date of a filter form acts at once.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-at-once]");
  if (form) form.requestSubmit();
});
// What costs money or cannot be undone is asked once more.
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.ask;
  if (question && !window.confirm(question)) event.preventDefault();
});
// A page that nobody looks at asks for nothing.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.target.id === "live") event.preventDefault();
});
// One key for what a page marks with data-key, unless somebody types.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (target) {
    event.preventDefault();
    target.click();
  }
});
// A chart is a picture until somebody points at it or comes to it; then it answers.
for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const figure = event.target.closest?.("figure[data-chart]");
    if (!figure || figure.dataset.state) return;
    figure.dataset.state = "asked";
    import(figure.dataset.by).then((chart) => chart.enliven(figure)).catch(() => (figure.dataset.state = "picture"));
  });
}
// What takes longer than a moment says so beside its button, until the next page is there.
const WAITING = "waiting";
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.dataset.busy || event.defaultPrevented) return;
  if (event.target.dataset.state === WAITING) return;
  event.target.dataset.state = WAITING;
  const told = document.createElement("span");
  told.className = "waiting";
  told.setAttribute("role", "status");
  button.after(told);
  setTimeout(() => (told.textContent = button.dataset.busy), 300);
});
// A page that comes back out of the browser's memory waits for nothing.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll(`form[data-state="${WAITING}"]`)) {
    delete form.dataset.state;
    form.querySelectorAll(".waiting").forEach((told) => told.remove());
  }
});
