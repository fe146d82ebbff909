#!/usr/bin/env python3
"""Marked mail is held for the third party alone, released byte for byte, by somebody who has no part in it.
SPDX-License-Identifier: GPL-3.0-or-later"""
import re

from lab import Lab, letter, wait_for

CLERK = 'clerk@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
WEBB = 'ivy.webb@post.example'
REVIEWER = 'mo@wexshire.example'

BODY = '''Dear Carl,

In confidence, because it names a member of staff: the statement follows.
.
..two dots
%s

Ruth Ames
Town Clerk
''' % ('x' * 900)

FORWARD = '''Ivy, see what they say.

-----Original Message-----
From: Ruth Ames <clerk@marlbrook.example>
Sent: 02 March 2026 09:00
To: Carl Moss <cllr.moss@marlbrook.example>
Subject: CONFIDENTIAL: staffing

The report names a member of staff.
'''


def held_ids(lab):
	return re.findall(r'CH-[0-9]{8}-[A-Z0-9]+', lab.copyhold('queue', 'list').stdout)


with Lab() as lab:
	lab.write_council()
	lab.start_postfix()
	lab.start_gate()

	# Held for the complainant, delivered to the councillor.
	sent = letter('Ruth Ames <%s>' % CLERK, 'Cllr Moss <%s>' % MOSS, 'CONFIDENTIAL: complaint', BODY, cc='Ivy Webb <%s>' % WEBB)
	code, reply = lab.send(sent, CLERK, [MOSS, WEBB], auth=CLERK)
	assert code == 250, reply
	lab.settle()
	assert [mail.without_received() for mail in lab.mailbox(MOSS)] == [sent]
	assert lab.mailbox(WEBB) == []
	ids = held_ids(lab)
	assert len(ids) == 1, ids
	wait_for('a notice to the sender', lambda: lab.mailbox(CLERK), 30)

	# The clerk sent it, so the clerk may not decide about it; nor may a stranger.
	for by in (CLERK, 'cllr.khan@marlbrook.example', 'nobody@elsewhere.example'):
		run = lab.copyhold('queue', 'release', ids[0], '--by', by, '--reason', 'fine', check=False)
		assert run.returncode == 1, (by, run.returncode, run.stderr)
	lab.settle()
	assert lab.mailbox(WEBB) == []

	# The second reviewer may. What arrives is what was sent, under trace fields.
	lab.copyhold('queue', 'release', ids[0], '--by', REVIEWER, '--reason', 'the complainant has a right to it')
	lab.settle()
	got = wait_for('the released message', lambda: lab.mailbox(WEBB))
	assert len(got) == 1
	assert got[0].raw.endswith(sent), got[0].raw
	trace = got[0].raw[:-len(sent)]
	assert re.match(rb'(?:[!-9;-~]+:.*\n(?:[ \t].*\n)*)+\Z', trace), trace
	assert b'Return-Path: <%s>' % CLERK.encode() in got[0].trace, got[0].trace

	# A second release delivers nothing more.
	lab.copyhold('queue', 'release', ids[0], '--by', REVIEWER, '--reason', 'again', check=False)
	lab.settle()
	assert len(lab.mailbox(WEBB)) == 1
	assert held_ids(lab) == []

	# A forward with the marking in the forwarded block.
	forward = letter('Carl Moss <%s>' % MOSS, WEBB, 'FW: CONFIDENTIAL: staffing', FORWARD)
	code, reply = lab.send(forward, MOSS, [WEBB], auth='carl')
	assert code == 250, reply
	lab.settle()
	assert len(lab.mailbox(WEBB)) == 1
	ids = held_ids(lab)
	assert len(ids) == 1, ids

	# Returned: the sender gets it back, the recipient nothing.
	lab.copyhold('queue', 'return', ids[0], '--by', CLERK, '--reason', 'please ask the writer first')
	back = wait_for('the returned message', lambda: [mail for mail in lab.mailbox(MOSS) if b'message/rfc822' in mail.raw], 30)
	assert b'please ask the writer first' in back[0].raw
	assert len(lab.mailbox(WEBB)) == 1
	assert held_ids(lab) == []

	lab.copyhold('journal', 'verify')
