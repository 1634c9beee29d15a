// The left side: the workspace, its channels, the app, and who one is.

import { avatar } from "./avatar.js";
import { el, fill, icon, iconButton } from "./dom.js";
import { openMenu } from "./menu.js";
import { appRoom, me, on, people, rooms, store } from "./store.js";
import { setTheme, theme, THEMES } from "./theme.js";

export function startSidebar(switchTo) {
  const redraw = () => draw(switchTo);
  for (const kind of ["adopted", "view", "message", "bot", "channel"]) on(kind, redraw);
  document.getElementById("scrim").addEventListener("click", () => toggleSidebar(false));
  on("view", () => toggleSidebar(false));
}

export function toggleSidebar(open) {
  document.getElementById("sidebar").classList.toggle("open", open);
  document.getElementById("scrim").hidden = !open;
}

function draw(switchTo) {
  const here = store.view;
  const app = appRoom();
  fill(document.getElementById("sidebar"),
    el("div", { class: "side-head" }, el("span", { class: "team-mark", "aria-hidden": "true", text: store.team.name[0] }), el("span", { class: "team-name", text: store.team.name }),
      iconButton("close", "Hide channels", () => toggleSidebar(false), { class: "icon-button side-close" })),
    group("Channels", rooms().map((room) => entry({
      href: `#${room.name}`, face: el("span", { class: "hash", "aria-hidden": "true", text: "#" }), name: room.name, here: here.channel === room.id, unread: store.unread.get(room.id),
    }))),
    group("Apps", [
      entry({ href: "#app/messages", face: avatar(store.users.get(store.app.user), "tiny"), name: store.app.name, here: here.channel === app.id && here.tab === "messages", unread: store.unread.get(app.id), state: presence() }),
      entry({ href: "#app/home", face: el("span", { class: "indent", "aria-hidden": "true" }), name: "Home", here: here.channel === app.id && here.tab === "home" }),
    ]),
    el("div", { class: "side-space" }),
    el("div", { class: "side-foot" }, switcher(switchTo), appearance()));
}

function appearance() {
  const open = (event) => openMenu(event.currentTarget, Object.entries(THEMES).map(([name, label]) => ({ label, checked: theme() === name, run: () => setTheme(name) })));
  return iconButton("contrast", "Light or dark", open, { "aria-haspopup": "menu", class: "icon-button appearance" });
}

function presence() {
  const words = store.connected ? "connected" : "not connected";
  return el("span", { class: `presence${store.connected ? " on" : ""}`, role: "img", "aria-label": words, title: `The app is ${words}` });
}

function group(title, entries) {
  return el("section", { class: "side-group", "aria-label": title }, el("h2", { text: title }), el("ul", {}, entries.map((one) => el("li", {}, one))));
}

function entry({ href, face, name, here, unread, state }) {
  const badge = unread && !here ? el("span", { class: "badge", "aria-label": `${unread} new`, text: String(unread) }) : null;
  return el("a", { class: `side-entry${badge ? " unread" : ""}`, href, "aria-current": here ? "page" : null }, face, el("span", { class: "side-name", text: name }), state, badge);
}

function switcher(switchTo) {
  const user = me();
  const open = (event) => openMenu(event.currentTarget, people().map((person) => ({
    label: person.real_name, note: standing(person), checked: person.id === user.id, run: () => switchTo(person.id),
  })));
  return el("button", { type: "button", class: "switcher", "aria-haspopup": "menu", title: "Act as someone else", on: { click: open } },
    avatar(user, "small"), el("span", { class: "switcher-name" }, el("strong", { text: user.real_name }), el("span", { class: "note", text: standing(user) })), icon("chevron"));
}

/** What someone is in the practice, and the role that the bot gives them here. */
function standing(user) {
  const { title } = user.profile;
  const { role } = user;
  return !role || title.toLowerCase() === role ? title : `${title} · role: ${role}`;
}
