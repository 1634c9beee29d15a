// Block Kit, to elements. `scope` says where the blocks stand and what a press does there.

import { fileAddress } from "../api.js";
import { el } from "../dom.js";
import { markdown } from "../markdown.js";
import { link, textObject } from "../mrkdwn.js";
import { element } from "./elements.js";
import { inputBlock } from "./inputs.js";
import { richText } from "./rich_text.js";
import { tableBlock } from "./table.js";
import { planBlock, taskCard } from "./tasks.js";

const RENDERERS = {
  section,
  divider: () => el("hr", { class: "block divider" }),
  header: (block) => el("h3", { class: "block header" }, textObject(block.text)),
  context: contextBlock,
  actions: actionsBlock,
  context_actions: contextActions,
  markdown: (block) => el("div", { class: "block prose" }, markdown(block.text)),
  rich_text: (block) => el("div", { class: "block prose" }, richText(block)),
  table: tableBlock,
  input: inputBlock,
  image: imageBlock,
  task_card: taskCard,
  plan: planBlock,
  video: videoBlock,
  call: (block) => el("div", { class: "block named", text: block.call?.v1?.name ? `A call: ${block.call.v1.name}` : "A call" }),
  file: (block) => el("div", { class: "block named", text: `A remote file: ${block.external_id}` }),
};

/** All blocks of a message or view; one that cannot be drawn is named instead of hidden. */
export function renderBlocks(blocks, scope) {
  return (blocks ?? []).map((block) => {
    const render = RENDERERS[block.type];
    const node = render ? render(block, scope) : el("div", { class: "block unknown", text: `This workspace does not draw ${block.type} blocks.` });
    node.dataset.blockId = block.block_id ?? "";
    return node;
  });
}

function section(block, scope) {
  const accessory = block.accessory ? el("div", { class: "accessory" }, element(block.accessory, block, scope)) : null;
  const fields = block.fields?.length
    ? el("div", { class: "fields" }, block.fields.map((field) => el("div", { class: "field prose" }, textObject(field))))
    : null;
  const text = block.text ? el("div", { class: "prose" }, textObject(block.text)) : null;
  return el("div", { class: "block section" }, el("div", { class: "section-text" }, text, fields), accessory);
}

function contextBlock(block) {
  const parts = block.elements.map((part) =>
    part.type === "image" ? picture(part, "context-image") : el("span", { class: "prose" }, textObject(part)),
  );
  return el("div", { class: "block context" }, parts);
}

function actionsBlock(block, scope) {
  return el("div", { class: "block actions" }, block.elements.map((part) => element(part, block, scope)));
}

function contextActions(block, scope) {
  return el("div", { class: "block context-actions" }, block.elements.map((part) => element(part, block, scope)));
}

function imageBlock(block) {
  const title = block.title ? el("figcaption", {}, textObject(block.title)) : null;
  return el("figure", { class: "block image" }, title, picture(block, "block-image"));
}

/** A video is named and linked: this page loads nothing from outside. */
function videoBlock(block) {
  const title = block.title_url ? link(block.title_url, textObject(block.title)) : el("strong", {}, textObject(block.title));
  const from = [block.author_name, block.provider_name].filter(Boolean).join(" · ");
  return el("div", { class: "block named video" },
    el("div", {}, "Video: ", title), block.description ? el("div", {}, textObject(block.description)) : null,
    from ? el("div", { class: "note", text: from }) : null);
}

/** A picture from this workspace; one from elsewhere is only linked, since this page loads nothing from outside. */
export function picture(block, kind) {
  const address = block.image_url ?? block.slack_file?.url ?? (block.slack_file?.id ? `${location.origin}${fileAddress(block.slack_file.id)}` : "");
  if (address.startsWith(location.origin) || address.startsWith("data:image/")) {
    return el("img", { class: kind, src: address, alt: block.alt_text ?? "" });
  }
  return el("span", { class: "outside-image" }, link(address, [block.alt_text || "image"]));
}
