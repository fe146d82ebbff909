#!/usr/bin/env python3
# reunion.py - one message in several envelopes, as `copyhold check --state` judges them one after another: a simulation with random order,
# delay, duplication and loss beside an oracle that shares no code with Copyhold, and stories of held copies, of a source that waits,
# and of what is counted.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: reunion.py [COPYHOLD]     COPYHOLD in the environment serves make check; COPYHOLD_RUNS is how many messages are simulated, COPYHOLD_SEED
with what they begin."""
import contextlib
import datetime
import email
import email.policy
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from run import PACK, binary

RUNS, SEED = int(os.environ.get('COPYHOLD_RUNS', '150')), int(os.environ.get('COPYHOLD_SEED', '20260302'))
CONF = '''council = {
	name = "The Town Council"; domains = [ "ashdown.example" ];
	authority = { minute = "26/017"; date = "2026-01-19"; };
	second_reviewer = "mo@principal.example"; notice_from = "help@ashdown.example";
};
directory = "people.csv"; packs = [ "dunstable" ]; %(mode)s
reviewers = [ "clerk@ashdown.example", "dean@ashdown.example" ];
trusted = ( { networks = [ "192.0.2.0/24" ]; identity = "envelope-from"; %(trusted)s } );
rules = ( %(rules)s );
'''
PEOPLE = '''id,name,role,offices,addresses
sadiq,Imran Sadiq,councillor,,sadiq@ashdown.example;imran@post.example
vaughan,Eleri Vaughan,councillor,,vaughan@ashdown.example
okoro,Ada Okoro,councillor,,okoro@ashdown.example;ada@post.example
lister,Tom Lister,councillor,,lister@ashdown.example
marsh,Wyn Marsh,councillor,,marsh@ashdown.example
calder,Ruth Calder,officer,clerk,clerk@ashdown.example;ruth@ashdown.example
hollis,Dean Hollis,officer,,dean@ashdown.example
petrie,Joan Petrie,resident,,petrie@resident.example
hart,Mona Hart,oversight,monitoring-officer,mo@principal.example
doyle,Pat Doyle,protected,,doyle@union.example
'''
# The oracle's own directory: written out again, so that a fault in reading people.csv would show.
COUNCILLORS = {'Imran Sadiq': ['sadiq@ashdown.example', 'imran@post.example'], 'Eleri Vaughan': ['vaughan@ashdown.example'],
               'Ada Okoro': ['okoro@ashdown.example', 'ada@post.example'], 'Tom Lister': ['lister@ashdown.example'],
               'Wyn Marsh': ['marsh@ashdown.example']}
OFFICERS = {'Ruth Calder': ['clerk@ashdown.example', 'ruth@ashdown.example'], 'Dean Hollis': ['dean@ashdown.example']}
OTHERS = {'Joan Petrie': ['petrie@resident.example'], 'Mona Hart': ['mo@principal.example'], 'Pat Doyle': ['doyle@union.example']}
EVERYBODY = {**COUNCILLORS, **OFFICERS, **OTHERS}
OWNER = {address: name for name, addresses in EVERYBODY.items() for address in addresses}
START = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.timezone.utc)


def stamp(seconds):
    return (START + datetime.timedelta(seconds=seconds)).strftime('%Y-%m-%dT%H:%M:%SZ')


class Letter:
    """One message of a simulated officer: whom it shows, whom it hides, whom its foot names, and how it is sent."""

    def __init__(self, number, dice):
        self.number = number
        self.id = '<sim%d.%d@ashdown.example>' % (number, dice.randrange(10 ** 6))
        self.sender = dice.choice(['Ruth Calder', 'Ruth Calder', 'Dean Hollis'])
        self.relayed = dice.random() < 0.5
        shown = dice.sample(sorted(COUNCILLORS), dice.choice([1, 1, 1, 2]))
        cc = [name for name in EVERYBODY if name not in shown and name != self.sender and dice.random() < 0.08]
        hidden = [name for name in EVERYBODY if name not in shown + cc and dice.random() < (0.35 if name in COUNCILLORS else 0.06)]
        self.to = [dice.choice(EVERYBODY[name]) for name in shown]
        self.cc = [dice.choice(EVERYBODY[name]) for name in cc]
        self.bcc = [dice.choice(EVERYBODY[name]) for name in hidden]
        if dice.random() < 0.2:  # the other address of somebody who is visible
            self.bcc += [address for name in shown for address in EVERYBODY[name] if address not in self.to]
        secret = [name for name in hidden if name in COUNCILLORS]
        # Only of relayed mail: else a first envelope makes the foot a false one, for nobody knows that more will come.
        self.foot = [name for name in secret if dice.random() < 0.2] if self.relayed else []
        self.visible = {OWNER[address] for address in self.to + self.cc}
        self.rcpt = self.to + self.cc + self.bcc

    def raw(self):
        address = EVERYBODY[self.sender][0]
        fields = ['From: %s <%s>' % (self.sender, address), 'To: ' + ', '.join(self.to)] + (['Cc: ' + ', '.join(self.cc)] if self.cc else [])
        fields += ['Subject: Plot %d' % self.number, 'Message-ID: ' + self.id, 'Date: Mon, 02 Mar 2026 09:00:00 +0000', 'MIME-Version: 1.0',
                   'Content-Type: text/plain; charset=utf-8']
        feet = ['CC councillor ' + name for name in self.foot]
        return '\r\n'.join(fields + ['', 'Dear colleague,', '', 'Nothing changes in plot %d.' % self.number, '', 'Kind regards', self.sender] +
                           ([''] + feet if feet else []) + [''])

    def envelopes(self, dice):
        """(seconds, recipients), in order: parted at random, some again, some never, some long after."""
        rest = list(self.rcpt)
        dice.shuffle(rest)
        parts = []
        while rest:
            size = dice.randint(1, min(3, len(rest)))
            parts.append(rest[:size])
            rest = rest[size:]
        parts = [part for part in parts if dice.random() > 0.07]
        begin = dice.randrange(3600)
        sent = [(begin + dice.randrange(9000), part) for part in parts]
        sent += [(at + dice.randrange(1, 1200), list(part)) for at, part in sent if dice.random() < 0.25]
        if dice.random() < 0.05:  # after everything is forgotten
            sent += [(begin + 40000 + dice.randrange(9000), part) for part in parts]
        return sorted(sent, key=lambda each: each[0])


class Oracle:
    """Who must be told of whom, by what, for one letter: from the envelopes alone."""

    def __init__(self, letter):
        self.letter, self.first, self.reached, self.told, self.sender_told = letter, None, set(), set(), set()

    def see(self, at, rcpt):
        """-> (lines at the foot of this copy, {visible person: lines of a companion notice}, is the sender told)"""
        if self.first is None or at - self.first > 4 * 3600:
            self.__init__(self.letter)
            self.first = at
        letter = self.letter
        here = {OWNER[address] for address in rcpt}
        before = set(self.reached)
        self.reached |= here
        hidden = self.reached - letter.visible - {letter.sender}
        secret = {name for name in hidden if name in COUNCILLORS} - set(letter.foot)
        open_enough = letter.visible <= set(COUNCILLORS) | set(OFFICERS)
        quiet = hidden & {'Mona Hart', 'Pat Doyle'}
        if not secret or not open_enough or quiet:
            return set(), {}, None
        companions = {}
        for reader in sorted((letter.visible & before) - here - {letter.sender}):
            lines = {name for name in secret if (reader, name) not in self.told}
            if lines:
                companions[reader] = lines
        self.told |= {(reader, name) for reader in (letter.visible & here) | set(companions) for name in secret}
        news = bool(companions) or not secret <= self.sender_told
        self.sender_told |= secret
        return secret, companions, news


class Council(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = holder.name
        self.configure()
        self.write('people.csv', PEOPLE)
        self.write('dunstable.conf', PACK)

    def configure(self, trusted='', rules='', mode='mode = "enforce";'):
        self.write('copyhold.conf', CONF % {'trusted': trusted, 'rules': rules, 'mode': mode})

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def write(self, name, content):
        with open(self.path(name), 'w', encoding='utf-8', newline='') as stream:
            stream.write(content)

    def run_copyhold(self, *arguments, status=0):
        run = subprocess.run([binary, '-c', 'copyhold.conf', *arguments], cwd=self.folder, capture_output=True, timeout=600, text=True)
        self.assertEqual(run.returncode, status, '%s: %s' % (' '.join(arguments), run.stderr))
        return run.stdout

    def checks(self, *envelopes):
        """One after another, with one memory."""
        with open(self.path('batch.jsonl'), 'w', encoding='utf-8') as batch:
            for number, (raw, rcpt, at, *more) in enumerate(envelopes):
                self.write('m%d.eml' % number, raw)
                envelope = dict({'from': 'clerk@ashdown.example', 'rcpt': rcpt, 'auth': 'clerk', 'client': '10.1.2.3'}, **(more[0] if more else {}))
                batch.write(json.dumps({'id': 'm%d' % number, 'message': 'm%d.eml' % number, 'at': stamp(at), 'envelope': envelope}) + '\n')
        return [json.loads(line) for line in self.run_copyhold('check', '--json', '--batch', 'batch.jsonl', '--state', 'state', '--output-dir', 'out').splitlines()]

    def check(self, *envelope):
        return self.checks(envelope)[0]

    def output(self, number=0):
        with open(self.path('out', 'm%d.eml' % number), encoding='utf-8', newline='') as stream:
            return stream.read()

    def outbox(self, kind='companion'):
        """What has been put up to be sent, as messages."""
        with contextlib.closing(sqlite3.connect('file:%s?mode=ro' % self.path('state', 'store.db'), uri=True)) as base:
            rows = base.execute('SELECT recipient, octets FROM outbox WHERE kind = ? ORDER BY number', (kind,)).fetchall()
        return [(to, email.message_from_bytes(octets, policy=email.policy.default)) for to, octets in rows]


def lines_of(text):
    return {line[len('CC councillor '):].strip() for line in text.splitlines() if line.startswith('CC councillor ')}


class Simulation(Council):
    def events(self, dice):
        """Envelopes of many letters, mixed; and strangers and colleagues who send the same bytes."""
        events = []
        for number in range(RUNS):
            letter = Letter(number, dice)
            self.write('%d.eml' % number, letter.raw())
            events += [(at + number * 37, letter, rcpt, 'sender') for at, rcpt in letter.envelopes(dice)]
            for noise in ('stranger', 'colleague'):
                if dice.random() < 0.15:
                    events.append((number * 37 + dice.randrange(12000), letter, [dice.choice(EVERYBODY[name]) for name in dice.sample(sorted(COUNCILLORS), 2)], noise))
        return sorted(events, key=lambda event: event[0])

    @staticmethod
    def envelope(letter, rcpt, who):
        address = EVERYBODY[letter.sender][0]
        if who == 'stranger':
            return {'from': address, 'rcpt': rcpt, 'auth': None, 'client': '203.0.113.77'}
        if who == 'colleague':
            return {'from': address, 'rcpt': rcpt, 'auth': 'lister@ashdown.example', 'client': '10.1.2.3'}
        if letter.relayed:
            return {'from': address, 'rcpt': rcpt, 'auth': None, 'client': '192.0.2.9'}
        return {'from': address, 'rcpt': rcpt, 'auth': address, 'client': '10.1.2.3'}

    def judge(self, events):
        with open(self.path('batch.jsonl'), 'w', encoding='utf-8') as batch:
            for index, (at, letter, rcpt, who) in enumerate(events):
                batch.write(json.dumps({'id': 'e%d' % index, 'message': '%d.eml' % letter.number, 'at': stamp(at),
                                        'envelope': self.envelope(letter, rcpt, who)}) + '\n')
        return [json.loads(line) for line in self.run_copyhold('check', '--json', '--batch', 'batch.jsonl', '--state', 'state', '--output-dir', 'out').splitlines()]

    def compare(self, index, event, answer, wanted):
        at, letter, rcpt, who = event
        feet, companions, news = wanted
        story = 'seed %d, letter %d, envelope e%d to %s at %s: %s' % (SEED, letter.number, index, rcpt, stamp(at), json.dumps(answer)[:1500])
        self.assertEqual(lines_of('\n'.join(answer['footers'])), feet, story)
        sent = [notice['to'] for notice in answer['notices'] if notice['kind'] == 'companion']
        self.assertEqual(sorted(OWNER[to] for to in sent), sorted(companions), story)
        self.assertLessEqual(set(sent), set(letter.rcpt), story)
        if feet:
            self.assertEqual(answer['outcome'], 'annotate', story)
            with open(self.path('out', 'e%d.eml' % index), encoding='utf-8', newline='') as stream:
                self.assertEqual(lines_of(stream.read()), feet | set(letter.foot), story)
        if news is not None:
            own = [notice for notice in answer['notices'] if notice['kind'] == 'annotated']
            self.assertEqual(len(own), int(news), story)

    def test_everybody_is_told_once_and_nobody_else(self):
        dice = random.Random(SEED)
        events = self.events(dice)
        answers = self.judge(events)
        self.assertEqual(len(answers), len(events))
        oracles, due, told = {}, [], 0
        for index, (event, answer) in enumerate(zip(events, answers)):
            at, letter, rcpt, who = event
            if who != 'sender':
                self.assertFalse(answer['notices'] or answer['footers'], 'seed %d: %s of letter %d: %s' % (SEED, who, letter.number, answer))
                continue
            wanted = oracles.setdefault(letter.number, Oracle(letter)).see(at, rcpt)
            self.compare(index, event, answer, wanted)
            due += [(letter.id, reader, tuple(sorted(lines))) for reader, lines in wanted[1].items()]
            told += len(wanted[0]) > 0
        box = [(note['In-Reply-To'], OWNER[to], tuple(sorted(lines_of(note.get_content())))) for to, note in self.outbox()]
        self.assertEqual(sorted(box), sorted(due))
        # A run in which nothing came late, or nothing in time, would prove nothing.
        self.assertGreater(len(due), RUNS // 10)
        self.assertGreater(told, RUNS // 4)


PLAIN = '''From: Ruth Calder <clerk@ashdown.example>
To: sadiq@ashdown.example
Subject: Re: Plot 7
Message-ID: <plot7@ashdown.example>
Date: Mon, 02 Mar 2026 09:00:00 +0000

Nothing changes.

Ruth
'''
SHOWN, HIDDEN, OTHER = 'sadiq@ashdown.example', 'vaughan@ashdown.example', 'okoro@ashdown.example'
LINE = 'CC councillor Eleri Vaughan'
BY_RELAY = {'auth': None, 'client': '192.0.2.9'}
HOLD_SHOWN = '''{ id = "hold-shown"; clause = "c"; when = ( "sender is officer", "not: this recipient is hidden" ); action = "hold"; mode = "enforce";
	says = { en = "Held."; cy = "Cedwir."; }; }'''
HOLD_HIDDEN = HOLD_SHOWN.replace('hold-shown', 'hold-hidden').replace('not: this', 'this')


class Stories(Council):
    def decide(self, deed, held, at):
        self.run_copyhold('queue', deed, '--by', 'dean@ashdown.example', '--reason', 'Agreed with the clerk', '--state', 'state', '--at', stamp(at), held['reference'])

    def test_the_companion_notice_is_threaded_short_and_cites_the_clause(self):
        self.checks((PLAIN, [SHOWN], 0), (PLAIN, [HIDDEN], 60))
        (to, note), = self.outbox()
        self.assertEqual((to, note['To'], note['In-Reply-To'], note['References'], note['Subject']),
                         (SHOWN, SHOWN, '<plot7@ashdown.example>', '<plot7@ashdown.example>', 'Re: Plot 7'))
        words = note.get_content()
        for part in (LINE, 'Ruth Calder', 'Councillor-Officer Protocol', 'That was not known when yours came.'):
            self.assertIn(part, words)
        self.assertLess(len(words.split()), 120)
        self.assertNotIn('Nothing changes', words)
        (_, told), = self.outbox('annotated')
        self.assertIn('those who had theirs already were told in a notice: ' + LINE, ' '.join(told.get_content().split()))

    def test_both_languages(self):
        self.configure(mode='mode = "enforce"; languages = "en+cy";')
        self.checks((PLAIN, [SHOWN], 0), (PLAIN, [HIDDEN], 60))
        words = ' '.join(self.outbox()[0][1].get_content().split())
        self.assertLess(words.index('That was not known when yours came.'), words.index("Nid oedd hynny'n hysbys pan ddaeth eich copi chi."))
        self.assertEqual(words.count(LINE), 2)

    def test_a_third_envelope_tells_of_that_one_only(self):
        self.checks(*[(PLAIN, rcpt, 60 * minute) for minute, rcpt in enumerate(([SHOWN], [HIDDEN], [OTHER], [OTHER, HIDDEN]))])
        self.assertEqual([lines_of(note.get_content()) for _, note in self.outbox()], [{'Eleri Vaughan'}, {'Ada Okoro'}])

    def test_a_council_may_have_only_the_sender_told(self):
        self.configure(rules='{ id = "silent-copy"; fallback = "notify"; }, { id = "copy-footer"; fallback = "notify"; }')
        _, late = self.checks((PLAIN, [SHOWN], 0), (PLAIN, [HIDDEN], 60))
        self.assertEqual((late['footers'], self.outbox()), ([LINE], []))
        (_, told), = self.outbox('annotated')
        self.assertIn('some had theirs already, without it, and were not told: ' + LINE, ' '.join(told.get_content().split()))

    def test_what_is_only_observed_tells_nobody(self):
        for mode, companions in (('observe', 0), ('advise', 1)):
            self.configure(mode='mode = "%s";' % mode)
            raw = PLAIN.replace('plot7', mode)
            _, late = self.checks((raw, [SHOWN], 0), (raw, [HIDDEN], 60))
            self.assertEqual(len(late['findings']), 2)
            self.assertEqual((late['outcome'], len(self.outbox())), ('annotate' if companions else 'deliver', companions))

    def test_a_held_visible_copy_is_told_of_when_it_has_gone_out(self):
        self.configure(rules=HOLD_SHOWN)
        held, late = self.checks((PLAIN, [SHOWN], 0), (PLAIN, [HIDDEN], 60))
        self.assertEqual(held['outcome'], 'hold')
        self.assertFalse([notice for notice in late['notices'] if notice['kind'] == 'companion'])
        self.assertEqual(self.outbox(), [])
        self.decide('release', held, 120)
        (to, note), = self.outbox()
        self.assertEqual((to, lines_of(note.get_content())), (SHOWN, {'Eleri Vaughan'}))
        self.check(PLAIN, [HIDDEN], 180)
        self.assertEqual(len(self.outbox()), 1)

    def test_the_visible_copy_is_held_after_the_hidden_one_came(self):
        self.configure(rules=HOLD_SHOWN)
        _, held = self.checks((PLAIN, [HIDDEN], 0), (PLAIN, [SHOWN], 60))
        self.assertEqual((held['outcome'], self.outbox()), ('hold', []))
        self.decide('release', held, 120)
        (to, note), = self.outbox()
        self.assertEqual((to, lines_of(note.get_content())), (SHOWN, {'Eleri Vaughan'}))

    def test_it_was_released_before_the_hidden_copy_came(self):
        self.configure(rules=HOLD_SHOWN)
        self.decide('release', self.check(PLAIN, [SHOWN], 0), 30)
        self.check(PLAIN, [HIDDEN], 60)
        self.assertEqual([to for to, _ in self.outbox()], [SHOWN])

    def test_a_returned_copy_needs_no_notice(self):
        self.configure(rules=HOLD_SHOWN)
        held, _ = self.checks((PLAIN, [SHOWN], 0), (PLAIN, [HIDDEN], 60))
        self.decide('return', held, 120)
        self.check(PLAIN, [HIDDEN], 180)
        self.assertEqual(self.outbox(), [])

    def test_a_held_hidden_copy_is_told_of_when_it_has_gone_out(self):
        self.configure(rules=HOLD_HIDDEN)
        _, held = self.checks((PLAIN, [SHOWN], 0), (PLAIN, [HIDDEN], 60))
        self.assertEqual((held['outcome'], self.outbox()), ('hold', []))
        self.decide('release', held, 120)
        self.assertEqual([to for to, _ in self.outbox()], [SHOWN])

    def test_a_hidden_copy_that_went_back_was_never_one(self):
        self.configure(rules=HOLD_HIDDEN)
        _, held = self.checks((PLAIN, [SHOWN], 0), (PLAIN, [HIDDEN], 60))
        self.decide('return', held, 120)
        self.assertEqual(self.outbox(), [])

    def test_a_source_that_waits(self):
        """Nobody knows of a hidden copy before it comes; but when it comes first it waits for the visible one."""
        self.configure(trusted='hold_window = 300;')
        first, second, third = self.checks((PLAIN, [HIDDEN], 0, BY_RELAY), (PLAIN, [SHOWN], 60, BY_RELAY), (PLAIN, [HIDDEN], 120, BY_RELAY))
        self.assertEqual((first['outcome'], first['notices'], first['recipients'][0]['outcome']), ('retry', [], 'retry'))
        self.assertFalse(os.path.exists(self.path('out', 'm0.eml')))
        self.assertEqual((second['outcome'], second['footers']), ('annotate', [LINE]))
        self.assertIn(LINE, self.output(1))
        self.assertEqual((third['outcome'], third['notices']), ('annotate', []))
        self.assertEqual(self.outbox(), [])

    def test_nobody_waits_longer_than_the_window(self):
        self.configure(trusted='hold_window = 300;')
        anonymous = PLAIN.replace('Message-ID: <plot7@ashdown.example>\n', '')
        answers = self.checks(*[(PLAIN, [HIDDEN], at, BY_RELAY) for at in (0, 120, 299, 301)],
                              (PLAIN.replace('plot7', 'plot8'), [HIDDEN], 400),  # signed in: no relay, no waiting
                              (anonymous, [HIDDEN], 500, BY_RELAY),
                              (PLAIN.replace('plot7', 'plot9'), [HIDDEN], 600, dict(BY_RELAY, **{'from': 'petrie@resident.example'})))
        self.assertEqual([answer['outcome'] for answer in answers], ['retry', 'retry', 'retry', 'annotate', 'annotate', 'annotate', 'deliver'])

    def test_an_open_copy_waits_too_and_passes_as_it_was(self):
        self.configure(trusted='hold_window = 300;')
        raw = PLAIN.replace('To: sadiq@ashdown.example', 'To: sadiq@ashdown.example, okoro@ashdown.example')
        answers = self.checks((raw, [SHOWN], 0, BY_RELAY), (raw, [OTHER], 10, BY_RELAY), (raw, [SHOWN], 90, BY_RELAY))
        self.assertEqual([answer['outcome'] for answer in answers], ['retry', 'deliver', 'deliver'])
        tally = json.loads(self.run_copyhold('report', '--json', '--state', 'state', '--at', stamp(40000)))
        tally = tally.get('tally') or tally['counts']
        self.assertEqual([tally[key] for key in ('examined', 'internal', 'retried', 'split', 'not_reunited')], [2, 2, 1, 1, 0])
        self.assertEqual(self.output(2), raw.replace('\n', '\r\n'))

    def test_the_bcc_field_goes_where_the_line_is_added(self):
        raw = PLAIN.replace('Subject:', 'bcc: %s,\n %s\nSubject:' % (HIDDEN, 'dean@ashdown.example'))
        answer, _ = self.checks((raw, [SHOWN], 0), (raw, [HIDDEN], 60))
        self.assertEqual(answer['footers'], [LINE])
        self.assertIn('a Bcc field', json.dumps(answer['findings']))
        self.assertNotIn('bcc', self.output().lower())
        self.assertIn('Subject: Re: Plot 7\r\n', self.output())
        self.assertIn('bcc: %s,\r\n dean@ashdown.example\r\n' % HIDDEN, self.output(1))
        self.assertEqual(self.outbox(), [])

    def test_what_is_counted(self):
        # late; in time; in one envelope; somebody in To never comes; somebody comes after an hour; no Message-ID; not split
        plans = [('a', [[SHOWN], [HIDDEN], [HIDDEN]]), ('b', [[HIDDEN], [SHOWN]]), ('c', [[SHOWN, HIDDEN]]), ('d', [[HIDDEN], [HIDDEN]]),
                 ('e', [[HIDDEN], [OTHER], [SHOWN]]), (None, [[SHOWN]]), ('f', [[SHOWN]])]
        sent = []
        for number, (name, envelopes) in enumerate(plans):
            raw = PLAIN.replace('plot7', name) if name else PLAIN.replace('Message-ID: <plot7@ashdown.example>\n', '')
            sent += [(raw, rcpt, number * 9 + minute * 3599, BY_RELAY) for minute, rcpt in enumerate(envelopes)]
        self.checks(*sent)
        tally = json.loads(self.run_copyhold('report', '--json', '--state', 'state', '--at', stamp(40000)))
        tally = tally.get('tally') or tally['counts']
        self.assertEqual([tally[key] for key in ('split', 'reunited', 'reunited_late', 'not_reunited')], [3, 2, 1, 2])


if __name__ == '__main__':
    unittest.main()
