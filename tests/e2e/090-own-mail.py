#!/usr/bin/env python3
"""Copyhold's own way past the gate is open to Copyhold alone; the report goes by it; and many letters at once lose nothing.
SPDX-License-Identifier: GPL-3.0-or-later"""
import email
import email.policy
import os
import re
import socket
import subprocess
import threading

from lab import Lab, letter, wait_for

CLERK = 'clerk@marlbrook.example'
KHAN = 'cllr.khan@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
LOWE = 'cllr.lowe@marlbrook.example'
OAKFIELD = 'contracts@oakfield.example'


def may_connect(lab, groups):
	"""Whether a process of the daemon's user, in these groups, can open the release service's socket."""
	pid = os.fork()
	if pid == 0:
		try:
			os.setgroups(groups)
			os.setgid(lab.owner.pw_gid)
			os.setuid(lab.owner.pw_uid)
			socket.socket(socket.AF_UNIX).connect(lab.release_socket)
			os._exit(0)
		except PermissionError:
			os._exit(1)
		finally:
			os._exit(2)
	status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
	assert status in (0, 1), status
	return status == 0


def send_some(lab, worker, answers):
	for number in range(6):
		name = '%d-%d' % (worker, number)
		letters = (
			(letter(CLERK, MOSS, 'Fees %s' % name, 'Dear Carl,\n\nNumber %s.\n\nRuth\n' % name), CLERK, [MOSS, LOWE]),
			(letter(KHAN, OAKFIELD, 'Paths %s' % name, 'Dear Sirs,\n\nOn behalf of the Council we accept your quotation '
				'%s of 4,200 pounds.\n\nCllr Amir Khan\nTown Mayor\n' % name), KHAN, [OAKFIELD]),
		)
		for sent, sender, recipients in letters:
			answers.append(lab.send(sent, sender, recipients, auth=sender))


with Lab() as lab:
	lab.write_council()
	lab.start_postfix()
	lab.start_gate()

	assert may_connect(lab, lab.groups)
	assert not may_connect(lab, [])

	# The lines of contrib/postfix are what the doctor asks for; it notices when one goes astray.
	lab.copyhold('doctor')
	subprocess.run(['postconf', '-c', lab.postfix + '/etc', '-e', 'milter_default_action=accept'], check=True)
	run = lab.copyhold('doctor', check=False)
	assert run.returncode == 1 and 'milter_default_action' in run.stdout, (run.returncode, run.stdout)
	subprocess.run(['postconf', '-c', lab.postfix + '/etc', '-e', 'milter_default_action=tempfail'], check=True)

	answers = []
	workers = [threading.Thread(target=send_some, args=(lab, worker, answers)) for worker in range(8)]
	for worker in workers:
		worker.start()
	for worker in workers:
		worker.join()
	assert [code for code, _ in answers] == [250] * 96, answers
	lab.settle(60)
	fees = [mail for mail in lab.mailbox(MOSS) if b'\nSubject: Fees' in mail.raw]
	assert len(fees) == 48 and all(mail.raw.count(b'CC councillor Frances Lowe') == 1 for mail in fees), len(fees)
	assert lab.mailbox(OAKFIELD) == []
	ids = set(re.findall(r'CH-[0-9]{8}-[A-Z0-9]+', lab.copyhold('queue', 'list').stdout))
	assert len(ids) == 48, len(ids)
	lab.copyhold('journal', 'verify')

	# The clerk's report, as the timer sends it.
	lab.copyhold('report', '--mail')
	report = wait_for('the report', lambda: [mail for mail in lab.mailbox(CLERK) if b'text/html' in mail.raw])[0]
	message = email.message_from_bytes(report.raw, policy=email.policy.default)
	assert message['Auto-Submitted'] == 'auto-generated'
	assert b'Return-Path: <>' in report.trace
	plain = message.get_body(('plain',)).get_content()
	assert 'obligation-by-councillor' in plain and min(ids) in plain
