#!/usr/bin/env python3
# lineage.py - confidential correspondence followed, as a council arranges it: held by its own choice, but never a councillor's own advice;
# what is remembered, by its own sentences; and nothing kept of the words.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: lineage.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import json
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run

WORDS = ('The surveyor will say that the chapel roof is past mending, and that the trustees have known it since the spring. Until their own '
         'insurer has been told we keep the figure of ninety thousand to ourselves, as they would sell to the first who asks.')
HOLD = 'rules = ( { id = "confidential-lineage"; action = "hold"; on_expiry = "return"; } );'
SENDERS = {'clerk': 'clerk@ashdown.example', 'sadiq': 'sadiq@ashdown.example', 'vaughan': 'vaughan@ashdown.example', 'mo': 'mo@principal.example'}
OUTSIDE = 'petrie@resident.example'


class Lineage(run.Council):
    whole_pack = True

    def setUp(self):
        super().setUp()
        self.hour = 8

    def configure(self, text):
        self.write('copyhold.conf', run.CONF.replace('rules = ();', text))

    def send(self, sender, to, subject, text, *fields, auth=True):
        """Judged an hour after the one before. The message is known by its sender and the hour."""
        self.hour += 1
        name, address = '%s%d' % (sender, self.hour), SENDERS[sender]
        self.write(name + '.eml', 'From: %s\nTo: %s\nSubject: %s\nMessage-ID: <%s@ashdown.example>\n%s\n%s\n'
                   % (address, ', '.join(to), subject, name, ''.join(field + '\n' for field in fields), text))
        arguments = ['--auth', address] if auth else ['--client', '203.0.113.5']
        run_ = self.expect(0, 'check', '--json', '--from', address, *arguments, *sum((['--rcpt', one] for one in to), []),
                           '--at', '2026-03-02T%02d:00:00Z' % self.hour, '--state', 'state', name + '.eml')
        return json.loads(run_.stdout)

    def finding(self, judged):
        return next((one for one in judged['findings'] if one['rule'] == 'confidential-lineage'), None)

    def pass_on(self, *fields, to=(OUTSIDE,), sender='sadiq'):
        return self.send(sender, to, 'the chapel', 'For you.\n\n' + WORDS, *fields)

    def outcomes(self, judged):
        return {one['rcpt']: one['outcome'] for one in judged['recipients']}

    def test_held_by_choice(self):
        self.configure(HOLD)
        self.send('clerk', [SENDERS['sadiq']], 'CONFIDENTIAL: chapel', WORDS)
        judged = self.pass_on('References: <clerk9@ashdown.example>', to=[SENDERS['vaughan'], OUTSIDE])
        self.assertEqual(self.outcomes(judged), {SENDERS['vaughan']: 'deliver', OUTSIDE: 'hold'})
        self.assertEqual(self.finding(judged)['action'], 'hold')
        # a few words that are repeated are still only reported
        judged = self.pass_on()
        self.assertEqual((judged['outcome'], self.finding(judged)['action']), ('deliver', 'report'))

    def test_own_advice_is_never_held(self):
        self.configure(HOLD)
        for auth in (True, False):  # the monitoring officer works elsewhere: mostly nobody vouches for them
            with self.subTest(auth=auth):
                self.send('mo', [SENDERS['sadiq']], 'your interest', WORDS, auth=auth)
                judged = self.pass_on('References: <mo%d@ashdown.example>' % self.hour)
                self.assertEqual((judged['outcome'], self.finding(judged)['action']), ('deliver', 'notify'))
                self.assertEqual([(one['kind'], one['to']) for one in judged['notices']], [('advice', SENDERS['sadiq'])])
                # somebody else's advice is somebody else's
                judged = self.pass_on('References: <mo%d@ashdown.example>' % (self.hour - 1), sender='vaughan')
                self.assertEqual(judged['outcome'], 'hold')

    def test_a_forger_gives_no_advice(self):
        self.send('mo', [SENDERS['sadiq'], OUTSIDE], 'your interest', WORDS, auth=False)
        self.assertIsNone(self.finding(self.pass_on()))

    def test_councils_own_sentences(self):
        self.configure('remember = { marked = [ "sender is officer", "the subject says chapel" ]; };\nphrases = { chapel = { any = ( "chapel" ); }; };')
        self.send('clerk', [SENDERS['sadiq']], 'CONFIDENTIAL', WORDS)
        self.assertIsNone(self.finding(self.pass_on()))
        self.send('clerk', [SENDERS['sadiq']], 'CONFIDENTIAL: chapel', WORDS)
        self.assertIsNotNone(self.finding(self.pass_on()))

    def test_switched_off(self):
        self.configure('remember = { marked = [ ]; };')
        self.send('clerk', [SENDERS['sadiq']], 'CONFIDENTIAL: chapel', WORDS)
        self.assertIsNone(self.finding(self.pass_on('References: <clerk9@ashdown.example>')))

    def test_mistakes_are_told(self):
        for text, said in (('remember = { market = [ "sender is officer" ]; };', 'marked'),
                           ('remember = { marked = [ "sender is oficer" ]; };', 'did you mean "officer"'),
                           ('remember = { marked = [ "this recipient is officer" ]; };', 'speaks of one recipient')):
            self.configure(text)
            self.assertIn(said, self.expect(78, 'lint').stderr)

    def test_open_mail_of_officers_is_no_secret(self):
        self.send('clerk', [OUTSIDE], 'the chapel', WORDS)
        self.send('clerk', [SENDERS['sadiq']], 'CONFIDENTIAL: chapel', WORDS)
        self.assertIsNone(self.finding(self.pass_on()))

    def test_what_leaks_is_not_published_by_it(self):
        self.send('clerk', [SENDERS['sadiq']], 'CONFIDENTIAL: chapel', WORDS)
        for _ in range(2):
            self.assertIsNotNone(self.finding(self.pass_on()))

    def test_nothing_is_kept_of_the_words(self):
        self.send('clerk', [SENDERS['sadiq']], 'CONFIDENTIAL: chapel', WORDS)
        judged = self.pass_on()
        self.assertIn('repeats', self.finding(judged)['evidence'][-1]['text'])
        self.assertIn('Ruth Calder to Imran Sadiq', self.finding(judged)['evidence'][-1]['text'])
        kept = b''
        for name in os.listdir(self.path('state')):
            with open(self.path('state/' + name), 'rb') as stream:
                kept += stream.read()
        kept += self.expect(0, 'report', '--json', '--at', '2026-03-03T09:00:00Z', '--state', 'state').stdout.encode()
        for word in (b'surveyor', b'ninety', b'trustees', b'chapel'):
            self.assertNotIn(word, kept)
        self.assertIn(b'confidential-lineage', kept)


if __name__ == '__main__':
    unittest.main()
