#!/usr/bin/env python3
"""Messages beyond the limits: what we cannot hold whole is never held, nor changed, nor lost; what must not pass waits.
SPDX-License-Identifier: GPL-3.0-or-later"""
from lab import Lab, letter

CLERK = 'clerk@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
LOWE = 'cllr.lowe@marlbrook.example'
WEBB = 'ivy.webb@post.example'
LONG = 'word ' * 12 + '\n'

with Lab() as lab:
	lab.write_council()
	with open(lab.conf) as conf:
		text = conf.read()
	assert 'message = 67108864; in_flight = 536870912;' in text
	with open(lab.conf, 'w') as conf:
		conf.write(text.replace('message = 67108864; in_flight = 536870912;', 'message = 131072; in_flight = 1048576;'))
	lab.start_postfix()
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
	assert '1 could not be read in full' in ' '.join(lab.copyhold('report').stdout.split())
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
