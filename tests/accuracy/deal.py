# deal.py - gives the people of real mail roles in a council that never was, by a fixed seed.
# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import email
import email.policy
import email.utils
import hashlib
import os
import random
import re

HEADER = re.compile(rb'(?i)^(return-path|received|from|to|date|subject|mime-version|message-id|content-type|delivered-to|x-[\w-]+):')
ADDRESS = re.compile(r"[\w.+='&/-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
NAME = re.compile(r"[A-Z][a-z]+( [A-Z]\.?)?( [A-Z][a-z']+)+")
GIVEN = 'Ada Bryn Cleo Dewi Edith Floyd Greta Hugh Iris Joel Kezia Lloyd Mabel Ned Olive Percy Queenie Rhys Sybil Tudor'.split()
FAMILY = 'Abbot Birtle Colley Dunmore Eastham Farrow Gostling Hartop Ibbot Jessop Kirkby Loxley Mumford Norbury Oakshot'.split()


class Mail:
    """One real message: its bytes, and whom its own headers name."""

    def __init__(self, path, raw):
        self.path, self.raw = path, raw
        self.digest = hashlib.sha256(raw).hexdigest()[:12]
        parsed = email.message_from_bytes(raw, policy=email.policy.compat32)
        self.sender = (addresses(parsed, 'From') or [None])[0]
        self.to, self.cc = addresses(parsed, 'To'), addresses(parsed, 'Cc')
        self.plain = parsed.get_content_type() == 'text/plain' and \
            (parsed.get('Content-Transfer-Encoding') or '7bit').strip().lower() in ('7bit', '8bit')
        self.body = raw.partition(b'\r\n\r\n')[2]


def addresses(parsed, field):
    """(name, address) of all that stand in a field, addresses in small letters, odd ones left out."""
    found = email.utils.getaddresses([str(value) for value in parsed.get_all(field, [])])
    return [(name.strip(), address.lower()) for name, address in found if ADDRESS.fullmatch(address.lower())]


def untagged(address):
    local, _, domain = address.lower().partition('@')
    return '%s@%s' % (local.partition('+')[0], domain)


def whole_messages(corpus, folders=('volume', 'replyfwd', 'gov')):
    seen = set()
    for folder in folders:
        for where, below, names in os.walk(os.path.join(corpus, folder)):
            below.sort()
            for name in sorted(names):
                with open(os.path.join(where, name), 'rb') as file:
                    raw = re.sub(rb'\A>?From [^\n]*\n', b'', file.read())
                raw = re.sub(rb'\r?\n', b'\r\n', raw)
                if HEADER.match(raw) and b'\r\n\r\n' in raw:
                    mail = Mail(os.path.relpath(os.path.join(where, name), corpus), raw)
                    if mail.sender and mail.to + mail.cc and mail.digest not in seen:
                        seen.add(mail.digest)
                        yield mail


class Person:
    def __init__(self, name, role, group=''):
        self.name, self.role, self.group, self.addresses, self.offices = name, role, group, [], []


# Shares of a hundred: what a known sender becomes, what one who only receives becomes, and how often a message gets a
# hidden councillor, a hidden outsider, and a sender the mail server did not authenticate.
DEALS = {
    'councillors-write-out': dict(senders='councillor 100', others='contractor 25 resident 20 authority 10 press 5 - 40', domains=50),
    'officers-write-out': dict(senders='officer 100', others='councillor 30 contractor 15 resident 15 complainant 5 - 35', domains=50,
                               hidden=35, outsider=20),
    'officers-to-members': dict(senders='officer 100', others='councillor 85 officer 10 - 5', domains=80, hidden=60, outsider=30),
    'a-council-at-work': dict(senders='officer 35 councillor 35 resident 15 contractor 5 - 10',
                              others='councillor 30 officer 20 resident 15 contractor 10 press 5 - 20', domains=60, hidden=25, outsider=15,
                              stranger=10),
    'members-among-themselves': dict(senders='councillor 70 officer 30', others='councillor 50 officer 30 protected 3 oversight 3 - 14',
                                     domains=70, hidden=25, outsider=20, stranger=5),
    'lists-of-the-public': dict(senders='officer 50 councillor 50', others='list 40 councillor 30 - 30', domains=40, hidden=40, outsider=50),
}
NO_THIRD_PARTY = ('councillor', 'officer', 'protected', 'oversight', 'list')
OFFICES = {'councillor': ('mayor', 'leader', 'committee-chair', 'vice-chair', ''), 'officer': ('clerk', 'rfo', 'head-of-service', '', '')}


def drawn(rng, shares):
    words = shares.split()
    return rng.choices(words[::2], [int(share) for share in words[1::2]])[0]


class Council:
    """One deal: people with roles, and for each message an envelope."""

    def __init__(self, mails, title):
        self.title, self.shares = title, DEALS[title]
        self.rng = random.Random('copyhold ' + title)
        self.people, self.of = [], {}
        self.named = {}
        senders = sorted({mail.sender for mail in mails}, key=lambda pair: (pair[1], pair[0]))
        others = sorted({pair for mail in mails for pair in mail.to + mail.cc}, key=lambda pair: (pair[1], pair[0]))
        for (name, address), shares in [(pair, 'senders') for pair in senders] + [(pair, 'others') for pair in others]:
            if untagged(address) not in self.of:
                self.take(name, untagged(address), drawn(self.rng, self.shares[shares]))
        everywhere = sorted({address.partition('@')[2] for address in self.of})
        self.domains = self.rng.sample(everywhere, len(everywhere) * self.shares['domains'] // 100)
        self.councillors = [person for person in self.people if person.role == 'councillor']

    def take(self, name, address, role):
        """One name in one role is one person, whatever the address: everybody has a private one too."""
        if role == '-':
            self.of[address] = None
            return
        if not NAME.fullmatch(name) or role == 'list':
            name = self.invented(address)
        person = self.named.get((name, role))
        if person is None:
            taken = any(known == name for known, _ in self.named)
            person = Person(self.invented(address) if taken else name, role, 'public' if role == 'list' else '')
            self.named[person.name, role] = self.named[name, role] = person
            self.people.append(person)
            if role in OFFICES and self.rng.random() < 0.2:
                person.offices = [self.rng.choice(OFFICES[role])]
        person.addresses.append(address)
        self.of[address] = person

    def invented(self, address):
        number = int(hashlib.sha256(address.encode()).hexdigest(), 16)
        for step in range(len(GIVEN) * len(FAMILY) * 26):
            pick = number + step
            name = '%s %s. %s' % (GIVEN[pick % 20], chr(65 + pick // 20 % 26), FAMILY[pick // 520 % 15])
            if all(name != known for known, _ in self.named):
                return name
        raise ValueError('no names left')

    def person(self, address):
        """As DESIGN 8 finds people: by address, without regard to case and plus-tags."""
        return self.of.get(untagged(address))

    def is_third_party(self, address):
        person = self.person(address)
        if person is None:
            return address.partition('@')[2] not in self.domains
        return person.role not in NO_THIRD_PARTY

    def write(self, folder, contract):
        with open(os.path.join(folder, 'people.csv'), 'w', newline='', encoding='utf-8') as file:
            rows = csv.writer(file)
            rows.writerow(['id', 'name', 'role', 'addresses', 'offices', 'group'])
            for number, person in enumerate(self.people):
                rows.writerow(['p%d' % number, person.name, person.role, ';'.join(person.addresses), ';'.join(person.offices), person.group])
        with open(contract, encoding='utf-8') as file:
            text = re.sub(r'domains = \[.*?\];', 'domains = [ %s ];' % ', '.join('"%s"' % domain for domain in self.domains), file.read())
        with open(os.path.join(folder, 'copyhold.conf'), 'w', encoding='utf-8') as file:
            file.write(text)

    def letter(self, mail):
        return Letter(self, mail)


PLANTS = {
    'officer': ('confidential-third-party', b'CONFIDENTIAL'),
    'councillor': ('obligation-by-councillor', b'On behalf of the Town Council I hereby accept your quotation. Please proceed with the works.'),
}
QUOTES = re.compile(rb'(?m)^(>|-+ ?(original|forwarded)|.*\bwrote:)', re.I)


class Letter:
    """A message as this council's mail server would get it."""

    def __init__(self, council, mail):
        rng, shares = council.rng, council.shares
        self.council, self.mail, self.raw = council, mail, mail.raw
        self.sender = mail.sender[1]
        person = council.person(self.sender)
        known = person and person.role in ('officer', 'councillor') and rng.random() * 100 >= shares.get('stranger', 0)
        self.auth = untagged(self.sender) if known else None
        self.client = '10.1.2.3' if known else '203.0.113.9'
        self.rcpt = list(dict.fromkeys(address for _, address in mail.to + mail.cc))
        self.foot, self.planted = [], None
        self.hide(rng, shares)
        if self.auth and mail.plain and rng.random() < 0.03:
            self.plant(person.role)

    def hide(self, rng, shares):
        hidden = []
        if self.council.councillors and rng.random() * 100 < shares.get('hidden', 0):
            hidden = rng.sample(self.council.councillors, min(rng.choice((1, 1, 1, 2)), len(self.council.councillors)))
        self.rcpt += [rng.choice(person.addresses) for person in hidden]
        if rng.random() * 100 < shares.get('outsider', 0):
            self.rcpt += ['reader%d@elsewhere.example' % number for number in range(rng.choice((1, 1, 2, 6)))]
        chance = rng.random()
        if hidden and chance < 0.4 and self.mail.plain and not QUOTES.search(self.mail.body):
            self.foot = hidden if chance < 0.3 else hidden[:1]
            lines = ''.join('CC councillor %s\r\n' % person.name for person in self.foot)
            self.raw = self.raw.rstrip(b'\r\n') + b'\r\n\r\n' + lines.encode()
        self.rcpt = list(dict.fromkeys(self.rcpt))

    def plant(self, role):
        """What must be found, in real surroundings; nothing where nobody outside gets it."""
        if any(map(self.council.is_third_party, self.rcpt)):
            self.planted, words = PLANTS[role]
            head, blank, body = self.raw.partition(b'\r\n\r\n')
            self.raw = head + blank + words + b'\r\n\r\n' + body

    def envelope(self):
        return {'from': self.sender, 'rcpt': self.rcpt, 'auth': self.auth, 'client': self.client}
