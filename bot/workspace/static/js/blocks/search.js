// External selects: what one types goes to the app, which answers with the options.

import { act as call } from "../api.js";
import { el, fill, iconButton } from "../dom.js";
import { keep, kept, tell } from "./elements.js";

let count = 0;

/** A field whose suggestions come from the app; `onPick` gets the option that was chosen. */
function searchField(part, block, scope, held, onPick) {
  count += 1;
  const list = `options-${count}`;
  const known = new Map(held.map((option) => [option.text.text, option]));
  const node = el("input", { class: "field-input", list, placeholder: part.placeholder?.text ?? "Type to search", "aria-label": scope.label ?? part.placeholder?.text ?? "Search", autocomplete: "off" });
  const options = el("datalist", { id: list });
  const ask = async () => {
    const answer = await call("suggest", { container: scope.container, block_id: block.block_id, action_id: part.action_id, value: node.value }, { quiet: true });
    const found = [...(answer.options ?? []), ...(answer.option_groups ?? []).flatMap((group) => group.options)];
    for (const one of found) known.set(one.text.text, one);
    options.replaceChildren(...found.map((one) => el("option", { value: one.text.text })));
  };
  let waiting = 0;
  node.addEventListener("input", () => {
    const option = known.get(node.value) ?? null;
    onPick(option);
    clearTimeout(waiting);
    if (!option && node.value.length >= (part.min_query_length ?? 3)) waiting = setTimeout(ask, 250);
  });
  return [node, options];
}

export function externalSelect(part, block, scope) {
  const held = kept(scope, block, part)?.selected_option ?? part.initial_option ?? null;
  keep(scope, block, part, { selected_option: held });
  const [node, options] = searchField(part, block, scope, held ? [held] : [], (option) => {
    keep(scope, block, part, { selected_option: option });
    if (option) tell(node, part, block, scope, { selected_option: option });
  });
  node.value = held?.text.text ?? "";
  return el("span", { class: "external" }, node, options);
}

export function multiExternal(part, block, scope) {
  let chosen = kept(scope, block, part)?.selected_options ?? part.initial_options ?? [];
  const picked = el("span", { class: "picked" });
  const change = (options) => {
    chosen = options;
    write();
    tell(node, part, block, scope, { selected_options: chosen });
  };
  const write = () => {
    keep(scope, block, part, { selected_options: chosen });
    fill(picked, chosen.map((option) => el("span", { class: "chip" }, option.text.text,
      iconButton("close", `Remove ${option.text.text}`, () => { change(chosen.filter((one) => one.value !== option.value)); node.focus(); }))));
  };
  const [node, options] = searchField(part, block, scope, chosen, (option) => {
    const full = part.max_selected_items && chosen.length >= part.max_selected_items;
    if (!option || full || chosen.some((one) => one.value === option.value)) return;
    node.value = "";
    change([...chosen, option]);
  });
  write();
  return el("span", { class: "external" }, picked, node, options);
}
