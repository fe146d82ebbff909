#!/usr/bin/env python3
"""How often Copyhold is wrong about ordinary mail: every whole message under $COPYHOLD_CORPUS, in councils dealt at random.

The rules on copies are held against oracle.py. Whether a marking or an obligation was really there only a reader can
say: tests/accuracy/READ keeps what was found on reading each hit, by digests, for the mail itself is not ours to print.
Some letters get a marking or an act planted in them, which must be found: silence alone proves nothing.
Exit 1: an aim is missed, a plant is, a hit that nobody has read, a disagreement on copies that READ does not explain, or a line
of READ on what is not found any more: it would excuse the next thing found there.
  corpus.py [-v] [COPYHOLD]      -v lists every finding with its evidence"""
# SPDX-License-Identifier: GPL-3.0-or-later
import collections
import concurrent.futures
import itertools
import json
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, here)
import deal    # noqa: E402
import oracle  # noqa: E402

COPIES = ('silent-copy', 'copy-footer')
READ_BY_PEOPLE = ('confidential-third-party', 'obligation-by-councillor', 'official-letter-by-councillor', 'unreadable')
AIMS = {'confidential-third-party': 1 / 1000, 'obligation-by-councillor': 1 / 500}


def read_notes():
    """(digest, rule, deal) -> (right | false, why). Deal "*": in every one."""
    notes = {}
    with open(os.path.join(here, 'READ'), encoding='utf-8') as file:
        for number, line in enumerate(file, 1):
            if not line.strip() or line.startswith('#'):
                continue
            fields = [field.strip() for field in line.split('|')]
            if len(fields) != 5 or fields[3] not in ('right', 'false'):
                sys.exit('READ:%d: not "digest | rule | deal | right or false | why"' % number)
            notes[fields[0], fields[1], fields[2]] = fields[3], fields[4]
    return notes


def judge(binary, letters, folder):
    with open(os.path.join(folder, 'batch.jsonl'), 'w', encoding='utf-8') as batch:
        for number, letter in enumerate(letters):
            name = '%05d.eml' % number
            with open(os.path.join(folder, name), 'wb') as file:
                file.write(letter.raw)
            batch.write(json.dumps({'id': 'm%05d' % number, 'message': name, 'at': '2026-03-02T09:00:00Z', 'envelope': letter.envelope()}) + '\n')
    run = subprocess.run([binary, '-c', os.path.join(folder, 'copyhold.conf'), 'check', '--json', '--batch', batch.name],
                         capture_output=True, text=True, timeout=600)
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    if run.returncode != 0 or len(lines) != len(letters):
        sys.exit('check --batch: exit %d, %d lines for %d messages\n%s' % (run.returncode, len(lines), len(letters), run.stderr[-2000:]))
    return lines


def judge_deal(binary, council, letters):
    with tempfile.TemporaryDirectory(prefix='copyhold-accuracy-') as folder:
        council.write(folder, os.path.join(here, '..', 'contract', 'copyhold.conf'))
        return judge(binary, letters, folder)


def could_fire(rule, letter):
    """Whether roles alone let the rule fire, so that rates are not made small by mail it never looks at."""
    sender = letter.council.person(letter.sender)
    if rule == 'unreadable':
        return True
    if letter.auth is None or sender is None:
        return False
    if rule in COPIES:
        return sender.role == 'officer' and any(oracle.is_councillor(letter.council.person(address)) for address in letter.rcpt)
    outside = any(map(letter.council.is_third_party, letter.rcpt))
    return outside and (sender.role == 'councillor' or rule == 'confidential-third-party')


class Tally:
    def __init__(self, notes, loud):
        self.notes, self.loud, self.used = notes, loud, set()
        self.judged = collections.Counter()
        self.found = collections.Counter()
        self.false = collections.Counter()
        self.unread = collections.Counter()
        self.planted = collections.Counter()
        self.missed = collections.Counter()

    def add(self, letter, line):
        findings = {finding['rule']: finding for finding in line['findings']}
        expected = oracle.expected(letter)
        for rule in COPIES + READ_BY_PEOPLE:
            if rule == letter.planted:
                self.planted[rule] += 1
                self.missed[rule] += rule not in findings
                if rule not in findings:
                    print('missed %s %s %s %s' % (letter.mail.digest, rule, letter.council.title, letter.mail.path))
                continue
            self.judged[rule] += could_fire(rule, letter)
            if rule in findings:
                self.found[rule] += 1
            if rule in COPIES and (rule in findings) != (rule in expected):
                self.look_up(rule, letter, findings.get(rule), 'should not fire' if rule in findings else 'should fire')
            elif rule in READ_BY_PEOPLE and rule in findings:
                self.look_up(rule, letter, findings[rule], 'found')

    def look_up(self, rule, letter, finding, what):
        mail, title = letter.mail, letter.council.title
        key = (mail.digest, rule, title if (mail.digest, rule, title) in self.notes else '*')
        found, why = self.notes.get(key, ('unread', ''))
        self.used.add(key)
        self.unread[rule] += found == 'unread'
        self.false[rule] += found != 'right'
        if self.loud or found == 'unread':
            print('%s %s %s %s %s: %s' % (found, mail.digest, rule, title, mail.path, why or what))
            for item in finding['evidence'] if finding else []:
                print('    %s: %s' % (item['where'], item['text'][:160]))

    def report(self):
        print('%-30s %7s %9s %7s %7s %9s %14s %8s %7s' % ('rule', 'could', 'findings', 'false', 'unread', 'a 1,000', 'false a 1,000',
                                                        'planted', 'missed'))
        missed = False
        for rule in COPIES + READ_BY_PEOPLE:
            judged = max(self.judged[rule], 1)
            print('%-30s %7d %9d %7d %7d %9.2f %14.2f %8d %7d' % (
                rule, self.judged[rule], self.found[rule], self.false[rule], self.unread[rule], 1000 * self.found[rule] / judged,
                1000 * self.false[rule] / judged, self.planted[rule], self.missed[rule]))
            missed |= self.false[rule] / judged > AIMS.get(rule, 1) or self.unread[rule] > 0 or self.missed[rule] > 0
            missed |= rule in AIMS and self.planted[rule] == 0
        stale = sorted(set(self.notes) - self.used)
        for note in stale:
            print('READ speaks of what is not there: %s' % ' | '.join(note))
        return missed or bool(stale)


def main(arguments):
    corpus = os.environ.get('COPYHOLD_CORPUS')
    if not corpus:
        print('skipped: tests/accuracy/corpus.py needs COPYHOLD_CORPUS')
        return 77
    loud = '-v' in arguments
    binary = os.path.abspath(([a for a in arguments if a != '-v'] or [os.environ.get('COPYHOLD', './copyhold')])[0])
    mails = list(deal.whole_messages(corpus))
    tally, judged = Tally(read_notes(), loud), 0
    councils = [deal.Council(mails, title) for title in deal.DEALS]
    dealt = [[council.letter(mail) for mail in mails] for council in councils]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for letters, lines in zip(dealt, pool.map(judge_deal, itertools.repeat(binary), councils, dealt)):
            for letter, line in zip(letters, lines):
                tally.add(letter, line)
            judged += len(letters)
    print('%d messages in %d deals: %d judgements' % (len(mails), len(deal.DEALS), judged))
    return 1 if tally.report() else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
