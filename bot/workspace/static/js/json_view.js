// JSON to read: objects and lists open and close, with the keyboard too.

import { el } from "./dom.js";

const OPEN_TO = 3;

/** A value as nested lines; what lies deeper than three levels is closed at first. */
export function jsonView(value, name = "", depth = 0) {
  const label = name === "" ? null : el("span", { class: "json-key", text: `${name}: ` });
  if (value === null || typeof value !== "object") {
    return el("div", { class: "json-line" }, label, el("span", { class: `json-${value === null ? "null" : typeof value}`, text: JSON.stringify(value) ?? "undefined" }));
  }
  const inner = Object.entries(value);
  const size = Array.isArray(value) ? `[${inner.length}]` : `{${inner.length}}`;
  if (!inner.length) return el("div", { class: "json-line" }, label, size);
  return el("details", { class: "json-group", open: depth < OPEN_TO },
    el("summary", {}, label, el("span", { class: "json-size", text: size })),
    inner.map(([key, one]) => jsonView(one, key, depth + 1)));
}
