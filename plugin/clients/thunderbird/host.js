// Asks the program: a process of the native host for each question, so that none waits for another
// and a host that hangs is ended with it.
// SPDX-License-Identifier: GPL-3.0-or-later

const HOST = "org.notmuch.cadence";
const SOONER = 0.2; // seconds by which the host gives up before we do: it knows better what failed

const { getMessage } = browser.i18n;

// The host's reply {status, output, message}. Throws where there is none within so many seconds.
export function ask(request, seconds) {
  return new Promise((resolve, reject) => {
    let port;
    const end = (settle, value) => {
      clearTimeout(timer);
      port?.disconnect();
      settle(value);
    };
    const fail = what => end(reject, new Error(what));
    const timer = setTimeout(() => fail(getMessage("late", [String(seconds)])), seconds * 1000);
    try {
      port = browser.runtime.connectNative(HOST);
      port.onDisconnect.addListener(() => fail(getMessage("gone", [port.error?.message ?? ""])));
      port.onMessage.addListener(reply => {
        if (reply?.id === 1)
          reply.error ? fail(reply.error) : end(resolve, reply);
      });
      port.postMessage({ id: 1, limit: Math.round((seconds - SOONER) * 1000), ...request });
    } catch (error) {
      end(reject, error);
    }
  });
}
