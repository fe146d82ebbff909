#!/usr/bin/env python3
# enforcement.py - what must stand behind a gateway that keeps mail back, and how plainly lint says which of it is missing.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: enforcement.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import json
import os
import re
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run

AUTHORITY = '\tauthority = { minute = "26/017"; date = "2026-01-19"; };\n'
SECOND = '\tsecond_reviewer = "mo@principal.example";\n'
NOTICES = '\tnotice_from = "help@ashdown.example";\n'


class Enforcement(run.Council):
    def lint(self, status, conf):
        self.write('copyhold.conf', conf)
        done = self.expect(status, 'lint')
        if status == 78:
            self.assertRegex(done.stderr, r'copyhold\.conf:\d+: ')
            self.assertNotEqual(self.expect(78, 'check', '--json', 'bins.eml').stderr, '')
        return done.stderr if status == 78 else done.stdout

    def without(self, *parts):
        conf = run.CONF
        for part in parts:
            self.assertIn(part, conf)
            conf = conf.replace(part, '')
        return conf

    def test_each_is_named(self):
        for part, key, others in ((AUTHORITY, 'council.authority', ('notice_from', 'second_reviewer')),
                                  (NOTICES, 'council.notice_from', ('authority', 'second_reviewer =')),
                                  (SECOND, 'council.second_reviewer', ('authority', 'notice_from'))):
            said = self.lint(78, self.without(part))
            self.assertIn('needs ' + key, said)
            for other in others:
                self.assertNotIn(other, said)

    def test_all_are_named_at_once(self):
        said = self.lint(78, self.without(AUTHORITY, NOTICES, SECOND))
        for key in ('council.authority', 'council.notice_from', 'council.second_reviewer'):
            self.assertIn(key, said)
        self.assertIn('copyhold.conf:1:', said)

    def test_milder_modes_need_none(self):
        for mode in ('observe', 'advise'):
            self.lint(0, self.without(AUTHORITY, NOTICES, SECOND).replace('"enforce"', '"%s"' % mode))

    OWN = '{ id = "own"; clause = "9"; when = ( "sender is officer" ); says = { en = "x"; }; action = "%s"; %s }'

    def outcome(self, rules):
        self.write('copyhold.conf', run.CONF.replace('rules = ();', 'rules = ( %s );' % rules))
        return json.loads(self.expect(0, 'check', '--json', '--auth', 'dean', 'bins.eml').stdout)['outcome']

    def test_no_more_is_done_than_a_rule_bears(self):
        """`most` holds in every mode, for each way in which a rule can do something, and a later file cannot raise it."""
        self.assertEqual(self.outcome(self.OWN % ('hold', '')), 'hold')
        for way in (self.OWN % ('hold', 'most = "notify";'), self.OWN % ('return', 'most = "flag";'),
                    self.OWN % ('report', 'provided = ( "sender is press" ); otherwise = "hold"; most = "notify";')):
            self.assertEqual(self.outcome(way), 'deliver', way)
            self.assertIn('[too-strong]', self.expect(0, 'lint').stdout)
        self.assertEqual(self.outcome(self.OWN % ('return', 'most = "hold";')), 'hold')
        self.lint(0, run.CONF.replace('rules = ();', 'rules = ( { id = "copied-councillor"; action = "hold"; } );'))
        self.assertIn('\ncopied-councillor: notify, ', self.expect(0, 'rules').stdout)
        self.lint(0, run.CONF.replace('rules = ();', 'rules = ( { id = "copied-councillor"; action = "notify"; most = "report"; } );'))
        self.assertIn('\ncopied-councillor: report, ', self.expect(0, 'rules').stdout)
        said = self.lint(78, run.CONF.replace('rules = ();', 'rules = ( { id = "copied-councillor"; action = "hold"; most = "hold"; } );'))
        self.assertIn('an earlier file allows rule "copied-councillor" no more than "notify"', said)

    def test_one_rule_alone(self):
        """Its own mode, while all others that are on only look."""
        names = re.findall(r'^([\w-]+): \w+, (?!off)\w+', self.expect(0, 'rules').stdout, re.M)
        others = ''.join('{ id = "%s"; mode = "observe"; },' % name for name in names if name != 'silent-copy')
        conf = self.without('mode = "enforce";\n').replace('rules = ();', 'rules = ( %s { id = "silent-copy"; mode = "%%s"; } );' % others)
        bare = conf.replace(AUTHORITY, '').replace(NOTICES, '').replace(SECOND, '')
        self.assertIn('rule "silent-copy" is in enforce mode', self.lint(78, bare % 'enforce'))
        self.lint(0, bare % 'advise')
        self.lint(0, conf % 'enforce')

    def test_the_date(self):
        self.assertIn('still to come', self.lint(78, run.CONF.replace('2026-01-19', '2099-01-01')))
        self.lint(0, run.CONF.replace('2026-01-19', '2012-07-02'))
        self.assertIn('authority.date', self.lint(78, run.CONF.replace('2026-01-19', '2026-02-30')))
        self.assertIn('minute is empty', self.lint(78, run.CONF.replace('26/017', ' ')))
        self.lint(0, run.CONF.replace('2026-01-19', '2099-01-01').replace('"enforce"', '"observe"'))

    def test_a_second_person(self):
        for address in ('clerk@ashdown.example', 'Clerk@Ashdown.example', 'dean+x@ashdown.example'):
            said = self.lint(78, run.CONF.replace('mo@principal.example', address))
            self.assertIn('is a reviewer already', said)
            self.assertIn('copyhold.conf:5:', said)
        self.write('people.csv', run.PEOPLE.replace('clerk@ashdown.example', 'clerk@ashdown.example;ruth@home.example') +
                   'Standards,list,,standards@ashdown.example\n')
        self.assertIn('is a reviewer already', self.lint(78, run.CONF.replace('mo@principal.example', 'ruth@home.example')))
        self.assertIn('is a list', self.lint(78, run.CONF.replace('mo@principal.example', 'standards@ashdown.example')))
        self.assertIn('not in the directory', self.lint(0, run.CONF.replace('mo@principal.example', 'stranger@principal.example')))
        self.assertIn('is not an address', self.lint(78, run.CONF.replace('mo@principal.example', 'the monitoring officer')))
        self.lint(0, run.CONF)

    def test_an_address_that_answers(self):
        self.assertIn('people answer notices', self.lint(0, run.CONF.replace('help@', 'No-Reply@')))
        self.assertIn('is not an address', self.lint(78, run.CONF.replace('help@ashdown.example', 'help')))


if __name__ == '__main__':
    unittest.main()
