#!/usr/bin/env python3
"""The mailed digest comes once for each time it is due, with one link a message, and not when there is nothing to say; reviewers and senders are told
in both languages, senders with a link of their own, once a day for one conversation.
SPDX-License-Identifier: GPL-3.0-or-later"""
import contextlib
import datetime
import email
import email.policy
import os
import re
import signal
import sqlite3
import sys
import time
import zoneinfo

from lab import Lab, letter, wait_for

CLERK = 'clerk@marlbrook.example'
SECOND = 'mo@wexshire.example'
KHAN = 'cllr.khan@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
LOWE = 'cllr.lowe@marlbrook.example'
OAKFIELD = 'contracts@oakfield.example'
DAYS = '"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"'
BINDING = 'Dear Sirs,\n\nOn behalf of the Council we accept your quotation of 4,200 pounds.\n\nCllr Amir Khan\nTown Mayor\n'


def clock(minutes=0):
	return datetime.datetime.now(zoneinfo.ZoneInfo('Europe/London')) + datetime.timedelta(minutes=minutes)


def configure(lab, at):
	"""Digests on every day at that time; both languages."""
	with open(lab.conf) as conf:
		text = conf.read()
	for pattern, line in (
		(r'(?m)^digest = .*$', 'digest = { at = "%s"; heartbeat = "never"; days = [ %s ]; };' % (at.strftime('%H:%M'), DAYS)),
		(r'(?ms)^office = .*?};$', 'office = { days = [ %s ]; bank_holidays = false; };' % DAYS),
		(r'(?ms)^desk = .*?};$', 'desk = { socket = "%s/desk.sock"; };' % lab.store),
		(r'(?m)^languages = .*$', 'languages = "cy+en";'),
		(r'(?m)^console = .*$', 'console = { listen = "127.0.0.1:8025"; address = "https://desk.marlbrook.example"; };'),
	):
		text, count = re.subn(pattern, lambda _: line, text)
		assert count == 1, (pattern, count)
	with open(lab.conf, 'w') as conf:
		conf.write(text)


def make_due(lab, minutes):
	"""A time of day so long ago, later than those before it; and the gate has seen to it, whether it wrote or not."""
	before = last_slot(lab)
	configure(lab, clock(minutes))
	lab.gate.send_signal(signal.SIGHUP)
	wait_for('a round of chores', lambda: last_slot(lab) > before, 60)


def last_slot(lab):
	with contextlib.closing(sqlite3.connect('file:%s/store.db?mode=ro' % lab.store, uri=True, timeout=20)) as store:
		return store.execute('SELECT coalesce(max(slot), 0) FROM digest_slot').fetchone()[0]


def wait_a_round():
	"""Before what must not have come: a gate looks for what is due every 5 seconds."""
	time.sleep(7)


def parts_of(mail):
	message = email.message_from_bytes(mail.raw, policy=email.policy.default)
	html = message.get_body(('html',))
	return message, message.get_body(('plain',)).get_content(), html.get_content() if html else None


def of_kind(lab, address, kind):
	return [mail for mail in lab.mailbox(address) if re.search(rb'(?m)^Message-ID: <[^>\n]*%s' % kind, mail.raw)]


def check_notice(lab):
	"""Held: Welsh first, then English; clause, link, reference; under 120 words each."""
	notice = wait_for('the notice', lambda: of_kind(lab, KHAN, rb'\.held@'))[0]
	message, plain, _ = parts_of(notice)
	assert b'Return-Path: <>' in notice.trace and message['Auto-Submitted'] == 'auto-generated'
	assert message['Content-Language'] == 'cy, en', message['Content-Language']
	welsh, english = plain.split('--------')
	assert 'Ni anfonwyd eich neges' in welsh and 'has not been sent' in english, plain
	for page in (welsh, english):
		assert len(page.split()) <= 120, len(page.split())
		assert 'Councillor-Officer Protocol' in page
		assert re.search(r'CH-[0-9]{8}-[A-Z0-9]{8}', page)
	links = set(re.findall(r'https://desk\.marlbrook\.example/link/[A-Za-z0-9_-]{43}\b', plain))
	assert len(links) == 1, plain
	return re.search(r'CH-[0-9]{8}-[A-Z0-9]{8}', plain).group(0)


def check_digest(lab, reference):
	digest = wait_for('the digest', lambda: of_kind(lab, CLERK, rb'digest\.'), 30)[0]
	message, plain, html = parts_of(digest)
	assert b'Return-Path: <>' in digest.trace and message['Auto-Submitted'] == 'auto-generated'
	assert message['Subject'].startswith('Mae 1 neges yn aros am eich penderfyniad'), message['Subject']
	assert message['Content-Language'] == 'cy, en', message['Content-Language']
	assert plain.index('1 yn aros amdanoch') < plain.index('1 waiting for you') and '    Pam / Why:' in plain, plain
	assert '<html lang="cy">' in html and '<p lang="en">1 waiting for you' in html, html
	for form in (plain, html):
		assert reference in form and 'obligation-by-councillor' in form and OAKFIELD in form
		links = re.findall(r'https://desk\.marlbrook\.example/link/([A-Za-z0-9_-]+)', form)
		assert len(links) == 1, links
	assert '<script' not in html and '@page{size:A4' in html


if not 15 < clock().hour * 60 + clock().minute < 24 * 60 - 10:
	print('about midnight, where a day ends under the test')
	sys.exit(77)

with Lab() as lab:
	lab.write_council()
	configure(lab, clock(-9))
	lab.start_postfix()
	lab.start_gate()
	wait_for('a round of chores', lambda: last_slot(lab) > 0, 60)  # what was due before the start is nothing to make up for

	assert lab.send(letter(KHAN, OAKFIELD, 'Paths', BINDING), KHAN, [OAKFIELD], auth=KHAN)[0] == 250
	reference = check_notice(lab)
	wait_a_round()
	assert of_kind(lab, CLERK, rb'digest\.') == []

	# Due now.
	make_due(lab, -6)
	check_digest(lab, reference)
	lab.stop_gate()
	lab.start_gate()
	lab.copyhold('queue', 'tend')
	wait_a_round()
	assert len(of_kind(lab, CLERK, rb'digest\.')) == 1
	assert of_kind(lab, SECOND, rb'digest\.') == []

	# A reply in a conversation: the line is added each time, its sender told once.
	thread = 'References: <first@lab.example>\n'
	for number in range(3):
		answer = lab.send(letter(CLERK, MOSS, 'Fees %d' % number, 'Dear Carl,\n\nThe fees stay.\n\nRuth\n', extra=thread), CLERK, [MOSS, LOWE], auth=CLERK)
		assert answer[0] == 250, answer
	wait_for('three letters', lambda: len([mail for mail in lab.mailbox(MOSS) if b'CC councillor Frances Lowe' in mail.raw]) == 3)
	wait_for('the notice of them', lambda: of_kind(lab, CLERK, rb'\.annotated@'))
	wait_a_round()
	assert len(of_kind(lab, CLERK, rb'\.annotated@')) == 1
	assert 'notice-left-out' in lab.copyhold('journal', 'list').stdout

	# The link in the notice: following it does nothing; what is pressed is done once.
	held = of_kind(lab, KHAN, rb'\.held@')[0]
	token = re.search(r'/link/([A-Za-z0-9_-]{43})', parts_of(held)[1]).group(1)
	lab.start_desk()
	path = os.path.join(lab.store, 'desk.sock')
	for _ in range(3):
		seen = lab.ask_desk(path, 'link', token=token)
		assert seen['ok'] and seen['purpose'] == 'own', seen
		assert {deed['deed'] for deed in seen['entry']['deeds']} == {'withdraw', 'reason'}, seen
	assert '%s: held' % OAKFIELD in lab.copyhold('report').stdout
	said = lab.ask_desk(path, 'own-act', token=token, deed='reason', text='It is a ward matter.')
	assert said['ok'], said
	again = lab.ask_desk(path, 'own-act', token=token, deed='withdraw')
	assert not again['ok'] and again['error'] == 'refused', again
	forged = lab.ask_desk(path, 'link', token=token[::-1])
	assert not forged['ok'] and forged['error'] in ('login', 'gone'), forged
	lab.desk.terminate()
	lab.desk.wait(30)

	# Returned: told, with the message; nobody hears of it but its sender.
	lab.copyhold('queue', 'return', reference, '--by', CLERK, '--reason', 'Please send it through the office.')
	returned = wait_for('the message back', lambda: of_kind(lab, KHAN, rb'\.returned@'), 30)[0]
	assert b'message/rfc822' in returned.raw and lab.mailbox(OAKFIELD) == []

	# Nothing waits, and of her own letters the clerk is not told: silence. Then something waits again.
	make_due(lab, -3)
	wait_a_round()
	assert len(of_kind(lab, CLERK, rb'digest\.')) == 1
	assert lab.send(letter(KHAN, OAKFIELD, 'Paths again', BINDING), KHAN, [OAKFIELD], auth=KHAN)[0] == 250
	make_due(lab, 0)
	wait_for('the second digest', lambda: len(of_kind(lab, CLERK, rb'digest\.')) > 1)
	digests = of_kind(lab, CLERK, rb'digest\.')
	lab.settle()
	assert len(digests) == 2 and reference not in parts_of(digests[1])[1], len(digests)
	assert of_kind(lab, SECOND, rb'digest\.') == []
	lab.copyhold('journal', 'verify')
