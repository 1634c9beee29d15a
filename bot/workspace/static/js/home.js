// The app's Home tab.

import { act } from "./api.js";
import { renderBlocks } from "./blocks/render.js";
import { el } from "./dom.js";
import { tellHome } from "./conversation.js";
import { store } from "./store.js";

export function drawHome() {
  tellHome();
  const view = store.home;
  if (!view?.blocks.length) {
    return el("div", { class: "home" }, el("div", { class: "empty" }, el("h2", { text: store.app.name }), el("p", { text: store.about }),
      el("p", { class: "note", text: store.connected ? "Nothing is published here yet." : "The app is not connected yet." })));
  }
  const values = {};
  const scope = {
    id: view.id,
    values,
    container: { type: "view", view_id: view.id },
    act: (action) => act("action", { view: view.id, action, values }),
    changed: (block, part, node, press, state) => press(state),
    inputChanged: (block, part, node, press, state) => block.dispatch_action && press(state),
  };
  return el("div", { class: "home" }, el("h2", { class: "visually-hidden", text: "Home" }), el("div", { class: "home-page blocks" }, renderBlocks(view.blocks, scope)));
}
