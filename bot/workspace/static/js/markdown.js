// Standard Markdown, as the markdown block takes it: headings, lists, tables, quotes, code, emphasis, links.

import { el } from "./dom.js";
import { emoji, withSigns } from "./emoji.js";
import { link, reference } from "./mrkdwn.js";

const INLINE = new RegExp(
  [
    "`([^`\\n]+)`",
    "!?\\[([^\\]\\n]*)\\]\\(([^()\\s]*(?:\\([^()\\s]*\\)[^()\\s]*)*)\\)",
    "\\*\\*(?=\\S)([\\s\\S]*?\\S)\\*\\*",
    "__(?=\\S)([\\s\\S]*?\\S)__",
    "(?<![\\w*])\\*(?=\\S)([^*\\n]*[^*\\s])\\*(?!\\*)",
    "(?<![\\w_])_(?=\\S)([^_\\n]*[^_\\s])_(?![\\w_])",
    "~~(?=\\S)([^~\\n]*\\S)~~",
    "<([@#!][^<>\\n]+|https?://[^<>\\s]+)>",
    "(https?://[^\\s<>()]+[^\\s<>().,;:!?])",
    ":([a-z0-9_+'-]+):",
    "\\\\([\\\\`*_{}\\[\\]()#+.!|~>-])",
  ].join("|"),
  "g",
);

/** A whole document, to nodes. */
export function markdown(text) {
  return blocks(text.replace(/\r/g, "").split("\n"));
}

function blocks(lines) {
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    const [node, next] = one(lines, at);
    if (node) nodes.push(node);
    at = next;
  }
  return nodes;
}

function one(lines, at) {
  const line = lines[at];
  if (!line.trim()) return [null, at + 1];
  if (/^\s*(```|~~~)/.test(line)) return fenced(lines, at);
  const heading = line.match(/^(#{1,6})\s+(.*?)\s*#*$/);
  if (heading) return [el(`h${Math.min(6, heading[1].length + 2)}`, { class: `md-h${heading[1].length}` }, inline(heading[2])), at + 1];
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) return [el("hr"), at + 1];
  if (/^\s*>/.test(line)) return quote(lines, at);
  if (isTable(lines, at)) return table(lines, at);
  if (bullet(line)) return list(lines, at);
  return paragraph(lines, at);
}

function fenced(lines, at) {
  const fence = lines[at].trim().slice(0, 3);
  let end = at + 1;
  while (end < lines.length && !lines[end].trim().startsWith(fence)) end += 1;
  return [el("pre", {}, el("code", { text: lines.slice(at + 1, end).join("\n") })), end + 1];
}

function quote(lines, at) {
  let end = at;
  while (end < lines.length && /^\s*>/.test(lines[end])) end += 1;
  return [el("blockquote", {}, blocks(lines.slice(at, end).map((line) => line.replace(/^\s*> ?/, "")))), end];
}

const bullet = (line) => line?.match(/^(\s*)([-*+•]|\d{1,9}[.)])\s+(.*)$/);

function list(lines, at) {
  const [, indent, sign] = bullet(lines[at]);
  const ordered = /\d/.test(sign);
  const items = [];
  let end = at;
  while (end < lines.length) {
    const found = bullet(lines[end]);
    const depth = lines[end].match(/^\s*/)[0].length;
    if (found && found[1].length <= indent.length + 1 && depth >= indent.length) {
      if (/\d/.test(found[2]) !== ordered) break;
      items.push([found[3]]);
    } else if (items.length && lines[end].trim() && depth > indent.length) {
      items.at(-1).push(lines[end].slice(Math.min(depth, indent.length + 2)));
    } else if (!lines[end].trim() && (bullet(lines[end + 1]) || /^\s{2,}\S/.test(lines[end + 1] ?? ""))) {
      items.at(-1)?.push("");
    } else break;
    end += 1;
  }
  const start = ordered ? sign.match(/\d+/)[0] : null;
  return [el(ordered ? "ol" : "ul", { start }, items.map(item)), end];
}

function item(lines) {
  const task = lines[0].match(/^\[([ xX])\]\s+(.*)$/);
  const rest = blocks(lines.slice(1));
  if (!task) return el("li", {}, inline(lines[0]), rest);
  const done = task[1] !== " ";
  return el("li", { class: "task" }, el("span", { class: "box", "aria-label": done ? "done" : "not done", text: done ? "☑" : "☐" }), inline(task[2]), rest);
}

function isTable(lines, at) {
  return lines[at].includes("|") && /^\s*\|?\s*:?-{1,}:?\s*(\|\s*:?-{1,}:?\s*)*\|?\s*$/.test(lines[at + 1] ?? "") && (lines[at + 1] ?? "").includes("-");
}

function cells(line) {
  return line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

function table(lines, at) {
  const align = cells(lines[at + 1]).map((rule) => (/^:.*:$/.test(rule) ? "center" : rule.endsWith(":") ? "right" : "left"));
  const row = (line, tag) =>
    el("tr", {}, cells(line).map((cell, index) => el(tag, { class: `align-${align[index] ?? "left"}`, scope: tag === "th" ? "col" : null }, inline(cell))));
  let end = at + 2;
  while (end < lines.length && lines[end].includes("|") && lines[end].trim()) end += 1;
  const body = lines.slice(at + 2, end).map((line) => row(line, "td"));
  const grid = el("table", {}, el("thead", {}, row(lines[at], "th")), el("tbody", {}, body));
  return [el("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-label": "Table" }, grid), end];
}

function paragraph(lines, at) {
  let end = at;
  while (end < lines.length && lines[end].trim() && (end === at || !starts(lines, end))) end += 1;
  const run = lines.slice(at, end);
  return [el("p", {}, run.flatMap((line, index) => (index ? [el("br"), ...inline(line.trim())] : inline(line.trim())))), end];
}

function starts(lines, at) {
  return /^\s*(```|~~~|>|#{1,6}\s)/.test(lines[at]) || bullet(lines[at]) || isTable(lines, at);
}

function inline(text) {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    const node = mark(found);
    if (node === null) continue;
    nodes.push(...withSigns(text.slice(at, found.index)), node);
    at = found.index + found[0].length;
  }
  nodes.push(...withSigns(text.slice(at)));
  return nodes;
}

function mark([, code, label, address, strong, strong2, em, em2, strike, token, bare, name, escaped]) {
  if (code) return el("code", { text: code });
  if (address !== undefined) return link(address, label ? inline(label) : null);
  if (strong ?? strong2) return el("strong", {}, inline(strong ?? strong2));
  if (em ?? em2) return el("em", {}, inline(em ?? em2));
  if (strike) return el("s", {}, inline(strike));
  if (token) return reference(token);
  if (bare) return link(bare);
  if (escaped) return escaped;
  return name ? emoji(name) : null;
}
