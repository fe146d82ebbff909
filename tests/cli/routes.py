#!/usr/bin/env python3
# routes.py - councillors and staff, as it looks in the office: what is flagged, what is counted, whose report tells of it, and a council with one
# employee.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: routes.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import json
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import due
import post
import run

PEOPLE = '''name,role,offices,addresses
Amir Khan,councillor,mayor,khan@marl.example
Gareth Price,councillor,leader,price@marl.example
Stuart Reid,councillor,,reid@marl.example
Beth Shaw,councillor,,shaw@marl.example
Ruth Ames,officer,clerk,clerk@marl.example;ruth@marl.example
Tom Birch,officer,head-of-service,birch@marl.example
Dev Patel,officer,rfo,patel@marl.example
Lena Fox,officer,,fox@marl.example
Isla Grant,officer,,grant@marl.example
Gwen Hart,officer,,hart@marl.example
Omar Diaz,officer,head-of-service,diaz@marl.example
Mona Hughes,oversight,monitoring-officer,mo@principal.example
'''
ALONE = '''name,role,offices,addresses
Huw Jones,councillor,chair,huw@marl.example
Mair Bevan,councillor,,mair@marl.example
Ruth Ames,officer,clerk;rfo,clerk@marl.example
Mona Hughes,oversight,monitoring-officer,mo@principal.example
'''
CONF = run.CONF.replace('ashdown', 'marl').replace('"clerk@marl.example", "dean@marl.example"', '"clerk@marl.example"')
CLERK, SECOND = 'clerk@marl.example', 'mo@principal.example'
SIX = [name + '@marl.example' for name in ('birch', 'patel', 'fox', 'grant', 'hart', 'diaz')]
HEDGE = 'I want the hedge cut by Friday. Make sure it is done.'
PAST_HER = '''Ignore Ruth, do it. There is a bench in the depot doing nothing.

On Fri, 27 Feb 2026 at 16:40, Ruth Ames <clerk@marl.example> wrote:
> I am sorry, but the committee did not fund it, and I cannot ask Tom to put it in.'''


class Office(due.Due):
    whole_pack = True
    people = PEOPLE

    def setUp(self):
        super().setUp()
        self.write('people.csv', self.people)
        self.configure()

    def configure(self, rules='', pack='dunstable', mode='advise', more=''):
        self.write('copyhold.conf', CONF.replace('rules = ();', 'rules = ( %s );' % rules).replace('"dunstable"', '"%s"' % pack)
                   .replace('"enforce"', '"%s"' % mode) + more)

    def found(self, sender, to, text, at=run.AT, subject='A matter'):
        return [finding['rule'] for finding in self.send(at, sender, to, text, subject)['findings']]

    def mailed(self):
        return post.mailed_report(self, '2026-03-02T16:00:00Z')


class Instructions(Office):
    def test_an_order_is_flagged_for_staff_and_nobody_is_written_to(self):
        for mode, to, flagged in (('advise', ['birch@marl.example'], True), ('advise', ['birch@marl.example', CLERK], False),
                                  ('observe', ['birch@marl.example'], False)):
            self.configure(mode=mode)
            answer = self.send(run.AT, 'price@marl.example', to, HEDGE)
            self.expect(0, 'check', '--at', run.AT, '--auth', 'price@marl.example', '--output', 'out.eml', 'm.eml')
            self.assertEqual((answer['outcome'], answer['notices']), ('deliver', []))
            with open(self.path('out.eml'), encoding='utf-8') as stream:
                self.assertEqual('X-Copyhold-Finding: instruction-to-staff; id=' in stream.read(), flagged, (mode, to))

    def test_six_officers_are_one_finding(self):
        stop = 'All of you need to stop work on the skate park.'
        answer = self.send(run.AT, 'shaw@marl.example', SIX, stop)
        self.assertEqual([finding['rule'] for finding in answer['findings']], ['instruction-to-staff'])
        self.assertIn('instruction-to-staff: 1', self.mailed()[CLERK])

    def test_the_clerk_reads_of_an_order_past_her(self):
        self.assertEqual(self.found('reid@marl.example', 'birch@marl.example', PAST_HER, subject='Extra bench'), ['instruction-to-staff'])
        mailed = self.mailed()
        self.assertIn('instruction-to-staff: 1', mailed[CLERK])
        self.assertIn('Stuart Reid', mailed[CLERK])

    def test_the_second_reviewer_reads_of_it_where_it_names_her(self):
        self.assertEqual(self.found('reid@marl.example', 'birch@marl.example', PAST_HER, subject='Ruth Ames and the bench'), ['instruction-to-staff'])
        mailed = self.mailed()
        self.assertNotIn('Stuart Reid', mailed[CLERK])
        self.assertIn('instruction-to-staff: 1', mailed[SECOND])


class Contact(Office):
    def test_direct_contact_is_counted_by_the_month(self):
        self.configure('{ id = "direct-contact-with-staff"; mode = "observe"; }')
        for at in ('2026-03-02T09:00:00Z', '2026-03-17T09:00:00Z', '2026-03-31T09:00:00Z', '2026-04-01T09:00:00Z'):
            self.assertEqual(self.found('reid@marl.example', 'birch@marl.example', 'Please can you cut the hedge on Mill Lane.', at=at),
                             ['direct-contact-with-staff'])
        for month, end, count in (('2026-03-01', '2026-03-31', 3), ('2026-04-01', '2026-04-30', 1)):
            figures = self.expect(0, 'report', '--form', 'json', '--from', month, '--to', end, '--at', '2026-05-01T09:00:00Z', '--state', 'state').stdout
            self.assertEqual([(rule['rule'], rule['findings']) for rule in json.loads(figures)['rules']], [('direct-contact-with-staff', count)])
            for word in ('Reid', 'reid@', 'birch@', 'hedge'):
                self.assertNotIn(word, figures)

    def test_as_it_ships_nobody_counts_it(self):
        self.assertEqual(self.found('reid@marl.example', 'birch@marl.example', 'Please can you cut the hedge on Mill Lane.'), [])


class Planning(Office):
    def test_who_is_unhappy_with_a_case_reads_whom_to_see(self):
        self.configure('{ id = "planning-influence"; mode = "observe"; }', pack='maldon')
        answer = self.send(run.AT, 'shaw@marl.example', 'hart@marl.example',
                           "I have to say I'm unhappy how 25/0042 is going. Two extensions, and nobody told the neighbours.")
        said = {finding['rule']: finding['explanation'] for finding in answer['findings']}
        self.assertIn('a senior officer of at least Team Leader level', said['planning-influence'])
        self.assertEqual((answer['outcome'], answer['notices']), ('deliver', []))


class BetweenEmployerAndClerk(Office):
    TEXT = 'Dear Ruth\n\nYour appraisal is on the 19th. Bring the objectives with you, and send me your own assessment by Friday.\n\nAmir Khan'

    def test_the_clerks_own_report_has_no_word_of_her_appraisal(self):
        self.configure('{ id = "seen"; clause = "Staffing"; when = ( "it is about seen" ); action = "report"; says = { en = "It is about an appraisal."; }; }',
                       pack='small-town', more='phrases = { seen = ( "appraisal" ); };\n')
        self.assertEqual(self.found('khan@marl.example', CLERK, self.TEXT, subject='Your appraisal'), ['seen'])
        mailed = self.mailed()
        for word in ('appraisal', 'seen', 'Khan'):
            self.assertNotIn(word, mailed[CLERK])
        self.assertIn('It is about an appraisal.', mailed[SECOND])

    def test_the_rules_leave_it_alone(self):
        for pack in ('small-town', 'maldon', 'dunstable'):
            self.configure(pack=pack)
            self.assertEqual(self.found('khan@marl.example', CLERK, self.TEXT), [], pack)


class OneEmployee(Office):
    people = ALONE
    ASKED = 'Bore da Ruth\n\nThe hall roof is letting in over the stage. Could you ring Dilwyn and ask him to look at it?\n\nHuw'
    TOLD = 'Ruth\n\nThe hall roof is letting in over the stage. Get Dilwyn up there tomorrow, I want it dry before the eisteddfod.\n\nHuw'

    def test_the_clerk_is_asked_or_told(self):
        left_out = '{ id = "instruction-to-staff"; unless_also = ( "it is for an officer who holds office clerk" ); }'
        for rules, text, expected in (('', self.ASKED, False), ('', self.TOLD, True), (left_out, self.ASKED, False), (left_out, self.TOLD, False)):
            self.configure(rules, pack='small-town')
            self.assertEqual('instruction-to-staff' in self.found('huw@marl.example', CLERK, text), expected, (rules, text))

    def test_where_only_staff_are_protected_there_is_nobody_to_protect(self):
        for text in (self.ASKED, self.TOLD):
            self.assertEqual(self.found('huw@marl.example', CLERK, text), [])


if __name__ == '__main__':
    unittest.main()
