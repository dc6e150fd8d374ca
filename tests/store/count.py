#!/usr/bin/env python3
"""Counts a mailbox a second time, over the files and by Python's own mail parser.

    count.py now OWNER MAIL...                       prints the instant to take for the present
    count.py compare OWNER NOW LIST PROPERTIES TAGS MAIL...   compares with what the program said

LIST is `list --all --format=json`, PROPERTIES and TAGS are notmuch dumps: what kind of message a
machine sent is taken from there, everything else from the files. Never prints an address or a word
of the mail: addresses are shown as hashes.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import collections
import datetime
import email.header
import email.message
import email.parser
import email.policy
import email.utils
import hashlib
import json
import os
import re
import sys
import urllib.parse

UTC = datetime.timezone.utc
DAY = 86400
STATES = ("dead", "new", "owed", "held", "nurture", "waiting", "due")
REPLIES = (None, "reply", "opt-out", "declined", "puts-off")
ADDRESS = re.compile(r'("[^"]+"|[^@\s"]+)@[^@\s"]+')
LISTS = re.compile(
    r"no[-_.]?reply|do[-_.]?not[-_.]?reply|unattended|unmonitored|mailer[-_.]?daemon|postmaster|majordomo|"
    r"listserv|mailman|bounce|newsletter|notification|unsubscribe|auto[-_.]?(reply|respon|confirm)|"
    r"^owner-|-(request|owner|subscribe|unsubscribe|errors)@|@lists?\.|@listserv\.|@listes\.|"
    r"@newsletters?\.|googlegroups\.com$|yahoogroups\.|groups\.io$|vger\.kernel\.org$|freelists\.org$|"
    r"topica\.com$|listbox\.com$")


def shown(address):
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:10]


def decoded(value):
    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except (UnicodeError, LookupError, ValueError, email.errors.HeaderParseError):
        return value


def addresses(message, *fields):
    """Canonical addresses of header fields, in order, each once."""
    values = [re.sub(r"\s+", " ", str(v)) for f in fields for v in message.get_all(f, [])]
    found = []
    for _, address in email.utils.getaddresses(values):
        address = address.strip().lower()
        if ADDRESS.fullmatch(address) and address not in found:
            found.append(address)
    return found


def instant(text):
    try:
        parsed = email.utils.parsedate_tz(str(text))
        return int(email.utils.mktime_tz(parsed)) if parsed else 0
    except (ValueError, OverflowError, TypeError):
        return 0


class Mail:
    """What the header of one file says."""

    def __init__(self, path):
        with open(path, "rb") as file:
            head = file.read(4 * 1024 * 1024)
        message = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(head, headersonly=True)
        ids = re.findall(r"<([^<>\s]+)>", str(message.get("Message-ID", "")))
        self.id = ids[0] if ids else None
        self.sender = (addresses(message, "From") or [None])[0]
        self.to = addresses(message, "To")
        self.everybody = addresses(message, "To", "Cc", "Bcc")
        self.date = instant(message.get("Date", ""))
        received = message.get_all("Received", [])
        self.received = instant(str(received[0]).rpartition(";")[2]) if received else 0
        answered = re.findall(r"<([^<>\s]+)>", str(message.get("In-Reply-To", "")))
        references = re.findall(r"<([^<>\s]+)>", str(message.get("References", "")))
        self.answers = answered[0] if answered else references[-1] if references else None
        posts = re.findall(r"<mailto:([^>?]+)", str(message.get("List-Post", "")), re.I)
        self.list_posts = [p.lower() for p in posts]


def files(folders):
    for folder in folders:
        for where, _, names in os.walk(folder):
            if ".notmuch" not in where:
                yield from (os.path.join(where, name) for name in sorted(names))


def read(folders):
    """Every message once: a Message-ID that repeats is the same message."""
    mails = {}
    for path in files(folders):
        mail = Mail(path)
        if mail.id and mail.id not in mails:
            mails[mail.id] = mail
    return mails


def present(folders):
    """Two days after the last mail of believable date: none lies a year behind the one before."""
    dates = []
    for path in files(folders):
        with open(path, "rb") as file:
            found = re.search(rb"^date:(.*)", file.read(65536), re.I | re.M)
        dates.append(instant(found.group(1).decode("ascii", "replace")) if found else 0)
    dates = sorted(d for d in dates if d > 0)
    last = dates[len(dates) // 2]
    for date in dates[len(dates) // 2:]:
        if date - last > 365 * DAY:
            break
        last = date
    return last + 2 * DAY


def read_properties(path):
    """Message-ID -> key -> values, of a dump."""
    properties = collections.defaultdict(lambda: collections.defaultdict(list))
    with open(path, encoding="utf-8") as file:
        for line in file:
            words = line.split()
            if not words or words[0] != "#=":
                continue
            for word in words[2:]:
                key, _, value = word.partition("=")
                properties[urllib.parse.unquote(words[1])][key].append(urllib.parse.unquote(value))
    return properties


def read_tags(path):
    """Tag -> Message-IDs."""
    tags = collections.defaultdict(set)
    with open(path, encoding="utf-8") as file:
        for line in file:
            before, separator, message = line.rstrip("\n").partition(" -- id:")
            if separator:
                message = urllib.parse.unquote(message).strip('"')
                for tag in before.split():
                    tags[urllib.parse.unquote(tag[1:])].add(message)
    return tags


class Contact:
    def __init__(self, mail, outbound, kind, now):
        self.id, self.outbound, self.kind, self.answers = mail.id, outbound, kind, mail.answers
        believable = [d for d in (mail.date, mail.received) if 0 < d <= now]
        self.date = believable[0] if believable else now
        self.depth = 1
        self.to = []
        self.taken_back = False
        self.reply = not outbound and kind in REPLIES

    def day(self):
        return datetime.datetime.fromtimestamp(self.date, UTC).date()


def mend(contacts):
    """No contact is earlier than the one that it answers."""
    by_id = {c.id: c for c in contacts}
    for _ in range(60):
        changed = False
        for contact in contacts:
            parent = by_id.get(contact.answers)
            if parent and parent is not contact:
                date, depth = max(contact.date, parent.date), min(parent.depth + 1, 50)
                changed |= (date, depth) != (contact.date, contact.depth)
                contact.date, contact.depth = date, depth
        if not changed:
            break
    contacts.sort(key=lambda c: (c.date, c.depth, not c.outbound, c.id))


def take_back(contacts, address, properties):
    by_id = {c.id: c for c in contacts}
    for i, bounce in enumerate(contacts):
        if bounce.kind != "bounce" or address not in [
                b.split(" ")[0] for b in properties[bounce.id]["cadence.bounced"]]:
            continue
        named = [by_id[r] for r in properties[bounce.id]["cadence.returned"] if r in by_id]
        before = [c for c in contacts[:i] if c.outbound and address in c.to]
        for mail in [c for c in named if c.outbound] or before[-1:]:
            mail.taken_back = True


def count(contacts, now):
    """What `list` should say of one prospect."""
    run, replies = [], [c for c in contacts if c.reply]
    for contact in contacts:
        if contact.reply:
            run = []
        elif contact.outbound and not contact.taken_back:
            run.append(contact)
    today = datetime.datetime.fromtimestamp(now, UTC).date()
    recent = today - datetime.timedelta(days=30)
    return {
        "outbound": sum(c.outbound for c in contacts),
        "replies": len(replies),
        "attempts": len({c.day() for c in run}),
        "last_attempt": run[-1].id if run else None,
        "last_reply": replies[-1].id if replies else None,
        "outbound_30d": sum(c.outbound and not c.taken_back and c.day() > recent for c in contacts),
    }


def contacts_of(address, mails, index, owner, properties, now):
    found = []
    for identifier in index[address]:
        mail = mails[identifier]
        kind = (properties[identifier]["cadence.kind"] or [None])[0]
        if mail.sender == owner:
            found.append(Contact(mail, True, "outbound", now))
            found[-1].to = [address]
        elif mail.sender == address:
            found.append(Contact(mail, False, kind, now))
    for identifier, kept in properties.items():
        named = [b.split(" ")[0] for b in kept["cadence.bounced"]]
        if address in named and identifier in mails and mails[identifier].sender not in (owner, address):
            found.append(Contact(mails[identifier], False, kept["cadence.kind"][0], now))
    mend(found)
    take_back(found, address, properties)
    return found


def compare(owner, now, said, properties, tags, mails):
    index = collections.defaultdict(list)
    parties = set()
    lists = {p for m in mails.values() for p in m.list_posts}
    for mail in mails.values():
        if mail.sender == owner:
            parties.update(mail.to)
            for address in mail.everybody:
                index[address].append(mail.id)
        elif mail.sender:
            index[mail.sender].append(mail.id)
    parties.discard(owner)
    program = {p["prospect"]: p for p in said["prospects"]}
    faults = []
    for address in sorted(set(program) - parties):
        faults.append(f"{shown(address)}: listed, and no mail of the owner is to it")
    left_out = parties - set(program)
    for address in sorted(left_out):
        if not LISTS.search(address) and address not in lists:
            faults.append(f"{shown(address)}: not listed, and no list's or machine's address")
    bearers = collections.defaultdict(set)
    for address in sorted(parties & set(program)):
        contacts = contacts_of(address, mails, index, owner, properties, now)
        mine, theirs = count(contacts, now), dict(program[address])
        for key in ("last_attempt", "last_reply"):
            theirs[key] = theirs[key] and theirs[key]["id"]
        for key, value in mine.items():
            if theirs[key] != value:
                what = "another message" if key.startswith("last") else f"{theirs[key]}, not {value}"
                faults.append(f"{shown(address)}: {key}: {what}")
        bearers[program[address]["state"]].add(contacts[-1].id if contacts else None)
    for state in STATES:
        if tags[state] != bearers[state]:
            faults.append(f"tag {state}: on {len(tags[state] - bearers[state])} messages that are nobody's "
                          f"newest contact, missing on {len(bearers[state] - tags[state])}")
    states = collections.Counter(p["state"] for p in said["prospects"])
    print(f"{len(mails)} messages, {len(program)} prospects, {len(left_out)} left out as lists; "
          + ", ".join(f"{n} {s}" for s, n in sorted(states.items())))
    for fault in faults[:40]:
        print(fault)
    if len(faults) > 40:
        print(f"... {len(faults)} faults in all")
    return 1 if faults else 0


def main(what, owner, *rest):
    if what == "now":
        now = present(rest)
        print(datetime.datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        return 0
    now, said, properties, tags, *folders = rest
    now = int(datetime.datetime.fromisoformat(now.replace("Z", "+00:00")).timestamp())
    with open(said, encoding="utf-8") as file:
        return compare(owner, now, json.load(file), read_properties(properties), read_tags(tags), read(folders))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
