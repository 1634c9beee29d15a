// The emoji that a billing bot and its people use, by Slack's shortcodes; an unknown one stays as it was written.

export const EMOJI = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", eyes: "👀", white_check_mark: "✅", heavy_check_mark: "✔️",
  ballot_box_with_check: "☑️", x: "❌", negative_squared_cross_mark: "❎", no_entry: "⛔", no_entry_sign: "🚫", warning: "⚠️", rotating_light: "🚨",
  question: "❓", grey_question: "❔", exclamation: "❗", grey_exclamation: "❕", bangbang: "‼️", information_source: "ℹ️",
  bulb: "💡", memo: "📝", pencil: "📝", pencil2: "✏️", clipboard: "📋", page_facing_up: "📄", page_with_curl: "📃",
  bookmark_tabs: "📑", books: "📚", book: "📖", open_book: "📖", notebook: "📓", bookmark: "🔖", label: "🏷️",
  file_folder: "📁", open_file_folder: "📂", card_index_dividers: "🗂️", inbox_tray: "📥", outbox_tray: "📤",
  mag: "🔍", mag_right: "🔎", link: "🔗", paperclip: "📎", pushpin: "📌", round_pushpin: "📍", scissors: "✂️",
  calendar: "📆", date: "📅", spiral_calendar_pad: "🗓️", clock1: "🕐", clock3: "🕒", hourglass: "⌛", hourglass_flowing_sand: "⏳",
  stopwatch: "⏱️", alarm_clock: "⏰", bell: "🔔", no_bell: "🔕", telephone_receiver: "📞", phone: "☎️", iphone: "📱",
  email: "✉️", envelope: "✉️", incoming_envelope: "📨", speech_balloon: "💬", thought_balloon: "💭", loudspeaker: "📢", mega: "📣",
  lock: "🔒", unlock: "🔓", closed_lock_with_key: "🔐", key: "🔑", shield: "🛡️", gear: "⚙️", wrench: "🔧", hammer_and_wrench: "🛠️",
  hospital: "🏥", stethoscope: "🩺", pill: "💊", brain: "🧠", busts_in_silhouette: "👥", bust_in_silhouette: "👤", couple: "👫",
  moneybag: "💰", dollar: "💵", credit_card: "💳", receipt: "🧾", chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉",
  bar_chart: "📊", abacus: "🧮", scales: "⚖️", balance_scale: "⚖️", bank: "🏦", office: "🏢", round_trip: "🔁",
  repeat: "🔁", arrows_counterclockwise: "🔄", arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️",
  red_circle: "🔴", large_red_circle: "🔴", large_orange_circle: "🟠", large_yellow_circle: "🟡", large_green_circle: "🟢",
  large_blue_circle: "🔵", large_purple_circle: "🟣", white_circle: "⚪", black_circle: "⚫", large_orange_square: "🟧",
  large_green_square: "🟩", large_yellow_square: "🟨", large_red_square: "🟥", white_large_square: "⬜", black_large_square: "⬛",
  small_blue_diamond: "🔹", small_orange_diamond: "🔸", star: "⭐", sparkles: "✨", tada: "🎉", trophy: "🏆", medal: "🏅",
  mortar_board: "🎓", seedling: "🌱", dart: "🎯", checkered_flag: "🏁", triangular_flag_on_post: "🚩", construction: "🚧",
  wave: "👋", raised_hands: "🙌", clap: "👏", pray: "🙏", muscle: "💪", point_right: "👉", point_left: "👈", point_up: "☝️",
  ok_hand: "👌", raised_hand: "✋", hand: "✋", handshake: "🤝", thinking_face: "🤔", smile: "😄", slightly_smiling_face: "🙂",
  smiley: "😃", grin: "😁", wink: "😉", relieved: "😌", sweat_smile: "😅", neutral_face: "😐", confused: "😕", cry: "😢",
  robot_face: "🤖", heart: "❤️", broken_heart: "💔", fire: "🔥", zap: "⚡", rocket: "🚀", 100: "💯", hash: "#️⃣",
  one: "1️⃣", two: "2️⃣", three: "3️⃣", four: "4️⃣", five: "5️⃣", six: "6️⃣", seven: "7️⃣", eight: "8️⃣", nine: "9️⃣", keycap_ten: "🔟",
  video_camera: "📹", computer: "💻", house: "🏠", globe_with_meridians: "🌐", us: "🇺🇸", sos: "🆘", new: "🆕", ok: "🆗",
  coffee: "☕", recycle: "♻️", hourglass_done: "⌛", arrow_forward: "▶️", black_square_for_stop: "⏹️", heavy_plus_sign: "➕",
  heavy_minus_sign: "➖", heavy_multiplication_x: "✖️", wastebasket: "🗑️", printer: "🖨️", floppy_disk: "💾", package: "📦",
};

// Drawn, so that the signs a verdict uses look alike everywhere, with or without an emoji font.
const DRAWN = {
  white_check_mark: ["square green", "m6.500 12.500 3.500 3.500 7.500-8"],
  heavy_check_mark: ["bare green", "m4.500 12.500 5 5L20 6.500"],
  x: ["bare red", "m6 6 12 12M18 6 6 18"],
  warning: ["triangle amber", "M12 9.500v4.500M12 17.200h.01"],
  question: ["bare red", "M8.500 9a3.500 3.500 0 1 1 5 3.200c-1 .5-1.500 1.100-1.500 2.300M12 18.500h.01"],
  grey_question: ["circle grey", "M9.300 9.800a2.800 2.800 0 1 1 4 2.600c-.9.4-1.300.9-1.300 1.700M12 17h.01"],
  no_entry: ["circle red", "M7 12h10"],
  lock: ["bare ink", "M7 11V8a5 5 0 0 1 10 0v3M5.500 11h13v9.500h-13z"],
  pencil2: ["bare ink", "M4 20h4L19 9l-4-4L4 16zM13 7l4 4"],
  arrow_right: ["bare ink", "M4 12h15M13 6l6 6-6 6"],
  twisted_rightwards_arrows: ["bare ink", "M3 7h4l8 10h6M18 14l3 3-3 3M3 17h4l2-2.500M13 9.500 15 7h6M18 4l3 3-3 3"],
  large_orange_diamond: ["diamond amber", ""],
  information_source: ["square blue", "M12 11v6M12 7.500h.01"],
  eyes: ["bare ink", "M4 12a4 5.500 0 1 0 8 0 4 5.500 0 1 0-8 0M12 12a4 5.500 0 1 0 8 0 4 5.500 0 1 0-8 0M9.500 13.500h.01M17.500 13.500h.01"],
  "+1": ["bare amber", "M7 20V10l4-7 1.500 1c.7.5 1 1.300.7 2.100L12.300 9H18a2 2 0 0 1 2 2.400l-1.300 7A2 2 0 0 1 16.700 20zM7 10H3.500v10H7"],
  "-1": ["bare amber", "M17 4v10l-4 7-1.500-1a2 2 0 0 1-.7-2.100L11.700 15H6a2 2 0 0 1-2-2.400l1.300-7A2 2 0 0 1 7.300 4zM17 14h3.500V4H17"],
  large_green_circle: ["circle green", ""], large_yellow_circle: ["circle amber", ""], large_orange_circle: ["circle amber", ""],
  red_circle: ["circle red", ""], large_red_circle: ["circle red", ""], large_blue_circle: ["circle blue", ""], white_circle: ["circle pale", ""],
};
const SAME = { thumbsup: "+1", thumbsdown: "-1", pencil: "pencil2", memo: "pencil2" };
const CHARACTERS = {
  "✅": "white_check_mark", "✔": "heavy_check_mark", "❌": "x", "⚠": "warning", "❓": "question", "❔": "grey_question", "⛔": "no_entry", "🔒": "lock",
  "🟢": "large_green_circle", "🟡": "large_yellow_circle", "🟠": "large_orange_circle", "🔴": "red_circle", "🔵": "large_blue_circle",
  "⚪": "white_circle", "🔶": "large_orange_diamond", "➡": "arrow_right", "✏": "pencil2", "ℹ": "information_source", "👍": "+1", "👎": "-1", "👀": "eyes", "🔀": "twisted_rightwards_arrows",
};
const CHARACTER = new RegExp(`(${Object.keys(CHARACTERS).join("|")})\\uFE0F?`, "gu");

/** A text with the drawn signs in place of their characters. */
export function withSigns(text) {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(CHARACTER)) {
    if (found.index > at) nodes.push(text.slice(at, found.index));
    nodes.push(drawn(CHARACTERS[found[1]]));
    at = found.index + found[0].length;
  }
  if (at < text.length) nodes.push(text.slice(at));
  return nodes;
}
const SHAPES = { diamond: "M12 2.500 21.500 12 12 21.500 2.500 12z", square: "M3 6a3 3 0 0 1 3-3h12a3 3 0 0 1 3 3v12a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3z", triangle: "M12 3.200 22 20.500H2z", circle: "M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0" };

/** What a shortcode shows (skin tones left aside): a drawn sign, a character, or null when it is unknown. */
export function emoji(name) {
  const known = SAME[name] ?? name.split("::")[0];
  return DRAWN[known] ? drawn(known) : EMOJI[known] ?? null;
}

function drawn(name) {
  const [kind, mark] = DRAWN[name];
  const [shape, color] = kind.split(" ");
  const node = svg("svg", { viewBox: "0 0 24 24", class: `sign ${color}`, role: "img", "aria-label": name.replaceAll("_", " ") });
  if (SHAPES[shape]) node.append(svg("path", { d: SHAPES[shape], class: "sign-shape" }));
  if (mark) node.append(svg("path", { d: mark, class: SHAPES[shape] ? "sign-mark" : "sign-line" }));
  return node;
}

function svg(tag, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

export const QUICK = ["eyes", "white_check_mark", "+1", "raised_hands", "question", "tada", "x", "bulb", "memo", "pray", "heart", "thinking_face"];
