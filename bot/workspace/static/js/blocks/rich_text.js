// The rich_text block: sections, lists, quotes and preformatted text.

import { el } from "../dom.js";
import { emoji, withSigns } from "../emoji.js";
import { channelLink, link, mention } from "../mrkdwn.js";
import { slackDate } from "../time.js";

export function richText(block) {
  return lists(block.elements ?? []);
}

/** Neighbouring lists of growing indent are nested, as Slack draws them. */
function lists(elements) {
  const nodes = [];
  for (const part of elements) {
    if (part.type === "rich_text_list") {
      const list = listOf(part);
      list.classList.add(`indent-${Math.min(part.indent ?? 0, 6)}`);
      nodes.push(list);
    } else if (part.type === "rich_text_quote") nodes.push(el("blockquote", {}, pieces(part.elements)));
    else if (part.type === "rich_text_preformatted") nodes.push(el("pre", {}, el("code", {}, pieces(part.elements))));
    else nodes.push(el("p", {}, pieces(part.elements)));
  }
  return nodes;
}

function listOf(part) {
  const tag = part.style === "ordered" ? "ol" : "ul";
  const start = part.offset ? part.offset + 1 : null;
  return el(tag, { start }, part.elements.map((item) => el("li", {}, pieces(item.elements))));
}

function pieces(elements) {
  return (elements ?? []).map(piece);
}

function piece(part) {
  if (part.type === "text") return styled(part.style, broken(part.text));
  if (part.type === "link") return styled(part.style, [link(part.url, part.text ? [part.text] : null)]);
  if (part.type === "user") return mention(part.user_id);
  if (part.type === "channel") return channelLink(part.channel_id);
  if (part.type === "emoji") return emoji(part.name) ?? `:${part.name}:`;
  if (part.type === "usergroup") return el("span", { class: "mention", text: `@${part.usergroup_id}` });
  if (part.type === "color") return el("span", { class: "swatch" }, el("span", { class: "swatch-colour", "aria-hidden": "true", style: { "--swatch": part.value } }), part.value);
  if (part.type === "broadcast") return el("span", { class: "mention", text: `@${part.range}` });
  if (part.type === "date") return slackDate(part.timestamp, part.format) || part.fallback || "";
  return part.text ?? "";
}

function broken(text) {
  return text.split("\n").flatMap((line, index) => (index ? [el("br"), ...withSigns(line)] : withSigns(line)));
}

function styled(style, nodes) {
  let inner = nodes;
  if (style?.code) inner = [el("code", {}, inner)];
  if (style?.strike) inner = [el("s", {}, inner)];
  if (style?.underline) inner = [el("u", {}, inner)];
  if (style?.italic) inner = [el("em", {}, inner)];
  if (style?.bold) inner = [el("strong", {}, inner)];
  return inner;
}
