// Interactive elements: buttons, menus, pickers. Each keeps its value in `scope.values` and tells of a press by `scope.act`.

import { confirmFirst } from "../confirm.js";
import { el, iconButton } from "../dom.js";
import { openMenu } from "../menu.js";
import { textObject } from "../mrkdwn.js";
import { current, people, rooms } from "../store.js";
import { externalSelect, multiExternal } from "./search.js";
import { picture } from "./render.js";

/** Remembers what an element holds, as Slack's `state.values` has it. */
export function keep(scope, block, part, state) {
  (scope.values[block.block_id] ??= {})[part.action_id] = { type: part.type, ...state };
}

export function kept(scope, block, part) {
  return scope.values[block.block_id]?.[part.action_id];
}

/** One element of an actions block, a section's accessory, or an input block. */
export function element(part, block, scope) {
  if (part.type === "button" || part.type === "workflow_button") return button(part, block, scope);
  if (part.type === "overflow") return overflow(part, block, scope);
  if (part.type === "image") return picture(part, "accessory-image");
  if (part.type === "feedback_buttons") return feedback(part, block, scope);
  if (part.type === "icon_button") return iconPress(part, block, scope);
  if (part.type === "checkboxes" || part.type === "radio_buttons") return choices(part, block, scope);
  if (part.type.endsWith("picker")) return picker(part, block, scope);
  if (part.type === "multi_external_select") return multiExternal(part, block, scope);
  if (part.type.startsWith("multi_")) return multiSelect(part, block, scope);
  if (part.type === "external_select") return externalSelect(part, block, scope);
  if (part.type.endsWith("_select")) return select(part, block, scope);
  return el("span", { class: "unknown", text: `This workspace does not draw ${part.type}.` });
}

/** Fires the element's action, after its confirmation if it has one, and shows that it is under way. */
async function press(node, part, block, scope, action) {
  if (part.confirm && !(await confirmFirst(part.confirm))) return false;
  node?.setAttribute("aria-busy", "true");
  await scope.act({ type: part.type, action_id: part.action_id, block_id: block.block_id, ...action });
  node?.removeAttribute("aria-busy");
  return true;
}

/** Tells the surface what an element holds now; whether that is a press at once, the surface decides. */
export function tell(node, part, block, scope, state) {
  scope.changed(block, part, node, (action) => press(node, part, block, scope, action), state);
}

function button(part, block, scope) {
  const style = part.style ? ` ${part.style}` : "";
  const node = el("button", { type: "button", class: `button${style}`, "aria-label": part.accessibility_label }, textObject(part.text));
  node.addEventListener("click", () => {
    if (part.url && /^https?:/i.test(part.url)) window.open(part.url, "_blank", "noopener,noreferrer");
    press(node, part, block, scope, { text: part.text, value: part.value, style: part.style });
  });
  return node;
}

function iconPress(part, block, scope) {
  const label = part.accessibility_label || part.text.text;
  return iconButton(part.icon === "trash" ? "trash" : "more", label, (event) =>
    press(event.currentTarget, part, block, scope, { value: part.value, icon: part.icon }),
  );
}

function feedback(part, block, scope) {
  const chosen = scope.feedback?.get(part.action_id);
  const thumb = (side, name) => {
    const one = part[side];
    const pressed = chosen === one.value;
    const node = iconButton(name, one.accessibility_label || one.text.text, async () => {
      const row = node.parentElement;
      const sent = await press(node, part, block, scope, { text: one.text, value: one.value });
      if (!sent) return;
      scope.feedback?.set(part.action_id, one.value);
      for (const other of row.children) other.setAttribute("aria-pressed", String(other === node));
    });
    node.setAttribute("aria-pressed", String(pressed));
    return node;
  };
  return el("span", { class: "feedback" }, thumb("positive_button", "up"), thumb("negative_button", "down"));
}

function overflow(part, block, scope) {
  const node = iconButton("more", "More actions", () =>
    openMenu(node, part.options.map((option) => ({
      label: option.text.text,
      note: option.description?.text,
      run: () => {
        if (option.url && /^https?:/i.test(option.url)) window.open(option.url, "_blank", "noopener,noreferrer");
        press(node, part, block, scope, { selected_option: option });
      },
    }))),
  );
  return node;
}

function choices(part, block, scope) {
  const several = part.type === "checkboxes";
  const start = kept(scope, block, part);
  const initial = several ? start?.selected_options ?? part.initial_options ?? [] : [start?.selected_option ?? part.initial_option].filter(Boolean);
  const chosen = new Set(initial.map((option) => option.value));
  const name = `${block.block_id}-${part.action_id}-${scope.id}`;
  const state = () => {
    const options = part.options.filter((option) => chosen.has(option.value));
    return several ? { selected_options: options } : { selected_option: options[0] ?? null };
  };
  keep(scope, block, part, state());
  const group = el("div", { class: "choices", role: several ? "group" : "radiogroup" });
  group.append(...part.options.map((option) => {
    const box = el("input", { type: several ? "checkbox" : "radio", name });
    box.checked = chosen.has(option.value);
    box.addEventListener("change", () => {
      if (!several) chosen.clear();
      if (box.checked) chosen.add(option.value);
      else chosen.delete(option.value);
      keep(scope, block, part, state());
      tell(group, part, block, scope, state());
    });
    const note = option.description ? el("span", { class: "note" }, textObject(option.description)) : null;
    return el("label", { class: "choice" }, box, el("span", {}, textObject(option.text), note));
  }));
  return group;
}

const PICKERS = {
  datepicker: ["date", "selected_date", "initial_date"],
  timepicker: ["time", "selected_time", "initial_time"],
  datetimepicker: ["datetime-local", "selected_date_time", "initial_date_time"],
};

function picker(part, block, scope) {
  const [type, key, first] = PICKERS[part.type];
  const held = kept(scope, block, part)?.[key] ?? part[first] ?? null;
  const node = el("input", { type, class: "field-input picker", "aria-label": part.placeholder?.text ?? scope.label ?? type });
  if (held) node.value = type === "datetime-local" ? localTime(held) : held;
  const state = () => ({ [key]: !node.value ? null : type === "datetime-local" ? Math.floor(new Date(node.value).getTime() / 1000) : node.value });
  keep(scope, block, part, state());
  node.addEventListener("change", () => {
    keep(scope, block, part, state());
    tell(node, part, block, scope, state());
  });
  return node;
}

function localTime(unix) {
  const date = new Date(unix * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

/** The options of a select, with its groups; people and channels are the workspace's own. */
function optionsOf(part) {
  const asOptions = (list, label) => list.map((one) => ({ value: one.id, text: { type: "plain_text", text: label(one) } }));
  if (part.type.includes("users")) return [{ options: asOptions(people(), (user) => user.real_name) }];
  if (part.type.includes("conversations") || part.type.includes("channels")) return [{ options: asOptions(rooms(), (room) => `#${room.name}`) }];
  return part.option_groups ?? [{ options: part.options ?? [] }];
}

const SINGLE = { users_select: "selected_user", conversations_select: "selected_conversation", channels_select: "selected_channel" };
const SINGLE_FIRST = { users_select: "initial_user", conversations_select: "initial_conversation", channels_select: "initial_channel" };

function select(part, block, scope) {
  const key = SINGLE[part.type];
  const groups = optionsOf(part);
  const all = groups.flatMap((group) => group.options);
  const held = kept(scope, block, part);
  const first = key ? held?.[key] ?? part[SINGLE_FIRST[part.type]] ?? here(part) : (held?.selected_option ?? part.initial_option)?.value;
  const drawn = (option) => el("option", { value: option.value, text: option.text.text });
  const placeholder = part.placeholder?.text ?? "Choose…";
  const node = el("select", { class: "field-input", "aria-label": scope.label ?? placeholder },
    el("option", { value: "", text: placeholder }),
    groups.map((group) => (group.label ? el("optgroup", { label: group.label.text }, group.options.map(drawn)) : group.options.map(drawn))),
  );
  node.value = first ?? "";
  const state = () => {
    const option = all.find((one) => one.value === node.value) ?? null;
    return key ? { [key]: option?.value ?? null } : { selected_option: option };
  };
  keep(scope, block, part, state());
  node.addEventListener("change", () => {
    keep(scope, block, part, state());
    if (node.value) tell(node, part, block, scope, state());
  });
  return node;
}

/** `default_to_current_conversation`: where the person is looking. */
function here(part) {
  return part.default_to_current_conversation ? current()?.id : undefined;
}

const MANY = { multi_users_select: "selected_users", multi_conversations_select: "selected_conversations", multi_channels_select: "selected_channels" };
const MANY_FIRST = { multi_users_select: "initial_users", multi_conversations_select: "initial_conversations", multi_channels_select: "initial_channels" };

function multiSelect(part, block, scope) {
  const key = MANY[part.type];
  const all = optionsOf(part).flatMap((group) => group.options);
  const held = kept(scope, block, part);
  const first = key ? held?.[key] ?? part[MANY_FIRST[part.type]] ?? [] : (held?.selected_options ?? part.initial_options ?? []).map((option) => option.value);
  const chosen = new Set(first);
  const summary = el("summary", {});
  const state = () => {
    const options = all.filter((option) => chosen.has(option.value));
    return key ? { [key]: options.map((option) => option.value) } : { selected_options: options };
  };
  const write = () => {
    const names = all.filter((option) => chosen.has(option.value)).map((option) => option.text.text);
    summary.textContent = names.length ? names.join(", ") : part.placeholder?.text ?? "Choose…";
    keep(scope, block, part, state());
  };
  const boxes = all.map((option) => {
    const box = el("input", { type: "checkbox" });
    box.checked = chosen.has(option.value);
    box.addEventListener("change", () => {
      if (box.checked && part.max_selected_items && chosen.size >= part.max_selected_items) box.checked = false;
      else if (box.checked) chosen.add(option.value);
      else chosen.delete(option.value);
      write();
      tell(node, part, block, scope, state());
    });
    return el("label", { class: "choice" }, box, el("span", {}, textObject(option.text)));
  });
  const node = el("details", { class: "multi field-input" }, summary, el("div", { class: "multi-list" }, boxes));
  write();
  return node;
}
