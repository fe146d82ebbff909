#!/usr/bin/env python3
"""A signed message keeps its bytes; who it was written to hears of the hidden copy in a notice of its own, the hidden councillor
and people outside do not. A letter in an old character set has the line in that.
SPDX-License-Identifier: GPL-3.0-or-later"""
from lab import Lab, wait_for

CLERK = 'clerk@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
LOWE = 'cllr.lowe@marlbrook.example'

SIGNED = ('From: Ruth Ames <%s>\nTo: Cllr Carl Moss <%s>\nSubject: Signed\nMessage-ID: <signed@lab.example>\n'
	  'Date: Mon, 02 Mar 2026 09:00:00 +0000\nMIME-Version: 1.0\n'
	  'Content-Type: multipart/signed; boundary=b; protocol="application/pgp-signature"\n\n'
	  '--b\nContent-Type: text/plain; charset=utf-8\n\nDear Carl,\n\nThe fees stay.\n\nRuth\n'
	  '--b\nContent-Type: application/pgp-signature\n\nx\n--b--\n' % (CLERK, MOSS)).encode()
LATIN = ('From: Ruth Ames <%s>\nTo: Cllr Carl Moss <%s>\nSubject: Latin\nMessage-ID: <latin@lab.example>\n'
	 'Date: Mon, 02 Mar 2026 09:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\n'
	 'Content-Transfer-Encoding: 8bit\n\nDear Carl,\n\nThe caf\xe9 is \xa34.\n\nRuth\n' % (CLERK, MOSS)).encode('latin-1')


with Lab() as lab:
	lab.write_council()
	lab.start_postfix()
	lab.start_gate()

	code, reply = lab.send(SIGNED, CLERK, [MOSS, LOWE], auth=CLERK)
	assert code == 250, reply
	lab.settle()
	got = lab.mailbox_of_subject(MOSS, 'Signed')[0].raw
	assert got.startswith(b'X-Copyhold-Id: ') and b'; reason=signed\n' in got and got.endswith(SIGNED), got

	notice = wait_for('a companion notice', lambda: lab.mailbox_of_subject(MOSS, 'Re: Signed'), 30)[0]
	assert b'Return-Path: <>' in notice.trace, notice.trace
	for words in (b'\nCC councillor Frances Lowe\n', b'\nIn-Reply-To: <signed@lab.example>\n', b'\nReferences: <signed@lab.example>\n',
		      b'\nAuto-Submitted: auto-generated\n', b'Councillor-Officer Protocol'):
		assert words in notice.raw, (words, notice.raw)
	told = wait_for('a notice to the clerk', lambda: lab.mailbox(CLERK), 30)
	assert b'The recipients were' in told[0].raw, told[0].raw
	assert not lab.mailbox_of_subject(LOWE, 'Re: Signed')

	code, reply = lab.send(LATIN, CLERK, [MOSS, LOWE], auth=CLERK)
	assert code == 250, reply
	lab.settle()
	got = lab.mailbox_of_subject(MOSS, 'Latin')[0].without_received()
	assert got == LATIN + b'\nCC councillor Frances Lowe\n', got
