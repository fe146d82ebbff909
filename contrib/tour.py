"""The quickstart's tour: letters of a made-up council, sent by SMTP, and what became of each.
SPDX-License-Identifier: GPL-3.0-or-later"""
import email
import email.policy
import html.parser
import json
import os
import re
import signal
import sys
import tempfile
import textwrap
import urllib.parse
import urllib.request

TESTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'tests')
sys.path[:0] = [os.path.join(TESTS, 'console'), os.path.join(TESTS, 'e2e')]
from desk_lab import DeskLab  # noqa: E402
from lab import letter, wait_for  # noqa: E402

CLERK = 'clerk@marlbrook.example'
KHAN = 'cllr.khan@marlbrook.example'
LOWE = 'cllr.lowe@marlbrook.example'
MOSS = 'cllr.moss@marlbrook.example'
MOSS_AT_HOME = 'carl.moss77@gmail.example'
WEBB = 'ivy.webb@post.example'
LAMB = 'k.lamb@lambkeyes.example'
OAKFIELD = 'contracts@oakfield.example'
GAZETTE = 'newsdesk@gazette.example'
MINISTER = 'correspondence@communities.example'
REVIEWER = 'mo@wexshire.example'
# Who may log in at the console, with this tour's password for all of them.
LOGINS = (('ruth', CLERK, 'reviewer'), ('helen', REVIEWER, 'second-reviewer'), ('marion', 'marion@cope-internalaudit.example', 'auditor'),
	  ('omar', 'omar.diaz@marlbrook.example', 'administrator'), ('carl', MOSS, 'member'))
PASSWORD = 'three ducks on the pond'

NAMES = {CLERK: 'the Clerk', KHAN: 'Cllr Khan (Mayor)', LOWE: 'Cllr Lowe', MOSS: 'Cllr Moss', MOSS_AT_HOME: 'Cllr Moss at home',
	 WEBB: 'Mrs Webb (complainant)', LAMB: "the Council's solicitor", OAKFIELD: 'Oakfield (contractor)', GAZETTE: 'the Gazette',
	 MINISTER: 'the Minister'}
FROM = {CLERK: 'Ruth Ames <%s>' % CLERK, KHAN: 'Cllr Amir Khan <%s>' % KHAN, MOSS: 'Cllr Carl Moss <%s>' % MOSS}
RUTH = '\nRuth Ames\nTown Clerk\n'
MAYOR = '\nCllr Amir Khan\nTown Mayor and Chair of the Council\n'
CONFIDENTIAL = 'Dear Carl,\n\nIn confidence, because it names a member of staff: the statement is below.\n' + RUTH
ACCEPT = 'Dear Sirs,\n\nOn behalf of Marlbrook Town Council we accept your quotation of 4,200 pounds. Please proceed.\n'
FORWARD = ('See what they say about the pavilion.\n\n-----Original Message-----\nFrom: Ruth Ames <%s>\nSent: 02 March 2026 09:00\n'
	   'To: Carl Moss <%s>\nSubject: CONFIDENTIAL: pavilion\n\nThe report names a member of staff.\n' % (CLERK, MOSS))
DISCLAIMER = '\nThis email is confidential and intended only for the addressee.\n'

# title, sender, To, Cc, hidden recipients, signed in (or a stranger), subject, body
LETTERS = (
	('The Clerk answers Cllr Moss and hides a copy to Cllr Lowe.', CLERK, MOSS, None, [LOWE], True,
	 'Allotment fees', 'Dear Carl,\n\nThe fees stay as they are.\n' + RUTH),
	('The same, but the Clerk has said so at the foot.', CLERK, MOSS, None, [LOWE], True,
	 'Allotment fees, again', 'Dear Carl,\n\nThe fees stay as they are.\n' + RUTH + '\nCC councillor Frances Lowe\n'),
	('The same, but the copy is there for all to see.', CLERK, MOSS, LOWE, [], True,
	 'Allotment fees, openly', 'Dear Carl,\n\nThe fees stay as they are.\n' + RUTH),
	("A hidden copy to Cllr Moss's own address at home: the same person.", CLERK, MOSS, None, [MOSS_AT_HOME], True,
	 'Agenda', 'Dear Carl,\n\nThe agenda is ready.\n' + RUTH),
	('A confidential note to Cllr Moss, with a copy to Mrs Webb, who complained.', CLERK, MOSS, WEBB, [], True,
	 'CONFIDENTIAL: the pavilion', CONFIDENTIAL),
	("The same to the Council's solicitor, who may see it.", CLERK, LAMB, None, [], True,
	 'CONFIDENTIAL: advice, please', CONFIDENTIAL.replace('Carl', 'Mr Lamb')),
	('Cllr Moss forwards a confidential note to the newspaper.', MOSS, GAZETTE, None, [], True,
	 'Fwd: pavilion', FORWARD),
	('An ordinary letter to Mrs Webb; "confidential" stands only in the small print.', CLERK, WEBB, None, [], True,
	 'Your letter', 'Dear Mrs Webb,\n\nThe Council meets on the 9th.\n' + RUTH + DISCLAIMER),
	('The Mayor accepts a quotation in his own name.', KHAN, OAKFIELD, None, [], True, 'Car park', ACCEPT + MAYOR),
	("The same letter in an officer's name.", CLERK, OAKFIELD, None, [], True, 'Car park: order', ACCEPT + RUTH),
	('The Mayor writes to a Minister, as the protocol allows.', KHAN, MINISTER, None, [], True, 'Rural buses',
	 'Dear Minister,\n\nOn behalf of Marlbrook Town Council I ask you to look again at the bus grant.\n' + MAYOR),
	('A stranger puts the Clerk\'s name on a letter to Cllr Moss and hides a copy.', CLERK, MOSS, None, [LOWE], False,
	 'Allotment fees rise', 'Dear Carl,\n\nThe fees rise.\n' + RUTH),
)

WIDTH = 92


def say(text='', indent=''):
	if text:
		print(textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=' ' * len(indent)))
	else:
		print()


def heading(text):
	print('\n%s\n%s' % (text, '-' * len(text)))


def name(address):
	return NAMES.get(address, address)


def quote(text, indent='        | '):
	for line in text.rstrip('\n').split('\n'):
		print((indent + line).rstrip())


def body_of(raw):
	"""The plain text of a message as a person reads it."""
	part = email.message_from_bytes(raw, policy=email.policy.default).get_body(('plain', 'html'))
	return part.get_content() if part is not None else ''


def judged(lab, sent, sender, recipients, signed_in):
	"""The same judgement again, offline, for its reasons."""
	with tempfile.NamedTemporaryFile(dir=lab.dir, suffix='.eml') as message:
		message.write(sent)
		message.flush()
		os.chmod(message.name, 0o644)
		words = ['check', '--json', '--from', sender]
		for recipient in recipients:
			words += ['--rcpt', recipient]
		words += ['--auth', sender] if signed_in else ['--client', '203.0.113.9']
		return json.loads(lab.copyhold(*words, message.name).stdout)


OUTCOMES = {'deliver': 'delivered as it is', 'annotate': 'delivered with a line added', 'hold': 'held for a reviewer',
	    'return': 'returned to the sender', 'retry': 'put off'}


def show_letter(lab, number, row):
	title, sender, to, cc, hidden, signed_in, subject, body = row
	recipients = [to] + ([cc] if cc else []) + hidden
	sent = letter(FROM[sender], to, subject, body, cc=cc)
	who = {'auth': sender} if signed_in else {'client': '203.0.113.9'}
	judgement = judged(lab, sent, sender, recipients, signed_in)
	code, reply = lab.send(sent, sender, recipients, **who)
	lab.settle()
	say()
	say(title, '%2d  ' % number)
	if code != 250:
		say('The mail server answered: %s %s' % (code, reply), '      ')
	for recipient in recipients:
		mails = lab.mailbox_of_subject(recipient, subject)
		outcome = next(entry['outcome'] for entry in judgement['recipients'] if entry['rcpt'] == recipient)
		arrived = 'nothing has arrived' if not mails else 'arrived byte for byte' if mails[0].without_received() == sent else 'as shown below'
		say('%-24s %s; %s' % (name(recipient) + ':', OUTCOMES[outcome], arrived), '      ')
	for finding in judgement['findings']:
		say('Why: %s' % finding['explanation'], '      ')
		say('(rule %s; %s)' % (finding['rule'], finding['clause']), '           ')
	for exception in judgement['exceptions']:
		say('Not against the rules: %s' % (exception if isinstance(exception, str) else
						    ', '.join('%s' % value for value in exception.values() if value)), '      ')
	if not judgement['findings'] and not judgement['exceptions']:
		say('No rule applies.', '      ')
	changed = [mail for mail in lab.mailbox_of_subject(to, subject) if mail.without_received() != sent]
	if changed:
		say('The letter as %s reads it:' % name(to), '      ')
		quote(body_of(changed[0].raw))


def show_notices(lab):
	heading('What the senders were told')
	wait_for('notices', lambda: lab.mailbox(CLERK) and lab.mailbox(KHAN), 30)
	notices = [mail for address in (CLERK, KHAN, MOSS) for mail in lab.mailbox(address) if b'\nAuto-Submitted:' in b'\n' + mail.raw]
	for mail in notices:
		print('  to %-18s %s' % (name(mail.to), email.message_from_bytes(mail.raw, policy=email.policy.default)['Subject']))
	held = [mail for mail in lab.mailbox(KHAN) if b'\nAuto-Submitted:' in b'\n' + mail.raw]
	say()
	say('One of them in full, to %s:' % name(KHAN), '  ')
	quote(body_of(held[0].raw), '    | ')


def show_release(lab):
	heading('A reviewer decides')
	listed = lab.copyhold('queue', 'list').stdout
	print('$ copyhold queue list\n%s' % listed.rstrip())
	webb = [block for block in re.split(r'(?=CH-[0-9]{8}-)', listed) if WEBB in block]
	number = re.match(r'CH-[0-9]{8}-[A-Z0-9]+', webb[0]).group(0)
	say()
	run = lab.copyhold('queue', 'release', number, '--by', CLERK, '--reason', 'it is fine', check=False)
	print('$ copyhold queue release %s --by %s --reason "it is fine"\n%s' % (number, CLERK, (run.stdout + run.stderr).strip()))
	say()
	run = lab.copyhold('queue', 'release', number, '--by', REVIEWER, '--reason', 'she has a right to it')
	print('$ copyhold queue release %s --by %s --reason "she has a right to it"\n%s' % (number, REVIEWER, (run.stdout + run.stderr).strip()))
	lab.settle()
	mail = wait_for('the released letter', lambda: lab.mailbox_of_subject(WEBB, 'CONFIDENTIAL: the pavilion'))[0]
	say()
	say('In the mailbox of %s now: the letter as it was sent, under a trace of how it came:' % name(WEBB))
	quote(mail.raw.decode(), '    | ')


class Seen(html.parser.HTMLParser):
	"""The words of a page below its first heading, a line for each block."""
	BLOCKS = ('p', 'h1', 'h2', 'h3', 'dt', 'li', 'legend')
	CONTROLS = ('button', 'label')

	def __init__(self, page):
		super().__init__()
		self.lines, self.shown, self.control, self.csrf = [], False, 0, None
		self.feed(page)

	def handle_starttag(self, tag, attrs):
		named = dict(attrs)
		if named.get('name') == 'csrf':
			self.csrf = named['value']
		self.shown = self.shown or tag == 'h1'
		if tag in self.BLOCKS:
			self.lines.append('')
		elif tag == 'dd' and self.lines:
			self.lines[-1] = self.lines[-1].rstrip() + ('; ' if ': ' in self.lines[-1] else ': ')
		self.control += tag in self.CONTROLS

	def handle_endtag(self, tag):
		if tag == 'main':
			self.shown = False
		self.control -= tag in self.CONTROLS

	def handle_data(self, words):
		if self.shown and self.lines and not self.control:
			self.lines[-1] += re.sub(r'\s+', ' ', words)


def log_in(lab, login):
	"""As a browser would; gives what opens further pages."""
	browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

	def page(path, **form):
		data = urllib.parse.urlencode(form).encode() if form else None
		return Seen(browser.open(lab.address + path, data, 20).read().decode())
	page('/login', login=login, password=PASSWORD, csrf=page('/login').csrf)
	return page


def show_console(lab):
	heading("The clerk's desk, in a browser")
	lab.start_desk()
	lab.start_console()
	for account in LOGINS:
		lab.add_account(*account, PASSWORD)
	say('The console is at %s. What waits there for the Clerk, who logs in as "ruth":' % lab.address)
	say()
	for line in log_in(lab, 'ruth')('/desk').lines:
		if line.strip(' :'):
			say(line.strip(), '  | ')


def stay(lab):
	heading('Everything stays up')
	print('  console     %s\n              log in as %s; password "%s"' % (lab.address, ', '.join('%s (%s)' % (login, role) for login, _, role in LOGINS), PASSWORD))
	print('  SMTP        127.0.0.1 port %d (sign in with any address of %s/people.csv, password "correct horse")' % (lab.port, lab.council))
	print('  settings    %s (edit, then: kill -HUP %d)' % (lab.conf, lab.gate.pid))
	print('  mailboxes   %s/mail/all/new' % lab.postfix)
	print('  log         %s' % lab.gate_log)
	print('  to stop it  Ctrl-C here, or: kill %d' % os.getpid())
	sys.stdout.flush()
	signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
	try:
		signal.pause()
	except KeyboardInterrupt:
		print()


def main():
	with DeskLab() as lab:
		lab.write_council()
		lab.start_postfix()
		lab.start_gate()
		print('Postfix listens on 127.0.0.1 port %d; Copyhold judges what it receives, for Marlbrook Town Council.' % lab.port)
		heading('%d letters by SMTP, and what became of them' % len(LETTERS))
		for number, row in enumerate(LETTERS, 1):
			show_letter(lab, number, row)
		show_notices(lab)
		show_release(lab)
		heading("The clerk's report")
		print('$ copyhold report')
		print(lab.copyhold('report').stdout.rstrip())
		show_console(lab)
		if '--stay' in sys.argv[1:]:
			stay(lab)
	print('\nEverything is stopped, and the folder it ran in is gone.')


if __name__ == '__main__':
	main()
