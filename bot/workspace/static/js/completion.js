// Completion in the composer: commands after "/", people after "@", channels after "#".

import { avatar } from "./avatar.js";
import { el, fill } from "./dom.js";
import { rooms, store } from "./store.js";

let count = 0;

/** A popup for one field: `node` to place, `key(event)` true when it took the key. */
export function completion(field, channel) {
  count += 1;
  const id = `completion-${count}`;
  const node = el("div", { class: "completion", id, role: "listbox", "aria-label": "Suggestions", hidden: true });
  let options = [];
  let at = 0;

  const hide = () => { node.hidden = true; options = []; field.removeAttribute("aria-activedescendant"); };
  const draw = () => {
    node.hidden = !options.length;
    fill(node, options.map((option, index) => el("div", {
      class: "completion-item", role: "option", id: `${id}-${index}`, "aria-selected": String(index === at),
      on: { pointerdown: (event) => { event.preventDefault(); choose(option); } },
    }, option.face, el("strong", { text: option.label }), el("span", { class: "note", text: option.note }))));
    if (options.length) field.setAttribute("aria-activedescendant", `${id}-${at}`);
  };
  const choose = (option) => {
    const before = field.value.slice(0, field.selectionStart);
    const kept = before.slice(0, before.length - option.typed.length) + option.insert;
    field.value = kept + field.value.slice(field.selectionStart);
    field.setSelectionRange(kept.length, kept.length);
    hide();
    field.dispatchEvent(new Event("input"));
    hide();
  };
  field.setAttribute("aria-controls", id);
  field.addEventListener("input", () => { options = find(field, channel); at = 0; draw(); });
  field.addEventListener("blur", () => setTimeout(hide, 100));
  const key = (event) => {
    if (node.hidden || !options.length) return false;
    if (event.key === "ArrowDown") at = (at + 1) % options.length;
    else if (event.key === "ArrowUp") at = (at - 1 + options.length) % options.length;
    else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); hide(); return true; }
    else if (event.key === "Enter" && options[at].label === options[at].typed) { hide(); return false; } // written out already: this Enter sends
    else if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); choose(options[at]); return true; }
    else return false;
    event.preventDefault();
    draw();
    return true;
  };
  return { node, key };
}

function find(field, channel) {
  const before = field.value.slice(0, field.selectionStart);
  const command = before.match(/^\/[\w-]*$/);
  if (command) return commands(command[0], channel);
  const sign = before.match(/(?:^|\s)([@#])([\w .-]{0,24})$/);
  if (!sign) return [];
  const typed = sign[1] + sign[2];
  const wanted = sign[2].toLowerCase();
  if (sign[1] === "#") {
    return rooms().filter((room) => room.name.startsWith(wanted)).map((room) => ({ typed, insert: `#${room.name} `, label: `#${room.name}`, note: room.topic.value }));
  }
  const everyone = [...store.users.values()].sort((a, b) => Number(b.is_bot) - Number(a.is_bot));
  return everyone
    .filter((user) => user.real_name.toLowerCase().startsWith(wanted) || user.name.startsWith(wanted))
    .filter((user) => user.real_name.toLowerCase() !== wanted.trim())
    .map((user) => ({ typed, insert: `@${user.real_name} `, label: user.real_name, note: user.is_bot ? "App" : user.profile.title, face: avatar(user, "tiny") }));
}

function commands(typed, channel) {
  const known = store.commands.map((command) => ({ name: command.name, note: `${command.usage_hint || command.description}` }));
  if (!channel.is_im && !channel.is_member) known.push({ name: "/invite", note: `Add ${store.app.name} to this channel` });
  return known.filter((one) => one.name.startsWith(typed)).map((one) => ({ typed, insert: `${one.name} `, label: one.name, note: one.note }));
}
