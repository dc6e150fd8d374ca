"""Marionette, Thunderbird's remote control: LENGTH:[0, id, command, parameters] over TCP.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import socket
import time


class Marionette:
    def __init__(self, port, seconds=90):
        end = time.monotonic() + seconds
        while True:
            try:
                self.socket = socket.create_connection(("127.0.0.1", port))
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)
        self.socket.settimeout(120)
        self.buffer, self.id = b"", 0
        self.receive()  # its greeting
        self.command("WebDriver:NewSession", capabilities={"alwaysMatch": {}})
        self.command("Marionette:SetContext", value="chrome")

    def more(self):
        piece = self.socket.recv(1 << 16)
        if not piece:
            raise ConnectionError("Thunderbird ended")
        self.buffer += piece

    def receive(self):
        while b":" not in self.buffer:
            self.more()
        length, _, self.buffer = self.buffer.partition(b":")
        while len(self.buffer) < int(length):
            self.more()
        message, self.buffer = self.buffer[:int(length)], self.buffer[int(length):]
        return json.loads(message)

    def command(self, name, **parameters):
        self.id += 1
        message = json.dumps([0, self.id, name, parameters]).encode()
        self.socket.sendall(str(len(message)).encode() + b":" + message)
        while True:
            _, number, error, result = self.receive()
            if number == self.id:
                break
        if error:
            raise RuntimeError(f"{name}: {error.get('error')}: {error.get('message')}")
        return result

    def run(self, script, *arguments):
        """Runs a script in Thunderbird itself; `await` may be used, and what it returns is returned."""
        script = f"""const done = arguments[arguments.length - 1];
          (async (...arguments) => {{ {script} }})(...arguments).then(
            value => done({{value}}), error => done({{error: `${{error}}\\n${{error.stack}}`}}));"""
        result = self.command("WebDriver:ExecuteAsyncScript", script=script, args=list(arguments),
                              newSandbox=False, sandbox="system", scriptTimeout=60000)["value"]
        if "error" in result:
            raise RuntimeError(result["error"])
        return result.get("value")
