#!/usr/bin/env python3
"""The gate is replaced when it dies, refuses a bad configuration, takes a good one, and finishes its message when told to stop.
SPDX-License-Identifier: GPL-3.0-or-later"""
import os
import signal
import subprocess
import time

from lab import Lab, free_port, letter, wait_for

CLERK = 'clerk@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
LOWE = 'cllr.lowe@marlbrook.example'
LINE = b'CC councillor Frances Lowe'


def copied(lab, subject):
	"""Sends a letter with a hidden councillor and gives the visible copy."""
	code, reply = lab.send(letter(CLERK, MOSS, subject, 'Dear Carl,\n\nThe fees stay.\n\nRuth\n'), CLERK, [MOSS, LOWE], auth=CLERK)
	assert code == 250, reply
	lab.settle()
	return lab.mailbox_of_subject(MOSS, subject)[0].raw


def rewrite(lab, before, after):
	with open(lab.conf) as conf:
		text = conf.read()
	assert before in text
	with open(lab.conf, 'w') as conf:
		conf.write(text.replace(before, after))


def milter(lab, *words, **more):
	return subprocess.run([os.path.join(lab.bin, 'copyhold-milter'), *words], capture_output=True, text=True, env=lab.environment(),
			      timeout=20, **more)


def uid_of(pid):
	with open('/proc/%d/status' % pid) as status:
		return [line.split()[1:] for line in status if line.startswith('Uid:')][0]


def is_position_independent(path):
	with open(path, 'rb') as program:
		return program.read(18)[16:] == b'\x03\x00'  # ET_DYN


def bad_people_leave_the_last_good_ones(lab, people):
	"""The log names the line; who examines the file hears that, too."""
	with open(people, 'rb') as stream:
		good_people = stream.read()
	for bad, why in ((good_people.replace(b',councillor,', b',concillor,', 1), 'people.csv:2: column "role": unknown role "concillor"'),
			 (b'', 'people.csv:1: the file is empty'), (good_people[:700], 'people.csv:')):
		with open(people, 'wb') as stream:
			stream.write(bad)
		told = lab.log_text().count('the configuration in force stays')
		lab.gate.send_signal(signal.SIGHUP)
		wait_for('a complaint about the people', lambda: lab.log_text().count('the configuration in force stays') == told + 1)
		assert why in [line for line in lab.log_text().splitlines() if 'in force stays' in line][-1], why
		run = milter(lab, '-t', '-c', lab.conf)
		assert run.returncode == 78 and why in run.stderr, (run.returncode, run.stderr)
	assert LINE in copied(lab, 'after bad people')
	with open(people, 'wb') as stream:
		stream.write(good_people)


def a_start_with_bad_people_has_the_last_good_ones(lab, people):
	"""And says so; with none, there is no start."""
	with open(people, 'rb') as stream:
		good_people = stream.read()
	with open(people, 'wb') as stream:
		stream.write(good_people.replace(b',councillor,', b',concillor,', 1))
	why = 'people.csv:2: column "role": unknown role "concillor"'
	kept = os.path.join(lab.store, 'people.csv.kept')
	made = os.stat(kept)
	assert made.st_mode & 0o777 == 0o600 and made.st_uid == lab.owner.pw_uid, made
	lab.start_gate()
	told = [line for line in lab.log_text().splitlines() if 'is in force instead' in line]
	assert told and why in told[-1] and kept in told[-1], told
	assert LINE in copied(lab, 'with the people of before')
	os.kill(lab.gate_child(), signal.SIGKILL)
	assert LINE in copied(lab, 'and so after a kill')
	lab.stop_gate()
	os.rename(kept, kept + '.away')
	run = milter(lab, '-c', lab.conf, user=lab.owner.pw_uid, group=lab.owner.pw_gid)
	assert run.returncode == 78 and why in run.stderr and 'nor is an earlier one kept' in run.stderr, (run.returncode, run.stderr)
	os.rename(kept + '.away', kept)
	lab.start_gate()
	with open(people, 'wb') as stream:
		stream.write(good_people)
	lab.gate.send_signal(signal.SIGHUP)
	wait_for('the people as they are', lambda: lab.logged('new configuration in force'))
	lab.stop_gate()


with Lab() as lab:
	lab.write_council()
	assert is_position_independent(os.path.join(lab.bin, 'copyhold-milter'))
	assert milter(lab, '--version').stdout.startswith('copyhold-milter ')
	run = milter(lab, '-t', '-c', lab.conf)
	assert run.returncode == 0, run.stderr
	assert milter(lab, '--no-such-option').returncode == 64
	run = milter(lab, '-c', lab.conf, '--socket', 'inet:8891@0.0.0.0')
	assert run.returncode == 78 and 'loopback only' in run.stderr, run.stderr
	lab.start_postfix()
	lab.start_gate()
	parent, child = lab.gate.pid, lab.gate_child()

	# A second one does not push the first aside.
	run = milter(lab, '-c', lab.conf, '--socket', 'unix:' + lab.milter_socket, user=lab.owner.pw_uid, group=lab.owner.pw_gid)
	assert run.returncode == 69 and 'running already' in run.stderr, (run.returncode, run.stderr)

	# Killed while idle: replaced, and mail that comes meanwhile waits in the socket's queue.
	os.kill(child, signal.SIGKILL)
	assert LINE in copied(lab, 'after a kill')
	assert lab.gate_child() not in (None, child)
	assert lab.gate.pid == parent and lab.gate.poll() is None

	# A bad configuration: refused with file and line and a suggestion, the old one goes on.
	rewrite(lab, 'mode = "enforce"', 'mdoe = "observe"')
	lab.gate.send_signal(signal.SIGHUP)
	wait_for('a complaint', lambda: lab.logged('the configuration in force stays'))
	complaint = [line for line in lab.log_text().splitlines() if 'stays' in line][0]
	assert 'copyhold.conf:' in complaint and 'mdoe' in complaint and '"mode"' in complaint, complaint
	run = milter(lab, '-t', '-c', lab.conf)
	assert run.returncode == 78 and 'copyhold.conf:' in run.stderr, (run.returncode, run.stderr)
	assert LINE in copied(lab, 'after a bad reload')

	rewrite(lab, 'mdoe = "observe"', 'mode = "enforce"')
	people = os.path.join(os.path.dirname(lab.conf), 'people.csv')
	bad_people_leave_the_last_good_ones(lab, people)
	rewrite(lab, 'mode = "enforce"', 'mdoe = "observe"')

	# A good one takes effect without a restart.
	child = lab.gate_child()
	rewrite(lab, 'mdoe = "observe"', 'mode = "observe"')
	lab.gate.send_signal(signal.SIGHUP)
	wait_for('the new configuration', lambda: lab.logged('new configuration in force'))
	assert LINE not in copied(lab, 'after a good reload')
	assert lab.gate_child() == child

	# A policy that fails its own test is refused, with the test's place; one that passes is not.
	rewrite(lab, 'mode = "observe"', 'mode = "enforce"')
	rewrite(lab, 'fires = [ "silent-copy", "copy-footer" ]', 'fires = [ "silent-copy" ]')
	lab.gate.send_signal(signal.SIGHUP)
	wait_for('the failed test', lambda: lab.logged('fails a test of its own'))
	complaint = [line for line in lab.log_text().splitlines() if 'fails a test' in line][0]
	assert 'copyhold.conf:' in complaint and 'rule copy-footer fires' in complaint, complaint
	assert milter(lab, '-t', '-c', lab.conf).returncode == 78
	assert LINE not in copied(lab, 'after a failed test')
	rewrite(lab, 'fires = [ "silent-copy" ]', 'fires = [ "silent-copy", "copy-footer" ]')
	lab.gate.send_signal(signal.SIGHUP)
	wait_for('the policy that passes', lambda: lab.log_text().count('new configuration in force') == 2)
	assert LINE in copied(lab, 'after a passed test')
	rewrite(lab, 'mode = "enforce"', 'mode = "observe"')
	lab.gate.send_signal(signal.SIGHUP)
	wait_for('the old mode', lambda: lab.log_text().count('new configuration in force') == 3)

	# Told to stop in the middle of a message: it is finished; new ones wait with their senders.
	smtp = lab.session(auth=CLERK)
	smtp.mail(CLERK)
	smtp.rcpt(MOSS)
	assert smtp.docmd('DATA')[0] == 354
	text = letter(CLERK, MOSS, 'under way', 'Dear Carl,\n\nThe fees stay.\n\nRuth\n').replace(b'\n', b'\r\n')
	smtp.sock.sendall(text[:100])
	lab.gate.send_signal(signal.SIGTERM)
	wait_for('the socket to go', lambda: not os.path.exists(lab.milter_socket))
	code, reply = lab.send(letter(CLERK, MOSS, 'too late', 'x\n'), CLERK, [MOSS], auth=None)
	assert code // 100 == 4, (code, reply)
	time.sleep(1)
	assert lab.gate.poll() is None
	smtp.sock.sendall(text[100:] + b'.\r\n')
	code, reply = smtp.getreply()
	assert code == 250, reply
	assert lab.gate.wait(15) == 0
	lab.settle()
	assert len(lab.mailbox_of_subject(MOSS, 'under way')) == 1
	assert lab.mailbox_of_subject(MOSS, 'too late') == []
	smtp.close()

	# Killed outright, parent and all, it leaves a socket behind; the next start replaces it.
	rewrite(lab, 'mode = "observe"', 'mode = "enforce"')
	lab.start_gate()
	child = lab.gate_child()
	lab.gate.kill()
	lab.gate.wait()
	wait_for('the orphan to end', lambda: not os.path.exists('/proc/%d' % child) or open('/proc/%d/stat' % child).read().split()[2] == 'Z', 15)
	assert os.path.exists(lab.milter_socket)
	lab.start_gate()
	assert LINE in copied(lab, 'after all were killed')
	lab.stop_gate()

	a_start_with_bad_people_has_the_last_good_ones(lab, people)

	# Started as root it becomes the configured user, socket and all; on loopback it works as well.
	rewrite(lab, '// user =', 'user =')
	lab.start_gate(as_root=True)
	for pid in (lab.gate.pid, lab.gate_child()):
		assert uid_of(pid) == [str(lab.owner.pw_uid)] * 4, uid_of(pid)
	made = os.stat(lab.milter_socket)
	assert made.st_uid == lab.owner.pw_uid and made.st_mode & 0o777 == 0o660, made
	assert LINE in copied(lab, 'as root')
	lab.stop_gate()
	port = free_port()
	lab.start_gate('--socket', 'inet:%d@127.0.0.1' % port)
	subprocess.run(['postconf', '-c', lab.postfix + '/etc', '-e', 'smtpd_milters=inet:127.0.0.1:%d' % port], check=True)
	lab.restart_postfix()
	assert LINE in copied(lab, 'by loopback')
