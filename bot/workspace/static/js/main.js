// Starts the page: who one is, where one is, and the live connection.

import { actAs, listen, loadSamples, loadState } from "./api.js";
import { startConversation } from "./conversation.js";
import { el, fill, icon, toast } from "./dom.js";
import { startInspector } from "./inspector.js";
import { startJump } from "./jump.js";
import { startModals } from "./modal.js";
import { startPermalinks } from "./permalink.js";
import { startSidebar } from "./sidebar.js";
import { adopt, apply, appRoom, emit, on, rooms, store } from "./store.js";
import { closeThread, startThread } from "./thread.js";

/** The hash says where: #billing, #app/home, #app/messages, each with a thread's ts at the end. */
function look() {
  const [place, ...rest] = decodeURIComponent(location.hash.slice(1)).split("/");
  const room = rooms().find((one) => one.name === place);
  if (room) store.view = { channel: room.id, tab: "messages", thread: rest[0] ?? null };
  else store.view = { channel: appRoom().id, tab: rest[0] === "home" ? "home" : "messages", thread: rest[1] ?? null };
  store.unread.delete(store.view.channel);
  document.title = `${room ? `#${room.name}` : store.app.name} · ${store.team.name}`;
}

let before = "";

function moved() {
  look();
  const place = `${store.view.channel}/${store.view.tab}`;
  emit(place === before ? "thread" : "view");
  before = place;
}

/** Who else reads along: nobody, or the model that the operator chose. */
function outside() {
  return store.model
    ? `Nothing leaves this computer but what the model ${store.model} is asked, identifiers taken out.`
    : "Nothing leaves this computer: no third party sees a note, and none has to sign a BAA.";
}

function drawBanner() {
  const bot = store.connected ? "" : ` ${store.app.name} is not connected yet.`;
  fill(document.getElementById("banner"), icon("lock"),
    el("span", {}, el("strong", { text: "Local workspace." }), ` ${outside()} Messages are gone when it stops; payer records stay.`, bot ? el("em", { text: bot }) : null));
}

/** Takes someone's place: what happens while their state loads is applied after it. */
async function become(id) {
  const known = await loadState(id);
  sessionStorage.setItem("user", known.me);
  actAs(known.me);
  store.unread.clear();
  let waiting = [];
  const change = (one) => (waiting ? waiting.push(one) : apply(one));
  return new Promise((resolve) => {
    const refresh = async () => {
      waiting ??= [];
      const state = await loadState(known.me);
      if (state.me !== known.me) return become(state.me);
      adopt(state);
      look();
      before = `${store.view.channel}/${store.view.tab}`;
      emit("adopted");
      drawBanner();
      const missed = waiting;
      waiting = null;
      missed.forEach(apply);
      return resolve();
    };
    listen(change, refresh, () => toast("The workspace stopped answering. Trying again…", "error"));
  });
}

/** The id of whom the page is for, asked before anybody's page is drawn: drawing it tells the app that it was opened. */
async function whoOpens() {
  const last = sessionStorage.getItem("user") ?? "";
  const wanted = new URLSearchParams(location.search).get("as");
  const known = wanted ? (await loadState(last)).users : [];
  return known.find((user) => user.name === wanted && !user.is_bot)?.id ?? last;
}

/** `?as=sam` opens the page for someone by name; otherwise the last one, or the first. */
async function start() {
  startModals();
  startConversation();
  startThread();
  startSidebar(become);
  startJump(become);
  startInspector();
  on("bot", drawBanner);
  store.samples = await loadSamples();
  await become(await whoOpens());
  addEventListener("hashchange", moved);
  startPermalinks();
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && store.view.thread && !document.querySelector("dialog[open]")) closeThread();
  });
}

start();
