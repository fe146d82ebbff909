#!/usr/bin/env python3
"""Readers and their nursery are killed, stopped and starved under load: every message is judged and arrives once, those that were hit are
reported as unreadable, what their headers say is judged all the same, and nothing stays behind.
SPDX-License-Identifier: GPL-3.0-or-later"""
import os
import random
import signal
import subprocess
import threading
import time

from lab import Lab, letter, wait_for

CLERK = 'clerk@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
LOWE = 'cllr.lowe@marlbrook.example'
WEBB = 'ivy.webb@post.example'
LINE = b'CC councillor Frances Lowe'
LONG = ''.join('The %d fees stay as they are for the time being, and so do the dues.\n' % n for n in range(4000))
ONLY_HEADERS = 'only its headers were read'


def children(pid):
	try:
		with open('/proc/%d/stat' % pid) as stat:
			if stat.read().rpartition(')')[2].split()[0] == 'Z':
				return []
		threads = os.listdir('/proc/%d/task' % pid)
		found = [open('/proc/%d/task/%s/children' % (pid, thread)).read().split() for thread in threads]
	except OSError:
		return []
	return [int(child) for list_ in found for child in list_]


def is_alive(pid):
	try:
		with open('/proc/%d/stat' % pid) as stat:
			return stat.read().rpartition(')')[2].split()[0] != 'Z'
	except OSError:
		return False


def nursery(lab):
	found = children(lab.gate_child() or 0)
	return found[0] if found else None


def workers(lab):
	return [pid for pid in children(nursery(lab) or 0) if is_alive(pid)]


def readers_left(lab):
	"""Processes of the lab's copyhold-reader, whoever their parent is."""
	left = []
	for name in filter(str.isdigit, os.listdir('/proc')):
		try:
			if os.readlink('/proc/%s/exe' % name).startswith(os.path.join(lab.bin, 'copyhold-reader')) and is_alive(int(name)):
				left.append(int(name))
		except OSError:
			pass
	return left


def nurseries(lab):
	pid = nursery(lab)
	return [pid] if pid else []


def signal_one(lab, which, number):
	"""To one of the processes that `which` finds; never to 0, which would be the group that this test belongs to."""
	pids = which(lab)
	assert all(pid > 1 for pid in pids), pids
	try:
		if pids:
			os.kill(random.choice(pids), number)
	except ProcessLookupError:
		pass


def end_workers(lab):
	"""So that what was done to those of before hits nobody any more."""
	for pid in workers(lab):
		try:
			os.kill(pid, signal.SIGKILL)
		except ProcessLookupError:
			pass


def write_conf(lab, before, after):
	with open(lab.conf) as conf:
		text = conf.read()
	assert before in text
	with open(lab.conf, 'w') as conf:
		conf.write(text.replace(before, after))


def reload(lab):
	seen = logged(lab, 'new configuration in force')
	lab.gate.send_signal(signal.SIGHUP)
	wait_for('the reload', lambda: logged(lab, 'new configuration in force') > seen, 40)


def starving_program(lab):
	"""A reader that gets hardly more memory than it has at its start."""
	with open('/proc/%d/status' % nursery(lab)) as status:
		kilobytes = [int(line.split()[1]) for line in status if line.startswith('VmPeak:')][0]
	path = os.path.join(lab.bin, 'starving')
	with open(path, 'w') as script:
		script.write('#!/bin/sh\nulimit -v %d\nexec %s "$@"\n' % (kilobytes + 2048, os.path.join(lab.bin, 'copyhold-reader')))
	os.chmod(path, 0o755)
	return path


def logged(lab, words):
	return lab.log_text().count(words)


def under_load(lab, name, deed, pause, seconds=25, most=40, text=LONG):
	"""Senders send until the deed has hit some messages, or time is up; gives how many were hit. Every one is accounted for."""
	before, codes, subjects = logged(lab, ONLY_HEADERS), [], []
	end = time.monotonic() + seconds
	lock = threading.Lock()

	def send():
		for number in range(most):
			if time.monotonic() > end or (number > 4 and logged(lab, ONLY_HEADERS) >= before + 3):
				return
			with lock:
				subject = '%s %d' % (name, len(subjects))
				subjects.append(subject)
			code, _ = lab.send(letter(CLERK, MOSS, subject, 'Dear Carl,\n\n' + text + '\nRuth\n'), CLERK, [MOSS, LOWE], auth=CLERK)
			codes.append(code)

	senders = [threading.Thread(target=send) for _ in range(4)]
	for sender in senders:
		sender.start()
	while any(sender.is_alive() for sender in senders):
		deed(lab)
		time.sleep(pause)
	assert codes == [250] * len(subjects), codes
	lab.settle(60)
	hit = logged(lab, ONLY_HEADERS) - before
	for address in (MOSS, LOWE):
		box = lab.mailbox(address)
		copies = {subject: [mail for mail in box if ('\nSubject: %s\n' % subject).encode() in mail.raw] for subject in subjects}
		assert all(len(found) == 1 for found in copies.values()), (name, address, {key: len(value) for key, value in copies.items()})
		without = [subject for subject, found in copies.items() if LINE not in found[0].raw]
		assert len(without) == hit, (name, address, hit, without)
	return hit


def reasons(lab):
	return [line.split(ONLY_HEADERS + ': ')[1] for line in lab.log_text().splitlines() if ONLY_HEADERS in line]


with Lab() as lab:
	lab.write_council()
	write_conf(lab, 'seconds = 10;', 'seconds = 3;')
	lab.start_postfix()
	lab.start_gate()
	gate, supervisor = lab.gate_child(), lab.gate.pid
	wait_for('workers', lambda: len(workers(lab)) >= 1)

	assert under_load(lab, 'killed', lambda lab: signal_one(lab, workers, signal.SIGKILL), 0.05) > 0
	assert 'the reader stopped on it' in reasons(lab), reasons(lab)
	assert under_load(lab, 'stopped', lambda lab: signal_one(lab, workers, signal.SIGSTOP), 0.3) > 0
	assert 'the reader took longer than 3 s' in reasons(lab), reasons(lab)
	end_workers(lab)
	wait_for('fresh workers', lambda: workers(lab))
	write_conf(lab, 'reader = { //', 'reader = { program = "%s"; //' % starving_program(lab))
	reload(lab)
	assert under_load(lab, 'starved', lambda lab: None, 0.1, most=1, text=LONG * 80) > 0
	assert 'the reader needed more memory than allowed' in reasons(lab), reasons(lab)

	# A nursery that dies or hangs costs no message anything: what was being read is read again.
	write_conf(lab, 'program = "%s/starving"; //' % lab.bin, '//')
	reload(lab)
	wait_for('the old readers to end', lambda: len(children(lab.gate_child())) == 1)
	first = nursery(lab)
	assert under_load(lab, 'nursery killed', lambda lab: signal_one(lab, nurseries, signal.SIGKILL), 1.5, 8) == 0
	under_load(lab, 'nursery stopped', lambda lab: signal_one(lab, nurseries, signal.SIGSTOP), 7, 16)
	wait_for('another nursery', lambda: nursery(lab) not in (None, first) and workers(lab), 30)
	assert lab.logged('another one is started')
	assert (lab.gate_child(), lab.gate.pid) == (gate, supervisor), 'the gate itself has died'

	# What the headers say holds, whatever becomes of the text; the message is reported.
	stop = threading.Event()

	def stop_all():
		while not stop.is_set():
			for pid in workers(lab):
				os.kill(pid, signal.SIGKILL) if is_alive(pid) else None
			time.sleep(0.002)

	killer = threading.Thread(target=stop_all)
	for attempt in range(20):
		seen = logged(lab, ONLY_HEADERS)
		if not killer.is_alive() and attempt == 0:
			killer.start()
		subject = 'CONFIDENTIAL: staffing %d' % attempt
		code, reply = lab.send(letter(CLERK, MOSS, subject, LONG, cc=WEBB), CLERK, [MOSS, WEBB], auth=CLERK)
		assert code in (250, 451), (code, reply)
		if logged(lab, ONLY_HEADERS) > seen:
			break
	stop.set()
	killer.join()
	assert code == 250 and logged(lab, ONLY_HEADERS) > seen
	lab.settle()
	assert lab.mailbox_of_subject(WEBB, subject) == [] and len(lab.mailbox_of_subject(MOSS, subject)) == 1
	held = [line for line in lab.log_text().splitlines() if 'outcome hold' in line][-1]
	assert 'confidential-third-party' in held and 'unreadable' in held, held

	# Nobody to read it: the sender tries again, and nothing passes unread.
	program = os.path.join(lab.bin, 'copyhold-reader')
	os.rename(program, program + '.away')
	for pid in readers_left(lab):
		os.kill(pid, signal.SIGKILL)
	code, reply = lab.send(letter(CLERK, MOSS, 'nobody', 'x\n'), CLERK, [MOSS], auth=CLERK)
	assert code == 451, (code, reply)
	assert lab.logged('nobody to read it')
	os.rename(program + '.away', program)
	wait_for('readers again', lambda: lab.logged('messages can be read again'), 20)
	code, reply = lab.send(letter(CLERK, MOSS, 'again', 'x\n'), CLERK, [MOSS], auth=CLERK)
	assert code == 250, (code, reply)

	# A reload has readers of its own, and the old ones end.
	before = nursery(lab)
	reload(lab)
	wait_for('the old readers to end', lambda: not is_alive(before))
	assert len([pid for pid in readers_left(lab) if pid == nursery(lab)]) == 1

	# Told to end, or killed, gate and all: no reader is left.
	lab.stop_gate()
	wait_for('the readers to end', lambda: not readers_left(lab))
	lab.start_gate()
	assert readers_left(lab)
	os.kill(lab.gate_child(), signal.SIGKILL)
	lab.gate.kill()
	lab.gate.wait()
	wait_for('the readers to end', lambda: not readers_left(lab))

	# The command line reads the same way, and leaves nothing either.
	path = os.path.join(lab.council, 'letter.eml')
	with open(path, 'wb') as out:
		out.write(letter(CLERK, MOSS, 'Fees', 'The fees stay.\n'))
	assert '"unreadable":[]' in lab.copyhold('check', '--json', path).stdout
	broken = os.path.join(lab.dir, 'broken')
	with open(broken, 'w') as script:
		script.write('#!/bin/sh\nexit 1\n')
	os.chmod(broken, 0o755)
	write_conf(lab, 'reader = { //', 'reader = { program = "%s"; //' % broken)
	run = lab.copyhold('check', '--json', path, check=False)
	assert run.returncode == 69 and 'copyhold-reader does not answer' in run.stderr, (run.returncode, run.stderr)
	assert subprocess.run([program, '--self-test'], capture_output=True).returncode == 0
	wait_for('the readers to end', lambda: not readers_left(lab))
