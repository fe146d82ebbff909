#!/usr/bin/env python3
# policy_tests.py - `copyhold test`: what holds, what fails and why, what an administrator mistypes, and what no test notices.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: policy_tests.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import glob
import os
import re
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run

HIDES = '''{ name = "hides"; from = "Dean Hollis <dean@ashdown.example>"; to = "sadiq@ashdown.example"; hidden = [ "vaughan@ashdown.example" ];
	text = "The extra bin goes in on Thursday."; fires = [ "silent-copy", "copy-footer" ]; outcome = "annotate"; }'''
OPEN = '''{ name = "open"; from = "Dean Hollis <dean@ashdown.example>"; to = "sadiq@ashdown.example, vaughan@ashdown.example";
	text = "The extra bin goes in on Thursday."; outcome = "deliver"; }'''


class PolicyTests(run.Council):
    def with_tests(self, tests=(HIDES, OPEN), status=0, arguments=('--own',)):
        self.write('copyhold.conf', run.CONF + '\ntests = (\n' + ',\n'.join(tests) + '\n);\n')
        return self.expect(status, 'test', *arguments)

    def line_of(self, words):
        with open(self.path('copyhold.conf'), encoding='utf-8') as stream:
            return [number for number, line in enumerate(stream, 1) if words in line][0]

    def test_all_hold(self):
        self.assertEqual(self.with_tests().stdout, 'copyhold.conf: 2 tests, 0 failed\n')

    def test_a_failure_says_where_and_by_which_condition(self):
        out = self.with_tests((HIDES.replace('hidden = [ "vaughan@ashdown.example" ];', ''), OPEN), status=1)
        self.assertIn('FAIL copyhold.conf:%d: test "hides": rule silent-copy does not fire (a hidden councillor is not made clear)'
                      % self.line_of('name = "hides"'), out.stdout)
        self.assertIn('1 of 2 tests failed', out.stderr)

    def test_a_rule_that_fires_unasked_fails(self):
        out = self.with_tests((HIDES.replace('"silent-copy", ', ''),), status=1)
        self.assertIn('rule silent-copy fires: This message to', out.stdout)
        self.with_tests((HIDES.replace('"silent-copy", ', '').replace('fires', 'may = [ "silent-copy" ]; fires'),))

    def test_outcomes_are_tested(self):
        out = self.with_tests((OPEN.replace('deliver', 'hold'),), status=1)
        self.assertIn('the outcome is deliver, not hold', out.stdout)

    def test_a_rule_that_is_off_does_not_fire(self):
        self.write('copyhold.conf', run.CONF.replace('rules = ();', 'rules = ( { id = "silent-copy"; mode = "off"; } );') + 'tests = ( %s );' % HIDES)
        out = self.expect(1, 'test', '--own')
        self.assertIn('rule silent-copy is off', out.stdout)

    def test_mistakes_name_file_and_line(self):
        for wrong, right, said in (
                ('silent-copi', 'silent-copy', 'there is no rule "silent-copi" (did you mean "silent-copy"?)'),
                ('outcom =', 'outcome =', 'did you mean "outcome"?'),
                ('"holt"', '"annotate"', '"holt"'),
                ('from = "a\nb"', 'from = "Dean Hollis <dean@ashdown.example>"', '"From" is one line'),
                ('at = "yesterday"; text', 'text', 'at:')):
            out = self.with_tests((HIDES.replace(right, wrong),), status=78)
            self.assertIn('copyhold.conf:', out.stderr)
            self.assertIn(said, out.stderr)

    def test_files_stand_beside_the_configuration(self):
        whole = '{ name = "whole"; file = "bins.eml"; hidden = [ "vaughan@ashdown.example" ]; fires = [ "silent-copy", "copy-footer" ]; }'
        self.with_tests((whole,))
        self.assertIn('not-there.eml', self.with_tests((whole.replace('bins', 'not-there'),), status=78).stderr)
        self.assertIn('beside "file"', self.with_tests((whole.replace('hidden', 'subject = "x"; hidden'),), status=78).stderr)

    def test_messages_before_it_are_remembered(self):
        """One message in two envelopes; the copy that is seen came first."""
        split = HIDES.replace('hidden = [ "vaughan@ashdown.example" ];', 'fields = [ "Message-ID: <one@ashdown.example>" ]; rcpt = [ "%s@ashdown.example" ];')
        before = split[split.index('from ='):split.index('fires')]
        self.with_tests(((split % 'sadiq').replace('fires = [ "silent-copy", "copy-footer" ]; outcome = "annotate";',
                                                   'before = ( { %s } ); fires = [ "silent-copy", "copy-footer" ];' % (before % 'vaughan')),))

    def test_who_signs_in_counts(self):
        self.with_tests((HIDES.replace('to =', 'auth = "none"; to =').replace('fires = [ "silent-copy", "copy-footer" ]; outcome = "annotate";', ''),))

    def test_nothing_to_test_is_said(self):
        self.assertIn('nothing to test', self.expect(0, 'test', '--own').stdout)

    def test_what_no_test_notices_is_named(self):
        out = self.with_tests(status=1, arguments=('--own', '--mutate'))
        self.assertIn('not noticed: ', out.stdout)
        self.assertIn(': confidential-third-party being off', out.stdout)
        self.assertNotIn(': silent-copy being off', out.stdout)
        self.assertIn('fewer than 95 %', out.stderr)
        out = self.with_tests(arguments=('--own', '--mutate', '--least', '1', '--verbose'))
        self.assertRegex(out.stdout, r'noticed: \S+: silent-copy being off \(hides, copyhold.conf:\d+\)')
        self.assertIn('--least wants a number', self.with_tests(status=64, arguments=('--least', 'all')).stderr)


PACKS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'conf', 'packs')


class ShippedPacks(run.Council):
    """What the packs carry holds, and notices most of what could go missing. The rest is named by `copyhold test --mutate`: conditions that
    another one implies, and phrases that others cover."""
    whole_pack = True

    def holds(self, pack, least):
        self.write('of-pack.conf', re.sub(r'packs = \[[^]]*\]', 'packs = [ "%s" ]' % pack, run.CONF))
        out = subprocess.run([run.binary, '-c', self.path('of-pack.conf'), 'test', '--mutate', '--least', str(least)], capture_output=True, text=True,
                             timeout=300)
        self.assertEqual(out.returncode, 0, out.stdout + out.stderr)
        self.assertRegex(out.stdout, r'%s-tests\.conf: \d{2,3} tests, 0 failed' % pack)
        self.assertRegex(out.stdout, r'(?m)^%s: \d+ of \d{2,3} changes noticed' % pack)
        return out.stdout

    def test_the_dunstable_pack(self):
        self.assertRegex(self.holds('dunstable', 93), r'dunstable-tests\.conf: \d{3} tests, 0 failed')

    def test_the_maldon_pack(self):
        self.holds('maldon', 87)

    def test_the_small_town_pack(self):
        self.holds('small-town', 85)

    def test_no_family_stands_twice(self):
        """Families of one name add up: a word that one library means for its own rules would make those of another fire."""
        kept = {}
        for path in glob.glob(os.path.join(PACKS, '*.conf')) + glob.glob(os.path.join(PACKS, '..', 'library', '*.conf')):
            with open(path, encoding='utf-8') as stream:
                phrases = re.search(r'(?ms)^phrases = \{\n(.*?)^\};', stream.read())
            for name in re.findall(r'(?m)^\t([\w-]+) = [({]', phrases.group(1) if phrases else ''):
                kept.setdefault(name, []).append(os.path.basename(path))
        self.assertGreater(len(kept), 200)
        self.assertEqual({name: paths for name, paths in kept.items() if len(paths) > 1}, {})

    def test_every_pack_names_its_tests(self):
        for pack in (name[:-len('.conf')] for name in os.listdir(PACKS) if name.endswith('.conf') and not name.endswith('-tests.conf')):
            with open(os.path.join(PACKS, pack + '.conf'), encoding='utf-8') as stream:
                self.assertIn('tests = [ "%s-tests.conf"' % pack, stream.read())


if __name__ == '__main__':
    unittest.main()
