// The table block: rows of raw or rich cells; the first row is its heading.

import { el } from "../dom.js";
import { plain } from "../mrkdwn.js";
import { richText } from "./rich_text.js";

export function tableBlock(block) {
  const [head, ...body] = block.rows;
  const settings = block.column_settings ?? [];
  const cell = (tag) => (part, index) =>
    el(tag, { class: `align-${settings[index]?.align ?? "left"}${settings[index]?.is_wrapped ? "" : " short"}`, scope: tag === "th" ? "col" : null },
      part.type === "rich_text" ? richText(part) : plain(String(part.text ?? part.value ?? "")));
  const grid = el("table", { class: head.length < 3 ? "two" : null }, el("thead", {}, el("tr", {}, head.map(cell("th")))), el("tbody", {}, body.map((row) => el("tr", {}, row.map(cell("td"))))));
  return el("div", { class: "block table-scroll", tabindex: "0", role: "group", "aria-label": "Table" }, grid);
}
