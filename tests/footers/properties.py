"""What a footer may do to a message, asked of Python's own mail parser and, where they are there, of GMime (gmime_tool) and Perl's
Email::MIME (email_mime): three parsers that know nothing of Copyhold nor of each other.

check_all() adds a footer to each message with footer_tool and returns how many were left untouched for which reason, and every
breach: a byte that changed elsewhere, a structure that changed, a text without its line.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import collections
import email
import email.policy
import hashlib
import html
import json
import os
import shutil
import subprocess
import tempfile

LINE = "CC councillor Siân O'Neill"
FIELDS = (b'content-type:', b'content-transfer-encoding:', b'mime-version:')


def as_received(data):
    """As an MTA hands a message on: without an mbox separator, CRLF line ends."""
    if data.startswith(b'From '):
        data = data.partition(b'\n')[2]
    return data.replace(b'\r\n', b'\n').replace(b'\n', b'\r\n')


def leaves_and_branches(data):
    """(type, file name, disposition, payload) of every part, in order."""
    parts = []
    for part in email.message_from_bytes(data, policy=email.policy.compat32).walk():
        payload = None if part.is_multipart() else part.get_payload(decode=True)
        parts.append((part, part.get_content_type(), part.get_filename(), part.get_content_disposition(), payload))
    return parts


def text_of(part, payload):
    """The text as its headers say, and whether it is that: the bytes fit the charset, 7bit is 7bit."""
    charset = part.get_content_charset() or 'us-ascii'
    encoding = (part.get('Content-Transfer-Encoding') or '7bit').strip().lower()
    honest = encoding != '7bit' or payload.isascii()
    try:
        return payload.decode(charset), honest
    except (LookupError, UnicodeDecodeError):
        return payload.decode('utf-8', 'replace'), False


def broken_promises(parts):
    """How many multiparts that declare 7bit hold 8-bit parts."""
    return sum(1 for part, *_ in parts
               if part.get_content_maintype() == 'multipart' and str(part.get('Content-Transfer-Encoding')).strip().lower() == '7bit'
               and any(not leaf.get_payload().isascii() for leaf in part.walk() if not leaf.is_multipart()))


def check_bytes(before, after, edits):
    """Taking out what was put in gives the message back, to the byte."""
    old = new = 0
    for edit in edits:
        more = bytes.fromhex(edit['bytes'])
        kept = edit['offset'] - old
        if kept < 0 or before[old:old + kept] != after[new:new + kept]:
            return 'a byte outside the edits changed'
        old += kept + edit['length']
        new += kept
        if after[new:new + len(more)] != more:
            return 'the output has not what the edit says'
        new += len(more)
    return None if before[old:] == after[new:] else 'a byte after the edits changed'


def check_places(before, result):
    """Edits lie in the texts that take the line, or are one of three header fields."""
    bodies = [(foot['start'], foot['end']) for foot in result['feet']]
    for edit in result['edits']:
        start, end = edit['offset'], edit['offset'] + edit['length']
        if edit['kind'] == 'remove':
            return 'a field was removed'
        if edit['kind'] != 'body':
            if not bytes.fromhex(edit['bytes']).lower().startswith(FIELDS):
                return 'a foreign header field was changed'
        elif not any(first <= start and end <= last for first, last in bodies):
            field_start = before.rfind(b'\n', 0, start) + 1
            more = bytes.fromhex(edit['bytes']).lower()
            if more not in (b'utf-8', b'8bit', b'; charset=utf-8') and not (start == field_start and more.startswith(FIELDS)):
                return 'something else than a footer or its widening'
    return None


def check_text(was, now, part_was, part_now, line):
    if part_was.get_content_maintype() != 'text':
        return 'a part that is no text changed'
    (before, was_honest), (after, is_honest) = text_of(part_was, was), text_of(part_now, now)
    if was_honest and not is_honest:
        return 'the charset or encoding declared does not carry the line'
    if before.count(line) + 1 != (html.unescape(after) if part_now.get_content_subtype().endswith('html') else after).count(line):
        return 'the line is not there once in the decoded text'
    # Prefix and suffix may overlap: what was added may begin as what follows it does.
    start, end = os.path.commonprefix([before, after]), os.path.commonprefix([before[::-1], after[::-1]])
    if len(start) + len(end) < len(before):
        return 'the text is not the old one with one run added'
    return None


def check_structure(before, after, result, line):
    was, now = leaves_and_branches(before), leaves_and_branches(after)
    if [part[1:4] for part in was] != [part[1:4] for part in now]:
        return 'types, file names or dispositions differ'
    if broken_promises(was) < broken_promises(now):
        return 'a multipart declares 7bit around 8-bit text'
    changed = [i for i in range(len(was)) if was[i][4] != now[i][4]]
    if len(changed) != len(result['feet']):
        return '%d parts changed, %d should have' % (len(changed), len(result['feet']))
    for i in changed:
        wrong = check_text(was[i][4], now[i][4], was[i][0], now[i][0], line)
        if wrong:
            return wrong
    return None


def check_one(before, after, result, line=LINE):
    if result['why'] != 'touched':
        return None if before == after and not result['edits'] else 'changed although "%s"' % result['why']
    return (check_bytes(before, after, result['edits']) or check_places(before, result) or
            check_structure(before, after, result, line))


def run_tool(names, tool, line=LINE):
    """One JSON result per input, in order."""
    answer = subprocess.run([tool, line], input=''.join('%s\t%s.out\n' % (name, name) for name in names).encode(),
                            stdout=subprocess.PIPE, check=True)
    return [json.loads(answered) for answered in answer.stdout.splitlines()]


def other_parsers(tool):
    """(name, command, share of messages on which it must agree with Python) of each that is there; tells of those that are not.
    Email::MIME takes blank lines at the beginning of a part away."""
    found = []
    gmime = os.path.join(os.path.dirname(os.path.abspath(tool)), 'gmime_tool')
    if os.access(gmime, os.X_OK):
        found.append(('GMime', [gmime], 1.0))
    else:
        print('skipped: GMime, because gmime_tool was not built (libgmime-3.0-dev)')
    perl = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'email_mime')
    if shutil.which('perl') and subprocess.run(['perl', perl, '--try'], check=False).returncode == 0:
        found.append(('Email::MIME', ['perl', perl], 0.95))
    else:
        print('skipped: Email::MIME, because it is not installed (libemail-mime-perl)')
    return found


def run_parser(names, command):
    """What the parser sees in each message, in one run."""
    answer = subprocess.run(command, input=''.join(name + '\n' for name in names).encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(answered) for answered in answer.stdout.splitlines()]


def python_leaves(data):
    """As the other parsers count: an enclosed message is what it holds, a delivery status or a receipt is one leaf."""
    def leaves(part):
        report = part.get_content_maintype() == 'message' and part.get_content_type() != 'message/rfc822'
        if part.is_multipart() and not report:
            for inner in part.get_payload():
                yield from leaves(inner)
        else:
            yield part
    return list(leaves(email.message_from_bytes(data, policy=email.policy.compat32)))


def do_parsers_agree(data, seen):
    """On types and decoded bytes; a delivery status Python takes apart."""
    leaves = python_leaves(data)
    if [part.get_content_type() for part in leaves] != [leaf['type'].lower() for leaf in seen]:
        return False
    return all(part.is_multipart() or hashlib.sha256(part.get_payload(decode=True)).hexdigest() == leaf['digest']
               for part, leaf in zip(leaves, seen))


def check_parser(name, before, after, was, now, result, line):
    """The same again, as another parser sees it; None when it reads the message itself otherwise than Python does."""
    if not do_parsers_agree(before, was):
        return None
    if not do_parsers_agree(after, now):
        return 'Python and %s differ on the result' % name
    if [(leaf['type'], leaf['name']) for leaf in was] != [(leaf['type'], leaf['name']) for leaf in now]:
        return '%s sees other parts' % name
    changed = [pair for pair in zip(was, now) if pair[0]['digest'] != pair[1]['digest']]
    if len(changed) != len(result['feet']):
        return '%s sees %d parts changed' % (name, len(changed))
    for old, new in changed:
        if new['text'] is None: # the parser does not know the charset
            continue
        text = html.unescape(new['text']) if new['type'].lower().endswith('html') else new['text']
        if (old['text'] or '').count(line) + 1 != text.count(line):
            return '%s does not see the line once' % name
    return ''


def check_parsers(touched, parsers, line, agreed, breaches):
    """`touched`: (title, before, after, result); `agreed` counts for each parser."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for number, (_, before, after, _) in enumerate(touched):
            for kind, content in (('old', before), ('new', after)):
                names.append(os.path.join(folder, '%d.%s' % (number, kind)))
                with open(names[-1], 'wb') as file:
                    file.write(content)
        for name, command, _ in parsers if touched else ():
            seen = run_parser(names, command)
            for (title, before, after, result), was, now in zip(touched, seen[::2], seen[1::2]):
                wrong = check_parser(name, before, after, was, now, result, line)
                agreed[name] += wrong is not None
                if wrong:
                    breaches.append((title, wrong))


def check_batch(batch, tool, line, counts, breaches):
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for number, (_, data) in enumerate(batch):
            names.append(os.path.join(folder, str(number)))
            with open(names[-1], 'wb') as file:
                file.write(data)
        results = run_tool(names, tool, line)
        if len(results) != len(batch):
            breaches.append(('footer_tool', '%d results for %d messages' % (len(results), len(batch))))
            return
        for (title, data), name, result in zip(batch, names, results):
            with open(name + '.out', 'rb') as file:
                after = file.read()
            counts[result['why']] += 1
            wrong = check_one(data, after, result, line)
            if wrong:
                breaches.append((title, wrong))
            yield title, data, after, name, result


def check_all(messages, tool, line=LINE, parsers=(), justify=None, strict=True, size=500):
    """messages: (name, bytes as received) pairs. Returns (counts by reason, breaches). `parsers`: of other_parsers; `justify` is asked
    of each message, its reason and the parts that take the line whether that is right. Not strict: of mail on which the parsers
    differ as it is nothing is asked."""
    counts, breaches, agreed, total = collections.Counter(), [], collections.Counter(), 0
    for start in range(0, len(messages), size):
        touched = []
        for title, data, after, _, result in check_batch(messages[start:start + size], tool, line, counts, breaches):
            wrong = justify(title, data, result['why'], line, [foot['part'] for foot in result['feet']]) if justify else None
            if wrong:
                breaches.append((title, wrong))
            if result['why'] == 'touched':
                touched.append((title, data, after, result))
        check_parsers(touched, parsers, line, agreed, breaches)
        total += len(touched)
    breaches += [('all', '%s agrees with Python on %d of %d messages' % (name, agreed[name], total))
                 for name, _, share in parsers if strict and agreed[name] < share * total]
    return counts, breaches


def report(counts, breaches, least):
    """Prints, and gives the exit status; `least` of the messages must have been touched, or little was tested."""
    total = sum(counts.values())
    print('%d messages: %s' % (total, ', '.join('%s %d' % pair for pair in counts.most_common())))
    for title, wrong in breaches[:40]:
        print('  %s: %s' % (title, wrong))
    print('%d breaches' % len(breaches))
    if counts['touched'] < least:
        print('only %d touched, %d expected' % (counts['touched'], least))
        return 1
    return 1 if breaches else 0
