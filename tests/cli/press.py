#!/usr/bin/env python3
# press.py - what senders, clerk and second reviewer are told of mail to the press, by the shipped packs: the notice to the sender, the flag on
# the message, each reviewer's report; and of an election whose dates nobody has put in.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: press.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import os
import re
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import post
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


class Press(run.Council):
    whole_pack = True

    def setUp(self):
        super().setUp()
        self.write('people.csv', PEOPLE)

    def settle(self, pack='dunstable', more=''):
        self.write('copyhold.conf', run.CONF.replace('"dunstable"', '"%s"' % pack).replace(', "dean@ashdown.example"', '') + more)

    def send(self, sender, recipients, words, name):
        self.write('letter.eml', 'From: <%s>\nTo: <%s>\nSubject: %s\nMessage-ID: <%s@ashdown.example>\n\n%s\n' % (
            sender, '>, <'.join(recipients), name, name, words))
        self.expect(0, 'check', '--at', run.AT, '--from', sender, '--auth', sender, '--state', 'state', '--output', name + '.eml', 'letter.eml')
        with open(self.path(name + '.eml'), 'rb') as delivered:
            return delivered.read()

    def test_who_speaks_for_the_council_without_office_is_flagged(self):
        self.settle()
        flag = b'X-Copyhold-Finding: press-contact; id='
        self.assertTrue(self.send(MOSS, [GAZETTE], FOR_THE_COUNCIL, 'moss').startswith(flag))
        self.assertNotIn(b'X-Copyhold', self.send(MAYOR, [GAZETTE], FOR_THE_COUNCIL, 'mayor'))  # who only left the officer out
        self.assertNotIn(b'X-Copyhold', self.send(MOSS, [GAZETTE], OWN_VIEW, 'own'))

    def test_the_sender_is_told_of_a_residents_personal_data(self):
        self.settle()
        self.send(MAYOR, ['petrie@resident.example', GAZETTE], 'Dear Mrs Petrie, I was sorry to hear of your hip.', 'hip')
        (to, words), = post.waiting(self)
        self.assertEqual(to, MAYOR)
        self.assertIn("A resident's letter is personal data: answer it apart from the press.", words)

    def test_what_is_said_of_the_clerk_goes_to_the_second_reviewer(self):
        self.settle('small-town')
        self.send(MOSS, [GAZETTE], AT_ODDS, 'tender-file')
        reports = post.mailed_report(self, '2026-03-02T18:00:00Z')
        self.assertEqual(set(reports), {CLERK, SECOND})
        self.assertIn('conduct-in-public', reports[SECOND])
        self.assertIn('From: Carl Moss', reports[SECOND])
        self.assertIn('1 item went to the second reviewer.', reports[CLERK])
        for word in ('conduct-in-public', 'Moss', 'tender'):
            self.assertNotIn(word, reports[CLERK])

    def test_a_protocol_without_the_press_has_no_rule_on_it(self):
        of_the_press = {'press-contact', 'press-release-approval', 'political-statement-by-officer', 'publicity-heightened'}
        for pack, there in (('dunstable', of_the_press), ('maldon', set())):
            self.settle(pack)
            self.assertEqual(of_the_press & set(re.findall(r'(?m)^([a-z-]+): ', self.expect(0, 'rules').stdout)), there)

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
