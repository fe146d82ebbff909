#!/usr/bin/env python3
# press.py - what senders, clerk and second reviewer are told of mail to the press, by the shipped packs: the notice to the sender, the flag on
# the message, each reviewer's report; and of an election whose dates nobody has put in.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: press.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import contextlib
import email
import email.policy
import os
import re
import socketserver
import sqlite3
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run

CLERK, SECOND, MAYOR, MOSS, GAZETTE = ('clerk@ashdown.example', 'mo@principal.example', 'khan@ashdown.example', 'moss@ashdown.example',
                                       'newsdesk@gazette.example')
PEOPLE = run.PEOPLE + '''Amir Khan,councillor,mayor,%s
Carl Moss,councillor,,%s
Ashdown Gazette,press,,%s
''' % (MAYOR, MOSS, GAZETTE)
FOR_THE_COUNCIL = 'Speaking for the Council, I can tell your readers that the shelter stays where it is.'
AT_ODDS = 'Since you ask: yes, the Clerk and I have a disagreement about the tender file, and it has lasted since May.'
OWN_VIEW = 'I voted to keep the bus shelter and I should do so again.'
BY_ELECTION = 'calendar = ( { kind = "pre-election"; %s what = "By-election, Mill ward"; } );\n'


class Post(socketserver.StreamRequestHandler):
    """A mail server's side of a few messages."""

    def handle(self):
        self.answer('220 post.example ESMTP')
        for line in iter(self.rfile.readline, b''):
            word = line.split(b':')[0].split()[0].upper()
            if word == b'RCPT':
                self.to = re.search(r'<(.*?)>', line.decode()).group(1)
            if word == b'DATA':
                self.answer('354 go on')
                self.server.received[self.to] = b''.join(iter(self.rfile.readline, b'.\r\n'))
            self.answer('221 bye' if word == b'QUIT' else '250 fine')

    def answer(self, text):
        self.wfile.write(text.encode() + b'\r\n')


@contextlib.contextmanager
def post_office():
    with socketserver.ThreadingTCPServer(('127.0.0.1', 0), Post) as server:
        server.received, server.daemon_threads = {}, True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def text_of(mail):
    return ' '.join(email.message_from_bytes(mail, policy=email.policy.default).get_body(('plain',)).get_content().split())


class Press(run.Council):
    whole_pack = True

    def setUp(self):
        super().setUp()
        self.write('people.csv', PEOPLE)

    def settle(self, pack='dunstable', more=''):
        conf = run.CONF.replace('"dunstable"', '"%s"' % pack).replace('"dean@ashdown.example"', '"%s"' % CLERK).replace('"%s", "%s"' % (CLERK, CLERK), '"%s"' % CLERK)
        self.write('copyhold.conf', conf + more)

    def send(self, sender, recipients, words, name):
        self.write('letter.eml', 'From: <%s>\nTo: <%s>\nSubject: %s\nMessage-ID: <%s@ashdown.example>\n\n%s\n' % (
            sender, '>, <'.join(recipients), name, name, words))
        self.expect(0, 'check', '--at', run.AT, '--from', sender, '--auth', sender, '--state', 'state', '--output', name + '.eml', 'letter.eml')
        with open(self.path(name + '.eml'), 'rb') as delivered:
            return delivered.read()

    def notices(self):
        """What waits to be sent to senders: to whom, and the words."""
        with contextlib.closing(sqlite3.connect(self.path('state/store.db'))) as store:
            return [(to, text_of(mail)) for to, mail in store.execute('SELECT recipient, octets FROM outbox')]

    def test_who_speaks_for_the_council_without_office_is_flagged(self):
        self.settle()
        flag = b'X-Copyhold-Finding: press-contact; id='
        self.assertTrue(self.send(MOSS, [GAZETTE], FOR_THE_COUNCIL, 'moss').startswith(flag))
        self.assertNotIn(b'X-Copyhold', self.send(MAYOR, [GAZETTE], FOR_THE_COUNCIL, 'mayor'))  # who only left the officer out
        self.assertNotIn(b'X-Copyhold', self.send(MOSS, [GAZETTE], OWN_VIEW, 'own'))

    def test_the_sender_is_told_of_a_residents_personal_data(self):
        self.settle()
        self.send(MAYOR, ['petrie@resident.example', GAZETTE], 'Dear Mrs Petrie, I was sorry to hear of your hip.', 'hip')
        (to, words), = self.notices()
        self.assertEqual(to, MAYOR)
        self.assertIn("A resident's letter is personal data: answer it apart from the press.", words)

    def test_what_is_said_of_the_clerk_goes_to_the_second_reviewer(self):
        with post_office() as server:
            self.settle('small-town', 'release = { host = "127.0.0.1"; port = %d; };\n' % server.server_address[1])
            self.send(MOSS, [GAZETTE], AT_ODDS, 'tender-file')
            self.expect(0, 'report', '--mail', '--at', '2026-03-02T18:00:00Z', '--state', 'state')
            reports = {to: text_of(mail) for to, mail in server.received.items()}
        self.assertEqual(set(reports), {CLERK, SECOND})
        self.assertIn('conduct-in-public', reports[SECOND])
        self.assertIn('From: Carl Moss', reports[SECOND])
        self.assertIn('1 item went to the second reviewer.', reports[CLERK])
        for word in ('conduct-in-public', 'Moss', 'tender'):
            self.assertNotIn(word, reports[CLERK])

    def test_an_election_without_dates_is_the_administrators_to_mend(self):
        self.settle()
        self.assertIn('No pre-election period is known: the rule publicity-heightened says nothing until one is.', self.run_copyhold('doctor').stdout)
        for dates, missing in (('', 'from'), ('from = "2098-03-24";', 'to'), ('to = "2098-05-07";', 'from')):
            self.settle(more=BY_ELECTION % dates)
            complaint = self.expect(78, 'lint').stderr
            self.assertRegex(complaint, r'copyhold\.conf:\d+: an entry of "calendar" lacks the key "%s"' % missing)
        self.settle(more=BY_ELECTION % 'from = "2020-03-24"; to = "2020-05-07";')
        self.assertIn('put in the next one when a poll is called', self.expect(0, 'lint').stdout)
        self.settle(more=BY_ELECTION % 'from = "2098-03-24"; to = "2098-05-07";')
        self.assertNotIn('pre-election', self.expect(0, 'lint').stdout)
        told = self.run_copyhold('doctor').stdout
        self.assertIn('reviewers are in the directory', told)  # it has been through the council's settings
        self.assertNotIn('No pre-election period is known', told)


if __name__ == '__main__':
    unittest.main()
