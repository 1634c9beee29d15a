// What the page knows: the server's state for one person, and where that person is looking.

const listeners = new Map();

export const store = {
  me: "",
  team: {},
  app: {},
  users: new Map(),
  channels: new Map(),
  commands: [],
  shortcuts: [],
  connected: false,
  modal: null,
  depth: 0,
  home: null,
  view: { channel: "", tab: "messages", thread: null },
  unread: new Map(),
  press: null,
  samples: [],
};

/** Calls `run` whenever `kind` happens. */
export function on(kind, run) {
  if (!listeners.has(kind)) listeners.set(kind, []);
  listeners.get(kind).push(run);
}

export function emit(kind, detail = {}) {
  for (const run of listeners.get(kind) ?? []) run(detail);
}

/** Takes over a whole state from the server. */
export function adopt(state) {
  Object.assign(store, {
    me: state.me,
    team: state.team,
    app: state.app,
    about: state.about,
    model: state.model,
    commands: state.commands,
    shortcuts: state.shortcuts,
    connected: state.connected,
    modal: state.modal,
    depth: state.depth,
    home: state.home,
  });
  store.users = new Map(state.users.map((user) => [user.id, user]));
  store.channels = new Map(state.channels.map((channel) => [channel.id, withMessages(channel)]));
}

function withMessages(channel) {
  return { ...channel, messages: new Map(channel.messages.map((message) => [message.ts, message])) };
}

/** Applies one change from the server and tells those who show it. */
export function apply(change) {
  const channel = store.channels.get(change.channel);
  if (change.kind === "message" && channel) {
    const isNew = !channel.messages.has(change.message.ts);
    channel.messages.set(change.message.ts, change.message);
    emit("message", { channel, message: change.message, isNew });
  } else if (change.kind === "message_deleted" && channel) {
    channel.messages.delete(change.ts);
    emit("message_deleted", { channel, ts: change.ts });
  } else if (change.kind === "status" && channel) {
    if (change.status) channel.statuses[change.thread_ts] = change;
    else delete channel.statuses[change.thread_ts];
    emit("status", { channel, thread: change.thread_ts });
  } else if (change.kind === "prompts" && channel) {
    channel.prompts = { title: change.title, prompts: change.prompts };
    emit("prompts", { channel });
  } else if (change.kind === "surfaces") {
    Object.assign(store, { modal: change.modal, depth: change.depth, home: change.home });
    emit("surfaces");
  } else if (change.kind === "bot") {
    store.connected = change.connected;
    emit("bot");
  } else if (change.kind === "channel") {
    const known = store.channels.get(change.channel.id);
    if (known) Object.assign(known, change.channel);
    emit("channel");
  }
}

export const me = () => store.users.get(store.me);
export const bot = () => store.users.get(store.app.user);
export const people = () => [...store.users.values()].filter((user) => !user.is_bot);
export const appRoom = () => [...store.channels.values()].find((channel) => channel.is_im);
export const rooms = () => [...store.channels.values()].filter((channel) => !channel.is_im);
export const current = () => store.channels.get(store.view.channel);
export const nameOf = (id) => store.users.get(id)?.real_name ?? "someone";

/** A channel's top-level messages, oldest first. */
export function roots(channel) {
  return [...channel.messages.values()]
    .filter((message) => !message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast")
    .sort(byTime);
}

/** The replies of one thread, oldest first. */
export function replies(channel, ts) {
  return [...channel.messages.values()].filter((m) => m.thread_ts === ts && m.ts !== ts).sort(byTime);
}

/** Notes that the person pressed something in this message: what the app says next in its thread answers that. */
export function notePress(channel, message) {
  const thread = message.thread_ts ?? message.ts;
  store.press = { thread, after: replies(channel, thread).at(-1)?.ts ?? thread, answered: false };
}

function byTime(a, b) {
  return a.ts < b.ts ? -1 : 1;
}
