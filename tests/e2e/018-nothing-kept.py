#!/usr/bin/env python3
"""A rule that keeps nothing tells whom it is to tell, and when that is sent neither log nor store has heard of it: of a message without an
entry, of one that another rule gives an entry, and of one whose findings go into the journal alone.
SPDX-License-Identifier: GPL-3.0-or-later"""
import json
import os
import re

from lab import Lab, letter, wait_for

CLERK = 'clerk@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
LOWE = 'cllr.lowe@marlbrook.example'
RULE = ('rules = ( { id = "own-affairs"; clause = "9"; when = ( "sender is officer", "the author says pay" ); action = "notify"; kept = "nothing";\n'
	'  says = { en = "It may be about your own job."; cy = "Gall fod am eich swydd."; }; } );\n'
	'phrases = { pay = { any = ( "my pay" ); }; };\nlimits = { message = 1048576; };\n')


def traces(lab, words):
	found = lab.log_text().count(words)
	for name in os.listdir(lab.store):
		path = os.path.join(lab.store, name)
		if os.path.isfile(path):
			with open(path, 'rb') as stream:
				found += stream.read().count(words.encode())
	return found


with Lab() as lab:
	lab.write_council()
	with open(lab.conf) as conf:
		text = conf.read()
	with open(lab.conf, 'w') as conf:
		conf.write(re.sub(r'(?m)^limits = .*;$', '', text) + RULE)
	lab.start_postfix()
	lab.start_gate()
	words = 'They have cut my pay.\n'
	for number, (recipients, body) in enumerate((([MOSS], words), ([MOSS, LOWE], words), ([MOSS], words + 'A line of many.\n' * 100000))):
		code, reply = lab.send(letter(CLERK, MOSS, 'Matter %d' % number, body, message_id='<%d@lab.example>' % number), CLERK, recipients, auth=CLERK)
		assert code == 250, reply
		lab.settle()
	told = wait_for('what the clerk is told', lambda: lab.mailbox(CLERK)[1:] and lab.mailbox(CLERK), 40)
	assert all(b'It may be about your own job.' in mail.raw for mail in told), [mail.raw for mail in told]
	assert lab.logged('only its beginning examined'), lab.log_text()
	wait_for('an empty outbox', lambda: json.loads(lab.copyhold('report', '--json').stdout)['outbox']['waiting'] == 0, 20)
	lab.stop_gate()
	assert traces(lab, 'silent-copy') > 0 and traces(lab, 'own-affairs') == 0, (traces(lab, 'silent-copy'), traces(lab, 'own-affairs'))
