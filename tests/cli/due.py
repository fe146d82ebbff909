#!/usr/bin/env python3
# due.py - members' concerns and what becomes of them: sequences of mail through `check --state`, then what `report --due` says at set times,
# who is reminded, and what a telephone call changes.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: due.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import email
import json
import os
import sqlite3
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import due_texts
import run

PEOPLE = '''name,role,offices,group,addresses,members
Carl Moss,councillor,,,moss@marl.example;carl@home.example,
Amir Khan,councillor,mayor,,khan@marl.example,
Bea Shaw,councillor,,,shaw@marl.example,
Huw Jones,councillor,,,jones@marl.example,
Ruth Ames,officer,clerk,,clerk@marl.example;ruth@marl.example,
Tom Birch,officer,head-of-service,Grounds,birch@marl.example,
Gwen Hart,officer,,,hart@marl.example,
Nia Rees,officer,deputy-clerk,,nia@marl.example,
Sam Cole,officer,deputy-clerk,,sam@marl.example,
Dev Patel,officer,rfo,,patel@marl.example,
Ann Bell,officer,,,bell@marl.example,
Pat Doyle,protected,,,doyle@union.example,
Mona Hart,oversight,monitoring-officer,,mo@principal.example,
Ivy Webb,resident,,,webb@post.example,
All councillors,list,,councillors,all@marl.example,
All staff,list,,officers,staff@marl.example,
Deputy Clerk,list,,,deputy@marl.example,nia@marl.example;sam@marl.example
Planning office,list,,,planning@marl.example,hart@marl.example;bell@marl.example;patel@marl.example
'''
CONF = run.CONF.replace('ashdown', 'marl').replace('"dunstable"', '"maldon"').replace('dean@', 'birch@')
MONDAY = '2026-03-02T09:00:00Z'
HEDGE = 'The hedge at Mill Lane has not been cut again. When will it be done?'


def words(text):
    return len(text.split())


class Due(run.Council):
    def setUp(self):
        super().setUp()
        self.write('people.csv', PEOPLE)
        self.write('copyhold.conf', CONF)
        self.count = 0

    def send(self, at, sender, to, text=HEDGE, subject='Hedge', cc=(), bcc=(), mid=None, refs=(), fields=(), auth=True, state='state', headed=None):
        """One message into the state; its answer. `headed`: From, when it is not the sender."""
        self.count += 1
        mid = mid or 'm%d' % self.count
        to = [to] if isinstance(to, str) else list(to)
        head = ['From: %s' % (headed or sender), 'To: ' + ', '.join(to), 'Subject: ' + subject, 'Message-ID: <%s@x.example>' % mid]
        head += ['Cc: ' + ', '.join(cc)] if cc else []
        head += ['In-Reply-To: <%s@x.example>' % refs[-1], 'References: ' + ' '.join('<%s@x.example>' % ref for ref in refs)] if refs else []
        self.write('m.eml', '\n'.join(head + list(fields)) + '\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n' + text + '\n')
        case = {'id': 'a', 'message': 'm.eml', 'at': at,
                'envelope': {'from': sender, 'rcpt': [*to, *cc, *bcc], 'auth': sender if auth else None, 'client': '10.1.2.3'}}
        self.write('cases.jsonl', json.dumps(case) + '\n')
        return json.loads(self.expect(0, 'check', '--json', '--batch', 'cases.jsonl', '--state', state).stdout)

    def fires(self, answer):
        return 'reply-due' in [finding['rule'] for finding in answer['findings']]

    def report(self, at):
        return json.loads(self.expect(0, 'report', '--json', '--due', '--at', at, '--state', 'state').stdout)

    def overdue(self, at):
        return [entry['message_id'][1:].split('@')[0] for entry in self.report(at)['overdue']]

    def soon(self, at):
        return [entry['message_id'][1:].split('@')[0] for entry in self.report(at)['due_soon']]

    def due(self, at):
        """message -> when, of what is overdue."""
        return {entry['message_id'][1:].split('@')[0]: entry['due'] for entry in self.report(at)['overdue']}

    def outbox(self):
        with sqlite3.connect(self.path('state/store.db')) as store:
            return store.execute("SELECT recipient, octets FROM outbox WHERE kind = 'reminder' ORDER BY number").fetchall()

    def tend(self, at):
        return self.expect(0, 'queue', 'tend', '--at', at, '--state', 'state').stdout


class Days(Due):
    def test_contact_within_three_working_days(self):
        self.assertTrue(self.fires(self.send(MONDAY, 'moss@marl.example', 'birch@marl.example', mid='c')))
        for at in (MONDAY, '2026-03-04T12:00:00Z', '2026-03-05T16:59:59Z'):
            self.assertEqual(self.overdue(at), [], at)
        entry = self.report('2026-03-05T17:00:00Z')['overdue'][0]
        self.assertEqual((entry['message_id'], entry['from'], entry['due']), ('<c@x.example>', 'moss@marl.example', '2026-03-05T17:00:00Z'))
        self.assertEqual((entry['service'], entry['waits_for'], entry['name']), ('Grounds', 'contact', 'Carl Moss'))
        self.assertEqual(self.soon('2026-03-03T20:00:00Z'), [])
        self.assertEqual(self.soon('2026-03-04T09:30:00Z'), ['c'])

    def test_working_days(self):
        """Weekends, Easter, Christmas with substitute days, both changes of the clocks, closures of the office."""
        self.write('copyhold.conf', CONF + 'office = { holidays = [ "2026-12-29", "2026-12-30" ]; };\n')
        cases = (('2026-03-06T10:00:00Z', '2026-03-11T17:00:00Z'),   # Friday morning
                 ('2026-03-06T19:30:00Z', '2026-03-11T17:00:00Z'),   # Friday evening
                 ('2026-03-07T09:00:00Z', '2026-03-11T17:00:00Z'),   # Saturday
                 ('2026-03-08T23:30:00Z', '2026-03-11T17:00:00Z'),   # Sunday, late
                 ('2026-04-02T09:00:00Z', '2026-04-09T16:00:00Z'),   # Thursday before Easter: Tuesday, Wednesday, Thursday
                 ('2026-04-05T09:00:00Z', '2026-04-09T16:00:00Z'),   # Easter Sunday
                 ('2026-03-27T12:00:00Z', '2026-04-01T16:00:00Z'),   # the clocks go forward on Sunday
                 ('2026-10-23T12:00:00Z', '2026-10-28T17:00:00Z'),   # and back
                 ('2026-03-29T23:30:00Z', '2026-04-02T16:00:00Z'),   # half past midnight on Monday in London
                 ('2026-04-30T10:00:00Z', '2026-05-06T16:00:00Z'),   # the May Day holiday
                 ('2026-12-23T10:00:00Z', '2027-01-04T17:00:00Z'),   # 24th; 25th, 28th for Boxing Day, closed to the 30th; 31st; 1 January; Monday
                 ('2027-12-24T10:00:00Z', '2027-12-31T17:00:00Z'),   # 27th and 28th stand for a weekend's feasts
                 ('2028-12-31T10:00:00Z', '2029-01-04T17:00:00Z'))
        for number, (at, due) in enumerate(cases):
            self.send(at, 'moss@marl.example', 'birch@marl.example', subject='Matter %d' % number, mid='c%d' % number)
        found = self.due('2029-06-01T12:00:00Z')
        for number, (at, due) in enumerate(cases):
            self.assertEqual(found['c%d' % number], due, at)

    def test_over_easter_the_wednesday_after_is_in_time(self):
        """Asked on the Thursday before, answered on the Wednesday after: the second working day."""
        self.send('2026-04-02T10:00:00Z', 'moss@marl.example', 'birch@marl.example', mid='c')
        for at in ('2026-04-03T12:00:00Z', '2026-04-07T16:00:00Z', '2026-04-08T11:59:00Z'):
            self.assertEqual(self.overdue(at), [], at)
        self.send('2026-04-08T12:00:00Z', 'birch@marl.example', 'moss@marl.example', 'It was cut this morning.', 'Re: Hedge', refs=['c'])
        for at in ('2026-04-08T20:00:00Z', '2026-04-09T16:00:00Z', '2026-06-01T12:00:00Z'):
            self.assertEqual(self.overdue(at), [], at)

    def test_an_answer_within_seven_days_of_the_calendar(self):
        self.send('2026-03-26T10:00:00Z', 'moss@marl.example', 'birch@marl.example', mid='c')
        self.send('2026-03-27T10:00:00Z', 'birch@marl.example', 'moss@marl.example', 'Thank you, I am looking into it.', 'Re: Hedge', refs=['c'])
        self.assertEqual(self.overdue('2026-04-02T15:59:00Z'), [])
        entry = self.report('2026-04-02T16:00:00Z')['overdue'][0]
        self.assertEqual((entry['due'], entry['waits_for']), ('2026-04-02T16:00:00Z', 'response'))

    def test_the_days_are_the_councils_to_set(self):
        self.write('copyhold.conf', CONF.replace('rules = ();', 'rules = ( { id = "reply-due"; clock = { contact_days = 1; contact_reminder = 0; }; } );'))
        self.send(MONDAY, 'moss@marl.example', 'birch@marl.example', mid='c')
        self.assertEqual(self.due('2026-03-04T12:00:00Z'), {'c': '2026-03-03T17:00:00Z'})
        self.assertIn('contact within 1 open day, answer within 7 days, reminder of the answer on day 6\n', self.expect(0, 'rules').stdout)
        self.write('copyhold.conf', CONF.replace('"maldon"', ''))
        self.assertIn('rule', run.Council.run_copyhold(self, 'lint').stdout)

    def test_a_protocol_without_days_waits_for_the_councils(self):
        """The packs whose protocols say "timely" have the rule, dormant; one line brings it to life, and only with days."""
        for pack in ('dunstable', 'small-town'):
            own = CONF.replace('"maldon"', '"%s"' % pack)
            ask = lambda name: self.send(MONDAY, 'moss@marl.example', 'birch@marl.example', mid=name, state=name)
            self.write('copyhold.conf', own)
            self.assertIn('reply-due: report, off', self.expect(0, 'rules').stdout)
            self.assertIn('  clock     without days\n', self.expect(0, 'rules').stdout)
            self.assertNotIn('reply-due', [one['rule'] for one in ask(pack)['findings']])
            for line in ('mode = "observe";', 'mode = "observe"; clock = { response_days = 14; };'):
                self.write('copyhold.conf', own.replace('rules = ();', 'rules = ( { id = "reply-due"; %s } );' % line))
                self.assertIn('rule "reply-due" has a clock without days', self.expect(78, 'lint').stderr)
            self.write('copyhold.conf', own.replace('rules = ();', 'rules = ( { id = "reply-due"; mode = "observe"; clock = { contact_days = 2; response_days = 14; }; } );'))
            self.assertIn('reply-due', [one['rule'] for one in ask(pack + '-on')['findings']])
            self.assertIn('contact within 2 open days, answer within 14 days\n', self.expect(0, 'rules').stdout)

    def test_bad_clocks_are_refused(self):
        for clock, said in (('contact_days = 0;', 'contact_days'), ('contact_dys = 3;', 'contact_days'), ('holding = "holding-replies";', 'holding-reply'),
                            ('contact_reminder = 3;', 'contact_reminder'), ('response_reminder = 9;', 'response_reminder')):
            self.write('copyhold.conf', CONF.replace('rules = ();', 'rules = ( { id = "reply-due"; clock = { %s }; } );' % clock))
            self.assertIn(said, self.expect(78, 'lint').stderr)
        own = 'phrases = { ask = { any = ( "when" ); }; }; rules = ( { id = "ours"; clause = "4"; when = ( "sender is councillor", "addressed to one officer",' \
            ' "the author says ask" ); action = "report"; says = { en = "Asked."; cy = "Gofyn."; }; clock = { contact_days = 1; %s }; } );'
        self.write('copyhold.conf', CONF.replace('rules = ();', own % '').replace('"maldon"', ''))
        self.assertIn('response_days', self.expect(78, 'lint').stderr)
        self.write('copyhold.conf', CONF.replace('rules = ();', own % 'response_days = 2;').replace('"maldon"', ''))
        self.send(MONDAY, 'moss@marl.example', 'birch@marl.example', mid='c')
        self.assertEqual(self.due('2026-03-04T12:00:00Z'), {'c': '2026-03-03T17:00:00Z'})


    def test_an_own_calendar_that_runs_out_is_warned_of(self):
        for office, warned in (('bank_holidays = false;', True), ('bank_holidays = false; holidays = [ "2020-01-01" ];', True),
                               ('bank_holidays = false; holidays = [ "2020-01-01", "2199-12-25" ];', False), ('holidays = [ "2020-01-01" ];', False)):
            self.write('copyhold.conf', CONF + 'office = { %s };\n' % office)
            self.assertEqual('bank_holidays' in self.expect(0, 'lint').stdout, warned, office)


class Starts(Due):
    LATE = '2026-04-30T12:00:00Z'

    def starts(self, *arguments, **named):
        answer = self.send(MONDAY, *arguments, mid='c', state='fresh%d' % self.count, **named)
        store = 'fresh%d' % (self.count - 1)
        report = json.loads(self.expect(0, 'report', '--json', '--due', '--at', self.LATE, '--state', store).stdout)
        self.assertEqual(self.fires(answer), len(report['overdue']) == 1)
        return self.fires(answer)

    def test_what_asks_for_an_answer(self):
        texts = [HEDGE, 'Could you tell me when the market moves back.', 'Please let me know who owns the verge.', 'I am concerned about the speed of traffic in Mill Lane.',
                     'Residents have complained about the state of the bandstand and I share their view.', 'I would be grateful for an update on the pavilion.',
                     'I look forward to your reply.', 'Nobody has replied to Mrs Webb.', 'The bin in Priory Street is overflowing again.', 'I remain unhappy about the way this was handled.',
                     'Thank you for your reply, but I am still worried about the steps.', 'The lamp has still not been mended.', 'How are you? When does the pool open?',
                     'FYI, see the letter below. Who is dealing with it?', 'I have had no reply to my letter of 3 February.', 'Rwy\'n bryderus am y ffordd.', 'Pryd bydd y gwaith yn dechrau?',
                     'Hoffwn wybod pwy sy\'n gyfrifol.', 'The problem with the drains has not been resolved.']
        texts += due_texts.ASKING
        self.assertEqual(self.start_of(texts), texts)

    def test_what_asks_for_none(self):
        texts = ['Thanks, no reply needed.', 'Thank you for sorting out the problem with the hedge so quickly.', 'FYI, residents are concerned about the new layout.',
                     'Just to let you know that I shall be away next week.', 'How are you? I enjoyed the carol service.', 'I have a concern about the verge. No need to reply, I am writing to the county.',
                     'Could you thank Tom for a splendid job?', 'I have no concerns about the draft.', 'Please find the form attached. Let me know if you need anything else.',
                     'I am happy with the minutes.', 'See you on Thursday.', 'Diolch yn fawr iawn am eich help.', 'I am glad that the issue with the gate is sorted.',
                     'For information: I was at the meeting of the county and its officers were worried about the budget.', 'Diolch. Nid oes angen ateb.',
                     'As far as the play area is concerned, I agree with your note.']
        self.assertEqual(self.start_of(texts + due_texts.COURTESY), [])

    def start_of(self, texts):
        """Of these texts, each a message of its own, those that start a clock."""
        lines = []
        for number, text in enumerate(texts):
            self.write('t%d.eml' % number, 'From: moss@marl.example\nTo: birch@marl.example\nSubject: Matter %d\nMessage-ID: <t%d@x.example>\n'
                       'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n' % (number, number, text))
            lines.append({'id': 't%d' % number, 'message': 't%d.eml' % number, 'at': MONDAY,
                          'envelope': {'from': 'moss@marl.example', 'rcpt': ['birch@marl.example'], 'auth': 'moss', 'client': '10.1.2.3'}})
        self.write('cases.jsonl', ''.join(json.dumps(line) + '\n' for line in lines))
        self.expect(0, 'check', '--json', '--batch', 'cases.jsonl', '--state', 'state')
        return [texts[int(mid[1:])] for mid in sorted(self.overdue(self.LATE), key=lambda mid: int(mid[1:]))]

    def test_quoted_words_are_not_the_members(self):
        text = 'Thanks.\n\nOn Mon, 2 Mar 2026 at 08:00, Tom Birch <birch@marl.example> wrote:\n> Are you content with the dates?\n> I am concerned about the cost.\n'
        self.assertFalse(self.starts('moss@marl.example', 'birch@marl.example', text, subject='Re: Dates'))

    def test_whom_it_is_put_to(self):
        moss = 'moss@marl.example'
        for to in ('birch@marl.example', 'ruth@marl.example', 'deputy@marl.example', 'planning@marl.example', ['nia@marl.example', 'sam@marl.example'],
                   ['nia@marl.example', 'deputy@marl.example'], ['birch@marl.example', 'khan@marl.example'], ['birch@marl.example', 'webb@post.example']):
            self.assertTrue(self.starts(moss, to), to)
        for to in (['birch@marl.example', 'hart@marl.example'], 'staff@marl.example', ['birch@marl.example', 'staff@marl.example'], 'khan@marl.example',
                   'all@marl.example', ['nia@marl.example', 'clerk@marl.example'], 'mo@principal.example', 'doyle@union.example'):
            self.assertFalse(self.starts(moss, to), to)
        self.assertTrue(self.starts(moss, 'birch@marl.example', cc=['clerk@marl.example', 'khan@marl.example']))
        self.assertFalse(self.starts(moss, 'birch@marl.example', cc=['all@marl.example']))
        self.assertFalse(self.starts(moss, 'birch@marl.example', cc=['khan@marl.example', 'shaw@marl.example']))
        self.assertFalse(self.starts(moss, 'birch@marl.example', bcc=['all@marl.example']))

    def test_who_sends_it(self):
        self.assertTrue(self.starts('carl@home.example', 'birch@marl.example'))
        self.assertFalse(self.starts('clerk@marl.example', 'birch@marl.example'))
        self.assertFalse(self.starts('webb@post.example', 'birch@marl.example'))
        self.assertFalse(self.starts('moss@marl.example', 'birch@marl.example', auth=False))

    def test_machines_ask_nothing(self):
        self.assertFalse(self.starts('moss@marl.example', 'birch@marl.example', fields=['Auto-Submitted: auto-replied']))
        self.assertFalse(self.starts('moss@marl.example', 'birch@marl.example', 'I am out of the office until Monday. Is it urgent? Ring me.', subject='Automatic reply: Dates'))

    def test_one_message_starts_one_clock(self):
        for at in (MONDAY, MONDAY, '2026-03-02T09:05:00Z', '2026-03-03T09:00:00Z'):
            self.send(at, 'moss@marl.example', 'birch@marl.example', mid='c')
        self.send('2026-03-02T15:00:00Z', 'moss@marl.example', 'birch@marl.example', 'Any news on this?', 'Re: Hedge', refs=['c'])
        self.send('2026-03-02T16:00:00Z', 'moss@marl.example', 'birch@marl.example', 'Could you tell me about the hedge, please?', 'RE: hedge')
        self.assertEqual(self.overdue(self.LATE), ['c'])
        self.send('2026-03-03T10:00:00Z', 'moss@marl.example', 'birch@marl.example', 'When does the pool open?', 'Pool', mid='other')
        self.send('2026-03-03T10:00:00Z', 'moss@marl.example', 'clerk@marl.example', mid='clerk')
        self.send('2026-03-03T10:00:00Z', 'khan@marl.example', 'birch@marl.example', mid='khan')
        self.assertEqual(sorted(self.overdue(self.LATE)), ['c', 'clerk', 'khan', 'other'])

    def test_an_answered_matter_may_be_taken_up_again(self):
        self.send(MONDAY, 'moss@marl.example', 'birch@marl.example', mid='c')
        self.send('2026-03-03T09:00:00Z', 'birch@marl.example', 'moss@marl.example', 'It is done on Friday.', 'Re: Hedge', refs=['c'], mid='r')
        self.send('2026-03-09T09:00:00Z', 'moss@marl.example', 'birch@marl.example', 'It was not done. What happened?', 'Re: Hedge', refs=['c', 'r'], mid='again')
        self.send('2026-03-10T09:00:00Z', 'moss@marl.example', 'birch@marl.example', mid='c')
        self.assertEqual(self.overdue(self.LATE), ['again'])

    def test_a_rule_that_is_off_or_not_there_starts_nothing(self):
        self.write('copyhold.conf', CONF.replace('mode = "enforce";', '').replace('rules = ();', 'rules = ( { id = "reply-due"; mode = "off"; } );'))
        self.assertFalse(self.starts('moss@marl.example', 'birch@marl.example'))
        self.write('copyhold.conf', CONF.replace('"maldon"', '"dunstable"'))
        self.assertFalse(self.starts('moss@marl.example', 'birch@marl.example'))
        self.write('copyhold.conf', CONF.replace('"maldon"', '"dunstable", "maldon"').replace('"enforce"', '"observe"'))
        self.assertTrue(self.starts('moss@marl.example', 'birch@marl.example'))


class Ends(Due):
    LATE = '2026-04-30T12:00:00Z'

    def reply(self, sender, text='It will be cut on Friday.', subject='Re: Matter', to='moss@marl.example', asked='birch@marl.example', refs=True,
              at='2026-03-03T10:00:00Z', cc=(), fields=(), auth=True, headed=None):
        """A concern put to `asked`, and that reply; its number."""
        number = self.count = self.count + 1
        subject += ' %d' % number
        self.write('c%d.eml' % number, 'From: moss@marl.example\nTo: %s\nSubject: Matter %d\nMessage-ID: <c%d@x.example>\n\n%s\n' % (asked, number, number, HEDGE))
        head = ['From: ' + (headed or sender), 'To: ' + to, 'Subject: ' + subject, 'Message-ID: <r%d@x.example>' % number, *fields]
        head += ['Cc: ' + ', '.join(cc)] if cc else []
        head += ['References: <start@x.example> <c%d@x.example>' % number] if refs else []
        self.write('r%d.eml' % number, '\n'.join(head) + '\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n' + text + '\n')
        for name, when, who, rcpt in (('c', MONDAY, 'moss@marl.example', [asked]), ('r', at, sender, [to, *cc])):
            self.lines.append({'id': name, 'message': '%s%d.eml' % (name, number), 'at': when,
                               'envelope': {'from': who, 'rcpt': rcpt, 'auth': who if auth or name == 'c' else None, 'client': '10.1.2.3'}})
        return number

    def judge(self):
        """number -> when it is overdue, of the concerns that are not answered."""
        self.write('cases.jsonl', ''.join(json.dumps(line) + '\n' for line in self.lines))
        self.expect(0, 'check', '--json', '--batch', 'cases.jsonl', '--state', 'state')
        return {int(mid[1:]): due for mid, due in self.due(self.LATE).items()}

    def setUp(self):
        super().setUp()
        self.lines = []

    def assert_ends(self, cases, ends):
        """Each case: the arguments of reply() as a dictionary."""
        numbers = [self.reply(**case) for case in cases]
        late = self.judge()
        for number, case in zip(numbers, cases):
            self.assertEqual(number not in late, ends, case)

    def test_a_persons_reply(self):
        birch = 'birch@marl.example'
        self.assert_ends([{'sender': birch, **case} for case in (
            {}, {'refs': False}, {'refs': False, 'subject': 'AW: Matter'}, {'subject': 'About the verge'}, {'to': 'carl@home.example'},
            {'to': 'all@marl.example'}, {'to': 'clerk@marl.example', 'cc': ['moss@marl.example']}, {'text': 'Which side of the lane do you mean?'},
            {'text': 'It belongs to the county. I will write to its engineer tomorrow.'},
            {'text': 'Sorry for the delay, I was out of the office last week. It was cut on Friday.'},
            {'text': 'It was cut today. I will let you know if anything changes.'}, {'text': 'I will respond to the consultation of the county by Friday.'},
            {'fields': ['Auto-Submitted: no']}, {'fields': ['X-Auto-Response-Suppress: All']})], True)

    def test_what_is_none(self):
        birch = 'birch@marl.example'
        self.assert_ends([{'sender': birch, 'refs': False, 'subject': 'Something else'}, {'sender': birch, 'to': 'khan@marl.example'},
                          {'sender': birch, 'auth': False}, {'sender': birch, 'at': '2026-03-02T08:00:00Z'},
                          {'sender': 'moss@marl.example', 'text': 'Thanks, all the same.', 'to': birch}], False)

    def test_machines_answer_for_nobody(self):
        self.assert_ends([{'sender': 'birch@marl.example', **case} for case in (
            {'fields': ['Auto-Submitted: auto-replied']}, {'fields': ['Auto-Submitted: auto-generated']}, {'fields': ['X-Autoreply: yes']},
            {'fields': ['Precedence: auto_reply']}, {'text': 'I am out of the office.', 'subject': 'Automatic reply: Matter'},
            {'text': 'I am on annual leave until 16 March with no access to e-mail. I will reply on my return.'},
            {'text': 'This is an automated reply. Your message has been received.'}, {'text': 'Rwyf allan o\'r swyddfa tan ddydd Llun.'})], False)

    def test_who_answers_for_whom(self):
        cases = (('birch', 'clerk', False), ('birch', 'hart', False), ('nia', 'sam', True), ('nia', 'deputy', True), ('deputy', 'sam', True),
                 ('deputy', 'deputy', True), ('nia', 'clerk', False), ('planning', 'bell', True), ('hart', 'planning', True), ('hart', 'bell', False),
                 ('ruth', 'clerk', True))
        for ends in (True, False):
            self.assert_ends([{'asked': asked + '@marl.example', 'sender': sender + '@marl.example'} for asked, sender, good in cases if good == ends], ends)
        self.assert_ends([{'sender': 'bell@marl.example', 'headed': 'Tom Birch <birch@marl.example>'}], True)
        self.assert_ends([{'sender': 'bell@marl.example', 'headed': 'Ruth Ames <clerk@marl.example>'}], False)

    def test_a_holding_reply_is_contact_only(self):
        self.send(MONDAY, 'moss@marl.example', 'birch@marl.example', mid='c')
        self.send('2026-03-04T10:00:00Z', 'birch@marl.example', 'moss@marl.example', 'I am looking into this and will get back to you as soon as I can.',
                  'Re: Hedge', refs=['c'])
        self.assertEqual(self.due('2026-03-06T12:00:00Z'), {})
        self.assertEqual(self.due('2026-03-10T12:00:00Z'), {'c': '2026-03-09T17:00:00Z'})
        self.send('2026-03-10T13:00:00Z', 'birch@marl.example', 'moss@marl.example', 'It was cut this morning.', 'Re: Hedge', refs=['c'])
        self.assertEqual(self.due('2026-03-10T12:00:00Z'), {'c': '2026-03-09T17:00:00Z'})
        self.assertEqual(self.due(self.LATE), {})

    def test_the_day_that_is_promised_counts(self):
        cases = (('I need until the 20th.', '2026-03-20T17:00:00Z'), ('Thank you. I will come back to you by Friday 13 March.', '2026-03-13T17:00:00Z'),
                          ('I have asked the surveyor and will let you know by the end of next week.', '2026-03-13T17:00:00Z'),
                          ('We will reply within two weeks.', '2026-03-17T17:00:00Z'), ('You will hear from me by 31/03/2026. The works meeting is on 5 March.', '2026-03-31T16:00:00Z'),
                          ('Byddaf yn ateb erbyn 20 Mawrth.', '2026-03-20T17:00:00Z'), ('I shall be in touch tomorrow.', '2026-03-04T17:00:00Z'))
        numbers = [self.reply('birch@marl.example', text) for text, due in cases]
        late = self.judge()
        for number, (text, due) in zip(numbers, cases):
            self.assertEqual(late.get(number), due, text)
        self.send('2026-03-04T10:00:00Z', 'birch@marl.example', 'moss@marl.example', 'Sorry, I need until 27 March.', 'More', refs=['c%d' % numbers[0]])
        self.assertEqual(self.due(self.LATE)['c%d' % numbers[0]], '2026-03-27T17:00:00Z')

    def test_a_call_is_marked(self):
        ref = self.send(MONDAY, 'moss@marl.example', 'birch@marl.example', mid='c')['id']
        ref = self.report(self.LATE)['overdue'][0]['id']
        deed = ['queue', 'answered', ref, '--state', 'state', '--at', '2026-03-12T10:00:00Z']
        self.expect(64, *deed, '--by', 'clerk@marl.example')
        self.expect(1, *deed, '--by', 'hart@marl.example', '--reason', 'phoned 12/3')
        self.expect(1, *deed, '--by', 'moss@marl.example', '--reason', 'phoned 12/3')
        self.assertEqual(self.overdue(self.LATE), ['c'])
        self.expect(0, *deed, '--by', 'clerk@marl.example', '--reason', 'phoned 12/3')
        self.assertEqual(self.overdue(self.LATE), [])
        self.assertEqual(self.overdue('2026-03-12T09:00:00Z'), ['c'])
        self.expect(65, *deed, '--by', 'clerk@marl.example', '--reason', 'phoned 12/3')
        self.assertIn('reply-marked', [line[2] for line in self.journal()] + [word for line in self.journal() for word in line])
        self.expect(0, 'journal', 'verify', '--state', 'state')

    def test_whom_it_was_put_to_may_say_so(self):
        self.send(MONDAY, 'moss@marl.example', 'deputy@marl.example', mid='c')
        ref = self.report(self.LATE)['overdue'][0]['id']
        self.expect(0, 'queue', 'answered', ref, '--by', 'sam@marl.example', '--reason', 'spoke after the meeting', '--state', 'state')
        self.assertEqual(self.overdue('2099-01-01T00:00:00Z'), [])

    def test_kept_back_mail_asks_and_answers_nothing(self):
        self.write('copyhold.conf', CONF.replace('rules = ();', '''rules = ( { id = "kept"; clause = "9"; when = ( "the subject says kept" ); action = "hold";
            whole_message = true; mode = "enforce"; says = { en = "Kept."; cy = "Cadw."; }; } ); phrases = { kept = { any = ( "KEEP" ); }; };'''))
        self.send(MONDAY, 'moss@marl.example', 'birch@marl.example', subject='KEEP this', mid='k')
        self.assertEqual(self.overdue(self.LATE), [])
        self.send(MONDAY, 'moss@marl.example', 'birch@marl.example', mid='c')
        self.send('2026-03-03T10:00:00Z', 'birch@marl.example', 'moss@marl.example', 'Cut on Friday.', 'KEEP: Re: Hedge', refs=['c'])
        self.assertEqual(self.overdue(self.LATE), ['c'])


class Reminders(Due):
    def test_two_reminders_once_each(self):
        self.send(MONDAY, 'moss@marl.example', 'birch@marl.example', mid='c')
        self.tend('2026-03-04T08:59:00Z')
        self.assertEqual(self.outbox(), [])
        for at in ('2026-03-04T09:00:00Z', '2026-03-04T09:10:00Z', '2026-03-05T12:00:00Z'):
            self.tend(at)
        self.assertEqual([to for to, _ in self.outbox()], ['birch@marl.example'])
        message = email.message_from_bytes(self.outbox()[0][1])
        text = message.get_payload(decode=True).decode()
        self.assertEqual(message['Auto-Submitted'], 'auto-generated')
        self.assertEqual(message['In-Reply-To'], '<c@x.example>')
        for said in ('Carl Moss', 'Thursday 5 March 2026, 17:00', 'appendix, paragraph 2.2', 'Hedge'):
            self.assertIn(said, ' '.join(text.split()))
        self.assertLess(words(text), 120)
        self.assertNotIn('Mill Lane', text)
        # day 6 is a Sunday: on Friday, the last open day before it
        self.tend('2026-03-06T08:59:00Z')
        self.assertEqual(len(self.outbox()), 1)
        for at in ('2026-03-06T09:00:00Z', '2026-03-07T09:00:00Z', '2026-03-09T12:00:00Z'):
            self.tend(at)
        self.assertEqual(len(self.outbox()), 2)
        text = email.message_from_bytes(self.outbox()[1][1]).get_payload(decode=True).decode()
        self.assertIn('Monday 9 March 2026, 17:00', ' '.join(text.split()))
        self.tend('2026-06-01T12:00:00Z')
        self.assertEqual(len(self.outbox()), 2)

    def test_welsh_too(self):
        self.write('copyhold.conf', CONF + 'languages = "en+cy";\n')
        self.send(MONDAY, 'moss@marl.example', 'nia@marl.example', mid='c')
        self.tend('2026-03-04T10:00:00Z')
        message = email.message_from_bytes(self.outbox()[0][1])
        english, welsh = message.get_payload(decode=True).decode().split('--------')
        self.assertIn('wrote to you', english)
        self.assertIn('atoch', welsh)
        self.assertLess(words(welsh), 120)

    def test_nobody_is_reminded_of_what_is_done_or_only_observed(self):
        self.send(MONDAY, 'moss@marl.example', 'birch@marl.example', mid='c')
        self.send('2026-03-03T10:00:00Z', 'birch@marl.example', 'moss@marl.example', 'Cut on Friday.', 'Re: Hedge', refs=['c'])
        self.tend('2026-03-04T10:00:00Z')
        self.assertEqual(self.outbox(), [])
        self.write('copyhold.conf', CONF.replace('"enforce"', '"observe"'))
        self.send(MONDAY, 'moss@marl.example', 'birch@marl.example', subject='Pool', mid='d')
        self.tend('2026-03-04T10:00:00Z')
        self.assertEqual(self.outbox(), [])
        self.assertEqual(self.overdue('2026-03-30T10:00:00Z'), ['d'])

    def test_contact_ends_the_first_reminder_and_a_promise_moves_the_second(self):
        self.send(MONDAY, 'moss@marl.example', 'birch@marl.example', mid='c')
        self.send('2026-03-03T10:00:00Z', 'birch@marl.example', 'moss@marl.example', 'I will reply to you by 20 March.', 'Re: Hedge', refs=['c'])
        for at in ('2026-03-04T10:00:00Z', '2026-03-09T10:00:00Z', '2026-03-18T10:00:00Z'):
            self.tend(at)
        self.assertEqual(self.outbox(), [])
        self.tend('2026-03-19T09:00:00Z')
        self.assertEqual(len(self.outbox()), 1)

    def test_two_that_come_at_once_are_one(self):
        self.send(MONDAY, 'moss@marl.example', 'birch@marl.example', mid='c')
        self.tend('2026-03-06T10:00:00Z')
        self.tend('2026-03-07T10:00:00Z')
        self.assertEqual(len(self.outbox()), 1)

    def test_the_subject_of_marked_mail_is_not_repeated(self):
        self.write('copyhold.conf', CONF.replace('"maldon"', '"dunstable", "maldon"'))
        self.send(MONDAY, 'moss@marl.example', 'clerk@marl.example', subject='CONFIDENTIAL: kestrel', mid='c')
        self.tend('2026-03-04T10:00:00Z')
        reminder = [octets for to, octets in self.outbox() if to == 'clerk@marl.example']
        self.assertEqual(len(reminder), 1)
        self.assertNotIn(b'kestrel', reminder[0])


class Reports(Due):
    def test_by_service_and_never_by_name(self):
        self.send(MONDAY, 'moss@marl.example', 'birch@marl.example', mid='a')
        self.send(MONDAY, 'khan@marl.example', 'birch@marl.example', mid='b', subject='Pool')
        self.send(MONDAY, 'moss@marl.example', 'hart@marl.example', mid='c', subject='Plans')
        self.send(MONDAY, 'moss@marl.example', 'deputy@marl.example', mid='d', subject='Dates')
        self.send('2026-03-05T12:00:00Z', 'shaw@marl.example', 'ruth@marl.example', mid='e', subject='Flags')
        text = self.expect(0, 'report', '--due', '--at', '2026-03-09T12:00:00Z', '--state', 'state').stdout
        for said in ('4 replies overdue', '1 reply due soon', 'Grounds', 'Deputy Clerk', '(no office in the directory)', 'Carl Moss', 'Clerk'):
            self.assertIn(said, text)
        for name in ('Birch', 'Gwen', 'Nia', 'Ruth', 'birch@', 'hart@'):
            self.assertNotIn(name, text)
        report = self.report('2026-03-09T12:00:00Z')
        self.assertEqual(sorted(entry['service'] for entry in report['overdue']), ['(no office in the directory)', 'Deputy Clerk', 'Grounds', 'Grounds'])
        self.assertEqual([entry['service'] for entry in report['due_soon']], ['Clerk'])
        self.assertNotIn('Birch', json.dumps(report['overdue']))
        self.assertIn('4 replies overdue', self.expect(0, 'report', '--at', '2026-03-09T12:00:00Z', '--state', 'state').stdout)
        self.expect(64, 'report', '--due', '--html', '--state', 'state')

    def test_protected_correspondents_are_never_listed(self):
        self.send(MONDAY, 'moss@marl.example', 'clerk@marl.example', cc=['doyle@union.example'], mid='c')
        self.send(MONDAY, 'moss@marl.example', 'doyle@union.example', mid='u', subject='Other')
        text = self.expect(0, 'report', '--due', '--at', '2026-03-30T12:00:00Z', '--state', 'state').stdout
        self.assertNotIn('oyle', text + json.dumps(self.report('2026-03-30T12:00:00Z')['overdue']))
        self.assertNotIn('u', self.overdue('2026-03-30T12:00:00Z'))

    def test_it_goes_with_the_entry(self):
        self.send(MONDAY, 'moss@marl.example', 'birch@marl.example', mid='c')
        self.expect(0, 'retention', 'run', '--at', '2026-12-01T00:00:00Z', '--state', 'state')
        self.assertEqual(self.overdue('2026-12-02T00:00:00Z'), [])
        with sqlite3.connect(self.path('state/store.db')) as store:
            self.assertEqual(store.execute('SELECT count(*) FROM duty').fetchall(), [(0,)])

    def test_an_export_has_what_is_kept_of_it(self):
        self.send(MONDAY, 'moss@marl.example', 'birch@marl.example', mid='c')
        self.send('2026-03-03T10:00:00Z', 'birch@marl.example', 'moss@marl.example', 'I will reply by 20 March.', 'Re: Hedge', refs=['c'])
        for name in ('moss', 'birch'):
            entry = json.loads(self.expect(0, 'export', '--person', name + '@marl.example', '--reason', 'request', '--at', '2026-03-05T09:00:00Z', '--form', 'json',
                                           '--state', 'state').stdout)['entries'][0]
            self.assertEqual(entry['reply_due'], [{'rule': 'reply-due', 'contact_due': '2026-03-05T17:00:00Z', 'response_due': '2026-03-09T17:00:00Z',
                                                   'contacted': '2026-03-03T10:00:00Z', 'promised': '2026-03-20T17:00:00Z', 'answered': None}])
            self.assertIn('reply-seen', [line['what'] for line in entry['journal']])

    def test_many_matters(self):
        """Many members, many matters: nothing is mixed up, whatever the order of the answers."""
        lines = []
        for number in range(150):
            who = ('moss', 'khan', 'shaw', 'jones')[number % 4]
            self.write('q%d.eml' % number, 'From: %s@marl.example\nTo: birch@marl.example\nSubject: Matter %d\nMessage-ID: <q%d@x.example>\n\n%s\n' %
                       (who, number, number, HEDGE))
            lines.append({'id': 'q%d' % number, 'message': 'q%d.eml' % number, 'at': '2026-03-02T%02d:%02d:00Z' % (8 + number // 60, number % 60),
                          'envelope': {'from': who + '@marl.example', 'rcpt': ['birch@marl.example'], 'auth': who + '@marl.example', 'client': '10.1.2.3'}})
        answered = [number for number in range(150) if number * 7 % 3 == 0]
        for number in reversed(answered):
            who = ('moss', 'khan', 'shaw', 'jones')[number % 4]
            self.write('r%d.eml' % number, 'From: birch@marl.example\nTo: %s@marl.example\nSubject: Re: Matter %d\nMessage-ID: <r%d@x.example>\n\nDone.\n' %
                       (who, number, number))
            lines.append({'id': 'r%d' % number, 'message': 'r%d.eml' % number, 'at': '2026-03-03T10:00:00Z',
                          'envelope': {'from': 'birch@marl.example', 'rcpt': [who + '@marl.example'], 'auth': 'birch@marl.example', 'client': '10.1.2.3'}})
        self.write('cases.jsonl', ''.join(json.dumps(line) + '\n' for line in lines))
        self.expect(0, 'check', '--json', '--batch', 'cases.jsonl', '--state', 'state')
        self.assertEqual(sorted(self.overdue('2026-03-30T12:00:00Z')), sorted('q%d' % n for n in range(150) if n not in answered))


if __name__ == '__main__':
    unittest.main()
