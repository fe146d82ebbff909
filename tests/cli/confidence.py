#!/usr/bin/env python3
# confidence.py - confidential mail as a clerk follows it up: who got what when after a breach, marked mail to private mailboxes counted, and
# mailboxes that others read at home.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: confidence.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import json
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run

CLERK, SADIQ, VAUGHAN, RESIDENT = 'clerk@ashdown.example', 'sadiq@ashdown.example', 'vaughan@ashdown.example', 'petrie@resident.example'
PRIVATE, HOME, NAMED_AFTER = 'imran.sadiq@mailbox.example', 'sadiqs@post.example', 'thevaughans@post.example'
PEOPLE = run.PEOPLE.replace(SADIQ, SADIQ + ';' + PRIVATE) + '''The Ashdown Echo,press,,news@echo.example
Nadia Sadiq,resident,,nadia@post.example
'''
WORDS = ('Two of the seven posts at the depot are at risk, and those who hold them have not been told yet. They will be on the fifth, each of them '
         'by their own manager, and until then nobody else should hear of it, not even the union.')
WHY = 'In confidence, because it concerns staff:\n\n'


class Confidence(run.Council):
    hour = 8

    def setUp(self):
        super().setUp()
        self.write('people.csv', PEOPLE)

    def send(self, sender, to, subject, text, *fields):
        """Judged an hour after the one before; the message is known by its hour."""
        self.hour += 1
        name = '%d.eml' % self.hour
        self.write(name, 'From: %s\nTo: %s\nSubject: %s\nMessage-ID: <%d@ashdown.example>\n%s\n%s\n'
                   % (sender, ', '.join(to), subject, self.hour, ''.join(field + '\n' for field in fields), text))
        return json.loads(self.expect(0, 'check', '--json', '--auth', sender, '--at', '2026-03-02T%02d:00:00Z' % self.hour, '--state', 'state', name).stdout)

    def finding(self, judged, rule='confidential-third-party'):
        return next((one for one in judged['findings'] if one['rule'] == rule), None)

    def evidence(self, judged, rule='confidential-third-party'):
        return ' '.join(one['text'] for one in self.finding(judged, rule)['evidence'])

    def report(self, *form):
        return self.expect(0, 'report', *form, '--at', '2026-03-02T23:00:00Z', '--state', 'state').stdout

    def marked_private(self):
        return json.loads(self.report('--json'))['tally']['marked_private']


class Incident(Confidence):
    """The clerk writes to a councillor in confidence, who sends it on, first with the marking and then without."""

    def setUp(self):
        super().setUp()
        self.letter = self.send(CLERK, [SADIQ], 'CONFIDENTIAL: staffing', WHY + WORDS)
        quoted = 'Joan, look at this.\n\nFrom: %s\nSent: 2 March 2026 09:00\nTo: %s\nSubject: CONFIDENTIAL: staffing\n\n' % (CLERK, SADIQ)
        self.kept_back = self.send(SADIQ, [RESIDENT], 'FW: CONFIDENTIAL: staffing', quoted + WORDS)
        self.stripped = self.send(SADIQ, [RESIDENT], 'staffing', 'Again.\n\n> ' + WORDS, 'References: <9@ashdown.example>')

    def entry(self):
        return json.loads(self.expect(0, 'queue', 'list', '--all', '--json', '--state', 'state').stdout.splitlines()[0])

    def test_it_is_held_and_can_be_reconstructed(self):
        self.assertEqual([one['outcome'] for one in (self.letter, self.kept_back, self.stripped)], ['deliver', 'hold', 'deliver'])
        entry = self.entry()
        self.assertEqual([entry[key] for key in ('id', 'at', 'from', 'sender', 'message_id')],
                         [self.kept_back['reference'], '2026-03-02T10:00:00Z', SADIQ, 'Imran Sadiq', '<10@ashdown.example>'])
        self.assertEqual([(one['rcpt'], one['state']) for one in entry['recipients']], [(RESIDENT, 'held')])
        # what went on without its marking leads back to the letter, its day, whose it was and who had it
        evidence = self.evidence(self.stripped, 'confidential-lineage')
        for told in (self.letter['reference'], '2 March 2026', 'from Ruth Calder to Imran Sadiq'):
            self.assertIn(told, evidence)

    def test_who_got_it_in_the_end_and_by_whom(self):
        self.expect(0, 'queue', 'return', '--by', 'mo@principal.example', '--reason', 'Not for Mrs Petrie', '--state', 'state', self.kept_back['reference'])
        self.assertEqual([(one['rcpt'], one['state']) for one in self.entry()['recipients']], [(RESIDENT, 'returned')])
        by = [line[4] for line in self.journal() if line[2] == 'returned' and line[3] == self.kept_back['reference']]
        self.assertEqual(by, ['mo@principal.example'])

    def test_with_no_more_content_than_that(self):
        kept = self.expect(0, 'queue', 'list', '--all', '--json', '--state', 'state').stdout + self.report('--json') + str(self.journal())
        for word in ('staffing', 'depot', 'manager', 'union'):
            self.assertNotIn(word, kept)

    def test_who_looked_is_known(self):
        self.expect(0, 'queue', 'show', '--by', 'mo@principal.example', '--reason', 'Alleged breach', '--state', 'state', self.kept_back['reference'])
        looks = [line for line in self.journal() if line[2] == 'viewed']
        self.assertEqual([look[3:5] for look in looks], [[self.kept_back['reference'], 'mo@principal.example']])
        self.assertIn('Alleged', ' '.join(looks[0]))

    def test_the_press_is_named_as_such(self):
        judged = self.send(SADIQ, ['news@echo.example'], 'FW: EXEMPT - Part 2, para 3 Schedule 12A: the depot', 'Page 2.\n')
        self.assertEqual(judged['outcome'], 'hold')
        self.assertIn('The Ashdown Echo, of the press,', self.evidence(judged))
        self.assertNotIn('press', self.evidence(self.kept_back))


class PrivateMailboxes(Confidence):
    def test_marked_mail_to_them_is_no_breach_and_counted(self):
        for to in ([PRIVATE], [VAUGHAN, PRIVATE]):
            judged = self.send(CLERK, to, 'CONFIDENTIAL: shortlist', WHY + 'The names follow.')
            self.assertEqual((judged['outcome'], judged['findings']), ('deliver', []))
        self.assertEqual(self.marked_private(), 2)
        for form in ((), ('--html',)):
            self.assertIn('Marked mail to private addresses: 2.', ' '.join(self.report(*form).split()))

    def test_what_is_kept_back_has_not_come_there(self):
        self.write('copyhold.conf', run.CONF.replace('rules = ();', 'rules = ( { id = "confidential-third-party"; whole_message = true; } );'))
        judged = self.send(CLERK, [PRIVATE, RESIDENT], 'CONFIDENTIAL: shortlist', WHY + 'The names follow.')
        self.assertEqual([one['outcome'] for one in judged['recipients']], ['hold', 'hold'])
        self.assertEqual(self.marked_private(), 0)

    def test_other_mail_is_not(self):
        self.send(CLERK, [PRIVATE], 'Shortlist', 'The names follow.')
        self.send(CLERK, [SADIQ], 'CONFIDENTIAL: shortlist', WHY + 'The names follow.')
        self.send(CLERK, [RESIDENT], 'CONFIDENTIAL: shortlist', WHY + 'The names follow.')
        self.send(CLERK, [PRIVATE], 'Bins', 'On Thursday.\n\nThis email is confidential and intended solely for the person to whom it is addressed. '
                  'If you have received it in error please delete it.')
        self.assertEqual(self.marked_private(), 0)
        self.assertNotIn('private addresses', self.report())


class Households(Confidence):
    def configure(self, members, mode='enforce'):
        self.write('people.csv', PEOPLE.replace('name,role,offices,addresses', 'name,role,offices,addresses,members').replace('\n', ',\n')
                   .replace('members,\n', 'members\n') + 'The Sadiqs,list,,%s,%s\n' % (HOME, members))
        self.write('copyhold.conf', run.CONF.replace('"enforce"', '"%s"' % mode))

    def marked(self):
        return self.send(CLERK, [HOME], 'CONFIDENTIAL: shortlist', WHY + 'The names follow.')

    def test_marked_mail_to_a_shared_mailbox_is_told_to_its_sender(self):
        for other in ('nadia@post.example', 'whoever@post.example'):
            with self.subTest(other=other):
                self.configure(SADIQ + ';' + other, 'advise')
                judged = self.marked()
                self.assertEqual(judged['outcome'], 'deliver')
                self.assertEqual([(one['kind'], one['to']) for one in judged['notices']], [('advice', CLERK)])
                self.assertIn('%s (a mailbox that Imran Sadiq shares with somebody who is not of the Council)' % HOME,
                              self.finding(judged)['explanation'])
                self.assertIn('The Sadiqs is a mailbox that Imran Sadiq shares with', self.evidence(judged))

    def test_who_enforces_has_it_held(self):
        self.configure(SADIQ + ';nadia@post.example')
        judged = self.marked()
        self.assertEqual(([one['outcome'] for one in judged['recipients']], [one['kind'] for one in judged['notices']]), (['hold'], ['held']))

    def test_shared_by_two_of_the_council_it_is_no_third_party(self):
        self.configure(SADIQ + ';' + VAUGHAN)
        self.assertEqual(self.marked()['outcome'], 'deliver')

    def test_ordinary_mail_may_go_there(self):
        self.configure(SADIQ + ';nadia@post.example')
        self.assertEqual(self.send(CLERK, [HOME], 'bins', 'On Thursday.')['findings'], [])

    def test_the_directory_warns_of_them(self):
        self.configure(SADIQ + ';whoever@post.example')
        self.assertIn('%s is read by Imran Sadiq and by whoever@post.example, who is not of the Council' % HOME, self.expect(0, 'directory', 'check').stdout)

    def test_a_family_is_called_by_its_name(self):
        self.write('people.csv', PEOPLE.replace(VAUGHAN, VAUGHAN + ';' + NAMED_AFTER))
        self.assertIn('%s of Eleri Vaughan reads like a household' % NAMED_AFTER, self.expect(0, 'directory', 'check').stdout)


if __name__ == '__main__':
    unittest.main()
