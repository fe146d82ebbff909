#!/usr/bin/env python3
# duties.py - duties that are no reply: laid on, told of, met by the letter that does it or marked, overdue in the report, gone with the entry.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: duties.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import email
import json
import os
import re
import sqlite3
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import due
import run

PEOPLE = '''name,role,offices,group,addresses,members
Amir Price,councillor,leader,Blue,price@marl.example,
Stuart Reid,councillor,,Blue,reid@marl.example,
Beth Shaw,councillor,group-leader,Green,shaw@marl.example,
Frances Lowe,councillor,,Green,lowe@marl.example,
Huw Jones,councillor,,Red,jones@marl.example,
Ann Todd,councillor,,Red,todd@marl.example,
Carl Moss,councillor,,Independent,moss@marl.example,
Ruth Ames,officer,clerk,,clerk@marl.example;ruth@marl.example,
Tom Birch,officer,head-of-service,Grounds,birch@marl.example,
Gwen Hart,officer,,,hart@marl.example,
Mona Hart,oversight,monitoring-officer,,mo@principal.example,
Ivy Webb,resident,,,webb@post.example,
Pat Doyle,protected,,,doyle@union.example,
All councillors,list,,councillors,all@marl.example,
Blue group,list,,Blue,blue@marl.example,
'''
RULES = '''rules = (
	{ id = "parity"; clause = "4.4"; quote = "The Clerk should advise all other groups."; action = "report"; mode = "enforce";
	  when = ( "sender is officer", "it is sent to a political group" );
	  says = { en = "Advice for the %{group} group."; cy = "Cyngor i grŵp %{group}."; };
	  duty = { owner = "clerk"; days = 5; remind = 3; each = "group"; matter = "group"; lapse_days = 60; met_when = ( "sender is officer", "the author says made" );
	    at_large_when = ( "the author says groups" );
	    asks = { en = "Please tell the other groups (%{waiting}) of it."; cy = "Rhowch wybod i'r grwpiau eraill (%{waiting})."; };
	    draft = { en = "A report has been prepared for the %{group} group."; cy = "Paratowyd adroddiad i grŵp %{group}."; }; }; },
	{ id = "code"; clause = "230"; action = "report"; mode = "enforce"; discreet = true;
	  when = ( "mail is incoming", "it is about code" );
	  says = { en = "It looks like a Code complaint."; cy = "Cwyn o dan y Cod."; };
	  duty = { owner = "recipient"; days = 5; remind = 2; met_when = ( "sender is officer", "a recipient is oversight" );
	    asks = { en = "Please refer it to the monitoring officer."; cy = "Cyfeiriwch hi at y swyddog monitro."; }; }; } );
phrases = { groups = ( "group" ); made = { any = ( "has been prepared", "have prepared" ); }; code = { any = ( "code of conduct" ); }; };
'''
CONF = due.CONF.replace('"maldon"', '').replace('rules = ();\n', RULES)
MONDAY = '2026-03-02T09:00:00Z'
LATE = '2026-03-20T09:00:00Z'
REPORT = 'The figures for parking are attached.'
NOTICE = 'A report on parking has been prepared for the Blue group; the same support is available to you.'
COMPLAINT = 'Cllr Reid has breached the Code of Conduct. He kicked my dog.'


class Duties(due.Due):
    def setUp(self):
        super().setUp()
        self.write('people.csv', PEOPLE)
        self.write('copyhold.conf', CONF)

    def waiting(self, at=LATE):
        return sorted(entry['name'] for entry in self.report(at)['overdue'])

    def advise(self, mid='r', to='blue@marl.example', **named):
        return self.send(MONDAY, 'hart@marl.example', to, REPORT, 'Parking', mid=mid, **named)

    def tell(self, to, text=NOTICE, at='2026-03-03T09:00:00Z', sender='clerk@marl.example', subject='Note', **named):
        return self.send(at, sender, to, text, subject, **named)


class Parity(Duties):
    ALL = ['the Green group', 'the Independent group', 'the Red group']

    def test_each_other_group_waits(self):
        self.advise()
        self.assertEqual(self.waiting('2026-03-09T16:59:59Z'), [])
        self.assertEqual(self.waiting('2026-03-09T17:00:00Z'), self.ALL)
        entry = self.report(LATE)['overdue'][0]
        self.assertEqual((entry['rule'], entry['waits_for'], entry['service'], entry['due']), ('parity', 'duty', 'Clerk', '2026-03-09T17:00:00Z'))
        self.advise()  # the same once more
        self.assertEqual(self.waiting(), self.ALL)
        self.assertEqual(self.waiting('2026-05-09T09:00:00Z'), [])  # lapsed

    def test_a_notice_to_leaders_meets_it(self):
        self.advise()
        self.tell(['shaw@marl.example'])
        self.assertEqual(self.waiting(), ['the Independent group', 'the Red group'])
        self.tell(['jones@marl.example', 'moss@marl.example'])  # one of two, and the Red group has no leader
        self.assertEqual(self.waiting(), ['the Red group'])
        self.tell(['jones@marl.example', 'todd@marl.example'])
        self.assertEqual(self.waiting(), [])

    def test_all_councillors_are_all_groups(self):
        self.advise()
        self.tell('all@marl.example', 'The paper on trees has been prepared.')
        self.assertEqual(self.waiting(), self.ALL)
        self.tell('all@marl.example', 'This has been prepared for one group, and is for you all.')
        self.assertEqual(self.waiting(), [])

    def test_who_keeps_the_list_of_a_group_leads_it(self):
        """Where nobody has the office; the directory check takes them for its leader, too."""
        self.write('people.csv', PEOPLE.replace('addresses,members', 'addresses,members,owner').replace(',group-leader,', ',,') +
                   'Green group,list,,Green,green@marl.example,,lowe@marl.example\n')
        self.assertNotIn('nobody who leads it', self.expect(0, 'directory', 'check').stdout)
        self.advise()
        self.tell(['shaw@marl.example'])
        self.assertIn('the Green group', self.waiting())
        self.tell(['lowe@marl.example'])
        self.assertNotIn('the Green group', self.waiting())

    def test_a_member_is_not_the_group(self):
        self.advise()
        self.tell(['lowe@marl.example'])
        self.assertEqual(self.waiting(), self.ALL)

    def test_what_does_not_meet_it(self):
        self.advise()
        self.tell('all@marl.example', 'The hall is closed on Friday.')
        self.tell('all@marl.example', NOTICE, sender='reid@marl.example')
        self.tell('all@marl.example', 'A report on trees has been prepared for the Green group.')
        self.tell('all@marl.example', at='2026-03-01T09:00:00Z')
        self.tell('all@marl.example', fields=['Auto-Submitted: auto-generated'])
        self.assertEqual(self.waiting(), self.ALL)

    def test_the_conversation_ties_it_too(self):
        self.advise()
        self.tell('all@marl.example', 'I have prepared it for all of you, the Green group as well.', subject='Fwd: Parking')
        self.assertEqual(self.waiting(), [])
        self.advise(mid='s', refs=['r'])
        self.assertEqual(len(self.waiting()), 3)
        self.tell('all@marl.example', 'I have prepared it for all, the Green group as well.', refs=['r', 's'])
        self.assertEqual(self.waiting(), [])

    def test_a_copy_that_is_held_tells_nobody(self):
        held = """{ id = "hidden"; clause = "9"; action = "hold"; mode = "enforce"; when = ( "sender is officer", "this recipient is hidden" );
            says = { en = "A hidden copy."; cy = "Copi cudd."; }; }"""
        self.write('copyhold.conf', CONF.replace('rules = (', 'rules = ( %s,' % held))
        self.advise()
        self.assertEqual(self.tell(['moss@marl.example'], bcc=['shaw@marl.example'])['outcome'], 'hold')
        self.assertEqual(self.waiting(), ['the Green group', 'the Red group'])

    def test_it_is_marked(self):
        self.advise()
        ref = self.report(LATE)['overdue'][0]['id']
        self.expect(1, 'queue', 'met', ref, '--by', 'hart@marl.example', '--reason', 'told at council', '--state', 'state', '--at', LATE)
        self.expect(0, 'queue', 'met', ref, '--by', 'clerk@marl.example', '--reason', 'told at council', '--state', 'state', '--at', LATE)
        self.assertEqual(self.waiting('2026-03-21T09:00:00Z'), [])
        self.expect(0, 'journal', 'verify', '--state', 'state')

    def test_the_clerk_is_told_once_with_a_draft_and_reminded_once(self):
        self.write('copyhold.conf', CONF + 'languages = "en+cy";\n')
        self.advise()
        for at in (MONDAY, '2026-03-02T10:00:00Z'):
            self.tend(at)
        self.assertEqual([to for to, _ in self.outbox()], ['clerk@marl.example'])
        message = email.message_from_bytes(self.outbox()[0][1])
        english, welsh = (' '.join(half.split()) for half in message.get_payload(decode=True).decode().split('--------'))
        for said in ('Gwen Hart', '("Parking")', 'Please tell the other groups (Green, Independent, Red) of it.', 'Monday 9 March 2026, 17:00', 'Clause: 4.4',
                     'A report has been prepared for the Blue group.', 'Beth Shaw <shaw@marl.example>', 'Carl Moss <moss@marl.example>', 'Ann Todd'):
            self.assertIn(said, english)
        self.assertNotIn('lowe@', english)
        self.assertIn('Paratowyd adroddiad i grŵp Blue.', welsh)
        for half in (english, welsh):
            self.assertLess(due.words(half), 120)
        self.assertNotIn('figures', english)
        self.tell(['shaw@marl.example'])
        self.tend('2026-03-05T08:59:00Z')
        self.assertEqual(len(self.outbox()), 1)
        for at in ('2026-03-05T09:00:00Z', '2026-03-06T09:00:00Z', '2026-03-09T18:00:00Z'):
            self.tend(at)
        self.assertEqual(len(self.outbox()), 2)
        text = ' '.join(email.message_from_bytes(self.outbox()[1][1]).get_payload(decode=True).decode().split())
        self.assertIn('(Independent, Red)', text)
        self.assertIn('A reminder', text)

    def test_observed_it_is_reported_and_nobody_is_told(self):
        self.write('copyhold.conf', CONF.replace('"enforce"', '"observe"'))
        self.advise()
        self.tend('2026-03-05T10:00:00Z')
        self.assertEqual(self.outbox(), [])
        self.assertEqual(self.waiting(), self.ALL)

    def test_kept_back_it_lays_nothing_on(self):
        self.write('copyhold.conf', CONF.replace('action = "report"; mode', 'action = "hold"; mode'))
        self.advise()
        self.assertEqual(self.waiting(), [])


BRIEFING = """Dear all

Here is the report you asked me for on the parking charges, for discussion when the group meets. The charge would bring in about 14,000 pounds a year, less
2,200 for the machines. Lynham charges and Wexford Cross does not.

Ruth"""
TOLD = """Dear colleagues

For your information I prepared a report on the parking charges for the Blue group yesterday. If your own groups would like the same, please say so.

Kind regards
Ruth"""


class Shipped(Duties):
    """What the shipped packs say of political groups, over time."""
    PACK, RULES = 'small-town', ('group-report-content', 'group-demand', 'party-business-request')

    def setUp(self):
        super().setUp()
        on = ', '.join('{ id = "%s"; mode = "enforce"; }' % rule for rule in self.RULES)
        self.write('copyhold.conf', due.CONF.replace('"maldon"', '"%s"' % self.PACK).replace('rules = ();', 'rules = ( %s );' % on))

    def advise(self, mid='r', to='blue@marl.example', text=BRIEFING, **named):
        return self.send(MONDAY, 'clerk@marl.example', to, text, 'Parking charges', mid=mid, **named)

    def found(self, answer):
        return [finding['rule'] for finding in answer['findings']]

    def people(self, *changes):
        text = PEOPLE
        for old, new in changes:
            self.assertIn(old, text)
            text = text.replace(old, new)
        self.write('people.csv', text)


class SmallTown(Shipped):
    ALL = Parity.ALL

    def test_a_report_for_one_group_and_the_draft_for_the_others(self):
        self.assertEqual(self.found(self.advise()), ['group-advice-parity'])
        self.tend(MONDAY)
        (to, octets), = self.outbox()
        self.assertEqual(to, 'clerk@marl.example')
        text = ' '.join(email.message_from_bytes(octets).get_payload(decode=True).decode().split())
        for said in ('A report has been prepared for the Blue group. The same support is available to you.', 'Beth Shaw <shaw@marl.example>',
                     'Huw Jones <jones@marl.example>', 'Carl Moss <moss@marl.example>'):
            self.assertIn(said, text)
        for said in ('lowe@', 'price@', 'reid@', '14,000'):
            self.assertNotIn(said, text)
        self.assertEqual(self.waiting(), self.ALL)

    def test_who_encloses_the_report_is_asked_only_to_tell_of_it(self):
        clerk = 'clerk@marl.example'
        self.write('m.eml', 'From: %s\nTo: shaw@marl.example\nSubject: Parking\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n'
                            '--b\nContent-Type: text/plain\n\nDear Beth\n\nI have prepared a report on the parking charges for the Blue group, and I attach it.\n\n'
                            'Ruth\n--b\nContent-Type: text/csv; name=parking.csv\nContent-Disposition: attachment; filename=parking.csv\n\n2025,14000\n--b--\n' % clerk)
        self.expect(0, 'check', '--at', MONDAY, '--from', clerk, '--auth', clerk, '--rcpt', 'shaw@marl.example', '--state', 'state', 'm.eml')
        with sqlite3.connect(self.path('state/store.db')) as store:
            (kind, to, octets), = store.execute('SELECT kind, recipient, octets FROM outbox').fetchall()
        self.assertEqual((kind, to), ('advice', clerk))
        self.assertIn('say that it exists and offer the same; do not enclose it', ' '.join(email.message_from_bytes(octets).get_payload(decode=True).decode().split()))

    def test_a_notice_next_day_to_all_leaders(self):
        self.advise()
        answer = self.tell(['shaw@marl.example', 'jones@marl.example', 'todd@marl.example', 'moss@marl.example'], TOLD, subject='Report prepared')
        self.assertEqual(self.found(answer), [])
        self.tend('2026-03-06T09:00:00Z')
        self.assertEqual((self.waiting(), self.outbox()), ([], []))

    def test_the_same_report_to_everybody(self):
        self.assertEqual(self.found(self.advise(to='all@marl.example')), [])
        self.tend(MONDAY)
        self.assertEqual((self.waiting(), self.outbox()), ([], []))

    def test_a_report_that_everybody_gets_next_day(self):
        """Nothing is said of it, and its subject is another."""
        self.advise()
        self.tell('all@marl.example', 'Dear members\n\nThe minutes of the 19th are attached, with the corrections that were agreed.\n\nRuth', subject='Minutes')
        self.assertEqual(self.waiting(), self.ALL)
        self.tell('all@marl.example', BRIEFING.replace(' you asked me for', ''), subject='What the machines would bring in')
        self.assertEqual(self.waiting(), [])

    def test_advice_for_one_member_alone_is_none_for_a_group_of_one(self):
        answer = self.send(MONDAY, 'moss@marl.example', 'clerk@marl.example', 'Could I have your advice on item 7? My sister-in-law has put in for the stall.', 'Advice')
        self.assertEqual(self.found(answer), [])
        answer = self.send(MONDAY, 'clerk@marl.example', 'moss@marl.example', 'You asked for my advice. Please declare it and leave while it is taken.', 'Re: Advice')
        self.assertEqual(self.found(answer), [])
        self.assertEqual(self.waiting(), [])
        self.advise()
        self.assertIn('the Independent group', self.waiting())  # the directory makes him one

    def test_no_reports_were_prepared(self):
        self.advise()
        leaders = ['price@marl.example', 'shaw@marl.example', 'jones@marl.example', 'todd@marl.example', 'moss@marl.example']
        for text in ('Dear group leaders\n\nFor completeness: no reports were prepared this month for any political group.\n\nRuth',
                     'Dear all\n\nI have prepared no report for any group this month, and none for the Blue group.\n\nRuth',
                     'Dear all\n\nIn February no advice was given to a political group.\n\nRuth'):
            self.assertEqual(self.found(self.tell(leaders, text, subject='Advice to groups')), [], text)
            self.assertEqual(self.waiting(), self.ALL, text)

    def test_advice_by_telephone_that_is_confirmed(self):
        """The call itself is not seen; a line that confirms it is, and its duty can be marked."""
        with open(os.path.join(os.path.dirname(__file__), '../../contrib/manual/clerks.md'), encoding='utf-8') as manual:
            line = re.search(r'"(My advice by\stelephone .*?) \.\.\."', manual.read()).group(1)
        for text in ('Beth\n\n%s the lease can be ended with six months\' notice.\n\nRuth' % line.replace('\n', ' '),
                     'Beth\n\nTo confirm what I told you on the telephone today for the Green group: the covenant binds the Council until 2031, and the advice '
                     'of our solicitor is that a sale would need the consent of the Charity Commission.\n\nRuth',
                     'Dear Beth\n\nA note of our call this morning, so that I have it on file. I briefed you for your group on the legal position: the lease can be ended '
                     'with six months\' notice, and not before the autumn.\n\nRuth'):
            answer = self.send(MONDAY, 'clerk@marl.example', 'shaw@marl.example', text, 'Our call')
            self.assertEqual(self.found(answer), ['group-advice-parity'], text)
            self.assertEqual(self.waiting(), ['the Blue group', 'the Independent group', 'the Red group'])
            self.expect(0, 'queue', 'met', self.report(LATE)['overdue'][0]['id'], '--by', 'clerk@marl.example', '--reason', 'told at council', '--state', 'state',
                        '--at', LATE)
            self.assertEqual(self.waiting('2026-03-21T09:00:00Z'), [])
            os.rename(self.path('state'), self.path('state-%d' % self.count))

    def test_a_group_whose_leader_left(self):
        """Nobody in particular answers for it: whoever is of it is told, and the directory says so."""
        for change, told, warned in (((',group-leader,', ',,'), ['shaw@marl.example', 'lowe@marl.example'], True),
                                     (('Beth Shaw,councillor,group-leader,Green,', 'Beth Shaw,councillor,,Independent,'), ['lowe@marl.example'], False)):
            green = 'Green group,list,,Green,green@marl.example,\n'
            self.people(change, ('Blue group,list', green + 'Blue group,list'))
            self.assertEqual('the group Green has a list and nobody who leads it' in self.expect(0, 'directory', 'check').stdout, warned)
            self.advise(mid=told[-1][:4] + str(len(told)))
            known = len(self.outbox())
            self.tend(MONDAY)
            self.assertEqual(len(self.outbox()), known + 1)
            text = email.message_from_bytes(self.outbox()[-1][1]).get_payload(decode=True).decode()
            for address in told:
                self.assertIn(address, text)
            if warned:
                self.tell(told[:1], TOLD)
                self.assertIn('the Green group', self.waiting())
            self.tell(told, TOLD)
            self.assertNotIn('the Green group', self.waiting())

    def test_a_town_without_groups(self):
        self.write('people.csv', '\n'.join(','.join(field for number, field in enumerate(line.split(',')) if number != 3) for line in PEOPLE.split('\n')
                                           if not line.startswith('Blue group')))
        councillors = ['price@marl.example', 'reid@marl.example']
        forwarded = ('Beth, so you know.\n\nFrom: Amir Price <price@marl.example>\nSent: 1 March 2026 20:14\nTo: Stuart Reid <reid@marl.example>\n'
                     'Subject: Blue group meeting\n\nWe vote against it on Thursday.')
        for sender, to, text in (('clerk@marl.example', councillors, BRIEFING), ('clerk@marl.example', councillors, 'I recommend that your group opposes the charge.'),
                                 ('clerk@marl.example', ['shaw@marl.example'], forwarded),
                                 ('hart@marl.example', [*councillors, 'webb@post.example'], 'Here is the briefing for your group meeting.'),
                                 ('price@marl.example', ['clerk@marl.example'], 'The group requires you to attend on Tuesday and write a report on the market.')):
            self.assertEqual(self.found(self.send(MONDAY, sender, to, text, 'Note')), [], text)
        self.tend(MONDAY)
        self.assertEqual((self.waiting(), self.outbox()), ([], []))
        for said in (self.expect(0, 'directory', 'check').stdout, self.expect(0, 'lint').stdout):
            self.assertNotIn('group', said)

    def test_a_working_group_of_several_parties(self):
        self.people(('Blue group,list', 'Trees working group,list,,,trees@marl.example,reid@marl.example;shaw@marl.example;todd@marl.example\nBlue group,list'))
        answer = self.send(MONDAY, 'birch@marl.example', 'trees@marl.example',
                           'My advice for the group: hornbeams. I recommend that the group drops the cherries. The report is attached.', 'For your group meeting')
        self.assertEqual((self.found(answer), self.waiting()), ([], []))

    def test_a_groups_list_that_reaches_the_agent(self):
        """The directory says so when it is read, and the rule of every letter there."""
        self.people(('blue@marl.example,', 'blue@marl.example,price@marl.example;reid@marl.example;agent@blues.example'))
        said = 'the list "Blue group" stands for the Blue group and reaches agent@blues.example, who is no member of the Council'
        self.assertIn(said, self.expect(0, 'directory', 'check').stdout)
        self.assertIn(said, self.expect(0, 'lint').stdout)
        self.assertIn('group-nonmember', self.found(self.advise()))

    def test_who_went_over_to_another_group_is_still_on_the_list(self):
        """From 1 June; the report for the old group in June."""
        head, *rows = PEOPLE.split('\n')
        rows = [row for row in rows if row and not row.startswith('Stuart Reid')]
        text = '\n'.join([head + ',id,from,to', *(row + ',,,' for row in rows), 'Stuart Reid,councillor,,Blue,reid@marl.example,,sr,2019-05-07,2025-05-31',
                          'Stuart Reid,councillor,,Green,,,sr,2025-06-01,', ''])
        listed = text.replace('blue@marl.example,,', 'blue@marl.example,price@marl.example;reid@marl.example,,')
        self.write('people.csv', listed)
        said = 'the list "Blue group" stands for the Blue group and reaches Stuart Reid, who is now of the group Green'
        for command in (('directory', 'check'), ('lint',)):
            self.assertIn(said, self.expect(0, *command).stdout)
        self.write('people.csv', text)  # a list that names nobody follows the group
        for command in (('directory', 'check'), ('lint',)):
            self.assertNotIn('Stuart Reid', self.expect(0, *command).stdout)
        self.write('people.csv', listed.replace('2025-06-01', '2098-06-01').replace('2025-05-31', '2098-05-31'))  # not yet
        self.assertNotIn('Stuart Reid', self.expect(0, 'directory', 'check').stdout)


class Maldon(Shipped):
    PACK, RULES = 'maldon', ('party-business-request', 'party-use-of-resources')

    def test_advice_that_all_can_have_before_the_meeting(self):
        for text, subject in (('Dear colleagues\n\nThe report on the parking charges that I made for the Blue group is below, so that all groups have it before the '
                               'committee meets on the 9th.\n\nThe charge would bring in about 14,000 pounds a year, less 2,200 for the machines.', 'Parking'),
                              (TOLD, 'Report prepared')):
            self.advise()
            self.assertEqual(self.waiting(), Parity.ALL)
            answer = self.tell(['shaw@marl.example', 'jones@marl.example', 'todd@marl.example', 'moss@marl.example'], text, '2026-03-06T09:00:00Z', subject=subject)
            self.assertEqual(self.found(answer), [])
            self.assertEqual(self.waiting(), [])
            os.rename(self.path('state'), self.path('state-%d' % self.count))

    def test_the_committee_met_and_the_others_had_nothing(self):
        self.advise()
        self.tell('all@marl.example', 'Dear members\n\nThe agenda for the committee on the 9th is attached.\n\nRuth', '2026-03-04T09:00:00Z', subject='Agenda')
        self.assertEqual(self.waiting('2026-03-09T16:59:00Z'), [])
        self.assertEqual(self.waiting('2026-03-09T17:00:00Z'), Parity.ALL)
        text = self.expect(0, 'report', '--due', '--at', '2026-03-10T09:00:00Z', '--state', 'state').stdout
        for said in ('0 replies and 3 other duties overdue', 'the Green group', 'the Independent group', 'the Red group', 'Clerk'):
            self.assertIn(said, text)


    def test_an_appeal_for_the_party_is_looked_for_where_that_is_switched_on(self):
        residents = ['%s@post.example' % name for name in ('keen', 'lunt', 'nash', 'cullen', 'jarvis', 'tranter', 'barker', 'orme')]
        for on, wanted in ((True, ['party-use-of-resources']), (False, [])):
            if not on:
                self.write('copyhold.conf', due.CONF)
            answer = self.send(MONDAY, 'reid@marl.example', residents, 'Ellen Frith is standing for the Blues. I hope you will give her your vote.', 'A small favour')
            self.assertEqual(self.found(answer), wanted)


class Code(Duties):
    def complain(self, to='birch@marl.example', **named):
        return self.send(MONDAY, 'webb@post.example', to, COMPLAINT, 'Formal complaint', mid='c', auth=False, **named)

    def test_met_by_passing_it_on(self):
        self.complain()
        self.assertEqual([entry['service'] for entry in self.report(LATE)['overdue']], ['Grounds'])
        self.assertEqual([entry['name'] for entry in self.report(LATE)['overdue']], [None])
        self.send('2026-03-03T09:00:00Z', 'birch@marl.example', 'mo@principal.example', 'Another matter.', 'Budget')
        self.assertEqual(len(self.waiting_ids()), 1)
        self.send('2026-03-03T09:00:00Z', 'hart@marl.example', 'mo@principal.example', 'See below.', 'Fwd: Formal complaint')
        self.assertEqual(self.waiting_ids(), [])

    def waiting_ids(self):
        return [entry['id'] for entry in self.report(LATE)['overdue']]

    def test_the_report_has_no_word_of_it(self):
        self.complain()
        text = self.expect(0, 'report', '--due', '--at', LATE, '--state', 'state').stdout
        for said in ('0 replies and 1 other duty overdue', 'Grounds', 'code was due by'):
            self.assertIn(said, text)
        for name in ('Reid', 'dog', 'Webb', 'webb', 'Birch', 'Formal'):
            self.assertNotIn(name, text)
        self.assertIn('1 other duty overdue', self.expect(0, 'report', '--at', LATE, '--state', 'state').stdout)

    def test_whose_it_is(self):
        for to, service in ((['moss@marl.example', 'clerk@marl.example'], 'Clerk'), (['moss@marl.example'], '(no office in the directory)')):
            self.complain(to, state=to[-1])
            report = json.loads(self.expect(0, 'report', '--json', '--due', '--at', LATE, '--state', to[-1]).stdout)
            self.assertEqual([entry['service'] for entry in report['overdue']], [service])
            self.expect(0, 'queue', 'tend', '--at', MONDAY, '--state', to[-1])

    def test_it_goes_with_the_entry_and_is_exported(self):
        self.complain()
        entry = json.loads(self.expect(0, 'export', '--person', 'birch@marl.example', '--reason', 'request', '--at', LATE, '--form', 'json',
                                       '--state', 'state').stdout)['entries'][0]
        self.assertEqual(entry['duties'], [{'rule': 'code', 'due': '2026-03-09T17:00:00Z', 'met': None}])
        self.expect(0, 'retention', 'run', '--at', '2026-12-01T00:00:00Z', '--state', 'state')
        with sqlite3.connect(self.path('state/store.db')) as store:
            self.assertEqual(store.execute('SELECT count(*) FROM duty').fetchall(), [(0,)])


class Settings(Duties):
    def test_rules_show_it(self):
        said = self.expect(0, 'rules').stdout
        self.assertIn('duty      of the clerk, to each other group, due within 5 open days, reminder on day 3\n  met when  sender is officer\n', said)
        self.assertIn('duty      of the recipient, due within 5 open days, reminder on day 2\n', said)

    def test_bad_duties_are_refused(self):
        for old, new, said in (('days = 5; remind = 3', 'days = 5; deputy = 5', 'deputy'), ('days = 5; remind = 3; ', '', 'days'), ('owner = "clerk"', 'owner = "clark"', 'clerk'),
                               ('days = 5; remind = 3', 'dys = 5', 'days'), ('matter = "group"', 'matter = "groups"', 'group'), ('(%{waiting})', '(%{sender})', '%{waiting}'),
                               ('met_when = ( "sender is officer", "the author says made" );', '', 'met_when'), ('"the author says made"', '"the author says madde"', 'made'),
                               ('"the author says made"', '"this recipient is hidden"', 'whole'),
                               ('asks = { en = "Please tell the other groups (%{waiting}) of it."; cy', 'asks = { cy', 'asks.en'),
                               ('discreet = true;', 'discreet = true; clock = { contact_days = 3; response_days = 7; };', 'two rules')):
            self.assertIn(old, CONF)
            self.write('copyhold.conf', CONF.replace(old, new, 1))
            self.assertIn(said, self.expect(78, 'lint').stderr, new)

    def test_tests_say_what_meets_it(self):
        test = 'tests = ( { name = "t"; from = "clerk@marl.example"; to = "shaw@marl.example"; subject = "n"; text = "A report has been prepared for the Blue group."; %s } );\n'
        self.write('copyhold.conf', CONF + test % 'meets = [ "parity" ];')
        self.expect(0, 'test')
        for meets in ('meets = [];', 'meets = [ "parity", "code" ];'):
            self.write('copyhold.conf', CONF + test % meets)
            self.assertIn('the duty of rule', self.expect(1, 'test').stdout)
        self.write('copyhold.conf', CONF + test % 'meets = [ "party" ];')
        self.assertIn('parity', self.expect(78, 'test').stderr)

    def test_mutations_reach_what_meets_it(self):
        self.write('copyhold.conf', CONF + 'tests = ( { name = "t"; from = "clerk@marl.example"; to = "shaw@marl.example"; text = "Hello."; } );\n')
        done = self.run_copyhold('test', '--mutate')
        self.assertIn('parity whose duty is met without the condition "sender is officer"', done.stdout + done.stderr)
        self.assertIn('parity whose duty is met with its condition turned round "the author says made"', done.stdout + done.stderr)

    def test_the_leader_of_a_group_may_be_named(self):
        self.write('copyhold.conf', CONF.replace('"sender is officer", "it is sent', '"sender holds office group-leader", "it is sent'))
        self.expect(0, 'lint')


if __name__ == '__main__':
    unittest.main()
