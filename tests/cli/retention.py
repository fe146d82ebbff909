#!/usr/bin/env python3
# retention.py - disposal as an administrator meets it: the schedule in the configuration, runs, legal holds, the certificate.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: retention.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import json
import os
import sqlite3
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run

AT, LATER, DECIDED = run.AT, '2026-09-03T10:00:00Z', '2026-03-02T10:00:00Z'


class Retention(run.Council):
    def configure(self, retention):
        self.write('copyhold.conf', run.CONF + 'retention = { %s };\n' % retention)

    def retention(self, status, *arguments):
        return self.expect(status, 'retention', *arguments, '--state', 'state')

    def run_at(self, at, *arguments):
        return json.loads(self.retention(0, 'run', '--json', '--at', at, *arguments).stdout)

    def release(self, reference):
        self.expect(0, 'queue', 'release', '--by', 'mo@principal.example', '--reason', 'the law requires it', '--at', DECIDED, '--state', 'state',
                    reference)

    def traces(self, text):
        count = 0
        for name in os.listdir(self.path('state')):
            with open(os.path.join(self.path('state'), name), 'rb') as stream:
                count += stream.read().count(text.encode())
        return count


class Schedule(Retention):
    def test_usual_and_set(self):
        shown = json.loads(self.retention(0, 'show', '--json').stdout)
        self.assertEqual(shown['schedule'], {'bodies': '30 days', 'notices': '30 days', 'observations': '6 months', 'memory': '12 months',
                                             'journal': '24 months', 'counts': '72 months'})
        self.assertIsNone(shown['last_run']['at'])
        self.configure('bodies = "2 weeks"; journal = "3 years";')
        shown = json.loads(self.retention(0, 'show', '--json').stdout)
        self.assertEqual((shown['schedule']['bodies'], shown['schedule']['journal'], shown['schedule']['memory']), ('14 days', '36 months', '12 months'))
        self.assertIn('observations  6 months', self.retention(0, 'show').stdout)

    def test_bad_values_are_refused_with_their_line(self):
        for value, word in (('bodies = "thirty days"', 'length of time'), ('bodies = "0 days"', 'length of time'), ('bodies = "30"', 'length of time'),
                            ('bodies = "2 years"', 'longer than 12 months'), ('journal = "6 months"', 'shorter than 12 months'),
                            ('observations = "3 weeks"', 'shorter than 1 month'), ('bodies = "7 months"', 'observations'),
                            ('memory = "36 months"', 'journal'), ('counts = "11 years"', 'longer than 10 years'),
                            ('bodies = 30', 'string'), ('body = "30 days"', 'bodies'), ('journal = "24 month s"', 'length of time')):
            self.configure('\n ' + value + ';')
            said = self.expect(78, 'lint').stderr
            self.assertIn('copyhold.conf:15', said)
            self.assertIn(word, said, value)


class Run(Retention):
    def test_nothing_waiting_ever_goes(self):
        reference = self.hold()
        result = self.run_at('2036-01-01T00:00:00Z')
        self.assertEqual((result['removed']['bodies'], result['removed']['observations']), (0, 0))
        self.assertIn(reference, self.expect(0, 'queue', 'list', '--state', 'state').stdout)
        self.assertIn('The affidavit is below', self.expect(0, 'queue', 'show', '--raw', '--by', 'mo@principal.example', '--reason', 'x',
                                                            '--state', 'state', reference).stdout)

    def test_each_in_its_time(self):
        reference = self.hold()
        self.release(reference)
        self.assertEqual(self.run_at('2026-04-01T08:00:00Z')['removed']['bodies'], 0)
        dry = self.run_at('2026-04-02T10:00:00Z', '--dry-run')
        self.assertEqual(dry['removed']['bodies'], 1)
        self.assertGreater(self.traces('The affidavit is below'), 0)
        self.assertEqual(self.run_at('2026-04-02T10:00:00Z')['removed']['bodies'], 1)
        self.assertEqual(self.traces('The affidavit is below'), 0)
        self.assertEqual(self.run_at('2026-09-02T08:00:00Z')['removed']['observations'], 0)
        self.assertGreater(self.traces('petrie'), 0)
        self.assertEqual(self.run_at(LATER)['removed']['observations'], 1)
        self.assertEqual(json.loads(self.expect(0, 'report', '--json', '--at', LATER, '--days', '300', '--state', 'state').stdout)['v'], 1)
        self.assertNotIn(reference, self.expect(0, 'queue', 'list', '--all', '--state', 'state').stdout)
        self.assertEqual(self.run_at('2027-03-02T10:00:01Z')['removed']['memory'], 1)
        self.run_at('2028-03-03T10:00:00Z')
        self.assertEqual(self.traces('petrie'), 0)
        self.assertEqual(self.traces('marked@ashdown'), 0)
        self.expect(0, 'journal', 'verify', '--state', 'state')
        with sqlite3.connect(self.path('state/store.db')) as store:
            self.assertEqual(store.execute('SELECT count(*) FROM message').fetchone()[0], 0)

    def test_the_last_run_is_known(self):
        self.run_at(LATER)
        last = json.loads(self.retention(0, 'show', '--json').stdout)['last_run']
        self.assertEqual((last['at'], last['next_at']), (LATER, '2026-09-04T03:00:00Z'))
        self.assertEqual([line[4] for line in self.journal() if line[2] == 'retention-run'], ['account'])
        self.assertIn('Last run Thursday 3 September 2026', self.retention(0, 'show').stdout)

    def test_the_future_is_not_disposed_of_by_mistake(self):
        self.write('copyhold.conf', run.CONF + 'store = "live";\n')
        self.expect(64, 'retention', 'run', '--at', '2099-01-01T00:00:00Z')
        self.expect(0, 'retention', 'run', '--dry-run', '--at', '2099-01-01T00:00:00Z')

    def test_usage(self):
        for arguments in ([], ['rub'], ['run', 'x'], ['show', 'x'], ['keep'], ['keep', 'x'], ['keep', '--all', '--by', 'clerk'],
                          ['keep', 'x', '--all', '--by', 'c', '--reason', 'r'], ['keep', 'a', 'b', '--by', 'c', '--reason', 'r'],
                          ['keep', '--all', '--by', 'c', '--reason', 'r', '--review', 'soon'], ['unkeep', '--number', 'x', '--by', 'c', '--reason', 'r'],
                          ['keep', '--number', '1', '--by', 'c', '--reason', 'r'], ['certificate', '--from', 'x']):
            self.retention(64, *arguments)


class Holds(Retention):
    ORDER = ('--by', 'clerk@ashdown.example', '--reason', 'claim 26/4')

    def check(self, *what):
        """Kept with it, disposed of without it."""
        reference = self.hold()
        self.release(reference)
        what = [reference if word == 'ID' else word for word in what]
        self.retention(0, 'keep', *what, *self.ORDER, '--review', '2036-12-31')
        result = self.run_at('2032-01-01T00:00:00Z')
        self.assertEqual((result['removed']['bodies'], result['removed']['observations']), (0, 0))
        self.assertGreater(result['kept_by_hold'], 0)
        line = [words for words in self.journal() if words[2] == 'retention-run'][-1]
        self.assertIn('"kept_by_hold":%d' % result['kept_by_hold'], ' '.join(line))
        shown = json.loads(self.retention(0, 'show', '--json').stdout)['legal_holds']
        self.assertEqual((len(shown), shown[0]['review'], shown[0]['reason']), (1, '2036-12-31', 'claim 26/4'))
        self.assertIn('petrie', self.expect(0, 'journal', 'list', '--state', 'state').stdout)
        self.retention(0, 'unkeep', *what, '--by', 'clerk@ashdown.example', '--reason', 'settled')
        self.assertEqual(json.loads(self.retention(0, 'show', '--json').stdout)['legal_holds'], [])
        result = self.run_at('2032-01-02T00:00:00Z')
        self.assertEqual(result['removed']['bodies'], 1)
        self.assertEqual(self.traces('petrie'), 0)
        self.expect(0, 'journal', 'verify', '--state', 'state')

    def test_message(self):
        self.check('ID')

    def test_sender(self):
        self.check('--person', 'clerk')

    def test_sender_by_name(self):
        self.check('--person', 'ruth  CALDER')

    def test_recipient(self):
        self.check('--person', 'Petrie+x@resident.example')

    def test_who_decided(self):
        self.check('--person', 'Mona Hart')

    def test_everything(self):
        self.check('--all')

    def test_somebody_else_is_no_reason(self):
        self.release(self.hold())
        self.retention(0, 'keep', '--person', 'vaughan@ashdown.example', *self.ORDER)
        self.assertEqual(self.run_at('2032-01-01T00:00:00Z')['removed']['bodies'], 1)

    def test_the_order_outlives_the_directory_row(self):
        self.release(self.hold())
        self.retention(0, 'keep', '--person', 'petrie@resident.example', *self.ORDER)
        self.write('people.csv', run.PEOPLE.replace('Joan Petrie,complainant,,petrie@resident.example\n', ''))
        self.assertEqual(self.run_at('2032-01-01T00:00:00Z')['removed']['bodies'], 0)

    def test_refusals(self):
        self.hold()
        self.assertIn('no message', self.retention(65, 'keep', 'CH-1', *self.ORDER).stderr)
        self.assertIn('nobody', self.retention(65, 'keep', '--person', 'Nobody Atall', *self.ORDER).stderr)
        self.assertIn('no such legal hold', self.retention(65, 'unkeep', '--all', *self.ORDER).stderr)
        self.assertIn('no such legal hold', self.retention(65, 'unkeep', '--number', '7', *self.ORDER).stderr)
        self.assertIn('passed', self.retention(65, 'keep', '--all', *self.ORDER, '--review', '2026-01-01').stderr)


class Certificate(Retention):
    def test_counts_and_no_content(self):
        self.release(self.hold())
        self.run_at('2028-04-01T00:00:00Z')
        page = self.retention(0, 'certificate', '--at', '2028-04-02T00:00:00Z').stdout
        for word in ('CERTIFICATE OF DISPOSAL', 'The Town Council', 'Held messages, the text', 'observations  1, older than 2027-10-01T00:00:00Z',
                     "The journal's chain holds", 'Legal holds in force when this was made: 0'):
            self.assertIn(word, page)
        for word in ('petrie', 'clerk@', 'staffing', 'Calder', 'CH-2026'):
            self.assertNotIn(word, page)
        page = self.retention(0, 'certificate', '--from', '2028-04-01T00:00:01Z', '--to', '2028-04-02T00:00:00Z').stdout
        self.assertIn('Nothing was disposed of', page)

    def test_a_broken_chain_proves_nothing(self):
        self.release(self.hold())
        self.run_at('2028-04-01T00:00:00Z')
        with sqlite3.connect(self.path('state/store.db')) as store:
            store.execute('DROP TRIGGER journal_no_update')
            store.execute("UPDATE journal SET detail = replace(detail, '\"count\":\"1\"', '\"count\":\"0\"') WHERE what = 'disposed'")
        self.retention(1, 'certificate')


if __name__ == '__main__':
    unittest.main()
