#!/usr/bin/env python3
"""What `copyhold check --batch --state` says of a sequence of messages is what the daemon does with them: the labelled stories, in which memory
counts, go through both and must be answered alike: outcome, rules, what they do, and why, word for word.
SPDX-License-Identifier: GPL-3.0-or-later"""
import glob
import json
import os
import re
import sqlite3
import sys

from lab import Lab, wait_for

CASES = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'cases')
sys.path.insert(0, CASES)
sys.dont_write_bytecode = True
import casefile

FILES = ('lineage', 'forward', 'reunion')
STORIES = 45  # of each file, evenly; all of them would take minutes
WITHHELD = '(words withheld: the message is marked, to somebody protected, or of a kind whose words are not kept)'
CONCLUDED = re.compile(r': (CH-\d{8}-\w{8}), sender .*, outcome (\w+) \(.*?\), rules (\S+), ')


def stories(name):
	"""Lists of cases: the messages of one story each, without those that Postfix itself would change or refuse."""
	found = {}
	for case in casefile.read(os.path.join(CASES, name + '.cases')):
		if case.get('story'):
			found.setdefault(case.get('story'), []).append(case)
	usable = [cases for cases in found.values() if not any(re.search(rb'(?mi)^bcc:', case.message()) for case in cases)]
	return usable[::max(1, len(usable) // STORIES)][:STORIES]


def said_by_check(lab, folder, cases):
	with open(os.path.join(folder, 'batch.jsonl'), 'w', encoding='utf-8') as batch:
		for number, case in enumerate(cases):
			with open(os.path.join(folder, '%d.eml' % number), 'wb') as stream:
				stream.write(case.message())
			batch.write(json.dumps({'id': '%d' % number, 'message': '%d.eml' % number, 'envelope': case.envelope()}) + '\n')
	run = lab.copyhold('check', '--json', '--batch', batch.name, '--state', os.path.join(folder, 'state'))
	return [(line['outcome'], sorted((finding['rule'], finding['action'], plain(finding['explanation']), evidence_of(finding['evidence']))
	                                 for finding in line['findings'])) for line in map(json.loads, run.stdout.splitlines())]


def plain(text):
	"""References and days are of another time here and there."""
	return re.sub(r'CH-\d{8}-\w{8}|\d{1,2} \w+ \d{4}|\d{4}-\d\d-\d\d', '*', text)


def evidence_of(items):
	return tuple((item['where'], plain(item['text'])) for item in items)


def without_words(findings, of):
	"""What the store keeps to itself of marked mail (nothing else) is left out of what check shows, too."""
	return [without_those(finding, other) if len(finding[3]) == len(other[3]) else finding
	        for finding, other in zip(findings, of)] if len(findings) == len(of) else findings


def without_those(finding, other):
	rule, action, explanation, evidence = finding
	for (_, text), (_, kept) in zip(evidence, other[3]):
		if kept == WITHHELD:
			explanation = explanation.replace(text, '...')
	return rule, action, explanation, tuple((where, WITHHELD if kept == WITHHELD else text) for (where, text), (_, kept) in zip(evidence, other[3]))


def kept(lab, message):
	with sqlite3.connect('file:%s?mode=ro' % os.path.join(lab.store, 'store.db'), uri=True) as store:
		rows = store.execute('SELECT rule, action, explanation, evidence FROM finding WHERE message = ?', (message,)).fetchall()
	return sorted((rule, action, plain(explanation), evidence_of(json.loads(evidence))) for rule, action, explanation, evidence in rows)


def done_by_daemon(lab, case):
	"""What the gate's log says of it; None when the mail server did not let it get so far."""
	before = len(CONCLUDED.findall(lab.log_text()))
	envelope = case.envelope()
	code, reply = lab.send(case.message(), envelope['from'], envelope['rcpt'], auth=envelope['auth'], client=envelope['client'])
	if code != 250:
		return None
	lines = wait_for('a conclusion', lambda: CONCLUDED.findall(lab.log_text())[before:], 20)
	assert len(lines) == 1, lines
	message, outcome, rules = lines[0]
	findings = kept(lab, message)
	assert [finding[0] for finding in findings] == ([] if rules == 'none' else sorted(rules.split(','))), (findings, rules)
	return outcome, findings


with Lab() as lab:
	lab.write_council()
	lab.start_postfix()
	lab.start_gate()
	folder = os.path.join(lab.dir, 'check')
	chosen = [cases for name in FILES for cases in stories(name)]
	every = [case for cases in chosen for case in cases]
	os.mkdir(folder)
	os.chown(folder, lab.owner.pw_uid, lab.owner.pw_gid)
	checked = said_by_check(lab, folder, every)
	assert len(checked) == len(every)
	compared = differ = remembered = withheld = 0
	for case, said in zip(every, checked):
		done = done_by_daemon(lab, case)
		if done is None:
			continue
		compared += 1
		remembered += bool(said[1])
		withheld += WITHHELD in str(done)
		if done != (said[0], without_words(said[1], done[1])):
			differ += 1
			print('%s: the daemon %s, check %s' % (case.id, done, said))
	print('%d messages of %d stories, %d with findings, words withheld in %d, %d answered differently'
	      % (compared, len(chosen), remembered, withheld, differ))
	assert compared > 100 and remembered > 40 and withheld < remembered / 4 and differ == 0
