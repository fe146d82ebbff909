"""A desk that answers from a table, on a unix socket: what the console's tests put behind it.
SPDX-License-Identifier: GPL-3.0-or-later"""
import json
import os
import socket
import struct
import threading
import time

ENTRY = {'id': 'm1', 'at': 1774340000, 'waiting_hours': 2, 'deadline': 1774400000, 'overdue': False, 'why': 'It may be private.', 'clause': '4.2',
         'rule': 'copy', 'from': {'name': "Siân O'Neill", 'address': 'sian@council.example', 'office': None}, 'open': [], 'hidden': [],
         'held': [{'name': None, 'address': 'a@b.example', 'class': 'third party'}], 'subject': '<script>alert(1)</script>',
         'subject_withheld': False, 'state': 'held', 'escalated': False, 'two_persons': False, 'decision': None, 'direction': 'outgoing',
         'outcome': 'hold', 'size': 1000}
USUAL = {
    'me': {'login': 'clerk', 'name': "Siân O'Neill", 'role': 'reviewer', 'address': 'clerk@council.example', 'council': 'Marlbrook', 'mode': 'enforce',
           'language': 'en', 'expires_at': 1774350000, 'may': ['desk', 'message', 'decide', 'search', 'status']},
    'login': {'session': 'abcdefghijklmnopqrstuvwxyz', 'login': 'clerk', 'name': 'Siân', 'role': 'reviewer', 'address': None, 'expires_at': 0},
    'desk': {'entries': [ENTRY], 'count': 1, 'page': 1, 'pages': 1, 'elsewhere': 0, 'now': 1774346400},
    'message': {'entry': ENTRY, 'findings': [], 'recipients': [], 'thread': [], 'history': [], 'offers': [], 'reasons': [], 'attachments': [],
                'unread': [], 'sender_reply': None, 'legal_hold': None, 'retention_until': None, 'received': None, 'decided': None},
}


def receive(connection, count):
    data = b''
    while len(data) < count:
        piece = connection.recv(count - len(data))
        if not piece:
            raise EOFError
        data += piece
    return data


class FakeDesk:
    def __init__(self, path):
        self.path, self.asked, self.answers, self.wait = path, [], {}, 0
        self.raw = None  # octets in place of any answer
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(path)
        self.socket.listen(64)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with connection:
            try:
                request = json.loads(receive(connection, struct.unpack('>I', receive(connection, 4))[0]))
            except (EOFError, ValueError, OSError):
                return
            self.asked.append(request)
            time.sleep(self.wait)
            answer = dict(self.answers.get(request['call']) or dict(USUAL.get(request['call'], {}), ok=True))
            data = json.dumps(answer).encode()
            try:
                connection.sendall(self.raw if self.raw is not None else struct.pack('>I', len(data)) + data)
            except OSError:
                pass

    def calls(self):
        return [request['call'] for request in self.asked]

    def close(self):
        self.socket.close()
        os.unlink(self.path)
