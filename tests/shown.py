# shown.py - "shown by": whether a test that an index names exists, and whether something runs it. For tests/lessons/check and
# tests/scenarios/check.
# SPDX-License-Identifier: GPL-3.0-or-later
import glob
import os
import re


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def read_makefiles(top):
    patterns = ('src/*/local.mk', 'conf/local.mk', 'tests/local.mk', 'tests/*/local.mk', 'Makefile.am')
    return '\n'.join(read(path) for pattern in patterns for path in glob.glob(os.path.join(top, pattern))).replace('\\\n', ' ')


def is_there(test, text, path):
    """Whether the file has that test, in the way its kind of file writes one. What a program defines and does not run is none."""
    name = re.escape(test)
    if path.endswith('.cases'):
        return re.search(r'(?m)^=== %s$' % name, text)
    if path.endswith('-tests.conf'):
        return re.search(r'(?m)^\t\tname = "%s";$' % name, text)
    if path.endswith('.mjs'):
        return re.search(r'''\bit\((['"`])%s\1''' % name, text)
    if path.endswith('.md'):
        return re.search(r'(?m)^#+ %s$' % name, text)
    if path.startswith('tests/fuzz/'):
        return re.search(r'(?m)^static .*\b%s\(' % name, text)
    if path.endswith('.c'):
        return re.search(r'(?:cmocka_unit_test\w*|\bTEST)\(%s\b' % name, text)
    if 'unittest.main(' in text:
        return test.startswith('test_') and re.search(r'(?m)^    def %s\(' % name, text)
    # run by its name, or as tests/footers/lessons collects them
    return re.search(r'(?m)^def %s\(' % name, text) and (re.match(r'f\d', test) or len(re.findall(r'\b%s\b' % name, text)) > 1)


def is_run(path, makefiles):
    """Named as a test in a makefile, or one of the kinds that runners collect; a manual is what tests/cli/manual.py reads."""
    if re.match(r'(tests/(e2e/\d+-.*\.py|console/\d+-.*\.test\.mjs|cases/.*\.cases|fuzz/fuzz_\w+\.c)|contrib/manual/.*\.md)$', path):
        return True
    lists = r'TESTS|lints|(?:long_)?drivers|packs|\w+_SOURCES|\w+_DATA'
    return re.search(r'(?m)^(?:%s)\b.*(?<![\w/])%s(?![\w/.-])' % (lists, re.escape(path)), makefiles)


def problem_of(reference, top, makefiles):
    """What is wrong with FILE or FILE:TEST; None: nothing."""
    path, _, test = reference.partition(':')
    whole = os.path.join(top, path)
    if not os.path.isfile(whole):
        return '%s: no such file' % path
    if not is_run(path, makefiles):
        return '%s: no makefile runs it' % path
    if test and not is_there(test, read(whole), path):
        return '%s has no test %s' % (path, test)
    return None
