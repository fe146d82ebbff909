"""Between Copyhold and the MTA's release service: passes on what is said, or answers as a mail server in trouble would.
SPDX-License-Identifier: GPL-3.0-or-later"""
import socket
import socketserver
import threading

# What the service says to each command when it is not simply passed on; "hang" answers nothing, "lost" hangs up after the last dot.
TROUBLES = {
	'4xx': {b'RCPT': b'451 4.3.0 Try again later'},
	'5xx': {b'RCPT': b'550 5.1.1 No such person here'},
	'hang': {b'RCPT': None},
	'lost': {b'.': None},
}


class Relay(socketserver.ThreadingUnixStreamServer):
	daemon_threads = True
	says = 'pass'

	def __init__(self, path, target):
		super().__init__(path, Session)
		self.target = target
		self.taken = 0
		threading.Thread(target=self.serve_forever, daemon=True).start()


class Session(socketserver.StreamRequestHandler):
	def handle(self):
		self.server.taken += 1
		if self.server.says == 'pass':
			self.pass_on()
		else:
			self.trouble(TROUBLES[self.server.says], self.server.says == 'hang')

	def pass_on(self):
		with socket.socket(socket.AF_UNIX) as other:
			try:
				other.connect(self.server.target)
			except OSError:
				return  # no MTA is up: hang up
			back = threading.Thread(target=pump, args=(other, self.connection), daemon=True)
			back.start()
			pump(self.connection, other)
			back.join()

	def say(self, line):
		self.wfile.write(line + b'\r\n')

	def trouble(self, answers, hang):
		self.say(b'220 mail.lab.example ESMTP')
		content = False
		for line in self.rfile:
			word = line.rstrip(b'\r\n').split(b' ')[0].upper()
			if content and line != b'.\r\n':
				continue
			if word in answers:
				if answers[word] is None:
					return self.rfile.read() if hang else None
				self.say(answers[word])
				continue
			content = word == b'DATA'
			self.say({b'DATA': b'354 go on', b'QUIT': b'221 bye'}.get(word, b'250 ok'))
			if word == b'QUIT':
				return None
		return None


def pump(source, sink):
	try:
		while True:
			octets = source.recv(65536)
			if not octets:
				break
			sink.sendall(octets)
		sink.shutdown(socket.SHUT_WR)
	except OSError:
		pass
