#!/usr/bin/env python3
"""Mail made to break readers passes in bounded time, byte for byte, and the gate lives.
SPDX-License-Identifier: GPL-3.0-or-later"""
import json
import time

from lab import Lab, letter, wait_for

CLERK = 'clerk@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
FOX = 'lena.fox@marlbrook.example'
WEBB = 'ivy.webb@post.example'
STRANGER = 'someone@elsewhere.example'
HEAD = b'From: %s\nTo: %s\nSubject: %%s\nMessage-ID: <%%s@elsewhere.example>\nDate: Mon, 02 Mar 2026 09:00:00 +0000\nMIME-Version: 1.0\n' % (
	STRANGER.encode(), CLERK.encode())


def nested_multiparts(depth):
	head = b''.join(b'Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n' % (level, level) for level in range(depth))
	return head + b'\ndeep\n' + b''.join(b'--b%d--\n' % level for level in reversed(range(depth)))


HOSTILE = {
	'quoted boundary': b'Content-Type: multipart/mixed; boundary="\\""\n\n--"\n\nx\n',
	'no delimiter': b'Content-Type: multipart/mixed; boundary=absent\n\nnothing here\n',
	'messages in messages': b'Content-Type: message/rfc822\n\n' * 30000 + b'end\n',
	'multiparts in multiparts': nested_multiparts(10000),
	'parentheses in a part': b'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain ' + b'(' * 900 + b'\n' + b' (((((((((\n' * 5000
	+ b'\nx\n--b--\n',
	'parts without end': b'Content-Type: multipart/mixed; boundary=b\n\n' + b'--b\n\nx\n' * 100000,
	'half a quoted-printable byte': b'Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain\n\nabc=4',
	'base64 that is not': b'Content-Transfer-Encoding: base64\nContent-Type: text/html\n\n' + b'<b>!!!===' * 7 + b'\n',
	'a charset nobody knows': b'Content-Type: text/plain; charset=utf-8//IGNORE\n\n\xff\xfe\xfd\n',
	'twenty thousand fields': b'X-Field: value\n' * 20000 + b'\nx\n',
	'tags without end': b'Content-Type: text/html\n\n' + b'<div><table><b>\n' * 30000,
	'a word that repeats': b'Content-Type: text/plain\n\n' + b'on behalf of on behalf of the the Council Council we we accept \n' * 20000,
}


def two_hundred_levels(lab):
	"""Deeper than we read: it passes byte for byte, and its sender is told that not all of it was examined."""
	sent = letter('Lena Fox <%s>' % FOX, WEBB, 'folded', 'x\n').split(b'Content-Type')[0] + nested_multiparts(200)
	code, reply = lab.send(sent, FOX, [WEBB], auth=FOX)
	assert code == 250, reply
	lab.settle()
	assert [mail.without_received() for mail in lab.mailbox(WEBB)] == [sent]
	notice = wait_for('the notice', lambda: lab.mailbox(FOX), 30)[0]
	assert b'could not be examined: nested too deeply' in notice.raw.replace(b'=\n', b'').replace(b'\n', b' '), notice.raw
	found = json.loads(lab.copyhold('report', '--json').stdout)['findings']
	assert [finding['rule'] for finding in found if finding['subject'] == 'folded'] == ['unreadable'], found


with Lab() as lab:
	lab.write_council()
	lab.start_postfix()
	lab.start_gate()
	child = lab.gate_child()
	slowest = 0
	for name, tail in HOSTILE.items():
		sent = HEAD % (name.encode(), name.encode().replace(b' ', b'.')) + tail
		if not sent.endswith(b'\n'):
			sent += b'\n'  # SMTP ends with a line end
		began = time.monotonic()
		code, reply = lab.send(sent, STRANGER, [CLERK], client='203.0.113.9')
		slowest = max(slowest, time.monotonic() - began)
		assert code == 250, (name, code, reply)
		assert time.monotonic() - began < 15, (name, time.monotonic() - began)
		lab.settle()
		got = lab.mailbox_of_subject(CLERK, name)
		assert len(got) == 1, name
		assert got[0].without_received() == sent, name
		assert lab.gate_child() == child, name

	# From somebody we know, marked in a readable place and not wholly readable: that is no way past the gate.
	sly = letter('Cllr Moss <%s>' % MOSS, STRANGER, 'CONFIDENTIAL: staffing', 'See below.\n').replace(
		b'Content-Type: text/plain; charset=utf-8', b'Content-Type: multipart/mixed; boundary="\\""')
	code, reply = lab.send(sly, MOSS, [STRANGER], auth=MOSS)
	assert code == 250, reply
	lab.settle()
	assert lab.mailbox(STRANGER) == []
	assert lab.copyhold('queue', 'list').stdout.count('CH-') == 1
	two_hundred_levels(lab)
	print('slowest: %.2f s' % slowest)
