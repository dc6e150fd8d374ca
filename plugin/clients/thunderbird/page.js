// What the pages share.
// SPDX-License-Identifier: GPL-3.0-or-later

export const text = (name, ...values) => browser.i18n.getMessage(name, values);
export const find = id => document.getElementById(id);

// An element with text: the only way in which anything from mail gets into a page.
export function element(name, content, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = content;
  for (const [attribute, value] of Object.entries(attributes))
    made.setAttribute(attribute, value);
  return made;
}

// A day (YYYY-MM-DD) as people write it here.
export function day(iso) {
  const long = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return element("time", new Date(`${iso}T00:00Z`).toLocaleDateString(undefined, long), { datetime: iso });
}

// Fills in what is to be translated: data-text="NAME of _locales".
export function translate() {
  document.documentElement.lang = browser.i18n.getUILanguage();
  for (const made of document.querySelectorAll("[data-text]"))
    made.textContent = text(made.dataset.text);
}
