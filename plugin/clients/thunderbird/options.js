// The options: which identities are looked after, how long to wait; and whether the program answers.
// SPDX-License-Identifier: GPL-3.0-or-later

import { ask } from "./host.js";
import { element, find, text, translate } from "./page.js";
import { LIMIT, settings } from "./settings.js";

function checkbox(identity, off) {
  const label = element("label", "");
  const box = element("input", "", { type: "checkbox", value: identity.id });
  box.checked = !off.includes(identity.id);
  label.append(box, ` ${identity.name} <${identity.email}>`);
  return label;
}

function save() {
  const off = [...document.querySelectorAll("#identities input:not(:checked)")].map(box => box.value);
  const limit = find("limit").valueAsNumber;
  return browser.storage.local.set({ off, limit: limit >= 1 && limit <= 30 ? limit : LIMIT });
}

translate();
const { limit, off, problem } = await settings();
const accounts = await browser.accounts.list(false);
const identities = accounts.flatMap(account => account.identities);
find("identities").append(...identities.map(identity => checkbox(identity, off)));
find("limit").value = limit;
find("problem").textContent = problem
  ? `${new Date(problem.when).toLocaleString()}: ${problem.what}` : text("none");
document.addEventListener("change", save);
find("program").textContent = await ask({ type: "ping" }, limit).then(
  reply => text("answers", reply.version), error => text("failed", error.message));
