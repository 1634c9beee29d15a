// Where one writes: a growing field, files, the slash command, mentions. Drafts live in memory only.

import { act, upload } from "./api.js";
import { completion } from "./completion.js";
import { el, fill, icon, iconButton, toast } from "./dom.js";
import { openMenu } from "./menu.js";
import { store } from "./store.js";

const drafts = new Map();
const LONGEST = 40000;

const draftOf = (channel, thread) => {
  const key = `${store.me}/${channel.id}/${thread ?? ""}`;
  if (!drafts.has(key)) drafts.set(key, { text: "", files: [] });
  return drafts.get(key);
};

/** Puts text into the composer of the conversation on screen, for the person to read and send. */
export function compose(text) {
  const field = document.querySelector("#conversation .composer textarea");
  if (!field) return;
  field.value = text;
  field.dispatchEvent(new Event("input"));
  field.focus();
  field.setSelectionRange(0, 0);
  field.scrollTop = 0;
}

export function composer(channel, thread, { focus = true } = {}) {
  const draft = draftOf(channel, thread);
  const where = thread ? "Reply…" : channel.is_im ? `Message ${store.app.name}` : `Message #${channel.name}`;
  const field = el("textarea", { rows: "1", placeholder: where, "aria-label": where, autocomplete: "off", spellcheck: "true", value: draft.text });
  const chips = el("div", { class: "chips" });
  const hint = el("p", { class: "composer-hint", role: "status" });
  const chooser = el("input", { type: "file", multiple: true, hidden: true });
  const send = iconButton("send", "Send", () => submit(), { class: "icon-button send", disabled: true });
  const popup = completion(field, channel);
  const box = el("div", { class: "composer-box" }, chips, popup.node, field,
    el("div", { class: "composer-tools" },
      iconButton("clip", "Attach a file", () => chooser.click()),
      shortcutsButton(),
      el("button", { type: "button", class: "icon-button text", title: "Slash command", "aria-label": "Slash command", text: "/", on: { click: () => start("/") } }),
      el("button", { type: "button", class: "icon-button text", title: "Mention someone", "aria-label": "Mention someone", text: "@", on: { click: () => start("@") } }),
      el("span", { class: "keys", text: "Shift + Enter for a new line" }), chooser, send));
  const node = el("div", { class: "composer" }, box, hint);

  const grow = () => {
    draft.text = field.value;
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, innerHeight * 0.4)}px`;
    const long = field.value.length > LONGEST;
    send.disabled = (!field.value.trim() && !draft.files.length) || long;
    fill(hint, long ? [`This is ${field.value.length.toLocaleString()} characters; a message takes ${LONGEST.toLocaleString()}. `, el("button", { type: "button", class: "link-button", text: "Attach it as a text file", on: { click: asFile } })] : null);
  };
  const asFile = () => {
    addFiles([new File([field.value], "pasted-note.txt", { type: "text/plain" })]);
    field.value = "";
    grow();
  };
  const start = (sign) => {
    const space = sign === "@" && field.value && !/\s$/.test(field.value) ? " " : "";
    field.value = sign === "/" ? "/" : `${field.value}${space}${sign}`;
    field.focus();
    field.dispatchEvent(new Event("input"));
  };
  const drawChips = () => {
    fill(chips, draft.files.map((file) => el("span", { class: "chip" }, icon("file"), file.name,
      iconButton("close", `Remove ${file.name}`, () => { draft.files = draft.files.filter((one) => one !== file); drawChips(); grow(); }))));
    chips.hidden = !draft.files.length;
  };
  const addFiles = (files) => {
    for (const file of files) {
      if (file.size === 0) toast(`${file.name} is empty.`, "error");
      else draft.files.push(file);
    }
    drawChips();
    grow();
    field.focus();
  };
  let sending = Promise.resolve();
  const submit = () => {
    const text = field.value.trim();
    if (send.disabled) return;
    if (text.startsWith("/") && !draft.files.length && !thread) { slash(text); return; }
    const files = draft.files;
    field.value = "";
    draft.files = [];
    drawChips();
    grow();
    sending = sending.then(() => deliver(text, files)); // one writes on meanwhile; what was sent keeps its order
  };
  const deliver = async (text, files) => {
    const ids = await Promise.all(files.map(upload));
    const sent = ids.includes(null) ? { ok: false } : await act("message", { channel: channel.id, text, thread_ts: thread, files: ids });
    if (!sent.ok) giveBack(text, files);
  };
  const slash = async (text) => {
    field.value = "";
    grow();
    const answer = await act("command", { channel: channel.id, text });
    if (!answer.ok) giveBack(text, []);
  };
  const giveBack = (text, files) => {
    if (!field.value) field.value = text;
    draft.files = [...files, ...draft.files];
    drawChips();
    grow();
  };

  field.addEventListener("input", grow);
  field.addEventListener("keydown", (event) => {
    if (popup.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
  });
  field.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length) { event.preventDefault(); addFiles(files); }
  });
  chooser.addEventListener("change", () => { addFiles([...chooser.files]); chooser.value = ""; });
  dropZone(node, addFiles);
  drawChips();
  setTimeout(() => { grow(); if (focus && matchMedia("(hover: hover)").matches && !document.querySelector("dialog[open]")) field.focus(); });
  return node;
}

function shortcutsButton() {
  const found = store.shortcuts.filter((shortcut) => shortcut.kind === "global");
  if (!found.length) return null;
  return iconButton("bolt", "Shortcuts", (event) => openMenu(event.currentTarget, found.map((shortcut) => ({
    label: shortcut.name, note: shortcut.description, run: () => act("shortcut", { callback_id: shortcut.callback_id }),
  }))), { "aria-haspopup": "menu" });
}

/** Files may be dropped anywhere on the pane that the composer belongs to. */
function dropZone(node, addFiles) {
  setTimeout(() => {
    const pane = node.parentElement;
    if (!pane) return;
    const over = (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      pane.classList.add("dropping");
    };
    pane.ondragover = over;
    pane.ondragleave = (event) => !pane.contains(event.relatedTarget) && pane.classList.remove("dropping");
    pane.ondrop = (event) => {
      event.preventDefault();
      pane.classList.remove("dropping");
      addFiles([...event.dataTransfer.files]);
    };
  });
}
