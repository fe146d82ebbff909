"""inputs.py - the messages and configurations the bench measures with, made from a seed so that every run has the same."""
import base64
import os
import random
import textwrap

WORDS = ('council meeting agenda minutes allotment fence path lighting budget report committee resident clerk market '
         'playground grant planning hedge drainage bus shelter cemetery bench litter signpost pavilion lease survey quote '
         'the of and to in for with on at by from is was will be has have this that which about after before between').split()


def paragraphs(rng, octets):
    """Sentences of six to eighteen words, a few to a paragraph."""
    made, size = [], 0
    while size < octets:
        sentences = []
        for _ in range(rng.randint(2, 6)):
            words = [rng.choice(WORDS) for _ in range(rng.randint(6, 18))]
            words[len(words) // 2] += rng.choice(['', '', ','])
            sentences.append(words[0].capitalize() + ' ' + ' '.join(words[1:]) + rng.choice('...?'))
        made.append(' '.join(sentences))
        size += len(made[-1]) + 4
    return made


def prose(rng, octets):
    return '\r\n\r\n'.join('\r\n'.join(textwrap.wrap(text, 72)) for text in paragraphs(rng, octets)) + '\r\n'


def head(subject, to, kind):
    return ('From: Ruth Ames <clerk@marlbrook.example>\r\nTo: %s\r\nSubject: %s\r\nDate: Mon, 02 Mar 2026 09:00:00 +0000\r\n'
            'Message-ID: <bench-%s@marlbrook.example>\r\nMIME-Version: 1.0\r\n' % (to, subject, kind))


def plain(rng, octets, subject='Minutes', to='cllr.moss@marlbrook.example', opening=''):
    return (head(subject, to, 'plain%d' % octets) + 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
            + opening + prose(rng, octets) + '\r\nKind regards\r\nRuth Ames\r\nTown Clerk\r\n')


def alternative(rng, octets, attachment=0, to='cllr.moss@marlbrook.example'):
    """Plain text and HTML that say the same, as mail clients make them; `octets` of both."""
    told = paragraphs(rng, octets * 2 // 5)
    text = '\r\n\r\n'.join('\r\n'.join(textwrap.wrap(paragraph, 72)) for paragraph in told) + '\r\n'
    html = ('<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>' +
            ''.join('<p class="MsoNormal" style="margin:0 0 8pt">%s</p>\r\n' % '\r\n'.join(textwrap.wrap(paragraph, 64))
                    for paragraph in told) + '</body></html>')
    body = ('Content-Type: multipart/alternative; boundary="alt"\r\n\r\n--alt\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n' + text +
            '\r\n--alt\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n' +
            html.replace('=', '=3D') + '\r\n--alt--\r\n')
    if attachment == 0:
        return head('Minutes', to, 'alt') + body
    data = base64.encodebytes(rng.randbytes(attachment * 3 // 4)).decode().replace('\n', '\r\n')
    return (head('Minutes', to, 'att%d' % attachment) + 'Content-Type: multipart/mixed; boundary="mix"\r\n\r\n--mix\r\n' + body +
            '\r\n--mix\r\nContent-Type: application/octet-stream; name="map.bin"\r\nContent-Disposition: attachment; filename="map.bin"\r\n'
            'Content-Transfer-Encoding: base64\r\n\r\n' + data + '\r\n--mix--\r\n')


def write_messages(folder):
    rng = random.Random(20260302)
    messages = {
        'plain-4k': plain(rng, 4000),
        'alternative-20k': alternative(rng, 20000),
        'attachment-1m': alternative(rng, 20000, 1 << 20),
        'attachment-25m': alternative(rng, 20000, 25 << 20),
        'text-5m': plain(rng, 5 << 20),
        'confidential-4k': plain(rng, 4000, 'CONFIDENTIAL: staffing', 'cllr.moss@marlbrook.example, ivy.webb@post.example'),
    }
    for name, text in messages.items():
        with open(os.path.join(folder, name + '.eml'), 'wb') as out:
            out.write(text.encode())
    return {name: os.path.join(folder, name + '.eml') for name in messages}


def write_letters(folder, count):
    """So many different letters to a councillor, each tenth marked: what memory keeps is of each."""
    rng, paths = random.Random(11), []
    for number in range(count):
        text = plain(rng, 4000, 'CONFIDENTIAL: a matter' if number % 10 == 0 else 'Minutes').replace('<bench-', '<bench-%d-' % number)
        paths.append(os.path.join(folder, 'letter-%d.eml' % number))
        with open(paths[-1], 'wb') as out:
            out.write(text.encode())
    return paths


def write_people(sample, path, count):
    """The sample council and `count` residents."""
    with open(sample, encoding='utf-8') as source:
        lines = source.read().splitlines()
    columns = lines[0].split(',')
    for number in range(count):
        row = {'name': 'Resident Number%d' % number, 'role': 'resident', 'addresses': 'resident%d@post.example' % number}
        lines.append(','.join(row.get(column, '') for column in columns))
    with open(path, 'w', encoding='utf-8') as out:
        out.write('\n'.join(lines) + '\n')


def write_council(sample_folder, folder, socket, people=0, phrases=0, memory=True, pack='dunstable'):
    """A configuration in `folder` that listens on `socket`; `phrases` more phrases in the family that costs most."""
    write_people(os.path.join(sample_folder, 'people.csv'), os.path.join(folder, 'people.csv'), people)
    rng = random.Random(7)
    extra = '' if memory else 'memory = { keep = false; };\n'
    if phrases:
        listed = ', '.join('"%s"' % ' '.join(rng.sample(WORDS[:28], 3)) for _ in range(phrases))
        extra += ('phrases = { bench-words = { any = ( %s ); }; };\n'
                 'rules = ( { id = "bench-words"; clause = "Bench"; when = ( "sender is officer", "author says bench-words" ); '
                 'action = "report"; mode = "observe"; says = { en = "Bench."; cy = "Mainc."; }; } );\n' % listed)
    with open(os.path.join(folder, 'copyhold.conf'), 'w', encoding='utf-8') as out:
        out.write('council = { name = "Marlbrook Town Council"; domains = [ "marlbrook.example" ]; authority = { minute = "25/044"; '
                  'date = "2026-01-12"; }; second_reviewer = "mo@wexshire.example"; notice_from = "protocol-help@marlbrook.example"; };\n'
                  'directory = "people.csv"; packs = [ "%s" ]; mode = "enforce"; reviewers = [ "clerk@marlbrook.example" ];\n'
                  'store = "state"; milter = { socket = "unix:%s"; }; release = { socket = "no-such-socket"; };\n%s' % (pack, socket, extra))
    return os.path.join(folder, 'copyhold.conf')
