#!/usr/bin/env python3
# copies.py - hidden copies beyond the judgement of one message: what the clerk's report says of them, what the sender reads, and the bytes.
# The letters are those of tests/cases/scenarios-copies.cases, in the sample council.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: copies.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import json
import os
import re
import shutil
import sys
import unittest

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, here)
sys.dont_write_bytecode = True  # the source folder may be read-only, and stays clean
import post
import run
from replay import CASES as FOLDER, cases_run

casefile = cases_run.casefile
CASES = {case.id: case for case in casefile.read(os.path.join(FOLDER, 'scenarios-copies.cases'))}
EVENING = '2026-03-02T18:00:00Z'
LINE = 'CC councillor Amir Khan'


def flat(text):
    return ' '.join(text.split())


class Copies(run.Council):
    def setUp(self):
        super().setUp()
        shutil.copy(os.path.join(cases_run.SAMPLE, 'people.csv'), self.folder)
        self.configure()

    def configure(self, rules=''):
        self.write('copyhold.conf', cases_run.sample_text(casefile.PACKS, False) + 'rules = ( %s );\n' % rules)

    def judge(self, *names):
        """One after another with one memory; the answers."""
        return cases_run.judge_together(run.binary, self.path('copyhold.conf'), [CASES[name] for name in names], self.folder, self.path('out'),
                                        ['--state', self.path('state')])

    def report(self, *options):
        return self.expect(0, 'report', '--state', 'state', '--at', EVENING, *options).stdout

    def entry(self, rule='silent-copy'):
        """The report's only entry of that rule."""
        entries = re.findall(r'(?ms)^%s: 1$(.*?)(?:^\S+: \d+$|^-----)' % rule, self.report())
        self.assertEqual(len(entries), 1)
        return flat(entries[0])

    def delivered(self, name):
        with open(self.path('out/%s.eml' % name), 'rb') as stream:
            return stream.read()


class Report(Copies):
    def test_who_when_whom_and_the_line_but_not_the_text(self):
        self.judge('sc-a01')
        entry = self.entry()
        for words in ('Monday 2 March 2026, 09:00', 'From: Ruth Ames', 'RE: Allotment fees for 2026/27', 'to Carl Moss', 'Amir Khan is a recipient',
                      'Line added at the foot: "%s".' % LINE):
            self.assertIn(words, entry)
        self.assertNotIn('full plot', self.report())

    def test_a_visible_copy_is_in_the_report_and_nobody_is_told(self):
        self.judge('sc-a05')
        self.assertIn('RE: Who opens the fete', self.entry('copied-councillor'))
        self.assertEqual(post.waiting(self), [])

    def test_whoever_signed_in_is_named(self):
        """From the clerk's mailbox, which the signature and From would give to another."""
        self.judge('sc-a26')
        self.assertIn('From: Sam Cole', self.entry())
        self.assertNotIn('Ruth Ames', self.report())
        self.assertEqual([to for to, _ in post.waiting(self, 'annotated')], ['sam.cole@marlbrook.example'])

    def test_who_had_theirs_already(self):
        self.judge('sc-a28-1', 'sc-a28-2')
        self.assertIn('Those who had theirs already, without the line, were told in a note.', self.entry())
        (to, note), = post.waiting(self, 'companion')
        self.assertEqual(to, 'cllr.moss@marlbrook.example')
        self.assertIn(LINE, note)
        self.assertIn('1 came in several envelopes', flat(self.report()))

    def test_who_had_theirs_already_and_is_not_told(self):
        self.configure('{ id = "silent-copy"; fallback = "notify"; }, { id = "copy-footer"; fallback = "notify"; }')
        self.judge('sc-a28-1', 'sc-a28-2')
        self.assertIn('Some had theirs already, without the line, and were not told.', self.entry())
        self.assertEqual(post.waiting(self, 'companion'), [])

    def test_who_gets_theirs_later_has_the_line(self):
        self.judge('sc-a28-3', 'sc-a28-4')
        self.assertIn(LINE.encode(), self.delivered('sc-a28-4'))
        self.assertNotIn('without the line', flat(self.report()))

    def test_a_signed_letter_is_told_of(self):
        answer, = self.judge('sc-a31')
        self.assertEqual(answer['untouched'], 'signed')
        self.assertIn('No line added: the message is signed. Those who see it were told in a note.', self.entry())
        found = [entry for entry in json.loads(self.report('--json'))['findings'] if entry['rule'] == 'silent-copy']
        self.assertEqual([entry['line'] for entry in found], ['signed companion'])
        head, blank, body = self.delivered('sc-a31').partition(b'\r\n\r\n')
        self.assertEqual(body, CASES['sc-a31'].message().partition(b'\r\n\r\n')[2])
        self.assertRegex(head, rb'(?m)^X-Copyhold-Id: \S+; reason=signed\r$')

    def test_a_field_left_in_is_told_of(self):
        self.judge('sc-a38')
        self.assertIn("Amir Khan is named in a Bcc field that the sender's program left in", self.entry())
        self.assertNotIn(b'bcc:', self.delivered('sc-a38').partition(b'\r\n\r\n')[0].lower())
        self.assertIn(LINE.encode(), self.delivered('sc-a38'))

    def test_no_internal_mail_is_a_warning(self):
        """What stays in the cloud does not come by; all that can be seen is that nothing internal does."""
        self.judge('sc-a22', 'sc-a24')
        self.assertIn('No internal mail was seen.', flat(self.report()))
        self.assertEqual(json.loads(self.report('--json'))['tally']['internal'], 0)
        self.judge('sc-a12')
        self.assertNotIn('No internal mail was seen.', flat(self.report()))
        self.assertEqual(json.loads(self.report('--json'))['tally']['internal'], 1)


class Sender(Copies):
    def test_a_false_name_is_told(self):
        self.judge('sc-a03')
        (to, note), = post.waiting(self, 'annotated')
        self.assertEqual(to, 'clerk@marlbrook.example')
        self.assertIn('Copied without being visible: Amir Khan. Named there but not copied: Frances Lowe.', note)
        self.assertIn('Added at its foot: %s.' % LINE, note)

    def test_a_line_is_ready_for_whose_letter_was_passed_on(self):
        self.judge('sc-a07')
        (to, note), = post.waiting(self, 'advice')
        self.assertEqual(to, 'clerk@marlbrook.example')
        self.assertIn('Write to Carl Moss: "I have shared your e-mail with Frances Lowe', note)

    def test_only_the_sender_hears_in_a_matter_of_conduct(self):
        self.judge('sc-a25')
        (to, note), = post.waiting(self, 'advice')
        self.assertEqual((to, post.waiting(self, 'companion')), ('clerk@marlbrook.example', []))
        self.assertIn('also went to Amir Khan', note)
        self.assertEqual(self.delivered('sc-a25'), CASES['sc-a25'].message())

    def test_no_private_address_is_shown(self):
        self.judge('sc-a16')
        for text in [note for _, note in post.waiting(self, 'annotated')] + [self.delivered('sc-a16').decode()]:
            self.assertIn(LINE, text)
            self.assertNotIn('mailbox.example', text)


class Bytes(Copies):
    def test_before_the_end_of_the_body_once(self):
        self.judge('sc-a30')
        before, after = (raw.decode().partition('\r\n\r\n')[2] for raw in (CASES['sc-a30'].message(), self.delivered('sc-a30')))
        self.assertEqual(after.count(LINE), 1)
        self.assertLess(after.index('Marlbrook Town Council</p>'), after.index(LINE))
        self.assertLess(after.index(LINE), after.index('</body>'))
        same = len(os.path.commonprefix([before, after]))
        self.assertEqual(after[:same] + after[len(after) - len(before) + same:], before)  # one insertion, and nothing else

    def test_a_newsletter_of_340(self):
        """Two of its readers are councillors, at their private addresses."""
        readers = ['reader%d@post.example' % number for number in range(338)] + ['fran.lowe@mailbox.example', 'amir.khan@mailbox.example']
        message = '\r\n'.join(['From: Isla Grant <comms@marlbrook.example>', 'To: Marlbrook Town Council <comms@marlbrook.example>',
                               'Subject: Marlbrook Matters, March', 'Date: Mon, 02 Mar 2026 09:00:00 +0000', 'Message-ID: <matters@marlbrook.example>', '',
                               'In this issue: the Easter egg trail, new bus times, and how to get a sticker for garden waste.', '',
                               'You get this because you asked for it. To stop, reply with STOP.', ''])
        with open(self.path('matters.eml'), 'w', encoding='utf-8', newline='') as stream:
            stream.write(message)
        answer = json.loads(self.expect(0, 'check', '--json', '--state', 'state', '--at', CASES['sc-a01'].at, '--auth', 'isla.grant@marlbrook.example',
                                        '--from', 'comms@marlbrook.example', '--output', 'matters.out', 'matters.eml',
                                        *[word for reader in readers for word in ('--rcpt', reader)]).stdout)
        self.assertEqual((answer['outcome'], answer['findings'], answer['footers'], answer['notices']), ('deliver', [], [], []))
        with open(self.path('matters.out'), encoding='utf-8', newline='') as stream:
            self.assertEqual(stream.read(), message)


if __name__ == '__main__':
    unittest.main()
