#!/usr/bin/env python3
"""Decisions that wait: undone in time nothing goes out; when due the gate sends by itself, byte for byte and once, or with the line that
makes a hidden copy plain and nothing else changed; two persons; and what nobody decides on goes back to its sender by the clock.
SPDX-License-Identifier: GPL-3.0-or-later"""
import contextlib
import datetime
import json
import os
import sqlite3

from lab import Lab, letter, wait_for

CLERK = 'clerk@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
KHAN = 'cllr.khan@marlbrook.example'
WEBB = 'ivy.webb@post.example'
HART = 'gwen.hart@marlbrook.example'
REVIEWER = 'mo@wexshire.example'
BODY = 'In confidence: %s.\n.\n..\n.hidden\n\nFrom here on, as it stands: %s \n.\n'


def instant(**away):
	return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(**away)).strftime('%Y-%m-%dT%H:%M:%SZ')


def review(lab, verb, what, by, *more, check=True):
	return lab.copyhold('queue', verb, what, '--by', by, '--reason', 'test of ' + verb, *more, check=check)


def hold(lab, subject, recipients, cc=None, sender=CLERK, name='Ruth Ames', width=990):
	"""A letter that is held: its octets and its reference."""
	before = set(lab.copyhold('queue', 'list').stdout.split())
	sent = letter('%s <%s>' % (name, sender), MOSS, subject, BODY % (subject, 'x' * width), cc=cc)
	code, reply = lab.send(sent, sender, recipients, auth=sender)
	assert code == 250, reply
	new = [word for word in lab.copyhold('queue', 'list').stdout.split() if word.startswith('CH-') and word not in before]
	assert len(new) == 1, new
	return sent, new[0]


def shown(lab, name):
	return json.loads(lab.copyhold('queue', 'show', '--json', name, '--by', REVIEWER, '--reason', 'test').stdout)


def states(lab, name):
	return sorted(item['state'] for item in shown(lab, name)['recipients'])


with Lab() as lab:
	lab.write_council()
	with open(lab.conf, 'a') as conf:
		conf.write('rules = ( { id = "silent-copy"; action = "hold"; whole_message = true; provided = (); two_persons = true; } );\n')
	lab.start_postfix()
	lab.start_gate()

	# Undone in time: nothing goes out, and it can be decided anew.
	sent, name = hold(lab, 'CONFIDENTIAL: one', [MOSS, WEBB], cc=WEBB)
	assert 'decision 1' in review(lab, 'release', name, REVIEWER, '--later').stdout
	review(lab, 'undo', '1', REVIEWER)
	assert states(lab, name) == ['held'], shown(lab, name)

	# Due: the gate sends it by itself, as it came.
	review(lab, 'release', name, REVIEWER, '--later', '--at', instant(minutes=-10))
	wait_for('the due release', lambda: states(lab, name) == ['released'], 30)
	lab.settle()
	got = lab.mailbox(WEBB)
	assert len(got) == 1, len(got)
	assert got[0].raw.endswith(sent), got[0].raw
	head = got[0].raw[:-len(sent)]
	assert b'X-Copyhold-Released: id=' + name.encode() in head, head
	assert [item['state'] for item in shown(lab, name)['decisions']] == ['done', 'undone'], shown(lab, name)
	assert REVIEWER in review(lab, 'undo', '2', REVIEWER, check=False).stderr
	assert 'released before' in review(lab, 'release', name, REVIEWER).stdout
	lab.settle()
	assert len(lab.mailbox(WEBB)) == 1

	# Two persons, and the copy made plain: one line more, in the copy that is sent.
	sent, name = hold(lab, 'Allotments', [MOSS, KHAN], sender=HART, name='Gwen Hart', width=900)
	before = len(lab.mailbox(KHAN))
	said = review(lab, 'release', name, CLERK, '--open').stdout
	assert 'second person' in said, said
	number = said.split()[1].rstrip(':')
	assert review(lab, 'confirm', number, CLERK, check=False).returncode == 1
	assert states(lab, name) == ['held', 'held'], shown(lab, name)
	review(lab, 'confirm', number, REVIEWER)
	lab.settle()
	assert states(lab, name) == ['released', 'released'], shown(lab, name)
	for who in (MOSS, KHAN):
		raw = lab.mailbox_of_subject(who, 'Allotments')[-1].raw
		line = [line for line in raw.split(b'\n') if line.startswith(b'CC councillor ')]
		assert len(line) == 1, raw
		assert b'Khan' in line[0], line
		kept = [row for row in sent.replace(b'\r', b'').split(b'\n') if row]
		there = [row for row in raw.split(b'\n') if row]
		assert [row for row in there if row in kept] == kept, raw
	assert b'CC councillor' not in lab.copyhold('queue', 'show', '--raw', name, '--by', REVIEWER, '--reason', 'test').stdout.encode()

	# Nobody decides: passed on, then returned, with notices; never lost.
	sent, name = hold(lab, 'CONFIDENTIAL: two', [MOSS, WEBB], cc=WEBB)
	with contextlib.closing(sqlite3.connect(os.path.join(lab.council, 'state', 'store.db'), timeout=20)) as store, store:
		store.execute('UPDATE message SET at = at - 20 * 86400 WHERE id = ?', (name,))
	wait_for('the clock', lambda: states(lab, name) == ['returned'], 30)
	assert len(lab.mailbox(WEBB)) == 1
	wait_for('the letter to come back', lambda: [mail for mail in lab.mailbox(CLERK) if b'returned.eml' in mail.raw], 30)
	back = [mail.raw for mail in lab.mailbox(CLERK) if b'returned.eml' in mail.raw]
	assert len(back) == 1 and b'nobody decided in time' in back[0].replace(b'\n', b' '), back
	assert sent.replace(b'\r', b'') in back[0].replace(b'\r', b''), back[0]
	wait_for('the second reviewer to be told', lambda: len([mail for mail in lab.mailbox(REVIEWER) if name.encode() in mail.raw]) >= 2, 30)
	assert not [mail for mail in lab.mailbox(REVIEWER) if b'In confidence' in mail.raw]
	lab.copyhold('journal', 'verify')
