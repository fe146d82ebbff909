#!/usr/bin/env python3
# run.py - the command line as scripts meet it: exit statuses, what is said about mistakes, batches with bad lines,
# files written and not written, and reviewers' deeds on a folder of held mail.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: run.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import contextlib
import json
import os
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import unittest

AT = '2026-03-02T09:00:00Z'
OFFICER, SHOWN, HIDDEN = 'dean@ashdown.example', 'sadiq@ashdown.example', 'vaughan@ashdown.example'
CONF = '''council = {
	name = "The Town Council";
	domains = [ "ashdown.example" ];
	authority = { minute = "26/017"; date = "2026-01-19"; };
	second_reviewer = "mo@principal.example";
	notice_from = "help@ashdown.example";
};
directory = "people.csv";
packs = [ "dunstable" ];
mode = "enforce";
reviewers = [ "clerk@ashdown.example", "dean@ashdown.example" ];
trusted = ();
rules = ();
'''
PEOPLE = '''name,role,offices,addresses
Imran Sadiq,councillor,,sadiq@ashdown.example
Eleri Vaughan,councillor,,vaughan@ashdown.example
Ruth Calder,officer,clerk,clerk@ashdown.example
Dean Hollis,officer,,dean@ashdown.example
Joan Petrie,complainant,,petrie@resident.example
Mona Hart,oversight,monitoring-officer,mo@principal.example
'''
BINS = '''From: Dean Hollis <dean@ashdown.example>
To: sadiq@ashdown.example
Subject: bins
Message-ID: <bins@ashdown.example>

The extra bin goes in on Thursday.
'''
MARKED = '''From: Ruth Calder <clerk@ashdown.example>
To: petrie@resident.example
Subject: CONFIDENTIAL: staffing
Message-ID: <marked@ashdown.example>

The affidavit is below.
'''


def pack_of_mail():
    """The shipped pack without the rules on councillors' letters and the library of words that only these look for, which is most of it:
    every start of the command reads all that its pack uses, and few tests of the command line care what it says about letters."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'conf', 'packs', 'dunstable.conf')
    with open(path, encoding='utf-8') as stream:
        pack = stream.read()
    pack, uses = re.subn(r'(\tuses = \[.*?)"obligations", ', r'\1', pack)
    pack, letters = re.subn(r'(?ms)^\t\{\n\t\tid = "[\w-]+-by-councillor";\n.*?^\t\},?\n', '', pack)
    if uses != 1 or letters < 3:
        sys.exit('the shipped pack is not what these tests take it for')
    return pack


PACK = pack_of_mail()
binary = os.path.abspath(sys.argv.pop(1) if len(sys.argv) > 1 else os.environ.get('COPYHOLD', './copyhold'))
with open(binary, 'rb') as program:
    SANITIZED = b'__asan_' in program.read()
MEMORY_MOST = (2048 if SANITIZED else 512) << 10  # kB; a sanitizer keeps what was freed, and shadows of all


class Council(unittest.TestCase):
    whole_pack = False

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = holder.name
        for name, text in (('copyhold.conf', CONF), ('people.csv', PEOPLE), ('bins.eml', BINS), ('marked.eml', MARKED)):
            self.write(name, text)
        if not self.whole_pack:
            self.write('dunstable.conf', PACK)  # found before the shipped one

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), 'w', encoding='utf-8') as stream:
            stream.write(text)

    def run_copyhold(self, *arguments):
        return subprocess.run([binary, '-c', 'copyhold.conf', *arguments], cwd=self.folder, capture_output=True, text=True, timeout=60)

    def expect(self, status, *arguments):
        run = self.run_copyhold(*arguments)
        self.assertEqual(run.returncode, status, '%s: %s%s' % (' '.join(arguments), run.stdout, run.stderr))
        return run

    def hold(self):
        """One held message in the folder `state`; its reference."""
        run = self.expect(0, 'check', '--json', '--at', AT, '--auth', 'clerk', '--state', 'state', 'marked.eml')
        answer = json.loads(run.stdout)
        self.assertEqual(answer['outcome'], 'hold')
        return answer['id']

    def everything(self):
        """All that is kept in `state` or shown of Monday: (where, text)."""
        for name in sorted(os.listdir(self.path('state'))):
            with open(self.path('state/' + name), 'rb') as stream:
                yield name, stream.read().decode('latin-1')
        for command in ('report', 'report --json', 'report --html', 'report --due', 'queue list --all --json', 'journal list'):
            at = ['--at', '2026-03-02T18:00:00Z'] if command.startswith('report') else []
            yield command, self.expect(0, *command.split(), *at, '--state', 'state').stdout

    def assert_no_trace(self, words):
        for where, text in self.everything():
            for word in words:
                at = text.lower().find(word.lower())
                self.assertEqual(at, -1, '%s: %r' % (where, text[max(at - 60, 0):at + 60]))

    def journal(self):
        return [line.split() for line in self.expect(0, 'journal', 'list', '--state', 'state').stdout.splitlines()]


class Check(Council):
    def line(self, name, **other):
        line = {'id': name, 'message': 'bins.eml', 'at': AT,
                'envelope': {'from': OFFICER, 'rcpt': [SHOWN, HIDDEN], 'auth': OFFICER, 'client': '10.0.0.5'}}
        line.update(other)
        return json.dumps(line)

    def test_usage(self):
        for arguments in (['check'], ['check', 'a', 'b'], ['check', '--jsn', 'a'], ['check', '--at', 'noon', 'bins.eml'], ['chek'], [],
                          ['check', '--batch', 'b'], ['check', '--json', '--output-dir', 'o', 'bins.eml']):
            self.expect(64, *arguments)
        self.expect(65, 'check', 'missing.eml')

    def test_what_describes_one_message_is_no_batch(self):
        self.write('cases.jsonl', self.line('a') + '\n')
        for option in (['--rcpt', SHOWN], ['--from', OFFICER], ['--auth', OFFICER], ['--client', '10.0.0.1'], ['--at', AT], ['--output', 'o']):
            run = self.expect(64, 'check', '--json', '--batch', 'cases.jsonl', *option)
            self.assertIn(option[0], run.stderr)

    def test_each_line_is_answered(self):
        lines = [self.line('a'), '', 'not json', '[]', '{}', self.line('../a'), self.line('.a'), self.line('x' * 101),
                 self.line('b', message='missing.eml'), self.line('c', at='noon'), self.line('d', envelope=5), '   ', self.line('x' * 100)]
        self.write('cases.jsonl', '\n'.join(lines) + '\n')
        run = self.expect(65, 'check', '--json', '--batch', 'cases.jsonl', '--output-dir', 'out')
        answers = [json.loads(line) for line in run.stdout.splitlines()]
        self.assertEqual(len(answers), len(lines))
        self.assertEqual([number for number, answer in enumerate(answers) if 'error' not in answer], [0, len(lines) - 1])
        self.assertEqual([answer['id'] for answer in answers], ['a'] + 7 * [None] + ['b', 'c', 'd', None, 'x' * 100])
        self.assertEqual(sorted(os.listdir(self.path('out'))), ['a.eml', 'x' * 100 + '.eml'])

    def test_what_is_held_leaves_no_file(self):
        self.write('out.eml', 'of yesterday')
        self.expect(0, 'check', '--auth', 'clerk', '--output', 'out.eml', 'marked.eml')
        self.assertFalse(os.path.exists(self.path('out.eml')))
        os.mkdir(self.path('out'))
        self.write('out/a.eml', 'of yesterday')
        self.write('cases.jsonl', json.dumps({'id': 'a', 'message': 'marked.eml', 'envelope': {'auth': 'clerk'}}) + '\n')
        self.expect(0, 'check', '--json', '--batch', 'cases.jsonl', '--output-dir', 'out')
        self.assertEqual(os.listdir(self.path('out')), [])

    def explained(self):
        """What explain says of each rule: its heading and the lines below."""
        run = self.expect(0, 'explain', '--at', AT, '--auth', 'clerk', 'marked.eml')
        blocks = [block.splitlines() for block in run.stdout.split('\n\n')[1:]]
        return {block[0].split()[0]: block for block in blocks if block and ' fire' in block[0].lower()}

    def test_every_rule_is_explained(self):
        os.remove(self.path('dunstable.conf'))  # every one there is
        said = self.explained()
        rules = [line.split(':')[0] for line in self.expect(0, 'rules').stdout.splitlines()
                 if line and not line[0].isspace() and ', off  (' not in line]
        self.assertIn('confidential-third-party', rules)
        self.assertEqual(sorted(said), sorted(rules))
        for rule, lines in said.items():
            self.assertRegex(lines[0], r'^\S+ (FIRES|does not fire)  \(\S+\.conf:\d+, \w+, \w+\)$')
            self.assertTrue(lines[1].startswith('  Clause: '), rule)
            self.assertRegex(lines[2], r'^  when     .* (yes|no|cannot tell)$')

    def test_what_fires_and_what_does_not_is_told_with_its_reason(self):
        said = self.explained()
        fires, silent = said['confidential-third-party'], said['silent-copy']
        self.assertIn(' FIRES ', fires[0])
        self.assertFalse([line for line in fires if line.startswith('  when') and not line.endswith(' yes')])
        self.assertIn('             subject: CONFIDENTIAL: staffing', fires)
        self.assertTrue([line for line in fires if line.startswith('  So: hold; ')], fires)
        self.assertIn(' does not fire ', silent[0])
        self.assertTrue([line for line in silent if line.startswith('  when') and line.endswith(' no')], silent)
        self.assertFalse([line for line in silent if line.startswith('  So: ')])

    def test_every_command_that_only_tells_tells_something(self):
        held = self.hold()
        for command, says in (('lint', ': good; '), ('rules', '\n  unless '), ('predicates', 'sender is known'), ('directory show', 'Imran Sadiq'),
                              ('directory check', 'can be used'), ('report --state state', held), ('report --html --state state', '</html>'),
                              ('report --json --state state', '"held"'), ('report --due --json --state state', '"overdue"'),
                              ('queue list --state state', held), ('journal verify --state state', 'chain holds'),
                              ('journal list --state state', held)):
            run = self.expect(0, *command.split())
            self.assertIn(says, run.stdout, command)
        pages = self.expect(0, '--help').stdout.split('Commands:')[1].split('-c CONF')[0].split('\n')
        for command in [line.split()[0] for line in pages if line.strip()]:
            self.assertIn('Usage: copyhold', self.expect(0, command, '--help').stdout)

    GREAT = (
        ('a field of a mebibyte', 'X-Long: ' + 'a' * (1 << 20) + '\n\nhello\n', 'a header field too large'),
        ('100,000 fields', ''.join('X-%d: a\n' % number for number in range(100000)) + '\nhello\n', 'too many header fields'),
        ('50 MB of text', '\n' + 'The quick brown fox jumps over it.\n' * (50 << 15), 'text too long'),
        ('50 MB of a file', 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n--b\nContent-Type: application/octet-stream; name=a.bin\n'
                            'Content-Transfer-Encoding: base64\n\n' + ('QUJD' * 18 + '\n') * (50 << 14) + '--b--\n', 'a.bin: too large'),
    )

    def test_great_messages_are_answered_in_little_memory(self):
        for what, rest, said in self.GREAT:
            self.write('great.eml', 'From: clerk@ashdown.example\nTo: sadiq@ashdown.example\n' + rest)
            answer = json.loads(self.expect(0, 'check', '--json', '--auth', 'clerk', 'great.eml').stdout)
            self.assertTrue([item for item in answer['unreadable'] if said in item['why']], '%s: %s' % (what, answer['unreadable']))
            self.assertEqual(answer['outcome'], 'deliver', what)
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        self.assertLess(most, MEMORY_MOST, 'kB')

    def test_a_device_is_written_to_and_not_replaced(self):
        os.mkfifo(self.path('pipe'))
        pipe = os.open(self.path('pipe'), os.O_RDONLY | os.O_NONBLOCK)
        self.addCleanup(os.close, pipe)
        self.expect(0, 'check', '--auth', OFFICER, '--output', 'pipe', 'bins.eml')
        self.assertEqual(os.read(pipe, 65536).decode(), BINS.replace('\n', '\r\n'))


class Queue(Council):
    REVIEW = ['--reason', 'it is due', '--at', '2026-03-03T09:00:00Z', '--state', 'state']

    def test_every_look_is_journalled(self):
        held = self.hold()
        self.expect(0, 'queue', 'show', '--by', 'dean', *self.REVIEW, held)
        self.assertEqual(self.journal()[-1][2:5], ['viewed', held, 'dean'])
        self.expect(0, 'queue', 'show', '--state', 'state', held)
        self.assertEqual(self.journal()[-1][2:5], ['viewed', held, 'account'])
        self.expect(64, 'queue', 'show', '--by', 'dean', '--state', 'state', held)

    def test_who_may_not_decide_may_not_look(self):
        held = self.hold()
        before = self.journal()
        for person in ('clerk', 'petrie@resident.example', 'sadiq', 'nobody'):
            for deed in (['show'], ['show', '--raw'], ['release'], ['return']):
                self.expect(1, 'queue', *deed, '--by', person, *self.REVIEW, held)
        self.assertEqual(self.journal(), before)

    def test_show_tells_the_clause_and_the_words(self):
        held = self.hold()
        shown = self.expect(0, 'queue', 'show', '--by', 'dean', *self.REVIEW, held).stdout
        self.assertIn('Councillor-Officer Protocol, Correspondence, paragraph 3', shown)

    def test_what_is_decided_is_not_passed_on(self):
        held = self.hold()
        self.expect(0, 'queue', 'escalate', '--by', 'clerk', *self.REVIEW, held)
        self.expect(0, 'queue', 'release', '--by', 'dean', *self.REVIEW, held)
        run = self.expect(1, 'queue', 'escalate', '--by', 'dean', *self.REVIEW, held)
        self.assertIn('decided already', run.stderr)
        self.assertEqual(self.journal()[-1][2], 'decision-done')


class Decisions(Council):
    """Two persons, undo, the clock: on a folder of held mail, where nothing is sent."""
    def deed(self, verb, subject, by, at='2026-03-03T09:00:00Z', status=0, *more):
        return self.expect(status, 'queue', verb, '--by', by, '--reason', 'it is due', '--at', at, '--state', 'state', *more, subject)

    def states(self, held):
        shown = json.loads(self.expect(0, 'queue', 'show', '--json', '--state', 'state', held).stdout)
        return [item['state'] for item in shown['recipients']], [(item['deed'], item['state'], item['by']) for item in shown['decisions']]

    def tend(self, at):
        return self.expect(0, 'queue', 'tend', '--at', at, '--state', 'state').stdout

    def add_rules(self, rules, more=''):
        self.write('copyhold.conf', CONF.replace('rules = ();', 'rules = ( %s );\n%s' % (rules, more)))

    def test_usage(self):
        held = self.hold()
        self.deed('undo', 'first', 'dean', status=64)
        self.deed('undo', '0', 'dean', status=64)
        self.deed('undo', '99', 'dean', status=65)
        self.deed('confirm', '99', 'dean', status=65)
        self.deed('mark', held, 'dean', status=64)
        self.expect(64, 'queue', 'tend', '--state', 'state', held)
        self.assertIn('undo NUMBER', self.expect(64, 'queue', 'redo', '--state', 'state').stderr)

    def test_a_decision_can_wait_and_be_undone(self):
        held = self.hold()
        said = self.deed('release', held, 'dean', '2026-03-03T09:00:00Z', 0, '--later').stdout
        self.assertIn('decision 1: dean decided that it is to be released: on Tuesday 3 March 2026, 09:05', said)
        self.deed('return', held, 'mo@principal.example', '2026-03-03T09:01:00Z', 1)
        self.assertIn('took that back', self.deed('undo', '1', 'mo@principal.example', '2026-03-03T09:02:00Z').stdout)
        self.assertIn('carried out: 0', self.tend('2026-03-03T09:10:00Z'))
        self.assertEqual(self.states(held), (['held'], [('release', 'undone', 'dean')]))
        self.deed('release', held, 'dean', '2026-03-03T09:20:00Z', 0, '--later')
        self.assertIn('carried out: 0', self.tend('2026-03-03T09:24:59Z'))
        self.assertIn('carried out: 1', self.tend('2026-03-03T09:25:00Z'))
        self.assertIn('carried out: 0', self.tend('2026-03-03T09:25:00Z'))
        self.assertEqual(self.states(held)[0], ['released'])
        self.assertIn('released by dean', self.deed('undo', '2', 'dean', '2026-03-03T09:26:00Z', 1).stderr)
        again = self.deed('release', held, 'dean', '2026-03-03T10:00:00Z').stdout
        self.assertIn('released before', again)
        self.expect(0, 'journal', 'verify', '--state', 'state')

    def test_a_rule_may_want_two_persons(self):
        self.add_rules('{ id = "confidential-third-party"; two_persons = true; }')
        held = self.hold()
        self.assertIn('a second person has to confirm', self.deed('release', held, 'dean').stdout)
        self.assertEqual(self.states(held)[0], ['held'])
        self.assertIn('two persons', self.deed('confirm', '1', 'dean', status=1).stderr)
        self.deed('confirm', '1', 'clerk', status=1)  # who sent it
        self.assertIn('released', self.deed('confirm', '1', 'mo@principal.example').stdout)
        self.assertEqual(self.states(held), (['released'], [('release', 'done', 'dean')]))

    def test_one_person_can_return_what_two_release(self):
        self.add_rules('{ id = "confidential-third-party"; two_persons = true; }')
        held = self.hold()
        self.deed('return', held, 'dean')
        self.assertEqual(self.states(held)[0], ['returned'])

    def test_what_no_two_could_release_is_refused(self):
        alone = CONF.replace('reviewers = [ "clerk@ashdown.example", "dean@ashdown.example" ]', 'reviewers = [ ]')
        rule = 'rules = ( { id = "confidential-third-party"; two_persons = true; } );'
        self.write('copyhold.conf', alone.replace('rules = ();', rule))
        self.assertIn('only one person', self.expect(78, 'lint').stderr)
        self.write('copyhold.conf', alone.replace('rules = ();', rule).replace('mode = "enforce"', 'mode = "observe"'))
        self.assertIn('only one person', self.expect(0, 'lint').stdout)
        self.write('copyhold.conf', CONF.replace('rules = ();', rule))
        self.assertNotIn('only one person', self.expect(0, 'lint').stdout)
        self.add_rules('{ id = "confidential-third-party"; two_persons = true; on_expiry = "release-annotated"; }')
        self.assertIn('cannot be released by the clock', self.expect(78, 'lint').stderr)
        self.add_rules('{ id = "confidential-third-party"; on_expiry = "releas"; }')
        self.assertIn('release-annotated', self.expect(78, 'lint').stderr)

    def test_office_and_terms_are_checked(self):
        for wrong, says in (('office = { days = [ "munday" ]; };', 'did you mean "monday"?'), ('office = { days = [ ]; };', 'no such day'),
                            ('office = { from = "9"; };', 'not a time like 09:00'), ('office = { from = "17:00"; to = "09:00"; };', 'before it closes'),
                            ('office = { to = "24:01"; };', 'not a time'), ('office = { holidays = [ "2026-02-30" ]; };', 'not a date'),
                            ('review = { undo_minutes = -1; };', 'undo_minutes'), ('review = { undo = 1; };', 'undo_minutes')):
            self.add_rules('', wrong)
            self.assertIn(says, self.expect(78, 'lint').stderr, wrong)
        self.add_rules('', 'office = { days = [ "tuesday", "sunday" ]; from = "00:00"; to = "24:00"; }; review = { undo_minutes = 0; escalate_hours = 0; expire_days = 0; };')
        self.expect(0, 'lint')

    def test_the_clock_passes_on_and_expires(self):
        for way, state in (('escalate', 'held'), ('return', 'returned'), ('release-annotated', 'released')):
            self.add_rules('{ id = "confidential-third-party"; on_expiry = "%s"; }' % way)
            held = self.hold()  # on Monday at 9
            self.assertIn('passed on: 0, expired: 0', self.tend('2026-03-02T16:59:00Z'))
            self.assertIn('passed on: 1, expired: 0', self.tend('2026-03-02T17:00:00Z'))
            self.assertIn('passed on: 0, expired: 0', self.tend('2026-03-09T16:59:00Z'))
            self.assertIn('passed on: 0, expired: 1', self.tend('2026-03-09T17:00:00Z'))
            self.assertIn('passed on: 0, expired: 0', self.tend('2026-04-09T17:00:00Z'))
            self.assertEqual(self.states(held)[0], [state], way)
            self.expect(0, 'journal', 'verify', '--state', 'state')
            os.rename(self.path('state'), self.path('state-' + way))

    def test_a_finding_is_marked(self):
        held = self.hold()
        rule = ['--rule', 'confidential-third-party']
        self.deed('mark', held, 'dean', '2026-03-03T09:00:00Z', 0, *rule, '--judged', 'wrong')
        self.deed('mark', held, 'dean', '2026-03-03T09:00:00Z', 65, '--rule', 'silent-copy', '--judged', 'wrong')
        self.deed('mark', held, 'dean', '2026-03-03T09:00:00Z', 64, *rule, '--judged', 'maybe')
        self.deed('mark', held, 'clerk', '2026-03-03T09:00:00Z', 1, *rule, '--judged', 'right')
        self.assertEqual([line[2] for line in self.journal()].count('marked'), 1)

    HIDING = 'From: Dean Hollis <dean@ashdown.example>\nTo: sadiq@ashdown.example\nSubject: bins\nMessage-ID: <h@ashdown.example>\n%s\n%s'

    def hold_hiding(self, headers, body):
        self.add_rules('{ id = "silent-copy"; action = "hold"; whole_message = true; provided = (); }')
        self.write('hiding.eml', self.HIDING % (headers, body))
        run = self.expect(0, 'check', '--json', '--at', AT, '--auth', 'dean', '--rcpt', SHOWN, '--rcpt', HIDDEN, '--state', 'state', 'hiding.eml')
        self.assertEqual(json.loads(run.stdout)['outcome'], 'hold')
        return json.loads(run.stdout)['id']

    def test_the_copy_can_be_made_plain(self):
        held = self.hold_hiding('', 'The bin goes in.\n')
        self.deed('release', held, 'clerk', '2026-03-03T09:00:00Z', 0, '--open', '--later')
        shown = json.loads(self.expect(0, 'queue', 'show', '--json', '--state', 'state', held).stdout)
        self.assertEqual(shown['decisions'][0]['lines'], ['CC councillor Eleri Vaughan'])
        self.tend('2026-03-03T09:05:00Z')
        self.assertEqual(self.states(held)[0], ['released', 'released'])

    def test_a_signed_letter_keeps_its_bytes(self):
        held = self.hold_hiding('MIME-Version: 1.0\nContent-Type: multipart/signed; boundary=b; protocol="application/pgp-signature"; micalg=pgp-sha256\n',
                                '--b\n\nThe bin goes in.\n--b\nContent-Type: application/pgp-signature\n\nx\n--b--\n')
        run = self.deed('release', held, 'clerk', '2026-03-03T09:00:00Z', 1, '--open')
        self.assertIn('signed', run.stderr)
        self.assertEqual(self.states(held), (['held', 'held'], []))
        self.deed('release', held, 'clerk')

    def test_what_hides_nothing_has_no_line_to_get(self):
        held = self.hold()
        self.assertIn('hides no copy', self.deed('release', held, 'dean', '2026-03-03T09:00:00Z', 1, '--open').stderr)


class Journal(Council):
    def test_a_changed_line_is_named(self):
        held = self.hold()
        self.expect(0, 'queue', 'release', '--by', 'dean', *Queue.REVIEW, held)
        self.expect(0, 'journal', 'verify', '--state', 'state')
        with contextlib.closing(sqlite3.connect(self.path('state/store.db'))) as store:
            store.execute('DROP TRIGGER journal_no_update')
            store.execute("UPDATE journal SET by = 'clerk' WHERE number = 2")
            store.commit()
        run = self.expect(1, 'journal', 'verify', '--state', 'state')
        self.assertIn('broken at line 2; 1 lines before it hold', run.stderr)


    def test_a_line_taken_out_shows_at_the_head_of_the_report(self):
        """The first or one from the middle. Without the last ones the chain is whole: an earlier report knows better, which has a head that is gone."""
        held = self.hold()
        self.expect(0, 'queue', 'release', '--by', 'dean', *Queue.REVIEW, held)
        path = self.path('state/store.db')
        report = ('report', '--at', '2026-03-03T09:00:00Z', '--state', 'state')
        whole = self.expect(0, *report).stdout.split('Waiting for a decision')[0]
        self.assertIn('chain whole', whole)
        self.assertIn('it proves the lines up to here', ' '.join(whole.split()))
        lines = len(self.journal())
        self.assertGreater(lines, 2)
        with contextlib.closing(sqlite3.connect(path)) as store:
            store.execute('PRAGMA wal_checkpoint(TRUNCATE)')
        with open(path, 'rb') as stream:
            before = stream.read()
        for number in (1, 2, lines):
            for rest in ('-wal', '-shm'):
                if os.path.exists(path + rest):
                    os.remove(path + rest)
            with open(path, 'wb') as stream:
                stream.write(before)
            with contextlib.closing(sqlite3.connect(path)) as store:
                self.assertRaises(sqlite3.IntegrityError, store.execute, 'DELETE FROM journal WHERE number = %d' % number)
                store.execute('DROP TRIGGER journal_no_delete')
                store.execute('DELETE FROM journal WHERE number = %d' % number)
                store.commit()
            head = self.run_copyhold(*report).stdout.split('Waiting for a decision')[0]
            self.assertEqual('THE CHAIN IS BROKEN at line' in ' '.join(head.split()), number < lines, head)
            self.assertEqual(self.run_copyhold('journal', 'verify', '--state', 'state').returncode, 1 if number < lines else 0)
            if number == lines:
                self.assertNotEqual(*(re.search(r'[0-9a-f]{64}', page).group() for page in (whole, head)))


class Headers(Council):
    def judged(self, text, *more):
        self.write('m.eml', text)
        return self.expect(0, 'check', '--at', AT, *more, 'm.eml').stdout

    def test_nothing_in_a_message_reaches_the_terminal_as_it_is(self):
        text = BINS.replace('Dean Hollis <dean@ashdown.example>', 'Dean Hollis <"\x1b[31m"@elsewhere.example>')
        for how in ('check', 'explain'):
            self.write('m.eml', text)
            said = self.expect(0, how, '--from', 'x@elsewhere.example', '--client', '203.0.113.9', 'm.eml').stdout
            self.assertIn('From gives the name of Dean Hollis', said)
            self.assertNotIn('\x1b', said)

    def test_a_from_line_that_is_not_the_senders_is_told(self):
        sent = ('--from', SHOWN, '--rcpt', HIDDEN)
        for who, words in ((('--auth', 'dean'), 'Dean Hollis sent it, but From gives sadiq@ashdown.example'),
                           (('--client', '203.0.113.9'), 'From gives sadiq@ashdown.example, but nobody signed in'), (('--auth', 'sadiq'), None)):
            text = BINS.replace('Dean Hollis <dean@ashdown.example>', SHOWN).replace('To: ' + SHOWN, 'To: ' + HIDDEN)
            answer = json.loads(self.judged(text, '--json', *sent, *who))
            self.assertEqual((answer['outcome'], answer['findings']), ('deliver', []))
            self.assertEqual('from_note' in answer, words is not None)
            self.assertIn(words or '', answer.get('from_note', ''))
            self.assertEqual('\nSender: ' in self.judged(text, *sent, *who), words is not None)
        self.write('copyhold.conf', CONF + 'permissions = ( { kind = "send-as"; who = "dean@ashdown.example"; with = "%s"; from = "2026-01-01"; by = "clerk"; } );\n' % SHOWN)
        self.assertNotIn('from_note', json.loads(self.judged(text, '--json', *sent, '--auth', 'dean')))

    def test_a_stranger_under_a_councillors_name_is_told_of(self):
        """A domain that looks like the Council's, and money wanted today: nothing is found, but whoever reads the answer is warned."""
        fraud = BINS.replace('Dean Hollis <dean@ashdown.example>', 'Cllr Imran Sadiq <mayor@ashdown-tc.example>').replace(SHOWN, 'dean@ashdown.example')
        sent = ('--from', 'mayor@ashdown-tc.example', '--client', '203.0.113.9')
        answer = json.loads(self.judged(fraud.replace('The extra bin', 'Please pay £900 today. The bin'), '--json', *sent))
        self.assertEqual((answer['outcome'], answer['findings'], answer['notices']), ('deliver', [], []))
        self.assertIn('From gives the name of Imran Sadiq, but mayor@ashdown-tc.example is no address of theirs', answer['from_note'])

    def test_of_two_subjects_the_first_is_shown(self):
        twice = BINS.replace('Subject: bins', 'Subject: rota\nSubject: bins')
        answer = json.loads(self.judged(twice, '--json', '--auth', 'dean', '--rcpt', SHOWN, '--rcpt', HIDDEN, '--state', 'state'))
        self.assertEqual([defect['defect'] for defect in answer['defects']], ['header-duplicate'])
        page = self.expect(0, 'report', '--at', '2026-03-02T10:00:00Z', '--state', 'state').stdout
        self.assertRegex(page, r'Subject: +rota\n')
        self.assertNotIn('bins', page)


class Doctor(Council):
    WAITS = 'No pre-election period is known: the rule poll says nothing until one is.'

    def says(self, sentence, calendar=''):
        rule = '{ id = "poll"; clause = "1"; action = "report"; when = ( "sender is officer", "%s" ); says = { en = "x"; }; }' % sentence
        self.write('copyhold.conf', CONF.replace('packs = [ "dunstable" ];\n', '').replace('rules = ();', 'rules = ( %s );\nstore = "state";\n%s' % (rule, calendar)))
        return self.run_copyhold('doctor').stdout

    def test_a_rule_that_waits_for_a_poll_is_named_until_one_is_known(self):
        for sentence, waits in (('it is in a pre-election period', True), ('It is in a  Pre-election period', True),
                                ('not: it is in a pre-election period', False), ('it is in a pre-election period or: sender is councillor', False)):
            self.assertEqual(self.WAITS in self.says(sentence), waits, sentence)
        ahead = 'calendar = ( { kind = "pre-election"; from = "2098-03-24"; to = "2098-05-07"; what = "Elections"; } );'
        self.assertNotIn(self.WAITS, self.says('it is in a pre-election period', ahead))


class Lint(Council):
    """Each mistake: what is replaced by what, and what the complaint must say."""
    MISTAKES = (
        ('"ashdown.example"', '"ash down"', ':3:', 'domain'),
        ('"ashdown.example"', '"ashdown..example"', ':3:', 'domain'),
        ('trusted = ();', 'milter = { socket = "foo"; };', 'milter.socket', 'unix:/PATH'),
        ('"mo@principal.example"', '"mo at principal"', ':5:', 'second_reviewer'),
        ('"help@ashdown.example"', '"help"', ':6:', 'notice_from'),
        ('trusted = ()', 'trusted = ({ networks = []; identity = "envelope-from"; })', ':12:', 'networks'),
        ('second_reviewer', 'second_reviwer', ':5:', 'did you mean "second_reviewer"'),
        ('"people.csv"', '"poeple.csv"', 'poeple.csv', 'No such file'),
        ('trusted = ();', 'disclaimers = [ "people.csv",\n "disclaimer.txt" ];', ':13: disclaimers', 'disclaimer.txt: cannot be opened'),
        ('rules = ();', 'rules = ();\nphrases = { thanks = { any = ( "/(/" ); }; };', ':14:', '/(/'),
        ('rules = ();', 'rules = ({ id = "x"; clause = "y"; when = ("sender is oficer"); action = "report"; says = { en = "z"; }; });', ':13:', 'did you mean "officer"'),
        ('trusted = ();', 'disclaimers = "short.txt";', 'short.txt:2: "Not for you"', 'at least 5 words'),
    )

    def test_mistakes(self):
        self.write('short.txt', '# too short\nNot for you\n')
        for old, new, where, what in self.MISTAKES:
            self.write('copyhold.conf', CONF.replace(old, new, 1))
            complaint = self.expect(78, 'lint').stderr
            self.assertIn(where, complaint)
            self.assertIn(what, complaint)

    # What replaces the clerk's row of the directory, and what is said of it.
    ROWS = (
        ('Ruth Calder,mayoress,clerk,clerk@ashdown.example', 'people.csv:4', '"mayoress"'),
        ('Ruth Calder,officer,clerk,sadiq@ashdown.example', 'people.csv:4', 'sadiq@ashdown.example'),
        ('Ruth Calder,officer,clerk,clerk', 'people.csv:4', '"clerk"'),
        ('Ruth Calder,officer,clerk,clerk@ashdown.example,more', 'people.csv:4', 'column'),
    )

    def test_mistakes_in_the_directory(self):
        for row, where, what in self.ROWS:
            self.write('people.csv', PEOPLE.replace('Ruth Calder,officer,clerk,clerk@ashdown.example', row))
            complaint = self.expect(78, 'lint').stderr
            self.assertIn(where, complaint)
            self.assertIn(what, complaint)
        self.write('people.csv', PEOPLE.replace('name,role,offices', 'name,role,ofices'))
        complaint = self.expect(78, 'lint').stderr
        self.assertIn('people.csv:1', complaint)
        self.assertIn('did you mean "offices"', complaint)
        os.remove(self.path('people.csv'))
        os.mkdir(self.path('people.csv'))
        self.assertIn('people.csv', self.expect(78, 'lint').stderr)

    def test_a_reader_that_cannot_be_run(self):
        self.write('here', '')
        for name in ('nowhere', 'here'):
            self.write('copyhold.conf', CONF + 'reader = { program = "%s"; };\n' % name)
            complaint = self.expect(78, 'lint').stderr
            self.assertIn('copyhold.conf: reader.program: ', complaint)
            self.assertIn('/%s cannot be run' % name, complaint)
            self.expect(0, 'queue', 'list', '--state', 'state')

    def test_a_relay_that_vouches_for_everybody(self):
        for network in ('0.0.0.0/0', '::/0'):
            relay = 'trusted = ({ networks = ["%s"]; identity = "header-from"; })' % network
            self.write('copyhold.conf', CONF.replace('trusted = ()', relay))
            self.assertIn('anybody', self.expect(0, 'lint').stdout)


if __name__ == '__main__':
    unittest.main()
