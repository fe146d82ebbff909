#!/usr/bin/env python3
# memory.py - what is remembered from one message to the next, as an administrator meets it: shown, declassified, forgotten, damaged, in use
# by several processes at once; and that nobody can read it.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: memory.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import concurrent.futures
import json
import os
import stat
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run

WORDS = ('The tender of Brackenridge Joinery was the lowest by four thousand pounds, and the panel doubts whether they can staff the works in '
         'August. Before Thursday we shall ask the surveyor for his view of the scaffolding, and nobody outside the panel should hear of it.')
LETTER = '''From: Ruth Calder <clerk@ashdown.example>
To: sadiq@ashdown.example
Subject: CONFIDENTIAL: Brackenridge
Message-ID: <letter@ashdown.example>

Dear Imran,

%s

Ruth
''' % WORDS
PASSED_ON = '''From: Imran Sadiq <sadiq@ashdown.example>
To: petrie@resident.example
Subject: what I heard
Message-ID: <leak@ashdown.example>

Joan, this may interest you.

%s

Imran
''' % WORDS
BY = ('--by', 'mo@principal.example', '--reason', 'published with the agenda')


class Memory(run.Council):
    whole_pack = True

    def setUp(self):
        super().setUp()
        self.write('letter.eml', LETTER)
        self.write('leak.eml', PASSED_ON)

    def judge(self, name, sender, at=run.AT):
        return json.loads(self.expect(0, 'check', '--json', '--auth', sender, '--at', at, '--state', 'state', name).stdout)

    def is_noticed(self, at='2026-03-03T09:00:00Z'):
        return 'confidential-lineage' in [finding['rule'] for finding in self.judge('leak.eml', 'sadiq', at)['findings']]

    def memory(self, status, *arguments):
        return self.expect(status, 'memory', *arguments, '--state', 'state')

    def figures(self):
        return json.loads(self.memory(0, 'show', '--json').stdout)

    def kept(self):
        kept = b''
        for path in self.files():
            with open(path, 'rb') as stream:
                kept += stream.read().lower()
        return kept

    def files(self):
        return [os.path.join(self.path('state'), name) for name in sorted(os.listdir(self.path('state'))) if name.startswith('memory')]


class Deeds(Memory):
    def test_it_remembers_from_one_run_to_the_next(self):
        self.assertFalse(self.is_noticed())
        self.judge('letter.eml', 'clerk')
        self.assertTrue(self.is_noticed())
        figures = self.figures()
        self.assertGreater(figures['prints'], 5)
        self.assertGreaterEqual(figures['messages'], 1)
        self.assertGreater(figures['octets'], 0)
        self.assertIn('as digests', self.memory(0, 'show').stdout)

    def test_without_a_folder_each_message_stands_alone(self):
        self.judge('letter.eml', 'clerk')
        alone = json.loads(self.expect(0, 'check', '--json', '--auth', 'sadiq', '--at', run.AT, 'leak.eml').stdout)
        self.assertNotIn('confidential-lineage', [finding['rule'] for finding in alone['findings']])

    def test_told_not_to(self):
        self.write('copyhold.conf', run.CONF + 'memory = { keep = false; };\n')
        self.judge('letter.eml', 'clerk')
        self.assertFalse(self.is_noticed())
        self.assertIn('memory.keep', self.expect(0, 'lint').stdout)
        self.write('copyhold.conf', run.CONF + 'memory = { reunion_hours = 0; };\n')
        self.assertIn('reunion_hours', self.expect(78, 'lint').stderr)

    def test_declassified_from_a_day_on(self):
        reference = self.judge('letter.eml', 'clerk')['id']
        self.memory(0, 'declassify', '--from', '2026-03-10', *BY, reference)
        self.assertTrue(self.is_noticed('2026-03-09T09:00:00Z'))
        self.assertFalse(self.is_noticed('2026-03-10T09:00:00Z'))
        line = [line for line in self.journal() if 'memory-declassified' in line]
        self.assertEqual(len(line), 1)
        self.assertIn(reference, line[0])

    def test_forgotten(self):
        reference = self.judge('letter.eml', 'clerk')['id']
        before = self.figures()
        self.memory(0, 'forget', *BY, reference)
        self.assertFalse(self.is_noticed())
        self.assertEqual(self.figures()['prints'], 0)
        self.assertGreater(before['prints'], 0)
        self.assertIn('memory-forgotten', sum(self.journal(), []))
        self.memory(65, 'forget', *BY, 'CH-20260302-ZZZZZZZZ')

    def test_not_for_everybody(self):
        reference = self.judge('letter.eml', 'clerk')['id']
        for who in ('sadiq@ashdown.example', 'petrie@resident.example', 'nobody@elsewhere.example'):
            self.memory(1, 'forget', '--by', who, '--reason', 'x', reference)
        for arguments in ([], ['forget'], ['forget', reference], ['forget', '--by', 'mo@principal.example', reference], ['show', reference],
                          ['declassify', '--from', 'soon', *BY, reference], ['remember']):
            self.memory(64, *arguments)
        self.assertTrue(self.is_noticed())

    def test_under_legal_hold(self):
        held = self.hold()
        self.expect(0, 'retention', 'keep', '--by', 'mo', '--reason', 'a claim', '--state', 'state', held)
        self.assertIn('legal hold', self.memory(1, 'forget', *BY, held).stderr)

    def test_by_whichever_of_its_envelopes(self):
        """They are remembered as one, and what stands against one stands against all."""
        passed, held = (json.loads(self.expect(0, 'check', '--json', '--auth', 'clerk', '--at', run.AT, '--rcpt', who, '--state', 'state',
                                                'letter.eml').stdout)['id'] for who in (run.SHOWN, 'petrie@resident.example'))
        self.assertIn('no entry', self.expect(65, 'why', '--state', 'state', passed).stderr)
        self.expect(0, 'why', '--state', 'state', held)
        self.assertEqual(self.figures()['messages'], 1)
        self.expect(0, 'retention', 'keep', '--by', 'mo', '--reason', 'a claim', '--state', 'state', held)
        for reference in (held, passed, passed[:-1], '<letter@ashdown.example>'):
            self.assertIn('legal hold', self.memory(1, 'forget', *BY, reference).stderr)
        self.assertIn('they sent it', self.memory(1, 'declassify', '--by', 'clerk@ashdown.example', '--reason', 'x',
                                                    '<letter@ashdown.example>').stderr)
        self.assertTrue(self.is_noticed())
        self.memory(0, 'declassify', *BY, '--at', run.AT, passed[:-1])
        self.assertFalse(self.is_noticed())
        self.assertIn(passed, sum(self.journal(), []))

    def test_by_message_id(self):
        """Whoever may is asked as by the reference, which is what the journal has."""
        reference = self.judge('letter.eml', 'clerk')['id']
        self.memory(1, 'declassify', '--by', 'sadiq@ashdown.example', '--reason', 'x', '<letter@ashdown.example>')
        self.memory(65, 'declassify', *BY, '<other@ashdown.example>')
        self.memory(65, 'declassify', *BY, 'letter@ashdown.example')
        self.assertTrue(self.is_noticed())
        self.assertIn(reference, self.memory(0, 'declassify', *BY, '--at', run.AT, '<letter@ashdown.example>').stdout)
        self.assertFalse(self.is_noticed())
        self.assertIn(reference, [line for line in self.journal() if 'memory-declassified' in line][0])

    def test_entries_of_what_was_not_held(self):
        self.write('copyhold.conf', run.CONF.replace('"enforce"', '"observe"'))
        answer = json.loads(self.expect(0, 'check', '--json', '--auth', 'clerk', '--at', run.AT, '--state', 'state', 'marked.eml').stdout)
        self.assertEqual((answer['outcome'], len(answer['findings']) > 0), ('deliver', True))
        self.assertIn('they sent it', self.memory(1, 'forget', '--by', 'clerk@ashdown.example', '--reason', 'x', answer['id']).stderr)
        self.expect(0, 'retention', 'keep', '--by', 'mo', '--reason', 'a claim', '--state', 'state', answer['id'])
        self.assertIn('legal hold', self.memory(1, 'forget', *BY, answer['id']).stderr)

    def test_while_everything_is_under_legal_hold(self):
        reference = self.judge('letter.eml', 'clerk')['id']
        self.expect(0, 'retention', 'keep', '--all', '--by', 'mo', '--reason', 'an inquiry', '--state', 'state')
        self.assertIn('legal hold', self.memory(1, 'forget', *BY, reference).stderr)
        self.assertTrue(self.is_noticed())
        self.memory(0, 'declassify', *BY, '--at', run.AT, reference)
        self.assertFalse(self.is_noticed())

    def test_it_ends(self):
        self.judge('letter.eml', 'clerk')
        self.expect(0, 'retention', 'run', '--at', '2027-03-03T09:00:00Z', '--state', 'state')
        self.assertEqual((self.figures()['messages'], self.figures()['envelopes']), (0, 0))
        self.assertIn('no words, no names', self.expect(0, 'retention', 'show', '--state', 'state').stdout)


class Files(Memory):
    def test_nothing_readable_is_kept(self):
        """Of people, only recipients, until copies are joined no more; then nobody."""
        self.judge('letter.eml', 'clerk')
        self.judge('leak.eml', 'sadiq')
        kept = self.kept()
        for word in ('ruth', 'calder', 'clerk@', 'imran', 'brackenridge', 'tender', 'scaffolding', 'letter@', 'leak@', 'confidential'):
            self.assertFalse(word.encode() in kept, word)
        self.assertTrue(b'sadiq@ashdown.example' in kept)
        self.expect(0, 'retention', 'run', '--at', '2026-03-02T14:00:00Z', '--state', 'state')
        kept = self.kept()
        self.assertFalse(b'.example' in kept)
        self.assertFalse(b'sadiq' in kept)
        self.assertTrue(self.is_noticed())

    def test_nobody_else_may_look(self):
        self.judge('letter.eml', 'clerk')
        for path in self.files():
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)

    def damage(self):
        with open(os.path.join(self.path('state'), 'memory.db'), 'r+b') as stream:
            stream.seek(0)
            stream.write(b'not a database at all' * 400)

    def test_damaged_it_is_set_aside(self):
        self.judge('letter.eml', 'clerk')
        self.damage()
        self.assertIn('begun anew', self.expect(0, 'check', '--auth', 'sadiq', '--at', run.AT, '--state', 'state', 'leak.eml').stderr)
        self.assertEqual(len([path for path in self.files() if 'damaged' in path and not path.endswith('-wal')]), 1)
        self.assertIn('memory-set-aside', sum(self.journal(), []))
        self.assertEqual(self.figures()['set_aside'], 1)
        self.judge('letter.eml', 'clerk')
        self.assertTrue(self.is_noticed())

    def test_taken_away_it_begins_anew(self):
        self.judge('letter.eml', 'clerk')
        for path in self.files():
            os.unlink(path)
        self.assertFalse(self.is_noticed())

    def test_several_processes_at_once(self):
        def one(number):
            name = 'm%d.eml' % number
            self.write(name, LETTER.replace('<letter@', '<m%d@' % number).replace('Thursday', 'day %d' % number))
            return self.judge(name, 'clerk')['id']
        self.judge('letter.eml', 'clerk')
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            references = list(pool.map(one, range(8)))
        self.assertEqual(len(set(references)), 8)
        self.assertEqual(self.figures()['messages'], 9)


if __name__ == '__main__':
    unittest.main()
