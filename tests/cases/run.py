#!/usr/bin/env python3
# run.py - judges every labelled case with `copyhold check --batch` and compares: findings, outcomes, notices, and the
# bytes the recipients get. Prints each failure with the explanation, then what each rule got right and wrong: over all cases as the table that
# tests/accuracy/TABLE keeps, and fails where it got worse.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: run.py [-q] [-w] [-r RULE] [-k WORDS] [COPYHOLD] [FILE.cases ...]
-q: failures without the explanation of every rule. -r: that rule's row of the tally, and nothing else.
-w: writes tests/accuracy/TABLE anew, unless it got worse and no case was added or relabelled.
-k: failures become known faults, with these words, in their files, unseen: for the first run of a rule over held-back cases, whose
figures go to tests/accuracy/FIRST.
COPYHOLD and COPYHOLD_PACKS in the environment serve make check. With COPYHOLD_BRIEF another build has been through all (tests/launch):
a quarter of the cases will do, stories whole, and the table is not looked at."""
import collections
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zlib

here = os.path.dirname(os.path.abspath(__file__))
SAMPLE = os.path.join(here, '..', '..', 'conf', 'sample')
sys.path.insert(0, here)
sys.dont_write_bytecode = True  # the source folder may be read-only, and stays clean
import casefile
import delivered
import table


def judge_together(binary, conf, cases, folder, out, state):
    with open(os.path.join(folder, 'batch.jsonl'), 'w', encoding='utf-8') as batch:
        for case in cases:
            with open(os.path.join(folder, case.id + '.eml'), 'wb') as stream:
                stream.write(case.message())
            batch.write(json.dumps({'id': case.id, 'message': case.id + '.eml', 'at': case.at, 'envelope': case.envelope()}) + '\n')
    run = subprocess.run([binary, '-c', conf, 'check', '--json', '--batch', batch.name, '--output-dir', out] + state,
                         capture_output=True, text=True, timeout=300)
    lines = [json.loads(line) for line in run.stdout.splitlines() if line.strip()]
    if run.returncode != 0 or [line.get('id') for line in lines] != [case.id for case in cases]:
        sys.exit('check --batch: exit %d, %d lines for %d cases\n%s' % (run.returncode, len(lines), len(cases), run.stderr[-2000:]))
    return lines


def sample_text(packs, own_tests):
    """The sample configuration, with these packs."""
    with open(os.path.join(SAMPLE, 'copyhold.conf'), encoding='utf-8') as stream:
        text, count = re.subn(r'(?m)^packs = .*$', 'packs = [ %s ];' % ', '.join('"%s"' % pack for pack in packs), stream.read())
    if count != 1:
        sys.exit('cases: the sample has no line of packs')
    return text if own_tests else re.sub(r'(?ms)^tests = \(\n.*?^\);\n', '', text)


def with_people(text, people, folder, name):
    """The configuration with a directory of its own, the sample's and these rows; a row of somebody in it takes their place."""
    with open(os.path.join(SAMPLE, 'people.csv'), encoding='utf-8') as stream:
        rows = stream.read().splitlines()
    own = {row.split(',')[0] for row in people} - {''}
    with open(os.path.join(folder, name), 'w', encoding='utf-8') as stream:
        stream.write('\n'.join([row for row in rows if row.split(',')[0] not in own] + list(people)) + '\n')
    text, count = re.subn(r'(?m)^directory = "people\.csv";', 'directory = "%s";' % name, text)
    if count != 1:
        sys.exit('cases: the sample has no line of its directory')
    return text


class Configuration:
    """What the cases of one head are judged by: the sample with their packs, people and settings, and every rule they name switched on."""

    def __init__(self, binary, packs, judged, settings, people, folder, number):
        self.path = os.path.join(folder, 'sample-%d.conf' % number)
        # the sample's tests are of its own packs' rules, as they ship
        text = sample_text(packs, packs == casefile.PACKS and judged == casefile.RULES and not settings)
        if people:
            text = with_people(text, people, folder, 'people-%d.csv' % number)
        self.write(text)
        modes = self.modes(binary)
        absent = [rule for rule in judged if rule in casefile.LATER_RULES and rule not in modes]
        if absent:
            sys.exit('cases: no pack of %s has %s' % (' '.join(packs), ' '.join(absent)))
        off = ['{ id = "%s"; mode = "enforce"; }' % rule for rule in judged if modes.get(rule) == 'off']
        text += 'rules = ( %s );\n' % ', '.join(off) if off else ''
        self.write(text + ''.join(line + '\n' for line in settings))

    def write(self, text):
        with open(self.path, 'w', encoding='utf-8') as stream:
            stream.write(text)

    def modes(self, binary):
        """The mode of every rule there is."""
        run = subprocess.run([binary, '-c', self.path, 'rules'], capture_output=True, text=True, timeout=60)
        found = re.findall(r'(?m)^([a-z0-9-]+): \w+, (\w+) ', run.stdout)
        if run.returncode != 0 or not found:
            sys.exit('cases: %s' % (run.stderr.strip() or 'no rules'))
        return dict(found)


def configure(binary, cases, folder):
    """Gives each case its configuration."""
    shutil.copy(os.path.join(SAMPLE, 'people.csv'), folder)
    made = {}
    for case in cases:
        key = (case.packs, case.judged, case.settings, case.people)
        if key not in made:
            made[key] = Configuration(binary, *key, folder, len(made))
        case.conf = made[key]


def judge(binary, cases, folder):
    """The answers in the order of the cases: those of a story with a memory of its own, all others alone."""
    out = os.path.join(folder, 'out')
    os.mkdir(out)
    stories, answers = {}, {}
    for case in cases:
        stories.setdefault((case.get('story'), case.conf), []).append(case)
    for number, ((story, conf), members) in enumerate(stories.items()):
        state = ['--state', os.path.join(folder, 'state-%d' % number)] if story else []
        for case, line in zip(members, judge_together(binary, conf.path, members, folder, out, state)):
            answers[case.id] = line
    return [answers[case.id] for case in cases], out


def compare_recipients(case, line):
    outcomes = {entry['rcpt'].lower(): entry['outcome'] for entry in line['recipients']}
    for wanted in case.get('recipient'):
        address, outcome = wanted.split()
        if outcomes.get(address.lower()) != outcome:
            yield 'recipient %s: %s, expected %s' % (address, outcomes.get(address.lower()), outcome)


def compare_notices(case, line):
    sent = [(notice['kind'], notice['to'].lower()) for notice in line['notices']]
    for wanted in case.get('notice'):
        kind, addresses = wanted.split()
        if not any((kind, address.lower()) in sent for address in addresses.split('|')):
            yield 'no notice %s to %s, only %s' % (kind, addresses, sent)
    for kind in case.get('no-notice'):
        if any(kind in ('all', given) for given, _ in sent):
            yield 'notices %s, but none (%s) expected' % (sent, kind)


def compare_lists(case, line):
    if case.get('footer'):
        wanted = [] if case.get('footer') == ['none'] else sorted(case.get('footer'))
        if sorted(line['footers']) != wanted:
            yield 'footers %s, expected %s' % (line['footers'], wanted)
    for wanted in case.get('finding'):
        rule, _, words = wanted.partition(' ')
        if not any(words.lower() in json.dumps(entry, ensure_ascii=False).lower() for entry in line['findings'] if entry['rule'] == rule):
            yield 'no finding of %s has "%s"' % (rule, words)
    if case.get('from-note', '').lower() not in line.get('from_note', '').lower():
        yield 'from_note "%s", but "%s" expected' % (line.get('from_note', ''), case.get('from-note'))
    for words in case.get('exception'):
        if not any(words.lower() in json.dumps(entry, ensure_ascii=False).lower() for entry in line['exceptions']):
            yield 'no exception has "%s": %s' % (words, line['exceptions'])
    for words in case.get('marking'):
        if not any(words.lower() in json.dumps(entry, ensure_ascii=False).lower() for entry in line.get('markings', [])):
            yield 'no marking has "%s": %s' % (words, line.get('markings'))
    for key in ('unreadable', 'defects'):
        if case.get(key) and bool(line[key]) != (case.get(key) == 'yes'):
            yield '%s %s, expected %s' % (key, line[key], case.get(key))


def compare(case, line, out):
    """The complaints about one case."""
    if 'error' in line:
        return ['not judged: %s' % line['error']]
    fired = {finding['rule'] for finding in line['findings']} & set(case.judged)
    wrong = []
    if case.rules('fires') - fired:
        wrong.append('should fire %s' % ' '.join(sorted(case.rules('fires') - fired)))
    if fired - case.rules('fires') - case.rules('may'):
        wrong.append('should not fire %s' % ' '.join(sorted(fired - case.rules('fires') - case.rules('may'))))
    if line['outcome'] not in case.get('outcome').split('|'):
        wrong.append('outcome %s, expected %s' % (line['outcome'], case.get('outcome')))
    if case.get('direction') not in (None, line['direction']):
        wrong.append('direction %s, expected %s' % (line['direction'], case.get('direction')))
    wrong += compare_recipients(case, line)
    wrong += compare_notices(case, line)
    wrong += compare_lists(case, line)
    wrong += delivered.compare(case, line, os.path.join(out, case.id + '.eml'))
    return wrong


def blind_spots(cases, out):
    """A judgement that finds nothing, and one that finds everything, must both be wrong wherever the label says so."""
    for case in cases:
        nothing = {'findings': [], 'recipients': [], 'notices': [], 'footers': [], 'exceptions': [], 'unreadable': [],
                   'defects': [], 'direction': '', 'outcome': ''}
        everything = dict(nothing, findings=[{'rule': rule} for rule in case.judged])
        if case.rules('fires') and not any('should fire' in why for why in compare(case, nothing, out)):
            yield case.id
        if set(case.judged) - case.rules('fires') - case.rules('may') and \
           not any('should not fire' in why for why in compare(case, everything, out)):
            yield case.id


def explanation(binary, conf, case, folder):
    envelope = case.envelope()
    arguments = [binary, '-c', conf, 'explain', '--from', envelope['from'], '--at', case.at]
    for address in envelope['rcpt']:
        arguments += ['--rcpt', address]
    for option in ('auth', 'client'):
        if envelope[option]:
            arguments += ['--' + option, envelope[option]]
    run = subprocess.run(arguments + [os.path.join(folder, case.id + '.eml')], capture_output=True, text=True, timeout=60)
    return run.stdout if run.returncode == 0 else ''


def know_faults(failed, words):
    """Writes a line "fault:" into each of these cases."""
    for path in {case.path for case in failed}:
        heads = {'=== ' + case.id for case in failed if case.path == path}
        with open(path, encoding='utf-8', newline='') as stream:
            lines = stream.read().split('\n')
        with open(path, 'w', encoding='utf-8', newline='') as stream:
            stream.write('\n'.join(line + '\nfault: ' + words if line.strip() in heads else line for line in lines))


def show_failure(case, line, wrong, text):
    print('FAIL %s (%s) %s:%d' % (case.id, case.get('kind'), os.path.basename(case.path), case.line))
    print('  %s' % case.get('what'))
    for complaint in wrong:
        print('  - %s' % complaint)
    for finding in line.get('findings', []):
        evidence = '; '.join('%s: %s' % (item['where'], item['text']) for item in finding['evidence'])
        print('  found %s (%s): %s [%s]' % (finding['rule'], finding['action'], finding['explanation'], evidence))
    if text:
        print('  | ' + text.rstrip().replace('\n', '\n  | '))


def tally(cases, lines, title, rules):
    print('%-30s %6s %6s %6s %6s %10s %8s' % (title, 'cases', 'true+', 'false+', 'false-', 'precision', 'recall'))
    for rule in rules:
        counted = [(rule in case.rules('fires'), rule in {f['rule'] for f in line.get('findings', [])})
                   for case, line in zip(cases, lines) if rule in case.judged and rule not in case.rules('may')]
        if not counted and len(rules) > 1:
            continue
        right, extra = counted.count((True, True)), counted.count((False, True))
        missed = counted.count((True, False))
        share = lambda part, whole: '%.2f' % (part / whole) if whole else '-'
        print('%-30s %6d %6d %6d %6d %10s %8s' % (rule, len(counted), right, extra, missed,
                                                  share(right, right + extra), share(right, right + missed)))


def show_tallies(cases, lines, rules):
    for title, held in (('open cases', False), ('held-back cases', True)):
        chosen = [(case, line) for case, line in zip(cases, lines) if case.heldback == held]
        if chosen:
            tally(*zip(*chosen), title, rules)


def show_table(cases, lines, rules, rewrite):
    """True: it is no worse than what was kept, or what is kept now."""
    counted = table.count(cases, lines, rules)
    print(table.render(counted, table.read_first()))
    return table.write(counted, cases) if rewrite else table.judge(counted, cases)


def some_of(cases):
    """The same ones each time, whatever is added."""
    return [case for case in cases if zlib.crc32((case.get('story') or case.id).encode()) % 4 == 0]


def main(arguments):
    quiet, rewrite, rules = '-q' in arguments, '-w' in arguments, casefile.RULES + casefile.LATER_RULES
    arguments = [argument for argument in arguments if argument not in ('-q', '-w')]
    if '-r' in arguments:
        at = arguments.index('-r')
        rules = tuple(arguments[at + 1:at + 2])
        del arguments[at:at + 2]
        if not set(rules) <= set(casefile.RULES + casefile.LATER_RULES) or not rules:
            sys.exit('run.py: there is no rule %s' % ' '.join(rules))
    words = None
    if '-k' in arguments:
        at = arguments.index('-k')
        words = arguments[at + 1]
        del arguments[at:at + 2]
    files = [argument for argument in arguments if argument.endswith('.cases')]
    brief = not files and bool(os.environ.get('COPYHOLD_BRIEF'))
    whole = not files and len(rules) > 1 and not brief
    if rewrite and not whole:
        sys.exit('run.py: -w is for all rules and all cases')
    files = files or sorted(glob.glob(os.path.join(here, '*.cases')))
    binary = ([argument for argument in arguments if not argument.endswith('.cases')] or [os.environ.get('COPYHOLD', './copyhold')])[0]
    cases = [case for path in files for case in casefile.read(path) if set(rules) & set(case.judged)]
    twice = {name for name, times in collections.Counter(case.id for case in cases).items() if times > 1}
    if twice or not cases:
        sys.exit('cases: %s' % ('twice: %s' % ' '.join(sorted(twice)) if twice else 'none found'))
    if brief:
        cases = some_of(cases)
    folder, binary = tempfile.mkdtemp(prefix='copyhold-cases-'), os.path.abspath(binary)
    try:
        configure(binary, cases, folder)
        blind = list(blind_spots(cases, folder))
        if blind:
            sys.exit('this runner would not notice: %s' % ' '.join(blind))
        lines, out = judge(binary, cases, folder)
        if len(rules) == 1:
            show_tallies(cases, lines, rules)
            return 0
        failures, known, failed = 0, 0, []
        for case, line in zip(cases, lines):
            wrong = compare(case, line, out)
            if wrong and case.get('fault'):
                known += 1
                print('KNOWN %s (%s): %s' % (table.name_of(case), case.get('fault'), '; '.join(wrong)))
            elif case.get('fault'):
                print('MENDED %s: take its fault line away' % case.id)
            elif wrong and words:
                failed.append(case)
                known += 1
            elif wrong:
                failures += 1
                show_failure(case, line, wrong, '' if quiet else explanation(binary, case.conf.path, case, folder))
        know_faults(failed, words)
        if words:
            table.note_first(cases, lines, rules)
        good = show_table(cases, lines, rules, rewrite and not failures) if whole else not show_tallies(cases, lines, rules)
        kinds = ' '.join('%s %d' % (kind, sum(case.get('kind') == kind for case in cases)) for kind in 'VBNXU')
        print('%d cases (%s): %d as labelled, %d known faults, %d not' % (len(cases), kinds, len(cases) - failures - known, known, failures))
        return 0 if good and not failures else 1
    finally:
        shutil.rmtree(folder)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
