#!/usr/bin/env python3
"""A hidden councillor is named at the foot, in the visible copy and in the hidden one; nothing else changes.
SPDX-License-Identifier: GPL-3.0-or-later"""
import re
import time

from lab import Lab, letter, wait_for

CLERK = 'clerk@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
LOWE = 'cllr.lowe@marlbrook.example'
LINE = b'CC councillor Frances Lowe'

HTML = '''Dear Carl,

The pitch is booked.

Ruth
--b
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<html><body><p>Dear Carl,</p><p>The pitch is booked =E2=80=94 Friday.</p><p>Ruth</p></body></html>
--b--
'''


def two_alternatives():
	return ('From: Ruth Ames <%s>\nTo: %s\nSubject: Pitch\nMessage-ID: <pitch@lab.example>\nDate: Mon, 02 Mar 2026 09:00:00 +0000\n'
		'MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n'
		'--b\nContent-Type: text/plain; charset=utf-8\n\n%s' % (CLERK, MOSS, HTML)).encode()


with Lab() as lab:
	lab.write_council()
	lab.start_postfix()
	lab.start_gate()

	sent = letter('Ruth Ames <%s>' % CLERK, 'Cllr Carl Moss <%s>' % MOSS, 'Allotment fees', 'Dear Carl,\n\nThe fees stay.\n\nRuth\n')
	code, reply = lab.send(sent, CLERK, [MOSS, LOWE], auth=CLERK)
	assert code == 250, reply
	lab.settle()
	for address in (MOSS, LOWE):
		mails = lab.mailbox_of_subject(address, 'Allotment fees')
		assert len(mails) == 1, (address, len(mails))
		got = mails[0].without_received()
		assert got.count(LINE) == 1, got
		# Taking the line and its blank lines out gives back what was sent.
		assert re.sub(rb'\n*' + LINE + rb'\n*', b'\n', got) == sent, got

	# The same words again the same day are another message.
	time.sleep(1)
	again = re.sub(rb'Message-ID: <.*>', b'Message-ID: <again@lab.example>', sent)
	code, reply = lab.send(again, CLERK, [MOSS, LOWE], auth=CLERK)
	assert code == 250, reply
	lab.settle()
	assert len(lab.mailbox_of_subject(MOSS, 'Allotment fees')) == 2

	code, reply = lab.send(two_alternatives(), CLERK, [MOSS, LOWE], auth='rames')
	assert code == 250, reply
	lab.settle()
	got = lab.mailbox_of_subject(MOSS, 'Pitch')[0].without_received()
	assert got.count(LINE) == 2, got
	assert got.index(LINE) < got.index(b'text/html') < got.rindex(LINE) < got.index(b'</body>'), got
	assert b'The pitch is booked =E2=80=94 Friday.' in got

	# The sender is told, at their own directory address.
	notices = wait_for('a notice to the clerk', lambda: lab.mailbox(CLERK), 30)
	assert b'Auto-Submitted: auto-generated' in notices[0].raw, notices[0].raw
	assert b'Return-Path: <>' in notices[0].trace, notices[0].trace

	# Once is enough: a letter that has the line passes as it is.
	sent = letter(CLERK, MOSS, 'Again', 'Dear Carl,\n\nThe fees stay.\n\nRuth\n\nCC councillor Frances Lowe\n')
	lab.send(sent, CLERK, [MOSS, LOWE], auth=CLERK)
	lab.settle()
	assert lab.mailbox_of_subject(MOSS, 'Again')[0].without_received() == sent

	assert lab.copyhold('queue', 'list').stdout.count('CH-') == 0
	assert 'silent-copy' in lab.copyhold('report').stdout
