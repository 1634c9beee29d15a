// Faces: initials on a person's colour, and the app's own mark.

import { el } from "./dom.js";

export function avatar(user, size = "") {
  if (user?.is_bot) return el("img", { class: `avatar ${size}`, src: "/static/icon.svg", alt: "" });
  const initials = (user?.real_name ?? "?").split(/\s+/).map((part) => part[0]).slice(0, 2).join("");
  return el("span", { class: `avatar ${size}`, "aria-hidden": "true", style: { "--face": `#${user?.color ?? "777777"}` }, text: initials });
}
