#!/usr/bin/env python3
# kept.py - what a rule's key `kept` leaves behind: of "nothing" no trace in any file, whatever else the message is about; of "outline" that the
# rule fired, and no word. Store, journal, outbox, report, replay and diff are asked.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: kept.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import email
import json
import os
import sqlite3
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run

NAME, MINISTER = 'own-affairs', 'ps@ministry.example'
RULE = '''{ id = "%s"; clause = "Affairs"; when = ( "sender is officer", "the author says pay" ); unless = ( "every addressee is minister" );
	action = "%s"; kept = "%s"; mode = "advise"; says = { en = "It may be about your own employment: %%{act}."; cy = "Gall fod am eich swydd."; }; }'''
PHRASES = 'phrases = { pay = { any = ( "my pay" ); }; word = { any = ( "without" ); }; };\n'
PACKS_OWN = ('silent-copy', 'copy-footer')
LETTER = '''From: Dean Hollis <dean@ashdown.example>
To: %s
Subject: A word with you
Message-ID: <pay%s@ashdown.example>

%s
'''
PAY = 'They have cut my pay without a word.'


class Kept(run.Council):
    number = 0

    def setUp(self):
        super().setUp()
        self.write('people.csv', run.PEOPLE + 'Dana Whitlock,minister,,%s\n' % MINISTER)
        self.configure('nothing')

    def configure(self, kept, action='notify', others='', name='copyhold.conf', more=''):
        """`others`: the mode of the pack's rules on copies, where it is to be another; `more`: rules."""
        rules = [RULE % (NAME, action, kept)] + ['{ id = "%s"; mode = "%s"; }' % (rule, others) for rule in PACKS_OWN if others]
        conf = run.CONF.replace('mode = "enforce";', '') if others else run.CONF
        self.write(name, conf.replace('rules = ();', 'rules = ( %s%s );' % (', '.join(rules), more)) + PHRASES)

    def send(self, to=run.SHOWN, text=PAY, rcpt=()):
        self.number += 1
        self.write('m.eml', LETTER % (to, self.number, text))
        more = [word for address in rcpt for word in ('--rcpt', address)]
        out = self.expect(0, 'check', '--json', '--at', run.AT, '--auth', run.OFFICER, '--state', 'state', *more, 'm.eml')
        return json.loads(out.stdout)

    def rows(self, query):
        store = sqlite3.connect(self.path('state/store.db'))
        found = store.execute(query).fetchall()
        store.close()
        return found

    def traces(self, *words):
        """How often they stand in any file of the state, the notice that waits there included."""
        count = 0
        for name in os.listdir(self.path('state')):
            with open(self.path(os.path.join('state', name)), 'rb') as stream:
                content = stream.read()
            count += sum(content.count(word.encode()) for word in words)
        return count

    def told(self):
        return [(message, kind, to, email.message_from_bytes(octets)['Subject'])
                for message, kind, to, octets in self.rows('SELECT message, kind, recipient, octets FROM outbox')]

    def report(self):
        return json.loads(self.expect(0, 'report', '--form', 'json', '--at', '2026-03-03T09:00:00Z', '--state', 'state').stdout)

    def replay(self):
        return self.expect(0, 'replay', '--all', '--state', 'state').stdout


class Nothing(Kept):
    def fired(self, answer):
        self.assertIn(NAME, [finding['rule'] for finding in answer['findings']])

    def test_alone_it_leaves_no_entry(self):
        self.fired(self.send())
        for table in ('message', 'finding', 'exemption', 'exemption_tally', 'answer', 'rulebook', 'plain_facts', 'journal'):
            self.assertEqual(self.rows('SELECT * FROM %s' % table), [], table)
        self.assertEqual([row[:3] for row in self.told()], [(None, 'advice', run.OFFICER)])
        self.assertEqual(self.traces(NAME, 'my pay'), 0)
        report = self.report()
        self.assertEqual((report['findings'], report['rules'], report['exceptions']), (0, [], []))
        self.assertEqual(self.replay(), '0 the same, 0 that differ\n')

    def test_beside_another_finding_it_leaves_no_more(self):
        self.fired(self.send(rcpt=(run.SHOWN, run.HIDDEN)))
        entry, = self.rows('SELECT id, outcome, subject, footers FROM message')
        self.assertEqual(entry[1:], ('annotate', None, 'CC councillor Eleri Vaughan'))
        self.assertEqual(self.traces(NAME, 'my pay'), 0)
        self.assertEqual([row[:3] for row in self.told()], [(entry[0], 'annotated', run.OFFICER)])
        self.assertEqual([rule['rule'] for rule in self.report()['rules']], ['copy-footer', 'silent-copy'])
        self.assertEqual(self.replay(), '1 the same, 0 that differ\n')

    def test_beside_what_is_only_observed_the_note_is_of_no_message(self):
        self.configure('nothing', others='observe')
        self.fired(self.send(rcpt=(run.SHOWN, run.HIDDEN)))
        self.assertEqual([row[:3] for row in self.told()], [(None, 'advice', run.OFFICER)])
        self.assertEqual(self.rows('SELECT outcome FROM message'), [('deliver',)])
        self.assertEqual(self.traces(NAME, 'my pay'), 0)
        self.assertIn('sender hears nothing', self.rows('SELECT conclusion FROM answer')[0][0])
        self.assertEqual(self.replay(), '1 the same, 0 that differ\n')

    def test_a_note_to_the_officer_who_got_it(self):
        self.configure('nothing', action='companion')
        self.fired(self.send(to='clerk@ashdown.example, ' + run.SHOWN, rcpt=('clerk@ashdown.example', run.SHOWN, run.HIDDEN)))
        told = sorted((row[0] is None, row[1], row[2]) for row in self.told())
        self.assertEqual(told, [(False, 'annotated', run.OFFICER), (True, 'companion', 'clerk@ashdown.example')])
        self.assertEqual(self.traces(NAME, 'my pay'), 0)
        self.assertEqual(self.replay(), '1 the same, 0 that differ\n')

    def test_a_note_does_not_show_in_the_outcome(self):
        self.configure('nothing', action='companion', others='observe')
        self.fired(self.send(to='clerk@ashdown.example, ' + run.SHOWN, rcpt=('clerk@ashdown.example', run.SHOWN, run.HIDDEN)))
        self.assertEqual([row[:3] for row in self.told()], [(None, 'companion', 'clerk@ashdown.example')])
        self.assertEqual(set(self.rows('SELECT outcome FROM message UNION SELECT outcome FROM recipient')), {('deliver',)})
        self.assertEqual(self.replay(), '1 the same, 0 that differ\n')

    def test_an_exemption_from_it_is_no_entry(self):
        answer = self.send(to=MINISTER)
        self.assertEqual([one['rule'] for one in answer['exceptions']], [NAME])
        self.assertEqual(self.rows('SELECT (SELECT count(*) FROM message) + (SELECT count(*) FROM journal)'
                                   ' + (SELECT count(*) FROM exemption_tally)'), [(0,)])
        self.assertEqual(len(self.rows('SELECT * FROM plain_facts')), 1)
        self.assertEqual(self.traces(NAME, 'my pay'), 0)

    def test_an_exemption_from_it_is_not_in_the_entry_of_another_rule(self):
        answer = self.send(to=MINISTER, rcpt=(MINISTER, run.SHOWN))
        self.assertEqual([one['rule'] for one in answer['exceptions']], [NAME])
        self.assertEqual(len(self.rows('SELECT * FROM message')), 1)
        self.assertEqual(self.rows('SELECT * FROM exemption'), [])
        self.assertEqual(self.traces(NAME), 0)
        self.assertEqual(self.replay(), '1 the same, 0 that differ\n')

    def test_a_change_of_it_cannot_be_told(self):
        self.send()
        self.send(rcpt=(run.SHOWN, run.HIDDEN))
        self.configure('nothing', action='report', name='new.conf')
        out = self.expect(1, 'diff', '--state', 'state', '--at', run.AT, 'copyhold.conf', 'new.conf').stdout
        self.assertIn('1 messages, 0 of them without an entry', out)
        part, = [part for part in out.split('\n\n') if part.startswith(NAME + ' ')]
        self.assertIn('cannot be known: nothing is kept of its findings', part)

    def test_it_may_not_leave_work_or_a_line(self):
        for action, more in (('hold', ''), ('return', ''), ('footer', ''), ('flag', ''), ('notify', 'remedies = ( "reason" );'),
                             ('report', 'also = ( "flag" );')):
            self.configure('nothing', action + '"; ' + more + ' quote = "x')
            self.assertIn('keeps nothing, and so can neither', self.expect(78, 'lint').stderr, action + more)


class Outline(Kept):
    def test_that_it_fired_and_no_word(self):
        self.configure('outline')
        answer = self.send(rcpt=(run.SHOWN, run.HIDDEN))
        self.assertEqual(self.rows('SELECT subject FROM message'), [(None,)])
        evidence = dict(self.rows('SELECT rule, evidence FROM finding'))
        self.assertIn('(words withheld', evidence[NAME])
        self.assertEqual(self.rows("SELECT explanation FROM finding WHERE rule = '%s'" % NAME), [('It may be about your own employment: ....',)])
        self.assertEqual(self.traces('my pay'), 0)
        self.assertIn(NAME, [rule['rule'] for rule in self.report()['rules']])
        self.assertIn(NAME, ' '.join(row[0] for row in self.rows("SELECT detail FROM journal WHERE id = '%s'" % answer['id'])))
        self.assertEqual({row[0] for row in self.told()}, {answer['id']})
        self.assertEqual(self.replay(), '1 the same, 0 that differ\n')

    def test_whole_is_the_usual(self):
        self.configure('whole')
        self.send()
        self.assertEqual(self.rows('SELECT subject FROM message'), [('A word with you',)])
        self.assertIn('my pay', self.rows('SELECT evidence FROM finding')[0][0])
        self.assertIn('my pay', self.rows('SELECT explanation FROM finding')[0][0])

    def test_of_marked_mail_no_word(self):
        self.configure('whole')
        self.send(text='CONFIDENTIAL\n\n' + PAY)
        self.assertIn((NAME,), self.rows('SELECT rule FROM finding'))
        self.assertEqual(self.traces('my pay'), 0)

    def test_why_words_are_withheld_does_not_say_that_a_rule_fired_of_which_nothing_is_kept(self):
        said = []
        for kept in ('outline', 'nothing'):
            self.configure(kept, more=', ' + (RULE % ('bins', 'report', 'whole')).replace('says pay', 'says word'))
            self.send()
            said.append(self.rows("SELECT evidence FROM finding WHERE rule = 'bins' ORDER BY message DESC")[0][0])
        self.assertIn('withheld', said[0])
        self.assertEqual(*said)


if __name__ == '__main__':
    unittest.main()
