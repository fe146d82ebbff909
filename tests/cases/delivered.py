# delivered.py - holds what the recipients get against what was sent: untouched mail byte for byte, annotated mail
# with its structure and attachments as they were and each footer once in each text.
# SPDX-License-Identifier: GPL-3.0-or-later
import email
import email.policy
import html
import os
import re


def without_own_fields(raw):
    head, blank, body = raw.partition(b'\r\n\r\n')
    head = re.sub(rb'(?im)^X-Copyhold-[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*', b'', head + b'\r\n')
    return head + blank[2:] + body


def parse(raw):
    return email.message_from_bytes(raw, policy=email.policy.compat32)


def shape(message):
    return [part.get_content_type() for part in message.walk()]


def text_of(part):
    payload = part.get_payload(decode=True) or b''
    try:
        text = payload.decode(part.get_content_charset() or 'utf-8', 'replace')
    except LookupError:
        text = payload.decode('latin-1')
    if part.get_content_subtype() == 'html':
        text = html.unescape(re.sub(r'(?s)<[^>]*>', '\n', text))
    return text


def is_shown(part):
    return part.get_content_maintype() == 'text' and part.get_content_disposition() != 'attachment'


def shown_texts(message):
    """Texts a recipient reads, not those of enclosed messages."""
    if message.get_content_type() == 'message/rfc822':
        return []
    if message.is_multipart():
        return [text for part in message.get_payload() for text in shown_texts(part)]
    return [text_of(message)] if is_shown(message) else []


def others(message):
    """Parts no footer may touch."""
    if message.get_content_type() == 'message/rfc822':
        return [message.as_bytes()]
    if message.is_multipart():
        return [data for part in message.get_payload() for data in others(part)]
    return [] if is_shown(message) else [message.as_bytes()]


def compare_untouched(raw, output):
    if without_own_fields(output) != without_own_fields(raw):
        yield 'outcome deliver, but the bytes changed'


def compare_annotated(case, line, raw, output):
    before, after = parse(raw), parse(output)
    if shape(before) != shape(after):
        yield 'structure %s became %s' % (shape(before), shape(after))
    if others(before) != others(after):
        yield 'an attachment changed'
    old_texts, texts = shown_texts(before), shown_texts(after)
    for footer in line['footers']:
        for old, new in zip(old_texts, texts):
            if new.count(footer) != old.count(footer) + 1:
                yield '"%s" stands %d times in a text, had been %d' % (footer, new.count(footer), old.count(footer))
    for words in case.get('footer-above'):
        for text in texts:
            at = text.find(words)
            for footer in line['footers']:
                if at < 0 or not 0 <= text.find(footer) < at:
                    yield '"%s" does not stand above "%s"' % (footer, words)


def compare(case, line, path):
    raw = case.message()
    outcomes = [entry['outcome'] for entry in line['recipients']]
    if all(outcome in ('hold', 'return', 'retry') for outcome in outcomes):
        return ['something was delivered although everybody is held'] if os.path.exists(path) else []
    if not os.path.exists(path):
        return ['nothing was written for those not held']
    with open(path, 'rb') as stream:
        output = stream.read()
    wrong = []
    if 'annotate' not in outcomes or case.get('untouched') == 'yes':
        wrong += compare_untouched(raw, output)
    elif line['footers']:
        wrong += compare_annotated(case, line, raw, output)
    texts = shown_texts(parse(output))
    for words in case.get('delivered-has'):
        if not texts or not all(words in text for text in texts):
            wrong.append('a delivered text lacks "%s"' % words)
    for words in case.get('delivered-lacks'):
        head = output.partition(b'\r\n\r\n')[0].decode('latin-1')
        if any(words in text for text in texts + [head]):
            wrong.append('the delivered message has "%s"' % words)
    return wrong
