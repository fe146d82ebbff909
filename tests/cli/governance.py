#!/usr/bin/env python3
# governance.py - the papers of contrib/governance say what the program does: its retention times, its words, a translator's warning.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: governance.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import json
import os
import re
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'contrib', 'governance')
PAPERS = ('READ', 'dpia.txt', 'footer-cy.txt', 'footer.txt', 'notice-members-cy.txt', 'notice-members.txt', 'notice-staff-cy.txt', 'notice-staff.txt',
          'resolution.txt', 'retention.txt', 'website-cy.txt', 'website.txt')


def paper(name):
    with open(os.path.join(FOLDER, name), encoding='utf-8') as stream:
        return stream.read()


class Governance(run.Council):
    def usual(self):
        return json.loads(self.expect(0, 'retention', 'show', '--json', '--state', 'state').stdout)['schedule']

    def test_the_schedule_is_the_programs(self):
        table = dict(re.findall(r'^(bodies|notices|observations|memory|journal|counts) +(\d+ \w+) ', paper('retention.txt'), re.M))
        table['counts'] = table['counts'].replace('6 years', '72 months')
        self.assertEqual(table, self.usual())

    def test_the_notices_agree_with_it(self):
        times = self.usual()
        for name in ('notice-staff.txt', 'notice-members.txt', 'website.txt'):
            self.assertIn('after ' + times['observations'], re.sub(r'\s+', ' ', paper(name)), name)
        for name in ('notice-staff.txt', 'website.txt'):
            self.assertIn(times['bodies'] + ' after', re.sub(r'\s+', ' ', paper(name)), name)

    def test_all_are_there_and_shipped(self):
        self.assertEqual(sorted(os.listdir(FOLDER)), sorted(PAPERS))
        with open(os.path.join(FOLDER, '..', 'local.mk'), encoding='utf-8') as stream:
            makefile = stream.read()
        for name in PAPERS:
            self.assertIn('contrib/governance/' + name, makefile)

    def test_welsh_waits_for_a_translator(self):
        for name in PAPERS:
            if name.endswith('-cy.txt'):
                self.assertIn('TO BE CONFIRMED BY A TRANSLATOR', paper(name).split('\n')[0], name)
                self.assertIn(name.replace('-cy', ''), PAPERS)
        self.assertEqual(paper('footer.txt').count('\n'), 1)

    def test_every_command_named_is_one(self):
        for name in PAPERS:
            for command in re.findall(r'"copyhold ([a-z]+)', paper(name)):
                self.expect(0, command, '--help')


if __name__ == '__main__':
    unittest.main()
