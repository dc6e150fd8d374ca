"""A mail server that keeps what it is given: envelope recipients and bytes.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import socketserver
import threading


class Session(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def data(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)

    def handle(self):
        rcpts = []
        self.say("220 mail.example.com ESMTP")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                self.say("250-mail.example.com")
                self.say("250 8BITMIME")
            elif verb == b"RCPT":
                rcpts.append(line.decode().partition("<")[2].partition(">")[0])
                self.say("250 ok")
            elif verb == b"DATA":
                self.say("354 go on")
                self.server.mails.append((rcpts, self.data()))
                rcpts = []
                self.say("250 ok")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


class Server(socketserver.ThreadingTCPServer):
    """`mails` is what has come, a pair (recipients, bytes) each."""
    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.mails = []
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()
