// Light or dark: as the computer says, unless one chose here. The choice is all that this page keeps in the browser's store.

const root = document.documentElement;
const KEY = "appearance";

export const THEMES = { system: "As this computer", light: "Light", dark: "Dark" };

export function theme() {
  return root.dataset.theme ?? "system";
}

export function setTheme(name) {
  if (name === "system") {
    delete root.dataset.theme;
    localStorage.removeItem(KEY);
  } else {
    root.dataset.theme = name;
    localStorage.setItem(KEY, name);
  }
}

const before = localStorage.getItem(KEY);
if (before in THEMES) setTheme(before);
