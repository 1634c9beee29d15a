// What one can do with a message: react, reply, use the app's shortcut, edit, delete.

import { act } from "./api.js";
import { ask } from "./confirm.js";
import { el, iconButton, toast } from "./dom.js";
import { asTyped } from "./edit.js";
import { emoji, QUICK } from "./emoji.js";
import { openMenu } from "./menu.js";
import { editing, threadHash } from "./message.js";
import { store } from "./store.js";

export function actionsFor(channel, message, { place, redraw }) {
  if (message.is_ephemeral) return null;
  const react = (name) => act("react", { channel: channel.id, ts: message.ts, name });
  const quick = ["eyes", "white_check_mark"].map((name) =>
    el("button", { type: "button", class: "icon-button quick", title: `React with :${name}:`, "aria-label": `React with ${name.replaceAll("_", " ")}`, on: { click: () => react(name) } }, emoji(name)));
  const pick = iconButton("smile", "Add a reaction", (event) => openMenu(event.currentTarget, [], picker(react)), { "aria-haspopup": "dialog" });
  const thread = message.thread_ts ?? message.ts;
  const reply = place === "thread" ? null : iconButton("reply", "Reply in thread", () => { location.hash = threadHash(channel, thread); });
  const more = iconButton("more", "More actions", (event) => openMenu(event.currentTarget, items(channel, message, redraw)), { "aria-haspopup": "menu" });
  return el("div", { class: "message-actions", role: "toolbar", "aria-label": "Message actions" }, quick, pick, reply, more);
}

function picker(react) {
  const choose = (name) => () => {
    react(name);
    document.dispatchEvent(new PointerEvent("pointerdown"));
  };
  return el("div", { class: "emoji-grid" }, QUICK.map((name) =>
    el("button", { type: "button", class: "emoji", "aria-label": name.replaceAll("_", " "), title: `:${name}:`, on: { click: choose(name) } }, emoji(name))));
}

function items(channel, message, redraw) {
  const shortcuts = store.shortcuts
    .filter((shortcut) => shortcut.kind === "message")
    .map((shortcut) => ({
      label: shortcut.name,
      note: store.app.name,
      run: () => act("shortcut", { callback_id: shortcut.callback_id, channel: channel.id, ts: message.ts }),
    }));
  const copy = { label: "Copy text", run: () => navigator.clipboard?.writeText(asTyped(message.text ?? "")).then(() => toast("Copied.")) };
  if (message.user !== store.me) return [...shortcuts, copy];
  const edit = { label: "Edit message", run: () => { editing.add(message.ts); redraw(message.ts); } };
  const remove = {
    label: "Delete message", danger: true,
    run: async () => (await ask("Delete this message?", "It is removed for everyone, and cannot be brought back.", "Delete")) && act("delete", { channel: channel.id, ts: message.ts }),
  };
  return [...shortcuts, copy, ...(message.files?.length ? [] : [edit]), remove];
}
