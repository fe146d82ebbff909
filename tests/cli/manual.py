#!/usr/bin/env python3
# manual.py - the two manuals of contrib/manual: every command in them is run, in order, on the sample council in a folder of its own, and what
# they print is compared with what the manual shows. Every fenced block has a kind that says how it is tried; one without, or of a kind that is
# not known, is a mistake, so nothing is passed over in silence.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: manual.py [COPYHOLD]     COPYHOLD in the environment serves make check.

console            lines after "$ " are run, the others are what they print; "..." stands for words, or on a line of its own for lines, left out;
                   a command that shows nothing may print nothing, or anything when "..." is all that follows
console root       the same; what only root can do (users, services) is done by stand-ins that check their arguments
console status=N   the last command ends with N
console by=FILE    not run here: FILE, of the sources, runs the very same commands
conf               settings for the council's copyhold.conf, each in place of what stands there; then it must pass lint
file NAME          a file that is written beside the commands
notice ADDRESS     the words of the last mail that waits to be sent there
text by=FILE       commands with words to be filled in: FILE, of the sources, tries each
mc                 lines for Sendmail, put through m4 with the macros that sendmail-cf has for them"""
import contextlib
import email
import email.policy
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import unittest

SOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
MANUALS = os.path.join(SOURCES, 'contrib', 'manual')
binary = os.path.abspath(sys.argv.pop(1) if len(sys.argv) > 1 else os.environ.get('COPYHOLD', './copyhold'))
FENCE = re.compile(r'(?ms)^```([^\n]*)\n(.*?)^```$')
UNITS = ('copyhold-milter', 'copyhold-desk', 'copyhold-console', 'postfix')
FOLDERS = ('etc/copyhold', 'usr/share/copyhold', 'var/lib/copyhold', 'var/backups/copyhold')
PASSWORD = 'three ducks on the pond'

# What only root can do, or only a running system: the arguments are looked at, the rest is done as far as it goes.
STAND_INS = {
	'systemctl': '''verb=$1; shift
case $verb in enable|start|stop|restart|reload|status) ;; *) echo "systemctl: $verb?" >&2; exit 1 ;; esac
for unit; do case " --now %s " in *" $unit "*) ;; *) echo "no unit $unit" >&2; exit 1 ;; esac; done''' % ' '.join(UNITS),
	'systemd-sysusers': '[ $# = 0 ]',
	'systemd-tmpfiles': '[ "$*" = --create ]',
	'install': '''for word; do shift; case $skip$word in -o|-g) skip=1 ;; 1copyhold) skip= ;; 1*) exit 1 ;; *) set -- "$@" "$word" ;; esac; done
exec /usr/bin/install "$@"''',
}
M4_MACROS = '''define(`INPUT_MAIL_FILTER', `ifelse($#, 2, `X$1, $2', `m4exit(1)')
')dnl
define(`DAEMON_OPTIONS', `ifelse($#, 1, `O DaemonPortOptions=$1', `m4exit(1)')
')dnl
'''


def blocks(text):
	"""Each fenced block: line number, its kind with the words behind it, and what is in it."""
	for match in FENCE.finditer(text):
		yield text.count('\n', 0, match.start()) + 1, match.group(1).split(), match.group(2)


def commands(body):
	"""Each command of a console block with the lines it is shown to print."""
	found = []
	for line in body.splitlines():
		if line.startswith('$ '):
			found.append((line[2:], []))
		elif found:
			found[-1][1].append(line)
		else:
			raise ValueError('prints before any command: ' + line)
	return found


def pattern(lines):
	"""What the lines of a manual stand for."""
	if not lines:
		return re.compile(r'\A\s*\Z')
	parts = ['(?:[^\n]*\n)*?' if line == '...' else re.escape(line).replace(r'\.\.\.', '[^\n]*') + '\n' for line in lines]
	return re.compile(r'\A' + ''.join(parts) + r'\Z')


class Machine:
	"""A folder that stands for the council's server."""

	def __init__(self, root):
		self.root = root
		self.bin = os.path.join(root, 'bin')
		for folder in FOLDERS + ('bin', 'work', 'postfix'):
			os.makedirs(os.path.join(root, folder), 0o700)
		os.rmdir(os.path.join(root, 'var/backups/copyhold'))
		for name, source in (('sample', 'conf/sample'), ('postfix', 'contrib/postfix'), ('proxy', 'contrib/proxy'), ('governance', 'contrib/governance')):
			os.symlink(os.path.abspath(os.path.join(SOURCES, source)), os.path.join(root, 'usr/share/copyhold', name))
		for name in ('copyhold', 'copyhold-milter'):
			os.symlink(os.path.join(os.path.dirname(binary), name) if name != 'copyhold' else binary, os.path.join(self.bin, name))
		for name, script in STAND_INS.items():
			self.write(os.path.join('bin', name), '#!/bin/sh\n%s\n' % script, 0o755)
		self.write('postfix/main.cf', 'compatibility_level = 3.6\nqueue_directory = %s/spool\n' % root)
		self.write('postfix/master.cf', 'smtp inet n - y - - smtpd\n')
		self.conf = os.path.join(root, 'etc/copyhold/copyhold.conf')
		self.environment = dict(os.environ, PATH=self.bin + ':' + os.environ['PATH'] + ':/usr/sbin:/sbin', COPYHOLD_CONF=self.conf,
					MAIL_CONFIG=os.path.join(root, 'postfix'), LC_ALL='C.UTF-8', TZ='Europe/London')

	def write(self, name, text, mode=0o600):
		path = os.path.join(self.root, name)
		with open(path, 'w', encoding='utf-8') as stream:
			stream.write(text)
		os.chmod(path, mode)

	def here(self, command):
		"""The command with the folders of a real machine turned into ours."""
		command = command.replace('tar -C / ', 'tar -C %s ' % self.root)
		return re.sub(r'(?<![\w.])/(%s)\b' % '|'.join(FOLDERS + ('var/backups',)), lambda found: self.root + found.group(0), command)

	def set_keys(self, text):
		"""Each setting of the text in place of what the configuration has, or at its end."""
		with open(self.conf, encoding='utf-8') as stream:
			conf = stream.read()
		for key in re.findall(r'(?m)^(\w+) = ', text):
			conf = re.sub(r'(?ms)^%s = (?:[({][^\n]*[})];|[({].*?^[})];|[^;{(]*;)' % key, '', conf)
		self.write('etc/copyhold/copyhold.conf', conf + '\n' + text)

	def answer(self, terminal):
		"""Types the password wherever one is asked for."""
		seen = b''
		while True:
			try:
				seen += os.read(terminal, 4096)
			except OSError:
				return
			if seen.endswith((b'Password: ', b'The same again: ')):
				seen = b''
				os.write(terminal, (PASSWORD + '\n').encode())

	def run(self, command):
		ours, theirs = os.openpty()
		typist = threading.Thread(target=self.answer, args=(ours,), daemon=True)
		typist.start()

		# /dev/tty is whatever terminal a new session opens first.
		opens = 'exec 3<>%s; exec 3>&-; ' % os.ttyname(theirs)
		run = subprocess.run(['bash', '-o', 'pipefail', '-c', opens + self.here(command)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
				     stderr=subprocess.STDOUT, cwd=os.path.join(self.root, 'work'), env=self.environment, text=True, timeout=240,
				     start_new_session=True)
		os.close(theirs)
		typist.join(5)
		os.close(ours)
		return run.returncode, run.stdout.replace(self.root, '')


class Manual(unittest.TestCase):
	maxDiff = None

	def follow(self, name):
		with open(os.path.join(MANUALS, name), encoding='utf-8') as stream:
			text = stream.read()
		count = 0
		with tempfile.TemporaryDirectory() as root:
			machine = Machine(os.path.realpath(root))
			self.take_sample(machine)
			for line, kind, body in blocks(text):
				with self.subTest(at='%s:%d' % (name, line)):
					self.assertTrue(kind, 'a block of no kind')
					getattr(self, 'try_' + kind[0])(machine, kind[1:], body)
					count += 1
		return count

	def take_sample(self, machine):
		for file in ('copyhold.conf', 'people.csv'):
			shutil.copyfile(os.path.join(SOURCES, 'conf/sample', file), os.path.join(machine.root, 'etc/copyhold', file))

	def settle(self, machine):
		"""What a real machine needs no line for: where its folders are."""
		machine.set_keys('store = "%s/var/lib/copyhold";\n' % machine.root)

	def try_console(self, machine, words, body):
		options = dict(word.split('=') for word in words if '=' in word)
		self.assertLessEqual(set(words) - {word for word in words if '=' in word}, {'root'})
		self.assertLessEqual(set(options), {'status', 'by'})
		for command, printed in (found := commands(body)):
			if 'by' in options:
				self.elsewhere(options['by'], command)
				continue
			if machine.here(command) != command or 'copyhold' in command:
				self.settle(machine)
			status, out = machine.run(command)
			wanted = int(options.get('status', 0)) if command == found[-1][0] else 0
			self.assertEqual(status, wanted, '%s\n%s' % (command, out))
			self.assertRegex(out, pattern(printed), command)

	def elsewhere(self, file, command):
		"""What a whole build does is done by the file that is named; all of the command's words that are no option stand there, too."""
		with open(os.path.join(SOURCES, file), encoding='utf-8') as stream:
			script = stream.read()
		self.assertIn(re.sub(r'^\./', '', re.sub(r' (-|install$).*', '', command)), script)

	def try_conf(self, machine, words, body):
		self.assertEqual(words, [])
		machine.set_keys(body)
		self.settle(machine)
		status, out = machine.run('copyhold lint')
		self.assertEqual(status, 0, out)

	def try_file(self, machine, words, body):
		machine.write(os.path.join('work', words[0]), body)

	def try_notice(self, machine, words, body):
		with contextlib.closing(sqlite3.connect(os.path.join(machine.root, 'var/lib/copyhold/store.db'))) as store:
			(octets,), = store.execute('SELECT octets FROM outbox WHERE recipient = ? ORDER BY number DESC LIMIT 1', words)
		mail = email.message_from_bytes(octets if isinstance(octets, bytes) else octets.encode(), policy=email.policy.default)
		self.assertRegex(mail.get_content().replace('\r', ''), pattern(body.splitlines()))

	def try_text(self, machine, words, body):
		"""Program, command and sub-command stand in the test as words beside each other, and its options are the command's."""
		(file,) = (word[len('by='):] for word in words if word.startswith('by='))
		with open(os.path.join(SOURCES, file), encoding='utf-8') as stream:
			script = stream.read()
		for line in body.splitlines():
			program, command, part = line.split()[:3]
			self.assertEqual(program, 'copyhold')
			self.assertIn("'%s', '%s'" % (command, part), script)
			usage = machine.run('copyhold %s --help' % command)[1]
			for option in re.findall(r'(?<= )--[a-z-]+', line):
				self.assertIn(option, usage)

	def try_mc(self, machine, words, body):
		self.assertEqual(words, [])
		run = subprocess.run(['m4'], input=M4_MACROS + body, capture_output=True, text=True, timeout=60)
		self.assertEqual(run.returncode, 0, run.stderr)
		self.assertRegex(run.stdout, r'\AXcopyhold, S=local:/\S+, F=T, T=\S+\nO DaemonPortOptions=Name=copyhold, Port=\d+, Addr=127\.0\.0\.1, InputFilter=\n\Z')

	def test_for_administrators(self):
		self.assertGreater(self.follow('administrators.md'), 20)

	def test_for_clerks(self):
		self.assertGreater(self.follow('clerks.md'), 5)

	def test_pictures(self):
		"""Each picture is there, small, told in words, and shown somewhere."""
		shown = set()
		for name in ('administrators.md', 'clerks.md'):
			with open(os.path.join(MANUALS, name), encoding='utf-8') as stream:
				for words, path in re.findall(r'!\[([^]]*)\]\(([^)]*)\)', stream.read()):
					with self.subTest(picture=path):
						self.assertGreater(len(words), 30)
						self.assertLess(os.path.getsize(os.path.join(MANUALS, path)), 60000)
					shown.add(os.path.basename(path))
		self.assertEqual(set(os.listdir(os.path.join(MANUALS, 'pictures'))), shown)

	def test_lines_left_out(self):
		self.assertRegex('a\nb\nc\n', pattern(['a', '...', 'c']))
		self.assertRegex('a\nc\n', pattern(['a', '...', 'c']))
		self.assertNotRegex('a\nc\nd\n', pattern(['a', '...', 'c']))
		self.assertRegex('xyz\n', pattern(['x...z']))
		self.assertNotRegex('x\nz\n', pattern(['x...z']))
		self.assertNotRegex('x\n', pattern([]))

	def test_a_block_of_no_kind_is_found(self):
		self.assertEqual([kind for _, kind, _ in blocks('```\n$ x\n```\n')], [[]])
		self.assertRaises(ValueError, commands, 'x\n')


if __name__ == '__main__':
	unittest.main()
