// For developers: what passes between workspace and app. Off until Ctrl+Shift+E or ?inspect=1; kept in this page's memory only.

import { el, fill, iconButton, toast } from "./dom.js";
import { jsonView } from "./json_view.js";

const MOST = 500;
const KINDS = { all: "All", delivered: "Deliveries", call: "Calls", refused: "Refused" };
let entries = [];
let chosen = null;
let shown = "all";
let wanted = "";
let socket = null;
let list = null;
let detail = null;

export function startInspector() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.shiftKey && event.key.toLowerCase() === "e") { event.preventDefault(); toggle(); }
  });
  if (new URLSearchParams(location.search).get("inspect") === "1") toggle();
}

const pane = () => document.getElementById("inspector");

function toggle() {
  if (!pane().hidden) return close();
  pane().hidden = false;
  draw();
  connect();
  return undefined;
}

/** Closing forgets all that was seen. */
function close() {
  const inside = pane().contains(document.activeElement);
  socket?.close();
  socket = null;
  entries = [];
  chosen = null;
  pane().hidden = true;
  delete pane().dataset.listening;
  fill(pane());
  if (inside) document.querySelector("#conversation textarea")?.focus();
}

function connect() {
  const opened = new WebSocket(`${location.origin.replace("http", "ws")}/page/inspect`);
  socket = opened;
  opened.onopen = () => { pane().dataset.listening = "yes"; };
  opened.onmessage = (event) => { if (socket === opened) take(JSON.parse(event.data)); };
  opened.onclose = () => setTimeout(() => socket === opened && connect(), 1500);
}

/** An acknowledgement belongs to what was sent; anything else is a line of its own. */
function take(told) {
  if (told.kind === "acknowledged") {
    const sent = entries.findLast((entry) => entry.id === told.envelope_id);
    if (!sent) return;
    Object.assign(sent, { state: told.answer === null ? "refused" : "done", milliseconds: told.milliseconds });
    sent.parts.acknowledgement = told.answer ?? "none in time";
    redraw(sent);
    return;
  }
  const entry = told.kind === "sent" ? delivery(told) : call(told);
  entries.push(entry);
  if (entries.length > MOST) entries.shift();
  if (isShown(entry)) append(entry);
}

function delivery({ at, envelope }) {
  const payload = envelope.payload;
  const event = payload.event;
  const name = event ? [event.type, event.subtype].filter(Boolean).join(" · ") : payload.type ?? payload.command ?? envelope.type;
  const what = event ? "" : payload.actions?.[0]?.action_id ?? payload.view?.callback_id ?? payload.callback_id ?? "";
  const again = envelope.retry_attempt ? `retry ${envelope.retry_attempt}` : "";
  return { id: envelope.envelope_id, at, kind: "delivered", name, note: [what, again].filter(Boolean).join(" · "), state: "waiting", parts: { envelope } };
}

function call({ kind, at, method, arguments: given, answer, milliseconds }) {
  const why = answer.ok ? "" : answer.error ?? answer.text;
  return { at, kind: "call", name: method ?? kind, note: why, state: answer.ok ? "done" : "refused", milliseconds, parts: { arguments: given, answer } };
}

function isShown(entry) {
  if (shown === "refused" ? entry.state !== "refused" : shown !== "all" && entry.kind !== shown) return false;
  return !wanted || JSON.stringify([entry.name, entry.note, entry.parts]).toLowerCase().includes(wanted);
}

function draw() {
  const filter = el("input", { type: "search", class: "field-input", placeholder: "Find…", "aria-label": "Find in what passed", autocomplete: "off", value: wanted, on: { input: (event) => { wanted = event.target.value.toLowerCase(); drawList(); } } });
  const kinds = Object.entries(KINDS).map(([kind, label]) =>
    el("button", { type: "button", class: "button", "aria-pressed": String(shown === kind), text: label, on: { click: (event) => {
      shown = kind;
      for (const other of event.currentTarget.parentElement.children) other.setAttribute("aria-pressed", String(other === event.currentTarget));
      drawList();
    } } }));
  list = el("ol", { class: "wire", "aria-label": "What passed", on: { keydown: move } });
  detail = el("div", { class: "wire-detail", tabindex: "0", role: "region", "aria-label": "The chosen line" });
  fill(pane(),
    el("header", { class: "inspector-head" }, el("h2", { text: "Inspector" }), el("div", { class: "wire-kinds", role: "group", "aria-label": "Show" }, kinds), filter,
      el("button", { type: "button", class: "button", text: "Clear", on: { click: () => { entries = []; chosen = null; drawList(); drawDetail(); } } }),
      iconButton("close", "Close the inspector", close)),
    el("div", { class: "inspector-body" }, list, detail));
  drawList();
  drawDetail();
}

function drawList() {
  const found = entries.filter(isShown);
  fill(list, found.length ? found.map(lineOf) : el("li", { class: "wire-empty note", text: "Deliveries to the app and its calls show here as they pass, from now on. Closing forgets them." }));
}

/** The line of an entry, remembered so that it can be drawn again. */
function lineOf(entry) {
  entry.node = line(entry);
  return entry.node;
}

function line(entry) {
  const took = entry.milliseconds === undefined ? "waiting" : `${entry.milliseconds} ms`;
  const arrow = entry.kind === "delivered" ? "→ app" : "← app";
  return el("li", {}, el("button", { type: "button", class: `wire-line ${entry.state}`, "aria-current": chosen === entry ? "true" : null, on: { click: () => choose(entry) } },
    el("span", { class: "wire-time", text: clock(entry.at) }), el("span", { class: "wire-arrow", text: arrow }),
    el("span", { class: "wire-name", text: entry.name }), el("span", { class: "wire-note", text: entry.note }),
    el("span", { class: "wire-took", text: entry.state === "refused" && entry.kind === "delivered" ? "no answer" : took })));
}

const clock = (at) => new Date(at * 1000).toTimeString().slice(0, 8);

function append(entry) {
  list.querySelector(".wire-empty")?.remove();
  const pinned = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  list.append(lineOf(entry));
  if (list.childElementCount > MOST) list.firstElementChild.remove();
  if (pinned) list.scrollTop = list.scrollHeight;
}

function redraw(entry) {
  if (chosen === entry) drawDetail();
  const old = entry.node;
  if (!old?.isConnected) return drawList();
  const focused = old.contains(document.activeElement);
  old.replaceWith(lineOf(entry));
  if (focused) entry.node.firstElementChild.focus();
  return undefined;
}

function choose(entry) {
  chosen = entry;
  for (const one of list.querySelectorAll("[aria-current]")) one.removeAttribute("aria-current");
  entry.node.firstElementChild.setAttribute("aria-current", "true");
  drawDetail();
}

/** Up and Down walk the lines and show each. */
function move(event) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const lines = [...list.querySelectorAll(".wire-line")];
  const next = lines[lines.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.click();
}

function drawDetail() {
  if (!chosen) return fill(detail, el("p", { class: "note", text: "Choose a line to read it whole." }));
  const copy = () => navigator.clipboard?.writeText(JSON.stringify(chosen.parts, null, 2)).then(() => toast("Copied."));
  const said = chosen.parts.answer?.response_metadata?.messages ?? [];
  return fill(detail,
    el("div", { class: "wire-title" }, el("strong", { text: chosen.name }), el("button", { type: "button", class: "button", text: "Copy JSON", on: { click: copy } })),
    chosen.state === "refused" ? el("p", { class: "wire-refusal", text: [chosen.note || "The app did not answer in time.", ...said].join("\n") }) : null,
    Object.entries(chosen.parts).map(([name, value]) => el("section", {}, el("h3", { text: name }), jsonView(value))));
}
