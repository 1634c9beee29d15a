// A small menu beside the thing that opened it: arrow keys move, Escape closes, focus goes back.

import { el } from "./dom.js";

let close = () => {};

/** Opens a menu of `{label, note, run, danger}` items, or of any nodes given as `content`. */
export function openMenu(anchor, items, content = null) {
  close();
  const layer = document.getElementById("menu-layer");
  const buttons = items.map((item) =>
    el("button", { type: "button", role: item.checked === undefined ? "menuitem" : "menuitemradio", "aria-checked": item.checked === undefined ? null : String(item.checked), class: `menu-item${item.danger ? " danger" : ""}`, on: { click: () => { shut(true); item.run(); } } },
      el("span", { text: item.label }), item.note ? el("span", { class: "note", text: item.note }) : null),
  );
  const menu = el("div", { class: "menu", role: items.length ? "menu" : "dialog" }, content, buttons);
  const host = anchor.closest("dialog[open]") ?? layer;
  host.append(menu);
  place(menu, anchor);
  const outside = (event) => !menu.contains(event.target) && !anchor.contains(event.target) && shut(false);
  const keys = (event) => {
    const all = [...menu.querySelectorAll("button")];
    const at = all.indexOf(document.activeElement);
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); shut(true); }
    else if (event.key === "ArrowDown" || event.key === "ArrowRight") { event.preventDefault(); all[(at + 1) % all.length]?.focus(); }
    else if (event.key === "ArrowUp" || event.key === "ArrowLeft") { event.preventDefault(); all[(at - 1 + all.length) % all.length]?.focus(); }
    else if (event.key === "Tab") shut(false);
  };
  function shut(back) {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    if (back) anchor.focus();
    anchor.setAttribute("aria-expanded", "false");
    close = () => {};
  }
  close = () => shut(false);
  anchor.setAttribute("aria-expanded", "true");
  menu.addEventListener("keydown", keys);
  setTimeout(() => document.addEventListener("pointerdown", outside, true));
  menu.querySelector("button")?.focus();
}

function place(menu, anchor) {
  const at = anchor.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, innerWidth - menu.offsetWidth - 8));
  const below = at.bottom + 6;
  const top = below + menu.offsetHeight < innerHeight - 8 ? below : Math.max(8, at.top - menu.offsetHeight - 6);
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}
