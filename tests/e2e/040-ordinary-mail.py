#!/usr/bin/env python3
"""Everybody's ordinary mail passes byte for byte, however it comes; a stranger cannot speak as the council.
SPDX-License-Identifier: GPL-3.0-or-later"""
import os

from lab import Lab, letter

CLERK = 'clerk@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
LOWE = 'cllr.lowe@marlbrook.example'
WEBB = 'ivy.webb@post.example'


def delivered(lab, sent, sender, recipients, **how):
	"""Sends and gives the single copy of the first recipient without what Postfix put on top."""
	before = len(lab.mailbox(recipients[0]))
	code, reply = lab.send(sent, sender, recipients, **how)
	assert code == 250, reply
	lab.settle()
	mails = lab.mailbox(recipients[0])
	assert len(mails) == before + 1, (before, len(mails))
	return mails[-1].without_received()


ODD = ('From:   Ivy Webb <%s>\nto: Ruth <%s>,\n\tOther <other@post.example>\nSUBJECT: =?utf-8?q?Caf=C3=A9?= and\n  more \nMessage-ID:<odd@lab.example>\n'
       'Date: Mon, 2 Mar 2026 09:00:00 +0000\nX-Empty:\nMIME-Version: 1.0\nContent-Type: multipart/mixed;\n\tboundary="=_b"\n\npreamble\n--=_b\n'
       'Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nna=EFve=20\n.\n..\n=46rom me\n--=_b\n'
       'Content-Type: application/octet-stream; name=a.bin\nContent-Transfer-Encoding: base64\n\nAAECAwQFBgcICQ==\n--=_b--\nepilogue\n\n\n')

with Lab() as lab:
	lab.write_council()
	lab.start_postfix()
	lab.start_gate()

	plain = letter('Ruth Ames <%s>' % CLERK, WEBB, 'Your letter', 'Dear Mrs Webb,\n\nThe Council meets on the 9th.\n\nRuth Ames\nTown Clerk\n\n'
		       'This email is confidential and intended only for the addressee.\n')
	assert delivered(lab, plain, CLERK, [WEBB], auth=CLERK) == plain
	odd = (ODD % (WEBB, CLERK)).encode()
	assert delivered(lab, odd, WEBB, [CLERK], client='203.0.113.9') == odd
	raw8 = odd.replace(b'X-Empty:', b'X-Raw: caf\xe9 \xc3\xa9')
	assert delivered(lab, raw8, WEBB, [CLERK], client='203.0.113.9') == raw8

	# Fields that claim to be ours are taken off everybody's mail, and nothing else is.
	forged = plain.replace(b'Date:', b'X-Copyhold-Finding: none; id=CH-1\nDate:').replace(b'MIME-Version', b'x-copyhold-id: a\n\tb\nMIME-Version')
	assert delivered(lab, forged, CLERK, [WEBB], auth=CLERK) == plain

	# Megabytes pass in good time.
	big = letter(WEBB, CLERK, 'Photographs', ''.join('%s\n' % os.urandom(36).hex() for _ in range(150000)))
	assert delivered(lab, big, WEBB, [CLERK], client='203.0.113.9') == big

	# A bounce has no sender.
	bounce = letter('MAILER-DAEMON@elsewhere.example', CLERK, 'Undelivered', 'Sorry.\n')
	assert delivered(lab, bounce, '', [CLERK], client='203.0.113.9') == bounce

	# A program of this machine. Nobody has signed in, so nobody's rule fires.
	local = letter('Ruth Ames <%s>' % CLERK, MOSS, 'Nightly copy', 'Done.\n')
	lab.sendmail(local, CLERK, [MOSS, LOWE])
	lab.settle()
	assert [mail.without_received() for mail in lab.mailbox_of_subject(MOSS, 'Nightly copy')] == [local]

	# A stranger who writes the clerk's name is a stranger: no footer, no hold, and no notice to the clerk.
	notices = len(lab.mailbox(CLERK))
	stranger = letter('Ruth Ames <%s>' % CLERK, MOSS, 'Fees', 'Dear Carl,\n\nThe fees rise.\n\nRuth\n')
	assert delivered(lab, stranger, CLERK, [MOSS, LOWE], client='203.0.113.9') == stranger
	assert len(lab.mailbox(CLERK)) == notices
	nobodys = 'From gives %s, but nobody signed in' % CLERK
	said = lab.log_text().count(nobodys)
	assert said == 2, said  # the program's too

	# The same from a relay the configuration trusts is the clerk's.
	got = delivered(lab, stranger.replace(b'Fees', b'Fees, again'), CLERK, [MOSS, LOWE], client='192.0.2.77')
	assert b'CC councillor Frances Lowe' in got, got
	assert lab.log_text().count(nobodys) == said and not lab.logged('Ruth Ames sent it')

	# Who signs in and writes another's address is told of in the log, and nowhere else.
	another = letter('Carl Moss <%s>' % MOSS, WEBB, 'The step', 'It is mended on Thursday.\n')
	assert delivered(lab, another, CLERK, [WEBB], auth=CLERK) == another
	assert lab.logged('Ruth Ames sent it, but From gives %s' % MOSS)

	assert lab.copyhold('queue', 'list').stdout.count('CH-') == 0
