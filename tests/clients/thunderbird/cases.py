#!/usr/bin/env python3
"""What Send does in Thunderbird, case by case (TAP). Run by t-thunderbird.sh.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import datetime
import email
import email.policy
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import textwrap
import time
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import smtp  # noqa: E402
from client import HOST, Thunderbird, wait  # noqa: E402

work, xpi, root = (pathlib.Path(word) for word in sys.argv[1:4])
wanted = sys.argv[4:]
sample = work / "sample"
program = work / "host"  # what the manifest names
MAPLE, HAZEL, CEDAR = "manager@maple.example", "buyer@hazel.example", "buyer@cedar.example"
STRANGER = "somebody@stranger.example"

server = smtp.Server()
bird = Thunderbird(work / "thunderbird", server.port)



def frame(text):
    """A program that says this and stays."""
    return rf"printf '\{len(text):03o}\0\0\0%s' '{text}'; exec sleep 10"


REAL = 'exec cadence-native-host "$@"'
# What may become of the program, each by how it answers; whether it does by itself, or is waited for.
FAULTS = {
    "killed": "kill -KILL $$",
    "ended": "exit 0",
    "hanging": "exec sleep 10",
    "garbage": "yes garbage | head -c 100000",
    "endless": "exec yes garbage",
    "no JSON": frame('{"id":1,"x"'),
    "another answer": frame('{"id":2,"status":0,"output":"{}"}'),
    "no verdict": frame('{"id":1,"status":0,"output":"{}"}'),
    "no JSON in it": frame('{"id":1,"status":0,"output":"?"}'),
    "no reasons": frame(r'{"id":1,"status":1,"output":"{\"decision\":\"warn\"}"}'),
    "broken": "exec /nowhere/notmuch-cadence",
    "child hangs": f'NOTMUCH_CONFIG={work}/fifo exec cadence-native-host "$@"',
}


def install_host(script=REAL):
    program.write_text(f"#!/bin/bash\n{script}\n")
    program.chmod(0o755)
    bird.manifest.write_text(json.dumps(
        {"name": HOST, "description": "cadence", "path": str(program), "type": "stdio",
         "allowed_extensions": ["cadence@notmuch.org"]}))


def sent(number=1, seconds=20):
    """Waits until so many mails have come to the server and no compose window is left."""
    wait(lambda: len(server.mails) >= number and bird.composers() == 0, seconds)
    time.sleep(0.3)
    assert len(server.mails) == number, f"{len(server.mails)} mails"
    assert bird.pages("warn.html") == 0
    return server.mails[-1]


def still_open(text):
    """The draft is as it was, can be edited, and nothing has gone out."""
    wait(lambda: bird.pages("warn.html") == 0)
    draft = wait(lambda: (draft := bird.draft()) and not draft["locked"] and draft)
    assert not draft["readonly"] and draft["text"].strip() == text, draft
    time.sleep(0.3)
    assert server.mails == [], server.mails


def verdict(name):
    """What the program says of a sample draft, by itself."""
    out = subprocess.run(["notmuch-cadence", "check", "--format=json", sample / "drafts" / name],
                         stdout=subprocess.PIPE, text=True).stdout
    return json.loads(out)


def plain(mail):
    """A mail's fields and text, less what is made anew for each: its id, date and boundaries. (In which order
    the fields stand is by chance, also without the extension.)"""
    mail = re.sub(rb"-{6,}[\w.]+", b"BOUNDARY", mail)
    head, _, text = mail.partition(b"\r\n\r\n")
    fields = re.split(rb"\r\n(?![ \t])", head)
    return sorted(field for field in fields if not field.startswith((b"Message-ID:", b"Date:"))), text


def next_month(day):
    last = (day.replace(day=1) + datetime.timedelta(62)).replace(day=1) - datetime.timedelta(1)
    return last if day.day > last.day else last.replace(day=day.day)


# --- cases ---

def early():
    """an early follow-up: the warning, with the reason and the date; back keeps the draft"""
    bird.compose(MAPLE)
    bird.send()
    said, known = bird.warning(), verdict("early")
    note = max(datetime.date.fromisoformat(re.search(r"was on (\S+)", reason["message"])[1])
               for reason in known["reasons"] if reason["id"] == "too-soon")
    assert said["until"] == str(next_month(note)), (said, note)
    too_soon = [reason["message"] for reason in known["reasons"] if reason["id"] == "too-soon"]
    assert too_soon and too_soon[0] in said["reasons"][0], said
    assert said["severities"][0] == "warn" and not said["why"] and said["may"], said
    assert said["focus"] == "back" and said["role"] == "alertdialog", said
    assert (said["back"], said["send"]) == ("Go back", "Send anyway"), said
    assert said["summary"] == said["title"] == f"Not yet: fine from {said['until']} on", said
    assert bird.draft()["locked"]
    picture = work / "dialog.png"
    bird.picture("warn.html", picture)
    assert 2000 < picture.stat().st_size <= 60 * 1024, picture.stat()
    if os.environ.get("CADENCE_SCREENSHOTS"):
        shutil.copy(picture, root / "plugin" / "clients" / "thunderbird" / "dialog.png")
    bird.click("warn.html", "back")
    still_open("The new blades come in 12 widths.")


def anyway():
    """send anyway: one mail, to the one it was for"""
    bird.compose(MAPLE)
    bird.send()
    bird.warning()
    bird.click("warn.html", "back")
    still_open("The new blades come in 12 widths.")
    bird.send()
    bird.warning()
    bird.click("warn.html", "send")
    rcpts, mail = sent()
    assert rcpts == [MAPLE], rcpts
    assert b"The new blades come in 12 widths." in mail


def unaltered():
    """what goes out is what goes out without the extension: plain; HTML with a file"""
    price_list = work / "prices.txt"
    price_list.write_text("blade 1\n" * 100)
    for html in (False, True):
        body = "<p>Zwölf <b>blades</b> &amp; ünïcode</p>" if html else "Zwölf blades\n\n> quoted\n.\n-- \nRep\n"
        mails = []
        for on in (True, False):
            bird.enable(on)
            server.mails.clear()
            bird.compose(MAPLE, "Blätter, Stück für Stück", body, cc=STRANGER, bcc="secret@copy.example",
                         html=html, attach=price_list if html else None)
            wait(bird.language)  # which it finds out in the background, and says in the mail
            bird.send()
            if on:
                bird.warning()
                bird.click("warn.html", "send")
            mails.append(sent())
        bird.enable(True)
        assert mails[0][0] == mails[1][0] == [MAPLE, STRANGER, "secret@copy.example"], mails
        assert plain(mails[0][1]) == plain(mails[1][1]), mails
        assert (b"prices.txt" in mails[0][1]) == html, mails


def straight():
    """a stranger and a prospect who is due: no dialog"""
    for number, to in enumerate([STRANGER, "buyer@alder.example"], 1):
        bird.compose(to, "Hello", "The blades of this spring, with their prices.\n")
        bird.send()
        sent(number)


def import_cedar():
    for path in (sample / "mail" / "inbox" / "cur").iterdir():
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if CEDAR in mail["From"]:
            if not bird.messages("Received"):
                bird.import_mail(path)
            return mail["Message-ID"].strip("<>")
    raise AssertionError("no mail from Cedar")


def answer():
    """an answer to a fresh reply goes out; new mail beside it is warned about: In-Reply-To reaches the check"""
    cedar = import_cedar()
    subprocess.run(["notmuch", "tag", "+unread", f"id:{cedar}"], check=True)
    bird.compose(CEDAR, "Prices", "Our prices.\n")
    bird.send()
    reasons = " ".join(bird.warning()["reasons"])
    assert "answer" in reasons or "reply" in reasons, reasons
    bird.click("warn.html", "back")
    still_open("Our prices.")
    bird.close_composers()
    bird.answer(cedar, "Delivery is free from ten pieces on.")
    bird.send()
    rcpts, mail = sent()
    assert rcpts == [CEDAR] and f"In-Reply-To: <{cedar}>".encode() in mail, mail


def reopen():
    """Opens the one saved draft."""
    bird.open_message(None, "Drafts", "Draft")
    wait(bird.composers)


def saved():
    """an answer that was saved as a draft and opened again is still one, also one saved by another client"""
    cedar = import_cedar()
    subprocess.run(["notmuch", "tag", "+unread", f"id:{cedar}"], check=True)
    bird.answer(cedar, "Two metres, then.")
    bird.command("cmd_saveAsDraft")
    wait(lambda: bird.messages("Drafts") == 1)
    bird.close_composers()
    reopen()
    bird.command("cmd_sendLater")
    wait(lambda: bird.composers() == 0)
    (work / "draft").write_text(f"From: Rep <rep@example.com>\nTo: {CEDAR}\nSubject: Re: Question\n"
                                f"Message-ID: <draft@example.com>\nIn-Reply-To: <{cedar}>\n\nTwo metres.\n")
    bird.import_mail(work / "draft", "Drafts")
    reopen()
    bird.send()
    sent()


def closing():
    """Enter, Escape, closing the window, and closing the draft under it: nothing goes out"""
    bird.compose(MAPLE)
    for way in (lambda: bird.key("warn.html", "Enter"), lambda: bird.key("warn.html", "Escape"), lambda: bird.close("warn.html")):
        bird.send()
        bird.warning()
        way()
        still_open("The new blades come in 12 widths.")
    bird.send()
    bird.warning()
    bird.close_composers()
    wait(lambda: bird.pages("warn.html") == 0)
    assert server.mails == []


def stop():
    """a stop needs a reason, which is kept with the program"""
    bird.compose(HAZEL, "New terms", "They are even better.\n")
    bird.send()
    said = bird.warning()
    assert said["severities"][0] == "stop" and said["why"] and not said["may"], said
    assert said["focus"] == "back" and len(said["label"]) > 10, said
    bird.click("warn.html", "send")  # it is disabled
    bird.page("warn.html", """find("reason").value = "  "; find("reason").dispatchEvent(new content.Event("input"));
      find("form").requestSubmit(); done(find("send").disabled)""")
    assert bird.warning()["may"] is False
    bird.page("warn.html", """find("reason").value = "they rang and asked for it";
      find("reason").dispatchEvent(new content.Event("input")); done(true)""")
    bird.click("warn.html", "send")
    _, mail = sent()
    # What stands behind the client lets it pass, once.
    hook = ["notmuch-cadence", "sendmail", "--mta=/bin/cat", "-t"]
    first = subprocess.run(hook, input=b"To: " + HAZEL.encode() + b"\r\n" + mail, capture_output=True)
    assert first.returncode == 0, first
    assert subprocess.run(hook, input=b"To: " + HAZEL.encode() + b"\r\n" + mail, capture_output=True).returncode == 77


def later():
    """Send Later asks too: back leaves the outbox as it was, anyway adds one"""
    before = bird.messages("Unsent Messages")
    bird.compose(MAPLE)
    bird.command("cmd_sendLater")
    bird.warning()
    bird.click("warn.html", "back")
    still_open("The new blades come in 12 widths.")
    assert bird.messages("Unsent Messages") == before
    bird.command("cmd_sendLater")
    bird.warning()
    bird.click("warn.html", "send")
    wait(lambda: bird.composers() == 0)
    assert bird.messages("Unsent Messages") == before + 1
    assert server.mails == []


def fault(name, limit=3):
    problem = bird.storage().get("problem")
    assert bird.alerts() == []
    bird.compose(MAPLE)
    begin = time.monotonic()
    bird.send()
    sent(seconds=limit + 15)
    took = time.monotonic() - begin
    assert took < limit + 6, f"{name}: {took:.1f} s"
    told = wait(lambda: (told := bird.storage().get("problem")) != problem and told)
    assert len(told["what"]) > 10, told
    alerts = wait(bird.alerts)
    assert alerts == [f"Sent without a check: {told['what']}"], alerts
    print(f"# {name}: {took:.1f} s: {told['what']}")
    server.mails.clear()


def restarted():
    """after a restart of Thunderbird it is there from the first mail on"""
    bird.restart()
    bird.compose(MAPLE)
    bird.send()
    bird.warning()
    bird.click("warn.html", "back")
    still_open("The new blades come in 12 widths.")


def faults():
    """a program that is killed, hangs, prints garbage: the mail goes out, once, and the user is told"""
    os.mkfifo(work / "fifo")
    for name, script in FAULTS.items():
        install_host(script)
        fault(name)


def missing():
    """the same where program or manifest are missing"""
    program.unlink()
    fault("no program")
    bird.manifest.unlink()
    fault("no manifest")


def unknown():
    """and where the question can't be answered"""
    install_host(f'NOTMUCH_CONFIG={work}/none exec cadence-native-host "$@"')
    fault("no database")


def slow():
    """a program that takes two seconds is waited for"""
    install_host(f"sleep 2; {REAL}")
    bird.compose(MAPLE)
    bird.send()
    bird.warning()
    bird.click("warn.html", "back")
    still_open("The new blades come in 12 widths.")


def asleep():
    """the background page sleeps when it is idle, wakes at Send, and not while a warning is open"""
    bird.sleep()
    bird.compose(MAPLE)
    bird.run('Services.prefs.setIntPref("extensions.background.idle.timeout", 6000)')
    bird.send()
    bird.warning()
    time.sleep(14)
    bird.click("warn.html", "send")
    sent()
    bird.run('Services.prefs.clearUserPref("extensions.background.idle.timeout")')


def options():
    """the options: an identity that is not looked after, the limit, the last problem"""
    bird.open_page("options.html")
    said = wait(lambda: bird.page("options.html", """const boxes = document.querySelectorAll("#identities input");
      const program = find("program").textContent;
      done(boxes.length && program && {boxes: boxes.length, on: boxes[0].checked, program,
        label: boxes[0].parentElement.textContent, limit: find("limit").value, problem: find("problem").textContent})"""))
    assert said["boxes"] == 1 and said["on"] and said["limit"] == "3", said
    assert "rep@example.com" in said["label"] and re.search(r"\d+\.\d+", said["program"]), said
    change = """find("limit").value = %d; const box = document.querySelector("#identities input");
      box.checked = %s; box.dispatchEvent(new content.Event("change", {bubbles: true})); done(true)"""
    bird.page("options.html", change % (1, "false"))
    wait(lambda: bird.storage().get("limit") == 1)
    bird.compose(MAPLE)
    bird.send()
    sent()
    server.mails.clear()
    bird.page("options.html", change % (1, "true"))
    wait(lambda: bird.storage().get("off") == [])
    install_host("exec sleep 10")
    fault("hanging, limit 1 s", 1)
    bird.page("options.html", change % (3, "true"))
    wait(lambda: bird.storage().get("limit") == 3)
    bird.close_tabs()


def menu():
    """the menu of a message: all about its party; hold, agree and log"""
    import_cedar()
    bird.menu("Received", "party")
    wait(lambda: bird.pages("party.html"))
    shown = wait(lambda: "cedar.example" in (text := bird.page("party.html", 'done(find("show")?.textContent ?? "")')) and text)
    known = subprocess.run(["notmuch-cadence", "show", "cedar.example"], capture_output=True, text=True).stdout
    assert shown.strip() == known.strip(), shown
    for form, fields in {"hold": {"day": "3w"}, "agree": {"every": "2mo", "stage": "qualified"},
                         "log": {"words": "wants the long ones"}}.items():
        filled = "".join(f'find("{name}").value = "{value}";' for name, value in fields.items())
        bird.page("party.html", f'find("status").textContent = ""; {filled} find("{form}").requestSubmit(); done(true)')
        wait(lambda: bird.page("party.html", f'done(!find("{list(fields)[0]}").value && find("status").textContent)'))
    agreements = (sample / "cadence" / "agreements.ini").read_text()
    assert "every = 2mo" in agreements and "stage = qualified" in agreements and "evidence = id:" in agreements, agreements
    day = datetime.date.today() + datetime.timedelta(21)
    assert f"hold-until = {day}" in agreements, agreements
    wait(lambda: "wants the long ones" in bird.page("party.html", 'done(find("show").textContent)'))
    bird.page("party.html", 'find("day").value = "whenever"; find("hold").requestSubmit(); done(true)')
    wait(lambda: "whenever" in bird.page("party.html", 'done(find("status").textContent)'))
    bird.click("party.html", "close")
    wait(lambda: bird.pages("party.html") == 0)


def helpers():
    """what needs no browser: terms, settings, verdicts"""
    source = (root / "plugin" / "clients" / "thunderbird" / "draft.js").read_text()
    given = bird.run("""
      const {draftOf, answersOf, verdictOf, termOf, settingsOf, within} = new Function(
        arguments[0].replaceAll(/^export /gm, "") +
        "; return {draftOf, answersOf, verdictOf, termOf, settingsOf, within}")();
      const thrown = what => { try { return verdictOf(what, "none"); } catch (error) { return error.message; } };
      const draft = draftOf({to: ["a@b.example"], body: "<p>x", plainTextBody: "x"}, {inReplyTo: "i"}, 2);
      return [termOf("a.b+c@d.example"), termOf('a"b or c@d'), termOf("a(b)@d"),
        settingsOf({every: " 1mo ", stage: "", note: "a=b"}), draft,
        answersOf({"in-reply-to": ["<a>"]}), answersOf(undefined),
        thrown({output: '{"decision":"unknown","unknown":"why"}'}), thrown({output: "null", message: "said"}), thrown({output: "<html>"}),
        verdictOf({output: '{"decision":"stop","reasons":[]}'}).decision,
        await within(0.01, new Promise(() => {}), "late").catch(error => error.message), await within(1, 7, "late")];""", source)
    given = json.loads(json.dumps(given), object_hook=lambda one: {name: one[name] for name in one if one[name] is not None})
    assert given == ["id:a.b+c@d.example", 'id:"a""b or c@d"', 'id:"a(b)@d"', ["every=1mo", "note=a=b"],
                     {"to": ["a@b.example"], "text": "x", "attachments": 2, "inReplyTo": "i"},
                     {"inReplyTo": "<a>"}, {}, "why", "said", "none", "stop", "late", 7], given


CASES = [early, restarted, anyway, unaltered, straight, answer, saved, closing, stop, later, slow, asleep, faults,
         missing, unknown, options, menu,
         helpers]


def main():
    bad = ran = 0
    install_host()
    bird.install(xpi)
    for case in CASES:
        if wanted and case.__name__ not in wanted:
            continue
        ran += 1
        begin = time.monotonic()
        try:
            case()
            said = bird.alerts()
            assert not said, said
            print(f"ok {ran} - {case.__doc__} # {time.monotonic() - begin:.1f} s", flush=True)
        except Exception:
            bad += 1
            print(f"not ok {ran} - {case.__doc__}")
            print(textwrap.indent(traceback.format_exc()[-3000:], "# "), flush=True)
        install_host()
        bird.run("for (const browser of extensionWindows('warn.html')) browser.documentGlobal.close()")
        bird.close_composers()
        server.mails.clear()
    print(f"1..{ran}")
    return 1 if bad else 0


try:
    status = main()
finally:
    bird.stop()
sys.exit(status)
