// "Billing Copilot is working": the status line of a thread, with its rotating loading messages.

import { el } from "./dom.js";
import { bot } from "./store.js";

/** The status line of a thread, or null when nothing is under way. */
export function statusLine(channel, ts) {
  const status = channel.statuses[ts];
  if (!status?.status) return null;
  const lines = status.loading_messages?.length ? status.loading_messages : [];
  const words = el("span", { class: "status-words", text: lines[0] ?? phrase(status.status) });
  const node = el("div", { class: "status", role: "status", data: { thread: ts } }, el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), words);
  if (lines.length > 1) rotate(node, words, lines);
  return node;
}

function phrase(status) {
  return /^(is|are)\b/i.test(status) ? `${bot().real_name} ${status}` : status;
}

function rotate(node, words, lines) {
  let at = 0;
  const timer = setInterval(() => {
    if (!node.isConnected) return clearInterval(timer);
    at = (at + 1) % lines.length;
    words.textContent = lines[at];
    return undefined;
  }, 2500);
}
