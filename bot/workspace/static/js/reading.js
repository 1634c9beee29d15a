// Where the eye should be when a reply arrives: at its first line when it is longer than the window.

import { fromApp } from "./message.js";
import { replies } from "./store.js";

/** The first of the app's messages after the last word of a person in this message's thread. */
export function beginningOf(channel, message) {
  const thread = replies(channel, message.thread_ts ?? "");
  return thread[thread.findLastIndex((one) => !fromApp(one)) + 1] ?? message;
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
