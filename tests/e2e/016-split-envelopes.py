#!/usr/bin/env python3
"""One message in two SMTP transactions, as Exchange and Gmail send it. Who had the visible copy first finally has the message as it was and a
notice beside it; whoever comes later has the line. A source that waits is asked to come again. Bcc fields go with the line.
SPDX-License-Identifier: GPL-3.0-or-later"""
import os
import subprocess

from lab import Lab, letter, wait_for

CLERK = 'clerk@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
LOWE = 'cllr.lowe@marlbrook.example'
KHAN = 'cllr.khan@marlbrook.example'
RELAY, WAITING = '192.0.2.9', '198.51.100.7'
BODY = 'Dear Carl,\n\nThe fees stay.\n\nRuth\n'


def split(number, extra=''):
	return letter('Ruth Ames <%s>' % CLERK, 'Cllr Carl Moss <%s>' % MOSS, 'Split %d' % number, BODY, message_id='<split%d@lab.example>' % number, extra=extra)


with Lab() as lab:
	lab.write_council()
	with open(lab.conf) as conf:
		text = conf.read()
	changed = text.replace('identity = "header-from"; }', 'identity = "header-from"; hold_window = 600; }')
	assert changed != text
	with open(lab.conf, 'w') as conf:
		conf.write(changed)
	lab.start_postfix()
	lab.start_gate()

	# The visible copy first, over the relay; then the hidden one, twice, as after a lost reply.
	for recipient in (MOSS, LOWE, LOWE):
		code, reply = lab.send(split(1), CLERK, [recipient], client=RELAY)
		assert code == 250, reply
	lab.settle()
	assert lab.mailbox_of_subject(MOSS, 'Split 1')[0].without_received() == split(1)
	assert lab.mailbox_of_subject(LOWE, 'Split 1')[0].without_received() == split(1) + b'\nCC councillor Frances Lowe\n'
	notice = wait_for('a companion notice', lambda: lab.mailbox_of_subject(MOSS, 'Re: Split 1'), 30)[0]
	assert b'Return-Path: <>' in notice.trace, notice.trace
	for words in (b'\nCC councillor Frances Lowe\n', b'\nIn-Reply-To: <split1@lab.example>\n', b'\nReferences: <split1@lab.example>\n',
		      b'\nAuto-Submitted: auto-generated\n', b'Councillor-Officer Protocol'):
		assert words in notice.raw, (words, notice.raw)
	told = wait_for('a notice to the clerk', lambda: lab.mailbox_of_subject(CLERK, 'Line added: Split 1'), 30)
	assert b'were told in a notice' in b' '.join(told[0].raw.split()), told[0].raw

	# Strangers and colleagues cannot bring such a notice about.
	assert lab.send(split(1), CLERK, [KHAN])[0] == 250
	assert lab.send(split(1), CLERK, [KHAN], auth='cllr.shaw@marlbrook.example')[0] == 250

	# The hidden copy first: the visible one has the line.
	for recipient in (LOWE, MOSS):
		assert lab.send(split(2), CLERK, [recipient], auth=CLERK)[0] == 250
	lab.settle()
	assert lab.mailbox_of_subject(MOSS, 'Split 2')[0].without_received() == split(2) + b'\nCC councillor Frances Lowe\n'

	# A source that waits for the other copies.
	code, reply = lab.send(split(3), CLERK, [LOWE], client=WAITING)
	assert code == 451 and '4.7.1' in reply, (code, reply)
	assert lab.send(split(3), CLERK, [MOSS], client=WAITING)[0] == 250
	assert lab.send(split(3), CLERK, [LOWE], client=WAITING)[0] == 250
	lab.settle()
	for recipient in (MOSS, LOWE):
		assert lab.mailbox_of_subject(recipient, 'Split 3')[0].without_received() == split(3) + b'\nCC councillor Frances Lowe\n'

	# Postfix drops Bcc fields itself unless it is told not to; other mail servers do not.
	subprocess.run(['postconf', '-c', os.path.join(lab.postfix, 'etc'), '-e', 'message_drop_headers ='], check=True)
	lab.restart_postfix()
	# A Bcc field that the client left in: gone from the visible copy, kept on the hidden one.
	leaking = split(4, 'Bcc: %s\n' % LOWE)
	for recipient in (MOSS, LOWE):
		assert lab.send(leaking, CLERK, [recipient], auth=CLERK)[0] == 250
	lab.settle()
	assert lab.mailbox_of_subject(MOSS, 'Split 4')[0].without_received() == split(4) + b'\nCC councillor Frances Lowe\n'
	assert b'\nBcc: ' + LOWE.encode() in lab.mailbox_of_subject(LOWE, 'Split 4')[0].raw

	# Each notice went once; nobody else heard of anything.
	wait_for('the outbox to be empty', lambda: 'none waiting' in lab.copyhold('report').stdout, 30)
	lab.settle()
	assert [len(lab.mailbox_of_subject(MOSS, 'Re: Split %d' % number)) for number in (1, 2, 3, 4)] == [1, 0, 0, 0]
	assert not [mail for mail in lab.mailbox() if mail.to in (LOWE, KHAN) and b'\nSubject: Re: Split' in mail.raw]
	report = ' '.join(lab.copyhold('report').stdout.split())
	assert 'came in several envelopes' in report, report
