// Stands between Send and the mail: asks the program, shows what it says, returns what the user
// chooses. Whatever fails here, the mail goes out and the user hears of it.
// SPDX-License-Identifier: GPL-3.0-or-later

import { answersOf, draftOf, verdictOf, within } from "./draft.js";
import { ask } from "./host.js";
import { settings } from "./settings.js";

const SHOWN = 10; // seconds that a window may take to come up

// Warnings that are open, by the key in their address: {tab, verdict, port, settle}.
const warnings = new Map();

// --- telling ---

function tell(title, what) {
  browser.storage.local.set({ problem: { when: Date.now(), what } }).catch(() => {});
  browser.notifications.create({
    type: "basic",
    iconUrl: browser.runtime.getURL("icon.svg"),
    title: browser.i18n.getMessage(title),
    message: what,
  }).catch(() => {});
}

// --- the draft ---

// The mail that a draft is related to is what it answers; of a saved draft, where that is gone, the
// draft as it was saved. A forward answers nobody. What can't be found out is left out.
async function answered({ type, relatedMessageId }) {
  if (!relatedMessageId || !["reply", "draft"].includes(type))
    return {};
  try {
    const related = await browser.messages.get(relatedMessageId);
    if (related.folder?.specialUse.includes("drafts"))
      return answersOf((await browser.messages.getFull(relatedMessageId)).headers);
    return { inReplyTo: related.headerMessageId };
  } catch (error) {
    console.warn("cadence: what this answers is not known:", error);
    return {};
  }
}

async function gather(tab, details) {
  const attachments = await browser.compose.listAttachments(tab.id).catch(() => []);
  return draftOf(details, await answered(details), attachments.length);
}

// --- the warning ---

// Shows the verdict; what comes back is {send: boolean, reason: string}. A window that is closed, or
// whose compose window is closed, says no.
async function warn(tab, verdict) {
  const key = crypto.randomUUID();
  const answer = new Promise(settle => warnings.set(key, { tab, verdict, settle }));
  try {
    const opened = browser.windows.create({
      url: `warn.html?${key}`,
      type: "popup",
      width: 600,
      height: 320,
      allowScriptsToClose: true,
    });
    await within(SHOWN, shown(key, opened), browser.i18n.getMessage("notShown"));
    return await answer;
  } catch (error) {
    tell("notSent", `${verdict.summary ?? ""} (${error.message})`);
    return { send: false };
  } finally {
    warnings.delete(key);
  }
}

// Once the page has connected; throws where the window can't be opened.
function shown(key, opened) {
  return new Promise((resolve, reject) => {
    warnings.get(key).connected = resolve;
    opened.catch(reject);
  });
}

browser.runtime.onConnect.addListener(port => {
  const warning = warnings.get(port.name);
  if (!warning) {
    port.disconnect();
    return;
  }
  port.onMessage.addListener(message => {
    if ("send" in message)
      warning.settle(message);
  });
  port.onDisconnect.addListener(() => warning.settle({ send: false }));
  port.postMessage(warning.verdict);
  warning.port = port;
  warning.connected?.();
});

browser.tabs.onRemoved.addListener(id => {
  for (const warning of warnings.values()) {
    if (warning.tab.id === id) {
      warning.port?.disconnect();
      warning.settle({ send: false });
    }
  }
});

// --- Send ---

async function judge(tab, details, limit) {
  const draft = await gather(tab, details);
  const reply = await ask({ type: "check", draft }, limit);
  return { draft, verdict: verdictOf(reply, browser.i18n.getMessage("noVerdict")) };
}

// That the user wants it sent is told the program, for whatever else of it stands behind.
async function allow(draft, reason, limit) {
  const reply = await ask({ type: "allow", draft, reason: reason || undefined }, limit);
  if (reply.status !== 0)
    throw new Error(reply.message);
}

async function maySend(tab, details) {
  const { limit, off } = await settings();
  if (off.includes(details.identityId))
    return true;
  const late = browser.i18n.getMessage("late", [String(limit)]);
  const { draft, verdict } = await within(limit + 0.5, judge(tab, details, limit), late);
  if (verdict.decision === "send")
    return true;
  const { send, reason } = await warn(tab, verdict);
  if (send)
    await allow(draft, reason, limit).catch(error => tell("notAllowed", error.message));
  return send;
}

browser.compose.onBeforeSend.addListener(async (tab, details) => {
  try {
    return { cancel: !(await maySend(tab, details)) };
  } catch (error) {
    tell("notChecked", error.message);
    return { cancel: false };
  }
});

// --- the menu ---

browser.menus.create(
  { id: "party", title: browser.i18n.getMessage("menu"), contexts: ["message_list"] },
  () => void browser.runtime.lastError, // it is there already, from before this page slept
);

browser.menus.onClicked.addListener(({ selectedMessages }) => {
  const message = selectedMessages?.messages[0];
  if (message)
    browser.windows.create({
      url: `party.html?${message.id}`,
      type: "popup",
      width: 860,
      height: 760,
      allowScriptsToClose: true,
    });
});
