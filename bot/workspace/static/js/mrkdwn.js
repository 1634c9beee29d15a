// Slack's mrkdwn, to elements: *bold* _italic_ ~strike~ `code` ```pre``` > quotes, lists, <links>, mentions, emoji.

import { el } from "./dom.js";
import { emoji, withSigns } from "./emoji.js";
import { slackDate } from "./time.js";
import { store } from "./store.js";

const INLINE = new RegExp(
  [
    "```([\\s\\S]+?)```",
    "`([^`\\n]+)`",
    "<([^<>\\n]+)>",
    "(?<![\\w*])\\*(?=\\S)([^*\\n]*[^*\\s])\\*(?![\\w*])",
    "(?<![\\w_])_(?=\\S)([^_\\n]*[^_\\s])_(?![\\w_])",
    "(?<![\\w~])~(?=\\S)([^~\\n]*[^~\\s])~(?![\\w~])",
    ":([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):",
  ].join("|"),
  "g",
);

export function unescapeText(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** A text object, to nodes: mrkdwn is formatted, plain_text only gets its emoji. */
export function textObject(object) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text) : plain(object.text);
}

/** Plain text with emoji shortcodes. */
export function plain(text) {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(/:([a-z0-9_+'-]+):/g)) {
    const character = emoji(found[1]);
    if (!character) continue;
    nodes.push(...withSigns(unescapeText(text.slice(at, found.index))), character);
    at = found.index + found[0].length;
  }
  nodes.push(...withSigns(unescapeText(text.slice(at))));
  return nodes;
}

/** A whole mrkdwn text: fenced code, quotes, lists and paragraphs. */
export function mrkdwn(text) {
  const nodes = [];
  const parts = text.split(/```([\s\S]+?)```/g);
  parts.forEach((part, index) => {
    if (index % 2) nodes.push(el("pre", {}, el("code", { text: unescapeText(part.replace(/^\n|\n$/g, "")) })));
    else if (part.trim()) nodes.push(...lines(part));
  });
  return nodes;
}

function lines(text) {
  const nodes = [];
  let run = [];
  let kind = "text";
  const flush = () => {
    while (run.length && !run[0].trim()) run.shift();
    while (run.length && !run.at(-1).trim()) run.pop();
    if (run.length) nodes.push(block(kind, run));
    run = [];
  };
  for (const line of text.replace(/^\n+|\n+$/g, "").split("\n")) {
    const next = /^(&gt;|>) ?/.test(line) ? "quote" : /^\s*[•◦▪–-]\s+/.test(line) ? "list" : /^\s*\d+[.)]\s+/.test(line) ? "steps" : "text";
    if (next !== kind) flush();
    kind = next;
    run.push(line);
  }
  flush();
  return nodes;
}

function block(kind, run) {
  if (kind === "quote") return el("blockquote", {}, broken(run.map((line) => line.replace(/^(&gt;|>) ?/, ""))));
  if (kind === "list") return el("ul", {}, run.map((line) => el("li", {}, inline(line.replace(/^\s*[•◦▪–-]\s+/, "")))));
  if (kind === "steps") {
    const start = run[0].match(/\d+/)[0];
    return el("ol", { start }, run.map((line) => el("li", {}, inline(line.replace(/^\s*\d+[.)]\s+/, "")))));
  }
  return el("p", {}, broken(run));
}

function broken(run) {
  return run.flatMap((line, index) => (index ? [el("br"), ...inline(line)] : inline(line)));
}

/** One line's inline marks. */
export function inline(text) {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    const node = mark(found);
    if (node === null) continue;
    nodes.push(...withSigns(unescapeText(text.slice(at, found.index))), node);
    at = found.index + found[0].length;
  }
  nodes.push(...withSigns(unescapeText(text.slice(at))));
  return nodes;
}

function mark([, fenced, code, token, bold, italic, strike, name]) {
  if (fenced ?? code) return el("code", { text: unescapeText(fenced ?? code) });
  if (token) return reference(token);
  if (bold) return el("strong", {}, inline(bold));
  if (italic) return el("em", {}, inline(italic));
  if (strike) return el("s", {}, inline(strike));
  return name ? emoji(name) : null;
}

/** What stands between angle brackets: a link, a person, a channel, a group call or a date. */
export function reference(token) {
  const [target, label] = split(token);
  if (target.startsWith("@")) return mention(target.slice(1));
  if (target.startsWith("#")) return channelLink(target.slice(1), label);
  if (target.startsWith("!date^")) return slackDate(...target.slice(6).split("^").slice(0, 2)) || label;
  // A group without a label goes by its id, as in rich text: nothing here knows its name.
  if (target.startsWith("!subteam^")) return el("span", { class: "mention", text: label || `@${target.slice(9)}` });
  if (target.startsWith("!")) return el("span", { class: "mention", text: `@${label || target.slice(1).split("^")[0]}` });
  return link(unescapeText(target), label ? inline(label) : null);
}

function split(token) {
  const bar = token.indexOf("|");
  return bar < 0 ? [token, ""] : [token.slice(0, bar), token.slice(bar + 1)];
}

export function mention(id) {
  const user = store.users.get(id);
  const own = id === store.me ? " mine" : "";
  return el("span", { class: `mention${own}`, text: `@${user ? user.real_name : id}` });
}

export function channelLink(id, label) {
  const channel = store.channels.get(id);
  if (!channel) return el("span", { class: "mention", text: `#${label || id}` });
  return el("a", { class: "mention", href: `#${channel.name}`, text: `#${channel.name}` });
}

/** A link that opens outside, if its address is one a browser may open; otherwise its words alone. */
export function link(address, label = null) {
  const words = label ?? [address.replace(/^mailto:/, "")];
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(address)) return el("span", {}, words);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, words);
}
