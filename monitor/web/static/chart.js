// A chart that is explored: drawn in the page from what its picture was drawn from, with words at each point.
const libraries = {};

// Replace the picture in a figure by a chart that answers; where that fails the picture stays.
export async function enliven(figure) {
  const { chart, library } = figure.dataset;
  const place = figure.querySelector(".chart");
  const [drawn] = await Promise.all([asked(`${chart}&room=${place.clientWidth}`), (libraries[library] ??= import(library))]);
  const drawing = document.createElement("div");
  const tip = Object.assign(document.createElement("div"), { className: "tip", hidden: true });
  tip.setAttribute("role", "status");
  const { view } = await window.drawing(drawing, drawn, {
    actions: false, ast: true, config: { aria: false }, defaultStyle: false, logLevel: 1, mode: "vega", renderer: "svg",
    tooltip: (_, event, item, words) => show(figure, tip, words, event),
  });
  let pressed = null; // where; a drag is no click
  view.addEventListener("pointerdown", (event) => (pressed = [event.clientX, event.clientY]));
  view.addEventListener("click", (event, item) => {
    if (Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) < 4) open(figure, point(item), event);
  });
  drawing.firstElementChild.setAttribute("aria-hidden", "true"); // the frame speaks for it
  place.after(tip);
  place.replaceChildren(drawing);
  place.setAttribute("role", "application");
  place.setAttribute("aria-label", `${place.getAttribute("aria-label")} Arrow keys go from point to point, Enter opens the answers behind one.`);
  walk(figure, place, tip, () => points(view.scenegraph().root));
  figure.dataset.state = drawn.usermeta.days ? "days" : "lively";
}

async function asked(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

// What a mark stands for; the nearest point answers for its whole surroundings.
function point(item) {
  const found = item?.isVoronoi ? item.datum?.datum : item?.datum;
  return found?.behind ? found : null;
}

// Every mark with answers behind it, chart by chart, from left to right.
function points(item) {
  const own = item.mark && ["symbol", "rect"].includes(item.mark.marktype) && item._svg && point(item);
  return own ? [item] : (item.items ?? []).flatMap(points);
}

function open(figure, found, event) {
  if (!found) return;
  const address = new URL(figure.dataset.answers, window.location.href);
  if (found.behind.from) address.searchParams.delete("last");
  for (const [name, value] of Object.entries(found.behind)) address.searchParams.set(name, value);
  if (event.ctrlKey || event.metaKey) window.open(address, "_blank", "noopener");
  else window.location.assign(address);
}

function show(figure, tip, words, at) {
  tip.hidden = !words;
  if (!words) return;
  const [first, ...rest] = words.split("\n");
  const name = Object.assign(document.createElement("strong"), { textContent: first });
  tip.replaceChildren(name, ...rest.map((line) => Object.assign(document.createElement("div"), { textContent: line })));
  const box = figure.getBoundingClientRect();
  tip.style.left = `${Math.max(0, Math.min(at.clientX - box.left + 12, box.width - tip.offsetWidth))}px`;
  tip.style.top = `${at.clientY - box.top + 16}px`;
}

function walk(figure, place, tip, found) {
  let at = -1;
  place.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const all = found();
    if (event.key === "Enter") open(figure, all[at] && point(all[at]), event);
    if (event.key === "Escape") tip.hidden = true;
    if (!step || !all.length) return;
    event.preventDefault();
    at = Math.max(0, Math.min(at + step, all.length - 1));
    for (const each of all) each._svg.classList.toggle("here", each === all[at]);
    const { right, bottom } = all[at]._svg.getBoundingClientRect();
    show(figure, tip, point(all[at]).said, { clientX: right, clientY: bottom });
  });
  place.addEventListener("blur", () => (tip.hidden = true));
}
