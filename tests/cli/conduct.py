#!/usr/bin/env python3
# conduct.py - what becomes of criticism of officers, complaints, personal matters and second-stage answers over days, by the shipped packs: who
# is told, what stands in whose report, who is reminded, and what is never seen again.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: conduct.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import due
import post
import run

PEOPLE = '''name,role,offices,group,ward,addresses,members
Amir Khan,councillor,mayor,Blue,South,khan@marl.example,
Gareth Price,councillor,leader,Blue,North,price@marl.example,
Stuart Reid,councillor,,Blue,North,reid@marl.example,
Carl Moss,councillor,,Independent,South,moss@marl.example,
Beth Shaw,councillor,,Green,South,shaw@marl.example,
Ruth Ames,officer,clerk,,,clerk@marl.example;ruth@marl.example,
Tom Birch,officer,head-of-service,Grounds,,birch@marl.example,
Omar Diaz,officer,head-of-service,Community,,diaz@marl.example,
Lena Fox,officer,,Office,,fox@marl.example;info@marl.example,
Isla Grant,officer,,Communications,,comms@marl.example,
Nia Rees,officer,deputy-clerk,,,nia@marl.example,
Sam Cole,officer,deputy-clerk,,,sam@marl.example,
Mona Hart,oversight,monitoring-officer,,,mo@principal.example,
Ombudsman,oversight,,,,ask@ombudsman.example,
Pat Doyle,protected,,,,doyle@union.example,
Occupational Health,protected,,,,referrals@occhealth.example,
Gazette,press,,,,news@gazette.example,
Ivy Webb,complainant,,,,webb@post.example,
Staffing committee,list,,,,staffing@marl.example,khan@marl.example;shaw@marl.example
All councillors,list,,councillors,,all@marl.example,
Deputy Clerk,list,,,,deputy@marl.example,nia@marl.example;sam@marl.example
'''
MONDAY, TUESDAY = '2026-03-02T09:00:00Z', '2026-03-03T10:00:00Z'
COMPLAINT = 'Dear Mrs Ames\n\nThis is a formal complaint. On Saturday Cllr Reid called me a poisonous old woman before half the market. In my view he ' \
            'breached the Code of Conduct.\n\nIvy Webb'
HONESTY = 'Each time I ask, Ruth Ames gives me another figure. I no longer believe that our Town Clerk is honest with us.'
USELESS = 'You may print this: the Head of Grounds, Tom Birch, is incompetent.'


class Conduct(due.Due):
    whole_pack = True
    packs = '"dunstable"'
    council, on = '', ''  # further keys of the council; rules that are switched on

    def setUp(self):
        super().setUp()
        self.write('people.csv', PEOPLE)
        self.configure()

    def configure(self, more=''):
        rules = ', '.join('{ id = "%s"; mode = "observe"; }' % rule for rule in self.on.split())
        text = run.CONF.replace('ashdown', 'marl').replace('"dunstable"', self.packs).replace(', "dean@marl.example"', '')
        text = text.replace('rules = ();', 'rules = ( %s );' % rules).replace('\tnotice_from', self.council + '\tnotice_from')
        self.write('copyhold.conf', text + more)

    def rules_of(self, answer):
        return sorted(finding['rule'] for finding in answer['findings'])

    def told(self, kind):
        """address -> text of the notices of that kind, the last one of each."""
        return dict(post.waiting(self, kind))

    def reminded(self, at):
        """Who was, by then, each as often as it happened."""
        self.tend(at)
        return [to for to, _ in self.outbox()]


class Public(Conduct):
    def reports(self):
        return post.mailed_report(self, '2026-03-02T18:00:00Z')

    def test_what_is_said_of_the_clerk_is_for_the_second_reviewer(self):
        answer = self.send(MONDAY, 'moss@marl.example', 'marl-matters@groups.facebook.example', HONESTY, 'The pavilion money')
        self.assertEqual((self.rules_of(answer), answer['outcome']), (['conduct-in-public'], 'deliver'))
        self.assertIn('in private', self.told('advice')['moss@marl.example'])
        reports = self.reports()
        self.assertEqual(sorted(reports), ['clerk@marl.example', 'mo@principal.example'])
        for word in ('Moss', 'pavilion', 'believe', 'conduct-in-public:'):
            self.assertIn(word, reports['mo@principal.example'])
            self.assertNotIn(word, reports['clerk@marl.example'])
        self.assertIn('1 item went to the second reviewer', reports['clerk@marl.example'])

    def test_by_the_office_alone_too(self):
        self.send(MONDAY, 'moss@marl.example', 'marl-matters@groups.facebook.example',
                  'I can no longer trust the Town Clerk. She has lied to us again.', 'Money')
        self.assertNotIn('Moss', self.reports()['clerk@marl.example'])

    def test_what_is_said_of_another_is_in_the_clerks_report(self):
        answer = self.send(MONDAY, 'moss@marl.example', 'news@gazette.example', USELESS, 'The verges')
        self.assertEqual(self.rules_of(answer), ['conduct-in-public'])
        self.assertEqual(list(self.told('advice')), ['moss@marl.example'])
        self.assertIn('Moss', self.reports()['clerk@marl.example'])

    def test_before_all_councillors_it_is_counted_and_nothing_more(self):
        for number in range(2):
            answer = self.send(MONDAY, 'moss@marl.example', 'all@marl.example', USELESS.replace('You may print this', 'All'), 'The kestrel %d' % number)
            self.assertEqual((self.rules_of(answer), answer['outcome'], answer['notices']), (['conduct-in-public'], 'deliver', []))
        for report in (*self.reports().values(), self.expect(0, 'report', '--html', '--at', '2026-03-02T18:00:00Z', '--state', 'state').stdout):
            self.assertIn('2 are counted, and not listed.', report)
            for word in ('Moss', 'Birch', 'kestrel', 'incompetent'):
                self.assertNotIn(word, report)
        report = self.report('2026-03-02T18:00:00Z')
        self.assertEqual(report['findings'], [])
        self.assertEqual([(rule['rule'], rule['count']) for rule in report['rules']], [('conduct-in-public', 2)])
        self.assert_no_trace(['kestrel'])
        self.assertEqual(self.expect(0, 'replay', '--all', '--state', 'state').stdout, '2 the same, 0 that differ\n')

    def test_beside_what_is_listed(self):
        self.send(MONDAY, 'moss@marl.example', 'all@marl.example', USELESS, 'The kestrel')
        self.send(MONDAY, 'moss@marl.example', 'news@gazette.example', USELESS, 'The verges')
        report = self.reports()['clerk@marl.example']
        for said in ('conduct-in-public: 2', '1 more is counted, and not listed.', 'The verges'):
            self.assertIn(said, report)
        self.assertNotIn('kestrel', report)

    def test_where_another_rule_holds_the_message(self):
        order = 'On behalf of Marl Town Council we accept the quotation of 4,200 pounds. Please proceed.\n\nCllr Carl Moss'
        answer = self.send(MONDAY, 'moss@marl.example', ['all@marl.example', 'jobs@oak.example'], USELESS + '\n\n' + order, 'The kestrel')
        self.assertEqual(answer['outcome'], 'hold')
        self.assertIn('conduct-in-public', self.rules_of(answer))
        waiting = self.report('2026-03-02T18:00:00Z')['waiting']
        self.assertEqual(len(waiting), 1)
        self.assertEqual([rule for rule in self.rules_of(waiting[0]) if rule == 'conduct-in-public'], [])
        self.assertIn('obligation-by-councillor', self.rules_of(waiting[0]))
        clause = next(finding['clause'] for finding in answer['findings'] if finding['rule'] == 'conduct-in-public')
        html = self.expect(0, 'report', '--html', '--at', '2026-03-02T18:00:00Z', '--state', 'state').stdout
        for report in (' '.join(self.expect(0, 'report', '--at', '2026-03-02T18:00:00Z', '--state', 'state').stdout.split()), html):
            self.assertIn('1 is counted, and not listed.', report)
            self.assertNotIn(clause, report.split('Findings in this period')[0])


class Routes(Conduct):
    on = 'officer-complaint-routing officer-personal-matter'
    council = '\tcomplaints = { about_clerk = [ "staffing@marl.example" ]; };\n'
    ABOUT = 'I wish to make a formal complaint about the Clerk. Under the employees\' code of conduct she is to treat members alike, and does not.'

    def test_in_private_to_the_chair_it_leaves_no_trace(self):
        answer = self.send(MONDAY, 'moss@marl.example', 'khan@marl.example', HONESTY + ' Could we talk?', 'The kestrel', state='state')
        self.assertEqual((answer['findings'], answer['notices']), ([], []))
        self.assert_no_trace(('moss@', 'kestrel', 'believe'))

    def test_about_the_clerk_to_the_committee_and_not_to_the_clerk(self):
        answer = self.send(MONDAY, 'moss@marl.example', 'staffing@marl.example', self.ABOUT, 'Complaint')
        self.assertEqual((answer['findings'], answer['notices']), ([], []))
        answer = self.send(MONDAY, 'moss@marl.example', 'clerk@marl.example', self.ABOUT, 'Complaint to you')
        self.assertEqual(self.rules_of(answer), ['officer-complaint-routing'])
        self.assertEqual(list(self.told('advice')), ['moss@marl.example'])
        self.assertIn('goes to the Clerk or the Chair; one about the Clerk to staffing@marl.example, never to the Clerk',
                      self.told('advice')['moss@marl.example'])

    def test_a_personal_matter_is_told_to_its_writer_and_kept_nowhere(self):
        text = 'My regrading has gone nowhere since the summer, and every time I ask I am told to wait. Could you say something?'
        answer = self.send(MONDAY, 'birch@marl.example', 'moss@marl.example', text, 'The kestrel')
        self.assertEqual((self.rules_of(answer), answer['outcome']), (['officer-personal-matter'], 'deliver'))
        self.assertEqual([(notice['to'], notice['kind']) for notice in answer['notices']], [('birch@marl.example', 'advice')])
        for command in (['report'], ['report', '--json'], ['queue', 'list', '--all', '--json'], ['journal', 'list']):
            shown = self.expect(0, *command, *(['--at', '2026-03-02T18:00:00Z'] if command[0] == 'report' else []), '--state', 'state').stdout
            for word in ('birch', 'Birch', 'kestrel', 'regrading', 'officer-personal-matter'):
                self.assertNotIn(word, shown)

    def test_as_the_packs_ship_both_are_off(self):
        self.on = ''
        for self.packs in ('"dunstable"', '"maldon"', '"small-town"'):
            self.configure()
            for sender, to, text in (('moss', 'comms', self.ABOUT.replace('the Clerk', 'Tom Birch')),
                                     ('birch', 'moss', 'My regrading was turned down again.')):
                answer = self.send(MONDAY, sender + '@marl.example', to + '@marl.example', text, 'Complaint', mid='x', state='s%d' % self.count)
                self.assertEqual([rule for rule in self.rules_of(answer) if rule.startswith('officer-')], [], self.packs)
                self.assertEqual(answer['notices'], [])

    def test_to_the_union_and_to_occupational_health(self):
        for to, word in (('doyle@union.example', 'Price shouted at me again. Can I put in a complaint about him?'),
                         ('referrals@occhealth.example', 'I cannot face the depot when Councillor Price is about.')):
            answer = self.send(MONDAY, 'birch@marl.example', to, word, 'The kestrel')
            self.assertEqual((answer['findings'], answer['notices']), ([], []))
        self.assert_no_trace(('doyle', 'occhealth', 'kestrel', 'Price', 'birch@'))


class LeadersRoute(Conduct):
    packs, on = '"maldon"', 'officer-complaint-routing dispute-language dispute-by-email'
    TEXT = 'I wish to make a formal complaint about Tom Birch, who walked out of the meeting and has not answered me since.'

    def test_its_writer_is_told_of_the_leader(self):
        for to in ('comms@marl.example', 'fox@marl.example'):
            answer = self.send(MONDAY, 'reid@marl.example', to, self.TEXT, 'Formal complaint to ' + to)
            self.assertIn('officer-complaint-routing', self.rules_of(answer))
            self.assertEqual([notice['to'] for notice in answer['notices']], ['reid@marl.example'])
        self.assertIn('Such a complaint goes to the Leader', self.told('advice')['reid@marl.example'])
        answer = self.send(MONDAY, 'reid@marl.example', 'price@marl.example', self.TEXT, 'Formal complaint')
        self.assertEqual((answer['findings'], answer['notices']), ([], []))
        report = self.expect(0, 'report', '--at', '2026-03-02T18:00:00Z', '--state', 'state').stdout
        for word in ('Birch', 'Formal', 'walked'):
            self.assertNotIn(word, report)

    def test_an_officers_complaint_is_for_the_standards_committee(self):
        answer = self.send(MONDAY, 'birch@marl.example', 'price@marl.example',
                           'I wish to make a formal complaint that Cllr Reid breached the Code of Conduct.', 'Complaint')
        self.assertEqual(self.rules_of(answer), ['code-complaint-routing'])
        self.assertIn('the Monitoring Officer', self.told('advice')['birch@marl.example'])
        self.assertIn('to the Standards Committee via the Monitoring Officer', self.told('advice')['birch@marl.example'])

    def test_words_that_feed_a_dispute_are_told_to_their_writer_alone(self):
        answer = self.send(MONDAY, 'fox@marl.example', 'moss@marl.example', 'Following the investigation into your accusation I have gone through the file again.',
                           'RE: [Dispute] Weir Road')
        self.assertEqual((self.rules_of(answer), answer['outcome']), (['dispute-language'], 'deliver'))
        self.assertEqual([(notice['to'], notice['kind']) for notice in answer['notices']], [('fox@marl.example', 'advice')])
        self.assertIn('This note is to you alone', self.told('advice')['fox@marl.example'])
        for form in ([], ['--html'], ['--json']):
            report = self.expect(0, 'report', *form, '--at', '2026-03-02T18:00:00Z', '--state', 'state').stdout
            for word in ('Weir', 'Moss', 'moss@', 'into your accusation', 'through the file'):
                self.assertNotIn(word, report, form)

    def test_many_letters_in_a_dispute_ask_for_a_meeting(self):
        for number in range(14):
            to, sender = ('fox', 'moss') if number % 2 else ('moss', 'fox')
            answer = self.send('2026-03-%02dT%02d:00:00Z' % (2 + number // 3, 8 + number % 3 * 4), sender + '@marl.example', to + '@marl.example',
                               'That is not how I remember it.', 'RE: [Dispute] Weir Road', mid='d%d' % number,
                               refs=['d%d' % (number - 1)] if number else ())
        self.assertEqual([finding['rule'] for finding in answer['findings'] if finding['rule'] != 'reply-due'], ['dispute-by-email'])
        self.assertIn('to meet face to face', self.told('advice')['moss@marl.example'])


class Code(Conduct):
    DAY_6, DAY_11 = '2026-03-10T09:00:00Z', '2026-03-17T09:00:00Z'  # of a Monday's complaint, when the office opens

    def complain(self, to='clerk@marl.example', at=MONDAY):
        return self.send(at, 'webb@post.example', to, COMPLAINT, 'Formal complaint', mid='c', auth=False)

    def pass_on(self, at, to='mo@principal.example'):
        return self.send(at, 'clerk@marl.example', to, 'I refer this to you.\n\n> ' + COMPLAINT.replace('\n', '\n> '), 'FW: Formal complaint', refs=['c'])

    def test_the_clerk_is_asked_to_refer_it_and_has_a_task(self):
        answer = self.complain()
        self.assertEqual((self.rules_of(answer), answer['outcome']), (['code-complaint-routing'], 'annotate'))
        text = self.told('companion')['clerk@marl.example']
        for said in ('refer it to the Monitoring Officer', 'not investigated here'):
            self.assertIn(said, text)
        for word in ('Reid', 'poisonous'):
            self.assertNotIn(word, text)
        self.assertEqual(self.overdue('2026-03-09T16:59:59Z'), [])
        self.assertEqual(self.due('2026-03-09T17:00:00Z'), {'c': '2026-03-09T17:00:00Z'})
        report = self.expect(0, 'report', '--due', '--at', '2026-03-09T17:00:00Z', '--state', 'state').stdout
        self.assertIn('code-complaint-routing was due by', report)
        for word in ('Reid', 'poisonous', 'Webb', 'webb'):
            self.assertNotIn(word, report)

    def test_passed_on_the_next_day_it_is_done(self):
        self.complain()
        self.pass_on(TUESDAY)
        self.assertEqual(self.overdue('2026-03-30T09:00:00Z'), [])
        for at in (self.DAY_6, self.DAY_11):
            self.assertEqual(self.reminded(at), [])

    def test_not_passed_on_the_clerk_is_reminded_and_later_the_deputy_told(self):
        self.complain()
        self.assertEqual(self.reminded('2026-03-09T18:00:00Z'), [])
        for at in (self.DAY_6, '2026-03-11T09:00:00Z', '2026-03-17T08:59:00Z'):
            self.assertEqual(self.reminded(at), ['clerk@marl.example'], at)
        text = self.told('reminder')['clerk@marl.example']
        for said in ('A reminder about a message', 'It was due by Monday 9 March 2026, 17:00', 'Please pass it on'):
            self.assertIn(said, text)
        for at in (self.DAY_11, '2026-03-18T09:00:00Z'):
            self.assertEqual(self.reminded(at), ['clerk@marl.example', 'deputy@marl.example'], at)
        text = self.told('reminder')['deputy@marl.example']
        for said in ('You get this as deputy', 'It was due by Monday 9 March 2026, 17:00', 'Please pass it on'):
            self.assertIn(said, text)
        for word in ('Reid', 'poisonous', 'Formal'):
            self.assertNotIn(word, text)
        self.assertLess(due.words(text), 120)
        self.expect(0, 'journal', 'verify', '--state', 'state')

    def test_what_is_done_meanwhile_the_deputy_never_hears_of(self):
        self.complain()
        self.assertEqual(self.reminded(self.DAY_6), ['clerk@marl.example'])
        self.pass_on('2026-03-12T09:00:00Z')
        self.assertEqual(self.reminded(self.DAY_11), ['clerk@marl.example'])

    def test_deputies_without_a_mailbox_of_their_own_are_told_each(self):
        self.write('people.csv', PEOPLE.replace('nia@marl.example;sam@marl.example', 'nia@marl.example;sam@marl.example;fox@marl.example'))
        self.configure('languages = "cy+en";\n')
        self.complain()
        self.assertEqual(sorted(self.reminded(self.DAY_11)), ['nia@marl.example', 'sam@marl.example'])
        welsh, english = self.told('reminder')['sam@marl.example'].split('--------')
        self.assertIn('Fel dirprwy', welsh)
        self.assertIn('You get this as deputy', english)

    def test_a_mailbox_without_an_address_keeps_nobody_from_being_told(self):
        self.write('people.csv', PEOPLE.replace('Deputy Clerk,list,,,,deputy@marl.example,', 'Deputy Clerk,list,,,,,'))
        self.complain()
        self.assertEqual(sorted(self.reminded(self.DAY_11)), ['nia@marl.example', 'sam@marl.example'])

    def test_a_deputy_who_complains_is_not_told_of_it(self):
        self.send(MONDAY, 'nia@marl.example', 'clerk@marl.example', COMPLAINT, 'Formal complaint', mid='c')
        self.assertEqual(self.due('2026-03-09T17:00:00Z'), {'c': '2026-03-09T17:00:00Z'})
        self.assertEqual(self.reminded(self.DAY_11), ['sam@marl.example'])

    def test_a_deputy_who_has_it_already_and_a_council_without_one(self):
        self.write('people.csv', PEOPLE.replace(',deputy-clerk,', ',,').replace('Ruth Ames,officer,clerk', 'Ruth Ames,officer,clerk;deputy-clerk'))
        self.complain()
        self.assertEqual(self.reminded(self.DAY_11), [])
        self.write('people.csv', PEOPLE.replace(',deputy-clerk,', ',,'))
        self.assertEqual(self.reminded('2026-03-17T10:00:00Z'), [])

    def test_in_wales_it_is_for_the_ombudsman(self):
        self.packs = '"small-town", "dunstable"'
        self.council = '\tstandards = { name = "the Public Services Ombudsman for Wales"; addresses = [ "ask@ombudsman.example" ]; };\n'
        self.configure('languages = "cy+en";\n')
        answer = self.complain()
        self.assertEqual((self.rules_of(answer), answer['outcome']), (['code-complaint-routing'], 'annotate'))
        text = self.told('companion')['clerk@marl.example']
        self.assertIn('Please refer it to the Public Services Ombudsman for Wales (ask@ombudsman.example)', text)
        self.assertNotIn('Monitoring', text)
        self.pass_on(TUESDAY)
        self.assertEqual(self.overdue(self.DAY_6), ['c'])
        self.pass_on('2026-03-04T10:00:00Z', 'ask@ombudsman.example')
        self.assertEqual(self.overdue(self.DAY_6), [])


class StageTwo(Conduct):
    packs, on = '"maldon"', 'ward-member-stage2'
    council = '\twards = ( { name = "North"; words = [ "Abbey Row" ]; } );\n'
    REPLY = 'Dear Mrs Webb\n\nThis is my answer to your complaint at stage 2. I went to see the lamp in Abbey Row, and uphold the complaint.\n\nOmar Diaz'

    def answer_complaint(self, text=REPLY):
        return self.send(MONDAY, 'diaz@marl.example', 'webb@post.example', text, 'Stage 2 complaint response', mid='s')

    def test_the_writer_is_reminded_of_the_wards_members(self):
        self.assertEqual(self.rules_of(self.answer_complaint()), ['ward-member-stage2'])
        self.assertEqual(self.reminded('2026-03-09T17:00:00Z'), [])
        self.assertEqual(self.overdue('2026-03-09T17:00:00Z'), ['s'])
        self.assertEqual([entry['service'] for entry in self.report('2026-03-09T17:00:00Z')['overdue']], ['Community'])
        for at in ('2026-03-10T09:00:00Z', '2026-03-11T09:00:00Z'):
            self.assertEqual(self.reminded(at), ['diaz@marl.example'])
        text = self.told('reminder')['diaz@marl.example']
        self.assertIn('let the ward members know, in a message of its own', text)
        for word in ('Webb', 'lamp'):
            self.assertNotIn(word, text)

    def test_told_in_time_nobody_is_reminded(self):
        self.answer_complaint()
        self.send(TUESDAY, 'diaz@marl.example', ['price@marl.example', 'reid@marl.example'],
                  'A stage 2 reply to a complaint about a lamp in your ward went out.', 'Stage 2 response')
        self.assertEqual(self.reminded('2026-03-10T09:00:00Z'), [])
        self.assertEqual(self.overdue('2026-03-20T09:00:00Z'), [])

    def test_a_complaint_about_the_member_is_kept_from_them(self):
        answer = self.answer_complaint('Dear Mrs Webb\n\nI have considered your complaint about Cllr Reid, your ward member, at stage 2. '
                                       'I uphold the part on Abbey Row.')
        self.assertEqual((answer['findings'], answer['notices']), ([], []))
        self.assertEqual(self.reminded('2026-03-10T09:00:00Z'), [])
        self.assertEqual(self.overdue('2026-03-20T09:00:00Z'), [])


if __name__ == '__main__':
    unittest.main()
