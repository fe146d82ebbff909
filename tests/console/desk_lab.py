"""A whole council for the browser tests: Postfix, gate, desk and console of one Marlbrook, told what to do by JSON lines.

Each line in is {"n":NUMBER,"do":NAME, ...arguments}; each line out {"n":NUMBER,"value":...} or {"n":NUMBER,"error":TEXT}. Lines are
served side by side. When the lines end, everything is stopped and the folder removed, as tests/e2e/lab.py does it.
SPDX-License-Identifier: GPL-3.0-or-later"""
import base64
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, '..', 'e2e')]
from lab import BUILD, Lab, free_port, wait_for  # noqa: E402
from relay import Relay  # noqa: E402


class DeskLab(Lab):
	"""The lab with the clerk's desk and the console on top."""

	def __init__(self):
		super().__init__()
		self.desk = self.console = None
		self.desk_socket = os.path.join(self.dir, 'run', 'desk.sock')
		os.mkdir(os.path.dirname(self.desk_socket))
		os.chown(os.path.dirname(self.desk_socket), self.owner.pw_uid, self.owner.pw_gid)
		self.console_port = free_port()
		self.address = 'http://127.0.0.1:%d' % self.console_port
		self.service_log = os.path.join(self.dir, 'services.log')
		self.shim = None
		self.clock = os.path.join(self.dir, 'ahead')
		self.relay = None
		self.locked = None

	def take_programs(self):
		super().take_programs()
		for name in ('copyhold-desk', 'copyhold-console'):
			shutil.copy(os.path.join(BUILD, name), self.bin)

	# ---- settings

	def set_keys(self, **values):
		"""Sets top-level keys of copyhold.conf, whether the sample has them, has them as a comment, or not at all."""
		with open(self.conf) as conf:
			text = conf.read()
		for key, value in values.items():
			line = '%s = %s;' % (key, value)
			text, count = re.subn(r'(?ms)^%s = (\{.*?\}|\(.*?\)|[^;{(]*);' % key, lambda _: line, text, count=1)
			if count == 0:
				text += '\n%s\n' % line
		with open(self.conf, 'w') as conf:
			conf.write(text)

	def write_council(self, folder=None):
		super().write_council(folder)
		self.set_keys(desk='{ socket = "%s"; }' % self.desk_socket,
			      console='{ listen = "127.0.0.1:%d"; address = "%s"; }' % (self.console_port, self.address))

	def raise_council(self, mail=True, settings=None):
		"""Everything up: with `mail` Postfix and the gate too, else only what needs no mail flow."""
		self.write_council()
		door = os.path.join(self.dir, 'release.sock')
		self.set_keys(release='{ socket = "%s"; timeout = 4; }' % door, **(settings or {}))
		self.relay = Relay(door, self.release_socket)
		os.chmod(door, 0o666)
		self.shim = os.path.join(self.dir, 'clock_shim.so')
		subprocess.run(['cc', '-shared', '-fPIC', '-o', self.shim, os.path.join(HERE, 'clock_shim.c'), '-ldl'], check=True)
		self.set_clock(0)
		if mail:
			self.start_postfix()
			self.start_gate()
		self.start_desk()
		self.start_console()

	def add_account(self, login, address, role, password):
		words = ['user', 'add', '--address', address, '--role', role, '--password-fd', '0', login]
		run = self.copyhold_with(words, password + '\n')
		assert run.returncode == 0, (words, run.stdout, run.stderr)

	# ---- programs

	def start_service(self, name, **environment):
		log = open(self.service_log, 'a')
		process = subprocess.Popen([os.path.join(self.bin, name), '-c', self.conf], stdout=log, stderr=log, cwd=self.dir,
					   env=self.environment(**environment), user=self.owner.pw_uid, group=self.owner.pw_gid, extra_groups=self.groups)
		log.close()
		with open(os.path.join(self.dir, 'pids'), 'a') as pids:
			print(process.pid, file=pids)
		return process

	def stop_service(self, process):
		if process is not None and process.poll() is None:
			process.send_signal(signal.SIGTERM)
			try:
				process.wait(15)
			except subprocess.TimeoutExpired:
				process.kill()
				process.wait()

	def start_desk(self):
		clock = {'LD_PRELOAD': self.shim, 'CLOCK_SHIM': self.clock} if self.shim else {}
		self.desk = self.start_service('copyhold-desk', **clock)
		ready = 'copyhold-desk[%d]: ready\n' % self.desk.pid # its socket is there before anybody listens
		wait_for('copyhold-desk to be ready', lambda: self.desk.poll() is not None or ready in self.services_said())
		assert self.desk.poll() is None, 'copyhold-desk ended with %s' % self.desk.poll()

	def services_said(self):
		with open(self.service_log, errors='replace') as log:
			return log.read()

	def set_clock(self, ahead):
		"""The desk's clock is so many seconds ahead from now on."""
		with open(self.clock, 'w') as clock:
			print(ahead, file=clock)
		os.chmod(self.clock, 0o644)

	def stop_desk(self):
		self.stop_service(self.desk)
		self.desk = None

	def start_console(self):
		self.console = self.start_service('copyhold-console')
		wait_for('copyhold-console to listen', lambda: self.console.poll() is not None or self.answers(self.console_port))
		assert self.console.poll() is None, 'copyhold-console ended with %s' % self.console.poll()

	def stop_console(self):
		self.stop_service(self.console)
		self.console = None

	def close(self):
		self.stop_console()
		self.stop_desk()
		super().close()

	def tell_logs(self):
		super().tell_logs()
		if os.path.exists(self.service_log):
			with open(self.service_log, errors='replace') as log:
				sys.stderr.write('--- end of services.log\n%s' % ''.join(log.readlines()[-40:]))

	# ---- the store from outside

	def database(self):
		return sqlite3.connect(os.path.join(self.store, 'store.db'), timeout=20, isolation_level=None, check_same_thread=False)

	def seed(self, letters):
		"""Judges letters as of their own times into the store, as `copyhold check --batch` does; gives the judgements."""
		folder = os.path.join(self.dir, 'seed.%s' % os.urandom(4).hex())
		os.mkdir(folder)
		with open(os.path.join(folder, 'cases.jsonl'), 'w') as cases:
			for number, row in enumerate(letters):
				with open(os.path.join(folder, '%d.eml' % number), 'wb') as message:
					message.write(base64.b64decode(row['raw']))
				envelope = {'from': row['from'], 'rcpt': row['rcpt'], 'auth': row.get('auth'), 'client': row.get('client')}
				print(json.dumps({'id': 's%d' % number, 'message': '%d.eml' % number, 'at': row['at'], 'envelope': envelope}), file=cases)
		os.chmod(folder, 0o755)
		run = self.copyhold('check', '--json', '--batch', os.path.join(folder, 'cases.jsonl'), '--state', self.store)
		return [json.loads(line) for line in run.stdout.splitlines()]

	def copyhold_with(self, words, stdin):
		"""The command line as the daemon's user, with something to read."""
		return subprocess.run([os.path.join(self.bin, 'copyhold'), '-c', self.conf, *words], input=stdin, capture_output=True, text=True,
				      env=self.environment(), user=self.owner.pw_uid, group=self.owner.pw_gid, extra_groups=self.groups, cwd=self.dir)

	def multiply(self, reference, count):
		"""Copies one held message `count` times, under numbers of their own: as many rows as years of neglect would leave."""
		with self.database() as base:
			for table, column in (('message', 'id'), ('raw', 'message'), ('recipient', 'message'), ('finding', 'message')):
				columns = [row[1] for row in base.execute('PRAGMA table_info(%s)' % table)]
				taken = ["?1 || printf('X%05d', n)" if name == column else
					 "content_key || n" if name == 'content_key' else
					 "at + n" if name == 'at' and table == 'message' else name for name in columns]
				base.execute('WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?2) '
					     'INSERT INTO %s (%s) SELECT %s FROM number, %s WHERE %s = ?1'
					     % (table, ', '.join(columns), ', '.join(taken), table, column), (reference, count))
		return count


class Door:
	"""The lab behind JSON lines. A public method is a command; its arguments are the line's keys."""

	def __init__(self, lab):
		self._lab = lab
		self._kept = None

	def send(self, raw, sender, rcpt, auth=None, client=None):
		return self._lab.send(base64.b64decode(raw), sender, rcpt, auth, client)

	def settle(self):
		self._lab.settle()

	def seed(self, letters):
		return self._lab.seed(letters)

	def multiply(self, reference, count):
		return self._lab.multiply(reference, count)

	def mailbox(self, address=None):
		return [{'to': mail.to, 'raw': base64.b64encode(mail.raw).decode()} for mail in self._lab.mailbox(address)]

	def copyhold(self, words, stdin=None):
		run = self._lab.copyhold_with(words, stdin)
		return {'code': run.returncode, 'stdout': run.stdout, 'stderr': run.stderr}

	def release(self, says):
		self._lab.relay.says = says

	def rows(self, sql, values=()):
		with self._lab.database() as base:
			return [[words.decode(errors='replace') if isinstance(words, bytes) else words for words in row] for row in base.execute(sql, values)]

	def lock(self):
		self._lab.locked = self._lab.database()
		self._lab.locked.execute('BEGIN EXCLUSIVE')

	def unlock(self):
		self._lab.locked.rollback()
		self._lab.locked.close()

	def service(self, name, running):
		getattr(self._lab, ('start_' if running else 'stop_') + name)()

	def hang_up(self, name):
		getattr(self._lab, name).send_signal(signal.SIGHUP)

	def spoil(self, name):
		with open(os.path.join(self._lab.council, name)) as file:
			self._kept = file.read()
		with open(os.path.join(self._lab.council, name), 'a') as file:
			file.write('"no row of this kind\n')

	def mend(self, name):
		with open(os.path.join(self._lab.council, name), 'w') as file:
			file.write(self._kept)

	def clock(self, ahead):
		self._lab.set_clock(ahead)

	def log(self):
		return self._lab.services_said()


def serve(door, lines, out):
	lock = threading.Lock()

	def answer(line):
		words = json.loads(line)
		number, name = words.pop('n'), words.pop('do')
		try:
			reply = {'n': number, 'value': getattr(door, name)(**words)}
		except Exception:  # whatever it is, the one who asked is told
			reply = {'n': number, 'error': traceback.format_exc()}
		with lock:
			print(json.dumps(reply), file=out, flush=True)

	threads = []
	for line in lines:
		threads.append(threading.Thread(target=answer, args=(line,), daemon=True))
		threads[-1].start()
	return threads


def main():
	options = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}
	with DeskLab() as lab:
		lab.raise_council(**options)
		print(json.dumps({'n': 0, 'value': {'address': lab.address, 'dir': lab.dir}}), flush=True)
		for thread in serve(Door(lab), sys.stdin, sys.stdout):
			thread.join(30)


if __name__ == '__main__':
	main()
