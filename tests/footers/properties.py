"""What a footer may do to a message, asked of Python's own mail parser (which knows nothing of Copyhold).

check_all() adds a footer to each message with footer_tool and returns how many were left untouched for which reason, and every
breach: a byte that changed elsewhere, a structure that changed, a text without its line.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import collections
import email
import email.policy
import html
import json
import os
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


def check_text(was, now, part_was, part_now):
    if part_was.get_content_maintype() != 'text':
        return 'a part that is no text changed'
    (before, was_honest), (after, is_honest) = text_of(part_was, was), text_of(part_now, now)
    if was_honest and not is_honest:
        return 'the charset or encoding declared does not carry the line'
    if before.count(LINE) + 1 != (html.unescape(after) if part_now.get_content_subtype() == 'html' else after).count(LINE):
        return 'the line is not there once in the decoded text'
    # Prefix and suffix may overlap: what was added may begin as what follows it does.
    start, end = os.path.commonprefix([before, after]), os.path.commonprefix([before[::-1], after[::-1]])
    if len(start) + len(end) < len(before):
        return 'the text is not the old one with one run added'
    return None


def check_structure(before, after, result):
    was, now = leaves_and_branches(before), leaves_and_branches(after)
    if [part[1:4] for part in was] != [part[1:4] for part in now]:
        return 'types, file names or dispositions differ'
    if broken_promises(was) < broken_promises(now):
        return 'a multipart declares 7bit around 8-bit text'
    changed = [i for i in range(len(was)) if was[i][4] != now[i][4]]
    if len(changed) != len(result['feet']):
        return '%d parts changed, %d should have' % (len(changed), len(result['feet']))
    for i in changed:
        wrong = check_text(was[i][4], now[i][4], was[i][0], now[i][0])
        if wrong:
            return wrong
    return None


def check_one(before, after, result):
    if result['why'] != 'touched':
        return None if before == after and not result['edits'] else 'changed although "%s"' % result['why']
    return (check_bytes(before, after, result['edits']) or check_places(before, result) or
            check_structure(before, after, result))


def run_tool(names, tool):
    """One JSON result per input, in order."""
    answer = subprocess.run([tool, LINE], input=''.join('%s\t%s.out\n' % (name, name) for name in names).encode(),
                            stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in answer.stdout.splitlines()]


def check_all(messages, tool):
    """messages: (name, bytes as received) pairs. Returns (counts by reason, breaches)."""
    counts, breaches = collections.Counter(), []
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for number, (_, data) in enumerate(messages):
            names.append(os.path.join(folder, str(number)))
            with open(names[-1], 'wb') as file:
                file.write(data)
        results = run_tool(names, tool)
        if len(results) != len(messages):
            return counts, [('footer_tool', '%d results for %d messages' % (len(results), len(messages)))]
        for (title, data), name, result in zip(messages, names, results):
            with open(name + '.out', 'rb') as file:
                wrong = check_one(data, file.read(), result)
            counts[result['why']] += 1
            if wrong:
                breaches.append((title, wrong))
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
