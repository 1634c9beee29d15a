// Times as people read them.

const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", month: "long", day: "numeric" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

export const moment = (ts) => new Date(Number(ts.split(".")[0]) * 1000);
export const timeOf = (ts) => clock.format(moment(ts));
/** The hour and minute alone, for the narrow place beside a message that follows another. */
export const shortTime = (ts) => clock.formatToParts(moment(ts)).filter((part) => part.type !== "dayPeriod").map((part) => part.value).join("").trim();
export const fullTime = (ts) => full.format(moment(ts));

export function dayOf(ts) {
  const date = moment(ts);
  const days = Math.round((midnight(new Date()) - midnight(date)) / 86400000);
  return days === 0 ? "Today" : days === 1 ? "Yesterday" : day.format(date);
}

function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}

/** Slack's <!date^unix^format|fallback>. */
export function slackDate(unix, format) {
  const date = new Date(Number(unix) * 1000);
  if (Number.isNaN(date.getTime())) return "";
  const short = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" }).format(date);
  const parts = {
    date_num: date.toISOString().slice(0, 10),
    date: new Intl.DateTimeFormat(undefined, { dateStyle: "long" }).format(date),
    date_short: short,
    date_long: new Intl.DateTimeFormat(undefined, { dateStyle: "full" }).format(date),
    date_pretty: short,
    date_short_pretty: short,
    date_long_pretty: short,
    time: clock.format(date),
    time_secs: clock.format(date),
    ago: short,
  };
  return format.replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);
}
