// The middle of the page: a channel's messages, or the app's Home and Messages tabs.

import { act } from "./api.js";
import { avatar } from "./avatar.js";
import { composer } from "./composer.js";
import { announce, el, fill, iconButton, toast } from "./dom.js";
import { drawHome } from "./home.js";
import { drawMessage, fromApp, gist, threadHash } from "./message.js";
import { answersPress, beginningOf, readFrom } from "./reading.js";
import { toggleSidebar } from "./sidebar.js";
import { statusLine } from "./status.js";
import { current, nameOf, on, replies, roots, store } from "./store.js";
import { dayOf } from "./time.js";
import { welcome } from "./welcome.js";

let list = null;
let pinned = true;
let latest = null;
let told = "";
let sought = null;

export function startConversation() {
  on("view", draw);
  on("thread", reveal);
  on("adopted", draw);
  on("message", onMessage);
  on("message_deleted", ({ channel }) => channel === current() && drawList());
  on("status", ({ channel, thread }) => channel === current() && redrawRoot(channel, thread));
  on("prompts", ({ channel }) => channel === current() && drawList());
  on("surfaces", () => store.view.tab === "home" && draw());
  on("channel", draw);
}

function draw() {
  const main = document.getElementById("conversation");
  const channel = current();
  if (!channel) return;
  const isHome = channel.is_im && store.view.tab === "home";
  list = isHome ? null : el("div", { class: "messages", id: "messages", role: "log", "aria-live": "off", "aria-label": "Messages", tabindex: "-1" });
  fill(main, header(channel), isHome ? drawHome() : list, isHome ? null : promptRow(channel), isHome ? null : composer(channel, null));
  if (!list) return;
  latest = el("button", { type: "button", class: "latest", text: "Latest ↓", hidden: true, on: { click: () => { pinned = true; settle(); } } });
  list.before(el("h2", { class: "visually-hidden", text: "Messages" }));
  list.after(latest);
  let top = 0;
  list.addEventListener("scroll", () => {
    const away = list.scrollHeight - list.scrollTop - list.clientHeight >= 80;
    // Only going up leaves the end: what grows below one is followed.
    if (!away) pinned = true;
    else if (list.scrollTop < top) pinned = false;
    top = list.scrollTop;
    latest.hidden = !away || isEmpty();
  });
  pinned = true;
  new ResizeObserver(settle).observe(list);
  list.addEventListener("load", settle, true); // a picture that arrives makes the list longer
  drawList();
  reveal();
  tellTab(channel);
}

/** Goes to a message, wherever one was: its first line comes to the top, in a channel with its thread beside it. */
export function seek(channel, ts) {
  const message = channel.messages.get(ts);
  if (!message) return toast("That message is no longer there.");
  const root = message.thread_ts ?? ts;
  const hash = channel.is_im ? "#app/messages" : `#${threadHash(channel, root)}`;
  sought = channel.is_im ? message : channel.messages.get(root);
  if (location.hash !== hash) location.hash = hash;
  else reveal();
  return undefined;
}

function reveal() {
  if (!sought || !list) return;
  pinned = !readFrom(list, sought);
  sought = null;
  settle();
}

/** Tells the app that its home or messages were opened, once for each visit. */
function tellTab(channel) {
  const key = channel.is_im ? `${store.me}/messages` : channel.id;
  if (told === key) return;
  told = key;
  if (channel.is_im) act("home", { tab: "messages" }, { quiet: true });
}

export function tellHome() {
  if (told === `${store.me}/home`) return;
  told = `${store.me}/home`;
  act("home", { tab: "home" }, { quiet: true });
}

function header(channel) {
  const menu = iconButton("menu", "Show channels", () => toggleSidebar(true), { class: "icon-button menu-button" });
  if (!channel.is_im) {
    const faces = el("span", { class: "faces", title: "People here" }, store.users.size ? [...store.users.values()].slice(0, 4).map((user) => avatar(user, "tiny")) : null);
    return el("header", { class: "main-head" }, menu,
      el("div", { class: "main-title" }, el("h1", {}, el("span", { class: "hash", text: "#" }), channel.name), el("p", { class: "topic", text: channel.topic.value })), faces);
  }
  const tab = (name, label) => el("a", { class: "tab", href: `#app/${name}`, role: "tab", "aria-selected": String(store.view.tab === name), text: label });
  return el("header", { class: "main-head" }, menu, avatar(store.users.get(store.app.user), "small"),
    el("div", { class: "main-title" }, el("h1", { text: store.app.name })),
    el("div", { class: "tabs", role: "tablist", "aria-label": store.app.name }, tab("home", "Home"), tab("messages", "Messages")));
}

function drawList() {
  const channel = current();
  if (!list || !channel) return;
  const found = roots(channel);
  const nodes = [];
  let day = "";
  found.forEach((message, index) => {
    if (dayOf(message.ts) !== day) {
      day = dayOf(message.ts);
      nodes.push(el("div", { class: "day", role: "separator" }, el("span", { text: day })));
    }
    nodes.push(drawRoot(channel, message, follows(found[index - 1], message)));
  });
  fill(list, found.length ? nodes : emptyChannel(channel));
  const row = document.querySelector(".prompt-row");
  if (row && channel.is_im) fillPrompts(row, channel);
  settle();
}

/** The app's suggested prompts, once the conversation has begun (before that the welcome shows them). */
function promptRow(channel) {
  const row = el("div", { class: "prompt-row", role: "group", "aria-label": "Suggested prompts" });
  row.hidden = true;
  if (channel.is_im) fillPrompts(row, channel);
  return row;
}

function fillPrompts(row, channel) {
  const prompts = channel.prompts.prompts ?? [];
  row.hidden = !prompts.length || !roots(channel).length;
  fill(row, prompts.map((prompt) =>
    el("button", { type: "button", class: "prompt-chip", on: { click: () => act("message", { channel: channel.id, text: prompt.message }) } }, prompt.title)));
}

function emptyChannel(channel) {
  if (channel.is_im) return welcome(channel);
  return el("div", { class: "empty" }, el("h2", { text: `#${channel.name}` }), el("p", {}, channel.topic.value, "."),
    el("p", { class: "note" }, channel.is_member ? `Mention @${store.app.name} to ask it something here.` : `Type /invite to add ${store.app.name} to this channel.`));
}

/** A message that belongs to the one above it: same author, within five minutes, no thread between. */
function follows(before, message) {
  if (!before || before.user !== message.user || before.username !== message.username || message.is_ephemeral || before.is_ephemeral) return false;
  if (before.reply_count || dayOf(before.ts) !== dayOf(message.ts)) return false;
  return Number(message.ts) - Number(before.ts) < 300;
}

function drawRoot(channel, message, compact) {
  const node = drawMessage(channel, message, { place: "list", compact, redraw: (ts) => redrawRoot(channel, ts) });
  const inline = channel.is_im ? replies(channel, message.ts) : [];
  const status = channel.is_im ? statusLine(channel, message.ts) : null;
  const wrap = el("div", { class: "root", data: { root: message.ts } }, node);
  if (inline.length || status) {
    const drawn = inline.map((reply, index) => drawMessage(channel, reply, { place: "inline", compact: follows(inline[index - 1], reply), redraw: () => redrawRoot(channel, message.ts) }));
    const again = inline.length ? el("a", { class: "reply-link", href: `#${threadHash(channel, message.ts)}`, text: "Reply in this thread" }) : null;
    wrap.append(el("div", { class: "inline-thread" }, drawn, status, again));
  }
  return wrap;
}

/** Draws one root (with what stands under it) again, in place. */
function redrawRoot(channel, ts) {
  if (!list || channel !== current()) return;
  const message = channel.messages.get(ts);
  const rootTs = message?.thread_ts && message.thread_ts !== ts && !message.subtype ? message.thread_ts : ts;
  const root = channel.messages.get(rootTs);
  const old = list.querySelector(`[data-root="${CSS.escape(rootTs)}"]`);
  if (!root || !old) return drawList();
  const found = roots(channel);
  const at = found.indexOf(root);
  old.replaceWith(drawRoot(channel, root, follows(found[at - 1], root)));
  settle();
  return undefined;
}

const isEmpty = () => !roots(current()).length;

/** Keeps the end in view while one is there; a welcome is read from its beginning. */
function settle() {
  if (!list) return;
  if (pinned) list.scrollTop = isEmpty() ? 0 : list.scrollHeight;
  if (latest) latest.hidden = isEmpty() || list.scrollHeight - list.scrollTop - list.clientHeight < 80;
}

/** A reply longer than the window is read from its beginning: its first line stays at the top. */
function showBeginning(channel, message) {
  if (!fromApp(message)) return;
  if (answersPress(message)) {
    pinned = true;
    settle();
  }
  if (!pinned) return;
  if (!readFrom(list, beginningOf(channel, message))) return;
  pinned = false;
  latest.hidden = false;
}

function onMessage({ channel, message, isNew }) {
  if (isNew && fromApp(message)) announce(`${nameOf(message.user)}: ${gist(message)}`);
  if (channel !== current() || !list) {
    if (isNew && message.user !== store.me) store.unread.set(channel.id, (store.unread.get(channel.id) ?? 0) + 1);
    return;
  }
  if (isNew && message.user === store.me) pinned = true;
  placeMessage(channel, message, isNew);
  showBeginning(channel, message);
  if (isNew) openOwnThread(channel, message);
}

function placeMessage(channel, message, isNew) {
  const isRoot = !message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast";
  const last = roots(channel).at(-1);
  if (isNew && isRoot && message === last && list.querySelector(".root")) appendRoot(channel, message);
  else if (isNew && isRoot) drawList();
  else redrawRoot(channel, message.ts);
}

function appendRoot(channel, message) {
  const found = roots(channel);
  const before = found.at(-2);
  if (before && dayOf(before.ts) !== dayOf(message.ts)) return drawList();
  list.append(drawRoot(channel, message, follows(before, message)));
  settle();
  return undefined;
}

/** When the app answers my own message in a channel, and there is room, the thread opens beside it. */
function openOwnThread(channel, message) {
  const root = channel.messages.get(message.thread_ts);
  const mine = root && root.user === store.me && fromApp(message) && message.ts !== message.thread_ts;
  if (mine && !channel.is_im && !store.view.thread && matchMedia("(min-width: 1000px)").matches) location.hash = threadHash(channel, root.ts);
}
