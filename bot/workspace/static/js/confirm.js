// "Are you sure?": Slack's confirm object, or a question of the page's own.

import { el, fill } from "./dom.js";
import { textObject } from "./mrkdwn.js";

/** Resolves to true when the person confirms. */
export function confirmFirst(confirm) {
  const dialog = document.getElementById("confirm");
  return new Promise((resolve) => {
    const answer = (yes) => () => { dialog.close(); resolve(yes); };
    const style = confirm.style === "danger" ? "danger" : "primary";
    fill(dialog,
      el("header", {}, el("h2", { id: "confirm-title" }, textObject(confirm.title))),
      el("div", { class: "modal-body prose" }, textObject(confirm.text)),
      el("footer", {},
        el("button", { type: "button", class: "button", on: { click: answer(false) } }, textObject(confirm.deny)),
        el("button", { type: "button", class: `button ${style}`, on: { click: answer(true) } }, textObject(confirm.confirm))),
    );
    dialog.setAttribute("aria-labelledby", "confirm-title");
    dialog.oncancel = () => resolve(false);
    dialog.showModal();
    dialog.querySelector("footer button:last-child").focus();
  });
}

/** A question in the page's own words. */
export function ask(title, text, yes) {
  const words = (value) => ({ type: "plain_text", text: value });
  return confirmFirst({ title: words(title), text: words(text), confirm: words(yes), deny: words("Cancel"), style: "danger" });
}
