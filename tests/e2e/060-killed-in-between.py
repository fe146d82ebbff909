#!/usr/bin/env python3
"""Killed between the commit and the answer: the sender comes back, and the message is held or delivered once, never neither.
SPDX-License-Identifier: GPL-3.0-or-later"""
import os
import subprocess

from lab import HERE, Lab, letter, wait_for

CLERK = 'clerk@marlbrook.example'
KHAN = 'cllr.khan@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
LOWE = 'cllr.lowe@marlbrook.example'
WEBB = 'ivy.webb@post.example'
OAKFIELD = 'contracts@oakfield.example'

CONFIDENTIAL = ('Ruth Ames <%s>' % CLERK, MOSS, 'CONFIDENTIAL: %s', 'In confidence, because it names a member of staff.\n\nRuth Ames\n')
BINDING = ('Cllr Amir Khan <%s>' % KHAN, OAKFIELD, 'Paths %s',
	   'Dear Sirs,\n\nOn behalf of the Council we accept your quotation of 4,200 pounds.\n\nCllr Amir Khan\nTown Mayor\n')
COPY = ('Ruth Ames <%s>' % CLERK, MOSS, 'Fees %s', 'Dear Carl,\n\nThe fees stay.\n\nRuth\n')


def ids(lab):
	return lab.copyhold('queue', 'list').stdout.count('CH-')


def told(lab, sender, subject):
	"""How many notices about it the sender got."""
	return len([mail for mail in lab.mailbox(sender) if b'Auto-Submitted: auto-generated' in mail.raw and subject.encode() in mail.raw])


def killed_at_every_step_it_happens_once(lab):
	lab.write_council()
	lab.start_postfix()
	shim = os.path.join(lab.dir, 'shim.so')
	order = os.path.join(os.path.dirname(lab.milter_socket), 'order')
	subprocess.run(['cc', '-shared', '-fPIC', '-o', shim, os.path.join(HERE, 'kill_shim.c'), '-ldl'], check=True)
	lab.start_gate(LD_PRELOAD=shim, COPYHOLD_SHIM=order)

	rows = (
		# the call, what happens in it, the letter, envelope, who gets a copy in the end, who is held, words in the copy
		('smfi_progress', 'kill', BINDING, KHAN, [OAKFIELD], [], [OAKFIELD], b''),
		('smfi_progress', 'fail', BINDING, KHAN, [OAKFIELD], [], [OAKFIELD], b''),
		('smfi_progress', 'kill', CONFIDENTIAL, CLERK, [MOSS, WEBB], [MOSS], [WEBB], b''),
		('smfi_delrcpt', 'kill', CONFIDENTIAL, CLERK, [MOSS, WEBB], [MOSS], [WEBB], b''),
		('smfi_delrcpt', 'fail', CONFIDENTIAL, CLERK, [MOSS, WEBB], [MOSS], [WEBB], b''),
		('smfi_replacebody', 'kill', COPY, CLERK, [MOSS, LOWE], [MOSS, LOWE], [], b'CC councillor Frances Lowe'),
		('smfi_replacebody', 'fail', COPY, CLERK, [MOSS, LOWE], [MOSS, LOWE], [], b'CC councillor Frances Lowe'),
	)
	for number, (call, deed, form, sender, recipients, copied, held, words) in enumerate(rows):
		subject = form[2] % number
		sent = letter(form[0], form[1], subject, form[3], cc=WEBB if WEBB in recipients else None)
		before, child = ids(lab), lab.gate_child()
		with open(order, 'w') as out:
			out.write('%s %s\n' % (call, deed))
		os.chown(order, lab.owner.pw_uid, -1)
		code, reply = lab.send(sent, sender, recipients, auth=sender)
		assert code == 451, (call, deed, code, reply)
		assert not os.path.exists(order), (call, 'was never called')
		lab.settle()
		for address in recipients:
			assert lab.mailbox_of_subject(address, subject) == [], (call, deed, address)
		if deed == 'kill':
			wait_for('another gate', lambda: lab.gate_child() not in (None, child))

		# The sender's mail server tries again, and once more because it lost our answer.
		code, reply = lab.send(sent, sender, recipients, auth=sender)
		assert code == 250, (call, deed, reply)
		lab.settle()
		for address in recipients:
			copies = lab.mailbox_of_subject(address, subject)
			assert len(copies) == (1 if address in copied else 0), (call, deed, address, len(copies))
			assert all(copy.raw.count(words) == 1 for copy in copies if words), (call, deed)
		assert ids(lab) == before + (1 if held else 0), (call, deed, lab.copyhold('queue', 'list').stdout)
		# One notice, however often it came. Of marked mail a notice gives no subject.
		if form is not CONFIDENTIAL:
			wait_for('the notice about ' + subject, lambda: told(lab, sender, subject), 30)
		if held and not copied:
			assert lab.send(sent, sender, recipients, auth=sender)[0] == 250
			assert ids(lab) == before + 1, (call, deed, 'held twice')
	lab.settle()
	for number, row in enumerate(rows):
		assert row[2] is CONFIDENTIAL or told(lab, row[3], row[2][2] % number) == 1, row
	lab.copyhold('journal', 'verify')


with Lab() as lab:
	killed_at_every_step_it_happens_once(lab)
