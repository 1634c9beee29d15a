// One message: who, when, what, its files, reactions and thread.

import { act, fileAddress } from "./api.js";
import { avatar } from "./avatar.js";
import { renderBlocks } from "./blocks/render.js";
import { el, icon } from "./dom.js";
import { editor } from "./edit.js";
import { emoji } from "./emoji.js";
import { actionsFor } from "./message_menu.js";
import { mrkdwn, reference } from "./mrkdwn.js";
import { bot, nameOf, notePress, replies, store } from "./store.js";
import { statusLine } from "./status.js";
import { fullTime, shortTime, timeOf } from "./time.js";

const feedback = new Map();
export const editing = new Set();

/** Draws a message; `place` is "list", "thread" or "inline" (a reply shown under its question in a direct message). */
export function drawMessage(channel, message, { place, compact = false, redraw }) {
  const user = store.users.get(message.user);
  const mine = message.user === store.me;
  const gone = message.subtype === "tombstone";
  const name = gone ? "A deleted message" : message.username ?? user?.real_name ?? "Unknown";
  const head = compact ? null : el("div", { class: "message-head" },
    gone ? null : el("span", { class: "author", text: name }),
    message.bot_id && !message.username ? el("span", { class: "app-badge", text: "App" }) : null,
    el("time", { class: "time", title: fullTime(message.ts), text: timeOf(message.ts) }));
  const node = el("article", {
    class: `message in-${place}${compact ? " compact" : ""}${message.is_ephemeral ? " ephemeral" : ""}${mine ? " mine" : ""}`,
    tabindex: "0",
    data: { ts: message.ts },
    "aria-label": `${name}, ${timeOf(message.ts)}`,
  },
    el("div", { class: "gutter" }, compact ? el("time", { class: "time", title: fullTime(message.ts), text: shortTime(message.ts) }) : gone ? el("span", { class: "avatar gone" }, icon("trash")) : avatar(user)),
    el("div", { class: "message-body" },
      message.is_ephemeral ? ephemeralNote(channel, message) : null,
      head,
      editing.has(message.ts) ? editor(channel, message, redraw) : content(channel, message),
      files(message),
      reactions(channel, message),
      place === "list" ? threadSummary(channel, message) : null,
      place === "list" && !channel.is_im ? statusLine(channel, message.ts) : null),
    gone ? null : actionsFor(channel, message, { place, redraw }),
  );
  return node;
}

function ephemeralNote(channel, message) {
  const away = el("button", { type: "button", class: "link-button", text: "Dismiss", on: { click: () => act("dismiss", { channel: channel.id, ts: message.ts }) } });
  return el("div", { class: "only-you" }, icon("eye"), el("span", { text: "Only visible to you" }), away);
}

function content(channel, message) {
  const own = message.blocks?.length === 1 && message.blocks[0].type === "rich_text" && !message.bot_id;
  const growing = message.streaming_state === "in_progress";
  const scope = {
    id: message.ts,
    values: {},
    feedback: feedbackOf(message.ts),
    container: { type: "message", message_ts: message.ts, channel_id: channel.id },
    act: (action) => {
      notePress(channel, message);
      return act("action", { channel: channel.id, ts: message.ts, action, values: scope.values });
    },
    changed: (block, part, node, press, state) => press(state),
    inputChanged: (block, part, node, press, state) => block.dispatch_action && press(state),
  };
  const blocks = own ? [] : message.blocks ?? [];
  const body = blocks.length
    ? el("div", { class: "blocks" }, renderBlocks(blocks, scope))
    : el("div", { class: message.subtype === "tombstone" ? "prose text note" : "prose text" }, mrkdwn(message.text ?? ""));
  const edited = message.edited && !message.bot_id ? el("span", { class: "edited", text: "(edited)" }) : null;
  if (own && isLong(message.text)) return folded(body, message.ts, edited);
  if (growing) body.classList.add("growing");
  const note = message.streaming_state === "errored" ? el("p", { class: "note", text: "This reply stopped before its end." }) : null;
  const attached = (message.attachments ?? []).map((one) => el("div", { class: "attachment" }, one.blocks ? renderBlocks(one.blocks, scope) : mrkdwn(one.text ?? one.fallback ?? "")));
  return el("div", { class: "content" }, body, attached, edited, note);
}

function feedbackOf(ts) {
  if (!feedback.has(ts)) feedback.set(ts, new Map());
  return feedback.get(ts);
}

const unfolded = new Set();
const isLong = (text) => text.length > 1400 || text.split("\n").length > 14;

/** A long pasted note shows its beginning; the rest on demand. */
function folded(body, ts, edited) {
  const open = unfolded.has(ts);
  const box = el("div", { class: open ? "fold open" : "fold" }, body);
  const toggle = el("button", { type: "button", class: "link-button", "aria-expanded": String(open), text: open ? "Show less" : "Show all of it" });
  toggle.addEventListener("click", () => {
    const now = box.classList.toggle("open");
    (now ? unfolded.add : unfolded.delete).call(unfolded, ts);
    toggle.textContent = now ? "Show less" : "Show all of it";
    toggle.setAttribute("aria-expanded", String(now));
  });
  return el("div", { class: "content" }, box, toggle, edited);
}

function files(message) {
  if (!message.files?.length) return null;
  return el("div", { class: "files" }, message.files.map((file) => file.mimetype === "image/png" ? picture(file) :
    el("a", { class: "file", href: fileAddress(file.id), target: "_blank", rel: "noopener" },
      icon("file"), el("span", {}, el("span", { class: "file-name", text: file.title || file.name }),
        el("span", { class: "note", text: `${file.pretty_type} · ${sizeOf(file.size)}` })))));
}

/** As Slack shows a picture: in the conversation, larger at a click. */
function picture(file) {
  return el("a", { class: "picture", href: fileAddress(file.id), target: "_blank", rel: "noopener" },
    el("img", { src: fileAddress(file.id), alt: file.alt_txt || file.title || file.name, loading: "lazy" }));
}

function sizeOf(bytes) {
  return bytes < 1024 ? `${bytes} bytes` : bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function reactions(channel, message) {
  if (!message.reactions?.length) return null;
  return el("div", { class: "reactions" }, message.reactions.map((reaction) => {
    const mine = reaction.users.includes(store.me);
    const who = reaction.users.map(nameOf).join(", ");
    return el("button", {
      type: "button", class: "reaction", "aria-pressed": String(mine), title: `${who} reacted with :${reaction.name}:`,
      on: { click: () => act("react", { channel: channel.id, ts: message.ts, name: reaction.name }) },
    }, emoji(reaction.name) ?? `:${reaction.name}:`, el("span", { class: "count", text: String(reaction.count) }));
  }));
}

/** In a channel a thread is one line that opens it; in a direct message the replies stand below. */
function threadSummary(channel, message) {
  const found = replies(channel, message.ts);
  if (!found.length || channel.is_im) return null;
  const faces = [...new Set(found.map((reply) => reply.user))].slice(0, 3).map((id) => avatar(store.users.get(id), "tiny"));
  const words = found.length === 1 ? "1 reply" : `${found.length} replies`;
  const open = () => { location.hash = threadHash(channel, message.ts); };
  return el("button", { type: "button", class: "thread-summary", on: { click: open } },
    el("span", { class: "faces" }, faces), el("strong", { text: words }), el("span", { class: "note", text: `last at ${timeOf(found.at(-1).ts)}` }));
}

export function threadHash(channel, ts) {
  return `${channel.is_im ? "app/messages" : channel.name}/${ts}`;
}

/** The first words of a message, for announcements and menus. */
export function gist(message) {
  const text = message.text || (message.files?.length ? message.files[0].name : "");
  const words = text.replace(/<([^<>]+)>/g, (_, token) => reference(token).textContent);
  return words.replace(/[*_~`>]/g, "").slice(0, 200);
}

export const fromApp = (message) => Boolean(message.bot_id) && message.user === bot()?.id;
