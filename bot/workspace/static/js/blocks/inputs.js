// The input block: a label, one element, a hint and the place where an error stands.

import { upload } from "../api.js";
import { el } from "../dom.js";
import { plain, textObject } from "../mrkdwn.js";
import { element, keep, kept } from "./elements.js";

let count = 0;

export function inputBlock(block, scope) {
  count += 1;
  const id = `input-${count}`;
  const part = block.element;
  const optional = block.optional ? el("span", { class: "optional", text: "optional" }) : null;
  const inner = { ...scope, label: block.label.text, changed: scope.inputChanged ?? scope.changed };
  const field = typed(part, block, inner) ?? element(part, block, inner);
  const group = field.matches(".choices, .multi");
  const target = group || field.matches("input, textarea, select") ? field : field.querySelector("input, textarea, select");
  target?.setAttribute("id", id);
  if (part.focus_on_load) target?.setAttribute("autofocus", "");
  if (group) target.setAttribute("aria-labelledby", `${id}-label`);
  const hint = block.hint ? el("p", { class: "hint", id: `${id}-hint` }, textObject(block.hint)) : null;
  target?.setAttribute("aria-describedby", `${id}-hint ${id}-error`);
  if (!block.optional && !group) target?.setAttribute("aria-required", "true");
  return el("div", { class: "block input" },
    el(group ? "span" : "label", { for: group ? null : id, id: `${id}-label`, class: "input-label" }, plain(block.label.text), " ", optional),
    field,
    hint,
    el("p", { class: "input-error", id: `${id}-error`, role: "alert" }),
  );
}

const TYPES = { plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "text" };

function typed(part, block, scope) {
  if (part.type === "file_input") return fileInput(part, block, scope);
  if (part.type === "rich_text_input") return richInput(part, block, scope);
  if (!TYPES[part.type]) return null;
  const value = kept(scope, block, part)?.value ?? part.initial_value ?? "";
  const shared = { class: "field-input", placeholder: part.placeholder?.text, maxlength: part.max_length ?? 3000, autocomplete: "off" };
  const node = part.multiline
    ? el("textarea", { ...shared, rows: "4", value })
    : el("input", { ...shared, type: TYPES[part.type], inputmode: part.type === "number_input" ? "decimal" : null, value });
  const store = () => keep(scope, block, part, { value: node.value === "" ? null : node.value });
  store();
  node.addEventListener("input", store);
  const when = part.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const tell = () => block.dispatch_action && scope.act({ type: part.type, action_id: part.action_id, block_id: block.block_id, value: node.value });
  if (when.includes("on_character_entered")) node.addEventListener("input", tell);
  if (when.includes("on_enter_pressed")) node.addEventListener("keydown", (event) => event.key === "Enter" && !part.multiline && tell());
  return node;
}

function richInput(part, block, scope) {
  const held = kept(scope, block, part)?.rich_text_value ?? part.initial_value;
  const words = (held?.elements ?? []).flatMap((section) => section.elements ?? []).map((piece) => piece.text ?? "").join("");
  const node = el("textarea", { class: "field-input", rows: "4", placeholder: part.placeholder?.text, value: words });
  const store = () => {
    const section = { type: "rich_text_section", elements: [{ type: "text", text: node.value }] };
    keep(scope, block, part, { rich_text_value: node.value ? { type: "rich_text", elements: [section] } : null });
  };
  store();
  node.addEventListener("input", store);
  return node;
}

function fileInput(part, block, scope) {
  const accept = part.filetypes?.length ? part.filetypes.map((type) => `.${type}`).join(",") : null;
  const node = el("input", { type: "file", class: "field-input", accept, multiple: (part.max_files ?? 10) > 1 });
  keep(scope, block, part, { files: [] });
  node.addEventListener("change", async () => {
    const ids = await Promise.all([...node.files].slice(0, part.max_files ?? 10).map(upload));
    keep(scope, block, part, { files: ids.filter(Boolean).map((id, index) => ({ id, name: node.files[index].name })) });
  });
  return node;
}
