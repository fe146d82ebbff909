#!/usr/bin/env python3
# attachments.py - the text Copyhold finds in attached files beside what other programs find in them: the words of each file,
# recall and precision, as a table. Reference: the plain text a collection ships beside a file, else pdftotext, antiword,
# unrtf, Python's zipfile with a plain XML parser, html.parser and email.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: attachments.py [DOCUMENT_TOOL [FOLDER]]
FOLDER is otherwise $COPYHOLD_CORPUS/attach; without either the test is skipped."""
import collections
import email
import email.policy
import glob
import html.parser
import io
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as tree
import zipfile

RECALL, PRECISION, ENOUGH = 0.95, 0.85, 8  # of the words of all files of one kind, when there are that many


def words(text):
    return collections.Counter(re.findall(r'\w+', text.lower()))


def run(*command):
    if not shutil.which(command[0]):
        return None
    done = subprocess.run(command, capture_output=True, timeout=60)
    return done.stdout.decode('utf-8', 'replace') if done.returncode == 0 else None


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


def ours(tool, path):
    """Our text without the properties, which no reference gives, and the troubles."""
    done = subprocess.run([tool, path], capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        sys.exit('%s: exit %d on %s\n%s' % (tool, done.returncode, path, done.stderr))
    text, troubles = [], []
    for line in done.stdout.splitlines():
        piece = json.loads(line)
        if 'trouble' in piece:
            troubles.append(piece['trouble'])
        elif 'text' in piece and not piece['place'].endswith('properties'):
            text.append(piece['text'])
    return '\n'.join(text), troubles


def compare(tool, path, totals):
    reference = REFERENCES[os.path.splitext(path)[1].lower()](path)
    text, troubles = ours(tool, path)
    wanted, found = words(reference or ''), words(text)
    both = sum((wanted & found).values())
    if not wanted:
        return 'none' if reference is None else '-', '-', troubles
    if troubles and not found:
        return '-', '-', troubles
    totals[0] += both
    totals[1] += sum(wanted.values())
    totals[2] += sum(found.values())
    return '%.3f' % (both / sum(wanted.values())), '%.3f' % (both / max(1, sum(found.values()))), troubles


def main(arguments):
    tool = os.path.abspath(arguments[0] if arguments else os.environ.get('DOCUMENT_TOOL', './document_tool'))
    folder = arguments[1] if len(arguments) > 1 else os.path.join(os.environ.get('COPYHOLD_CORPUS', ''), 'attach')
    if not os.path.isabs(folder) or not os.path.isdir(folder):
        print('skipped: COPYHOLD_CORPUS names no folder with "attach" in it')
        return 77
    kinds, poor = collections.defaultdict(lambda: [0, 0, 0, 0]), []
    print('%-60s %7s %9s  %s' % ('file', 'recall', 'precision', 'told instead'))
    for path in sorted(glob.glob(folder + '/**', recursive=True)):
        extension = os.path.splitext(path)[1].lower()
        if not os.path.isfile(path) or extension not in REFERENCES:
            continue
        kinds[extension][3] += 1
        recall, precision, troubles = compare(tool, path, kinds[extension])
        print('%-60s %7s %9s  %s' % (os.path.relpath(path, folder)[-60:], recall, precision, '; '.join(troubles)))
    print('\n%-6s %6s %9s %7s %9s' % ('kind', 'files', 'words', 'recall', 'precision'))
    for extension, (both, wanted, found, files) in sorted(kinds.items()):
        recall, precision = both / max(1, wanted), both / max(1, found)
        print('%-6s %6d %9d %7.3f %9.3f' % (extension, files, wanted, recall, precision))
        if wanted >= ENOUGH and (recall < RECALL or precision < PRECISION):
            poor.append(extension)
    if poor:
        print('below recall %.2f or precision %.2f: %s' % (RECALL, PRECISION, ' '.join(poor)))
    return 1 if poor or not kinds else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
