#!/usr/bin/env python3
# completion.py - what bash offers after `copyhold ...`, asked of bash itself, and that the script and the list leave out nothing that --help has.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: completion.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import os
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

binary = os.path.abspath(sys.argv.pop(1) if len(sys.argv) > 1 else os.environ.get('COPYHOLD', './copyhold'))


def copyhold(*arguments):
    return subprocess.run([binary, *arguments], capture_output=True, text=True, check=True, timeout=60).stdout


SCRIPT = copyhold('completion', 'bash')
COMMANDS = re.findall(r'(?m)^  (\w[\w-]*) {2,}', copyhold('--help').partition('Commands:')[2].partition('\n\n')[0])


def offered(*words, files=()):
    """What bash would offer for the last of the words, in a folder of those files."""
    line = ['copyhold', *words]
    with tempfile.TemporaryDirectory() as folder:
        for name in files:
            with open(os.path.join(folder, name), 'w', encoding='utf-8'):
                pass
        ask = 'set -u\n%s\nCOMP_WORDS=(%s) COMP_CWORD=%d\n_copyhold\nprintf "%%s\\n" "${COMPREPLY[@]}"' % (
            SCRIPT, ' '.join(map(shlex.quote, line)), len(line) - 1)
        ran = subprocess.run(['bash', '--norc', '-c', ask], cwd=folder, capture_output=True, text=True, timeout=60)
    if ran.returncode or ran.stderr:
        raise AssertionError(ran.stderr)
    return sorted(ran.stdout.split('\n')[:-1]) if ran.stdout.strip() else []


class Completion(unittest.TestCase):
    def test_commands(self):
        self.assertGreater(len(COMMANDS), 15)
        self.assertEqual(offered(''), sorted(COMMANDS))
        self.assertEqual(offered('-c', 'x.conf', 're'), sorted(name for name in COMMANDS if name.startswith('re')))
        self.assertEqual(offered('--v'), ['--version'])
        self.assertEqual(offered('no-such-command', ''), [])

    def test_what_a_command_does(self):
        self.assertEqual(offered('queue', 're'), ['release', 'return'])
        self.assertEqual(offered('queue', '--by', 'clerk', 're'), ['release', 'return'])
        self.assertEqual(offered('queue', '--by=', 'x'), [])
        self.assertEqual(offered('queue', '--by', '=', 'clerk', 're'), ['release', 'return'])
        self.assertEqual(offered('queue', 'release', 're'), [])
        self.assertEqual(offered('user', 'pass'), ['password'])

    def test_options_are_those_of_the_command(self):
        self.assertEqual(offered('directory', 'show', '--'), ['--ends', '--force', '--help', '--map', '--on', '--write'])
        self.assertEqual(offered('-c', 'x.conf', 'queue', '--re'), ['--reason'])

    def test_files(self):
        files = ('a letter.eml', 'b.eml')
        self.assertEqual(offered('check', '', files=files), list(files))
        self.assertEqual(offered('check', 'a', files=files), ['a letter.eml'])
        self.assertEqual(offered('check', '--output', 'b', files=files), ['b.eml'])
        self.assertEqual(offered('check', '--output', '=', 'b', files=files), ['b.eml'])
        self.assertEqual(offered('check', '--from', 'b', files=files), [])
        self.assertEqual(offered('-c', '', files=files), list(files))
        self.assertEqual(offered('why', '', files=files), [])
        self.assertEqual(offered('policy', 'im', files=files), ['import-exchange'])
        self.assertEqual(offered('policy', 'import-exchange', 'b', files=files), ['b.eml'])

    def test_everything_the_help_has(self):
        listed = {}
        for line in copyhold('completion', 'list').splitlines():
            fields = line.split('\t')
            if fields[0]:
                options = listed.setdefault(fields[0], [])
            else:
                options.append(fields[1])
        self.assertEqual(list(listed), COMMANDS)
        for name, options in listed.items():
            with self.subTest(command=name):
                self.assertEqual(re.findall(r'(?m)^  (--[\w-]+)', copyhold(name, '--help')), options)
                self.assertEqual(offered(name, '--'), sorted(options + ['--help']))

    def test_bash_knows_whom_it_is_for(self):
        ran = subprocess.run(['bash', '--norc', '-c', SCRIPT + 'complete -p copyhold'], capture_output=True, text=True, timeout=60)
        self.assertEqual(ran.stdout.strip(), 'complete -F _copyhold copyhold')

    def test_usage(self):
        for arguments in ((), ('fish',), ('bash', 'more')):
            self.assertEqual(subprocess.run([binary, 'completion', *arguments], capture_output=True, timeout=60).returncode, 64)


if __name__ == '__main__':
    unittest.main()
