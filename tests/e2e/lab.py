"""A private mail house on loopback: a Postfix of its own, Copyhold in front of it, and mailboxes to look into.

Everything lives in one temporary directory and on free loopback ports; nothing of the machine's own Postfix is read or
touched. Every address of every domain is delivered into one Maildir and told apart by Delivered-To, so no mail can
leave. People log in by real SMTP AUTH (Postfix asks the small Dovecot-protocol server below). However this process
ends, a janitor behind a pipe stops Postfix and Copyhold and removes the directory. Needs root, as Postfix does.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import base64
import grp
import json
import os
import pwd
import re
import shutil
import signal
import smtplib
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get('COPYHOLD_SOURCE') or os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.abspath(os.environ.get('COPYHOLD_BUILD') or os.getcwd())
PASSWORD = 'correct horse'
DAEMON_USER = 'nobody'  # stands in for the "copyhold" user of a real installation
TRACE = (b'return-path:', b'x-original-to:', b'delivered-to:')

MAIN_CF = '''
compatibility_level = 3.6
config_directory = {postfix}/etc
queue_directory = {postfix}/queue
data_directory = {postfix}/data
maillog_file_prefixes = {postfix}
maillog_file = {postfix}/log
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.lab.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
default_transport = error:nothing leaves this machine
local_transport = error:nothing leaves this machine
virtual_mailbox_domains = static:all
virtual_mailbox_maps = static:all/
virtual_mailbox_base = {postfix}/mail
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_mailbox_limit = 0
message_size_limit = {message_size}
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = login
smtpd_sasl_security_options = noanonymous
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
smtpd_authorized_xclient_hosts = 127.0.0.1
smtpd_peername_lookup = no
smtpd_client_connection_rate_limit = 0
smtpd_client_connection_count_limit = 0
smtpd_error_sleep_time = 0
smtputf8_enable = yes
notify_classes =
minimal_backoff_time = 2s
queue_run_delay = 2s
'''

MASTER_CF = '''
127.0.0.1:{port} inet n - y - - smtpd
pickup unix n - n 2 1 pickup
cleanup unix n - y - 0 cleanup
qmgr unix n - n 2 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
showq unix n - n - - showq
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
postlog unix-dgram n - n - 1 postlogd
'''

# Reads until the pipe closes, which is when the process that holds the other end is gone.
JANITOR = '''
trap '' INT TERM HUP
read -r _ || :
[ -f "$1/postfix/etc/main.cf" ] && postfix -c "$1/postfix/etc" stop >/dev/null 2>&1
for pid in $(cat "$1/pids" 2>/dev/null); do
	[ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$1" ] && kill -KILL "$pid" 2>/dev/null
done
rm -rf "$1"
'''


def free_port():
	with socket.socket() as probe:
		probe.bind(('127.0.0.1', 0))
		return probe.getsockname()[1]


def wait_for(what, condition, seconds=20):
	"""Polls until `condition` gives something true, and gives that."""
	end = time.monotonic() + seconds
	while True:
		found = condition()
		if found:
			return found
		if time.monotonic() > end:
			raise AssertionError('waited %d s in vain for %s' % (seconds, what))
		time.sleep(0.05)


class LoginHandler(socketserver.StreamRequestHandler):
	"""The server's side of Dovecot's authentication protocol, as far as Postfix uses it for AUTH PLAIN."""

	def handle(self):
		self.wfile.write(b'VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t%d\nCUID\t1\nCOOKIE\t%s\nDONE\n'
				 % (os.getpid(), os.urandom(16).hex().encode()))
		for line in self.rfile:
			words = line.rstrip(b'\n').split(b'\t')
			if words[0] != b'AUTH':
				continue
			number = words[1]
			given = [word[5:] for word in words if word.startswith(b'resp=')]
			_, user, password = (base64.b64decode(given[0]).split(b'\0') + [b'', b'', b''])[:3] if given else (b'', b'', b'')
			if password.decode() == PASSWORD and user:
				self.wfile.write(b'OK\t%s\tuser=%s\n' % (number, user))
			else:
				self.wfile.write(b'FAIL\t%s\tuser=%s\n' % (number, user))


class LoginServer(socketserver.ThreadingUnixStreamServer):
	daemon_threads = True


class Delivered:
	"""One message in the mailboxes, the lines Postfix's delivery agent put on top taken off."""

	def __init__(self, raw):
		self.to = None
		self.trace = b''
		while True:
			name = raw.split(b':', 1)[0].lower() + b':'
			if name not in TRACE:
				break
			line, raw = raw.split(b'\n', 1)
			if name == b'delivered-to:':
				self.to = line.split(b':', 1)[1].strip().decode()
			self.trace += line + b'\n'
		self.raw = raw  # LF line ends, as Maildirs have

	def without_received(self, count=1):
		"""The bytes below the topmost `count` Received fields, which the MTA added."""
		raw = self.raw
		for _ in range(count):
			assert raw.lower().startswith(b'received:'), raw[:200]
			lines = raw.split(b'\n')
			end = 1
			while lines[end][:1] in (b' ', b'\t'):
				end += 1
			raw = b'\n'.join(lines[end:])
		return raw


class Lab:
	def __init__(self, message_size=30 << 20):
		if os.geteuid() != 0:
			print('skipped: a private Postfix needs root')
			sys.exit(77)
		if shutil.which('postfix') is None:
			print('skipped: Postfix is not installed')
			sys.exit(77)
		self.dir = os.path.realpath(tempfile.mkdtemp(prefix='copyhold-lab.'))
		os.chmod(self.dir, 0o755)
		self.postfix = os.path.join(self.dir, 'postfix')
		self.council = os.path.join(self.dir, 'council')
		self.store = os.path.join(self.council, 'state')
		self.queue = os.path.join(self.postfix, 'queue')
		self.milter_socket = os.path.join(self.queue, 'copyhold', 'milter.sock')
		self.release_socket = os.path.join(self.queue, 'public', 'copyhold')
		self.port = free_port()
		self.message_size = message_size
		self.gate = None
		self.log_start = 0
		self.gate_log = os.path.join(self.dir, 'gate.log')
		self.seen = set()
		self.owner = pwd.getpwnam(DAEMON_USER)
		self.groups = [grp.getgrnam('postdrop').gr_gid]  # as contrib/systemd has it
		self.janitor = subprocess.Popen(['sh', '-c', JANITOR, 'janitor', self.dir], stdin=subprocess.PIPE,
						stdout=subprocess.DEVNULL, start_new_session=True)
		folder = os.path.dirname(self.milter_socket)  # as contrib/systemd/copyhold.tmpfiles makes it
		os.makedirs(folder)
		os.chown(folder, self.owner.pw_uid, grp.getgrnam('postfix').gr_gid)
		os.chmod(folder, 0o2750)
		self.bin = os.path.join(self.dir, 'bin')
		self.packs = os.path.join(self.dir, 'packs')
		self.locales = os.path.join(self.dir, 'locale')
		self.take_programs()
		os.mkdir(self.council)
		os.mkdir(self.store, 0o700)
		os.chown(self.store, self.owner.pw_uid, self.owner.pw_gid)

	def take_programs(self):
		"""Programs and packs where the daemon's user can read them: a clone may stand in root's own folder."""
		os.mkdir(self.bin)
		for name in ('copyhold', 'copyhold-milter', 'copyhold-reader', 'copyhold-desk'):
			shutil.copy(os.path.join(BUILD, name), self.bin)
		shutil.copytree(os.path.join(SOURCE, 'conf', 'packs'), self.packs)
		shutil.copytree(os.path.join(SOURCE, 'conf', 'library'), os.path.join(self.dir, 'library'))  # what packs use stands beside them
		shutil.copytree(os.path.join(BUILD, 'po'), self.locales, ignore=shutil.ignore_patterns('*.po*', '*.mk'))

	def __enter__(self):
		return self

	def __exit__(self, kind, value, trace):
		if kind is not None and kind is not KeyboardInterrupt:
			self.tell_logs()
		self.close()

	def tell_logs(self):
		for path in (self.gate_log, os.path.join(self.postfix, 'log')):
			if os.path.exists(path):
				with open(path, errors='replace') as log:
					sys.stderr.write('--- end of %s\n%s' % (os.path.basename(path), ''.join(log.readlines()[-40:])))

	def close(self):
		self.stop_gate()
		self.janitor.stdin.close()
		self.janitor.wait()

	# ---- Postfix

	def start_postfix(self):
		for name in ('etc', 'data', 'mail'):
			os.makedirs(os.path.join(self.postfix, name))
		os.chown(os.path.join(self.postfix, 'data'), pwd.getpwnam('postfix').pw_uid, -1)
		os.chown(os.path.join(self.postfix, 'mail'), self.owner.pw_uid, self.owner.pw_gid)
		values = {'postfix': self.postfix, 'port': self.port, 'uid': self.owner.pw_uid, 'gid': self.owner.pw_gid,
			  'message_size': self.message_size}
		for name, text in (('main.cf', MAIN_CF), ('master.cf', MASTER_CF)):
			with open(os.path.join(self.postfix, 'etc', name), 'w') as out:
				out.write(text.format(**values))
		self.add_gateway_lines()
		self.login = LoginServer(os.path.join(self.queue, 'login'), LoginHandler)
		os.chmod(self.login.server_address, 0o666)
		threading.Thread(target=self.login.serve_forever, daemon=True).start()
		self.run_postfix('start')

	def run_postfix(self, verb):
		subprocess.run(['postfix', '-c', os.path.join(self.postfix, 'etc'), verb], check=True,
			       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
		if verb == 'start':
			wait_for('Postfix to listen', lambda: self.answers(self.port))

	def restart_postfix(self):
		"""Makes changed settings hold for the very next connection: after a mere reload an idle smtpd may still take one with the old."""
		self.run_postfix('stop')
		self.run_postfix('start')

	def add_gateway_lines(self):
		"""The lines of contrib/postfix, set as they say."""
		etc = os.path.join(self.postfix, 'etc')
		for name, option in (('main.cf', '-e'), ('master.cf', '-M')):
			subprocess.run(['sh', '-c', "sed '/^#/d;/^$/d' \"$1\" | xargs -d '\\n' postconf -c \"$2\" " + option, 'sh',
					os.path.join(SOURCE, 'contrib', 'postfix', name), etc], check=True)

	def answers(self, port):
		try:
			with socket.create_connection(('127.0.0.1', port), 1):
				return True
		except OSError:
			return False

	def session(self, auth=None, client=None):
		smtp = smtplib.SMTP('127.0.0.1', self.port, timeout=150)
		if client is not None:
			smtp.ehlo('client.example')
			code, reply = smtp.docmd('XCLIENT', 'ADDR=%s NAME=[UNAVAILABLE]' % client)
			assert code == 220, reply
		smtp.ehlo('client.example')
		if auth is not None:
			smtp.login(auth, PASSWORD)
		return smtp

	def send(self, raw, sender, recipients, auth=None, client=None):
		"""One message by SMTP; gives the reply that decided it, as (code, text)."""
		smtp = self.session(auth, client)
		try:
			options = [] if raw.isascii() else ['BODY=8BITMIME']
			code, reply = smtp.mail(sender, options)
			for recipient in recipients:
				if code == 250:
					code, reply = smtp.rcpt(recipient)
			if code == 250:
				code, reply = smtp.data(raw.replace(b'\r\n', b'\n').replace(b'\n', b'\r\n'))
			return code, reply.decode(errors='replace')
		finally:
			try:
				smtp.quit()
			except smtplib.SMTPException:
				smtp.close()

	def sendmail(self, raw, sender, recipients):
		"""The same from a local program, by the sendmail command."""
		subprocess.run(['sendmail', '-C', os.path.join(self.postfix, 'etc'), '-i', '-f', sender, '--', *recipients],
			       input=raw, check=True)

	def queue_is_empty(self):
		return not any(files for name in ('maildrop', 'incoming', 'active', 'deferred')
			       for _, _, files in os.walk(os.path.join(self.queue, name)))

	def settle(self, seconds=20):
		"""Waits until the MTA has nothing left to deliver."""
		wait_for('an empty mail queue', self.queue_is_empty, seconds)
		time.sleep(0.1)
		wait_for('an empty mail queue', self.queue_is_empty, seconds)

	def mailbox(self, address=None):
		"""All that was delivered to the address, oldest first."""
		folder = os.path.join(self.postfix, 'mail', 'all', 'new')
		names = os.listdir(folder) if os.path.isdir(folder) else []
		paths = sorted((os.path.join(folder, name) for name in names), key=lambda path: (os.stat(path).st_mtime_ns, path))
		found = []
		for path in paths:
			with open(path, 'rb') as mail:
				message = Delivered(mail.read())
			if address is None or message.to.lower() == address.lower():
				found.append(message)
		return found

	def mailbox_of_subject(self, address, subject):
		return [mail for mail in self.mailbox(address) if ('\nSubject: %s\n' % subject).encode() in mail.raw]

	# ---- Copyhold

	def write_council(self, folder=None):
		"""Copies a council's folder (configuration, people, packs) and points its configuration into the lab."""
		shutil.copytree(folder or os.path.join(SOURCE, 'conf', 'sample'), self.council, dirs_exist_ok=True)
		self.conf = os.path.join(self.council, 'copyhold.conf')
		with open(self.conf) as conf:
			text = conf.read()
		for key, value in (
			('store', '"state"'),
			('milter', '{ socket = "unix:%s"; group = "postfix"; }' % self.milter_socket),
			('release', '{ socket = "%s"; timeout = 20; }' % self.release_socket),
		):
			line = r'(?m)^%s = .*;$' % key
			if not re.search(line, text):
				line = r'(?m)^// %s = .*;$' % key
			text, count = re.subn(line, lambda _: '%s = %s;' % (key, value), text)
			assert count == 1, (key, count)
		text = re.sub(r'(?m)^user = .*$', '// user = "%s";' % DAEMON_USER, text)  # the lab starts it as that user
		with open(self.conf, 'w') as conf:
			conf.write(text)

	def environment(self, **more):
		return dict(os.environ, COPYHOLD_PACKS=self.packs, COPYHOLD_LOCALES=self.locales, MAIL_CONFIG=os.path.join(self.postfix, 'etc'), **more)

	def start_gate(self, *options, wait=True, as_root=False, **environment):
		who = {} if as_root else {'user': self.owner.pw_uid, 'group': self.owner.pw_gid, 'extra_groups': self.groups}
		log = open(self.gate_log, 'a')
		self.log_start = log.tell()
		self.gate = subprocess.Popen([os.path.join(self.bin, 'copyhold-milter'), '-c', self.conf, *options], stderr=log, stdout=log,
					     cwd=self.dir, env=self.environment(**environment), **who)
		log.close()
		with open(os.path.join(self.dir, 'pids'), 'a') as pids:
			print(self.gate.pid, file=pids)
		if wait:
			wait_for('copyhold-milter to be ready', lambda: self.gate.poll() is not None or self.logged('ready'))
			assert self.gate.poll() is None, 'copyhold-milter ended with %s' % self.gate.poll()
		return self.gate

	def start_desk(self):
		"""The desk beside the gate, on the same store; its socket is where the configuration says."""
		log = open(self.gate_log + '.desk', 'a')
		self.desk = subprocess.Popen([os.path.join(self.bin, 'copyhold-desk'), '-c', self.conf], stderr=log, stdout=log, cwd=self.dir,
					     env=self.environment(), user=self.owner.pw_uid, group=self.owner.pw_gid, extra_groups=self.groups)
		log.close()
		with open(os.path.join(self.dir, 'pids'), 'a') as pids:
			print(self.desk.pid, file=pids)
		with open(self.gate_log + '.desk', errors='replace') as said: # its socket is there before anybody listens
			wait_for('copyhold-desk to be ready', lambda: self.desk.poll() is not None or 'ready' in said.read())
		assert self.desk.poll() is None, 'copyhold-desk ended with %s' % self.desk.poll()
		return self.desk

	def ask_desk(self, path, call, **arguments):
		"""One request as the console makes it."""
		request = json.dumps(dict(arguments, call=call, session=None, client='127.0.0.1')).encode()
		with socket.socket(socket.AF_UNIX) as sock:
			sock.settimeout(60)
			sock.connect(path)
			sock.sendall(len(request).to_bytes(4, 'big') + request)
			with sock.makefile('rb') as stream:
				return json.loads(stream.read(int.from_bytes(stream.read(4), 'big')))

	def stop_gate(self):
		if self.gate is not None and self.gate.poll() is None:
			self.gate.send_signal(signal.SIGTERM)
			try:
				self.gate.wait(45)
			except subprocess.TimeoutExpired:
				self.gate.kill()
				self.gate.wait()
		self.gate = None

	def log_text(self):
		"""What Copyhold has logged since it was last started."""
		if not os.path.exists(self.gate_log):
			return ''
		with open(self.gate_log, errors='replace') as log:
			log.seek(self.log_start)
			return log.read()

	def logged(self, words):
		return words in self.log_text()

	def gate_child(self):
		"""The process id of the gate under the supervisor, or None."""
		with open('/proc/%d/task/%d/children' % (self.gate.pid, self.gate.pid)) as children:
			pids = children.read().split()
		return int(pids[0]) if pids else None

	def copyhold(self, *words, check=True):
		"""The command line, as the daemon's user."""
		run = subprocess.run([os.path.join(self.bin, 'copyhold'), '-c', self.conf, *words], capture_output=True, text=True,
				     env=self.environment(), user=self.owner.pw_uid, group=self.owner.pw_gid, extra_groups=self.groups,
				     cwd=self.dir)
		if check and run.returncode != 0:
			raise AssertionError('copyhold %s: exit %d\n%s%s' % (' '.join(words), run.returncode, run.stdout, run.stderr))
		return run


def letter(sender, to, subject, body, cc=None, message_id=None, date='Mon, 02 Mar 2026 09:00:00 +0000', extra=''):
	"""A plain letter as bytes with LF line ends; smtplib makes them CRLF."""
	head = 'From: %s\nTo: %s\n' % (sender, to)
	if cc:
		head += 'Cc: %s\n' % cc
	head += 'Subject: %s\nDate: %s\nMessage-ID: %s\n' % (subject, date, message_id or '<%s@lab.example>' % os.urandom(8).hex())
	head += 'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n'
	return (head + extra + '\n' + body).encode()
