// What goes to the program and what comes back, as values: no browser in here.
// SPDX-License-Identifier: GPL-3.0-or-later

// The draft for the host. `details` is Thunderbird's ComposeDetails; `answers` {inReplyTo, references}.
export function draftOf(details, answers, attachments) {
  return {
    from: details.from,
    to: details.to,
    cc: details.cc,
    bcc: details.bcc,
    subject: details.subject,
    text: details.plainTextBody, // of an HTML draft, too: with its pictures that may be megabytes
    attachments,
    ...answers,
  };
}

// The ids that a saved draft answers, from its header (messages.getFull).
export function answersOf(headers) {
  return { inReplyTo: headers?.["in-reply-to"]?.[0], references: headers?.references?.[0] };
}

function parse(json) {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

// The verdict in a reply of the host; throws where there is none: with why, or else `none`.
export function verdictOf(reply, none) {
  const verdict = parse(reply.output);
  if (!["send", "warn", "stop"].includes(verdict?.decision) || !Array.isArray(verdict.reasons))
    throw new Error(verdict?.unknown || reply.message || none);
  return verdict;
}

// The message as PROSPECT of a command: whatever its id is made of, it is one term.
export function termOf(headerMessageId) {
  const plain = /^[\w.@+-]+$/.test(headerMessageId);
  return plain ? `id:${headerMessageId}` : `id:"${headerMessageId.replaceAll('"', '""')}"`;
}

// The keys of an agreement that were filled in.
export function settingsOf(fields) {
  return Object.entries(fields).filter(([, value]) => value.trim()).map(([key, value]) => `${key}=${value.trim()}`);
}

// Settles as `promise` does, or throws `late` after so many seconds.
export function within(seconds, promise, late) {
  let timer;
  const end = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(late)), seconds * 1000);
  });
  return Promise.race([promise, end]).finally(() => clearTimeout(timer));
}
