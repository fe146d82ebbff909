#!/usr/bin/env python3
# formats.py - the words Copyhold finds in PDFs, RTF, old Office files, Outlook's messages and winmail.dat, beside those that other
# programs find, over all sets of COPYHOLD_CORPUS: recall and precision, as a table.
#
# References: pdftotext, unrtf (catdoc where it fails), antiword and catdoc, xls2csv, catppt; for winmail.dat the files its set
# unpacked with other programs; for .msg the text its set ships, else the long runs of UTF-16 in the file.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: formats.py [DOCUMENT_TOOL]"""
import collections
import glob
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

RECALL, PRECISION, ENOUGH = 0.97, 0.85, 20   # of all words of one kind, when there are that many
TOOLS = {'.pdf': ['pdftotext'], '.rtf': ['unrtf'], '.doc': ['antiword', 'catdoc'], '.xls': ['xls2csv'], '.ppt': ['catppt']}


def words(text):
    """Words with a letter in them: numbers are not read from sheets, and no rule asks for them."""
    return collections.Counter(word for word in re.findall(r'\w+', text.lower()) if re.search(r'[^\W\d_]', word))


def run(*command):
    """What the program says; None where it is missing or fails."""
    if not shutil.which(command[0]):
        return None
    try:
        done = subprocess.run(command, capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.decode('utf-8', 'replace') if done.returncode == 0 else None


def markup(text):
    return html.unescape(re.sub(r'<[^>]*>', ' ', re.sub(r'(?is)<(script|style|title).*?</\1>', ' ', text)))


def rtf(path):
    text = run('unrtf', '--html', path)
    return None if text is None else markup(text)


def any_file(path):
    """A file that was packed: by its name, as its set's maker named it."""
    reader = READERS.get(os.path.splitext(path)[1].lower())
    if reader is not None:
        return reader(path) or ''
    with open(path, 'rb') as stream:
        content = stream.read()
    if b'%PDF' in content:   # in an object of some program's, too
        with tempfile.NamedTemporaryFile() as file:
            file.write(content[content.index(b'%PDF'):])
            file.flush()
            return run('pdftotext', file.name, '-') or ''
    return '' if b'\0' in content else content.decode('utf-8', 'replace')


def winmail(path):
    unpacked = path[:-len('.tnef')]
    if not os.path.isdir(unpacked):
        return None
    # A body in RTF and the same in plain text is one body.
    names = sorted(os.listdir(unpacked))
    names = [name for name in names if not (name == 'message.txt' and 'message.rtf' in names)]
    return '\n'.join(any_file(os.path.join(unpacked, name)) for name in names)


def outlook(path):
    for expected in glob.glob(os.path.join(os.path.dirname(path), 'expected-outputs', '*', 'message.text')):
        with open(expected, encoding='utf-8', errors='replace') as stream:
            head, _, body = stream.read().partition('-----------------')
        subject = re.search(r'(?m)^Subject: (.+?)\s*$', head).group(1)
        with open(path, 'rb') as stream:
            if subject.encode('utf-16-le') in stream.read():
                return body
    with open(path, 'rb') as stream:
        runs = re.findall(rb'(?:[\x20-\x7e\r\n\t]\0){200,}', stream.read())
    return '\n'.join(run.decode('utf-16-le') for run in runs) or None


READERS = {'.pdf': lambda path: run('pdftotext', path, '-'), '.rtf': rtf,
           '.doc': lambda path: run('antiword', '-m', 'UTF-8.txt', path) or run('catdoc', '-dutf-8', path),
           '.xls': lambda path: run('xls2csv', '-dutf-8', path), '.ppt': lambda path: run('catppt', '-dutf-8', path),
           '.tnef': winmail, '.msg': outlook}


def starts_as(path, extension):
    """Mail saved with the name of an Outlook message is not one."""
    with open(path, 'rb') as stream:
        start = stream.read(8)
    return {'.msg': b'\xd0\xcf\x11\xe0', '.tnef': b'\x78\x9f\x3e\x22'}.get(extension, b'') == start[:4] or extension not in ('.msg', '.tnef')


def ours(tool, path):
    """Our text without what no reference gives (properties, names of sheets, the pattern of a slide), and the troubles."""
    done = subprocess.run([tool, path], capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        sys.exit('%s: exit %d on %s\n%s' % (tool, done.returncode, path, done.stderr))
    pieces = [json.loads(line) for line in done.stdout.splitlines()]
    text = [piece['text'] for piece in pieces
            if 'text' in piece and not piece['place'].endswith(('properties', 'names of sheets', 'master slide'))]
    return '\n'.join(text), [piece['trouble'] for piece in pieces if 'trouble' in piece]


def compare(tool, path, total):
    reference = READERS[os.path.splitext(path)[1].lower()](path)
    text, troubles = ours(tool, path)
    wanted, found = words(reference or ''), words(text)
    total['files'] += 1
    if not wanted or (troubles and not found):
        return '-', '-', troubles
    both = sum((wanted & found).values())
    total['both'] += both
    total['wanted'] += sum(wanted.values())
    total['found'] += sum(found.values())
    return '%.3f' % (both / sum(wanted.values())), '%.3f' % (both / max(1, sum(found.values()))), troubles


def main(arguments):
    corpus = os.environ.get('COPYHOLD_CORPUS', '')
    tool = os.path.abspath(arguments[0] if arguments else './document_tool')
    if not os.path.isdir(corpus):
        print('skipped: COPYHOLD_CORPUS is not set')
        return 77
    totals, poor = collections.defaultdict(collections.Counter), []
    for extension, programs in TOOLS.items():
        if not any(shutil.which(program) for program in programs):
            print('skipped: %s without %s' % (extension, ' or '.join(programs)))
    print('%-60s %7s %9s  %s' % ('file', 'recall', 'precision', 'told instead'))
    for path in sorted(glob.glob(os.path.join(corpus, '**'), recursive=True)):
        extension = os.path.splitext(path)[1].lower()
        if extension in READERS and os.path.isfile(path) and starts_as(path, extension):
            recall, precision, troubles = compare(tool, path, totals[extension])
            print('%-60s %7s %9s  %s' % (os.path.relpath(path, corpus)[-60:], recall, precision, '; '.join(troubles)))
    print('\n%-6s %6s %9s %7s %9s' % ('kind', 'files', 'words', 'recall', 'precision'))
    for extension, total in sorted(totals.items()):
        recall, precision = (total['both'] / max(1, total[key]) for key in ('wanted', 'found'))
        print('%-6s %6d %9d %7.3f %9.3f' % (extension, total['files'], total['wanted'], recall, precision))
        if total['wanted'] >= ENOUGH and (recall < RECALL or precision < PRECISION):
            poor.append(extension)
    if poor:
        print('below recall %.2f or precision %.2f: %s' % (RECALL, PRECISION, ' '.join(poor)))
    return 1 if poor or not totals else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
