// Elements without innerHTML: el("p.quiet-text", {id: "x", onclick: f}, "text", node, [more]).

const SVG = "http://www.w3.org/2000/svg";
const PROPERTIES = new Set(["value", "checked", "open"]);

function fill(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

function set(values, give) {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== false) give(name, value === true ? "" : value);
  }
}

// `props`: on… are listeners, `data` and `aria` are objects, true and false switch attributes, the rest are attributes.
export function el(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "data") set(value, (name, text) => { node.dataset[name] = text; });
    else if (key === "aria") set(value, (name, text) => node.setAttribute(`aria-${name}`, text));
    else if (PROPERTIES.has(key)) node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  return fill(node, children);
}

function drawn(id, size, className) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#${id}`);
  for (const [key, value] of Object.entries({ class: className, width: size, height: size, "aria-hidden": "true", focusable: "false" })) {
    if (value) svg.setAttribute(key, value);
  }
  svg.append(use);
  return svg;
}

// A drawing of templates/components/icons.html; always beside a word.
export const icon = (name, size = 24) => drawn(`i-${name}`, size, "icon line-icon");

// One of the five faces, 1 the saddest.
export const face = (number) => drawn(`face-${number}`, 48, "");

export function replace(node, ...children) {
  node.replaceChildren();
  return fill(node, children);
}

let numbers = 0;
export const freshId = (stem) => `${stem}-${(numbers += 1)}`;

// Builds `node` anew and keeps where the person is: the focused element, by id, and the folds that are open, by data-fold.
export function rebuild(node, ...children) {
  const active = node.contains(document.activeElement) ? document.activeElement : null;
  const kept = active?.id;
  const folds = new Map([...node.querySelectorAll("details[data-fold]")].map((one) => [one.dataset.fold, one.open]));
  replace(node, ...children);
  for (const one of node.querySelectorAll("details[data-fold]")) {
    if (folds.has(one.dataset.fold)) one.open = folds.get(one.dataset.fold);
  }
  if (kept) document.getElementById(kept)?.focus({ preventScroll: true });
}

// Is somebody writing in it? Then it must not be built anew under the person's hands.
export const isWritten = (node) => node.contains(document.activeElement)
  && document.activeElement.matches("textarea, select, input:not([type=radio], [type=checkbox])");
