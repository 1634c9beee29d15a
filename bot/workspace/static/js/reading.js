// Where the eye should be when a reply arrives: at its first line when it is longer than the window.

import { fromApp } from "./message.js";
import { replies, store } from "./store.js";

/** The first of the app's messages after the last word, or press, of a person in this message's thread. */
export function beginningOf(channel, message) {
  const thread = replies(channel, message.thread_ts ?? "");
  const { press } = store;
  const seen = press && press.thread === message.thread_ts ? press.after : "";
  return thread[thread.findLastIndex((one) => !fromApp(one) || one.ts <= seen) + 1] ?? message;
}

/** Whether this is the first that the app says to the person's last press. */
export function answersPress(message) {
  const { press } = store;
  if (!press || press.answered || message.thread_ts !== press.thread || message.ts <= press.after) return false;
  press.answered = true;
  return true;
}

/** Scrolls a list so that this message's first line is at the top; false when all of it fits anyway. */
export function readFrom(list, message) {
  const node = list.querySelector(`[data-ts="${CSS.escape(message.ts)}"]`);
  if (!node) return false;
  const top = node.getBoundingClientRect().top - list.getBoundingClientRect().top + list.scrollTop;
  if (list.scrollHeight - top <= list.clientHeight) return false;
  list.scrollTop = top - 12;
  return true;
}
