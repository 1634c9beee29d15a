// The app's modals: one dialog that shows the view on top of the stack.

import { act } from "./api.js";
import { renderBlocks } from "./blocks/render.js";
import { el, fill, icon, iconButton } from "./dom.js";
import { plain } from "./mrkdwn.js";
import { on, store } from "./store.js";

const values = new Map();
let shown = "";

export function startModals() {
  const dialog = document.getElementById("modal");
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    act("cancel");
  });
  on("surfaces", draw);
  on("adopted", draw);
}

function draw() {
  const dialog = document.getElementById("modal");
  const view = store.modal;
  const key = view ? `${view.id}:${view.hash}` : "";
  if (key === shown) return;
  const sameView = view && shown.startsWith(`${view.id}:`);
  shown = key;
  if (!view) {
    values.clear();
    dialog.close();
    return;
  }
  if (!values.has(view.id)) values.set(view.id, {});
  const focused = sameView ? document.activeElement?.id : "";
  fill(dialog, header(view), body(view), footer(view));
  dialog.setAttribute("aria-labelledby", "modal-title");
  if (!dialog.open) dialog.showModal();
  const first = dialog.querySelector("[autofocus]") ?? dialog.querySelector(".modal-body input, .modal-body textarea, .modal-body select, .modal-body button");
  ((focused && document.getElementById(focused)) || first || dialog.querySelector("footer .primary") || dialog).focus();
}

function header(view) {
  const back = store.depth > 1 ? el("span", { class: "depth", text: `step ${store.depth}` }) : null;
  return el("header", {}, el("h2", { id: "modal-title" }, plain(view.title.text)), back, iconButton("close", "Close", () => act("cancel", { everything: true })));
}

function body(view) {
  const held = values.get(view.id);
  const fire = (action) => act("action", { view: view.id, action, values: held });
  const scope = {
    id: view.id,
    values: held,
    container: { type: "view", view_id: view.id },
    act: fire,
    changed: (block, part, node, press, state) => press(state),
    inputChanged: (block, part, node, press, state) => block.dispatch_action && press(state),
  };
  return el("form", { class: "modal-body", id: "modal-form", autocomplete: "off", on: { submit: (event) => { event.preventDefault(); submit(view); } } },
    el("div", { class: "blocks" }, renderBlocks(view.blocks, scope)));
}

function footer(view) {
  const close = el("button", { type: "button", class: "button", on: { click: () => act("cancel") } }, plain(view.close?.text ?? (view.submit ? "Cancel" : "Close")));
  const send = view.submit ? el("button", { type: "submit", form: "modal-form", class: "button primary" }, plain(view.submit.text)) : null;
  return el("footer", {}, el("p", { class: "modal-problem", role: "alert" }), close, send);
}

async function submit(view) {
  const dialog = document.getElementById("modal");
  const send = dialog.querySelector("footer .primary");
  if (!send || send.getAttribute("aria-busy")) return;
  for (const node of dialog.querySelectorAll(".input-error")) node.textContent = "";
  dialog.querySelector(".modal-problem").textContent = "";
  send.setAttribute("aria-busy", "true");
  const answer = await act("submit", { view: view.id, values: values.get(view.id) }, { quiet: true });
  send.removeAttribute("aria-busy");
  if (answer.errors) showErrors(dialog, answer.errors);
  if (answer.failed || !answer.ok) {
    dialog.querySelector(".modal-problem").textContent = answer.problem ?? answer.error ?? "We had some trouble connecting. Try again?";
  }
}

function showErrors(dialog, errors) {
  let first = null;
  for (const block of dialog.querySelectorAll(".block.input")) {
    const line = errors[block.dataset.blockId];
    if (!line) continue;
    block.querySelector(".input-error").replaceChildren(icon("alert"), ...plain(line));
    const field = block.querySelector("input, textarea, select");
    field?.setAttribute("aria-invalid", "true");
    field?.addEventListener("input", () => field.removeAttribute("aria-invalid"), { once: true });
    first ??= field;
  }
  first?.focus();
}
