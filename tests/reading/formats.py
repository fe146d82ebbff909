#!/usr/bin/env python3
# formats.py - the words Copyhold finds in PDFs, RTF, old Office files, Outlook's messages and winmail.dat, beside those that other
# programs find, over all sets of COPYHOLD_CORPUS: recall and precision, as a table.
#
# References: pdftotext, unrtf (catdoc where it fails), antiword and catdoc, xls2csv, catppt; for winmail.dat the files its set
# unpacked with other programs; for .msg the text its set ships, else the long runs of UTF-16 in the file.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: formats.py [-k] [DOCUMENT_TOOL]     -k: the kinds of files only, not each"""
import collections
import glob
import html
import os
import re
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True  # the source folder may be read-only, and stays clean
import beside
from beside import run

RECALL, PRECISION, ENOUGH = 0.97, 0.85, 20   # of all words of one kind, when there are that many
APART = ('properties', 'names of sheets', 'master slide')   # which no reference gives
TOOLS = {'.pdf': ['pdftotext'], '.rtf': ['unrtf'], '.doc': ['antiword', 'catdoc'], '.xls': ['xls2csv'], '.ppt': ['catppt']}


def words(text):
    """Words with a letter in them: numbers of sheets come as they are stored, and other programs show them in a format."""
    return collections.Counter(word for word in re.findall(r'\w+', text.lower()) if re.search(r'[^\W\d_]', word))


def markup(text):
    return html.unescape(re.sub(r'<[^>]*>', ' ', re.sub(r'(?is)<(script|style|title).*?</\1>', ' ', text)))


def rtf(path):
    text = run('unrtf', '--html', path)
    return None if text is None else markup(text)


def any_file(path):
    """A file that was packed: by its name, as its set's maker named it."""
    reader = READERS.get(beside.kind_of(path))
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


def main(arguments):
    every = '-k' not in arguments
    arguments = [argument for argument in arguments if argument != '-k']
    corpus = os.environ.get('COPYHOLD_CORPUS', '')
    tool = os.path.abspath(arguments[0] if arguments else './document_tool')
    if not os.path.isdir(corpus):
        print('skipped: COPYHOLD_CORPUS is not set')
        return 77
    for extension, programs in TOOLS.items():
        if not any(shutil.which(program) for program in programs):
            print('skipped: %s without %s' % (extension, ' or '.join(programs)))
    table = beside.Table(words, lambda path: READERS[beside.kind_of(path)](path), APART, RECALL, PRECISION, ENOUGH)
    paths = [path for path in sorted(glob.glob(os.path.join(corpus, '**'), recursive=True))
             if os.path.isfile(path) and beside.kind_of(path) in READERS and starts_as(path, beside.kind_of(path))]
    table.files(tool, corpus, paths, every)
    return table.close()


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
