// Editing one's own message in place: Enter saves, Escape leaves it as it was.

import { act } from "./api.js";
import { el } from "./dom.js";
import { unescapeText } from "./mrkdwn.js";
import { store } from "./store.js";
import { editing } from "./message.js";

/** What was typed, back from what Slack stores. */
export function asTyped(text) {
  const back = text.replace(/<([@#]?)([^<>|]+)(?:\|([^<>]*))?>/g, (whole, sign, target, label) => {
    if (sign === "@") return `@${store.users.get(target)?.real_name ?? target}`;
    if (sign === "#") return `#${store.channels.get(target)?.name ?? label ?? target}`;
    return label || target;
  });
  return unescapeText(back);
}

export function editor(channel, message, redraw) {
  const field = el("textarea", { class: "field-input", rows: "3", "aria-label": "Edit message", autocomplete: "off", value: asTyped(message.text) });
  const leave = () => { editing.delete(message.ts); redraw(message.ts); };
  const save = async () => {
    const answer = await act("edit", { channel: channel.id, ts: message.ts, text: field.value });
    if (answer.ok) leave();
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); leave(); }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); save(); }
  });
  const grow = () => {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight + 2, innerHeight * 0.5)}px`;
  };
  field.addEventListener("input", grow);
  setTimeout(() => { grow(); field.focus(); field.setSelectionRange(field.value.length, field.value.length); });
  return el("div", { class: "edit" }, field, el("div", { class: "edit-buttons" },
    el("button", { type: "button", class: "button", text: "Cancel", on: { click: leave } }),
    el("button", { type: "button", class: "button primary", text: "Save", on: { click: save } })));
}
