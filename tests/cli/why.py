#!/usr/bin/env python3
# why.py - `copyhold why ID`: the rules of then in plain English, the nearest miss, what has no entry, and nothing of the message's own words.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: why.py [COPYHOLD]     COPYHOLD in the environment serves make check."""
import json
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run


class Why(run.Council):
    def judged(self, *more, message='bins.eml', auth=run.OFFICER):
        out = self.expect(0, 'check', '--json', '--at', run.AT, '--auth', auth, '--state', 'state', *more, message)
        return json.loads(out.stdout)['id']

    def why(self, name, status=0):
        return self.expect(status, 'why', '--state', 'state', name)

    def paragraphs(self, text):
        return {part.split(' ', 1)[0]: part for part in text.split('\n\n')[1:]}

    def test_a_rule_that_fired_and_why(self):
        name = self.judged('--rcpt', run.SHOWN, '--rcpt', run.HIDDEN)
        out = self.why(name).stdout
        self.assertIn('%s: internal mail of Monday 2 March 2026' % name, out)
        rule = self.paragraphs(out)['silent-copy']
        self.assertIn('silent-copy fired (footer, enforce).', rule)
        self.assertIn('Clause: Councillor-Officer Protocol, Correspondence, paragraph 1', rule)
        self.assertIn('because   a hidden councillor is not made clear', rule)

    def test_the_nearest_miss_is_marked_and_says_what_kept_it(self):
        out = self.why(self.judged('--rcpt', run.SHOWN, '--rcpt', run.HIDDEN)).stdout
        self.assertEqual(out.count('It came nearest.'), 1)
        rule = self.paragraphs(out)['confidential-third-party']
        self.assertIn('did not fire', rule)
        self.assertIn('did not hold: this recipient is a third party', rule)

    def test_a_milder_action_is_told(self):
        name = self.judged('--rcpt', run.SHOWN, '--rcpt', run.HIDDEN, '--rcpt', 'mo@principal.example')
        self.assertIn('milder    as this did not hold: not: a hidden person is oversight', self.paragraphs(self.why(name).stdout)['silent-copy'])

    def test_the_rules_of_then_are_told(self):
        name = self.judged('--rcpt', run.SHOWN, '--rcpt', run.HIDDEN)
        before = self.why(name).stdout
        self.write('copyhold.conf', run.CONF.replace('rules = ();', 'rules = ( { id = "silent-copy"; mode = "off"; } );'))
        self.assertEqual(self.why(name).stdout, before)

    def test_no_words_of_the_message(self):
        name = self.hold()
        out = self.why(name).stdout
        self.assertIn('confidential-third-party fired (hold, enforce)', out)
        for words in ('staffing', 'affidavit', 'petrie'):
            self.assertNotIn(words, out)

    def test_what_has_no_entry(self):
        name = self.judged('--rcpt', run.SHOWN)
        self.assertIn('there is no entry %s' % name, self.why(name, 65).stderr)
        self.assertIn('wanted the reference', self.expect(64, 'why', '--state', 'state').stderr)


if __name__ == '__main__':
    unittest.main()
