# post.py - what Copyhold sends, or would, as text; and a mail server that takes everything. For the drivers of this folder.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import email
import email.policy
import itertools
import socketserver
import sqlite3
import threading


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.say(b'220 post.example ESMTP')
        recipient = None
        for line in self.rfile:
            word = line[:4].upper()
            if word == b'RCPT':
                recipient = line.split(b'<')[1].split(b'>')[0].decode()
            if word == b'DATA':
                self.say(b'354 go on')
                self.server.letters[recipient] = b''.join(itertools.takewhile(lambda line: line != b'.\r\n', self.rfile))
            self.say(b'221 bye' if word == b'QUIT' else b'250 fine')

    def say(self, line):
        self.wfile.write(line + b'\r\n')


@contextlib.contextmanager
def office():
    """A server while it is open: its `letters` are recipient -> octets, the last one of each."""
    with socketserver.ThreadingTCPServer(('127.0.0.1', 0), Session) as server:
        server.letters, server.daemon_threads = {}, True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


def text_of(octets):
    """The words of a message's plain text, a space between them."""
    return ' '.join(email.message_from_bytes(octets, policy=email.policy.default).get_body(('plain',)).get_content().split())


def waiting(council, kind=None):
    """(recipient, text) of the letters of that kind that wait to be sent, or of all; of a run.Council with its mail in `state`."""
    with contextlib.closing(sqlite3.connect('file:%s?mode=ro' % council.path('state/store.db'), uri=True)) as store:
        rows = store.execute('SELECT recipient, octets FROM outbox WHERE kind = ? OR ? IS NULL ORDER BY number', (kind, kind)).fetchall()
    return [(to, text_of(octets)) for to, octets in rows]


def mailed_report(council, at):
    """reviewer -> the text of the report that they get by mail; of a run.Council with its mail in `state`."""
    with open(council.path('copyhold.conf'), encoding='utf-8') as stream:
        conf = stream.read()
    with office() as server:
        council.write('copyhold.conf', conf + 'release = { host = "127.0.0.1"; port = %d; };\n' % server.server_address[1])
        council.expect(0, 'report', '--mail', '--at', at, '--state', 'state')
    council.write('copyhold.conf', conf)
    return {to: text_of(octets) for to, octets in server.letters.items()}
