#!/usr/bin/env python3
# figures.py - reports of figures as an administrator makes them: forms and periods, the day as London has it, the annual page on
# one sheet whatever it holds, a PDF printer that is missing, nothing of a person in any form, and what verifying tells; and what the
# protocol allows by way of exception, counted by quarter.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: figures.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import csv
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run
from run import PACK, binary

CONF = '''council = {
	name = "%s";
	domains = [ "ashdown.example" ];
	authority = { minute = "26/017"; date = "2026-01-19"; };
	second_reviewer = "mo@principal.example";
	notice_from = "help@ashdown.example";
};
directory = "people.csv";
packs = [ "dunstable" ];
mode = "enforce";
reviewers = [ "clerk@ashdown.example", "dean@ashdown.example" ];
report = { days = 7; directory_reviewed = "2026-02-03"; };
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
MARKED = '''From: Ruth Calder <clerk@ashdown.example>
To: petrie@resident.example
Subject: CONFIDENTIAL: staffing %d
Message-ID: <marked%d@ashdown.example>

The statement of Tobias Quill is below.
'''
PERSONAL = ['Imran', 'Sadiq', 'Eleri', 'Vaughan', 'Ruth', 'Calder', 'Dean', 'Hollis', 'Joan', 'Petrie', 'Mona', 'Hart', '@ashdown', 'sadiq@', 'petrie',
            'resident.example', 'staffing', 'Tobias', 'Quill', 'marked1', 'CH-2026', '192.0.2.9', 'Mrs Lowe']
PLAIN = ['text', 'html', 'json', 'csv', 'annual']
PRINTED = ['pdf', 'annual-pdf']
can_print = shutil.which('weasyprint') and shutil.which('pdfinfo') and shutil.which('pdftotext')


class Figures(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = holder.name
        self.write('copyhold.conf', CONF % 'The Town Council')
        self.write('people.csv', PEOPLE)
        self.write('dunstable.conf', PACK)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        with open(self.path(name), 'wb') as stream:
            stream.write(content if isinstance(content, bytes) else content.encode())

    def run_copyhold(self, status, *arguments, **environment):
        run = subprocess.run([binary, '-c', 'copyhold.conf', *arguments], cwd=self.folder, capture_output=True, timeout=90,
                             env=dict(os.environ, **environment))
        self.assertEqual(run.returncode, status, '%s: %s' % (' '.join(arguments), run.stderr.decode()))
        return run

    def hold(self, number, at):
        self.write('m.eml', MARKED % (number, number))
        run = self.run_copyhold(0, 'check', '--json', '--at', at, '--auth', 'clerk', '--client', '192.0.2.9', '--state', 'state', 'm.eml')
        return json.loads(run.stdout)['id']

    def report(self, form, *arguments, status=0, at='2026-04-10T12:00:00Z', **environment):
        return self.run_copyhold(status, 'report', '--form', form, '--at', at, '--state', 'state', *arguments, **environment).stdout

    def verify(self, status, content):
        self.write('report', content)
        run = self.run_copyhold(status, 'journal', 'verify', '--report', 'report', '--state', 'state')
        return (run.stdout + run.stderr).decode()

    @classmethod
    def tearDownClass(cls):
        if cls.filled:
            shutil.rmtree(cls.filled)

    filled = None

    def fill(self):
        """The state of three held messages, made once and copied."""
        if not Figures.filled:
            self.make_filled()
            Figures.filled = tempfile.mkdtemp()
            shutil.copytree(self.path('state'), os.path.join(Figures.filled, 'state'))
        else:
            shutil.copytree(os.path.join(Figures.filled, 'state'), self.path('state'))

    def make_filled(self):
        """Three held: one released after 90 minutes, one returned after a day, one waiting."""
        ids = [self.hold(number, '2026-03-2%dT10:00:00Z' % number) for number in (7, 8, 9)]
        deed = ['--by', 'dean@ashdown.example', '--reason', 'Mrs Lowe agreed', '--state', 'state']
        self.run_copyhold(0, 'queue', 'release', *deed, '--at', '2026-03-27T11:30:00Z', ids[0])
        self.run_copyhold(0, 'queue', 'return', *deed, '--at', '2026-03-29T10:00:00Z', ids[1])

    def sql(self, script):
        store = sqlite3.connect(self.path('state/store.db'))
        store.executescript(script)
        store.close()

    MARCH = ('--from', '2026-03-01', '--to', '2026-03-31')

    def test_figures_are_right_in_every_form(self):
        self.fill()
        answer = json.loads(self.report('json', *self.MARCH))
        self.assertEqual([answer[key] for key in ('held', 'released', 'returned', 'waiting', 'share_released', 'median_minutes')],
                         [3, 1, 1, 1, 0.5, (90 + 1440) // 2])
        self.assertEqual(answer['authority'], {'minute': '26/017', 'date': '2026-01-19'})
        self.assertIn('Median time to a decision: 12 hours 45 minutes\n', self.report('text', *self.MARCH).decode())
        self.assertIn('<th scope="row">Messages held</th>\n<td>3</td>', self.report('annual', *self.MARCH).decode())
        rows = list(csv.reader(io.StringIO(self.report('csv', *self.MARCH).decode('utf-8-sig'), newline='')))
        self.assertEqual({len(row) for row in rows}, {6})
        self.assertIn(['Rule', '', 'confidential-third-party', 'Councillor-Officer Protocol, Correspondence, paragraph 3', 'Held', '3'], rows)
        self.assertIn(['Evidence', '', '', '', 'Directory last reviewed', '3 February 2026'], rows)

    def test_reasons_that_reviewers_chose_are_counted(self):
        sentence = 'The law requires disclosure: FOI, EIR, subject access, a court or the auditor'
        deed = ['--by', 'dean@ashdown.example', '--state', 'state', '--at', '2026-03-30T10:00:00Z', '--reason']
        for number, reason in enumerate(('confidential-third-party.2', sentence, 'confidential-third-party.1', 'Mrs Lowe agreed')):
            self.run_copyhold(0, 'queue', 'release', *deed, reason, self.hold(number, '2026-03-2%dT10:00:00Z' % (number + 5)))
        self.run_copyhold(0, 'queue', 'return', *deed, 'confidential-third-party.1', self.hold(7, '2026-03-29T10:00:00Z'))
        reasons = json.loads(self.report('json', *self.MARCH))['reasons']
        self.assertEqual([(item['quarter'], item['rule'], item['count']) for item in reasons],
                         [('2026-Q1', 'confidential-third-party', count) for count in ((1, 2) if reasons[1]['sentence'] == sentence else (2, 1))])
        self.assertEqual({item['sentence']: item['count'] for item in reasons}[sentence], 2)
        self.assertIn('January to March 2026, confidential-third-party: %s: 2\n' % sentence, self.report('text', *self.MARCH).decode())
        rows = list(csv.reader(io.StringIO(self.report('csv', *self.MARCH).decode('utf-8-sig'), newline='')))
        self.assertIn(['Exception chosen by reviewers', '2026-01-01', 'confidential-third-party', sentence, 'Used in the quarter', '2'], rows)
        self.assertIn('<td>%s</td>\n<td class="number">2</td>' % sentence, self.report('html', *self.MARCH).decode())
        self.assertIn('<th scope="row">Chosen by a reviewer for a release</th>\n<td>January to March 2026: 3</td>',
                      self.report('annual', *self.MARCH).decode())
        clerks = ('report', '--from', '2026-03-01', '--to', '2026-03-31', '--state', 'state')
        self.assertIn('confidential-third-party: %s: 2 ' % sentence, ' '.join(self.run_copyhold(0, *clerks).stdout.decode().split()))
        self.assertIn({'rule': 'confidential-third-party', 'sentence': sentence, 'count': 2},
                      json.loads(self.run_copyhold(0, *clerks, '--json').stdout)['reasons'])
        self.assertIn(sentence, self.run_copyhold(0, *clerks, '--html').stdout.decode())
        self.assertEqual(json.loads(self.report('json', '--from', '2026-04-01', '--to', '2026-04-30'))['reasons'], [])

    def test_a_day_is_londons(self):
        # 31 March ends at 23:00 UTC: summer time. 28 March begins at midnight UTC: winter.
        for number, at in enumerate(('2026-03-27T23:59:59Z', '2026-03-28T00:00:00Z', '2026-03-31T22:59:59Z', '2026-03-31T23:00:00Z')):
            self.hold(number, at)
        for zone in ('UTC', 'Pacific/Kiritimati', 'America/Los_Angeles'):
            answer = json.loads(self.report('json', '--from', '2026-03-28', '--to', '2026-03-31', TZ=zone, LC_ALL='C.UTF-8'))
            self.assertEqual(answer['held'], 2)
            self.assertEqual(answer['weeks'][0]['start'], 1774224000)  # Monday 23 March, 00:00 UTC
            self.assertEqual(answer['weeks'][1]['start'], 1774825200)  # Monday 30 March, 00:00 BST
        self.assertEqual(json.loads(self.report('json', '--from', '2026-03-28T00:00:01Z', '--to', '2026-03-31T23:00:00Z'))['held'], 1)

    def test_periods(self):
        self.fill()
        self.assertEqual(json.loads(self.report('json', at='2026-04-03T10:00:01Z'))['held'], 2)  # report.days = 7
        self.assertEqual(json.loads(self.report('json', '--days', '30'))['held'], 3)
        self.assertIn(b'<th scope="row">Messages held</th>\n<td>3</td>', self.report('annual'))
        self.assertEqual(json.loads(self.report('json', '--from', '2026-04-01', '--to', '2026-04-01'))['held'], 0)
        page = self.run_copyhold(0, 'report', '--from', '2026-03-27', '--to', '2026-03-28', '--state', 'state').stdout.decode()
        self.assertIn('confidential-third-party', page)
        for wrong in (['--from', 'March'], ['--to', '2026-02-30'], ['--from', '2026-04-02', '--to', '2026-03-02'], ['--days', '3', '--from', '2026-03-01'],
                      ['--days', '0'], ['--due'], ['--json'], ['--html'], ['--mail']):
            self.report('text', *wrong, status=64)
        for form in ('PDF', '', 'xlsx'):
            self.report(form, status=64)
        self.report('text', '--from', '1900-01-01', status=65)

    def test_nothing_of_a_person_is_in_it(self):
        self.fill()
        for form in PLAIN:
            text = self.report(form, *self.MARCH).decode()
            for word in PERSONAL:
                self.assertNotIn(word, text, form)
        lines = [line for line in self.run_copyhold(0, 'journal', 'list', '--state', 'state').stdout.decode().splitlines() if ' reported ' in line]
        self.assertEqual(len(lines), len(PLAIN))
        for word in PERSONAL:
            self.assertNotIn(word, ' '.join(lines))

    @unittest.skipUnless(can_print, 'needs weasyprint and poppler-utils')
    def test_nothing_of_a_person_is_in_print(self):
        self.fill()
        for form in PRINTED:
            self.write('r.pdf', self.report(form, *self.MARCH))
            text = subprocess.run(['pdftotext', '-layout', self.path('r.pdf'), '-'], capture_output=True, check=True).stdout.decode()
            self.assertIn('confidential-third-party', text)
            for word in PERSONAL:
                self.assertNotIn(word, text, form)

    def test_html_fetches_nothing_and_runs_nothing(self):
        self.fill()
        for form in ('html', 'annual'):
            page = self.report(form, *self.MARCH).decode()
            for word in ('http:', 'https:', '<script', 'src=', 'href=', '@import', 'javascript:', ' on'):
                self.assertIsNone(re.search(r'<[^>]*%s' % re.escape(word), page), word)
            self.assertEqual(re.findall(r'url\((?!#)', page), [])
            self.assertIn('lang="en-GB"', page)
            self.assertEqual(len(re.findall('<h1', page)), 1)

    @unittest.skipUnless(can_print, 'needs weasyprint and poppler-utils')
    def test_the_annual_page_is_one_page(self):
        self.fill()
        self.assertEqual(self.pages(self.report('annual-pdf')), 1)
        self.write('copyhold.conf', CONF % ('Cyngor Tref Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch ' * 4))
        self.sql('''
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2999)
            INSERT INTO message (id, content_key, at, envelope_from, outcome, size)
                SELECT printf('CH-X%06d', i), 'k' || i, 1617235200 + i * 51840, 'a@b.example', 'hold', 1 FROM n;
            INSERT INTO recipient (message, position, address, outcome, state, changed_at)
                SELECT id, 0, 'x@y.example', 'hold', 'released', at + 900000 FROM message WHERE id LIKE 'CH-X%';
            INSERT INTO finding (message, position, rule, clause, action, mode)
                SELECT id, 0, 'a-rule-of-the-council-with-a-very-long-name-indeed-' || (rowid % 60), 'Clause', 'hold', 'enforce' FROM message
                WHERE id LIKE 'CH-X%';
            INSERT INTO exemption SELECT id, 0, 'silent-copy', 'hidden recipient is exempt' FROM message WHERE id LIKE 'CH-X%';
            INSERT INTO tally SELECT 1617235200 + value * 3600, 4e14, 3e14, 1e13, 1e13, 0, 0, 1e13, 1e14, 2e14, 1e14, 1e13, 1e12, 1e12, 1e12, 1e13
                FROM (WITH RECURSIVE n(value) AS (SELECT 0 UNION ALL SELECT value + 1 FROM n WHERE value < 999) SELECT value FROM n);''')
        self.assertEqual(self.pages(self.report('annual-pdf', '--from', '2021-04-01', '--to', '2026-03-31')), 1)

    def pages(self, content):
        self.write('r.pdf', content)
        told = subprocess.run(['pdfinfo', self.path('r.pdf')], capture_output=True, text=True, check=True).stdout
        self.assertRegex(told, r'Page size:\s+595\.\d+ x 841\.\d+ pts \(A4\)')
        return int(re.search(r'Pages:\s+(\d+)', told).group(1))

    def printer(self, script):
        os.makedirs(self.path('bin'), exist_ok=True)
        self.write('bin/weasyprint', '#!/bin/sh\n' + script)
        os.chmod(self.path('bin/weasyprint'), 0o755)
        return self.path('bin') + ':/usr/bin:/bin'

    def test_a_printer_that_is_missing_or_fails(self):
        self.fill()
        os.mkdir(self.path('empty'))
        for form in PRINTED:
            run = self.run_copyhold(69, 'report', '--form', form, '--state', 'state', PATH=self.path('empty'))
            self.assertIn('install the package weasyprint', run.stderr.decode())
            self.assertEqual(run.stdout, b'')
        for script in ('exit 1', 'kill -9 $$', 'cat', 'exit 0'):
            run = self.run_copyhold(69, 'report', '--form', 'pdf', '--state', 'state', PATH=self.printer(script))
            self.assertIn('could not be made', run.stderr.decode())
        self.assertNotIn(b' reported ', self.run_copyhold(0, 'journal', 'list', '--state', 'state').stdout)

    def test_the_printer_has_no_network(self):
        self.fill()
        names = 'printf %%PDF-; cat /proc/net/dev'
        told = self.report('pdf', PATH=self.printer(names)).decode()
        if subprocess.run(['unshare', '-rn', 'true'], capture_output=True).returncode == 0:
            self.assertEqual([line.split(':')[0].strip() for line in told.splitlines() if ':' in line], ['lo'])

    def test_reports_are_verified(self):
        self.fill()
        forms = PLAIN + (PRINTED if can_print else [])
        reports = {form: self.report(form, *self.MARCH) for form in forms}
        self.hold(1, '2026-03-30T10:00:00Z')
        for form, content in reports.items():
            told = self.verify(0, content)
            self.assertIn('as it was issued on Friday 10 April 2026, 13:00 by copyhold (%s)' % form, told)
            self.assertIn('held=3 released=1 returned=1 waiting=1', told)
            self.assertIn('no report with these octets', self.verify(1, content[:-2] + b'9' + content[-1:]))
        self.verify(1, b'')
        self.verify(1, os.urandom(1000))
        self.run_copyhold(65, 'journal', 'verify', '--report', 'no-such-file', '--state', 'state')
        self.run_copyhold(64, 'journal', 'list', '--report', 'report', '--state', 'state')

    def test_who_changes_the_store_or_the_journal_is_told(self):
        self.fill()
        content = self.report('csv', *self.MARCH)
        self.sql("UPDATE recipient SET state = 'released' WHERE state = 'returned'")
        self.assertIn('the store was changed past the journal', self.verify(1, content))
        self.assertIn("the journal does not give the report's figures", self.verify(1, self.report('csv', *self.MARCH)))
        self.sql("UPDATE recipient SET state = 'returned' WHERE state = 'released' AND message = (SELECT id FROM message ORDER BY at LIMIT 1 OFFSET 1)")
        self.verify(0, content)
        self.sql("DROP TRIGGER journal_no_delete; DELETE FROM journal WHERE number = (SELECT max(number) FROM journal)")
        self.verify(0, content)
        self.sql("DELETE FROM journal WHERE number = 2")
        self.assertIn("the journal's chain is broken at line 3", self.verify(1, content))

    def test_the_clerks_report_is_as_it_was(self):
        self.fill()
        answer = json.loads(self.run_copyhold(0, 'report', '--json', '--due', '--at', '2026-03-29T12:00:00Z', '--state', 'state').stdout)
        self.assertEqual(answer['overdue'], [])
        self.assertEqual(len(answer['waiting']), 1)
        self.assertEqual(answer['waiting'][0]['sender'], 'Ruth Calder')


class Exceptions(run.Council):
    whole_pack = True
    LETTER = '''From: Cllr Imran Sadiq <sadiq@ashdown.example>
To: %s
Subject: Closure of the post office
Message-ID: <letter%d@ashdown.example>

Dear Minister

As Chair of the Town Council, and on its behalf, may I ask you to look again at the closure of our post office?

Yours sincerely

Cllr Imran Sadiq
Mayor
'''

    def send(self, number, at, to):
        self.write('m.eml', self.LETTER % (to, number))
        return json.loads(self.expect(0, 'check', '--json', '--at', at, '--auth', 'sadiq', '--state', 'state', 'm.eml').stdout)

    def count_all(self, letters, excepted):
        """Each at its time; those to the excepted are exceptions, two in the first quarter and one in the second, and found are all others."""
        for number, (at, to) in enumerate(letters):
            answer = self.send(number, at, to)
            self.assertEqual(('official-letter-by-councillor' in [one['rule'] for one in answer['findings']],
                              'official-letter-by-councillor' in [one['rule'] for one in answer['exceptions']]), (to not in excepted, to in excepted), answer)
        rows = list(csv.reader(io.StringIO(self.expect(0, 'report', '--form', 'csv', '--from', '2026-01-01', '--to', '2026-06-30',
                                                       '--at', '2026-07-01T09:00:00Z', '--state', 'state').stdout)))
        self.assertEqual([(row[1], row[-1]) for row in rows if 'official-letter-by-councillor' in row and any('minister' in cell for cell in row)],
                         [('2026-01-01', '2'), ('2026-04-01', '1')], rows)

    def test_a_chairs_exceptional_letters_are_counted_by_quarter(self):
        self.write('people.csv', run.PEOPLE.replace('Imran Sadiq,councillor,,', 'Imran Sadiq,councillor,mayor,') + 'Dana Whitlock,minister,,ps@ministry.example\n')
        self.count_all((('2026-01-12T10:00:00Z', 'ps@ministry.example'), ('2026-03-31T22:59:00Z', 'ps@ministry.example'),
                        ('2026-03-31T23:00:00Z', 'ps@ministry.example'), ('2026-02-02T10:00:00Z', 'news@gazette.example')), ('ps@ministry.example',))

    def test_any_members_exceptional_letters_are_counted_in_the_district(self):
        """Maldon's protocol: to a minister, or to an elected representative of another authority; "a rare exception"."""
        self.write('copyhold.conf', run.CONF.replace('"dunstable"', '"maldon"'))
        self.write('people.csv', run.PEOPLE + 'Dana Whitlock,minister,,ps@ministry.example\nPeter Dunn,authority,elected,dunn@county.example\n')
        self.count_all((('2026-01-12T10:00:00Z', 'ps@ministry.example'), ('2026-02-12T10:00:00Z', 'dunn@county.example'),
                        ('2026-04-13T10:00:00Z', 'dunn@county.example'), ('2026-02-02T10:00:00Z', 'news@gazette.example')),
                       ('ps@ministry.example', 'dunn@county.example'))


if __name__ == '__main__':
    unittest.main()
