// The first visit: what the copilot is for, three questions to try, and a session to paste.

import { act } from "./api.js";
import { compose } from "./composer.js";
import { el, icon } from "./dom.js";
import { me, store } from "./store.js";

const EXAMPLES = [
  "Can I bill group and individual therapy the same day for Aetna?",
  "How many members can a Wisconsin Medicaid group have?",
  "Does Cigna need prior authorization for 90853?",
];

export function welcome(channel) {
  const given = channel.prompts.prompts ?? [];
  const prompts = given.length ? given : EXAMPLES.map((text) => ({ title: text, message: text }));
  const ask = (prompt) => el("button", { type: "button", class: "prompt", on: { click: () => act("message", { channel: channel.id, text: prompt.message }) } },
    prompt.title === prompt.message ? null : el("span", { class: "note", text: prompt.title }), el("span", { text: prompt.message }));
  // Learners may review no note: what they practise on is in the course.
  const mayReview = me().role !== "learner";
  const samples = (mayReview ? store.samples : []).map((sample, index) =>
    el("button", { type: "button", class: index ? "button" : "button primary", on: { click: () => compose(sample.text) } },
      icon("paste"), index ? `Paste “${sample.name.replaceAll("-", " ")}”` : "Paste the sample session"));
  return el("div", { class: "welcome" },
    el("img", { class: "welcome-mark", src: "/static/icon.svg", alt: "" }),
    el("h2", { text: channel.prompts.title || "Ask about 90853, or have a group note checked" }),
    el("p", { class: "lead", text: "Answers name their source and its date. A note comes back with what would be denied, why, and the words that fix it." }),
    el("div", { class: "prompts", role: "group", "aria-label": "Questions to try" }, prompts.map(ask)),
    samples.length ? el("div", { class: "samples" }, samples.slice(0, 3), el("p", { class: "note", text: "An invented session: it fills the field below, and you send it." })) : null,
    el("p", { class: "note", text: `In a channel, write @${store.app.name}; anywhere, type /billing.${mayReview ? " Drop a text file to have it reviewed." : ""}` }));
}
