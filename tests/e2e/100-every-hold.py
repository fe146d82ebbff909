#!/usr/bin/env python3
"""Whatever the words of a rule, what it holds is held and what it returns is returned: every action with every kind of text.

Another gateway let held mail through for two years as soon as a reason of one's own was given (field lesson M1).
SPDX-License-Identifier: GPL-3.0-or-later"""
import json

from lab import Lab, letter

CLERK = 'clerk@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
WEBB = 'ivy.webb@post.example'

TEXTS = {
	'plain': 'Held.',
	'formats': '100 % of it, %s, %n, %d, %%, and a % at the end %',
	'welsh': 'Cedwir y llythyr hwn: â ŵ ŷ, a 🌳.',
	'long': 'word ' * 500,
	'lines': 'one\n\n.\ntwo\r\n.\r\nthree\r',
	'a reply': '250 2.0.0 Ok: queued\r\nX-Copyhold-Id: forged\r\nBcc: someone@post.example\r\n\r\n<b>"quoted" \\ \'so\'</b>',
}
HOLDS = {
	'for one': 'action = "hold"; when = ( %s, "this recipient is a third party" );',
	'for one, told': 'action = "hold"; also = ( "notify", "flag" ); when = ( %s, "this recipient is a third party" );',
	'whole': 'action = "hold"; whole_message = true; when = ( %s );',
	'whole, told': 'action = "hold"; whole_message = true; also = ( "notify", "flag" ); when = ( %s );',
	'returned': 'action = "return"; when = ( %s );',
	'returned, told': 'action = "return"; also = ( "notify", "flag" ); when = ( %s );',
}


def quoted(text):
	for plain, escaped in (('\\', '\\\\'), ('"', '\\"'), ('\n', '\\n'), ('\r', '\\r')):
		text = text.replace(plain, escaped)
	return '"%s"' % text


def word(number):
	"""A word of its own for each rule; none is part of another."""
	return 'quok%s%skas' % ('abcdef'[number // len(TEXTS)], 'abcdef'[number % len(TEXTS)])


ROWS = [(number, hold, text) for number, (hold, text) in enumerate((hold, text) for hold in HOLDS for text in TEXTS)]


def council(lab):
	"""The sample's council with one rule for each combination, and one for both of them on one message."""
	lab.write_council()
	phrases, rules = [], []
	for number, hold, text in ROWS:
		phrases.append('own-%d = ( "%s" );' % (number, word(number)))
		rules.append('{ id = "own-%d"; clause = %s; %s says = { en = %s; cy = %s; }; remedy = { en = %s; }; }'
			     % (number, quoted('Paragraph %d, %s' % (number, TEXTS[text])), HOLDS[hold] % quoted('the subject says own-%d' % number),
				quoted(TEXTS[text]), quoted(TEXTS[text]), quoted(TEXTS[text])))
	with open(lab.conf, 'a') as conf:
		conf.write('\nphrases = { %s };\nrules = ( %s );\n' % ('\n'.join(phrases), ',\n'.join(rules)))


with Lab() as lab:
	council(lab)
	lab.start_postfix()
	lab.start_gate()
	for number, hold, text in ROWS:
		subject = 'About %s, %d' % (word(number), number)
		sent = letter('Ruth Ames <%s>' % CLERK, MOSS, subject, 'Text.\n', cc=WEBB)
		code, reply = lab.send(sent, CLERK, [MOSS, WEBB], auth=CLERK)
		assert code == (550 if hold.startswith('returned') else 250), (hold, text, code, reply)
		assert code == 250 or 'reference CH-' in reply, (hold, text, reply)
		assert text != 'formats' or code == 250 or '100 % of it, %s, %n, %d, %%, and a % at the end %' in reply, reply
	lab.settle(60)

	listed = [json.loads(line) for line in lab.copyhold('queue', 'list', '--json').stdout.splitlines()]
	held = {entry['subject']: entry for entry in listed}
	for number, hold, text in ROWS:
		subject = 'About %s, %d' % (word(number), number)
		assert lab.mailbox_of_subject(WEBB, subject) == [], (hold, text, 'was let through')
		assert len(lab.mailbox_of_subject(MOSS, subject)) == (1 if hold.startswith('for one') else 0), (hold, text)
		assert (subject in held) == (not hold.startswith('returned')), (hold, text, 'not in the store')
	lab.copyhold('journal', 'verify')

	# And what was held comes out again as it went in.
	number = next(number for number, hold, text in ROWS if hold == 'whole, told' and text == 'a reply')
	entry = held['About %s, %d' % (word(number), number)]
	lab.copyhold('queue', 'release', entry['id'], '--by', 'mo@wexshire.example', '--reason', 'test')
	lab.settle()
	assert len(lab.mailbox_of_subject(WEBB, entry['subject'])) == 1
