// Builds elements. Text always arrives as text nodes: nothing a person wrote is ever parsed as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** An element with properties (`class`, `text`, `on`, `data`, attributes) and children; null children are left out. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else if (name === "on") for (const [event, run] of Object.entries(value)) node.addEventListener(event, run);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "value") node.value = value;
    else if (name === "style") for (const [key, text] of Object.entries(value)) node.style.setProperty(key, text);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const ICONS = {
  clip: "M8.5 12.5 14 7a3 3 0 0 1 4.2 4.2l-7.8 7.8a5 5 0 0 1-7-7L10.6 4.8",
  send: "M4 12 20 4l-5 16-3.5-6.5z",
  reply: "M9 7 4 12l5 5M4.5 12H14a6 6 0 0 1 6 6v1",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5h.01M15 9.5h.01",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  close: "m6 6 12 12M18 6 6 18",
  menu: "M4 7h16M4 12h16M4 17h16",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  bolt: "M13 3 5 14h6l-1 7 8-11h-6z",
  file: "M6 3.5h8L19 8v12.5H6zM14 3.5V8h5",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20 20",
  up: "M7 20V10l4-7 1.5 1c.7.5 1 1.300.7 2.100L12.300 9H18a2 2 0 0 1 2 2.400l-1.300 7A2 2 0 0 1 16.700 20zM7 10H3.500v10H7",
  down: "M17 4v10l-4 7-1.500-1a2 2 0 0 1-.7-2.100L11.700 15H6a2 2 0 0 1-2-2.400l1.300-7A2 2 0 0 1 7.300 4zM17 14h3.500V4H17",
  check: "m5 12.500 4.500 4.500L19 7.500",
  lock: "M7 11V8a5 5 0 0 1 10 0v3M5.500 11h13v9.500h-13z",
  trash: "M5 7h14M10 7V4.500h4V7M7 7l1 13h8l1-13",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  alert: "M12 8v5M12 16.500h.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z",
  chevron: "m7 9.500 5 5 5-5",
  contrast: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 3v18M12 7.500h4M12 12h6M12 16.500h4",
  paste: "M9 4.500H6V20h12V4.500h-3M9 3h6v3.500H9z",
};

/** A line icon; decorative unless it has a label. */
export function icon(name, label = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute(label ? "aria-label" : "aria-hidden", label || "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name] ?? ICONS.more);
  svg.append(path);
  return svg;
}

/** A button with an icon, named for screen readers and in its tooltip. */
export function iconButton(name, label, run, extra = {}) {
  return el("button", { type: "button", class: "icon-button", title: label, "aria-label": label, on: { click: run }, ...extra }, icon(name));
}

/** Fills a node anew. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Says something once to screen readers. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}

/** A short line at the bottom that goes by itself. */
export function toast(text, kind = "info") {
  const node = el("div", { class: `toast ${kind}`, text });
  document.getElementById("toasts").append(node);
  setTimeout(() => node.remove(), 6000);
}
