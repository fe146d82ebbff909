# beside.py - the words Copyhold finds in files beside those another program finds: a row for each file, then recall and precision
# by kind. attachments.py and formats.py say which files and which programs.
# SPDX-License-Identifier: GPL-3.0-or-later
import collections
import json
import os
import shutil
import subprocess
import sys


def run(*command):
    """What the program says; None where it is missing or fails."""
    if not shutil.which(command[0]):
        return None
    try:
        done = subprocess.run(command, capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.decode('utf-8', 'replace') if done.returncode == 0 else None


def kind_of(path):
    return os.path.splitext(path)[1].lower()


def ours(tool, path, apart):
    """Our text without the places that no reference gives, and the troubles."""
    done = subprocess.run([tool, path], capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        sys.exit('%s: exit %d on %s\n%s' % (tool, done.returncode, path, done.stderr))
    pieces = [json.loads(line) for line in done.stdout.splitlines()]
    text = [piece['text'] for piece in pieces if 'text' in piece and not piece['place'].endswith(apart)]
    return '\n'.join(text), [piece['trouble'] for piece in pieces if 'trouble' in piece]


class Table:
    """`words` counts the words of a text, `reference` gives another program's text of a file or None, `apart` are the ends of places
    it does not look into. Of the words of a kind, when there are `enough`, the shares `recall` and `precision` are due."""

    def __init__(self, words, reference, apart, recall, precision, enough):
        self.words, self.reference, self.apart = words, reference, apart
        self.recall, self.precision, self.enough = recall, precision, enough
        self.kinds = collections.defaultdict(collections.Counter)

    def compare(self, tool, path):
        total = self.kinds[kind_of(path)]
        text, troubles = ours(tool, path, self.apart)
        wanted, found = self.words(self.reference(path) or ''), self.words(text)
        total['files'] += 1
        if not wanted or (troubles and not found):
            return '-', '-', troubles
        both = sum((wanted & found).values())
        total['both'] += both
        total['wanted'] += sum(wanted.values())
        total['found'] += sum(found.values())
        return '%.3f' % (both / sum(wanted.values())), '%.3f' % (both / max(1, sum(found.values()))), troubles

    def files(self, tool, folder, paths, every):
        """Compares them all; `every` shows each."""
        if every:
            print('%-60s %7s %9s  %s' % ('file', 'recall', 'precision', 'told instead'))
        for path in paths:
            recall, precision, troubles = self.compare(tool, path)
            if every:
                print('%-60s %7s %9s  %s' % (os.path.relpath(path, folder)[-60:], recall, precision, '; '.join(troubles)))

    def close(self):
        """The kinds; an exit status."""
        poor = []
        print('%-6s %6s %9s %7s %9s' % ('kind', 'files', 'words', 'recall', 'precision'))
        for kind, total in sorted(self.kinds.items()):
            recall, precision = (total['both'] / max(1, total[key]) for key in ('wanted', 'found'))
            print('%-6s %6d %9d %7.3f %9.3f' % (kind, total['files'], total['wanted'], recall, precision))
            if total['wanted'] >= self.enough and (recall < self.recall or precision < self.precision):
                poor.append(kind)
        if poor:
            print('below recall %.2f or precision %.2f: %s' % (self.recall, self.precision, ' '.join(poor)))
        return 1 if poor or not self.kinds else 0
