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

    def test_all_that_an_action_depends_on_is_tried(self):
        """Of a rule that says of each of its actions when it is done, and of no test that looks."""
        given = '''{ id = "silent-copy"; provided = ( "sender is known" ); otherwise_provided = ( "sender is officer" );
	also = ( "report" ); also_provided = ( "mail is internal" ); }'''
        self.write('copyhold.conf', run.CONF.replace('rules = ();', 'rules = ( %s );' % given) + 'tests = ( %s );' % OPEN)
        out = self.expect(1, 'test', '--own', '--mutate').stdout
        for said in ('whose action does not depend any more on "sender is known"', 'whose milder action does not depend any more on "sender is officer"',
                     'whose further actions do not depend any more on "mail is internal"'):
            self.assertIn('silent-copy ' + said, out)


PACKS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'conf', 'packs')


class Libraries(run.Council):
    """What several packs share: phrases, and rules that are in force where somebody names them."""
    LIBRARY = '''library = { title = "bins"; };
phrases = { bin-talk = ( "extra bin" ); };
rules = (
	{ id = "bins"; when = ( "sender is officer", "the author says bin-talk" ); action = "report"; says = { en = "It is about bins."; }; },
	{ id = "lids"; when = ( "sender is officer" ); action = "report"; says = { en = "It is about lids."; }; }
);
'''
    PACK = '''pack = { name = "waste"; uses = [ "bins" ]; tests = [ "waste-tests.conf" ]; };
rules = ( { id = "bins"; clause = "Waste protocol, 1"; } );
'''

    def setUp(self):
        super().setUp()
        os.mkdir(self.path('library'))
        self.write('library/bins.conf', self.LIBRARY)
        self.write('waste.conf', self.PACK)
        self.write('waste-tests.conf', self.council('waste') + 'tests = ( %s );' % OPEN.replace('outcome', 'fires = [ "bins" ]; outcome'))
        self.write('copyhold.conf', self.council('waste'))

    def council(self, *packs, more=''):
        names = ', '.join('"%s"' % pack for pack in packs)
        return run.CONF.replace('"dunstable"', names).replace('rules = ();', more)

    def rules(self):
        return re.findall(r'(?m)^([a-z-]+): ', self.expect(0, 'rules').stdout)

    def refused(self, said, **files):
        for name, text in files.items():
            self.write(name + '.conf', text)
        out = self.expect(78, 'rules')
        self.assertIn(said, out.stderr)

    def test_a_rule_is_in_force_where_it_is_named(self):
        self.assertEqual(self.rules(), ['bins'])
        self.write('copyhold.conf', self.council('waste', more='rules = ( { id = "lids"; clause = "Our own resolution"; } );'))
        self.assertEqual(self.rules(), ['bins', 'lids'])
        self.assertIn('It is about lids.', self.expect(0, 'explain', '--auth', 'dean', 'bins.eml').stdout)

    def test_what_the_pack_says_counts(self):
        self.write('waste.conf', self.PACK.replace('clause', 'mode = "off"; clause'))
        self.assertIn('bins: report, off', self.expect(0, 'rules').stdout)

    def test_two_packs_read_it_once(self):
        self.write('rubbish.conf', self.PACK.replace('waste', 'rubbish').replace('Waste protocol, 1', 'Rubbish protocol, 2'))
        self.write('rubbish-tests.conf', self.council('rubbish'))
        self.write('copyhold.conf', self.council('waste', 'rubbish'))
        self.assertEqual(self.rules(), ['bins'])
        self.assertIn('Rubbish protocol, 2', self.expect(0, 'rules').stdout)
        self.assertNotIn('twice', self.expect(0, 'lint').stdout)

    def test_tests_of_another_pack_help_to_notice(self):
        """They add none of their own pack's changes to those that are to be noticed."""
        self.write('rubbish.conf', self.PACK.replace('waste', 'rubbish').replace('-tests.conf"', '-tests.conf", "waste-tests.conf"'))
        self.write('rubbish-tests.conf', self.council('rubbish') + 'tests = ( %s );' % OPEN.replace('The extra bin', 'It'))
        self.write('copyhold.conf', self.council('rubbish'))
        with_both = self.expect(0, 'test', '--mutate', '--least', '50').stdout
        self.write('rubbish.conf', self.PACK.replace('waste', 'rubbish'))
        alone = self.expect(0, 'test', '--mutate', '--least', '0').stdout
        counts = [tuple(map(int, re.search(r'(?m)^rubbish: (\d+) of (\d+) changes', out).groups())) for out in (with_both, alone)]
        self.assertEqual(counts[0][1], counts[1][1], (with_both, alone))
        self.assertGreater(counts[0][0], counts[1][0])

    def test_mistakes_name_file_and_line(self):
        self.refused('waste.conf:1: there is no library "bims" (looked for bims.conf in library/ beside the configuration or the pack\'s folder, '
                     'and among the shipped ones)', waste=self.PACK.replace('"bins" ];', '"bims" ];'))
        self.refused('waste.conf:1: "../bins" is a path; write the name of the library only', waste=self.PACK.replace('"bins" ];', '"../bins" ];'))
        self.refused('clause', waste=self.PACK.replace(' clause = "Waste protocol, 1";', ''))
        self.refused('(did you mean to change "lids"?)', waste=self.PACK.replace('id = "bins"; clause = "Waste protocol, 1";', 'id = "lidz";'))
        os.remove(self.path('library/bins.conf'))
        self.refused('there is no library "bins"', waste=self.PACK)
        self.write('library/bins.conf', self.LIBRARY.replace('title', 'titel'))
        self.refused('library/bins.conf:1:', waste=self.PACK)


class ShippedPacks(run.Council):
    """What the packs carry holds, and notices most of what could go missing. The rest is named by `copyhold test --mutate`: conditions that
    another one implies, and phrases that others cover."""
    whole_pack = True

    def holds(self, pack):
        self.write('of-pack.conf', re.sub(r'packs = \[[^]]*\]', 'packs = [ "%s" ]' % pack, run.CONF))
        out = subprocess.run([run.binary, '-c', self.path('of-pack.conf'), 'test', '--mutate', '--least', '95'], capture_output=True, text=True,
                             timeout=300)
        self.assertEqual(out.returncode, 0, out.stdout + out.stderr)
        self.assertRegex(out.stdout, r'%s-tests\.conf: \d{2,3} tests, 0 failed' % pack)
        self.assertRegex(out.stdout, r'(?m)^%s: \d+ of \d{2,3} changes noticed' % pack)
        return out.stdout

    def test_the_dunstable_pack(self):
        self.assertRegex(self.holds('dunstable'), r'dunstable-tests\.conf: \d{3} tests, 0 failed')

    def test_the_maldon_pack(self):
        self.holds('maldon')

    def test_the_small_town_pack(self):
        self.holds('small-town')

    def test_the_practice_pack(self):
        self.holds('practice')

    def test_no_test_leaves_a_rule_open(self):
        """A rule that a shipped test lets fire or not is a false alarm nobody will see."""
        paths = glob.glob(os.path.join(PACKS, '*-tests.conf'))
        self.assertGreater(len(paths), 10)
        for path in paths:
            with open(path, encoding='utf-8') as stream:
                self.assertNotRegex(stream.read(), r'(?m)^\s*may = ', os.path.basename(path))

    def test_no_phrase_is_half_an_expression(self):
        """Outside of slashes these are letters, and a phrase with them finds nothing that anybody writes."""
        phrases = []
        for path in glob.glob(os.path.join(PACKS, '*.conf')) + glob.glob(os.path.join(PACKS, '..', 'library', '*.conf')):
            with open(path, encoding='utf-8') as stream:
                family = re.search(r'(?ms)^phrases = \{\n(.*?)^\};', stream.read())
            if family:
                phrases += re.findall(r'"((?:\\.|[^"\\])*)"', re.sub(r'(?m)^\s*//.*$', '', family.group(1)))
        phrases = [phrase for phrase in phrases if not phrase.startswith('/')]
        self.assertGreater(len(phrases), 1500)
        self.assertEqual([phrase for phrase in phrases if re.search(r'[)\]][?+]|[(]\?|\\|\.\*|\.\{', phrase)], [])

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
