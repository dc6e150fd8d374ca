// The warning: what the program says, and two ways on. Going back is what Escape, Enter at first and
// closing the window do.
// SPDX-License-Identifier: GPL-3.0-or-later

import { day, element, find, text, translate } from "./page.js";

const AWAKE = 2000; // ms: the background page must not fall asleep while it waits for us

const port = browser.runtime.connect({ name: location.search.slice(1) });

function answer(send) {
  port.postMessage({ send, reason: find("reason").value.trim() });
  window.close();
}

function reasonItem({ severity, message, until }, verdict) {
  const item = element("li", "", { class: severity });
  item.append(element("span", text(severity), { class: "severity" }), message);
  if (until && until !== verdict.until)
    item.append(" ", text("fineFrom"), " ", day(until));
  return item;
}

function show(verdict) {
  find("summary").textContent = verdict.summary ?? text("better");
  document.title = find("summary").textContent;
  if (verdict.until) {
    find("until").append(text("fineFrom"), " ", day(verdict.until));
    find("until").hidden = false;
  }
  find("reasons").append(...verdict.reasons.map(reason => reasonItem(reason, verdict)));
  const stop = verdict.decision === "stop";
  find("why").hidden = !stop;
  find("reason").required = stop;
  find("send").disabled = stop;
  find("back").focus();
}

translate();
port.onMessage.addListener(show);
port.onDisconnect.addListener(() => window.close());
setInterval(() => port.postMessage({}), AWAKE);
find("reason").addEventListener("input", () => {
  find("send").disabled = !find("reason").value.trim();
});
find("back").addEventListener("click", () => answer(false));
find("form").addEventListener("submit", event => {
  event.preventDefault();
  if (!find("send").disabled)
    answer(true);
});
document.addEventListener("keydown", event => {
  if (event.key === "Escape")
    answer(false);
});
