// All about the party of one message, and the everyday changes.
// SPDX-License-Identifier: GPL-3.0-or-later

import { settingsOf, termOf } from "./draft.js";
import { ask } from "./host.js";
import { find, text, translate } from "./page.js";

const PATIENCE = 30; // seconds: these may wait for notmuch's lock

// What each form asks the program for.
const requests = {
  hold: () => ({ day: find("day").value.trim() }),
  agree: () => ({
    settings: settingsOf({ every: find("every").value, stage: find("stage").value, note: find("note").value }),
  }),
  log: () => ({
    channel: find("channel").value,
    direction: find("direction").value,
    text: find("words").value.trim() || undefined,
  }),
};

let prospect;

// What the program said, good or bad.
async function say(request, place) {
  try {
    const { status, output, message } = await ask({ prospect, ...request }, PATIENCE);
    place.textContent = [output, message].filter(Boolean).join("\n").trim();
    return status === 0;
  } catch (error) {
    place.textContent = text("failed", error.message);
    return false;
  }
}

async function change(event) {
  event.preventDefault();
  const form = event.target;
  find("status").textContent = text("working");
  if (await say({ type: form.id, ...requests[form.id]() }, find("status"))) {
    form.reset();
    await say({ type: "show" }, find("show"));
  }
}

translate();
for (const name of Object.keys(requests))
  find(name).addEventListener("submit", change);
find("close").addEventListener("click", () => window.close());
document.addEventListener("keydown", event => {
  if (event.key === "Escape")
    window.close();
});
find("show").textContent = text("working");
try {
  const header = await browser.messages.get(Number(location.search.slice(1)));
  prospect = termOf(header.headerMessageId);
  find("subject").textContent = header.subject;
  document.title = header.subject;
  await say({ type: "show" }, find("show"));
} catch (error) {
  find("show").textContent = text("failed", error.message);
}
find("show").focus();
