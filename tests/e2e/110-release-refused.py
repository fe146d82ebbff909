#!/usr/bin/env python3
"""A release that the mail server puts off or refuses is no release: the message stays held, the exit code says so, and later
it goes out once, as it came, however often it is asked for (field lessons Q1, Q2, Q4 to Q7).
SPDX-License-Identifier: GPL-3.0-or-later"""
import os
import subprocess

from lab import Lab, letter

CLERK = 'clerk@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
WEBB = 'ivy.webb@post.example'
REVIEWER = 'mo@wexshire.example'
BODY = 'In confidence.\n.\n..\n.hidden\n\nFrom here on, as it stands: %s \n.\n' % ('x' * 990)


def service_says(lab, verdict):
	"""What Postfix's release service answers to each recipient from now on."""
	etc = os.path.join(lab.postfix, 'etc')
	subprocess.run(['postconf', '-c', etc, '-P', 'copyhold/unix/smtpd_recipient_restrictions=' + verdict], check=True)
	lab.restart_postfix()


def release(lab, name, by=REVIEWER):
	return lab.copyhold('queue', 'release', name, '--by', by, '--reason', 'test', check=False)


with Lab() as lab:
	lab.write_council()
	lab.start_postfix()
	lab.start_gate()
	sent = letter('Ruth Ames <%s>' % CLERK, MOSS, 'CONFIDENTIAL: statement', BODY, cc=WEBB)
	code, reply = lab.send(sent, CLERK, [MOSS, WEBB], auth=CLERK)
	assert code == 250, reply
	lab.settle()
	name = [word for word in lab.copyhold('queue', 'list').stdout.split() if word.startswith('CH-')][0]

	for verdict, exit_code in (('defer', 75), ('reject', 1)):
		service_says(lab, verdict)
		run = release(lab, name)
		assert run.returncode == exit_code, (verdict, run.returncode, run.stdout, run.stderr)
		assert 'released' not in run.stdout.lower().replace('not released', ''), (verdict, run.stdout)
		shown = lab.copyhold('queue', 'show', name, '--by', REVIEWER, '--reason', 'test').stdout
		assert 'held' in shown and ('45' if verdict == 'defer' else '55') in shown, shown
		assert lab.mailbox(WEBB) == []

	# Somebody who may not: nothing happens although the service would take it.
	service_says(lab, 'permit_mynetworks,permit')
	run = release(lab, name, by=MOSS)
	assert run.returncode == 1, (run.returncode, run.stdout, run.stderr)
	lab.settle()
	assert lab.mailbox(WEBB) == []

	for attempt in range(3):
		run = release(lab, name)
		assert run.returncode == 0, (attempt, run.returncode, run.stdout, run.stderr)
		assert attempt == 0 or REVIEWER in run.stdout, run.stdout
	lab.settle()
	got = lab.mailbox(WEBB)
	assert len(got) == 1, len(got)
	head, _, _ = got[0].raw.partition(b'From: Ruth Ames')
	assert got[0].raw[len(head):] == sent, got[0].raw
	assert head.lower().count(b'received:') >= 2 and b'X-Copyhold-Released: id=' + name.encode() in head, head
	assert len(lab.mailbox(MOSS)) == 1
	lab.copyhold('journal', 'verify')
