#!/usr/bin/env python3
"""A store that cannot be written costs nobody a message: the sender is asked to come back, and nothing half done stays.
SPDX-License-Identifier: GPL-3.0-or-later"""
import os
import sqlite3
import subprocess

from lab import Lab, letter

CLERK = 'clerk@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
WEBB = 'ivy.webb@post.example'

ORDINARY = letter(WEBB, CLERK, 'Steps', 'Thank you.\n')


def marked(subject):
	return letter('Ruth Ames <%s>' % CLERK, MOSS, subject, 'In confidence, because it names a member of staff.\n\nRuth Ames\n', cc=WEBB)


def mount_small(path):
	return subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=600k,mode=0700,uid=%d' % os.stat(path).st_uid, 'tmpfs', path],
			      stderr=subprocess.DEVNULL).returncode == 0


def a_store_somebody_else_locks(lab):
	other = sqlite3.connect(os.path.join(lab.store, 'store.db'), isolation_level=None)
	other.execute('BEGIN IMMEDIATE')
	sent = marked('CONFIDENTIAL: one')
	code, reply = lab.send(sent, CLERK, [MOSS, WEBB], auth=CLERK)
	assert code == 451, (code, reply)
	assert 'copyhold' not in reply.lower() and 'sqlite' not in reply.lower(), reply
	code, reply = lab.send(ORDINARY, WEBB, [CLERK])
	assert code == 250, reply  # nothing to record, so the store is not needed
	other.execute('ROLLBACK')
	other.close()
	lab.settle()
	assert lab.mailbox(MOSS) == [] and lab.mailbox(WEBB) == []
	assert lab.copyhold('queue', 'list').stdout.count('CH-') == 0
	refused = [line for line in lab.log_text().splitlines() if 'not taken' in line]
	assert len(refused) == 1, refused

	code, reply = lab.send(sent, CLERK, [MOSS, WEBB], auth=CLERK)
	assert code == 250, reply
	lab.settle()
	assert len(lab.mailbox(MOSS)) == 1 and lab.mailbox(WEBB) == []
	assert lab.copyhold('queue', 'list').stdout.count('CH-') == 1
	lab.stop_gate()


def a_store_that_is_not_ours(lab):
	"""No start, and one line that says so."""
	os.chown(lab.store, 0, 0)
	gate = lab.start_gate(wait=False)
	assert gate.wait(10) in (75, 78), gate.returncode
	assert lab.store in lab.log_text().splitlines()[-1], lab.log_text().splitlines()[-1]
	os.chown(lab.store, lab.owner.pw_uid, lab.owner.pw_gid)
	code, reply = lab.send(marked('CONFIDENTIAL: down'), CLERK, [MOSS, WEBB], auth=None)
	assert code // 100 == 4, (code, reply)  # the gate is down: mail waits


def a_full_disk(lab):
	small = os.path.join(lab.council, 'small')
	os.mkdir(small, 0o700)
	os.chown(small, lab.owner.pw_uid, lab.owner.pw_gid)
	if mount_small(small):
		try:
			lab.store = small
			with open(lab.conf) as conf:
				text = conf.read()
			with open(lab.conf, 'w') as conf:
				conf.write(text.replace('store = "state"', 'store = "small"'))
			lab.start_gate()
			long = marked('CONFIDENTIAL: long').replace(b'staff.', b'staff.\n' + b'word ' * 190 + b'\n' + (b'word ' * 19 + b'\n') * 20000)
			code, reply = lab.send(long, CLERK, [MOSS, WEBB], auth=CLERK)
			assert code == 451, (code, reply)
			told = [line for line in lab.log_text().splitlines() if 'not taken' in line]
			assert len(told) == 1 and 'full' in told[0], told  # loud, and says why
			lab.settle()
			assert len(lab.mailbox(MOSS)) == 1 and lab.mailbox(WEBB) == []
			assert lab.copyhold('queue', 'list').stdout.count('CH-') == 0
			code, reply = lab.send(ORDINARY, WEBB, [CLERK])
			assert code == 250, reply
			lab.stop_gate()
		finally:
			subprocess.run(['umount', '-l', small], check=True)


with Lab() as lab:
	lab.write_council()
	lab.start_postfix()
	lab.start_gate()
	a_store_somebody_else_locks(lab)
	a_store_that_is_not_ours(lab)
	a_full_disk(lab)
