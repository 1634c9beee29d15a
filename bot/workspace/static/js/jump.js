// Ctrl+K: go to a channel, the app, or someone's view of the workspace.

import { el, fill } from "./dom.js";
import { people, rooms, store } from "./store.js";

export function startJump(switchTo) {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); open(switchTo); }
  });
}

function open(switchTo) {
  const dialog = document.getElementById("jump");
  const places = [
    ...rooms().map((room) => ({ name: `#${room.name}`, note: "channel", go: () => { location.hash = room.name; } })),
    { name: store.app.name, note: "messages", go: () => { location.hash = "app/messages"; } },
    { name: `${store.app.name} Home`, note: "home", go: () => { location.hash = "app/home"; } },
    ...people().filter((user) => user.id !== store.me).map((user) => ({ name: user.real_name, note: "act as", go: () => switchTo(user.id) })),
  ];
  const field = el("input", { class: "field-input", placeholder: "Jump to…", "aria-label": "Jump to", autocomplete: "off" });
  const list = el("div", { class: "jump-list", role: "listbox", "aria-label": "Places" });
  let found = places;
  let at = 0;
  const go = (place) => { dialog.close(); place?.go(); };
  const draw = () => fill(list, found.map((place, index) => el("div", { class: "completion-item", role: "option", "aria-selected": String(index === at), on: { click: () => go(place) } }, el("strong", { text: place.name }), el("span", { class: "note", text: place.note }))));
  field.addEventListener("input", () => {
    found = places.filter((place) => place.name.toLowerCase().includes(field.value.toLowerCase()));
    at = 0;
    draw();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") at = Math.min(at + 1, found.length - 1);
    else if (event.key === "ArrowUp") at = Math.max(at - 1, 0);
    else if (event.key === "Enter") { event.preventDefault(); go(found[at]); return; }
    else return;
    event.preventDefault();
    draw();
  });
  fill(dialog, field, list);
  draw();
  dialog.showModal();
  field.focus();
}
