#!/usr/bin/env python3
# replay.py - `copyhold replay` and `copyhold diff`: past decisions gone through again, what was changed since shows, and what a change of the
# configuration would alter is told from facts alone, or said to be unknown.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: replay.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import glob
import importlib.util
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, here)
import run

CASES = os.path.join(here, '..', 'cases')
cases_spec = importlib.util.spec_from_file_location('cases_run', os.path.join(CASES, 'run.py'))
cases_run = importlib.util.module_from_spec(cases_spec)
cases_spec.loader.exec_module(cases_run)

RULE = '''{ id = "bins"; clause = "Bins"; when = ( %s ); action = "%s"; says = { en = "Bins."; }; }'''
PHRASES = 'phrases = { bins = { any = ( "%s" ); }; };\n'


class Past(run.Council):
    def judged(self, *more, message='bins.eml', auth=run.OFFICER):
        out = self.expect(0, 'check', '--json', '--at', run.AT, '--auth', auth, '--state', 'state', *more, message)
        return json.loads(out.stdout)['id']

    def copied(self, *more):
        return self.judged('--rcpt', run.SHOWN, '--rcpt', run.HIDDEN, *more)

    def replay(self, status, *arguments):
        return self.expect(status, 'replay', '--state', 'state', *arguments)

    def change(self, statement, *values):
        store = sqlite3.connect(self.path('state/store.db'))
        with store:
            store.execute(statement, values)
            rows = store.execute('SELECT changes()').fetchone()[0]
        store.close()
        self.assertGreater(rows, 0, statement)

    def values(self, query):
        store = sqlite3.connect(self.path('state/store.db'))
        rows = store.execute(query).fetchall()
        store.close()
        return rows

    def configuration(self, name, rules='', mode='enforce', more=''):
        self.write(name, run.CONF.replace('rules = ();', 'rules = ( %s );' % rules).replace('"enforce"', '"%s"' % mode) + more)


class Replay(Past):
    def test_the_same(self):
        name = self.copied()
        self.assertEqual(self.replay(0, name).stdout, '%s: the same\n' % name)
        self.hold()
        self.copied('--rcpt', 'mo@principal.example')
        self.assertEqual(self.replay(0, '--all').stdout, '3 the same, 0 that differ\n')

    def test_the_rules_of_then_whatever_is_configured_now(self):
        name = self.copied()
        self.configuration('copyhold.conf', '{ id = "silent-copy"; mode = "off"; }')
        self.assertIn('the same', self.replay(0, name).stdout)

    def test_what_was_changed_shows(self):
        name = self.copied()
        for what, column, old, new in (('answers of', 'answers', 'Y', 'N'), ('answers of', 'facts', 'Y', 'N'), ('conclusion', 'conclusion', 'footer', 'report'),
                                       ('conclusion', 'facts', 'A =', 'B =')):
            before = self.values('SELECT %s FROM answer' % column)[0][0]
            self.assertIn(old, before)
            self.change('UPDATE answer SET %s = ?' % column, before.replace(old, new, 1))
            out = self.replay(1, name)
            self.assertIn('%s: differs\n  %s' % (name, what), out.stdout)
            self.assertIn('is not what its facts and rules come to', out.stderr)
            self.change('UPDATE answer SET %s = ?' % column, before)
        self.replay(0, name)

    def test_a_changed_entry_shows(self):
        name = self.hold()
        self.change("UPDATE finding SET action = 'report'")
        self.assertIn('finding of the entry', self.replay(1, name).stdout)
        self.change("UPDATE finding SET action = 'hold'")
        self.change("UPDATE message SET outcome = 'deliver'")
        self.assertIn('outcome of the entry', self.replay(1, '--days', '10', '--at', run.AT).stdout)
        self.change("UPDATE message SET outcome = 'hold'")
        self.change("UPDATE recipient SET outcome = 'deliver'")
        self.assertIn('outcome for recipient 1', self.replay(1, name).stdout)

    def test_all_changed_alike_is_found_by_the_journal(self):
        name = self.copied()
        facts = self.values('SELECT facts FROM answer')[0][0]
        other = self.judged('--rcpt', run.SHOWN, '--rcpt', 'clerk@ashdown.example', '--rcpt', run.HIDDEN, message='bins.eml')
        row = self.values("SELECT answers, facts, conclusion FROM answer WHERE message = '%s'" % other)[0]
        self.assertNotEqual(facts, row[1])
        self.change("UPDATE answer SET answers = ?, facts = ?, conclusion = ? WHERE message = '%s'" % name, *row)
        self.assertIn('differs', self.replay(1, name).stdout)

    def test_answers_changed_without_effect_are_found_by_the_journal(self):
        name = self.copied()
        facts = self.values('SELECT facts FROM answer')[0][0]
        self.change('UPDATE answer SET facts = ?', facts.replace('r', '-', 1) if 'r' in facts[:8] else facts[:1] + 'r' + facts[2:])
        self.assertIn('answers in the journal', self.replay(1, name).stdout)

    def test_rules_that_are_not_those_of_then(self):
        name = self.copied()
        self.change("UPDATE rulebook SET rules = replace(rules, '\"footer\"', '\"report\"')")
        self.assertIn('their digest is another', self.replay(65, name).stderr)
        self.assertEqual(self.replay(0, '--all').stdout, '0 the same, 1 of which not enough is kept (any more), 0 that differ\n')

    def test_facts_that_are_damaged(self):
        name = self.copied()
        facts, seeds = self.values('SELECT facts FROM answer')[0][0], random.Random(7)
        store = sqlite3.connect(self.path('state/store.db'))
        message, answer = ([row[1] for row in store.execute('PRAGMA table_info(%s)' % table)] for table in ('message', 'answer'))
        with store:
            for number in range(300):
                damaged, at = list(facts), seeds.randrange(len(facts))
                damaged[at:at + seeds.randrange(3)] = seeds.choice(['', ' ', '=', 'Y', '9', '\xff', 'A' * 400, '-', 'z'])
                store.execute('INSERT INTO message SELECT %s FROM message WHERE id = ?' % ', '.join("'CH-%d'" % number if c == 'id' else c for c in message),
                              (name,))
                store.execute('INSERT INTO answer SELECT %s FROM answer WHERE message = ?' % ', '.join(
                    "'CH-%d'" % number if c == 'message' else '?1' if c == 'facts' else c for c in answer).replace('?1', '?'), (''.join(damaged), name))
        store.close()
        self.assertTrue(self.replay(1, '--all').stdout.endswith('\n1 the same, 300 that differ\n'))
        self.assertRegex(self.diff(0, 'copyhold.conf').stdout, 'Left out: [1-9]')

    def test_the_export_says_what_rules_came_to(self):
        self.copied()
        out = self.expect(0, 'export', '--state', 'state', '--person', run.OFFICER, '--form', 'json', '--reason', 'asked', '--at', '2026-03-03T09:00:00Z')
        asked = json.loads(out.stdout)['entries'][0]['rules_asked']
        self.assertIn('silent-copy fired', asked)
        self.assertIn('confidential-third-party did not fire', asked)

    def test_an_entry_of_before(self):
        name = self.copied()
        self.change('UPDATE answer SET facts = NULL, conclusion = NULL')
        self.assertIn('an earlier version recorded it', self.replay(65, name).stderr)
        self.assertIn('Left out: 1 of which not enough is kept', self.diff(0, 'copyhold.conf').stdout)

    def diff(self, status, new):
        return self.expect(status, 'diff', '--state', 'state', '--at', run.AT, 'copyhold.conf', new)

    def test_what_was_disposed_of(self):
        self.judged('--rcpt', run.SHOWN)
        name = self.copied()
        self.assertEqual(len(self.values('SELECT * FROM plain_facts')), 1)
        self.expect(0, 'retention', 'run', '--state', 'state', '--at', '2026-12-02T09:00:00Z')
        self.assertIn('disposed of when its time came', self.replay(65, name).stderr)
        self.assertEqual(self.values('SELECT (SELECT count(*) FROM plain_facts) + (SELECT count(*) FROM rulebook)'), [(0,)])

    def test_usage(self):
        self.assertIn('wanted the reference', self.replay(64).stderr)
        self.assertIn('or --all', self.replay(64, '--all', 'CH-1').stderr)
        self.assertIn('--days wants', self.replay(64, '--days', 'x').stderr)
        self.assertIn('not both', self.replay(64, '--all', '--days', '3').stderr)
        for others in (('--all',), ('CH-1',)):
            self.assertIn('belongs to --days', self.replay(64, '--at', '2026-03-02T09:00:00Z', *others).stderr)
        self.assertIn('there is no entry CH-1', self.replay(65, 'CH-1').stderr)


class Cases(unittest.TestCase):
    """Every labelled case, judged into stores: what is kept suffices to come to the same once more, bit for bit."""

    def run_copyhold(self, conf, *arguments):
        return subprocess.run([run.binary, '-c', conf, *arguments], capture_output=True, text=True, timeout=300)

    def configured(self, case):
        return case.packs, case.settings, case.people

    def judge_alike(self, cases):
        """Of the same packs and settings, by the rules that any of their files names: fewer configurations, and more to go through again."""
        judged = {}
        for case in cases:
            judged.setdefault(self.configured(case), set()).update(case.judged)
        for case in cases:
            case.judged = tuple(rule for rule in cases_run.casefile.RULES + cases_run.casefile.LATER_RULES if rule in judged[self.configured(case)])

    def test_every_labelled_case_comes_to_the_same(self):
        files = [path for path in sorted(glob.glob(os.path.join(CASES, '*.cases'))) if 'heldback' not in path]
        cases = [case for path in files for case in cases_run.casefile.read(path)]
        self.judge_alike(cases)
        if os.environ.get('COPYHOLD_BRIEF'):  # another build has been through all (tests/launch)
            chosen = list(dict.fromkeys(self.configured(case) for case in cases))[1::3]
            cases = [case for case in cases if self.configured(case) in chosen]
        with tempfile.TemporaryDirectory() as folder:
            cases_run.configure(run.binary, cases, folder)
            out, groups, same = os.path.join(folder, 'out'), {}, 0
            os.mkdir(out)
            for case in cases:
                groups.setdefault(case.conf, []).append(case)
            for number, (conf, members) in enumerate(groups.items()):
                state = ['--state', os.path.join(folder, 'kept-%d' % number)]
                cases_run.judge_together(run.binary, conf.path, members, folder, out, state)
                replayed = self.run_copyhold(conf.path, 'replay', '--all', *state)
                self.assertEqual(replayed.returncode, 0, replayed.stdout + replayed.stderr)
                self.assertNotIn('not enough', replayed.stdout)
                same += int(re.match(r'(\d+) the same', replayed.stdout).group(1))
                unchanged = self.run_copyhold(conf.path, 'diff', *state, '--days', '3660', '--at', '2027-01-01T00:00:00Z', conf.path, conf.path)
                self.assertEqual(unchanged.returncode, 0, unchanged.stdout + unchanged.stderr)
        print('%d decisions of %d cases replayed' % (same, len(cases)))
        self.assertGreater(same, len(cases) // 5)


class Plain(Past):
    """What is kept of messages that have no entry."""

    def test_alike_are_one_row_without_names(self):
        self.judged('--rcpt', run.SHOWN)
        self.write('bins.eml', run.BINS.replace('Thursday', 'Friday'))
        self.judged('--rcpt', run.SHOWN)
        rows = self.values('SELECT day, facts, count FROM plain_facts')
        self.assertEqual([(row[0] % 86400, row[2]) for row in rows], [(0, 2)])
        self.assertRegex(rows[0][1], r'^[-a-z0-9A-Z]{8} =[-YNUX]+( [0-7][-YNUX]*)+$')
        self.assertLess(len(rows[0][1]), 1000)

    def test_nothing_of_mail_to_the_protected(self):
        self.judged('--rcpt', 'mo@principal.example')
        self.assertEqual(self.values('SELECT * FROM plain_facts'), [])


class Diff(Past):
    def diff(self, status, *more):
        return self.expect(status, 'diff', '--state', 'state', '--at', run.AT, *more, 'copyhold.conf', 'new.conf').stdout

    def paragraph(self, text, rule):
        found = [part for part in text.split('\n\n') if part.startswith(rule + ' ')]
        self.assertEqual(len(found), 1, text)
        return found[0]

    def test_no_change(self):
        self.judged('--rcpt', run.SHOWN)
        self.copied()
        self.configuration('new.conf')
        out = self.diff(0)
        self.assertIn('2 messages, 1 of them without an entry', out)
        self.assertIn('No rule decides otherwise.', out)

    def test_a_mode(self):
        name = self.hold()
        self.configuration('new.conf', mode='advise')
        out = self.diff(1)
        part = self.paragraph(out, 'confidential-third-party')
        self.assertIn('is changed', part)
        self.assertRegex(part, r'with other deeds, or for others +1: %s' % name)
        self.assertRegex(out, r'deliver instead of hold +1: %s' % name)

    def test_observe_to_enforce_tells_that_the_line_fits(self):
        self.configuration('copyhold.conf', mode='observe')
        self.configuration('new.conf')
        name = self.copied()
        self.assertRegex(self.diff(1), r'annotate instead of deliver +1: %s' % name)

    def test_an_exception_of_sentences_that_were_asked(self):
        name = self.copied()
        self.configuration('new.conf', '{ id = "silent-copy"; unless_also = ( "sender is officer" ); }')
        part = self.paragraph(self.diff(1), 'silent-copy')
        self.assertRegex(part, r'would fire no more +1: %s' % name)
        self.assertNotIn('cannot be known', part)

    def test_a_rule_that_goes(self):
        name = self.copied()
        self.configuration('new.conf', '{ id = "copy-footer"; mode = "off"; }, { id = "silent-copy"; mode = "off"; }')
        out = self.diff(1)
        self.assertIn('is gone, or off', self.paragraph(out, 'silent-copy'))
        self.assertRegex(out, r'deliver instead of annotate +1: %s' % name)

    def test_a_rule_of_sentences_that_were_asked(self):
        self.judged('--rcpt', run.SHOWN)
        name = self.copied()
        self.configuration('new.conf', RULE % ('"sender is officer", "not: this recipient is a third party"', 'hold'))
        out = self.diff(1)
        self.assertRegex(self.paragraph(out, 'bins'), r'would fire newly +2: %s; 1 without an entry' % name)
        self.assertRegex(out, r'hold instead of deliver +1: 1 without an entry')
        self.assertRegex(out, r'hold instead of annotate +1: %s' % name)

    def test_a_rule_of_a_sentence_nobody_asked(self):
        self.judged('--rcpt', run.SHOWN)
        self.hold()
        self.configuration('new.conf', RULE % ('"sender is officer", "sender holds office rfo"', 'hold'))
        out = self.diff(1)
        part = self.paragraph(out, 'bins')
        self.assertRegex(part, 'cannot be known +2')
        self.assertIn('it asks "sender holds office rfo": nobody asked it then', part)
        self.assertRegex(out.split('What becomes')[1], 'cannot be known +2')

    def test_a_sentence_nobody_asked_does_not_matter_where_another_says_no(self):
        self.judged('--rcpt', run.SHOWN)
        self.configuration('new.conf', RULE % ('"sender is complainant", "sender is officer", "sender holds office rfo"', 'hold'))
        self.configuration('copyhold.conf', RULE % ('"sender is complainant", "sender is officer"', 'report'))
        self.copied()
        self.assertIn('Decisions of the last 30 days: 2 messages', self.diff(1))
        part = self.paragraph(self.diff(1), 'bins')
        self.assertRegex(part, 'cannot be known +1: 1 without an entry')  # of before it was asked whether the sender is a complainant

    def test_phrases(self):
        self.configuration('copyhold.conf', RULE % ('"the author says bins"', 'report'), more=PHRASES % 'extra bin')
        name = self.judged('--rcpt', run.SHOWN)
        self.configuration('new.conf', RULE % ('"the author says bins"', 'report'), more=PHRASES % 'bin')
        part = self.paragraph(self.diff(1), 'bins')
        self.assertRegex(part, 'cannot be known +1: %s' % name)
        self.assertIn('it asks "the author says bins": the phrases it asks about were others then', part)

    def test_phrases_that_reading_uses(self):
        self.hold()
        self.configuration('new.conf', more='phrases = { marking-line = { any = ( "hush" ); }; };\n')
        part = self.paragraph(self.diff(1), 'confidential-third-party')
        self.assertIn('cannot be known', part)
        self.assertIn('were told by other phrases then', part)

    def test_other_people(self):
        self.copied()
        self.write('others.csv', run.PEOPLE + 'Ann Other,officer,,other@ashdown.example\n')
        self.write('new.conf', run.CONF.replace('"people.csv"', '"others.csv"'))
        self.assertIn('The people differ too', self.diff(0))

    def test_usage(self):
        self.assertIn('two configurations', self.expect(64, 'diff', 'copyhold.conf').stderr)
        self.expect(78, 'diff', '--state', 'state', 'copyhold.conf', 'nowhere.conf')


if __name__ == '__main__':
    unittest.main()
