// What the options page sets.
// SPDX-License-Identifier: GPL-3.0-or-later

export const LIMIT = 3; // seconds

// {limit: seconds, off: ids of the identities that are not looked after, problem: {when, what}|null}
export function settings() {
  return browser.storage.local.get({ limit: LIMIT, off: [], problem: null });
}
