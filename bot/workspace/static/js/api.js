// The page's calls to its own server, and the changes that come back over one WebSocket.

import { toast } from "./dom.js";

let user = "";

export function actAs(id) {
  user = id;
}

/** Everything the page shows for one person. */
export async function loadState(id) {
  const reply = await fetch(`/page/state?user=${encodeURIComponent(id)}`);
  return reply.json();
}

/** One thing a person does; a refusal is shown as a toast unless `quiet`. */
export async function act(verb, body = {}, { quiet = false } = {}) {
  let answer;
  try {
    const reply = await fetch(`/page/do/${verb}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ user, ...body }),
    });
    answer = await reply.json();
  } catch {
    answer = { ok: false, error: "The workspace does not answer. Is it still running?" };
  }
  if (!answer.ok && !quiet) toast(answer.error, "error");
  return answer;
}

/** Uploads one file's bytes; resolves to its id, or null after telling why not. */
export async function upload(file) {
  const query = new URLSearchParams({ user, name: file.name });
  try {
    const reply = await fetch(`/page/upload?${query}`, { method: "POST", body: file });
    const answer = await reply.json();
    if (answer.ok) return answer.file;
    toast(`${file.name}: ${answer.error}`, "error");
  } catch {
    toast(`${file.name} could not be uploaded.`, "error");
  }
  return null;
}

export function fileAddress(id) {
  return `/page/file/${id}?user=${encodeURIComponent(user)}`;
}

export async function loadSamples() {
  try {
    return await (await fetch("/page/samples")).json();
  } catch {
    return [];
  }
}

let socket = null;

/** Keeps the live connection; `onChange` gets each change, `onReturn` runs after a reconnection. */
export function listen(onChange, onReturn, onLost) {
  let lost = false;
  const opened = new WebSocket(`${location.origin.replace("http", "ws")}/page/live?user=${encodeURIComponent(user)}`);
  if (socket) socket.replaced = true;
  socket?.close();
  socket = opened;
  opened.onopen = () => onReturn();
  opened.onmessage = (event) => onChange(JSON.parse(event.data));
  opened.onclose = () => {
    if (opened.replaced || lost) return;
    lost = true;
    onLost();
    setTimeout(() => listen(onChange, onReturn, onLost), 1500);
  };
}
