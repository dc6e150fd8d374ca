"""Thunderbird with a profile of its own, driven from outside: composing, sending, the extension's
windows.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import base64
import json
import os
import pathlib
import signal
import socket
import subprocess
import time

from marionette import Marionette

EXTENSION = "cadence@notmuch.org"
HOST = "org.notmuch.cadence"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def preferences(smtp_port, marionette_port):
    account = "mail.account.account2"
    server, identity, smtp = "mail.server.server2", "mail.identity.id1", "mail.smtpserver.smtp1"
    yield from {
        "marionette.port": marionette_port,
        "mail.accountmanager.accounts": "account1,account2",
        "mail.accountmanager.defaultaccount": "account2",
        "mail.accountmanager.localfoldersserver": "server1",
        "mail.account.account1.server": "server1",
        "mail.server.server1.type": "none",
        "mail.server.server1.hostname": "Local Folders",
        "mail.server.server1.userName": "nobody",
        "mail.server.server1.name": "Local Folders",
        f"{account}.server": "server2",
        f"{account}.identities": "id1",
        f"{server}.type": "pop3",
        f"{server}.hostname": "127.0.0.1",
        f"{server}.port": 1,
        f"{server}.userName": "rep",
        f"{server}.name": "rep",
        f"{server}.login_at_startup": False,
        f"{server}.check_new_mail": False,
        f"{identity}.useremail": "rep@example.com",
        f"{identity}.fullName": "Rep",
        f"{identity}.smtpServer": "smtp1",
        f"{identity}.valid": True,
        f"{identity}.compose_html": False,
        f"{identity}.fcc": False,
        f"{identity}.reply_on_top": 1,
        f"{identity}.draft_folder": "mailbox://nobody@Local%20Folders/Drafts",
        "mail.smtpservers": "smtp1",
        "mail.smtp.defaultserver": "smtp1",
        f"{smtp}.hostname": "127.0.0.1",
        f"{smtp}.port": smtp_port,
        f"{smtp}.authMethod": 1,
        f"{smtp}.try_ssl": 0,
        f"{smtp}.username": "",
        "app.donation.eoy.version.viewed": 999,
        "app.update.enabled": False,
        "datareporting.policy.dataSubmissionPolicyBypassNotification": True,
        "extensions.getAddons.cache.enabled": False,
        "mail.compose.autosave": False,
        "mail.compose.warn_public_recipients.aggressive": False,
        "mail.provider.suppress_dialog_on_startup": True,
        "mail.rights.version": 1,
        "mail.shell.checkDefaultClient": False,
        "mail.spotlight.firstRunDone": True,
        "mail.warn_on_send_accel_key": False,
        "mailnews.auto_config_url": "",
        "mailnews.start_page.enabled": False,
        "network.proxy.type": 0,
        "toolkit.telemetry.enabled": False,
    }.items()


def wait(what, seconds=20, every=0.1):
    """What `what` gives as soon as that is true."""
    end = time.monotonic() + seconds
    while True:
        value = what()
        if value:
            return value
        assert time.monotonic() < end, f"waited {seconds} s in vain for {what.__doc__ or what}"
        time.sleep(every)


class Thunderbird:
    def __init__(self, folder, smtp_port):
        self.profile, self.home = folder / "profile", folder / "home"
        self.manifest = self.home / ".mozilla" / "native-messaging-hosts" / f"{HOST}.json"
        self.port = free_port()
        self.profile.mkdir(parents=True)
        self.log = open(folder / "thunderbird.log", "w")
        self.manifest.parent.mkdir(parents=True)
        with open(self.profile / "user.js", "w") as file:
            for name, value in preferences(smtp_port, self.port):
                print(f"user_pref({json.dumps(name)}, {json.dumps(value)});", file=file)
        self.start()

    def start(self):
        environment = dict(os.environ, HOME=str(self.home), MOZ_HEADLESS="1")
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_CONFIG_HOME", "G_DEBUG"):
            environment.pop(name, None)
        if os.geteuid() == 0:  # whose namespaces may not be had in a container
            environment["MOZ_DISABLE_CONTENT_SANDBOX"] = "1"
        self.process = subprocess.Popen(
            ["thunderbird", "--profile", str(self.profile), "--no-remote", "--marionette",
             "--remote-allow-system-access", "--headless"],
            env=environment, stdout=self.log, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            self.marionette = Marionette(self.port)
        except BaseException:
            self.stop()
            raise
        self.run = self.marionette.run
        self.run("""
          globalThis.MailServices = ChromeUtils.importESModule(
            "resource:///modules/MailServices.sys.mjs").MailServices;
          globalThis.extensionWindows = page => Array.from(Services.wm.getEnumerator(null)).flatMap(
            window => Array.from(window.document.querySelectorAll("browser")).filter(
              browser => browser.currentURI?.spec.includes(page)));
          globalThis.composer = () => Services.wm.getMostRecentWindow("msgcompose");
          globalThis.tabmail = () => Services.wm.getMostRecentWindow("mail:3pane").document.getElementById("tabmail");
          globalThis.identity = MailServices.accounts.defaultAccount.defaultIdentity;
          globalThis.root = MailServices.accounts.localFoldersServer.rootFolder.QueryInterface(Ci.nsIMsgLocalMailFolder);
          globalThis.folder = name => root.containsChildNamed(name) ? root.getChildNamed(name) : null;
          globalThis.alerts = [];
          const service = {
            QueryInterface: ChromeUtils.generateQI(["nsIAlertsService"]),
            showAlert: alert => alerts.push(`${alert.title}: ${alert.text}`),
            closeAlert() {},
          };
          const factory = {
            QueryInterface: ChromeUtils.generateQI(["nsIFactory"]),
            createInstance: iid => service.QueryInterface(iid),
          };
          Components.manager.QueryInterface(Ci.nsIComponentRegistrar).registerFactory(
            Services.uuid.generateUUID(), "alerts", "@mozilla.org/alerts-service;1", factory);""")

    def stop(self):
        """Ends it, and whatever it started (they share a process group of their own)."""
        try:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def restart(self):
        self.marionette.command("Marionette:Quit", flags=["eForceQuit"])
        self.process.wait(30)
        self.start()

    def install(self, xpi):
        self.marionette.command("Addon:Install", path=str(xpi), temporary=False)

    def enable(self, on):
        self.run("""const {AddonManager} = ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
          const addon = await AddonManager.getAddonByID(arguments[0]);
          await (arguments[1] ? addon.enable() : addon.disable());""", EXTENSION, on)

    # --- compose windows ---

    def composers(self):
        """How many compose windows are open and ready."""
        return self.run("""return Array.from(Services.wm.getEnumerator("msgcompose")).filter(
          window => window.composeEditorReady).length""")

    def compose(self, to, subject="Following up", body="The new blades come in 12 widths.\n", cc="", bcc="", html=False, attach=None):
        self.run("""
          const fields = Cc["@mozilla.org/messengercompose/composefields;1"].createInstance(Ci.nsIMsgCompFields);
          [fields.to, fields.cc, fields.bcc, fields.subject, fields.body] = arguments;
          if (arguments[6]) {
            const attachment = Cc["@mozilla.org/messengercompose/attachment;1"].createInstance(Ci.nsIMsgAttachment);
            attachment.url = arguments[6];
            fields.addAttachment(attachment);
          }
          const params = Cc["@mozilla.org/messengercompose/composeparams;1"].createInstance(Ci.nsIMsgComposeParams);
          params.composeFields = fields;
          params.identity = identity;
          params.type = Ci.nsIMsgCompType.New;
          params.format = arguments[5] ? Ci.nsIMsgCompFormat.HTML : Ci.nsIMsgCompFormat.PlainText;
          MailServices.compose.OpenComposeWindowWithParams(null, params);""",
                 to, cc, bcc, subject, body, html, attach and attach.as_uri())
        wait(self.composers)

    def import_mail(self, path, folder="Received"):
        """Puts a mail file into a local folder, from which it can be answered."""
        self.run("""
          const place = folder(arguments[1]) ?? root.createLocalSubfolder(arguments[1]);
          place.QueryInterface(Ci.nsIMsgLocalMailFolder).addMessage(arguments[0]);""",
                 "From - Thu Jan 01 00:00:00 1970\n" + path.read_text(), folder)

    def answer(self, message_id, body):
        """Opens an answer to an imported mail."""
        self.open_message(message_id, "Received", "Reply")
        wait(self.composers)
        self.run("composer().GetCurrentEditor().insertText(arguments[0])", body)

    def open_message(self, message_id, folder, how):
        self.run("""
          const place = folder(arguments[1]);
          const header = Array.from(place.messages).find(one => !arguments[0] || one.messageId === arguments[0]);
          MailServices.compose.OpenComposeWindow(null, header, place.getUriForMsg(header),
            Ci.nsIMsgCompType[arguments[2]], Ci.nsIMsgCompFormat.PlainText, identity, null, null);""",
                 message_id, folder, how)

    def command(self, name):
        self.run("""const window = composer();
          window.setTimeout(() => window.goDoCommand(arguments[0]), 0);""", name)

    def send(self):
        self.command("cmd_sendNow")

    def draft(self):
        """The compose window's state: its fields, text, and whether it is locked."""
        return self.run("""const window = composer();
          if (!window) return null;
          const fields = window.gMsgCompose.compFields;
          return {locked: window.gWindowLocked, to: fields.to, subject: fields.subject,
            text: window.GetCurrentEditor().outputToString("text/plain", 0),
            readonly: window.GetCurrentEditor().flags & Ci.nsIEditor.eEditorReadonlyMask};""")

    def language(self):
        """The language of the draft's spelling, once that is known."""
        return self.run("return composer().gMsgCompose.compFields.contentLanguage")

    def close_composers(self):
        self.run("""for (const window of Services.wm.getEnumerator("msgcompose")) {
            window.gContentChanged = false; window.gMsgCompose.bodyModified = false; window.close(); }""")
        wait(lambda: self.composers() == 0)

    def messages(self, folder):
        return self.run("return Array.from(folder(arguments[0])?.messages ?? []).length", folder)

    # --- the extension's pages ---

    def pages(self, name):
        return self.run("return extensionWindows(arguments[0]).length", name)

    def page(self, name, script):
        """Runs a script in the page of that name (it sits in a process of its own), with `done` for its
        answer."""
        return self.run("""
          const browser = extensionWindows(arguments[0])[0];
          if (!browser) throw new Error("no such page is open");
          const manager = browser.messageManager, script = arguments[1];
          return new Promise(resolve => {
            manager.addMessageListener("cadence:said", function heard(message) {
              manager.removeMessageListener("cadence:said", heard);
              resolve(message.data);
            });
            manager.loadFrameScript("data:application/javascript," + encodeURIComponent(
              `{ const done = value => sendAsyncMessage("cadence:said", value);
                 const document = content.document, find = id => document.getElementById(id);
                 ${script} }`), false);
          });""", name, script)

    def warning(self, seconds=20):
        """What the warning says, once it is there."""
        wait(lambda: self.pages("warn.html"), seconds)
        return wait(lambda: self.page("warn.html", """done(!find("reasons")?.children.length ? null : {
          summary: find("summary").textContent, until: find("until").querySelector("time")?.dateTime ?? null,
          reasons: Array.from(find("reasons").children, item => item.textContent),
          severities: Array.from(find("reasons").children, item => item.className),
          focus: document.activeElement.id, role: document.querySelector("main").getAttribute("role"),
          described: document.querySelector("main").getAttribute("aria-describedby"),
          why: !find("why").hidden, label: document.querySelector("label[for=reason]").textContent,
          send: find("send").textContent, back: find("back").textContent, may: !find("send").disabled,
          title: document.title, language: document.documentElement.lang})"""))

    # Both may close the page: so it answers first.
    def click(self, name, element):
        self.page(name, f'done(true); find("{element}").click()')

    def key(self, name, key):
        """As if it was typed."""
        self.page(name, f"""done(true);
          const typist = Cc["@mozilla.org/text-input-processor;1"].createInstance(Ci.nsITextInputProcessor);
          typist.beginInputTransactionForTests(content);
          const event = new content.KeyboardEvent("", {{key: "{key}", code: "{key}",
            keyCode: content.KeyboardEvent["DOM_VK_" + ({{Enter: "RETURN"}}["{key}"] ?? "{key}".toUpperCase())]}});
          typist.keydown(event); typist.keyup(event);""")

    def open_page(self, name):
        """Opens a page of the extension in a tab."""
        self.run("""
          const policy = WebExtensionPolicy.getByID(arguments[0]);
          tabmail().openTab("contentTab", {
            url: policy.getURL(arguments[1]), linkHandler: "single-page", duplicate: true,
            initialBrowsingContextGroupId: policy.browsingContextGroupId,
            triggeringPrincipal: policy.extension.principal});""", EXTENSION, name)
        wait(lambda: self.pages(name))

    def close_tabs(self):
        self.run("while (tabmail().tabInfo.length > 1) tabmail().closeTab(tabmail().tabInfo[1], true)")

    def menu(self, folder, item):
        """Selects the first message of a local folder, opens its menu and takes an item of the extension."""
        self.run("tabmail().currentAbout3Pane.displayFolder(folder(arguments[0]).URI)", folder)
        wait(lambda: self.run("""
          const pane = tabmail().currentAbout3Pane;
          if (!pane.gDBView?.rowCount) return false;
          pane.threadTree.selectedIndex = 0;
          return pane.threadTree.getRowAtIndex(0) && pane.gDBView.selection.count === 1;"""))
        self.run("""
          const pane = tabmail().currentAbout3Pane;
          const popup = pane.document.getElementById("mailContext");
          const shown = new Promise(resolve => popup.addEventListener("popupshown", resolve, {once: true}));
          const row = pane.threadTree.getRowAtIndex(0);
          row.dispatchEvent(new pane.MouseEvent("contextmenu", {bubbles: true, cancelable: true, view: pane}));
          await shown;
          popup.activateItem(popup.querySelector(`[id="${arguments[0]}"]`));""",
                 f"cadence_notmuch_org-menuitem-_{item}")

    def close(self, name):
        """As the window manager would."""
        self.run("extensionWindows(arguments[0])[0].documentGlobal.close()", name)

    def picture(self, name, file):
        """The page as a PNG, as high as what is in it."""
        height = self.page(name, "done(Math.ceil(document.body.getBoundingClientRect().height))")
        file.write_bytes(base64.b64decode(self.run("""
          const browser = extensionWindows(arguments[0])[0];
          const bitmap = await browser.browsingContext.currentWindowGlobal.drawSnapshot(
            new DOMRect(0, 0, browser.clientWidth, arguments[1]), 1, "rgb(255, 255, 255)");
          const document = browser.ownerDocument;
          const canvas = document.createElementNS("http://www.w3.org/1999/xhtml", "canvas");
          [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
          canvas.getContext("2d").drawImage(bitmap, 0, 0);
          return canvas.toDataURL("image/png").split(",")[1];""", name, height)))

    # --- the extension itself ---

    def sleep(self):
        """Puts the extension's background page to sleep, as an idle one is."""
        self.run("""await WebExtensionPolicy.getByID(arguments[0]).extension.terminateBackground(
          {ignoreDevToolsAttached: true, disableResetIdleForTest: true})""", EXTENSION)

    def alerts(self):
        """The notifications since it was last asked."""
        return self.run("return alerts.splice(0)")

    def storage(self):
        """What the extension has kept."""
        return self.run("""
          const {ExtensionStorageIDB} = ChromeUtils.importESModule("resource://gre/modules/ExtensionStorageIDB.sys.mjs");
          const {extension} = WebExtensionPolicy.getByID(arguments[0]);
          const connection = await ExtensionStorageIDB.open(ExtensionStorageIDB.getStoragePrincipal(extension));
          return await connection.get(null);""", EXTENSION)
