// The right pane: one thread, with its own composer.

import { composer } from "./composer.js";
import { el, fill, iconButton } from "./dom.js";
import { drawMessage, fromApp } from "./message.js";
import { beginningOf, readFrom } from "./reading.js";
import { statusLine } from "./status.js";
import { current, on, replies, store } from "./store.js";

let list = null;
let shown = "";

export function startThread() {
  on("view", draw);
  on("thread", draw);
  on("adopted", () => { shown = ""; draw(); });
  on("message", ({ channel, message }) => concerns(channel, message.thread_ts ?? message.ts) && drawList(message));
  on("message_deleted", ({ channel }) => channel === current() && store.view.thread && drawList());
  on("status", ({ channel, thread }) => concerns(channel, thread) && drawList());
}

const concerns = (channel, ts) => channel === current() && store.view.thread === ts;

export function closeThread() {
  const channel = current();
  location.hash = channel.is_im ? "app/messages" : channel.name;
}

function draw() {
  const pane = document.getElementById("thread");
  const channel = current();
  const ts = store.view.thread;
  pane.hidden = !ts || !channel?.messages.has(ts);
  document.getElementById("app").classList.toggle("with-thread", !pane.hidden);
  const key = pane.hidden ? "" : `${channel.id}/${ts}`;
  if (key === shown) return;
  shown = key;
  if (pane.hidden) {
    fill(pane);
    list = null;
    return;
  }
  list = el("div", { class: "messages", role: "log", "aria-live": "off", "aria-label": "Thread" });
  fill(pane,
    el("header", { class: "main-head" }, el("div", { class: "main-title" }, el("h2", { text: "Thread" }), el("p", { class: "topic", text: channel.is_im ? store.app.name : `#${channel.name}` })),
      iconButton("close", "Close thread", closeThread)),
    list, composer(channel, ts, { focus: !document.activeElement?.matches("#conversation textarea") }));
  drawList();
}

function drawList(arrived = null) {
  const channel = current();
  const root = channel?.messages.get(store.view.thread);
  if (!list || !root) return draw();
  const found = replies(channel, root.ts);
  const one = (message) => drawMessage(channel, message, { place: "thread", redraw: () => drawList() });
  const pinned = list.scrollHeight - list.scrollTop - list.clientHeight < 120 || !list.childElementCount;
  const count = found.length ? el("div", { class: "day" }, el("span", { text: found.length === 1 ? "1 reply" : `${found.length} replies` })) : null;
  fill(list, one(root), count, found.map(one), statusLine(channel, root.ts));
  if (!pinned) return undefined;
  list.scrollTop = list.scrollHeight;
  if (arrived && fromApp(arrived)) readFrom(list, beginningOf(channel, arrived));
  return undefined;
}
