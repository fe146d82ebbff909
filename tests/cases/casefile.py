# casefile.py - reads labelled cases (see FORMAT) and turns each into the message and envelope it describes.
# SPDX-License-Identifier: GPL-3.0-or-later
import base64
import datetime
import email.utils
import re

import office

RULES = ('silent-copy', 'copy-footer', 'confidential-third-party', 'obligation-by-councillor',
         'official-letter-by-councillor', 'unreadable')
# Judged only in files whose first lines say "also judged: RULE ...": other files were labelled before these rules.
LATER_RULES = ('confidential-unexplained', 'copied-councillor', 'financial-commitment-by-councillor', 'confidential-lineage', 'silent-forward',
               'group-confidence', 'group-nonmember', 'disclosure-indicated', 'reply-due', 'obligation-unsigned', 'officer-name-by-proxy',
               'instruction-to-staff', 'direct-contact-with-staff', 'info-request-route', 'need-to-know-unstated', 'planning-influence',
               'appointment-influence', 'press-contact', 'press-release-approval', 'political-statement-by-officer', 'publicity-heightened',
               'group-advice-parity', 'group-report-content', 'party-business-request', 'group-demand', 'party-use-of-resources',
               'conduct-in-public', 'officer-complaint-routing', 'code-complaint-routing', 'officer-personal-matter', 'dispute-language',
               'dispute-by-email', 'ward-member-stage2', 'silent-copy-member', 'silent-copy-officer', 'signature-capacity', 'private-account-business',
               'autoforward-external', 'send-as-not-granted', 'bulk-visible-recipients', 'meeting-by-email', 'mp-casework-onward', 'foi-detected')
MANY = ('rcpt', 'recipient', 'footer', 'notice', 'no-notice', 'finding', 'exception', 'marking', 'delivered-has', 'delivered-lacks', 'footer-above')
ONE = ('what', 'kind', 'from', 'auth', 'client', 'at', 'fires', 'may', 'outcome', 'direction', 'unreadable', 'defects', 'untouched', 'fault', 'note', 'story',
       'copy-of', 'language', 'from-note')


# The kinds of notice there are; "all" is any of them.
NOTICES = ('held', 'annotated', 'advice', 'returned', 'companion', 'released', 'escalated', 'expired', 'all')
PACKS = ('dunstable',)


class BadCase(Exception):
    pass


class Case:
    def __init__(self, path, line, name, head):
        self.path, self.line, self.id = path, line, name
        self.judged, self.packs, self.settings, self.people = head['judged'], head['packs'], tuple(head['settings']), tuple(head['people'])
        self.keys = {key: [] for key in MANY}
        self.body = None
        self.origin = self  # whose message it is: another envelope's, for a copy

    def get(self, key, default=None):
        return self.keys.get(key, default)

    def rules(self, key):
        return set(self.get(key, '').split())

    @property
    def heldback(self):
        return self.path.endswith('-heldback.cases')

    @property
    def language(self):
        return self.get('language') or self.origin.get('language', 'en')

    @property
    def at(self):
        return self.get('at', '2026-03-02T09:00:00Z')

    def envelope(self):
        sender = self.get('from')
        auth, client = self.get('auth', sender), self.get('client', '10.1.2.3')
        return {'from': '' if sender == '<>' else sender, 'rcpt': self.get('rcpt'),
                'auth': None if auth == 'none' else auth, 'client': None if client == 'none' else client}

    def message(self):
        return expand(self.origin)

    def fail(self, why):
        raise BadCase('%s:%d: case %s: %s' % (self.path, self.line, self.id, why))


def stamp(case):
    when = datetime.datetime.fromisoformat(case.at.replace('Z', '+00:00'))
    return ['Date: ' + email.utils.format_datetime(when), 'Message-ID: <%s@marlbrook.example>' % case.id, 'MIME-Version: 1.0']


def escapes(text):
    out, position = bytearray(), 0
    for match in re.finditer(r'\\(x[0-9a-fA-F]{2}|\\)', text):
        out += text[position:match.start()].encode()
        out += b'\\' if match.group(1) == '\\' else bytes([int(match.group(1)[1:], 16)])
        position = match.end()
    return bytes(out + text[position:].encode())


def expand(case):
    """The raw message with CRLF line ends."""
    out, lines = [], iter(case.body)
    for line in lines:
        if line == '@head':
            fields = stamp(case) + ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit']
            out += [field.encode() + b'\r\n' for field in fields]
        elif line == '@mime':
            out += [field.encode() + b'\r\n' for field in stamp(case)]
        elif line.startswith('@base64'):
            charset, text = (line.split() + ['utf-8'])[1], []
            for inner in lines:
                if inner == '@end':
                    break
                text.append(inner + '\r\n')
            out.append(base64.encodebytes(''.join(text).encode(charset)).replace(b'\n', b'\r\n'))
        elif line.startswith('@file '):
            text = []
            for inner in lines:
                if inner == '@end':
                    break
                text.append(inner)
            out.append(base64.encodebytes(office.make(line[6:], text)).replace(b'\n', b'\r\n'))
        elif line.startswith('@bytes '):
            bare = line.endswith('\\c')
            out.append(escapes(line[7:-2] if bare else line[7:]) + (b'' if bare else b'\r\n'))
        elif line.startswith('@'):
            case.fail('unknown shorthand %s' % line)
        else:
            out.append(line.encode() + b'\r\n')
    return b''.join(out)


def add_key(case, text):
    key, colon, value = text.partition(':')
    key, value = key.strip(), value.strip()
    if not colon or key not in MANY + ONE:
        case.fail('unknown line "%s"' % text)
    if key in MANY:
        case.keys[key].append(value)
    elif key in case.keys:
        case.fail('%s twice' % key)
    else:
        case.keys[key] = value


def complete(case):
    for key in ('what', 'kind', 'from', 'outcome'):
        if key not in case.keys:
            case.fail('%s is missing' % key)
    if not case.get('rcpt') or (case.body is None) == ('copy-of' not in case.keys):
        case.fail('no recipient or no message')
    if case.get('kind') not in 'VBNXU' or case.get('language', 'cy') not in ('en', 'cy'):
        case.fail('kind is one of V B N X U, language en or cy')
    if (case.rules('fires') | case.rules('may')) - set(case.judged):
        case.fail('a rule that is unknown, or not judged in this file')
    if set(case.get('no-notice')) - set(NOTICES):  # nothing could ever contradict it
        case.fail('no-notice of a kind that is never sent')
    while case.body and case.body[-1] == '':
        case.body.pop()
    return case


def find_origins(cases):
    before = {}
    for case in cases:
        if 'copy-of' in case.keys:
            case.origin = before.get(case.get('copy-of')) or case.fail('copy-of names no case above it')
        before[case.id] = case.origin


def read_head(head, path, number, line):
    """One line above the first case: for all cases of the file, or comment."""
    if line.startswith('also judged: '):
        names = line[len('also judged: '):].split()
        if set(names) - set(LATER_RULES):
            raise BadCase('%s:%d: no such rule: %s' % (path, number, ' '.join(sorted(set(names) - set(LATER_RULES)))))
        head['judged'] = RULES + tuple(rule for rule in LATER_RULES if rule in names)
    elif line.startswith('packs: '):
        head['packs'] = tuple(line.split()[1:])
    elif line.startswith('settings: '):
        head['settings'].append(line[len('settings: '):])
    elif line.startswith('people: '):
        head['people'].append(line[len('people: '):])


def read(path):
    cases, case, head = [], None, {'judged': RULES, 'packs': PACKS, 'settings': [], 'people': []}
    with open(path, encoding='utf-8', newline='\n') as stream:
        for number, line in enumerate(stream.read().split('\n'), 1):
            if line.startswith('=== '):
                case = Case(path, number, line[4:].strip(), head)
                cases.append(case)
                if not re.fullmatch(r'[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}', case.id):
                    case.fail('bad id')
            elif not case:
                read_head(head, path, number, line)
            elif case and case.body is not None:
                case.body.append(line)
            elif case and line == '--- message':
                case.body = []
            elif case and line.strip():
                add_key(case, line)
    find_origins(cases)
    return [complete(case) for case in cases]
