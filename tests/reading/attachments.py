#!/usr/bin/env python3
# attachments.py - the text Copyhold finds in attached files beside what other programs find in them: the words of each file,
# recall and precision, as a table. Reference: the plain text a collection ships beside a file, else pdftotext, antiword,
# unrtf, Python's zipfile with a plain XML parser, html.parser and email.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: attachments.py [-k] [DOCUMENT_TOOL [FOLDER]]     -k: the kinds of files only, not each
FOLDER is otherwise $COPYHOLD_CORPUS/attach; without either the test is skipped."""
import collections
import email
import email.policy
import glob
import html.parser
import io
import os
import re
import sys
import xml.etree.ElementTree as tree
import zipfile

sys.dont_write_bytecode = True  # the source folder may be read-only, and stays clean
import beside
from beside import run

RECALL, PRECISION, ENOUGH = 0.95, 0.85, 8  # of the words of all files of one kind, when there are that many


def words(text):
    return collections.Counter(re.findall(r'\w+', text.lower()))


def zipped(path, wanted, texts):
    """The text of the elements of those names in the members that match, in paragraphs."""
    out = io.StringIO()
    with zipfile.ZipFile(path) as package:
        for name in sorted(package.namelist()):
            if not re.search(wanted, name):
                continue
            for element in tree.fromstring(package.read(name)).iter():
                if element.tag.rpartition('}')[2] in texts:
                    out.write(''.join(element.itertext()) if texts == ('p', 'h') else element.text or '')
                elif element.tag.rpartition('}')[2] in ('p', 'tab', 'br', 'row', 'c', 'si'):
                    out.write('\n')
                if texts == ('p', 'h'):
                    out.write('\n')
    return out.getvalue()


def workbook(path):
    with zipfile.ZipFile(path) as package:
        strings = [''.join(t.text or '' for t in si.iter() if t.tag.endswith('}t'))
                   for si in tree.fromstring(package.read('xl/sharedStrings.xml'))] if 'xl/sharedStrings.xml' in package.namelist() else []
        out = []
        for name in package.namelist():
            if re.match(r'xl/worksheets/[^/]+\.xml', name):
                for cell in (c for c in tree.fromstring(package.read(name)).iter() if c.tag.endswith('}c')):
                    value = ''.join(v.text or '' for v in cell.iter() if v.tag.rpartition('}')[2] in ('v', 't'))
                    out.append(strings[int(value)] if cell.get('t') == 's' else value)
    return '\n'.join(out)


class Markup(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.text, self.hidden = [], 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ('script', 'style', 'title')

    def handle_endtag(self, tag):
        self.hidden -= tag in ('script', 'style', 'title') and self.hidden > 0

    def handle_data(self, data):
        if not self.hidden:
            self.text.append(data)


def markup(text):
    parser = Markup()
    parser.feed(text)
    return '\n'.join(parser.text)


def letter(path):
    with open(path, 'rb') as stream:
        message = email.message_from_binary_file(stream, policy=email.policy.default)
    texts = [part for part in message.walk() if part.get_content_maintype() == 'text' and not part.is_attachment()]
    return '\n'.join(markup(part.get_content()) if part.get_content_subtype() == 'html' else part.get_content() for part in texts)


def shipped(path):
    """A text of the same name beside the file, or in the collection's folder of texts."""
    base = os.path.splitext(path)[0]
    for candidate in (base + '.txt', base.replace('/rtf/', '/text/') + '.txt'):
        if candidate != path and os.path.exists(candidate):
            with open(candidate, encoding='utf-8', errors='replace') as stream:
                return stream.read()
    return None


REFERENCES = {
    '.pdf': lambda path: run('pdftotext', '-layout', path, '-'),
    '.doc': lambda path: run('antiword', '-m', 'UTF-8.txt', path) or shipped(path),
    '.rtf': lambda path: shipped(path) or run('unrtf', '--text', path),
    '.docx': lambda path: zipped(path, r'^word/(document|header|footer|footnotes|endnotes|comments)\d*\.xml$', ('t',)),
    '.xlsx': workbook,
    '.pptx': lambda path: zipped(path, r'^ppt/(slides|notesSlides)/[^/]+\.xml$', ('t',)),
    '.odt': lambda path: zipped(path, r'^content\.xml$', ('p', 'h')),
    '.html': lambda path: markup(open(path, encoding='utf-8', errors='replace').read()),
    '.txt': lambda path: open(path, encoding='utf-8', errors='replace').read(),
    '.csv': lambda path: open(path, encoding='utf-8', errors='replace').read(),
    '.eml': letter,
}


def main(arguments):
    every = '-k' not in arguments
    arguments = [argument for argument in arguments if argument != '-k']
    tool = os.path.abspath(arguments[0] if arguments else os.environ.get('DOCUMENT_TOOL', './document_tool'))
    folder = arguments[1] if len(arguments) > 1 else os.path.join(os.environ.get('COPYHOLD_CORPUS', ''), 'attach')
    if not os.path.isabs(folder) or not os.path.isdir(folder):
        print('skipped: COPYHOLD_CORPUS names no folder with "attach" in it')
        return 77
    table = beside.Table(words, lambda path: REFERENCES[beside.kind_of(path)](path), ('properties',), RECALL, PRECISION, ENOUGH)
    paths = sorted(path for path in glob.glob(folder + '/**', recursive=True) if os.path.isfile(path) and beside.kind_of(path) in REFERENCES)
    table.files(tool, folder, paths, every)
    return table.close()


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
