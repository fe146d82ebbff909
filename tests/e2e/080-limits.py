#!/usr/bin/env python3
"""Messages beyond the limits: what we cannot hold whole is never held, nor changed, nor lost; what must not pass waits.
SPDX-License-Identifier: GPL-3.0-or-later"""
import base64
import os
import re
import shutil

from lab import Lab, letter

CLERK = 'clerk@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
LOWE = 'cllr.lowe@marlbrook.example'
WEBB = 'ivy.webb@post.example'
LONG = 'word ' * 12 + '\n'


def limit(lab, message, in_flight):
	with open(lab.conf) as conf:
		text = conf.read()
	text, count = re.subn(r'message = \d+; in_flight = \d+;', 'message = %d; in_flight = %d;' % (message, in_flight), text)
	assert count == 1
	with open(lab.conf, 'w') as conf:
		conf.write(text)


def thirty_megabytes(lab):
	"""Headers and what the limit lets in are examined, which the log, the journal and the report say; not a byte is changed or lost."""
	limit(lab, 8 << 20, 64 << 20)
	lab.start_gate()
	plan = base64.encodebytes(os.urandom(23 << 20))
	parts = ('--b\nContent-Type: text/plain; charset=utf-8\n\nDear Carl,\n\nThe drawings you asked for.\n\nRuth\n--b\nContent-Type: application/pdf; '
		 'name=plan.pdf\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=plan.pdf\n\n%s--b--\n' % plan.decode())
	sent = letter('Ruth Ames <%s>' % CLERK, MOSS, 'Drawings', parts).replace(
		b'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit', b'Content-Type: multipart/mixed; boundary=b', 1)
	assert len(sent) > 30 << 20
	code, reply = lab.send(sent, CLERK, [MOSS, LOWE], auth=CLERK)
	assert code == 250, reply
	lab.settle(60)
	for address in (MOSS, LOWE):
		assert [mail.without_received() == sent for mail in lab.mailbox(address)] == [True], address
	assert lab.logged('only its beginning examined')
	line = [line for line in lab.copyhold('journal', 'list').stdout.splitlines() if 'partly-examined' in line]
	assert len(line) == 1 and 'silent-copy' in line[0], line  # who gets it is told by the envelope
	lab.stop_gate()  # writes the day's counts
	assert '1 could not be read in full' in ' '.join(lab.copyhold('report').stdout.split())
	shutil.rmtree(os.path.join(lab.postfix, 'mail', 'all'))


with Lab(message_size=48 << 20) as lab:
	lab.write_council()
	lab.start_postfix()
	thirty_megabytes(lab)
	limit(lab, 131072, 1048576)
	lab.start_gate()

	# Longer than we read: no footer, because its foot was not seen; fields that claim to be ours go all the same.
	sent = letter('Ruth Ames <%s>' % CLERK, MOSS, 'Minutes', 'Dear Carl,\n\n' + LONG * 4000 + '\nRuth\n')
	forged = sent.replace(b'Date:', b'X-Copyhold-Id: CH-1\nDate:')
	code, reply = lab.send(forged, CLERK, [MOSS, LOWE], auth=CLERK)
	assert code == 250, reply
	lab.settle()
	for address in (MOSS, LOWE):
		assert [mail.without_received() for mail in lab.mailbox(address)] == [sent]
	assert lab.logged('only its beginning examined')
	assert 'partly-examined' in lab.copyhold('journal', 'list').stdout
	lab.stop_gate()  # writes the day's counts
	assert '2 could not be read in full' in ' '.join(lab.copyhold('report').stdout.split())
	lab.start_gate()

	# It would have to be held, and cannot be: it waits with its sender, and the log says what to do.
	marked = letter('Ruth Ames <%s>' % CLERK, MOSS, 'CONFIDENTIAL: staffing', 'In confidence.\n\n' + LONG * 4000, cc=WEBB)
	code, reply = lab.send(marked, CLERK, [MOSS, WEBB], auth=CLERK)
	assert code == 451, (code, reply)
	assert lab.logged('message_size_limit')
	lab.settle()
	assert lab.mailbox(WEBB) == [] and len(lab.mailbox(MOSS)) == 1

	# Just within the limit, all is done as ever.
	room = 131072 - len(sent.replace(b'\n', b'\r\n')) + len(LONG.replace('\n', '\r\n')) * 4000
	body = 'Dear Carl,\n\n' + LONG * ((room - 1000) // len(LONG.replace('\n', '\r\n'))) + '\nRuth\n'
	code, reply = lab.send(letter('Ruth Ames <%s>' % CLERK, MOSS, 'Nearly', body), CLERK, [MOSS, LOWE], auth=CLERK)
	assert code == 250, reply
	lab.settle()
	assert lab.mailbox_of_subject(MOSS, 'Nearly')[0].raw.count(b'CC councillor Frances Lowe') == 1

	# A thousand recipients are a message like any other.
	many = ['resident%d@post.example' % number for number in range(1000)]
	code, reply = lab.send(letter(CLERK, 'newsletter@marlbrook.example', 'News', 'Spring.\n'), CLERK, many, auth=CLERK)
	assert code == 250, reply
	lab.settle(60)
	assert len([mail for mail in lab.mailbox() if mail.to.startswith('resident')]) == 1000
