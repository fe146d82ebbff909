#!/usr/bin/env python3
"""A policy of a thousand rules and ten thousand people is read anew again and again while mail passes: no session is dropped, no message
delayed, and each is judged by one whole policy, the one it began with, never by some of both.
SPDX-License-Identifier: GPL-3.0-or-later"""
import os
import re
import signal
import sys
import threading
import time

from lab import SOURCE, Lab, letter, wait_for

sys.path.insert(0, os.path.join(SOURCE, 'tests', 'bench'))
import large_policy  # noqa: E402

CLERK = 'clerk@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
VALE = 'edna.vale@post.example'
RELOADS, SENDERS, WAITING = 6, 3, 3
BODY = 'Carl, Edna,\n\nThe brass lamp and the copper kettle are back.\n\nRuth\n'

# What an edition changes: rules, phrases and people. All of its findings are on a message, or none.
EDITIONS = {'one': ('brass lamp', 'press'), 'two': ('copper kettle', 'contractor')}
RULE = ('\t{ id = "edition-%s-%s"; clause = "C"; quote = "Q"; when = ( "the subject says edition-subject", "%s" ); action = "flag"; mode = "enforce";\n'
	'\t  says = { en = "An edition."; cy = "Argraffiad."; }; }')


def parts(edition):
	phrase, role = EDITIONS[edition]
	return {'rule-1': 'sender is officer', 'rule-2': 'it reaches a councillor', 'words': 'the author says edition-words',
		'people': 'a recipient is %s' % role}


def wanted(edition):
	return {'edition-%s-%s' % (edition, name) for name in parts(edition)}


def own_part(edition):
	rules = ',\n'.join(RULE % (edition, name, condition) for name, condition in parts(edition).items())
	return ('phrases = { edition-subject = ( "edition of the day" ); edition-words = ( "%s" ); };\nrules = (\n%s\n);\n' % (EDITIONS[edition][0], rules))


def write_edition(lab, edition):
	"""The large policy and its people are written once; then the council's own file and one row of the people change."""
	doors = ('milter = { socket = "unix:%s"; group = "postfix"; };\nrelease = { socket = "%s"; timeout = 20; };\n' % (lab.milter_socket, lab.release_socket))
	people = os.path.join(lab.council, 'people.csv')
	if not os.path.exists(people):
		lab.conf = large_policy.write_large(os.path.join(SOURCE, 'conf', 'sample'), lab.council, 1.0, 5, doors, '@EDITION@')
		with open(lab.conf) as conf, open(people) as rows:
			lab.large, lab.people = conf.read(), rows.read()
	with open(lab.conf, 'w') as conf:
		conf.write(lab.large.replace('@EDITION@', own_part(edition)))
	with open(people, 'w') as rows:
		rows.write('%svale,Edna Vale,%s,,,,%s,,,,,,,\n' % (lab.people, EDITIONS[edition][1], VALE))


def count(lab, words):
	return lab.log_text().count(words)


class Sent:
	"""What was sent, by whichever thread, and how it was answered."""

	def __init__(self, lab):
		self.lab, self.lock, self.codes, self.stop = lab, threading.Lock(), {}, threading.Event()

	def subject(self):
		with self.lock:
			subject = 'edition of the day %d' % len(self.codes)
			self.codes[subject] = None
		return subject

	def send_on(self):
		while not self.stop.is_set():
			subject = self.subject()
			self.codes[subject] = self.lab.send(letter(CLERK, MOSS + ', ' + VALE, subject, BODY), CLERK, [MOSS, VALE], auth=CLERK)[0]

	def begin(self):
		"""A message that stops half-way; gives what ends it."""
		subject, smtp = self.subject(), self.lab.session(auth=CLERK)
		text = letter(CLERK, MOSS + ', ' + VALE, subject, BODY).replace(b'\n', b'\r\n')
		smtp.mail(CLERK)
		assert [smtp.rcpt(address)[0] for address in (MOSS, VALE)] == [250, 250]
		assert smtp.docmd('DATA')[0] == 354
		smtp.sock.sendall(text[:len(text) // 2])

		def end():
			smtp.sock.sendall(text[len(text) // 2:] + b'.\r\n')
			self.codes[subject] = smtp.getreply()[0]
			smtp.close()
			return subject
		return end


def edition_of(mail):
	"""The one whose findings it has, all of them and no other."""
	found = set(re.findall(rb'(?m)^X-Copyhold-Finding: (edition-[\w-]+);', mail.raw))
	for edition in EDITIONS:
		if found == {name.encode() for name in wanted(edition)}:
			return edition
	raise AssertionError('findings of no edition: %s' % sorted(found))


def each_message_is_judged_by_one_policy(lab):
	write_edition(lab, 'one')
	lab.start_postfix()
	lab.start_gate()
	child, sent, across = lab.gate_child(), Sent(lab), []
	senders = [threading.Thread(target=sent.send_on) for _ in range(SENDERS)]
	for sender in senders:
		sender.start()
	for number in range(RELOADS):
		old, new = list(EDITIONS)[number % 2], list(EDITIONS)[1 - number % 2]
		write_edition(lab, new)
		under_way = [sent.begin() for _ in range(WAITING)]
		lab.gate.send_signal(signal.SIGHUP)
		wait_for('the new policy', lambda: count(lab, 'new configuration in force') == number + 1, 60)
		across += [(end(), old) for end in under_way]
		time.sleep(0.5)
	sent.stop.set()
	for sender in senders:
		sender.join()
	assert set(sent.codes.values()) == {250}, sent.codes
	assert lab.gate_child() == child
	lab.settle(60)
	editions = {}
	for address in (MOSS, VALE):
		box = {re.search(rb'(?m)^Subject: (.*)$', mail.raw).group(1).decode(): edition_of(mail) for mail in lab.mailbox(address)}
		assert len(lab.mailbox(address)) == len(sent.codes) and set(box) == set(sent.codes), (address, len(box), len(sent.codes))
		editions[address] = box
	assert editions[MOSS] == editions[VALE]
	assert set(editions[MOSS].values()) == set(EDITIONS)
	# A message is judged by the configuration it began with.
	assert [editions[MOSS][subject] for subject, _ in across] == [old for _, old in across], [(editions[MOSS][subject], old) for subject, old in across]
	assert len(across) == RELOADS * WAITING and len(sent.codes) > 2 * len(across), (len(across), len(sent.codes))
	print('%d reloads, %d messages, %d of them across a reload' % (RELOADS, len(sent.codes), len(across)))


with Lab() as lab:
	each_message_is_judged_by_one_policy(lab)
