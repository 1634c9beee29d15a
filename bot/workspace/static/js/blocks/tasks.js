// Task cards and plans: what a streaming app says it is doing.

import { el, icon } from "../dom.js";
import { link } from "../mrkdwn.js";
import { richText } from "./rich_text.js";

const SIGNS = { complete: "done", error: "failed", in_progress: "running", pending: "waiting" };

export function taskCard(block) {
  const state = SIGNS[block.status] ?? "waiting";
  const words = (part) => (typeof part === "string" ? part : part ? richText(part) : null);
  const sources = (block.sources ?? []).map((source) => link(source.url, [source.text || source.url]));
  return el("div", { class: `block task ${state}` },
    el("span", { class: "task-sign", role: "img", "aria-label": state }, state === "done" ? icon("check") : state === "failed" ? icon("close") : null),
    el("div", {}, el("div", { class: "task-title", text: block.title }),
      block.details ? el("div", { class: "note" }, words(block.details)) : null,
      block.output ? el("div", { class: "note" }, words(block.output)) : null,
      sources.length ? el("div", { class: "task-sources" }, sources) : null),
  );
}

export function planBlock(block) {
  return el("div", { class: "block plan" }, el("div", { class: "plan-title", text: block.title }), (block.tasks ?? []).map(taskCard));
}
