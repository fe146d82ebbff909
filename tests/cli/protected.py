#!/usr/bin/env python3
# protected.py - a day of mail with a union, occupational health, the auditor, the ombudsman and the monitoring officer in it, and not a
# trace of any of them afterwards: not in the store's files, the report, the queue or the journal.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: protected.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import json
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run

PEOPLE = run.PEOPLE.replace('mo@principal.example', 'mo@principal.example;mona@home.example') + '''Unity Rees,protected,,unity@union.example
Ossian Hale,protected,,ossian@health.example
Audrey Quill,auditor,,audrey@audit.example
Oswald Fenn,oversight,,oswald@ombudsman.example
Union members,list,,reps@union-list.example
Whitt Surfacing,contractor,,whitt@surfacing.example
'''
PEOPLE = PEOPLE.replace('name,role,offices,addresses', 'name,role,offices,addresses,members').replace('\n', ',\n').replace('addresses,members,', 'addresses,members')
PEOPLE = PEOPLE.replace('reps@union-list.example,', 'reps@union-list.example,unity@union.example')
SECRETS = ('unity', 'ossian', 'audrey', 'oswald', 'mona@home', 'mo@principal', 'reps@', 'Rees', 'Hale', 'Quill', 'Fenn', 'grievance', 'kestrel')
WORDS = {
    'plain': 'The grievance hearing is on Thursday.',
    'marked': 'CONFIDENTIAL\n\nThe kestrel report is below.',
    'order': 'On behalf of the Council I instruct you to begin the kestrel works at once.',
}
GUARDED = ('unity@union.example', 'Ossian+a@health.example', 'audrey@audit.example', 'oswald@ombudsman.example', 'mo@principal.example',
           'reps@union-list.example')


def message(sender, to, cc, words, encrypted):
    head = 'From: %s\nTo: %s\n%sSubject: grievance of kestrel\nMessage-ID: <%s@x.example>\n' % (
        sender, ', '.join(to), 'Cc: %s\n' % ', '.join(cc) if cc else '', abs(hash((sender, tuple(to), tuple(cc), words, encrypted))))
    if not encrypted:
        return head + '\n' + WORDS[words] + '\n'
    return head + 'MIME-Version: 1.0\nContent-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b\n\n' \
        '--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----\nAAAA\n--b--\n'


class Protected(run.Council):
    whole_pack = True

    def setUp(self):
        super().setUp()
        self.write('people.csv', PEOPLE)
        self.cases = []

    def send(self, auth, to, cc=(), bcc=(), words='plain', encrypted=False, sender=None):
        number = len(self.cases)
        self.write('m%d.eml' % number, message(sender or auth, to, cc, words, encrypted))
        envelope = {'from': sender or auth, 'rcpt': [*to, *cc, *bcc], 'auth': auth, 'client': '10.1.2.3'}
        self.cases.append({'id': str(number), 'message': 'm%d.eml' % number, 'at': '2026-03-02T09:%02d:%02dZ' % (number // 60, number % 60),
                           'envelope': envelope})

    def judge(self):
        self.write('cases.jsonl', ''.join(json.dumps(case) + '\n' for case in self.cases))
        lines = self.expect(0, 'check', '--json', '--batch', 'cases.jsonl', '--state', 'state').stdout.splitlines()
        return [json.loads(line) for line in lines]

    def day(self):
        for guarded in GUARDED:
            for words in WORDS:
                for encrypted in (False, True):
                    for auth in ('dean@ashdown.example', 'sadiq@ashdown.example'):
                        self.send(auth, [guarded], words=words, encrypted=encrypted)
                        self.send(auth, [guarded], bcc=[auth], words=words, encrypted=encrypted)
                    self.send(None, ['dean@ashdown.example'], words=words, encrypted=encrypted, sender=guarded.replace('+a', ''))
        self.send('mona@home.example', ['vaughan@ashdown.example'], words='marked', sender='mo@principal.example')

    def test_a_day_between_them_leaves_no_trace(self):
        self.day()
        answers = self.judge()
        self.assertTrue(any(answer['exceptions'] for answer in answers), 'an exemption is used, or this shows nothing')
        self.assertTrue(any(answer['unreadable'] for answer in answers))
        self.assertEqual({answer['outcome'] for answer in answers} - {'deliver', 'annotate'}, set())
        self.assert_no_trace(SECRETS)

    def test_exemptions_are_still_counted(self):
        self.send('dean@ashdown.example', ['audrey@audit.example'], words='marked')
        self.send('dean@ashdown.example', ['oswald@ombudsman.example'], words='marked')
        used = sum(len(answer['exceptions']) for answer in self.judge())
        self.assertGreater(used, 1)
        report = json.loads(self.expect(0, 'report', '--json', '--at', '2026-03-02T18:00:00Z', '--state', 'state').stdout)
        self.assertIn('exceptions', report)
        self.assertEqual(sum(entry['count'] for entry in report['exceptions']), used)
        self.assert_no_trace(SECRETS)

    def test_one_of_several_is_left_out(self):
        self.send('dean@ashdown.example', ['sadiq@ashdown.example'], bcc=['vaughan@ashdown.example', 'unity@union.example'])
        self.send('dean@ashdown.example', ['sadiq@ashdown.example', 'oswald@ombudsman.example'], bcc=['vaughan@ashdown.example'])
        answers = self.judge()
        self.assertTrue(all(answer['findings'] for answer in answers))
        text = ''.join(text for name, text in self.everything())
        self.assertTrue('vaughan' in text)
        self.assert_no_trace(SECRETS)

    def test_held_for_others_only(self):
        """The held letter itself has its own header; nothing else names them, and they have got it."""
        self.send('dean@ashdown.example', ['petrie@resident.example', 'oswald@ombudsman.example'], cc=['unity@union.example'], words='marked')
        self.send('sadiq@ashdown.example', ['whitt@surfacing.example', 'audrey@audit.example'], words='order')
        answers = self.judge()
        for answer in answers:
            self.assertEqual(answer['outcome'], 'hold')
            self.assertEqual({entry['outcome'] for entry in answer['recipients'] if entry['rcpt'].split('@')[0] in ('oswald', 'unity', 'audrey')},
                             {'deliver'})
        shown = ''.join(text for name, text in self.everything() if not name.startswith('store.db'))
        for secret in SECRETS[:-1]:  # the act that the clerk decides on is in the contractor's letter too
            self.assertNotIn(secret.lower(), shown.lower())
        self.assertTrue('petrie' in shown)
        reference = json.loads(self.expect(0, 'queue', 'list', '--json', '--state', 'state').stdout.splitlines()[0])['id']
        self.expect(0, 'queue', 'release', '--by', 'clerk', '--reason', 'x', '--state', 'state', reference)

    def test_a_stranger_gains_nothing_by_a_name(self):
        """Who is not authenticated is heard of when they write in somebody else's name; who is, is not hidden by a From line."""
        self.send('dean@ashdown.example', ['sadiq@ashdown.example'], bcc=['vaughan@ashdown.example'], sender='oswald@ombudsman.example')
        self.judge()
        self.assertTrue('dean@ashdown' in ''.join(text for name, text in self.everything()))


if __name__ == '__main__':
    unittest.main()
