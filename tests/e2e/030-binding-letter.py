#!/usr/bin/env python3
"""A letter that binds the Council in a councillor's name is held whole; the same letter from the Clerk passes.
SPDX-License-Identifier: GPL-3.0-or-later"""
from lab import Lab, letter

CLERK = 'clerk@marlbrook.example'
KHAN = 'cllr.khan@marlbrook.example'
OAKFIELD = 'contracts@oakfield.example'
MINISTER = 'correspondence@communities.example'

ACCEPT = '''Dear Sirs,

On behalf of Marlbrook Town Council we accept your quotation of 4,200 pounds. Please proceed.

%s
'''

with Lab() as lab:
	lab.write_council()
	lab.start_postfix()
	lab.start_gate()

	letter_of_khan = letter('Cllr Amir Khan <%s>' % KHAN, OAKFIELD, 'Paths', ACCEPT % 'Cllr Amir Khan\nTown Mayor', cc=CLERK)
	code, reply = lab.send(letter_of_khan, KHAN, [OAKFIELD, CLERK], auth=KHAN)
	assert code == 250, reply
	lab.settle()
	assert lab.mailbox_of_subject(OAKFIELD, 'Paths') == []
	assert lab.mailbox_of_subject(CLERK, 'Paths') == []
	shown = lab.copyhold('queue', 'list').stdout
	assert OAKFIELD in shown and CLERK in shown, shown

	sent = letter('Ruth Ames <%s>' % CLERK, OAKFIELD, 'Paths agreed', ACCEPT % 'Ruth Ames\nTown Clerk')
	code, reply = lab.send(sent, CLERK, [OAKFIELD], auth=CLERK)
	assert code == 250, reply

	# The chair writes to a minister, which the protocol allows.
	sent_too = letter('Cllr Amir Khan <%s>' % KHAN, MINISTER, 'Rural buses',
			  'Dear Minister,\n\nOn behalf of Marlbrook Town Council I ask you to look again at the bus grant.\n\n'
			  'Cllr Amir Khan\nTown Mayor and Chair of the Council\n')
	code, reply = lab.send(sent_too, KHAN, [MINISTER], auth=KHAN)
	assert code == 250, reply
	lab.settle()
	assert [mail.without_received() for mail in lab.mailbox(OAKFIELD)] == [sent]
	assert [mail.without_received() for mail in lab.mailbox(MINISTER)] == [sent_too]
