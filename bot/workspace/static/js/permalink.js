// A message's permalink leads to the message, in this page, as in Slack; from outside, when the page opens.

import { seek } from "./conversation.js";
import { store } from "./store.js";

/** The channel and ts that an address of this workspace names; null for any other. */
function placeOf(address) {
  const { origin, pathname } = new URL(address, location.href);
  const found = origin === location.origin && pathname.match(/^\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})$/);
  return found ? [found[1], `${found[2]}.${found[3]}`] : null;
}

function follow([id, ts]) {
  const channel = store.channels.get(id);
  if (channel) seek(channel, ts);
}

/** Follows the address the page was opened at, and from then on every link of this kind. */
export function startPermalinks() {
  document.addEventListener("click", (event) => {
    const place = !(event.ctrlKey || event.metaKey || event.shiftKey) && placeOf(event.target.closest?.("a[href]")?.href ?? "/");
    if (!place) return;
    event.preventDefault();
    follow(place);
  });
  const opened = placeOf(location.href);
  if (!opened) return;
  history.replaceState(null, "", "/");
  follow(opened);
}
