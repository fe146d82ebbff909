# oracle.py - the two rules on hidden copies, judged a second time from headers and envelope alone.
# SPDX-License-Identifier: GPL-3.0-or-later
import deal


class Copies:
    """Who of the letter's recipients is hidden, as people."""

    def __init__(self, letter):
        council, mail = letter.council, letter.mail
        sender = council.person(letter.sender)
        visible = [council.person(address) for _, address in mail.to + mail.cc]
        shown = {deal.untagged(address) for _, address in mail.to + mail.cc} | {deal.untagged(letter.sender)}
        reached = [(deal.untagged(address), council.person(address)) for address in letter.rcpt]
        self.officer = letter.auth is not None and sender is not None and sender.role == 'officer'
        self.addressed = {person for person in (council.person(address) for _, address in mail.to) if is_councillor(person)}
        self.hidden = {person for _, person in reached if is_councillor(person) and person not in visible and person is not sender}
        outside = {person or address for address, person in reached if not serves(person) and address not in shown
                   and (person is None or person not in visible)}
        self.public = len(outside)
        self.public_list = any(person is not None and person.role == 'list' for person in visible)
        self.somebody = any(deal.untagged(address) != deal.untagged(letter.sender) and (person is None or person is not sender)
                            for (_, address), person in zip(mail.to + mail.cc, visible))
        self.unnamed = self.hidden - set(letter.foot)

    def mostly_public(self, least):
        return self.public >= least and self.public > len(self.hidden)


def serves(person):
    return person is not None and person.role in ('councillor', 'officer')


def is_councillor(person):
    return person is not None and person.role == 'councillor'


def expected(letter):
    """The rules on copies that must fire."""
    copies = Copies(letter)
    if not copies.officer or not copies.unnamed or copies.public_list:
        return set()
    rules = set()
    one = len(copies.addressed) == 1
    if one:
        rules.add('silent-copy')
    if copies.somebody and (one or not copies.mostly_public(3)):
        rules.add('copy-footer')
    return rules
